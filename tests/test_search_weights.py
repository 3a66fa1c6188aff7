"""The numbers of search and refusal: read as data, each by its name."""

import json
from collections.abc import Callable
from importlib.resources import files
from typing import Any

import pytest

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
        pytest.param(lambda r: r.pop("paragraph_history"), "paragraph_history", id="no group"),
        pytest.param(lambda r: r.update(format=0), "format", id="another format"),
        pytest.param(lambda r: r["answers"].pop("provenance"), "provenance", id="no provenance"),
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
