"""How long and how often, as resolutions print it."""

import pytest

from qa.resolutions.durations import duration, interval


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("every two years", "P2Y"),
        ("every other year", "P2Y"),
        ("every 90 days", "P90D"),
        ("each month", "P1M"),
        ("every quarter", "P3M"),
        ("every three calendar months", "P3M"),
        ("once a week", "P1W"),
        ("twice a year", "P6M"),
        ("twice annually", "P6M"),
        ("on a quarterly basis", "P3M"),
        ("on a six-monthly basis", "P6M"),
        ("semi-annually", "P6M"),
        ("biennially", "P2Y"),
        ("at its next session", ""),
    ],
)
def test_how_often_is_read_as_an_interval(printed: str, expected: str) -> None:
    assert interval(printed) == expected


def test_the_adjective_of_a_report_is_no_interval() -> None:
    assert not interval("in his annual report", by_adjective=False)
    assert interval("every year, in his annual report", by_adjective=False) == "P1Y"


@pytest.mark.parametrize(
    ("count", "unit", "expected"),
    [
        ("three", "months", "P3M"),
        ("30", "calendar days", "P30D"),
        ("two", "quarters", "P6M"),
        ("one", "biennium", "P2Y"),
        ("72", "hours", "PT72H"),
    ],
)
def test_a_term_is_read_as_a_duration(count: str, unit: str, expected: str) -> None:
    assert duration(count, unit) == expected
