"""Every citation in a text, resolved: symbol, pinpoint and offsets."""

import re
from collections.abc import Iterable, Iterator

from qa.resolutions.cite.aliases import alias_citations
from qa.resolutions.cite.attribution import symbols_of
from qa.resolutions.cite.citing_context import Context
from qa.resolutions.cite.cross_references import (
    ibid_citations,
    self_citations,
    that_resolution_citations,
)
from qa.resolutions.cite.grammar import plain
from qa.resolutions.cite.mentions import Mention, find_mentions
from qa.resolutions.cite.non_un import foreign_decisions, treaties
from qa.resolutions.cite.pinpoints import labels, place_after, place_before
from qa.resolutions.cite.symbol_tokens import Shape
from qa.resolutions.cite.typed_pinpoints import Locator, find_locators, label_of
from qa.resolutions.model import Cited

__all__ = ["Context", "read_citations"]

TYPED = Context()
_BRACKET = re.compile(r"\([12IVXLCES]")  # of a number without a slash: "1325 (2000)", "217 (III)"
# Between a number and its full symbol: "61/181 (20 December 2006) UN Doc A/RES/61/181".
_PARALLEL = re.compile(r",?(?: \([^()]{1,40}\),?)? (?:U\.?N\.? ?Doc\.? )?\(?")
_LEADS_ON = re.compile(
    r"\s*(?:of|in|from|to|de|del?|dans|des?|из)\b|\s*(?:резолюци|من )", re.IGNORECASE
)


def read_citations(text: str, context: Context = TYPED) -> tuple[Cited, ...]:
    """Return the citations of `text` in order, one for each pinpoint.

    A list, a range or several parts give one each, with the offsets that they share. A citation of
    an organ without known symbols describes it, "CCPCJ resolution 27/2", and is not `resolved`.

    Args:
        text: a paragraph, a note, or what a person typed.
        context: its place in a document.

    Source:
        The domain guide, section 4; its 147 examples are rows of the tests.
    """
    if context.symbol is None:
        return _typed(text, context)
    has_number = "/" in text or _BRACKET.search(text) is not None
    has_word = "esolution" in text or "ecision" in text
    points = "above" in text or "below" in text
    if not (has_number or has_word or points or "bid." in text[:12] or "Treaty Series" in text):
        return ()
    readable = plain(text)
    citations: list[Cited] = []
    if has_number or (has_word and context.organ == "S"):
        citations += _numbered(readable, context)
    if "Treaty Series" in text:
        citations += treaties(readable)
    if has_word and "/" in text:
        citations += _without_overlaps(foreign_decisions(readable), citations)
    if "bid." in text[:12]:
        citations += ibid_citations(readable, citations, context)
    if points or (has_word and ("present " in readable or "this " in readable)):
        citations += _without_overlaps(self_citations(readable, context), citations)
    if has_word and ("that " in readable or "same " in readable):
        citations += _without_overlaps(
            that_resolution_citations(readable, citations, context), citations
        )
    return _in_order(citations)


def _typed(text: str, context: Context) -> tuple[Cited, ...]:
    """Return the citations of what a person typed, who may use a name for a number."""
    readable = plain(text)
    citations = [*_numbered(readable, context), *treaties(readable)]
    citations += _without_overlaps(foreign_decisions(readable), citations)
    if not citations:
        citations += alias_citations(readable)
    citations += ibid_citations(readable, citations, context)
    citations += _without_overlaps(self_citations(readable, context), citations)
    citations += _without_overlaps(
        that_resolution_citations(readable, citations, context), citations
    )
    return _in_order(citations)


def _in_order(citations: list[Cited]) -> tuple[Cited, ...]:
    if len(citations) > 1:
        citations.sort(key=lambda citation: citation.start)
    return tuple(citations)


def _without_overlaps(candidates: Iterator[Cited], citations: list[Cited]) -> list[Cited]:
    """Return those of `more` that overlap none that is found."""
    return [
        candidate
        for candidate in candidates
        if not any(
            candidate.start < citation.end and citation.start < candidate.end
            for citation in citations
        )
    ]


