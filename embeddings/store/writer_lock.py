"""One writer at a time: a lock that its holder's death releases."""

import contextlib
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from embeddings.index_errors import StoreBusyError

LOCK_FILE = "lock"
# Windows forbids others to read locked bytes: the lock lies behind the holder's number.
LOCKED_BYTE = 64


@contextlib.contextmanager
def writer_lock(index: Path) -> Iterator[None]:
    """Hold `index` for writing until the block ends; the lock file stays and says who held it.

    Raises:
        StoreBusyError: another build holds it.
        OSError: the lock file cannot be opened.
    """
    with (index / LOCK_FILE).open("a+b") as file:
        try:
            _lock(file)
        except (BlockingIOError, PermissionError) as error:
            raise StoreBusyError(index, _holder(file)) from error
        try:
            file.truncate(0)
            file.write(f"{os.getpid()}\n".encode())
            file.flush()
            yield
        finally:
            with contextlib.suppress(OSError):
                file.truncate(0)
            _unlock(file)


def _holder(file: IO[bytes]) -> int | None:
    """The process that the lock file names, if it names one."""
    with contextlib.suppress(OSError, ValueError):
        file.seek(0)
        return int(file.read(LOCKED_BYTE))
    return None


if sys.platform == "win32":
    import msvcrt

    def _lock(file: IO[bytes]) -> None:
        """Lock `file` at once, or raise PermissionError."""
        file.seek(LOCKED_BYTE)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)

    def _unlock(file: IO[bytes]) -> None:
        """Release `file`."""
        file.seek(LOCKED_BYTE)
        msvcrt.locking(file.fileno(), msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def _lock(file: IO[bytes]) -> None:
        """Lock `file` at once, or raise BlockingIOError."""
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)

    def _unlock(file: IO[bytes]) -> None:
        """Release `file`."""
        fcntl.flock(file, fcntl.LOCK_UN)
