"""Measures of given answers against known ones, on answers whose measures are worked out by hand."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from qa.answer import Answer, AnswerRoute, Fact, Quote, Refusal, RefusalKind, SameWording
from qa.errors import InputError
from qa.evaluation.compare import (
    BOOTSTRAP_SAMPLES,
    compare_runs,
    comparison_table,
    confidence_interval,
    read_run,
)
from qa.evaluation.evaluate import GoldQuestion, ScoredAnswer, judge, read_questions, summary, table
from qa.resolutions.model import Kind, Source


def quote(place: str, *copies: str) -> Quote:
    symbol, label = place.split(" ", 1)
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
            SameWording(symbol=one.split(" ", 1)[0], label=one.split(" ", 1)[1], adopted=None)
            for one in copies
        ),
    )


def given(*quotes: Quote, facts: tuple[Fact, ...] = (), refused: bool = False) -> Answer:
    refusal = Refusal(kind=RefusalKind.NOT_IN_TEXTS, message="No.") if refused else None
    return Answer(
        question="q",
        understood="q",
        road=AnswerRoute.SEARCH,
        quotes=quotes,
        facts=facts,
        refusal=refusal,
    )


def known(**fields: Any) -> GoldQuestion:
    record = {"id": "1", "kind": "topic", "question": "q", **fields}
    return read_questions(Path("q.jsonl"), json.dumps(record))[0]


def judged(answer: Answer, **fields: Any) -> ScoredAnswer:
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
            {
                "right": 1.0,
                "first": 0.0,
                "MRR": 0.5,
                "strict@1": 0.0,
                "strict@5": 1.0,
                "nDCG@10": 0.6309,  # 1 / log2(3)
            },
            id="second place: half",
        ),
        pytest.param(
            given(quote("A OP1"), quote("A OP9")),
            {"gold": ["A OP1", "A OP2", "A OP3", "A OP4"]},
            {
                "right": 0.0,
                "all-gold@5": 0.25,
                "first": 1.0,
                "strict@1": 1.0,
                "nDCG@10": 0.3904,  # 1 of 1 + 1 / log2(3) + 1 / log2(4) + 1 / log2(5)
            },
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
            given(quote("A sect. I OP3"), quote("A sect. II OP3")),
            {"gold": ["A OP3"]},
            {"right": 1.0, "all-gold@5": 1.0, "strict@1": 1.0, "first": 1.0},
            id="a place without its section is that of any",
        ),
        pytest.param(
            given(quote("A sect. I OP3")),
            {"gold": ["A sect. II OP3"]},
            {"right": 0.0, "strict@1": 0.0},
            id="a place with its section is no other",
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
        *("wording@1", "wording@5", "wording@10", "all-gold@5", "first", "MRR"),
        *("nDCG@10", "facts"),
    ]
    half = ["0.500"] * 11
    assert lines[1].split() == ["topic", "2", *half, "–"]
    assert lines[2].split() == ["all", "2", *half, "–"]
    assert "false refusals: 1 of 2" in text
    assert "refusal: precision 0.000, recall –" in text
    assert lines[-1] == "incorrect: b"


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        pytest.param(["Decides to meet each year."] * 5, 1, id="one wording five times"),
        pytest.param(
            [f"Decides to meet at its {name} session in full." for name in ("sixth", "seventh")]
            + ["Urges all States to report.", "Urges all States to act.", "Calls upon the Office."],
            4,
            id="names of sessions make no wording",
        ),
        pytest.param(["Decides to meet each year."], None, id="fewer than five say nothing"),
    ],
)
def test_distinct_wordings_among_the_first_five(texts: list[str], expected: int | None) -> None:
    quotes = [
        replace(quote(f"A OP{number}"), text=text) for number, text in enumerate(texts, start=1)
    ]
    measures = summary([judged(given(*quotes), gold=["A OP1"])])["all"]
    assert measures["wordings@5"] == expected


def test_intervals_hold_the_mean_and_narrow_with_more_questions() -> None:
    few, many = ([judged_at(rank) for rank in (1, 2) for _ in range(n)] for n in (4, 100))
    narrow, wide = summary(many)["intervals"]["strict@1"], summary(few)["intervals"]["strict@1"]
    assert wide[0] <= narrow[0] < 0.5 < narrow[1] <= wide[1]
    assert summary(many)["intervals"] == summary(many)["intervals"]


def test_interval_is_that_of_every_sample_drawn_one_by_one() -> None:
    values = [0.0, 1.0, 1.0, 0.5]
    drawn = np.random.default_rng(0).integers(0, 4, size=(BOOTSTRAP_SAMPLES, 4))
    means = sorted(sum(values[at] for at in row) / 4 for row in drawn)
    low, high = confidence_interval(values)
    assert abs(low - means[int(0.025 * BOOTSTRAP_SAMPLES)]) <= 0.125  # one step of the mean
    assert abs(high - means[int(0.975 * BOOTSTRAP_SAMPLES)]) <= 0.125


# Two runs


def judged_at(rank: int | None, name: str = "1") -> ScoredAnswer:
    """A question whose gold quotation stands at a place; None: nowhere."""
    others = [quote(f"A OP{at}") for at in range(20, 20 + (rank or 6) - 1)]
    found = [quote("A OP1")] if rank else []
    return judged(given(*others, *found), id=name, gold=["A OP1"])


def test_what_differs_between_two_runs() -> None:
    before = summary(
        [judged_at(1, "a"), judged_at(3, "b"), judged_at(None, "c"), judged_at(2, "d")]
    )
    now = summary([judged_at(1, "a"), judged_at(1, "b"), judged_at(4, "c"), judged_at(7, "d")])
    difference = compare_runs(before, now)
    assert difference["better"] == ["b", "c"]
    assert difference["worse"] == ["d"]
    assert difference["measures"]["strict@1"]["before"] == 0.25
    assert difference["measures"]["strict@1"]["now"] == 0.5
    low, high = difference["measures"]["strict@1"]["interval"]
    assert low <= 0.25 <= high
    text = comparison_table(difference)
    assert "better (2): b, c" in text
    assert "worse (1): d" in text


def test_a_run_compared_with_itself_differs_in_nothing() -> None:
    run = summary([judged_at(1, "a"), judged_at(None, "b")])
    difference = compare_runs(run, read_run(Path("run.json"), json.dumps(run)))
    assert (difference["better"], difference["worse"]) == ([], [])
    assert {row["interval"] for row in difference["measures"].values()} == {(0.0, 0.0)}


@pytest.mark.parametrize(
    ("text", "says"),
    [
        pytest.param("{", "is not a run", id="no JSON"),
        pytest.param("[]", "is not a run", id="a list"),
        pytest.param('{"all": {}}', "is not a run", id="measures without questions"),
        pytest.param('{"questions": []}', "contains no questions", id="no question"),
    ],
)
def test_a_file_that_is_no_run(text: str, says: str) -> None:
    with pytest.raises(InputError, match=says):
        read_run(Path("run.json"), text)


def test_runs_over_other_questions_are_not_compared() -> None:
    with pytest.raises(InputError, match="share no question"):
        compare_runs(summary([judged_at(1, "a")]), summary([judged_at(1, "b")]))


# Files of questions


def test_questions_are_read_with_what_is_known_of_them() -> None:
    text = (
        '{"id": "a", "kind": "k", "question": "q", "gold": ["A OP1"], "refuse": false}\n'
        "\n"
        '{"turns": ["one", "two"], "refuse": true}\n'
    )
    first, second = read_questions(Path("q.jsonl"), text)
    assert (first.id, first.kind, first.turns) == ("a", "k", ("q",))
    assert first.gold == {"A OP1"}
    assert (second.id, second.kind, second.turns, second.refuse) == (
        None,
        "question",
        ("one", "two"),
        True,
    )


@pytest.mark.parametrize(
    ("text", "says"),
    [
        pytest.param("", "contains no questions", id="empty"),
        pytest.param("\n \n", "contains no questions", id="blank"),
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
