"""A turn that can be meant in several ways is answered in the way that its words and texts favour."""

import pytest
from conversations import cited, talk

from qa import Assistant
from qa.answering.turn_choice import EVIDENCE
from qa.answering.turn_weights import load_turn_weights
from qa.question.turn_reading import TURN_MEASURES, ReadingKind


@pytest.mark.parametrize(
    ("turns", "first"),
    [
        pytest.param(
            ["61/181 OP6", "Who should report at the 56th session?"], "56/123", id="new topic"
        ),
        pytest.param(
            ["What does 56/123 say about gender?", "and about corruption?"],
            "56/123",
            id="of the document spoken of",
        ),
    ],
)
def test_a_turn_goes_on_or_begins_a_topic(
    turns: list[str], first: str, assistant: Assistant
) -> None:
    assert cited(talk(assistant, *turns))[0].startswith(first)


def test_the_weights_name_every_reading_and_what_speaks_for_it() -> None:
    weights = load_turn_weights()
    kinds = {kind.value for kind in ReadingKind}
    assert set(weights.kinds) == set(weights.turn) == set(weights.evidence_of) == kinds
    assert set(weights.evidence) == set(EVIDENCE)
    assert all(set(named) == set(TURN_MEASURES) for named in weights.turn.values())


def test_a_paragraph_that_another_reading_finds_too_speaks_for_a_reading() -> None:
    assert load_turn_weights().evidence["is_found_by_another"] > 0
