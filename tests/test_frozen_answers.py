"""Answers stay as they were frozen: a part of the questions on each run.

`python -m benchmarks.frozen_answers` asks all of them. Answers by rule (look-ups, facts, counts and
refusals that no score decides) must be equal to the letter. Scores of a search may differ in their
third digit on a processor that rounds differently, so a few answers from search may differ.
"""

from typing import Any

import pytest

from benchmarks.frozen_answers import answered, differences, freeze, read_frozen
from qa.answer import AnswerRoute, RefusalKind
from qa.assistant import Assistant

EVERY = 16  # 435 of 6,956 questions over each collection: about 20 s together
SHARE_FROM_SEARCH = 0.01  # of the answers asked for, that may differ
ROUTES_BY_RULE = {AnswerRoute.LOOK_UP.value, AnswerRoute.FACTS.value}
REFUSED_BY_SEARCH = RefusalKind.NOT_IN_TEXTS.value


def is_by_rule(frozen: dict[str, Any]) -> bool:
    """Whether no score has a part in an answer."""
    refused = frozen["refusal"] is not None and frozen["refusal"] != REFUSED_BY_SEARCH
    return refused or frozen["road"] in ROUTES_BY_RULE


@pytest.mark.slow
@pytest.mark.parametrize(
    "name", ["seeds", pytest.param("collection", marks=pytest.mark.xdist_group("collection"))]
)
def test_answers_are_those_that_were_frozen(name: str, request: pytest.FixtureRequest) -> None:
    fixture = {"seeds": "assistant", "collection": "collection_assistant"}[name]
    assistant: Assistant = request.getfixturevalue(fixture)
    if request.config.getoption("--update-golden"):
        freeze(name, assistant)
    asked = list(read_frozen(name))[::EVERY]
    by_rule: list[str] = []
    from_search: list[str] = []
    for frozen in asked:
        if changed := differences(frozen, answered(assistant, frozen["turns"])):
            message = "\n".join([" | ".join(frozen["turns"]), *changed])
            (by_rule if is_by_rule(frozen) else from_search).append(message)
    assert not by_rule, "\n".join([f"{len(by_rule)} answers by rule differ:", *by_rule])
    assert len(from_search) <= SHARE_FROM_SEARCH * len(asked), "\n".join(
        [f"{len(from_search)} of {len(asked)} answers, from search, differ:", *from_search]
    )
