"""Layouts of volumes, statements, drafts, one-line pages and Markdown."""

from datetime import date

import pytest

from qa.resolutions.model import Kind, Resolution, Source
from qa.resolutions.parse.parse_document import parse_document
from qa.resolutions.readers.read_documents import read_documents

VOLUME = """12 General Assembly, Forty-fifth Session
No. Title Item Date Page
45/257 Special emergency assistance to Haiti (A/45/L.44) 86 21 December 1990 48

45/1. Admission of the Principality of Liechtenstein
to membership in the United Nations

The General Assembly,

Having received the recommendation of the Security
Council of 14 August 1990,

Decides to admit the Principality of Liechtenstein to
membership in the United Nations.

Ist plenary meeting
18 September 1990

45/2. Electoral assistance to Haiti

The General Assembly,

Taking note of the letters dated 23 June and 9 August
1990 from the President of the Provisional Government,

1. Requests the Secretary-General to pro-
vide the broadest possible support to the Government

2 Official Records of the General Assembly, Forty-fifth Session,
Annexes, agenda item 19, document A/45/419.

3 Ibid., document A/45/408.

of Haiti in meeting the following requests:

(2) A nucleus of some fifty observers that would ar-
rive in Haiti prior to voter registration;

(b) Reinforcement of the nucleus at the time of
elections;

2. Urges the international community to increase its co-operation.

29th plenary meeting
10 October 1990
"""
STATEMENT = """UNITED
NATIONS

Security Council
Distr.
GENERAL
S/PRST/1994/28
30 May 1994

STATEMENT BY THE PRESIDENT OF THE SECURITY COUNCIL

Following consultations with the members of the Security Council, the
President of the Council made the following statement, on behalf of the Council,
at its 3383rd meeting, held on 30 May 1994, in connection with the item:
"The Security Council recalls the statements made by the President of
the Council on 8 April 1993 and its relevant resolution.

94-23320 (E)

300594

/...

S/PRST/1994/28
English
Page 2

"The Council calls for immediate consultations between the IAEA and
the DPRK on the necessary technical measures.
"The Council decides to remain actively seized of the matter."
"""
FOOT_NOTE = """Distr.
GENERAL
A/RES/ES-10/5
20 March 1998

RESOLUTION ADOPTED BY THE GENERAL ASSEMBLY
ES-10/5. Illegal Israeli actions in Occupied East Jerusalem
The General Assembly,
Increasingly concerned about the persistent violations by Israel, the occupying Power, of the
provisions of the Geneva Convention, of 12 August 1949,1 including its settlement construction to the
south of Occupied East Jerusalem,
1

United Nations, Treaty Series, vol. 75, No. 973.

98-77191

/...

A/RES/ES-10/5
Page 2

1. Reiterates its recommendation that the High Contracting Parties to the Geneva Convention of
12 August 19491 convene a conference;
2. Decides to adjourn the tenth emergency special session temporarily.
9th plenary meeting
17 March 1998
"""
ONE_LINE = (
    "S/RES/2223 (2015)\nResolution 2223 (2015)\nAdopted by the Security Council at its 7451st "
    "meeting, on 28 May 2015\nThe Security Council, Recalling its previous resolutions 1996 (2011), "
    "2046 (2012) and 2057 (2012), and its Statements by the President, Reaffirming its strong "
    "commitment to the sovereignty, independence and unity of the Republic of South Sudan, "
    "and recalling the importance of the principles of good-neighbourliness, 1. Decides to extend "
    "the mandate until 30 November 2015; 2. Authorizes UNMISS to perform the following tasks: (a) "
    "Protection of civilians: (i) To protect civilians; 3. Decides to remain seized. 7451st meeting\n"
)
MARKDOWN = """# Resolution adopted by the General Assembly on 20 December 2006

## 61/181. Strengthening the Programme

*The General Assembly,*

*Recalling* its resolution 56/123 of 19 December 2001,

1. **Takes note** of the [report](https://example.org/report);

2\\. **Requests** the Secretary-General:

   a. To submit a report;

   b. To consult States;

*82nd plenary meeting*
*20 December 2006*
"""
DRAFT = """United Nations

A/C.3/80/L.5
Distr.: Limited
7 October 2025

General Assembly

Eightieth session
Third Committee

Chile, Mexico and Spain: draft resolution

Violence against women migrant workers
The General Assembly,
Recalling all its previous resolutions on violence against women migrant workers, in particular those
adopted since the year 2000,
1. Takes note of the report of the Secretary-General on violence against women migrant workers and the
measures taken;
2. Urges States to act.
"""
PARTS = "37/100. Review of the Concluding Document\n" + "".join(
    f"\n{letter}\n\nTITLE OF {letter}\n\nThe General Assembly,\n\nRecalling its resolution 36/97,\n\n"
    "1. Calls upon States to act;\n\n101st plenary meeting\n13 December 1982\n"
    for letter in "ABC"
)


