"""PDF files: paragraphs whole again, notes and masthead at the end, furniture gone."""

import io
import os
from pathlib import Path

import pytest
from made_files import EM, Printed, paragraph_lines, pdf_file

from qa.resolutions.document import Document
from qa.resolutions.model import Kind
from qa.resolutions.readers.files import read_file
from qa.resolutions.readers.pdf_reader import MAX_PAGES, read_pdf
from qa.resolutions.readers.read_errors import FaultyFileError, FileProblem

SHARED = Path(os.environ.get("OPERATIVE_SHARED", "../shared"))
RECALLING = (
    "Recalling its resolution 46/152 of 18 December 1991 on the creation of an effective programme, "
    "in which it approved the statement of principles annexed thereto, and all its other "
    "resolutions on the matter,"
)
DECIDES = (
    "Takes note with appreciation of the report of the Secretary-General on the progress made in "
    "the implementation of the resolution, and requests that it be submitted again next year;"
)


def read(*pages: list[Printed], **options: object) -> Document:
    (document,) = read_pdf(pdf_file(*pages, **options), "a.pdf")  # type: ignore[arg-type]
    return document


def lines(*pages: list[Printed]) -> list[str]:
    return [line for line in read(*pages).text.splitlines() if line]


def raised(x: float, y: float, text: str, size: float = 10) -> Printed:
    """A note marker beside a text of this size that stands at `y`."""
    return (x, y + 0.35 * size, 0.65 * size, text)


def text(top: float, *paragraphs: str, **options: float) -> list[Printed]:
    """Paragraphs below each other, half a line apart."""
    printed: list[Printed] = []
    for one in paragraphs:
        printed += paragraph_lines(one, top=top, **options)
        top = printed[-1][1] - 18
    return printed


def note_lines(y: float, marker: str, words: str) -> list[Printed]:
    """A note at the foot of a page, in small type."""
    return [raised(72, y, marker, 8), (80, y, 8, words)]


# Paragraphs


def test_lines_are_joined_into_paragraphs() -> None:
    printed = text(700, RECALLING, DECIDES)
    assert len(printed) > 4
    assert lines(printed) == [f"\t{RECALLING}", f"\t{DECIDES}"]


def test_paragraphs_without_space_between_begin_with_an_indent() -> None:
    first = paragraph_lines(RECALLING, top=700)
    second = paragraph_lines(DECIDES, top=first[-1][1] - 12)
    assert lines([*first, *second]) == [f"\t{RECALLING}", f"\t{DECIDES}"]


def test_paragraphs_without_indent_begin_after_a_space() -> None:
    assert lines(text(700, RECALLING, DECIDES, indent=0)) == [RECALLING, DECIDES]


def test_a_line_that_ends_before_its_time_ends_its_paragraph() -> None:
    printed = [
        (72.0, 700.0, 10.0, "Seventy-third session"),
        (72.0, 688.0, 10.0, "Agenda item 30"),
        *text(650, RECALLING),
    ]
    assert lines(printed)[:2] == ["Seventy-third session", "Agenda item 30"]


def test_a_paragraph_that_crosses_a_page_is_one() -> None:
    whole = paragraph_lines(RECALLING, top=100)
    first, rest = whole[:2], [(x, y + 600, size, words) for x, y, size, words in whole[2:]]
    assert lines([*text(700, DECIDES), *first], [*rest, *text(640, DECIDES)]) == [
        f"\t{DECIDES}",
        f"\t{RECALLING}",
        f"\t{DECIDES}",
    ]


def test_a_paragraph_that_begins_a_page_is_its_own() -> None:
    assert lines(text(120, RECALLING), text(700, DECIDES)) == [f"\t{RECALLING}", f"\t{DECIDES}"]


@pytest.mark.parametrize(
    ("number", "hang"),
    [
        pytest.param("1.", 0.0, id="a number, the next lines at the margin"),
        pytest.param("(a)", 0.0, id="a letter, the next lines at the margin"),
        pytest.param("(a)", 60.0, id="a letter, the next lines under its text"),
        pytest.param("\u2022", 60.0, id="a bullet, the next lines under its text"),
    ],
)
def test_numbers_are_parted_from_their_text_by_a_tab(number: str, hang: float) -> None:
    numbered = []
    top = 700.0
    for words in (DECIDES, RECALLING):
        item = paragraph_lines(words, top=top, left=72 + hang, indent=60 - hang)
        numbered += [(96.0, top, 10.0, number), *item]
        top = item[-1][1] - 18
    assert lines([*numbered, *text(top, DECIDES)])[:2] == [
        f"\t{number}\t{DECIDES}",
        f"\t{number}\t{RECALLING}",
    ]


