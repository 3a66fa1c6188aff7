"""The commands: results go to stdout, messages to stderr; each returns the exit status."""

import json
import os
import sys
from argparse import Namespace
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qa.errors import InputError
from qa.settings import default_index

if TYPE_CHECKING:
    from qa.answer import Answer
    from qa.assistant import Assistant
    from qa.corpus.corpus import Corpus
    from qa.indexing.build import BuildReport
    from qa.resolutions.readers.files import Problem, ReadFile

DONE, NOTHING_FOUND, USER_CAN_FIX = 0, 1, 2
NICE = 10  # niceness of a build: 0 is normal priority, 19 the lowest


def build(args: Namespace) -> int:
    """Index the texts; files and paragraphs that have not changed are reused."""
    report = _build(args)
    is_sound = _print_problems(report.problems)
    if args.json:
        print_json(
            {
                "generation": report.generation,
                "unchanged": report.unchanged,
                "files": report.files,
                "read": report.read,
                "encoded": report.encoded,
                "resolutions": report.resolutions,
                "passages": report.passages,
                "problems": [
                    {"file": problem.file, "kind": problem.kind, "reason": problem.reason}
                    for problem in report.problems
                ],
            }
        )
    else:
        print(_build_summary(report, _index(args)))
    return DONE if is_sound else USER_CAN_FIX


def _build(args: Namespace) -> "BuildReport":
    from embeddings.model.encoder import Encoder
    from qa.indexing.build import build as build_index
    from qa.indexing.progress_bar import ProgressBars

    _yield_to_others()
    with ProgressBars() as bars:
        return build_index(
            [Path(path) for path in args.paths],
            _index(args),
            load_encoder=lambda: Encoder.load(args.model),
            language=args.language,
            jobs=args.jobs or os.cpu_count() or 1,
            store=args.store,
            progress=bars,
            adds=getattr(args, "add", False),
        )


def _yield_to_others() -> None:
    """Lower the priority of this process, so that questions are answered meanwhile."""
    if sys.platform != "win32":
        now = os.getpriority(os.PRIO_PROCESS, 0)
        os.setpriority(os.PRIO_PROCESS, 0, max(now, NICE))


def _build_summary(report: "BuildReport", index: Path) -> str:
    state = "unchanged" if report.unchanged else "built"
    work = "" if report.unchanged else f" ({report.read} read, {report.encoded} texts encoded)"
    return (
        f"Index {state}: {report.resolutions} resolution{'s' if report.resolutions != 1 else ''}, "
        f"{report.passages} passages{work}, "
        f"generation {report.generation}, in {index}."
    )


def watch(args: Namespace) -> int:
    """Watch files and folders, and rebuild the index on every change."""
    from qa.indexing.watch import watch as follow

    def build_again() -> None:
        report = _build(args)
        _print_problems(report.problems)
        print(_build_summary(report, _index(args)), flush=True)

    def report_error(error: Exception) -> None:
        print(f"operative: {error}", file=sys.stderr, flush=True)

    with suppress(KeyboardInterrupt):  # Ctrl+C ends the watch
        follow([Path(path) for path in args.paths], build_again, report_error, every=args.every)
    return DONE


def rollback(args: Namespace) -> int:
    """Restore the previous index."""
    from embeddings.store.generation_writer import roll_back

    generation = roll_back(_index(args))
    if args.json:
        print_json({"generation": generation.name})
    else:
        print(f"Restored generation {generation.name} of {_index(args)}.")
    return DONE


def _print_problems(problems: Sequence["Problem"]) -> bool:
    """List the files that could not be read, count all that were skipped, and return success.

    Copies and texts in other languages are skipped on purpose: they are counted, not listed. A
    remark on a text that was read is listed.
    """
    from collections import Counter

    from qa.resolutions.readers.files import ON_PURPOSE
    from qa.resolutions.readers.read_errors import FileProblem

    wrong = [problem for problem in problems if problem.kind not in ON_PURPOSE]
    remarks = [problem for problem in problems if problem.kind == FileProblem.REMARK.value]
    for problem in (*wrong, *remarks):
        print(f"operative: {problem.file}: {problem.reason}", file=sys.stderr)
    if len(problems) > 1:
        print("Skipped:", file=sys.stderr)
        for kind, count in sorted(Counter(problem.kind for problem in problems).items()):
            print(f"{count:7} {kind}", file=sys.stderr)
    return not wrong


