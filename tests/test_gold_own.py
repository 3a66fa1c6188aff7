"""Questions of our own over the Assembly and the Council: what `operative evaluate` measures on.

Each was written by reading one paragraph of the UN's published XML (sessions 74 to 80 of the
General Assembly, Security Council 2000 to 2025) and names it, with the paragraphs of its wording.
`questions-own` are kept for measuring; from `questions-taught` the model and the rules have learned.
On each run the questions of `questions-own` are asked whose answer is in the fixture collection, and
all that have no answer in the full collections: these have none in a part of them, either.
"""

import re
from pathlib import Path

import pytest

from qa.assistant import Assistant
from qa.evaluation.evaluate import judge, read_questions, summary
from qa.resolutions.cite.symbols import find_symbols

GOLD = Path(__file__).parent / "gold"
OWN, TAUGHT = GOLD / "questions-own.jsonl", GOLD / "questions-taught.jsonl"
MEASURED = GOLD / "questions-measured.jsonl"  # for measuring only: README states the figures
# Measured: 0.963 (52 of 54), 0.796 (43), 2 of 54, and 0.694 (50 of 72).
LEAST_RIGHT_AMONG_FIVE = 0.92
LEAST_RIGHT_FIRST = 0.75
MOST_FALSE_REFUSALS = 4
LEAST_REFUSAL_RECALL = 0.66


def test_no_question_that_was_learned_from_is_measured_on() -> None:
    own, taught = (read_questions(path, path.read_text(encoding="utf-8")) for path in (OWN, TAUGHT))
    places = {place for one in own for place in one.gold | one.same_wording}
    assert [one.id for one in taught if one.gold & places] == []
    assert {one.turns[-1] for one in own} & {one.turns[-1] for one in taught} == set()


def test_no_question_that_is_only_measured_was_ever_learned_from() -> None:
    measured, own, taught = (
        {known.turns[-1].casefold() for known in read_questions(path, path.read_text("utf-8"))}
        for path in (MEASURED, OWN, TAUGHT)
    )
    assert len(measured) == 150
    assert measured & (own | taught) == set()


@pytest.mark.parametrize("path", [OWN, TAUGHT], ids=lambda path: path.stem)
def test_every_question_names_what_answers_it_or_is_to_be_declined(path: Path) -> None:
    known = read_questions(path, path.read_text(encoding="utf-8"))
    assert len({one.id for one in known}) == len(known)
    assert [one.id for one in known if one.refuse is bool(one.gold)] == []
    places = {place for one in known for place in one.gold | one.same_wording}
    for place in places:
        symbol, _, label = place.partition(" ")
        assert [one.symbol for one in find_symbols(symbol)] == [symbol]
        assert re.search(r"OP\d+(?:\([a-z]+\))*(?:\(end\))?(?: \[\d+\])?$", label), place


def test_quality_over_the_fixture_collection_stays_above_its_floors(
    collection_assistant: Assistant,
) -> None:
    loaded = {masthead.symbol for masthead in collection_assistant.corpus.resolutions}
    questions = [
        question
        for question in read_questions(OWN, OWN.read_text(encoding="utf-8"))
        if question.refuse or {place.partition(" ")[0] for place in question.gold} <= loaded
    ]
    measured = summary(
        [
            judge(
                question,
                lambda text, before: collection_assistant.ask(text, previous=before, top=10),
            )
            for question in questions
        ]
    )
    everything, refusal = measured["all"], measured["refusal"]
    figures = (
        f"of {refusal['answerable']} answerable questions: "
        f"right among five {everything['wording@5']} (at least {LEAST_RIGHT_AMONG_FIVE}), "
        f"first {everything['first']} (at least {LEAST_RIGHT_FIRST}), "
        f"refused {refusal['answerable_refused']} (at most {MOST_FALSE_REFUSALS}); "
        f"refusal recall {refusal['recall']:.3f} (at least {LEAST_REFUSAL_RECALL}); "
        f"not right: {', '.join(map(str, measured['wrong']))}"
    )
    assert refusal["answerable"] >= 50, figures
    assert everything["wording@5"] >= LEAST_RIGHT_AMONG_FIVE, figures
    assert everything["first"] >= LEAST_RIGHT_FIRST, figures
    assert refusal["answerable_refused"] <= MOST_FALSE_REFUSALS, figures
    assert refusal["recall"] >= LEAST_REFUSAL_RECALL, figures
