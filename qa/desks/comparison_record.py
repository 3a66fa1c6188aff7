"""A comparison of two editions as values for programs and as lines for people."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from qa.desks.alignment import AlignedDifference
from qa.desks.edition_comparison import ComparedPair, EditionComparison, PairKind

_SHOWN = 100  # characters of a paragraph that is new or dropped


def comparison_record(comparison: EditionComparison) -> dict[str, Any]:
    """Return the comparison as values that JSON can hold; the names are kept."""
    return {
        "a": comparison.before.name,
        "b": comparison.after.name,
        "pairs": [
            {
                "a": pair.before.label if pair.before else None,
                "b": pair.after.label if pair.after else None,
                "kind": pair.kind.value,
                "renumbered": pair.is_renumbered,
                "differences": [{"a": here, "b": there} for here, there in _differences(pair)],
            }
            for pair in comparison.pairs
        ],
    }


def comparison_lines(comparison: EditionComparison) -> Iterator[str]:
    """Yield the comparison as lines of text: the counts, then all that is not the same."""
    counts = Counter(pair.kind for pair in comparison.pairs)
    summary = ", ".join(f"{counts[kind]} {kind.value}" for kind in PairKind if counts[kind])
    yield f"{comparison.before.name} → {comparison.after.name}: {summary or 'no paragraphs'}"
    for pair in comparison.pairs:
        if pair.kind is not PairKind.SAME:
            yield f"{_places(pair):18} {pair.kind.value}"
            yield from difference_lines(_differences(pair))
    renumbered = [_places(pair) for pair in comparison.pairs if _is_only_renumbered(pair)]
    if renumbered:
        yield f"Only renumbered: {', '.join(renumbered)}"


def difference_lines(differences: Iterable[tuple[str, str]]) -> Iterator[str]:
    """Yield a line for each difference of words: what was there, and what is."""
    for here, there in differences:
        parts = [f"{sign} “{_shortened(words)}”" for sign, words in (("-", here), ("+", there))]
        yield "    " + "  ".join(
            part for part, words in zip(parts, (here, there), strict=True) if words
        )


def word_pairs(differences: Iterable[AlignedDifference]) -> list[tuple[str, str]]:
    """Return the words of each difference before and after."""
    return [(each.given, each.printed) for each in differences]


def _differences(pair: ComparedPair) -> list[tuple[str, str]]:
    """Return the words before and after; of a paragraph that is new or dropped, all of them."""
    if pair.before is None or pair.after is None:
        return [
            (
                pair.before.text if pair.before else "",
                pair.after.text if pair.after else "",
            )
        ]
    return word_pairs(pair.differences)


def _is_only_renumbered(pair: ComparedPair) -> bool:
    return pair.kind is PairKind.SAME and pair.is_renumbered


def _places(pair: ComparedPair) -> str:
    if pair.before is None or pair.after is None:
        only = pair.before or pair.after
        return only.label if only else ""
    return f"{pair.before.label} → {pair.after.label}" if pair.is_renumbered else pair.after.label


def _shortened(words: str) -> str:
    return words if len(words) <= _SHOWN else f"{words[:_SHOWN].rstrip()}…"
