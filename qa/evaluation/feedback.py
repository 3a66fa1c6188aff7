"""Append-only JSON lines: the log of a server and its readers' feedback."""

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
    """A file of JSON lines; threads may append concurrently, a whole line each."""

    def __init__(self, path: Path) -> None:
        """Open a file, creating it and its folder if needed; "-" is stderr.

        Raises:
            InputError: the file cannot be written.
        """
        self.path = path
        self._lock = threading.Lock()
        if str(path) != "-":
            try:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.open("ab").close()
            except OSError as error:
                raise InputError(
                    f"{path} cannot be written ({error.strerror}); choose another file."
                ) from error

    def add(self, event: str, **fields: Any) -> None:  # noqa: ANN401 - what JSON can hold
        """Append one line: time, event and fields."""
        now = datetime.now(UTC).isoformat(timespec="milliseconds")
        line = json.dumps({"time": now, "event": event, **fields}, ensure_ascii=False) + "\n"
        with self._lock:
            if str(self.path) == "-":
                sys.stderr.write(line)
                sys.stderr.flush()
                return
            with self.path.open("a", encoding="utf-8", newline="\n") as file:
                file.write(line)


def feedback_record(answer: Answer, verdict: str, better: str) -> dict[str, Any]:
    """Return the record of a reader's verdict on an answer.

    Args:
        answer: the answer that was rated.
        verdict: one of `VERDICTS`.
        better: citations of the right paragraphs, as typed; may be empty.
    """
    return {
        "verdict": verdict,
        "question": answer.understood or answer.question,
        "road": answer.road.value,
        "refusal": answer.refusal.kind.value if answer.refusal else None,
        "quotes": [
            {"symbol": quote.symbol, "label": quote.label, "score": quote.score}
            for quote in answer.quotes
        ],
        "better": list(_places(better)),
        "remark": better,
        "generation": answer.generation,
        "model": answer.model,
    }


def questions_of(lines: Sequence[str]) -> Iterator[dict[str, Any]]:
    """Yield verdicts as questions with gold answers, in the format of `operative evaluate`.

    For a right answer the first quotation is gold; for a wrong one, the paragraphs that the reader
    named. Verdicts that name none are skipped.
    """
    for number, line in enumerate(lines, start=1):
        try:
            record = json.loads(line)
        except ValueError:
            continue
        if not isinstance(record, Mapping) or record.get("event") != "verdict":
            continue
        is_right = record["verdict"] == "right"
        first = [f"{each['symbol']} {each['label']}" for each in record["quotes"][:1]]
        gold = first if is_right else record["better"]
        refused = is_right and record["refusal"] is not None
        if gold or refused:
            yield {
                "id": f"reader-{number}",
                "kind": f"readers: {record['verdict']}",
                "question": record["question"],
                "gold": gold,
                "refuse": refused,
            }


def _places(typed: str) -> Iterator[str]:
    for place in read_question(typed).places if typed.strip() else ():
        if place.symbol:
            yield f"{place.symbol} {label_of(place.locator)}"
