"""What searching vectors costs as the texts grow: exact, and by FAISS's shorter ways.

    python -m benchmarks.scale INDEX QUESTIONS.jsonl [SIZE…]

The vectors of INDEX are multiplied to SIZE rows (one million): each copy is turned at random until
its cosine with its original is `ALIKE`, as that of a paragraph in other words is, so that copies do
not flatter. Recall is the share of the ten exact nearest rows that are found. Indexes
are built with all cores and asked with one.
"""

import json
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import faiss
import numpy as np
import numpy.typing as npt

from benchmarks.hardware import describe
from embeddings.model.encoder import Encoder
from embeddings.search.binary_index import BinaryIndex, rerank_limit, signs_of
from qa.corpus.corpus import Corpus

Floats = npt.NDArray[np.float32]

SIZES = (1_000_000, 2_000_000)
QUESTIONS = 60
ALIKE = 0.9
NEAREST = 10
TRAINING = 100_000  # rows that the lists of IVF are made from


def main(index: Path, questions: Path, sizes: tuple[int, ...]) -> None:
    """Measure and print a table."""
    corpus = Corpus.open(index)
    real = corpus.vectors.gather(np.arange(len(corpus.vectors)))
    lines = map(json.loads, questions.read_text(encoding="utf-8").splitlines())
    asked = [record["question"] for record in lines if "question" in record][:QUESTIONS]
    queries = Encoder.load().encode(asked)
    print(describe())
    print("\n| rows | way | build | memory | recall@10 | median / p95 |")
    print("| --- | --- | --- | --- | --- | --- |")
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


class _Signs:
    """`embeddings.search.binary_index`, asked as an index of FAISS is."""

    is_trained = True

    def add(self, rows: Floats) -> None:
        self._signs = signs_of(rows)
        self._index = BinaryIndex(rows, self._signs)

    def search(self, query: Floats, count: int) -> tuple[Floats, npt.NDArray[np.int64]]:
        scores = self._index.similarities(query[0])
        best = np.argpartition(-scores, count)[:count]
        return scores[None, best], best[None]

    @property
    def size(self) -> int:
        return self._signs.nbytes


def _ways(rows: int, dimension: int) -> tuple[dict[str, Callable[[], Any]], ...]:
    """Return the ways that are measured, those together whose indexes fit into memory together."""
    inner = faiss.METRIC_INNER_PRODUCT

    def lists() -> faiss.Index:
        count = int(4 * np.sqrt(rows))
        index = faiss.IndexIVFFlat(faiss.IndexFlatIP(dimension), dimension, count, inner)
        index.nprobe = max(1, count // 32)
        return index

    flat: dict[str, Callable[[], Any]] = {
        "exact, 32 bits": lambda: faiss.IndexFlatIP(dimension),
        "16 bits": lambda: faiss.IndexScalarQuantizer(
            dimension, faiss.ScalarQuantizer.QT_fp16, inner
        ),
        "8 bits": lambda: faiss.IndexScalarQuantizer(
            dimension, faiss.ScalarQuantizer.QT_8bit, inner
        ),
        f"signs, then {rerank_limit(rows):,} exactly": _Signs,
    }
    return (
        flat,
        {"lists (IVF), a thirty-second probed": lists},
        {"graph (HNSW 32)": lambda: faiss.IndexHNSWFlat(dimension, 32, inner)},
    )


def _measure(rows: Floats, queries: Floats) -> None:
    """Measure every way; the first of all is exact."""
    exact: list[set[int]] = []
    for ways in _ways(*rows.shape):
        exact = _together(ways, rows, queries, exact)


def _together(
    ways: dict[str, Callable[[], Any]], rows: Floats, queries: Floats, exact: list[set[int]]
) -> list[set[int]]:
    """Build several indexes, then search each in turn: other load affects all alike."""
    faiss.omp_set_num_threads(os.cpu_count() or 1)
    indexes, built = {}, {}
    for name, make in ways.items():
        index = indexes[name] = make()
        start = time.perf_counter()
        if not index.is_trained:
            index.train(rows[:: max(1, len(rows) // TRAINING)])
        index.add(rows)
        built[name] = time.perf_counter() - start
    faiss.omp_set_num_threads(1)
    spent: dict[str, list[float]] = {name: [] for name in indexes}
    nearest: dict[str, list[set[int]]] = {name: [] for name in indexes}
    for query in queries:
        for name, index in indexes.items():
            start = time.perf_counter()
            _, ids = index.search(query[None], NEAREST)
            spent[name].append(time.perf_counter() - start)
            nearest[name].append(set(ids[0].tolist()))
    exact = exact or next(iter(nearest.values()))
    for name, index in indexes.items():
        pairs = zip(exact, nearest[name], strict=True)
        recall = np.mean([len(all_ & rows_found) / NEAREST for all_, rows_found in pairs])
        middle, high = np.quantile(spent[name], [0.5, 0.95]) * 1000
        size = index.size if isinstance(index, _Signs) else faiss.serialize_index(index).nbytes
        print(
            f"| {len(rows):,} | {name} | {built[name]:.0f} s | {size / 1e9:.2f} GB | {recall:.3f} "
            f"| {middle:.1f} / {high:.1f} ms |",
            flush=True,
        )
    return exact


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), tuple(map(int, sys.argv[3:])) or SIZES)
