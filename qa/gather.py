"""All files under the paths, read once: one language, each resolution from its best file."""

import multiprocessing
import re
import signal
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice
from pathlib import Path

from qa.errors import UnreadableFileError
from qa.resolutions.model import Form, Resolution
from qa.resolutions.readers.files import (
    Found,
    Problem,
    ReadFile,
    find_files,
    read_found,
    record_bytes,
)
from qa.resolutions.readers.metadata import Record, completed, read_records, record_of
from qa.settings import LANGUAGES

Progress = Callable[[str, int, int], None]  # what is done, how many, of how many
ALONE = 200  # files that one process reads before others are started: starting them takes a second
_BATCH = 16  # files handed to a process at a time
_AHEAD = 4  # batches a process that wait for it, so that an archive is not unpacked all at once
_FORMS = list(Form)


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered:
    """What was read."""

    read: tuple[ReadFile, ...]  # by body, date of adoption and number; one a symbol
    problems: tuple[Problem, ...]
    files: int  # how many were looked at, those in archives included

    @property
    def summary(self) -> Counter[str]:
        """How many files were left out, by the kind of problem."""
        return Counter(problem.kind for problem in self.problems)


def gather(
    paths: Sequence[Path],
    *,
    language: str = "en",
    jobs: int = 1,
    progress: Progress | None = None,
) -> Gathered:
    """Read every file under `paths`.

    Args:
        paths: files, folders and archives.
        language: of the texts to take, "en"; texts in another are named among the problems.
        jobs: processes that read at the same time, once there are many files.
        progress: called with what is being done and how many files are read; of how many is not
            known, and 0.

    Raises:
        InputError: a path does not exist or cannot be read, or nothing lies under any.
    """
    say = progress or (lambda _what, _done, _of: None)
    read: list[ReadFile] = []
    problems: list[Problem] = []
    files = 0
    records: dict[str, Record] = {}
    for results in _read_all(_without_records(find_files(paths), records, problems), jobs):
        files += 1
        for one in results:
            if isinstance(one, ReadFile):
                read.append(one)
            else:
                problems.append(one)
        say("Reading", files, 0)
    say("Reading", files, files)
    chosen, left = choose(read, language)
    chosen = tuple(_completed(one, records) for one in chosen)
    return Gathered(read=chosen, problems=(*problems, *left), files=files)


def _without_records(
    found: Iterable[Found], records: dict[str, Record], problems: list[Problem]
) -> Iterator[Found]:
    """Yield the files that may hold a resolution; keep what records say about resolutions."""
    for one in found:
        if not one.is_record:
            yield one
            continue
        try:
            read, bad = read_records(record_bytes(one))
        except UnreadableFileError as error:
            problems.append(Problem(file=error.file, reason=error.problem, kind="unreadable"))
            continue
        records.update({record.symbol: record for record in read})
        if bad:
            reason = f"{bad} of its lines hold no record of a resolution; they are passed over."
            problems.append(Problem(file=one.file, reason=reason, kind="record"))


def _completed(one: ReadFile, records: Mapping[str, Record]) -> ReadFile:
    record = record_of(one.resolution, records)
    return replace(one, resolution=completed(one.resolution, record)) if record else one


def choose(
    read: Sequence[ReadFile], language: str
) -> tuple[tuple[ReadFile, ...], tuple[Problem, ...]]:
    """Return one file a resolution in a fixed order, and why each other is left out.

    The rule: the form that states most (XML, Word, HTML, PDF, text), then the later day of issue (a
    reissue replaces its forerunner), then more paragraphs, then the name of the file.
    """
    problems: list[Problem] = []
    best: dict[str, list[ReadFile]] = {}
    for one in read:
        spoken = one.resolution.language
        if spoken == language:
            best.setdefault(one.resolution.symbol, []).append(one)
        else:
            problems.append(_other_language(one, spoken))
    chosen = []
    for symbol, same in best.items():
        first, *others = sorted(same, key=_worth)
        for other in others:
            reason = f"{symbol} is read from {first.resolution.source.file}; this copy is left out."
            problems.append(
                Problem(file=other.resolution.source.file, kind="duplicate", reason=reason)
            )
        names = tuple(other.resolution.source.file for other in others)
        source = replace(first.resolution.source, others=names)
        chosen.append(replace(first, resolution=replace(first.resolution, source=source)))
    chosen.sort(key=lambda one: _document_order(one.resolution))
    return tuple(chosen), tuple(problems)


def _other_language(one: ReadFile, spoken: str) -> Problem:
    name = LANGUAGES.get(spoken, spoken)
    return Problem(
        file=one.resolution.source.file,
        kind="language",
        reason=f"it is in {name}; build with `--language {spoken}` to read it.",
    )


def _worth(one: ReadFile) -> tuple[int, int, int, str]:
    resolution = one.resolution
    issued = resolution.issued or date.min
    form = _FORMS.index(resolution.source.form)
    return (form, -issued.toordinal(), -len(resolution.paragraphs), resolution.source.file)


def _document_order(resolution: Resolution) -> tuple[str, date, tuple[int, ...], str]:
    """Sort by body, date of adoption, then number."""
    symbol = resolution.symbol
    numbers = tuple(int(digits) for digits in re.findall(r"\d+", symbol))
    return (resolution.body.value, resolution.adopted or date.min, numbers, symbol)


Results = tuple[ReadFile | Problem, ...]


def _read_all(found: Iterator[Found], jobs: int) -> Iterator[Results]:
    """Yield what each file holds, in the order of the files, whoever reads them."""
    for one in islice(found, ALONE if jobs > 1 else None):
        yield read_found(one)
    first = _batch(found)
    if not first:
        return
    with ProcessPoolExecutor(
        jobs, mp_context=multiprocessing.get_context("spawn"), initializer=_leave_stopping_to_us
    ) as pool:
        waiting: deque[Future[list[Results]]] = deque([pool.submit(_read_batch, first)])
        while batch := _batch(found):
            waiting.append(pool.submit(_read_batch, batch))
            if len(waiting) >= jobs * _AHEAD:
                yield from waiting.popleft().result()
        while waiting:
            yield from waiting.popleft().result()


def _batch(found: Iterator[Found]) -> tuple[Found, ...]:
    return tuple(islice(found, _BATCH))


def _read_batch(batch: tuple[Found, ...]) -> list[Results]:
    return [read_found(one) for one in batch]


def _leave_stopping_to_us() -> None:
    """Let Ctrl-C reach the one process that answers it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
