"""Which paragraph of one edition became which of the next: pairs, splits and merges."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from qa.desks.alignment import Floats, assign_pairs, common_runs
from qa.desks.desk_limits import PairingLimits, load_desk_limits
from qa.desks.edition_words import EditionLikeness, EditionWords, Flags
from qa.desks.text_edition import TextEdition
from qa.time_budget import in_time

_MAX_PLACES = 10  # a paragraph may move so far before it counts no more


class ParagraphPair(NamedTuple):
    """The numbers of a paragraph and of the one that it became."""

    before: int
    after: int


@dataclass(frozen=True, slots=True, kw_only=True)
class EditionPairing:
    """What became of the paragraphs of one edition in another."""

    pairs: tuple[ParagraphPair, ...]  # each paragraph at most once, in the order of the later one
    splits: tuple[ParagraphPair, ...]  # further paragraphs made of a part of one before
    merges: tuple[ParagraphPair, ...]  # further paragraphs that became a part of one after
    moved: frozenset[ParagraphPair]  # of `pairs`: out of the order of the others


def pair_paragraphs(before: TextEdition, after: TextEdition) -> EditionPairing:
    """Return which paragraphs of two editions are versions of each other.

    Two paragraphs are the more likely versions the more of the weight of their words is common and
    in the same order, figures left open, and the nearer their vectors are. Pairs that are sure fix
    the places where others are expected. Each paragraph is in one pair at most, so that the sum of
    the log-odds is greatest.
    """
    limits = load_desk_limits().pairing
    likeness = EditionLikeness(before, after, limits)
    advantages = pair_advantages(likeness, limits)
    assigned = assign_pairs(np.maximum(advantages, 0), float(np.nextafter(0, 1)))
    pairs = tuple(sorted((ParagraphPair(*pair) for pair in assigned), key=lambda pair: pair.after))
    ordered = frozenset(in_order(pairs))
    return EditionPairing(
        pairs=pairs,
        splits=tuple(_splits(likeness, pairs)),
        merges=tuple(_merges(likeness, pairs)),
        moved=frozenset(pairs) - ordered,
    )


def pair_advantages(likeness: EditionLikeness, limits: PairingLimits) -> Floats:
    """Return the log-odds that two paragraphs are versions of each other, by text and place."""
    by_text = likeness.advantages()
    sure = in_order(assign_pairs(np.maximum(by_text, 0), limits.min_anchor))
    between, steps = places_off(sure, by_text.shape)
    return by_text + limits.in_order * between - limits.per_place * steps


def in_order(pairs: Iterable[tuple[int, int]]) -> list[ParagraphPair]:
    """Return the most pairs that follow each other in both editions."""
    ordered = sorted(ParagraphPair(*pair) for pair in pairs)
    ends: list[int] = []  # of chains of each length, the earliest end
    lengths: list[int] = []
    for pair in ordered:
        length = bisect_left(ends, pair.after)
        ends[length : length + 1] = [pair.after]
        lengths.append(length)
    chain: list[ParagraphPair] = []
    wanted = len(ends) - 1
    for pair, length in zip(reversed(ordered), reversed(lengths), strict=True):
        if length == wanted and (not chain or pair.after < chain[-1].after):
            chain.append(pair)
            wanted -= 1
    return chain[::-1]


def places_off(anchors: Sequence[ParagraphPair], shape: tuple[int, int]) -> tuple[Floats, Floats]:
    """Return which paragraphs are between the same neighbours, and how far off others are, 0 to 1.

    Args:
        anchors: pairs that are sure, in the order of both editions.
        shape: how many paragraphs the editions have.
    """
    rows, columns = shape
    between, steps = np.zeros(shape), np.zeros(shape)
    after = np.arange(columns)
    bounds = [ParagraphPair(-1, -1), *anchors, ParagraphPair(rows, columns)]
    numbers = [anchor.before for anchor in bounds]
    for row in range(rows):
        position = bisect_left(numbers, row)
        is_anchor = bounds[position].before == row
        preceding, following = bounds[position - 1], bounds[position + is_anchor]
        off = np.minimum(
            np.abs(after - preceding.after - (row - preceding.before)),
            np.abs(following.after - after - (following.before - row)),
        )
        between[row] = (preceding.after < after) & (after < following.after)
        steps[row] = np.minimum(off / _MAX_PLACES, 1)
    return between, steps


def _splits(likeness: EditionLikeness, pairs: Sequence[ParagraphPair]) -> Iterator[ParagraphPair]:
    """Yield each unpaired paragraph after that has what a paired one before has left over."""
    left_over = [(pair.before, likeness.left_over(*pair)[0]) for pair in pairs]
    for column in _others(len(likeness.after), (pair.after for pair in pairs)):
        source = _whole_of(likeness.after, column, likeness.before, left_over)
        if source is not None:
            yield ParagraphPair(source, column)


def _merges(likeness: EditionLikeness, pairs: Sequence[ParagraphPair]) -> Iterator[ParagraphPair]:
    """Yield each unpaired paragraph before whose words a paired one after has besides its own."""
    left_over = [(pair.after, likeness.left_over(*pair)[1]) for pair in pairs]
    for row in _others(len(likeness.before), (pair.before for pair in pairs)):
        target = _whole_of(likeness.before, row, likeness.after, left_over)
        if target is not None:
            yield ParagraphPair(row, target)


def _others(count: int, paired: Iterable[int]) -> list[int]:
    return sorted(set(range(count)).difference(paired))


def _whole_of(
    parts: EditionWords,
    part: int,
    wholes: EditionWords,
    left_over: Sequence[tuple[int, Flags]],
) -> int | None:
    """Return the paragraph that holds most of a part in words that it has left over."""
    limits = load_desk_limits()
    total = float(parts.totals[part])
    best: tuple[float, int | None] = (limits.min_contained_share, None)
    if len(parts.keys[part]) < limits.pairing.min_part_words:
        return None
    for whole, flags in in_time(left_over):
        if wholes.weights[whole][flags].sum() < limits.min_contained_share * total:
            continue
        keys = [key for key, is_left in zip(wholes.keys[whole], flags, strict=True) if is_left]
        runs = common_runs(parts.keys[part], keys)
        common = sum(parts.weights[part][run.given : run.given + run.size].sum() for run in runs)
        best = max(best, (float(common) / total, whole), key=lambda pair: pair[0])
    return best[1]
