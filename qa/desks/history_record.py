"""The history of a paragraph as values for programs and as lines for people."""

from collections.abc import Iterator
from typing import Any

from qa.desks.comparison_record import difference_lines, word_pairs
from qa.desks.paragraph_chain import ParagraphHistory, ParagraphVersion


def history_record(history: ParagraphHistory) -> dict[str, Any]:
    """Return the history as values that JSON can hold; the names are kept."""
    return {
        "asked": {"symbol": history.asked.symbol, "label": history.asked.label},
        "series": history.series.name,
        "editions": list(history.series.symbols),
        "chain": [
            {
                "symbol": version.edition.name,
                "label": version.paragraph.label,
                "adopted": _day(version),
                "kind": version.kind.value,
                "text": version.paragraph.text,
                "differences": [
                    {"before": before, "after": after}
                    for before, after in word_pairs(version.differences)
                ],
            }
            for version in history.chain
        ],
        "not_yet_in": history.not_yet_in,
        "dropped_in": history.dropped_in,
        "elsewhere": [
            {
                "symbol": ref.symbol,
                "label": ref.label,
                "adopted": ref.adopted.isoformat() if ref.adopted else None,
            }
            for ref in history.elsewhere
        ],
    }


def history_lines(history: ParagraphHistory) -> Iterator[str]:
    """Yield the history as lines of text, the oldest version first."""
    yield f"{history.series.name} ({len(history.series.symbols)} editions loaded)"
    if history.not_yet_in:
        yield f"not yet in {history.not_yet_in}"
    for version in history.chain:
        yield f"{_day(version) or '':10}  {version.edition.name} {version.paragraph.label}" + (
            f"  {version.kind.value}" if version is not history.chain[0] else ""
        )
        yield from difference_lines(word_pairs(version.differences))
    if history.dropped_in:
        yield f"dropped in {history.dropped_in}"
    if history.elsewhere:
        uses = len(history.elsewhere)
        yield f"In other series, with the same words or other figures only: {uses}"
    for ref in history.elsewhere:
        yield f"{ref.adopted or '':10}  {ref.symbol} {ref.label}"


def _day(version: ParagraphVersion) -> str | None:
    adopted = version.edition.adopted
    return adopted.isoformat() if adopted else None
