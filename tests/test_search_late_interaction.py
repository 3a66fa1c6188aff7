"""Words against words, counted the slow way, too."""

import numpy as np
import pytest

from embeddings.model.encoder import Encoder
from embeddings.model.token_vectors import Codes, TokenVectors, coded
from qa.assistant import Assistant
from qa.indexing.writer import context_text, embedded_text
from qa.question.read import read_question
from qa.search.features import MAX_SIM_WITH_TITLE, TOKEN_FEATURES, WEIGHTED_MAX_SIM
from qa.search.late_interaction import TokenMatch, max_sim
from qa.search.scorer import Candidates, weighted_sum
from qa.search.weights import load_weights

WIDTH = 3
GAP = 1e-3
EAST, NORTH, UP = [1.0, 0, 0], [0, 1.0, 0], [0, 0, 1.0]
QUESTION = "Who should report on juvenile justice at the 62nd session?"


def codes(*rows: list[float], width: int = WIDTH) -> Codes:
    return coded(np.array(rows, dtype=np.float32).reshape(-1, width))


def slowly(question: Codes, text: Codes, title: Codes) -> tuple[float, float]:
    """The same as `max_sim`, a word at a time."""
    total = weights = met = 0.0
    for word in question.tolist():
        best, in_title = (
            max(
                (sum(a * b for a, b in zip(word, other, strict=True)) / 127**2 for other in rows),
                default=0.0,
            )
            for rows in (text.tolist(), title.tolist())
        )
        weight = max(GAP, min(1.0, 1 - in_title)) ** 2
        total += weight * best
        weights += weight
        met += max(best, in_title)
    return (total / weights if weights else 0.0), met / max(len(question), 1)


def of_one(question: Codes, text: Codes, title: Codes) -> TokenMatch:
    texts, titles = (TokenVectors.joined([one], one.shape[1]) for one in (text, title))
    first = np.zeros(1, dtype=np.int32)
    (found,) = max_sim([question], texts, first, titles, first, min_title_gap=GAP)
    return found


@pytest.mark.parametrize(
    ("question", "text", "title", "beyond", "met"),
    [
        pytest.param([EAST], [NORTH, EAST], [UP], 1.0, 1.0, id="a word that the paragraph says"),
        pytest.param([EAST], [NORTH], [UP], 0.0, 0.0, id="a word that it does not say"),
        pytest.param([EAST, NORTH], [EAST], [UP], 0.5, 0.5, id="half of the words"),
        pytest.param(
            [EAST, NORTH], [NORTH], [EAST], 1.0, 1.0, id="what the title says counts little"
        ),
        pytest.param(
            [EAST, NORTH], [EAST], [EAST], 0.0, 0.5, id="saying what the title says is little"
        ),
        pytest.param([EAST, NORTH], [EAST], [EAST, NORTH], 0.5, 1.0, id="a title that says all"),
        pytest.param([], [EAST], [EAST], 0.0, 0.0, id="a question without words"),
        pytest.param([EAST], [], [EAST], 0.0, 1.0, id="a paragraph without words"),
        pytest.param([EAST], [EAST], [], 1.0, 1.0, id="no title"),
    ],
)
def test_what_a_paragraph_says_beyond_its_title(
    question: list[list[float]],
    text: list[list[float]],
    title: list[list[float]],
    beyond: float,
    met: float,
) -> None:
    found = of_one(codes(*question), codes(*text), codes(*title))
    assert float(found.weighted_max_sim[0]) == pytest.approx(beyond, abs=1e-5)
    assert float(found.max_sim_with_title[0]) == pytest.approx(met, abs=1e-5)


def test_all_at_once_is_one_after_the_other() -> None:
    chance = np.random.default_rng(0)
    texts, titles = (
        [coded(chance.standard_normal((size, 8)).astype(np.float32)) for size in sizes]
        for sizes in ((9, 1, 0, 4, 7), (3, 5, 0))
    )
    questions = [coded(chance.standard_normal((size, 8)).astype(np.float32)) for size in (6, 0, 1)]
    rows = np.array([4, 0, 2, 3, 1, 4], dtype=np.int32)
    places = np.array([0, 2, 1, 1, 2, 2], dtype=np.int32)
    found = max_sim(
        questions,
        TokenVectors.joined(texts, 8),
        rows,
        TokenVectors.joined(titles, 8),
        places,
        min_title_gap=GAP,
    )
    for question, said in zip(questions, found, strict=True):
        expected = [
            slowly(question, texts[row], titles[place])
            for row, place in zip(rows.tolist(), places.tolist(), strict=True)
        ]
        np.testing.assert_allclose(np.column_stack(said), expected, atol=1e-5)


def candidates(assistant: Assistant, question: str) -> Candidates:
    found = assistant.retriever.candidates(read_question(question))
    assert found is not None
    return found


@pytest.mark.slow
def test_every_candidate_is_compared_word_by_word(assistant: Assistant, encoder: Encoder) -> None:
    corpus, found = assistant.corpus, candidates(assistant, QUESTION)
    topic, whole, _ = encoder.encodings(found.query.to_encode)
    for at, row in enumerate(found.rows.tolist()):
        passage = corpus.passages[row]
        about = context_text(corpus.texts.resolution(corpus.passages.place(row)))
        text, title = encoder.encodings([embedded_text(passage), about])
        expected, _ = slowly(whole.tokens, text.tokens, title.tokens)
        assert found.features[WEIGHTED_MAX_SIM[0]][at] == pytest.approx(expected, abs=1e-4)
        found_here = found.features[WEIGHTED_MAX_SIM[1]][at], found.features[MAX_SIM_WITH_TITLE][at]
        assert found_here == pytest.approx(
            slowly(topic.tokens, text.tokens, title.tokens), abs=1e-4
        )


def test_equal_questions_have_equal_scores(assistant: Assistant) -> None:
    first, second = (candidates(assistant, QUESTION) for _ in range(2))
    np.testing.assert_array_equal(first.scores, second.scores)


def test_without_vectors_of_tokens_the_rest_decides(
    assistant: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("qa.search.features.token_similarity", lambda *_, **__: {})
    found = candidates(assistant, QUESTION)
    assert not found.features.keys() & set(TOKEN_FEATURES)
    weights = load_weights().ranking.without_tokens
    np.testing.assert_array_equal(found.scores, weighted_sum(found.features, weights))


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
    found = candidates(assistant, question)
    for name in TOKEN_FEATURES:
        best = int(np.argmax(found.features[name]))
        assert said in assistant.corpus.passages[int(found.rows[best])].text
