"""The weights by which one reading of a turn is chosen: data in `turn_weights.json`."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files

import msgspec

from qa.question.turn_reading import ReadingKind
from qa.search.weights import Provenance


class TurnWeights(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What speaks for each reading of a turn; `python -m benchmarks.fit.turn_fit` writes it."""

    provenance: Provenance
    min_near_confidence: float  # of a paragraph of the document spoken of that is still an answer
    evidence: dict[str, float]  # of what a reading finds, whatever its kind
    evidence_of: dict[str, dict[str, float]]  # the same for each kind, added to it
    kinds: dict[str, float]  # of each kind of reading
    turn: dict[str, dict[str, float]]  # of the turn, for each kind of reading

    def prior(self, kind: ReadingKind, turn: Mapping[str, float]) -> float:
        """Return what a turn says for a reading, in the units of a softmax over its readings."""
        return self.kinds[kind.value] + _weighted(turn, self.turn[kind.value])

    def of_evidence(self, kind: ReadingKind, evidence: Mapping[str, float]) -> float:
        """Return what is found for a reading, in the same units."""
        return _weighted(evidence, self._of(kind))

    def _of(self, kind: ReadingKind) -> dict[str, float]:
        of_kind = self.evidence_of[kind.value]
        return {name: each + of_kind.get(name, 0) for name, each in self.evidence.items()}


def _weighted(values: Mapping[str, float], weights: Mapping[str, float]) -> float:
    return sum(weight * values[name] for name, weight in weights.items())


@cache
def load_turn_weights() -> TurnWeights:
    """Return the weights; the file is read once."""
    content = files("qa.answering").joinpath("turn_weights.json").read_bytes()
    return msgspec.json.decode(content, type=TurnWeights)
