"""Fit the rule by which an answer is given or declined (`qa.search.confidence`).

    python -m benchmarks.fit_refusal INDEX QUESTIONS.jsonl…

The questions are those of `operative evaluate`: some have an answer in INDEX, some are to be
declined. Each figure is of questions that the rule was not fitted on: five parts, each judged by
what the other four teach. The weight of the number of passages is not fitted, since all questions
are put to one index: it is taken as it is. Questions to be declined weigh as if they were
`DECLINED` of all.
"""

import sys
from collections.abc import Iterator, Sequence
from dataclasses import astuple, fields
from pathlib import Path

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize

from qa.answering.scope import scope_of
from qa.assistant import Assistant
from qa.evaluation.evaluate import read_questions
from qa.question.read import read_question
from qa.search.evidence import Evidence
from qa.search.weights import load_weights

Floats = npt.NDArray[np.float64]

WEIGHTS = tuple(load_weights().confidence.weights.values())
PARTS = 5
DECLINED = 1 / 6
RIDGE = 1e-3
THRESHOLDS = (0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.65)
_AMONG = [one.name for one in fields(Evidence)].index("log_corpus_size")


def main(index: Path, files: Sequence[Path]) -> None:
    """Measure and print."""
    found = [*_evidence(Assistant.open(index), files)]
    rows, answerable, of = map(np.array, zip(*found, strict=True))
    sure = np.zeros(len(rows))
    part = np.random.default_rng(0).permutation(len(rows)) % PARTS
    for one in range(PARTS):
        weights, constant = _fit(rows[part != one], answerable[part != one])
        sure[part == one] = _sure(rows[part == one], weights, constant)
    for at, path in enumerate(files):
        _print_table(path.stem, sure[of == at], answerable[of == at])
    weights, constant = _fit(rows, answerable)
    print(f"\nWEIGHTS = ({', '.join(f'{one:.2f}' for one in weights)})")
    print(f"CONSTANT = {constant:.2f}")


def _print_table(name: str, sure: Floats, answerable: npt.NDArray[np.bool_]) -> None:
    print(f"\n{name}: {len(sure)} questions, {int((~answerable).sum())} of them to be declined.\n")
    print("| answered from | declined rightly | of those to be declined | answerable, declined |")
    print("| --- | --- | --- | --- |")
    for threshold in THRESHOLDS:
        declined = sure < threshold
        rightly = (declined & ~answerable).sum()
        print(
            f"| {threshold:.2f} | {rightly / max(1, declined.sum()):.3f} "
            f"| {rightly / (~answerable).sum():.3f} "
            f"| {(declined & answerable).sum() / answerable.sum():.3f} |"
        )


def _evidence(
    assistant: Assistant, files: Sequence[Path]
) -> Iterator[tuple[tuple[float, ...], bool, int]]:
    """Yield what speaks for an answer to each question, whether there is one, and its file."""
    retriever = assistant.retriever
    for at, path in enumerate(files):
        for known in read_questions(path, path.read_text(encoding="utf-8")):
            question = read_question(known.turns[-1])
            scope = [one.symbol for one in scope_of(assistant.corpus, question)]
            found = retriever.candidates(question, scope=scope)
            if found and (known.gold or known.refuse):
                yield astuple(retriever.evidence(question, found)), not known.refuse, at


def _fit(rows: Floats, answerable: npt.NDArray[np.bool_]) -> tuple[Floats, float]:
    """Return the weights and the constant of a logistic rule."""
    free = [at for at in range(rows.shape[1]) if at != _AMONG]
    offset = WEIGHTS[_AMONG] * rows[:, _AMONG]
    scale = rows[:, free].std(axis=0) + 1e-9
    columns = np.column_stack([rows[:, free] / scale, np.ones(len(rows))])
    signs = np.where(answerable, 1.0, -1.0)
    counts = np.where(answerable, (1 - DECLINED) / answerable.sum(), DECLINED / (~answerable).sum())

    def loss(weights: Floats) -> tuple[float, Floats]:
        margins = signs * (columns @ weights + offset)
        kept = weights.copy()
        kept[-1] = 0.0
        slopes = -signs * counts / (1 + np.exp(np.clip(margins, -50, 50)))
        total = float(counts @ np.logaddexp(0, -margins)) + RIDGE * float(kept @ kept)
        return total, columns.T @ slopes + 2 * RIDGE * kept

    fitted = minimize(loss, np.zeros(columns.shape[1]), jac=True, method="L-BFGS-B").x
    weights = np.zeros(rows.shape[1])
    weights[free] = fitted[:-1] / scale
    weights[_AMONG] = WEIGHTS[_AMONG]
    return weights, float(fitted[-1])


def _sure(rows: Floats, weights: Floats, constant: float) -> Floats:
    sure: Floats = 1 / (1 + np.exp(-np.clip(rows @ weights + constant, -50, 50)))
    return sure


if __name__ == "__main__":
    main(Path(sys.argv[1]), [Path(one) for one in sys.argv[2:]])
