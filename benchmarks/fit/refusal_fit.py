"""The rule of confidence: a logistic regression on the evidence for answering."""

from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np
from scipy.special import expit

from benchmarks.fit.labelled_cases import EVIDENCE_NAMES, Floats, RefusalCase, folds, matrix_of

SHARE_TO_REFUSE = 1 / 4  # questions to be refused weigh as if they were this share of all
OTHER_INDEX_SHARE = 0.35  # of the weight of the first index, for each other one
THRESHOLDS = (0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.6)


def fit_refusal(cases: Sequence[RefusalCase]) -> tuple[dict[str, float], float]:
    """Return the weights and the constant of the rule, fitted on cases over one or more indexes."""
    from sklearn.linear_model import LogisticRegression
    from sklearn.preprocessing import StandardScaler

    answerable = np.array([case.is_answerable for case in cases])
    scaler = StandardScaler()
    columns = scaler.fit_transform(matrix_of(cases, EVIDENCE_NAMES))
    model = LogisticRegression(tol=1e-8, max_iter=10_000)
    model.fit(columns, answerable, sample_weight=case_weights(cases))
    slopes = model.coef_[0] / np.where(scaler.scale_ > 0, scaler.scale_, 1)
    constant = float(model.intercept_[0] - slopes @ scaler.mean_)
    return dict(zip(EVIDENCE_NAMES, slopes.tolist(), strict=True)), constant


def case_weights(cases: Sequence[RefusalCase]) -> Floats:
    """Return what each case counts.

    A file of questions counts by the root of its size. Over each index, questions to be refused
    have the same share, and each index after the first the same part of the first one's weight.
    """
    files = Counter(case.questions for case in cases)
    weights = np.array([1 / np.sqrt(files[case.questions]) for case in cases])
    texts = np.array([case.texts for case in cases])
    answerable = np.array([case.is_answerable for case in cases])
    for number, name in enumerate(dict.fromkeys(texts.tolist())):
        total = len(cases) * (OTHER_INDEX_SHARE if number else 1)
        for is_answerable, share in ((True, 1 - SHARE_TO_REFUSE), (False, SHARE_TO_REFUSE)):
            chosen = (texts == name) & (answerable == is_answerable)
            if chosen.any():
                weights[chosen] *= total * share / weights[chosen].sum()
    scaled: Floats = weights / weights.mean()
    return scaled


def confidences(
    cases: Sequence[RefusalCase], weights: Mapping[str, float], constant: float
) -> Floats:
    """Return the confidence that each question is answered."""
    values = matrix_of(cases, list(weights)) @ np.array(list(weights.values()))
    result: Floats = expit(values + constant)
    return result


def cross_validated_confidences(cases: Sequence[RefusalCase]) -> Floats:
    """Return the confidence of each case by a rule that is fitted on other documents."""
    result = np.zeros(len(cases))
    for train, test in folds([case.documents for case in cases]):
        weights, constant = fit_refusal([cases[number] for number in train])
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
    for name in dict.fromkeys((case.texts, case.questions) for case in cases):
        chosen = np.array([(case.texts, case.questions) == name for case in cases])
        own = [case for case in cases if (case.texts, case.questions) == name]
        count = sum(not case.is_answerable for case in own)
        if count in {0, len(own)}:
            tables.append(f"{' · '.join(name)}: {len(own)} questions of one kind; no table.")
            continue
        lines = [
            f"{' · '.join(name)}: {len(own)} questions, {count} of them to be refused.\n",
            "| answered from | precision of refusals | recall of refusals | false refusals |",
            "| --- | --- | --- | --- |",
        ]
        for threshold in THRESHOLDS:
            scores = refusal_scores(own, confidence[chosen], threshold)
            shown = (f"{scores[key]:.3f}" for key in ("precision", "recall", "false_refusals"))
            lines.append(f"| {threshold:.2f} | {' | '.join(shown)} |")
        tables.append("\n".join(lines))
    return "\n\n".join(tables)
