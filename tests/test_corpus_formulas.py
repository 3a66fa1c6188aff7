"""Paragraphs of procedure are known as formulas, requests and decisions are not."""

import pytest

from qa.corpus.formulas import Formula, formula_of


@pytest.mark.parametrize(
    ("text", "formula"),
    [
        ("Decides to remain seized of the matter.", Formula.SEIZED),
        ("Also decides to remain actively seized of this question;", Formula.SEIZED),
        ('"The Security Council will remain seized of the situation."', Formula.SEIZED),
        ("Decides to follow closely the situation and to remain seized of it.", Formula.SEIZED),
        ('Decides to include in the provisional agenda the item "Culture of peace".', 2),
        ("Decides to continue its consideration of the question at its next session;", 2),
        ("Requests that the item be included in the agenda of its next session;", Formula.AGENDA),
        ("Further decides to consider the matter at its eighty-third session.", Formula.AGENDA),
        ("Takes note of the report of the Secretary-General;", Formula.REPORT),
        ("Welcomes with appreciation the annual report of the Board;", Formula.REPORT),
        ("Taking note of the reports of the Panel of Experts,", Formula.REPORT),
        ("Takes note of paragraph 12 of the report of the Advisory Committee;", Formula.REPORT),
        ("Requests the Secretary-General to report at its next session on this;", Formula.NONE),
        ("Decides to include women in the delegations that negotiate;", Formula.NONE),
        ("Welcomes the reported decrease in violence;", Formula.NONE),
        ("Decides to consider holding a conference at its next session;", Formula.NONE),
        (
            '"The Council takes note of the report of the Panel. The Council urges States to act."',
            Formula.NONE,
        ),
    ],
)
def test_what_a_paragraph_consists_of(text: str, formula: Formula) -> None:
    assert formula_of(text) is Formula(formula)


def test_a_paragraph_that_acts_twice_is_no_formula() -> None:
    text = "Takes note of the report of the Board, and requests the Board to meet each year;"
    assert formula_of(text, ("takes note", "requests")) is Formula.NONE
