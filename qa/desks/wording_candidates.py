"""Which wordings of the corpus may be those of a draft: by its words, or by its sense."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from qa.corpus.corpus import Corpus
from qa.desks.alignment import containment, word_ratio
from qa.desks.desk_limits import load_desk_limits
from qa.desks.document_words import CorpusWords
from qa.desks.word_tokens import WordTokens

Rows = npt.NDArray[np.int64]
Cosines = Callable[[str], npt.NDArray[np.float32]]
"""The cosine of a text and each passage, float32 (n,)."""

_WORDINGS = 60  # that are compared word by word
_ROWS = 4000  # passages among which they are; one wording may have hundreds of copies
_NEAREST = 30  # by their sense


@dataclass(frozen=True, slots=True, kw_only=True)
class WordingCandidate:
    """A wording that a draft may be taken from, at one of its passages."""

    row: int
    keys: tuple[str, ...]  # its words
    share: float  # of the words that are common and in order: 2·LCS/(a+b)
    contained: float = 0.0  # share of the draft's weight that it has in any order
    cosine: float | None = None  # of the draft and it; None where it was not asked for

    @property
    def likeness(self) -> float:
        """How like it is: by its words in order, or by its words, their weight and its sense."""
        if self.cosine is None:
            return self.share
        return (self.share + self.contained + self.cosine) / 3

    @property
    def sense(self) -> float:
        """How much of what a draft says it says, in whatever words."""
        if self.cosine is None:
            return self.share
        weight = load_desk_limits().contained_weight
        return weight * self.contained + (1 - weight) * self.cosine


class WordingCandidates:
    """Finds wordings among the passages that a filter leaves."""

    def __init__(self, corpus: Corpus, words: CorpusWords, rows: Rows, cosines: Cosines) -> None:
        self._corpus = corpus
        self._words = words
        self._rows = rows
        self._cosines = cosines
        self._wordings = np.asarray(corpus.columns.rows["wording"])

    def find(self, draft: WordTokens) -> list[WordingCandidate]:
        """Return the wordings that are like a draft, the best first.

        The sense is looked at only where no wording has most of the words in their order.
        """
        found = self.by_words(draft)
        best = max((candidate.share for candidate in found), default=0.0)
        if best < load_desk_limits().min_sure_ratio:
            found = self._by_sense(draft, found)
        return sorted(found, key=lambda each: (-each.likeness, -each.share, -each.row))

    def by_words(self, draft: WordTokens) -> list[WordingCandidate]:
        """Return the wordings that have most of the words of a draft."""
        scores = self._corpus.words.scores(draft.text)[self._rows]
        rows = self._best(scores, _WORDINGS, is_positive=True)
        return [self._candidate(draft, row) for row in rows]

    def _by_sense(
        self, draft: WordTokens, found: Sequence[WordingCandidate]
    ) -> list[WordingCandidate]:
        """Return the candidates with the nearest by sense, and the cosine of each."""
        cosines = self._cosines(draft.text)
        known = {int(self._wordings[candidate.row]) for candidate in found}
        others = [
            self._candidate(draft, row)
            for row in self._best(cosines[self._rows], _NEAREST)
            if int(self._wordings[row]) not in known
        ]
        stems = tuple(self._words.stems(draft.keys))
        return [
            replace(
                each,
                cosine=float(cosines[each.row]),
                contained=containment(stems, self._words.stems(each.keys), self._words.stem_weight),
            )
            for each in (*found, *others)
        ]

    def _candidate(self, draft: WordTokens, row: int) -> WordingCandidate:
        keys = self._words.row_keys(row)
        return WordingCandidate(row=row, keys=keys, share=word_ratio(draft.keys, keys))

    def _best(
        self, scores: npt.NDArray[np.float32], count: int, *, is_positive: bool = False
    ) -> Iterator[int]:
        """Yield a passage of each of the `count` best wordings, the best first."""
        size = min(_ROWS, len(scores))
        if not size:
            return
        top = np.argpartition(-scores, size - 1)[:size]
        top = top[np.lexsort((top, -scores[top]))]
        seen: set[int] = set()
        for place in top.tolist():
            row = int(self._rows[place])
            wording = int(self._wordings[row])
            if wording in seen or (is_positive and scores[place] <= 0):
                continue
            seen.add(wording)
            yield row
            if len(seen) == count:
                return
