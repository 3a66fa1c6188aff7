"""Short names and everyday words are put as resolutions print them."""

import pytest

from qa.question.expansion import NameExpansion, table_names
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
    assert expected in table_names().expand(text)


def test_what_was_typed_and_what_stands_for_it() -> None:
    names = table_names()
    assert names.expanded_phrases("IDPs and jails") == ("IDPs", "jails")
    assert names.expansions("IDPs and IDPs") == ("internally displaced persons",)
    assert names.expansions("United Nations") == ()


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


EXPLAINED = {
    "PWPR": "Panel of Wise Persons on Rivers",
    "WPR": "Panel of Wise Persons on Rivers",
    "OECD": "Organization for Economic Cooperation and Development",  # spelt otherwise
    "UNODC": "Union of Northern Diplomats and Clerks",  # of another thing
}
PANEL = {"PWPR", "WPR", "Panel of Wise Persons on Rivers"}
OECD = {
    "OECD",
    "Organisation for Economic Co-operation and Development",
    "Organization for Economic Cooperation and Development",
}


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        pytest.param(PANEL, PANEL, id="explained by texts"),
        pytest.param(OECD, OECD, id="two spellings"),
        pytest.param(
            {"UNODC", "United Nations Office on Drugs and Crime"},
            {"UNODC", "United Nations Office on Drugs and Crime"},
            id="the table is right",
        ),
        pytest.param({"rivers"}, {"rivers"}, id="no known name"),
        pytest.param({"IDP"}, {"IDP", "IDPs", "internally displaced persons"}, id="two short ones"),
    ],
)
def test_every_name_of_a_thing_gives_the_same_names(names: set[str], expected: set[str]) -> None:
    known = NameExpansion(EXPLAINED)
    for name in names:
        assert known.names_of(name)[0] == name
        assert set(known.names_of(name)) == expected


def test_a_name_is_known_in_small_letters_too() -> None:
    assert set(table_names().names_of("unodc")) == {
        "unodc",
        "United Nations Office on Drugs and Crime",
    }


def test_short_names_alone_are_replaced_where_a_sentence_is_compared_whole() -> None:
    text = "AMR and killer robots"
    assert table_names().expand_short(text) == "antimicrobial resistance and killer robots"
    assert table_names().short_names(text) == (("AMR", "antimicrobial resistance"),)
