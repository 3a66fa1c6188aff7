"""Where a name or a phrase stands in the texts, in any English form: exact, without search."""

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

Flags = npt.NDArray[np.bool_]

_SHORT = re.compile(r"[A-Z][A-Z\d-]{1,7}")
# White space and marks that part words for certain; a hyphen or an apostrophe may join them.
_GAP = r"[ \n,;:.()\[\]“”\"/?!]"


class PhraseMatcher:
    """A name or a phrase that texts may hold."""

    def __init__(self, words: Bm25Index, form: str) -> None:
        self._words = words
        self.terms = tuple(words.terms(form))
        self._short = re.compile(rf"(?<!\w){re.escape(form)}(?!\w)")
        self._is_short = _SHORT.fullmatch(form) is not None
        self._plain = _plainly(words, self.terms)

    def stands_in(self, text: str) -> bool:
        """Tell whether the words stand together in a text; a short name only as printed: "AI"."""
        if self._is_short:
            return self._short.search(text) is not None
        if not self.terms:
            return False
        # Nine of ten texts hold a phrase as plainly as this; taking them apart costs far more.
        if self._plain.search(f" {text.lower()} "):
            return True
        return _together(self.terms, self._words.terms(text))


class Mentions(Sequence[Passage]):
    """Passages that mention a thing, in a given order; each is read when it is asked for."""

    def __init__(self, corpus: Corpus, rows: Sequence[int]) -> None:
        self._corpus = corpus
        self._rows = tuple(rows)
        self._first: dict[str, int] = {}  # row of the first passage by symbol
        for row, place in zip(rows, places_of(corpus, rows), strict=True):
            self._first.setdefault(corpus.resolutions[place].symbol, row)

    def __len__(self) -> int:
        return len(self._rows)

    @overload
    def __getitem__(self, at: int) -> Passage: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Passage]: ...
    def __getitem__(self, at: int | slice) -> Passage | Sequence[Passage]:
        if isinstance(at, slice):
            return tuple(self._corpus.passages[row] for row in self._rows[at])
        return self._corpus.passages[self._rows[at]]

    def are_in(self, resolution: Masthead) -> bool:
        """Tell whether one of them stands in a resolution."""
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
    held = [(form, allowed & _holding(corpus.words, form)) for form in forms]
    rows = np.flatnonzero(np.logical_or.reduce([flags for _, flags in held])).tolist()
    starts = corpus.columns.starts.tolist()
    found: list[int] = []
    texts: Sequence[str] = ()
    before = -1
    for row, place in zip(rows, places_of(corpus, rows), strict=True):
        if place != before:
            texts, before = corpus.texts.passage_texts(place), place
        text = texts[row - starts[place]]
        if any(flags[row] and form.stands_in(text) for form, flags in held):
            found.append(row)
    return found


def resolutions_titled(corpus: Corpus, forms: Iterable[PhraseMatcher]) -> Iterator[Masthead]:
    """Yield the resolutions in whose title one of `forms` stands."""
    for form in forms:
        # What a resolution is about holds its title: `qa.indexing.writer.context_text`.
        for place in np.flatnonzero(_holding(corpus.context_words, form)).tolist():
            if form.stands_in(corpus.resolutions[place].title):
                yield corpus.resolutions[place]


def places_of(corpus: Corpus, rows: Sequence[int]) -> list[int]:
    """Return the numbers of the resolutions in which passages stand."""
    found: list[int] = (np.searchsorted(corpus.columns.starts, rows, side="right") - 1).tolist()
    return found


def _holding(words: Bm25Index, form: PhraseMatcher) -> Flags:
    """Return which rows hold all words of a form, wherever they stand; none if it has no words."""
    held = np.full(len(words), bool(form.terms))
    for term in form.terms:
        here = np.zeros(len(words), dtype=bool)
        here[words.rows_with(term)] = True
        held &= here
    return held


def _plainly(words: Bm25Index, terms: Sequence[str]) -> re.Pattern[str]:
    """Return a rule that only texts meet in which `terms` stand as a run; not all of these do.

    It is for texts in small letters with a blank at both ends. It takes whole words that nothing
    joins to another, with stop words between them at most.
    """
    stopped = "|".join(sorted(stop_words()))
    between = rf"{_GAP}+(?:(?:{stopped}){_GAP}+)*"
    spelt = (words.spellings(term) or _itself(words, term) for term in terms)
    run = between.join(f"(?:{'|'.join(map(re.escape, one))})" if one else "(?!)" for one in spelt)
    return re.compile(f"{_GAP}{run}{_GAP}")


def _itself(words: Bm25Index, term: str) -> tuple[str, ...]:
    """Return a term that is no stem but a word as it stands, such as "2030"; nothing if it is."""
    return (term,) if words.terms(term) == [term] else ()


def _together(wanted: Sequence[str], terms: Sequence[str]) -> bool:
    """Tell whether `wanted`, not empty, stands in `terms` as a run."""
    size = len(wanted)
    return size > 0 and any(
        tuple(terms[at : at + size]) == tuple(wanted)
        for at, term in enumerate(terms)
        if term == wanted[0]
    )
