"""The commands that compare documents: editions, a paragraph over the years, citations."""

import csv
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from pathlib import Path

from qa.cli.commands import DONE, open_assistant, print_json
from qa.errors import InputError


def compare(args: Namespace) -> int:
    """Compare two documents, or a document and a draft, paragraph by paragraph."""
    from qa.desks.comparison_record import comparison_lines, comparison_record
    from qa.desks.redline import redline_file

    comparison = open_assistant(args).compare(
        _document(args.a), _document(args.b), of_substance=args.substance
    )
    if args.docx:
        _write(args.docx, redline_file(comparison))
    if args.json:
        print_json(comparison_record(comparison))
    elif not args.docx:
        print(*comparison_lines(comparison), sep="\n")
    return DONE


def history(args: Namespace) -> int:
    """Show a paragraph in every edition of its series, with the words that changed."""
    from qa.desks.history_record import history_lines, history_record

    assistant = open_assistant(args)
    if args.matrix:
        csv.writer(sys.stdout, lineterminator="\n").writerows(assistant.series_table(args.citation))
        return DONE
    found = assistant.history(args.citation, of_substance=args.substance)
    if args.json:
        print_json(history_record(found))
    else:
        print(*history_lines(found), sep="\n")
    return DONE


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
    return [compared, shown]
