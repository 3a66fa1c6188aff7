"""The probability that the best candidates answer the question."""

import math
from collections.abc import Mapping
from dataclasses import asdict

import numpy as np

from qa.corpus.corpus import Corpus
from qa.corpus.resolution_features import ResolutionFeatures
from qa.question.question import Question
from qa.search.evidence import Evidence
from qa.search.features import MAX_SIM_WITH_TITLE, WEIGHTED_MAX_SIM, Floats, Ids
from qa.search.scorer import Candidates
from qa.search.weights import ConfidenceWeights


def collect_evidence(
    corpus: Corpus,
    resolutions: ResolutionFeatures,
    question: Question,
    candidates: Candidates,
    weights: ConfidenceWeights,
) -> Evidence:
    """Return what speaks for answering with the best of the candidates."""
    scores, features, coverage = candidates.scores, candidates.features, candidates.coverage
    order = np.lexsort((candidates.rows, -scores))
    best = order[: weights.best_passages]
    rows = candidates.rows[best].tolist()
    places = [int(resolutions.resolution[row]) for row in rows]
    first = int(resolutions.first[places[0]])
    last = first + int(resolutions.size[places[0]]) - 1
    date_match = 0.0
    if question.adopted.is_range:
        date_match = 1.0  # of all candidates
    elif question.years or question.sessions:
        date_match = _date_match(resolutions, question, features, best[0])

    def highest(name: str) -> float:
        return float(features[name][best].max()) if name in features else 0.0

    return Evidence(
        query_length=math.log(len(candidates.query.groups) + 1),
        coverage=max(coverage.of(row, row, place) for row, place in zip(rows, places, strict=True)),
        resolution_coverage=coverage.of(first, last, places[0]),
        local_idf=float(features["local_idf_share"].max()),
        cosine=highest("resolution_cosine"),
        score=float(scores[order[0]]),
        margin=float(scores[order[0]] - scores[order[: weights.margin_rank][-1]]),
        title_match=highest(MAX_SIM_WITH_TITLE),
        date_match=date_match,
        entity_missing=_entity_missing(candidates, best),
        passage_cosine=float(candidates.cosines[best].max()),
        max_sim=highest(WEIGHTED_MAX_SIM[0]),
        typed_words=math.log(len(question.text.split()) + 1),
        log_corpus_size=math.log(len(corpus.passages)),
    )


def _date_match(
    resolutions: ResolutionFeatures,
    question: Question,
    features: Mapping[str, Floats],
    position: int,
) -> float:
    """Return 1 where the best passage is of the year or session named, 0 where that may be due.

    No text was adopted in a year after the newest one: "the target for 2030".
    """
    if features["year"][position] or features["session"][position]:
        return 1.0
    is_due = any(features[name][position] for name in ("year_due", "month_due", "session_due"))
    newest = int(resolutions.year.max())
    is_future = bool(question.years) and min(question.years) > newest
    return 0.0 if is_due or is_future else -1.0


def _entity_missing(candidates: Candidates, best: Ids) -> float:
    """Return the least share of entities that one of the best passages, with its title, lacks."""
    if not candidates.query.entities:
        return 0.0
    met = np.maximum(
        candidates.features["entity_in_text"][best], candidates.features["entity_in_title"][best]
    )
    return 1.0 - float(met.max())


def confidence(evidence: Evidence, weights: ConfidenceWeights) -> float:
    """Return the probability that one of the best passages answers, by a logistic rule: 0 to 1."""
    values = asdict(evidence)
    total = sum(weight * values[name] for name, weight in weights.weights.items())
    total += weights.constant
    if total >= 0:
        return 1 / (1 + math.exp(-total))
    return math.exp(total) / (1 + math.exp(total))  # the same, without overflow
