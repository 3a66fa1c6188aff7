"""Questions of our own over the Assembly and the Council: what `operative evaluate` measures on.

Each was written by reading one paragraph of the UN's published XML (sessions 74 to 80 of the
General Assembly, Security Council 2000 to 2025) and names it, with the paragraphs of its wording.
"""

import re
from pathlib import Path

from qa.evaluate import read_questions
from qa.resolutions.cite.symbols import find_symbols

QUESTIONS = Path(__file__).parent / "gold" / "questions-own.jsonl"


def test_every_question_names_what_answers_it_or_is_to_be_declined() -> None:
    known = read_questions(QUESTIONS, QUESTIONS.read_text(encoding="utf-8"))
    assert len({one.id for one in known}) == len(known)
    assert [one.id for one in known if one.refuse is bool(one.gold)] == []
    places = {place for one in known for place in one.gold | one.same_wording}
    for place in places:
        symbol, _, label = place.partition(" ")
        assert [one.symbol for one in find_symbols(symbol)] == [symbol]
        assert re.search(r"OP\d+(?:\([a-z]+\))*(?:\(end\))?(?: \[\d+\])?$", label), place