def ask(args: Namespace) -> int:
    """Answer one question."""
    answer = open_assistant(args).ask(
        args.question, top=args.top, filters=_filters(args), max_tokens=args.max_tokens
    )
    return _print_answer(answer, args)


def show(args: Namespace) -> int:
    """Print the paragraph or document at a citation."""
    return _print_answer(open_assistant(args).show(args.citation), args)


def batch(args: Namespace) -> int:
    """Answer a file of questions, one JSON answer per line."""
    from qa.evaluation.evaluate import read_questions
    from qa.question.conversation import NO_CONVERSATION, ConversationState
    from qa.render.answer_json import answer_record

    questions = read_questions(Path(args.file), _read_input(args.file))
    assistant = open_assistant(args)
    states: dict[str, ConversationState] = {}
    for question in questions:
        answer = None
        before = question.state or states.get(question.conversation, NO_CONVERSATION)
        for turn in question.turns:
            answer = assistant.ask(turn, previous=answer or before, top=args.top)
        if answer is not None:
            states[question.conversation] = answer.conversation if question.conversation else before
            print_json(answer_record(answer, question.id), indent=None)
    return DONE


def evaluate(args: Namespace) -> int:
    """Score answers against gold answers."""
    from qa.evaluation.compare import compare_runs, comparison_table, read_run
    from qa.evaluation.evaluate import judge, read_questions, summary, table

    questions = read_questions(Path(args.file), _read_input(args.file))
    before = read_run(Path(args.against), _read_input(args.against)) if args.against else None
    assistant = open_assistant(args)
    assistant.warm_up()
    judged = [
        judge(question, lambda text, before: assistant.ask(text, previous=before, top=args.top))
        for question in questions
    ]
    measures = summary(judged)
    if before is not None:
        measures["against"] = compare_runs(before, measures)
    if args.json:
        print_json(measures)
        return DONE
    print(table(measures))
    if before is not None:
        print(f"\n{comparison_table(measures['against'])}")
    return DONE


def parse(args: Namespace) -> int:
    """Print parsed resolutions as JSON lines or AKN4UN XML."""
    from qa.resolutions.export import to_record
    from qa.resolutions.readers.files import Problem

    problems: list[Problem] = []
    for parsed in _parsed(args.files):
        if isinstance(parsed, Problem):
            problems.append(parsed)
        elif args.akn:
            from qa.resolutions.export import akn_bytes

            sys.stdout.write(akn_bytes(parsed.resolution).decode("utf-8") + "\n")
        else:
            print_json(to_record(parsed.resolution), indent=None)
    return DONE if _print_problems(problems) else USER_CAN_FIX


def _parsed(files: Sequence[str]) -> Iterator["ReadFile | Problem"]:
    from qa.indexing.reader_pool import RecordsRead, read_files
    from qa.indexing.unpacker import Unpacker
    from qa.resolutions.readers.files import find_files

    with Unpacker() as unpacker:
        found = find_files([Path(file) for file in files], unpacker.files_in)
        for results in read_files(found, 1):
            yield from (result for result in results if not isinstance(result, RecordsRead))


def export(args: Namespace) -> int:
    """Export all resolutions as AKN4UN XML, JSON lines or CSV."""
    from qa.resolutions.export.write_files import WRITERS

    count = WRITERS[args.format](_corpus(args).texts, Path(args.out))
    print(f"{count} resolutions written to {args.out}.")
    return DONE


def _corpus(args: Namespace) -> "Corpus":
    """Return the corpus of the index; the default index is built on first use."""
    from qa.corpus.corpus import Corpus

    if args.index is None:
        open_assistant(args)
    return Corpus.open(_index(args))


