"""Measures of given answers against known ones, on answers whose measures are worked out by hand."""

import json
from pathlib import Path
from typing import Any

import pytest

from qa.answer import Answer, Fact, Quote, Refusal, RefusalKind, Road, SameWording
from qa.errors import InputError
from qa.evaluate import Judged, Known, judge, read_questions, summary, table
from qa.resolutions.model import Kind, Source


def quote(place: str, *copies: str) -> Quote:
    symbol, label = place.split(" ")
    return Quote(
        symbol=symbol,
        title="",
        adopted=None,
        label=label,
        number=None,
        kind=Kind.OPERATIVE,
        text="Decides.",
        highlight=(),
        citation=place,
        url="",
        score=1.0,
        source=Source(file="a.txt", sha256="0" * 64),
        start=0,
        end=8,
        same_wording=tuple(
            SameWording(symbol=one.split(" ")[0], label=one.split(" ")[1], adopted=None)
            for one in copies
        ),
    )


def given(*quotes: Quote, facts: tuple[Fact, ...] = (), refused: bool = False) -> Answer:
    refusal = Refusal(kind=RefusalKind.NOT_IN_TEXTS, message="No.") if refused else None
    return Answer(
        question="q", understood="q", road=Road.SEARCH, quotes=quotes, facts=facts, refusal=refusal
    )


def known(**fields: Any) -> Known:
    record = {"id": "1", "kind": "topic", "question": "q", **fields}
    return read_questions(Path("q.jsonl"), json.dumps(record))[0]


def judged(answer: Answer, **fields: Any) -> Judged:
    return judge(known(**fields), lambda _text, _before: answer)


ADOPTED = Fact(symbol="A", field="adopted", value="2006-12-20")
ISSUED = Fact(symbol="A", field="issued", value="2007-03-08")
FACT = {"symbol": "A", "field": "adopted", "value": "2006-12-20"}


@pytest.mark.parametrize(
    ("answer", "fields", "expected"),
    [
        pytest.param(
            given(quote("A OP1")),
            {"gold": ["A OP1"]},
            {"right": 1.0, "all-gold@5": 1.0, "first": 1.0, "MRR": 1.0, "strict@1": 1.0},
            id="the one paragraph, first",
        ),
        pytest.param(
            given(quote("A OP9"), quote("A OP1")),
            {"gold": ["A OP1"]},
            {"right": 1.0, "first": 0.0, "MRR": 0.5, "strict@1": 0.0, "strict@5": 1.0},
            id="second place: half",
        ),
        pytest.param(
            given(quote("A OP1"), quote("A OP9")),
            {"gold": ["A OP1", "A OP2", "A OP3", "A OP4"]},
            {"right": 0.0, "all-gold@5": 0.25, "first": 1.0, "strict@1": 1.0},
            id="one of four",
        ),
        pytest.param(
            given(*(quote(f"A OP{at}") for at in range(9, 3, -1)), quote("A OP1")),
            {"gold": ["A OP1"]},
            {"all-gold@5": 0.0, "strict@5": 0.0, "strict@10": 1.0, "MRR": round(1 / 7, 4)},
            id="seventh place: within ten, not within five",
        ),
        pytest.param(
            given(quote("A OP9"), quote("A OP8")),
            {"gold": ["A OP1"]},
            {"right": 0.0, "all-gold@5": 0.0, "MRR": 0.0, "first": 0.0},
            id="not found",
        ),
        pytest.param(
            given(quote("A OP2"), quote("A OP1")),
            {"gold": ["A OP1"], "also": ["A OP2"]},
            {"first": 1.0, "strict@1": 0.0, "right": 1.0},
            id="an acceptable extra may come first",
        ),
        pytest.param(
            given(quote("B OP1", "A OP1")),
            {"gold": ["A OP1"], "same_wording": ["B OP1"]},
            {"strict@1": 0.0, "wording@1": 1.0, "right": 0.0},
            id="a copy counts by wording, not strictly",
        ),
        pytest.param(
            given(quote("B OP1", "A OP1")),
            {"gold": ["A OP1"]},
            {"wording@1": 1.0, "strict@1": 0.0},
            id="a quotation that names the gold one as its copy",
        ),
        pytest.param(
            given(facts=(ADOPTED, ISSUED)),
            {"facts": [FACT]},
            {"right": 1.0, "facts": 1.0, "all-gold@5": None, "MRR": None},
            id="the fact, and one more",
        ),
        pytest.param(
            given(facts=(ISSUED,)),
            {"facts": [FACT]},
            {"right": 0.0, "facts": 0.0},
            id="another fact",
        ),
        pytest.param(
            given(quote("A OP1")),
            {"gold": ["A OP1"], "facts": [FACT]},
            {"right": 0.0, "facts": 0.0, "all-gold@5": 1.0},
            id="the paragraph without the fact",
        ),
        pytest.param(given(refused=True), {"refuse": True}, {"right": 1.0}, id="rightly refused"),
        pytest.param(given(quote("A OP1")), {"refuse": True}, {"right": 0.0}, id="answered noise"),
        pytest.param(
            given(refused=True),
            {"gold": ["A OP1"]},
            {"right": 0.0, "all-gold@5": 0.0},
            id="refused it",
        ),
        pytest.param(given(), {"refuse": True}, {"right": 1.0}, id="an empty answer is a refusal"),
    ],
)
def test_measures_of_one_answer(
    answer: Answer, fields: dict[str, Any], expected: dict[str, float | None]
) -> None:
    measures = summary([judged(answer, **fields)])["all"]
    assert {name: measures[name] for name in expected} == expected


