"""Where a wording was used: its passages, the first and the latest, by which bodies."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from qa.corpus.corpus import Corpus
from qa.corpus.passages import PassageRef
from qa.desks.document_words import CorpusWords

Rows = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class WordingUses:
    """The passages with one wording, oldest first."""

    places: tuple[PassageRef, ...]
    bodies: tuple[str, ...]
    years: tuple[int, ...]
    by_vote: int  # of the resolutions with it: put to a recorded vote
    without_vote: int
    vote_unknown: int  # nothing is recorded of them

    @property
    def count(self) -> int:
        """How many passages have it."""
        return len(self.places)

    @property
    def first(self) -> PassageRef:
        """The first use."""
        return self.places[0]

    @property
    def latest(self) -> PassageRef:
        """The latest use."""
        return self.places[-1]


class WordingUseFinder:
    """Finds the uses of wordings among the passages that a filter leaves."""

    def __init__(self, corpus: Corpus, words: CorpusWords, rows: Rows) -> None:
        self._corpus = corpus
        self._words = words
        self._is_allowed = np.zeros(len(corpus.passages), dtype=bool)
        self._is_allowed[rows] = True

    def of(self, keys: Sequence[str], row: int) -> WordingUses:
        """Return the uses of a wording.

        Args:
            keys: its words.
            row: a passage that has it.
        """
        rows = {row, *self._words.rows_of_wording(keys)}
        allowed = (each for each in rows if self._is_allowed[each])
        refs = sorted(map(self._corpus.passages.ref, allowed), key=_oldest_first)
        symbols = dict.fromkeys(ref.symbol for ref in refs)
        mastheads = [
            self._corpus.resolutions[self._corpus.place(symbol) or 0] for symbol in symbols
        ]
        votes = [masthead.vote for masthead in mastheads]
        return WordingUses(
            places=tuple(refs),
            bodies=tuple(sorted({masthead.body.value for masthead in mastheads})),
            years=tuple(sorted({ref.adopted.year for ref in refs if ref.adopted})),
            by_vote=sum(vote is not None and vote.is_recorded for vote in votes),
            without_vote=sum(vote is not None and not vote.is_recorded for vote in votes),
            vote_unknown=sum(vote is None for vote in votes),
        )


def _oldest_first(ref: PassageRef) -> tuple[int, int]:
    return (ref.adopted.toordinal() if ref.adopted else 0, ref.row)
