"""A document's text in, every field, paragraph and note out, each at its place in the file."""

import json
import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.errors import UnreadableFileError
from qa.resolutions.document import Document
from qa.resolutions.export import from_record, to_record
from qa.resolutions.model import Body, Kind, Note, Paragraph, Resolution, Source, Span
from qa.resolutions.parse.notes import find_marks
from qa.resolutions.parse.parse_document import parse_document
from qa.resolutions.readers.files import ReadFile
from qa.resolutions.text import fold, is_verbatim, squeeze, with_marks

Seed = Callable[[str], Resolution]
SEEDS = ["61/181", "56/123"]
SOURCE = Source(file="own.txt", sha256="0" * 64)
TITLE = (
    "Strengthening the United Nations Crime Prevention and Criminal Justice Programme, "
    "in particular its technical cooperation capacity"
)


def document(
    body: str,
    *,
    head: str = "Resolution adopted by the General Assembly on 3 May 2007\n61/300.\tA day of our own",
    foot: str = "90th plenary meeting\n3 May 2007\n",
) -> str:
    """A resolution of our own making around the lines between opening and closing formula."""
    return f"{head}\n\n\tThe General Assembly,\n{body}\n\n{foot}"


def parsed(body: str, **parts: str) -> Resolution:
    (resolution,) = parse_document(Document(text=document(body, **parts)), SOURCE)
    return resolution


def shape(resolution: Resolution) -> list[tuple[str, str]]:
    return [(one.label, one.text) for one in resolution.paragraphs]


# The fields of the two seeds, as a reader finds them on the page


@pytest.mark.parametrize(
    ("field", "of_61_181", "of_56_123"),
    [
        pytest.param("symbol", "A/RES/61/181", "A/RES/56/123", id="symbol"),
        pytest.param("body", Body.GENERAL_ASSEMBLY, Body.GENERAL_ASSEMBLY, id="body"),
        pytest.param("session", "61", "56", id="session"),
        pytest.param("number", "181", "123", id="number"),
        pytest.param("part", None, None, id="no part: the G of General is none"),
        pytest.param("title", TITLE, TITLE, id="title"),
        pytest.param("adopted", date(2006, 12, 20), date(2001, 12, 19), id="adopted, not issued"),
        pytest.param("issued", date(2007, 3, 8), date(2002, 1, 23), id="issued: the masthead's"),
        pytest.param("meeting", "82nd plenary meeting", "88th plenary meeting", id="meeting"),
        pytest.param("committee", "Third Committee", "Third Committee", id="committee"),
        pytest.param("report", "A/61/444", "A/56/574", id="report"),
        pytest.param("agenda_items", ("98",), ("110",), id="agenda item"),
        pytest.param("job_number", "N0650529E", "N0148222E", id="job number"),
        pytest.param("printed_job_number", "06-50529", "01 48222", id="printed job number"),
        pytest.param("language", "en", "en", id="language"),
    ],
)
def test_field(field: str, of_61_181: Any, of_56_123: Any, seed: Seed) -> None:
    assert getattr(seed("61/181"), field) == of_61_181
    assert getattr(seed("56/123"), field) == of_56_123


@pytest.mark.parametrize(
    ("symbol", "operative", "preambular", "notes"),
    [pytest.param("61/181", 9, 7, 6, id="61/181"), pytest.param("56/123", 21, 12, 3, id="56/123")],
)
def test_every_paragraph_and_note_is_there_and_nothing_else(
    symbol: str, operative: int, preambular: int, notes: int, seed: Seed
) -> None:
    resolution = seed(symbol)
    assert [one.label for one in resolution.paragraphs] == [
        *(f"PP{number}" for number in range(1, preambular + 1)),
        *(f"OP{number}" for number in range(1, operative + 1)),
    ]
    assert [one.number for one in resolution.of_kind(Kind.OPERATIVE)] == list(
        range(1, operative + 1)
    )
    assert [one.label for one in resolution.notes] == [f"FN{at}" for at in range(1, notes + 1)]
    assert {(one.section, one.parent, one.depth) for one in resolution.paragraphs} == {
        (None, None, 0)
    }


