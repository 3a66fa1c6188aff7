"""What is asked of somebody, or due, is read from questions."""

import pytest

from qa.question.expansion import table_names
from qa.question.request_query import read_request_query

# actor, topic, sessions at which it is due, when due, adopted
QUERIES = {
    "What is UNHCR asked to do since 2020?": (
        *("Office of the United Nations High Commissioner for Refugees", "", (), "", "since 2020"),
    ),
    "everything demanded of the M23 by the Council since 2023": ("M23", "", (), "", "since 2023"),
    "requests to the President of the General Assembly": (
        *("President of the General Assembly", "", (), "", ""),
    ),
    "list every request addressed to the Secretariat": ("Secretariat", "", (), "", ""),
    "demands on Hizbullah in 2021": ("Hizbullah", "", (), "", "in 2021"),
    "Who must report at the 83rd session?": ("", "", (83,), "", ""),
    "reports due 81st session": ("", "", (81,), "", ""),
    "What reports on oceans are due at the eighty-first session?": ("", "oceans", (81,), "", ""),
    "What deadlines fall in May 2026?": ("", "", (), "in May 2026", ""),
    "What must the Secretary-General send the Council on Libya by 1 May 2026?": (
        *("", "Libya", (), "on 1 May 2026", ""),
    ),
    "reports due March 2025": ("", "", (), "in March 2025", ""),
    "Panel of Experts briefings May 2025": (*("", "Panel of Experts", (), "in May 2025", ""),),
    "What shall UNAMA give the Council by 2 June 2026?": ("", "UNAMA", (), "on 2 June 2026", ""),
}
OTHERS = (
    "What should States do about stolen assets?",
    "What happens at the 80th session?",
    "Until when is MINURSO extended?",
    "When must the Secretary-General report on Haiti?",
    "items on the agenda of the 81st session",
)


@pytest.mark.parametrize("question", QUERIES)
def test_a_request_is_read_with_its_actor_and_its_date(question: str) -> None:
    query = read_request_query(question, table_names())
    assert query is not None
    assert (
        query.actor,
        query.topic,
        query.due_sessions,
        query.due.in_words(),
        query.scope.period.in_words(),
    ) == QUERIES[question]


@pytest.mark.parametrize("question", OTHERS)
def test_no_set_is_read_where_one_paragraph_is_asked_for(question: str) -> None:
    assert read_request_query(question, table_names()) is None
