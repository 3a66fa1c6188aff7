"""Files read by several processes; a file that crashes its process is reported, not fatal."""

import multiprocessing
import signal
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import partial
from itertools import chain, islice

from qa.resolutions.readers.files import Problem, ReadFile, SourceFile, read_found

MIN_FILES = 200  # read by this process before others are started, which takes a second
BATCH_FILES = 16  # handed to a process at a time
_BATCHES_AHEAD = 4  # queued for each process, so that an archive is not unpacked all at once

Results = tuple[ReadFile | Problem, ...]
"""What one file holds."""


def read_files(files: Iterator[SourceFile], jobs: int) -> Iterator[Results]:
    """Yield what each file holds, in the order of the files.

    Args:
        files: to read.
        jobs: processes that read at the same time, from the file number `MIN_FILES` on.
    """
    for file in islice(files, MIN_FILES if jobs > 1 else None):
        yield read_found(file)
    while first := _batch(files):
        batches = chain([first], iter(partial(_batch, files), ()))
        pending: deque[tuple[tuple[SourceFile, ...], Future[list[Results]]]] = deque()
        try:
            with _pool(jobs) as pool:
                while True:
                    for batch in islice(batches, jobs * _BATCHES_AHEAD - len(pending)):
                        pending.append((batch, pool.submit(_read_batch, batch)))
                    if not pending:
                        break
                    results = pending[0][1].result()
                    pending.popleft()
                    yield from results
        except BrokenProcessPool:  # a process was killed from outside, or by what it read
            read = _read_isolated if _can_start() else _read_batch
            for batch, _ in pending:
                yield from read(batch)


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
            reason = (
                "reading it ended the process that reads: the file is damaged, or needs more "
                "memory than there is; save it again, or leave it out."
            )
            yield (Problem(file=files.popleft().file, kind="unreadable", reason=reason),)


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


def _pool(jobs: int) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(
        jobs, mp_context=multiprocessing.get_context("spawn"), initializer=_ignore_interrupt
    )


def _batch(files: Iterator[SourceFile]) -> tuple[SourceFile, ...]:
    return tuple(islice(files, BATCH_FILES))


def _read_batch(batch: tuple[SourceFile, ...]) -> list[Results]:
    return [read_found(file) for file in batch]


def _ignore_interrupt() -> None:
    """Leave Ctrl-C to the main process."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
