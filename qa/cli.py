"""The `operative` command: one function a sub-command; results on stdout, messages on stderr."""

import io
import json
import os
import sys
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from embeddings.errors import EmbeddingsError
from qa.errors import InputError, OperativeError
from qa.settings import DEFAULT_HOST, DEFAULT_PORT, DEFAULT_TOP, default_index

if TYPE_CHECKING:
    from qa.answer import Answer
    from qa.assistant import Assistant

DONE, NOTHING_FOUND, USER_CAN_FIX = 0, 1, 2


def build(args: Namespace) -> int:
    """Read the texts and write a new generation of the index."""
    from embeddings.encoder import Encoder
    from qa.build import build as build_index
    from qa.progress import Bars

    with Bars() as bars:
        report = build_index(
            [Path(path) for path in args.paths],
            _index(args),
            load_encoder=lambda: Encoder.load(args.model),
            progress=bars,
        )
    for problem in report.problems:
        print(f"operative: {problem.file}: {problem.reason}", file=sys.stderr)
    state = "unchanged" if report.unchanged else "built"
    if args.json:
        _print_json(
            {
                "generation": report.generation,
                "unchanged": report.unchanged,
                "resolutions": report.resolutions,
                "passages": report.passages,
                "problems": [{"file": one.file, "reason": one.reason} for one in report.problems],
            }
        )
    else:
        print(
            f"Index {state}: {report.resolutions} resolutions, {report.passages} passages, "
            f"generation {report.generation}, in {_index(args)}."
        )
    return USER_CAN_FIX if report.problems else DONE


def ask(args: Namespace) -> int:
    """Answer one question."""
    answer = _open(args).ask(
        args.question, top=args.top, filters=_filters(args), max_tokens=args.max_tokens
    )
    return _print_answer(answer, args)


def show(args: Namespace) -> int:
    """Print what stands at one citation."""
    return _print_answer(_open(args).show(args.citation), args)


def batch(args: Namespace) -> int:
    """Answer a file of questions, one JSON answer a line."""
    from qa.evaluate import read_questions
    from qa.render.json import answer_record

    questions = read_questions(Path(args.file), _read_input(args.file))
    assistant = _open(args)
    for known in questions:
        answer = None
        for turn in known.turns:
            answer = assistant.ask(turn, previous=answer, top=args.top)
        if answer is not None:
            _print_json(answer_record(answer, known.id), indent=None)
    return DONE


def evaluate(args: Namespace) -> int:
    """Measure the answers to questions whose answers are known."""
    from qa.evaluate import judge, read_questions, summary, table

    questions = read_questions(Path(args.file), _read_input(args.file))
    assistant = _open(args)
    assistant.warm_up()
    judged = [
        judge(known, lambda text, before: assistant.ask(text, previous=before, top=args.top))
        for known in questions
    ]
    measures = summary(judged)
    if args.json:
        _print_json(measures)
    else:
        print(table(measures))
    return DONE


def parse(args: Namespace) -> int:
    """Print the parsed resolutions, one JSON object a line."""
    from qa.errors import UnreadableFileError
    from qa.resolutions.export import to_record
    from qa.resolutions.readers.files import find_files, read_file

    unread = 0
    for path, name in find_files([Path(path) for path in args.files]):
        try:
            record = to_record(read_file(path, name).resolution)
        except UnreadableFileError as error:
            unread += 1
            print(f"operative: {error}", file=sys.stderr)
        else:
            _print_json(record, indent=None)
    return USER_CAN_FIX if unread else DONE


def info(args: Namespace) -> int:
    """Print what is loaded."""
    from dataclasses import asdict

    loaded = asdict(_open(args).info())
    if args.json:
        _print_json(loaded)
        return DONE
    for name, value in loaded.items():
        shown = ", ".join(map(str, value[:20])) if isinstance(value, tuple) else value
        if isinstance(value, tuple) and len(value) > 20:
            shown += f", and {len(value) - 20} more"
        print(f"{name.replace('_', ' '):12} {shown}")
    return DONE


