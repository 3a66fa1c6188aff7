"""The constraints of a question besides its topic, in words, and the question without them."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace

from qa.question.question import Question
from qa.resolutions.body_names import BODY_NAMES
from qa.resolutions.cite.numbers import ordinal
from qa.resolutions.kind_names import KIND_NAMES
from qa.resolutions.periods import ANY_TIME, MONTHS


@dataclass(frozen=True, slots=True, kw_only=True)
class Constraint:
    """Something that a question was read to ask for besides its topic."""

    name: str  # "bodies", "years", "sessions", "kinds", "verbs", "actor"
    words: str  # "General Assembly"
    weighed: bool = True  # False: left out of the search on request


def constraints_of(question: Question, ignored: Collection[str] = ()) -> tuple[Constraint, ...]:
    """Return what else than its topic speaks for a passage: body, time, kind, verbs, addressee.

    Args:
        question: as it was read, whole.
        ignored: names of the constraints that the search does not weigh.
    """
    return tuple(
        replace(constraint, weighed=constraint.name not in ignored)
        for constraint in _constraints(question)
    )


def without_constraints(question: Question, names: Collection[str]) -> Question:
    """Return the question as if it did not ask for the readings of these names."""
    kept = question
    if "bodies" in names:
        kept = replace(kept, bodies=frozenset(), acting_bodies=frozenset())
    if "adopted" in names:
        kept = replace(kept, adopted=ANY_TIME)
    if "years" in names:
        kept = replace(kept, years=(), months=(), adopted=ANY_TIME, names_by_year=False)
        kept = kept.with_topic(kept.topic)
    if "sessions" in names:
        kept = replace(kept, sessions=())
    if "kinds" in names:
        kept = replace(kept, kinds=frozenset())
    if "verbs" in names:
        kept = replace(kept, verbs=())
    return replace(kept, actor=None) if "actor" in names else kept


def _constraints(question: Question) -> Iterator[Constraint]:
    if question.bodies:
        named = sorted(BODY_NAMES.get(body, body) for body in question.bodies)
        yield Constraint(name="bodies", words=" or ".join(named))
    if question.adopted.is_range:
        yield Constraint(name="adopted", words=f"adopted {question.adopted.in_words()}")
    if question.years:
        months = [MONTHS[month - 1] for month in question.months]
        yield Constraint(
            name="years",
            words=" ".join((" or ".join(months), " or ".join(map(str, question.years)))).strip(),
        )
    if question.sessions:
        named = [f"{ordinal(session)} session" for session in question.sessions]
        yield Constraint(name="sessions", words=" or ".join(named))
    if question.kinds:
        named = sorted(KIND_NAMES[kind].plural for kind in question.kinds)
        yield Constraint(name="kinds", words=" or ".join(named))
    if question.verbs:
        # A verb may be listed in several forms, "demands" and "reiterates its demand".
        yield Constraint(name="verbs", words=f"“{min(question.verbs, key=len)}”")
    if question.actor:
        yield Constraint(name="actor", words=f"addressed to: {question.actor}")
