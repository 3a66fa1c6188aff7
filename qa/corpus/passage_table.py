"""Facts about every passage, computed at build time: arrays in the order of the rows."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

import numpy as np
import numpy.typing as npt

from embeddings.index_errors import IndexDamagedError
from embeddings.mmap_arrays import load_array
from embeddings.search.inverted_index import NEW, InvertedIndex
from embeddings.store.encoded_texts import key_of
from qa.corpus.abbreviations import explained_abbreviations
from qa.corpus.formulas import formula_of
from qa.resolutions.cite.symbols import without_part
from qa.resolutions.model import Kind
from qa.resolutions.periods import MONTHS

if TYPE_CHECKING:
    from qa.corpus.passages import Passage

KINDS = tuple(Kind)
ROWS_FILE, STARTS_FILE = "rows.npy", "starts.npy"
_FOLDERS = ("labels", "cited", "verbs", "addressees", "short_names")
_STANDS_FOR = "\t"
_FLAGS = ("is_numbered", "cites", "is_due", "tells_when")
ROW = np.dtype(
    [
        *(("wording", "<u8"), ("family", "<u8"), ("words", "<u4"), ("kind", "u1")),
        ("formula", "u1"),
        *((name, "?") for name in _FLAGS),
    ]
)
_TELLS_WHEN = re.compile(
    rf"\b(?:{'|'.join(MONTHS)}) (?:19|20)\d\d|\bsession\b|\bmonths\b|\bannually\b|"
    r"\bevery (?:two )?years?\b|\bbiennial"
)


@dataclass(frozen=True, kw_only=True)
class PassageTable:
    """Facts about the passages of one generation."""

    rows: npt.NDArray[np.void]
    """A `ROW` for each passage: kind (index in `KINDS`), whether it has its own number, the hashes
    of its wording and of its family (`qa.resolutions.wordings`), the count of its words, which
    formula it is, whether it cites a document, sets a date, and states when something is due."""
    starts: npt.NDArray[np.int32]
    """The first row of each resolution, and last how many rows there are: int32 (r + 1,)."""
    labels: InvertedIndex
    """The label of each passage."""
    cited: InvertedIndex
    """The documents that each passage cites, without their parts."""
    verbs: InvertedIndex
    """The lemmas of the verbs by which it acts."""
    addressees: InvertedIndex
    """The addressees of its actions."""
    short_names: InvertedIndex
    """The short names that each passage explains, each with its full name: see `stand_for`."""

    @classmethod
    def empty(cls) -> Self:
        """Return the columns of no passages."""
        empty = InvertedIndex.build(())
        return cls(
            rows=np.zeros(0, ROW),
            starts=np.zeros(1, np.int32),
            labels=empty,
            cited=empty,
            verbs=empty,
            addressees=empty,
            short_names=empty,
        )

    def updated(
        self, kept: npt.NDArray[np.int64], passages: Sequence["Passage"], sizes: Sequence[int]
    ) -> Self:
        """Return columns of passages of which some are taken from these and some are new.

        Args:
            kept: for each passage the row that it has here, or NEW.
            passages: the new ones, in order.
            sizes: how many passages each resolution has.
        """
        rows = np.zeros(len(kept), ROW)
        rows[kept != NEW] = self.rows[kept[kept != NEW]]
        rows[kept == NEW] = np.array([_row(passage) for passage in passages], dtype=ROW)
        actions = [passage.actions for passage in passages]
        return type(self)(
            rows=rows,
            starts=np.concatenate([[0], np.cumsum(sizes, dtype=np.int32)]).astype(np.int32),
            labels=self.labels.updated(kept, ([passage.label] for passage in passages)),
            cited=self.cited.updated(kept, (_cited(passage) for passage in passages)),
            verbs=self.verbs.updated(kept, ([action.lemma for action in each] for each in actions)),
            addressees=self.addressees.updated(
                kept,
                ([action.addressee for action in each if action.addressee] for each in actions),
            ),
            short_names=self.short_names.updated(
                kept, (_short_names(passage) for passage in passages)
            ),
        )

    def are_of(self, passages: Sequence["Passage"]) -> bool:
        """Return whether these are the columns of `passages`."""
        new = np.full(len(passages), NEW)
        other = self.empty().updated(new, passages, np.diff(self.starts).tolist())
        return (
            np.array_equal(self.rows, other.rows)
            and self.labels == other.labels
            and self.cited == other.cited
            and self.verbs == other.verbs
            and self.addressees == other.addressees
            and self.short_names == other.short_names
        )

    @classmethod
    def load(cls, folder: Path) -> Self:
        """Return the columns saved in `folder`.

        Raises:
            IndexDamagedError: a file is missing, cut short, or the files do not agree.
        """
        try:
            rows: npt.NDArray[Any] = load_array(folder / ROWS_FILE, is_mapped=True)
            starts = load_array(folder / STARTS_FILE)
        except (OSError, ValueError, EOFError) as error:
            raise IndexDamagedError(folder.name, f"cannot be read ({error})") from error
        postings = {name: InvertedIndex.load(folder / name) for name in _FOLDERS}
        sound = (
            (rows.dtype, rows.ndim) == (ROW, 1)
            and (starts.dtype, starts.ndim) == (np.int32, 1)
            and len(starts) > 0
            and starts[0] == 0
            and bool(np.all(np.diff(starts) >= 0))
            and {int(starts[-1]), *map(len, postings.values())} == {len(rows)}
            and (not len(rows) or int(rows["kind"].max()) < len(KINDS))
        )
        if not sound:
            raise IndexDamagedError(folder.name, "is inconsistent")
        return cls(rows=rows.view(np.ndarray), starts=starts, **postings)

    def save(self, folder: Path) -> None:
        """Write the columns into `folder`, which is made if needed."""
        folder.mkdir(parents=True, exist_ok=True)
        np.save(folder / ROWS_FILE, self.rows, allow_pickle=False)
        np.save(folder / STARTS_FILE, self.starts, allow_pickle=False)
        for name in _FOLDERS:
            postings: InvertedIndex = getattr(self, name)
            postings.save(folder / name)

    def label(self, row: int) -> str:
        """Return the label of a passage."""
        return self.labels.names[int(self._label_numbers[row])]

    @cached_property
    def stand_for(self) -> dict[str, str]:
        """The full name of each short name that the texts explain.

        If there are several, the one in most passages; of equally frequent ones the first.
        """
        most_frequent: dict[str, tuple[int, str]] = {}
        for pair in self.short_names.names:
            short, name = pair.split(_STANDS_FOR)
            often = len(self.short_names.rows(pair))
            if often > most_frequent.get(short, (0, ""))[0]:
                most_frequent[short] = (often, name)
        return {short: name for short, (_, name) in most_frequent.items()}

    @cached_property
    def _label_numbers(self) -> npt.NDArray[np.int32]:
        """Which of the names of `labels` is each passage's, int32 (n,)."""
        numbers = np.zeros(len(self.rows), dtype=np.int32)
        for number, name in enumerate(self.labels.names):
            numbers[self.labels.rows(name)] = number
        return numbers

    def rows_mask(self, postings: InvertedIndex, names: Iterable[str]) -> npt.NDArray[np.bool_]:
        """Return which passages hold one of `names`: bool (n,)."""
        flags = np.zeros(len(self.rows), dtype=bool)
        for name in names:
            flags[postings.rows(name)] = True
        return flags


def wording_number(wording: str) -> int:
    """Return the number by which passages of one wording or family are found: 64 bits of a hash."""
    return int.from_bytes(key_of(wording)[:8], "little")


def _row(passage: "Passage") -> tuple[int, int, int, int, int, bool, bool, bool, bool]:
    return (
        wording_number(passage.wording),
        wording_number(passage.family),
        passage.text.count(" ") + 1,
        KINDS.index(passage.kind),
        formula_of(passage.text, {action.verb for action in passage.actions}),
        passage.number is not None,
        bool(passage.citations),
        any(action.due for action in passage.actions),
        bool(_TELLS_WHEN.search(passage.text)),
    )


def _short_names(passage: "Passage") -> Iterable[str]:
    return dict.fromkeys(
        f"{short}{_STANDS_FOR}{name}" for short, name in explained_abbreviations(passage.text)
    )


def _cited(passage: "Passage") -> Iterable[str]:
    return dict.fromkeys(without_part(citation.symbol) for citation in passage.citations)
