"""What a process that reads files of others may use: memory, processor time, and what it returns.

A file of kilobytes can ask for gigabytes or hours. The system ends the process that does, and the
file is named. Where a system has no such limits, as Windows, the processes read without them.
"""

import contextlib
import multiprocessing
import os
import signal
import sys
import threading
import time
from collections.abc import Iterable

from qa.resolutions.readers.files import Problem, ReadFile, SourceFile

MAX_MEMORY_BYTES = 2**30
CPU_S = 10
CPU_S_PER_MB = 10  # of the file, in addition
MAX_RESULT_CHARACTERS = 64 * 2**20
ENDED = (
    "reading it ended the process that reads: the file is damaged, or needs more memory or time "
    "than one file may take; save it again, or leave it out."
)
_TOO_MUCH = "it unpacks to more text than one file may hold; split it into its resolutions."


def enter_box() -> None:
    """Limit the memory of this process, a reader, and leave Ctrl-C to the main process."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    if sys.platform == "win32":
        return
    import resource

    for kind, limit in ((resource.RLIMIT_CORE, 0), (resource.RLIMIT_DATA, MAX_MEMORY_BYTES)):
        with contextlib.suppress(ValueError, OSError):  # a system without this limit
            resource.setrlimit(kind, (limit, resource.getrlimit(kind)[1]))


def _end_with_parent() -> None:
    """End this process once the one that started it has ended, by whatever signal."""
    if parent := multiprocessing.parent_process():
        parent.join()
        os._exit(1)


def allow_time(file: SourceFile) -> None:
    """Give this process, if it is a reader, the processor time for one more file."""
    if sys.platform == "win32" or multiprocessing.parent_process() is None:
        return
    import resource

    seconds = CPU_S + CPU_S_PER_MB * _size(file) // 2**20
    hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_CPU, (int(time.process_time()) + 1 + seconds, hard))


def is_too_much(results: Iterable[object]) -> bool:
    """Return whether one file gave more than the main process takes."""
    raw = {id(read.raw): len(read.raw) for read in results if isinstance(read, ReadFile)}
    return sum(raw.values()) > MAX_RESULT_CHARACTERS


def ended_reader(file: str) -> Problem:
    """Return that a file ended the process that read it."""
    return Problem(file=file, kind="unreadable", reason=ENDED)


def too_much(file: str) -> Problem:
    """Return that a file holds too much text."""
    return Problem(file=file, kind="too large", reason=_TOO_MUCH)


def _size(file: SourceFile) -> int:
    try:
        return file.path.stat().st_size if file.path else len(file.data)
    except OSError:
        return 0
