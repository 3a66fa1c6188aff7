"""The check of a text as values for programs and as a table for people."""

from collections import Counter
from collections.abc import Iterator
from enum import Enum
from typing import Any

from qa.answering.quotation import citation_of
from qa.desks.quote_judgement import RIGHT_VERDICTS, QuoteVerdict
from qa.desks.text_check import CheckedQuotation, TextCheck
from qa.resolutions.cite.citation_format import spaced_symbol

_UNDECIDED = frozenset(
    {
        QuoteVerdict.NOT_LOADED,
        QuoteVerdict.TOO_SHORT,
        QuoteVerdict.NOT_UN,
        QuoteVerdict.TRANSLATED,
    }
)
"""Of these nothing can be said; they are wrong only where all must be verified."""
_NAMES = {
    QuoteVerdict.VERIFIED_MARKED: "verified, with marked changes",
    QuoteVerdict.PUNCTUATION: "verified but for capitals or punctuation",
    QuoteVerdict.ELSEWHERE: "right words, wrong place",
    QuoteVerdict.SPANS: "verified, over several paragraphs",
    QuoteVerdict.STITCHED: "put together from several paragraphs",
    QuoteVerdict.INVENTED: "not found",
    QuoteVerdict.NOT_UN: "not of the United Nations",
}
_BOUND_BY = {
    "bracket": "in the bracket after it",
    "sentence": "in its sentence",
    "carried": "carried forward",
}
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


class CheckOutcome(Enum):
    """Whether something is to be done about a quotation."""

    RIGHT = "right"
    WRONG = "wrong"
    OPEN = "open"  # nothing can be said of it


def outcome_of(verdict: QuoteVerdict) -> CheckOutcome:
    """Return the outcome that a verdict has where not all must be verified."""
    if verdict in RIGHT_VERDICTS:
        return CheckOutcome.RIGHT
    return CheckOutcome.OPEN if verdict in _UNDECIDED else CheckOutcome.WRONG


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
        elif outcome_of(verdict) is CheckOutcome.WRONG:
            return False
    wrong = {None, False} if is_strict else {False}
    return not any(citation.exists in wrong for citation in check.citations)


def text_check_table(check: TextCheck) -> str:
    """Return the check as lines of text: a summary, each quotation, each citation that is wrong."""
    return "\n".join((*summary_lines(check), *_item_table(check), *citation_lines(check)))


def summary_lines(check: TextCheck) -> Iterator[str]:
    """Yield how many quotations have which verdict, and against what a text was checked."""
    count = len(check.items)
    if not count:
        yield "The text has no quotations."
    else:
        counts = Counter(item.judgement.verdict for item in check.items)
        parts = (f"{counts[verdict]} {name_of(verdict)}" for verdict in counts)
        yield f"{count} quotation{'s' if count != 1 else ''}: {', '.join(parts)}."
    audit = f"Checked against generation {check.generation}"
    yield f"{audit}; SHA-256 of the input: {check.input_sha256}"


def _item_table(check: TextCheck) -> Iterator[str]:
    for number, item in enumerate(check.items, start=1):
        quoted = " ".join(item.quote.split())
        shown = quoted if len(quoted) <= _QUOTED else f"{quoted[:_QUOTED].rstrip()}…"
        yield f"{number:3}. {name_of(item.judgement.verdict)}: “{shown}”"
        yield from (f"     {line}" for line in item_lines(item))
        if outcome_of(item.judgement.verdict) is not CheckOutcome.RIGHT and (
            right := right_quotation(check, item)
        ):
            yield f"     Right: {right}"


def item_lines(item: CheckedQuotation) -> Iterator[str]:
    """Yield what is known of a quotation, a sentence a line."""
    if item.citation:
        cited = f"{spaced_symbol(item.citation.symbol)} {item.cited_label}".strip()
        yield f"Cites {cited} ({_BOUND_BY[item.citation.bound_by]})."
    yield item.judgement.message
    for change in item.judgement.differences:
        yield f"given “{change.given}”, printed “{change.printed}”"
    if item.count:
        yield _occurrences(item)


def right_quotation(check: TextCheck, item: CheckedQuotation) -> str:
    """Return the printed text with its citation, ready to copy; "" where none is known."""
    judgement = item.judgement
    if not judgement.printed or not judgement.labels:
        return ""
    passages = (check.corpus.passage(judgement.symbol, label) for label in judgement.labels)
    cited = "; ".join(citation_of(check.corpus, each) for each in passages if each is not None)
    return f"“{judgement.printed}” ({cited})"


def citation_lines(check: TextCheck) -> Iterator[str]:
    """Yield a line for each citation of a place that does not exist or is not loaded, once."""
    lines = (
        f"Not loaded: {spaced_symbol(citation.symbol)}"
        if citation.exists is None
        else f"No such place: {spaced_symbol(citation.symbol)} {citation.label}"
        for citation in check.citations
        if not citation.exists
    )
    yield from dict.fromkeys(lines)


def name_of(verdict: QuoteVerdict) -> str:
    """Return a verdict in words."""
    return _NAMES.get(verdict, verdict.value.replace("_", " "))


def _occurrences(item: CheckedQuotation) -> str:
    first, latest = (f"{place.symbol} {place.label}" for place in (item.places[0], item.places[-1]))
    if item.count == 1:
        return f"These words occur once, in {first}."
    return f"These words occur in {item.count} paragraphs, first in {first}, latest in {latest}."
