"""Answers as plain text: what is copied, and what a terminal prints."""

from datetime import date

import pytest

from qa.answer import Answer, AnswerRoute, Fact, Quote, Refusal, RefusalKind, SameWording
from qa.render.plain_text import (
    HEADINGS,
    NEAREST,
    WIDTH,
    answer_text,
    fact_value,
    field_label,
    headline,
    quote_text,
)
from qa.resolutions.model import Kind, Source

TEXT = (
    "Requests the Secretary-General to submit a report to the General Assembly at its "
    "sixty-second session on the implementation of the mandates of the Programme, reflecting also "
    "emerging policy issues and possible responses."
)


def make_quote(**changes: object) -> Quote:
    """A quotation with the fields that a test does not care about."""
    values: dict[str, object] = {
        "symbol": "A/RES/61/181",
        "title": "Strengthening the Programme",
        "adopted": date(2006, 12, 20),
        "label": "OP9",
        "number": 9,
        "kind": Kind.OPERATIVE,
        "text": TEXT,
        "highlight": (),
        "citation": "A/RES/61/181, para. 9",
        "url": "https://docs.un.org/en/A/RES/61/181",
        "score": 1.0,
        "source": Source(file="A_RES_61_181.txt", sha256="ab" * 32),
        "start": 0,
        "end": 1,
    }
    return Quote(**{**values, **changes})  # type: ignore[arg-type]


def make_answer(**changes: object) -> Answer:
    """An answer with the fields that a test does not care about."""
    values: dict[str, object] = {"question": "q", "understood": "q", "road": AnswerRoute.LOOK_UP}
    return Answer(**{**values, **changes})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("quote", "expected"),
    [
        pytest.param(
            make_quote(text="Urges all States;"),
            "“Urges all States;”\nA/RES/61/181, para. 9 (20 December 2006)\n"
            "https://docs.un.org/en/A/RES/61/181",
            id="words, citation, date, address",
        ),
        pytest.param(
            make_quote(text="Urges all States;", adopted=None),
            "“Urges all States;”\nA/RES/61/181, para. 9\nhttps://docs.un.org/en/A/RES/61/181",
            id="no date is known",
        ),
        pytest.param(
            make_quote(text="To report;", chapeau="Requests the Secretary-General:", adopted=None),
            "“Requests the Secretary-General: [...] To report;”\nA/RES/61/181, para. 9\n"
            "https://docs.un.org/en/A/RES/61/181",
            id="dots between introduction and sub-paragraph",
        ),
    ],
)
def test_quotation_is_ready_to_paste(quote: Quote, expected: str) -> None:
    assert quote_text(quote) == expected


def test_quotation_in_a_terminal() -> None:
    copies = (SameWording(symbol="A/RES/56/123", label="OP21", adopted=date(2001, 12, 19)),)
    answer = make_answer(
        question="And the last one",
        understood="61/181 OP9",
        message="One paragraph.",
        quotes=(make_quote(same_wording=copies),),
    )
    assert answer_text(answer) == (
        "Understood as: 61/181 OP9\n\n"
        "One paragraph.\n\n"
        "A/RES/61/181, para. 9 (20 December 2006)\n"
        "    “Requests the Secretary-General to submit a report to the General Assembly at its\n"
        "    sixty-second session on the implementation of the mandates of the Programme,\n"
        "    reflecting also emerging policy issues and possible responses.”\n"
        "  Strengthening the Programme\n"
        "  Same wording: A/RES/56/123 OP21, 19 December 2001\n"
        "  https://docs.un.org/en/A/RES/61/181 (File not in the catalogue)"
    )


def test_lines_are_at_most_as_wide_as_the_page() -> None:
    answer = make_answer(message=TEXT * 2, quotes=(make_quote(text=TEXT * 9, chapeau=TEXT),))
    assert max(map(len, answer_text(answer).splitlines())) <= WIDTH


def test_wrapped_quotation_keeps_every_word() -> None:
    lines = answer_text(make_answer(quotes=(make_quote(),))).splitlines()
    quoted = " ".join(line.strip() for line in lines if line.startswith("    "))
    assert quoted == f"“{TEXT}”"


def test_passage_that_is_not_operative_says_so() -> None:
    quote = make_quote(kind=Kind.PREAMBULAR, citation="A/RES/61/181, third preambular para.")
    first = answer_text(make_answer(quotes=(quote,))).splitlines()[2]
    assert first == (
        "A/RES/61/181, third preambular para. (20 December 2006) · Preambular paragraph"
    )


def test_fact_stands_with_the_words_that_state_it() -> None:
    fact = Fact(
        symbol="A/RES/61/181",
        field="adopted",
        value="2006-12-20",
        printed="adopted by the General Assembly on 20 December 2006",
    )
    assert answer_text(make_answer(facts=(fact,))) == (
        "A/RES/61/181 · Adopted: 20 December 2006\n"
        "    “adopted by the General Assembly on 20 December 2006”"
    )


@pytest.mark.parametrize("kind", list(RefusalKind), ids=lambda kind: kind.value)
def test_refusal_says_which_kind_and_shows_nearest_as_nearest(kind: RefusalKind) -> None:
    refusal = Refusal(
        kind=kind, message="Because.", nearest=(make_quote(),), link="https://docs.un.org/en/x"
    )
    blocks = answer_text(make_answer(refusal=refusal)).split("\n\n")
    assert blocks[0] == f"{HEADINGS[kind]}. Because.\nSee https://docs.un.org/en/x"
    assert blocks[1] == NEAREST == "Nearest, not an answer:"
    assert blocks[2].startswith("A/RES/61/181, para. 9")


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        pytest.param(make_answer(quotes=(make_quote(),)), "1 operative paragraph.", id="one"),
        pytest.param(
            make_answer(quotes=(make_quote(),) * 2, road=AnswerRoute.SEARCH),
            "2 operative paragraphs, best first.",
            id="a search has an order",
        ),
        pytest.param(
            make_answer(quotes=(make_quote(), make_quote(kind=Kind.NOTE))),
            "2 passages.",
            id="not all are operative",
        ),
        pytest.param(
            make_answer(quotes=(make_quote(),), message="Cited here."), "Cited here.", id="told"
        ),
        pytest.param(make_answer(), "", id="nothing found"),
    ],
)
def test_headline_says_what_was_found(answer: Answer, expected: str) -> None:
    assert headline(answer) == expected


@pytest.mark.parametrize(
    ("field", "value", "label", "shown"),
    [
        pytest.param("issued", "2007-03-08", "Issued", "8 March 2007", id="date in words"),
        pytest.param("note_count", "6", "Notes", "6", id="count"),
        pytest.param("agenda_items", "98", "Agenda item", "98", id="named field"),
        pytest.param("some_field", "x", "Some field", "x", id="field not named"),
    ],
)
def test_fact_is_named_for_a_reader(field: str, value: str, label: str, shown: str) -> None:
    fact = Fact(symbol="A/RES/61/181", field=field, value=value)
    assert (field_label(fact), fact_value(fact)) == (label, shown)


@pytest.mark.parametrize(
    "hostile",
    [
        pytest.param("\x1b[2J\x1b]0;title\x07", id="terminal commands"),
        pytest.param("\u202egnp.exe", id="reversed text"),
        pytest.param("\x00\x9b31m", id="nul and C1"),
    ],
)
def test_control_characters_do_not_reach_the_terminal(hostile: str) -> None:
    shown = answer_text(make_answer(understood=hostile, quotes=(make_quote(text=hostile),)))
    assert not set(shown) & set("\x1b\x07\x00\x9b\u202e")
    assert "\ufffd" in shown
