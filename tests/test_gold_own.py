"""Questions of our own over the Assembly and the Council: what `operative evaluate` measures on.

Each was written by reading one paragraph of the UN's published XML (sessions 74 to 80 of the
General Assembly, Security Council 2000 to 2025) and names it, with the paragraphs of its wording.
`questions-own` are kept for measuring; from `questions-taught` the model and the rules have learned.
"""

import re
from pathlib import Path

import pytest

from qa.evaluation.evaluate import read_questions
from qa.resolutions.cite.symbols import find_symbols

GOLD = Path(__file__).parent / "gold"
OWN, TAUGHT = GOLD / "questions-own.jsonl", GOLD / "questions-taught.jsonl"


def test_no_question_that_was_learned_from_is_measured_on() -> None:
    own, taught = (read_questions(path, path.read_text(encoding="utf-8")) for path in (OWN, TAUGHT))
    places = {place for one in own for place in one.gold | one.same_wording}
    assert [one.id for one in taught if one.gold & places] == []
    assert {one.turns[-1] for one in own} & {one.turns[-1] for one in taught} == set()


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
