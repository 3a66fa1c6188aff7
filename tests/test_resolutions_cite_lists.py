"""Lists and ranges, Roman numerals, and the tables that citations are decided by."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.resolutions.cite.aliases import alias_citations
from qa.resolutions.cite.number_lists import LIMIT, NUMBERS, NUMERALS, read_numbers, read_numerals
from qa.resolutions.cite.numbers import roman, roman_number
from qa.resolutions.cite.resolve import read_citations
from qa.resolutions.cite.sessions import fits_old_ecosoc, fits_series, fits_special_session
from qa.resolutions.cite.symbols import without_part
from qa.resolutions.tables.read_tables import rows


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        pytest.param("6", "6", id="one"),
        pytest.param("80 and 83 to 87", "80 83 84 85 86 87", id="range in a list"),
        pytest.param("1, 3, 5, and 7 through 9", "1 3 5 7 8 9", id="through"),
        pytest.param("3–5", "3 4 5", id="en dash"),
        pytest.param("3 (a) to (d)", "3(a) 3(b) 3(c) 3(d)", id="range of letters"),
        pytest.param("9 (a), (b) and (c)", "9(a) 9(b) 9(c)", id="letters hang on their number"),
        pytest.param("8 (a), 8 (b) and 9", "8(a) 8(b) 9", id="the number repeated"),
        pytest.param("1 (a) (ii)", "1(a)(ii)", id="two levels"),
        pytest.param("13 (b), (iii) and (iv)", "13(b) 13(b)(iii) 13(b)(iv)", id="Roman: below"),
        pytest.param("2 (a)(i), (ii) and (b)", "2(a)(i) 2(a)(ii) 2(b)", id="up again"),
        pytest.param("5 (h) and (i)", "5(h) 5(i)", id="i after h is a letter"),
        pytest.param("6 to 4", "6 4", id="backwards: no range"),
        pytest.param("1 and 2 (2004)", "1", id="a number with a year is another's"),
    ],
)
def test_numbers_of_a_list(printed: str, expected: str) -> None:
    match = re.match(NUMBERS, printed)
    assert match
    assert " ".join(f"{number}{path}" for number, path in read_numbers(match[0])) == expected


@given(st.integers(1, 999), st.integers(0, LIMIT))
def test_a_range_holds_each_number_between_its_ends(first: int, more: int) -> None:
    found = [number for number, _ in read_numbers(f"{first} to {first + more}")]
    assert found == (list(range(first, first + more + 1)) if more else [first, first])


def test_a_range_that_is_too_long_is_not_written_out() -> None:
    assert list(read_numbers("1 to 99999")) == [(1, ""), (99999, "")]


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        pytest.param("I-III", "I II III", id="Roman range"),
        pytest.param("I to III and V", "I II III V", id="and one more"),
        pytest.param("A and B", "A B", id="letters"),
        pytest.param("A to C", "A B C", id="range of letters"),
        pytest.param("II.A and II.B", "II.A II.B", id="subsections"),
        pytest.param("C.3", "C.3", id="a letter that is a Roman numeral, too"),
        pytest.param("1-3", "1 2 3", id="digits"),
    ],
)
def test_numerals_of_a_list(printed: str, expected: str) -> None:
    match = re.match(NUMERALS, printed)
    assert match
    assert match[0] == printed
    assert " ".join(read_numerals(printed)) == expected


@given(st.integers(1, 399))
def test_a_roman_numeral_is_read_again(number: int) -> None:
    assert roman_number(roman(number)) == number


@pytest.mark.parametrize("printed", ["", "A", "XIIx", "12"])
def test_what_is_no_roman_numeral_is_nought(printed: str) -> None:
    assert roman_number(printed) == 0


@pytest.mark.parametrize(
    ("session", "number", "fits"),
    [
        pytest.param(3, 217, True, id="217 (III)"),
        pytest.param(30, 3499, True, id="3499 (XXX)"),
        pytest.param(1, 2, True, id="the first session"),
        pytest.param(27, 574, False, id="574 (XXVII): numbers were near 3000 by then"),
        pytest.param(2, 3201, False, id="ahead of its time"),
    ],
)
def test_the_assembly_counted_on_to_1975(session: int, number: int, fits: bool) -> None:
    assert fits_series(session, number) is fits


@pytest.mark.parametrize(
    ("session", "year", "fits"),
    [
        pytest.param(28, 1959, True, id="XXVIII"),
        pytest.param(60, 1976, True, id="LX"),
        pytest.param(31, 2006, False, id="a regional commission's"),
        pytest.param(64, 1978, False, id="after the last"),
    ],
)
def test_sessions_of_ecosoc_with_roman_numerals(session: int, year: int, fits: bool) -> None:
    assert fits_old_ecosoc(session, year) is fits


@pytest.mark.parametrize(
    ("body", "session", "year", "fits"),
    [
        pytest.param("A", 30, 2016, True, id="the Assembly's"),
        pytest.param("HRC", 30, 2021, True, id="the Council's"),
        pytest.param("A", 30, 2021, False, id="not of that year"),
        pytest.param("HRC", 99, 2016, False, id="none of that number"),
    ],
)
def test_special_sessions(body: str, session: int, year: int, fits: bool) -> None:
    assert fits_special_session(body, session, year) is fits


@pytest.mark.parametrize(
    "row", [pytest.param(row, id=row["names"].split("|")[0]) for row in rows("aliases")]
)
def test_every_name_of_the_table_leads_to_a_document(row: dict[str, str]) -> None:
    for name in row["names"].split("|"):
        (cited,) = alias_citations(f"What does the {name} say?")
        assert cited.symbol == row["symbol"]
    document = without_part(row["symbol"])
    assert [one.symbol for one in read_citations(document)] == [document]


def test_every_body_of_the_table_has_symbols_of_its_own_or_none() -> None:
    for row in rows("owners"):
        symbol = row["series"].format(number="7/3", session="7", item="3")
        assert symbol == "" or [one.symbol for one in read_citations(symbol)] == [symbol], row