class _CitationReading:
    """A mention with its symbols and the places that are named in it."""

    __slots__ = ("end", "is_resolved", "mention", "places", "start", "symbols")

    def __init__(self, mention: Mention, symbols: tuple[str, ...], *, is_resolved: bool) -> None:
        self.mention = mention
        self.symbols = symbols
        self.is_resolved = is_resolved
        self.start = mention.start
        self.end = mention.end
        self.places: tuple[str, ...] = ()

    def add_places(self, places: Iterable[str], start: int, end: int) -> None:
        """Take places that are named from `start` to `end`."""
        self.places += tuple(place for place in places if not place.startswith("("))
        self.start, self.end = min(self.start, start), max(self.end, end)

    def cited(self) -> Iterator[Cited]:
        """Yield a citation for each symbol and place."""
        start, end, resolved = self.start, self.end, self.is_resolved
        for symbol in self.symbols:
            if not self.places:
                yield Cited(symbol=symbol, start=start, end=end, resolved=resolved)
            for place in dict.fromkeys(self.places):
                yield Cited(symbol=f"{symbol} {place}", start=start, end=end, resolved=resolved)


def _numbered(text: str, context: Context) -> Iterator[Cited]:
    """Yield the citations that have a number or a symbol, with their places."""
    typed = context.symbol is None
    readings: list[_CitationReading] = []
    for mention in find_mentions(text, typed=typed, organ=context.organ):
        is_bare = mention.token.shape is Shape.SLASH and not mention.noun
        if is_bare and not (typed or mention.is_near or mention.year):
            continue  # a ratio, a score
        symbols, is_resolved = symbols_of(mention, text, context)
        if symbols:
            readings.append(_CitationReading(mention, symbols, is_resolved=is_resolved))
    low = 0
    for index, reading in enumerate(readings):
        _read_places(text, reading, readings[index - 1] if index else None, low, context)
        low = max(reading.end, reading.mention.after)
    if typed:
        _read_typed_places(text, readings, context)
        readings = _without_parallels(text, readings)
    for reading in readings:
        yield from reading.cited()


def _read_places(
    text: str,
    reading: _CitationReading,
    previous: _CitationReading | None,
    low: int,
    context: Context,
) -> None:
    """Read the places before and after a number."""
    mention, symbol = reading.mention, reading.symbols[0]
    if mention.is_joined and previous is not None:
        if text.endswith(("esolutions ", "ecisions "), 0, previous.mention.start):
            reading.places = previous.places if previous.start < previous.mention.start else ()
    elif before := place_before(text, low, mention.start):
        reading.add_places(labels(before.chain, symbol, context.count), before.start, before.end)
    after = None
    if mention.after == mention.end or text[mention.end] == ",":
        after = place_after(text, mention.end)
    if after is None and mention.after != mention.end:
        after = place_after(text, mention.after)
    if after is not None:
        reading.add_places(labels(after.chain, symbol, context.count), after.start, after.end)


def _read_typed_places(text: str, readings: list[_CitationReading], context: Context) -> None:
    """Give the places that are left, "OP6 61/181", "第8段", to the documents they belong to."""
    if not readings:
        return
    hidden = list(text)
    for reading in readings:
        hidden[reading.start : reading.end] = " " * (reading.end - reading.start)
    covered = "".join(hidden)
    for place in find_locators(covered):
        before = [reading for reading in readings if reading.start < place.start]
        after = [reading for reading in readings if reading.start >= place.end]
        leads_on = _LEADS_ON.match(covered, place.end) or not before
        owner = after[0] if after and leads_on else (before or after)[-1]
        if not owner.places:
            names = (_label(locator, owner.symbols[0], context) for locator in place.locators)
            owner.add_places([name for name in names if name], place.start, place.end)


def _label(locator: Locator, symbol: str, context: Context) -> str | None:
    """Return the label of a typed place; None for "the last" of a document that is not at hand."""
    number = locator.number
    if number is not None and number < 0:
        total = context.count(symbol, locator.kind) if context.count else None
        number = total + 1 + number if total else None
    if not number:
        return None
    return label_of(Locator(kind=locator.kind, number=number, path=locator.path))


def _without_parallels(text: str, readings: list[_CitationReading]) -> list[_CitationReading]:
    """Return readings with a number and its full symbol, named side by side, made one."""
    merged: list[_CitationReading] = []
    for reading in readings:
        last = merged[-1] if merged else None
        if (
            last is not None
            and last.symbols == reading.symbols
            and reading.mention.token.shape is Shape.FULL
            and _PARALLEL.fullmatch(text, last.end, reading.mention.start)
        ):
            last.add_places(reading.places, reading.start, reading.end)
        else:
            merged.append(reading)
    return merged
