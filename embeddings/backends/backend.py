"""What a search asks of the place that holds vectors and words, and what a build asks of it."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from embeddings.row_numbers import Ids
from embeddings.search.bm25 import Bm25Index
from embeddings.store.encoded_texts import EncodedTexts

Floats = npt.NDArray[np.float32]
RowFilter = Mapping[str, Collection[int]]
"""Which rows may match: by the name of a fact, the values of which a row has one."""
Facts = Mapping[str, npt.NDArray[np.integer[Any]]]
"""A number for each passage, by the name by which a `RowFilter` asks for it."""

NO_FILTER: RowFilter = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class SearchContents:
    """What is searched of a generation, as its files hold it."""

    encoded: EncodedTexts
    words: Bm25Index
    facts: Facts


class PassageSearch(Protocol):
    """Searches the passages of one generation, numbered from 0, by their vectors and words.

    If it returns only the best rows, every other row has the least score of these. A row that
    `where` leaves out may have any score.
    """

    def cosines(
        self, query: Floats, where: RowFilter = NO_FILTER, rows: Ids | None = None
    ) -> Floats:
        """Return the cosine of `query`, a unit vector, with each row: float32 (n,).

        `where` and `rows`, if not None, say the same: which rows may match.
        """
        ...

    def matches(self, terms: Mapping[str, float], where: RowFilter = NO_FILTER) -> Floats:
        """Return the BM25 of each row for weighted terms: float32 (n,), 0 for no common term."""
        ...

    def gather(self, rows: Ids) -> Floats:
        """Return the vectors of these rows, in their order: float32 (m, dim)."""
        ...


class SearchBackend(Protocol):
    """The place where the generations of an index are searched.

    All methods raise StoreAbsentError if the place does not answer.
    """

    def open(self, generation: str, encoded: EncodedTexts, words: Bm25Index) -> PassageSearch:
        """Return the search over a generation.

        Raises:
            IndexDamagedError: the place does not hold all of the generation.
        """
        ...

    def is_filled(self, generation: str, rows: int) -> bool:
        """Return whether the place holds a generation with so many passages."""
        ...

    def fill(self, generation: str, contents: Callable[[], SearchContents]) -> None:
        """Put the passages of a generation into the place, after removing any of that name."""
        ...

    def verify(self, generation: str, contents: Callable[[], SearchContents]) -> bool:
        """Return whether the place holds what `fill` would put there, row by row.

        Raises:
            IndexDamagedError: the place does not hold all of the generation.
        """
        ...

    def drop(self, generation: str) -> None:
        """Remove the passages of a generation, if there are any."""
        ...
