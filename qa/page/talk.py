"""One reader's conversation: what was asked, what was answered, what a form asked for."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from embeddings.errors import EmbeddingsError
from qa.answer import Answer
from qa.assistant import Assistant
from qa.conversation import leads_nowhere
from qa.errors import OperativeError
from qa.page.words import narrowed_html, turn_html
from qa.question import Filters
from qa.render.html import answer_html, error_html
from qa.resolutions.model import Kind
from qa.settings import DEFAULT_TOP

KEPT_TURNS = 30  # the page sends its turns whole each time
ALL_KINDS = "All, operative first"
OPERATIVE_ONLY = "Operative only"
BODIES = {
    "A": "General Assembly",
    "S": "Security Council",
    "E": "Economic and Social Council",
    "HRC": "Human Rights Council",
    "other": "Other",
}
MISSING = "Please type a question first, for example “61/181 OP6”."


# What the boxes hold: since, until, quotations, token budget, kind of paragraph, bodies.
Form = tuple[str | None, str | None, str | None, str | None, str | None, Sequence[str] | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """What the form beside the question asks for."""

    since: int | None = None
    until: int | None = None
    top: int = DEFAULT_TOP
    max_tokens: int | None = None
    operative_only: bool = False
    bodies: tuple[str, ...] = ()
    problem: str = ""  # one sentence about wishes that cannot be met

    @classmethod
    def read(cls, form: Form) -> "Wishes":
        """Return the wishes that the form's boxes hold; an empty box wishes nothing."""
        since, until, top, budget, kinds, bodies = form
        typed = {"year": (since, until), "number of quotations": (top,), "token budget": (budget,)}
        for name, values in typed.items():
            for value in values:
                if value and value.strip() and not _WHOLE.fullmatch(value.strip()):
                    return cls(problem=f"“{value.strip()}” is no {name}: type it in digits.")
        first, last = _whole(since), _whole(until)
        if first and last and first > last:
            return cls(problem=f"No year is both after {first} and before {last}: swap the years.")
        return cls(
            since=first,
            until=last,
            top=_whole(top) or DEFAULT_TOP,
            max_tokens=_whole(budget),
            operative_only=kinds == OPERATIVE_ONLY,
            bodies=tuple(bodies or ()),
        )

    @property
    def filters(self) -> Filters:
        """The same as the assistant's filters."""
        return Filters(
            bodies=frozenset(self.bodies),
            since=self.since,
            until=self.until,
            kinds=frozenset({Kind.OPERATIVE}) if self.operative_only else frozenset(),
        )

    @property
    def words(self) -> str:
        """The filters in words, "adopted since 2005, operative paragraphs only"; often empty."""
        parts = [
            f"adopted since {self.since}" if self.since else "",
            f"adopted until {self.until}" if self.until else "",
            "operative paragraphs only" if self.operative_only else "",
            f"adopted by {' or '.join(BODIES.get(body, body) for body in self.bodies)}"
            if self.bodies
            else "",
        ]
        return ", ".join(part for part in parts if part)


@dataclass(frozen=True, slots=True, kw_only=True)
class Talk:
    """A conversation so far."""

    turns: tuple[str, ...] = ()  # HTML, oldest first
    asked: int = 0  # questions so far, also those no longer kept
    previous: Answer | None = None  # what a follow-up refers to
    failed: bool = field(default=False, compare=False)  # the last question met a fault

    def with_reply(self, question: str, reply: str) -> "Talk":
        """Return the conversation with one more turn; the oldest goes when there are too many."""
        turn = turn_html(self.asked + 1, question, reply)
        return replace(self, turns=(*self.turns, turn)[-KEPT_TURNS:], asked=self.asked + 1)


_WHOLE = re.compile(r"[0-9]{1,9}")


def clean(question: str | None) -> str:
    """Return a question without blanks around it and without halves of broken characters."""
    return (question or "").encode("utf-8", "replace").decode("utf-8").strip()


def reply_to(assistant: Assistant, talk: Talk, question: str, wishes: Wishes) -> Talk:
    """Ask the assistant, and return the conversation with its answer or with the fault it met."""
    try:
        answer = assistant.ask(
            question,
            previous=talk.previous,
            top=wishes.top,
            filters=wishes.filters,
            max_tokens=wishes.max_tokens,
        )
    except (OperativeError, EmbeddingsError) as error:
        return replace(talk.with_reply(question, error_html(str(error))), failed=True)
    reply = narrowed_html(wishes.words) + answer_html(answer)
    told = talk.with_reply(question, reply)
    return replace(told, previous=_referent(answer, talk.previous), failed=False)


def _referent(answer: Answer, previous: Answer | None) -> Answer | None:
    """What the next follow-up refers to: a refusal that names no document changes nothing."""
    return previous if leads_nowhere(answer) else answer


def _whole(typed: str | None) -> int | None:
    """The number in a box; None where it is empty or zero."""
    return int((typed or "").strip() or 0) or None
