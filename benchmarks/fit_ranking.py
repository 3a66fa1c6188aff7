"""Fit the weights of `qa.search.scorer` on labelled questions, and say what each is worth.

    python -m benchmarks.fit_ranking INDEX QUESTIONS.jsonl… [--beside INDEX QUESTIONS.jsonl]

The questions are those of `operative evaluate`. Each figure is of questions that the weights in use
were not fitted on: five parts, each judged by what the other four teach, and by the questions
`--beside`, to another index, which teach and are not judged.
"""

import argparse
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize

from qa.answering.scope import scope_of
from qa.assistant import Assistant
from qa.question.read import read_question
from qa.search.features import TOKEN_FEATURES
from qa.search.weights import load_weights

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

WEIGHTS = load_weights().ranking.with_tokens
PARTS = 5
RIDGE = 1e-3
NEVER = -1e9  # the score of what is no candidate
# Signs of structure are rare in questions: they keep the weights that they were given.
SET = (
    "addresses_actor",
    "cites",
    "cites_series",
    "is_due",
    "is_asked_kind",
    "is_preambular",
    "is_note",
)
FITTED = tuple(name for name in WEIGHTS if name not in SET)
GROUPS: Mapping[str, tuple[str, ...]] = {
    "words of title and subjects": ("context_bm25",),
    "vectors of the whole resolution": ("centre_cosine", "resolution_cosine"),
    "year, month, session, body": (
        *("year", "month", "session", "body"),
        *("year_before", "year_due", "month_due", "session_due"),
    ),
    "what is due in a year or at a session": (
        *("year_before", "year_due", "month_due", "session_due"),
    ),
    "names of the question": ("name_overlap",),
    "vectors of the paragraph": ("residual_cosine",),
    "words of the paragraph": ("local_idf_share", "rare_in_resolution"),
    "vectors of tokens": TOKEN_FEATURES,
    "verb, date, length": ("verb", "states_date", "log_length"),
    "numbered paragraphs first": ("is_expected_kind", "is_statement", "is_preambular", "is_note"),
}


@dataclass(frozen=True, slots=True)
class RankingCase:
    """One question, its candidates, and which of them answer it."""

    rows: npt.NDArray[np.int64]
    features: dict[str, Floats]
    wordings: npt.NDArray[np.int64]  # which candidates have one wording
    is_gold: Flags
    is_wording: Flags

    def scores(self, weights: Mapping[str, float]) -> Floats:
        """Return the weighted sum of the features."""
        total = np.zeros(len(self.rows))
        for name, weight in weights.items():
            total += weight * self.features[name]
        return total


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("index", type=Path)
    parser.add_argument("questions", type=Path, nargs="+")
    parser.add_argument("--beside", type=Path, nargs=2, default=())
    given = parser.parse_args()
    cases = [*_cases(Assistant.open(given.index), given.questions)]
    beside = [*_cases(Assistant.open(given.beside[0]), given.beside[1:])] if given.beside else []
    print(f"{len(cases)} questions with an answer, {PARTS} parts.\n")
    print("| ranked by | strict@1 | strict@5 | wording@1 | wording@5 |")
    print("| --- | --- | --- | --- | --- |")
    for name in ("paragraph's vector", "paragraph's words"):
        column = "cosine" if "vector" in name else "words"
        print(_line(name, [_ranks(one, {column: 1.0}) for one in cases]))
    print(_line("all, fitted", _judged(cases, beside, ())))
    for name, without in GROUPS.items():
        print(_line(f"without {name}", _judged(cases, beside, without)))
    for table, without in (("WITHOUT_TOKENS", TOKEN_FEATURES), ("WEIGHTS", ())):
        print(f"\n{table}, fitted on all:")
        for name, weight in _fit([*cases, *beside], without).items():
            print(f'    "{name}": {weight:.1f},')


