"""An answer as plain values, in the format of the public contract."""

from typing import Any

from qa.answer import Answer, Fact, KinParagraph, Quote, Refusal
from qa.resolutions.export import action_record
from qa.resolutions.series_place import SeriesPlace


def answer_record(answer: Answer, identity: str | int | None = None) -> dict[str, Any]:
    """Return an answer as values that JSON can hold; dates are ISO, spans are pairs.

    Args:
        answer: what was answered.
        identity: id of the question, if it has one.
    """
    return {
        "id": identity,
        "question": answer.question,
        "understood": answer.understood,
        "answered": answer.answered,
        "state": answer.state.value if answer.state else None,
        "plan": answer.plan_record,
        "road": answer.road.value,
        "action": answer.action,
        "message": answer.message,
        "refusal": _refusal_record(answer.refusal) if answer.refusal else None,
        "total": answer.total,
        "facts": [_fact_record(fact) for fact in answer.facts],
        "quotes": [quote_record(quote) for quote in answer.quotes],
        "tokens": answer.tokens,
        "omitted": answer.omitted,
        "follow_ups": list(answer.follow_ups),
        "readings": [
            {
                "name": constraint.name,
                "words": constraint.words,
                "weighed": constraint.weighed,
            }
            for constraint in answer.readings
        ],
        "conversation_state": answer.conversation.record(),
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
        "status": quote.status.value,
        "chapeau": quote.chapeau,
        "text": quote.text,
        "highlight": [[span.start, span.end] for span in quote.highlight],
        "citation": quote.citation,
        "url": quote.url,
        "origin": quote.origin.value,
        "score": quote.score,
        "verbs": [action_record(action) for action in quote.actions],
        "citations": [
            {"symbol": cited.symbol, "start": cited.start, "end": cited.end}
            for cited in quote.citations
            if cited.resolved
        ],
        "same_wording": [
            {
                "symbol": same.symbol,
                "label": same.label,
                "adopted": same.adopted.isoformat() if same.adopted else None,
            }
            for same in quote.same_wording
        ],
        "kin": [_kin_record(kin) for kin in quote.kin],
        "more_kin": quote.more_kin,
        "series": _series_record(quote.series) if quote.series else None,
        "rows": [
            {"start": row.span.start, "end": row.span.end, "cells": list(row.cells)}
            for row in quote.rows
        ],
        "items": [{"label": item.label, "text": item.text} for item in quote.items],
        "more_items": quote.more_items,
        "source": {
            "file": quote.source.file,
            "sha256": quote.source.sha256,
            "start": quote.start,
            "end": quote.end,
            "publisher": quote.provenance.publisher,
            "release": quote.provenance.release,
            "fetched": quote.provenance.fetched,
            "added": quote.provenance.added,
            "has_catalogued_file": quote.provenance.has_catalogued_file,
            "conflicts": list(quote.source.conflicts),
        },
    }


def _kin_record(kin: KinParagraph) -> dict[str, Any]:
    return {
        "symbol": kin.symbol,
        "label": kin.label,
        "adopted": kin.adopted.isoformat() if kin.adopted else None,
        "differs": [{"here": change.here, "there": change.there} for change in kin.differs],
    }


def _series_record(series: SeriesPlace) -> dict[str, Any]:
    return {
        "name": series.name,
        "position": series.position,
        "of": series.of,
        "newest": series.newest,
        "superseded_by": series.superseded_by,
    }


def _fact_record(fact: Fact) -> dict[str, Any]:
    return {
        "symbol": fact.symbol,
        "field": fact.field,
        "value": fact.value,
        "printed": fact.printed,
        "source": {"file": fact.source.file, "line": fact.source.line} if fact.source else None,
    }


def _refusal_record(refusal: Refusal) -> dict[str, Any]:
    return {
        "kind": refusal.kind.value,
        "message": refusal.message,
        "nearest": [quote_record(quote) for quote in refusal.nearest],
        "link": refusal.link,
    }
