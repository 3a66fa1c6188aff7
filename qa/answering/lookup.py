"""The route of citations: "61/181 OP6" is quoted, exactly that, or refused."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from qa.answer import Answer, AnswerRoute, RefusalKind
from qa.answering.context import AnswerContext
from qa.answering.place_lookup import (
    passages_at,
    passages_cited_in,
    passages_labelled,
    passages_printed_as,
)
from qa.answering.quotation import quote, with_notes
from qa.answering.replies import refuse, reply_with_quotes
from qa.answering.scope import is_small, scope_of
from qa.corpus.corpus import Corpus
from qa.corpus.passages import Passage
from qa.question.places import is_page
from qa.question.question import Question
from qa.resolutions.cite.citation_format import link, spaced_symbol
from qa.resolutions.cite.numbers import CARDINALS, ordinal
from qa.resolutions.cite.typed_pinpoints import Locator
from qa.resolutions.kind_names import KIND_NAMES
from qa.resolutions.model import Kind, Masthead

MAX_NEAREST = 2  # passages shown where a place does not exist
_NUMBERED = (Kind.OPERATIVE, Kind.PREAMBULAR, Kind.NOTE)


@dataclass(frozen=True, slots=True)
class LookupResult:
    """What a look-up gave: passages in the order asked for, and a sentence for each miss."""

    passages: tuple[Passage, ...] = ()
    misses: tuple[str, ...] = ()
    nearest: tuple[Passage, ...] = ()


def answer_lookup(context: AnswerContext) -> Answer | None:
    """Quote the places that are named, exactly those."""
    question, corpus = context.question, context.corpus
    if question.unread and (context.named or not question.symbols):
        return _answer_printed(context) or _refuse_unread(context)
    if not question.places:
        return _answer_printed(context)
    if any("count" in field for field in question.fields):
        return None
    is_whole = all(place.locator.is_whole for place in question.places)
    if is_whole and (not context.named or question.names_topic):
        return None
    result = look_up(corpus, question)
    message = " ".join((*_wrong_dates(context), *result.misses))
    if result.passages:
        quotes = tuple(quote(corpus, passage, with_kin=True) for passage in result.passages)
        shown = with_notes(corpus, quotes) if question.wants_source else quotes
        return reply_with_quotes(AnswerRoute.LOOK_UP, shown, message)
    if not result.misses:
        return refuse(
            RefusalKind.NO_SUCH_PARAGRAPH,
            "The question names a paragraph but no document; add its symbol, such as 61/181.",
        )
    return refuse(
        RefusalKind.NO_SUCH_PARAGRAPH,
        message,
        nearest=tuple(quote(corpus, passage) for passage in result.nearest[:MAX_NEAREST]),
        link_to=link(context.named[0].symbol) if context.named else None,
    )


def _answer_printed(context: AnswerContext) -> Answer | None:
    """Quote the passage whose citation the question is in words of its own: "table 2"."""
    if len(context.named) != 1:
        return None
    passages = _printed(context.corpus, context.named[0].symbol, context.question)
    quotes = tuple(quote(context.corpus, passage) for passage in passages)
    return reply_with_quotes(AnswerRoute.LOOK_UP, quotes) if quotes else None


def _printed(corpus: Corpus, symbol: str, question: Question) -> tuple[Passage, ...]:
    """Return the passage that a question cites as a citation prints it, alone or in a sentence."""
    whole = passages_printed_as(corpus, symbol, question.printed_place)
    return whole or passages_cited_in(corpus, symbol, question)


def _wrong_dates(context: AnswerContext) -> Iterator[str]:
    """Yield the day of adoption of a document that the question names with another day."""
    day = context.question.claimed.day if context.question.claimed else None
    if day is None or len(context.named) != 1:
        return
    resolution = context.named[0]
    if resolution.adopted and day not in (resolution.adopted, resolution.issued):
        symbol = spaced_symbol(resolution.symbol)
        yield f"{symbol} was adopted on {_day(resolution.adopted)}, not on {_day(day)}."


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _refuse_unread(context: AnswerContext) -> Answer:
    """Refuse a citation of which a part was not understood, and say which."""
    unread = context.question.unread
    if not context.named:
        message = f"“{unread}” is not a document that is known here, so nothing is quoted from it."
    elif is_page(unread):
        message = f"“{unread}” is a page, and pages are not recorded; cite a paragraph: “para. 6”."
    else:
        message = f"“{unread}” was not understood as a place; cite a paragraph, such as “para. 6”."
    return refuse(
        RefusalKind.NO_SUCH_PARAGRAPH,
        message,
        link_to=link(context.named[0].symbol) if context.named else None,
    )


def look_up(corpus: Corpus, question: Question) -> LookupResult:
    """Return the passages at the places of a question, in the order in which they are named."""
    passages: list[Passage] = []
    misses: list[str] = []
    nearest: list[Passage] = []
    scope = scope_of(corpus, question)
    for resolution in _owners_in_order(corpus, question, scope):
        absent: dict[Kind, list[Locator]] = {}
        if len(scope) == 1 and (there := _printed(corpus, resolution.symbol, question)):
            return LookupResult(there)
        for place in question.places:
            if place.symbol is not None and corpus.masthead(place.symbol) is not resolution:
                continue
            there = passages_at(corpus, resolution.symbol, place.locator) or passages_labelled(
                corpus, resolution.symbol, question.printed_place
            )
            passages += [passage for passage in there if passage not in passages]
            if not there:
                absent.setdefault(place.locator.kind, []).append(place.locator)
        for kind, locators in absent.items():
            misses.append(_miss(corpus, resolution, kind, locators))
            nearest += corpus.passages_of(resolution.symbol, {kind})[-1:]
    return LookupResult(tuple(passages), tuple(misses), tuple(dict.fromkeys(nearest)))


def count_in_words(count: int, kind: Kind) -> str:
    """Return "nine operative paragraphs", "one note"."""
    name = KIND_NAMES[kind]
    number = CARDINALS[count] if count < len(CARDINALS) else str(count)
    return f"{number} {name.passage if count == 1 else name.passages}"


def _owners_in_order(
    corpus: Corpus, question: Question, scope: Sequence[Masthead]
) -> tuple[Masthead, ...]:
    """Return the resolutions to look in: those named, or all where few are loaded."""
    if scope:
        return tuple(scope)
    newest_first = sorted(
        corpus.resolutions,
        key=lambda resolution: (resolution.adopted is None, resolution.adopted),
        reverse=True,
    )
    return tuple(newest_first) if is_small(newest_first) or question.every else ()


def _miss(corpus: Corpus, resolution: Masthead, kind: Kind, absent: Sequence[Locator]) -> str:
    """Return how many there are of a kind, and which of those asked for are not among them."""
    of_kind = [
        passage
        for passage in corpus.passages_of(resolution.symbol, {kind})
        if passage.chapeau is None
    ]
    has = f"{spaced_symbol(resolution.symbol)} has {count_in_words(len(of_kind), kind)}"
    first = absent[0]
    if first.within:
        printed = ", ".join(first.within)
        paragraph = f", para. {first.number}{first.path}" if first.number else ""
        return f"{spaced_symbol(resolution.symbol)} has no {printed}{paragraph}."
    if first.number is None or first.number < 0 or kind not in _NUMBERED:
        return f"{has}."
    if len(absent) > 1:
        word = {Kind.NOTE: "notes"}.get(kind, "paragraphs")
        return f"{has}; there are no {word} {first.number} to {absent[-1].number}."
    if first.is_unnumbered:
        return f"{has}, fewer than {first.number} of them without a number."
    if kind is Kind.OPERATIVE and not first.path and _is_hole(first.number, of_kind):
        return f"{has}; number {first.number} was not read from its source."
    wanted = {
        Kind.PREAMBULAR: f"{ordinal(first.number)} one",
        Kind.NOTE: f"note {first.number}",
    }.get(kind, f"paragraph {first.number}{first.path}")
    return f"{has}; there is no {wanted}."


def _is_hole(number: int, of_kind: Sequence[Passage]) -> bool:
    """Return whether a number is missing between those that were read."""
    numbers = {passage.number for passage in of_kind if passage.number is not None}
    return number not in numbers and any(other > number for other in numbers)
