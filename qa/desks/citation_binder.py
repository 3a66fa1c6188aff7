"""Which citation a quotation belongs to: in brackets after it, in its sentence, or before it."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from qa.desks.quotation_finder import FoundQuotation, hide_quotations
from qa.resolutions.cite.symbols import find_symbols
from qa.resolutions.cite.typed_pinpoints import Locator, find_locators
from qa.time_budget import in_time

_LONGEST = 3000  # characters of a sentence that are read at once
_SHORT = "".join(
    rf"(?<!\b{word}\.)"
    for word in (
        "para",
        "paras",
        "art",
        "arts",
        "No",
        "Nos",
        "sect",
        "op",
        "pp",
        "cf",
        "res",
        "vol",
    )
)
_END = re.compile(
    rf"\n|[.!?\ue000]{_SHORT}(?:[\"'\u201d\u2019\u00bb)\]]*)(?<=[.!?\u201d)\]\ue000])\s+(?=[A-Z\ue000\u00ab(*\[-])"
)
_BRACKET = re.compile(
    r"[\s.,;\u201d\"*_]*[(\[](?P<inside>[^()\[\]]*(?:(?:\([^()]*\)|\[[^\[\]]*\])[^()\[\]]*)*)[)\]]"
)
_BRACKET_REACH = 240
_IBID = re.compile(r"\b(?:ibid|idem|id|op\. ?cit|loc\. ?cit)\b", re.I)
_ANNEX = re.compile(
    r"(?:the )?(?P<annex>annex(?:es)?(?: [IVX]+\b)?)"
    r"(?:,? (?:to|of|in)\b[^.;\ue000]{0,60}?)?[,:]? *\Z",
    re.I,
)
_OF_ANNEX = re.compile(r",? (?:of|in|to) (?:the |its )?(?P<annex>annex(?: [IVX]+\b)?)", re.I)
_HAS_NUMBER = re.compile(r"\d|aragraph")
_DASH_LINE = re.compile(r"[\s>*_]*(?:[\u2014\u2013-]{1,2}|Source:|Ref\.?:|\()", re.I)


@dataclass(frozen=True, slots=True, kw_only=True)
class TextCitation:
    """A citation in a text: a document, with or without the place in it."""

    start: int
    end: int
    symbol: str
    locator: Locator | None = None
    bound_by: str = "sentence"  # "bracket", "sentence", "carried"
    is_sure: bool = True  # the place was meant for this quotation, not for one before it
    printed_place: str = ""  # what follows the symbol in a bracket, in lower case


@dataclass(frozen=True, slots=True)
class _Pinpoint:
    start: int
    end: int
    locator: Locator


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A sentence with the documents and places that it names outside its quotations."""

    start: int
    end: int
    symbols: tuple[TextCitation, ...]
    pinpoints: tuple[_Pinpoint, ...]
    quotations: tuple[FoundQuotation, ...]


@dataclass(frozen=True, slots=True)
class BoundText:
    """A text read: each quotation with its citation, and all citations."""

    bindings: tuple[tuple[FoundQuotation, TextCitation | None], ...]
    citations: tuple[TextCitation, ...]
    hidden: str  # the text with its quotations hidden


def bind_quotations(text: str, quotations: tuple[FoundQuotation, ...]) -> BoundText:
    """Return each quotation with the citation that it belongs to."""
    hidden = hide_quotations(text, quotations)
    sentences = list(_sentences(hidden, quotations))
    bindings: list[tuple[FoundQuotation, TextCitation | None]] = []
    citations: list[TextCitation] = []
    carried: TextCitation | None = None
    for index, sentence in enumerate(sentences):
        following = sentences[index + 1] if index + 1 < len(sentences) else None
        for quotation in sentence.quotations:
            bound = _bound(hidden, sentence, quotation, carried, following)
            bindings.append((quotation, bound))
            if bound is not None:
                carried = _later(carried, bound, quotation)
        citations += _citations(hidden, sentence, carried)
        if sentence.symbols:
            last = sentence.symbols[-1]
            pinpoints = [
                each for each in sentence.pinpoints if _belongs(each, sentence.symbols, last)
            ]
            carried = replace(last, locator=pinpoints[-1].locator if pinpoints else None)
    return BoundText(tuple(bindings), tuple(citations), hidden)


