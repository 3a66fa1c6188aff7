"""The first or the newest document on a topic, read from questions."""

import pytest

from qa.question.edge_query import read_edge_query


@pytest.mark.parametrize(
    ("asked", "is_newest", "topic"),
    [
        pytest.param("latest resolution on Haiti", True, "Haiti", id="on a topic"),
        pytest.param("newest Western Sahara resolution", True, "Western Sahara", id="topic before"),
        pytest.param(
            "What is the most recent one on the rights of the child?",
            True,
            "rights of child",
            id="the one on",
        ),
        pytest.param(
            "first Security Council resolution on piracy", False, "piracy", id="organ is no topic"
        ),
        pytest.param(
            "earliest resolution on women, peace and security",
            False,
            "women peace and security",
            id="commas inside a topic",
        ),
        pytest.param(
            "What does the latest resolution on Mali say about women?", True, "Mali", id="content"
        ),
        pytest.param("newest GA resolution", True, "", id="of an organ"),
        pytest.param("the last presidential statement", True, "", id="of the statements"),
    ],
)
def test_a_place_in_time_and_a_topic_are_read(asked: str, is_newest: bool, topic: str) -> None:
    query = read_edge_query(asked)
    assert query is not None
    assert (query.is_newest, query.topic) == (is_newest, topic)
    assert query.asks_content == ("say" in asked)


@pytest.mark.parametrize(
    "asked",
    [
        pytest.param("Which resolution first mentions climate change?", id="a mention"),
        pytest.param("the latest resolutions on Haiti", id="several"),
        pytest.param("What did the First Committee adopt on chemical weapons?", id="a committee"),
        pytest.param("latest resolution", id="no topic"),
        pytest.param("Who should report to the Council?", id="no place in time"),
    ],
)
def test_other_questions_are_left_alone(asked: str) -> None:
    assert read_edge_query(asked) is None
