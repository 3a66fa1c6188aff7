"""Archives of others are opened by another process with limits, which sends their members.

An archive may ask for gigabytes before its first member is read. The process has the limits of a
reader; an archive that ends it is named, and the next one gets a new process.
"""

import contextlib
import multiprocessing
from collections.abc import Iterator
from multiprocessing.connection import Connection
from types import TracebackType
from typing import Self

from qa.indexing.reader_limits import allow_time, ended_reader, enter_box
from qa.resolutions.readers.files import Input, SourceFile, files_in, is_packed

_STARTED = "started"


class Unpacker:
    """Finds the files in inputs. Its process starts with the first archive, and ends with it."""

    def __init__(self) -> None:
        self._pipe: Connection | None = None
        self._process: multiprocessing.process.BaseProcess | None = None
        self._can_start = True

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._end()

    def files_in(self, source: Input) -> Iterator[SourceFile]:
        """Yield a file, or the members of an archive."""
        if not is_packed(source):
            yield from files_in(source)
            return
        pipe = self._started()
        if pipe is None:
            yield from files_in(source)
            return
        is_done = False
        try:
            pipe.send(source)
            while (file := pipe.recv()) is not None:
                yield file
            is_done = True
        except (EOFError, OSError):
            problem = ended_reader(source.file)
            yield SourceFile(file=problem.file, problem=problem)
        finally:
            if not is_done:  # the process has ended, or the rest of the archive is not wanted
                self._end()

    def _started(self) -> Connection | None:
        """Return the pipe to the process, or None if no process can be started.

        None can be under a user's program that does all its work when it is imported.
        """
        if self._pipe is None and self._can_start:
            context = multiprocessing.get_context("spawn")
            self._pipe, other = context.Pipe()
            self._process = context.Process(target=_serve, args=(other,), daemon=True)
            try:
                self._process.start()
                other.close()
                self._can_start = self._pipe.recv() == _STARTED
            except (EOFError, OSError):
                self._can_start = False
            if not self._can_start:
                self._end()
        return self._pipe

    def _end(self) -> None:
        if self._pipe is not None:
            self._pipe.close()
        if self._process is not None and self._process.pid is not None:
            self._process.terminate()
            self._process.join()
        self._pipe = self._process = None


def _serve(pipe: Connection) -> None:
    """Send the members of each archive that is named, and None after its last one."""
    enter_box()
    with contextlib.suppress(EOFError, OSError):  # the other end is closed
        pipe.send(_STARTED)
        while True:
            source: Input = pipe.recv()
            allow_time(SourceFile(file=source.file, path=source.path))
            for file in _members(source):
                pipe.send(file)
            pipe.send(None)


def _members(source: Input) -> Iterator[SourceFile]:
    try:
        yield from files_in(source)
    except MemoryError:
        problem = ended_reader(source.file)
        yield SourceFile(file=problem.file, problem=problem)
