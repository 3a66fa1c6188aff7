"""Word files read as Word prints them: computed numbers, notes, tracked changes, tables."""

import io
import zipfile
from pathlib import Path

import pytest
from made_files import level, lists, note, para, run, table, word_file

from qa.resolutions.document import Document
from qa.resolutions.readers.read_errors import FaultyFileError, FileProblem
from qa.resolutions.readers.word_numbering import numeral
from qa.resolutions.readers.word_package import MAX_PART_BYTES
from qa.resolutions.readers.word_reader import read_word

INSERTED = '<w:ins w:id="1" w:author="A">{}</w:ins>'
DELETED = '<w:del w:id="2" w:author="A">{}</w:del>'
DELETED_END = '<w:rPr><w:del w:id="3" w:author="A"/></w:rPr>'
RAISED = '<w:vertAlign w:val="superscript"/>'
FIELD = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
CODE = "<w:r><w:instrText>{}</w:instrText></w:r>"


def read(*body: str, **parts: object) -> Document:
    (document,) = read_word(word_file(*body, **parts), "a.docx")  # type: ignore[arg-type]
    return document


def noted(document: Document) -> list[tuple[str, str]]:
    """Each stated note: its marker and the text at its offsets."""
    return [(one.marker, document.text[one.start : one.end]) for one in document.notes or ()]


def marked(document: Document) -> list[tuple[str, str]]:
    """Each stated marker with the eight characters before it, and the text at its offsets."""
    for one in document.marks or ():
        assert document.text[one.start : one.end] == one.marker
    return [
        (one.marker, document.text[max(0, one.start - 8) : one.start])
        for one in document.marks or ()
    ]


# What is printed of a paragraph


@pytest.mark.parametrize(
    ("body", "text"),
    [
        pytest.param(para("\t1.\tDecides;"), "\t1.\tDecides;\n", id="a typed number"),
        pytest.param(para("a", "", "b"), "ab\n", id="runs are glued"),
        pytest.param(
            para(run("61") + "<w:r><w:noBreakHyphen/></w:r>" + run("181")),
            "61\u2011181\n",
            id="a no-break hyphen",
        ),
        pytest.param(para("a", "<w:r/>"), "a\n", id="an empty run"),
        pytest.param(
            para(run("shown") + run("hidden", "<w:vanish/>")), "shown\n", id="hidden text is not"
        ),
        pytest.param(
            para(run("shown", '<w:vanish w:val="0"/>')), "shown\n", id="a switch that is off"
        ),
        pytest.param(
            para('<w:r><w:sym w:font="Symbol" w:char="00B7"/></w:r>'), "\u00b7\n", id="a symbol"
        ),
        pytest.param(
            para('<w:hyperlink r:id="x">' + run("A/61/1") + "</w:hyperlink>"),
            "A/61/1\n",
            id="a link is its text",
        ),
        pytest.param(
            para(
                FIELD.format("begin"),
                CODE.format('HYPERLINK "x"'),
                FIELD.format("separate"),
                run("A/61/1"),
                FIELD.format("end"),
            ),
            "A/61/1\n",
            id="of a field its result",
        ),
        pytest.param(
            para('<w:fldSimple w:instr=" PAGE ">' + run("7") + "</w:fldSimple>"),
            "7\n",
            id="of a simple field its result",
        ),
        pytest.param(
            para(FIELD.format("begin"), CODE.format(" AUTONUM "), FIELD.format("end"), "\tDecides;")
            + para('<w:fldSimple w:instr="AUTONUM"/>', "\tRequests;"),
            "1.\tDecides;\n2.\tRequests;\n",
            id="an automatic number that is a field",
        ),
        pytest.param(
            "<w:sdt><w:sdtPr/><w:sdtContent>" + para("in a control") + "</w:sdtContent></w:sdt>",
            "in a control\n",
            id="a content control",
        ),
        pytest.param(
            para("The General Assembly,\nRecalling"),
            "The General Assembly,\nRecalling\n",
            id="a break after a clause is a line",
        ),
        pytest.param(
            para("the first\nmeeting"),
            "the first meeting\n",
            id="a break inside a sentence is none",
        ),
        pytest.param(para("a") + para("") + para("") + para("b"), "a\n\nb\n", id="one blank line"),
        pytest.param(
            para(
                "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><w:txbxContent>"
                + para("boxed")
                + "</w:txbxContent></w:drawing></mc:Choice><mc:Fallback><w:pict><w:txbxContent>"
                + para("boxed")
                + "</w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent></w:r>",
                run("beside"),
            ),
            "beside\nboxed\n",
            id="a text box is read once",
        ),
    ],
)
def test_what_word_prints_is_read(body: str, text: str) -> None:
    assert read(body).text == text


