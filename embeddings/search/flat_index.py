"""Exact cosines with every row, by FAISS over a plain array."""

import contextlib
import functools
import itertools
import os
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any, Self

import numpy as np
import numpy.typing as npt

from embeddings.index_errors import IndexDamagedError
from embeddings.mmap_arrays import load_array
from embeddings.row_numbers import Ids

if TYPE_CHECKING:
    import faiss

Floats = npt.NDArray[np.float32]

UNIT_TOLERANCE = 1e-3
# Rows are scored in parts at once: memory, not arithmetic, limits one core. Smaller parts than
# this take no longer than handing them over.
LEAST_ROWS = 8_000
MAX_PARTS = 4


class FlatIndex:
    """An immutable index of rows of unit length, numbered from 0.

    FAISS `IndexFlatIP`: on unit rows the inner product is the cosine. It is exact; over
    98,693 rows of 384 numbers a question takes about 6 ms.
    """

    def __init__(self, index: "faiss.IndexFlatIP") -> None:
        self._index: Any = index  # the stubs of FAISS do not know all of it

    @classmethod
    def build(cls, rows: Floats) -> Self:
        """Return an index of `rows`.

        Args:
            rows: float32, shape (n, dim), each of unit length; n may be 0.

        Raises:
            ValueError: another shape or type, or a row that is not of unit length.
        """
        _check(rows, "rows")
        faiss = _faiss()
        index = faiss.IndexFlatIP(rows.shape[1])
        index.add(np.ascontiguousarray(rows))
        return cls(index)

    @classmethod
    def load(cls, path: Path) -> Self:
        """Return the index saved at `path`.

        Raises:
            IndexDamagedError: the file is missing, cut short, or not rows of unit length.
        """
        try:
            # A plain array: FAISS's own files have been a way to attack their reader.
            return cls.build(load_array(path, is_mapped=True))
        except FileNotFoundError as error:
            raise IndexDamagedError(path.name, "is missing") from error
        except (OSError, ValueError, EOFError) as error:
            raise IndexDamagedError(path.name, f"cannot be read ({error})") from error

    def save(self, path: Path) -> None:
        """Write the rows to `path` as a NumPy array, float32, shape (n, dim)."""
        with path.open("wb") as file:
            np.save(file, self._rows(), allow_pickle=False)

    def __len__(self) -> int:
        return int(self._index.ntotal)

    @property
    def dim(self) -> int:
        """Numbers in a row."""
        return int(self._index.d)

    def gather(self, ids: npt.ArrayLike) -> Floats:
        """Return the rows with these numbers, in their order: float32 (m, dim), a copy.

        Raises:
            ValueError: a row is not there.
        """
        numbers = np.asarray(ids, dtype=np.int64)
        if len(numbers) and not 0 <= int(numbers.min()) <= int(numbers.max()) < len(self):
            raise ValueError(f"ids: not every one is from 0 to {len(self) - 1}")
        return np.asarray(self._rows()[numbers], dtype=np.float32)

    def similarities(self, query: Floats) -> Floats:
        """Return the cosine of `query` with every row: float32 (n,), in [-1, 1] but for rounding.

        A score depends on its query and row alone, not on the number of cores.

        Args:
            query: float32, shape (dim,), of unit length.

        Raises:
            ValueError: another shape, type or length.
        """
        if query.ndim != 1:
            raise ValueError(f"query: {query.shape} instead of ({self.dim},)")
        _check(query[None], "query", self.dim)
        if not len(self):
            return np.zeros(0, dtype=np.float32)
        single = np.ascontiguousarray(query)
        ids = np.arange(len(self), dtype=np.int64)
        scores = np.zeros(len(self), dtype=np.float32)
        # The score of a row does not depend on its part, and so not on the number of cores.
        parts = max(1, min(os.cpu_count() or 1, MAX_PARTS, len(self) // LEAST_ROWS))
        bounds = np.linspace(0, len(self), parts + 1).astype(int).tolist()
        spans = [slice(*bound) for bound in itertools.pairwise(bounds)]
        others = [
            _workers().submit(self._score, single, ids[span], scores[span]) for span in spans[1:]
        ]
        self._score(single, ids[spans[0]], scores[spans[0]])
        for other in others:
            other.result()
        return scores

    def _score(self, query: Floats, ids: Ids, scores: Floats) -> None:
        """Write the cosines of `query` with the rows `ids` into `scores`."""
        faiss = _faiss()
        pointers = [faiss.swig_ptr(array) for array in (query, scores, ids)]
        with one_thread():
            self._index.compute_distance_subset(1, pointers[0], len(ids), *pointers[1:])

    def _rows(self) -> Floats:
        """The rows, as a view of FAISS's own memory."""
        if not len(self):
            return np.zeros((0, self.dim), dtype=np.float32)
        flat = _faiss().rev_swig_ptr(self._index.get_xb(), len(self) * self.dim)
        view: Floats = flat.reshape(len(self), self.dim)
        return view


def _check(rows: Floats, name: str, dim: int | None = None) -> None:
    """Raise ValueError unless `rows` is a float32 matrix of unit rows, `dim` wide if given."""
    if rows.dtype != np.float32 or rows.ndim != 2 or rows.shape[1] != (dim or rows.shape[1]):
        wanted = f"(n, {dim or 'dim'})"
        raise ValueError(f"{name}: {rows.dtype} {rows.shape} instead of float32 {wanted}")
    if rows.shape[1] == 0:
        raise ValueError(f"{name}: rows of no numbers")
    lengths = np.sqrt(np.einsum("ij,ij->i", rows, rows))
    if not np.all(np.abs(lengths - 1) <= UNIT_TOLERANCE):
        raise ValueError(f"{name}: not every row is of unit length")


@contextlib.contextmanager
def one_thread() -> Iterator[None]:
    """Limit FAISS to one thread: for a single question more threads cost more than they gain.

    If FAISS and torch share an OpenMP, the setting affects the whole process, so it is restored:
    otherwise it would halve the speed of the encoder.
    """
    faiss = _faiss()
    before = faiss.omp_get_max_threads()
    faiss.omp_set_num_threads(1)
    try:
        yield
    finally:
        faiss.omp_set_num_threads(before)


@functools.cache
def _workers() -> ThreadPoolExecutor:
    """Return the threads that score parts; the calling thread scores one as well."""
    return ThreadPoolExecutor(MAX_PARTS, thread_name_prefix="score")


def _faiss() -> ModuleType:
    """The FAISS module; on macOS after torch, since both bring an OpenMP (pytorch 149201)."""
    if sys.platform == "darwin":
        with contextlib.suppress(ImportError):
            import torch  # noqa: F401
    import faiss

    return faiss
