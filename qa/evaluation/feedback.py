"""JSON lines that are added to: the log of a server, and what its readers said of answers."""

import json
import sys
import threading
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from qa.answer import Answer
from qa.errors import InputError
from qa.question.read import read_question
from qa.resolutions.cite.typed_pinpoints import label_of

VERDICTS = ("right", "wrong", "missing")


class JsonlLog:
    """A file of JSON lines; several threads may add to it, each line whole."""

    def __init__(self, path: Path) -> None:
        """Take a file, made with its folder if needed; "-" is stderr.

        Raises:
            InputError: it cannot be written.
        """
        self.path = path
        self._lock = threading.Lock()
        if str(path) != "-":
            try:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.open("ab").close()
            except OSError as error:
                raise InputError(
                    f"{path} cannot be written ({error.strerror}); name another file."
                ) from error

    def add(self, event: str, **fields: Any) -> None:  # noqa: ANN401 - what JSON can hold
        """Add one line: the moment, what happened, and its fields."""
        now = datetime.now(UTC).isoformat(timespec="milliseconds")
        line = json.dumps({"time": now, "event": event, **fields}, ensure_ascii=False) + "\n"
        with self._lock:
            if str(self.path) == "-":
                sys.stderr.write(line)
                sys.stderr.flush()
                return
            with self.path.open("a", encoding="utf-8", newline="\n") as file:
                file.write(line)


def log_record(answer: Answer, milliseconds: float) -> dict[str, Any]:
    """Return what a log keeps of an answer: how it went, and not a word of the question."""
    return {
        "road": answer.road.value,
        "refusal": answer.refusal.kind.value if answer.refusal else None,
        "quotes": len(answer.quotes),
        "facts": len(answer.facts),
        "milliseconds": round(milliseconds, 1),
        "generation": answer.generation,
        "timing_ms": dict(answer.timing_ms),
    }


def feedback_record(answer: Answer, verdict: str, better: str) -> dict[str, Any]:
    """Return what is kept of a reader's verdict: the question, what was given, what would be right.

    Args:
        answer: what was judged.
        verdict: one of `VERDICTS`.
        better: citations of the paragraphs that would be right, as typed; often empty.
    """
    return {
        "verdict": verdict,
        "question": answer.understood or answer.question,
        "road": answer.road.value,
        "refusal": answer.refusal.kind.value if answer.refusal else None,
        "quotes": [
            {"symbol": one.symbol, "label": one.label, "score": one.score} for one in answer.quotes
        ],
        "better": list(_places(better)),
        "remark": better,
        "generation": answer.generation,
        "model": answer.model,
    }


def questions_of(lines: Sequence[str]) -> Iterator[dict[str, Any]]:
    """Yield verdicts as questions with known answers, as `operative evaluate` reads them.

    An answer that was right is gold by its first quotation; of one that was not, gold is what the
    reader named. Verdicts that name nothing say nothing of what would be right, and are left out.
    """
    for number, line in enumerate(lines, start=1):
        try:
            one = json.loads(line)
        except ValueError:
            continue
        if not isinstance(one, Mapping) or one.get("event") != "verdict":
            continue
        is_right = one["verdict"] == "right"
        first = [f"{each['symbol']} {each['label']}" for each in one["quotes"][:1]]
        gold = first if is_right else one["better"]
        refused = is_right and one["refusal"] is not None
        if gold or refused:
            yield {
                "id": f"reader-{number}",
                "kind": f"readers: {one['verdict']}",
                "question": one["question"],
                "gold": gold,
                "refuse": refused,
            }


def _places(typed: str) -> Iterator[str]:
    for place in read_question(typed).places if typed.strip() else ():
        if place.symbol:
            yield f"{place.symbol} {label_of(place.locator)}"
