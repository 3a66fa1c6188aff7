"""Memory-mapped arrays; their bytes were checked when the index was opened."""

import os
import sys
import tokenize
import weakref
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from embeddings.index_errors import IndexDamagedError

# What NumPy raises, besides its own errors, where the head of a file was changed.
_ODD_ERRORS = (
    *(tokenize.TokenError, SyntaxError, RecursionError),
    *(TypeError, KeyError, OverflowError, MemoryError),
)


def load_array(path: Path, *, is_mapped: bool = False) -> Any:  # noqa: ANN401 - as NumPy has it
    """Return the array saved at `path`, which is never unpickled.

    Raises:
        OSError, EOFError, ValueError: the file cannot be read, is cut short, or is not an array.
    """
    try:
        return np.load(path, mmap_mode="r" if is_mapped else None, allow_pickle=False)
    except _ODD_ERRORS as error:
        raise ValueError("its head is damaged") from error


def mapped(path: Path) -> npt.NDArray[Any]:
    """Return the array saved at `path`.

    Raises:
        IndexDamagedError: the file is missing or not an array.
    """
    try:
        array: npt.NDArray[Any] = load_array(path, is_mapped=True)
    except FileNotFoundError as error:
        raise IndexDamagedError(path.name, "is missing") from error
    except (OSError, ValueError, EOFError) as error:
        raise IndexDamagedError(path.name, f"cannot be read ({error})") from error
    return array.view(np.ndarray)


class FileRows:
    """The rows of an array in a file, read in stretches.

    A memory-mapped page counts as memory of the process from its first access on, and random access
    to a large array soon touches all pages. These rows are read instead, and not kept; a read
    takes 1.5 times as long as one from the mapped file.
    """

    def __init__(self, path: Path) -> None:
        """Open the file.

        Raises:
            IndexDamagedError: it is missing or not an array.
        """
        self._name = path.name
        self._rows = mapped(path)  # read only on Windows
        self.shape, self.dtype = self._rows.shape, self._rows.dtype
        self._file = os.open(path, os.O_RDONLY)
        weakref.finalize(self, os.close, self._file)
        self._start = os.fstat(self._file).st_size - self._rows.nbytes

    def stretches(self, starts: Sequence[int], sizes: Sequence[int]) -> npt.NDArray[Any]:
        """Return the stretches from each of `starts`, with as many rows as `sizes` has, joined.

        Raises:
            IndexDamagedError: the file has been cut short since it was opened.
        """
        rows = np.empty((sum(sizes), *self.shape[1:]), dtype=self.dtype)
        if sys.platform == "win32":  # has no read at an offset
            pieces = [
                self._rows[start : start + size] for start, size in zip(starts, sizes, strict=True)
            ]
            return np.concatenate([rows[:0], *pieces])
        row, filled = self._rows.strides[0], 0
        room = rows.data.cast("B") if rows.nbytes else memoryview(bytearray())
        for start, size in _joined(zip(starts, sizes, strict=True)):
            end, place = filled + size * row, self._start + start * row
            while filled < end:  # a system call reads at most about two gigabytes
                got = os.preadv(self._file, [room[filled:end]], place)
                if not got:
                    raise IndexDamagedError(self._name, "is truncated")
                filled, place = filled + got, place + got
        return rows


def _joined(stretches: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Yield stretches, (start, size) each, with adjacent ones joined."""
    first = end = 0
    for start, size in stretches:
        if start != end:
            yield first, end - first
            first = start
        end = start + size
    yield first, end - first
