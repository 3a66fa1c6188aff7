"""All files under the paths, each read once; unchanged files are not read again."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from pathlib import Path

from qa.corpus.published_catalogue import Release
from qa.errors import InputError
from qa.indexing.fetched_release import release_of
from qa.indexing.reader_pool import RecordsRead, Results, read_files
from qa.indexing.selection import (
    InputKey,
    SelectedSource,
    SourceCandidate,
    SourceVersion,
    select_sources,
)
from qa.indexing.unpacker import Unpacker
from qa.resolutions.model import Record
from qa.resolutions.readers.files import (
    Input,
    Problem,
    ReadFile,
    SourceFile,
    find_inputs,
    nothing_in,
)
from qa.resolutions.readers.published_records import by_symbol

Progress = Callable[[str, int, int], None]
"""Called with a stage, the steps done and their total, 0 if that is unknown."""
IsReusable = Callable[[SourceVersion, Record | None], bool]
"""Whether the previous index holds a resolution as it would be read now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class InputRead:
    """What a file on disk, an archive or a single document, held."""

    file: str
    sha256: str
    files: int  # in it; 1 unless it is an archive
    readings: tuple[SourceVersion, ...]
    problems: tuple[Problem, ...]
    records: tuple[Record, ...]
    # That of the first time: the same bytes of a later release are no reason to build again.
    release: Release | None = field(default=None, compare=False)

    @property
    def key(self) -> InputKey:
        """Identifies the file with these bytes."""
        return (self.file, self.sha256)


@dataclass(frozen=True, slots=True, kw_only=True)
class CollectResult:
    """The files under the paths and the sources selected from them."""

    chosen: tuple[SelectedSource, ...]  # by body, date of adoption and number; one a symbol
    inputs: tuple[InputRead, ...]
    problems: tuple[Problem, ...]

    @property
    def read(self) -> tuple[ReadFile, ...]:
        """The selected resolutions that were read now."""
        return tuple(source.read for source in self.chosen if source.read)

    @property
    def files(self) -> int:
        """How many files there are, those in archives included."""
        return sum(held.files for held in self.inputs)


def collect(
    paths: Sequence[Path],
    *,
    language: str = "en",
    jobs: int = 1,
    progress: Progress | None = None,
    known: Mapping[InputKey, InputRead] | None = None,
    is_reusable: IsReusable = lambda _version, _record: False,
    kept: Sequence[InputRead] = (),
) -> CollectResult:
    """Read every file under `paths` that is not known.

    Args:
        paths: files, folders and archives.
        language: of the texts to take, "en"; texts in other languages are listed as problems.
        jobs: processes that read at the same time, once there are many files.
        progress: called as files are read; their total is unknown until the end.
        known: what files held when they were read before.
        is_reusable: whether a resolution of a known file can be taken from the previous index.
        kept: known files to keep, first in this order; one of the same name in `paths` replaces it.

    Raises:
        InputError: a path cannot be read or holds no file, or a kept file must be read again.
    """
    report = progress or (lambda _stage, _done, _total: None)
    unchanged = dict(known or {})
    while True:
        scan = _FileScan(unchanged)
        kept_keys = _scan_all(scan, paths, kept, jobs, report)
        chosen, left_out = select_sources(scan.candidates(), scan.records(), language)
        stale = {
            source.input_key
            for source in chosen
            if source.read is None and not is_reusable(source.version, source.record)
        }
        _require_none(stale & kept_keys)
        if not stale:
            return scan.result(chosen, left_out)
        # A known file holds a version that was left out when the file was read: read it again.
        unchanged = {key: held for key, held in unchanged.items() if key not in stale}


def _scan_all(
    scan: "_FileScan", paths: Sequence[Path], kept: Sequence[InputRead], jobs: int, report: Progress
) -> set[InputKey]:
    """Fill a scan, and return the keys of the kept files in it."""
    with Unpacker() as unpacker:
        for results in read_files(scan.unread(find_inputs(paths), unpacker), jobs):
            scan.add(results)
            report("Reading", scan.files, 0)
    kept_keys = scan.keep(kept)
    report("Reading", scan.files, scan.files)
    if not scan.files:
        raise nothing_in(paths)
    return kept_keys


