"""The fit of ranking and refusal: again on a stored extract, and what it writes."""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from benchmarks.fit.extract import Extract, fit_of, read_extract
from benchmarks.fit.labelled_cases import EVIDENCE_NAMES, RankingCase, folds
from benchmarks.fit.ranking_fit import fit_ranking, ranks_of, success_shares
from benchmarks.fit.refusal_fit import (
    SHARE_TO_REFUSE,
    case_weights,
    confidences,
    fit_refusal,
    refusal_scores,
)
from benchmarks.fit.stored_fit import with_confidence, with_ranking, write_weights
from qa.search.features import RANKING_FEATURES, TOKEN_FEATURES
from qa.search.weights import Provenance, load_weights, read_weights

EXTRACT = Path(__file__).parent / "cases" / "fit-extract.npz"


@pytest.fixture(scope="module")
def extract() -> Extract:
    return read_extract(EXTRACT)


@pytest.fixture(scope="module")
def fit(extract: Extract) -> dict[str, dict[str, float]]:
    return fit_of((extract.ranking, extract.refusal))


@pytest.mark.slow
@pytest.mark.parametrize("part", ["with_tokens", "without_tokens", "confidence", "scores"])
def test_a_fit_on_the_extract_gives_the_stored_one_within_a_hundredth(
    part: str, extract: Extract, fit: dict[str, dict[str, float]]
) -> None:
    assert fit[part] == pytest.approx(extract.fit[part], rel=0.01, abs=1e-3)


def test_the_extract_has_the_features_of_the_code(extract: Extract) -> None:
    assert len(extract.ranking) > 100
    assert set(extract.ranking[0].features) == set(RANKING_FEATURES)
    assert set(extract.refusal[0].evidence) == set(EVIDENCE_NAMES)


def test_weights_that_are_set_by_hand_are_kept(fit: dict[str, dict[str, float]]) -> None:
    stored = load_weights()
    for name in stored.ranking.set_by_hand:
        assert fit["with_tokens"][name] == stored.ranking.with_tokens[name]
        assert fit["without_tokens"][name] == stored.ranking.without_tokens[name]


def test_no_document_is_in_two_folds(extract: Extract) -> None:
    documents = [case.documents for case in extract.ranking]
    documents += [frozenset({"A", "B"}), frozenset({"B", "C"}), frozenset({"C"}), frozenset()]
    tested: list[int] = []
    for train, test in folds(documents):
        fitted_on = {name for number in train for name in documents[number]}
        assert not any(documents[number] & fitted_on for number in test)
        tested += test.tolist()
    assert sorted(tested) == list(range(len(documents)))


def test_the_fit_ranks_better_than_one_feature(extract: Extract) -> None:
    weights = fit_ranking(extract.ranking, load_weights().ranking)
    fitted, alone = (
        success_shares(np.array([ranks_of(case, by) for case in extract.ranking]))["strict@1"]
        for by in (weights, {"residual_cosine": 1.0})
    )
    assert fitted > alone + 0.2


def test_ranks_count_a_wording_once() -> None:
    flags = np.array([False, False, True, False])
    case = RankingCase(
        documents=frozenset(),
        rows=np.arange(4),
        features={"verb": np.array([4.0, 3.0, 2.0, 1.0])},
        wordings=np.array([0, 0, 1, 2]),
        is_gold=flags,
        is_wording=np.array([True, True, True, False]),
    )
    assert ranks_of(case, {"verb": 1.0}) == (2, 1)
    assert ranks_of(case, {"verb": -1.0}) == (2, 2)
    none = replace(case, is_gold=np.zeros(4, dtype=bool))
    assert ranks_of(none, {"verb": 1.0}) == (5, 1)


def test_refusals_are_scored_by_precision_and_recall(extract: Extract) -> None:
    weights, constant = fit_refusal(extract.refusal)
    confidence = confidences(extract.refusal, weights, constant)
    scores = refusal_scores(extract.refusal, confidence, 0.5)
    refused = [case for case, sure in zip(extract.refusal, confidence, strict=True) if sure < 0.5]
    rightly = sum(not case.is_answerable for case in refused)
    every = sum(not case.is_answerable for case in extract.refusal)
    assert scores["precision"] == pytest.approx(rightly / len(refused))
    assert scores["recall"] == pytest.approx(rightly / every)
    assert scores["roc_auc"] > 0.8


def test_questions_to_be_refused_have_one_share_over_each_index(extract: Extract) -> None:
    weights = case_weights(extract.refusal)
    indexes = {case.texts for case in extract.refusal}
    assert len(indexes) > 1
    for name in indexes:
        chosen = [
            (weight, case.is_answerable)
            for weight, case in zip(weights, extract.refusal, strict=True)
            if case.texts == name
        ]
        to_refuse = sum(weight for weight, is_answerable in chosen if not is_answerable)
        assert to_refuse / sum(weight for weight, _ in chosen) == pytest.approx(SHARE_TO_REFUSE)


def test_what_is_written_is_read_again(tmp_path: Path, fit: dict[str, dict[str, float]]) -> None:
    origin = Provenance(method="fitted", commit="abc", date="2026-11-30", scores={"strict@1": 0.5})
    values = {name: fit["confidence"][name] for name in EVIDENCE_NAMES}
    weights = with_ranking(load_weights(), fit["with_tokens"], fit["without_tokens"], origin)
    weights = with_confidence(weights, values, fit["confidence"]["constant"], origin)
    path = tmp_path / "weights.json"
    write_weights(weights, path)
    stored = read_weights(path.read_bytes())
    assert stored == weights
    assert stored.ranking.provenance == origin
    assert stored.refusal == load_weights().refusal
    record = json.loads(path.read_text(encoding="utf-8"))
    assert list(record["ranking"]["with_tokens"]) == list(RANKING_FEATURES)
    assert not set(record["ranking"]["without_tokens"]) & set(TOKEN_FEATURES)
    assert record["ranking"]["with_tokens"]["year"] == round(fit["with_tokens"]["year"], 2)