def verify(args: Namespace) -> int:
    """Check every byte of the index and every quotation against its source."""
    from embeddings import store
    from qa.corpus import Corpus, QuotationError

    index = _index(args)
    if args.index is None:
        _open(args)
    problems = store.verify(index)
    checked = 0
    if not problems:
        corpus = Corpus.open(index)
        for passage in corpus.passages:
            try:
                corpus.prove(passage)
                checked += 1
            except QuotationError as error:
                problems.append(str(error))
    if args.json:
        _print_json({"index": str(index), "quotations_proved": checked, "problems": problems})
    else:
        for problem in problems:
            print(f"operative: {problem}", file=sys.stderr)
        if not problems:
            print(
                f"Sound: every file is as written, and {checked} passages agree with their sources."
            )
    return USER_CAN_FIX if problems else DONE


def doctor(args: Namespace) -> int:
    """Check the installation: versions, packages that could hide ours, model, encoding, index."""
    from qa.doctor import examine

    findings = examine(_index(args))
    if args.json:
        _print_json([{"what": one.what, "ok": one.ok, "detail": one.detail} for one in findings])
    else:
        for one in findings:
            print(f"{'ok  ' if one.ok else 'FAIL'}  {one.what}: {one.detail}")
    return DONE if all(one.ok for one in findings) else USER_CAN_FIX


def serve(args: Namespace) -> int:
    """Start the page."""
    from app import main as start

    options = ["--host", args.host, "--port", str(args.port)]
    options += ["--index", args.index] if args.index else []
    options += ["--model", args.model] if args.model else []
    return start([*options, "--no-browser"] if args.no_browser else options)


def build_parser() -> ArgumentParser:
    """Return the parser of the command line."""
    parser = ArgumentParser(
        prog="operative",
        description="Answers questions about United Nations resolutions by quoting them.",
    )
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)

    def command(run: Callable[[Namespace], int], *, json_option: bool = True) -> ArgumentParser:
        summary = (run.__doc__ or "").splitlines()[0]
        sub = commands.add_parser(run.__name__, help=summary, description=summary)
        sub.set_defaults(run=run)
        sub.add_argument(
            "--index",
            metavar="DIR",
            help="folder of the index (default: that of the packaged texts)",
        )
        if json_option:
            sub.add_argument("--json", action="store_true", help="print JSON")
        return sub

    sub = command(build)
    sub.add_argument("paths", nargs="+", metavar="PATH", help="text files, or folders of them")
    sub.add_argument(
        "--model", metavar="NAME_OR_PATH", help="sentence-transformers model (default: packaged)"
    )
    sub = command(ask)
    sub.add_argument("question", metavar="QUESTION")
    sub.add_argument("--model", metavar="NAME_OR_PATH", help=_MODEL_HELP)
    sub.add_argument(
        "--top", type=_positive, default=DEFAULT_TOP, metavar="N", help="quotations at most"
    )
    sub.add_argument(
        "--body", action="append", default=[], choices=["A", "S", "E", "HRC"], help="organ"
    )
    sub.add_argument(
        "--since", type=_positive, metavar="YEAR", help="adopted in this year or later"
    )
    sub.add_argument(
        "--until", type=_positive, metavar="YEAR", help="adopted in this year or earlier"
    )
    sub.add_argument(
        "--kind",
        choices=["operative", "all"],
        default="all",
        help="operative paragraphs only, or all",
    )
    sub.add_argument(
        "--max-tokens", type=_natural, metavar="N", help="leave out quotations beyond N tokens"
    )
    sub = command(show)
    sub.add_argument("citation", metavar="CITATION", help='such as "61/181 OP6"')
    sub.add_argument("--model", metavar="NAME_OR_PATH", help=_MODEL_HELP)
    sub = command(batch, json_option=False)
    sub.add_argument(
        "file",
        metavar="FILE.jsonl",
        help='questions, one {"id", "question"} a line; "-" reads stdin',
    )
    sub.add_argument(
        "--top", type=_positive, default=DEFAULT_TOP, metavar="N", help="quotations at most"
    )
    sub.add_argument("--model", metavar="NAME_OR_PATH", help=_MODEL_HELP)
    sub = command(evaluate)
    sub.add_argument("file", metavar="FILE.jsonl", help="questions with their known answers")
    sub.add_argument("--top", type=_positive, default=10, metavar="N", help="quotations at most")
    sub.add_argument("--model", metavar="NAME_OR_PATH", help=_MODEL_HELP)
    sub = command(parse)
    sub.add_argument("files", nargs="+", metavar="FILE")
    sub = command(info)
    sub.add_argument("--model", metavar="NAME_OR_PATH", help=_MODEL_HELP)
    sub = command(verify)
    sub.add_argument("--model", metavar="NAME_OR_PATH", help=_MODEL_HELP)
    command(doctor)
    sub = command(serve, json_option=False)
    sub.add_argument("--host", default=DEFAULT_HOST, metavar="H")
    sub.add_argument("--port", type=_port, default=DEFAULT_PORT, metavar="P")
    sub.add_argument("--model", metavar="NAME_OR_PATH", help=_MODEL_HELP)
    sub.add_argument("--no-browser", action="store_true", help="do not open a browser window")
    return parser


