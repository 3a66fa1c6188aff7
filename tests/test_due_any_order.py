"""What is due is read from its date, its nouns and its topic, in whatever order they come."""

import pytest
from council_texts import council_assistant

from embeddings.model.encoder import Encoder
from qa.assistant import Assistant
from qa.question.due_dates import dates_in, is_within
from qa.question.expansion import table_names
from qa.question.request_query import read_request_query
from qa.resolutions.periods import Period

# topic, sessions at which it is due, when due
DUE = {
    "31 October 2026 Somalia reports": ("Somalia", (), "on 31 October 2026"),
    "reports due by end of October 2026 Somalia": ("Somalia", (), "in October 2026"),
    "Which reports and assessments on Chad must reach the Council by 3 May 2026?": (
        *("Chad", (), "on 3 May 2026"),
    ),
    "What is due in mid-April 2027 under the Chad sanctions, and who has to deliver it?": (
        *("Chad sanctions", (), "in April 2027"),
    ),
    "to be submitted by 1 September 2026, Haiti, what?": ("Haiti", (), "on 1 September 2026"),
    "November 2026 deadlines": ("", (), "in November 2026"),
    "due 30 November 2026": ("", (), "on 30 November 2026"),
    "due mid-March 2027": ("", (), "in March 2027"),
    "reports due in the second half of 2026": ("", (), "from July 2026 to December 2026"),
    "deadlines in early 2027 for the Council": ("", (), "from January 2027 to April 2027"),
    "deadlines in the last quarter of 2026": ("", (), "from October 2026 to December 2026"),
    "what updates on whales are due by December 2026": ("whales", (), "in December 2026"),
    "what expires in March 2027": ("", (), "in March 2027"),
    "mandates expiring in December 2026": ("mandates", (), "in December 2026"),
    "eighty-first session whale reports due": ("whale", (81,), ""),
    "session 82 reports on whales": ("whales", (82,), ""),
    "Kindly list what the SG shall report to the 81st session about whales.": ("whales", (81,), ""),
    "what's due from the envoy at the 81st session": ("envoy", (81,), ""),
    "which items must be reported at the eighty-second session": ("", (82,), ""),
}
OTHERS = (
    "UNMISS reporting schedule 2026",  # how often is asked
    "when is the next report on Chad due",
    "the report of 2024 on whales",
    "What did the Council decide in June 2026?",
    "review conference of 2026",
)
TEXTS = (
    (
        2801,
        2025,
        (
            "Requests the Panel of Experts on Chad to provide:\n\n"
            "(a) A mid-term update by 30 June 2026;\n\n"
            "(b) A final report, for consideration by the Council, by 31 October 2026;"
        ),
    ),
    (
        2802,
        2025,
        "Requests the Secretary-General to submit a report on Chad no later than August 31, 2026;",
    ),
    (2803, 2025, "Decides to extend until 31 October 2026 the mandate of the mission in Chad;"),
)


@pytest.fixture(scope="module")
def council(tmp_path_factory: pytest.TempPathFactory, encoder: Encoder) -> Assistant:
    return council_assistant(tmp_path_factory.mktemp("due"), TEXTS, encoder)


@pytest.mark.parametrize("question", DUE)
def test_what_is_due_is_read_in_any_order_of_words(question: str) -> None:
    query = read_request_query(question, table_names())
    assert query is not None
    assert (query.topic, query.due_sessions, query.due.in_words()) == DUE[question]


@pytest.mark.parametrize("question", OTHERS)
def test_a_date_of_something_else_makes_nothing_due(question: str) -> None:
    assert read_request_query(question, table_names()) is None


@pytest.mark.parametrize(
    ("question", "labels"),
    [
        (
            "what is due on Chad by 31 October 2026",
            {"S/RES/2801(2025) OP1(b)", "S/RES/2803(2025) OP1"},
        ),
        ("Chad reports due 31 October 2026", {"S/RES/2801(2025) OP1(b)"}),
        ("Chad reports due in August 2026", {"S/RES/2802(2025) OP1"}),
        ("June 2026 deadlines", {"S/RES/2801(2025) OP1(a)"}),
    ],
)
def test_items_and_dates_in_other_forms_are_due(
    question: str, labels: set[str], council: Assistant
) -> None:
    answer = council.ask(question)
    assert {f"{quote.symbol} {quote.label}" for quote in answer.quotes} == labels


def test_a_day_is_due_in_its_month_and_a_month_is_not_due_on_a_day() -> None:
    day, month = dates_in("by 31 October 2026 or in October 2026")
    assert is_within(day, Period.of_month(2026, 10))
    assert is_within(month, Period.of_year(2026))
    assert not is_within(month, day)
