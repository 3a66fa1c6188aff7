"""What a document says about itself, with the printed words that state it."""

import pytest

from qa import Assistant, RefusalKind
from qa.answer import AnswerRoute

TITLE = (
    "Strengthening the United Nations Crime Prevention and Criminal Justice Programme, "
    "in particular its technical cooperation capacity"
)
Row = tuple[str, str, str]


def facts(assistant: Assistant, question: str) -> list[Row]:
    answer = assistant.ask(question)
    assert answer.refusal is None
    return [(one.symbol.removeprefix("A/RES/"), one.field, one.value) for one in answer.facts]


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        pytest.param(
            "When was 61/181 adopted?", [("61/181", "adopted", "2006-12-20")], id="adopted"
        ),
        pytest.param(
            "date of adoption of 56/123", [("56/123", "adopted", "2001-12-19")], id="noun"
        ),
        pytest.param("When was 61/181 issued?", [("61/181", "issued", "2007-03-08")], id="issued"),
        pytest.param(
            "At which plenary meeting was 56/123 adopted?",
            [("56/123", "meeting", "88th plenary meeting")],
            id="meeting",
        ),
        pytest.param(
            "Which committee report led to 61/181?",
            [("61/181", "committee", "Third Committee"), ("61/181", "report", "A/61/444")],
            id="committee and its report",
        ),
        pytest.param("agenda item of 61/181", [("61/181", "agenda_items", "98")], id="agenda item"),
        pytest.param("What is 61/181 about?", [("61/181", "title", TITLE)], id="about"),
        pytest.param("Which session is 61/181 from?", [("61/181", "session", "61")], id="session"),
        pytest.param(
            "job number of 61/181",
            [("61/181", "job_number", "N0650529E"), ("61/181", "job_number", "06-50529")],
            id="both job numbers",
        ),
        pytest.param(
            "What language is 61/181 in?", [("61/181", "language", "English")], id="language"
        ),
        pytest.param(
            "How many operative paragraphs does 56/123 have?",
            [("56/123", "operative_count", "21")],
            id="operative paragraphs",
        ),
        pytest.param(
            "How many preambular paragraphs are in 61/181?",
            [("61/181", "preambular_count", "7")],
            id="preambular paragraphs",
        ),
        pytest.param(
            "How many footnotes does 56/123 have?", [("56/123", "note_count", "3")], id="notes"
        ),
        pytest.param(
            "When were the two resolutions adopted?",
            [("56/123", "adopted", "2001-12-19"), ("61/181", "adopted", "2006-12-20")],
            id="both, the older first",
        ),
        pytest.param(
            "Which resolution falls under agenda item 98?",
            [("61/181", "agenda_items", "98")],
            id="found by its agenda item",
        ),
        pytest.param(
            "Which resolution was adopted on 19 December 2001?",
            [("56/123", "adopted", "2001-12-19")],
            id="found by its day",
        ),
        pytest.param(
            "Quand la résolution 61/181 a-t-elle été adoptée ?",
            [("61/181", "adopted", "2006-12-20")],
            id="asked in French",
        ),
        pytest.param(
            "¿Cuándo se aprobó la resolución 56/123?",
            [("56/123", "adopted", "2001-12-19")],
            id="asked in Spanish",
        ),
    ],
)
def test_fact(question: str, expected: list[Row], assistant: Assistant) -> None:
    assert facts(assistant, question) == expected
    assert assistant.ask(question).road is AnswerRoute.FACTS


@pytest.mark.parametrize(
    ("question", "printed"),
    [
        pytest.param(
            "When was 61/181 adopted?",
            "Resolution adopted by the General Assembly on 20 December 2006",
            id="adopted, in the header",
        ),
        pytest.param(
            "When was 56/123 adopted?", "19 December 2001", id="adopted, below the meeting"
        ),
        pytest.param("When was 61/181 issued?", "8 March 2007", id="issued"),
        pytest.param("At which meeting was 61/181 adopted?", "82nd plenary meeting", id="meeting"),
        pytest.param(
            "What committee did 61/181 come from?",
            "[on the report of the Third Committee (A/61/444)]",
            id="committee",
        ),
        pytest.param("agenda item of 56/123", "110", id="agenda item"),
        pytest.param("What is the title of 56/123?", TITLE, id="title"),
        pytest.param(
            "How many operative paragraphs does 61/181 have?", None, id="a count is printed nowhere"
        ),
    ],
)
def test_the_words_that_state_it(question: str, printed: str | None, assistant: Assistant) -> None:
    (fact,) = assistant.ask(question).facts
    assert fact.printed == printed


