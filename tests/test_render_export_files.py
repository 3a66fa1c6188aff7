"""Quotations taken away as files: every form holds every word and where it stands."""

import csv
import io
import json
import zipfile
from collections.abc import Sequence

import docx
import pytest
from lxml import etree

from qa.answer import Answer
from qa.assistant import Assistant
from qa.render.export_files import CSV_HEADER, FORMS, Part, parts_of
from qa.render.plain_text import fact_value, quote_text
from qa.render.svg_charts import Series, bars_html, legend_html, years_html
from qa.render.word_file import WordBlock, word_bytes

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
QUESTIONS = (
    "paragraphs 16 to 18 of A/RES/56/123",
    "third preambular paragraph of 61/181",
    "When was resolution 61/181 adopted?",
    "How did the United States vote on 61/181?",
)


@pytest.fixture(scope="module")
def answers(assistant: Assistant) -> tuple[Answer, ...]:
    return tuple(assistant.ask(one) for one in QUESTIONS)


def write(form: str, answers: Sequence[Answer], picked: Sequence[str] = ()) -> bytes:
    return FORMS[form].write(parts_of(answers, picked))


def test_word_has_the_quotations_with_their_citations_as_footnotes(
    answers: tuple[Answer, ...],
) -> None:
    data = write("docx", answers)
    document = docx.Document(io.BytesIO(data))
    styles = [(one.style and one.style.name, one.text) for one in document.paragraphs]
    quoted = [quote for answer in answers for quote in answer.quotes]
    assert [text for style, text in styles if style == "Quote"] == [
        f"“{one.text}”" for one in quoted
    ]
    assert [text for style, text in styles if style == "Heading 1"] == list(QUESTIONS)
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        body = etree.fromstring(file.read("word/document.xml"))
        notes = etree.fromstring(file.read("word/footnotes.xml"))
    used = [one.get(f"{W}id") for one in body.iter(f"{W}footnoteReference")]
    told = {one.get(f"{W}id"): "".join(one.itertext()) for one in notes}
    assert used == [str(number) for number in range(1, len(quoted) + 1)]
    for number, quote in zip(used, quoted, strict=True):
        assert quote.url in told[number]
        assert f"UN Doc {quote.symbol}, para" in told[number] or "preambular" in told[number]


def test_the_same_conversation_gives_the_same_word_file(answers: tuple[Answer, ...]) -> None:
    def parts(data: bytes) -> dict[str, bytes]:
        with zipfile.ZipFile(io.BytesIO(data)) as file:
            return {name: file.read(name) for name in file.namelist()}

    assert parts(write("docx", answers)) == parts(write("docx", answers))


@pytest.mark.parametrize("odd", ["a\x00b", "\ud800", "<w:p>&", "\ufffe"], ids=ascii)
def test_odd_characters_spoil_no_word_file(odd: str) -> None:
    blocks = [WordBlock(style="Quote", text=odd, note=odd)]
    assert docx.Document(io.BytesIO(word_bytes(blocks, title="t"))).paragraphs


def test_csv_is_one_row_a_quotation_or_a_fact(answers: tuple[Answer, ...]) -> None:
    data = write("csv", answers)
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))
    assert tuple(rows[0]) == CSV_HEADER
    texts = [
        text
        for answer in answers
        for text in [quote.text for quote in answer.quotes] or map(fact_value, answer.facts)
    ]
    at = CSV_HEADER.index("text")
    assert [row[at] for row in rows[1:]] == texts
    assert any(answer.facts and not answer.quotes for answer in answers)


@pytest.mark.parametrize("opening", ["=", "+", "-", "@"])
def test_no_question_becomes_a_formula(opening: str, assistant: Assistant) -> None:
    answer = assistant.ask("61/181 OP6")
    part = Part(answer=answer, quotes=answer.quotes)
    object.__setattr__(answer, "understood", f"{opening}1+2")
    row = list(csv.reader(io.StringIO(FORMS["csv"].write([part]).decode("utf-8-sig"))))[1]
    assert row[0] == f"'{opening}1+2"


def test_markdown_and_json_hold_everything(answers: tuple[Answer, ...]) -> None:
    text = write("md", answers).decode("utf-8")
    records = json.loads(write("json", answers))
    assert [one["question"] for one in records] == list(QUESTIONS)
    for answer in answers:
        for quote in answer.quotes:
            assert f"[{quote.citation}]({quote.url})" in text
        if answer.refusal:
            assert "How States voted is not in the text" in text


def test_what_is_picked_is_taken_once_and_nothing_else(answers: tuple[Answer, ...]) -> None:
    twice = (*answers, answers[0])
    parts = parts_of(twice, ["A/RES/56/123 OP17", "A/RES/61/181 PP3"])
    assert [[one.label for one in part.quotes] for part in parts] == [["OP17"], ["PP3"]]
    assert parts_of(twice, ["A/RES/1/1 OP1"]) == ()


def test_a_quotation_is_copied_as_before(answers: tuple[Answer, ...]) -> None:
    assert quote_text(answers[0].quotes[0]).startswith("“")


def test_bars_have_the_height_of_their_counts() -> None:
    series = [
        Series(name="A <b>", by_year={2001: 4, 2003: 1}),
        Series(name="S", by_year={2001: 4}),
    ]
    svg = etree.fromstring(f"<p>{bars_html(series, 'By year', height=80)}</p>")
    bars = [(one.get("x"), one.get("y"), one.get("height")) for one in svg.iter("rect")]
    assert bars == [("1", "40.00", "40.00"), ("1", "0.00", "40.00"), ("25", "70.00", "10.00")]
    assert [one.text for one in svg.iter("title")] == ["2001: A <b> 4, S 4", "2003: A <b> 1"]
    assert "2001 to 2003; maximum 8" in next(svg.iter("svg")).get("aria-label", "")
    assert "A &lt;b&gt; (5)" in legend_html(series)


@pytest.mark.parametrize(
    ("counts", "bars"),
    [
        pytest.param({}, 0, id="no years"),
        pytest.param({2001: 5}, 0, id="one year"),
        pytest.param({2001: 5, 0: 9, 2004: 1}, 2, id="texts without a date are left out"),
    ],
)
def test_years_are_drawn_where_there_are_several(counts: dict[int, int], bars: int) -> None:
    assert years_html(counts, None, 2002).count("<rect") == bars
