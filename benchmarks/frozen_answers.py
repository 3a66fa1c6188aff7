"""Freeze the answers of Operative and compare with them: a refactoring must not change them.

`python -m benchmarks.frozen_answers` asks every question of `tests/gold`, of OPERATIVE_SHARED and
of `tests/cases/odd-questions.jsonl` over the packaged texts and the fixture collection, and lists
the answers that are not those of `tests/golden/answers-*.jsonl.xz`; `--write` rewrites them.
A test asks a part of the same questions on each run.
"""

import argparse
import hashlib
import json
import lzma
import os
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from qa.assistant import Assistant
from qa.indexing.build import build
from qa.render.answer_json import answer_record

ROOT = Path(__file__).parent.parent
SHARED = Path(os.environ.get("OPERATIVE_SHARED", ROOT.parent / "shared"))
GOLDEN = ROOT / "tests" / "golden"
COLLECTION = ROOT / "tests" / "collection" / "resolutions.tar.xz"
TEXTS = {"seeds": ROOT / "data", "collection": COLLECTION}
IN_TESTS = ("gold/questions-own.jsonl", "gold/questions-taught.jsonl", "cases/odd-questions.jsonl")


def conversations() -> Iterator[tuple[str, ...]]:
    """Yield every question with the turns before it, each once."""
    files = [ROOT / "tests" / name for name in IN_TESTS]
    files += sorted((SHARED / "gold").rglob("*questions*.jsonl"))
    files += [
        SHARED / "gold" / name
        for name in ("intents/intents.jsonl", "conversations/conversations.jsonl")
    ]
    seen = set()
    for path in files:
        if not path.exists():
            continue
        for line in path.read_text(encoding="utf-8").splitlines():
            known = json.loads(line)
            turns = tuple(known.get("turns") or [known["question"]])
            if turns not in seen:
                seen.add(turns)
                yield turns


def answered(assistant: Assistant, turns: Sequence[str]) -> dict[str, Any]:
    """Return the answer to the last turn: what a reader sees first, and a digest of the whole."""
    answer = None
    for turn in turns:
        answer = assistant.ask(turn, previous=answer)
    assert answer is not None
    record = _rounded(answer_record(answer))
    del record["timing_ms"], record["index"], record["id"]
    for quote in (*record["quotes"], *((record.get("refusal") or {}).get("nearest") or ())):
        quote.get("source", {}).pop("added", None)  # when the index was built
    refusal = record["refusal"]
    whole = json.dumps(record, ensure_ascii=False, sort_keys=True)
    return {
        "turns": list(turns),
        "road": record["road"],
        "refusal": refusal["kind"] if refusal else None,
        "message": refusal["message"] if refusal else record["message"],
        "facts": [
            f"{fact['symbol']} {fact['field']}: {fact['value']}" for fact in record["facts"][:10]
        ],
        "quotes": [
            f"{quote['symbol']} {quote['label']} {quote['score']}"
            for quote in record["quotes"][:10]
        ],
        "sha256": hashlib.sha256(whole.encode()).hexdigest()[:16],
    }


def differences(frozen: dict[str, Any], now: dict[str, Any]) -> list[str]:
    """Return what differs between two answers to one question, a line each."""
    lines = [
        f"  {key}: {frozen[key]!r}\n     -> {now[key]!r}"
        for key in frozen
        if key != "sha256" and frozen[key] != now[key]
    ]
    return lines or (["  something else differs"] if frozen["sha256"] != now["sha256"] else [])


def read_frozen(name: str) -> Iterator[dict[str, Any]]:
    """Yield the frozen answers over "seeds" or "collection"."""
    with lzma.open(GOLDEN / f"answers-{name}.jsonl.xz", "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def write_frozen(name: str, answers: Sequence[dict[str, Any]]) -> None:
    """Write frozen answers."""
    with lzma.open(
        GOLDEN / f"answers-{name}.jsonl.xz", "wt", encoding="utf-8", newline="\n"
    ) as out:
        out.writelines(f"{json.dumps(answer, ensure_ascii=False)}\n" for answer in answers)


def freeze(name: str, assistant: Assistant) -> None:
    """Write the answers to all available questions, and to all that were frozen before."""
    before = (tuple(frozen["turns"]) for frozen in read_frozen(name))
    questions = dict.fromkeys([*conversations(), *before])
    write_frozen(name, [answered(assistant, turns) for turns in questions])


def index_digest(index: Path) -> str:
    """Return the SHA-256 over the names and bytes of all files of an index's generation."""
    digest = hashlib.sha256()
    (generation,) = (folder for folder in (index / "generations").iterdir() if folder.is_dir())
    for path in sorted(generation.rglob("*")):
        if path.is_file():
            digest.update(path.relative_to(generation).as_posix().encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def _rounded(value: Any) -> Any:  # noqa: ANN401 - any JSON value
    if isinstance(value, float):
        return round(value, 3)
    if isinstance(value, dict):
        return {key: _rounded(item) for key, item in value.items()}
    return [_rounded(item) for item in value] if isinstance(value, list) else value


def main() -> int:
    """Freeze or compare; exit 1 where an answer differs."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--every", type=int, default=1, help="ask each N-th question only")
    parser.add_argument("--over", choices=TEXTS, action="append")
    given = parser.parse_args()
    from embeddings.model.encoder import Encoder

    encoder = Encoder.load()
    differing = 0
    for name in given.over or TEXTS:
        with tempfile.TemporaryDirectory() as folder:
            build([TEXTS[name]], Path(folder), load_encoder=lambda: encoder)
            assistant = Assistant.open(folder)
            print(f"{name}: index {index_digest(Path(folder))}", flush=True)
            if given.write:
                freeze(name, assistant)
                continue
            asked = 0
            for frozen in list(read_frozen(name))[:: given.every]:
                asked += 1
                lines = differences(frozen, answered(assistant, frozen["turns"]))
                if lines:
                    differing += 1
                    print(f"{name}: {' | '.join(frozen['turns'])}", *lines, sep="\n", flush=True)
            print(f"{name}: {asked} asked", flush=True)
    print(f"{differing} answers differ")
    return 1 if differing else 0


if __name__ == "__main__":
    sys.exit(main())
