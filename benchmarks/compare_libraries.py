"""Compares libraries on the same texts, model and questions: seconds to build and to answer.

    python -m benchmarks.compare_libraries FOLDER QUESTIONS.jsonl PATH… [--passages N]

takes the first passages of the resolutions under PATH, in the order of their files. Each library
runs with its defaults in its own environment below FOLDER, which pip creates if it is missing
(`benchmarks/compare_libraries_worker.py`), and without network. The other libraries receive texts
in memory; Operative reads XML files and writes an index to disk. It builds once before each of them
and once more, so that other load on the machine affects all alike.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.hardware import describe
from embeddings.model.encoder import Encoder
from embeddings.model.model_id import identify
from qa.corpus.corpus import Corpus
from qa.indexing.build import build
from qa.indexing.writer import embedded_text

ROOT = Path(__file__).resolve().parent.parent
QUESTIONS = 100
FIRST = 5  # answers in which the right one is looked for
TURN = 10  # questions that one library is asked before the next
PAUSE = 0.5  # seconds before, in which threads that wait by spinning fall asleep
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
WAYS = {
    "nearest": "nearest vectors, as the others",
    "search": "search alone",
    "ask": "the whole answer",
}
SHARED = ("faiss-cpu", "numpy", "sentence-transformers", "tokenizers", "torch", "transformers")


class Library:
    """A library in its own process: it builds its index at once, then answers questions."""

    def __init__(self, name: str, command: Sequence[str | Path]) -> None:
        self.name = name
        self.built = (0.0, 0.0)  # seconds: wall, CPU
        self.spent: list[float] = []  # seconds, of each question
        self.right: list[bool] = []  # of each question whose answer is in the texts
        clean = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
        self._process = subprocess.Popen(
            [str(argument) for argument in command],
            cwd=ROOT,
            env=clean | {"HF_HUB_OFFLINE": "1", "TRANSFORMERS_OFFLINE": "1"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        message = self._said()
        self.built = (message["built"], message["used"])

    def ask(self, question: str) -> tuple[float, list[Any]]:
        """Return the seconds that a question took, and the results."""
        assert self._process.stdin
        self._process.stdin.write(f"{question}\n")
        self._process.stdin.flush()
        message = self._said()
        return message["spent"], message["found"]

    def close(self) -> None:
        """End the process."""
        self._process.communicate()

    def _said(self) -> dict[str, Any]:
        assert self._process.stdout
        for line in self._process.stdout:
            if line.startswith("{"):
                message: dict[str, Any] = json.loads(line)
                return message
        raise RuntimeError(f"{self.name} ended early, with {self._process.wait()}")


def main() -> None:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("folder", type=Path, help="for the environments of the libraries")
    parser.add_argument("questions", type=Path)
    parser.add_argument("paths", type=Path, nargs="+")
    parser.add_argument("--passages", type=int, default=3_000)
    given = parser.parse_args()
    _compare(given.folder, given.questions, given.paths, given.passages)


def _compare(folder: Path, questions: Path, paths: list[Path], passages: int) -> None:
    with tempfile.TemporaryDirectory() as temporary:
        work = Path(temporary)
        files = _part(work, paths, passages)
        known = [json.loads(line) for line in questions.read_text(encoding="utf-8").splitlines()]
        known = [
            question for question in known if question.get("gold") and not question.get("refuse")
        ][:QUESTIONS]
        ours, libraries = [_built(files, work / "ours")], []
        corpus = Corpus.open(work / "ours")
        texts = [embedded_text(passage) for passage in corpus.passages]
        print(f"{describe()}\n\n{len(texts):,} passages of {len(corpus.resolutions)} resolutions.")
        handed = work / "texts.json"
        handed.write_text(json.dumps(texts), encoding="utf-8")
        peer, model = ROOT / "benchmarks" / "compare_libraries_worker.py", identify(None)[1]
        for name in PEERS:
            label = PEERS[name][0].replace("==", " ")
            python = _environment(folder, name)
            libraries.append(Library(label, [python, peer, name, model, handed]))
            ours.append(_built(files, work / f"ours-{name}"))
        for way, label in WAYS.items():
            command = [sys.executable, "-c", _OURS, str(work / "ours"), str(FIRST), way]
            library = Library(f"Operative, {label}", command)
            library.built = ours[_middle(ours)]
            libraries.append(library)
        _ask(libraries, known, [f"{passage.symbol} {passage.label}" for passage in corpus.passages])
    print(f"We built in {', '.join(f'{seconds:.0f}' for seconds, _ in ours)} s.\n")
    print("| library | build | of processors | question, median / p95 | right among five |")
    print("| --- | --- | --- | --- | --- |")
    for library in libraries:
        middle, high = np.quantile(library.spent, [0.5, 0.95]) * 1000
        share = f"{np.mean(library.right):.3f} of {len(library.right)}"
        built, used = library.built
        print(
            f"| {library.name} | {built:.0f} s | {used:.0f} s "
            f"| {middle:.1f} / {high:.1f} ms | {share} |"
        )


def _ask(libraries: Sequence[Library], known: Sequence[dict[str, Any]], names: list[str]) -> None:
    """Ask the libraries a few questions in turn: other load on the machine affects all alike."""
    held = set(names)
    for start in range(0, len(known), TURN):
        for library in libraries:
            time.sleep(PAUSE)
            # Not counted: the texts of the other libraries have filled the caches.
            library.ask(known[start - 1]["question"])
            for question in known[start : start + TURN]:
                spent, results = library.ask(question["question"])
                library.spent.append(spent)
                if gold := _gold(question) & held:
                    named = {row if isinstance(row, str) else names[row] for row in results}
                    library.right.append(bool(named & gold))
    for library in libraries:
        library.close()


def _part(work: Path, paths: list[Path], passages: int) -> list[Path]:
    """Copy the files of the first resolutions, up to `passages` passages; return their folder."""
    from qa.resolutions.readers.files import Problem, find_files, read_found

    chosen, count = work / "files", 0
    chosen.mkdir()
    for file in find_files(paths):
        for result in read_found(file):
            if isinstance(result, Problem) or result.resolution.language != "en":
                continue
            parts = (*result.resolution.paragraphs, *result.resolution.notes)
            count += sum(getattr(part, "kind", None) != "heading" for part in parts)
            if file.path:
                shutil.copy(file.path, chosen / f"{count:06d}-{file.path.name}")
        if count >= passages:
            break
    return [chosen]


def _built(files: list[Path], index: Path) -> tuple[float, float]:
    encoder = Encoder.load()
    encoder.encode(["warm"])
    start, before = time.perf_counter(), os.times()
    build(files, index, load_encoder=lambda: encoder, jobs=os.cpu_count() or 1)
    return time.perf_counter() - start, sum(os.times()[:4]) - sum(before[:4])


def _middle(seconds: list[tuple[float, float]]) -> int:
    """Return the index of the median by wall time."""
    return sorted(range(len(seconds)), key=seconds.__getitem__)[len(seconds) // 2]


def _environment(folder: Path, name: str) -> Path:
    """Return the interpreter of a library's environment, which is created if it is missing."""
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


