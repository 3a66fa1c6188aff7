"""An answer as plain values, in the form that the public contract states."""

from typing import Any

from qa.answer import Answer, Fact, Quote, Refusal
from qa.resolutions.export import action_record


def answer_record(answer: Answer, identity: str | int | None = None) -> dict[str, Any]:
    """Return an answer as values that JSON can hold; dates are ISO, spans are pairs.

    Args:
        answer: what was answered.
        identity: the id that the question came with, if any.
    """
    return {
        "id": identity,
        "question": answer.question,
        "understood": answer.understood,
        "answered": answer.answered,
        "road": answer.road.value,
        "message": answer.message,
        "refusal": _refusal_record(answer.refusal) if answer.refusal else None,
        "facts": [_fact_record(one) for one in answer.facts],
        "quotes": [quote_record(one) for one in answer.quotes],
        "tokens": answer.tokens,
        "omitted": answer.omitted,
        "follow_ups": list(answer.follow_ups),
        "readings": [
            {"name": one.name, "words": one.words, "weighed": one.weighed}
            for one in answer.readings
        ],
        "index": {"generation": answer.generation, "model": answer.model},
        "timing_ms": dict(answer.timing_ms),
    }


def quote_record(quote: Quote) -> dict[str, Any]:
    """Return one quotation as values that JSON can hold."""
    return {
        "symbol": quote.symbol,
        "title": quote.title,
        "subjects": list(quote.subjects),
        "adopted": quote.adopted.isoformat() if quote.adopted else None,
        "label": quote.label,
        "number": quote.number,
        "kind": quote.kind.value,
        "chapeau": quote.chapeau,
        "text": quote.text,
        "highlight": [[span.start, span.end] for span in quote.highlight],
        "citation": quote.citation,
        "url": quote.url,
        "score": quote.score,
        "verbs": [action_record(one) for one in quote.actions],
        "citations": [
            {"symbol": one.symbol, "start": one.start, "end": one.end}
            for one in quote.citations
            if one.resolved
        ],
        "same_wording": [
            {
                "symbol": one.symbol,
                "label": one.label,
                "adopted": one.adopted.isoformat() if one.adopted else None,
            }
            for one in quote.same_wording
        ],
        "source": {
            "file": quote.source.file,
            "sha256": quote.source.sha256,
            "start": quote.start,
            "end": quote.end,
        },
    }


def _fact_record(fact: Fact) -> dict[str, Any]:
    return {
        "symbol": fact.symbol,
        "field": fact.field,
        "value": fact.value,
        "printed": fact.printed,
    }


def _refusal_record(refusal: Refusal) -> dict[str, Any]:
    return {
        "kind": refusal.kind.value,
        "message": refusal.message,
        "nearest": [quote_record(one) for one in refusal.nearest],
        "link": refusal.link,
    }
