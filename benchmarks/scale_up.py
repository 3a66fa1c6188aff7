"""An index of a million passages and more: what opening it, asking it and holding it costs.

    python -m benchmarks.scale_up INDEX QUESTIONS.jsonl FOLDER [PASSAGES…]

INDEX is multiplied into FOLDER until it has so many passages (1,000,000 and 2,000,000). Each copy
of a passage has a vector of its own, turned at random until its cosine with the original is
`ALIKE`, and words of its own, one in `CHANGED` replaced by one of another text: copies that are
word for word the same would flatter. The texts that are stored, and the vectors of tokens, are
those of the originals. Every figure is that of a process of its own.
"""

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from benchmarks.hardware import describe
from embeddings.model.token_vectors import TokenVectors
from embeddings.search.bm25 import Bm25Index
from embeddings.search.inverted_index import NEW
from embeddings.store.encoded_texts import KEY_BYTES, EncodedTexts
from embeddings.store.generation_writer import write_generation
from embeddings.store.generations import Generation
from embeddings.store.manifest import Contents, StoreId
from qa.corpus.corpus import Corpus
from qa.corpus.index_files import (
    CENTRES_FILE,
    COLUMNS_FOLDER,
    CONTEXT_WORDS_FOLDER,
    CONTEXTS_FOLDER,
    ENCODED_FOLDER,
    TEMPLATE,
    TEXTS_FOLDER,
    WORDS_FOLDER,
)
from qa.corpus.passage_table import PassageTable
from qa.corpus.text_store import write_texts
from qa.indexing.writer import embedded_text

Floats = npt.NDArray[np.float32]

SIZES = (1_000_000, 2_000_000)
ALIKE = 0.9
CHANGED = 5
QUESTIONS = 100
SEED = 5