def test_a_heading_in_larger_type_is_whole_and_its_own() -> None:
    printed = [
        (72.0, 700.0, 14.0, "Resolution adopted by the General Assembly on"),
        (72.0, 684.0, 14.0, "26 October 2018"),
        *text(650, RECALLING),
    ]
    assert lines(printed)[0] == "Resolution adopted by the General Assembly on 26 October 2018"


def test_cells_of_a_row_are_parted_by_tabs() -> None:
    row = [(72.0, 400.0, 10.0, "Chair"), (250.0, 400.0, 10.0, "P-5"), (400.0, 400.0, 10.0, "1")]
    assert "Chair\tP-5\t1" in lines([*text(700, RECALLING), *row])


def test_words_without_blanks_are_parted_by_their_places() -> None:
    words = "The Security Council,".split()
    printed, x = [], 72.0
    for word in words:
        printed.append((x, 700.0, 10.0, word))
        x += EM * 10 * (len(word) + 1)
    assert lines([*printed, *text(650, RECALLING)])[0] == "The Security Council,"


def test_letters_pushed_apart_are_one_word() -> None:
    printed = [(72.0, 700.0, 10.0, "peopl"), (72 + 31.2, 700.0, 10.0, "e"), *text(650, RECALLING)]
    assert lines(printed)[0] == "people"


@pytest.mark.parametrize(
    ("left", "right", "joined"),
    [
        pytest.param("inter-", "national law", "international law", id="mended"),
        pytest.param(
            "capacity-", "building work", "capacity-building work", id="printed elsewhere"
        ),
        pytest.param("long-", "term plans", "long-term plans", id="both parts are words"),
        pytest.param("sub-", "Saharan", "sub-Saharan", id="before a capital"),
        pytest.param("burden-", "and cost-sharing", "burden- and cost-sharing", id="suspended"),
        pytest.param("and/", "or", "and/or", id="after a stroke"),
        pytest.param("9\u2013", "20 July", "9\u201320 July", id="after a dash of a range"),
    ],
)
def test_a_word_at_the_end_of_a_line(left: str, right: str, joined: str) -> None:
    filler = "x" * 50
    known = "international capacity-building long term national inter-agency"
    printed = [
        (72.0, 700.0, 10.0, f"{filler} {left}".rjust(78)),
        (72.0, 688.0, 10.0, f"{right} {filler}".ljust(78)),
        *((72.0, y, 10.0, f"{words}-".rjust(78)) for y, words in ((300.0, "a"), (200.0, "b"))),
        *text(600, known),
    ]
    assert f"{filler} {joined} {filler}" in lines(printed)[0]


def test_two_columns_are_read_one_after_the_other() -> None:
    left = text(700, *[RECALLING] * 4, left=60, right=290, indent=12)
    right = text(700, *[DECIDES] * 4, left=322, right=552, indent=12)
    title = [(200.0, 740.0, 14.0, "Resolutions adopted")]
    assert lines([*title, *left, *right]) == [
        "\tResolutions adopted",
        *[f"\t{RECALLING}"] * 4,
        *[f"\t{DECIDES}"] * 4,
    ]


def test_a_table_of_two_columns_is_no_text_in_columns() -> None:
    rows = [
        (x, 700.0 - 12 * row, 10.0, words)
        for row in range(30)
        for x, words in ((72.0, f"Post {row}"), (400.0, f"P-{row}"))
    ]
    assert lines(rows)[3] == "Post 3\tP-3"


@pytest.mark.parametrize("rotate", [90, 180, 270])
def test_a_page_that_is_shown_turned_reads_the_same(rotate: int) -> None:
    printed = text(700, RECALLING)
    assert read(printed, rotate=rotate).text == read(printed).text


# Notes


def test_notes_go_to_the_end_and_are_stated_with_their_markers() -> None:
    body = text(700, RECALLING)
    x, y, _, words = body[0]
    body[0] = (x, y, 10.0, words)
    marker = raised(x + EM * 10 * len(words), y, "1")
    page = [*body, marker, *note_lines(90, "1", "Resolution 55/25, annexes I to III.")]
    document = read(page, text(700, DECIDES))
    assert [line for line in document.text.splitlines() if line][-1] == (
        "1 Resolution 55/25, annexes I to III."
    )
    (note,) = document.notes or ()
    assert document.text[note.start : note.end] == "Resolution 55/25, annexes I to III."
    (mark,) = document.marks or ()
    assert document.text[: mark.start].endswith(words)
    assert document.text[mark.start : mark.end] == "1"


