"""The route of citations: "61/181 OP6" is quoted, exactly that, or refused."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from qa.answer import Answer, AnswerRoute, RefusalKind
from qa.answering.context import AnswerContext
from qa.answering.quotation import printed_places, quote, with_notes
from qa.answering.replies import refuse, reply_with_quotes
from qa.answering.scope import is_small, scope_of
from qa.corpus.corpus import Corpus
from qa.corpus.passages import Passage
from qa.question.places import is_page
from qa.question.question import Question
from qa.resolutions.cite.citation_format import link, spaced_symbol
from qa.resolutions.cite.numbers import CARDINALS, ordinal
from qa.resolutions.cite.typed_pinpoints import Locator, label_of
from qa.resolutions.cite.typed_units import is_same_unit, units_of
from qa.resolutions.kind_names import KIND_NAMES
from qa.resolutions.model import Kind, Masthead

MAX_NEAREST = 2  # passages shown where a place does not exist
_PARAGRAPHS = (Kind.OPERATIVE, Kind.ANNEX)
_MARKS = {Kind.OPERATIVE: "OP", Kind.PREAMBULAR: "PP", Kind.NOTE: "FN", Kind.ANNEX: "para. "}
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
        return _refuse_unread(context)
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
    passages = _printed_there(context.corpus, context.question, context.named[0].symbol)
    quotes = tuple(quote(context.corpus, passage) for passage in passages)
    return reply_with_quotes(AnswerRoute.LOOK_UP, quotes) if quotes else None


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
        if len(scope) == 1 and (there := _printed_there(corpus, question, resolution.symbol)):
            return LookupResult(there)
        for place in question.places:
            if place.symbol is not None and corpus.masthead(place.symbol) is not resolution:
                continue
            there = _passages_at(corpus, resolution, place.locator)
            passages += [passage for passage in there if passage not in passages]
            if not there:
                absent.setdefault(place.locator.kind, []).append(place.locator)
        for kind, locators in absent.items():
            misses.append(_miss(corpus, resolution, kind, locators))
            nearest += corpus.passages_of(resolution.symbol, {kind})[-1:]
    return LookupResult(tuple(passages), tuple(misses), tuple(dict.fromkeys(nearest)))


def _printed_there(corpus: Corpus, question: Question, symbol: str) -> tuple[Passage, ...]:
    """Return the passage whose citation the question is, with its sub-paragraphs."""
    if not question.printed_place:
        return ()
    by_place = {place.lower(): label for label, place in printed_places(corpus, symbol).items()}
    passage = corpus.passage(symbol, by_place.get(question.printed_place, ""))
    if passage is None:
        return ()
    return (passage, *_children(corpus.passages_of(symbol, {passage.kind}), passage))


def _passages_inside(corpus: Corpus, resolution: Masthead, locator: Locator) -> tuple[Passage, ...]:
    """Return the passages at a place inside an annex, a section or an article."""
    passages = [
        passage
        for passage in corpus.passages_of(resolution.symbol)
        if _is_inside(passage.label, locator.within)
    ]
    if locator.number is None:
        return tuple(passages)
    marks = {_MARKS[locator.kind], *(("para. ", "OP") if locator.kind in _PARAGRAPHS else ())}
    endings = [f" {mark}{locator.number}{locator.path}" for mark in marks]
    article = next((unit for unit in locator.within if unit.startswith("art.")), "")
    if article:
        endings.append(f"{article}({locator.number}){locator.path}")
    chosen = [passage for passage in passages if passage.label.endswith(tuple(endings))]
    return tuple(part for passage in chosen for part in (passage, *_children(passages, passage)))


def _is_inside(label: str, within: Sequence[str]) -> bool:
    units = units_of(label)
    return all(any(is_same_unit(asked, unit) for unit in units) for asked in within)


def _passages_at(corpus: Corpus, resolution: Masthead, locator: Locator) -> tuple[Passage, ...]:
    """Return the passages at one place: a paragraph with its sub-paragraphs, or nothing."""
    if locator.within:
        return _passages_inside(corpus, resolution, locator)
    of_kind = corpus.passages_of(resolution.symbol, {locator.kind})
    top = [passage for passage in of_kind if passage.chapeau is None]
    if locator.number is None:
        return of_kind
    if locator.number < 0:
        if -locator.number > len(top):
            return ()
        return (top[locator.number], *_children(of_kind, top[locator.number]))
    if locator.number == 0:
        return ()
    if locator.goes_on:
        return tuple(
            passage
            for passage in of_kind
            if passage.chapeau is None and (passage.number or 0) >= locator.number
        )
    label = label_of(locator)
    # In a text whose numbers start again, a label carries its section: all are given.
    labelled = [
        passage
        for passage in of_kind
        if passage.label == label or passage.label.endswith(f" {label}")
    ]
    return tuple(part for passage in labelled for part in (passage, *_children(of_kind, passage)))


def count_in_words(count: int, kind: Kind) -> str:
    """Return "nine operative paragraphs", "one note"."""
    name = KIND_NAMES[kind]
    number = CARDINALS[count] if count < len(CARDINALS) else str(count)
    return f"{number} {name.passage if count == 1 else name.passages}"


def _children(of_kind: Sequence[Passage], parent: Passage) -> tuple[Passage, ...]:
    opening = f"{parent.label}("
    return tuple(passage for passage in of_kind if passage.label.startswith(opening))


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
    wanted = {
        Kind.PREAMBULAR: f"{ordinal(first.number)} one",
        Kind.NOTE: f"note {first.number}",
    }.get(kind, f"paragraph {first.number}{first.path}")
    return f"{has}; there is no {wanted}."
