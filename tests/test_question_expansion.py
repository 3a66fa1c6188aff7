"""Short names and everyday words are put as resolutions print them."""

import pytest

from qa.question.expansion import expand, expanded_phrases, expansions
from qa.resolutions.tables.read_tables import rows


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("report of the UN chief", "report of the Secretary-General", id="the longest"),
        pytest.param("troops in the DRC", "Democratic Republic of the Congo", id="a short name"),
        pytest.param("a car for the mission", "a car for the mission", id="no short name"),
        pytest.param("United Nations", "United Nations", id="a name that holds an everyday word"),
        pytest.param("the World Food Programme", "the World Food Programme", id="as it is printed"),
        pytest.param("North Korea", "Democratic People's Republic of Korea", id="a country"),
        pytest.param("north korea", "Democratic People's Republic of Korea", id="in small letters"),
        pytest.param("blue helmets", "peacekeepers", id="everyday words"),
        pytest.param("roll over the mandate", "extend renew", id="a procedure"),
        pytest.param("Guns", "firearms", id="the beginning of a question"),
        pytest.param("gunsmith", "gunsmith", id="the beginning of another word"),
    ],
)
def test_words_are_put_as_resolutions_print_them(text: str, expected: str) -> None:
    assert expected in expand(text)


def test_what_was_typed_and_what_stands_for_it() -> None:
    assert expanded_phrases("IDPs and jails") == ("IDPs", "jails")
    assert expansions("IDPs and IDPs") == ("internally displaced persons",)
    assert expansions("United Nations") == ()


def test_no_form_stands_twice() -> None:
    short = [row["short"] for row in rows("acronyms")]
    forms = [form.lower() for row in rows("everyday") for form in row["everyday"].split("|")]
    assert len(set(short)) == len(short)
    assert sorted({form for form in forms if forms.count(form) > 1}) == []
    assert not set(forms) & set(short)


@pytest.mark.parametrize(("table", "column"), [("everyday", "everyday"), ("acronyms", "short")])
def test_rows_are_sorted(table: str, column: str) -> None:
    first = [row[column].split("|")[0].lower() for row in rows(table)]
    assert first == sorted(first)


@pytest.mark.parametrize(
    ("table", "column"),
    [
        ("everyday", "everyday"),
        ("everyday", "printed"),
        ("acronyms", "short"),
        ("acronyms", "full"),
    ],
)
def test_no_cell_is_empty_or_padded(table: str, column: str) -> None:
    for row in rows(table):
        assert all(part and part == part.strip() for part in row[column].split("|"))
