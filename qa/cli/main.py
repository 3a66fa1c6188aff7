"""The `operative` command: its options, and the one place where errors become messages."""

import io
import os
import sys
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import Callable, Sequence
from pathlib import Path

from embeddings.index_errors import EmbeddingsError
from embeddings.store.seal import REQUIRED_VARIABLE, required_value
from qa.cli.commands import (
    DONE,
    USER_CAN_FIX,
    ask,
    batch,
    build,
    doctor,
    evaluate,
    export,
    feedback,
    mcp,
    parse,
    rollback,
    serve,
    show,
    verify,
    watch,
)
from qa.cli.comparison_commands import add_comparisons
from qa.cli.desk_commands import agreed, check
from qa.cli.fetch_commands import get, update
from qa.cli.index_commands import info, seal
from qa.cli.mandate_commands import add_mandates
from qa.errors import OperativeError
from qa.resolutions.languages import LANGUAGES
from qa.server.run import add_options
from qa.settings import DEFAULT_TOP

EVALUATION_TOP = 10
_MODEL_HELP = "new location of the model that built the index"

AddCommand = Callable[..., ArgumentParser]
"""Adds the command of a function, and returns its parser."""


def build_parser() -> ArgumentParser:
    """Return the parser of the command line."""
    parser = ArgumentParser(
        prog="operative",
        description="Answer questions about United Nations resolutions by quoting them.",
    )
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)

    def command(run: Callable[[Namespace], int], *, json_option: bool = True) -> ArgumentParser:
        summary = (run.__doc__ or "").splitlines()[0]
        sub = commands.add_parser(run.__name__.replace("_", "-"), help=summary, description=summary)
        sub.set_defaults(run=run)
        sub.add_argument(
            "--index",
            metavar="DIR",
            help="folder of the index (default: the index of the packaged texts)",
        )
        sub.add_argument(
            "--require-seal",
            metavar="KEY_OR_SHA256",
            help="refuse an index that is not signed with this public key, or is another one",
        )
        if json_option:
            sub.add_argument("--json", action="store_true", help="print JSON")
        return sub

    sub = command(build)
    _add_building(sub)
    sub.add_argument("--add", action="store_true", help="keep the texts of the index and add these")
    _add_questions(command)
    _add_desks(command)
    _add_fetching(command)
    _add_evaluation(command)
    _add_texts(command)
    _add_maintenance(command)
    _add_services(command)
    return parser


def _add_building(sub: ArgumentParser) -> None:
    """Add the options of the commands that build an index."""
    sub.add_argument("paths", nargs="+", metavar="PATH", help="files, folders and archives")
    sub.add_argument(
        "--language",
        choices=sorted(LANGUAGES),
        default="en",
        help="language of the texts to index (default: en)",
    )
    sub.add_argument(
        "--jobs", type=_positive, metavar="N", help="reader processes (default: one per core)"
    )
    sub.add_argument(
        "--model", metavar="NAME_OR_PATH", help="sentence-transformers model (default: packaged)"
    )
    sub.add_argument(
        "--store",
        metavar="ADDRESS",
        help="search backend: files, milvus://HOST:PORT or milvus://FOLDER.db "
        "(default: the backend of the index, files for a new one)",
    )


def _add_questions(command: AddCommand) -> None:
    """Add the commands that answer questions."""
    _add_asking(command(ask))
    sub = command(show)
    sub.add_argument("citation", metavar="CITATION", help='such as "61/181 OP6"')
    _add_model(sub)
    sub = command(batch, json_option=False)
    sub.add_argument(
        "file",
        metavar="FILE.jsonl",
        help='questions, one {"id", "question"} per line; "-" reads stdin',
    )
    _add_top(sub, DEFAULT_TOP)
    _add_model(sub)


def _add_desks(command: AddCommand) -> None:
    """Add the commands that work on texts of people's own."""
    sub = command(check)
    sub.add_argument(
        "file", metavar="FILE", help='text, Markdown, HTML, Word or PDF; "-" reads stdin'
    )
    sub.add_argument(
        "--strict", action="store_true", help="fail, too, where a quotation cannot be decided"
    )
    sub.add_argument("--html", action="store_true", help="print a page with the text and its marks")
    sub.add_argument("--docx", metavar="OUT", help="Word file to write, a comment a quotation")
    _add_model(sub)
    sub = command(agreed)
    sub.add_argument("file", metavar="FILE", help='a draft in text, Word or PDF; "-" reads stdin')
    sub.add_argument("--csv", action="store_true", help="print CSV, a row for each wording")
    sub.add_argument("--docx", metavar="OUT", help="Word file to write, a comment a paragraph")
    sub.add_argument(
        "--exclude", default="", metavar="SYMBOL", help="leave out the series of this document"
    )
    _add_adoption(sub)
    _add_model(sub)
    for desk in (*add_comparisons(command), add_mandates(command)):
        _add_model(desk)