@pytest.mark.parametrize(
    ("symbol", "label", "opens", "closes"),
    [
        pytest.param(
            "61/181", "PP1", "Recalling its resolution 46/152 of", None, id="first of all"
        ),
        pytest.param(
            "61/181",
            "PP7",
            "Bearing in mind the efforts for the revitalization of the General Assembly,",
            "revitalization of the General Assembly,",
            id="last preambular",
        ),
        pytest.param(
            "61/181", "OP1", "Takes note with", "resolution 60/175;", id="first operative"
        ),
        pytest.param(
            "61/181", "OP9", "Requests the", "comprehensive discussion on the subject.", id="last"
        ),
        pytest.param(
            "56/123", "PP12", "Welcoming the report", "to 3 August 2001,", id="56/123, preamble"
        ),
        pytest.param(
            "56/123", "OP21", "Requests the", "at its fifty-seventh session.", id="56/123, last"
        ),
    ],
)
def test_a_paragraph_begins_and_ends_where_it_should(
    symbol: str, label: str, opens: str, closes: str | None, seed: Seed
) -> None:
    text = next(one.text for one in seed(symbol).paragraphs if one.label == label)
    assert text.startswith(opens)
    assert closes is None or text.endswith(closes)


@pytest.mark.parametrize(
    ("symbol", "texts"),
    [
        pytest.param(
            "61/181",
            [
                "Resolution 55/25, annexes I-III, and resolution 55/255, annex.",
                "Resolution 58/4, annex.",
                "Resolution 60/288.",
                "Resolution 60/177, annex.",
                "See resolution 60/286, in particular cluster III, Working methods, of the annex.",
                "A/61/179.",
            ],
            id="61/181",
        ),
        pytest.param(
            "56/123",
            [
                (
                    "See Official Records of the Economic and Social Council, 2001, "
                    "Supplement No. 10 (E/2001/30/Rev.1), part two, chap. I."
                ),
                "See A/56/402-E/2001/105.",
                "A/56/155.",
            ],
            id="56/123",
        ),
    ],
)
def test_notes(symbol: str, texts: list[str], seed: Seed) -> None:
    assert [one.text for one in seed(symbol).notes] == texts


@pytest.mark.parametrize(
    ("symbol", "expected"),
    [
        pytest.param(
            "61/181",
            [
                ("PP1", "1", "the Protocols thereto,| the United Nations"),
                ("PP1", "2", "Convention against Corruption| and the international"),
                ("PP2", "3", "8 September 2006,| in which Member"),
                ("PP6", "4", "and Criminal Justice,|"),
                ("PP7", "5", "the General Assembly,|"),
                ("OP1", "6", "Assembly resolution 60/175;|"),
                ("OP6", "1", "the Protocols thereto,| the United Nations"),
                ("OP6", "2", "Convention against Corruption| and the international"),
            ],
            id="61/181",
        ),
        pytest.param(
            "56/123",
            [
                ("PP11", "1", "and Criminal Justice,|"),
                ("PP12", "2", "3 August 2001,|"),
                ("OP1", "3", "4 December 2000;|"),
                ("OP15", "1", "the Twenty-first Century;|"),
            ],
            id="56/123",
        ),
    ],
)
def test_note_marks_and_the_words_they_were_taken_from(
    symbol: str, expected: list[tuple[str, str, str]], seed: Seed
) -> None:
    found = []
    for paragraph in seed(symbol).paragraphs:
        for mark in paragraph.marks:
            before = paragraph.text[: mark.position].split(" ")[-3:]
            after = paragraph.text[mark.position :].split(" ")[:4]
            words = f"{' '.join(before)}|{' '.join(after)}"
            found.append((paragraph.label, mark.marker, words))
    assert found == expected


