"""What a question was read to ask for beside its topic, said in words, and set aside on request."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace

from qa.question.question import Question
from qa.question.topic import names_topic
from qa.resolutions.cite.numbers import ordinal
from qa.resolutions.model import Kind
from qa.resolutions.periods import MONTHS
from qa.resolutions.tables.read_tables import rows

_KINDS = {
    Kind.OPERATIVE: "operative paragraphs",
    Kind.PREAMBULAR: "preambular paragraphs",
    Kind.ANNEX: "annexes",
    Kind.NOTE: "notes",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Constraint:
    """Something that a question was read to ask for besides its topic."""

    name: str  # "bodies", "years", "sessions", "kinds", "verbs", "actor"
    words: str  # "General Assembly"
    weighed: bool = True  # False: left out of the search on request


def constraints_of(question: Question, aside: Collection[str] = ()) -> tuple[Constraint, ...]:
    """Return what else than its topic speaks for a passage: body, time, kind, verbs, addressee.

    Args:
        question: as it was read, whole.
        aside: names of the readings that are set aside.
    """
    return tuple(replace(one, weighed=one.name not in aside) for one in _readings(question))


def without_constraints(question: Question, names: Collection[str]) -> Question:
    """Return the question as if it did not ask for the readings of these names."""
    kept = question
    if "bodies" in names:
        kept = replace(kept, bodies=frozenset())
    if "years" in names:
        kept = replace(
            kept,
            years=(),
            months=(),
            names_by_year=False,
            names_topic=names_topic(kept.topic, names_by_year=False),
        )
    if "sessions" in names:
        kept = replace(kept, sessions=())
    if "kinds" in names:
        kept = replace(kept, kinds=frozenset())
    if "verbs" in names:
        kept = replace(kept, verbs=())
    return replace(kept, actor=None) if "actor" in names else kept


def _readings(question: Question) -> Iterator[Constraint]:
    organs = {row["body"]: row["name"] for row in rows("organs")}
    if question.bodies:
        named = sorted(organs.get(one, one) for one in question.bodies)
        yield Constraint(name="bodies", words=" or ".join(named))
    if question.years:
        months = [MONTHS[one - 1] for one in question.months]
        yield Constraint(
            name="years",
            words=" ".join((" or ".join(months), " or ".join(map(str, question.years)))).strip(),
        )
    if question.sessions:
        named = [f"{ordinal(one)} session" for one in question.sessions]
        yield Constraint(name="sessions", words=" or ".join(named))
    if question.kinds:
        named = sorted(_KINDS[one] for one in question.kinds if one in _KINDS)
        yield Constraint(name="kinds", words=" or ".join(named))
    if question.verbs:
        # A verb may be listed in several forms, "demands" and "reiterates its demand".
        yield Constraint(name="verbs", words=f"“{min(question.verbs, key=len)}”")
    if question.actor:
        yield Constraint(name="actor", words=f"addressed to: {question.actor}")