def _cases(assistant: Assistant, files: Iterable[Path]) -> Iterator[RankingCase]:
    corpus, retriever = assistant.corpus, assistant.retriever
    places = {f"{one.symbol} {one.label}": one.row for one in corpus.passages}
    wordings_of = corpus.columns.rows["wording"]
    for file in files:
        for line in file.read_text(encoding="utf-8").splitlines():
            known = json.loads(line)
            gold = {places[label] for label in known["gold"] if label in places}
            question = read_question(known.get("question", ""))
            scope = [one.symbol for one in scope_of(corpus, question)]
            found = retriever.candidates(question, scope=scope) if gold else None
            if not found:
                continue
            also = {places[label] for label in known.get("same_wording", ()) if label in places}
            wordings = wordings_of[found.rows]
            wanted = wordings_of[sorted(gold | also)]
            words = corpus.words.scores(" ".join(found.query.terms), weights=found.query.terms)
            features = {name: column.astype(np.float64) for name, column in found.features.items()}
            yield RankingCase(
                rows=found.rows,
                features={
                    **features,
                    "cosine": found.cosines.astype(np.float64),
                    "words": words[found.rows].astype(np.float64),
                },
                wordings=np.unique(wordings, return_inverse=True)[1],
                is_gold=np.isin(found.rows, list(gold)),
                is_wording=np.isin(wordings, wanted),
            )


def _fit(cases: Sequence[RankingCase], without: Sequence[str]) -> dict[str, float]:
    """Return the weights under which the gold paragraphs are likeliest: a softmax per question."""
    names = [name for name in FITTED if name not in without]
    kept = {name: WEIGHTS[name] for name in SET if name not in without}
    known = [one for one in cases if one.is_gold.any()]
    columns = np.stack([_padded([one.features[name] for one in known]) for name in names], axis=2)
    offsets = _padded([one.scores(kept) for one in known], fill=NEVER)
    targets = _padded([one.is_gold / one.is_gold.sum() for one in known])
    scale = columns[offsets > NEVER].std(axis=0) + 1e-6
    columns /= scale

    def loss(weights: Floats) -> tuple[float, Floats]:
        logits = columns @ weights + offsets
        chances = np.exp(logits - logits.max(axis=1, keepdims=True))
        chances /= chances.sum(axis=1, keepdims=True)
        total = -float((targets * np.log(chances + 1e-12)).sum()) / len(known)
        slope = np.tensordot(chances - targets, columns, axes=([0, 1], [0, 1])) / len(known)
        return total + RIDGE * float(weights @ weights), slope + 2 * RIDGE * weights

    fitted = minimize(loss, np.zeros(len(names)), jac=True, method="L-BFGS-B").x / scale
    return {**dict(zip(names, fitted.tolist(), strict=True)), **kept}


def _padded(rows: Sequence[Floats], fill: float = 0.0) -> Floats:
    """Return rows of several lengths as one matrix, filled up at their ends."""
    matrix = np.full((len(rows), max(map(len, rows))), fill)
    for at, row in enumerate(rows):
        matrix[at, : len(row)] = row
    return matrix


def _judged(
    cases: Sequence[RankingCase], beside: Sequence[RankingCase], without: Sequence[str]
) -> list[tuple[int, int]]:
    ranks: list[tuple[int, int]] = []
    for part in range(PARTS):
        others = [one for at, one in enumerate(cases) if at % PARTS != part]
        weights = _fit([*others, *beside], without)
        ranks += [_ranks(one, weights) for one in cases[part::PARTS]]
    return ranks


def _ranks(case: RankingCase, weights: Mapping[str, float]) -> tuple[int, int]:
    """Return the places of the first gold paragraph and of the first with its wording, from 1."""
    order = np.lexsort((case.rows, -case.scores(weights)))
    _, firsts = np.unique(case.wordings[order], return_index=True)
    shown = order[np.sort(firsts)]

    def first(flags: Flags) -> int:
        met = np.flatnonzero(flags[shown])
        return int(met[0]) + 1 if len(met) else len(case.rows) + 1

    return first(case.is_gold), first(case.is_wording)


def _line(name: str, ranks: Sequence[tuple[int, int]]) -> str:
    strict, wording = np.array(ranks).T
    shares = (
        (places <= k).mean() for places, k in ((strict, 1), (strict, 5), (wording, 1), (wording, 5))
    )
    return f"| {name} | " + " | ".join(f"{share:.3f}" for share in shares) + " |"


if __name__ == "__main__":
    main()
