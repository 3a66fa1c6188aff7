"""Short names and everyday words are put as resolutions print them."""

import pytest

from qa.question.topic import (
    expand,
    expanded_phrases,
    expansions,
    proper_names,
    without_dates_and_organs,
)
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


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("of the General Assembly in 2006 corruption", "of corruption", id="both"),
        pytest.param(
            "What did the Council decide in June 2002?", "What did decide ?", id="a month"
        ),
        pytest.param("the Assembly's texts on ageing, 2019", "texts on ageing,", id="whose texts"),
        pytest.param("General Assembly 2006", "General Assembly 2006", id="nothing else is said"),
        pytest.param("Human Rights Council", "Human Rights Council", id="an organ alone"),
        pytest.param("2,006 troops", "2,006 troops", id="a number is no year"),
        pytest.param("scouts and gas", "scouts and gas", id="letters inside a word"),
    ],
)
def test_years_and_organs_are_no_part_of_what_is_searched_for(text: str, expected: str) -> None:
    assert without_dates_and_organs(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Which panel of experts was set up for Mali?", ("Mali",)),
        ("What about Mali?", ("Mali",)),
        ("Mali: what became of the panel?", ()),  # every sentence begins so
        ("Who leads? The panel reports on Darfur and Abyei.", ("Darfur", "Abyei")),
        ("what was asked of côte d'ivoire", ()),
        ("Who reports on Côte d'Ivoire and Timor-Leste?", ("Côte", "Ivoire", "Timor-Leste")),
        ("What did UNMISS do in July 2016 at Juba?", ("Juba",)),
        ("Rights of the Child in Armed Conflict", ()),  # as a title is written
        ("", ()),
    ],
)
def test_a_capital_inside_a_sentence_makes_a_name(text: str, expected: tuple[str, ...]) -> None:
    assert proper_names(text) == expected
