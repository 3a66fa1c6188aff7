"""When a question says that something is due: a day, a month, a year, or a part of one."""

import re
from datetime import date

from qa.question.dates import periods_of
from qa.resolutions.periods import ANY_DATE, ANY_MONTH, Period, Precision
from qa.resolutions.text import squeeze

DUE = re.compile(
    r"\b(?:due|deadlines?|report(?:s|ed|ing)?|submit\w*|submission|present(?:s|ed)?|send|sent|"
    r"provide|deliver\w*|give(?! me)|hand(?:ed)? in|reach|issue|produce|circulate|schedule|"
    r"owe[sd]?|brief\w*|updates?|assess\w*|reviews?|expir\w+|runs? out|running out|laps\w+|end|"
    r"ends|ending|fall|falls)\b",
    re.IGNORECASE,
)
_PART = (
    r"(?:the )?(?:(?:early|mid|late)[- ]|(?:beginning|start|middle|end|(?P<half>first|second) half|"
    r"(?P<quarter>first|second|third|fourth|last) quarter) of (?:the )?)?"
)
_DATE = rf"(?:{ANY_DATE}|{ANY_MONTH},? (?:of )?(?:19|20)\d\d|(?:19|20)\d\d)"
_DUE_DATE = re.compile(
    r"\b(?:(?P<lead>by|before|no later than|not later than|until|due (?:in|on|by)|in|on|for|of) |"
    # Key words: "reports due October 2026", "briefings October 2026".
    r"(?P<noun>due|deadlines?|reports?|briefings?|updates?|assessments?|expir\w+|ends?|ending) )"
    rf"(?P<part>{_PART})(?P<date>{_DATE})(?!\w)",
    re.IGNORECASE,
)
# A date at an end of key words: "November 2026 deadlines", "30 June 2026 Libya report".
_AT_AN_END = tuple(
    re.compile(rule, re.IGNORECASE)
    for rule in (
        rf"^\W*(?P<part>{_PART})(?P<date>{_DATE})(?!\w)",
        rf"\b(?P<part>{_PART})(?P<date>{_DATE})\W*$",
    )
)
# What makes a bare year one in which something is due, rather than that of a text.
_OF_DUTY = re.compile(r"\b(?:due|deadlines?|expir\w+|laps\w+|running out)\b", re.IGNORECASE)
_SENTENCE = re.compile(
    r"^\W*(?:what|which|who|when|where|why|how|is|are|do|does|did|has|have|can|must|should)\b",
    re.IGNORECASE,
)
_TERM_LEAD = re.compile(r"\b(?:by|no later|not later|due|until|before)", re.IGNORECASE)
_MUST = re.compile(
    r"\b(?:must|has to|have to|should|is|are|will|shall|what|which|when|who|reports?|deadlines?|"
    r"due|mandates?|missions?|measures|reporting|expiring|ending)\b",
    re.IGNORECASE,
)
_ADOPTED = re.compile(
    r"\b(?:adopted|requested|asked|demanded|decided|made|given|issued|called)\b[^?]{0,20}$", re.I
)


def read_due(text: str) -> tuple[Period | None, str]:
    """Return the period in which something is due, and the question without it."""
    if not DUE.search(text):
        return None, text
    for match in _DUE_DATE.finditer(text):
        is_term = match["noun"] is not None or _TERM_LEAD.match(match["lead"]) is not None
        if _ADOPTED.search(text[: match.start()]) and not is_term:
            continue
        period = _period(match)
        is_open = match["noun"] is not None or match["lead"].lower() == "of"
        if is_open and period and not (_is_exact(period) or _OF_DUTY.search(text)):
            continue  # "UNMISS reports 2026", "the report of 2026"
        if period and (is_term or _MUST.search(text)):
            return period, _without(text, match, match["noun"] or "")
    if _SENTENCE.search(text):
        return None, text
    for rule in _AT_AN_END:
        match_at_end = rule.search(text)
        period = _period(match_at_end) if match_at_end else None
        if match_at_end and period and (_is_exact(period) or _OF_DUTY.search(text)):
            return period, _without(text, match_at_end, "")
    return None, text


def _is_exact(period: Period) -> bool:
    return period.precision is not Precision.YEAR


def _without(text: str, match: re.Match[str], kept: str) -> str:
    return squeeze(f"{text[: match.start()]} {kept} {text[match.end() :]}")


def _period(match: re.Match[str]) -> Period | None:
    """Return what a date with its part means; None if that day does not exist, or two are meant."""
    periods = periods_of(match["date"])
    if len(periods) != 1:
        return None
    period = periods[0]
    months = _months(match) if period.precision is Precision.YEAR else None
    if months is None or period.since is None:
        return period
    first, last = months
    return Period.of_month(period.since.year, first).through(
        Period.of_month(period.since.year, last)
    )


def _months(match: re.Match[str]) -> tuple[int, int] | None:
    """Return the first and the last month of a part of a year; None for a whole year."""
    if match["half"]:
        return (1, 6) if match["half"].lower() == "first" else (7, 12)
    if match["quarter"]:
        first = _QUARTERS[match["quarter"].lower()]
        return (first, first + 2)
    return _THIRDS.get(match["part"].lower().strip(" -").removeprefix("the "))


_QUARTERS = {"first": 1, "second": 4, "third": 7, "fourth": 10, "last": 10}  # their first months
_THIRDS = {"early": (1, 4), "mid": (5, 8), "late": (9, 12)}


def dates_in(printed: str) -> tuple[Period, ...]:
    """Return the days, months and years that a text names, each as exactly as it is given."""
    found = (periods_of(match[0]) for match in _ANY.finditer(printed))
    return tuple(periods[0] for periods in found if len(periods) == 1)


_ANY = re.compile(rf"(?<!\w)(?:{_DATE})(?!\w)", re.IGNORECASE)


def is_within(period: Period, other: Period) -> bool:
    """Return whether every day of a period is in another one."""
    first, last = period.since or date.min, period.until or date.max
    return (other.since or date.min) <= first and last <= (other.until or date.max)
