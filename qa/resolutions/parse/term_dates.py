"""The dates of a term: "until 31 October 2026", "for a further period of six months from …"."""

import re
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum

from dateutil.relativedelta import relativedelta

from qa.resolutions.durations import COUNTS
from qa.resolutions.model import Span
from qa.resolutions.periods import DATE, MONTH, read_day

_NUMBERS = {**COUNTS, "another": 1}
_COUNT = rf"(?:\d+|{'|'.join(sorted(_NUMBERS, key=len, reverse=True))})\b"
_UNIT = r"(?P<unit>days?|weeks?|months?|years?)"
_UNTIL = re.compile(
    rf"\b(?:until|till|through|up to|ending(?: on)?|expir\w+ on|terminating on|to end on|not "
    rf"later than|"
    rf"no later than|by|to) (?:the end of )?(?P<date>{DATE})"
)
_WEAK = re.compile(r"^(?:by|no|not|up)\b")
_OPEN_SPAN = re.compile(rf"(?:\bprior|\bfrom \d{{1,2}} {MONTH}(?: \d{{4}})?(?:, \w+)?) ?$")
_FOR = re.compile(
    r"\b(?:for|lasting|until|of(?= (?:an? )?(?:period|term)))\b (?:an?|another|the|one|"
    r"its)?\s*(?:\b(?:additional|further|final|new|initial|"
    r"last|interim|renewable|single|limited|transitional|another|fixed|subsequent)\b,? ?(?:and )?)*"
    r"(?:(?:period|term|extension)s? (?:of )?(?:up to |an additional |another |a further )?|"
    r"(?=[\d\w]+[ -](?:calendar )?(?:day|week|month|year)))"
    rf"(?P<count>{_COUNT})(?: \(\d+\))?[ -](?:calendar |further |additional )?{_UNIT}(?: period| "
    rf"term| extension)?",
    re.IGNORECASE,
)
_FROM = re.compile(
    rf"\b(?:from|beginning(?: on)?|starting(?: from)?|commencing(?: on)?|beyond|after|following|"
    rf"as of|with effect from|effective)"
    rf"(?: the date of)? (?P<date>{DATE})"
)
_FROM_ADOPTION = re.compile(
    r"\b(?:from|following|after|of|upon)? ?(?:the )?(?:date of )?(?:the )?adoption of (?:this|"
    r"the present) resolution|"
    r"\bfrom the date of (?:this|the present) resolution|\bof this resolution's adoption"
)
_FROM_FORMER = re.compile(
    r"\bfrom the date of (?:the )?(?:expiration|expiry) of (?:the|its) current (?:mandate|"
    r"authori[sz]ation)s?(?: in (?P<month>[A-Z][a-z]+ \d{4}))?|"
    r"\bfrom the (?:expiration|expiry|end) of (?:the|its) (?:current|present) "
)


class TermBase(Enum):
    """From when a term without a last day runs."""

    ADOPTION = "adoption"
    DAY = "day"  # it names its first day
    FORMER = "former"  # "a further period": from the end of the term before


@dataclass(frozen=True, slots=True, kw_only=True)
class TermDates:
    """When a term begins and ends, as far as the words say."""

    span: Span  # the words that say it
    since: date | None = None
    until: date | None = None
    months: int = 0  # its length where its last day is not printed
    days: int = 0
    base: TermBase = TermBase.DAY

    def running_from(self, start: date | None) -> "TermDates":
        """Return the dates with the last day reckoned from `start`, where it is not printed."""
        if self.until is not None or start is None:
            return self
        return replace(self, since=start, until=later(start, self.months, self.days))


def later(start: date, months: int, days: int = 0) -> date:
    """Return the day `months` and `days` after `start`; a month without that day ends it."""
    return start + relativedelta(months=months, days=days)


def dates_of(text: str, start: int, end: int) -> TermDates | None:
    """Return the dates of the term in `text[start:end]`; None without an end and a length."""
    first = _FROM.search(text, start, end)
    since = read_day(first["date"]) if first else None
    until = next(
        (match for match in _UNTIL.finditer(text, start, end) if _is_end(text, start, match)), None
    )
    if until is not None:
        day = read_day(until["date"])
        if day is not None:
            return TermDates(
                span=Span(start=until.start(), end=until.end()), since=since, until=day
            )
    length = _FOR.search(text, start, end)
    if length is None:
        return None
    months, days = _length(length["count"], length["unit"])
    if since is not None:
        base = TermBase.DAY
    elif _FROM_FORMER.search(text, start, end):
        base = TermBase.FORMER
    elif _FROM_ADOPTION.search(text, start, end):
        base = TermBase.ADOPTION
    elif re.search(r"further|additional|another|new|final|extend|renew|prolong", text[start:end]):
        base = TermBase.FORMER
    else:
        base = TermBase.ADOPTION
    dates = TermDates(
        span=Span(start=length.start(), end=length.end()), months=months, days=days, base=base
    )
    return dates.running_from(since) if base is TermBase.DAY else dates


def _is_end(text: str, start: int, match: re.Match[str]) -> bool:
    """Return whether a date ends a term: neither a due date nor the end of a span of days."""
    if _WEAK.match(match[0]):
        return False
    before = text[start : match.start()]
    return not (match[0].startswith("to ") and _OPEN_SPAN.search(before))


def _length(count: str, unit: str) -> tuple[int, int]:
    number = int(count) if count.isdecimal() else _NUMBERS.get(count.lower(), 0)
    name = unit.lower().rstrip("s")
    if name in ("month", "year"):
        return (number * (12 if name == "year" else 1), 0)
    return (0, number * (7 if name == "week" else 1))
