"""The passages of a corpus by row, each read from disk when it is asked for."""

from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, overload

import numpy as np

from embeddings.index_errors import IndexDamagedError
from qa.corpus.passages import Parts, Passage, PassageRef
from qa.corpus.text_store import CACHED

if TYPE_CHECKING:
    from qa.corpus.passage_table import PassageTable
    from qa.corpus.text_store import TextStore


class PassageSequence(Sequence[Passage]):
    """The passages of one generation, numbered from 0 in the order of its resolutions."""

    def __init__(self, texts: "TextStore", columns: "PassageTable", generation: str) -> None:
        self._texts = texts
        self._columns = columns
        self._generation = generation
        self._starts = columns.starts
        self._parts = lru_cache(maxsize=CACHED)(self._parts_of)
        self._cached = lru_cache(maxsize=CACHED * 8)(self._read)
        self._whole = lru_cache(maxsize=CACHED)(self._all_of)

    def __len__(self) -> int:
        return int(self._starts[-1])

    @overload
    def __getitem__(self, row: int) -> Passage: ...
    @overload
    def __getitem__(self, row: slice) -> Sequence[Passage]: ...
    def __getitem__(self, row: int | slice) -> Passage | Sequence[Passage]:
        if isinstance(row, slice):
            return [self[number] for number in range(*row.indices(len(self)))]
        if not -len(self) <= row < len(self):
            raise IndexError(f"row {row}: there are {len(self)} passages")
        return self._cached(row % len(self))

    def place(self, row: int) -> int:
        """Return the number of the resolution that holds a passage."""
        return int(np.searchsorted(self._starts, row, side="right")) - 1

    def ref(self, row: int) -> PassageRef:
        """Return which passage has this row; its text is not read."""
        masthead = self._texts.mastheads[self.place(row)]
        return PassageRef(row, masthead.symbol, self._columns.label(row), masthead.adopted)

    def of(self, place: int) -> tuple[Passage, ...]:
        """Return the passages of the resolution with this number."""
        return self._whole(place)

    def _all_of(self, place: int) -> tuple[Passage, ...]:
        parts = self._parts(place)
        return tuple(map(parts.passage, range(len(parts))))

    def _read(self, row: int) -> Passage:
        place = self.place(row)
        return self._parts(place).passage(row - int(self._starts[place]))

    def _parts_of(self, place: int) -> Parts:
        first, last = self._bounds(place)
        parts = Parts(self._texts.resolution(place), self._texts.mastheads[place], first)
        if len(parts) != last - first:
            problem = f"has {len(parts)} passages of resolution {place} instead of {last - first}"
            raise IndexDamagedError(self._generation, problem)
        return parts

    def _bounds(self, place: int) -> tuple[int, int]:
        """Return the rows of a resolution: the first, and the one after the last."""
        return int(self._starts[place]), int(self._starts[place + 1])