@pytest.mark.parametrize(
    ("body", "text"),
    [
        pytest.param(
            para(run("Decides "), INSERTED.format(run("also ")), run("to act;")),
            "Decides also to act;\n",
            id="insertions are kept",
        ),
        pytest.param(
            para(
                run("Decides "),
                DELETED.format("<w:r><w:delText>not </w:delText></w:r>"),
                run("to act;"),
            ),
            "Decides to act;\n",
            id="deletions are left out",
        ),
        pytest.param(
            para(DELETED.format(run("typed as text")), run("kept")),
            "kept\n",
            id="deleted runs of any kind",
        ),
        pytest.param(
            para(
                '<w:moveFrom w:id="4">' + run("moved") + "</w:moveFrom>",
                run("a "),
                '<w:moveTo w:id="5">' + run("moved") + "</w:moveTo>",
            ),
            "a moved\n",
            id="what was moved stands where it went",
        ),
        pytest.param(
            para("Decides ", more=DELETED_END) + para("to act;"),
            "Decides to act;\n",
            id="a deleted end joins two paragraphs",
        ),
        pytest.param(
            para(DELETED.format(run("gone")), more=DELETED_END, number=(1, 0))
            + para("Decides;", number=(1, 0)),
            "\t1.\tDecides;\n",
            id="a deleted paragraph is not counted",
        ),
        pytest.param(
            para(
                "now",
                more='<w:pPrChange w:id="6"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr>'
                "</w:pPr></w:pPrChange>",
            ),
            "now\n",
            id="a number it had before is none",
        ),
    ],
)
def test_tracked_changes_are_accepted(body: str, text: str) -> None:
    numbering = lists({0: [level(0, "decimal", "%1.")]}, {1: (0, "")})
    assert read(body, numbering=numbering).text == text


@pytest.mark.parametrize(
    ("body", "text"),
    [
        pytest.param(table(["a", "b"], ["c", "d"]), "a\tb\nc\td\n", id="a row a line"),
        pytest.param(table(["a", ""], ["", "d"]), "a\t\n\td\n", id="empty cells keep their place"),
        pytest.param(table(["one"], ["two"]), "one\ntwo\n", id="one cell is no table"),
        pytest.param(
            table([para("x") + para("y"), "z"]), "x y\tz\n", id="paragraphs of a cell are joined"
        ),
        pytest.param(
            table(["a", table(["b", "c"])]),
            "a\tb c\n",
            id="a table in a cell is one cell",
        ),
        pytest.param(
            "<w:tbl><w:tr><w:trPr><w:del w:id='1'/></w:trPr><w:tc>"
            + para("gone")
            + "</w:tc></w:tr></w:tbl>"
            + para("kept"),
            "kept\n",
            id="a deleted row",
        ),
        pytest.param(
            "<w:tbl><w:tr><w:tc>" + para("a") + "</w:tc><w:tc>" + para("b") + "</w:tc></w:tr>"
            "<w:tr><w:tc><w:tcPr><w:vMerge/></w:tcPr>"
            + para("")
            + "</w:tc><w:tc>"
            + para("c")
            + "</w:tc></w:tr></w:tbl>",
            "a\tb\n\tc\n",
            id="a cell merged with the one above",
        ),
    ],
)
def test_tables_are_read_a_row_a_line(body: str, text: str) -> None:
    assert read(body).text == text


