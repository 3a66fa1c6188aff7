"""The passages at a place of a document: what a locator or a printed citation names."""

import re
from collections.abc import Iterator, Sequence

from qa.corpus.corpus import Corpus
from qa.corpus.passages import Passage
from qa.question.places import is_read_whole
from qa.question.question import Question
from qa.resolutions.cite.document_places import DocumentPlace
from qa.resolutions.cite.typed_pinpoints import Locator, label_of
from qa.resolutions.cite.typed_units import is_article, is_same_unit, units_of
from qa.resolutions.model import Kind

_COUNTED = (Kind.OPERATIVE, Kind.ANNEX)
# A label that people type as well: it names each paragraph of that number.
_TYPED_LABEL = re.compile(r"(?:op|pp|fn)\d+(?:\([a-z]+\))*")


def passages_printed_as(corpus: Corpus, symbol: str, printed: str) -> tuple[Passage, ...]:
    """Return the passage whose place or label is `printed`, with its sub-paragraphs.

    Args:
        corpus: the loaded texts.
        symbol: of a loaded document.
        printed: what follows the document in a citation, in lower case; "" for none.
    """
    if not printed:
        return ()
    places = corpus.printed_places(symbol)
    by_words = {} if _TYPED_LABEL.fullmatch(printed) else {name.lower(): name for name in places}
    by_words |= {place.words.lower(): label for label, place in places.items()}
    return _with_below(corpus, symbol, by_words.get(printed, ""))


def passages_labelled(corpus: Corpus, symbol: str, printed: str) -> tuple[Passage, ...]:
    """Return the passage whose label is `printed`, "op6": one without a number of its own, too."""
    labels = {name.lower(): name for name in corpus.printed_places(symbol)} if printed else {}
    return _with_below(corpus, symbol, labels.get(printed, ""))


def _with_below(corpus: Corpus, symbol: str, label: str) -> tuple[Passage, ...]:
    """Return the passage with a label, and its sub-paragraphs."""
    passage = corpus.passage(symbol, label) if label else None
    if passage is None:
        return ()
    return (passage, *_below(corpus.passages_of(symbol, {passage.kind}), passage))


def passages_cited_in(corpus: Corpus, symbol: str, question: Question) -> tuple[Passage, ...]:
    """Return the passage whose printed place follows the document inside a question.

    The longest place is taken, "para. 6 (b)" and not "para. 6"; none where the question names more
    than this place.
    """
    words = question.after_symbol
    cited = ""
    for place in corpus.printed_places(symbol).values() if words else ():
        printed = place.words.lower()
        if len(printed) > len(cited) and words.startswith(printed):
            cited = printed
    if not cited or words[len(cited) :][:1].isalnum() or not is_read_whole(cited, question):
        return ()
    return passages_printed_as(corpus, symbol, cited)


def passages_at(corpus: Corpus, symbol: str, locator: Locator) -> tuple[Passage, ...]:
    """Return the passages at one place: a paragraph with its sub-paragraphs, or nothing."""
    passages = _candidates(corpus, symbol, locator)
    number = locator.number
    if number is None:
        return passages
    if number < 1:
        top = [passage for passage in passages if passage.chapeau is None]
        chosen = top[number:][:1] if 0 < -number <= len(top) else []
    elif locator.kind in _COUNTED:
        chosen = _counted(corpus, symbol, locator, passages)
    else:
        label = label_of(locator)
        chosen = [passage for passage in passages if f" {passage.label}".endswith(f" {label}")]
        if locator.goes_on:
            chosen = [
                passage
                for passage in passages
                if passage.chapeau is None and (passage.number or 0) >= number
            ]
    named = [part for passage in chosen for part in (passage, *_below(passages, passage))]
    return tuple(dict.fromkeys(named))


def _candidates(corpus: Corpus, symbol: str, locator: Locator) -> tuple[Passage, ...]:
    """Return the passages of the kind, or in the annex, section or article, that is named."""
    if not locator.within:
        return corpus.passages_of(symbol, {locator.kind})
    inside = (
        passage
        for passage in corpus.passages_of(symbol)
        if _is_inside(passage.label, locator.within)
    )
    kinds = _COUNTED if locator.kind in _COUNTED else (locator.kind,)
    return tuple(passage for passage in inside if locator.number is None or passage.kind in kinds)


def _is_inside(label: str, within: Sequence[str]) -> bool:
    units = units_of(label)
    return all(any(is_same_unit(asked, unit) for unit in units) for asked in within)


def _counted(
    corpus: Corpus, symbol: str, locator: Locator, passages: Sequence[Passage]
) -> list[Passage]:
    """Return the paragraphs of a number, or of a place among those without one.

    In a text whose numbers start again, a number alone names several: all are given.
    """
    article = next((unit for unit in locator.within if is_article(unit)), "")
    if article:
        ending = f"{article}({locator.number}){locator.path}"
        if inside := [passage for passage in passages if passage.label.endswith(ending)]:
            return inside
    places = corpus.printed_places(symbol)
    here = [places[passage.label] for passage in passages]
    labels = {place.label for place in _matching(here, locator)}
    return [passage for passage in passages if passage.label in labels]


def _matching(places: Sequence[DocumentPlace], locator: Locator) -> Iterator[DocumentPlace]:
    """Yield the places that a locator names: numbered ones, where a part has any."""
    has_numbers = any(place.is_numbered and place.number for place in places)
    counts_numbers = has_numbers and not locator.is_unnumbered
    for place in places:
        if not place.number or place.is_numbered is not counts_numbers:
            continue
        follows = locator.goes_on and not place.path and place.number >= (locator.number or 0)
        is_same = place.number == locator.number and place.path.lower() == locator.path
        if follows or (is_same and locator.times in (0, place.times)):
            yield place


def _below(passages: Sequence[Passage], parent: Passage) -> Iterator[Passage]:
    opening = f"{parent.label}("
    return (passage for passage in passages if passage.label.startswith(opening))
