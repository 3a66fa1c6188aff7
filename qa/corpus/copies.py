"""Passages of the same wording in other resolutions."""

from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from qa.corpus.passages import PassageRef

if TYPE_CHECKING:
    from qa.corpus.passage_sequence import PassageSequence
    from qa.corpus.passage_table import PassageTable


class CopyFinder:
    """Finds the copies of a passage by the hash of its wording."""

    def __init__(self, columns: "PassageTable", passages: "PassageSequence") -> None:
        self._columns = columns
        self._passages = passages

    def of(self, row: int) -> tuple[PassageRef, ...]:
        """Return the passages of other resolutions with the wording of this one, newest first."""
        wording = self._columns.rows["wording"][row]
        first, last = (
            int(np.searchsorted(self._sorted_wordings, wording, side=side))
            for side in ("left", "right")
        )
        same = [self._passages.ref(other) for other in self._by_wording[first:last].tolist()]
        symbol = self._passages.ref(row).symbol
        return tuple(sorted((ref for ref in same if ref.symbol != symbol), key=newest_first))

    @cached_property
    def _by_wording(self) -> npt.NDArray[np.int64]:
        """The rows, those of one wording next to each other."""
        return np.argsort(self._columns.rows["wording"], kind="stable")

    @cached_property
    def _sorted_wordings(self) -> npt.NDArray[np.uint64]:
        wordings: npt.NDArray[np.uint64] = self._columns.rows["wording"][self._by_wording]
        return wordings


def newest_first(ref: PassageRef) -> tuple[int, int]:
    """Sort key: the day of adoption, the newest first, then the row."""
    return (-(ref.adopted.toordinal() if ref.adopted else 0), ref.row)
