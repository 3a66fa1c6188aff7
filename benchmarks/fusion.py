"""What each leg of the search, and each way to fuse them, is worth on the seeds' questions."""

import json
import os
import tempfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
import numpy.typing as npt

import qa.retrieve
from qa.assistant import Assistant
from qa.build import build
from qa.settings import packaged_texts

Floats = npt.NDArray[np.float32]
Fuse = Callable[[Floats, Floats, Floats], Floats]
GOLD = "gold/questions-seeds.jsonl"
# Kinds that are searched for rather than looked up.
LOOKED_UP = ("Exact", "Dates", "Multi-turn", "Other languages", "Adversarial", "Not answerable")


def table() -> str:
    """Return recall and first place for each way to fuse, as a Markdown table."""
    path = Path(os.environ.get("OPERATIVE_SHARED", "../shared")) / GOLD
    if not path.exists():
        return f"Fusion: not measured, {path.name} is not at hand (set OPERATIVE_SHARED)."
    lines = path.read_text(encoding="utf-8").splitlines()
    known = [one for one in map(json.loads, lines) if not one["kind"].startswith(LOOKED_UP)]
    rows = [
        f"{len(known)} questions that are searched for; search alone, without lists of verbs:",
        "",
        "| fusion | all-gold recall@5 | first right |",
        "| --- | --- | --- |",
    ]
    with tempfile.TemporaryDirectory() as folder:
        index = Path(folder) / "index"
        from embeddings.encoder import Encoder

        build([packaged_texts()], index, load_encoder=Encoder.load)
        assistant = Assistant.open(index)
        used = qa.retrieve.fuse
        try:
            for name, fuse in _ways(used).items():
                qa.retrieve.fuse = fuse  # type: ignore[assignment]
                recall, first = _measure(assistant, known)
                rows.append(f"| {name} | {recall:.3f} | {first:.3f} |")
        finally:
            qa.retrieve.fuse = used
    return "\n".join(rows)


def _ways(used: Fuse) -> dict[str, Fuse]:
    def ranks(k: int) -> Fuse:
        def fuse(cosines: Floats, words: Floats, structure: Floats) -> Floats:
            by_words = np.where(words > 0, 1 / (k + _rank(words)), 0.0)
            return ((1 / (k + _rank(cosines)) + by_words) * k / 2 + structure).astype(np.float32)

        return fuse

    return {
        "vectors": lambda cosines, _words, _structure: cosines,
        "words": lambda _cosines, words, _structure: words,
        "vectors and words": lambda cosines, words, _structure: used(cosines, words, words * 0),
        "reciprocal ranks (k 10) and structure": ranks(10),
        "reciprocal ranks (k 60) and structure": ranks(60),
        "weighted scores and structure (used)": used,
    }


def _rank(scores: Floats) -> Floats:
    order = np.argsort(np.argsort(-scores, kind="stable"), kind="stable")
    return order.astype(np.float32) + 1


def _measure(assistant: Assistant, known: list[dict[str, object]]) -> tuple[float, float]:
    recalls, firsts = [], []
    for one in known:
        gold, also = set(one["gold"]), set(one["also"])  # type: ignore[call-overload]
        question = str(one["question"])
        found = assistant.retrieve(question, k=5)
        labels = [f"{quote.symbol} {quote.label}" for quote in found]
        recalls.append(len(gold & set(labels)) / len(gold))
        firsts.append(bool(labels) and labels[0] in gold | also)
    return float(np.mean(recalls)), float(np.mean(firsts))
