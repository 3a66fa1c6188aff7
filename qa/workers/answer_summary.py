"""What a server counts and logs of an answer: no word of its question."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from qa.answer import Answer


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerSummary:
    """An answer without its question and its texts."""

    road: str
    state: str  # kind of the refusal, or what the answer claims
    refusal: str | None
    quotes: int
    facts: int
    milliseconds: float
    generation: str
    timing_ms: Mapping[str, float]

    @classmethod
    def of(cls, answer: Answer, milliseconds: float) -> "AnswerSummary":
        """Return the summary of an answer that took so long."""
        refusal = answer.refusal.kind.value if answer.refusal else None
        claimed = answer.state.value if answer.state else ""
        return cls(
            road=answer.road.value,
            state=refusal or claimed,
            refusal=refusal,
            quotes=len(answer.quotes),
            facts=len(answer.facts),
            milliseconds=milliseconds,
            generation=answer.generation,
            timing_ms=dict(answer.timing_ms),
        )

    def log_record(self) -> dict[str, Any]:
        """Return the entry in the log of a server."""
        return {
            "road": self.road,
            "refusal": self.refusal,
            "quotes": self.quotes,
            "facts": self.facts,
            "milliseconds": round(self.milliseconds, 1),
            "generation": self.generation,
            "timing_ms": dict(self.timing_ms),
        }
