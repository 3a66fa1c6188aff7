"""The commands that compare documents: editions, a paragraph over the years, citations."""

import csv
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from qa.cli.commands import DONE, NOTHING_FOUND, open_assistant, print_json
from qa.errors import InputError

if TYPE_CHECKING:
    from qa.desks.citation_links import CitationLink


def compare(args: Namespace) -> int:
    """Compare two documents, or a document and a draft, paragraph by paragraph."""
    from qa.corpus.text_origin import with_origins
    from qa.desks.comparison_record import comparison_lines, comparison_record
    from qa.desks.redline import redline_file

    assistant = open_assistant(args)
    comparison = assistant.compare(
        _document(args.a), _document(args.b), of_substance=args.substance
    )
    if args.docx:
        _write(args.docx, redline_file(comparison))
    if args.json:
        print_json(with_origins(comparison_record(comparison), assistant.corpus))
    elif not args.docx:
        print(*comparison_lines(comparison), sep="\n")
    return DONE


def history(args: Namespace) -> int:
    """Show a paragraph in every edition of its series, with the words that changed."""
    from qa.corpus.text_origin import with_origins
    from qa.desks.history_record import history_lines, history_record

    assistant = open_assistant(args)
    if args.matrix:
        csv.writer(sys.stdout, lineterminator="\n").writerows(assistant.series_table(args.citation))
        return DONE
    found = assistant.history(args.citation, of_substance=args.substance)
    if args.json:
        print_json(with_origins(history_record(found), assistant.corpus))
    else:
        print(*history_lines(found), sep="\n")
    return DONE


def cites(args: Namespace) -> int:
    """List what a document cites, and what it does with each document."""
    return _print_citations(args, open_assistant(args).cites(_place(args)))


def cited_by(args: Namespace) -> int:
    """List where a document is cited, and what is done with it; without one, the most cited."""
    from qa.desks.citation_links import most_cited

    assistant = open_assistant(args)
    if args.symbol is not None:
        return _print_citations(args, assistant.cited_by(_place(args)))
    counted = most_cited(assistant.corpus, body=args.body or "", year=args.year)[: args.top]
    if args.json:
        print_json([{"symbol": symbol, "citing_documents": count} for symbol, count in counted])
    else:
        print(*(f"{count:6}  {symbol}" for symbol, count in counted), sep="\n")
    return DONE if counted else NOTHING_FOUND


def _place(args: Namespace) -> str:
    """Return the citation of a document, or of the paragraph that is asked for."""
    return f"{args.symbol}, para. {args.para}" if args.para else str(args.symbol)


def _print_citations(args: Namespace, links: "tuple[CitationLink, ...]") -> int:
    from qa.desks.citation_record import (
        citation_graph,
        citation_lines,
        citation_rows,
        citations_record,
    )

    if args.csv:
        csv.writer(sys.stdout, lineterminator="\n").writerows(citation_rows(links))
    elif args.graphml:
        print(citation_graph(links))
    elif args.json:
        print_json(citations_record(args.symbol, links))
    elif links:
        print(*citation_lines(links), sep="\n")
    else:
        print(f"No citation was found for {_place(args)} in the loaded texts.")
    return DONE if links else NOTHING_FOUND


def _document(name: str) -> str | Path:
    """Return the path of a draft, or else the citation that was typed."""
    try:
        return Path(name) if Path(name).is_file() else name
    except (OSError, ValueError):  # too long for a path, or with a zero byte
        return name


def _write(path: Path, data: bytes) -> None:
    try:
        path.write_bytes(data)
    except OSError as error:
        raise InputError(
            f"{path} cannot be written ({error.strerror}); name another file."
        ) from error


def add_comparisons(command: Callable[..., ArgumentParser]) -> list[ArgumentParser]:
    """Add the commands of this module; return their parsers."""
    compared = command(compare)
    compared.add_argument("a", metavar="A", help="symbol, draft file, or “previous”")
    compared.add_argument("b", metavar="B", help="the same")
    compared.add_argument("--docx", type=Path, metavar="OUT", help="write a Word redline")
    shown = command(history)
    shown.add_argument("citation", metavar="CITATION", help='such as "79/154 OP14"')
    shown.add_argument(
        "--matrix", action="store_true", help="print the whole series as CSV, a row a paragraph"
    )
    for sub in (compared, shown):
        sub.add_argument(
            "--substance",
            action="store_true",
            help="leave out differences of dates, sessions and symbols only",
        )
    citing, cited = command(cites), command(cited_by)
    citing.add_argument("symbol", metavar="SYMBOL")
    cited.add_argument("symbol", metavar="SYMBOL", nargs="?")
    cited.add_argument("--body", choices=["A", "S", "E", "HRC"], help="most cited by this organ")
    cited.add_argument("--year", type=int, metavar="YEAR", help="most cited in this year")
    cited.add_argument("--top", type=int, default=20, metavar="N", help="so many of the most cited")
    for sub in (citing, cited):
        sub.add_argument("--para", metavar="N", help="of this paragraph only")
        sub.add_argument("--csv", action="store_true", help="print CSV")
        sub.add_argument("--graphml", action="store_true", help="print GraphML")
    return [compared, shown, citing, cited]
