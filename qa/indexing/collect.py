"""All files under the paths, read once: one language, each resolution from its best file."""

import multiprocessing
import re
import signal
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from itertools import chain, islice
from pathlib import Path

from qa.errors import InputError, UnreadableFileError
from qa.resolutions.model import Resolution, SourceFormat
from qa.resolutions.readers.files import (
    Input,
    Problem,
    ReadFile,
    SourceFile,
    files_in,
    find_inputs,
    nothing_in,
    read_found,
    record_bytes,
)
from qa.resolutions.readers.published_records import Record, completed, read_records, record_of
from qa.settings import LANGUAGES

Progress = Callable[[str, int, int], None]  # what is done, how many, of how many
ALONE = 200  # files that one process reads before others are started: starting them takes a second
_BATCH = 16  # files handed to a process at a time
_AHEAD = 4  # batches a process that wait for it, so that an archive is not unpacked all at once
_FORMS = list(SourceFormat)


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceVersion:
    """What tells whether a resolution, as one file has it, is to be taken."""

    file: str
    symbol: str
    body: str
    part: str | None
    adopted: date | None
    issued: date | None
    language: str
    form: SourceFormat
    paragraphs: int


@dataclass(frozen=True, slots=True, kw_only=True)
class InputRead:
    """What a file on disk held, archive or not, when it had these bytes."""

    file: str
    sha256: str
    files: int  # in it; 1 if it is no archive
    readings: tuple[SourceVersion, ...]
    problems: tuple[Problem, ...]
    records: tuple[Record, ...]

    @property
    def key(self) -> "Key":
        """By which the same file is known again."""
        return (self.file, self.sha256)


Key = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class SelectedSource:
    """The reading that is taken of one resolution."""

    reading: SourceVersion
    others: tuple[str, ...]  # files that hold the same resolution and are left out
    record: Record | None
    read: ReadFile | None  # completed from its record; None where it is kept from before


@dataclass(frozen=True, slots=True, kw_only=True)
class CollectResult:
    """What was found, and what of it was read."""

    chosen: tuple[SelectedSource, ...]  # by body, date of adoption and number; one a symbol
    inputs: tuple[InputRead, ...]
    problems: tuple[Problem, ...]

    @property
    def read(self) -> tuple[ReadFile, ...]:
        """The resolutions that were read now."""
        return tuple(one.read for one in self.chosen if one.read)

    @property
    def files(self) -> int:
        """How many files there are, those in archives included."""
        return sum(one.files for one in self.inputs)

    @property
    def summary(self) -> Counter[str]:
        """How many files were left out, by the kind of problem."""
        return Counter(problem.kind for problem in self.problems)


Keeps = Callable[[SourceVersion, Record | None], bool]


def collect(
    paths: Sequence[Path],
    *,
    language: str = "en",
    jobs: int = 1,
    progress: Progress | None = None,
    known: Mapping[Key, InputRead] | None = None,
    keeps: Keeps = lambda _reading, _record: False,
    held: Sequence[InputRead] = (),
) -> CollectResult:
    """Read every file under `paths`, those aside that are known already.

    Args:
        paths: files, folders and archives.
        language: of the texts to take, "en"; texts in another are named among the problems.
        jobs: processes that read at the same time, once there are many files.
        progress: called with what is being done and how many files are read; of how many is not
            known, and 0.
        known: what files held when they were read before.
        keeps: tells whether a resolution that a known file holds is at hand as it would be read.
        held: known files that are taken without being looked for, in this order before any other;
            one of the same name under `paths` takes the place of such a file.

    Raises:
        InputError: a path does not exist or cannot be read, or nothing lies under any; or a file
            that is held must be read again.
    """
    say = progress or (lambda _what, _done, _of: None)
    looked = _FileScan(known or {})
    for results in _read_all(looked.fresh(find_inputs(paths)), jobs):
        looked.take(results)
        say("Reading", looked.files, 0)
    not_looked_for = looked.hold(held)
    say("Reading", looked.files, looked.files)
    if not looked.files:
        raise nothing_in(paths)
    candidates = [
        _SourceCandidate(reading, read, place)
        for place, one in enumerate(looked.inputs)
        for reading, read in one.readings
    ]
    taken, left = _choose(candidates, language)
    records = {record.symbol: record for one in looked.inputs for record in one.records}
    chosen = [_completed(one, others, records) for one, others in taken]
    stale = {
        looked.inputs[candidate.place].key
        for (candidate, _), one in zip(taken, chosen, strict=True)
        if one.read is None and not keeps(one.reading, one.record)
    }
    again = sorted(file for file, _ in stale & not_looked_for)
    if again:
        raise InputError(
            f"{again[0]} must be read again, for what stands beside it has changed; "
            "name it with the others."
        )
    if known and stale:  # a known file holds what was left out when it was read
        fewer = {key: one for key, one in known.items() if key not in stale}
        return collect(
            paths,
            language=language,
            jobs=jobs,
            progress=progress,
            known=fewer,
            keeps=keeps,
            held=held,
        )
    inputs = tuple(one.read() for one in looked.inputs)
    problems = tuple(problem for one in inputs for problem in one.problems)
    return CollectResult(chosen=tuple(chosen), inputs=inputs, problems=(*problems, *left))