# Numbers that Word computes


def numbered(*paragraphs: tuple[int, int], numbering: str, styles: str = "") -> list[str]:
    """What is printed before paragraphs of these lists and levels."""
    body = [para("x", number=place) for place in paragraphs]
    lines = read(*body, numbering=numbering, styles=styles).text.splitlines()
    return [line.removesuffix("x").strip("\t") for line in lines]


RESOLUTION = [
    level(0, "decimal", "%1."),
    level(1, "lowerLetter", "(%2)"),
    level(2, "lowerRoman", "(%3)"),
]


@pytest.mark.parametrize(
    ("places", "abstracts", "numbers", "printed"),
    [
        pytest.param(
            [(1, 0), (1, 1), (1, 1), (1, 2), (1, 2), (1, 0), (1, 1)],
            {0: RESOLUTION},
            {1: (0, "")},
            ["1.", "(a)", "(b)", "(i)", "(ii)", "2.", "(a)"],
            id="levels count on and start anew",
        ),
        pytest.param(
            [(1, 0), (1, 0)],
            {0: [level(0, "decimal", "%1.", start=7)]},
            {1: (0, "")},
            ["7.", "8."],
            id="a start",
        ),
        pytest.param(
            [(1, 0), (2, 0), (1, 0)],
            {0: RESOLUTION},
            {1: (0, ""), 2: (0, "")},
            ["1.", "2.", "3."],
            id="lists of one definition count together",
        ),
        pytest.param(
            [(1, 0), (1, 0), (2, 0), (2, 0)],
            {0: RESOLUTION},
            {
                1: (0, ""),
                2: (0, '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'),
            },
            ["1.", "2.", "1.", "2."],
            id="a list that starts anew",
        ),
        pytest.param(
            [(1, 0), (1, 1), (1, 1)],
            {0: [level(0, "upperRoman", "%1."), level(1, "decimal", "%1.%2", more="<w:isLgl/>")]},
            {1: (0, "")},
            ["I.", "1.1", "1.2"],
            id="a legal number shows its section in decimals",
        ),
        pytest.param(
            [(1, 0), (1, 1), (1, 0), (1, 1)],
            {0: [RESOLUTION[0], level(1, "decimal", "%2.", more='<w:lvlRestart w:val="0"/>')]},
            {1: (0, "")},
            ["1.", "1.", "2.", "2."],
            id="a level that never starts anew",
        ),
        pytest.param(
            [(1, 1)],
            {0: [level(0, "decimal", "%1."), level(1, "decimal", "%1.%2")]},
            {1: (0, "")},
            ["1.1"],
            id="a level above that was never printed",
        ),
        pytest.param(
            [(1, 0)], {0: [level(0, "bullet", "\uf0b7")]}, {1: (0, "")}, ["\u2022"], id="a bullet"
        ),
        pytest.param(
            [(1, 0)], {0: [level(0, "none", "")]}, {1: (0, "")}, [""], id="a level without a number"
        ),
        pytest.param(
            [(9, 0), (0, 0)], {0: RESOLUTION}, {1: (0, "")}, ["", ""], id="a list that is not there"
        ),
        pytest.param(
            [(1, 0)],
            {0: RESOLUTION},
            {
                1: (
                    0,
                    '<w:lvlOverride w:ilvl="0">'
                    + level(0, "upperLetter", "%1)")
                    + "</w:lvlOverride>",
                )
            },
            ["A)"],
            id="a level that the list defines anew",
        ),
    ],
)
def test_automatic_numbers_are_computed(
    places: list[tuple[int, int]],
    abstracts: dict[int, list[str]],
    numbers: dict[int, tuple[int, str]],
    printed: list[str],
) -> None:
    assert numbered(*places, numbering=lists(abstracts, numbers)) == printed


STYLE = '<w:style w:type="paragraph" w:styleId="{}">{}<w:pPr>{}</w:pPr></w:style>'
NUMBER = '<w:numPr><w:numId w:val="{}"/></w:numPr>'


