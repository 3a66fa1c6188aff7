"""Measures an index: opening, memory, rebuilds, search, and questions during a build.

    python -m benchmarks.indexing INDEX QUESTIONS.jsonl PATH…

INDEX must have been built from PATH…; the script changes a copy of it.
"""

import json
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

from benchmarks.hardware import describe
from embeddings.model.encoder import Encoder
from embeddings.search.binary_index import EXACT_UP_TO, BinaryIndex, signs_of
from embeddings.search.flat_index import FlatIndex
from qa.assistant import Assistant
from qa.corpus.corpus import Corpus
from qa.corpus.passage_table import KINDS
from qa.indexing.writer import embedded_text
from qa.question.read import read_question
from qa.resolutions.model import Kind
from qa.settings import packaged_texts

RUNS = 5
QUESTIONS = 100
SAMPLE = 512  # texts that are encoded
STEP = 367  # every so many passages one is taken, for the sample
OPENING = (
    "import time, sys; from pathlib import Path; from qa.corpus.corpus import Corpus;"
    " import qa.corpus.passage_table, qa.corpus.text_store;"
    " import embeddings.store.encoded_texts, embeddings.search.bm25; start = time.perf_counter();"
    " Corpus.open(Path(sys.argv[1])); print(time.perf_counter() - start)"
)


def main(index: Path, questions: Path, paths: list[Path]) -> None:
    """Measure and print a table."""
    asked = [json.loads(line)["question"] for line in _with_question(questions)][:QUESTIONS]
    print(describe())
    print()
    print("| measure | measured | wanted |\n| --- | --- | --- |")
    opened = [float(_run(["-c", OPENING, str(index)])) for _ in range(RUNS)]
    _row("opening", f"{statistics.median(opened):.2f} s", "1 s")
    _legs(Corpus.open(index), asked)
    assistant = Assistant.open(index)
    assistant.warm_up()
    alone = _latencies(assistant, asked)
    _row("question, median / p95", _both(alone), "40 / 80 ms")
    _row("memory of the process that serves", f"{_resident():.2f} GB", "1.0 GB")
    with tempfile.TemporaryDirectory() as folder:
        _building(assistant, asked, alone, index, Path(folder), paths)
    _encoding(Corpus.open(index))


def _building(  # noqa: PLR0917
    assistant: Assistant,
    asked: list[str],
    alone: list[float],
    index: Path,
    folder: Path,
    paths: list[Path],
) -> None:
    copy = folder / "index"
    shutil.copytree(index, copy)
    command = ["-m", "qa", "build", "--index", str(copy), *map(str, paths)]
    _row("unchanged rebuild", f"{_timed(lambda: _run(command)):.1f} s", "5 s")
    text = packaged_texts() / "A_RES_61_181.txt"
    _row("one file added", f"{_timed(lambda: _run([*command, str(text)])):.1f} s", "8 s")
    fresh = ["-m", "qa", "build", "--index", str(folder / "other"), *map(str, paths)]
    with subprocess.Popen(
        [sys.executable, *fresh], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    ) as builder:
        assert builder.stderr is not None
        while not builder.stderr.readline().startswith("Embedding"):
            pass
        during = _latencies(assistant, asked)
        builder.kill()
    ratio = np.quantile(during, 0.95) / np.quantile(alone, 0.95)
    _row("question while an index is built", f"{_both(during)}, p95 {ratio:.1f}×", "2×")


def _legs(corpus: Corpus, asked: list[str]) -> None:
    """Vectors and words of one question, no encoding: over all passages, and operative ones alone.

    The two take turns, so that what else the machine does falls on both.
    """
    queries = Encoder.load().encode(asked)
    operative = np.flatnonzero(corpus.columns.rows["kind"] == KINDS.index(Kind.OPERATIVE))
    rows = corpus.vectors.gather(np.unique(corpus.places[operative]))
    over = {
        f"{len(corpus.passages):,} passages": (corpus.encoded, corpus.words),
        f"the {len(operative):,} operative ones": (
            BinaryIndex(rows, signs_of(rows)) if len(rows) > EXACT_UP_TO else FlatIndex.build(rows),
            corpus.words.updated(operative, (), gone=()),
        ),
    }
    spent: dict[str, list[float]] = {name: [] for name in over}
    for text, query in zip(asked, queries, strict=True):
        topic = read_question(text).topic
        for name, (vectors, words) in over.items():
            start = time.perf_counter()
            vectors.similarities(query)
            words.scores(topic)
            spent[name].append(time.perf_counter() - start)
    for name, seconds in spent.items():
        _row(f"legs over {name}, median / p95", _both(seconds), "15 ms")


def _encoding(corpus: Corpus) -> None:
    """Our encoder against sentence-transformers as it comes, on the same texts in turn."""
    from sentence_transformers import SentenceTransformer

    from embeddings.model.model_id import identify

    texts = list(dict.fromkeys(embedded_text(passage) for passage in corpus.passages[::STEP]))[
        :SAMPLE
    ]
    ours, theirs = Encoder.load(), SentenceTransformer(str(identify(None)[1]), device="cpu")
    ratios = []
    for _ in range(3):
        plain = _timed(lambda: theirs.encode(texts, show_progress_bar=False))
        ratios.append(plain / _timed(lambda: ours.encode(texts)))
    ratio = statistics.median(ratios)
    copies = len(corpus.places) / len(corpus.vectors)
    _row("encoding, distinct texts, against sentence-transformers", f"{ratio:.1f}×", "2.5×")
    _row("the same, equal texts once", f"{ratio * copies:.1f}×", "4×")


def _latencies(assistant: Assistant, asked: list[str]) -> list[float]:
    return [_timed(lambda text=text: assistant.ask(text)) for text in asked]  # type: ignore[misc]


def _timed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def _both(seconds: list[float]) -> str:
    middle, high = np.quantile(seconds, [0.5, 0.95]) * 1000
    return f"{middle:.0f} / {high:.0f} ms"


def _run(command: list[str]) -> str:
    done = subprocess.run([sys.executable, *command], check=False, capture_output=True, text=True)
    return done.stdout.splitlines()[-1] if done.stdout else ""


def _resident() -> float:
    """Return the memory of this process in GB."""
    for line in Path("/proc/self/status").read_text(encoding="utf-8").splitlines():
        if line.startswith("VmRSS"):
            return int(line.split()[1]) / 1e6
    return float("nan")


def _with_question(path: Path) -> list[str]:
    lines = path.read_text(encoding="utf-8").splitlines()
    return [line for line in lines if "question" in json.loads(line)]


def _row(name: str, measured: str, wanted: str) -> None:
    print(f"| {name} | {measured} | {wanted} |", flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), [Path(path) for path in sys.argv[3:]])