def _require_none(stale: AbstractSet[InputKey]) -> None:
    """Raise if a kept file, which is not at hand, would have to be read again."""
    if stale:
        raise InputError(
            f"{min(stale)[0]} must be read again, because the files it was chosen over have "
            "changed; name it with the others."
        )


class _ScannedInput:
    """A file on disk and what was found in it so far."""

    def __init__(
        self, key: InputKey, known: InputRead | None, release: Release | None = None
    ) -> None:
        self.key = key
        self.release = known.release if known and known.release else release
        self.files = known.files if known else 0
        self.versions: list[tuple[SourceVersion, ReadFile | None]] = [
            (version, None) for version in (known.readings if known else ())
        ]
        self.problems = list(known.problems if known else ())
        self.records = list(known.records if known else ())

    def result(self) -> InputRead:
        """Return what the file holds, once all of it was read."""
        file, digest = self.key
        return InputRead(
            file=file,
            sha256=digest,
            files=self.files,
            readings=tuple(version for version, _ in self.versions),
            problems=tuple(self.problems),
            records=tuple(self.records),
            release=self.release,
        )

    def add_records(self, read: RecordsRead) -> None:
        """Add what a file of published records holds."""
        self.records += read.records
        if read.invalid_lines:
            reason = (
                f"{read.invalid_lines} of its lines hold no record of a resolution; "
                "they are passed over."
            )
            self.problems.append(Problem(file=read.file, reason=reason, kind="record"))


class _FileScan:
    """Goes through the files on disk and yields those that must be read."""

    def __init__(self, known: Mapping[InputKey, InputRead]) -> None:
        self._known = known
        # For the results of a file in them, and whether it is one of records.
        self._waiting: deque[tuple[_ScannedInput, bool]] = deque()
        self.inputs: list[_ScannedInput] = []
        self.files = 0

    def unread(self, inputs: Iterable[Input], unpacker: Unpacker) -> Iterator[SourceFile]:
        """Yield each file that may hold a resolution or records and is not known."""
        for entry in inputs:
            digest = "" if entry.problem else entry.digest()
            key = (entry.file, digest)
            known = self._known.get(key) if digest else None
            scanned = _ScannedInput(key, known, release_of(entry.path))
            self.inputs.append(scanned)
            self.files += scanned.files
            if known is not None:
                continue
            for file in unpacker.files_in(entry):
                self._waiting.append((scanned, file.is_record))
                yield file

    def keep(self, kept: Sequence[InputRead]) -> set[InputKey]:
        """Add the kept files whose names were not met, sort all, and return the keys added."""
        order = {held.file: position for position, held in enumerate(kept)}
        names = {scanned.key[0] for scanned in self.inputs}
        added = [held for held in kept if held.file not in names]
        for held in added:
            self.inputs.append(_ScannedInput(held.key, held))
            self.files += held.files
        self.inputs.sort(key=lambda scanned: order.get(scanned.key[0], len(order)))
        return {held.key for held in added}

    def add(self, results: Results) -> None:
        """Add what a file held that `unread` yielded, in the order in which it yielded them."""
        scanned, is_record = self._waiting.popleft()
        if not is_record:
            scanned.files += 1
            self.files += 1
        for result in results:
            if isinstance(result, RecordsRead):
                scanned.add_records(result)
            elif isinstance(result, ReadFile):
                scanned.versions.append((SourceVersion.of(result.resolution), result))
            else:
                scanned.problems.append(result)

    def candidates(self) -> Iterator[SourceCandidate]:
        """Yield every version of a resolution, in the order of the files."""
        for scanned in self.inputs:
            for version, read in scanned.versions:
                yield SourceCandidate(version=version, read=read, input_key=scanned.key)

    def result(
        self, chosen: tuple[SelectedSource, ...], left_out: tuple[Problem, ...]
    ) -> CollectResult:
        """Return what was collected, once the sources are selected."""
        inputs = tuple(scanned.result() for scanned in self.inputs)
        problems = [problem for scanned in inputs for problem in scanned.problems]
        return CollectResult(chosen=chosen, inputs=inputs, problems=(*problems, *left_out))

    def records(self) -> dict[str, Record]:
        """Return the published records by symbol."""
        return by_symbol(record for scanned in self.inputs for record in scanned.records)