class _Input:
    """A file on disk and what was found in it so far."""

    def __init__(self, key: Key, known: InputRead | None) -> None:
        self.key = key
        self.files = known.files if known else 0
        self.readings: list[tuple[SourceVersion, ReadFile | None]] = [
            (one, None) for one in (known.readings if known else ())
        ]
        self.problems = list(known.problems if known else ())
        self.records = list(known.records if known else ())

    def read(self) -> InputRead:
        file, digest = self.key
        return InputRead(
            file=file,
            sha256=digest,
            files=self.files,
            readings=tuple(reading for reading, _ in self.readings),
            problems=tuple(self.problems),
            records=tuple(self.records),
        )


class _FileScan:
    """Looks through files on disk, and hands on those that are not known to be read."""

    def __init__(self, known: Mapping[Key, InputRead]) -> None:
        self._known = known
        self._handed_on: deque[_Input] = deque()  # whose results are waited for
        self.inputs: list[_Input] = []
        self.files = 0

    def fresh(self, inputs: Iterable[Input]) -> Iterator[SourceFile]:
        """Yield what may hold a resolution and is not known; keep what records say."""
        for one in inputs:
            digest = "" if one.problem else one.digest()
            key = (one.file, digest)
            known = self._known.get(key) if digest else None
            here = _Input(key, known)
            self.inputs.append(here)
            self.files += here.files
            if known is not None:
                continue
            for found in files_in(one):
                if found.is_record:
                    _take_records(found, here)
                else:
                    self._handed_on.append(here)
                    yield found

    def hold(self, held: Sequence[InputRead]) -> set[Key]:
        """Take the held files of whose name none was found; order all, and return those taken."""
        order = {one.file: place for place, one in enumerate(held)}
        found = {one.key[0] for one in self.inputs}
        taken = [one for one in held if one.file not in found]
        for one in taken:
            self.inputs.append(_Input(one.key, one))
            self.files += one.files
        self.inputs.sort(key=lambda one: order.get(one.key[0], len(order)))
        return {one.key for one in taken}

    def take(self, results: "Results") -> None:
        """Take what one file held that `fresh` yielded, in the order in which it did."""
        here = self._handed_on.popleft()
        here.files += 1
        self.files += 1
        for one in results:
            if isinstance(one, ReadFile):
                here.readings.append((_reading(one.resolution), one))
            else:
                here.problems.append(one)


def _reading(resolution: Resolution) -> SourceVersion:
    return SourceVersion(
        file=resolution.source.file,
        symbol=resolution.symbol,
        body=resolution.body.value,
        part=resolution.part,
        adopted=resolution.adopted,
        issued=resolution.issued,
        language=resolution.language,
        form=resolution.source.form,
        paragraphs=len(resolution.paragraphs),
    )


def _take_records(found: SourceFile, here: _Input) -> None:
    try:
        read, bad = read_records(record_bytes(found))
    except UnreadableFileError as error:
        here.problems.append(Problem(file=error.file, reason=error.problem, kind="unreadable"))
        return
    here.records += read
    if bad:
        reason = f"{bad} of its lines hold no record of a resolution; they are passed over."
        here.problems.append(Problem(file=found.file, reason=reason, kind="record"))


@dataclass(frozen=True, slots=True)
class _SourceCandidate:
    reading: SourceVersion
    read: ReadFile | None
    place: int  # of its file on disk


