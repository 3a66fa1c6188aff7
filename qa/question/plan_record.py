"""How a question was understood, as values that JSON can hold."""

from collections.abc import Iterator
from typing import Any

from qa.question.intents import intent_of
from qa.question.question import Question
from qa.resolutions.periods import ANY_TIME, Period


def plan_record(question: Question) -> dict[str, Any]:
    """Return the kind of answer that is asked for, its subject, and what restricts it.

    Each constraint has a name, an operator ("=", "in", ">=", "<=" or "between") and a value.
    """
    topic = question.topic
    if question.documents:
        topic = question.documents.topic
    elif question.requests:
        topic = question.requests.topic
    return {
        "kind": intent_of(question).value,
        "subject": topic,
        "documents": list(question.symbols),
        "constraints": list(_constraints(question)),
    }


def _constraints(question: Question) -> Iterator[dict[str, Any]]:
    listed = question.documents or question.requests
    scope = listed.scope if listed else None
    yield from _period("adopted", scope.period if scope else question.adopted)
    if question.requests:
        yield from _period("due", question.requests.due)
    bodies = scope.bodies if scope else question.acting_bodies or question.bodies
    named: tuple[tuple[str, tuple[Any, ...]], ...] = (
        ("body", tuple(sorted(bodies))),
        ("session", scope.sessions if scope else question.sessions),
        ("due_session", question.requests.due_sessions if question.requests else ()),
        ("emergency_session", (scope.emergency,) if scope and scope.emergency else ()),
        ("committee", scope.committees if scope else ()),
        ("series", tuple(sorted(scope.series)) if scope else ()),
        ("year", () if question.adopted != ANY_TIME or scope else question.years),
        ("kind", tuple(sorted(kind.value for kind in question.kinds))),
        ("verb", question.verbs),
    )
    for name, values in named:
        if values:
            yield {"name": name, "operator": "in", "value": list(values)}
    actor = question.requests.actor if question.requests else question.actor
    if actor:
        yield {"name": "addressee", "operator": "=", "value": actor}


def _period(name: str, period: Period) -> Iterator[dict[str, Any]]:
    first = period.since.isoformat() if period.since else None
    last = period.until.isoformat() if period.until else None
    if first and last:
        yield {"name": name, "operator": "between", "value": [first, last]}
    elif first:
        yield {"name": name, "operator": ">=", "value": first}
    elif last:
        yield {"name": name, "operator": "<=", "value": last}
