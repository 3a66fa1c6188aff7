"""When an answer is given: what speaks for it, counted the slow way, too."""

from dataclasses import replace

import pytest

from qa.assistant import Assistant
from qa.question.read import read_question
from qa.search.confidence import confidence
from qa.search.evidence import Evidence
from qa.search.term_coverage import TermCoverage
from qa.search.weights import load_weights

SURE = Evidence(
    query_length=1.6,
    coverage=1.0,
    resolution_coverage=1.0,
    local_idf=0.6,
    cosine=0.7,
    score=40.0,
    margin=5.0,
    title_match=0.7,
    date_match=0.0,
    entity_missing=0.0,
    passage_cosine=0.6,
    max_sim=0.7,
    typed_words=2.0,
    log_corpus_size=9.0,
)


def confidence_of(**change: float) -> float:
    return confidence(replace(SURE, **change), load_weights().confidence)


@pytest.mark.parametrize(
    ("change", "surer"),
    [
        ({"coverage": 0.2}, False),
        ({"cosine": 0.2}, False),
        ({"entity_missing": 1.0}, False),
        ({"max_sim": 0.3}, False),
        ({"margin": 1.0}, False),
        ({"date_match": -1.0}, False),
        ({"date_match": 1.0}, True),
    ],
)
def test_each_piece_of_evidence_counts(change: dict[str, float], surer: bool) -> None:
    assert 0 < confidence_of() < 1
    assert (confidence_of(**change) > confidence_of()) is surer


def test_confidence_stays_a_share_whatever_the_evidence() -> None:
    assert 0 <= confidence_of(score=1e6) <= 1
    assert 0 <= confidence_of(score=-1e6) <= 1


@pytest.mark.parametrize(
    "question", ["juvenile justice", "money laundering and terrorism", "the price of tea", "of the"]
)
def test_coverage_is_the_share_of_the_words_by_rarity(question: str, assistant: Assistant) -> None:
    corpus, words = assistant.corpus, assistant.corpus.words
    query = assistant.retriever.query(read_question(question))
    coverage = TermCoverage(corpus, query.groups)
    rarest = max((words.idf(term) for group in query.groups for term in group), default=1.0) or 1.0
    for passage in corpus.passages:
        held = set(words.terms(f"{passage.chapeau or ''} {passage.text}"))
        total = met = 0.0
        for group in query.groups:
            weight = max((words.idf(term) for term in group), default=0.0) or rarest
            total += weight
            met += weight if held & set(group) else 0.0
        share = coverage.of(passage.row, passage.row)
        assert share == pytest.approx(met / total if total else 0.0)


def test_words_of_the_title_count_with_a_place(assistant: Assistant) -> None:
    query = assistant.retriever.query(read_question("strengthening juvenile justice"))
    row = next(one.row for one in assistant.corpus.passages if one.label == "OP7")
    place = [one.symbol for one in assistant.corpus.resolutions].index(
        assistant.corpus.passages[row].symbol
    )
    coverage = TermCoverage(assistant.corpus, query.groups)
    without, with_title = (coverage.of(row, row, at) for at in (None, place))
    assert without < with_title == pytest.approx(1.0)


def test_a_year_after_the_newest_text_does_not_speak_against_an_answer(
    assistant: Assistant,
) -> None:
    def date_match(question: str) -> float:
        asked = read_question(question)
        candidates = assistant.retriever.candidates(asked)
        assert candidates is not None
        return assistant.retriever.evidence(asked, candidates).date_match

    assert date_match("juvenile justice targets for 2030") == 0
    assert date_match("the 2003 text on juvenile justice") == -1
