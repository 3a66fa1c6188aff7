"""Search over one corpus: candidates, the best of them, and the confidence that they answer."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

import numpy as np

from embeddings.backends.backend import RowFilter
from embeddings.model.encoder import Encoding
from qa.corpus.corpus import Corpus
from qa.corpus.passages import Passage
from qa.question.expansion import NameExpansion
from qa.question.question import Question
from qa.resolutions.model import Span
from qa.resolutions.periods import ANY_TIME
from qa.search.confidence import collect_evidence, confidence
from qa.search.document_finder import DocumentFinder
from qa.search.evidence import Evidence
from qa.search.features import Floats, Ids
from qa.search.filters import FilterIndex, Filters
from qa.search.kin_filter import KinFilter
from qa.search.query import WORD, Query, QueryBuilder
from qa.search.scorer import Candidates, Scorer
from qa.search.weights import Weights, load_weights

Encode = Callable[[Sequence[str]], Iterator[Encoding]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A passage found by search, with what speaks for it."""

    passage: Passage
    score: float  # 0 to 1: its probability as a share of that of the best candidate
    cosine: float  # of the question and the paragraph, -1 to 1
    coverage: float  # share of the question's words, by rarity, that it contains; 0 to 1


class Retriever:
    """Searches one corpus with one encoder."""

    def __init__(self, corpus: Corpus, encode: Encode, weights: Weights | None = None) -> None:
        """Prepare search.

        Args:
            corpus: to be searched.
            encode: yields the encodings of texts, in their order.
            weights: those of the package if None.
        """
        self._corpus = corpus
        self._encode = encode
        self._weights = weights or load_weights()
        self._scorer = Scorer(corpus, self._weights)
        self.actors = self._scorer.actors
        self.resolutions = self._scorer.resolutions
        self.names = NameExpansion(corpus.columns.stand_for)  # of the collection
        self._queries = QueryBuilder(
            corpus.words,
            self.names,
            expansion_weight=self._weights.query.expansion_weight,
        )
        self.filter_index = FilterIndex(corpus, self._scorer.resolutions)
        self.documents = DocumentFinder(corpus, self.names)

    def likeness(self, text: str, others: Sequence[str]) -> tuple[float, ...]:
        """Return the cosine of a text and each of others."""
        first, *rest = (encoding.vector for encoding in self._encode((text, *others)))
        return tuple(float(np.dot(first, vector)) for vector in rest)

    def cosines(self, text: str) -> Floats:
        """Return the cosine of a text and each passage, float32 (n,)."""
        (encoding,) = self._encode((text,))
        return self._corpus.engine.cosines(encoding.vector)

    def vectors(self, texts: Sequence[str]) -> Floats:
        """Return the vectors of texts that are not loaded, in their order."""
        return np.array([encoding.vector for encoding in self._encode(texts)], dtype=np.float32)

    def query(self, question: Question) -> Query:
        """Return what to search for: spelling repaired, short names and everyday words expanded."""
        return self._queries.build(question)

    def allowed(self, filters: Filters, scope: Iterable[str] = ()) -> Ids:
        """Return the rows that the filters and the resolutions in `scope` (empty: all) leave."""
        return self.filter_index.rows(filters, scope)

    def where(self, filters: Filters, scope: Iterable[str] = ()) -> RowFilter:
        """Return the filter for a search backend; it may leave more rows than `allowed`."""
        return self.filter_index.where(filters, scope)

    def search(
        self,
        question: Question,
        *,
        k: int,
        filters: Filters | None = None,
        scope: Iterable[str] = (),
    ) -> tuple[Hit, ...]:
        """Return the `k` best passages, best first; see `best`."""
        if k <= 0:
            return ()
        candidates = self.candidates(question, filters=filters, scope=scope)
        return self.best(question, candidates, k) if candidates else ()

    def candidates(
        self, question: Question, *, filters: Filters | None = None, scope: Iterable[str] = ()
    ) -> Candidates | None:
        """Return the candidates with their scores; None if the filters leave no passage.

        The period of adoption that the question names, and the organ whose acts it asks for, are
        filters, too.
        """
        filters = filters or Filters()
        if question.acting_bodies and not filters.bodies:
            filters = replace(filters, bodies=question.acting_bodies)
        if question.adopted != ANY_TIME:
            filters = replace(filters, adopted=question.adopted)
        rows = self.allowed(filters, scope)
        if not len(rows):
            return None
        query = self.query(question)
        encoded = self._encode(query.to_encode)
        where = self.where(filters, scope)
        return self._scorer.candidates(question, query, encoded, rows, filters, where=where)

    def evidence(self, question: Question, candidates: Candidates) -> Evidence:
        """Return what speaks for answering with the best candidates."""
        return collect_evidence(
            self._corpus,
            self._scorer.resolutions,
            question,
            candidates,
            self._weights.confidence,
        )

    def confidence(self, question: Question, candidates: Candidates) -> float:
        """Return the probability that the best candidates answer the question: 0 to 1."""
        return confidence(self.evidence(question, candidates), self._weights.confidence)

    def highlights(self, query: Query, passage: Passage) -> tuple[Span, ...]:
        """Return where the words of the query stand in a passage; neighbours are joined."""
        words, terms = self._corpus.words, query.terms.keys()
        is_asked = cache(lambda word: not terms.isdisjoint(words.terms(word)))
        spans: list[Span] = []
        for match in WORD.finditer(passage.text):
            if not is_asked(match[0]):
                continue
            if spans and passage.text[spans[-1].end : match.start()].strip() == "":
                spans[-1] = Span(start=spans[-1].start, end=match.end())
            else:
                spans.append(Span(start=match.start(), end=match.end()))
        return tuple(spans)

    def best(self, question: Question, candidates: Candidates, k: int) -> tuple[Hit, ...]:
        """Return the `k` best candidates, best first; passages with the same words count once.

        Passages that differ in figures only count once too, save those with a figure of the
        question. Of those that count once, the newest that the filters allow is shown, or the best
        where the question names a date.
        """
        corpus, scores = self._corpus, candidates.scores
        kin_filter = KinFilter(corpus, question)
        hits: dict[int, Hit] = {}
        best_score = scores.max()
        for position in np.lexsort((candidates.rows, -np.round(scores, 4))).tolist():
            if len(hits) == k:
                break
            row = int(candidates.rows[position])
            wording = int(corpus.columns.rows["wording"][row])
            if wording in hits or not kin_filter.adds(row):
                continue
            shown = kin_filter.newest(row, candidates.allows)
            hits[wording] = Hit(
                passage=corpus.passages[shown],
                score=float(np.exp(min(scores[position] - best_score, 0.0))),
                cosine=float(candidates.cosines[position]),
                coverage=candidates.coverage.of(row, row),
            )
        return tuple(hits.values())
