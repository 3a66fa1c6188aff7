"""What a conversation has come to after an answer."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from qa.answer import Answer, AnswerRoute, Quote, RefusalKind
from qa.question.conversation import (
    MAX_DOCUMENTS,
    MAX_FACTS,
    MAX_SEEN,
    MAX_SHOWN,
    MAX_VISITED,
    NO_CONVERSATION,
    ConversationState,
    ShownFact,
    ShownQuote,
)
from qa.question.question import Question
from qa.question.topic_turns import without_spans_of_years
from qa.question.turn_in_words import CompletedTurn
from qa.question.turns import ACTS, INHERITS, TurnKind

MAX_WEIGHED = 5  # first quotations that say which document is spoken of


def state_after(
    before: ConversationState, asked: Question, turn: CompletedTurn, answer: Answer
) -> ConversationState:
    """Return the state of a conversation after one more answer.

    A refusal keeps what was shown before it; of a turn that was understood it keeps the question,
    too, so that the next turn may change the part of it that has no answer.

    Args:
        before: the state that the turn was asked in.
        asked: the turn as it was read.
        turn: what it was completed to.
        answer: the answer to it, with its plan.
    """
    kind = asked.refers.kind
    counted = replace(before, turns=before.turns + 1)
    if kind is TurnKind.CLEAR:
        return NO_CONVERSATION
    if kind in ACTS or turn.refused or _leads_nowhere(answer):
        return counted
    base = counted if turn.continues else replace(NO_CONVERSATION, turns=counted.turns)
    if not answer.answered and not turn.continues:
        base = replace(counted, restriction=turn.restriction, seen=())
    plan = without_spans_of_years(answer.plan) if answer.plan else None
    keeps_topic = turn.is_of_document or (turn.is_part and base.topic is not None)
    topic = base.topic if keeps_topic else _topic_of(plan)
    state = replace(base, plan=plan, topic=topic, restriction=turn.restriction)
    return _with_documents(_with_shown(state, asked, turn, answer), answer)


def _topic_of(plan: Question | None) -> Question | None:
    return plan if plan is not None and plan.names_topic and not plan.places else None


def _leads_nowhere(answer: Answer) -> bool:
    """Return whether an answer gives nothing that a follow-up can refer to."""
    refusal = answer.refusal
    return refusal is not None and refusal.kind in _NOWHERE


_NOWHERE = (RefusalKind.NOT_A_QUESTION, RefusalKind.OTHER_LANGUAGE)


def _with_shown(
    state: ConversationState, asked: Question, turn: CompletedTurn, answer: Answer
) -> ConversationState:
    """Return the state with the quotations and facts of an answer."""
    if not answer.answered:
        return state
    kind = asked.refers.kind
    quotes = tuple(shown_quote(quote) for quote in answer.quotes[:MAX_SHOWN])
    facts = tuple(
        ShownFact(symbol=fact.symbol, field=fact.field, value=fact.value)
        for fact in answer.facts[:MAX_FACTS]
    )
    passages = tuple(f"{quote.symbol} {quote.label}" for quote in quotes)
    is_list_kept = bool(state.shown) and (INHERITS[kind].keeps_list or bool(asked.refers.step))
    seen = (*state.seen, *passages) if turn.is_more or is_list_kept else passages
    return replace(
        state,
        shown=state.shown if is_list_kept or not quotes else quotes,
        current=quotes if is_list_kept else (),
        seen=tuple(dict.fromkeys(seen))[-MAX_SEEN:],
        facts=facts,
    )


def shown_quote(quote: Quote) -> ShownQuote:
    """Return a quotation as the state of a conversation keeps it."""
    return ShownQuote(
        symbol=quote.symbol,
        label=quote.label,
        place=quote.citation.partition(", ")[2],
        kind=quote.kind,
        number=quote.number,
    )


def _most_quoted(quoted: Sequence[str]) -> list[str]:
    """Return the documents of quotations, the one that most of the first ones are from first."""
    most = Counter(quoted[:MAX_WEIGHED]).most_common()
    return [symbol for symbol, _ in most] + list(quoted[MAX_WEIGHED:])


def _with_documents(state: ConversationState, answer: Answer) -> ConversationState:
    """Return the state with the documents of an answer, those that the question names first."""
    named = state.plan.symbols if state.plan else ()
    stated = [fact.symbol for fact in answer.facts]
    quoted = [quote.symbol for quote in answer.quotes]
    if answer.road is AnswerRoute.SEARCH:
        quoted = _most_quoted(quoted)
    documents = tuple(dict.fromkeys((*named, *stated, *quoted)))[:MAX_DOCUMENTS]
    if not documents:
        return state
    compares = answer.plan is not None and answer.plan.compares and len(named) > 1
    visited = (*(symbol for symbol in state.visited if symbol != documents[0]), documents[0])
    return replace(
        state,
        documents=documents,
        compared=named[:2] if compares else state.compared,
        visited=visited[-MAX_VISITED:],
    )