@pytest.mark.parametrize("symbol", SEEDS)
def test_furniture_of_the_page_is_in_no_paragraph_and_no_note(symbol: str, seed: Seed) -> None:
    resolution = seed(symbol)
    furniture = re.compile(
        r"\[DU|ODS|Distr\.|plenary meeting|Agenda item|^\d+$|---|___|United NationsA/|"
        rf"{resolution.symbol}\b|The General Assembly,$"
    )
    parts: list[Paragraph | Note] = [*resolution.paragraphs, *resolution.notes]
    for one in parts:
        assert not furniture.search(one.text), one.label
        assert one.text == squeeze(one.text)


@pytest.mark.parametrize("symbol", SEEDS)
def test_every_quotation_and_its_source_agree(symbol: str, seeds: dict[str, ReadFile]) -> None:
    read = seeds[symbol]
    parts: list[Paragraph | Note] = [*read.resolution.paragraphs, *read.resolution.notes]
    ends = [0]
    for one in parts:
        marks = getattr(one, "marks", ())
        printed = read.raw[one.start : one.end]
        assert is_verbatim(one.text, marks, read.raw, Span(start=one.start, end=one.end))
        # Stronger than the proof: not even a blank between two words may differ.
        assert with_marks(one.text, marks) == squeeze(fold(printed).text)
        assert printed == printed.strip()
        assert one.start >= ends[-1], f"{one.label} overlaps the one before"
        ends.append(one.end)


@pytest.mark.parametrize("symbol", SEEDS)
def test_the_words_that_state_a_field_are_those_of_the_source(
    symbol: str, seeds: dict[str, ReadFile]
) -> None:
    read = seeds[symbol]
    stated = {
        name: read.raw[span.start : span.end] for name, span in read.resolution.evidence.items()
    }
    assert (
        stated
        == {
            "61/181": {
                "symbol": "A/RES/61/181",
                "title": TITLE,
                "adopted": "Resolution adopted by the General Assembly on 20 December 2006",
                "issued": "8 March 2007",
                "meeting": "82nd plenary meeting",
                "committee": "[on the report of the Third Committee (A/61/444)]",
                "report": "[on the report of the Third Committee (A/61/444)]",
                "agenda_items": "98",
                "job_number": "N0650529E",
            },
            "56/123": {
                "symbol": "A/RES/56/123",
                "title": TITLE,
                "adopted": "19 December 2001",
                "issued": "23 January 2002",
                "meeting": "88th plenary meeting",
                "committee": "[on the report of the Third Committee (A/56/574)]",
                "report": "[on the report of the Third Committee (A/56/574)]",
                "agenda_items": "110",
                "job_number": "N0148222E",
            },
        }[symbol]
    )


@pytest.mark.parametrize("symbol", SEEDS)
def test_the_whole_record_is_the_golden_one_and_reads_back(
    symbol: str, seed: Seed, golden: Callable[[str, str], None]
) -> None:
    record = to_record(seed(symbol))
    name = f"A_RES_{symbol.replace('/', '_')}.json"
    golden(name, json.dumps(record, ensure_ascii=False, indent=1) + "\n")
    assert from_record(json.loads(json.dumps(record))) == seed(symbol)


# Fields of texts of our own


