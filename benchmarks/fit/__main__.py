"""Fit the weights of ranking and refusal, and write them to `qa/search/weights.json`.

    python -m benchmarks.fit INDEX --ranking QUESTIONS.jsonl… [--extra INDEX QUESTIONS.jsonl]
        [--refusal QUESTIONS.jsonl… [--also INDEX…]] [--out WEIGHTS.json]

The questions are those of `operative evaluate`. Every printed figure is cross-validated: five folds
by document, each scored by weights that were fitted on the other four and on the questions
`--extra`, over another index, which are not scored. What is not fitted keeps its stored value.
"""

import argparse
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from benchmarks.fit.extract import write_extract
from benchmarks.fit.labelled_cases import RankingCase, cases_over, ranking_cases
from benchmarks.fit.ranking_fit import (
    cross_validated,
    fit_ranking,
    ranking_table,
    success_intervals,
    success_shares,
)
from benchmarks.fit.refusal_fit import (
    cross_validated_confidences,
    fit_refusal,
    refusal_scores,
    refusal_tables,
)
from benchmarks.fit.stored_fit import provenance, with_confidence, with_ranking, write_weights
from qa.assistant import Assistant
from qa.search.features import TOKEN_FEATURES
from qa.search.weights import Weights, load_weights

OUT = Path(__file__).resolve().parents[2] / "qa" / "search" / "weights.json"


def main(arguments: Sequence[str] | None = None) -> None:
    """Fit, print what the fit is worth, and write it."""
    options = _parser().parse_args(arguments)
    weights = load_weights()
    assistant = Assistant.open(options.index)
    if options.extract:
        others = list(map(Assistant.open, options.also))
        write_extract(options.extract, [assistant, *others], options.ranking, options.refusal)
        return
    if options.ranking:
        weights = _with_fitted_ranking(weights, assistant, options.ranking, options.extra)
    if options.refusal:
        others = list(map(Assistant.open, options.also))
        weights = _with_fitted_refusal(weights, [assistant, *others], options.refusal)
    write_weights(weights, options.out)
    print(f"\n{options.out}")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.fit",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument("index", type=Path)
    parser.add_argument("--ranking", type=Path, nargs="+", default=(), metavar="QUESTIONS")
    parser.add_argument("--refusal", type=Path, nargs="+", default=(), metavar="QUESTIONS")
    parser.add_argument(
        "--also",
        type=Path,
        nargs="+",
        default=(),
        metavar="INDEX",
        help="smaller ones, for refusal",
    )
    parser.add_argument("--extra", type=Path, nargs=2, metavar=("INDEX", "QUESTIONS"))
    parser.add_argument("--out", type=Path, default=OUT)
    parser.add_argument("--extract", type=Path, help="write the extract of the test and stop")
    return parser


def _with_fitted_ranking(
    weights: Weights, assistant: Assistant, files: Sequence[Path], other: Sequence[Path] | None
) -> Weights:
    stored, assistants, other_files = weights.ranking, [assistant], list(other or ())[1:]
    cases = list(ranking_cases(assistant, files))
    extra: list[RankingCase] = []
    if other:
        assistants.append(Assistant.open(other[0]))
        extra += ranking_cases(assistants[1], other_files)
    print(f"Ranking: {len(cases)} questions with an answer, and {len(extra)} extra.\n")
    print(ranking_table(cases, extra, stored))
    ranks = cross_validated(cases, extra, stored)
    for name, (low, high) in success_intervals(ranks).items():
        print(f"\n95 % CI of {name}: {low:.3f} to {high:.3f}")
    note = f"Scores of {len(cases)} questions in five folds by document."
    return with_ranking(
        weights,
        fit_ranking([*cases, *extra], stored),
        fit_ranking([*cases, *extra], stored, TOKEN_FEATURES),
        provenance(assistants, [*files, *other_files], success_shares(ranks), note),
    )


def _with_fitted_refusal(
    weights: Weights, assistants: Sequence[Assistant], files: Sequence[Path]
) -> Weights:
    cases = cases_over(assistants, files)
    confidence = cross_validated_confidences(cases)
    print(f"\nRefusal: {len(cases)} questions.\n\n{refusal_tables(cases, confidence)}")
    values, constant = fit_refusal(cases)
    largest = np.array([case.texts == assistants[0].corpus.generation for case in cases])
    own = [case for case, is_own in zip(cases, largest, strict=True) if is_own]
    scores = refusal_scores(own, confidence[largest], weights.refusal.min_confidence)
    note = (
        f"Fitted on {len(cases)} questions over {len(assistants)} indexes. Scores of the "
        f"{len(own)} over the first, in five folds by document and question, answered from "
        f"{weights.refusal.min_confidence}."
    )
    origin = provenance(assistants, files, scores, note)
    return with_confidence(weights, values, constant, origin)


if __name__ == "__main__":
    main()
