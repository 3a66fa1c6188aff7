"""A folder followed: whatever changes in it is built once it lies still."""

import time
from collections.abc import Callable, Sequence
from pathlib import Path

from embeddings.index_errors import EmbeddingsError
from qa.errors import OperativeError
from qa.resolutions.readers.files import find_inputs

State = tuple[tuple[str, int, int], ...]


def state_of(paths: Sequence[Path]) -> State:
    """Return what tells whether files under `paths` have changed: names, sizes and times.

    Raises:
        InputError: a path does not exist or cannot be read.
    """
    found = []
    for one in find_inputs(paths):
        try:
            facts = one.path.stat()
        except OSError:
            continue  # it went away meanwhile
        found.append((str(one.path), facts.st_size, facts.st_mtime_ns))
    return tuple(found)


def watch(
    paths: Sequence[Path],
    build: Callable[[], None],
    fault: Callable[[Exception], None],
    *,
    every: float,
    sleep: Callable[[float], None] = time.sleep,
) -> None:
    """Build at once and then after every change, until it is interrupted.

    Args:
        paths: files, folders and archives.
        build: called once a change has lain still for one look: files are copied bit by bit.
        fault: told of what a look or a build failed with; it goes on.
        every: seconds between two looks.
        sleep: waits so many seconds.
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