@pytest.mark.parametrize(
    ("head", "foot", "field", "expected"),
    [
        pytest.param(
            "Resolution adopted by the General Assembly\n61/300.\tTitle",
            "90th plenary meeting\n3 May 2007\nUnited NationsA/RES/61/300General AssemblyDistr.: "
            "General\n9 June 2007Sixty-first session\n",
            "adopted",
            date(2007, 5, 3),
            id="the day below the meeting where the header has none",
        ),
        pytest.param(
            "Resolution adopted by the General Assembly\n61/300.\tTitle",
            "United NationsA/RES/61/300General AssemblyDistr.: General\n"
            "9 June 2007Sixty-first session\n",
            "adopted",
            None,
            id="the day of issue is never that of adoption, not even alone",
        ),
        pytest.param(
            "61/300.\tTitle",
            "<<ODS DOC SYMBOL1>>A/RES/61/300<<ODS DOC SYMBOL1>>\n",
            "symbol",
            "A/RES/61/300",
            id="symbol of the trailer",
        ),
        pytest.param(
            "no title",
            "United NationsA/RES/61/300General AssemblyDistr.: General\n",
            "symbol",
            "A/RES/61/300",
            id="symbol of a glued masthead alone: G is no part",
        ),
        pytest.param(
            "[on the report of the Special Political and Decolonization Committee "
            "(Fourth Committee) (A/61/407)]\n61/300.\tTitle",
            "",
            "committee",
            "Fourth Committee",
            id="the short name of a committee",
        ),
        pytest.param("61/300 B.\tTitle", "", "symbol", "A/RES/61/300[B]", id="a part"),
        pytest.param("61/300 B.\tTitle", "", "part", "B", id="the letter of a part"),
        pytest.param("S-10/2.\tTitle", "", "session", "S-10", id="special session"),
        pytest.param("ES-10/17.\tTitle", "", "symbol", "A/RES/ES-10/17", id="emergency session"),
        pytest.param(
            "61/300.\tA title\nof two lines", "", "title", "A title of two lines", id="long title"
        ),
        pytest.param(
            "[without reference to a Main Committee (A/61/L.9)]\n61/300.\tTitle",
            "",
            "report",
            None,
            id="a draft is no report",
        ),
        pytest.param(
            "61/300.\tTitle",
            "Agenda items 13 and 115 (b)\n",
            "agenda_items",
            ("13", "115 (b)"),
            id="items",
        ),
        pytest.param(
            "61/300.\tTitle",
            "<<ODS JOB NO>>N0650529F<<ODS JOB NO>>\n",
            "language",
            "fr",
            id="the last letter of the job number is the language",
        ),
    ],
)
def test_field_of_a_text_of_our_own(head: str, foot: str, field: str, expected: Any) -> None:
    resolution = parsed("\tRecalling the day,\n\t1.\tDecides to act.", head=head, foot=foot)
    assert getattr(resolution, field) == expected


@pytest.mark.parametrize(
    ("head", "foot"),
    [
        pytest.param(
            "Resolution adopted by the General Assembly on 31 June 2007\n61/300.\tTitle",
            "",
            id="header",
        ),
        pytest.param(
            "61/300.\tTitle", "90th plenary meeting\n31 June 2007\n", id="closing formula"
        ),
        pytest.param("61/300.\tTitle", "Distr.: General\n0 June 2007\n", id="masthead"),
    ],
)
def test_a_day_that_no_calendar_has_is_no_date(head: str, foot: str) -> None:
    resolution = parsed("\t1.\tDecides to act.", head=head, foot=foot)
    assert (resolution.adopted, resolution.issued) == (None, None)


# Note markers


@pytest.mark.parametrize(
    ("passage", "count", "expected"),
    [
        pytest.param("the Protocols thereto,1 the", 1, "thereto,|1", id="after a comma"),
        pytest.param("against Corruption1 and", 1, "Corruption|1", id="after a letter"),
        pytest.param("(the Convention)1 and", 1, "Convention)|1", id="after a bracket"),
        pytest.param('the "Agenda"1 and', 1, '"Agenda"|1', id="after a quotation mark"),
        pytest.param("10 per cent1.", 1, "cent|1", id="before a full stop"),
        pytest.param("resolution 60/175;1", 1, "60/175;|1", id="after a symbol and a semicolon"),
        pytest.param("on 8 September 2006,1 in", 1, "2006,|1", id="after a date and a comma"),
        pytest.param("of December 20221, and", 1, "December 2022|1", id="glued to a year"),
        pytest.param("resolutions 5/11 of", 1, "5/1|1", id="glued to a symbol"),
        pytest.param("the COVID-19, and", 20, None, id="COVID-19"),
        pytest.param("the COVID-1, and", 1, None, id="capitals and a hyphen"),
        pytest.param("the G20, and", 20, None, id="G20"),
        pytest.param("the G1, and", 1, None, id="any G"),
        pytest.param("of CO2, and", 2, None, id="CO2"),
        pytest.param("a rate of 3.5, and", 5, None, id="a decimal"),
        pytest.param("a rate of 1.1, and", 1, None, id="a decimal that could be 1"),
        pytest.param("some 1,200, and", 200, None, id="thousands"),
        pytest.param("of 2,1 and", 1, "of 2,|1", id="after a number and a comma: no decimal"),
        pytest.param("Supplement No.1 and", 1, None, id="No.1"),
        pytest.param("A/61/L.1 and", 1, None, id="a draft"),
        pytest.param("A/61/1/Rev.1 and", 1, None, id="a revision"),
        pytest.param("paragraph 1 and", 1, None, id="a number of its own"),
        pytest.param("resolution 55/25, annex", 0, None, id="without notes there is no mark"),
        pytest.param("the Protocols thereto,2 the", 1, None, id="a number no note has"),
        pytest.param("the Protocols thereto,2 the", 2, "thereto,|2", id="2 where 1 has no marker"),
        pytest.param("thereto,01 the", 1, None, id="a zero"),
        pytest.param("of Article1bis", 1, None, id="inside a word"),
    ],
)
def test_marker_is_taken_off_or_left(passage: str, count: int, expected: str | None) -> None:
    (marks,) = find_marks([passage], count)
    if expected is None:
        assert marks == ()
        return
    before, marker = expected.split("|")
    (mark,) = marks
    assert mark.marker == marker
    assert passage[: mark.position].endswith(before)
    assert passage[mark.position :].startswith(marker)


