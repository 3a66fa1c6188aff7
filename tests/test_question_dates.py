"""Dates and periods in questions are understood as exactly as they are given."""

from datetime import date

import pytest

from qa.question.dates import DateClaim, claimed_date, without_period
from qa.resolutions.periods import Period

YEAR = Period.of_year(2006)
DECEMBER = Period.of_month(2006, 12)
FIFTH = Period.of_day(date(2006, 12, 5))
TWELFTH = Period.of_day(date(2006, 5, 12))


@pytest.mark.parametrize(
    ("text", "periods"),
    [
        pytest.param("adopted on 5 December 2006?", (FIFTH,), id="a day"),
        pytest.param("adopted 5 Dec 2006?", (FIFTH,), id="an abbreviated month"),
        pytest.param("adopted on Dec. 5, 2006?", (FIFTH,), id="American"),
        pytest.param("(dated 2006-12-05)?", (FIFTH,), id="ISO"),
        pytest.param("on 05.12.2006?", (FIFTH, TWELFTH), id="in numbers"),
        pytest.param("on 31 February 2006?", (), id="no such day"),
        pytest.param("adopted in December 2006?", (DECEMBER,), id="a month"),
        pytest.param("adopted in Dec. 2006?", (DECEMBER,), id="an abbreviated month alone"),
        pytest.param("May I ask if it was adopted in 2006?", (YEAR,), id="may is a verb"),
        pytest.param("adopted in 2006 at the 82nd plenary meeting?", (YEAR,), id="a meeting"),
        pytest.param("adopted before 2006?", (YEAR.before,), id="before"),
        pytest.param("adopted after 2006?", (YEAR.after,), id="after"),
        pytest.param("adopted by December 2006?", (DECEMBER.up_to,), id="by"),
        pytest.param("in force since 2006?", (YEAR.onwards,), id="since"),
        pytest.param(
            "adopted between 2006 and 2008?", (YEAR.through(Period.of_year(2008)),), id="between"
        ),
    ],
)
def test_a_claimed_date_has_its_own_precision(text: str, periods: tuple[Period, ...]) -> None:
    assert claimed_date(text) == DateClaim(periods=periods, is_exact=True)


@pytest.mark.parametrize(
    "text",
    [
        "adopted in late 2006?",
        "adopted in early 2006?",
        "adopted at the end of 2006?",
        "adopted in the first half of 2006?",
        "adopted in the winter of 2006?",
        "adopted in 2006, on the 5th of December?",
        "adopted in 2006, in Nov.?",
        "adopted on Friday, in 2006?",
        "adopted in month 11 of 2006?",
        "adopted in the eleventh month of 2006?",
        "adopted in 2006, on 5.12.?",
        "adopted in 2006 in spring?",
    ],
)
def test_what_was_not_understood_makes_a_claim_inexact(text: str) -> None:
    assert claimed_date(text) == DateClaim(periods=(YEAR,), is_exact=False)


@pytest.mark.parametrize(
    "text",
    [
        "adopted?",
        "adopted in 2006 or 2007?",
        "adopted in 2006 or later?",
        "adopted in 12.2006?",
        "adopted in XI.2006?",
        "adopted on 5 12 2006?",
        "adopted in mid-2006?",
        "adopted around 2006?",
    ],
)
def test_no_claim_is_read_where_the_words_before_a_date_are_unknown(text: str) -> None:
    assert claimed_date(text) is None


@pytest.mark.parametrize(
    ("text", "rest", "period"),
    [
        ("UNODC since 2019", "UNODC", Period.of_year(2019).onwards),
        ("UNODC from 2019 onwards", "UNODC", Period.of_year(2019).onwards),
        ("UNODC after 2019", "UNODC", Period.of_year(2019).after),
        ("UNODC before March 2019", "UNODC", Period.of_month(2019, 3).before),
        ("UNODC up to 2019", "UNODC", Period.of_year(2019).up_to),
        ("UNODC adopted in 2019", "UNODC", Period.of_year(2019)),
        (
            "between 2015 and 2020, UNODC",
            ", UNODC",
            Period.of_year(2015).through(Period.of_year(2020)),
        ),
        ("the attacks of 11 September 2001", "the attacks of 11 September 2001", None),
        ("UNODC since 05/12/2006", "UNODC since 05/12/2006", None),
        ("UNODC since 31 June 2006", "UNODC since 31 June 2006", None),
        ("UNODC", "UNODC", None),
    ],
)
def test_a_period_is_taken_out_of_what_it_bounds(
    text: str, rest: str, period: Period | None
) -> None:
    bounded = without_period(text)
    assert (bounded.rest, bounded.period) == (rest, period)
