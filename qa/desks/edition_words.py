"""How like the paragraphs of two editions of a text are, by their words with figures left open."""

import math
from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array

from qa.desks.alignment import Floats, common_runs
from qa.desks.desk_limits import PairingLimits
from qa.desks.figure_words import FIGURE, without_figures
from qa.desks.text_edition import TextEdition
from qa.time_budget import in_time

_OPENING = 4  # letters by which "Requests" and "Requesting" are the same opening
_FIGURE_WEIGHT = 0.2
_ALL = slice(None)
Flags = npt.NDArray[np.bool_]
Numbers = npt.NDArray[np.int64]


class EditionWords:
    """The words of each paragraph of an edition with their weights; figures are one word."""

    def __init__(self, keys: Sequence[Sequence[str]], weights: Mapping[str, float]) -> None:
        self.keys = tuple(map(tuple, keys))
        self.weights = tuple(np.array([weights[key] for key in each]) for each in self.keys)
        self.totals = np.array([each.sum() for each in self.weights])
        self.openings = np.array([each[0][:_OPENING] if each else "" for each in self.keys])

    def __len__(self) -> int:
        return len(self.keys)


def edition_words(before: TextEdition, after: TextEdition) -> tuple[EditionWords, EditionWords]:
    """Return the words of two editions; a word weighs more, the fewer paragraphs have it."""
    ours, theirs = (
        [without_figures(paragraph.tokens.keys) for paragraph in edition.paragraphs]
        for edition in (before, after)
    )
    counts = Counter(key for keys in (*ours, *theirs) for key in {*keys})
    most = len(ours) + len(theirs) + 1
    weights = {key: math.log(2 * most / (count + 1)) for key, count in counts.items()}
    weights[FIGURE] = _FIGURE_WEIGHT
    return EditionWords(ours, weights), EditionWords(theirs, weights)


class EditionLikeness:
    """Compares each paragraph of one edition with each of another."""

    def __init__(self, before: TextEdition, after: TextEdition, limits: PairingLimits) -> None:
        self.before, self.after = edition_words(before, after)
        self.meaning = _cosines(before, after)
        self.nearest = self.meaning - _best_other(self.meaning)
        self._limits = limits

    def advantages(self) -> Floats:
        """Return the log-odds that two paragraphs are versions of each other, but for their place.

        Minus infinity where they have too little in common to be compared.
        """
        limits = self._limits
        opening = self.before.openings[:, None] == self.after.openings[None, :]
        base = limits.intercept + limits.same_opening * opening
        base += limits.meaning * self.meaning + limits.nearest * self.nearest
        common = self._common_in_any_order()
        most = limits.likeness * self._likeness(common) + limits.longest_run * np.log1p(common)
        values = np.full(base.shape, -np.inf)
        for row, column in in_time(np.argwhere(base + most + limits.in_order > 0).tolist()):
            if self.before.keys[row] == self.after.keys[column]:
                values[row, column] = limits.identical
                continue
            likeness, longest = self.measures(row, column)
            by_words = limits.likeness * likeness + limits.longest_run * longest
            values[row, column] = base[row, column] + by_words
        return values

    def measures(self, row: int, column: int) -> tuple[float, float]:
        """Return how like two paragraphs are, and the logarithm of their longest common run."""
        weights = self.before.weights[row]
        runs = [
            float(weights[run.given : run.given + run.size].sum())
            for run in common_runs(self.before.keys[row], self.after.keys[column])
        ]
        likeness = self._likeness(np.array(sum(runs)), row, column)
        return float(likeness), math.log1p(max(runs, default=0))

    def left_over(self, row: int, column: int) -> tuple[Flags, Flags]:
        """Return which words of two paragraphs the other does not have in the same order."""
        ours = np.ones(len(self.before.keys[row]), dtype=bool)
        theirs = np.ones(len(self.after.keys[column]), dtype=bool)
        for run in common_runs(self.before.keys[row], self.after.keys[column]):
            ours[run.given : run.given + run.size] = False
            theirs[run.printed : run.printed + run.size] = False
        return ours, theirs

    def _likeness(
        self, common: Floats, row: int | slice = _ALL, column: int | slice = _ALL
    ) -> Floats:
        """Return how like paragraphs are that have words of this weight in common, 0 to 1.

        The root of the share of both texts that is common, times the share of the shorter one;
        that counts the less, the less the shorter text says.
        """
        ours, theirs = self.before.totals[row], self.after.totals[column]
        if common.ndim:
            ours = ours[:, None]
        shorter = np.maximum(np.minimum(ours, theirs), np.finfo(np.float64).eps)
        both = np.minimum(2 * common / (shorter + np.maximum(ours, theirs)), 1)
        contained = np.minimum(common / shorter, 1)
        counts = np.minimum(shorter / self._limits.full_weight, 1)
        return np.asarray(np.sqrt(both * (both + (contained - both) * counts)))

    def _common_in_any_order(self) -> Floats:
        """Return the weight of the words in common, as often as both have them."""
        numbers: dict[tuple[str, int], int] = {}
        ours, theirs = (_occurrences(words, numbers) for words in (self.before, self.after))
        width = len(numbers) or 1
        weights = np.concatenate([*self.before.weights, np.zeros(0)])
        weighted = csr_array((weights, ours), shape=(len(self.before), width))
        present = csr_array((np.ones(len(theirs[0])), theirs), shape=(len(self.after), width))
        return np.asarray((weighted @ present.T).todense())


def _occurrences(
    words: EditionWords, numbers: dict[tuple[str, int], int]
) -> tuple[Numbers, Numbers]:
    """Return the paragraph and the number of each word; its second occurrence is another word."""
    rows: list[int] = []
    columns: list[int] = []
    for row, keys in enumerate(words.keys):
        seen: Counter[str] = Counter()
        for key in keys:
            seen[key] += 1
            rows.append(row)
            columns.append(numbers.setdefault((key, seen[key]), len(numbers)))
    return np.array(rows, dtype=np.int64), np.array(columns, dtype=np.int64)


def _cosines(before: TextEdition, after: TextEdition) -> Floats:
    if not before.paragraphs or not after.paragraphs:
        return np.zeros((len(before.paragraphs), len(after.paragraphs)))
    return np.asarray(before.vectors @ after.vectors.T, dtype=np.float64)


def _best_other(values: Floats) -> Floats:
    """Return for each cell the greatest value in its row and its column, itself left out."""
    best = np.zeros(values.shape)
    for axis in (0, 1):
        if values.shape[axis] > 1:
            two = np.sort(values, axis=axis).take([-1, -2], axis=axis)
            first, second = (two.take([number], axis=axis) for number in (0, 1))
            best = np.maximum(best, np.where(values == first, second, first))
    return best