def test_a_style_and_the_style_it_is_based_on_give_the_number() -> None:
    document = read(
        para("first", style="Op"),
        para("second", style="OpBold"),
        para("item", style="Item"),
        para("none", style="OpBold", number=(0, 0)),
        numbering=lists(
            {
                0: [
                    level(0, "decimal", "%1."),
                    level(1, "lowerLetter", "(%2)", more='<w:pStyle w:val="Item"/>'),
                ]
            },
            {1: (0, "")},
        ),
        styles=STYLE.format("Op", "", NUMBER.format(1))
        + STYLE.format("OpBold", '<w:basedOn w:val="Op"/>', "")
        + STYLE.format("Item", "", NUMBER.format(1)),
    )
    assert document.text == "\t1.\tfirst\n\t2.\tsecond\n\t(a)\titem\nnone\n"


def test_styles_that_are_based_on_each_other_end_somewhere() -> None:
    styles = STYLE.format("A", '<w:basedOn w:val="B"/>', "") + STYLE.format(
        "B", '<w:basedOn w:val="A"/>', ""
    )
    numbering = lists({0: RESOLUTION}, {1: (0, "")})
    assert read(para("x", style="A"), styles=styles, numbering=numbering).text == "x\n"


def test_a_list_that_a_style_holds_is_found_through_it() -> None:
    numbering = lists(
        {0: ['<w:numStyleLink w:val="Ops"/>'], 1: RESOLUTION}, {1: (0, ""), 2: (1, "")}
    )
    style = STYLE.format("Ops", "", NUMBER.format(2))
    assert numbered((1, 0), (1, 0), numbering=numbering, styles=style) == ["1.", "2."]


def test_empty_numbered_paragraphs_count_and_print_nothing() -> None:
    numbering = lists({0: RESOLUTION}, {1: (0, "")})
    document = read(para("", number=(1, 0)), para("\tx", number=(1, 0)), numbering=numbering)
    assert document.text == "\t2.\tx\n"


@pytest.mark.parametrize(
    ("value", "form", "printed"),
    [
        pytest.param(27, "lowerLetter", "aa", id="aa after z"),
        pytest.param(53, "upperLetter", "AAA", id="then AAA"),
        pytest.param(1994, "upperRoman", "MCMXCIV", id="Roman"),
        pytest.param(0, "lowerRoman", "0", id="no Roman zero"),
        pytest.param(0, "lowerLetter", "0", id="no letter for zero"),
        pytest.param(5, "decimalZero", "05", id="with a zero"),
        pytest.param(5, "cardinalText", "5", id="an unknown form is decimal"),
        pytest.param(5, "chicago", "**", id="signs are doubled"),
    ],
)
def test_numerals(value: int, form: str, printed: str) -> None:
    assert numeral(value, form) == printed


# Notes


def test_notes_are_numbered_in_the_order_of_the_text_and_stand_at_its_end() -> None:
    document = read(
        para("the Protocols thereto,", note(7), " the Convention", note(5), ","),
        footnotes={5: "Resolution 58/4, annex.", 7: "Resolution 55/25."},
    )
    assert document.text == (
        "the Protocols thereto,1 the Convention2,\n\n1 Resolution 55/25.\n2 Resolution 58/4, annex.\n"
    )
    assert noted(document) == [("1", "Resolution 55/25."), ("2", "Resolution 58/4, annex.")]
    assert marked(document) == [("1", "thereto,"), ("2", "nvention")]


def test_a_marker_glued_to_a_year_is_stated() -> None:
    document = read(para("of December 2022", note(1), ";"), footnotes={1: "A/77/1."})
    assert document.text.startswith("of December 20221;\n")
    assert marked(document) == [("1", "ber 2022")]