def _later(
    carried: TextCitation | None, bound: TextCitation, quotation: FoundQuotation
) -> TextCitation:
    """Return what is carried on: the citation that a quotation was bound to, if it is newer."""
    is_newer = carried is None or bound.bound_by != "carried" or bound.start < quotation.end
    return bound if is_newer else carried or bound


def _sentences(hidden: str, quotations: tuple[FoundQuotation, ...]) -> Iterator[_Sentence]:
    starts = [quotation.start for quotation in quotations]
    start = 0
    ends = [match.end() for match in _END.finditer(hidden)] + [len(hidden)]
    for end in in_time(ends):
        while end - start > _LONGEST:
            cut = hidden.rfind(" ", start + 1, start + _LONGEST)
            cut = cut if cut > start else start + _LONGEST
            yield _sentence(hidden, start, cut, quotations, starts)
            start = cut
        if end > start:
            yield _sentence(hidden, start, end, quotations, starts)
        start = end


def _sentence(
    hidden: str, start: int, end: int, quotations: tuple[FoundQuotation, ...], starts: list[int]
) -> _Sentence:
    """Read a sentence; one without a number or a paragraph names nothing."""
    inside = quotations[bisect_left(starts, start) : bisect_left(starts, end)]
    words = hidden[start:end]
    symbols: tuple[TextCitation, ...] = ()
    pinpoints: tuple[_Pinpoint, ...] = ()
    if _HAS_NUMBER.search(words):
        compact, offsets = _compact(words)
        symbols = tuple(
            TextCitation(
                start=start + offsets[match.start],
                end=start + offsets[match.end - 1] + 1,
                symbol=match.symbol,
            )
            for match in find_symbols(compact, organ="S")
        )
        pinpoints = tuple(_pinpoints(compact, offsets, start, symbols))
    return _Sentence(start, end, symbols, pinpoints, inside)


def _compact(words: str) -> tuple[str, Sequence[int]]:
    """Return a sentence with one character for each quotation, and the offset of each character."""
    if "\ue000" not in words:
        return words, range(len(words))
    kept = [
        index
        for index, character in enumerate(words)
        if character != "\ue000" or index == 0 or words[index - 1] != "\ue000"
    ]
    return "".join(words[index] for index in kept), kept


def _pinpoints(
    compact: str, offsets: Sequence[int], base: int, symbols: tuple[TextCitation, ...]
) -> Iterator[_Pinpoint]:
    for match in find_locators(compact):
        start, end = base + offsets[match.start], base + offsets[match.end - 1] + 1
        if any(symbol.start < end and start < symbol.end for symbol in symbols):
            continue
        annex = _ANNEX.search(compact, max(0, match.start - 90), match.start) or _OF_ANNEX.match(
            compact, match.end
        )
        for locator in match.locators:
            if annex and not locator.within and not locator.is_whole:
                locator = replace(locator, within=(annex["annex"].lower(),))  # noqa: PLW2901
            yield _Pinpoint(start, end, locator)


def _bound(
    hidden: str,
    sentence: _Sentence,
    quotation: FoundQuotation,
    carried: TextCitation | None,
    following: _Sentence | None,
) -> TextCitation | None:
    """Return the citation of a quotation: the nearest way of giving one."""
    return (
        _in_bracket(hidden, quotation, carried)
        or _in_sentence(hidden, sentence, quotation, carried)
        or _on_next_line(hidden, quotation, following)
        or (replace(carried, bound_by="carried", is_sure=False, locator=None) if carried else None)
    )


def _in_bracket(
    hidden: str, quotation: FoundQuotation, carried: TextCitation | None
) -> TextCitation | None:
    """Return what the bracket right after a quotation cites: "(ibid., para. 3)"."""
    match = _BRACKET.match(hidden, quotation.end, quotation.end + _BRACKET_REACH)
    if match is None or "\ue000" in match["inside"]:
        return None
    start, end = match.span("inside")
    inside = _sentence(hidden, start, end, (), [])
    is_ibid = _IBID.search(match["inside"]) is not None
    if not (inside.symbols or inside.pinpoints or is_ibid):
        return None
    symbol = inside.symbols[-1] if inside.symbols else carried
    if symbol is None:
        return None
    locator = inside.pinpoints[-1].locator if inside.pinpoints else None
    if not inside.symbols:
        locator = _with_annex_of(carried, locator) if is_ibid else locator
        if locator is None and is_ibid and carried:
            locator = carried.locator
    printed = hidden[symbol.end : end] if inside.symbols else ""
    return TextCitation(
        start=start,
        end=end,
        symbol=symbol.symbol,
        locator=locator,
        bound_by="bracket",
        printed_place=printed.strip(" ,.;").lower(),
    )


