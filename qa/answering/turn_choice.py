"""Which reading of a turn is answered: the one that the turn and what is found speak for."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from embeddings.text_analysis import terms
from qa.answer import Answer
from qa.answering.context import AnswerContext
from qa.answering.nearest_paragraph import nearest_paragraphs, operative_first
from qa.answering.pipeline import look_up_only
from qa.answering.ranked_search import answer_search
from qa.answering.restricting import allowed
from qa.answering.same_series import members_of_series
from qa.answering.turn_weights import load_turn_weights
from qa.question.conversation import ConversationState
from qa.question.question import Question
from qa.question.turn_in_words import CompletedTurn
from qa.question.turn_reading import ReadingKind, TurnReading
from qa.search.filters import Filters

ContextOf = Callable[[Question, Filters, int], AnswerContext]
"""Returns the context of a question, with its filters and how many quotations it may give."""

EVIDENCE = (
    "confidence",
    "is_looked_up",
    "is_refused_look_up",
    "is_near",
    "words_in_text",
    "words_in_text_or_title",
    "is_answered",
    "is_in_series",
    "is_alike_document",
    "words_in_title",
    "is_found_by_another",
)
MAX_COMPARED = 2  # first quotations of another reading


@dataclass(frozen=True, slots=True, kw_only=True)
class TriedReading:
    """A reading of a turn with its answer, and what speaks for it."""

    reading: TurnReading
    answer: Answer
    evidence: Mapping[str, float]  # by the names of `EVIDENCE`


@dataclass(frozen=True, slots=True, kw_only=True)
class TurnTrial:
    """A turn with more than one reading, and what its readings are tried with."""

    turn: CompletedTurn
    state: ConversationState  # of the conversation before it
    context_of: ContextOf
    filters: Filters  # of the front end, which hold for a new topic
    narrowed: Filters  # within the restriction of the conversation, too
    top: int  # quotations at most

    def chosen(self) -> TriedReading:
        """Return the reading that most speaks for, with its answer.

        Of two that are as likely, the first is taken. Where a new topic finds the same as the
        document spoken of, this is still spoken of.
        """
        weights, measures = load_turn_weights(), self.turn.measures

        def score(tried: TriedReading) -> float:
            kind = tried.reading.kind
            return weights.prior(kind, measures) + weights.of_evidence(kind, tried.evidence)

        tried = self.every_tried(weights.min_near_confidence)
        best = max(tried, key=score)
        if best.reading.kind is not ReadingKind.ALONE:
            return best
        there = (each for each in tried if each.reading.kind is ReadingKind.DOCUMENT)
        return next((each for each in there if _finds_the_same(each, best)), best)

    def every_tried(self, min_near: float) -> list[TriedReading]:
        """Return all readings with their answers, each compared with the others.

        Args:
            min_near: confidence from which the nearest paragraph of a document is an answer, too.
        """
        tried = [self.tried(reading, min_near) for reading in self.turn.choices]
        # The search for a new topic ranks all texts: what it finds, too, favours no other reading.
        witnesses = [each for each in tried if each.reading.kind is not ReadingKind.ALONE]
        return [
            _compared(each, [other for other in witnesses if other is not each]) for each in tried
        ]

    def tried(self, reading: TurnReading, min_near: float) -> TriedReading:
        """Return a reading with its answer.

        Args:
            reading: of the turn.
            min_near: confidence from which the nearest paragraph of a document is an answer, too.
        """
        is_alone = reading.kind is ReadingKind.ALONE
        filters = self.filters if is_alone else self.narrowed
        context = self.context_of(reading.question, filters, self.top)
        tried = _tried(reading, context, self.state, self.turn.own_words, min_near)
        if is_alone:
            return tried
        return replace(tried, answer=allowed(tried.answer, self.turn.restriction, context.corpus))


def _tried(
    reading: TurnReading,
    context: AnswerContext,
    state: ConversationState,
    own: tuple[str, ...],
    min_near: float,
) -> TriedReading:
    found = look_up_only(context)
    answer = found or answer_search(context)
    near = None
    is_open = found is None and not answer.answered and bool(context.named)
    if is_open and context.confidence >= min_near:
        near = nearest_paragraphs(context)
    answer = operative_first(near or answer, reading.question)
    in_text, in_either, in_title = _shares(answer, own)
    values = (
        0 if found else context.confidence,
        found is not None and found.answered,
        found is not None and not found.answered,
        near is not None,
        in_text,
        in_either,
        answer.answered,
        *_place(answer, context, state),
        in_title,
        0,  # until it is compared
    )
    evidence = dict(zip(EVIDENCE, map(float, values), strict=True))
    return TriedReading(reading=reading, answer=answer, evidence=evidence)


def _finds_the_same(tried: TriedReading, other: TriedReading) -> bool:
    """Return whether two readings are answered by the same first quotation."""
    places = [
        [(quote.symbol, quote.label) for quote in each.answer.quotes[:1]] for each in (tried, other)
    ]
    return tried.answer.answered and bool(places[0]) and places[0] == places[1]


def _compared(tried: TriedReading, others: Sequence[TriedReading]) -> TriedReading:
    """Return a reading with whether another one finds its first quotation, too."""
    places = [
        [(quote.symbol, quote.label) for quote in each.answer.quotes[:MAX_COMPARED]]
        for each in (tried, *others)
    ]
    own, *rest = places
    is_met = bool(own) and any(own[0] in other for other in rest)
    evidence = {**tried.evidence, "is_found_by_another": float(is_met)}
    return replace(tried, evidence=evidence)


def _shares(answer: Answer, own: tuple[str, ...]) -> tuple[float, float, float]:
    """Return which share of words the first quotation, it with its title, and the title have."""
    wanted = [set(terms(word)) for word in own if terms(word)]
    if not answer.quotes or not wanted:
        return 0.0, 0.0, 0.0
    quote = answer.quotes[0]
    text, title = set(terms(quote.text)), set(terms(quote.title))
    return _share(wanted, text), _share(wanted, text | title), _share(wanted, title)


def _share(wanted: Sequence[set[str]], held: set[str]) -> float:
    return sum(not word.isdisjoint(held) for word in wanted) / len(wanted)


def _place(answer: Answer, context: AnswerContext, state: ConversationState) -> tuple[bool, float]:
    """Return whether an answer is of the series spoken of, and how alike the documents are."""
    corpus, focus = context.corpus, state.focus
    shown = [quote.symbol for quote in answer.quotes] or [fact.symbol for fact in answer.facts]
    if not shown or focus is None:
        return False, 0.0
    members = members_of_series(corpus, focus)
    is_in_series = any(member.symbol == shown[0] for member in members)
    first, second = corpus.place(shown[0]), corpus.place(focus)
    if first is None or second is None:
        return is_in_series, 0.0
    centre = context.retriever.resolutions.centre
    return is_in_series, float(centre[first] @ centre[second])
