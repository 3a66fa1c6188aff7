"""Which passages come near a question, and what speaks for each: against slow ways to find it."""

import re
from datetime import date

import numpy as np
import pytest

from qa.assistant import Assistant
from qa.corpus.formulas import Formula
from qa.corpus.passage_table import KINDS
from qa.corpus.resolution_features import ResolutionFeatures
from qa.question.read import read_question
from qa.question.topic import request_of
from qa.resolutions.model import Kind
from qa.search.features import RANKING_FEATURES, asked_formulas, bm25_share
from qa.search.filters import Filters
from qa.search.scorer import CANDIDATES, Candidates, weighted_sum
from qa.search.weights import load_weights


def found_for(assistant: Assistant, question: str) -> Candidates:
    found = assistant.retriever.candidates(read_question(question))
    assert found is not None
    return found


@pytest.fixture(scope="module")
def signals(assistant: Assistant) -> ResolutionFeatures:
    return ResolutionFeatures(assistant.corpus)


def test_the_score_is_the_weighted_sum_of_all_features(assistant: Assistant) -> None:
    found = found_for(assistant, "Who should report at the 62nd session in 2006?")
    weights = load_weights().ranking.with_tokens
    assert set(found.features) == set(RANKING_FEATURES)
    formulas = assistant.corpus.columns.rows["formula"][found.rows]
    for at in np.flatnonzero(formulas == Formula.NONE).tolist():
        total = sum(weight * float(found.features[name][at]) for name, weight in weights.items())
        assert found.scores[at] == pytest.approx(total, abs=1e-3)


def test_a_small_corpus_is_looked_at_whole(assistant: Assistant) -> None:
    found = found_for(assistant, "juvenile justice")
    assert len(assistant.corpus.passages) < CANDIDATES
    assert found.rows.tolist() == [one.row for one in assistant.corpus.passages]


