"""AKN4UN XML in the other official languages: labels are the printed numbers."""

from pathlib import Path

import pytest
from test_readers_akn import document, paragraph, resolutions

from qa.resolutions.cite.numbers import section_numeral

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
            paragraph("1.", "决定：")
            + TYPED.format("(a)", "会议应包括：")
            + TYPED.format("\u3220", "开幕式；")
            + TYPED.format("\u3221", "一般性辩论；")
            + TYPED.format("(b)", "会议应公开举行。")
            + paragraph("2.", "请秘书长提出报告。"),
            ["OP1", "OP1(a)", "OP1(a)(一)", "OP1(a)(二)", "OP1(b)", "OP2"],
            id="Chinese: numerals in circles",
        ),
        pytest.param(
            paragraph("1.", "تكرر طلباتها التالية:")
            + TYPED.format("(أ)", "موجز للتقرير؛")
            + TYPED.format("(ب)", "المعلومات الأساسية؛")
            + PLAIN.format("وطلبها أن تميز الاستنتاجات؛")
            + paragraph("2.", "تلاحظ مع القلق."),
            ["OP1", "OP1(a)", "OP1(b)", "OP1(end)", "OP2"],
            id="Arabic: words that close a list",
        ),
        pytest.param(
            paragraph("1.", "Décide :")
            + TYPED.format("z)", "De publier le rapport ;")
            + TYPED.format("aa)", "De coopérer ;"),
            ["OP1", "OP1(z)", "OP1(aa)"],
            id="French: two letters",
        ),
        pytest.param(
            PLAIN.format("正式决定，对于2021年：") + paragraph("1.", "核准批款；"),
            ["OP1 [2]", "OP1"],
            id="Chinese: what introduces the numbers is operative",
        ),
        pytest.param(
            paragraph("4.", "Decides as follows:")
            + TYPED.format("(a)", "The panels will address the following themes:")
            + PLAIN.format("Panel 1: Financing of development;")
            + PLAIN.format("Panel 2: Research;")
            + TYPED.format("(b)", "Each panel will be co-chaired;"),
            ["OP4", "OP4(a)", "OP4(end)", "OP4(end) [2]", "OP4(b)"],
            id="texts that an item introduces",
        ),
        pytest.param(
            DASH.format("21", "تؤكد ذلك؛").replace(" -\t", "\t")
            + DASH.format("1", "تقرر؛")
            + DASH.format("3", "تحث؛"),
            ["OP1 [2]", "OP1", "OP3"],
            id="Arabic: the number after one that was lost",
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
    ("first", "second"),
    [
        ("一", "二"),
        ("أولا", "ثانيا"),
        ("أولاً", "ثانياً"),
        ("I", "II"),
        ("I Contrôle", "II Contrôle"),
    ],
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
    ("printed", "numeral"),
    [
        ("ألف", "A"),
        ("باء", "B"),
        ("حادي وعشرون", "XXI"),
        ("ثانيا وعشرين", "XXII"),
        ("عشرين", "XX"),
        ("二十一", "XXI"),
    ],
)
def test_numerals_in_words_are_those_of_english_texts(printed: str, numeral: str) -> None:
    assert section_numeral(printed) == numeral


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
