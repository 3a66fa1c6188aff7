"""Two editions of a text next to each other: what is the same, changed, moved, new or dropped."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum
from typing import NamedTuple

from qa.desks.alignment import AlignedDifference, align_inside, align_whole
from qa.desks.figure_words import is_of_substance, reference_words
from qa.desks.paragraph_pairing import EditionPairing, pair_paragraphs
from qa.desks.text_edition import EditionParagraph, TextEdition
from qa.errors import InputError


class PairKind(Enum):
    """What became of a paragraph."""

    SAME = "same"
    CHANGED = "changed"
    MOVED = "moved"  # out of the order of the others; words may differ, too
    SPLIT = "split"  # one became several
    MERGED = "merged"  # several became one
    NEW = "new"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparedPair:
    """A paragraph of one edition and what it became; one of the two is None where it has none."""

    before: EditionParagraph | None
    after: EditionParagraph | None
    kind: PairKind
    differences: tuple[AlignedDifference, ...] = ()  # `given` is of the edition before

    @property
    def is_renumbered(self) -> bool:
        """Whether the paragraph has another number, or is in another part of the document."""
        return bool(self.before and self.after and self.before.label != self.after.label)


@dataclass(frozen=True, slots=True, kw_only=True)
class EditionComparison:
    """Two editions, paragraph by paragraph, in the order of the later one."""

    before: TextEdition
    after: TextEdition
    pairs: tuple[ComparedPair, ...]

    def of_substance(self) -> "EditionComparison":
        """Return the comparison without differences of dates, sessions and symbols only."""
        return replace(self, pairs=tuple(map(_of_substance, self.pairs)))


def compare_editions(before: TextEdition, after: TextEdition) -> EditionComparison:
    """Return what became of each paragraph of an edition in another.

    Raises:
        InputError: both are the same document.
    """
    if before.name == after.name and before.paragraphs == after.paragraphs:
        raise InputError(f"{before.name} is compared with itself; name two documents.")
    links = _links(pair_paragraphs(before, after), len(before.paragraphs), len(after.paragraphs))
    pairs = (
        _compared(
            None if link.before is None else before.paragraphs[link.before],
            None if link.after is None else after.paragraphs[link.after],
            link.kind,
        )
        for link in links
    )
    return EditionComparison(before=before, after=after, pairs=tuple(pairs))


class _Link(NamedTuple):
    """The numbers of two paragraphs; `kind` may still be that of a pair in its place."""

    before: int | None
    after: int | None
    kind: PairKind


def _links(pairing: EditionPairing, size_before: int, size_after: int) -> list[_Link]:
    """Return every paragraph of both editions, in the order of the later one."""
    split = {pair.before for pair in pairing.splits}
    merged = {pair.after for pair in pairing.merges}
    by_after: dict[int, list[_Link]] = {}
    for pair in sorted({*pairing.pairs, *pairing.splits, *pairing.merges}):
        kind = PairKind.MOVED if pair in pairing.moved else PairKind.CHANGED
        if pair.before in split:
            kind = PairKind.SPLIT
        elif pair.after in merged:
            kind = PairKind.MERGED
        by_after.setdefault(pair.after, []).append(_Link(*pair, kind))
    links = [
        link
        for number in range(size_after)
        for link in by_after.get(number, [_Link(None, number, PairKind.NEW)])
    ]
    for number in sorted({*range(size_before)} - {link.before for link in links}):
        # Behind the paragraph that came before it.
        places = [place for place, link in enumerate(links) if link.before == number - 1]
        links.insert(places[-1] + 1 if places else 0, _Link(number, None, PairKind.DROPPED))
    return links


def _compared(
    before: EditionParagraph | None, after: EditionParagraph | None, kind: PairKind
) -> ComparedPair:
    if before is None or after is None:
        return ComparedPair(before=before, after=after, kind=kind)
    differences = paragraph_differences(before, after, kind)
    if kind is PairKind.CHANGED and not differences:
        kind = PairKind.SAME
    return ComparedPair(before=before, after=after, kind=kind, differences=differences)


def paragraph_differences(
    before: EditionParagraph, after: EditionParagraph, kind: PairKind
) -> tuple[AlignedDifference, ...]:
    """Return where the words of a paragraph differ from what it became.

    Of a split or merged one, only the part that the other one has is compared.
    """
    if kind is PairKind.MERGED:
        return align_inside(before.tokens, after.tokens).differences
    if kind is PairKind.SPLIT:
        return tuple(
            AlignedDifference(each.printed, each.given, each.printed_words, each.given_words)
            for each in align_inside(after.tokens, before.tokens).differences
        )
    return align_whole(before.tokens, after.tokens).differences


def substantial(
    differences: Sequence[AlignedDifference], before: EditionParagraph, after: EditionParagraph
) -> tuple[AlignedDifference, ...]:
    """Return the differences that are more than another date, session or symbol."""
    given, printed = (
        frozenset(paragraph.tokens.keys[number] for number in reference_words(paragraph.tokens))
        for paragraph in (before, after)
    )
    return tuple(each for each in differences if is_of_substance(each, given, printed))


def _of_substance(pair: ComparedPair) -> ComparedPair:
    if pair.before is None or pair.after is None:
        return pair
    differences = substantial(pair.differences, pair.before, pair.after)
    is_same = pair.kind is PairKind.CHANGED and not differences
    kind = PairKind.SAME if is_same else pair.kind
    return replace(pair, kind=kind, differences=differences)
