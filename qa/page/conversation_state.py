"""The conversation of one reader: questions and answers."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, replace
from urllib.parse import parse_qs

import msgspec
from markupsafe import Markup

from qa.answer import Answer
from qa.page.form_state import MAX_SHOWN, FormState, from_address
from qa.page.markup import turn_html
from qa.question.conversation import NO_CONVERSATION, ConversationState
from qa.settings import DEFAULT_TOP

KEPT_TURNS = 20  # in the browser; more would take long to answer again
MAX_KEPT_BYTES = 32 * 1024  # sent with the page when it is loaded again
KEPT_ANSWERS = 200  # that can be exported; the oldest are dropped first
MISSING = "Please type a question first, for example “61/181 OP6”."


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptTurn:
    """A question with all that decides its answer, as the browser keeps it."""

    question: str
    understood: str
    filters: str = ""  # as part of an address, "&since=2005"
    top: int = DEFAULT_TOP
    unread: str = ""
    number: int = 0  # of the turn, as it is shown; 0 where that is not known

    @classmethod
    def read(cls, kept: object) -> "tuple[KeptTurn, ...]":
        """Return the turns that a browser kept; what has another form is left out."""
        turns = []
        for turn in kept if isinstance(kept, list) else []:
            try:
                turns.append(msgspec.convert(turn, cls))
            except msgspec.ValidationError:
                continue
        return tuple(turns[-KEPT_TURNS:])

    @property
    def state(self) -> FormState:
        """The state of the form in which it was asked."""
        return replace(from_address(parse_qs(self.filters)), top=min(max(1, self.top), MAX_SHOWN))


@dataclass(frozen=True, slots=True, kw_only=True)
class AnsweredTurn:
    """What came of a question."""

    reply: Markup  # the answer or an error, as HTML
    answer: Answer | None = None  # None after an error; the question can be asked again
    kept: KeptTurn | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Conversation:
    """A conversation so far; the browser keeps the turns before the newest.

    A server holds it to save time: what the browser keeps is enough to make it again.
    """

    turn: Markup = field(default_factory=Markup)  # the newest, as HTML
    asked: int = 0  # questions so far
    pending: str = ""  # the question that is being answered
    state: ConversationState = NO_CONVERSATION  # what a follow-up refers to
    answers: tuple[tuple[int, Answer], ...] = ()  # each with its turn, oldest first
    failed: bool = field(default=False, compare=False)  # the last question ended in an error
    kept: tuple[KeptTurn, ...] = ()  # what the browser keeps, to ask again after a refresh

    @property
    def to_keep(self) -> list[dict[str, object]]:
        """The newest turns as values that JSON can hold; the gate refuses what is larger."""
        kept: list[dict[str, object]] = []
        size = 0
        for turn in reversed(self.kept):
            size += len(msgspec.json.encode(turn))
            if size > MAX_KEPT_BYTES:
                break
            kept.insert(0, asdict(turn))
        return kept

    def is_continued_by(self, kept: Sequence[KeptTurn]) -> bool:
        """Return whether a browser that kept these turns shows this conversation.

        The newest turn may still be on its way to where the browser keeps it.
        """
        return tuple(kept[-1:]) in {self.kept[-1:], self.kept[-2:-1]}

    def with_turn(self, question: str, turn: AnsweredTurn) -> "Conversation":
        """Return the conversation with one more turn."""
        asked = self.asked + 1
        shown = turn_html(asked, question, turn.reply)
        continued = replace(self, turn=shown, asked=asked, pending="", failed=turn.answer is None)
        if turn.answer is None or turn.kept is None:
            return continued
        return replace(
            continued,
            state=turn.answer.conversation,
            answers=(*self.answers, (asked, turn.answer))[-KEPT_ANSWERS:],
            kept=(*self.kept, turn.kept)[-KEPT_TURNS:],
        )