def _add_fetching(command: AddCommand) -> None:
    """Add the commands that fetch published texts."""
    fetching = command(get)
    fetching.add_argument("source", metavar="SOURCE", help="ga, sc, or the address of a repository")
    fetching.add_argument("--sessions", metavar="LIST", help="sessions or years, such as 75-80")
    fetching.add_argument(
        "--language", choices=sorted(LANGUAGES), default="en", help="of the texts (default: en)"
    )
    for sub in (fetching, command(update)):
        sub.add_argument("--folder", metavar="DIR", help="where fetched texts are kept")
        sub.add_argument(
            "--jobs", type=_positive, metavar="N", help="processes that read (default: one a core)"
        )
        _add_model(sub)


def _add_evaluation(command: AddCommand) -> None:
    """Add the command that scores answers."""
    sub = command(evaluate)
    sub.add_argument("file", metavar="FILE.jsonl", help="questions with gold answers")
    _add_top(sub, EVALUATION_TOP)
    _add_model(sub)
    sub.add_argument(
        "--against", metavar="RUN.json", help="compare with an earlier run, saved with --json"
    )


def _add_asking(sub: ArgumentParser) -> None:
    """Add a question with its filters."""
    sub.add_argument("question", metavar="QUESTION")
    _add_model(sub)
    _add_top(sub, DEFAULT_TOP)
    _add_adoption(sub)
    sub.add_argument(
        "--kind",
        choices=["operative", "all"],
        default="all",
        help="operative paragraphs only, or all (default: all)",
    )
    sub.add_argument(
        "--max-tokens", type=_natural, metavar="N", help="token budget of the quotations"
    )


def _add_adoption(sub: ArgumentParser) -> None:
    """Add the filters by who adopted a text, and when."""
    sub.add_argument(
        "--body", action="append", default=[], choices=["A", "S", "E", "HRC"], help="adopting body"
    )
    sub.add_argument(
        "--since", type=_positive, metavar="YEAR", help="adopted in this year or later"
    )
    sub.add_argument(
        "--until", type=_positive, metavar="YEAR", help="adopted in this year or earlier"
    )


def _add_texts(command: AddCommand) -> None:
    """Add the commands that print or write parsed texts."""
    sub = command(parse)
    sub.add_argument("files", nargs="+", metavar="FILE")
    sub.add_argument("--akn", action="store_true", help="print AKN4UN XML")
    sub = command(export, json_option=False)
    sub.add_argument("--format", choices=["akn", "jsonl", "csv"], required=True)
    sub.add_argument(
        "--out",
        required=True,
        metavar="PATH",
        help="file to write; for akn, folder (one file per resolution)",
    )
    _add_model(sub)


def _add_maintenance(command: AddCommand) -> None:
    """Add the commands that check and renew an index."""
    _add_model(command(info))
    _add_model(command(verify))
    command(rollback)
    sub = command(seal)
    sub.add_argument("--key", metavar="FILE", help="private key to sign with")
    sub.add_argument("--new-key", metavar="FILE", help="write a new private key, and FILE.pub")
    sub = command(watch, json_option=False)
    _add_building(sub)
    sub.add_argument(
        "--every",
        type=_positive,
        default=10,
        metavar="SECONDS",
        help="time between two checks (default: 10)",
    )
    command(doctor)


def _add_services(command: AddCommand) -> None:
    """Add the commands that serve an index, and the one that reads the feedback of readers."""
    add_options(command(serve, json_option=False))
    _add_model(command(mcp, json_option=False))
    sub = command(feedback, json_option=False)
    sub.add_argument(
        "--from",
        dest="kept",
        type=Path,
        metavar="FILE",
        help="file of saved feedback (default: in your data folder)",
    )


def _add_model(sub: ArgumentParser) -> None:
    sub.add_argument("--model", metavar="NAME_OR_PATH", help=_MODEL_HELP)


def _add_top(sub: ArgumentParser, default: int) -> None:
    sub.add_argument(
        "--top", type=_positive, default=default, metavar="N", help="quotations at most"
    )


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status."""
    args = build_parser().parse_args(argv)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # for terminals that lack a character
            stream.reconfigure(errors="replace")
    if args.require_seal:  # for the processes that this one starts, too
        os.environ[REQUIRED_VARIABLE] = required_value(args.require_seal)
    run: Callable[[Namespace], int] = args.run
    try:
        return run(args)
    except (OperativeError, EmbeddingsError) as error:
        print(f"operative: {error}", file=sys.stderr)
        return USER_CAN_FIX
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except KeyboardInterrupt:
        print(
            "operative: interrupted; the index is unchanged, and the next build reuses what was "
            "encoded.",
            file=sys.stderr,
        )
        return 130


def _positive(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise ArgumentTypeError(f"{text!r} is not a whole number above 0")
    return int(text)


def _natural(text: str) -> int:
    if not text.isdecimal():
        raise ArgumentTypeError(f"{text!r} is not a whole number")
    return int(text)


if __name__ == "__main__":
    sys.exit(main())
