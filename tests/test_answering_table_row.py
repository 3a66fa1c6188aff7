"""Questions about a row of a table quote the table with that row marked."""

import pytest

from embeddings.model.encoder import Encoder
from qa.answer import Answer, AnswerRoute, Quote
from qa.assistant import Assistant
from qa.corpus.corpus import Corpus
from qa.indexing.build import build
from qa.render.answer_json import quote_record
from qa.render.plain_text import answer_text, quoted_words
from qa.render.quote_card import card_html
from qa.resolutions.model import Span

TEXT = """<akomaNtoso xmlns="http://docs.oasis-open.org/legaldocml/ns/akn/3.0">
<statement name="resolution"><meta><identification source="#DGACM">
<FRBRWork><FRBRdate date="{day}" name="adoption"/></FRBRWork>
<FRBRExpression><FRBRlanguage language="eng"/></FRBRExpression></identification></meta>
<coverPage><p><docNumber refersTo="#symbol">A/RES/{number}</docNumber></p></coverPage>
<preface><p><docNumber>{number}.</docNumber><docTitle>Scale of assessments for the apportionment
of the expenses of the United Nations</docTitle></p></preface>
<preamble><formula><p>The General Assembly,</p></formula>
<container><p>Recalling its resolutions,</p></container></preamble>
<mainBody><paragraph><num>1.</num><content><p>Resolves that the scale of assessments for
contributions to the regular budget of the United Nations for {years} shall be as follows:</p>
</content></paragraph><container><table>
<tr><td><p>Member State</p></td><td><p>Percentage</p></td></tr>
<tr><td><p>China</p></td><td><p>{share}</p></td></tr>
<tr><td><p>C\u00f4te d\u2019Ivoire</p></td><td><p>0.024</p></td></tr>
<tr><td><p>United Kingdom of Great Britain and Northern Ireland</p></td><td><p>3.991</p></td></tr>
</table></container>
<paragraph><num>2.</num><content><p>Requests the Secretary-General:</p></content>
<subparagraph><num>(a)</num><content><p>To publish the scale without delay;</p></content>
</subparagraph>
<subparagraph><num>(b)</num><content><p>To report on its effects.</p></content></subparagraph>
</paragraph></mainBody></statement></akomaNtoso>
"""


@pytest.fixture(scope="module")
def scales(encoder: Encoder, tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    folder = tmp_path_factory.mktemp("scales")
    for number, day, years, share in (
        ("76/238", "2021-12-24", "2022, 2023 and 2024", "15.254"),
        ("79/249", "2024-12-24", "2025, 2026 and 2027", "20.004"),
    ):
        text = TEXT.format(number=number, day=day, years=years, share=share)
        (folder / f"{share}.xml").write_text(text, encoding="utf-8")
    build([folder], folder / "index", load_encoder=lambda: encoder)
    return Assistant(Corpus.open(folder / "index"), lambda: encoder)


def marked(quote: Quote) -> list[str]:
    return [quote.text[span.start : span.end] for span in quote.highlight]


@pytest.mark.parametrize(
    ("question", "symbols", "row"),
    [
        pytest.param(
            "What share does China pay?",
            ["A/RES/79/249", "A/RES/76/238"],
            "China 20.004",
            id="the newest table first",
        ),
        pytest.param(
            "china share UN budget",
            ["A/RES/79/249", "A/RES/76/238"],
            "China 20.004",
            id="key words",
        ),
        pytest.param(
            "What is China's share in the current scale of assessments?",
            ["A/RES/79/249", "A/RES/76/238"],
            "China 20.004",
            id="the present",
        ),
        pytest.param(
            "China's assessment rate in 2023", ["A/RES/76/238"], "China 15.254", id="a year"
        ),
        pytest.param(
            "how much does Ivory Coast contribute to the regular budget",
            ["A/RES/79/249", "A/RES/76/238"],
            "C\u00f4te d'Ivoire 0.024",
            id="another name of a State",
        ),
        pytest.param(
            "the UK's percentage in the scale of assessments",
            ["A/RES/79/249", "A/RES/76/238"],
            "United Kingdom of Great Britain and Northern Ireland 3.991",
            id="a short name",
        ),
    ],
)
def test_the_row_of_a_state_is_marked(
    question: str, symbols: list[str], row: str, scales: Assistant
) -> None:
    quotes = scales.ask(question).quotes
    assert [quote.symbol for quote in quotes] == symbols
    assert marked(quotes[0]) == [row]
    assert quotes[0].citation.endswith("para. 1 (table)")


@pytest.mark.parametrize(
    "question",
    [
        pytest.param("What share does China pay for UNMISS?", id="another budget"),
        pytest.param("What has China said?", id="no amount"),
        pytest.param("What share does Kenya pay?", id="no row"),
        pytest.param("What share did China pay in 2011?", id="no table of that year"),
    ],
)
def test_other_questions_mark_no_row(question: str, scales: Assistant) -> None:
    assert all(not quote.marked_rows for quote in scales.ask(question).quotes)


def test_a_row_is_shown_below_the_header_and_the_words_that_introduce_it(
    scales: Assistant,
) -> None:
    answer = scales.ask("What share does China pay?")
    (quote, _) = answer.quotes
    assert quoted_words(quote).endswith(
        "as follows: [...] Member State Percentage [...] China 20.004"
    )
    assert "China | 20.004" in answer_text(answer)
    card = card_html(quote)
    assert '<th scope="col">Percentage</th>' in card
    assert "<td><mark>20.004</mark></td>" in card
    assert "Whole table (3 rows)" in card
    record = quote_record(quote)
    assert record["rows"][1]["cells"] == ["China", "20.004"]
    start, end = (record["rows"][1][end] for end in ("start", "end"))
    assert record["highlight"] == [[start, end]]
    assert quote.highlight == (Span(start=start, end=end),)


def test_a_paragraph_shows_the_items_that_it_introduces(scales: Assistant) -> None:
    quotes = scales.retrieve("requests the Secretary-General", k=10, since=2024)
    (quote,) = (quote for quote in quotes if quote.label == "OP2")
    assert [(item.label, item.text) for item in quote.items] == [
        ("OP2(a)", "To publish the scale without delay;"),
        ("OP2(b)", "To report on its effects."),
    ]
    answer = Answer(question="", understood="", road=AnswerRoute.SEARCH, quotes=(quote,))
    assert "OP2(b): \u201cTo report on its effects.\u201d" in answer_text(answer)
    assert "To report on its effects." in card_html(quote)
    assert quote_record(quote)["items"][0]["label"] == "OP2(a)"
    (item,) = scales.ask("79/249 OP2(a)").quotes
    assert (item.chapeau, item.items) == ("Requests the Secretary-General:", ())