def multiply(index: Path, folder: Path, passages: int) -> Generation:
    """Write an index with so many passages, or a few more, and return its generation."""
    corpus = Corpus.open(index)
    copies = -(-passages // len(corpus.passages))
    return write_generation(folder, lambda into, _: _Multiplied(corpus, copies).write(into))


class _Multiplied:
    """The texts of one corpus several times over."""

    def __init__(self, corpus: Corpus, copies: int) -> None:
        self._corpus = corpus
        self._copies = copies
        self._chance = np.random.default_rng(SEED)

    def write(self, folder: Path) -> Contents:
        """Write the files of the generation."""
        corpus, copies = self._corpus, self._copies
        mastheads = [
            replace(
                masthead, symbol=masthead.symbol if not copy else f"{masthead.symbol}[copy {copy}]"
            )
            for copy in range(copies)
            for masthead in corpus.resolutions
        ]
        count = len(corpus.resolutions)
        lines = (corpus.texts.line(place) for _ in range(copies) for place in range(count))
        write_texts(folder / TEXTS_FOLDER, mastheads, lines)
        self._columns().save(folder / COLUMNS_FOLDER)
        self._words().save(folder / WORDS_FOLDER)
        places = np.tile(np.arange(count), copies)
        about = corpus.context_words.updated(places, (), gone=())
        about.save(folder / CONTEXT_WORDS_FOLDER)
        encoded = self._encoded(corpus.encoded)
        encoded.save(folder / ENCODED_FOLDER)
        self._encoded(corpus.encoded_contexts).save(folder / CONTEXTS_FOLDER)
        np.save(folder / CENTRES_FILE, np.tile(corpus.centres, (copies, 1)), allow_pickle=False)
        return Contents(
            model=corpus.model,
            template=TEMPLATE,
            rows=len(corpus.passages) * copies,
            corpus_hash=f"{copies} times",
            extra={"resolutions": len(mastheads)},
            store=StoreId(vectors=encoded.way),
        )

    def _columns(self) -> PassageTable:
        columns, copies = self._corpus.columns, self._copies
        kept = np.tile(np.arange(len(columns.rows)), copies)
        sizes = np.tile(np.diff(columns.starts), copies).tolist()
        multiplied = columns.updated(kept, (), sizes)
        for name in ("wording", "family"):
            multiplied.rows[name] += np.repeat(
                np.arange(copies, dtype=np.uint64), len(columns.rows)
            )
        return multiplied

    def _words(self) -> Bm25Index:
        words, count = self._corpus.words, len(self._corpus.passages)
        others = (self._copies - 1) * count
        kept = np.concatenate([np.arange(count), np.full(others, NEW)])
        return words.updated(kept, [*self._other_words()], gone=())

    def _other_words(self) -> Iterator[str]:
        """Yield the words of each copy: some replaced by words of other texts."""
        texts = [embedded_text(passage).split() for passage in self._corpus.passages]
        spoken = np.array([word for text in texts for word in text[:20]])
        for _ in range(self._copies - 1):
            for text in texts:
                words = list(text)
                for position in np.flatnonzero(
                    self._chance.random(len(words)) < 1 / CHANGED
                ).tolist():
                    words[position] = str(spoken[self._chance.integers(len(spoken))])
                yield " ".join(words)

    def _encoded(self, texts: EncodedTexts) -> EncodedTexts:
        own = texts.vectors.gather(np.arange(len(texts.vectors)))
        count, copies = len(own), self._copies
        rows = np.empty((count * copies, own.shape[1]), dtype=np.float32)
        for copy in range(copies):
            rows[copy * count : (copy + 1) * count] = self._turned(own) if copy else own
        places = np.concatenate([texts.places + copy * count for copy in range(copies)])
        keys = self._chance.integers(0, 256, (len(rows), KEY_BYTES), dtype=np.uint8)
        tokens = [texts.tokens.of(row) for row in range(count)] * copies
        small = TokenVectors.joined(tokens, texts.tokens.width)
        return EncodedTexts(rows, places.astype(np.int32), keys, small)

    def _turned(self, own: Floats) -> Floats:
        noise = self._chance.standard_normal(own.shape, dtype=np.float32)
        noise -= np.einsum("ij,ij->i", noise, own)[:, None] * own
        noise /= np.linalg.norm(noise, axis=1, keepdims=True)
        turned: Floats = ALIKE * own + np.float32(np.sqrt(1 - ALIKE**2)) * noise
        return turned


_ASKING = """
import json, sys, time
from pathlib import Path
import numpy as np
from qa.assistant import Assistant
from qa.corpus.corpus import Corpus
from qa.search.filters import Filters
from qa.question.read import read_question

index, questions, count = sys.argv[1:]
lines = map(json.loads, Path(questions).read_text(encoding="utf-8").splitlines())
asked = [record["question"] for record in lines if "question" in record][: int(count)]
import qa.corpus.passage_table, qa.corpus.text_store, msgspec
import embeddings.store.encoded_texts, embeddings.search.bm25
start = time.perf_counter()
Corpus.open(Path(index))
opening = time.perf_counter() - start
assistant = Assistant.open(index)
assistant.warm_up()
engine, words = assistant.corpus.engine, assistant.corpus.words
legs, whole = [], []
for text in asked:
    query = assistant.retriever.query(read_question(text))
    vector = next(assistant.retriever._encode(query.to_encode[:1])).vector
    start = time.perf_counter()
    engine.cosines(vector)
    engine.matches(query.terms)
    legs.append(1000 * (time.perf_counter() - start))
for text in asked:
    start = time.perf_counter()
    assistant.ask(text)
    whole.append(1000 * (time.perf_counter() - start))
status = Path("/proc/self/status").read_text(encoding="utf-8")
lines = (line.split() for line in status.splitlines() if " kB" in line)
sizes = {name.rstrip(":"): int(size) / 1e6 for name, size, *_ in lines}
print(json.dumps({
    "passages": len(assistant.corpus.passages), "opening": opening,
    "legs": np.quantile(legs, [0.5, 0.95]).tolist(),
    "whole": np.quantile(whole, [0.5, 0.95]).tolist(),
    "resident": sizes["VmRSS"], "own": sizes["RssAnon"],
}))
"""


def main(index: Path, questions: Path, folder: Path, sizes: tuple[int, ...]) -> None:
    """Measure and print a table."""
    print(describe())
    print("\n| passages | build | opening | legs, median / p95 | question | memory, of its own |")
    print("| --- | --- | --- | --- | --- | --- |")
    for size in (0, *sizes):
        made, built = index, "–"
        if size:
            made = folder / str(size)
            start = time.perf_counter()
            multiply(index, made, size)
            built = f"{time.perf_counter() - start:.0f} s"
        figures = _asked(made, questions)
        legs, whole = ("{:.0f} / {:.0f} ms".format(*figures[name]) for name in ("legs", "whole"))
        print(
            f"| {figures['passages']:,} | {built} | {figures['opening']:.2f} s | {legs} | {whole} "
            f"| {figures['resident']:.2f} GB, {figures['own']:.2f} GB |",
            flush=True,
        )


def _asked(index: Path, questions: Path) -> dict[str, Any]:
    command = [sys.executable, "-c", _ASKING, str(index), str(questions), str(QUESTIONS)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    figures: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return figures


if __name__ == "__main__":
    main(
        Path(sys.argv[1]),
        Path(sys.argv[2]),
        Path(sys.argv[3]),
        tuple(map(int, sys.argv[4:])) or SIZES,
    )