@pytest.mark.parametrize(
    ("passages", "count", "expected"),
    [
        pytest.param(["one1 two2", "three3"], 3, [["1", "2"], ["3"]], id="in order"),
        pytest.param(["one1 two2", "one1 two2"], 2, [["1", "2"], ["1", "2"]], id="repeats"),
        pytest.param(["two2 one1", "two2"], 2, [["1"], ["2"]], id="2 waits for 1"),
        pytest.param(["one1 three3", "two2"], 3, [["1"], ["2"]], id="3 waits for 2"),
        pytest.param(
            ["thereto,1 of December 20222, and"], 2, [["1", "2"]], id="the next one expected, glued"
        ),
        pytest.param(
            ["December 20221 and January 20231"], 1, [["1", "1"]], id="no year has five digits"
        ),
    ],
)
def test_markers_across_paragraphs(
    passages: list[str], count: int, expected: list[list[str]]
) -> None:
    found = find_marks(passages, count)
    assert [[mark.marker for mark in marks] for marks in found] == expected


def test_a_glued_marker_keeps_the_order_of_first_uses() -> None:
    found = find_marks(["its resolution 60/1752 of", "thereto,1 and"], 2)
    assert [[mark.marker for mark in marks] for marks in found] == [[], ["1"]]


def test_a_symbol_keeps_its_digits_where_a_note_has_no_marker() -> None:
    # Notes 1 to 5 are defined, only 1 is marked: "55/25" ends in 5, and is still 55/25.
    found = find_marks(["its resolution 55/25 of 15 November 2000,1 and", "the Convention,"], 5)
    assert [[mark.marker for mark in marks] for marks in found] == [["1"], []]


def test_a_marker_that_is_taken_off_leaves_the_sentence_whole() -> None:
    resolution = parsed(
        "\tRecalling the Protocols thereto,1 and resolution 60/175,2\n\t1.\tDecides1 to act.",
        foot="90th plenary meeting\n3 May 2007\n1 A/61/1.\n2 A/61/2.\n",
    )
    assert shape(resolution) == [
        ("PP1", "Recalling the Protocols thereto, and resolution 60/175,"),
        ("OP1", "Decides to act."),
    ]
    assert [one.text for one in resolution.notes] == ["A/61/1.", "A/61/2."]


@pytest.mark.parametrize(
    ("foot", "expected"),
    [
        pytest.param("1 A/61/1.\n2 A/61/2.\n", ["A/61/1.", "A/61/2."], id="one a line"),
        pytest.param("1 See A/61/1,\nchap. I.\n", ["See A/61/1, chap. I."], id="over two lines"),
        pytest.param("1 A/61/1.\n\n2\n\n3\n", ["A/61/1."], id="page numbers are no notes"),
        pytest.param("1. A/61/1.\n", ["A/61/1."], id="with a full stop"),
    ],
)
def test_definitions_of_notes(foot: str, expected: list[str]) -> None:
    resolution = parsed("\t1.\tDecides to act.", foot=f"90th plenary meeting\n3 May 2007\n{foot}")
    assert [one.text for one in resolution.notes] == expected


