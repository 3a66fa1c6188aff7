"""The answer to one turn of a conversation: the first of its readings that is answered."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from qa.answer import Answer, AnswerRoute, Quote, RefusalKind
from qa.answering.context import AnswerContext
from qa.answering.nearest_paragraph import nearest_paragraphs, operative_first
from qa.answering.pipeline import answer_question
from qa.answering.ranked_search import nearest_quotes
from qa.answering.replies import refuse, reply_with_quotes
from qa.answering.restricting import allowed, nothing_within, within
from qa.answering.turn_choice import ContextOf, TriedReading, TurnTrial
from qa.question.conversation import ConversationState
from qa.question.question import Question
from qa.question.restriction import NO_RESTRICTION
from qa.question.turn_in_words import CompletedTurn
from qa.question.turn_reading import ReadingKind
from qa.search.filters import Filters

MIN_COVERAGE = 0.5  # of the words of a question in a paragraph that is shown as nearest
NO_MORE = "All that was found has been shown."
NO_ANSWER = "No paragraph of the loaded texts answers this."


@dataclass(frozen=True, slots=True, kw_only=True)
class TurnAnswer:
    """An answer with the question that it answers."""

    answer: Answer
    plan: Question
    turn: CompletedTurn | None = None  # as it was meant, where this was to be found out


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
    if narrowed is None:
        return TurnAnswer(answer=nothing_within(turn.restriction), plan=turn.readings[0])
    if turn.choices:
        chosen = TurnTrial(
            turn=turn,
            state=state,
            context_of=context_of,
            filters=filters,
            narrowed=narrowed,
            top=top,
        ).chosen()
        return TurnAnswer(
            answer=chosen.answer, plan=chosen.reading.question, turn=_as_meant(turn, chosen, state)
        )
    contexts = [context_of(question, narrowed, top) for question in turn.readings]
    refused: TurnAnswer | None = None
    for reading, context in zip(turn.readings, contexts, strict=True):
        answer = _more(context, state) if turn.is_more else answer_question(context)
        answer = allowed(answer, turn.restriction, context.corpus)
        if answer.answered:
            if turn.continues:
                answer = operative_first(answer, reading)
            return TurnAnswer(answer=answer, plan=reading)
        stays = turn.stays and (context.named or len(contexts) == 1) and not _is_absent(answer)
        if stays and (near := nearest_paragraphs(context, min_coverage=MIN_COVERAGE)):
            kept = allowed(operative_first(near, reading), turn.restriction, context.corpus)
            return TurnAnswer(answer=kept, plan=reading)
        refused = refused or TurnAnswer(answer=_as_refused(answer), plan=reading)
    alone = _alone(turn, context_of, filters, top)
    given = alone if alone and alone.answer.answered else None
    if given is None and not (refused and _is_absent(refused.answer)):
        given = _nearest(turn, contexts)
    last = given or refused or alone
    if last is None:
        raise ValueError("a turn has no reading")
    return last


def _is_absent(answer: Answer) -> bool:
    """Return whether a place was named that does not exist; what is nearest is not that place."""
    return answer.refusal is not None and answer.refusal.kind is RefusalKind.NO_SUCH_PARAGRAPH


def _as_refused(answer: Answer) -> Answer:
    """Return a refusal; instead of an answer that lacks what is asked, one that says so."""
    return refuse(RefusalKind.NOT_IN_TEXTS, NO_ANSWER) if answer.answered else answer


def _alone(
    turn: CompletedTurn, context_of: ContextOf, filters: Filters, top: int
) -> TurnAnswer | None:
    """Return the answer to a turn by itself, as a new topic."""
    if turn.alone is None:
        return None
    answer = answer_question(context_of(turn.alone, filters, top))
    return TurnAnswer(answer=answer, plan=turn.alone, turn=by_itself(turn.alone))


def by_itself(question: Question) -> CompletedTurn:
    """Return a turn that is a new topic."""
    return CompletedTurn(readings=(question,))


def _as_meant(turn: CompletedTurn, chosen: TriedReading, state: ConversationState) -> CompletedTurn:
    """Return a turn with the one reading that was chosen."""
    kind, question = chosen.reading.kind, chosen.reading.question
    if kind is ReadingKind.ALONE:
        return by_itself(question)
    opening = state.asked.text.rstrip(" ?.!")
    return replace(
        turn,
        readings=(question,),
        is_of_document=kind is not ReadingKind.PHRASE,
        is_part=kind is ReadingKind.PHRASE and question.text.startswith(opening),
    )


def _nearest(turn: CompletedTurn, contexts: Sequence[AnswerContext]) -> TurnAnswer | None:
    """Return the paragraphs that hold most of what is asked of a document, or in a restriction.

    Where a turn goes on about what was shown, a paragraph with half of its words, by rarity,
    answers it, though the search alone would not be sure.
    """
    is_restricted = turn.restriction != NO_RESTRICTION
    for reading, context in zip(turn.readings, contexts, strict=True):
        if context.named or is_restricted:
            answer = nearest_paragraphs(
                context, min_coverage=MIN_COVERAGE, is_restricted=is_restricted
            )
            if answer is not None:
                kept = allowed(answer, turn.restriction, context.corpus)
                return TurnAnswer(answer=kept, plan=reading)
    return None


def _more(context: AnswerContext, state: ConversationState) -> Answer:
    """Return what a question finds besides what was shown for it before."""
    seen = frozenset(state.seen)
    wider = replace(context, top=context.top + len(seen))
    answer = answer_question(wider)
    quotes = _unseen(answer.quotes, seen)
    if not quotes and answer.road is AnswerRoute.SEARCH:
        corpus, retriever = context.corpus, context.retriever
        nearest = nearest_quotes(corpus, retriever, context.question, context.filters, wider.top)
        quotes = _unseen(nearest, seen)
    if not quotes:
        return refuse(RefusalKind.NOT_IN_TEXTS, NO_MORE)
    return reply_with_quotes(answer.road, quotes[: context.top], total=answer.total)


def _unseen(quotes: Sequence[Quote], seen: frozenset[str]) -> tuple[Quote, ...]:
    return tuple(quote for quote in quotes if f"{quote.symbol} {quote.label}" not in seen)
