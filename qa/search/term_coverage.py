"""The share of a question's words that passages contain."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from qa.corpus.corpus import Corpus


class TermCoverage:
    """The rows of one corpus that contain the words of one question."""

    def __init__(self, corpus: Corpus, groups: Sequence[Sequence[str]]) -> None:
        """Look the words up.

        Args:
            corpus: of the passages.
            groups: for each word of the question the terms that each match it.
        """
        words, contexts = corpus.words, corpus.context_words
        idfs = [max((words.idf(term) for term in group), default=0.0) for group in groups]
        rarest = max(idfs, default=0.0) or 1.0
        self._weights = [idf or rarest for idf in idfs]
        self._rows = [
            [(words.rows_with(term), contexts.rows_with(term)) for term in group]
            for group in groups
        ]

    def of(self, first: int, last: int, place: int | None = None) -> float:
        """Return the share of the words, by rarity, in the rows `first` to `last`.

        Args:
            first: a row.
            last: a row, not before `first`.
            place: of a resolution whose title and subjects count, too; None for none.
        """
        covered = sum(
            weight
            for weight, group in zip(self._weights, self._rows, strict=True)
            if any(
                _has_between(rows, first, last)
                or (place is not None and _has_between(contexts, place, place))
                for rows, contexts in group
            )
        )
        return covered / sum(self._weights) if self._weights else 0.0


def _has_between(numbers: npt.NDArray[np.int32], first: int, last: int) -> bool:
    """Return whether an ascending array has a number from `first` to `last`."""
    position = int(numbers.searchsorted(first))
    return position < len(numbers) and int(numbers[position]) <= last
