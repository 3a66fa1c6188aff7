"""A small extract of labelled cases, from which a test fits again and compares.

    python -m benchmarks.fit INDEX --ranking QUESTIONS.jsonl… --refusal QUESTIONS.jsonl… \
        --extract tests/cases/fit-extract.npz

writes the features of the best candidates, without the texts, and what is fitted on them.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.fit.labelled_cases import (
    EVIDENCE_NAMES,
    RankingCase,
    RefusalCase,
    cases_over,
    matrix_of,
    ranking_cases,
)
from benchmarks.fit.ranking_fit import cross_validated, fit_ranking, success_shares
from benchmarks.fit.refusal_fit import fit_refusal
from qa.assistant import Assistant
from qa.search.features import RANKING_FEATURES, TOKEN_FEATURES
from qa.search.weights import load_weights

CANDIDATES = 24  # of each question: those with the best scores, and the gold passages


@dataclass(frozen=True, slots=True, kw_only=True)
class Extract:
    """Labelled cases, and the fit that was stored with them."""

    ranking: tuple[RankingCase, ...]
    refusal: tuple[RefusalCase, ...]
    fit: dict[str, Any]


def write_extract(
    path: Path, assistants: Sequence[Assistant], ranking: Sequence[Path], refusal: Sequence[Path]
) -> None:
    """Write an extract of the cases with its fit; those of ranking are over the first index."""
    assistant = assistants[0]
    weights = load_weights().ranking.with_tokens
    arrays: dict[str, np.ndarray[Any, Any]] = {}
    cases = [case for case in ranking_cases(assistant, ranking) if case.is_gold.any()]
    parts = [_best(case, weights) for case in cases]
    arrays["sizes"] = np.array([len(part) for part in parts], dtype=np.int32)
    for name in ("rows", "wordings", "is_gold", "is_wording"):
        columns = [getattr(case, name)[part] for case, part in zip(cases, parts, strict=True)]
        arrays[name] = np.concatenate(columns)
    arrays["features"] = np.stack(
        [
            np.concatenate(
                [case.features[name][part] for case, part in zip(cases, parts, strict=True)]
            )
            for name in RANKING_FEATURES
        ]
    ).astype(np.float16)
    others = cases_over(assistants, refusal)
    arrays["evidence"] = matrix_of(others, EVIDENCE_NAMES).astype(np.float32)
    arrays["is_answerable"] = np.array([case.is_answerable for case in others])
    names = {
        "features": RANKING_FEATURES,
        "evidence": EVIDENCE_NAMES,
        "documents": [sorted(case.documents) for case in cases],
        "refusal_documents": [sorted(case.documents) for case in others],
        "refusal_texts": [case.texts for case in others],
        "refusal_questions": [case.questions for case in others],
    }
    arrays["names"] = np.array(json.dumps(names))
    np.savez_compressed(path, allow_pickle=False, **arrays)
    _fit_file(path).write_text(json.dumps(fit_of(read_cases(path)), indent=1) + "\n", "utf-8")


def read_extract(path: Path) -> Extract:
    """Return an extract with its stored fit."""
    ranking, refusal = read_cases(path)
    return Extract(
        ranking=ranking,
        refusal=refusal,
        fit=json.loads(_fit_file(path).read_text(encoding="utf-8")),
    )


def read_cases(path: Path) -> tuple[tuple[RankingCase, ...], tuple[RefusalCase, ...]]:
    """Return the cases of an extract."""
    with np.load(path, allow_pickle=False) as arrays:
        stored = {name: arrays[name] for name in arrays.files}
    names = json.loads(str(stored["names"]))
    ends = np.cumsum([0, *stored["sizes"].tolist()])
    ranking = tuple(
        RankingCase(
            documents=frozenset(documents),
            rows=stored["rows"][first:last],
            features={
                name: values[first:last].astype(np.float64)
                for name, values in zip(names["features"], stored["features"], strict=True)
            },
            wordings=stored["wordings"][first:last],
            is_gold=stored["is_gold"][first:last],
            is_wording=stored["is_wording"][first:last],
        )
        for documents, first, last in zip(names["documents"], ends, ends[1:], strict=False)
    )
    refusal = tuple(
        RefusalCase(
            documents=frozenset(documents),
            texts=texts,
            questions=questions,
            evidence=dict(zip(names["evidence"], values, strict=True)),
            is_answerable=bool(is_answerable),
        )
        for documents, texts, questions, values, is_answerable in zip(
            names["refusal_documents"],
            names["refusal_texts"],
            names["refusal_questions"],
            stored["evidence"].astype(np.float64).tolist(),
            stored["is_answerable"],
            strict=True,
        )
    )
    return ranking, refusal


def fit_of(cases: tuple[Sequence[RankingCase], Sequence[RefusalCase]]) -> dict[str, Any]:
    """Return all that is fitted on the cases, with the cross-validated scores of ranking."""
    ranking, refusal = cases
    weights = load_weights()
    values, constant = fit_refusal(refusal)
    return {
        "with_tokens": fit_ranking(ranking, weights.ranking),
        "without_tokens": fit_ranking(ranking, weights.ranking, TOKEN_FEATURES),
        "confidence": {**values, "constant": constant},
        "scores": success_shares(cross_validated(ranking, (), weights.ranking)),
    }


def _best(case: RankingCase, weights: dict[str, float]) -> np.ndarray[Any, np.dtype[np.int64]]:
    """Return the positions of the best candidates and of the gold ones, ascending."""
    best = np.lexsort((case.rows, -case.scores(weights)))[:CANDIDATES]
    return np.union1d(best, np.flatnonzero(case.is_gold))


def _fit_file(path: Path) -> Path:
    return path.with_suffix(".json")
