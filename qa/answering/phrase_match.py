"""Exact matches of a name or a phrase in the texts, in any English word form, unranked."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import overload

import numpy as np
import numpy.typing as npt

from embeddings.search.bm25 import Bm25Index
from embeddings.text_analysis import stop_words
from qa.corpus.corpus import Corpus
from qa.corpus.passages import Passage
from qa.resolutions.model import Masthead
from qa.search.row_texts import places_of, row_texts

Flags = npt.NDArray[np.bool_]

_SHORT = re.compile(r"[A-Z][A-Z\d-]{1,7}")
# White space and punctuation that always separate words; a hyphen or apostrophe may join them.
_GAP = r"[ \n,;:.()\[\]“”\"/?!]"


class PhraseMatcher:
    """Finds a name or a phrase in texts."""

    def __init__(self, words: Bm25Index, form: str) -> None:
        self._words = words
        self.terms = tuple(words.terms(form))
        self._short = re.compile(rf"(?<!\w){re.escape(form)}(?!\w)")
        self._is_short = _SHORT.fullmatch(form) is not None
        self._plain = _plain_pattern(words, self.terms)

    def occurs_in(self, text: str) -> bool:
        """Return whether a text has the words in a row; a short name only as printed: "AI"."""
        if self._is_short:
            return self._short.search(text) is not None
        if not self.terms:
            return False
        # This finds nine of ten occurrences; splitting the text into terms costs far more.
        if self._plain.search(f" {text.lower()} "):
            return True
        return _has_run(self.terms, self._words.terms(text))


class Mentions(Sequence[Passage]):
    """Passages that mention a thing, in a given order; each is read on access."""

    def __init__(self, corpus: Corpus, rows: Sequence[int]) -> None:
        self._corpus = corpus
        self._rows = tuple(rows)
        self._first: dict[str, int] = {}  # row of the first passage, by symbol
        for row, place in zip(rows, places_of(corpus, rows), strict=True):
            self._first.setdefault(corpus.resolutions[place].symbol, row)

    def __len__(self) -> int:
        return len(self._rows)

    @overload
    def __getitem__(self, index: int) -> Passage: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Passage]: ...
    def __getitem__(self, index: int | slice) -> Passage | Sequence[Passage]:
        if isinstance(index, slice):
            return tuple(self._corpus.passages[row] for row in self._rows[index])
        return self._corpus.passages[self._rows[index]]

    def are_in(self, resolution: Masthead) -> bool:
        """Return whether a resolution contains one of them."""
        return resolution.symbol in self._first

    def first_of(self, symbols: Iterable[str]) -> Iterator[Passage]:
        """Yield the first passage of each of these resolutions that has one."""
        for symbol in symbols:
            if symbol in self._first:
                yield self._corpus.passages[self._first[symbol]]


def rows_mentioning(corpus: Corpus, forms: Sequence[PhraseMatcher], allowed: Flags) -> list[int]:
    """Return the rows of the passages that mention one of `forms`, ascending.

    Args:
        corpus: the texts.
        forms: names of one thing, at least one.
        allowed: which passages may be returned, bool (n,).
    """
    candidates = [(form, allowed & _with_all_terms(corpus.words, form)) for form in forms]
    rows = np.flatnonzero(np.logical_or.reduce([flags for _, flags in candidates])).tolist()
    return [
        row
        for row, text in row_texts(corpus, rows)
        if any(flags[row] and form.occurs_in(text) for form, flags in candidates)
    ]


def resolutions_titled(corpus: Corpus, forms: Iterable[PhraseMatcher]) -> Iterator[Masthead]:
    """Yield the resolutions whose title contains one of `forms`."""
    for form in forms:
        # The context of a resolution includes its title: `qa.indexing.writer.context_text`.
        for place in np.flatnonzero(_with_all_terms(corpus.context_words, form)).tolist():
            if form.occurs_in(corpus.resolutions[place].title):
                yield corpus.resolutions[place]


def _with_all_terms(words: Bm25Index, form: PhraseMatcher) -> Flags:
    """Return which rows contain all terms of a form, in any order; none if it has no terms."""
    matches = np.full(len(words), bool(form.terms))
    for term in form.terms:
        has_term = np.zeros(len(words), dtype=bool)
        has_term[words.rows_with(term)] = True
        matches &= has_term
    return matches


def _plain_pattern(words: Bm25Index, terms: Sequence[str]) -> re.Pattern[str]:
    """Return a pattern that matches only texts with `terms` in a row, but not all of them.

    It expects texts in lower case with a blank at both ends. It matches whole words that no hyphen
    or apostrophe joins to another, with only stop words between them.
    """
    stopped = "|".join(sorted(stop_words()))
    between = rf"{_GAP}+(?:(?:{stopped}){_GAP}+)*"
    spellings = (words.spellings(term) or _unstemmed(words, term) for term in terms)
    run = between.join(
        f"(?:{'|'.join(map(re.escape, forms))})" if forms else "(?!)" for forms in spellings
    )
    return re.compile(f"{_GAP}{run}{_GAP}")


def _unstemmed(words: Bm25Index, term: str) -> tuple[str, ...]:
    """Return a term that is a whole word, such as "2030"; nothing for a stem."""
    return (term,) if words.terms(term) == [term] else ()


def _has_run(wanted: Sequence[str], terms: Sequence[str]) -> bool:
    """Return whether `terms` contains `wanted`, which is not empty, as a run."""
    size = len(wanted)
    return size > 0 and any(
        tuple(terms[start : start + size]) == tuple(wanted)
        for start, term in enumerate(terms)
        if term == wanted[0]
    )
