"""Passages of other resolutions with the same words as a passage, and those of its family."""

from collections.abc import Iterable
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from qa.corpus.passages import PassageRef

if TYPE_CHECKING:
    from qa.corpus.passage_sequence import PassageSequence
    from qa.corpus.passage_table import PassageTable

Ints = npt.NDArray[np.int64]


class CopyFinder:
    """Finds the copies of a passage by the hash of its wording, its kin by that of its family."""

    def __init__(self, columns: "PassageTable", passages: "PassageSequence") -> None:
        self._columns = columns
        self._passages = passages

    def of(self, row: int) -> tuple[PassageRef, ...]:
        """Return the passages of other resolutions with the same words, newest first."""
        wordings = self._columns.rows["wording"]
        family = self._family(row)
        return self._refs(family[wordings[family] == wordings[row]], row)

    def kin_of(self, row: int) -> tuple[PassageRef, ...]:
        """Return the passages of other resolutions that differ in figures only, newest first.

        Figures are dates, numbers, sessions and symbols (`qa.resolutions.wordings`).
        """
        wordings = self._columns.rows["wording"]
        family = self._family(row)
        return self._refs(family[wordings[family] != wordings[row]], row)

    def _refs(self, rows: Ints, row: int) -> tuple[PassageRef, ...]:
        refs: Iterable[PassageRef] = map(self._passages.ref, rows.tolist())
        symbol = self._passages.ref(row).symbol
        return tuple(sorted((ref for ref in refs if ref.symbol != symbol), key=newest_first))

    def _family(self, row: int) -> Ints:
        """Return the rows of the family of a passage, itself included, ascending."""
        family = self._columns.rows["family"][row]
        first, last = (
            int(np.searchsorted(self._sorted_families, family, side=side))
            for side in ("left", "right")
        )
        return self._by_family[first:last]

    @cached_property
    def _by_family(self) -> Ints:
        """The rows, those of one family next to each other."""
        return np.argsort(self._columns.rows["family"], kind="stable")

    @cached_property
    def _sorted_families(self) -> npt.NDArray[np.uint64]:
        families: npt.NDArray[np.uint64] = self._columns.rows["family"][self._by_family]
        return families


def newest_first(ref: PassageRef) -> tuple[int, int]:
    """Sort key: the day of adoption, the newest first, then the row."""
    return (-(ref.adopted.toordinal() if ref.adopted else 0), ref.row)
