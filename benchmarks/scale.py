"""What searching vectors costs as the texts grow: exact, and by FAISS's shorter ways.

    python -m benchmarks.scale INDEX QUESTIONS.jsonl [SIZE…]

The vectors of INDEX are multiplied to SIZE rows (one million): each copy is turned at random until
its cosine with its original is `ALIKE`, as that of a paragraph in other words is, so that copies do
not flatter. Recall is the share of the ten exact nearest rows that are found.
"""

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path

import faiss
import numpy as np
import numpy.typing as npt

from benchmarks.machine import describe
from embeddings.encoder import Encoder
from qa.corpus import Corpus

Floats = npt.NDArray[np.float32]

SIZES = (1_000_000,)
QUESTIONS = 60
ALIKE = 0.9
NEAREST = 10
TRAINING = 100_000  # rows that the lists of IVF are made from
FEW = 200_000  # rows up to which HNSW is measured: beyond, building it takes minutes on end


def main(index: Path, questions: Path, sizes: tuple[int, ...]) -> None:
    """Measure and print a table."""
    corpus = Corpus.open(index)
    real = corpus.vectors.take(np.arange(len(corpus.vectors)))
    lines = map(json.loads, questions.read_text(encoding="utf-8").splitlines())
    asked = [one["question"] for one in lines if "question" in one][:QUESTIONS]
    queries = Encoder.load().encode(asked)
    print(describe())
    print("\n| rows | way | build | memory | recall@10 | median / p95 |")
    print("| --- | --- | --- | --- | --- | --- |")
    faiss.omp_set_num_threads(1)
    for size in (len(real), *sizes):
        _measure(_multiplied(real, size), queries)


def _multiplied(real: Floats, size: int) -> Floats:
    chance = np.random.default_rng(5)
    rows = np.empty((size, real.shape[1]), dtype=np.float32)
    rows[: len(real)] = real
    for start in range(len(real), size, len(real)):
        part = rows[start : start + len(real)]
        noise = chance.standard_normal(part.shape, dtype=np.float32)
        own = real[: len(part)]
        noise -= np.einsum("ij,ij->i", noise, own)[:, None] * own
        noise /= np.linalg.norm(noise, axis=1, keepdims=True)
        part[:] = ALIKE * own + np.sqrt(1 - ALIKE**2) * noise
    return rows


def _measure(rows: Floats, queries: Floats) -> None:
    dimension = rows.shape[1]
    inner = faiss.METRIC_INNER_PRODUCT

    def lists() -> faiss.Index:
        count = int(4 * np.sqrt(len(rows)))
        found = faiss.IndexIVFFlat(faiss.IndexFlatIP(dimension), dimension, count, inner)
        found.nprobe = max(1, count // 32)
        return found

    ways: dict[str, Callable[[], faiss.Index]] = {
        "exact, 32 bits": lambda: faiss.IndexFlatIP(dimension),
        "16 bits": lambda: faiss.IndexScalarQuantizer(
            dimension, faiss.ScalarQuantizer.QT_fp16, inner
        ),
        "8 bits": lambda: faiss.IndexScalarQuantizer(
            dimension, faiss.ScalarQuantizer.QT_8bit, inner
        ),
        "lists (IVF), a thirty-second probed": lists,
    }
    if len(rows) <= FEW:
        ways["graph (HNSW 32)"] = lambda: faiss.IndexHNSWFlat(dimension, 32, inner)
    exact = None
    for name, make in ways.items():
        index = make()
        start = time.perf_counter()
        if not index.is_trained:
            index.train(rows[:: max(1, len(rows) // TRAINING)])
        index.add(rows)
        built = time.perf_counter() - start
        spent, found = [], []
        for query in queries:
            start = time.perf_counter()
            found.append(index.search(query[None], NEAREST)[1][0])
            spent.append(time.perf_counter() - start)
        exact = exact or [set(one.tolist()) for one in found]
        pairs = zip(exact, found, strict=True)
        recall = np.mean([len(all_ & set(one.tolist())) / NEAREST for all_, one in pairs])
        middle, high = np.quantile(spent, [0.5, 0.95]) * 1000
        size = faiss.serialize_index(index).nbytes / 1e9
        print(
            f"| {len(rows):,} | {name} | {built:.0f} s | {size:.2f} GB | {recall:.3f} "
            f"| {middle:.1f} / {high:.1f} ms |",
            flush=True,
        )
        del index


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), tuple(map(int, sys.argv[3:])) or SIZES)