def test_a_note_that_crosses_a_page_is_one() -> None:
    first = [
        *text(700, RECALLING),
        raised(540, 700, "1"),
        *note_lines(90, "1", "See the Official Records of the General"),
    ]
    second = [*text(700, DECIDES), (72.0, 90.0, 8.0, "Assembly, Supplement No. 53.")]
    document = read(first, second)
    (note,) = document.notes or ()
    assert document.text[note.start : note.end] == (
        "See the Official Records of the General Assembly, Supplement No. 53."
    )


def test_a_line_of_a_note_that_begins_with_a_number_is_no_note() -> None:
    page = [
        *text(700, RECALLING),
        raised(540, 700, "1"),
        (72.0, 102.0, 8.0, "1 Held from 25 April to"),
        (72.0, 92.0, 8.0, "6 May 1994, see its report."),
        (72.0, 82.0, 8.0, "2 Resolution 70/1."),
    ]
    document = read(page)
    assert [document.text[one.start : one.end] for one in document.notes or ()] == [
        "Held from 25 April to 6 May 1994, see its report.",
        "Resolution 70/1.",
    ]


def test_small_type_in_the_text_is_no_note() -> None:
    page = [*text(700, RECALLING), (72.0, 500.0, 8.0, "1 in thousands"), *text(450, DECIDES)]
    document = read(page)
    assert document.notes is None
    assert "1 in thousands" in document.text


def test_a_raised_number_without_a_note_is_text() -> None:
    document = read([*text(700, DECIDES), raised(540, 700, "2")])
    assert document.marks is None


# Masthead and furniture

MASTHEAD: list[Printed] = [
    (72.0, 740.0, 14.0, "United Nations"),
    (480.0, 740.0, 14.0, "A/RES/73/6"),
    (72.0, 710.0, 18.0, "General Assembly"),
    (400.0, 710.0, 10.0, "Distr.: General"),
    (400.0, 698.0, 10.0, "31 October 2018"),
    (72.0, 44.0, 10.0, "18-17962 (E)    021118"),
    (72.0, 30.0, 12.0, "*1817962*"),
]


def test_the_masthead_goes_to_the_end() -> None:
    printed = lines([*MASTHEAD, *text(600, RECALLING)])
    assert printed == [
        f"\t{RECALLING}",
        "Distr.: General",
        "31 October 2018",
        "18-17962 (E)",
        "United Nations",
        "A/RES/73/6",
        "General Assembly",
    ]


def test_the_symbol_of_a_draft_is_stated() -> None:
    page = [(x, y, s, words.replace("A/RES/73/6", "S/2017/77")) for x, y, s, words in MASTHEAD]
    assert read([*page, *text(600, RECALLING)]).stated.symbol == "S/2017/77"
    assert read([*MASTHEAD, *text(600, RECALLING)]).stated.symbol is None


@pytest.mark.parametrize(
    ("head", "foot"),
    [
        pytest.param("A/RES/73/6", "2/5", id="symbol and number of the page"),
        pytest.param("A/RES/73/6", "18-17962", id="symbol and job number"),
        pytest.param("Resolutions and decisions", "Page 4 of 9", id="a title that comes back"),
        pytest.param("S/RES/2334 (2016)", "- 3 -", id="a symbol with its year"),
    ],
)
def test_running_heads_and_page_numbers_are_left_out(head: str, foot: str) -> None:
    def page(words: str) -> list[Printed]:
        return [(72.0, 750.0, 8.0, head), *text(700, words), (300.0, 30.0, 8.0, foot)]

    first = text(700, RECALLING)
    assert lines(first, page(DECIDES), page(RECALLING), page(DECIDES)) == [
        f"\t{one}" for one in (RECALLING, DECIDES, RECALLING, DECIDES)
    ]


def test_a_running_head_of_two_lines_is_left_out_with_its_symbol() -> None:
    head: list[Printed] = [
        (300.0, 755.0, 8.0, "Necessity of ending the embargo"),
        (300.0, 745.0, 8.0, "imposed against Cuba"),
        (72.0, 745.0, 8.0, "A/RES/73/8"),
    ]
    assert lines(text(700, RECALLING), [*head, *text(700, DECIDES)]) == [
        f"\t{RECALLING}",
        f"\t{DECIDES}",
    ]


def test_the_day_of_adoption_below_the_text_is_no_running_foot() -> None:
    end: list[Printed] = [
        (300.0, 500.0, 10.0, "26th plenary meeting"),
        (300.0, 488.0, 10.0, "26 October 2018"),
    ]
    printed = lines([*MASTHEAD, *text(600, RECALLING)], [*text(700, DECIDES), *end])
    assert [line.strip() for line in printed[2:4]] == ["26th plenary meeting", "26 October 2018"]


