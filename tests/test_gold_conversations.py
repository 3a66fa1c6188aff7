"""Conversations of our own: what a follow-up has to be understood as, and what answers it.

They are in the form of gold/conversations, one turn a line with those before it. From
`conversations-taught` the choice among the readings of a turn has learned; those of
`conversations-measured` are kept for measuring. Half of both change their topic in turns that look
like follow-ups, or go on in turns that look like whole questions.
"""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from qa.resolutions.cite.symbols import find_symbols

GOLD = Path(__file__).parent / "gold"
NAMES = ("conversations-taught", "conversations-measured")
_ANSWERED = ("gold", "gold_set", "gold_from", "match", "value", "smalltalk")


def turns_of(name: str) -> list[dict[str, Any]]:
    lines = (GOLD / f"{name}.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line) for line in lines]


def test_no_conversation_that_is_measured_on_was_learned_from() -> None:
    taught, measured = (turns_of(name) for name in NAMES)
    assert {turn["conversation"] for turn in taught}.isdisjoint(
        turn["conversation"] for turn in measured
    )
    assert len({turn["conversation"] for turn in measured}) == 8
    assert len(taught) + len(measured) > 150


@pytest.mark.parametrize("name", NAMES)
def test_every_turn_names_what_it_means_and_what_answers_it(name: str) -> None:
    for turn in turns_of(name):
        assert len(turn["turns"]) == turn["turn"]
        assert turn["must_understand"]
        assert turn["refuse"] or any(turn.get(key) for key in _ANSWERED), turn["id"]
        for place in turn["gold"]:
            symbol, _, label = place.partition(" ")
            if not place.endswith("*"):
                assert re.match(r"(?:OP|PP|annex )", label), place
                assert [match.symbol for match in find_symbols(symbol)] == [symbol]
