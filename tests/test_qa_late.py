"""The second stage: words against words, counted the slow way, too."""

from dataclasses import replace

import numpy as np
import pytest

from embeddings.encoder import Encoder
from qa.assistant import Assistant
from qa.fill import context_text, embedded_text
from qa.late import beyond, closely
from qa.question import read_question
from qa.score import FIRST, LATE, Candidates, Floats


def unit_rows(*rows: list[float]) -> Floats:
    found = np.array(rows, dtype=np.float32)
    return found / np.linalg.norm(found, axis=1, keepdims=True)


def slowly(question: Floats, text: Floats, title: Floats) -> float:
    """The same as `beyond`, a word at a time."""
    total = weights = 0.0
    for word in question.tolist():
        best, told = (
            max(sum(a * b for a, b in zip(word, other, strict=True)) for other in rows)
            for rows in (text.tolist(), title.tolist())
        )
        weight = max(1e-3, min(1.0, 1 - told)) ** 2
        total += weight * best
        weights += weight
    return total / weights


EAST, NORTH, UP = [1.0, 0, 0], [0, 1.0, 0], [0, 0, 1.0]
NOTHING = np.zeros((0, 3), dtype=np.float32)


@pytest.mark.parametrize(
    ("question", "text", "title", "expected"),
    [
        pytest.param([EAST], [NORTH, EAST], [UP], 1.0, id="a word that the paragraph says"),
        pytest.param([EAST], [NORTH], [UP], 0.0, id="a word that it does not say"),
        pytest.param([EAST, NORTH], [EAST], [UP], 0.5, id="half of the words"),
        pytest.param([EAST, NORTH], [NORTH], [EAST], 1.0, id="what the title says counts little"),
        pytest.param([EAST, NORTH], [EAST], [EAST], 0.0, id="saying what the title says is little"),
        pytest.param([EAST, NORTH], [EAST], [EAST, NORTH], 0.5, id="a title that says all"),
    ],
)
def test_what_a_paragraph_says_beyond_its_title(
    question: list[list[float]],
    text: list[list[float]],
    title: list[list[float]],
    expected: float,
) -> None:
    found = beyond(unit_rows(*question), unit_rows(*text), unit_rows(*title))
    assert found == pytest.approx(expected, abs=1e-5)


def test_the_fast_comparison_is_the_slow_one() -> None:
    random = np.random.default_rng(0)
    for size in (1, 2, 7):
        question, text, title = (
            unit_rows(*random.standard_normal((count, 8)).tolist()) for count in (size, 9, 3)
        )
        assert beyond(question, text, title) == pytest.approx(slowly(question, text, title))


def test_where_there_are_no_words_nothing_is_said() -> None:
    assert beyond(NOTHING, unit_rows(EAST), unit_rows(EAST)) == 0
    assert beyond(unit_rows(EAST), NOTHING, unit_rows(EAST)) == 0
    assert beyond(unit_rows(EAST), unit_rows(EAST), NOTHING) == pytest.approx(1)


QUESTION = "Who should report on juvenile justice at the 62nd session?"


@pytest.fixture(scope="module")
def found(assistant: Assistant) -> Candidates:
    candidates = assistant.retriever.candidates(read_question(QUESTION))
    assert candidates is not None
    return candidates


def first_stage(found: Candidates) -> Candidates:
    features = {name: column for name, column in found.features.items() if name not in LATE}
    return replace(found, features=features)


def test_the_best_of_the_first_stage_are_looked_at_closely(
    assistant: Assistant, encoder: Encoder, found: Candidates, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("qa.late.CLOSELY", 5)
    corpus, before = assistant.corpus, first_stage(found)
    after = closely(corpus, encoder.tokens, before)
    best = np.lexsort((before.rows, -before.weighted(FIRST)))[:5]
    asked = (found.query.whole, found.query.texts[1])
    for name, text in zip(LATE, asked, strict=True):
        for at in best.tolist():
            passage = corpus.passages[int(found.rows[at])]
            rows = encoder.tokens([text, embedded_text(passage), context_text(passage.resolution)])
            expected = slowly(*(one.astype(np.float32) for one in rows))
            assert after.features[name][at] == pytest.approx(expected, abs=1e-4)
        others = np.delete(after.features[name], best)
        assert len(others)
        assert (others == after.features[name][best].min()).all()


def test_equal_questions_have_equal_scores(assistant: Assistant, encoder: Encoder) -> None:
    read = read_question(QUESTION)
    first, second = (assistant.retriever.candidates(read) for _ in range(2))
    assert first is not None
    assert second is not None
    np.testing.assert_array_equal(first.scores, second.scores)
    fresh = Encoder(encoder._runner, encoder.id)  # remembers nothing yet
    anew = closely(assistant.corpus, fresh.tokens, first_stage(first))
    np.testing.assert_array_equal(anew.scores, first.scores)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("courts for young offenders", "juvenile justice"),
        ("washing dirty money", "money-laundering"),
    ],
)
def test_the_paragraph_that_says_what_is_asked_says_most_beyond_its_title(
    question: str, said: str, assistant: Assistant
) -> None:
    found = assistant.retriever.candidates(read_question(question))
    assert found is not None
    for name in LATE:
        best = int(np.argmax(found.features[name]))
        assert said in assistant.corpus.passages[int(found.rows[best])].text
