"""Years and sessions told from today's: today is where the loaded texts end."""

import pytest

from qa.assistant import Assistant
from qa.question.relative_dates import resolve_relative_dates


@pytest.mark.parametrize(
    ("asked", "put"),
    [  # the newest text of data/ is of 2006, and of the sixty-first session
        pytest.param("adopted last year", "adopted in 2005", id="last year"),
        pytest.param("What was decided this year?", "What was decided in 2006?", id="this year"),
        pytest.param("in the past year", "in 2005", id="its preposition goes with it"),
        pytest.param("since last year", "since 2005", id="since"),
        pytest.param("the year before last", "in 2004", id="the year before last"),
        pytest.param("last year's resolution", "the 2005 resolution", id="possessive"),
        pytest.param("over the last three years", "in 2004, 2005 or 2006", id="three years"),
        pytest.param("in the last 2 years", "in 2005 or 2006", id="in digits"),
        pytest.param("at the last session", "at the sixtieth session", id="last session"),
        pytest.param("at this session", "at the sixty-first session", id="this session"),
        pytest.param(
            "at the last session of the Assembly",
            "at the sixtieth session of the Assembly",
            id="of the Assembly",
        ),
        pytest.param(
            "the last session of the Commission",
            "the last session of the Commission",
            id="another body's session",
        ),
        pytest.param("every year", "every year", id="no year of its own"),
        pytest.param("the last resolution", "the last resolution", id="no year at all"),
    ],
)
def test_today_is_where_the_texts_end(asked: str, put: str, assistant: Assistant) -> None:
    assert resolve_relative_dates(asked, assistant.corpus.resolutions) == put


def test_the_reader_is_told_how_it_was_taken(assistant: Assistant) -> None:
    answer = assistant.ask("What was said about corruption this year?")
    assert answer.understood == "What was said about corruption in 2006?"
    assert {one.symbol for one in answer.quotes[:1]} == {"A/RES/61/181"}
