"""Questions about what holds now: "until when is the mandate", "the current ceiling"."""

import re
from collections.abc import Iterable, Sequence
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


def read_present(text: str, loaded: Sequence[Masthead] = ()) -> PresentQuery | None:
    """Return what a question asks of the present; None where it asks for something else.

    A question that names a kind of term and no date is about the present, too. One that names a
    year is about that year, unless it is the year of the newest text or later: what will hold then
    follows from what holds now.
    """
    if any(True for read in (months_in, sessions_in) for _ in read(text)):
        return None
    years = set(years_in(_BODY_NUMBER.sub(" ", text)))
    newest = _newest_year(loaded)
    past = min(years) if len(years) == 1 and newest and min(years) < newest else None
    if years and past is None and not (newest and min(years) >= newest):
        return None
    text = _BARE_YEAR.sub(" ", _YEAR.sub(" ", text)) if past else _YEAR.sub(" ", text)
    by_name = rules("present")
    has_cue = bool(by_name[_NOW].search(text))
    kinds = tuple(kind for kind in TermKind if by_name[kind.value].search(text))
    if not kinds and (past or not has_cue):
        return None
    about = by_name[_FRAME].sub(" ", text)
    about = squeeze(_MARKS.sub(" ", about))
    return PresentQuery(has_cue=has_cue and not past, kinds=kinds, about=about, year=past)


def names_kind(text: str, kinds: Iterable[TermKind]) -> bool:
    """Return whether a text names a term of one of some kinds: "the arms embargo"."""
    by_name = rules("present")
    return any(by_name[kind.value].search(text) for kind in kinds)


def _newest_year(loaded: Sequence[Masthead]) -> int:
    return max((masthead.adopted.year for masthead in loaded if masthead.adopted), default=0)


_YEAR = re.compile(r"\b(?:in|of|for) (?:19|20)\d\d\b(?! [Cc]ommittee)")
_BARE_YEAR = re.compile(r"(?<![\d/])(?:19|20)\d\d(?![\d/])")
_BODY_NUMBER = re.compile(
    r"\b(?:19|20)\d\d(?=(?:/\d{4})* (?:committee|panel|regime|sanctions|monitoring))", re.I
)
_MARKS = re.compile(r"[?!.,;:\"“”()]+")
