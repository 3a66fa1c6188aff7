"""The weights of ranking: a conditional logit over the candidates of each question."""

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize
from scipy.stats import bootstrap

from benchmarks.fit.labelled_cases import Flags, Floats, RankingCase, folds
from qa.search.features import RANKING_FEATURES, TOKEN_FEATURES
from qa.search.weights import RankingWeights

RIDGE = 3e-3
PADDING = -1e9  # the score of the empty places behind the candidates of a question
MEASURES = ("strict@1", "strict@5", "wording@1", "wording@5")
_DUE = ("year_before", "year_due", "month_due", "session_due")
_WORDING = (
    "verb",
    "is_decision",
    "states_date",
    "states_amount",
    "states_definition",
    "log_length",
)
_ENTITIES = ("entity_in_text", "entity_in_title", "names_other")
GROUPS: Mapping[str, tuple[str, ...]] = {
    "words of title and subjects": ("context_bm25",),
    "vectors of the whole resolution": ("centre_cosine", "resolution_cosine"),
    "year, month, session, body": ("year", "month", "session", "body", *_DUE),
    "what is due in a year or at a session": _DUE,
    "names of the question": ("name_overlap", "entity_overlap", *_ENTITIES),
    "recency": ("recency",),
    "vectors of the paragraph": ("residual_cosine",),
    "words of the paragraph": ("local_idf_share", "rare_in_resolution"),
    "vectors of tokens": TOKEN_FEATURES,
    "verb, date, amount, length": _WORDING,
    "numbered paragraphs first": ("is_expected_kind", "is_statement", "is_preambular", "is_note"),
}
Ranks = npt.NDArray[np.int64]  # of the first gold passage and the first of its wording, (cases, 2)


def fit_ranking(
    cases: Sequence[RankingCase], stored: RankingWeights, without: Sequence[str] = ()
) -> dict[str, float]:
    """Return the weights under which the gold passages are likeliest: a softmax per question.

    Args:
        cases: to fit on.
        stored: its weights that are set by hand are kept.
        without: features that are left out.
    """
    names = [name for name in RANKING_FEATURES if name not in without]
    by_hand = {name: stored.with_tokens[name] for name in names if name in stored.set_by_hand}
    fitted = [name for name in names if name not in by_hand]
    known = [case for case in cases if case.is_gold.any()]
    columns = np.stack([_padded([case.features[name] for case in known]) for name in fitted], 2)
    offsets = _padded([case.scores(by_hand) for case in known], fill=PADDING)
    targets = _padded([case.is_gold / case.is_gold.sum() for case in known])
    scale = columns[offsets > PADDING].std(axis=0) + 1e-6
    columns /= scale

    def loss(weights: Floats) -> tuple[float, Floats]:
        logits = columns @ weights + offsets
        chances = np.exp(logits - logits.max(axis=1, keepdims=True))
        chances /= chances.sum(axis=1, keepdims=True)
        mean = -float((targets * np.log(chances + 1e-12)).sum()) / len(known)
        slope = np.tensordot(chances - targets, columns, axes=([0, 1], [0, 1])) / len(known)
        return mean + RIDGE * float(weights @ weights), slope + 2 * RIDGE * weights

    fit = minimize(
        loss,
        np.zeros(len(fitted)),
        jac=True,
        method="L-BFGS-B",
        options={"ftol": 1e-12, "gtol": 1e-7, "maxiter": 2000},
    )
    weights = {**dict(zip(fitted, (fit.x / scale).tolist(), strict=True)), **by_hand}
    return {name: weights[name] for name in names}


def cross_validated(
    cases: Sequence[RankingCase],
    extra: Sequence[RankingCase],
    stored: RankingWeights,
    without: Sequence[str] = (),
) -> Ranks:
    """Return the ranks of each case by weights that are fitted on other documents.

    Args:
        cases: to fit on and to test.
        extra: to fit on only.
        stored: its weights that are set by hand are kept.
        without: features that are left out.
    """
    ranks = np.zeros((len(cases), 2), dtype=np.int64)
    for train, test in folds([case.documents for case in cases]):
        weights = fit_ranking([*(cases[number] for number in train), *extra], stored, without)
        ranks[test] = [ranks_of(cases[number], weights) for number in test]
    return ranks


def ranks_of(case: RankingCase, weights: Mapping[str, float]) -> tuple[int, int]:
    """Return the ranks, from 1, of the first gold passage and of the first with its wording.

    Passages of one wording count once.
    """
    order = np.lexsort((case.rows, -case.scores(weights)))
    _, firsts = np.unique(case.wordings[order], return_index=True)
    shown = order[np.sort(firsts)]

    def first(flags: Flags) -> int:
        hits = np.flatnonzero(flags[shown])
        return int(hits[0]) + 1 if len(hits) else len(case.rows) + 1

    return first(case.is_gold), first(case.is_wording)


def success_shares(ranks: Ranks) -> dict[str, float]:
    """Return the share of questions with the answer at the first place, and among five."""
    columns = {"strict@1": (0, 1), "strict@5": (0, 5), "wording@1": (1, 1), "wording@5": (1, 5)}
    return {name: float((ranks[:, kind] <= k).mean()) for name, (kind, k) in columns.items()}


def success_intervals(ranks: Ranks) -> dict[str, tuple[float, float]]:
    """Return the 95 % confidence interval of each share, by the percentile bootstrap."""
    intervals = {}
    for name, kind, k in (("strict@1", 0, 1), ("wording@1", 1, 1)):
        hits = (ranks[:, kind] <= k).astype(float)
        interval = bootstrap(
            (hits,), np.mean, n_resamples=2000, method="percentile", rng=0
        ).confidence_interval
        intervals[name] = (float(interval.low), float(interval.high))
    return intervals


def ranking_table(
    cases: Sequence[RankingCase], extra: Sequence[RankingCase], stored: RankingWeights
) -> str:
    """Return what each group of features is worth, cross-validated, as Markdown."""
    lines = [f"| ranked by | {' | '.join(MEASURES)} |", "| --- | --- | --- | --- | --- |"]
    for title, name in (("paragraph's vector", "cosine"), ("paragraph's words", "bm25")):
        lines.append(_line(title, np.array([ranks_of(case, {name: 1.0}) for case in cases])))
    lines.append(_line("all, fitted", cross_validated(cases, extra, stored)))
    for title, without in GROUPS.items():
        lines.append(_line(f"without {title}", cross_validated(cases, extra, stored, without)))
    return "\n".join(lines)


def _line(title: str, ranks: Ranks) -> str:
    shares = success_shares(ranks)
    return f"| {title} | {' | '.join(f'{shares[name]:.3f}' for name in MEASURES)} |"


def _padded(rows: Sequence[Floats], fill: float = 0.0) -> Floats:
    """Return rows of different lengths as one matrix, filled up at their ends."""
    matrix = np.full((len(rows), max(map(len, rows))), fill)
    for number, row in enumerate(rows):
        matrix[number, : len(row)] = row
    return matrix
