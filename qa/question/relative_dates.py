"""Relative years and sessions, rewritten as numbers: the newest loaded text is the present.

The same question of the same texts always means the same: nothing here reads a clock. The text is
rewritten, because the search, and the reader of the answer, see the rewritten question.
"""

import re
from collections.abc import Callable, Sequence
from functools import partial

from qa.resolutions.cite.numbers import CARDINALS, ordinal
from qa.resolutions.model import Masthead
from qa.resolutions.periods import Period

MAX_YEARS = 10  # of "the last ten years": more would hardly narrow the search
_BEFORE = r"(?:last|past|previous|preceding|prior)"
_NOW = r"(?:this|the (?:current|present|ongoing|latest|newest))"
_IN = r"(?:(?:in|during|over|within|throughout|for) )?"
_SINCE = r"(?P<since>since|until|till|before|after|from|of) "
_COUNTS = {word: number for number, word in enumerate(CARDINALS) if 1 < number <= MAX_YEARS}
_COUNT = rf"(?P<count>\d{{1,2}}|{'|'.join(_COUNTS)})"
# Not sessions of other bodies: "the last session of the Commission", "its special session".
_SESSION = r"session\b(?! of (?!the (?:general )?assembly\b))"
_Rule = Callable[[re.Match[str], int], str]
# Each rule with the function that writes its match as numbers, given the newest year or session.
_YEARS: tuple[tuple[str, _Rule], ...] = (
    (rf"{_IN}the year before last\b", lambda _, year: _in_year(year - 2)),
    (rf"(?:the )?{_BEFORE} year['’]s\b", lambda _, year: f"the {year - 1}"),
    (rf"{_NOW} year['’]s\b", lambda _, year: f"the {year}"),
    (rf"{_SINCE}(?:the )?{_BEFORE} year\b", lambda match, year: f"{match['since']} {year - 1}"),
    (rf"{_SINCE}{_NOW} year\b", lambda match, year: f"{match['since']} {year}"),
    (rf"{_IN}(?:the )?{_BEFORE} year\b", lambda _, year: _in_year(year - 1)),
    (rf"{_IN}{_NOW} year\b", lambda _, year: _in_year(year)),
    (rf"{_COUNT} years ago\b", lambda match, year: _years_ago(year, match["count"])),
    (
        rf"{_IN}(?:the )?{_BEFORE} {_COUNT} years\b",
        lambda match, year: _last_years(year, match["count"]),
    ),
)
_SESSIONS: tuple[tuple[str, _Rule], ...] = (
    (
        rf"(?:the )?{_BEFORE} {_SESSION}",
        lambda _, session: f"the {ordinal(session - 1)} session",
    ),
    (rf"{_NOW} {_SESSION}", lambda _, session: f"the {ordinal(session)} session"),
)


def resolve_relative_dates(text: str, loaded: Sequence[Masthead]) -> str:
    """Return `text` with "last year", "this session" and the like as numbers: "in 2024"."""
    if not re.search(r"\b(?:years?|session)\b", text, re.IGNORECASE):
        return text
    adopted = [masthead.adopted.year for masthead in loaded if masthead.adopted]
    years = [year for year in adopted if year > MAX_YEARS]  # a smaller one is misread
    sessions = [masthead.session for masthead in loaded if masthead.session]
    numbers = [int(session) for session in sessions if session.isdecimal()]
    text = _rewrite(text, _YEARS, max(years)) if years else text
    return _rewrite(text, _SESSIONS, max(numbers)) if numbers else text


def _rewrite(text: str, rules: Sequence[tuple[str, _Rule]], newest: int) -> str:
    for pattern, write in rules:
        text = re.sub(
            rf"\b{pattern}", partial(_replacement, write, newest), text, flags=re.IGNORECASE
        )
    return text


def _replacement(write: _Rule, newest: int, match: re.Match[str]) -> str:
    return write(match, newest)


def _in_year(year: int) -> str:
    return Period.of_year(year).in_words()


def _years_ago(newest: int, count: str) -> str:
    """Return the year that is so many years before the newest: "in 2023"."""
    return _in_year(newest - (int(count) if count.isdecimal() else _COUNTS[count.lower()]))


def _last_years(newest: int, count: str) -> str:
    """Return the last years as a list: "in 2023, 2024 or 2025"."""
    number = int(count) if count.isdecimal() else _COUNTS[count.lower()]
    *earlier, last = range(newest - min(max(number, 1), MAX_YEARS) + 1, newest + 1)
    return f"in {', '.join(map(str, earlier))} or {last}" if earlier else _in_year(last)
