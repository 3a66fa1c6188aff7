"""Candidates for a question and their scores: a rough sum over all passages, a fitted one after."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from embeddings.backends.backend import NO_FILTER, RowFilter
from embeddings.model.encoder import Encoding
from qa.corpus.corpus import Corpus
from qa.corpus.resolution_features import ResolutionFeatures
from qa.question.question import Question
from qa.search import features as groups
from qa.search.actor_matcher import ActorMatcher
from qa.search.entity_match import EntityMatcher
from qa.search.features import TOKEN_FEATURES, Floats, Ids
from qa.search.filters import Filters
from qa.search.query import Query
from qa.search.term_coverage import TermCoverage
from qa.search.weights import Weights

CANDIDATES = 300  # passages whose ranking features are computed: this bounds the cost of a question


@dataclass(frozen=True, slots=True)
class Candidates:
    """Passages that may answer a question, with their features and scores."""

    query: Query
    rows: Ids  # (m,)
    allowed: Ids  # rows that the filters leave, ascending; all of `rows` are among them
    features: dict[str, Floats]  # by the names of `RANKING_FEATURES`, each (m,)
    scores: Floats  # the fitted score of each, less the demotion of formulas, (m,)
    cosines: Floats  # of question and passage, (m,)
    coverage: TermCoverage  # of the question's words in any passage

    def allows(self, row: int) -> bool:
        """Return whether the filters leave a passage."""
        position = int(np.searchsorted(self.allowed, row))
        return position < len(self.allowed) and int(self.allowed[position]) == row


class Scorer:
    """Scores the passages of one corpus."""

    def __init__(self, corpus: Corpus, weights: Weights) -> None:
        self._corpus = corpus
        self._weights = weights
        self.resolutions = ResolutionFeatures(corpus)
        self.actors = ActorMatcher(corpus)
        self.entities = EntityMatcher(corpus, self.resolutions)

    def candidates(
        self,
        question: Question,
        query: Query,
        encoded: Iterator[Encoding],
        rows: Ids,
        filters: Filters,
        *,
        where: RowFilter = NO_FILTER,
    ) -> Candidates:
        """Return the best passages among `rows` by a rough sum, with their features and scores.

        Args:
            question: as it was read.
            query: its searchable form.
            encoded: the encodings of `query.to_encode`, in this order; each is taken when it is
                needed.
            rows: numbers of passages, ascending, at least one.
            filters: those that left `rows`.
            where: the same, for the search backend.
        """
        corpus, resolutions = self._corpus, self.resolutions
        all_passages = len(corpus.passages)
        topic = next(encoded)
        cosines = corpus.engine.cosines(
            topic.vector, where, rows if len(rows) < all_passages else None
        )
        matches = corpus.engine.matches(query.terms, where)
        by_passage = {
            "cosine": cosines,
            "bm25": groups.bm25_share(corpus.words, query.terms, matches),
        }
        by_resolution = self._resolution_features(question, query)
        by_kind = groups.kinds(question, filters)
        whole = next(encoded)
        by_resolution["centre_cosine"] = resolutions.centre @ whole.vector
        rough = self._rough_scores(by_passage, by_resolution, by_kind)
        best = _best(rough[rows] if len(rows) < all_passages else rough, CANDIDATES)
        allowed, rows = rows, rows[best]
        places, kinds = resolutions.resolution[rows], resolutions.kind_and_number[rows]
        features: dict[str, Floats] = {
            "resolution_cosine": np.maximum.reduceat(cosines, resolutions.first)[places],
            **{name: values[places] for name, values in by_resolution.items()},
            **{name: values[kinds] for name, values in by_kind.items()},
        }
        features |= self._passage_features(question, query, rows, features["year_before"])
        features |= self._vector_features(whole, topic, encoded, rows)
        ranking = self._weights.ranking.of(has_tokens=TOKEN_FEATURES[0] in features)
        demoted = groups.unasked_formulas(corpus, question.request, rows)
        demotion = np.float32(self._weights.features.formula_demotion)
        return Candidates(
            query=query,
            rows=rows,
            allowed=allowed,
            features=features,
            scores=weighted_sum(features, ranking) - demotion * demoted,
            cosines=cosines[rows],
            coverage=TermCoverage(corpus, query.groups),
        )

    def _resolution_features(self, question: Question, query: Query) -> dict[str, Floats]:
        corpus, numbers = self._corpus, self._weights.features
        return {
            "context_bm25": groups.bm25_share(corpus.context_words, query.terms),
            "name_overlap": groups.name_overlap(corpus, self.resolutions, query.names),
            "entity_overlap": self.entities.named_by_resolutions(query.entities),
            **groups.date_and_body(
                self.resolutions, question, unnamed_body=numbers.body_where_none_is_named
            ),
        }

    def _rough_scores(
        self,
        by_passage: Mapping[str, Floats],
        by_resolution: Mapping[str, Floats],
        by_kind: Mapping[str, Floats],
    ) -> Floats:
        """Return the rough sum for all passages, float32 (n,)."""
        weights, resolutions = self._weights.candidate_selection.weights, self.resolutions
        scores = _sum(by_passage, weights)
        scores += _sum(by_resolution, weights)[resolutions.resolution]
        scores += _sum(by_kind, weights)[resolutions.kind_and_number]
        return scores

    def _passage_features(
        self, question: Question, query: Query, rows: Ids, year_before: Floats
    ) -> dict[str, Floats]:
        """Return the features of candidates that need no vectors."""
        corpus, resolutions = self._corpus, self.resolutions
        addressed = self.actors.addresses(question.actor, rows)
        return {
            **groups.term_rarity(corpus, resolutions, query.terms, rows),
            **self.entities.features(query.entities, rows),
            "recency": groups.recency(resolutions, question, rows),
            **groups.structure(corpus, question, rows, addressed),
            **groups.due_dates(corpus, resolutions, question, rows, year_before),
        }

    def _vector_features(
        self, whole: Encoding, topic: Encoding, encoded: Iterator[Encoding], rows: Ids
    ) -> dict[str, Floats]:
        """Return the features of candidates that compare vectors."""
        corpus, resolutions, numbers = self._corpus, self.resolutions, self._weights.features
        token_features = groups.token_similarity(
            corpus,
            whole.tokens,
            topic.tokens,
            rows,
            resolutions.resolution[rows],
            min_title_gap=numbers.min_title_gap,
        )
        request = next(encoded).vector
        residual = groups.residual_cosine(
            corpus, resolutions, request, rows, min_sine2=numbers.min_residual_sine2
        )
        return {**token_features, **residual}


def weighted_sum(features: Mapping[str, Floats], weights: Mapping[str, float]) -> Floats:
    """Return the weighted sum of the features that `weights` names, float32 (m,)."""
    total = np.zeros(len(next(iter(features.values()))), dtype=np.float32)
    for name, weight in weights.items():
        total += np.float32(weight) * features[name]
    return total


def _sum(features: Mapping[str, Floats], weights: Mapping[str, float]) -> Floats:
    """Return the weighted sum of all `features`."""
    return weighted_sum(features, {name: weights[name] for name in features})


def _best(scores: Floats, count: int) -> Ids:
    """Return the positions of the best scores, ascending; of equal scores the first."""
    if len(scores) <= count:
        return np.arange(len(scores))
    last = np.partition(scores, len(scores) - count)[len(scores) - count]
    above, level = np.flatnonzero(scores > last), np.flatnonzero(scores == last)
    return np.sort(np.concatenate([above, level[: count - len(above)]]))
