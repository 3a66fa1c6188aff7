"""Candidates by vectors, words and structure; their fusion; grouping of copies; order."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np

from embeddings.backends.backend import RowFilter
from embeddings.model.encoder import Encoding
from qa.corpus.copies import newest_first
from qa.corpus.corpus import Corpus
from qa.corpus.passages import Passage, PassageRef
from qa.question.expansion import NameExpansion
from qa.question.read import Question
from qa.question.topic import proper_names, request_of, without_dates_and_organs
from qa.resolutions.cite.numbers import ordinal
from qa.resolutions.model import Span
from qa.resolutions.tables.read_tables import words
from qa.search.confidence import Evidence, evidence
from qa.search.filters import FilterIndex, Filters
from qa.search.scorer import Candidates, Ids, Query, Scorer

Encode = Callable[[Sequence[str]], Iterator[Encoding]]

EXPANSION_WEIGHT = 0.4  # a word that stands for what was typed counts less than the word itself


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A passage found by search, with what spoke for it."""

    passage: Passage
    score: float  # 0 to 1: how near it comes to the best one, which has 1
    cosine: float  # of the question and the paragraph, -1 to 1
    coverage: float  # share of the question's words, by rarity, that it holds; 0 to 1
    copies: tuple[PassageRef, ...] = ()