def test_the_first_of_a_month_is_no_note() -> None:
    resolution = parsed(
        "\tRecalling the Convention,1\n\t1.\tDecides to act.",
        foot="90th plenary meeting\n1 May 2007\n1 A/61/1.\n",
    )
    assert [one.text for one in resolution.notes] == ["A/61/1."]


# Paragraphs of texts of our own


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        pytest.param(
            "\tRecalling one,\n\tNoting two,\n\t1.\tDecides three;\n\t2.\tRequests four.",
            [
                ("PP1", "Recalling one,"),
                ("PP2", "Noting two,"),
                ("OP1", "Decides three;"),
                ("OP2", "Requests four."),
            ],
            id="preamble, then numbers",
        ),
        pytest.param(
            "\t1.\tDecides:\n\t(a)\tTo meet:\n\t(i)\tIn Vienna;\n\t(ii)\tIn Geneva;\n"
            "\t(b)\tTo report;\n\t2.\tRequests more.",
            [
                ("OP1", "Decides:"),
                ("OP1(a)", "To meet:"),
                ("OP1(a)(i)", "In Vienna;"),
                ("OP1(a)(ii)", "In Geneva;"),
                ("OP1(b)", "To report;"),
                ("OP2", "Requests more."),
            ],
            id="lists in lists",
        ),
        pytest.param(
            "\t1.\tDecides:\n\t(g)\tOne;\n\t(h)\tTwo;\n\t(i)\tThree;\n\t(j)\tFour.",
            [
                ("OP1", "Decides:"),
                ("OP1(g)", "One;"),
                ("OP1(h)", "Two;"),
                ("OP1(i)", "Three;"),
                ("OP1(j)", "Four."),
            ],
            id="(i) after (h) is a letter",
        ),
        pytest.param(
            "\tRecalling one,\n\tDecides to admit Montenegro to membership.",
            [("PP1", "Recalling one,"), ("OP1", "Decides to admit Montenegro to membership.")],
            id="one unnumbered operative paragraph",
        ),
        pytest.param(
            "\t1.\tUrges all\nStates to act;\n\t2.\tDecides to end.",
            [("OP1", "Urges all States to act;"), ("OP2", "Decides to end.")],
            id="a line broken inside a paragraph",
        ),
        pytest.param(
            "\t1.\tDecides one;\n\n2\n\nA/RES/61/300\n\n---------------\n\t2.\tDecides two.",
            [("OP1", "Decides one;"), ("OP2", "Decides two.")],
            id="page number, running header and rule between paragraphs",
        ),
        pytest.param(
            "\t1.\tAdopts the text.\n\n\tAnnex\n\t1.\tOne thing.\n\t2.\tAnother.",
            [
                ("OP1", "Adopts the text."),
                ("heading 1", "Annex"),
                ("annex para. 1", "One thing."),
                ("annex para. 2", "Another."),
            ],
            id="numbers of an annex are not operative",
        ),
    ],
)
def test_text_is_cut_into_its_paragraphs(body: str, expected: list[tuple[str, str]]) -> None:
    assert shape(parsed(body)) == expected


def test_a_sub_paragraph_knows_what_introduces_it() -> None:
    resolution = parsed("\t1.\tDecides:\n\t(a)\tTo meet:\n\t(i)\tIn Vienna;\n\t(b)\tTo report.")
    assert [(one.label, one.parent, one.depth, one.number) for one in resolution.paragraphs] == [
        ("OP1", None, 0, 1),
        ("OP1(a)", "OP1", 1, None),
        ("OP1(a)(i)", "OP1(a)", 2, None),
        ("OP1(b)", "OP1", 1, None),
    ]


def test_the_sole_unnumbered_paragraph_has_no_number() -> None:
    resolution = parsed("\tRecalling one,\n\tDecides to admit Montenegro to membership.")
    assert [one.number for one in resolution.of_kind(Kind.OPERATIVE)] == [None]


