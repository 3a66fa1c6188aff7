"""Watches folders: changes are built once they have settled."""

import time
from collections.abc import Callable, Sequence
from pathlib import Path

from embeddings.index_errors import EmbeddingsError
from qa.errors import OperativeError
from qa.resolutions.readers.files import find_inputs

State = tuple[tuple[str, int, int], ...]


def state_of(paths: Sequence[Path]) -> State:
    """Return names, sizes and times of the files under `paths`, which differ after a change.

    Raises:
        InputError: a path does not exist or cannot be read.
    """
    state = []
    for entry in find_inputs(paths):
        try:
            facts = entry.path.stat()
        except OSError:
            continue  # it was removed meanwhile
        state.append((str(entry.path), facts.st_size, facts.st_mtime_ns))
    return tuple(state)


def watch(
    paths: Sequence[Path],
    build: Callable[[], None],
    fault: Callable[[Exception], None],
    *,
    every: float,
    sleep: Callable[[float], None] = time.sleep,
) -> None:
    """Build at once and then after every change, until interrupted.

    Args:
        paths: files, folders and archives.
        build: called when two checks in a row see the same change: copying a file takes time.
        fault: called with the error of a failed check or build; watching continues.
        every: seconds between two checks.
        sleep: waits for the given seconds.
    """
    built: State | None = None
    before: State | None = None
    while True:
        try:
            state = state_of(paths)
            if state != built and (built is None or state == before):
                built = state
                build()
            before = state
        except (OperativeError, EmbeddingsError) as error:
            fault(error)
        sleep(every)
