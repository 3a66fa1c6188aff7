"""The places that a question names, each with its document, and what of a citation is not read."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from qa.question.question import Question, RequestedPinpoint
from qa.resolutions.cite.aliases import alias_citations
from qa.resolutions.cite.symbols import SymbolMatch, hide_symbols
from qa.resolutions.cite.typed_pinpoints import (
    Locator,
    LocatorMatch,
    bare_number,
    find_locators,
)
from qa.resolutions.cite.typed_units import UnitMatch, find_units, is_in_annex, rank
from qa.resolutions.model import Kind

_OF = re.compile(
    r"\s*(?:of|in|from|to|de|del?|dans|des?|der|della|из|от|резолюци\w*)\b", re.IGNORECASE
)
_AND_OF = re.compile(
    r"[\s,&]*(?:and|or|y|et)?\s*(?:of|in|from)?\s*(?:the\s+)?(?:resolutions?|res\.?)?\s*",
    re.IGNORECASE,
)
_WORDS = r"(?:(?:of|to|in|from|the|thereof|its|de|du|des|la|le|del|der|des|und|y|et|al|à)\s+)*"
_CHAIN_GAP = re.compile(rf"[\s,;:()\[\]]*{_WORDS}[\s,]*", re.IGNORECASE)
# Between a document and a part of it: dates, titles, reports in which it is printed.
_TITLE_GAP = re.compile(
    r"(?:[\s,;:\"“”()\[\]]|\([^()]*\)|[ld]['’]|[A-Z][\w.'’-]*|\d{1,4}|"
    r"(?:of|on|the|and|for|to|in|against|at|adopted|resolutions?|decisions?|see|para|de|la|du|des|"
    r"its|this|that|said|also|especially|particular(?:ly)?|notably|namely|su|sus|sa|ses|leur|ihrer|"
    r"générale|sécurité|social|sociale|unies|unidas|l'homme|der|des|в|от)"
    r"(?![\w.]))*"
)
_MONTHS = (
    r"jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec|january|february|march|april|june|july|"
    r"august|september|october|november|december"
)
_NO_PLACE = (
    rf"(?:{_MONTHS}|at|no|nos|supp|sess|session|vol|mtg|meeting|item|note|supra|infra|of|on|in|"
    r"since|from|until|by|adopted|dated|and|or|to|un|doc|res|resolution|resolutions|decision|the|"
    r"accessed|retrieved|visited|between|before|after|than|about|were|are|is|was|year|years|"
    r"paras?|part)"
)
# What follows a document as a place that is not recorded: ", p. 3", " line 12".
_UNKNOWN_PLACE = re.compile(
    rf"(?:,? \([^()]*\))?(?:,| )\s*(?P<place>(?!{_NO_PLACE}\b)[^\W\d_]{{1,12}}\.?\s*\d+(?:\.\d+)?"
    r"(?:\s*[-–]\s*\d+)?)\s*[.)\]\"”]*\s*$",
    re.IGNORECASE,
)
# What narrows a place further and is not recorded: "annex, target 3".
_BELOW_PLACE = re.compile(
    r",? (?P<place>(?:targets?|goals?|indicators?|tables?|figures?|box(?:es)?|bis|ter|quater)(?!\w)"
    r"(?: [\d.]+)?)",
    re.IGNORECASE,
)
_PAGE = re.compile(r"(?:pp?|pgs?|pages?|seite|página|стр?|с|at)\b\.?|\d", re.IGNORECASE)
# At the end of a citation a page without a word for it: ", at 122 (1970)", "(1948) 71".
_AT_PAGE = re.compile(
    r"(?:,? \([^()]*\))*"
    r"(?:,? (?P<at>at \d{1,4}(?:\s?[-–]\s?\d{1,4})?)|(?<=\d{4}\)) (?P<bare>\d{1,3}))"
    r"(?:,? \([^()]*\))*[\s.)\]\"”]*$"
)
# A question that names no document may name one after all, in a form that is not known.
_OWN_YEAR = re.compile(
    r"\b(?:19|20)\d\d\b(?= (?:resolutions?|texts?|documents?|ones?|versions?)\b)|"
    r"(?<=\bof )(?:19|20)\d\d\b|(?<=\bin )(?:19|20)\d\d\b|(?<=\bfrom )(?:19|20)\d\d\b"
)
_DATE = re.compile(rf"\b\d{{1,2}}(?:st|nd|rd|th)? (?:of )?(?:{_MONTHS})\b", re.IGNORECASE)
_DIGITS = re.compile(r"(?:(?!of|in|to|from\b)[^\W\d_][\w.]*[\s./-]*)?\b[\w./()-]*\d[\w./()-]*")
_DOCUMENT = (
    r"Agreement|Convention|Covenant|Treaty|Charter|Statute|Protocol|Declaration|Agenda|Pact|Compact|"
    r"Programme|Rules|Plan|Strategy|Framework|Principles|Guidelines|Outcome|Report|Judgment|"
    r"Opinion|Act|Law|Constitution|Regulation|Directive|Comment|Communiqué|Statement|Decision|Accord"
)
_SMALL = r"(?:(?:of|on|for|and|the|to|in|against|concerning|relating) )*"
_WORD = r"[A-Z][\w'’-]*"
_PHRASE = rf"(?:{_WORD} {_SMALL}){{0,8}}(?:{_DOCUMENT})\b(?: {_SMALL}{_WORD}){{0,12}}"
_OUR_ORGANS = r"(?!General Assembly|Security Council|Economic and|Human Rights Council|United Nat)"
_PHRASE_OF_TWO = rf"{_OUR_ORGANS}{_WORD}(?: {_SMALL}{_WORD}){{1,12}}"
# The name of a document right before or after a place, which is "\\0" here.
_NAMED = re.compile(
    rf"\0(?:,|,? (?:of|to|in|from|under)) (?:the )?({_PHRASE}|{_PHRASE_OF_TWO}|[A-Z][A-Z]{{2,}}\b)"
    rf"(?! resolution)|({_PHRASE})[\s,:;]*(?:at )?\0|({_PHRASE_OF_TWO})[,:;]\s*(?:at )?\0|"
    r"^([A-Z][A-Z]{2,})[\s,;:]+\0"
)
_TOPIC = re.compile(r"\b(?:about|regarding|concerning|says? on)\b[^\0]*$")


@dataclass(frozen=True, slots=True)
class Places:
    """The places that a text names, and what of its citation was not understood."""

    places: tuple[RequestedPinpoint, ...] = ()
    unread: str = ""


def read_places(text: str, symbols: tuple[SymbolMatch, ...]) -> Places:
    """Return each place with the symbol it belongs to: "para. 6 of X", "X, para. 6"."""
    covered = hide_symbols(text, symbols)  # a symbol's own digits are no locator
    matches = list(_locator_matches(covered, symbols))
    places = tuple(
        RequestedPinpoint(symbol=symbol, locator=locator)
        for match in matches
        for symbol in _owners(match, symbols, covered) or (None,)
        for locator in match.locators
    )
    unread = ""
    if symbols and not places:
        unread = _unknown_place(covered, symbols)
    elif symbols:
        below = _BELOW_PLACE.match(covered, matches[-1].end)
        unread = below["place"] if below else _page_at_end(covered, matches[-1].end)
    elif not symbols and any(place.locator.number is not None for place in places):
        unread = _unknown_document(covered, matches)
    return Places(tuple(dict.fromkeys(places)), unread)


def printed_place(text: str, symbols: Sequence[SymbolMatch]) -> str:
    """Return what follows the document in "A/RES/61/181, para. 6"; "" for any other text."""
    if len(symbols) != 1 or text[: symbols[0].start].strip():
        return ""
    return text[symbols[0].end :].strip(" ,.").lower()


def reprints_named(text: str, matches: Sequence[SymbolMatch]) -> tuple[SymbolMatch, ...]:
    """Return the documents of a citation; one that reprints the resolution before it is that one.

    "GA Res 217A (III), UNGAOR, 3rd Sess, Supp No 13, UN Doc A/810" asks for the resolution, and
    the address of a catalogue behind it for nothing else.
    """
    named: list[SymbolMatch] = []
    for match in matches:
        before = named[-1] if named else None
        is_reprint = (
            before is not None
            and _RESOLUTION.search(before.symbol)
            and not _RESOLUTION.search(match.symbol)
            and _REPRINT.fullmatch(text, before.end, match.end)
        )
        named.append(replace(match, symbol=before.symbol) if before and is_reprint else match)
    return tuple(named)


_RESOLUTION = re.compile(r"/RES/|/DEC/|/PRST/")
_REPRINT = re.compile(
    r"(?:(?!\b(?:with|and|or|to|from|versus|vs)\b)[^;?!]){0,120}?"
    r"(?:(?:U\.?N\.? ?[Dd]oc(?:ument)?\.?s?|[Dd]oc\.? (?:off\.? )?(?:ONU|NU|N\.U\.)) [A-Z]/[\w./-]+"
    r"|\S*digitallibrary\.un\.org/\S+)"
)


def is_read_whole(cited: str, question: Question) -> bool:
    """Return whether a place that follows the document holds all places that a question names.

    Args:
        cited: "para. 6", with which what follows the document begins.
        question: names one document.
    """
    symbol = question.symbols[0]
    match = SymbolMatch(symbol=symbol, start=0, end=len(symbol))
    alone = read_places(f"{symbol}, {cited}", (match,))
    return set(question.places) <= set(alone.places) and question.unread in cited


def names_places(text: str) -> bool:
    """Return whether `text` names a place or a part of any document."""
    return any(True for _ in _any_places(text))


def documents_by_name(text: str) -> tuple[tuple[SymbolMatch, ...], tuple[str, ...]]:
    """Return the document that a name with a place means: "UDHR, art. 12", and the units it is in.

    A name without a place right after or before it is a topic.
    """
    for cited in alias_citations(text):
        after = _after_name(text, cited.end)
        before = text[: cited.start].rstrip()
        is_led_to = re.search(r"\b(?:of|to|in) (?:the )?$", text[: cited.start]) and (
            any(match.end >= len(before) - 8 for match in _any_places(before))
        )
        starts = [match.start for match in _any_places(text[after:])]
        if is_led_to or 0 in starts:
            symbol, _, unit = cited.symbol.partition(" ")
            match = SymbolMatch(symbol=symbol, start=cited.start, end=cited.end)
            return (match,), (unit,) if unit else ()
    return (), ()


_AFTER_NAME = re.compile(r"(?: resolution)?(?: \([^()]*\))?[\s,:;]*")


def _after_name(text: str, position: int) -> int:
    match = _AFTER_NAME.match(text, position)
    return match.end() if match else position


def _any_places(text: str) -> Iterator[LocatorMatch | UnitMatch]:
    yield from find_units(text)
    yield from find_locators(text)


def within_units(places: Places, units: tuple[str, ...]) -> Places:
    """Return places inside the units of a document that is known by a name of a part of it."""
    if not units:
        return places
    inside = (
        replace(place, locator=_inside(place.locator, units))
        for place in places.places
        if not any(unit.startswith("annex") for unit in place.locator.within)
    )
    return replace(places, places=tuple(inside))


def _locator_matches(covered: str, symbols: Sequence[SymbolMatch]) -> Iterator[LocatorMatch]:
    """Yield the places of a text, each inside the parts that are named next to it."""
    units = list(find_units(covered)) if symbols else []
    locators = [
        match
        for match in find_locators(covered)
        if not any(match.start < unit.end and unit.start < match.end for unit in units)
    ]
    if not locators and not units:
        bare = (bare_number(covered, symbol.end) for symbol in symbols)
        yield from (match for match in bare if match)
        return
    chain: list[UnitMatch | LocatorMatch] = []
    parts: list[UnitMatch | LocatorMatch] = [*units, *locators]
    for part in sorted(parts, key=lambda part: part.start):
        if chain and not _CHAIN_GAP.fullmatch(covered, chain[-1].end, part.start):
            yield from _of_chain(chain, covered, symbols)
            chain = []
        chain.append(part)
    if chain:
        yield from _of_chain(chain, covered, symbols)


def _of_chain(
    chain: Sequence[UnitMatch | LocatorMatch], covered: str, symbols: Sequence[SymbolMatch]
) -> Iterator[LocatorMatch]:
    """Yield what a chain names: its paragraphs inside its parts, or its parts as a whole."""
    units = sorted(
        (match for match in chain if isinstance(match, UnitMatch)),
        key=lambda match: rank(match.units[0]),
    )
    locators = [match for match in chain if isinstance(match, LocatorMatch)]
    start, end = chain[0].start, chain[-1].end
    if not units:
        yield from locators
    elif locators:
        within = tuple(match.units[0] for match in units)
        for match in locators:
            inside = tuple(_inside(locator, within) for locator in match.locators)
            yield LocatorMatch(locators=inside, start=start, end=end)
    elif _is_next_to(start, end, covered, symbols):
        coarse = tuple(match.units[0] for match in units[:-1])
        yield LocatorMatch(
            locators=tuple(
                _inside(Locator(kind=Kind.ANNEX, number=None), (*coarse, unit))
                for unit in units[-1].units
            ),
            start=start,
            end=end,
        )


def _inside(locator: Locator, units: tuple[str, ...]) -> Locator:
    within = (*units, *locator.within)
    is_annexed = locator.kind is Kind.OPERATIVE and is_in_annex(within)
    return replace(locator, within=within, kind=Kind.ANNEX if is_annexed else locator.kind)


def _is_next_to(start: int, end: int, covered: str, symbols: Sequence[SymbolMatch]) -> bool:
    """Return whether a part belongs to a document that is named next to it."""
    return any(
        (symbol.end <= start and _TITLE_GAP.fullmatch(covered, symbol.end, start))
        or (symbol.start >= end and _TITLE_GAP.fullmatch(covered, end, symbol.start))
        for symbol in symbols
    )


def _owners(place: LocatorMatch, symbols: tuple[SymbolMatch, ...], covered: str) -> tuple[str, ...]:
    """Return the documents that a place belongs to: "OP1 of X and of Y", "X, OP1"."""
    before = [symbol for symbol in symbols if symbol.end <= place.start]
    after = [symbol for symbol in symbols if symbol.start >= place.end]
    if not after or (before and not _OF.match(covered, place.end)):
        return _listed_before(before, covered)
    owners = [after[0]]
    for symbol in after[1:]:
        if not _AND_OF.fullmatch(covered, owners[-1].end, symbol.start):
            break
        owners.append(symbol)
    return tuple(owner.symbol for owner in owners)


def _listed_before(before: Sequence[SymbolMatch], covered: str) -> tuple[str, ...]:
    """Return the document before a place, or all of a list that ends with a colon.

    "79/62 and 80/57: first paragraphs" asks for those of both.
    """
    owners = list(before[-1:])
    if owners and _COLON.match(covered, owners[-1].end):
        for symbol in reversed(before[:-1]):
            if not _AND_OF.fullmatch(covered, symbol.end, owners[0].start):
                break
            owners.insert(0, symbol)
    return tuple(owner.symbol for owner in owners)


_COLON = re.compile(r"\s*:")


def _unknown_place(covered: str, symbols: Sequence[SymbolMatch]) -> str:
    """Return a place after a document that is not recorded: "p. 3"."""
    match = _UNKNOWN_PLACE.match(covered, symbols[-1].end)
    return match["place"] if match else _page_at_end(covered, symbols[-1].end)


def _page_at_end(covered: str, position: int) -> str:
    """Return the page with which a citation ends, "at 122"; "" where it ends otherwise."""
    match = _AT_PAGE.match(covered, position)
    return (match["at"] or match["bare"]) if match else ""


def is_page(place: str) -> bool:
    """Return whether a place that was not read is a page."""
    return _PAGE.match(place) is not None


def _unknown_document(covered: str, matches: Sequence[LocatorMatch]) -> str:
    """Return what may name a document that is not known: digits, or the name of a document."""
    rest = list(covered)
    for match in matches:
        rest[match.start : match.end] = "\0" * (match.end - match.start)
    others = _OWN_YEAR.sub(lambda match: " " * len(match[0]), "".join(rest))
    others = _TOPIC.sub("", _DATE.sub("", others))
    named = _NAMED.search(others) or _DIGITS.search(others)
    return re.sub("\0+", " ", next(filter(None, (*named.groups(), named[0])))) if named else ""
