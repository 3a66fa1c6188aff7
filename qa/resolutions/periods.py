"""Days, months and years as people write them, and the periods that they bound.

The only reader of dates: every other module asks it, so that a date means the same everywhere.
"""

import calendar
import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import Enum
from functools import lru_cache

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
MONTH = "(?:" + "|".join(MONTHS) + ")"
DATE = rf"\d{{1,2}} {MONTH} \d{{4}}"  # as the United Nations prints it

# "Dec", "Dec.", "December"
ANY_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|"
    r"Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\b\.?"
)
_DAY_NUMBER = r"\d{1,2}(?:st|nd|rd|th)?"
_YEAR_FIRST = r"\d{4}(?:-\d{1,2}-|/\d{1,2}/|\.\d{1,2}\.)\d{1,2}"
_YEAR_LAST = r"\d{1,2}(?:-\d{1,2}-|/\d{1,2}/|\.\d{1,2}\.)\d{4}"
# "20 December 2006", "Dec. 20th, 2006", "2006-12-20", "20.12.2006"
ANY_DATE = (
    rf"(?:{_DAY_NUMBER}\.? (?:of )?{ANY_MONTH},? \d{{4}}|"
    rf"{ANY_MONTH} (?:the )?{_DAY_NUMBER},? \d{{4}}|{_YEAR_FIRST}|{_YEAR_LAST})"
)
_ANY_DATE = re.compile(rf"\s*(?P<date>{ANY_DATE})(?: \d\d:\d\d:\d\d)?\s*", re.IGNORECASE)
_STARTS_WITH_YEAR = re.compile(r"\d{4}")
_NO_WORDS = re.compile(r"[\d./-]+")
_DEFAULT = datetime(1, 1, 1, tzinfo=UTC)  # what a date leaves out never depends on the clock


class Precision(Enum):
    """How exactly a date is given."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """The days from `since` to `until`, both included; an end that is None is open."""

    since: date | None = None
    until: date | None = None
    precision: Precision = Precision.DAY  # of its ends

    @classmethod
    def of_day(cls, day: date) -> "Period":
        """Return the period of one day."""
        return cls(since=day, until=day)

    @classmethod
    def of_month(cls, year: int, month: int) -> "Period":
        """Return the days of one month."""
        last = calendar.monthrange(year, month)[1]
        return cls(
            since=date(year, month, 1), until=date(year, month, last), precision=Precision.MONTH
        )

    @classmethod
    def of_year(cls, year: int) -> "Period":
        """Return the days of one year."""
        return cls(since=date(year, 1, 1), until=date(year, 12, 31), precision=Precision.YEAR)

    @property
    def onwards(self) -> "Period":
        """The period from the first day of this one."""
        return Period(since=self.since, precision=self.precision)

    @property
    def up_to(self) -> "Period":
        """The period until the last day of this one."""
        return Period(until=self.until, precision=self.precision)

    @property
    def before(self) -> "Period":
        """The period that ends where this one begins."""
        last = self.since - timedelta(days=1) if self.since else None
        return Period(until=last, precision=self.precision)

    @property
    def after(self) -> "Period":
        """The period that begins where this one ends."""
        first = self.until + timedelta(days=1) if self.until else None
        return Period(since=first, precision=self.precision)

    def through(self, last: "Period") -> "Period":
        """Return the period from the first day of this one to the last day of `last`."""
        finer = min((self.precision, last.precision), key=list(Precision).index)
        return Period(since=self.since, until=last.until, precision=finer)

    @property
    def is_range(self) -> bool:
        """Whether it is more than one day, month or year: "since 2019", "from 2019 to 2021"."""
        if self.since is None or self.until is None:
            return self != ANY_TIME
        whole = {
            Precision.DAY: Period.of_day(self.since),
            Precision.MONTH: Period.of_month(self.since.year, self.since.month),
            Precision.YEAR: Period.of_year(self.since.year),
        }
        return self != whole[self.precision]

    @property
    def is_empty(self) -> bool:
        """Whether no day is in it: it ends before it begins."""
        return self.since is not None and self.until is not None and self.until < self.since

    def __contains__(self, day: date) -> bool:
        return (self.since is None or day >= self.since) and (
            self.until is None or day <= self.until
        )

    def in_words(self) -> str:
        """Return the period with its preposition: "in 2006", "since March 2019", "from … to …"."""
        first = self._end_in_words(self.since) if self.since else ""
        last = self._end_in_words(self.until) if self.until else ""
        if first and last:
            preposition = "on" if self.precision is Precision.DAY else "in"
            return f"{preposition} {first}" if first == last else f"from {first} to {last}"
        return f"since {first}" if first else f"until {last}" if last else ""

    def _end_in_words(self, day: date) -> str:
        if self.precision is Precision.DAY:
            return date_in_words(day)
        month = f"{MONTHS[day.month - 1]} " if self.precision is Precision.MONTH else ""
        return f"{month}{day.year}"


ANY_TIME = Period()


def read_day(printed: str, *, is_month_first: bool = False) -> date | None:
    """Return a date with day, month and year in any usual form.

    Args:
        printed: "20 December 2006", "Dec. 20th, 2006", "2006-12-20", "20.12.2006", or the
            same with a time of day.
        is_month_first: "05/12/2006" is 12 May, as in the United States, where it may be.

    Returns:
        None for any other form, and for a day that does not exist, such as "31 June 2006".
    """
    match = _ANY_DATE.fullmatch(printed)
    return _parsed(match["date"], is_month_first) if match else None


def days_of(printed: str) -> tuple[date, ...]:
    """Return each day that a date may mean: "05/12/2006" is 5 December or 12 May."""
    orders = (False, True) if is_numeric(printed) else (False,)
    days = (read_day(printed, is_month_first=order) for order in orders)
    return tuple(dict.fromkeys(day for day in days if day))


def is_numeric(printed: str) -> bool:
    """Return whether a date is written in numbers alone."""
    return _NO_WORDS.fullmatch(printed) is not None


def date_in_words(day: date) -> str:
    """Return a date as the United Nations prints it, "20 December 2006", in any locale."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


@lru_cache(maxsize=10_000)  # the resolutions of one day, and their notes, repeat their dates
def _parsed(printed: str, is_month_first: bool) -> date | None:
    from dateutil.parser import ParserError, parse

    is_day_first = not (is_month_first or _STARTS_WITH_YEAR.match(printed))
    try:
        return parse(printed, default=_DEFAULT, dayfirst=is_day_first).date()
    except (ParserError, OverflowError):
        return None
