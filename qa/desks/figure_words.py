"""Dates, sessions and symbols in a text: what changes from edition to edition without substance."""

import re
from collections.abc import Iterable
from functools import lru_cache

from qa.desks.alignment import AlignedDifference
from qa.desks.word_tokens import WordTokens
from qa.resolutions.cite.numbers import ORDINALS
from qa.resolutions.periods import ANY_MONTH, MONTHS

FIGURE = "#"
"""The key of a figure where paragraphs of two editions are compared."""

_ORDINAL = "(?:" + "|".join(sorted((w for w in ORDINALS if w.isascii()), key=len)[::-1]) + ")"
_TENS = "(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)"
_SERIAL = rf"(?:{_TENS}[- ])?{_ORDINAL}|\d+(?:st|nd|rd|th)"
_REFERENCE = re.compile(
    # days, months with a year, years
    rf"\b\d{{1,2}}(?: (?:and|to|[-–]) \d{{1,2}})? {ANY_MONTH}(?: \d{{4}})?|"
    rf"\b{ANY_MONTH},? \d{{4}}|\b(?:19|20)\d\d(?:[-–/](?:19|20)?\d\d)?\b(?!/)|"
    # sessions, meetings and anniversaries
    rf"\b(?:its |the )?(?:{_SERIAL})(?:,? (?:and |to )?(?:{_SERIAL}))*"
    r"(?= (?:(?:\w+ ){0,3}?(?:sessions?|meetings?|anniversar(?:y|ies)|years?)\b))|"
    # resolutions and decisions by number
    r"\b(?:[A-Z]+(?:/[\w.-]+)+(?:[-/]\w+)*|\d+/\d+(?: [A-Z](?![\w'’]))?|"
    r"\d{2,4} [A-Z]? ?\((?:[A-Z]*-?[IVXLC]+|(?:19|20)\d\d|[ES]-\d+)\))",
    re.IGNORECASE,
)
_LINKING = frozenset(
    ("and", "of", "the", "its", "to", "in", "on", "at", "resolution", "resolutions", "adopted")
)
_FIGURE_WORDS = frozenset(
    (
        *(word for word in ORDINALS if word.isascii() and word.isalpha()),
        *("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"),
        *map(str.lower, MONTHS),
    )
)


@lru_cache(maxsize=200_000)
def is_figure(key: str) -> bool:
    """Return whether a word is a number, an ordinal or a month."""
    return key[:1].isdigit() or key in _FIGURE_WORDS


def without_figures(keys: Iterable[str]) -> list[str]:
    """Return words with every figure as one sign; figures that follow each other are one."""
    folded: list[str] = []
    for key in keys:
        if not is_figure(key):
            folded.append(key)
        elif not folded or folded[-1] != FIGURE:
            folded.append(FIGURE)
    return folded


def reference_words(tokens: WordTokens) -> frozenset[int]:
    """Return the numbers of the words that are part of a date, a session or a symbol."""
    spans = [match.span() for match in _REFERENCE.finditer(tokens.text)]
    return frozenset(
        number
        for number, (start, end) in enumerate(zip(tokens.starts, tokens.ends, strict=True))
        if any(first <= start and end <= last for first, last in spans)
    )


def is_of_substance(
    difference: AlignedDifference, given: frozenset[str], printed: frozenset[str]
) -> bool:
    """Return whether a difference is more than another date, session or symbol.

    Args:
        difference: of two texts.
        given: the words of dates, sessions and symbols of the one.
        printed: those of the other.
    """
    return not (
        all(word in given or word in _LINKING for word in difference.given_words)
        and all(word in printed or word in _LINKING for word in difference.printed_words)
        and bool(given.intersection(difference.given_words) or not difference.given_words)
        and bool(printed.intersection(difference.printed_words) or not difference.printed_words)
    )
