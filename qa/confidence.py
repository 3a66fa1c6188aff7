"""How sure we may be that what was found answers a question."""

import math
from collections.abc import Sequence
from dataclasses import astuple, dataclass

import numpy as np
import numpy.typing as npt

from qa.corpus import Corpus
from qa.score import Query, Scorer

# Of a logistic rule, in the order of `Evidence`: fitted on the questions over both organs; that of
# the number of passages set so that no question of the seeds is lost (docs/answers.md).
WEIGHTS = (3.97, 1.22, 1.35, 3.04, 0.30, -1.0)
CONSTANT = -10.62
BEST = 3  # passages that are looked at


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for an answer."""

    asked: float  # logarithm of one more than the words that the question asks for
    covered: float  # share of them, by rarity, in one of the best passages with its context
    covered_around: float  # the same in all of the best passage's resolution
    cosine: float  # of the question and the nearest passage of the best ones' resolutions
    score: float  # of the best passage
    among: float  # logarithm of the number of passages: many hold a near miss for anything

    @property
    def confidence(self) -> float:
        """How likely it is that one of the best passages answers: 0 to 1, a logistic rule."""
        total = sum(weight * value for weight, value in zip(WEIGHTS, astuple(self), strict=True))
        return 1 / (1 + math.exp(-max(min(total + CONSTANT, 50.0), -50.0)))


def evidence(
    corpus: Corpus,
    scorer: Scorer,
    query: Query,
    best: Sequence[int],
    *,
    cosine: float,
    score: float,
) -> Evidence:
    """Return what speaks for the passages in the rows `best`, the best first, at least one.

    Args:
        corpus: the texts.
        scorer: of these texts.
        query: what was searched for.
        best: rows of passages.
        cosine: the best of their resolutions.
        score: of the first.
    """
    places = [int(scorer.signals.resolution[row]) for row in best]
    coverage = Coverage(corpus, query)
    first = int(scorer.signals.first[places[0]])
    last = first + int(scorer.signals.size[places[0]]) - 1
    return Evidence(
        asked=math.log(len(query.groups) + 1),
        covered=max(coverage.of(row, row, place) for row, place in zip(best, places, strict=True)),
        covered_around=coverage.of(first, last, places[0]),
        cosine=cosine,
        score=score,
        among=math.log(len(corpus.passages)),
    )


class Coverage:
    """Which share of a question's words stands in passages of one corpus."""

    def __init__(self, corpus: Corpus, query: Query) -> None:
        words, contexts = corpus.words, corpus.context_words
        rarities = [max((words.idf(term) for term in one), default=0.0) for one in query.groups]
        rarest = max(rarities, default=0.0) or 1.0
        self._weights = [rarity or rarest for rarity in rarities]
        self._holders = [
            [(words.holders(term), contexts.holders(term)) for term in group]
            for group in query.groups
        ]

    def of(self, first: int, last: int, place: int | None = None) -> float:
        """Return which share of the words, by rarity, stands in the rows `first` to `last`.

        A word is met where it stands, or what may stand for it.

        Args:
            first: a row.
            last: a row, not before `first`.
            place: of a resolution, the words about which count too; None for none.
        """
        found = sum(
            weight
            for weight, group in zip(self._weights, self._holders, strict=True)
            if any(
                _lies(rows, first, last) or (place is not None and _lies(contexts, place, place))
                for rows, contexts in group
            )
        )
        return found / sum(self._weights) if self._weights else 0.0


def _lies(holders: npt.NDArray[np.int32], first: int, last: int) -> bool:
    """Tell whether an ascending array has a number from `first` to `last`."""
    at = int(np.searchsorted(holders, first))
    return at < len(holders) and int(holders[at]) <= last
