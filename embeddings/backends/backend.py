"""What search asks of the store that holds vectors and words, and the store that we bring."""

from collections.abc import Collection, Mapping
from types import MappingProxyType
from typing import Protocol

import numpy as np
import numpy.typing as npt

from embeddings.row_numbers import Ids
from embeddings.search.bm25 import Bm25Index
from embeddings.store.encoded_texts import EncodedTexts

Floats = npt.NDArray[np.float32]
RowFilter = Mapping[str, Collection[int]]
"""Which rows may be found: by the name of a fact, the values of which a row has one."""

NO_FILTER: RowFilter = MappingProxyType({})


class SearchBackend(Protocol):
    """Searches the passages of one generation, numbered from 0, by their vectors and words.

    Where it reaches only so many of the best rows, every other has the least score of these. A row
    that `where` leaves out may have any score.
    """

    def cosines(
        self, query: Floats, where: RowFilter = NO_FILTER, rows: Ids | None = None
    ) -> Floats:
        """Return the cosine of `query`, a unit vector, with each row: float32 (n,).

        `where` and `rows`, if not None, tell the same: which rows may be found.
        """
        ...

    def matches(self, terms: Mapping[str, float], where: RowFilter = NO_FILTER) -> Floats:
        """Return the BM25 of each row for weighted terms: float32 (n,), 0 where none meets."""
        ...

    def gather(self, rows: Ids) -> Floats:
        """Return the vectors of these rows, in their order: float32 (m, dim)."""
        ...


class LocalBackend:
    """The files of a generation: FAISS over the vectors, counts over the words."""

    def __init__(self, encoded: EncodedTexts, words: Bm25Index) -> None:
        self._encoded = encoded
        self._words = words

    def cosines(
        self,
        query: Floats,
        where: RowFilter = NO_FILTER,  # noqa: ARG002
        rows: Ids | None = None,
    ) -> Floats:
        """Return the cosines, all of them up to `binary_index.EXACT_UP_TO` distinct texts."""
        return self._encoded.similarities(query, rows)

    def matches(self, terms: Mapping[str, float], where: RowFilter = NO_FILTER) -> Floats:  # noqa: ARG002
        """Return the exact BM25; see `SearchBackend`."""
        return self._words.scores(" ".join(terms), weights=terms)

    def gather(self, rows: Ids) -> Floats:
        """Return the vectors; see `SearchBackend`."""
        return self._encoded.gather(rows)
