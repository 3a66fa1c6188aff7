"""Two runs over the same questions: what differs, and whether it could be chance."""

import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from qa.errors import InputError

SAMPLES = 2000
_COMPARED: dict[str, tuple[str, int]] = {
    "strict@1": ("strict", 1),
    "strict@5": ("strict", 5),
    "wording@1": ("wording", 1),
    "wording@5": ("wording", 5),
}


def confidence_interval(values: Sequence[float]) -> tuple[float, float]:
    """Return between what bounds the mean of 95 of 100 samples of these values lies.

    Args:
        values: one a question, at least one.

    Source:
        Percentile bootstrap (Efron 1979), 2,000 samples of as many values, always the same ones.
    """
    drawn = np.random.default_rng(0).integers(0, len(values), size=(SAMPLES, len(values)))
    means = np.asarray(values, dtype=np.float64)[drawn].mean(axis=1)
    low, high = np.quantile(means, [0.025, 0.975])
    return round(float(low), 4), round(float(high), 4)


def read_run(path: Path, text: str) -> dict[str, Any]:
    """Return a run that `operative evaluate --json` has printed.

    Raises:
        InputError: it is none.
    """
    try:
        run = json.loads(text)
        known = {str(one["id"]) for one in run["questions"] if "sought" in one}
    except (ValueError, KeyError, TypeError) as error:
        raise InputError(
            f"{path} is no run; write one with `operative evaluate QUESTIONS --json > {path}`."
        ) from error
    if not known:
        raise InputError(f"{path} holds no question; evaluate a file of questions first.")
    return dict(run)


def compare_runs(before: Mapping[str, Any], now: Mapping[str, Any]) -> dict[str, Any]:
    """Return what differs between two runs over the questions that both have.

    The difference of a measure has the interval in which 95 of 100 samples of the questions lie;
    where 0 lies outside, it is hardly chance. `better` and `worse` name questions by the place of
    the first quotation with a wording that was wanted.

    Raises:
        InputError: no question is in both.
    """
    earlier = {str(one["id"]): one for one in before["questions"]}
    pairs = [
        (earlier[str(one["id"])], one) for one in now["questions"] if str(one["id"]) in earlier
    ]
    if not pairs:
        raise InputError("the two runs have no question in common; compare runs of one file.")
    ranked = [(old, new) for old, new in pairs if new["sought"]]
    measures = {}
    for name, (field, rank) in _COMPARED.items():
        old, new = ([_within(one[at], field, rank) for one in ranked] for at in (0, 1))
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
    """Return what differs as text."""
    lines = [
        f"compared with the run before, {difference['questions']} questions:",
        f"{'':12}{'before':>9}{'now':>9}   95 of 100 samples of the difference",
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


def _within(one: Mapping[str, Any], field: str, rank: int) -> float:
    return float((one.get(field) or _NOWHERE) <= rank)


def _moved(
    pairs: Sequence[tuple[Mapping[str, Any], Mapping[str, Any]]], has: Callable[[int, int], bool]
) -> list[Any]:
    return [
        new["id"]
        for old, new in pairs
        if has(old.get("wording") or _NOWHERE, new.get("wording") or _NOWHERE)
    ]
