"""Talk before a question is no part of it, and says whether something else is asked."""

import pytest

from qa.question.leading_talk import OpenedTurn, without_leading_talk


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        ("hm, and what of coral reefs?", "and what of coral reefs?"),
        ("Ok and the vote?", "and the vote?"),
        ("well, who abstained", "who abstained"),
        ("Oh… what about Chad", "what about Chad"),
        ("thanks. hm, by when?", "by when?"),
        ("back to the embargo: who monitors it?", "who monitors it (the embargo)?"),
        ("now back to coral reefs", "coral reefs"),
    ],
)
def test_talk_is_left_out(typed: str, asked: str) -> None:
    assert without_leading_talk(typed) == OpenedTurn(asked)


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        ("By the way, who pays?", "who pays?"),
        ("btw who pays", "who pays"),
        ("and another thing: coral reefs", "coral reefs"),
        ("Ok, one more question: coral reefs?", "coral reefs?"),
        ("on another note, coral reefs", "coral reefs"),
    ],
)
def test_talk_says_that_something_else_is_asked(typed: str, asked: str) -> None:
    assert without_leading_talk(typed) == OpenedTurn(asked, is_aside=True)


@pytest.mark.parametrize(
    "typed",
    [
        "Well-being of children",
        "Right to food",
        "Good offices: who asked for them?",
        "Another question of principle",
        "thanks, ok",
        "hm",
        "back to the second one",
        "Now, penalties and sanctions",
        "The next question of the agenda",
    ],
)
def test_what_a_question_is_about_stays(typed: str) -> None:
    assert without_leading_talk(typed) == OpenedTurn(typed)