def test_the_candidates_are_the_best_of_the_rough_score(
    assistant: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = assistant.retrieve("juvenile justice", k=3)
    monkeypatch.setattr("qa.search.scorer.CANDIDATES", 30)
    few = found_for(assistant, "juvenile justice")
    assert len(few.rows) == 30
    assert few.rows.tolist() == sorted(few.rows.tolist())
    assert [one.label for one in assistant.retrieve("juvenile justice", k=3)] == [
        one.label for one in whole
    ]


@pytest.mark.parametrize(
    ("question", "feature", "symbols"),
    [
        pytest.param("crime in 2001", "year", {"A/RES/56/123"}, id="year"),
        pytest.param("crime in December 2006", "month", {"A/RES/61/181"}, id="month"),
        pytest.param("crime in December", "month", set(), id="a month without its year"),
        pytest.param("crime at the 56th session", "session", {"A/RES/56/123"}, id="session"),
        pytest.param(
            "crime at the sixty-first session", "session", {"A/RES/61/181"}, id="in words"
        ),
        pytest.param(
            "What happens in 2002 about crime?",
            "year_before",
            {"A/RES/56/123"},
            id="the year before",
        ),
        pytest.param("the Security Council on crime", "body", set(), id="another body"),
        pytest.param(
            "the Assembly on crime", "body", {"A/RES/56/123", "A/RES/61/181"}, id="the body"
        ),
    ],
)
def test_when_and_by_whom_speaks_for_resolutions(
    question: str, feature: str, symbols: set[str], assistant: Assistant
) -> None:
    found = found_for(assistant, question)
    passages = assistant.corpus.passages
    held = {
        passages[row].symbol
        for row, value in zip(found.rows.tolist(), found.features[feature], strict=True)
        if value == 1
    }
    assert held == symbols


@pytest.mark.parametrize(
    ("question", "feature", "labels"),
    [
        pytest.param(
            "Who reports at the 62nd session?",
            "session_due",
            {"A/RES/61/181 OP9"},
            id="decided at the session before",
        ),
        pytest.param(
            "Who reports at the 61st session?", "session_due", set(), id="not at the same"
        ),
        pytest.param(
            "What took place in December 2000?",
            "year_due",
            set(),
            id="a year in which nothing was due",
        ),
    ],
)
def test_what_is_due_was_decided_before(
    question: str, feature: str, labels: set[str], assistant: Assistant
) -> None:
    found = found_for(assistant, question)
    passages = [assistant.corpus.passages[row] for row in found.rows.tolist()]
    held = found.features[feature] == 1
    assert {
        f"{one.symbol} {one.label}" for one, is_held in zip(passages, held, strict=True) if is_held
    } == labels


@pytest.mark.parametrize("year", [2000, 2001, 2002, 2006, 2007])
def test_a_date_counts_where_a_passage_names_it(year: int, assistant: Assistant) -> None:
    found = found_for(assistant, f"What was planned for December {year}?")
    for at, row in enumerate(found.rows.tolist()):
        passage = assistant.corpus.passages[row]
        adopted, text = passage.resolution.adopted, f"{passage.chapeau or ''} {passage.text}"
        assert adopted is not None
        before, named = adopted.year + 1 == year, str(year) in text
        assert found.features["year_due"][at] == (before and named)
        assert found.features["month_due"][at] == (before and f"December {year}" in text)


def test_a_word_that_stands_in_every_paragraph_singles_out_none(assistant: Assistant) -> None:
    passages = assistant.corpus.passages
    crime = found_for(assistant, "crime").features["local_idf_share"]
    rare = found_for(assistant, "juvenile").features["local_idf_share"]
    assert rare.max() > 2 * crime.max()
    held = [passages[row].label for row in np.flatnonzero(rare > 0).tolist()]
    assert held == ["OP7"]


def test_a_share_of_words_is_one_where_a_row_is_the_best_it_could_be(assistant: Assistant) -> None:
    words = assistant.corpus.words
    for terms in ({"juvenil": 1.0}, {"juvenil": 1.0, "unknownword": 0.5}, {}):
        shares = bm25_share(words, terms)
        assert shares.shape == (len(assistant.corpus.passages),)
        assert (shares >= 0).all()
        assert shares.max() < 3
    assert not bm25_share(words, {"unknownword": 1.0}).any()


def test_kinds_that_are_asked_for_are_wanted(assistant: Assistant) -> None:
    passages = assistant.corpus.passages

    def wanted(question: str, filters: Filters | None = None) -> set[Kind]:
        found = assistant.retriever.candidates(read_question(question), filters=filters)
        assert found is not None
        rows = found.rows[found.features["is_expected_kind"] == 1]
        return {passages[row].kind for row in rows.tolist()}

    assert wanted("corruption") == {Kind.OPERATIVE}
    assert wanted("What does the preamble say of corruption?") == {Kind.OPERATIVE, Kind.PREAMBULAR}
    assert Kind.PREAMBULAR in wanted("Which resolutions are recalled?")
    assert wanted("corruption", Filters(kinds=frozenset([Kind.NOTE]))) == {Kind.NOTE}


# Signals


def test_signals_say_what_each_passage_says(
    assistant: Assistant, signals: ResolutionFeatures
) -> None:
    corpus = assistant.corpus
    for at, passage in enumerate(corpus.passages):
        place = int(signals.resolution[at])
        assert corpus.resolutions[place] is passage.resolution
        assert KINDS[signals.kind[at]] is passage.kind
        adopted = passage.resolution.adopted or date.min
        assert (signals.year[place], signals.month[place]) == (adopted.year, adopted.month)
        assert str(signals.session[place]) == passage.resolution.session
        assert signals.body[place] == passage.resolution.body.value
    for place, resolution in enumerate(corpus.resolutions):
        mine = [one.row for one in corpus.passages if one.symbol == resolution.symbol]
        assert signals.first[place] == mine[0]
        assert signals.size[place] == len(mine)


def test_the_centre_of_a_resolution_is_the_mean_of_its_operative_paragraphs(
    assistant: Assistant, signals: ResolutionFeatures
) -> None:
    corpus = assistant.corpus
    for place, resolution in enumerate(corpus.resolutions):
        rows = [
            one.row
            for one in corpus.passages
            if one.symbol == resolution.symbol and one.kind is Kind.OPERATIVE
        ]
        mean = corpus.vectors.gather(corpus.places[rows]).mean(axis=0)
        np.testing.assert_allclose(signals.centre[place], mean / np.linalg.norm(mean), atol=1e-5)


@pytest.mark.parametrize(
    ("question", "names"),
    [
        pytest.param("What was decided at Palermo?", [{"palermo"}], id="a place"),
        pytest.param("What is asked of Vienna?", [{"vienna"}], id="of the other text"),
        pytest.param("What is done in Africa?", [{"africa", "african"}], id="or of its people"),
        pytest.param(
            "Who met in Bangkok or in Vienna?",
            [{"bangkok"}, {"vienna"}],
            id="two, of different texts",
        ),
        pytest.param("who met in bangkok or in vienna?", [], id="no capital, no name"),
        pytest.param("Who met in Atlantis?", [], id="of no text"),
    ],
)
def test_a_name_speaks_for_the_resolutions_that_bear_it(
    question: str, names: list[set[str]], assistant: Assistant
) -> None:
    corpus, found = assistant.corpus, found_for(assistant, question)
    said = {
        one.symbol: {
            word
            for passage in corpus.passages
            if passage.symbol == one.symbol
            for word in re.findall(r"\w+", f"{one.title} {passage.text}".lower())
        }
        for one in corpus.resolutions
    }
    for at, row in enumerate(found.rows.tolist()):
        words = said[corpus.passages[row].symbol]
        met = sum(bool(name & words) for name in names)
        assert found.features["name_overlap"][at] == pytest.approx(met / max(1, len(names)))


# What is asked


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("Who pays?", "Who pays?"),
        (
            "I work on migration law. Who should report on the smuggling of migrants?",
            "Who should report on the smuggling of migrants?",
        ),
        (
            "Who was to pay for the court, in the 2019 resolution on the rights of the child?",
            "Who was to pay for the court",
        ),
        ("What does the resolution say?", "What does the resolution say?"),
    ],
)
def test_what_is_asked_is_told_from_where_it_is_to_be_found(question: str, asked: str) -> None:
    assert request_of(question).rstrip(" ?") == asked.rstrip(" ?")


