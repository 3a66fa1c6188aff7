"""Amounts: which paragraphs answer "how much" and "how many"."""

import pytest

from qa.question.read import read_question
from qa.search.amounts import states_amount


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Decides that the force shall comprise up to 17,000 troops;", True),
        ("Authorizes 101 police officers;", True),
        ("Sets the rate at 22 per cent;", True),
        ("Approves $250 million for 2026;", True),
        ("Extends the mandate until 12 March 2026;", False),
        ("Recalls resolution 1325 (2000) and resolution 2242 of 2015;", False),
        ("Decides to consider the item at its 79th session;", False),
        ("Recalls Article 41 of the Charter;", False),
    ],
)
def test_an_amount_is_told_from_dates_and_symbols(text: str, expected: bool) -> None:
    assert states_amount(text) is expected


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("How much does the mission cost?", True),
        ("UNFICYP strength", True),
        ("share of Japan in the budget", True),
        ("Who leads the mission?", False),
        ("women in peacekeeping", False),
    ],
)
def test_a_question_for_an_amount_is_read(asked: str, expected: bool) -> None:
    assert read_question(asked).asks_how_much is expected
