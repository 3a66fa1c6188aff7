"""Questions about what holds now: "until when is the mandate", "the current ceiling"."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from qa.question.dates import months_in, sessions_in, years_in
from qa.question.patterns import rules
from qa.resolutions.model import Masthead
from qa.resolutions.parse.validity import TermKind
from qa.resolutions.text import squeeze

_NOW, _FRAME = "now", "frame"


@dataclass(frozen=True, slots=True, kw_only=True)
class PresentQuery:
    """A question about what holds now."""

    has_cue: bool  # it says so: "current", "until when", "still"
    kinds: tuple[TermKind, ...]  # the terms that its words name; none: any
    about: str  # its words without those that say when and what kind
    year: int | None = None  # of the past, about which it asks: "the mandate in 2019"
    coming: int | None = None  # the year of the newest text or a later one that it names
    financial: tuple[int, int] | None = None  # years of a financial period: "budget 2021/22"
    is_first: bool = False  # about the first term: "when it was set up"


def read_present(text: str, loaded: Sequence[Masthead] = ()) -> PresentQuery | None:
    """Return what a question asks of the present; None where it asks for something else.

    A question that names a kind of term and no date is about the present, too. One that names a
    year is about that year, unless it is the year of the newest text or later: what will hold then
    follows from what holds now.
    """
    by_name = rules("present")
    financial = None
    if by_name[TermKind.APPROPRIATION.value].search(text):
        financial, text = _without_financial_period(text)
    if any(True for read in (months_in, sessions_in) for _ in read(text)):
        return None
    years = set(years_in(_BODY_NUMBER.sub(" ", text)))
    newest = _newest_year(loaded)
    past = min(years) if len(years) == 1 and newest and min(years) < newest else None
    if years and past is None and not (newest and min(years) >= newest):
        return None
    text = _YEAR.sub(" ", text)
    if past or len(years) == 1:
        text = _BARE_YEAR.sub(" ", text)
    has_cue = bool(by_name[_NOW].search(text))
    kinds = tuple(kind for kind in TermKind if by_name[kind.value].search(text))
    if not kinds and (past or not has_cue):
        return None
    is_first = bool(kinds and _FIRST.search(text))
    about = by_name[_FRAME].sub(" ", _FIRST.sub(" ", text) if is_first else text)
    return PresentQuery(
        has_cue=has_cue and not past,
        kinds=kinds,
        about=squeeze(_MARKS.sub(" ", about)),
        year=past,
        coming=max(years) if years and not past else None,
        financial=financial,
        is_first=is_first,
    )


def _without_financial_period(text: str) -> tuple[tuple[int, int] | None, str]:
    """Return the two years of a financial period that a text names, and the rest of the text."""
    for match in _FINANCIAL.finditer(text):
        first, second = (int(match["first"] or match["from"]), int(match["second"] or match["to"]))
        if (first + 1) % _CENTURY == second % _CENTURY:
            start = first if first >= _CENTURY else 2000 + first
            rest = f"{text[: match.start()]} {text[match.end() :]}"
            return (start, start + 1), squeeze(rest)
    return None, text


def names_kind(text: str, kinds: Iterable[TermKind]) -> bool:
    """Return whether a text names a term of one of some kinds: "the arms embargo"."""
    by_name = rules("present")
    return any(by_name[kind.value].search(text) for kind in kinds)


def words_of_present(text: str) -> Iterator[str]:
    """Yield the words by which a question says that it is about the present: "current"."""
    for match in rules("present")[_NOW].finditer(text):
        yield match[0]


def _newest_year(loaded: Sequence[Masthead]) -> int:
    return max((masthead.adopted.year for masthead in loaded if masthead.adopted), default=0)


_YEAR = re.compile(r"\b(?:in|of|for) (?:19|20)\d\d\b(?! [Cc]ommittee)")
_BARE_YEAR = re.compile(r"(?<![\d/])(?:19|20)\d\d(?![\d/])")
_CENTURY = 100
_FINANCIAL = re.compile(  # "2021/22", "FY25-26", "from 1 July 2021 to 30 June 2022"
    r"(?<![\w/])(?:FY ?)?(?P<first>(?:20)?\d\d) ?[/–-] ?(?P<second>(?:20)?\d\d)(?![\w/–-])|"
    r"\b(?:from )?(?:1(?:st)? )?July (?P<from>20\d\d) (?:to|until|through|till|and|–|-) "
    r"(?:30(?:th)? )?June (?P<to>20\d\d)\b",
    re.IGNORECASE,
)
_FIRST = re.compile(
    r"\b(?:when|as) (?:it|they) (?:was|were) (?:first )?(?:set up|created|established|launched|"
    r"deployed|started|authori[sz]ed)\b|\b(?:first|initial|initially|original|originally)\b"
    r"(?: (?:set up|created|established|launched|deployed|started))?|\bat (?:the|its) "
    r"(?:start|beginning|outset|creation)\b",
    re.IGNORECASE,
)
_BODY_NUMBER = re.compile(
    r"\b(?:19|20)\d\d(?=(?:/\d{4})* (?:committee|panel|regime|sanctions|monitoring))", re.I
)
_MARKS = re.compile(r"[?!.,;:\"“”()]+")