def test_a_raised_number_refers_to_a_note_that_was_made_before() -> None:
    document = read(
        para(
            "the Convention", note(1), ", and again", run("1", RAISED), " of 5 km", run("2", RAISED)
        ),
        footnotes={1: "A/61/1."},
    )
    assert marked(document) == [("1", "nvention"), ("1", "nd again")]


def test_a_marker_of_its_own_is_typed() -> None:
    document = read(
        para("preliminary list", note(1, marker="*"), " of items", note(2)),
        footnotes={1: para("*\tA/61/50."), 2: "A/61/1."},
    )
    assert noted(document) == [("*", "A/61/50."), ("1", "A/61/1.")]
    assert marked(document) == [("*", "ary list"), ("1", "of items")]


def test_a_note_of_two_paragraphs_is_one_line() -> None:
    document = read(para("x", note(1)), footnotes={1: para("See one.") + para("See two.")})
    assert noted(document) == [("1", "See one. See two.")]


@pytest.mark.parametrize(
    ("settings", "section", "markers"),
    [
        pytest.param("", "", ["1", "2"], id="from 1"),
        pytest.param(
            '<w:footnotePr><w:numStart w:val="5"/></w:footnotePr>', "", ["5", "6"], id="from 5"
        ),
        pytest.param(
            "",
            '<w:footnotePr><w:numFmt w:val="lowerLetter"/></w:footnotePr>',
            ["a", "b"],
            id="letters",
        ),
        pytest.param(
            '<w:footnotePr><w:numRestart w:val="eachSect"/></w:footnotePr>',
            "",
            ["1", "1"],
            id="anew in each section",
        ),
        pytest.param(
            '<w:footnotePr><w:numStart w:val="x"/></w:footnotePr>',
            "",
            ["1", "2"],
            id="a start that is no number",
        ),
    ],
)
def test_notes_are_numbered_as_the_document_says(
    settings: str, section: str, markers: list[str]
) -> None:
    document = read(
        para("a", note(1), more="<w:sectPr/>"),
        para("b", note(2)),
        footnotes={1: "One.", 2: "Two."},
        settings=settings,
        section=section,
    )
    assert [one.marker for one in document.notes or ()] == markers


def test_endnotes_follow_the_footnotes() -> None:
    document = read(
        para("a", note(1, "endnote"), "b", note(1)),
        footnotes={1: "Foot."},
        endnotes={1: "End."},
    )
    assert noted(document) == [("1", "Foot."), ("i", "End.")]


def test_a_file_without_notes_states_none_since_some_may_be_typed() -> None:
    document = read(para("a1"), para("1 Resolution 55/25."))
    assert (document.marks, document.notes) == (None, None)


def test_a_reference_to_a_note_that_is_not_there_is_text() -> None:
    document = read(para("a", note(1), "b", note(9)), footnotes={1: "One."})
    assert document.text.startswith("a1b2\n")
    assert noted(document) == [("1", "One.")]
    assert marked(document) == [("1", "a")]


# Masthead


MASTHEAD = table(
    [para("United Nations"), para("A/RES/61/300")],
    [para("General Assembly"), para("Distr.: General") + para("8 March 2007")],
)


def test_the_masthead_of_the_first_page_is_put_at_the_end() -> None:
    document = read(
        para("Agenda item 9"),
        para("The General Assembly,"),
        header=MASTHEAD,
        footer=para("06-50529 (E)    080307"),
    )
    assert document.text.splitlines() == [
        "Agenda item 9",
        "The General Assembly,",
        "",
        "Distr.: General",
        "8 March 2007",
        "06-50529 (E)",
        "United Nations",
        "A/RES/61/300",
        "General Assembly",
    ]
    assert document.stated.symbol is None


def test_a_masthead_that_stands_in_the_text_is_put_at_the_end_too() -> None:
    document = read(MASTHEAD, para("The General Assembly,"))
    assert document.text.splitlines()[0] == "The General Assembly,"
    assert document.text.splitlines()[2:4] == ["Distr.: General", "8 March 2007"]


def test_other_headers_and_footers_are_left_out() -> None:
    document = read(para("text"), header=para("A/RES/61/300"), footer=para("2/5"))
    assert document.text == "text\n"


