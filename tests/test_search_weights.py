"""The numbers of search and refusal: read as data, each by its name."""

import ast
import json
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from parsed_code import parsed

from qa.search.weights import WeightsError, load_weights, read_weights


def changed(change: Callable[[dict[str, Any]], object]) -> bytes:
    record = json.loads(files("qa.search").joinpath("weights.json").read_text(encoding="utf-8"))
    change(record)
    return json.dumps(record).encode()


@pytest.mark.parametrize(
    ("change", "named"),
    [
        pytest.param(lambda r: r["refusal"].pop("min_confidence"), "min_confidence", id="missing"),
        pytest.param(lambda r: r["answers"].update(most=3), "most", id="unknown"),
        pytest.param(
            lambda r: r["quote_check"].update(min_run_share="half"), "min_run_share", id="no number"
        ),
        pytest.param(lambda r: r.pop("documents"), "documents", id="no group"),
        pytest.param(lambda r: r.update(format=0), "format", id="another format"),
        pytest.param(lambda r: r["answers"].pop("provenance"), "provenance", id="no provenance"),
        pytest.param(
            lambda r: r["ranking"]["with_tokens"].pop("verb"),
            "ranking.with_tokens lacks verb",
            id="a feature without a weight",
        ),
        pytest.param(
            lambda r: r["candidate_selection"]["weights"].update(verb=1.0),
            "candidate_selection has verb",
            id="a weight without a feature",
        ),
        pytest.param(
            lambda r: r["confidence"]["weights"].pop("margin"),
            "confidence lacks margin",
            id="evidence without a weight",
        ),
    ],
)
def test_a_number_that_is_not_expected_is_named_with_the_repair(
    change: Callable[[dict[str, Any]], object], named: str
) -> None:
    with pytest.raises(WeightsError, match=named) as caught:
        read_weights(changed(change))
    assert "benchmarks.fit" in str(caught.value)


def test_the_numbers_are_those_of_the_file() -> None:
    assert read_weights(changed(lambda _: None)) == load_weights()


def test_a_fit_names_its_questions_and_scores() -> None:
    weights = load_weights()
    for group in (weights.ranking, weights.confidence):
        assert group.provenance.method == "fitted"
        assert group.provenance.questions
        assert all(len(one.sha256) == 64 for one in group.provenance.questions)
        assert group.provenance.scores


PARTS_OF_FORMULAS = {0.0, 0.5, 1.0, 2.0}  # smoothing of an idf, a share of all
MODULES = ("qa/search/*.py", "qa/answering/*.py", "embeddings/search/bm25.py")


def test_no_number_of_search_or_refusal_is_fitted_in_code() -> None:
    root = Path(__file__).resolve().parent.parent
    modules = [path for pattern in MODULES for path in root.glob(pattern)]
    assert len(modules) > 20
    fitted = {
        f"{path.name}, line {node.lineno}: {node.value}"
        for path in modules
        for node in ast.walk(parsed(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant)
        and isinstance(node.value, float)
        and node.value not in PARTS_OF_FORMULAS
    }
    assert fitted == set()
