"""Approximate search over many rows: by their signs, then exact cosines of the nearest."""

import numpy as np
import numpy.typing as npt

from embeddings.search import flat_index as vectors
from embeddings.search.flat_index import Floats

Signs = npt.NDArray[np.uint8]

# The rule: up to so many rows all are compared, 77 MB to be read; docs/scale.md has the tables.
EXACT_UP_TO = 50_000
# Beyond, a sixteenth of the rows is compared exactly, those whose signs agree most, within these
# bounds. Of a million rows the ten nearest always lie among the most, as measured, and of the five
# hundred nearest 97 in a hundred.
SHARE, LEAST, REACH = 16, 4_096, 16_384
BATCH = 100_000  # rows whose signs are taken at a time


def signs_of(rows: Floats) -> Signs:
    """Return a bit for each number of each row, set if it is above 0: uint8 (n, bytes)."""
    width = (rows.shape[1] + 7) // 8
    signs = np.empty((len(rows), width), dtype=np.uint8)
    for start in range(0, len(rows), BATCH):
        signs[start : start + BATCH] = np.packbits(rows[start : start + BATCH] > 0, axis=1)
    return signs


def rerank_limit(rows: int) -> int:
    """Return how many of so many rows are compared exactly."""
    return min(rows, REACH, max(LEAST, rows // SHARE))


class BinaryIndex:
    """Unit rows, which may be memory-mapped, and their signs, which are in memory.

    FAISS `IndexBinaryFlat` counts the bits in which a row differs from the question. The share of
    equal signs grows with the cosine: Charikar 2002, "Similarity estimation techniques from
    rounding algorithms".
    """

    def __init__(self, rows: Floats, signs: Signs) -> None:
        self._rows = rows
        self._index = vectors._faiss().IndexBinaryFlat(8 * signs.shape[1])
        self._index.use_heap = False  # counting is faster where many are wanted
        self._index.add(np.ascontiguousarray(signs))

    def similarities(self, query: Floats) -> Floats:
        """Return the cosine of `query`, a unit vector, with the rows it reaches: float32 (n,).

        All others have the least of these.
        """
        reach = rerank_limit(len(self._rows))
        with vectors.one_thread():
            _, nearest = self._index.search(signs_of(query[None]), reach)
        near = np.sort(nearest[0])
        cosines = np.einsum("ij,j->i", self._rows[near], query)
        scores = np.full(len(self._rows), cosines.min(), dtype=np.float32)
        scores[near] = cosines
        return scores
