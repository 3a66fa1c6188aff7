"""Fit by what two paragraphs of two editions are versions of each other.

    python -m benchmarks.fit.pairing_fit INDEX

`edition_pairs.tsv` holds pairs of paragraphs of random consecutive editions of one series that an
assignment by words alone was unsure of; each was judged by reading. Print the log-odds of a
logistic regression over them, for `qa/desks/desk_limits.json`, and its accuracy over ten folds.
"""

import argparse
import csv
import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold, cross_val_score

from qa.corpus.corpus import Corpus
from qa.desks.alignment import Floats, assign_pairs
from qa.desks.desk_limits import load_desk_limits
from qa.desks.edition_words import EditionLikeness
from qa.desks.paragraph_pairing import in_order, places_off
from qa.desks.text_edition import loaded_edition

PAIRS = Path(__file__).with_name("edition_pairs.tsv")
NAMES = (
    *("likeness", "longest_run", "same_opening", "in_order", "per_place"),
    *("meaning", "nearest"),
)


class JudgedPair(NamedTuple):
    """Two paragraphs, and whether they are versions of each other."""

    before: str
    label_before: str
    after: str
    label_after: str
    is_version: bool


def judged_pairs() -> Iterator[JudgedPair]:
    """Yield the pairs that were judged."""
    with PAIRS.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            before, label_before, after, label_after, verdict = row.values()
            yield JudgedPair(before, label_before, after, label_after, verdict == "1")


def features(corpus: Corpus, pairs: list[JudgedPair]) -> Floats:
    """Return a row for each pair, in the order of `NAMES`."""
    limits = load_desk_limits().pairing

    @cache
    def compared(before: str, after: str) -> tuple[EditionLikeness, Floats, Floats]:
        editions = (loaded_edition(corpus, before), loaded_edition(corpus, after))
        likeness = EditionLikeness(*editions, limits)
        advantages = np.maximum(likeness.advantages(), 0)
        sure = in_order(assign_pairs(advantages, limits.min_anchor))
        return likeness, *places_off(sure, advantages.shape)

    def row(pair: JudgedPair) -> list[float]:
        likeness, between, steps = compared(pair.before, pair.after)
        here, there = (
            [each.label for each in loaded_edition(corpus, symbol).paragraphs].index(label)
            for symbol, label in (pair[:2], pair[2:4])
        )
        opening = likeness.before.openings[here] == likeness.after.openings[there]
        return [
            *likeness.measures(here, there),
            float(opening),
            between[here, there],
            -steps[here, there],
            likeness.meaning[here, there],
            likeness.nearest[here, there],
        ]

    return np.array([row(pair) for pair in pairs])


def main() -> None:
    """Fit and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("index", type=Path)
    pairs = list(judged_pairs())
    given = features(Corpus.open(parser.parse_args().index), pairs)
    wanted = np.array([pair.is_version for pair in pairs])
    model = LogisticRegression(C=5, max_iter=3000)
    folds = StratifiedKFold(10, shuffle=True, random_state=0)
    accuracy = cross_val_score(model, given, wanted, cv=folds).mean()
    model.fit(given, wanted)
    fitted = dict(zip(NAMES, model.coef_[0].round(2).tolist(), strict=True))
    print(json.dumps({"intercept": round(float(model.intercept_[0]), 2)} | fitted, indent=2))
    print(f"{len(pairs)} pairs, {int(wanted.sum())} versions, accuracy {accuracy:.3f}")


if __name__ == "__main__":
    main()
