"""The rule of confidence: a logistic regression on the evidence for answering."""

from collections.abc import Mapping, Sequence

import numpy as np
from scipy.special import expit

from benchmarks.fit.labelled_cases import EVIDENCE_NAMES, Floats, RefusalCase, folds, matrix_of
from qa.search.weights import ConfidenceWeights

RIDGE = 1e-3
SHARE_TO_REFUSE = 1 / 6  # questions to be refused weigh as if they were this share of all
THRESHOLDS = (0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.65)


def fit_refusal(
    cases: Sequence[RefusalCase], stored: ConfidenceWeights
) -> tuple[dict[str, float], float]:
    """Return the weights and the constant of the rule.

    Args:
        cases: to fit on, over one index.
        stored: its weights that are set by hand are kept.

    Raises:
        ValueError: evidence whose weight is set by hand differs between the cases.
    """
    from sklearn.linear_model import LogisticRegression
    from sklearn.preprocessing import StandardScaler

    answerable = np.array([case.is_answerable for case in cases])
    by_hand = {name: stored.weights[name] for name in stored.set_by_hand}
    fixed = matrix_of(cases, list(by_hand))
    if np.ptp(fixed, axis=0).any():
        raise ValueError("evidence with a weight set by hand must be equal in all cases")
    fitted = [name for name in EVIDENCE_NAMES if name not in by_hand]
    scaler = StandardScaler()
    columns = scaler.fit_transform(matrix_of(cases, fitted))
    weight_of_case = np.where(
        answerable, (1 - SHARE_TO_REFUSE) / answerable.sum(), SHARE_TO_REFUSE / (~answerable).sum()
    )
    model = LogisticRegression(C=1 / (2 * RIDGE), tol=1e-8, max_iter=10_000)
    model.fit(columns, answerable, sample_weight=weight_of_case)
    slopes = model.coef_[0] / scaler.scale_
    weights = {**by_hand, **dict(zip(fitted, slopes.tolist(), strict=True))}
    constant = float(model.intercept_[0] - slopes @ scaler.mean_)
    constant -= float(np.array(list(by_hand.values())) @ fixed[0])
    return {name: weights[name] for name in EVIDENCE_NAMES}, constant


def confidences(
    cases: Sequence[RefusalCase], weights: Mapping[str, float], constant: float
) -> Floats:
    """Return the confidence that each question is answered."""
    values = matrix_of(cases, list(weights)) @ np.array(list(weights.values()))
    result: Floats = expit(values + constant)
    return result


def cross_validated_confidences(cases: Sequence[RefusalCase], stored: ConfidenceWeights) -> Floats:
    """Return the confidence of each case by a rule that is fitted on other documents."""
    result = np.zeros(len(cases))
    for train, test in folds([case.documents for case in cases]):
        weights, constant = fit_refusal([cases[number] for number in train], stored)
        result[test] = confidences([cases[number] for number in test], weights, constant)
    return result


def refusal_scores(
    cases: Sequence[RefusalCase], confidence: Floats, threshold: float
) -> dict[str, float]:
    """Return how well a threshold separates the questions to be refused from the others.

    `precision` and `recall` are those of refusals; `false_refusals` is the share of answerable
    questions that are refused.
    """
    from sklearn.metrics import precision_score, recall_score, roc_auc_score

    to_refuse = np.array([not case.is_answerable for case in cases])
    refused = confidence < threshold
    return {
        "precision": float(precision_score(to_refuse, refused, zero_division=0)),
        "recall": float(recall_score(to_refuse, refused, zero_division=0)),
        "false_refusals": float(refused[~to_refuse].mean()),
        "roc_auc": float(roc_auc_score(~to_refuse, confidence)),
    }


def refusal_tables(cases: Sequence[RefusalCase], confidence: Floats) -> str:
    """Return the scores at each threshold, a Markdown table for each file of questions."""
    tables = []
    for name in dict.fromkeys(case.questions for case in cases):
        chosen = np.array([case.questions == name for case in cases])
        own = [case for case in cases if case.questions == name]
        count = sum(not case.is_answerable for case in own)
        if count in {0, len(own)}:
            tables.append(f"{name}: {len(own)} questions of one kind only; no table.")
            continue
        lines = [
            f"{name}: {len(own)} questions, {count} of them to be refused.\n",
            "| answered from | precision of refusals | recall of refusals | false refusals |",
            "| --- | --- | --- | --- |",
        ]
        for threshold in THRESHOLDS:
            scores = refusal_scores(own, confidence[chosen], threshold)
            shown = (f"{scores[key]:.3f}" for key in ("precision", "recall", "false_refusals"))
            lines.append(f"| {threshold:.2f} | {' | '.join(shown)} |")
        tables.append("\n".join(lines))
    return "\n\n".join(tables)