# Operative in its own process, as `benchmarks/compare_libraries_worker.py` runs the others.
# The other libraries encode a question and search for the nearest vectors, as "nearest" does. A
# whole answer encodes three forms of the question, searches words and vectors, ranks and quotes.
_OURS = """
import json, sys, time
from pathlib import Path
import numpy as np
from embeddings.model.encoder import Encoder
from qa import Assistant
from qa.corpus.corpus import Corpus

index, top, way = sys.argv[1:]
if way == "nearest":
    encoder, corpus = Encoder.load(), Corpus.open(Path(index))
    vectors, places = corpus.encoded.vectors, corpus.encoded.places
else:
    assistant = Assistant.open(index)
    assistant.warm_up()
print(json.dumps({"built": 0, "used": 0}), flush=True)
for line in sys.stdin:
    question, k = line.strip(), int(top)
    start = time.perf_counter()
    if way == "nearest":
        cosines = vectors.similarities(encoder.encode([question])[0])
        rows = np.lexsort((np.arange(len(cosines)), -cosines))[:k]
    elif way == "search":
        quotes = assistant.retrieve(question, k=k)
    else:
        quotes = assistant.ask(question, top=k).quotes
    spent = time.perf_counter() - start
    if way == "nearest":
        found = np.flatnonzero(np.isin(places, rows)).tolist()
    else:
        refs = [*quotes, *(ref for quote in quotes for ref in quote.same_wording)]
        found = [f"{ref.symbol} {ref.label}" for ref in refs]
    print(json.dumps({"spent": spent, "found": found}), flush=True)
"""


def _gold(question: dict[str, Any]) -> set[str]:
    """Return the paragraphs that answer a question, including those of the same wording."""
    return {str(name) for field in ("gold", "same_wording") for name in question.get(field) or ()}


if __name__ == "__main__":
    main()
