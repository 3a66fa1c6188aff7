"""Typed text is cleaned in one place, whichever front end it comes from."""

import pytest

from qa.api.functions import ApiFunctions
from qa.assistant import Assistant
from qa.question.typed_text import (
    clean_typed,
    is_readable,
    unify_characters,
    without_markup,
)

HALF = "\ud83d"  # the first half of a pair of surrogates


@pytest.mark.parametrize(
    ("typed", "cleaned"),
    [
        pytest.param(None, "", id="nothing"),
        pytest.param(" 61/181\n", "61/181", id="blanks at the ends"),
        pytest.param(f"61/181{HALF}", "61/181?", id="half of a character"),
        pytest.param("women  and girls", "women  and girls", id="blanks inside are kept"),
    ],
)
def test_typed_text_is_cleaned(typed: str | None, cleaned: str) -> None:
    assert clean_typed(typed) == cleaned


def test_characters_are_unified() -> None:
    assert unify_characters("٦١/١٨١\u00a0 OP６") == "61/181 OP6"


def test_markup_is_taken_off_unless_nothing_else_is_there() -> None:
    assert without_markup("<b>61/181</b><script>alert(1)</script>") == "61/181"
    assert without_markup("<b></b>") == "<b></b>"


@pytest.mark.parametrize("text", ["?!", "\x00women", "women\ufffd", ""])
def test_text_without_letters_or_with_control_characters_is_unreadable(text: str) -> None:
    assert not is_readable(text)
    assert is_readable("women\t1")


def test_every_front_end_takes_a_broken_character(assistant: Assistant) -> None:
    typed = f"61/181 OP6 {HALF}"
    answers = [assistant.ask(typed), assistant.show(typed)]
    assert [answer.question for answer in answers] == ["61/181 OP6 ?"] * 2
    functions = ApiFunctions(assistant)
    assert functions.ask(typed)["question"] == "61/181 OP6 ?"
    assert [quote.citation for quote in assistant.retrieve(typed, k=1)] == [
        quote["citation"] for quote in functions.retrieve(typed, 1)["quotes"]
    ]
    check = assistant.verify_quote(f"women{HALF}", f"61/181{HALF}")
    assert check == assistant.verify_quote("women?", "61/181?")
