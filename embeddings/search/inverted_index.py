"""An inverted index: the rows that hold each name, and how often."""

import json
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

import numpy as np
import numpy.typing as npt

from embeddings.index_errors import IndexDamagedError
from embeddings.mmap_arrays import load_array
from embeddings.row_numbers import Ids

if TYPE_CHECKING:
    from scipy.sparse import csc_array, csr_array

Rows = npt.NDArray[np.int32]
Counts = npt.NDArray[np.uint16]

NAMES_FILE = "names.json"
ENDS_FILE, ROWS_FILE, COUNTS_FILE = "ends.npy", "rows.npy", "counts.npy"
MOST = np.iinfo(np.uint16).max
NEW = -1  # of a row that no earlier row gives


class InvertedIndex:
    """Names in the order of their letters, each with the rows that hold it, ascending.

    Grown and built at once, the same rows give the same files, byte for byte.
    """

    def __init__(
        self, size: int, names: Sequence[str], ends: Ids, rows: Rows, counts: Counts
    ) -> None:
        self._size = size
        self._names = names
        self._ends = ends  # name n has the rows from ends[n] to ends[n + 1]
        self._rows = rows
        self._counts = counts

    @classmethod
    def build(cls, rows: Iterable[Iterable[str]]) -> Self:
        """Return the table of `rows`, numbered from 0, each with the names that it holds."""
        none = np.zeros(0, dtype=np.int64)
        empty = cls(0, (), np.zeros(1, np.int64), none.astype(np.int32), none.astype(np.uint16))
        held = list(rows)
        return empty.updated(np.full(len(held), NEW), held)

    def updated(self, kept: npt.ArrayLike, rows: Iterable[Iterable[str]]) -> Self:
        """Return a table whose rows are some of these and some that are new.

        Args:
            kept: for each row of the new table the row of this one that it takes over, or NEW.
            rows: the names that each new row holds, in order.
        """
        from scipy.sparse import csr_array, vstack

        old = np.asarray(kept, dtype=np.int64)
        numbers: dict[str, int] = {name: number for number, name in enumerate(self._names)}
        columns = array("i")
        ends = [0]
        for row in rows:
            columns.extend(numbers.setdefault(name, len(numbers)) for name in row)
            ends.append(len(columns))
        added = csr_array(
            (np.ones(len(columns), np.int32), np.asarray(columns, np.int32), np.array(ends)),
            shape=(len(ends) - 1, len(numbers)),
        )
        added.sum_duplicates()
        before = self._matrix(len(numbers)).tocsr()
        taken = np.where(old == NEW, self._size + np.cumsum(old == NEW) - 1, old)
        whole = vstack([before, added], format="csr")[taken].tocsc()
        whole.sort_indices()
        return type(self)._of(whole, list(numbers))

    @classmethod
    def _of(cls, whole: "csc_array", names: Sequence[str]) -> Self:
        """Return a matrix of counts as a table; names that no row holds are left out."""
        sizes = np.diff(whole.indptr)
        order = np.array(sorted(np.flatnonzero(sizes).tolist(), key=names.__getitem__), np.int64)
        whole = whole[:, order] if len(order) else whole[:, :0]
        return cls(
            int(whole.shape[0]),
            [names[number] for number in order.tolist()],
            whole.indptr.astype(np.int64),
            whole.indices.astype(np.int32),
            np.minimum(whole.data, MOST).astype(np.uint16),
        )

    def _matrix(self, width: int) -> "csc_array":
        from scipy.sparse import csc_array

        ends = np.concatenate([self._ends, np.full(width - len(self._names), self._ends[-1])])
        counts = self._counts.astype(np.int32)
        return csc_array((counts, np.asarray(self._rows), ends), shape=(self._size, width))

    @classmethod
    def load(cls, folder: Path) -> Self:
        """Return the table saved in `folder`, its arrays mapped, not copied.

        Raises:
            IndexDamagedError: a file is missing, cut short, or the files do not agree.
        """
        try:
            saved = json.loads((folder / NAMES_FILE).read_text(encoding="utf-8"))
            size, names = int(saved["size"]), [str(name) for name in saved["names"]]
            arrays = [_mapped(folder / name) for name in (ENDS_FILE, ROWS_FILE, COUNTS_FILE)]
        except (OSError, ValueError, KeyError, TypeError, EOFError) as error:
            raise IndexDamagedError(folder.name, f"cannot be read ({error})") from error
        ends, rows, counts = arrays
        sound = (
            [values.dtype for values in arrays] == [np.int64, np.int32, np.uint16]
            and all(values.ndim == 1 for values in arrays)
            and len(ends) == len(names) + 1
            and ends[0] == 0
            and ends[-1] == len(rows) == len(counts)
            and bool(np.all(np.diff(ends) > 0))
            and (not len(rows) or 0 <= int(rows.min()) <= int(rows.max()) < size)
        )
        if not sound:
            raise IndexDamagedError(folder.name, "is inconsistent")
        return cls(size, names, ends, rows, counts)

    def save(self, folder: Path) -> None:
        """Write the table into `folder`, which is made if needed: arrays and JSON, no pickle."""
        folder.mkdir(parents=True, exist_ok=True)
        saved = {"size": self._size, "names": list(self._names)}
        text = json.dumps(saved, ensure_ascii=False, indent=0)
        (folder / NAMES_FILE).write_text(text + "\n", encoding="utf-8", newline="\n")
        for name, values in (
            (ENDS_FILE, self._ends),
            (ROWS_FILE, self._rows),
            (COUNTS_FILE, self._counts),
        ):
            np.save(folder / name, values, allow_pickle=False)

    def __len__(self) -> int:
        """How many rows there are, those that hold nothing among them."""
        return self._size

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, InvertedIndex):
            return NotImplemented
        return (
            (self._size, self._names) == (other._size, other._names)
            and np.array_equal(self._ends, other._ends)
            and np.array_equal(self._rows, other._rows)
            and np.array_equal(self._counts, other._counts)
        )

    __hash__ = None  # type: ignore[assignment]

    @property
    def names(self) -> Sequence[str]:
        """Every name that a row holds, in the order of its letters."""
        return self._names

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and self._place(name) is not None

    def rows(self, name: str) -> Rows:
        """Return the rows that hold `name`, ascending: int32 (m,)."""
        return self._rows[self._span(name)]

    def counts(self, name: str) -> Counts:
        """Return how often each of `rows(name)` holds it: uint16 (m,), from 1."""
        return self._counts[self._span(name)]

    def sizes(self) -> Ids:
        """Return how many names each row holds, repeated ones as often: int64 (n,)."""
        weights = self._counts.astype(np.float64)
        return np.bincount(self._rows, weights, minlength=self._size).astype(np.int64)

    def number(self, name: str) -> int:
        """Return which of the names this is, from 0.

        Raises:
            KeyError: no row holds it.
        """
        place = self._place(name)
        if place is None:
            raise KeyError(name)
        return place

    def matrix(self) -> "csr_array":
        """Return how often each row holds each name, by its number: int32 (n, names)."""
        return self._matrix(len(self._names)).tocsr()

    def _span(self, name: str) -> slice:
        place = self._place(name)
        if place is None:
            return slice(0, 0)
        return slice(int(self._ends[place]), int(self._ends[place + 1]))

    def _place(self, name: str) -> int | None:
        number = bisect_left(self._names, name)
        return number if number < len(self._names) and self._names[number] == name else None


def _mapped(path: Path) -> npt.NDArray[Any]:
    values: npt.NDArray[Any] = load_array(path, is_mapped=True)
    return values.view(np.ndarray)
