"""The route of citations: "61/181 OP6" is quoted, exactly that, or refused."""

from collections.abc import Sequence
from dataclasses import dataclass

from qa.answer import Answer, AnswerRoute, RefusalKind
from qa.answering.context import AnswerContext
from qa.answering.quotation import quote, with_notes
from qa.answering.replies import refuse, reply_with_quotes
from qa.answering.scope import is_small, scope_of
from qa.corpus.corpus import Corpus
from qa.corpus.passages import Passage
from qa.question.question import Question
from qa.resolutions.cite.citation_format import link, spaced_symbol
from qa.resolutions.cite.numbers import CARDINALS, ordinal
from qa.resolutions.cite.typed_pinpoints import Locator, label_of
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
    if not question.places or any("count" in field for field in question.fields):
        return None
    is_whole = all(place.locator.number is None for place in question.places)
    if is_whole and (not context.named or question.names_topic):
        return None
    result = look_up(corpus, question)
    message = " ".join(result.misses)
    if result.passages:
        quotes = tuple(quote(corpus, passage) for passage in result.passages)
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


def look_up(corpus: Corpus, question: Question) -> LookupResult:
    """Return the passages at the places of a question, in the order in which they are named."""
    passages: list[Passage] = []
    misses: list[str] = []
    nearest: list[Passage] = []
    scope = scope_of(corpus, question)
    for resolution in _owners_in_order(corpus, question, scope):
        absent: dict[Kind, list[Locator]] = {}
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


def _passages_at(corpus: Corpus, resolution: Masthead, locator: Locator) -> tuple[Passage, ...]:
    """Return the passages at one place: a paragraph with its sub-paragraphs, or nothing."""
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
