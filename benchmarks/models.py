"""Compare encoders for search by vector alone, all on one sample of the texts.

    python -m benchmarks.models INDEX QUESTIONS.jsonl… [--rows N] [--model NAME_OR_FOLDER]…

The sample holds every paragraph that answers a question, its copies by wording, and numbered
operative paragraphs drawn at random up to N. A paragraph is ranked by the weighted sum of two
cosines with the question: its own, and that of the title and subjects of its resolution. No word is
matched, and no year or body is read. Figures over a sample are higher than over all texts; they
compare models and do not measure the pipeline.
"""

import argparse
import math
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from embeddings.model.encoder import Encoder
from embeddings.model.model_id import identify
from qa.corpus.corpus import Corpus
from qa.corpus.passage_table import KINDS
from qa.evaluation.evaluate import GoldQuestion, read_questions
from qa.indexing.writer import context_text, embedded_text
from qa.resolutions.model import Kind
from qa.search.features import Floats

ROWS = 15_000
TEXT_WEIGHT, CONTEXT_WEIGHT = 10.0, 4.0
SEED = 1
RANKS = (1, 5, 10)
HEADS = ("model", "weights, MB", "numbers", "texts/s", *(f"@{rank}" for rank in RANKS), "nDCG@10")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="benchmarks.models", allow_abbrev=False)
    parser.add_argument("index", type=Path)
    parser.add_argument("questions", type=Path, nargs="+")
    parser.add_argument("--rows", type=int, default=ROWS)
    parser.add_argument("--model", action="append")
    args = parser.parse_args()
    corpus = Corpus.open(args.index)
    questions = [
        question
        for path in args.questions
        for question in read_questions(path, path.read_text(encoding="utf-8"))
        if question.gold and not question.refuse
    ]
    sample = Sample(corpus, questions, args.rows)
    print(
        f"{len(sample.wanted)} questions, {len(sample.rows):,} paragraphs "
        f"of {len(corpus.passages):,}\n"
    )
    print(f"| {' | '.join(HEADS)} |\n|{' --- |' * len(HEADS)}")
    for name in args.model or [None]:
        print(_line(name, sample), flush=True)


class Sample:
    """The paragraphs that are ranked, and for each question the wordings that answer it."""

    def __init__(self, corpus: Corpus, questions: Sequence[GoldQuestion], rows: int) -> None:
        wordings = corpus.columns.rows["family"]
        places = {
            f"{masthead.symbol} {corpus.columns.label(row)}": row
            for place, masthead in enumerate(corpus.resolutions)
            for row in range(*corpus.columns.starts[place : place + 2].tolist())
        }
        self.wanted: list[tuple[str, frozenset[int]]] = []
        for question in questions:
            accepted = question.gold | question.same_wording
            loaded = [places[name] for name in accepted if name in places]
            if loaded:
                self.wanted.append((question.turns[-1], frozenset(wordings[loaded].tolist())))
        gold = {number for _, numbers in self.wanted for number in numbers}
        columns = corpus.columns.rows
        operative = np.flatnonzero(
            (columns["kind"] == KINDS.index(Kind.OPERATIVE)) & columns["is_numbered"]
        )
        answers = np.flatnonzero(np.isin(wordings, list(gold)))
        others = np.random.default_rng(SEED).permutation(np.setdiff1d(operative, answers))
        drawn = others[: max(0, rows - len(answers))]
        self.rows = np.sort(np.concatenate([answers, drawn]))
        self.wordings = wordings[self.rows]
        self.texts = [embedded_text(corpus.passages[row]) for row in self.rows.tolist()]
        of_rows = [corpus.passages.place(row) for row in self.rows.tolist()]
        about = {place: context_text(corpus.texts.resolution(place)) for place in set(of_rows)}
        self.contexts = [about[place] for place in of_rows]


def _line(name: str | None, sample: Sample) -> str:
    identity, folder = identify(name)
    encoder = Encoder.load(name)
    distinct = list(dict.fromkeys((*sample.texts, *sample.contexts)))
    start = time.perf_counter()
    rows = encoder.encode(distinct)
    rate = len(distinct) / (time.perf_counter() - start)
    row_of = {text: row for row, text in enumerate(distinct)}
    texts = rows[[row_of[text] for text in sample.texts]]
    contexts = rows[[row_of[text] for text in sample.contexts]]
    questions = encoder.encode([text for text, _ in sample.wanted])
    scores = texts @ (questions.T * np.float32(TEXT_WEIGHT))
    scores += contexts @ (questions.T * np.float32(CONTEXT_WEIGHT))
    ranks = [
        _rank(scores[:, number], sample, wanted) for number, (_, wanted) in enumerate(sample.wanted)
    ]
    size = sum(path.stat().st_size for path in folder.rglob("*.safetensors")) / 1e6
    shares = " | ".join(f"{np.mean([rank <= k for rank in ranks]):.3f}" for k in RANKS)
    gain = np.mean([1 / math.log2(rank + 1) if rank <= RANKS[-1] else 0.0 for rank in ranks])
    named = f"{Path(identity.name).name} | {size:.0f} | {identity.dimension} | {rate:.0f}"
    return f"| {named} | {shares} | {gain:.3f} |"


def _rank(scores: Floats, sample: Sample, wanted: frozenset[int]) -> int:
    """Return the rank, from 1, of the first wording that answers; each wording counts once."""
    order = np.lexsort((sample.rows, -scores))
    shown = list(dict.fromkeys(sample.wordings[order].tolist()))
    return next(rank for rank, wording in enumerate(shown, start=1) if wording in wanted)


if __name__ == "__main__":
    main()