def test_measures_over_several_answers() -> None:
    group = [
        judged(given(quote("A OP1")), id="a", gold=["A OP1"]),
        judged(given(quote("A OP9"), quote("A OP1")), id="b", gold=["A OP1", "A OP2"]),
        judged(given(refused=True), id="c", gold=["A OP1"]),
        judged(given(refused=True), id="d", kind="no answer", refuse=True),
        judged(given(quote("A OP1")), id="e", kind="no answer", refuse=True),
        judged(given(facts=(ADOPTED,)), id="f", kind="dates", facts=[FACT]),
    ]
    found = summary(group)
    assert found["all"]["n"] == 6
    assert found["all"]["right"] == 0.5  # a, d, f
    assert found["all"]["all-gold@5"] == 0.5  # 1, a half, 0 of the three that name paragraphs
    assert found["all"]["MRR"] == 0.5
    assert found["all"]["first"] == round(1 / 3, 4)
    assert found["kinds"]["topic"]["n"] == 3
    assert found["kinds"]["no answer"]["right"] == 0.5
    assert found["kinds"]["dates"]["all-gold@5"] is None
    assert found["refusal"] == {
        "precision": 0.5,  # c and d were refused, d rightly
        "recall": 0.5,  # d of d and e
        "answerable": 4,
        "answerable_refused": 1,
    }
    assert found["wrong"] == ["b", "c", "e"]


def test_without_refusals_there_is_no_share_of_them() -> None:
    refusal = summary([judged(given(quote("A OP1")), gold=["A OP1"])])["refusal"]
    assert (refusal["precision"], refusal["recall"]) == (None, None)


def test_the_last_turn_is_judged_and_knows_the_one_before() -> None:
    asked: list[tuple[str, Answer | None]] = []
    first, second = given(quote("A OP9")), given(quote("A OP1"))

    def ask(text: str, before: Answer | None) -> Answer:
        asked.append((text, before))
        return first if before is None else second

    one = judge(known(turns=["one", "two"], gold=["A OP1"]), ask)
    assert asked == [("one", None), ("two", first)]
    assert one.answer is second
    assert one.is_right


def test_table_shows_every_measure() -> None:
    text = table(
        summary(
            [
                judged(given(quote("A OP1")), id="a", gold=["A OP1"]),
                judged(given(refused=True), id="b", gold=["A OP1"]),
            ]
        )
    )
    lines = text.splitlines()
    assert lines[0].split() == [
        *("kind", "n", "right", "strict@1", "strict@5", "strict@10"),
        *("wording@1", "wording@5", "wording@10", "all-gold@5", "first", "MRR", "facts"),
    ]
    half = ["0.500"] * 10
    assert lines[1].split() == ["topic", "2", *half, "–"]
    assert lines[2].split() == ["all", "2", *half, "–"]
    assert "answerable, yet refused: 1 of 2" in text
    assert "refusal: precision 0.000, recall –" in text
    assert lines[-1] == "not wholly right: b"


# Files of questions


def test_questions_are_read_with_what_is_known_of_them() -> None:
    text = (
        '{"id": "a", "kind": "k", "question": "q", "gold": ["A OP1"], "refuse": false}\n'
        "\n"
        '{"turns": ["one", "two"], "refuse": true}\n'
    )
    first, second = read_questions(Path("q.jsonl"), text)
    assert (first.id, first.kind, first.turns, first.gold) == ("a", "k", ("q",), {"A OP1"})
    assert (second.id, second.kind, second.turns, second.refuse) == (
        None,
        "question",
        ("one", "two"),
        True,
    )


@pytest.mark.parametrize(
    ("text", "says"),
    [
        pytest.param("", "holds no question", id="empty"),
        pytest.param("\n \n", "holds no question", id="blank"),
        pytest.param('{"question": "q"}\nnot JSON\n', "line 2", id="no JSON"),
        pytest.param('{"id": "1"}\n', "line 1", id="no question"),
        pytest.param('\n["q"]\n', "line 2", id="a list"),
        pytest.param('{"question": 7}\n', "line 1", id="a number"),
        pytest.param('{"turns": []}\n', "line 1", id="no turn"),
        pytest.param('{"question": "q", "facts": [{"symbol": "A"}]}\n', "line 1", id="half a fact"),
    ],
)
def test_a_file_that_holds_no_questions(text: str, says: str) -> None:
    with pytest.raises(InputError) as caught:
        read_questions(Path("q.jsonl"), text)
    assert str(caught.value).startswith("q.jsonl")
    assert says in str(caught.value)
    assert str(caught.value).endswith(".")


@pytest.mark.parametrize(
    "text",
    [
        pytest.param('{"question": "q\u2028r"}\n', id="a line separator inside a question"),
        pytest.param('{"question": "q\x85r"}\n', id="a next-line sign inside a question"),
    ],
)
def test_only_a_line_end_ends_a_line(text: str) -> None:
    assert len(read_questions(Path("q.jsonl"), text)) == 1
