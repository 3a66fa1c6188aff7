"""AKN4UN XML in the other official languages: labels are the printed numbers."""

from pathlib import Path

import pytest
from test_readers_akn import document, paragraph, resolutions

DASH = "<paragraph><content><p>\t{} -\t{}</p></content></paragraph>"
TYPED = "<paragraph><content><p>\t{}\t{}</p></content></paragraph>"
PLAIN = "<paragraph><content><p>\t{}</p></content></paragraph>"


def labels(body: str) -> list[str]:
    """Return the labels of the paragraphs of a body, the preamble's left out."""
    ((resolution, _),) = resolutions(document(body))
    return [one.label for one in resolution.paragraphs if not one.label.startswith("PP")]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        pytest.param(
            paragraph("1.", "Urges States to act;")
            + TYPED.format("2", "Calls upon States to act;")
            + paragraph("3.", "Decides to meet."),
            ["OP1", "OP2", "OP3"],
            id="a number without a stop",
        ),
        pytest.param(
            DASH.format("1", "تعرب عن تضامنها؛") + DASH.format("2", "ترحب بالتعاون؛"),
            ["OP1", "OP2"],
            id="Arabic: a dash behind the number",
        ),
        pytest.param(
            TYPED.format("\u200f1 -\u200f", "تعرب عن تضامنها؛")
            + "<paragraph><content><p>\t2 -\t\n <span>ترحب</span> بالتعاون؛</p></content></paragraph>",
            ["OP1", "OP2"],
            id="Arabic: marks of direction, a line end",
        ),
        pytest.param(
            TYPED.format("1、", "请秘书长提出报告；") + TYPED.format("2、", "决定继续处理此案。"),
            ["OP1", "OP2"],
            id="Chinese: a comma of lists behind the number",
        ),
        pytest.param(
            PLAIN.format("Se réaffirmant résolue à combattre l'impunité,")
            + paragraph("1.", "Prie le Secrétaire général d'agir ;"),
            ["OP1"],
            id="French: a paragraph of the preamble inside the body",
        ),
        pytest.param(
            paragraph("1.", "Decides as follows;")
            + PLAIN.format("9-членами сумму в размере 303;")
            + paragraph("3.", "Decides to meet."),
            ["OP1", "OP2", "OP3"],
            id="the one number that was lost between two others",
        ),
        pytest.param(
            paragraph("1.", "просит государства:")
            + TYPED.format("а)", "распространять информацию;")
            + TYPED.format("б)", "сотрудничать."),
            ["OP1", "OP1(a)", "OP1(b)"],
            id="Russian: letters of items",
        ),
        pytest.param(
            DASH.format("1", "تقرر ما يلي:")
            + TYPED.format("(أ)", "عقد الدورة:")
            + "<paragraph><num>\t\u20191\u2018</num><content><p>\tجزء افتتاحي؛</p></content></paragraph>"
            + TYPED.format("\u20192\u2018", "مناقشة عامة؛")
            + TYPED.format("(ب)", "نشر التقرير؛")
            + DASH.format("2", "ترحب بالتعاون؛"),
            ["OP1", "OP1(a)", "OP1(a)(1)", "OP1(a)(2)", "OP1(b)", "OP2"],
            id="Arabic: numbers between quotation marks",
        ),
        pytest.param(
            paragraph("1.", "تطلب:")
            + TYPED.format("(أ)", "التعاون؛")
            + "".join(
                TYPED.format(f"({letter})", "العمل؛") for letter in "بجدهوزحطيكلمنسعفصقرشتثخذض"
            )
            + TYPED.format("(أ أ)", "ضمان الامتثال؛"),
            ["OP1", *(f"OP1({letter})" for letter in "abcdefghijklmnopqrstuvwxyz"), "OP1(aa)"],
            id="Arabic: a blank between two equal letters",
        ),
        pytest.param(
            paragraph("1.", "Decides to hold 2 meetings;") + PLAIN.format("24 -\tnot the next;"),
            ["OP1", "OP1 [2]"],
            id="a number that does not follow is no paragraph's",
        ),
    ],
)
def test_labels_are_the_printed_numbers(body: str, expected: list[str]) -> None:
    assert labels(body) == expected


@pytest.mark.parametrize(
    ("first", "second"), [("一", "二"), ("أولا", "ثانيا"), ("أولاً", "ثانياً"), ("I", "II")]
)
def test_sections_are_numbered_as_in_english(first: str, second: str) -> None:
    body = "".join(
        f"<section><subheading>\t\t{number}</subheading><subheading>内部监督</subheading>"
        f"{paragraph('1.', 'Decides to meet;')}{paragraph('2.', 'Decides to act.')}</section>"
        for number in (first, second)
    )
    found = [label for label in labels(body) if not label.startswith("heading")]
    assert found == ["sect. I OP1", "sect. I OP2", "sect. II OP1", "sect. II OP2"]


@pytest.mark.parametrize(
    ("printed", "item"),
    [
        ("Point 69 a) de l'ordre du jour", "69 (a)"),
        ("البند 69 (أ) من جدول الأعمال", "69 (a)"),
        ("البند 99 (ت)", "99 (v)"),
        ("议程项目127(k)", "127 (k)"),
        ("Пункт 72 а) повестки дня", "72 (a)"),
        ("Пункт 127 аа) повестки дня", "127 (aa)"),
        ("Tema 55 del programa", "55"),
        ("Agenda item 20 (b)", "20 (b)"),
    ],
)
def test_items_of_the_agenda_are_written_as_in_english(printed: str, item: str) -> None:
    data = document(paragraph("1.", "Decides to meet.")).decode()
    data = data.replace("Agenda item 98 (w)", printed)
    ((resolution, _),) = resolutions(data.encode())
    assert resolution.agenda_items == (item,)


def test_the_brackets_around_an_arabic_note_marker_are_not_text(tmp_path: Path) -> None:
    note = (
        '<sup>(</sup><authorialNote marker="1" placement="bottom"><p>\t()\tالقرار 70/1.</p>'
        "</authorialNote><sup>)</sup>"
    )
    ((resolution, _),) = resolutions(document(paragraph("1.", "Decides."), note=note))
    assert resolution.paragraphs[0].text == "Recalling its resolution,"
    assert [mark.marker for mark in resolution.paragraphs[0].marks] == ["1"]
    assert resolution.notes[0].text == "القرار 70/1."
