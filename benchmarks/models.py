"""What encoders are worth for search by vector alone, on one sample of the texts for all.

    python -m benchmarks.models INDEX QUESTIONS.jsonl… [--rows N] [--model NAME_OR_FOLDER]…

The sample holds every paragraph that answers a question, its copies by wording, and numbered
operative paragraphs drawn at random up to N. A paragraph is ranked by its cosine with the question
and that of what its resolution is about, in the proportion in which
`qa.search.scorer` adds them. No word
is matched, and no year or body is read. Figures over a sample are higher than over all texts; they
compare models, and say nothing of the pipeline.
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
OF_TEXT, OF_CONTEXT = 10.0, 4.0  # what cosines with a paragraph and with its title count
SEED = 1
RANKS = (1, 5, 10)
HEADS = ("model", "weights, MB", "numbers", "texts/s", *(f"@{one}" for one in RANKS), "nDCG@10")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="benchmarks.models", allow_abbrev=False)
    parser.add_argument("index", type=Path)
    parser.add_argument("questions", type=Path, nargs="+")
    parser.add_argument("--rows", type=int, default=ROWS)
    parser.add_argument("--model", action="append")
    args = parser.parse_args()
    corpus = Corpus.open(args.index)
    asked = [
        one
        for path in args.questions
        for one in read_questions(path, path.read_text(encoding="utf-8"))
        if one.gold and not one.refuse
    ]
    sample = Sample(corpus, asked, args.rows)
    print(
        f"{len(sample.wanted)} questions, {len(sample.rows):,} paragraphs "
        f"of {len(corpus.passages):,}\n"
    )
    print(f"| {' | '.join(HEADS)} |\n|{' --- |' * len(HEADS)}")
    for name in args.model or [None]:
        print(_line(name, sample), flush=True)


class Sample:
    """The paragraphs that are ranked, and for each question the wordings that answer it."""

    def __init__(self, corpus: Corpus, asked: Sequence[GoldQuestion], rows: int) -> None:
        wordings = corpus.columns.rows["wording"]
        places = {
            f"{masthead.symbol} {corpus.columns.label(row)}": row
            for place, masthead in enumerate(corpus.resolutions)
            for row in range(*corpus.columns.starts[place : place + 2].tolist())
        }
        self.wanted: list[tuple[str, frozenset[int]]] = []
        for one in asked:
            known = [places[name] for name in (one.gold | one.same_wording) if name in places]
            if known:
                self.wanted.append((one.turns[-1], frozenset(wordings[known].tolist())))
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
    at = {text: place for place, text in enumerate(distinct)}
    texts = rows[[at[text] for text in sample.texts]]
    contexts = rows[[at[text] for text in sample.contexts]]
    questions = encoder.encode([text for text, _ in sample.wanted])
    scores = texts @ (questions.T * np.float32(OF_TEXT))
    scores += contexts @ (questions.T * np.float32(OF_CONTEXT))
    ranks = [
        _rank(scores[:, number], sample, wanted) for number, (_, wanted) in enumerate(sample.wanted)
    ]
    size = sum(path.stat().st_size for path in folder.rglob("*.safetensors")) / 1e6
    shares = " | ".join(f"{np.mean([one <= k for one in ranks]):.3f}" for k in RANKS)
    gain = np.mean([1 / math.log2(one + 1) if one <= RANKS[-1] else 0.0 for one in ranks])
    named = f"{Path(identity.name).name} | {size:.0f} | {identity.dimension} | {rate:.0f}"
    return f"| {named} | {shares} | {gain:.3f} |"


def _rank(scores: Floats, sample: Sample, wanted: frozenset[int]) -> int:
    """Return the place of the first wording that answers, from 1; each wording counts once."""
    order = np.lexsort((sample.rows, -scores))
    shown = list(dict.fromkeys(sample.wordings[order].tolist()))
    return next(at for at, wording in enumerate(shown, start=1) if wording in wanted)


if __name__ == "__main__":
    main()
