"""The result of a fit, written into `weights.json` with where it comes from."""

import hashlib
import subprocess
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from qa.assistant import Assistant
from qa.search.weights import (
    ConfidenceWeights,
    Provenance,
    QuestionSet,
    RankingWeights,
    Weights,
    read_weights,
)

DIGITS = 2  # of a weight after the point
ROOT = Path(__file__).resolve().parent.parent.parent


def provenance(
    assistants: Sequence[Assistant], files: Sequence[Path], scores: Mapping[str, float], note: str
) -> Provenance:
    """Return where a fit comes from: its texts, questions, code and cross-validated scores."""
    return Provenance(
        method="fitted",
        commit=_commit(),
        date=datetime.now(UTC).date().isoformat(),
        note=note,
        texts="; ".join(map(_described, assistants)),
        questions=tuple(QuestionSet(file.name, _sha256(file)) for file in files),
        scores={name: round(score, 4) for name, score in scores.items()},
    )


def with_ranking(
    weights: Weights,
    with_tokens: Mapping[str, float],
    without_tokens: Mapping[str, float],
    origin: Provenance,
) -> Weights:
    """Return the weights with others for ranking."""
    ranking = RankingWeights(
        provenance=origin,
        set_by_hand=weights.ranking.set_by_hand,
        with_tokens=_rounded(with_tokens),
        without_tokens=_rounded(without_tokens),
    )
    return msgspec.structs.replace(weights, ranking=ranking)


def with_confidence(
    weights: Weights, values: Mapping[str, float], constant: float, origin: Provenance
) -> Weights:
    """Return the weights with another rule of confidence."""
    stored = weights.confidence
    confidence: ConfidenceWeights = msgspec.structs.replace(
        stored, provenance=origin, constant=round(constant, DIGITS), weights=_rounded(values)
    )
    return msgspec.structs.replace(weights, confidence=confidence)


def write_weights(weights: Weights, path: Path) -> None:
    """Write all numbers as JSON that the loader accepts."""
    content = msgspec.json.format(msgspec.json.encode(weights), indent=2) + b"\n"
    read_weights(content)
    path.write_bytes(content)


def _rounded(weights: Mapping[str, float]) -> dict[str, float]:
    return {name: round(weight, DIGITS) for name, weight in weights.items()}


def _described(assistant: Assistant) -> str:
    corpus = assistant.corpus
    counts = f"{len(corpus.resolutions):,} resolutions, {len(corpus.passages):,} passages"
    return f"{counts}, generation {corpus.generation}"


def _sha256(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


def _commit() -> str:
    """Return the commit of the code, marked "-dirty" if files differ from it."""
    command = ["git", "describe", "--always", "--dirty", "--exclude=*", "--abbrev=12"]
    run = subprocess.run(command, check=True, cwd=ROOT, capture_output=True, text=True)
    return run.stdout.strip()