# What a file may be


def faulty(data: bytes) -> FaultyFileError:
    with pytest.raises(FaultyFileError) as caught:
        read_pdf(data, "a.pdf")
    message = str(caught.value)
    assert message.startswith("a.pdf: ")
    assert "\n" not in message
    assert message.endswith(".")
    return caught.value


def test_a_scan_without_text_is_named_as_one() -> None:
    error = faulty(pdf_file([], [], picture=True))
    assert error.fault is FileProblem.SCAN
    assert "no text layer: it is a scan; run OCR first" in str(error)


def test_a_scan_with_a_stamp_is_a_scan() -> None:
    assert faulty(pdf_file([(72, 30, 8, "page 1")], picture=True)).fault is FileProblem.SCAN


def test_a_scanned_page_between_others_is_named() -> None:
    document = read(text(700, RECALLING), [], text(700, DECIDES), picture=True)
    assert document.remarks == (
        "page 2 is left out: it is a picture without text; run OCR, then build again.",
    )
    assert [page.number for page in document.pages] == [1, 3]


def test_empty_pages_are_no_scan() -> None:
    assert faulty(pdf_file([])).fault is FileProblem.EMPTY


def test_a_scan_with_a_text_layer_is_read() -> None:
    assert RECALLING in read(text(700, RECALLING), picture=True).text


def encrypted(password: str) -> bytes:
    pypdf = pytest.importorskip("pypdf", reason="pypdf encrypts the file of this test")
    writer = pypdf.PdfWriter(io.BytesIO(pdf_file(text(700, RECALLING))))
    writer.encrypt(user_password=password, owner_password="owner", algorithm="RC4-128")
    held = io.BytesIO()
    writer.write(held)
    assert b"/Encrypt" in held.getvalue()
    return held.getvalue()


def test_a_pdf_with_a_password_is_named() -> None:
    assert faulty(encrypted("secret")).fault is FileProblem.PASSWORD


def test_what_was_wrong_with_one_pdf_is_not_said_of_the_next() -> None:
    assert faulty(encrypted("secret")).fault is FileProblem.PASSWORD
    assert faulty(pdf_file()).fault is FileProblem.DAMAGED


def test_a_pdf_whose_password_is_empty_is_read() -> None:
    (document,) = read_pdf(encrypted(""), "a.pdf")
    assert RECALLING in document.text


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"", id="nothing"),
        pytest.param(b"%PDF-1.7\n", id="its mark alone"),
        pytest.param(b"%PDF-1.7\n" + b"\0" * 4000, id="zeros"),
        pytest.param(pdf_file(), id="no page"),
    ],
)
def test_a_damaged_pdf_is_named(data: bytes) -> None:
    assert faulty(data).fault is FileProblem.DAMAGED


def test_too_many_pages_are_refused() -> None:
    error = faulty(pdf_file(*[[]] * (MAX_PAGES + 1)))
    assert error.fault is FileProblem.TOO_LARGE
    assert "2,001 pages" in str(error)


# Real ones


@pytest.mark.parametrize(
    ("name", "paragraphs", "notes"),
    [
        pytest.param("A_RES_73_6", (25, 14), 6, id="73/6"),
        pytest.param("A_RES_73_7", (13, 28), 9, id="73/7"),
        pytest.param("A_RES_73_8", (8, 5), 1, id="73/8"),
    ],
)
def test_resolutions_of_the_general_assembly(
    name: str, paragraphs: tuple[int, int], notes: int, formats: Path
) -> None:
    read_one = read_file(formats / "pdf-ga" / f"{name}-EN.pdf", f"{name}-EN.pdf").resolution
    assert (
        len(read_one.of_kind(Kind.PREAMBULAR)),
        len(read_one.of_kind(Kind.OPERATIVE)),
    ) == paragraphs
    assert [note.marker for note in read_one.notes] == [str(n + 1) for n in range(notes)]
    used = {mark.marker for one in read_one.paragraphs for mark in one.marks}
    assert used == {note.marker for note in read_one.notes}
    assert read_one.issued is not None
    assert read_one.printed_job_number is not None


@pytest.fixture(scope="session")
def formats(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shared files of many formats, unpacked."""
    import tarfile

    packed = SHARED / "corpora" / "formats.tar.xz"
    if not packed.is_file():
        pytest.skip(f"{packed} is not here: set OPERATIVE_SHARED to the shared material")
    folder = tmp_path_factory.mktemp("formats")
    with tarfile.open(packed) as archive:
        archive.extractall(folder, filter="data")
    return next(path.parent for path in folder.rglob("pdf-ga"))
