"""One writer at a time: a lock that ends with the process that holds it."""

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path

from filelock import FileLock, Timeout

from embeddings.index_errors import StoreBusyError

LOCK_FILE = "lock"
HOLDER_FILE = "lock.pid"  # apart, because Windows lets no other process read a locked file


@contextlib.contextmanager
def writer_lock(index: Path) -> Iterator[None]:
    """Hold `index` for writing until the block ends; the number of the process is written down.

    Raises:
        StoreBusyError: another build holds it.
        OSError: the lock file cannot be opened, or the file system has no locks.
    """
    # A lock by the mere existence of a file would survive a killed build.
    lock = FileLock(index / LOCK_FILE, blocking=False, fallback_to_soft=False)
    holder = index / HOLDER_FILE
    try:
        lock.acquire()
    except Timeout as error:
        raise StoreBusyError(index, _process(holder)) from error
    try:
        holder.write_text(f"{os.getpid()}\n", encoding="ascii")
        yield
    finally:
        with contextlib.suppress(OSError):
            holder.unlink(missing_ok=True)
        lock.release()


def _process(holder: Path) -> int | None:
    """Return the number of the process that holds the lock, if it is written down."""
    try:
        return int(holder.read_text(encoding="ascii"))
    except (OSError, ValueError):
        return None