def _choose(
    candidates: Iterable[_SourceCandidate], language: str
) -> tuple[list[tuple[_SourceCandidate, tuple[str, ...]]], tuple[Problem, ...]]:
    """Return one reading a resolution in a fixed order, each with the files that are left out.

    The rule: the form that states most (XML, Word, HTML, PDF, text), then the later day of issue (a
    reissue replaces its forerunner), then more paragraphs, then the name of the file.
    """
    problems: list[Problem] = []
    best: dict[str, list[_SourceCandidate]] = {}
    for one in candidates:
        if one.reading.language == language:
            best.setdefault(one.reading.symbol, []).append(one)
        else:
            problems.append(_other_language(one.reading))
    chosen = []
    for symbol, same in best.items():
        first, *others = sorted(same, key=lambda one: _worth(one.reading))
        reason = f"{symbol} is read from {first.reading.file}; this copy is left out."
        files = tuple(other.reading.file for other in others)
        problems += (Problem(file=file, kind="duplicate", reason=reason) for file in files)
        chosen.append((first, files))
    chosen.sort(key=lambda one: _document_order(one[0].reading))
    return chosen, tuple(problems)


def _completed(
    candidate: _SourceCandidate, others: tuple[str, ...], records: Mapping[str, Record]
) -> SelectedSource:
    reading, read = candidate.reading, candidate.read
    record = record_of(reading.symbol, reading.part, reading.adopted, records)
    if read is not None:
        resolution = read.resolution
        resolution = replace(resolution, source=replace(resolution.source, others=others))
        whole = completed(resolution, record) if record else resolution
        read = replace(read, resolution=whole)
    return SelectedSource(reading=reading, others=others, record=record, read=read)


def _other_language(one: SourceVersion) -> Problem:
    name = LANGUAGES.get(one.language, one.language)
    return Problem(
        file=one.file,
        kind="language",
        reason=f"it is in {name}; build with `--language {one.language}` to read it.",
    )


def _worth(one: SourceVersion) -> tuple[int, int, int, str]:
    issued = one.issued or date.min
    return (_FORMS.index(one.form), -issued.toordinal(), -one.paragraphs, one.file)


def _document_order(one: SourceVersion) -> tuple[str, date, tuple[int, ...], str]:
    """Sort by body, date of adoption, then number."""
    numbers = tuple(int(digits) for digits in re.findall(r"\d+", one.symbol))
    return (one.body, one.adopted or date.min, numbers, one.symbol)


Results = tuple[ReadFile | Problem, ...]


def _read_all(found: Iterator[SourceFile], jobs: int) -> Iterator[Results]:
    """Yield what each file holds, in the order of the files, whoever reads them."""
    for one in islice(found, ALONE if jobs > 1 else None):
        yield read_found(one)
    while first := _batch(found):
        batches = chain([first], iter(partial(_batch, found), ()))
        taken, reading = deque[tuple[SourceFile, ...]](), deque[Future[list[Results]]]()
        try:
            with _readers(jobs) as pool:
                while True:
                    for batch in islice(batches, jobs * _AHEAD - len(reading)):
                        taken.append(batch)
                        reading.append(pool.submit(_read_batch, batch))
                    if not reading:
                        break
                    results = reading.popleft().result()
                    taken.popleft()
                    yield from results
        except BrokenProcessPool:  # a reader was ended from outside, or by what it read
            read = _read_apart if _can_start() else _read_batch
            for batch in taken:
                yield from read(batch)


def _read_apart(batch: tuple[SourceFile, ...]) -> list[Results]:
    """Read files one of which may end whoever reads it, and name that one."""
    try:
        with _readers(1) as pool:
            return pool.submit(_read_batch, batch).result()
    except BrokenProcessPool:
        if len(batch) == 1:
            reason = (
                "reading it ended the process that reads: the file is damaged, or needs more "
                "memory than there is; save it anew, or leave it out."
            )
            return [(Problem(file=batch[0].file, kind="unreadable", reason=reason),)]
        middle = len(batch) // 2
        return [*_read_apart(batch[:middle]), *_read_apart(batch[middle:])]


def _can_start() -> bool:
    """Tell whether a process that reads can be started at all.

    It cannot under a program of a user's that does all its work when it is imported.
    """
    try:
        with _readers(1) as pool:
            pool.submit(_read_batch, ()).result()
    except BrokenProcessPool:
        return False
    return True


def _readers(jobs: int) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(
        jobs, mp_context=multiprocessing.get_context("spawn"), initializer=_leave_stopping_to_us
    )


def _batch(found: Iterator[SourceFile]) -> tuple[SourceFile, ...]:
    return tuple(islice(found, _BATCH))


def _read_batch(batch: tuple[SourceFile, ...]) -> list[Results]:
    return [read_found(one) for one in batch]


def _leave_stopping_to_us() -> None:
    """Let Ctrl-C reach the one process that answers it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
