"""The same paragraph over the years: its nearest of kin in every other resolution."""

from difflib import SequenceMatcher

import numpy as np
import numpy.typing as npt

from qa.corpus.corpus import Corpus
from qa.corpus.passages import Passage
from qa.corpus.text_store import CACHED
from qa.search.weights import load_weights

LOOKED_AT = CACHED  # paragraphs that are looked at word by word, at most
SHOWN = 60  # resolutions, at most: the ones most alike


def lineage(corpus: Corpus, passage: Passage) -> tuple[Passage, ...]:
    """Return a passage and, of every other resolution of its series, the one most like it.

    They are in the order of time, the oldest first.

    A passage is like it if it is of the same kind, its vector is near, and most words of both are
    in the same order. Those without a date come first; of equal dates, by citation.
    """
    limits = load_weights().paragraph_history
    own = corpus.encoded.gather([passage.row])[0]
    near = corpus.encoded.similarities(own)
    rows = np.flatnonzero(near >= limits.min_cosine)
    kinds = corpus.columns.rows["kind"]
    rows = rows[kinds[rows] == kinds[passage.row]]
    rows = _of_one_series(corpus, passage, rows)
    order = np.lexsort((rows, -near[rows]))[:LOOKED_AT]
    best: dict[str, tuple[float, Passage]] = {}
    words = passage.text.casefold().split()
    for row in rows[order].tolist():
        other = corpus.passages[row]
        if other.symbol == passage.symbol:
            continue
        alike = SequenceMatcher(None, words, other.text.casefold().split(), autojunk=False)
        least = max(limits.min_shared_words, best[other.symbol][0] if other.symbol in best else 0.0)
        if alike.real_quick_ratio() < least or alike.quick_ratio() < least:
            continue
        ratio = alike.ratio()
        if ratio >= limits.min_shared_words and ratio > best.get(other.symbol, (0.0, other))[0]:
            best[other.symbol] = (ratio, other)
    kin = sorted(best.values(), key=lambda pair: (-pair[0], pair[1].row))[:SHOWN]
    return tuple(sorted((passage, *(other for _, other in kin)), key=_age))


def _of_one_series(
    corpus: Corpus, passage: Passage, rows: npt.NDArray[np.int64]
) -> npt.NDArray[np.int64]:
    """Return the rows of the resolutions in the series of a passage; all where it has none.

    Paragraphs of other series are alike, too, but what differs in them was never changed.
    """
    place = corpus.place(passage.symbol)
    series = None if place is None else corpus.series.of_passage(passage.row, place)
    if series is None:
        return rows
    places = np.searchsorted(corpus.columns.starts, rows, side="right") - 1
    return rows[np.isin(places, series.places)]


def _age(passage: Passage) -> tuple[int, str, int]:
    adopted = passage.resolution.adopted
    return (adopted.toordinal() if adopted else 0, passage.symbol, passage.row)
