"""Which documents may have the rows that are wanted, by the index of words."""

from collections.abc import Iterable
from functools import lru_cache, partial, reduce

import numpy as np
import numpy.typing as npt

from qa.corpus.corpus import Corpus
from qa.desks.mandate_filter import MandateSelection

Flags = npt.NDArray[np.bool_]
Rows = npt.NDArray[np.int32]
_PLAIN = str.maketrans("\u2011\u2019", "-'")


class MandateCandidates:
    """Finds documents by words that any row that is wanted must have in its text."""

    def __init__(self, corpus: Corpus) -> None:
        self._corpus = corpus
        self._texts = lru_cache(maxsize=None)(corpus.texts.passage_texts)

    def places(self, selection: MandateSelection) -> Flags:
        """Return for each resolution of the corpus whether it may have a row that is wanted."""
        places = np.ones(len(self._corpus.resolutions), dtype=bool)
        for spellings in selection.required_words():
            places &= self._with_any(spellings)
        return places

    def _with_any(self, spellings: Iterable[str]) -> Flags:
        """Return which resolutions have a passage with all words of one of several spellings."""
        found = np.zeros(len(self._corpus.resolutions), dtype=bool)
        for spelling in spellings:
            terms = self._corpus.words.terms(spelling)
            rows = np.arange(len(self._corpus.passages), dtype=np.int32)
            holders = [rows, *(self._corpus.words.rows_with(term) for term in terms)]
            rows = reduce(partial(np.intersect1d, assume_unique=True), holders[1:] or holders)
            found |= self._printing(spelling, rows)
        return found

    def _printing(self, words: str, rows: Rows) -> Flags:
        """Return which resolutions print words next to each other in one of these passages.

        Words in capital letters are printed so; others may have capital letters or none.
        """
        found = np.zeros(len(self._corpus.resolutions), dtype=bool)
        starts = self._corpus.columns.starts
        places = np.searchsorted(starts, rows, side="right") - 1
        for place, number in zip(places.tolist(), (rows - starts[places]).tolist(), strict=True):
            if not found[place]:
                text = self._texts(place)[number]
                is_there = words in text
                found[place] = is_there or words in text.translate(_PLAIN).casefold()
        return found