def verify(args: Namespace) -> int:
    """Check the checksums of the index and every quotation against its source."""
    from embeddings.store import generations as store
    from qa.corpus.corpus import Corpus
    from qa.indexing.verify import inconsistencies

    index = _index(args)
    if args.index is None:
        open_assistant(args)
    problems = store.verify(index)
    checked = 0
    if not problems:
        corpus = Corpus.open(index)
        problems += inconsistencies(corpus)
        checked = len(corpus.passages)
    if args.json:
        print_json({"index": str(index), "quotations_proved": checked, "problems": problems})
    else:
        for problem in problems:
            print(f"operative: {problem}", file=sys.stderr)
        if not problems:
            print(
                f"The index is intact: all checksums match, and all {checked} passages match "
                "their sources, terms and vectors."
            )
    return USER_CAN_FIX if problems else DONE


def doctor(args: Namespace) -> int:
    """Check the installation: versions, name conflicts, model, encoding and index."""
    from qa.cli.doctor import examine

    findings = examine(_index(args))
    if args.json:
        print_json(
            [
                {"what": finding.what, "ok": finding.ok, "detail": finding.detail}
                for finding in findings
            ]
        )
    else:
        for finding in findings:
            print(f"{'ok  ' if finding.ok else 'FAIL'}  {finding.what}: {finding.detail}")
    return DONE if all(finding.ok for finding in findings) else USER_CAN_FIX


def serve(args: Namespace) -> int:
    """Start the web page."""
    from qa.server import run

    args.index = _index(args) if args.index is not None else None
    return run.serve(args)


def mcp(args: Namespace) -> int:
    """Serve the MCP tools over stdin and stdout."""
    from qa.api.mcp_tools import build_tools
    from qa.workers.answer_pool import OwnProcess

    assistant = open_assistant(args)
    assistant.warm_up()
    build_tools(OwnProcess(assistant)).run("stdio")
    return DONE


def feedback(args: Namespace) -> int:
    """Print saved feedback as questions with gold answers, for `evaluate`."""
    from qa.evaluation.feedback import questions_of
    from qa.settings import default_feedback

    path = args.kept or default_feedback()
    count = 0
    for question in questions_of(_read_input(str(path)).splitlines()):
        print_json(question, indent=None)
        count += 1
    if not count:
        print("operative: no feedback names a right answer.", file=sys.stderr)
    return DONE if count else NOTHING_FOUND


def _print_answer(answer: "Answer", args: Namespace) -> int:
    from qa.answer import RefusalKind
    from qa.render.answer_json import answer_record
    from qa.render.plain_text import answer_text

    unusable = answer.refusal is not None and answer.refusal.kind is RefusalKind.NOT_A_QUESTION
    if args.json:
        print_json(answer_record(answer))
    elif unusable and answer.refusal:
        print(f"operative: {answer.refusal.message}", file=sys.stderr)
    else:
        print(answer_text(answer))
    if unusable:
        return USER_CAN_FIX
    return DONE if answer.answered else NOTHING_FOUND


def open_assistant(args: Namespace) -> "Assistant":
    """Return an assistant over the index that a command names."""
    from qa.assistant import Assistant
    from qa.indexing.progress_bar import ProgressBars

    with ProgressBars() as bars:
        index = _index(args) if args.index is not None else None
        return Assistant.open(index, model=getattr(args, "model", None), progress=bars)


def _index(args: Namespace) -> Path:
    if args.index == "":
        raise InputError("--index is empty; name the folder of an index, or omit the option.")
    return Path(args.index) if args.index else default_index()


def _filters(args: Namespace) -> Any:  # noqa: ANN401 - the module of Filters is loaded late
    from qa.resolutions.model import Kind
    from qa.search.filters import Filters

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
        raise InputError(f"{name} cannot be read ({reason}); give a file of questions.") from error


def print_json(value: object, indent: int | None = 2) -> None:
    """Print a value as JSON; without an indent, as one line."""
    print(json.dumps(value, ensure_ascii=False, indent=indent))
