"""Is this text really in that paragraph? What a checker of quotations says."""

import pytest

from qa.answering.quote_check import Verdict
from qa.assistant import Assistant

PARA_6 = "A/RES/61/181, para. 6"
OPENING = "Urges all States and competent regional economic integration organizations"


@pytest.mark.parametrize(
    ("text", "citation", "verdict"),
    [
        pytest.param(OPENING, PARA_6, Verdict.WORD_FOR_WORD, id="part of the paragraph"),
        pytest.param(f"“{OPENING}”.", PARA_6, Verdict.WORD_FOR_WORD, id="in quotation marks"),
        pytest.param(f"6. {OPENING}", PARA_6, Verdict.WORD_FOR_WORD, id="with its number"),
        pytest.param(
            "[u]rges all States and competent  regional\neconomic",
            PARA_6,
            Verdict.WORD_FOR_WORD,
            id="first letter in brackets, other white space",
        ),
        pytest.param(
            "Urges all States [...] to consider signing",
            PARA_6,
            Verdict.WORD_FOR_WORD,
            id="what is left out is marked",
        ),
        pytest.param(
            "to consider signing [...] Urges all States",
            PARA_6,
            Verdict.ALTERED,
            id="pieces in another order",
        ),
        pytest.param("Urges all states and competent", PARA_6, Verdict.SAME_WORDS, id="capitals"),
        pytest.param(OPENING, "61/181 OP6", Verdict.WORD_FOR_WORD, id="short citation"),
        pytest.param(OPENING, "A/RES/61/181", Verdict.WORD_FOR_WORD, id="document only"),
        pytest.param(OPENING, "A/RES/61/181, para. 7", Verdict.ELSEWHERE, id="wrong paragraph"),
        pytest.param(OPENING, "A/RES/56/123, para. 6", Verdict.ELSEWHERE, id="wrong document"),
        pytest.param(OPENING, "A/RES/61/181, para. 90", Verdict.NO_SUCH_PARAGRAPH, id="no such"),
        pytest.param(OPENING, "A/RES/60/1, para. 6", Verdict.NOT_LOADED, id="not loaded"),
        pytest.param(OPENING, "the sixth one", Verdict.NOT_A_CITATION, id="no citation"),
        pytest.param("Buys a thousand bicycles at once", PARA_6, Verdict.NOT_FOUND, id="invented"),
        pytest.param(" … ", PARA_6, Verdict.NOT_FOUND, id="no words"),
        pytest.param("\x00", PARA_6, Verdict.NOT_FOUND, id="a broken character"),
    ],
)
def test_verdict(text: str, citation: str, verdict: Verdict, assistant: Assistant) -> None:
    assert assistant.verify_quote(text, citation).verdict is verdict


def test_altered_text_is_told_word_by_word(assistant: Assistant) -> None:
    text = "Demands that all States and competent economic integration organizations that have"
    passage = assistant.corpus.passage("A/RES/61/181", "OP6")
    assert passage is not None
    altered = passage.text.replace("Urges all", "Demands that all").replace("regional ", "", 1)
    checked = assistant.verify_quote(altered, PARA_6)
    assert checked.verdict is Verdict.ALTERED
    assert [(one.given, one.printed) for one in checked.differences] == [
        ("Demands that", "Urges"),
        ("", "regional"),
    ]
    assert checked.citation == PARA_6
    assert "two" not in text and "2 places" in checked.message


def test_spans_hold_the_words_that_were_found(assistant: Assistant) -> None:
    checked = assistant.verify_quote("urges all States [...] to consider signing", PARA_6)
    assert checked.passage is not None
    found = [checked.passage.text[one.start : one.end] for one in checked.spans]
    assert found == ["Urges all States", "to consider signing"]


@pytest.mark.slow
def test_every_paragraph_is_found_in_its_place(assistant: Assistant) -> None:
    for passage in assistant.corpus.passages:
        citation = f"{passage.symbol} {passage.label}"
        checked = assistant.verify_quote(passage.text, citation)
        assert checked.verdict is Verdict.WORD_FOR_WORD, citation
        one_less = " ".join(passage.text.split()[1:-1][::2])
        if len(one_less.split()) > 4:
            assert assistant.verify_quote(one_less, citation).verdict is not Verdict.WORD_FOR_WORD
