"""Comparison of two runs over the same questions, with confidence intervals."""

import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from qa.errors import InputError

BOOTSTRAP_SAMPLES = 2000
_COMPARED: dict[str, tuple[str, int]] = {
    "strict@1": ("strict", 1),
    "strict@5": ("strict", 5),
    "wording@1": ("wording", 1),
    "wording@5": ("wording", 5),
}


def confidence_interval(values: Sequence[float]) -> tuple[float, float]:
    """Return the 95 % confidence interval of the mean of these values.

    Args:
        values: one per question, at least one.

    Source:
        Percentile bootstrap (Efron 1979), 2,000 resamples with a fixed seed.
    """
    drawn = np.random.default_rng(0).integers(0, len(values), size=(BOOTSTRAP_SAMPLES, len(values)))
    means = np.asarray(values, dtype=np.float64)[drawn].mean(axis=1)
    low, high = np.quantile(means, [0.025, 0.975])
    return round(float(low), 4), round(float(high), 4)


def read_run(path: Path, text: str) -> dict[str, Any]:
    """Return a run printed by `operative evaluate --json`.

    Raises:
        InputError: `text` is not such a run.
    """
    try:
        run = json.loads(text)
        ids = {str(entry["id"]) for entry in run["questions"] if "sought" in entry}
    except (ValueError, KeyError, TypeError) as error:
        raise InputError(
            f"{path} is not a run; write one with `operative evaluate QUESTIONS --json > {path}`."
        ) from error
    if not ids:
        raise InputError(f"{path} contains no questions; evaluate a file of questions first.")
    return dict(run)


def compare_runs(before: Mapping[str, Any], now: Mapping[str, Any]) -> dict[str, Any]:
    """Return the differences between two runs over the questions that both contain.

    Each difference has its 95 % confidence interval. `better` and `worse` list the questions whose
    first correct quotation, by wording, moved up or down.

    Raises:
        InputError: the runs share no question.
    """
    earlier = {str(entry["id"]): entry for entry in before["questions"]}
    pairs = [
        (earlier[str(entry["id"])], entry)
        for entry in now["questions"]
        if str(entry["id"]) in earlier
    ]
    if not pairs:
        raise InputError("the two runs share no question; compare runs of one file.")
    ranked = [(old, later) for old, later in pairs if later["sought"]]
    measures = {}
    for name, (field, rank) in _COMPARED.items():
        old, new = ([_within(pair[side], field, rank) for pair in ranked] for side in (0, 1))
        if ranked:
            change = [after - first for first, after in zip(old, new, strict=True)]
            measures[name] = {
                "before": round(float(np.mean(old)), 4),
                "now": round(float(np.mean(new)), 4),
                "interval": confidence_interval(change),
            }
    return {
        "questions": len(pairs),
        "measures": measures,
        "better": _moved(pairs, lambda old, new: new < old),
        "worse": _moved(pairs, lambda old, new: new > old),
    }


def comparison_table(difference: Mapping[str, Any]) -> str:
    """Return the differences as a text table."""
    lines = [
        f"compared with the earlier run, {difference['questions']} questions:",
        f"{'':12}{'before':>9}{'now':>9}   95 % CI of the difference",
    ]
    for name, row in difference["measures"].items():
        low, high = row["interval"]
        lines.append(
            f"{name:12}{row['before']:>9.3f}{row['now']:>9.3f}   {low:+.3f} to {high:+.3f}"
        )
    for way in ("better", "worse"):
        named = ", ".join(map(str, difference[way])) or "none"
        lines.append(f"{way} ({len(difference[way])}): {named}")
    return "\n".join(lines)


_NOWHERE = 10**6


def _within(entry: Mapping[str, Any], field: str, rank: int) -> float:
    return float((entry.get(field) or _NOWHERE) <= rank)


def _moved(
    pairs: Sequence[tuple[Mapping[str, Any], Mapping[str, Any]]],
    has_moved: Callable[[int, int], bool],
) -> list[Any]:
    return [
        new["id"]
        for old, new in pairs
        if has_moved(old.get("wording") or _NOWHERE, new.get("wording") or _NOWHERE)
    ]
