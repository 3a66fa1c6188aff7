"""What mentions a thing, found fast: the same as by taking every text apart."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from embeddings import text_analysis as analysis
from embeddings.search.bm25 import Bm25Index
from qa.answering.phrase_match import Mentions, PhraseMatcher, rows_mentioning
from qa.assistant import Assistant

TEXTS = (
    "Human rights of all humans; the rights of every human being.",
    "human-rights-based, right's, states’ rights and Human (rights)",
    "2030 Agenda in the year of women, peace and security: WOMEN in peace",
)
WORDS = Bm25Index.build(TEXTS)
PIECES = st.sampled_from(
    [
        *("human", "Humans", "rights", "right", "RIGHTS", "women", "peace", "2030", "agenda"),
        *("in", "of", "the", "and", " ", " ", " ", "-", "’", "'", ", ", "; ", ". ", "(", ")"),
        *("\n", "“", "”", "_", "é", "\u0301", "\u00ad", "\u2011", "/", "1"),
    ]
)


def by_hand(form: str, text: str) -> bool:
    wanted, terms = analysis.terms(form), analysis.terms(text)
    return bool(wanted) and f" {' '.join(wanted)} " in f" {' '.join(terms)} "


@given(
    form=st.sampled_from(
        ["human rights", "human", "rights of women", "2030 agenda", "women in peace", "the", "x"]
    ),
    text=st.lists(PIECES, max_size=12).map("".join),
)
def test_a_form_stands_where_its_terms_follow_each_other(form: str, text: str) -> None:
    assert PhraseMatcher(WORDS, form).occurs_in(text) is by_hand(form, text)


@pytest.mark.parametrize(
    ("form", "text", "expected"),
    [
        pytest.param("AI", "the use of AI", True, id="a short name as printed"),
        pytest.param("AI", "ai ai ai", False, id="not in small letters"),
        pytest.param("AI", "AIDS", False, id="not inside a name"),
        pytest.param("human right", "Human, rights", True, id="any English form, marks aside"),
        pytest.param("human rights", "human-rights-based", True, id="parts of a compound"),
        pytest.param("rights human", "human rights", False, id="in order"),
    ],
)
def test_a_form_is_met(form: str, text: str, expected: bool) -> None:
    assert PhraseMatcher(WORDS, form).occurs_in(text) is expected


def test_the_words_of_passages_are_read_alone_as_with_all_the_rest(assistant: Assistant) -> None:
    corpus = assistant.corpus
    for place in range(len(corpus.resolutions)):
        texts = [one.text for one in corpus.passages.of(place)]
        assert corpus.texts.passage_texts(place) == texts


def test_only_allowed_passages_are_read(assistant: Assistant) -> None:
    corpus = assistant.corpus
    form = PhraseMatcher(corpus.words, "corruption")
    everywhere = rows_mentioning(corpus, [form], corpus.columns.rows["words"] > 0)
    allowed = corpus.columns.rows["words"] > 0
    allowed[everywhere[::2]] = False
    assert rows_mentioning(corpus, [form], allowed) == everywhere[1::2]


def test_mentions_keep_their_order_and_know_the_first_of_each(assistant: Assistant) -> None:
    corpus = assistant.corpus
    rows = [5, 3, len(corpus.passages) - 1, 4]
    found = Mentions(corpus, rows)
    assert [one.row for one in found] == rows
    assert [one.row for one in found[1:3]] == rows[1:3]
    symbols = [one.symbol for one in corpus.resolutions]
    assert [one.row for one in found.first_of(symbols)] == [5, len(corpus.passages) - 1]
    assert [found.are_in(one) for one in corpus.resolutions] == [True, True]
