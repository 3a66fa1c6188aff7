"""Document symbols in a text: each number with the organ that it belongs to.

The rules are those by which the United Nations numbers its texts: `N/N` is the General Assembly
since 1976, `YYYY/N` the Economic and Social Council, `N (YYYY)` the Security Council, `N (Roman)`
the Assembly to 1975; an organ that is named overrules the shape, and a date must fit the session.
Where these leave more than one organ, or none whose symbols are known, nothing is guessed.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from qa.resolutions.cite.attribution import symbols_of
from qa.resolutions.cite.citing_context import Context
from qa.resolutions.cite.grammar import plain, plain_digits
from qa.resolutions.cite.mentions import find_mentions
from qa.resolutions.cite.sessions import fits_session
from qa.resolutions.cite.symbol_tokens import Shape
from qa.resolutions.cite.typed_symbols import typed_symbols

__all__ = [
    "SymbolMatch",
    "find_symbols",
    "fits_session",
    "hide_symbols",
    "plain_digits",
    "without_part",
]

_LOCATOR = re.compile(
    r" (?:OP|PP|FN|annex|appendix|sect\.|para\.|part|chap\.|art\.|rule|principle)"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SymbolMatch:
    """A document symbol met in a text."""

    symbol: str  # canonical, "A/RES/61/181", "S/RES/1325(2000)"
    start: int
    end: int
    is_loose: bool = False  # a bare number: "UNHCR 2019", "resolution 338"


def find_symbols(
    text: str, *, organ: str = "A", with_unresolved: bool = False
) -> tuple[SymbolMatch, ...]:
    """Return the document symbols that a person typed, in order; a list gives each of its own.

    Args:
        text: a question or a passage.
        organ: letter of the adopting organ, which owns "its resolution".
        with_unresolved: whether a number of an organ without known symbols is given too, by its
            description: "CCPCJ resolution 27/2".
    """
    readable = plain(text)
    in_other_forms = [
        SymbolMatch(symbol=match.symbol, start=match.start, end=match.end, is_loose=match.is_loose)
        for match in typed_symbols(readable, with_others=with_unresolved)
    ]
    matches = [
        *in_other_forms,
        *_apart_from(_numbered(readable, organ, with_unresolved), in_other_forms),
    ]
    return tuple(sorted(dict.fromkeys(_with_parts(matches)), key=lambda match: match.start))


def _with_parts(matches: Sequence[SymbolMatch]) -> Iterator[SymbolMatch]:
    """Yield the matches; "217 A (III) … UN Doc A/RES/217(III)" means part A both times."""
    symbols = dict.fromkeys(match.symbol for match in matches)
    for match in matches:
        parts = [symbol for symbol in symbols if symbol.startswith(f"{match.symbol}[")]
        yield replace(match, symbol=parts[0]) if len(parts) == 1 else match


def _numbered(text: str, organ: str, with_unresolved: bool) -> Iterator[SymbolMatch]:
    """Yield the symbols by shape and words around; another body's number by its description."""
    context = Context(organ=organ)
    for mention in find_mentions(text, typed=True):
        symbols, is_resolved = symbols_of(mention, text, context)
        if mention.token.shape is Shape.YEAR_FIRST and _is_period(text, mention.start, mention.end):
            continue
        is_given = is_resolved or with_unresolved
        if _is_item(text, mention.start, mention.end):
            continue
        for symbol in symbols if is_given else ():
            yield SymbolMatch(symbol=symbol, start=mention.start, end=mention.end)


_ITEM = re.compile(r"\d+ ?\([ivxlc]+\)|\d{1,2} ?\([IVX]+\)")
_ITEM_OF = re.compile(
    r"(?:\b(?:para|op|pp|oc|par|párr|clause|point|art|text|rule|principle)\w*\.?|[§¶])"
    r"\s*(?:\d+[\w (),-]*)?$",
    re.IGNORECASE,
)


def _is_item(text: str, start: int, end: int) -> bool:
    """Return whether what looks like a session is an item of a list: "para. 15 (i)"."""
    return bool(_ITEM.fullmatch(text, start, end) and _ITEM_OF.search(text[:start]))


def _apart_from(
    matches: Iterable[SymbolMatch], others: Sequence[SymbolMatch]
) -> Iterator[SymbolMatch]:
    """Yield those of `matches` that overlap none of `others`."""
    for match in matches:
        if not any(match.start < other.end and other.start < match.end for other in others):
            yield match


def hide_symbols(text: str, matches: Iterable[SymbolMatch]) -> str:
    """Return `text` with blanks for its symbols, so that every other offset stays as it is."""
    characters = list(text)
    for symbol in matches:
        characters[symbol.start : symbol.end] = " " * (symbol.end - symbol.start)
    return "".join(characters)


_YEARS = re.compile(r"(?P<first>(?:19|20)\d\d)/(?:\d\d)?(?P<second>\d\d)")
_PERIOD = r"(?:budget|budgetary|financial|fiscal|periods?|years?|bienni\w+|cycle|season)"
_PERIOD_AFTER = re.compile(rf" (?:[\w-]+ )?{_PERIOD}\b", re.IGNORECASE)
_PERIOD_BEFORE = re.compile(rf"\b(?:{_PERIOD}|for|during) $", re.IGNORECASE)


def _is_period(text: str, start: int, end: int) -> bool:
    """Return whether what looks like a symbol is a span of years: "the 2022/23 budget year"."""
    years = _YEARS.fullmatch(text, start, end)
    return (
        years is not None
        and (int(years["first"]) + 1) % 100 == int(years["second"])
        and bool(_PERIOD_AFTER.match(text, end) or _PERIOD_BEFORE.search(text[:start]))
    )


def without_part(symbol: str) -> str:
    """Return the document of a citation, without part and place.

    "A/RES/37/100[A] OP3" gives "A/RES/37/100".
    """
    locator = _LOCATOR.search(symbol)
    bare = symbol[: locator.start()] if locator else symbol
    return re.sub(r"\[[A-Z]{1,2}\]$", "", bare)
