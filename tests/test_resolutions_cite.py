"""What "61/181 OP6" means in every shape that is typed or printed, and how it is written."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.resolutions.cite.citation_format import citation, link, place, record_link, spaced_symbol
from qa.resolutions.cite.numbers import ordinal
from qa.resolutions.cite.sessions import fits_council_session, security_council_year
from qa.resolutions.cite.symbols import find_symbols, fits_session, plain_digits, without_part
from qa.resolutions.cite.typed_pinpoints import Locator, find_locators, label_of
from qa.resolutions.model import Kind, Resolution
from qa.resolutions.tables.read_tables import rows

Seed = Callable[[str], Resolution]
CASES = Path(__file__).parent / "cases" / "citations.tsv"


def typed_rows() -> list[tuple[str, str]]:
    """What people type with a number, and the documents that it names; places are left out."""
    lines = CASES.read_text(encoding="utf-8").splitlines()
    cells = [line.split("\t") for line in lines if not line.startswith("#")][1:]
    return [
        (text, "; ".join(dict.fromkeys(one.split(" ")[0] for one in expected.split("; "))))
        for text, expected, citing, *_ in cells
        if not citing and re.search(r"\d", text)
    ]


def symbols(text: str, organ: str = "A") -> list[str]:
    return list(dict.fromkeys(one.symbol for one in find_symbols(text, organ=organ)))


def labels(text: str) -> list[str]:
    """The places a text names: "OP6", "OP-1" for the last one, "PP" for all."""
    prefix = {Kind.OPERATIVE: "OP", Kind.PREAMBULAR: "PP", Kind.NOTE: "FN"}
    return [
        f"{prefix[one.kind]}{'' if one.number is None else one.number}{one.path}"
        for found in find_locators(text)
        for one in found.locators
    ]


# Symbols


@pytest.mark.parametrize(
    ("text", "expected"), [pytest.param(*row, id=row[0]) for row in typed_rows()]
)
def test_symbols_of_a_citation(text: str, expected: str) -> None:
    assert "; ".join(symbols(text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("61/181 and 56/123", ["A/RES/61/181", "A/RES/56/123"], id="two"),
        pytest.param("between 56/123, 61/181", ["A/RES/56/123", "A/RES/61/181"], id="in order"),
        pytest.param("A/RES/61/181G", ["A/RES/61/181[G]"], id="a part letter typed on"),
        pytest.param("A/RES/61/181General", ["A/RES/61/181"], id="a word glued on is no part"),
        pytest.param("on 12/05/2006", [], id="a date is no symbol"),
        pytest.param("km/h and and/or", [], id="slashes between words"),
        pytest.param("2006/19", ["E/RES/2006/19"], id="year first is ECOSOC"),
        pytest.param("1325 (2000)", ["S/RES/1325(2000)"], id="number and year: Security Council"),
        pytest.param("1325(2000)", ["S/RES/1325(2000)"], id="without the blank"),
        pytest.param("SCR 1325 (2000)", ["S/RES/1325(2000)"], id="SCR"),
        pytest.param("A/HRC/RES/16/18", ["A/HRC/RES/16/18"], id="Human Rights Council"),
        pytest.param("resolución 61/181", ["A/RES/61/181"], id="Spanish"),
        pytest.param("٦١/١٨١", ["A/RES/61/181"], id="Arabic-Indic digits"),
        pytest.param("", [], id="nothing"),
        pytest.param("1,234/5,678", [], id="numbers"),
        pytest.param("S/RES/1325", ["S/RES/1325(2000)"], id="the Council's year is looked up"),
        pytest.param("SCR 9999", ["S/RES/9999"], id="a year that is not known is left out"),
        pytest.param("24/7 or 9/11", [], id="a number alone below 31 is none of the Assembly's"),
        pytest.param("HRC 16/18", ["A/HRC/RES/16/18"], id="its organ named"),
        pytest.param("CCPCJ resolution 27/2", [], id="of a body without symbols: nothing"),
    ],
)
def test_symbols_in_a_text(text: str, expected: list[str]) -> None:
    assert symbols(text) == expected


@pytest.mark.parametrize(
    ("text", "covered"),
    [
        pytest.param("see resolution 61/181, please", "61/181", id="in a sentence"),
        pytest.param("see A/RES/61/181.", "A/RES/61/181", id="the full stop is left out"),
        pytest.param("القرار ٦١/١٨١", "٦١/١٨١", id="other digits: offsets of what was typed"),
    ],
)
def test_a_symbol_stands_where_it_is_said_to(text: str, covered: str) -> None:
    (found,) = find_symbols(text)
    assert text[found.start : found.end] == covered


def test_a_document_ends_before_the_full_stop() -> None:
    (found,) = find_symbols("A/61/179.")
    assert "A/61/179."[found.start : found.end] == "A/61/179"


@pytest.mark.parametrize(
    ("organ", "expected"),
    [
        pytest.param("A", "A/RES/36/18", id="Assembly"),
        pytest.param("HRC", "A/HRC/RES/36/18", id="HRC"),
    ],
)
def test_its_resolution_is_that_of_the_adopting_organ(organ: str, expected: str) -> None:
    assert symbols("its resolution 36/18", organ=organ) == [expected]


def test_the_assembly_has_no_resolution_of_an_earlier_session_with_a_slash() -> None:
    assert symbols("its resolution 16/18", organ="A") == []


@pytest.mark.parametrize(
    ("session", "year", "fits"),
    [
        pytest.param(61, 2006, True, id="the year it opens"),
        pytest.param(61, 2007, True, id="the year it ends"),
        pytest.param(61, 2008, False, id="later"),
        pytest.param(54, 2023, False, id="the Human Rights Council's 54th session"),
    ],
)
def test_a_session_has_its_years(session: int, year: int, fits: bool) -> None:
    assert fits_session(session, year) is fits


@pytest.mark.parametrize(
    ("session", "year", "fits"),
    [
        pytest.param(1, 2006, True, id="the first"),
        pytest.param(16, 2011, True, id="three a year"),
        pytest.param(54, 2023, True, id="the last of a year"),
        pytest.param(54, 1999, False, id="the Assembly's 54th session"),
    ],
)
def test_a_session_of_the_human_rights_council(session: int, year: int, fits: bool) -> None:
    assert fits_council_session(session, year) is fits


@given(st.integers(31, 80), st.integers(1976, 2040))
def test_no_number_fits_both_the_assembly_and_the_council(session: int, year: int) -> None:
    assert not (fits_session(session, year) and fits_council_session(session, year))


@pytest.mark.parametrize(
    ("number", "year"),
    [
        pytest.param(1, 1946, id="the first"),
        pytest.param(242, 1967, id="242"),
        pytest.param(1219, 1998, id="the last of 1998"),
        pytest.param(1220, 1999, id="the first of 1999"),
        pytest.param(1325, 2000, id="1325"),
        pytest.param(99999, None, id="none yet"),
        pytest.param(0, None, id="none ever"),
    ],
)
def test_the_year_of_a_security_council_resolution(number: int, year: int | None) -> None:
    assert security_council_year(number) == year


def test_the_security_council_table_leaves_no_number_out() -> None:
    table = rows("security_council")
    ends = [0, *(int(row["last"]) for row in table)]
    assert [int(row["first"]) - 1 for row in table] == ends[:-1]
    assert [int(row["year"]) for row in table] == list(range(1946, 1946 + len(table)))


def test_digits_are_exchanged_in_place() -> None:
    assert plain_digits("٦١/١٨١ ６") == "61/181 6"


def test_part_is_taken_off() -> None:
    assert without_part("A/RES/67/234[B]") == "A/RES/67/234"
    assert without_part("A/RES/217(III)") == "A/RES/217(III)"
    assert without_part("A/RES/53/77[AA]") == "A/RES/53/77"
    assert without_part("A/RES/67/234[B] sect. II OP3") == "A/RES/67/234"
    assert without_part("CCPCJ resolution 27/2") == "CCPCJ resolution 27/2"


# Places


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("OP6", ["OP6"], id="OP6"),
        pytest.param("op. 6", ["OP6"], id="op. 6"),
        pytest.param("para 6", ["OP6"], id="para"),
        pytest.param("para.6", ["OP6"], id="para. without a blank"),
        pytest.param("operative clause 6", ["OP6"], id="clause"),
        pytest.param("¶ 6", ["OP6"], id="pilcrow"),
        pytest.param("¶¶ 6-7", ["OP6", "OP7"], id="two pilcrows"),
        pytest.param("§ 6", ["OP6"], id="section sign"),
        pytest.param("paragraph six", ["OP6"], id="number in words"),
        pytest.param("6th para", ["OP6"], id="6th"),
        pytest.param("sixth operative paragraph", ["OP6"], id="ordinal in words"),
        pytest.param("OP 06", ["OP6"], id="a leading zero"),
        pytest.param("paras. 8 and 15-17", ["OP8", "OP15", "OP16", "OP17"], id="list and range"),
        pytest.param("OPs 8, 15 & 17", ["OP8", "OP15", "OP17"], id="ampersand"),
        pytest.param("paragraphs 16 to 18", ["OP16", "OP17", "OP18"], id="to"),
        pytest.param("OP1–3", ["OP1", "OP2", "OP3"], id="en dash"),
        pytest.param("OP1 to OP3", ["OP1", "OP2", "OP3"], id="the word repeated"),
        pytest.param("para. 6 (b)", ["OP6(b)"], id="sub-paragraph"),
        pytest.param("paragraph 6(b)(ii)", ["OP6(b)(ii)"], id="sub-sub-paragraph"),
        pytest.param("last operative paragraph", ["OP-1"], id="last"),
        pytest.param("the penultimate paragraph", ["OP-2"], id="penultimate"),
        pytest.param("last two paragraphs", ["OP-2", "OP-1"], id="last two"),
        pytest.param("first three paragraphs", ["OP1", "OP2", "OP3"], id="first three"),
        pytest.param("PP3", ["PP3"], id="PP3"),
        pytest.param("third preambular paragraph", ["PP3"], id="third preambular"),
        pytest.param("twenty-fourth preambular paragraph", ["PP24"], id="twenty-fourth"),
        pytest.param("paragraph 2 of the preamble", ["PP2"], id="of the preamble"),
        pytest.param("recital 4", ["PP4"], id="recital"),
        pytest.param("last preambular paragraph", ["PP-1"], id="last preambular"),
        pytest.param("the preamble", ["PP"], id="the whole preamble"),
        pytest.param("footnote 5", ["FN5"], id="footnote"),
        pytest.param("fn 5", ["FN5"], id="fn"),
        pytest.param("the notes numbered 3", ["FN3"], id="notes numbered"),
        pytest.param("the footnotes", ["FN"], id="all notes"),
        pytest.param("paragraphe 6", ["OP6"], id="French"),
        pytest.param("paragraphes 6 à 8", ["OP6", "OP7", "OP8"], id="French range"),
        pytest.param("troisième paragraphe", ["OP3"], id="French ordinal"),
        pytest.param("párrafos 6 y 8", ["OP6", "OP8"], id="Spanish list"),
        pytest.param("párrafos 6 a 8", ["OP6", "OP7", "OP8"], id="Spanish range"),
        pytest.param("пункт 6", ["OP6"], id="Russian"),
        pytest.param("第6段", ["OP6"], id="Chinese"),
        pytest.param("الفقرة 6", ["OP6"], id="Arabic"),
        pytest.param("Ziffer 6", ["OP6"], id="German"),
        pytest.param("paragraphs 9 (a), (b) and (c)", ["OP9(a)", "OP9(b)", "OP9(c)"], id="letters"),
        pytest.param("PP1 and OP1", ["PP1", "OP1"], id="two kinds"),
        pytest.param("OP1 to OP99999", ["OP1", "OP99999"], id="a range too long to write out"),
        pytest.param("It notes that crime rises", [], id="a verb is no note"),
        pytest.param("opposite 6", [], id="another word that opens with op"),
        pytest.param("parameters 5", [], id="another word that opens with para"),
        pytest.param("paragraph 2006/19", [], id="a symbol is no number"),
        pytest.param("first of all", [], id="an ordinal alone"),
        pytest.param("", [], id="nothing"),
    ],
)
def test_places_in_a_text(text: str, expected: list[str]) -> None:
    assert labels(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("the second and third paragraphs", ["OP2", "OP3"], id="two ordinals"),
        pytest.param("paragraphs one and two", ["OP1", "OP2"], id="two cardinals"),
        pytest.param("paragraphs 3 (a) to (c)", ["OP3(a)", "OP3(b)", "OP3(c)"], id="letters"),
        pytest.param("preambular paragraphs", ["PP"], id="all of a kind without 'all'"),
        pytest.param("sixième paragraphe", ["OP6"], id="French, from the sixth on"),
        pytest.param("sexto párrafo", ["OP6"], id="Spanish, from the sixth on"),
        pytest.param("第八段", ["OP8"], id="Chinese numeral"),
        pytest.param("OP#6", ["OP6"], id="number sign"),
    ],
)
def test_places_that_are_not_read_yet(text: str, expected: list[str]) -> None:
    assert labels(text) == expected


@pytest.mark.slow
@given(st.text(max_size=60) | st.from_regex(r"(op|paras?|notes?|pp) ?[0-9 ,()a-z-]{0,20}"))
def test_any_text_is_searched_for_places_and_symbols(text: str) -> None:
    for found in find_locators(text):
        assert 0 <= found.start < found.end <= len(text)
        assert found.locators
    for one in find_symbols(text):
        assert 0 <= one.start < one.end <= len(text)
        assert re.search(r"\d", one.symbol)


@pytest.mark.parametrize(
    "number", [pytest.param(None, id="all of them"), pytest.param(-1, id="from the end")]
)
def test_a_place_that_is_not_resolved_has_no_label(number: int | None) -> None:
    with pytest.raises(ValueError, match="before it is resolved"):
        label_of(Locator(kind=Kind.OPERATIVE, number=number))


# Writing


@pytest.mark.parametrize(
    ("symbol", "label", "kind", "expected"),
    [
        pytest.param(
            "A/RES/61/181", "OP6", Kind.OPERATIVE, "A/RES/61/181, para. 6", id="operative"
        ),
        pytest.param(
            "A/RES/61/181",
            "PP3",
            Kind.PREAMBULAR,
            "A/RES/61/181, third preambular paragraph",
            id="preambular: by its ordinal",
        ),
        pytest.param("A/RES/61/181", "FN4", Kind.NOTE, "A/RES/61/181, note 4", id="note"),
        pytest.param(
            "S/RES/1325(2000)",
            "OP1",
            Kind.OPERATIVE,
            "S/RES/1325 (2000), para. 1",
            id="year spaced",
        ),
        pytest.param(
            "A/RES/37/100[A]", "OP3(b)", Kind.OPERATIVE, "A/RES/37/100 A, para. 3 (b)", id="parts"
        ),
        pytest.param(
            "A/RES/70/244",
            "sect. III OP57",
            Kind.OPERATIVE,
            "A/RES/70/244, sect. III, para. 57",
            id="section",
        ),
        pytest.param(
            "A/RES/60/264",
            "OP1",
            Kind.OPERATIVE,
            "A/RES/60/264, para. 1",
            id="the first one",
        ),
        pytest.param(
            "A/RES/61/181", "annex para. 2", Kind.ANNEX, "A/RES/61/181, annex, para. 2", id="annex"
        ),
        pytest.param(
            "A/RES/61/295",
            "annex art. 24(1)",
            Kind.ANNEX,
            "A/RES/61/295, annex, art. 24(1)",
            id="art.",
        ),
    ],
)
def test_citation(symbol: str, label: str, kind: Kind, expected: str) -> None:
    assert citation(symbol, label, kind) == expected


@pytest.mark.parametrize(
    ("symbol", "expected"),
    [
        pytest.param("A/RES/61/181", "https://docs.un.org/en/A/RES/61/181", id="plain"),
        pytest.param(
            "S/RES/1325(2000)", "https://docs.un.org/en/S/RES/1325(2000)", id="brackets stay"
        ),
        pytest.param("A/RES/67/234[B]", "https://docs.un.org/en/A/RES/67/234B", id="part B"),
        pytest.param("A/RES/59/113[A]", "https://docs.un.org/en/A/RES/59/113", id="part A is bare"),
        pytest.param(
            "A/RES/217(III)[A]", "https://docs.un.org/en/A/RES/217(III)", id="before 1976"
        ),
    ],
)
def test_link(symbol: str, expected: str) -> None:
    assert link(symbol) == expected


def test_link_in_another_language() -> None:
    assert link("A/RES/61/181", "fr") == "https://docs.un.org/fr/A/RES/61/181"


def test_link_to_the_record_of_a_vote() -> None:
    assert record_link("A/RES/67/234[B]") == (
        "https://digitallibrary.un.org/search?p=%22A/RES/67/234%22"
    )


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        pytest.param(1, "first", id="1"),
        pytest.param(12, "twelfth", id="12"),
        pytest.param(20, "twentieth", id="20"),
        pytest.param(21, "twenty-first", id="21"),
        pytest.param(40, "fortieth", id="40"),
        pytest.param(62, "sixty-second", id="62"),
        pytest.param(80, "eightieth", id="80"),
        pytest.param(99, "ninety-ninth", id="99"),
        pytest.param(101, "101st", id="101"),
        pytest.param(111, "111th", id="111"),
    ],
)
def test_ordinal(number: int, expected: str) -> None:
    assert ordinal(number) == expected


@given(st.integers(1, 99))
def test_an_ordinal_that_is_written_is_read_again(number: int) -> None:
    assert labels(f"the {ordinal(number)} preambular paragraph") == [f"PP{number}"]


@pytest.mark.parametrize("symbol", ["61/181", "56/123"])
def test_a_printed_citation_reads_back_as_itself(symbol: str, seed: Seed) -> None:
    resolution = seed(symbol)
    parts = [(one.label, one.kind) for one in resolution.paragraphs]
    parts += [(one.label, Kind.NOTE) for one in resolution.notes]
    for label, kind in parts:
        printed = citation(resolution.symbol, label, kind)
        assert symbols(printed) == [resolution.symbol]
        bare = printed.removeprefix(spaced_symbol(resolution.symbol))
        assert labels(bare) == [label], printed


@given(
    st.sampled_from(
        ["A/RES/61/181", "A/RES/67/234[B]", "S/RES/1325(2000)", "A/RES/S-10/2", "A/RES/217(III)[A]",
         "E/RES/2006/19", "A/HRC/RES/16/18", "A/RES/ES-10/17"]
    ),
    st.sampled_from(list({Kind.OPERATIVE: "OP", Kind.PREAMBULAR: "PP", Kind.NOTE: "FN"}.items())),
    st.integers(1, 99),
)  # fmt: skip
def test_any_printed_citation_reads_back(symbol: str, kind: tuple[Kind, str], number: int) -> None:
    label = f"{kind[1]}{number}"
    printed = citation(symbol, label, kind[0])
    assert symbols(printed) == [symbol]
    assert labels(printed.removeprefix(spaced_symbol(symbol))) == [label]
    assert printed.endswith(place(label, kind[0]))
