"""How two texts lie next to each other: common words in order, differences, pairs of paragraphs."""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from rapidfuzz.distance import LCSseq

from qa.desks.desk_limits import load_desk_limits
from qa.desks.word_tokens import WordTokens

Floats = npt.NDArray[np.float64]
WordWeight = Callable[[str], float]


@dataclass(frozen=True, slots=True)
class CommonRun:
    """Words that two texts have in common: from `given` and from `printed` on, `size` of them."""

    given: int
    printed: int
    size: int


@dataclass(frozen=True, slots=True)
class AlignedDifference:
    """Words of one text and those of the other in their place; "" where one has none."""

    given: str
    printed: str
    given_words: tuple[str, ...]
    printed_words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TextAlignment:
    """A text next to the part of another that is like it."""

    runs: tuple[CommonRun, ...]
    first: int  # of the printed words: where that part begins
    last: int  # and ends, exclusive
    share: float  # of the weight of the given words that is common and in order
    differences: tuple[AlignedDifference, ...]


def common_runs(given: Sequence[str], printed: Sequence[str]) -> list[CommonRun]:
    """Return the longest common subsequence of two lists of words, as runs."""
    blocks = LCSseq.editops(given, printed).as_matching_blocks()
    return [CommonRun(block.a, block.b, block.size) for block in blocks if block.size]


def word_ratio(ours: Sequence[str], theirs: Sequence[str]) -> float:
    """Return 2·LCS/(a+b), from 0 to 1."""
    total = len(ours) + len(theirs)
    return 2 * LCSseq.similarity(ours, theirs) / total if total else 1.0


def align_inside(
    given: WordTokens, printed: WordTokens, weight: WordWeight | None = None
) -> TextAlignment:
    """Return a text next to the part of `printed` that it is taken from.

    What `printed` has before and after that part does not differ.
    """
    runs = runs_inside(given.keys, printed.keys)
    if not runs:
        return TextAlignment((), 0, 0, 0.0, ())
    lead, tail = runs[0].given, len(given) - (runs[-1].given + runs[-1].size)
    first = max(0, runs[0].printed - lead)
    last = min(len(printed), runs[-1].printed + runs[-1].size + tail)
    weights = [1.0 if weight is None else weight(key) for key in given.keys]
    common = sum(sum(weights[run.given : run.given + run.size]) for run in runs)
    return TextAlignment(
        runs=tuple(runs),
        first=first,
        last=last,
        share=common / (sum(weights) or 1.0),
        differences=tuple(_differences(given, printed, runs, first, last)),
    )


def runs_inside(given: Sequence[str], printed: Sequence[str]) -> list[CommonRun]:
    """Return the runs of words that lie close together in `printed`."""
    return _densest(common_runs(given, printed))


def align_whole(given: WordTokens, printed: WordTokens) -> TextAlignment:
    """Return two whole texts next to each other, with all that differs."""
    runs = common_runs(given.keys, printed.keys)
    return TextAlignment(
        runs=tuple(runs),
        first=0,
        last=len(printed),
        share=sum(run.size for run in runs) / (len(given) or 1),
        differences=tuple(_differences(given, printed, runs, 0, len(printed))),
    )


def containment(given: Sequence[str], there: Collection[str], weight: WordWeight) -> float:
    """Return the share of the weight of `given` that is there in any order."""
    total = sum(weight(key) for key in given)
    return sum(weight(key) for key in given if key in there) / total if total else 0.0


def assign_pairs(similarity: Floats, least: float) -> list[tuple[int, int]]:
    """Return the pairs of rows and columns with the greatest sum, each used once.

    Pairs that are less alike than `least` are left out.
    """
    if not similarity.size:
        return []
    kept = np.where(similarity < least, 0.0, similarity)
    from scipy.optimize import linear_sum_assignment  # loaded by need: 0.4 s

    rows, columns = linear_sum_assignment(kept, maximize=True)
    pairs = zip(rows.tolist(), columns.tolist(), strict=True)
    return [(row, column) for row, column in pairs if similarity[row, column] >= least]


def pair_similarities(ours: Sequence[WordTokens], theirs: Sequence[WordTokens]) -> Floats:
    """Return how like each of our texts is to each of theirs: 2·LCS/(a+b)."""
    matrix = np.zeros((len(ours), len(theirs)))
    for row, mine in enumerate(ours):
        for column, other in enumerate(theirs):
            matrix[row, column] = word_ratio(mine.keys, other.keys)
    return matrix


def _densest(runs: list[CommonRun]) -> list[CommonRun]:
    """Return the runs that lie close together: words matched far away belong to another place."""
    best: tuple[float, int, int] = (0.0, 0, 0)
    total, start = 0.0, 0
    for index, run in enumerate(runs):
        if index:
            before = runs[index - 1]
            skipped = run.printed - before.printed - before.size
            missing = run.given - before.given - before.size
            total -= max(0, skipped - missing) / 2
        if total <= 0:
            total, start = 0.0, index
        total += run.size
        if total > best[0]:
            best = (total, start, index + 1)
    return runs[best[1] : best[2]]


def _differences(
    given: WordTokens, printed: WordTokens, runs: Sequence[CommonRun], first: int, last: int
) -> Iterator[AlignedDifference]:
    """Yield what differs; a short common run between two differences is part of them."""
    at_given, at_printed = 0, first
    for run in (*solid_runs(runs), CommonRun(len(given), last, 0)):
        if run.given > at_given or run.printed > at_printed:
            yield AlignedDifference(
                given=given.slice_text(at_given, run.given),
                printed=printed.slice_text(at_printed, run.printed),
                given_words=given.keys[at_given : run.given],
                printed_words=printed.keys[at_printed : run.printed],
            )
        at_given, at_printed = run.given + run.size, run.printed + run.size


def solid_runs(runs: Sequence[CommonRun]) -> list[CommonRun]:
    """Return the runs without those that only join two larger differences."""
    shortest = load_desk_limits().min_run_between
    kept: list[CommonRun] = []
    for index, run in enumerate(runs):
        if 0 < index < len(runs) - 1 and run.size < shortest:
            before, after = runs[index - 1], runs[index + 1]
            around = (
                run.given - before.given - before.size,
                after.given - run.given - run.size,
                run.printed - before.printed - before.size,
                after.printed - run.printed - run.size,
            )
            if max(around[:2]) > run.size and max(around[2:]) > run.size:
                continue
        kept.append(run)
    return kept
