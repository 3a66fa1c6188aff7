"""What a conversation has come to: the state that is carried from turn to turn.

It is a value: a program that keeps several conversations keeps one state for each, in memory or as
the record that an answer carries in JSON.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from qa.errors import InputError
from qa.question.patterns import rules
from qa.question.question import Question
from qa.question.restriction import NO_RESTRICTION, Restriction
from qa.question.state_record import NOT_A_STATE, state_from_record, state_record
from qa.question.turns import Inheritance
from qa.resolutions.model import Kind
from qa.resolutions.periods import ANY_TIME

MAX_SHOWN = 100  # quotations that an ordinal can name
MAX_DOCUMENTS = 500
MAX_FACTS = 20
MAX_SEEN = 500  # passages that "more" leaves out
MAX_VISITED = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownQuote:
    """A quotation that was shown; its place in the state is its ordinal."""

    symbol: str
    label: str
    place: str  # as its citation prints it: "para. 6"
    kind: Kind = Kind.OPERATIVE
    number: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownFact:
    """A fact that was stated."""

    symbol: str
    field: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ConversationState:
    """What the next turn may refer to. It survives a refusal."""

    plan: Question | None = None  # the last question that was searched for or looked up, whole
    topic: Question | None = None  # the last one that was about more than a document
    restriction: Restriction = NO_RESTRICTION  # "only 2024", until it is dropped
    shown: tuple[ShownQuote, ...] = ()  # by the last answer that showed any, in order
    current: tuple[ShownQuote, ...] = ()  # of the last answer, where it kept the list before it
    seen: tuple[str, ...] = ()  # "A/RES/61/181 OP6": shown for this question, "more" included
    documents: tuple[str, ...] = ()  # symbols, those that the question names first
    facts: tuple[ShownFact, ...] = ()
    compared: tuple[str, ...] = ()  # the documents that were compared last
    visited: tuple[str, ...] = ()  # the first document of each answer, the newest last
    turns: int = 0  # so far

    def record(self) -> dict[str, Any]:
        """Return the state as values that JSON can hold; what is empty is left out."""
        return state_record(self)

    @classmethod
    def from_record(cls, record: Mapping[str, Any]) -> "ConversationState":
        """Return the state that `record` gives.

        Raises:
            InputError: it is not such a record, or too large.
        """
        state = state_from_record(cls, record)
        for question in filter(None, (state.plan, state.topic)):
            named = {*question.fields, *(name for name, _ in question.values)}
            if not named <= {*rules("field"), *rules("value")}:
                raise InputError(NOT_A_STATE)
        return state

    def kept(self, inherits: Inheritance) -> "ConversationState":
        """Return the state without what a kind of turn drops."""
        return replace(
            self,
            plan=self.plan if inherits.question else None,
            topic=self.topic if inherits.question else None,
            restriction=_kept_restriction(self.restriction, inherits),
            documents=self.documents if inherits.documents else (),
            facts=self.facts if inherits.documents else (),
            compared=self.compared if inherits.documents else (),
            visited=self.visited if inherits.documents else (),
            shown=self.shown if inherits.shown else (),
            current=self.current if inherits.shown else (),
            seen=self.seen if inherits.shown else (),
        )

    @property
    def question(self) -> Question:
        """The last question; one of the document that was shown where there is none."""
        return self.plan or Question(text="")

    @property
    def asked(self) -> Question:
        """The last question of a topic, where the last one only asked of a document."""
        return self.topic or self.question

    @property
    def latest(self) -> Question:
        """The last question that was about a topic, with what was added to it."""
        plan = self.plan
        is_topic = plan is not None and plan.names_topic and not (plan.symbols or plan.places)
        return plan if plan is not None and is_topic else self.asked

    @property
    def quoted(self) -> tuple[ShownQuote, ...]:
        """The quotations of the last answer."""
        return self.current or self.shown

    @property
    def is_place(self) -> bool:
        """Whether the last question named a paragraph, or one that was shown."""
        return bool(self.current or self.question.places or self.question.printed_place)

    @property
    def last_two(self) -> tuple[str, ...]:
        """The two documents that were looked at last, the older one first in the conversation."""
        different = tuple(dict.fromkeys((*reversed(self.visited), *self.documents)))
        return different[:2][::-1]

    @property
    def focus(self) -> str | None:
        """The document that "it" means; None if there is none."""
        return self.documents[0] if self.documents else None


def _kept_restriction(restriction: Restriction, inherits: Inheritance) -> Restriction:
    if not inherits.restriction:
        return NO_RESTRICTION
    return restriction if inherits.time else replace(restriction, adopted=ANY_TIME, sessions=())


NO_CONVERSATION = ConversationState()
