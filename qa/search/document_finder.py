"""Finds documents by the words that describe them: "the Srebrenica remembrance day resolution".

The words are looked for in titles, by-names, agenda items and index terms, weighted by their
rarity in the texts; of documents that fit equally, the newest comes first.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

import numpy as np
import numpy.typing as npt

from qa.corpus.corpus import Corpus
from qa.question.countries import countries_in, name_of
from qa.question.expansion import NameExpansion
from qa.question.topic import without_dates_and_organs
from qa.resolutions.model import Masthead, Status
from qa.resolutions.tables.read_tables import words as table_words
from qa.search.topic_documents import is_term_of_another
from qa.search.weights import load_weights

Floats = npt.NDArray[np.float64]
Accepts = Callable[[Masthead], bool]

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_OPENING = 12  # paragraphs
_EQUAL = 6  # decimals in which two scores are compared


@dataclass(frozen=True, slots=True)
class DescribedWord:
    """A word of a description: any of these groups of terms means it."""

    alternatives: tuple[frozenset[str], ...]
    weight: float  # its rarity
    is_country: bool = False  # no document about another place is meant


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentMatch:
    """A document that a description may mean."""

    masthead: Masthead
    score: float  # 0 to 1: share of the description that its name and its topics hold
    is_whole: bool  # its name or topics hold every word


class DocumentFinder:
    """Finds the documents of one corpus by descriptions."""

    def __init__(self, corpus: Corpus, names: NameExpansion) -> None:
        self._corpus = corpus
        self._names = names

    def find(self, description: str, accepts: Accepts) -> tuple[DocumentMatch, ...]:
        """Return the documents that fit a description best, the best and newest first.

        Args:
            description: words of a title, a by-name or a topic.
            accepts: whether a document is of the right organ, time and status.
        """
        words = tuple(self._words(description))
        total = _total(words)
        if not total:
            return ()
        topics, names = self._shares(words, self._topics), self._shares(words, self._titles)
        scores = (topics + names) / (2 * total)
        countries = tuple(word for word in words if word.is_country)
        is_there = self._shares(countries, self._topics) >= _total(countries)
        places = [
            place
            for place in np.flatnonzero(topics * is_there).tolist()
            if accepts(self._corpus.resolutions[place])
        ]
        matches = (
            DocumentMatch(
                masthead=self._corpus.resolutions[place],
                score=float(scores[place]),
                is_whole=bool(topics[place] >= total * load_weights().documents.whole),
            )
            for place in places
        )
        return tuple(sorted(matches, key=_best_first))

    def best(self, description: str, accepts: Accepts) -> tuple[DocumentMatch, ...]:
        """Return the documents that fit best and equally well; none if none fits well enough."""
        matches = self.nearest(description, accepts)
        is_good = matches and matches[0].score >= load_weights().documents.min_score
        return matches if is_good else ()

    def nearest(self, description: str, accepts: Accepts) -> tuple[DocumentMatch, ...]:
        """Return the documents that fit best and equally well, though perhaps not well enough."""
        matches = self.find(description, accepts)
        top = round(matches[0].score, _EQUAL) if matches else 0
        return tuple(match for match in matches if round(match.score, _EQUAL) == top)

    def about(self, description: str, accepts: Accepts) -> tuple[Masthead, ...]:
        """Return every document whose name or topics hold the whole description, newest first."""
        return tuple(match.masthead for match in self.find(description, accepts) if match.is_whole)

    def _words(self, description: str) -> Iterator[DescribedWord]:
        """Yield the words of a description that any text holds, with what means the same."""
        rest = whole = without_dates_and_organs(description)
        for mention in countries_in(whole):
            typed = whole[mention.start : mention.end]
            rest = rest.replace(typed, " ")
            names = (typed, *map(name_of, mention.codes))
            if word := self._word(names):
                yield replace(word, is_country=True)
        for phrase in self._names.expanded_phrases(rest):
            rest = rest.replace(phrase, " ")
            if word := self._word((phrase, self._names.expand(phrase), *_same(phrase))):
                yield word
        for typed in dict.fromkeys(_WORD.findall(rest)):
            if typed.lower() in table_words("document frame") and not typed.isupper():
                continue
            if word := self._word((self._repaired(typed), *_same(typed))):
                yield word

    def _word(self, forms: Iterable[str]) -> DescribedWord | None:
        terms, forms = self._corpus.words.terms, tuple(forms)
        if len(forms) > 1:  # "LAWS" has the term of "law"
            forms = tuple(form for form in forms if not is_term_of_another(form)) or forms
        groups = {frozenset(terms(form)) for form in forms} - {frozenset()}
        known = [group for group in groups if all(map(self._rarity, group))]
        if not known:
            return None
        weights = [max(map(self._rarity, group)) for group in known]
        return DescribedWord(tuple(known), min(weights))

    def _repaired(self, typed: str) -> str:
        """Return a word as it was probably meant, where no text and no record has it."""
        is_known = any(map(self._rarity, self._corpus.words.terms(typed)))
        return typed if is_known else self._corpus.words.nearest_term(typed) or typed

    def _rarity(self, term: str) -> float:
        """Return the IDF of a term in the texts, or else in what records name; 0.0: unknown."""
        return self._corpus.words.idf(term) or self._corpus.context_words.idf(term)

    def _shares(
        self, words: Sequence[DescribedWord], holders: "dict[str, npt.NDArray[np.int32]]"
    ) -> Floats:
        """Return for each document the weights of the words that it holds, added up."""
        count = len(self._corpus.resolutions)
        shares: Floats = np.zeros(count)
        none = np.zeros(0, np.int32)
        for word in words:
            held = np.zeros(count, dtype=bool)
            for group in word.alternatives:
                with_all = np.ones(count, dtype=bool)
                for term in group:
                    has = np.zeros(count, dtype=bool)
                    has[holders.get(term, none)] = True
                    with_all &= has
                held |= with_all
            shares[held] += word.weight
        return shares

    @cached_property
    def _titles(self) -> "dict[str, npt.NDArray[np.int32]]":
        """The documents with each term in their title or by-name."""
        return self._holders(
            (_title_of(masthead), masthead.record.by_name or "" if masthead.record else "")
            for masthead in self._corpus.resolutions
        )

    @cached_property
    def _topics(self) -> "dict[str, npt.NDArray[np.int32]]":
        """The documents with each term in their title or in what their records name."""
        return self._holders(
            (_title_of(masthead), *(masthead.subjects or self._opening(place)))
            for place, masthead in enumerate(self._corpus.resolutions)
        )

    def _opening(self, place: int) -> Sequence[str]:
        """Return the first paragraphs of a draft that failed and of which no topic is recorded."""
        is_failed = self._corpus.resolutions[place].status is Status.NOT_ADOPTED
        return self._corpus.texts.passage_texts(place)[:_OPENING] if is_failed else ()

    def _holders(self, texts: Iterable[Sequence[str]]) -> "dict[str, npt.NDArray[np.int32]]":
        places: dict[str, list[int]] = {}
        for place, parts in enumerate(texts):
            for term in set(self._corpus.words.terms(" ".join(parts))):
                places.setdefault(term, []).append(place)
        return {term: np.array(held, dtype=np.int32) for term, held in places.items()}


def _same(typed: str) -> tuple[str, ...]:
    """Return the words for the act of a word: of "renewal" and "extension", titles use one."""
    renewal = table_words("renewal")
    return tuple(sorted(renewal)) if typed.lower() in renewal else ()


def _total(words: Iterable[DescribedWord]) -> float:
    return sum(word.weight for word in words)


def day_of(masthead: Masthead) -> date | None:
    """Return the day on which a text was adopted, or put to the vote in vain."""
    voted = masthead.record.voted if masthead.record else None
    return masthead.adopted or voted


def _title_of(masthead: Masthead) -> str:
    """Return the title; of a draft that failed, its first line names only its sponsors."""
    return "" if masthead.status is Status.NOT_ADOPTED else masthead.title


def _best_first(match: DocumentMatch) -> tuple[float, int, str]:
    day = day_of(match.masthead)
    return (-round(match.score, _EQUAL), -(day.toordinal() if day else 0), match.masthead.symbol)