@pytest.mark.parametrize(
    ("actor", "labels"),
    [
        pytest.param(
            "What is the crime commission told to do?",
            {"56/123 OP11"},
            id="in short: the Commission",
        ),
        pytest.param(
            "What is the Secretary-General asked to do in 61/181?",
            {"61/181 OP3", "61/181 OP9"},
            id="by its name",
        ),
    ],
)
def test_who_is_asked_is_known_by_its_name_or_a_part_of_it(
    actor: str, labels: set[str], assistant: Assistant
) -> None:
    found = found_for(assistant, actor)
    passages = [assistant.corpus.passages[row] for row in found.rows.tolist()]
    asked = {
        f"{one.symbol.removeprefix('A/RES/')} {one.label}"
        for one, flag in zip(passages, found.features["addresses_actor"], strict=True)
        if flag
    }
    assert labels <= asked
    if len(labels) == 1:
        assert asked == labels


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        pytest.param("What has been decided on piracy?", set(), id="nothing of procedure"),
        pytest.param("Which report was noted?", {Formula.REPORT}, id="a report"),
        pytest.param("Is the matter on the agenda?", {Formula.AGENDA}, id="the agenda"),
        pytest.param("Does the Council remain seized?", {Formula.SEIZED}, id="seized"),
        pytest.param(
            "What reports will be discussed?", {Formula.REPORT, Formula.AGENDA}, id="several"
        ),
    ],
)
def test_formulas_are_asked_for_by_their_words(question: str, asked: set[Formula]) -> None:
    assert asked_formulas(question) == asked


def test_formulas_that_are_not_asked_for_come_behind_what_is(assistant: Assistant) -> None:
    columns, numbers = assistant.corpus.columns.rows, load_weights()
    for question, is_asked in (
        ("What is said of the United Nations crime programme?", False),
        ("Which report on the crime programme was noted?", True),
    ):
        found = found_for(assistant, question)
        total = weighted_sum(found.features, numbers.ranking.with_tokens)
        reports = columns["formula"][found.rows] == Formula.REPORT
        assert reports.any()
        demotion = 0.0 if is_asked else numbers.features.formula_demotion
        assert (total - found.scores)[reports] == pytest.approx(demotion)
