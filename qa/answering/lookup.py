"""Places that a question names, found in the loaded texts: exactly those, or an honest no."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from qa.corpus.corpus import Corpus
from qa.corpus.passages import Passage
from qa.question.read import Question
from qa.resolutions.cite.citation_format import spaced_symbol
from qa.resolutions.cite.numbers import CARDINALS, ordinal
from qa.resolutions.cite.typed_pinpoints import Locator, label_of
from qa.resolutions.model import Kind, Masthead
from qa.search.weights import load_weights

_NAMES = {
    Kind.OPERATIVE: ("operative paragraph", "operative paragraphs"),
    Kind.PREAMBULAR: ("preambular paragraph", "preambular paragraphs"),
    Kind.NOTE: ("note", "notes"),
    Kind.ANNEX: ("annex paragraph", "annex paragraphs"),
}
_NUMBERED = (Kind.OPERATIVE, Kind.PREAMBULAR, Kind.NOTE)


@dataclass(frozen=True, slots=True)
class LookupResult:
    """What a look-up gave: passages in the order asked for, and a sentence for each miss."""

    passages: tuple[Passage, ...] = ()
    misses: tuple[str, ...] = ()
    nearest: tuple[Passage, ...] = ()


def loaded(corpus: Corpus, symbols: Iterable[str]) -> tuple[Masthead, ...]:
    """Return the resolutions among `symbols` that are loaded."""
    found = (corpus.masthead(symbol) for symbol in symbols)
    return tuple({one.symbol: one for one in found if one}.values())


def is_small(resolutions: Sequence[Masthead]) -> bool:
    """Return whether a question that names no resolution may mean all of these."""
    return len(resolutions) <= load_weights().answers.small_corpus_max


def scope_of(corpus: Corpus, question: Question) -> tuple[Masthead, ...]:
    """Return the loaded resolutions that a question is about by symbol or description; empty: any.

    "The 2001 resolution" is every one adopted then; "the earlier one" is the first by date.
    """
    named = loaded(corpus, question.symbols)
    if named:
        return named
    if question.relative and is_small(corpus.resolutions):
        return by_time(corpus.resolutions, question.relative)
    if not question.names_by_year:
        return ()
    years = frozenset(question.years)
    return tuple(one for one in corpus.resolutions if one.adopted and one.adopted.year in years)


def by_time(resolutions: Sequence[Masthead], which: str) -> tuple[Masthead, ...]:
    """Return the earliest or latest of dated resolutions, as `which` says."""
    dated = sorted(
        (one for one in resolutions if one.adopted), key=lambda one: (one.adopted, one.symbol)
    )
    if not dated or which == "other":
        return ()
    return (dated[0],) if which == "earlier" else (dated[-1],)


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
            found = at(corpus, resolution, place.locator)
            passages += [one for one in found if one not in passages]
            if not found:
                absent.setdefault(place.locator.kind, []).append(place.locator)
        for kind, locators in absent.items():
            misses.append(_miss(corpus, resolution, kind, locators))
            nearest += corpus.passages_of(resolution.symbol, {kind})[-1:]
    return LookupResult(tuple(passages), tuple(misses), tuple(dict.fromkeys(nearest)))


def at(corpus: Corpus, resolution: Masthead, locator: Locator) -> tuple[Passage, ...]:
    """Return the passages at one place: a paragraph with its sub-paragraphs, or nothing."""
    of_kind = corpus.passages_of(resolution.symbol, {locator.kind})
    top = [one for one in of_kind if one.chapeau is None]
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
    found = [one for one in of_kind if one.label == label or one.label.endswith(f" {label}")]
    return tuple(each for one in found for each in (one, *_children(of_kind, one)))


def count_in_words(count: int, kind: Kind) -> str:
    """Return "nine operative paragraphs", "one note"."""
    singular, plural = _NAMES[kind]
    number = CARDINALS[count] if count < len(CARDINALS) else str(count)
    return f"{number} {singular if count == 1 else plural}"


def _children(of_kind: Sequence[Passage], parent: Passage) -> tuple[Passage, ...]:
    opening = f"{parent.label}("
    return tuple(one for one in of_kind if one.label.startswith(opening))


def _owners_in_order(
    corpus: Corpus, question: Question, scope: Sequence[Masthead]
) -> tuple[Masthead, ...]:
    """Return the resolutions to look in: those named, or all where few are loaded."""
    if scope:
        return tuple(scope)
    newest_first = sorted(
        corpus.resolutions, key=lambda one: (one.adopted is None, one.adopted), reverse=True
    )
    return tuple(newest_first) if is_small(newest_first) or question.every else ()


def _miss(corpus: Corpus, resolution: Masthead, kind: Kind, absent: Sequence[Locator]) -> str:
    """Return how many there are of a kind, and which of those asked for are not among them."""
    of_kind = [one for one in corpus.passages_of(resolution.symbol, {kind}) if one.chapeau is None]
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