def test_the_symbol_of_a_draft_is_stated() -> None:
    header = MASTHEAD.replace("A/RES/61/300", "A/61/L.45")
    assert read(para("text"), header=header).stated.symbol == "A/61/L.45"


# What a file may be


def test_the_strict_variant_of_the_format_is_read() -> None:
    data = word_file(para("\t1.\tDecides;", note(1)), footnotes={1: "A/61/1."})
    held = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(held, "w") as new:
        for name in old.namelist():
            part = old.read(name).replace(
                b"schemas.openxmlformats.org/wordprocessingml/2006/main",
                b"purl.oclc.org/ooxml/wordprocessingml/main",
            )
            part = part.replace(
                b"schemas.openxmlformats.org/officeDocument/2006/relationships",
                b"purl.oclc.org/ooxml/officeDocument/relationships",
            )
            new.writestr(name, part)
    (document,) = read_word(held.getvalue(), "a.docx")
    assert document.text == "\t1.\tDecides;1\n\n1 A/61/1.\n"


def faulty(data: bytes) -> FaultyFileError:
    with pytest.raises(FaultyFileError) as caught:
        read_word(data, "a.docx")
    message = str(caught.value)
    assert message.startswith("a.docx: ")
    assert "\n" not in message
    assert message.endswith(".")
    return caught.value


def archive(**members: bytes) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in members.items():
            made.writestr(name.replace("__", "/").replace("_xml", ".xml"), data)
    return held.getvalue()


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        pytest.param(b"", FileProblem.DAMAGED, id="nothing"),
        pytest.param(archive(other=b"x"), FileProblem.DAMAGED, id="no text part"),
        pytest.param(
            archive(word__document_xml=b"<w:document"), FileProblem.DAMAGED, id="half a part"
        ),
        pytest.param(archive(word__document_xml=b""), FileProblem.DAMAGED, id="an empty part"),
        pytest.param(word_file(), FileProblem.EMPTY, id="no paragraph"),
        pytest.param(word_file(para(" ")), FileProblem.EMPTY, id="a blank one"),
    ],
)
def test_what_is_no_word_file_is_refused(data: bytes, fault: FileProblem) -> None:
    assert faulty(data).fault is fault


def test_a_part_that_unpacks_too_far_is_refused_before_it_is_unpacked() -> None:
    held = io.BytesIO()
    with (
        zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as made,
        made.open("word/document.xml", "w") as part,
    ):
        for _ in range(MAX_PART_BYTES // 2**20 + 1):
            part.write(b" " * 2**20)
    error = faulty(held.getvalue())
    assert error.fault is FileProblem.TOO_LARGE
    assert "65 MB" in str(error)


def declared(entities: str, text: str) -> bytes:
    """A Word file whose text part declares entities."""
    xml = (
        f'<?xml version="1.0"?><!DOCTYPE d [{entities}]><w:document '
        'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'
        f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:body></w:document>"
    )
    return archive(word__document_xml=xml.encode())


def test_an_entity_bomb_is_refused() -> None:
    bomb = '<!ENTITY e0 "boom">' + "".join(
        f'<!ENTITY e{n + 1} "{f"&e{n};" * 10}">' for n in range(9)
    )
    assert faulty(declared(bomb, "text &e9;")).fault is FileProblem.DAMAGED


def test_an_external_entity_is_not_fetched(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("secret", encoding="ascii")
    data = declared(f'<!ENTITY file SYSTEM "{secret.as_uri()}">', "text &file;")
    error = faulty(data)
    assert "declares a document type" in str(error)
    assert "secret\n" not in str(error)


def test_a_file_cut_anywhere_is_named_and_never_half_read() -> None:
    data = word_file(
        para("\t1.\tDecides;", note(1)), para("\t2.\tRequests."), footnotes={1: "A/61/1."}
    )
    for length in range(0, len(data), 7):
        assert faulty(data[:length]).fault is FileProblem.DAMAGED
