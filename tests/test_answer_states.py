"""What an answer claims: it answers, the words stand here, closest, not loaded, not recorded."""

import pytest

from qa.answer import AnswerState
from qa.assistant import Assistant
from qa.render.answer_json import answer_record

STATES: dict[str, set[str | None]] = {
    "A/RES/61/181 OP1": {"not_loaded"},
    "Which Security Council resolutions of 1955 are on Korea?": {"not_loaded"},
    "What did the Assembly decide on palaces in 1955?": {"not_loaded", "closest"},
    "the 1955 resolution on palaces": {"not_loaded"},
    "recipe for lasagne": {"closest"},
    "Write me a poem": {None},
    "": {None},
}


@pytest.mark.parametrize("question", STATES)
def test_the_state_says_what_was_checked(question: str, collection_assistant: Assistant) -> None:
    answer = collection_assistant.ask(question)
    state = answer_record(answer)["state"]
    assert state in STATES[question]
    assert answer.answered is (state in {"answers", "stands_here"})


def test_the_subjects_of_the_records_are_never_refused(collection_assistant: Assistant) -> None:
    """The words of a title are key words that its paragraphs cover."""
    titles = {
        masthead.title
        for masthead in collection_assistant.corpus.resolutions
        if masthead.title and len(masthead.title.split()) <= 5
    }
    assert len(titles) > 10
    refused = [title for title in sorted(titles) if not collection_assistant.ask(title).answered]
    assert refused == []


def test_words_that_stand_here_are_not_said_to_answer(collection_assistant: Assistant) -> None:
    for masthead in collection_assistant.corpus.resolutions[:40]:
        answer = collection_assistant.ask(masthead.title[:60])
        if answer.state is AnswerState.STANDS_HERE:
            assert "hold" in answer.message
            return
    pytest.skip("every title is answered")


def test_a_period_without_texts_is_named_with_what_is_loaded(
    collection_assistant: Assistant,
) -> None:
    answer = collection_assistant.ask("What has the Council said on Korea before 1946?")
    assert answer.state is AnswerState.NOT_LOADED
    assert answer.refusal is not None
    assert "until 1945" in answer.refusal.message
    assert "are loaded" in answer.refusal.message
