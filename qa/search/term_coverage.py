"""Which of the words of a question stand in a passage."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from qa.corpus.corpus import Corpus


class TermCoverage:
    """Which share of a question's words stands in passages of one corpus."""

    def __init__(self, corpus: Corpus, groups: Sequence[Sequence[str]]) -> None:
        """Look the words up.

        Args:
            corpus: whose passages are asked about.
            groups: per word of the question the terms that would each meet it.
        """
        words, contexts = corpus.words, corpus.context_words
        rarities = [max((words.idf(term) for term in one), default=0.0) for one in groups]
        rarest = max(rarities, default=0.0) or 1.0
        self._weights = [rarity or rarest for rarity in rarities]
        self._holders = [
            [(words.rows_with(term), contexts.rows_with(term)) for term in group]
            for group in groups
        ]

    def of(self, first: int, last: int, place: int | None = None) -> float:
        """Return which share of the words, by rarity, stands in the rows `first` to `last`.

        A word is met where it stands, or what may stand for it.

        Args:
            first: a row.
            last: a row, not before `first`.
            place: of a resolution, the words about which count too; None for none.
        """
        found = sum(
            weight
            for weight, group in zip(self._weights, self._holders, strict=True)
            if any(
                _lies(rows, first, last) or (place is not None and _lies(contexts, place, place))
                for rows, contexts in group
            )
        )
        return found / sum(self._weights) if self._weights else 0.0


def _lies(holders: npt.NDArray[np.int32], first: int, last: int) -> bool:
    """Tell whether an ascending array has a number from `first` to `last`."""
    at = int(holders.searchsorted(first))
    return at < len(holders) and int(holders[at]) <= last
