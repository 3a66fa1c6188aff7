"""Dates in every usual form, and the periods that they bound."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.resolutions.periods import MONTHS, Period, Precision, date_in_words, days_of, read_day

CHRISTMAS = date(2006, 12, 25)


@pytest.mark.parametrize(
    "printed",
    [
        "25 December 2006",
        "25 DECEMBER 2006",
        "25th of December, 2006",
        "25 Dec 2006",
        "25. Dec. 2006",
        "December 25, 2006",
        "Dec. 25th, 2006",
        "2006-12-25",
        "2006-12-25 00:00:00",
        "2006/12/25",
        "25.12.2006",
        "25/12/2006",
        "12/25/2006",
        "25-12-2006",
        " 25 December 2006 ",
    ],
)
def test_a_day_is_read_in_any_usual_form(printed: str) -> None:
    assert read_day(printed) == CHRISTMAS


@pytest.mark.parametrize(
    "printed",
    [
        pytest.param("31 June 2006", id="no such day"),
        pytest.param("0 December 2006", id="day 0"),
        pytest.param("45 December 2006", id="day 45"),
        pytest.param("13/13/2006", id="no month 13"),
        pytest.param("December 2006", id="a month is no day"),
        pytest.param("2006", id="a year is no day"),
        pytest.param("25 December", id="no year"),
        pytest.param("25 Dezember 2006", id="German"),
        pytest.param("25 December 2006 at noon", id="more than a date"),
        pytest.param("5.12/2006", id="two separators"),
        pytest.param("", id="empty"),
    ],
)
def test_nothing_else_is_a_day(printed: str) -> None:
    assert read_day(printed) is None


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        pytest.param("05/12/2006", (date(2006, 12, 5), date(2006, 5, 12)), id="in two ways"),
        pytest.param("05.05.2006", (date(2006, 5, 5),), id="the same both ways"),
        pytest.param("2006-05-12", (date(2006, 5, 12),), id="the year first"),
        pytest.param("5 Dec 2006", (date(2006, 12, 5),), id="a month in letters"),
        pytest.param("31.02.2006", (), id="no such day"),
    ],
)
def test_a_date_in_numbers_has_every_day_it_may_mean(
    printed: str, expected: tuple[date, ...]
) -> None:
    assert days_of(printed) == expected


@given(st.dates(min_value=date(1000, 1, 1)))
def test_a_printed_date_is_read_back(day: date) -> None:
    assert read_day(date_in_words(day)) == day
    assert read_day(day.isoformat()) == day


@given(st.integers(1900, 2100), st.integers(1, 12), st.dates())
def test_a_month_holds_its_days_and_no_others(year: int, month: int, day: date) -> None:
    period = Period.of_month(year, month)
    assert (day in period) == ((day.year, day.month) == (year, month))
    assert period.since is not None
    assert period.until is not None
    assert (period.until + timedelta(days=1)).day == 1


@pytest.mark.parametrize(
    ("period", "words"),
    [
        (Period.of_year(2006), "in 2006"),
        (Period.of_month(2019, 3), f"in {MONTHS[2]} 2019"),
        (Period.of_day(CHRISTMAS), "on 25 December 2006"),
        (Period.of_year(2006).onwards, "since 2006"),
        (Period.of_year(2006).after, "since 2007"),
        (Period.of_month(2019, 3).before, "until February 2019"),
        (Period.of_year(2006).up_to, "until 2006"),
        (Period.of_year(2001).through(Period.of_year(2005)), "from 2001 to 2005"),
        (Period(), ""),
    ],
)
def test_a_period_is_put_in_words(period: Period, words: str) -> None:
    assert period.in_words() == words


def test_a_span_is_as_precise_as_its_finer_end() -> None:
    span = Period.of_year(2001).through(Period.of_month(2005, 4))
    assert span == Period(
        since=date(2001, 1, 1), until=date(2005, 4, 30), precision=Precision.MONTH
    )


def test_date_has_no_leading_zero() -> None:
    assert date_in_words(date(2001, 5, 3)) == "3 May 2001"
