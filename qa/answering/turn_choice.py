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
)


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

        Readings are tried in the order of what the turn says for them; the rest is left out once
        nothing that it finds can make it the chosen one.
        """
        weights, measures = load_turn_weights(), self.turn.measures

        def prior(reading: TurnReading) -> float:
            return weights.prior(reading.kind, measures)

        first, *others = sorted(self.turn.choices, key=prior, reverse=True)
        best = self.tried(first, weights.min_near_confidence)
        best_score = prior(first) + weights.of_evidence(first.kind, best.evidence)
        for reading in others:
            if prior(reading) + weights.most(reading.kind) <= best_score:
                continue
            tried = self.tried(reading, weights.min_near_confidence)
            score = prior(reading) + weights.of_evidence(reading.kind, tried.evidence)
            if score > best_score:
                best, best_score = tried, score
        return best

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
    in_text, in_either = _shares(answer, own)
    values = (
        0 if found else context.confidence,
        found is not None and found.answered,
        found is not None and not found.answered,
        near is not None,
        in_text,
        in_either,
        answer.answered,
        *_place(answer, context, state),
    )
    evidence = dict(zip(EVIDENCE, map(float, values), strict=True))
    return TriedReading(reading=reading, answer=answer, evidence=evidence)


def _shares(answer: Answer, own: tuple[str, ...]) -> tuple[float, float]:
    """Return which share of words the first quotation has, and which it has with its title."""
    wanted = [set(terms(word)) for word in own if terms(word)]
    if not answer.quotes or not wanted:
        return 0.0, 0.0
    quote = answer.quotes[0]
    text = set(terms(quote.text))
    either = text | set(terms(quote.title))
    return _share(wanted, text), _share(wanted, either)


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