def test_numbers_that_start_again_carry_their_section() -> None:
    resolution = parsed("\t1.\tDecides one;\n\n\tII\n\n\t1.\tDecides two;\n\t2.\tDecides three.")
    operative = resolution.of_kind(Kind.OPERATIVE)
    assert [(one.label, one.section) for one in operative] == [
        ("OP1", None),
        ("sect. II OP1", "II"),
        ("sect. II OP2", "II"),
    ]


def test_text_that_resumes_after_a_list_belongs_to_no_item_of_it() -> None:
    # The domain guide: such text belongs to the paragraph that introduces the list.
    resolution = parsed(
        "\t1.\tRequests the Secretary-General:\n\t(a)\tTo meet;\n\t(b)\tTo report;\n"
        "and to go on;\n\t2.\tDecides to end."
    )
    assert dict(shape(resolution))["OP1(b)"] == "To report;"


def test_the_title_of_a_section_is_no_preambular_paragraph() -> None:
    resolution = parsed("\tRecalling one,\n\n\tI\n\tMatters of staff\n\n\t1.\tDecides one.")
    assert [one.text for one in resolution.of_kind(Kind.PREAMBULAR)] == ["Recalling one,"]


# Any text


LINES = st.lists(
    st.sampled_from(
        [
            "The General Assembly,",
            "\tThe Security Council,",
            "61/300.\tTitle",
            "Resolution adopted by the General Assembly on 3 May 2007",
            "[on the report of the Third Committee (A/61/444)]",
            "\tRecalling the Convention,1",
            "\t1.\tDecides:",
            "\t(a)\tTo meet2\u00a0;",
            "\t(i)\tIn Vienna;",
            "and to go on;",
            "\tDecides to act.",
            "I",
            "Annex II",
            "\tStatement",
            "",
            "  ",
            "2",
            "90th plenary meeting",
            "3 May 2007",
            "1 Resolution 55/25, annex.",
            "United NationsA/RES/61/300General AssemblyDistr.: General",
            "<<ODS DOC SYMBOL1>>A/RES/61/300<<ODS DOC SYMBOL1>>",
        ]
    ),
    max_size=25,
)
ANY_TEXT = st.one_of(
    st.text(max_size=200),
    LINES.map("\n".join),
    LINES.map(lambda lines: "\r\n".join(["61/300.\tTitle", "The General Assembly,", *lines])),
)


@given(ANY_TEXT)
def test_any_text_is_read_or_refused_and_every_span_is_its_slice(raw: str) -> None:
    try:
        resolutions = parse_document(Document(text=raw), SOURCE)
    except UnreadableFileError as error:
        assert str(error).startswith("own.txt: ")
        return
    assert resolutions
    for resolution in resolutions:
        assert_is_proved(resolution, raw)


def assert_is_proved(resolution: Resolution, raw: str) -> None:
    """Every text is its slice of the source, every label unique, every record reads back."""
    parts: list[Paragraph | Note] = [*resolution.paragraphs, *resolution.notes]
    assert resolution.symbol
    assert len({one.label for one in parts}) == len(parts)
    for one in parts:
        marks, gaps = getattr(one, "marks", ()), getattr(one, "gaps", ())
        assert is_verbatim(one.text, marks, raw, Span(start=one.start, end=one.end), gaps)
        assert one.text
        for cited in one.citations:
            assert 0 <= cited.start < cited.end <= len(one.text)
    for span in resolution.evidence.values():
        assert raw[span.start : span.end].strip()
    assert from_record(to_record(resolution)) == resolution


def test_text_of_an_annex_does_not_go_on_with_the_list_before_it() -> None:
    resolution = parsed(
        "\t1.\tDecides:\n\t\t(a) To meet;\n\t\t(b) To report;",
        foot="90th plenary meeting\n3 May 2007\n\nAnnex\n\nand to hear all States.\n",
    )
    assert resolution.paragraphs[-1].kind is Kind.ANNEX
    assert resolution.paragraphs[-1].parent is None
