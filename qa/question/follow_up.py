"""The turn before: a follow-up completed to a question that can be answered by itself."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from qa.question.bodies import bodies_of
from qa.question.count_query import CountQuery
from qa.question.question import Question, RequestedPinpoint
from qa.question.topic import without_dates
from qa.resolutions.cite.citation_format import spaced_symbol
from qa.resolutions.cite.typed_pinpoints import Locator
from qa.resolutions.kind_names import KIND_NAMES
from qa.resolutions.model import Kind, Masthead, Span
from qa.resolutions.periods import ANY_TIME
from qa.resolutions.text import squeeze

_NUMBERED = {  # as a citation names them
    Kind.OPERATIVE: "paragraph",
    Kind.PREAMBULAR: KIND_NAMES[Kind.PREAMBULAR].singular,
    Kind.NOTE: KIND_NAMES[Kind.NOTE].singular,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class PreviousTurn:
    """What a follow-up may refer to: the question before it, and what was answered."""

    question: Question
    shown: tuple[str, ...] = ()  # symbols of the documents in its answer
    first: RequestedPinpoint | None = None  # the first quotation
    last: RequestedPinpoint | None = None

    @property
    def documents(self) -> tuple[str, ...]:
        """The resolutions that the turn was about, those that the question names first."""
        return tuple(dict.fromkeys((*self.question.symbols, *self.shown)))


def expand_follow_up(
    question: Question, previous: PreviousTurn | None, loaded: Sequence[Masthead]
) -> Question:
    """Return a question that can be answered by itself: what it leaves out is taken from before.

    Args:
        question: as it was read.
        previous: the turn before it in this conversation; None if there is none to refer to.
        loaded: the loaded resolutions, for "the earlier one".
    """
    if previous is None or question.unusable or (question.unread and not question.symbols):
        return question
    neighbour = _neighbour(question.refers.step, previous)
    if neighbour:
        return neighbour
    documents = previous.documents
    if question.relative and question.refers.opens and documents:
        other = _other(documents[0], question.relative, loaded)
        return _asked_of_another(previous.question, other.symbol) if other else question
    if question.symbols:
        if question.refers.opens and question.refers.is_symbol_only:
            return _asked_of_another(previous.question, question.symbols[0])
        return question
    if previous.question.unread and not previous.question.symbols:
        return _asked_of_unknown(question, previous)
    return _asked_of_documents(question, previous) if documents else question


def _asked_of_unknown(question: Question, previous: PreviousTurn) -> Question:
    """Return a question of a document that was not understood, which no other one answers."""
    if not (question.places or question.refers.has_pronoun or question.fields):
        return question
    return replace(question, unread=question.unread or previous.question.unread)


def _asked_of_documents(question: Question, previous: PreviousTurn) -> Question:
    """Return a question that names no document, asked of the one before, if it refers to it."""
    symbol = previous.documents[0]
    if question.places and not question.every:
        return _asked_of(question, symbol, " of ", "")
    is_field = question.fields and not question.values and not question.every
    if is_field or question.refers.has_pronoun:
        return _asked_of(question, symbol, " (", ")?")
    if question.refers.opens and previous.question.symbols:
        return _asked_of(question, symbol, " in ", "?")
    return question


def _neighbour(step: int, previous: PreviousTurn) -> Question | None:
    """Return the look-up of the paragraph after or before the one quoted last."""
    quoted = {1: previous.last, -1: previous.first}.get(step)
    if quoted is None or quoted.symbol is None or quoted.locator.number is None:
        return None
    kind, number = quoted.locator.kind, quoted.locator.number + step
    if kind not in _NUMBERED:
        return None
    printed = spaced_symbol(quoted.symbol)
    topic = f", note {number}" if kind is Kind.NOTE else f", {number}"
    question = Question(
        text=f"{printed}, {_NUMBERED[kind]} {number}",
        printed_place=f"{_NUMBERED[kind]} {number}",
        symbols=(quoted.symbol,),
        first_symbol=Span(start=0, end=len(printed)),
        places=(
            RequestedPinpoint(symbol=quoted.symbol, locator=Locator(kind=kind, number=number)),
        ),
        kinds=frozenset() if kind is Kind.OPERATIVE else frozenset({kind}),
        bodies=frozenset(bodies_of(printed)),
    )
    return question.with_topic(topic)


def _other(symbol: str, which: str, loaded: Sequence[Masthead]) -> Masthead | None:
    """Return the resolution next to `symbol` in time, of its series where there is one."""
    here = next((masthead for masthead in loaded if masthead.symbol == symbol), None)
    if here is None or here.adopted is None:
        return None
    dated = [other for other in loaded if other.adopted and other.symbol != here.symbol]
    series = [other for other in dated if other.title and other.title == here.title] or dated
    earlier = [other for other in series if other.adopted and other.adopted < here.adopted]
    later = [other for other in series if other.adopted and other.adopted > here.adopted]
    if which == "earlier":
        pool = earlier[-1:]
    elif which == "later":
        pool = later[:1]
    else:
        pool = (earlier + later)[:1]
    return pool[0] if pool else None


def _asked_of_another(question: Question, symbol: str) -> Question:
    """Return an earlier question asked of another resolution instead of the first it names."""
    span = question.first_symbol
    if span is None:
        return _asked_of(question, symbol, " in ", "?")
    text, before = question.text, question.symbols[0]
    printed = text[span.start : span.end]
    return replace(
        question,
        text=text[: span.start] + symbol + text[span.end :],
        first_symbol=Span(start=span.start, end=span.start + len(symbol)),
        symbols=tuple(
            dict.fromkeys(symbol if named == before else named for named in question.symbols)
        ),
        places=tuple(
            replace(place, symbol=symbol) if place.symbol == before else place
            for place in question.places
        ),
        bodies=(question.bodies - frozenset(bodies_of(printed))) | frozenset(bodies_of(symbol)),
        count=question.count and _count_of_another(question.count, printed, before, symbol),
    )


def _count_of_another(count: CountQuery, printed: str, before: str, symbol: str) -> CountQuery:
    """Return what is to be counted, of `symbol` instead of `before`, which is `printed`."""
    cited = (symbol if document == before else document for document in count.cited)
    return replace(
        count, thing=count.thing.replace(printed, symbol), cited=tuple(dict.fromkeys(cited))
    )


def _asked_of(question: Question, symbol: str, before: str, after: str) -> Question:
    """Return a question that names no document, with one written at its end.

    Args:
        question: whose places, values and topic become those of the document.
        symbol: of the document.
        before: what is written between the question and the symbol.
        after: what is written after it.
    """
    opening, printed = question.text.rstrip(" ?") + before, spaced_symbol(symbol)
    completed = replace(
        question,
        text=f"{opening}{printed}{after}",
        symbols=(symbol,),
        # A document is named: nothing else restricts the texts, and no set of them is asked for.
        adopted=ANY_TIME,
        documents=None,
        requests=None,
        first_symbol=Span(start=len(opening), end=len(opening) + len(printed)),
        places=tuple(replace(place, symbol=symbol) for place in question.places),
        # The day of adoption singles out a document only where none is named.
        values=tuple(pair for pair in question.values if pair[0] != "adopted"),
        bodies=question.bodies | frozenset(bodies_of(printed)),
    )
    topic = f"{without_dates(question.topic)}{before} {after.rstrip('?')}"
    return completed.with_topic(squeeze(topic))
