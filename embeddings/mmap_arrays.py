"""Arrays in files, not copied; their bytes were checked when the index was opened."""

import os
import sys
import weakref
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from embeddings.index_errors import IndexDamagedError


def mapped(path: Path) -> npt.NDArray[Any]:
    """Return the array saved at `path`.

    Raises:
        IndexDamagedError: the file is missing or is no array.
    """
    try:
        found: npt.NDArray[Any] = np.load(path, mmap_mode="r", allow_pickle=False)
    except FileNotFoundError as error:
        raise IndexDamagedError(path.name, "is missing") from error
    except (OSError, ValueError, EOFError) as error:
        raise IndexDamagedError(path.name, f"cannot be read ({error})") from error
    return found.view(np.ndarray)


class FileRows:
    """The rows of an array in a file, read a stretch at a time.

    What is mapped counts as memory of each process from the first touch on, and of a large array
    that is touched at random that is soon all; what is read here is held by nobody. A reading
    costs half as much again as one from the mapped file.
    """

    def __init__(self, path: Path) -> None:
        """Open the file.

        Raises:
            IndexDamagedError: it is missing or is no array.
        """
        self._name = path.name
        self._rows = mapped(path)  # untouched, save where the system cannot read at a place
        self.shape, self.dtype = self._rows.shape, self._rows.dtype
        self._file = os.open(path, os.O_RDONLY)
        weakref.finalize(self, os.close, self._file)
        self._start = os.fstat(self._file).st_size - self._rows.nbytes

    def stretches(self, starts: Sequence[int], sizes: Sequence[int]) -> npt.NDArray[Any]:
        """Return, below each other, the rows from each of `starts` on, as many as `sizes` tell.

        Raises:
            IndexDamagedError: the file has been cut short since it was opened.
        """
        found = np.empty((sum(sizes), *self.shape[1:]), dtype=self.dtype)
        if sys.platform == "win32":  # which cannot read at a place
            pieces = [self._rows[at : at + size] for at, size in zip(starts, sizes, strict=True)]
            return np.concatenate([found[:0], *pieces])
        row, at = self._rows.strides[0], 0
        room = found.data.cast("B") if found.nbytes else memoryview(bytearray())
        for start, size in _joined(zip(starts, sizes, strict=True)):
            end, place = at + size * row, self._start + start * row
            while at < end:  # a system reads some two gigabytes at once, at most
                got = os.preadv(self._file, [room[at:end]], place)
                if not got:
                    raise IndexDamagedError(self._name, "is truncated")
                at, place = at + got, place + got
        return found


def _joined(stretches: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Yield stretches, (start, size) each, with those that follow each other as one."""
    first = end = 0
    for start, size in stretches:
        if start != end:
            yield first, end - first
            first = start
        end = start + size
    yield first, end - first
