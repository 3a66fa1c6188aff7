"""The plan of a question: the kind of answer, its subject, and what restricts it."""

import pytest

from qa.question.plan_record import plan_record
from qa.question.read import read_question

KINDS = {
    "List all resolutions on Haiti since 2023": "list",
    "How many resolutions did the Council adopt in 2021?": "count",
    "What is UNHCR asked to do since 2020?": "asked_of",
    "reports due at the 83rd session": "due",
    "Who voted against A/RES/76/300?": "record",
    "A/RES/76/300": "open",
    "A/RES/76/300 OP2": "quote",
    "When was A/RES/76/300 adopted?": "fact",
    "until when is the mandate of UNIFIL": "current",
    "definition of terrorism": "define",
    "plastic waste": "search",
    "": "none",
}


@pytest.mark.parametrize("question", KINDS)
def test_a_plan_says_what_kind_of_answer_is_asked_for(question: str) -> None:
    assert plan_record(read_question(question))["kind"] == KINDS[question]


def test_constraints_have_their_operators() -> None:
    plan = plan_record(read_question("List all Security Council resolutions on Mali since 2013"))
    assert plan["subject"] == "Mali"
    assert {"name": "adopted", "operator": ">=", "value": "2013-01-01"} in plan["constraints"]
    assert {"name": "body", "operator": "in", "value": ["S"]} in plan["constraints"]
    between = plan_record(read_question("What has the Council said on Chad between 2004 and 2006?"))
    assert {
        "name": "adopted",
        "operator": "between",
        "value": ["2004-01-01", "2006-12-31"],
    } in between["constraints"]
    before = plan_record(read_question("What did the Assembly decide on Guam before 2000?"))
    assert {"name": "adopted", "operator": "<=", "value": "1999-12-31"} in before["constraints"]
