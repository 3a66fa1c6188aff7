"""The answer to one turn of a conversation: the first of its readings that is answered."""

from collections.abc import Callable
from dataclasses import dataclass

from qa.answer import Answer, AnswerRoute, RefusalKind
from qa.answering.context import AnswerContext
from qa.answering.pipeline import answer_question
from qa.answering.ranked_search import nearest_quotes
from qa.answering.replies import refuse, reply_with_quotes
from qa.answering.restricting import allowed, nothing_within, within
from qa.question.conversation import ConversationState
from qa.question.follow_up import CompletedTurn
from qa.question.question import Question
from qa.search.filters import Filters

ContextOf = Callable[[Question, Filters, int], AnswerContext]
"""Returns the context of a question, with its filters and how many quotations it may give."""

NO_MORE = "All that was found has been shown."


@dataclass(frozen=True, slots=True, kw_only=True)
class TurnAnswer:
    """An answer with the question that it answers."""

    answer: Answer
    plan: Question
    is_new_topic: bool = False  # the turn was answered by itself


def answer_turn(
    turn: CompletedTurn,
    state: ConversationState,
    context_of: ContextOf,
    *,
    filters: Filters,
    top: int,
) -> TurnAnswer:
    """Return the answer to the first reading of a turn that has one, within its restriction.

    Args:
        turn: as it was completed.
        state: of the conversation before it.
        context_of: gives the context of a reading.
        filters: of the front end.
        top: quotations at most.
    """
    if turn.refused:
        answer = refuse(RefusalKind.NOT_A_QUESTION, turn.refused)
        return TurnAnswer(answer=answer, plan=turn.readings[0])
    narrowed = within(filters, turn.restriction)
    refused: TurnAnswer | None = None
    given = TurnAnswer(answer=nothing_within(turn.restriction), plan=turn.readings[0])
    for question in turn.readings:
        if narrowed is None:
            answer = nothing_within(turn.restriction)
        elif turn.is_more:
            answer = _more(question, state, context_of, narrowed, top)
        else:
            answer = answer_question(context_of(question, narrowed, top))
        if narrowed is not None:
            corpus = context_of(question, narrowed, top).corpus
            answer = allowed(answer, turn.restriction, corpus)
        given = TurnAnswer(answer=answer, plan=question)
        if answer.answered and _holds(answer, turn.own_words):
            return given
        if not answer.answered:
            refused = refused or given
    if turn.alone is not None:
        answer = answer_question(context_of(turn.alone, filters, top))
        by_itself = TurnAnswer(answer=answer, plan=turn.alone, is_new_topic=True)
        if answer.answered or refused is None:
            return by_itself
    return refused or given


def _holds(answer: Answer, words: tuple[str, ...]) -> bool:
    """Return whether the first quotation has one of the words; true where there are none."""
    text = answer.quotes[0].text.lower() if answer.quotes else ""
    return not words or not answer.quotes or any(word[:STEM] in text for word in words)


STEM = 5  # letters of a word that its forms share


def _more(
    question: Question, state: ConversationState, context_of: ContextOf, filters: Filters, top: int
) -> Answer:
    """Return what a question finds besides what was shown for it before."""
    seen = frozenset(state.seen)
    wanted = top + len(seen)
    context = context_of(question, filters, wanted)
    answer = answer_question(context)
    quotes = tuple(quote for quote in answer.quotes if f"{quote.symbol} {quote.label}" not in seen)
    if not quotes and answer.road is AnswerRoute.SEARCH:
        nearest = nearest_quotes(context.corpus, context.retriever, question, filters, wanted)
        quotes = tuple(quote for quote in nearest if f"{quote.symbol} {quote.label}" not in seen)
    if not quotes:
        return refuse(RefusalKind.NOT_IN_TEXTS, NO_MORE)
    return reply_with_quotes(answer.road, quotes[:top], total=answer.total)
