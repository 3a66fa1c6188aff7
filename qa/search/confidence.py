"""How sure we may be that what was found answers a question."""

import math
from dataclasses import astuple, dataclass

import numpy as np

from qa.corpus.corpus import Corpus
from qa.question.read import Question
from qa.search.scorer import MAX_SIM_WITH_TITLE, Candidates, Scorer

# Of a logistic rule, in the order of `Evidence`: fitted on the questions over both organs; that of
# the number of passages set so that no question of the seeds is lost (docs/answers.md).
WEIGHTS = (1.78, 0.97, 3.62, -8.85, 3.98, 0.16, 0.23, 6.29, 0.63, -1.0)
CONSTANT = -4.66
BEST = 3  # passages that are looked at
TENTH = 10


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for an answer."""

    query_length: float  # logarithm of one more than the words that the question asks for
    coverage: float  # share of them, by rarity, in one of the best passages with its context
    resolution_coverage: float  # the same in all of the best passage's resolution
    local_idf: (
        float  # the most that a candidate has of what singles passages out, `qa.search.scorer`
    )
    cosine: float  # of the question and the nearest passage of the best ones' resolutions
    score: float  # of the best passage
    margin: float  # of the tenth
    title_match: float  # how well one of the best says, with its title, what the topic says
    date_match: (
        float  # 1 if the best passage is of the year or session named, -1 if not, 0: none is
    )
    log_corpus_size: (
        float  # logarithm of the number of passages: many hold a near miss for anything
    )

    @property
    def confidence(self) -> float:
        """How likely it is that one of the best passages answers: 0 to 1, a logistic rule."""
        total = sum(weight * value for weight, value in zip(WEIGHTS, astuple(self), strict=True))
        return 1 / (1 + math.exp(-max(min(total + CONSTANT, 50.0), -50.0)))


def evidence(corpus: Corpus, scorer: Scorer, question: Question, found: Candidates) -> Evidence:
    """Return what speaks for the best of what was found."""
    scores, features = found.scores, found.features
    order = np.lexsort((found.rows, -scores))
    best = order[:BEST]
    rows = found.rows[best].tolist()
    places = [int(scorer.signals.resolution[row]) for row in rows]
    coverage = found.coverage
    first = int(scorer.signals.first[places[0]])
    last = first + int(scorer.signals.size[places[0]]) - 1
    occasion = 0.0
    if question.years or question.sessions:
        occasion = 1.0 if features["year"][best[0]] or features["session"][best[0]] else -1.0

    def most(name: str) -> float:
        return float(features[name][best].max()) if name in features else 0.0

    return Evidence(
        query_length=math.log(len(found.query.groups) + 1),
        coverage=max(coverage.of(row, row, place) for row, place in zip(rows, places, strict=True)),
        resolution_coverage=coverage.of(first, last, places[0]),
        local_idf=float(features["local_idf_share"].max()),
        cosine=most("resolution_cosine"),
        score=float(scores[order[0]]),
        margin=float(scores[order[0]] - scores[order[:TENTH][-1]]),
        title_match=most(MAX_SIM_WITH_TITLE),
        date_match=occasion,
        log_corpus_size=math.log(len(corpus.passages)),
    )
