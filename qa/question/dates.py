"""Dates, periods and sessions that a question names, each as exactly as it is given."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from qa.resolutions.cite.numbers import ORDINALS
from qa.resolutions.periods import ANY_DATE, ANY_MONTH, MONTHS, Period, Precision, days_of, read_day
from qa.resolutions.text import squeeze

_YEAR = r"(?<![\d/(-])(?:19[4-9]\d|20\d\d)(?![\d/)-])"
_YEARS = re.compile(_YEAR)
_MONTHS = re.compile(
    rf"\b(?P<month>{'|'.join(month for month in MONTHS if month != 'May')})\b|"
    r"\bmay(?= (?:19|20)\d\d)|(?<=\bin )may\b",
    re.IGNORECASE,
)
_MONTH_OF_YEAR = rf"{ANY_MONTH},?(?: of)? (?:19|20)\d\d(?![\d/)-])"
_ANY_PERIOD = re.compile(rf"\b(?:{ANY_DATE}|{_MONTH_OF_YEAR}|{_YEAR})", re.IGNORECASE)
_ORDINAL = "|".join(
    sorted((word for word, number in ORDINALS.items() if number > 0), key=len, reverse=True)
)
_SESSION = re.compile(
    rf"\b(?:(?P<digits>\d{{1,2}})(?:st|nd|rd|th)|(?P<word>{_ORDINAL}))[- ](?:regular )?session\b|"
    r"\bsession (?P<number>\d{1,2})\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class DateClaim:
    """The date that a question presupposes: "Was it adopted in November 2006?"."""

    periods: tuple[Period, ...]  # several if the date is ambiguous; none if it does not exist
    is_exact: bool  # every other word about the date was understood

    @property
    def day(self) -> date | None:
        """The day, if the claim means exactly one."""
        days = [
            period.since
            for period in self.periods
            if period.precision is Precision.DAY and period.since == period.until
        ]
        return days[0] if len(self.periods) == 1 and self.is_exact and days else None


@dataclass(frozen=True, slots=True, kw_only=True)
class BoundedText:
    """A text without the period that bounds it."""

    rest: str
    period: Period | None
    start: int = 0  # where the period is written in the text
    end: int = 0


def years_in(text: str) -> Iterator[int]:
    """Yield the years that a question names."""
    for match in _YEARS.finditer(text):
        yield int(match[0])


def months_in(text: str) -> Iterator[int]:
    """Yield the months that a question names, 1 to 12; "may" only if it cannot be a verb."""
    for match in _MONTHS.finditer(text):
        yield MONTHS.index((match["month"] or "May").capitalize()) + 1


def sessions_in(text: str) -> Iterator[int]:
    """Yield the sessions that a question names: "76th session", "seventy-sixth session"."""
    for match in _SESSION.finditer(text) if "session" in text.lower() else ():
        named = match["digits"] or match["number"]
        yield int(named) if named else ORDINALS[match["word"].lower()]


def periods_of(printed: str) -> tuple[Period, ...]:
    """Return each period that a date, a month or a year may mean; none if there is no such day."""
    if re.fullmatch(r"\d{4}", printed):
        return (Period.of_year(int(printed)),)
    if re.fullmatch(_MONTH_OF_YEAR, printed, re.IGNORECASE):
        first = read_day(f"1 {printed}")
        return (Period.of_month(first.year, first.month),) if first else ()
    return tuple(map(Period.of_day, days_of(printed)))


_FINE = rf"(?:{ANY_DATE}|{_MONTH_OF_YEAR}|(?:19|20)\d\d)"
_DONE = r"(?:(?:adopted|passed) )?"
_ONLY = r"(?:only |just |dated )"
# Each rule reads one form of a period; the first rule that matches decides. The names of the
# groups say what is done with the dates: `_bounds`.
_BOUNDS = tuple(
    re.compile(rf"[\s,(]*\b{rule}(?!\w)", re.IGNORECASE)
    for rule in (
        (
            rf"(?:between|from|in|of)? ?(?P<since>{_FINE}) ?(?:and|to|until|till|through|-|–|—) ?"
            rf"(?P<until>{_FINE})(?<!\d and \d\d\d\d)"
        ),
        rf"{_DONE}between (?P<since>{_FINE}) and (?P<until>{_FINE})",
        # "the resolution from 2024" is of that year; "sanctions from 2015 on" are since then.
        (
            rf"(?<=resolutions )from (?P<within>{_FINE})(?! on)|"
            rf"(?<=resolution )from (?P<within_one>{_FINE})(?! on)"
        ),
        (
            rf"{_DONE}(?:since|from|as of|starting(?: in| from)?|no earlier than|not before|"
            rf"(?:in|of) or after) (?P<since>{_FINE})(?: on(?:wards?)?)?"
        ),
        rf"(?P<since>{_FINE}) (?:onwards?|or later|and later|and after)",
        rf"{_DONE}(?:after|later than|post[- ]?) ?(?P<after>{_FINE})",
        rf"{_DONE}(?:before|prior to|earlier than|pre[- ]?) ?(?P<before>{_FINE})",
        (
            rf"{_DONE}(?:until|up to|till|no later than|not after|(?:in|of) or before) "
            rf"(?P<until>{_FINE})"
        ),
        rf"(?P<until>{_FINE}) (?:or earlier|and earlier|and before)",
        # A day or a month after "of" is part of a name: "the attacks of 11 September 2001".
        rf"{_DONE}(?:in|during|throughout|{_ONLY}) ?(?P<within>{_MONTH_OF_YEAR}|(?:19|20)\d\d)",
        rf"{_DONE}of (?P<within>(?:19|20)\d\d)",
        rf"(?:adopted|passed) on (?P<within>{_FINE})",
    )
)


_LISTED = re.compile(
    rf"[\s,(]*\b{_DONE}(?:in|during|of|from|for) (?P<years>{_YEAR}(?:, {_YEAR})*,? (?:and|"
    rf"or) {_YEAR})",
    re.IGNORECASE,
)
# Where a date is a term or a due date rather than a day of adoption: "extended until 2025".
_OTHER_DATE = re.compile(
    r"\b(?:exten(?:d|s)\w*|renew\w*|prolong\w*|continu\w+|mandat\w+|valid\w*|runs?|running|"
    r"last(?:s|ed)|"
    r"expir\w+|deadlines?|due|report(?:s|ed|ing)?|submit\w*|brief\w*|conven\w+|achiev\w+|"
    r"end(?:s|ed|ing)?|start(?:s|ed|ing)?|begin\w*|hold|held|meet(?:s|ing)?|authori[sz]ed|periods?|"
    r"financ\w+|fiscal|budget\w*|appropriat\w+|decades?|agenda|strateg\w+|programmes?|plans?|"
    r"frameworks?|bienni\w+|goals?|scale|assess\w+|rates?|elections?|commitments?|when|by)\b",
    re.IGNORECASE,
)
_NEAR = 60  # characters before a date in which such words are looked for


def adoption_period(text: str) -> BoundedText:
    """Return `text` without the period that bounds the adoption of what it asks for.

    The period is None where none is named, where several are, and where the date may be a term
    ("extended until 2025") or a date due ("report in 2026").
    """
    bounded = without_period(text)
    if bounded.period is None or without_period(bounded.rest).period is not None:
        return BoundedText(rest=text, period=None)
    if _OTHER_DATE.search(text[: bounded.start][-_NEAR:]):
        return BoundedText(rest=text, period=None)
    is_said = _ADOPTING.search(bounded.rest) or len(text.split()) <= _MAX_KEY_WORDS
    return bounded if bounded.period.is_range or is_said else BoundedText(rest=text, period=None)


_MAX_KEY_WORDS = 5  # of which a year can only be that of the texts
# An organ or its act, without which "in 2016" may be the year of an event.
_ADOPTING = re.compile(
    r"\b(?:adopt|decid|pass(?:ed|es)|sa(?:id|y)|resol|ask|request|demand|condemn|call|urg|authori[sz]|"
    r"establish|impos|renew|exten|creat|express|reaffirm|recall|recogni|stress|welcom|not(?:ed|es)|"
    r"invit|encourag|council|assembly|text|statement)\w*",
    re.IGNORECASE,
)


def without_period(text: str) -> BoundedText:
    """Return `text` without the period that bounds it ("since 2019"), and that period."""
    if (match := _LISTED.search(text)) and (period := _listed(match["years"])):
        return _bounded(text, match, period)
    for rule in _BOUNDS:
        match = rule.search(text)
        period = _bounds(match.groupdict()) if match else None
        if match and period:
            return _bounded(text, match, period)
    return BoundedText(rest=text, period=None)


def _bounded(text: str, match: re.Match[str], period: Period) -> BoundedText:
    rest = squeeze(f"{text[: match.start()]} {text[match.end() :]}")
    return BoundedText(rest=rest, period=period, start=match.start(), end=match.end())


def _listed(printed: str) -> Period | None:
    """Return the period of years that follow each other: "2023, 2024 or 2025"."""
    years = [int(year) for year in re.findall(r"\d{4}", printed)]
    if years != list(range(years[0], years[0] + len(years))):
        return None
    return Period.of_year(years[0]).through(Period.of_year(years[-1]))


def _bounds(named: Mapping[str, str | None]) -> Period | None:
    """Return the period between the dates that a rule of `_BOUNDS` found."""
    read = {name: periods_of(printed) for name, printed in named.items() if printed}
    if any(len(periods) != 1 for periods in read.values()):
        return None  # the day does not exist, or is ambiguous
    periods = {name: readings[0] for name, readings in read.items()}
    if "since" in periods and "until" in periods:
        return periods["since"].through(periods["until"])
    if "since" in periods:
        return periods["since"].onwards
    if "until" in periods:
        return periods["until"].up_to
    if "after" in periods:
        return periods["after"].after
    if "before" in periods:
        return periods["before"].before
    return periods.get("within") or periods.get("within_one")


# Words before a date that is meant literally.
_PLAIN_LEAD = re.compile(
    r"(?:^|[,;:(–—]|\b(?:in|on|of|at|during|dated?|day|year|month|adopted|passed|approved|issued|"
    r"published|released|is|was|were|the|as))\s*$",
    re.IGNORECASE,
)
_APPROXIMATE_LEAD = re.compile(
    r"\b(?:early|mid|late|earlier|later|spring|summer|autumn|fall|winter|"
    r"(?:beginning|start|middle|end|half|quarter|course|days|weeks|months)(?: of| in)?)[\s-]*$",
    re.IGNORECASE,
)
_BEFORE = re.compile(r"\b(?:before|prior to|earlier than)\s*$", re.IGNORECASE)
_AFTER = re.compile(r"\b(?:after|later than)\s*$", re.IGNORECASE)
_SINCE = re.compile(r"\b(?:since|no earlier than|not before)\s*$", re.IGNORECASE)
_UNTIL = re.compile(r"\b(?:until|till|up to|by|no later than|not after)\s*$", re.IGNORECASE)
_RANGE_LEAD = re.compile(r"\b(?:between|from)\s*$", re.IGNORECASE)
_RANGE_MIDDLE = re.compile(r"\s*(?:and|to|until|through|[-–—])\s*", re.IGNORECASE)
_OPEN_END = re.compile(r"\s*(?:or|and) (?:so|earlier|later|before|after|thereabouts)\b", re.I)
# Days, months and seasons that no rule reads: "the fifth of December", "Christmas".
_UNREAD = re.compile(
    rf"\b(?:{ANY_MONTH}|spring|summer|autumn|winter|christmas|easter|quarter|week|weekend|"
    r"month \d{1,2}|[a-z]+(?:st|nd|rd|th) month|(?:mon|tues|wednes|thurs|fri|satur|sun)day|Q[1-4]|"
    r"\d{1,2}(?:st|nd|rd|th)(?! (?:[\w-]+ )?(?:session|meeting))|\d{1,2}[./-]\d{1,2})\b",
    re.IGNORECASE,
)
_MAY_VERB = re.compile(r"\bmay\b(?! \d)(?<!\bin may)", re.IGNORECASE)


def claimed_date(text: str) -> DateClaim | None:
    """Return the date that a question presupposes; None if it names none, or several.

    Args:
        text: the question without its symbols.
    """
    matches = list(_ANY_PERIOD.finditer(text))
    if len(matches) == 2:
        return _claimed_range(text, *matches)
    if len(matches) != 1 or _OPEN_END.match(text, matches[0].end()):
        return None
    match = matches[0]
    before = text[: match.start()]
    periods = periods_of(match[0])
    rest = f"{before} {text[match.end() :]}"
    is_exact = not _UNREAD.search(_MAY_VERB.sub(" ", rest))
    if _SINCE.search(before):
        periods = tuple(period.onwards for period in periods)
    elif _UNTIL.search(before):
        periods = tuple(period.up_to for period in periods)
    elif _BEFORE.search(before):
        periods = tuple(period.before for period in periods)
    elif _AFTER.search(before):
        periods = tuple(period.after for period in periods)
    elif _APPROXIMATE_LEAD.search(before):
        is_exact = False
    elif not _PLAIN_LEAD.search(before):
        return None
    return DateClaim(periods=periods, is_exact=is_exact)


def _claimed_range(text: str, first: re.Match[str], last: re.Match[str]) -> DateClaim | None:
    """Return "between 2005 and 2007" as a claim; None if the two dates are not a range."""
    is_range = _RANGE_LEAD.search(text[: first.start()]) and _RANGE_MIDDLE.fullmatch(
        text, first.end(), last.start()
    )
    since, until = periods_of(first[0]), periods_of(last[0])
    if not is_range or len(since) != 1 or len(until) != 1:
        return None
    return DateClaim(periods=(since[0].through(until[0]),), is_exact=True)
