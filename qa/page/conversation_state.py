"""The conversation of one reader: questions and answers."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import asdict, dataclass, field, replace
from urllib.parse import parse_qs

import msgspec
from markupsafe import Markup

from embeddings.index_errors import EmbeddingsError
from qa.answer import Answer
from qa.assistant import Assistant
from qa.errors import OperativeError
from qa.page.form_state import MAX_SHOWN, FormState, from_address
from qa.page.markup import active_filters_html, turn_html
from qa.question.conversation import NO_CONVERSATION, ConversationState
from qa.render.answer_html import answer_html, error_html
from qa.settings import DEFAULT_TOP

Extras = Callable[[Answer], Markup]
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
class Conversation:
    """A conversation so far; the browser keeps the turns before the newest."""

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

    def with_reply(self, question: str, reply: Markup) -> "Conversation":
        """Return the conversation with one more turn."""
        turn = turn_html(self.asked + 1, question, reply)
        return replace(self, turn=turn, asked=self.asked + 1, pending="")


def reply_to(
    assistant: Assistant,
    conversation: Conversation,
    question: str,
    state: FormState,
    *,
    unread: Collection[str] = (),
    extras: Extras = lambda _: Markup(),
) -> Conversation:
    """Return the conversation with the answer of the assistant, or with its error.

    Args:
        assistant: answers the question.
        conversation: so far.
        question: as typed.
        state: of the form.
        unread: names of constraints to ignore.
        extras: returns what is shown below an answer.
    """
    try:
        answer = assistant.ask(
            question,
            previous=conversation.state,
            top=state.top,
            filters=state.filters,
            max_tokens=state.max_tokens,
            unread=unread,
        )
    except (OperativeError, EmbeddingsError) as error:
        return without_answer(conversation, question, error)
    reply = _answer_with_filters(answer, assistant, state) + extras(answer)
    turn = KeptTurn(
        question=question,
        understood=answer.understood or question,
        filters=state.query,
        top=state.top,
        unread=" ".join(unread),
    )
    continued = conversation.with_reply(question, reply)
    return replace(
        continued,
        state=answer.conversation,
        answers=(*conversation.answers, (continued.asked, answer))[-KEPT_ANSWERS:],
        failed=False,
        kept=(*conversation.kept, turn)[-KEPT_TURNS:],
    )


def without_answer(conversation: Conversation, question: str, error: Exception) -> Conversation:
    """Return the conversation with a turn that shows an error; the question can be asked again."""
    return replace(conversation.with_reply(question, error_html(str(error))), failed=True)


def restored(
    assistant: Assistant, kept: Sequence[KeptTurn], extras: Callable[[int], Extras]
) -> Conversation:
    """Return the conversation whose turns a browser kept, each asked again.

    Args:
        assistant: answers the questions.
        kept: the turns, oldest first.
        extras: returns, for the number of a turn, what is shown below its answer.
    """
    conversation, turns = Conversation(), Markup()
    for turn in kept:
        conversation = reply_to(
            assistant,
            conversation,
            turn.question,
            turn.state,
            unread=turn.unread.split(),
            extras=extras(conversation.asked + 1),
        )
        turns += conversation.turn
    return replace(conversation, turn=turns)


def _answer_with_filters(answer: Answer, assistant: Assistant, state: FormState) -> Markup:
    corpus = assistant.corpus
    filters = active_filters_html(state.in_words(), answer.understood or answer.question)
    return filters + answer_html(
        answer,
        is_loaded=lambda symbol: corpus.place(symbol) is not None,
        filter_query=state.query,
    )
