"""Questions in several steps, as they are read."""

import pytest

from qa.question.step_query import StepKind, read_step_query


@pytest.mark.parametrize(
    ("asked", "kind", "about"),
    [
        pytest.param(
            "Which resolution closed UNMOVIC?", StepKind.ENDING, "UNMOVIC", id="what ended it"
        ),
        pytest.param(
            "the resolution that created UNISFA: how long was its first mandate?",
            StepKind.BEGINNING,
            "UNISFA",
            id="what follows a colon is no part of the name",
        ),
        pytest.param(
            "When was the Peacebuilding Commission created?",
            StepKind.BEGINNING,
            "Peacebuilding Commission",
            id="passive",
        ),
        pytest.param(
            "which text imposed the coal export ban?",
            StepKind.BEGINNING,
            "coal export ban",
            id="measures",
        ),
    ],
)
def test_an_event_is_read(asked: str, kind: StepKind, about: str) -> None:
    query = read_step_query(asked, names_document=False)
    assert query is not None
    assert (query.kind, query.about) == (kind, about)


@pytest.mark.parametrize(
    ("asked", "kind"),
    [
        pytest.param("Which renewal came just before S/RES/2820?", StepKind.BEFORE, id="before"),
        pytest.param("which extension followed S/RES/2779?", StepKind.AFTER, id="after"),
        pytest.param("the resolutions that 2231 terminated", StepKind.ENDED_BY, id="terminated"),
        pytest.param(
            "What does the paragraph cited in OP18 of 2821 say?", StepKind.CITED_BY, id="cited"
        ),
    ],
)
def test_a_step_from_a_document_is_read(asked: str, kind: StepKind) -> None:
    query = read_step_query(asked, names_document=True)
    assert query is not None
    assert query.kind is kind


@pytest.mark.parametrize(
    "asked",
    [
        pytest.param("Who should report at the 62nd session?", id="an ordinary question"),
        pytest.param("What does 61/181 say about corruption?", id="a document"),
    ],
)
def test_other_questions_have_no_steps(asked: str) -> None:
    assert read_step_query(asked, names_document="61/181" in asked) is None
