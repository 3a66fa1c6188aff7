"""The searchable form of a question."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, partial, reduce
from typing import TYPE_CHECKING

import numpy as np

from qa.question.countries import countries_in
from qa.question.entities import Entity, entities_in
from qa.question.expansion import NameExpansion
from qa.question.question import Question
from qa.question.topic import without_dates_and_organs
from qa.resolutions.cite.numbers import ordinal
from qa.resolutions.tables.read_tables import words as table_words

if TYPE_CHECKING:
    from embeddings.search.bm25 import Bm25Index


@dataclass(frozen=True, slots=True)
class Query:
    """What is searched for."""

    to_encode: tuple[str, str, str]  # topic in printed words, whole question, what is asked
    terms: dict[str, float] = field(default_factory=dict)  # to be matched, with weights
    names: tuple[tuple[str, ...], ...] = ()  # per proper name the terms that each match it
    entities: tuple[Entity, ...] = ()  # that the question names
    groups: tuple[tuple[str, ...], ...] = ()  # per content word the terms that each match it


class QueryBuilder:
    """Repairs the spelling of questions and expands short names and everyday words."""

    def __init__(
        self, words: "Bm25Index", names: NameExpansion, *, expansion_weight: float
    ) -> None:
        """Build queries for one corpus.

        Args:
            words: the words of its passages.
            names: its short names and everyday words.
            expansion_weight: of a word that replaces a typed one; a typed word has 1.
        """
        self._words = words
        self._names = names
        self._expansion_weight = expansion_weight

    def build(self, question: Question) -> Query:
        """Return what to search for."""
        topic = without_dates_and_organs(_ordinals(question.topic) or question.text)
        nearest = cache(self._words.nearest_term)  # topic, request and question share their words
        repaired = self._repair(topic, nearest)
        whole = self._names.expand_short(self._repair(question.text, nearest))
        request = self._names.expand(self._repair(question.request, nearest))
        terms = self._terms(repaired)
        return Query(
            to_encode=(
                self._names.expand(repaired),
                without_dates_and_organs(whole),
                without_dates_and_organs(request),
            ),
            terms=terms,
            names=tuple(self._proper_names(question, terms)),
            entities=(*entities_in(whole, self._names), *self._unknown_names(question)),
            groups=tuple(self._groups(repaired)),
        )

    def _terms(self, topic: str) -> dict[str, float]:
        """Return the terms of a topic and of its expansions, each with its highest weight."""
        expansions = (*self._names.expansions(topic), *self._names.short_of(topic))
        weighted = [(topic, 1.0), *((text, self._expansion_weight) for text in expansions)]
        terms: dict[str, float] = {}
        for text, weight in weighted:
            for term in self._words.terms(text):
                terms[term] = max(weight, terms.get(term, 0.0))
        for short, full in self._names.short_names(topic):
            self._weigh_names(terms, self._words.terms(short), self._words.terms(full))
        return terms

    def _weigh_names(self, terms: dict[str, float], *names: Sequence[str]) -> None:
        """Give the name of a thing that the texts print more often the weight of a typed word."""
        counts = [self._rows_with_all(name) for name in names]
        most = counts.index(max(counts))
        for place, name in enumerate(names):
            for term in name:
                terms[term] = 1.0 if place == most else self._expansion_weight

    def _rows_with_all(self, terms: Sequence[str]) -> int:
        """Return how many passages have every one of some terms; 0 without terms."""
        rows = [self._words.rows_with(term) for term in dict.fromkeys(terms)]
        if not rows:
            return 0
        return len(reduce(partial(np.intersect1d, assume_unique=True), rows))

    def _proper_names(
        self, question: Question, terms: Mapping[str, float]
    ) -> Iterator[tuple[str, ...]]:
        """Yield, for each proper name in a question, the terms that each match it.

        The name of its people matches a country, too: "Malian" matches Mali.
        """
        words = self._words
        for name in question.proper_names(self._names.expanded_phrases(question.text)):
            for term in words.terms(name)[:1]:
                if terms.get(term) == 1 and words.known(term):
                    peoples = (term + suffix for suffix in _PEOPLE_SUFFIXES)
                    yield (term, *(people for people in peoples if words.known(people)))

    def _unknown_names(self, question: Question) -> Iterator[Entity]:
        """Yield the capitalised names of a question that no text has, not even misspelt."""
        for name in question.capitalised:
            for word in name.unexplained:
                terms = self._words.terms(word)
                is_known = any(map(self._words.known, terms)) or self._words.nearest_term(word)
                if terms and not is_known:
                    yield Entity((word,))

    def _groups(self, topic: str) -> Iterable[tuple[str, ...]]:
        """Yield, for each content word of a topic, the terms that each match it."""
        words = self._words
        rest = topic
        for phrase in self._names.expanded_phrases(topic):
            rest = rest.replace(phrase, " ")
            terms = {*words.terms(phrase), *words.terms(self._names.expand(phrase))}
            if terms:
                yield tuple(sorted(terms))
        for word in dict.fromkeys(WORD.findall(rest)):
            terms = set(words.terms(word))
            if terms and word.lower() not in _light_words():
                yield tuple(sorted(terms))

    def _repair(self, text: str, nearest: Callable[[str], str | None]) -> str:
        """Return `text` with misspelt words as they were probably meant."""
        known = [(start, end) for start, end, _ in self._names.matches(text)]
        known += [(state.start, state.end) for state in countries_in(text)]

        def repaired(match: re.Match[str]) -> str:
            word = match[0]
            if any(start <= match.start() < end for start, end in known):
                return word  # of a name or phrase: "killer robots"
            return nearest(word) or word

        return _LETTERS.sub(repaired, text)


WORD = re.compile(r"[^\W_]+(?:[-'][^\W_]+)*")
_LETTERS = re.compile(r"[^\W\d_]+")
# Endings of the name of a people: Syrian, African, Malian, Iraqi, Congolese.
_PEOPLE_SUFFIXES = ("n", "an", "ian", "i", "ese")


@cache
def _light_words() -> frozenset[str]:
    """Return the words that say nothing of what is asked."""
    return frozenset(table_words("light"))


def _ordinals(text: str) -> str:
    """Return `text` with "62nd session" as resolutions print it, "sixty-second session"."""
    return re.sub(r"\b(\d{1,2})(?:st|nd|rd|th)\b", lambda match: ordinal(int(match[1])), text)