@pytest.mark.parametrize(
    ("question", "verdict"),
    [
        pytest.param("61/181 was adopted on 20 December 2006, right?", "Yes", id="true"),
        pytest.param("Was 61/181 adopted in 2006?", "Yes", id="true, the year"),
        pytest.param("61/181 was adopted on 8 March 2007, right?", "No|issued", id="day of issue"),
        pytest.param("Was 61/181 adopted in 2007?", "No|issued", id="year of issue"),
        pytest.param(
            "Was 56/123 adopted on 23 January 2002?", "No|issued", id="day of issue, other"
        ),
        pytest.param("Was 61/181 adopted on 19 December 2001?", "No", id="day of another text"),
        pytest.param("When was 61/181 adopted?", "", id="nothing is taken for granted"),
    ],
)
def test_what_a_question_takes_for_granted(
    question: str, verdict: str, assistant: Assistant
) -> None:
    answer = assistant.ask(question)
    symbol = "A/RES/56/123" if "56/123" in question else "A/RES/61/181"
    assert [one.symbol for one in answer.facts] == [symbol]
    opens, _, deed = verdict.partition("|")
    assert answer.message.startswith(f"{opens}:") if opens else answer.message == ""
    assert (
        (f"on which it was {deed}" in answer.message) if deed else "on which" not in answer.message
    )


def test_a_day_of_issue_taken_for_granted(assistant: Assistant) -> None:
    answer = assistant.ask("Was 61/181 issued on 20 December 2006?")
    assert [(one.field, one.value) for one in answer.facts] == [("issued", "2007-03-08")]
    assert answer.message.startswith("No:")


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        pytest.param(
            "Which resolution is under agenda item 99?", RefusalKind.NOT_IN_TEXTS, id="item"
        ),
        pytest.param(
            "Which resolution was adopted on 1 January 2001?", RefusalKind.NOT_IN_TEXTS, id="day"
        ),
        pytest.param("When was 60/175 adopted?", RefusalKind.NOT_LOADED, id="not loaded"),
    ],
)
def test_a_fact_that_no_loaded_text_states(
    question: str, kind: RefusalKind, assistant: Assistant
) -> None:
    refusal = assistant.ask(question).refusal
    assert refusal is not None
    assert refusal.kind is kind


def test_a_day_without_a_resolution_is_told_in_words(assistant: Assistant) -> None:
    refusal = assistant.ask("Which resolution was adopted on 1 January 2001?").refusal
    assert refusal is not None
    assert "1 January 2001" in refusal.message
    assert "under adopted" not in refusal.message


NO = "No: the document of A/RES/61/181 gives another date."
YES = "Yes: that is what the document of A/RES/61/181 says."


@pytest.mark.parametrize(
    ("claim", "verdict"),
    [  # it was adopted on 20 December 2006
        ("in November 2006", NO),
        ("on 5 Dec 2006", NO),
        ("on 05.12.2006", NO),
        ("on Dec. 5, 2006", NO),
        ("on 2006-12-05", NO),
        ("in 2005", NO),
        ("in late 2005", NO),
        ("on 31 February 2006", NO),
        ("on 8 March 2007", f"{NO} The date in the question is that on which it was issued."),
        pytest.param("in late 2006", "", id="how late is not known"),
        pytest.param("in early 2006", "", id="how early is not known"),
        pytest.param("in 2006, on the fifth day of Dec", "", id="a day that was not understood"),
        ("in 2006", YES),
        ("in December 2006", YES),
        ("in Dec. 2006", YES),
        ("on 20 Dec 2006", YES),
        ("on 20.12.2006", YES),
        ("on 12/20/2006", YES),
    ],
)
def test_a_date_is_confirmed_only_as_exactly_as_it_was_understood(
    claim: str, verdict: str, assistant: Assistant
) -> None:
    answer = assistant.ask(f"Was 61/181 adopted {claim}?")
    assert answer.message == verdict
    assert [(fact.field, fact.value) for fact in answer.facts] == [("adopted", "2006-12-20")]


def test_a_date_that_can_be_read_in_two_ways_is_not_confirmed(assistant: Assistant) -> None:
    answer = assistant.ask("Was 61/181 issued on 08/03/2007?")
    assert (
        answer.message == "The date in the question can be read as 8 March 2007 or 3 August 2007."
    )
    assert [fact.value for fact in answer.facts] == ["2007-03-08"]
