"""Which passages ask an actor to act: the one rule, for the search and for lists."""

from functools import cached_property

import numpy as np
import numpy.typing as npt

from qa.corpus.corpus import Corpus
from qa.search.features import Ids, rows_among


class ActorMatcher:
    """Finds the passages of one corpus that address an actor."""

    def __init__(self, corpus: Corpus) -> None:
        self._corpus = corpus

    def addresses(self, actor: str | None, rows: Ids) -> npt.NDArray[np.bool_]:
        """Return which passages ask `actor` to do something, bool (m,).

        A passage addresses it by a name that has all words of `actor`, or by a part of it, such as
        "the Commission", if the passage has the other words elsewhere.

        Args:
            actor: as the question names it; None addresses nobody.
            rows: of the passages, int64 (m,).
        """
        words, columns = self._corpus.words, self._corpus.columns
        wanted = frozenset(words.terms(actor or ""))
        if not wanted:
            return np.zeros(len(rows), dtype=bool)
        whole = [name for name, terms in self._terms.items() if wanted <= terms]
        part = [name for name, terms in self._terms.items() if terms and terms < wanted]
        by_part = columns.rows_mask(columns.addressees, part)[rows]
        for term in wanted:
            by_part &= rows_among(rows, words.rows_with(term))
        addressed: npt.NDArray[np.bool_] = (
            by_part | columns.rows_mask(columns.addressees, whole)[rows]
        )
        return addressed

    @cached_property
    def _terms(self) -> dict[str, frozenset[str]]:
        """The terms of each addressee that the texts name."""
        terms = self._corpus.words.terms
        return {name: frozenset(terms(name)) for name in self._corpus.columns.addressees.names}
