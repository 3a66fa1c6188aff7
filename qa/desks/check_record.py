"""The check of a text as values for programs and as a table for people."""

from collections.abc import Iterator
from typing import Any

from qa.desks.quote_judgement import RIGHT_VERDICTS, QuoteVerdict
from qa.desks.text_check import CheckedQuotation, TextCheck

_UNDECIDED = frozenset({QuoteVerdict.NOT_LOADED, QuoteVerdict.TOO_SHORT, QuoteVerdict.NOT_UN})
"""Of these nothing can be said; they are wrong only where all must be verified."""
_QUOTED = 70  # characters of a quotation in the table


def text_check_record(check: TextCheck) -> dict[str, Any]:
    """Return the check as values that JSON can hold; the names are kept."""
    return {
        "items": [_item(item) for item in check.items],
        "citations": [
            {
                "start": citation.start,
                "end": citation.end,
                "symbol": citation.symbol,
                "label": citation.label,
                "exists": citation.exists,
            }
            for citation in check.citations
        ],
        "input_sha256": check.input_sha256,
        "generation": check.generation,
    }


def _item(item: CheckedQuotation) -> dict[str, Any]:
    citation, judgement = item.citation, item.judgement
    return {
        "start": item.start,
        "end": item.end,
        "quote": item.quote,
        "citation": {"symbol": citation.symbol, "label": item.cited_label} if citation else None,
        "bound_by": citation.bound_by if citation else None,
        "verdict": judgement.verdict.value,
        "label": judgement.label,
        "message": judgement.message,
        "differences": [
            {"given": change.given, "printed": change.printed} for change in judgement.differences
        ],
        "printed": judgement.printed,
        "elsewhere": [{"symbol": place.symbol, "label": place.label} for place in item.places],
        "count": item.count,
    }


def is_all_right(check: TextCheck, *, is_strict: bool = False) -> bool:
    """Return whether nothing is wrong with a text.

    Args:
        check: of the text.
        is_strict: whether what cannot be decided, or differs in punctuation, is wrong too.
    """
    for item in check.items:
        verdict = item.judgement.verdict
        if is_strict:
            if verdict not in {QuoteVerdict.VERIFIED, QuoteVerdict.VERIFIED_MARKED}:
                return False
        elif verdict not in RIGHT_VERDICTS | _UNDECIDED | {QuoteVerdict.TRANSLATED}:
            return False
    wrong = {None, False} if is_strict else {False}
    return not any(citation.exists in wrong for citation in check.citations)


def text_check_table(check: TextCheck) -> str:
    """Return the check as lines of text: each quotation, each citation that is wrong, the audit."""
    return "\n".join(_lines(check))


def _lines(check: TextCheck) -> Iterator[str]:
    if not check.items:
        yield "The text has no quotations."
    for number, item in enumerate(check.items, start=1):
        quoted = " ".join(item.quote.split())
        shown = quoted if len(quoted) <= _QUOTED else f"{quoted[:_QUOTED].rstrip()}…"
        yield f"{number:3}. {item.judgement.verdict.value}: “{shown}”"
        if item.citation:
            cited = f"{item.citation.symbol} {item.cited_label}".strip()
            yield f"     cites {cited} (by {item.citation.bound_by})"
        yield f"     {item.judgement.message}"
        for change in item.judgement.differences:
            yield f"     given “{change.given}”, printed “{change.printed}”"
        if item.count:
            yield f"     {_occurrences(item)}"
    for citation in check.citations:
        if citation.exists is False:
            yield f"No such place: {citation.symbol} {citation.label}"
        elif citation.exists is None:
            yield f"Not loaded: {citation.symbol}"
    audit = f"Checked against generation {check.generation}"
    yield f"{audit}; SHA-256 of the input: {check.input_sha256}"


def _occurrences(item: CheckedQuotation) -> str:
    first, latest = item.places[0], item.places[-1]
    where = f"first in {first.symbol} {first.label}"
    if item.count == 1:
        return f"These words occur once, in {first.symbol} {first.label}."
    return (
        f"These words occur in {item.count} paragraphs, {where}, latest in "
        f"{latest.symbol} {latest.label}."
    )