class Retriever:
    """Search over one corpus with one encoder."""

    def __init__(self, corpus: Corpus, encode: Encode) -> None:
        self._corpus = corpus
        self._encode = encode
        self._scorer = Scorer(corpus)
        self.sieve = FilterIndex(corpus, self._scorer.signals)
        self.names = NameExpansion(corpus.columns.stand_for)

    def query(self, question: Question) -> Query:
        """Return what to search for: spelling repaired, short names and everyday words expanded."""
        words, names = self._corpus.words, self.names
        topic = without_dates_and_organs(_ordinals(question.topic) or question.text)
        nearest = cache(words.nearest_term)  # topic, request and pieces share their words
        repaired = self._repaired(topic, nearest)
        added = (*names.expansions(repaired), *names.short_of(repaired))
        terms: dict[str, float] = {}
        for text, weight in ((repaired, 1.0), *((one, EXPANSION_WEIGHT) for one in added)):
            for term in words.terms(text):
                terms[term] = max(weight, terms.get(term, 0.0))
        return Query(
            to_encode=(
                names.expand(repaired),
                without_dates_and_organs(self._repaired(question.text, nearest)),
                without_dates_and_organs(
                    names.expand(self._repaired(request_of(question.text), nearest))
                ),
            ),
            terms=terms,
            names=tuple(self._names(question.text, terms)),
            groups=tuple(self._groups(repaired)),
        )

    def allowed(self, filters: Filters, scope: Iterable[str] = ()) -> Ids:
        """Return the rows that the filters and the resolutions in `scope` (empty: all) leave."""
        return self.sieve.rows(filters, scope)

    def where(self, filters: Filters, scope: Iterable[str] = ()) -> RowFilter:
        """Return what leaves the rows of `allowed`, as far as an engine can tell it."""
        return self.sieve.where(filters, scope)

    def search(
        self,
        question: Question,
        *,
        k: int,
        filters: Filters | None = None,
        scope: Iterable[str] = (),
    ) -> tuple[Hit, ...]:
        """Return the `k` best passages, best first; copies of one wording count once."""
        found = self.candidates(question, filters=filters, scope=scope) if k > 0 else None
        return self.best(question, found, k) if found else ()

    def candidates(
        self, question: Question, *, filters: Filters | None = None, scope: Iterable[str] = ()
    ) -> Candidates | None:
        """Return the passages that come nearest, with what speaks for each; None if none may."""
        filters = filters or Filters()
        rows = self.allowed(filters, scope)
        if not len(rows):
            return None
        query = self.query(question)
        encoded = self._encode(query.to_encode)
        where = self.where(filters, scope)
        return self._scorer.candidates(question, query, encoded, rows, filters, where=where)

    def evidence(self, question: Question, found: Candidates) -> Evidence:
        """Return what speaks for the best of `found`."""
        return evidence(self._corpus, self._scorer, question, found)

    def highlights(self, query: Query, passage: Passage) -> tuple[Span, ...]:
        """Return where the words asked for stand in a passage, neighbours joined."""
        words, terms = self._corpus.words, query.terms.keys()
        is_asked = cache(lambda word: not terms.isdisjoint(words.terms(word)))
        spans: list[Span] = []
        for match in re.finditer(r"[^\W_]+(?:[-'][^\W_]+)*", passage.text):
            if not is_asked(match[0]):
                continue
            if spans and passage.text[spans[-1].end : match.start()].strip() == "":
                spans[-1] = Span(start=spans[-1].start, end=match.end())
            else:
                spans.append(Span(start=match.start(), end=match.end()))
        return tuple(spans)

    def _names(self, text: str, terms: Mapping[str, float]) -> Iterator[tuple[str, ...]]:
        """Yield, per proper name that is asked for, the terms that would each meet it.

        A country is named by the name of its people, too: Mali by "Malian".
        """
        words = self._corpus.words
        for phrase in self.names.expanded_phrases(text):
            text = text.replace(phrase, " ")
        for name in proper_names(text):
            for term in words.terms(name)[:1]:
                if terms.get(term) == 1 and words.known(term):
                    peoples = (term + end for end in _PEOPLES)
                    yield (term, *(one for one in peoples if words.known(one)))

    def _groups(self, topic: str) -> Iterable[tuple[str, ...]]:
        """Yield, per content word of the question, the terms that would each meet it."""
        words = self._corpus.words
        rest = topic
        for phrase in self.names.expanded_phrases(topic):
            rest = rest.replace(phrase, " ")
            terms = {*words.terms(phrase), *words.terms(self.names.expand(phrase))}
            if terms:
                yield tuple(sorted(terms))
        for word in dict.fromkeys(re.findall(r"[^\W_]+(?:[-'][^\W_]+)*", rest)):
            terms = set(words.terms(word))
            if terms and word.lower() not in _LIGHT:
                yield tuple(sorted(terms))

    def _repaired(self, text: str, nearest: Callable[[str], str | None]) -> str:
        """Return `text` with misspelt words as they were probably meant."""

        def repair(match: re.Match[str]) -> str:
            word = match[0]
            return word if self.names.expansions(word) else nearest(word) or word

        return re.sub(r"[^\W\d_]{5,}", repair, text)

    def best(self, question: Question, found: Candidates, k: int) -> tuple[Hit, ...]:
        """Return the `k` best of `found`, best first; passages of one wording count once.

        The newest of them that the filters allow stands for all, or the best where a date is
        asked for.
        """
        is_dated = bool(question.years or question.months or question.sessions)
        hits: dict[int, Hit] = {}
        corpus = self._corpus
        scores = found.scores
        for at in np.lexsort((found.rows, -np.round(scores, 4))).tolist():
            if len(hits) == k:
                break
            row = int(found.rows[at])
            wording = int(corpus.columns.rows["wording"][row])
            if wording in hits:
                continue
            family = sorted((corpus.passages.ref(row), *corpus.copies.of(row)), key=newest_first)
            shown = row
            if not is_dated:
                shown = next(one.row for one in family if found.allows(one.row))
            hits[wording] = Hit(
                passage=corpus.passages[shown],
                score=float(np.exp(min(scores[at] - scores.max(), 0.0))),
                cosine=float(found.cosines[at]),
                coverage=found.coverage.of(row, row),
                copies=tuple(one for one in family if one.row != shown),
            )
        return tuple(hits.values())


_LIGHT = words("light")
# Ends of the name of a people: Syrian, African, Malian, Iraqi, Congolese.
_PEOPLES = ("n", "an", "ian", "i", "ese")


def _ordinals(text: str) -> str:
    """Return `text` with "62nd session" as resolutions print it, "sixty-second session"."""
    return re.sub(r"\b(\d{1,2})(?:st|nd|rd|th)\b", lambda match: ordinal(int(match[1])), text)