def read(text: str, file: str = "text.txt") -> tuple[Resolution, ...]:
    """Return the resolutions of a file."""
    return tuple(
        resolution
        for document in read_documents(text.encode(), file)
        for resolution in parse_document(document, Source(file=file, sha256=""))
    )


def labels(resolution: Resolution) -> list[str]:
    """Return the labels of the paragraphs."""
    return [one.label for one in resolution.paragraphs if one.kind is not Kind.HEADING]


def test_a_page_of_a_volume_holds_several_resolutions() -> None:
    first, second = read(VOLUME)
    assert (first.symbol, first.adopted) == ("A/RES/45/1", date(1990, 9, 18))
    assert labels(first) == ["PP1", "OP1"]
    assert (second.symbol, second.adopted) == ("A/RES/45/2", date(1990, 10, 10))
    assert labels(second) == ["PP1", "OP1", "OP1(a)", "OP1(b)", "OP2"]
    assert "to the Government of Haiti in meeting" in second.paragraphs[1].text
    assert [note.marker for note in second.notes] == ["2", "3"]
    assert first.notes == ()


def test_a_statement_in_capitals_is_read_by_paragraphs() -> None:
    (statement,) = read(STATEMENT)
    assert (statement.symbol, statement.meeting) == ("S/PRST/1994/28", "3383rd meeting")
    assert statement.adopted == date(1994, 5, 30)
    assert labels(statement) == ["PP1", "OP1", "OP2", "OP3"]
    assert statement.paragraphs[2].text.startswith('"The Council calls')


def test_a_foot_note_is_no_paragraph_and_its_mark_no_digit() -> None:
    (resolution,) = read(FOOT_NOTE)
    assert labels(resolution) == ["PP1", "OP1", "OP2"]
    assert [note.text for note in resolution.notes] == [
        "United Nations, Treaty Series, vol. 75, No. 973."
    ]
    assert "12 August 1949 convene" in resolution.paragraphs[1].text
    assert resolution.issued == date(1998, 3, 20)


@pytest.mark.parametrize(
    ("text", "symbol", "expected"),
    [
        pytest.param(
            ONE_LINE,
            "S/RES/2223(2015)",
            ["PP1", "PP2", "OP1", "OP2", "OP2(a)", "OP2(a)(i)", "OP3"],
            id="a page on one line",
        ),
        pytest.param(
            MARKDOWN, "A/RES/61/181", ["PP1", "OP1", "OP2", "OP2(a)", "OP2(b)"], id="Markdown"
        ),
        pytest.param(DRAFT, "A/C.3/80/L.5", ["PP1", "OP1", "OP2"], id="a draft"),
    ],
)
def test_a_layout_is_read(text: str, symbol: str, expected: list[str]) -> None:
    (resolution,) = read(text)
    assert resolution.symbol == symbol
    assert labels(resolution) == expected


def test_the_title_of_a_draft_is_its_line() -> None:
    (draft,) = read(DRAFT)
    assert draft.title == "Chile, Mexico and Spain: draft resolution"


def test_each_part_is_read() -> None:
    parts = read(PARTS, "A_RES_37_100.txt")
    assert [part.symbol for part in parts] == [f"A/RES/37/100[{letter}]" for letter in "ABC"]
    assert all(labels(part) == ["PP1", "OP1"] for part in parts)


def test_a_long_paragraph_that_names_an_organ_is_no_whole_text() -> None:
    words = (
        "The Security Council welcomes the report of the Security Council Mission to Timor, and "
    )
    (statement,) = read(
        f"S/PRST/2000/39\n\nStatement by the President of the Security Council\n\n\t{words * 6}more.\n"
    )
    assert len(labels(statement)) == 1


def test_what_is_in_no_text_of_a_volume_is_named_by_page() -> None:
    parts = VOLUME.split("45/2. Electoral")
    stray = "\fThe General Assembly,\n\nNoting the report,\n\n1. Urges States to assist.\n\n"
    first, _ = read(f"{parts[0]}{stray}45/2. Electoral{parts[1]}")
    above, untitled = first.remarks
    assert above == (
        "3 lines above its first text are left out: they belong to none. They begin on page 1 with "
        "“12 General Assembly, Forty-fifth Session No. Title Item Date…”."
    )
    assert untitled.startswith(
        "a text in it is left out: no title states its number. It begins on page 2 with “The General"
    )


def test_the_text_goes_on_below_the_notes_of_a_page() -> None:
    (resolution,) = read(
        "2296 (XXII). Second session of the Conference\n"
        "The General Assembly,\n"
        "Recognizing the need for agreement in order to solve\n"
        "_________________________\n"
        "18 Official Records of the General Assembly, Twenty-second Session, Supplement No. 14.\n"
        "19 Ibid., Annexes, agenda item 38, document A/C.2/237.\n"
        "the urgent problems of international trade,\n"
        "1. Takes note of the report;\n"
        "2. Decides to meet again.\n"
        "1626th plenary meeting,\n12 December 1967.\n"
    )
    assert labels(resolution)[-2:] == ["OP1", "OP2"]
    assert [note.marker for note in resolution.notes] == ["18", "19"]
