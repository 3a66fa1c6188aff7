"""Files read by other processes with limits; a file that ends its process is reported, not fatal.

The texts that come with Operative are read by this process.
"""

import multiprocessing
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from functools import lru_cache, partial
from itertools import chain, islice
from typing import TypeVar

from qa.errors import UnreadableFileError
from qa.indexing.reader_limits import allow_time, ended_reader, enter_box, is_too_much, too_much
from qa.resolutions.model import Record
from qa.resolutions.readers.files import (
    Problem,
    ReadFile,
    SourceFile,
    read_found,
    record_bytes,
)
from qa.resolutions.readers.published_records import read_records
from qa.resolutions.readers.read_errors import FaultyFileError, FileProblem, fault_of
from qa.settings import is_packaged

MIN_FILES = 200  # read by one process before others are started, which takes a second
BATCH_FILES = 16  # handed to a process at a time
_BATCHES_AHEAD = 4  # queued for each process, so that an archive is not unpacked all at once

Results = tuple["ReadFile | Problem | RecordsRead", ...]
"""What one file holds."""
Given = TypeVar("Given")


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordsRead:
    """The published records in a file."""

    file: str
    records: tuple[Record, ...]
    invalid_lines: int  # that hold no record of a resolution


def read_files(files: Iterator[SourceFile], jobs: int) -> Iterator[Results]:
    """Yield what each file holds, in the order of the files.

    Args:
        files: to read.
        jobs: processes that read at the same time, from the file number `MIN_FILES` on.
    """
    files, first = _without_packaged(files)
    yield from first
    if jobs > 1:
        yield from _read_boxed(islice(files, MIN_FILES), 1)
    yield from _read_boxed(files, jobs)


def _without_packaged(
    files: Iterator[SourceFile],
) -> tuple[Iterator[SourceFile], Iterator[Results]]:
    """Return the files from the first on that does not come with Operative, and those before."""
    read: list[Results] = []
    for file in files:
        if not is_packaged(file.path):
            return chain([file], files), iter(read)
        read.append(read_found(file))
    return iter(()), iter(read)


def _read_boxed(files: Iterator[SourceFile], jobs: int) -> Iterator[Results]:
    """Yield what each file holds, read by other processes."""
    while first := _batch(files):
        batches = chain([first], iter(partial(_batch, files), ()))
        pending: deque[tuple[tuple[SourceFile, ...], Future[list[Results]]]] = deque()
        try:
            with _readers(jobs) as pool:
                while True:
                    for batch in islice(batches, jobs * _BATCHES_AHEAD - len(pending)):
                        # Kept before it is handed over: a process may have ended already.
                        pending.append((batch, Future()))
                        pending[-1] = (batch, pool.submit(_read_batch, batch))
                    if not pending:
                        break
                    results = pending[0][1].result()
                    pending.popleft()
                    yield from results
        except BrokenProcessPool:  # a process was ended by its limits, by what it read, or outside
            _one_reader.cache_clear()
            if not _can_start():
                waiting = (batch for batch, _ in pending)
                yield from chain.from_iterable(map(_read_batch, chain(waiting, batches)))
                return
            for batch, _ in pending:
                yield from _read_isolated(batch)


def _read_isolated(batch: tuple[SourceFile, ...]) -> Iterator[Results]:
    """Read each file by itself in another process, and name the files that end it."""
    files = deque(batch)
    while files:
        try:
            with _pool(1) as pool:
                while files:
                    results = pool.submit(_read_batch, (files[0],)).result()
                    yield from results
                    files.popleft()
        except BrokenProcessPool:
            yield (ended_reader(files.popleft().file),)


def _can_start() -> bool:
    """Return whether a process can be started at all.

    It cannot under a user's program that does all its work when it is imported.
    """
    try:
        with _pool(1) as pool:
            pool.submit(_read_batch, ()).result()
    except BrokenProcessPool:
        return False
    return True


def _readers(jobs: int) -> AbstractContextManager[ProcessPoolExecutor]:
    """Return the readers; a single one stays for the next files, as starting it takes time."""
    return nullcontext(_one_reader()) if jobs == 1 else _pool(jobs)


@lru_cache(maxsize=1)
def _one_reader() -> ProcessPoolExecutor:
    return _pool(1)


def _pool(jobs: int) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(
        jobs, mp_context=multiprocessing.get_context("spawn"), initializer=enter_box
    )


def _batch(files: Iterator[SourceFile]) -> tuple[SourceFile, ...]:
    return tuple(islice(files, BATCH_FILES))


def _read_batch(batch: tuple[SourceFile, ...]) -> list[Results]:
    return [_read(file) for file in batch]


def _read(file: SourceFile) -> Results:
    """Return what a file holds, or that it takes more than it may."""
    allow_time(file)
    try:
        results = _records_in(file) if file.is_record else read_found(file)
    except MemoryError:
        return (ended_reader(file.file),)
    return (too_much(file.file),) if is_too_much(results) else results


def _records_in(file: SourceFile) -> Results:
    """Return the records in a file of JSON lines."""
    if file.problem:
        return (file.problem,)
    try:
        records, invalid_lines = read_records(record_bytes(file), file.file)
    except UnreadableFileError as error:
        return (Problem(file=error.file, reason=error.problem, kind="unreadable"),)
    return (RecordsRead(file=file.file, records=records, invalid_lines=invalid_lines),)


def read_boxed(read: "Callable[[bytes, str], Given]", data: bytes, file: str) -> Given:
    """Return what `read`, a function of a module, gives for the bytes and the name of a file.

    Raises:
        UnreadableFileError: the file cannot be read, or needs more than a reader may take.
    """
    source = SourceFile(file=file, data=data)
    try:
        result = _one_reader().submit(_called, read, source).result()
    except BrokenProcessPool:
        _one_reader.cache_clear()
        if not _can_start():
            return read(data, file)
        result = ended_reader(file)
    if isinstance(result, Problem):
        raise FaultyFileError(file, FileProblem(result.kind), result.reason)
    return result


def _called(read: "Callable[[bytes, str], Given]", source: SourceFile) -> "Given | Problem":
    """Return a problem instead of raising it, because errors do not pass between processes."""
    allow_time(source)
    try:
        return read(source.data, source.file)
    except MemoryError:
        return ended_reader(source.file)
    except UnreadableFileError as error:
        return Problem(file=source.file, reason=error.problem, kind=fault_of(error).value)