def _in_sentence(
    hidden: str, sentence: _Sentence, quotation: FoundQuotation, carried: TextCitation | None
) -> TextCitation | None:
    """Return what the sentence of a quotation cites: before it, or else after it."""
    others = [each for each in sentence.quotations if each is not quotation]
    before = [each for each in sentence.symbols if each.end <= quotation.start]
    first_after = min(
        (each.start for each in others if each.start > quotation.start), default=sentence.end
    )
    after = [each for each in sentence.symbols if quotation.end <= each.start < first_after]
    symbol = before[-1] if before else None
    places = [each for each in sentence.pinpoints if each.end <= quotation.start]
    if symbol:
        places = [each for each in places if _belongs(each, sentence.symbols, symbol)]
    if not symbol and not places:
        symbol = after[0] if after else None
        places = [each for each in sentence.pinpoints if quotation.end <= each.start < first_after]
        places = places[:1]
    owner = symbol or (carried if places else None)
    if owner is None:
        return None
    place = places[-1] if places else None
    locator = place.locator if place else None
    if (
        symbol is None
        and locator is not None
        and _IBID.search(hidden, sentence.start, quotation.start)
    ):
        locator = _with_annex_of(carried, locator)
    is_taken = place is not None and any(
        place.end <= other.start < quotation.start for other in others
    )
    return TextCitation(
        start=min(each.start for each in (symbol, place) if each),
        end=max(each.end for each in (symbol, place) if each),
        symbol=owner.symbol,
        locator=locator,
        bound_by="sentence" if symbol else "carried",
        is_sure=not is_taken,
    )


def _on_next_line(
    hidden: str, quotation: FoundQuotation, following: _Sentence | None
) -> TextCitation | None:
    """Return the citation on the line under a block: "\u2014 A/RES/61/181, para. 6"."""
    if following is None or not following.symbols or following.start - quotation.end > 3:
        return None
    if not _DASH_LINE.match(hidden, following.start) or following.quotations:
        return None
    symbol = following.symbols[0]
    places = [each for each in following.pinpoints if each.start >= symbol.start]
    return replace(symbol, locator=places[0].locator if places else None, bound_by="bracket")


def _with_annex_of(carried: TextCitation | None, locator: Locator | None) -> Locator | None:
    """Return "ibid., para. 3" in the annex in which the citation before it is."""
    if locator is None or locator.within or carried is None or carried.locator is None:
        return locator
    return replace(locator, within=carried.locator.within)


def _belongs(place: _Pinpoint, symbols: Sequence[TextCitation], symbol: TextCitation) -> bool:
    """Return whether a place is in this of the documents that a sentence names."""
    return _nearest_symbol(place, symbols) == symbol.symbol


def _nearest_symbol(place: _Pinpoint, symbols: Sequence[TextCitation]) -> str:
    nearest = min(
        symbols,
        key=lambda each: (
            each.start - place.end if each.start >= place.end else place.start - each.end
        ),
    )
    return nearest.symbol


def _citations(
    hidden: str, sentence: _Sentence, carried: TextCitation | None
) -> Iterator[TextCitation]:
    """Yield the documents and places that a sentence names, for whether they exist."""
    del hidden
    cited: set[str] = set()
    for place in sentence.pinpoints:
        nearest = _nearest_symbol(place, sentence.symbols) if sentence.symbols else ""
        owners = [each for each in sentence.symbols if each.symbol == nearest]
        owner = owners[0] if owners else carried
        if owner is not None:
            cited.add(owner.symbol)
            start = min(place.start, owner.start) if owners else place.start
            end = max(place.end, owner.end) if owners else place.end
            yield TextCitation(start=start, end=end, symbol=owner.symbol, locator=place.locator)
    for symbol in sentence.symbols:
        if symbol.symbol not in cited:
            yield symbol