_MODEL_HELP = "model the index was built with, where it has moved"


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status."""
    args = build_parser().parse_args(argv)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # for terminals that lack a letter
            stream.reconfigure(errors="replace")
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
        print("operative: stopped; the index is as it was before.", file=sys.stderr)
        return 130


def _print_answer(answer: "Answer", args: Namespace) -> int:
    from qa.answer import RefusalKind
    from qa.render.json import answer_record
    from qa.render.plain import answer_text

    unusable = answer.refusal is not None and answer.refusal.kind is RefusalKind.NOT_A_QUESTION
    if args.json:
        _print_json(answer_record(answer))
    elif unusable and answer.refusal:
        print(f"operative: {answer.refusal.message}", file=sys.stderr)
    else:
        print(answer_text(answer))
    if unusable:
        return USER_CAN_FIX
    return DONE if answer.answered else NOTHING_FOUND


def _open(args: Namespace) -> "Assistant":
    from qa.assistant import Assistant
    from qa.progress import Bars

    with Bars() as bars:
        index = _index(args) if args.index is not None else None
        return Assistant.open(index, model=getattr(args, "model", None), progress=bars)


def _index(args: Namespace) -> Path:
    if args.index == "":
        raise InputError("--index is empty; name the folder of an index, or leave the option out.")
    return Path(args.index) if args.index else default_index()


def _filters(args: Namespace) -> Any:  # noqa: ANN401 - the module of Filters is loaded late
    from qa.question import Filters
    from qa.resolutions.model import Kind

    return Filters(
        bodies=frozenset(args.body),
        since=args.since,
        until=args.until,
        kinds=frozenset({Kind.OPERATIVE}) if args.kind == "operative" else frozenset(),
    )


def _read_input(name: str) -> str:
    if name == "-":
        return sys.stdin.read()
    try:
        return Path(name).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is not UTF-8 text"
        raise InputError(f"{name} cannot be read ({reason}); name a file of questions.") from error


def _print_json(value: object, indent: int | None = 2) -> None:
    print(json.dumps(value, ensure_ascii=False, indent=indent))


def _positive(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise ArgumentTypeError(f"{text!r} is not a whole number above 0")
    return int(text)


def _natural(text: str) -> int:
    if not text.isdecimal():
        raise ArgumentTypeError(f"{text!r} is not a whole number")
    return int(text)


def _port(text: str) -> int:
    if not text.isdecimal() or not 0 <= int(text) <= 65535:
        raise ArgumentTypeError(f"{text!r} is not a port, 0 to 65535")
    return int(text)


if __name__ == "__main__":
    sys.exit(main())
