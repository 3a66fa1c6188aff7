"""The state of a server: alive, and ready to answer."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from embeddings.store.generations import visible_problems

if TYPE_CHECKING:
    from qa.workers.answer_pool import AnswerPool


def health_record(pool: "AnswerPool") -> dict[str, Any]:
    """Return that the server is alive and what is loaded, as values that JSON can hold."""
    info = pool.info
    return {
        "status": "ok",
        "generation": info.generation,
        "built": info.built.isoformat(timespec="seconds") if info.built else None,
        "model": info.model,
        "resolutions": info.resolutions,
        "operative": info.operative,
    }


def readiness_record(pool: "AnswerPool", *, is_draining: bool) -> dict[str, Any]:
    """Return whether the server answers now, and if not, why: one sentence without a path."""
    reason = ""
    if is_draining:
        reason = "The server is stopping."
    elif not pool.is_warm:
        reason = "The model is being loaded."
    elif visible_problems(Path(pool.info.index)):
        reason = "The index is missing or damaged; run `operative verify`."
    return {"status": "not_ready" if reason else "ready", "reason": reason}
