"""The work behind the page, as jobs of an `AnswerPool`: what they return is ready to be shown."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from markupsafe import Markup

from embeddings.index_errors import EmbeddingsError
from qa.answer import Answer
from qa.answering.quotation import quote
from qa.assistant import Assistant
from qa.desks.paragraph_chain import paragraph_history
from qa.errors import OperativeError
from qa.page.answer_charts import answer_chart_html, citation_links
from qa.page.conversation_state import AnsweredTurn, Conversation, KeptTurn
from qa.page.form_state import FormState
from qa.page.markup import active_filters_html, feedback_html
from qa.question.conversation import ConversationState
from qa.render.answer_html import answer_html, error_html
from qa.render.export_files import FORMS, parts_of
from qa.render.history_html import history_html
from qa.render.resolution_html import document_html
from qa.search.filters import Counts, Filters


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedTurn:
    """A question of a conversation, with all that decides how its answer is shown."""

    number: int
    question: str  # as typed
    form: FormState
    conversation: ConversationState  # so far
    unread: tuple[str, ...] = ()  # names of constraints to ignore
    takes_feedback: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedDocument:
    """A document or the history of a paragraph, ready to be shown."""

    page: Markup
    message: str  # read out


def answer_turn(assistant: Assistant, turn: AskedTurn) -> AnsweredTurn:
    """Return the answer to a question of a conversation, or the error in its place."""
    try:
        answer = assistant.ask(
            turn.question,
            previous=turn.conversation,
            top=turn.form.top,
            filters=turn.form.filters,
            max_tokens=turn.form.max_tokens,
            unread=turn.unread,
        )
    except (OperativeError, EmbeddingsError) as error:
        return AnsweredTurn(reply=error_html(str(error)))
    kept = KeptTurn(
        question=turn.question,
        understood=answer.understood or turn.question,
        filters=turn.form.query,
        top=turn.form.top,
        unread=" ".join(turn.unread),
        number=turn.number,
    )
    return AnsweredTurn(reply=_reply(assistant, answer, turn), answer=answer, kept=kept)


def answer_again(
    assistant: Assistant, turns: Sequence[KeptTurn], *, takes_feedback: bool
) -> Conversation:
    """Return the conversation whose turns a browser kept, each asked again.

    Args:
        assistant: answers the questions.
        turns: oldest first.
        takes_feedback: whether readers may say that an answer is wrong.
    """
    conversation, shown = Conversation(), Markup()
    for turn in turns:
        asked = AskedTurn(
            number=turn.number or conversation.asked + 1,
            question=turn.question,
            form=turn.state,
            conversation=conversation.state,
            unread=tuple(turn.unread.split()),
            takes_feedback=takes_feedback,
        )
        conversation = replace(conversation, asked=asked.number - 1)
        conversation = conversation.with_turn(turn.question, answer_turn(assistant, asked))
        shown += conversation.turn
    return replace(conversation, turn=shown)


def open_document(
    assistant: Assistant, symbol: str, label: str, *, is_history: bool
) -> OpenedDocument | None:
    """Return a document opened at a label, or the history of a paragraph; None if not loaded."""
    corpus = assistant.corpus
    resolution = corpus.resolution(symbol)
    passage = corpus.passage(resolution.symbol, label) if resolution else None
    if resolution is None or (is_history and passage is None):
        return None
    if is_history and passage:
        versions = paragraph_history(corpus, passage).passages
        texts = [quote(corpus, version) for version in versions]
        return OpenedDocument(
            page=history_html(texts, symbol, label),
            message=f"The history of {symbol} {label} is open.",
        )
    page = document_html(
        resolution,
        label,
        is_loaded=lambda symbol: corpus.place(symbol) is not None,
        links=citation_links(resolution, corpus),
    )
    where = f" at {label}" if label else ""
    return OpenedDocument(page=page, message=f"{symbol} is open{where}.")


def export_answers(
    assistant: Assistant,
    form: str,
    answers: Sequence[Answer],
    picked: Sequence[str],
    filters: Filters,
) -> bytes | None:
    """Return quotations as a file; of a list all of them; None if there are none.

    Args:
        assistant: asks again where an answer shows a part of a list.
        form: a key of `FORMS`.
        answers: of the conversation.
        picked: the quotations to export; empty for all.
        filters: of the form.
    """
    if not picked:
        answers = [_whole(assistant, answer, filters) for answer in answers]
    kind, parts = FORMS.get(form), parts_of(answers, picked)
    return kind.write(parts) if kind and parts else None


def count_passages(assistant: Assistant, filters: Filters) -> Counts:
    """Return how many passages pass, and how many each further choice would leave."""
    return assistant.counts(filters)


def _reply(assistant: Assistant, answer: Answer, turn: AskedTurn) -> Markup:
    corpus = assistant.corpus
    filters = active_filters_html(turn.form.in_words(), answer.understood or answer.question)
    shown = answer_html(
        answer,
        is_loaded=lambda symbol: corpus.place(symbol) is not None,
        filter_query=turn.form.query,
    )
    feedback = feedback_html(turn.number) if turn.takes_feedback else Markup()
    return filters + shown + answer_chart_html(answer, corpus) + feedback


def _whole(assistant: Assistant, answer: Answer, filters: Filters) -> Answer:
    """Return an answer with all quotations of its list."""
    if not answer.quotes or answer.total is None or answer.total <= len(answer.quotes):
        return answer
    return assistant.ask(answer.understood, top=answer.total, filters=filters)
