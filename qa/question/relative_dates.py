"""Years and sessions told from today's, put as numbers: today is where the loaded texts end.

What is asked of a set of texts means the same whenever it is asked: nothing here reads a clock.
"""

import re
from collections.abc import Callable, Sequence
from functools import partial

from qa.resolutions.cite.numbers import CARDINALS, ordinal
from qa.resolutions.model import Masthead

MAX_YEARS = 10  # of "the last ten years": more are no narrowing
_BEFORE = r"(?:last|past|previous|preceding|prior)"
_NOW = r"(?:this|the (?:current|present|ongoing|latest|newest))"
_IN = r"(?:(?:in|during|over|within|throughout|for) )?"
_SINCE = r"(?P<since>since|until|till|before|after|from|of) "
_COUNTS = {word: number for number, word in enumerate(CARDINALS) if 1 < number <= MAX_YEARS}
_COUNT = rf"(?P<count>\d{{1,2}}|{'|'.join(_COUNTS)})"
# Not of other bodies' sessions: "the last session of the Commission", "its special session".
_SESSION = r"session\b(?! of (?!the (?:general )?assembly\b))"
_Rule = Callable[[re.Match[str], int], str]
# Each rule with what it is put as, from its match and the newest year, or session.
_YEARS: tuple[tuple[str, _Rule], ...] = (
    (rf"{_IN}the year before last\b", lambda _, year: f"in {year - 2}"),
    (rf"(?:the )?{_BEFORE} year['’]s\b", lambda _, year: f"the {year - 1}"),
    (rf"{_NOW} year['’]s\b", lambda _, year: f"the {year}"),
    (rf"{_SINCE}(?:the )?{_BEFORE} year\b", lambda one, year: f"{one['since']} {year - 1}"),
    (rf"{_SINCE}{_NOW} year\b", lambda one, year: f"{one['since']} {year}"),
    (rf"{_IN}(?:the )?{_BEFORE} year\b", lambda _, year: f"in {year - 1}"),
    (rf"{_IN}{_NOW} year\b", lambda _, year: f"in {year}"),
    (rf"{_IN}(?:the )?{_BEFORE} {_COUNT} years\b", lambda one, year: _span(year, one["count"])),
)
_SESSIONS: tuple[tuple[str, _Rule], ...] = (
    (
        rf"(?:the )?{_BEFORE} {_SESSION}",
        lambda _, session: f"the {ordinal(session - 1)} session",
    ),
    (rf"{_NOW} {_SESSION}", lambda _, session: f"the {ordinal(session)} session"),
)


def resolve_relative_dates(text: str, loaded: Sequence[Masthead]) -> str:
    """Return `text` with "last year", "this session" and the like put as numbers: "in 2024"."""
    if not re.search(r"\b(?:years?|session)\b", text, re.IGNORECASE):
        return text
    years = [one.adopted.year for one in loaded if one.adopted]
    sessions = [one.session for one in loaded if one.session]
    numbers = [int(one) for one in sessions if one.isdecimal()]
    text = _put(text, _YEARS, max(years)) if years else text
    return _put(text, _SESSIONS, max(numbers)) if numbers else text


def _put(text: str, rules: Sequence[tuple[str, _Rule]], newest: int) -> str:
    for rule, put in rules:
        text = re.sub(rf"\b{rule}", partial(_written, put, newest), text, flags=re.IGNORECASE)
    return text


def _written(put: _Rule, newest: int, match: re.Match[str]) -> str:
    return put(match, newest)


def _span(year: int, count: str) -> str:
    """Return the last years, as a question lists them: "in 2023, 2024 or 2025"."""
    number = int(count) if count.isdecimal() else _COUNTS[count.lower()]
    *before, last = range(year - min(max(number, 1), MAX_YEARS) + 1, year + 1)
    return f"in {', '.join(map(str, before))} or {last}" if before else f"in {last}"
