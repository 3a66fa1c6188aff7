"""The same texts, model and questions in other libraries: seconds to build, and to be answered.

    python -m benchmarks.peers FOLDER QUESTIONS.jsonl PATH…

takes the first `TEXTS` passages of the resolutions under PATH, in the order of their files. Each
library works in an environment of its own below FOLDER, made by pip when it is not there, with its
own defaults (`benchmarks/peer.py`), and reaches no network. The others are handed texts that lie in
memory, we read the files: XML in, an index on the disk out. We build before each of them and once
more, so that what else the machine does falls on all.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.machine import describe
from embeddings.encoder import Encoder
from embeddings.model import identify
from qa.build import build
from qa.corpus import Corpus
from qa.fill import embedded_text

ROOT = Path(__file__).resolve().parent.parent
TEXTS = 3_000
QUESTIONS = 100
FIRST = 5  # answers in which the right one is looked for
PEERS = {
    "txtai": ("txtai==9.14.0", "faiss-cpu"),
    "llamaindex": (
        "llama-index-core==0.14.25",
        "llama-index-embeddings-huggingface==0.8.0",
        "llama-index-vector-stores-faiss==0.7.0",
        "faiss-cpu",
    ),
    "haystack": ("haystack-ai==3.4.0", "sentence-transformers-haystack==2.0.0"),
}
SHARED = ("faiss-cpu", "numpy", "sentence-transformers", "tokenizers", "torch", "transformers")


@dataclass(frozen=True, slots=True)
class Measured:
    """What one library took, and what it found."""

    name: str
    built: tuple[float, float]  # seconds: by the clock, and of processors
    spent: Sequence[float]  # seconds, of each question
    right: Sequence[bool]  # of each question whose answer is in the texts


def main(folder: Path, questions: Path, paths: list[Path]) -> None:
    """Measure and print a table."""
    with tempfile.TemporaryDirectory() as temporary:
        work = Path(temporary)
        files = _part(work, paths)
        known = [json.loads(line) for line in questions.read_text(encoding="utf-8").splitlines()]
        known = [one for one in known if one.get("gold") and not one.get("refuse")][:QUESTIONS]
        ours, found = [_built(files, work / "ours")], []
        corpus = Corpus.open(work / "ours")
        texts = [embedded_text(one) for one in corpus.passages]
        print(f"{describe()}\n\n{len(texts):,} passages of {len(corpus.resolutions)} resolutions.")
        given = work / "texts.json"
        given.write_text(
            json.dumps({"texts": texts, "questions": [one["question"] for one in known]}),
            encoding="utf-8",
        )
        names = [f"{one.symbol} {one.label}" for one in corpus.passages]
        for name in PEERS:
            found.append(_peer(_environment(folder, name), name, given, known, names))
            ours.append(_built(files, work / f"ours-{name}"))
        found += _asked(work / "ours", ours[_middle(ours)], given, known, set(names))
    print(f"We built in {', '.join(f'{one:.0f}' for one, _ in ours)} s.\n")
    print("| library | build | of processors | question, median / p95 | right among five |")
    print("| --- | --- | --- | --- | --- |")
    for one in found:
        middle, high = np.quantile(one.spent, [0.5, 0.95]) * 1000
        share = f"{np.mean(one.right):.3f} of {len(one.right)}"
        built, used = one.built
        print(
            f"| {one.name} | {built:.0f} s | {used:.0f} s "
            f"| {middle:.0f} / {high:.0f} ms | {share} |"
        )


def _part(work: Path, paths: list[Path]) -> list[Path]:
    """Copy the files of the first resolutions, up to `TEXTS` passages; return where they lie."""
    from qa.resolutions.readers.files import Problem, find_files, read_found

    chosen, count = work / "files", 0
    chosen.mkdir()
    for found in find_files(paths):
        for one in read_found(found):
            if isinstance(one, Problem) or one.resolution.language != "en":
                continue
            parts = (*one.resolution.paragraphs, *one.resolution.notes)
            count += sum(getattr(part, "kind", None) != "heading" for part in parts)
            if found.path:
                shutil.copy(found.path, chosen / f"{count:06d}-{found.path.name}")
        if count >= TEXTS:
            break
    return [chosen]


def _built(files: list[Path], index: Path) -> tuple[float, float]:
    encoder = Encoder.load()
    encoder.encode(["warm"])
    start, before = time.perf_counter(), os.times()
    build(files, index, load_encoder=lambda: encoder, jobs=os.cpu_count() or 1)
    return time.perf_counter() - start, sum(os.times()[:4]) - sum(before[:4])


def _middle(seconds: list[tuple[float, float]]) -> int:
    """Return which is the middle one, by the clock."""
    return sorted(range(len(seconds)), key=seconds.__getitem__)[len(seconds) // 2]


def _environment(folder: Path, name: str) -> Path:
    """Return the interpreter of a library's environment, which is made if it is not there."""
    python = folder / name / "bin" / "python"
    if not python.exists():
        pins = [
            line
            for line in (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
            if line.split("==")[0] in SHARED
        ]
        limits = folder / f"{name}.txt"
        folder.mkdir(parents=True, exist_ok=True)
        limits.write_text("\n".join(pins), encoding="utf-8")
        subprocess.run([sys.executable, "-m", "venv", str(folder / name)], check=True)
        command = [str(python), "-m", "pip", "install", "--quiet", "--constraint", str(limits)]
        subprocess.run([*command, "sentence-transformers", *PEERS[name]], check=True)
    return python


def _peer(
    python: Path, name: str, given: Path, known: Sequence[dict[str, Any]], names: list[str]
) -> Measured:
    clean = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
    command = [str(python), str(ROOT / "benchmarks" / "peer.py"), name, str(identify(None)[1])]
    done = subprocess.run(
        [*command, str(given)],
        env=clean | {"HF_HUB_OFFLINE": "1", "TRANSFORMERS_OFFLINE": "1"},
        check=True,
        capture_output=True,
        text=True,
    )
    said = json.loads(done.stdout.splitlines()[-1])
    held = set(names)
    right = [
        bool({names[row] for row in rows} & _gold(one))
        for one, rows in zip(known, said["found"], strict=True)
        if _gold(one) & held
    ]
    label = PEERS[name][0].replace("==", " ")
    return Measured(label, (said["built"], said["used"]), said["spent"], right)


_ASKING = """
import json, sys, time
from qa import Assistant

index, given, top = sys.argv[1:]
questions = json.loads(open(given, encoding="utf-8").read())["questions"]
assistant = Assistant.open(index)
assistant.warm_up()
assistant.ask(questions[0])
spent, found, search = [], [], []
for question in questions:
    start = time.perf_counter()
    assistant.retrieve(question, k=int(top))
    search.append(time.perf_counter() - start)
for question in questions:
    start = time.perf_counter()
    answer = assistant.ask(question, top=int(top))
    spent.append(time.perf_counter() - start)
    names = [f"{one.symbol} {one.label}" for one in answer.quotes]
    names += [f"{one.symbol} {one.label}" for quote in answer.quotes for one in quote.same_wording]
    found.append(names)
print(json.dumps({"spent": spent, "found": found, "search": search}))
"""


def _asked(
    index: Path,
    built: tuple[float, float],
    given: Path,
    known: Sequence[dict[str, Any]],
    held: set[str],
) -> tuple[Measured, Measured]:
    """Search and ask our own, in a process of its own, too.

    The others search; an answer of ours is read, searched for, weighed, quoted and proved.
    """
    command = [sys.executable, "-c", _ASKING, str(index), str(given), str(FIRST)]
    done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    said = json.loads(done.stdout.splitlines()[-1])
    right = [
        bool(set(names) & _gold(one))
        for one, names in zip(known, said["found"], strict=True)
        if _gold(one) & held
    ]
    return (
        Measured("Operative, search alone", built, said["search"], right),
        Measured("Operative, the whole answer", built, said["spent"], right),
    )


def _gold(one: dict[str, Any]) -> set[str]:
    """The paragraphs that answer a question, those of the same wording among them."""
    return {str(name) for field in ("gold", "same_wording") for name in one.get(field) or ()}


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), [Path(path) for path in sys.argv[3:]])
