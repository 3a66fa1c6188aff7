"""The words of passages by their rows, each text decoded once and nothing else of it."""

from collections.abc import Iterable, Iterator, Sequence

import numpy as np

from qa.corpus.corpus import Corpus


def places_of(corpus: Corpus, rows: Sequence[int]) -> list[int]:
    """Return the place of the resolution of each row."""
    places: list[int] = (np.searchsorted(corpus.columns.starts, rows, side="right") - 1).tolist()
    return places


def row_texts(corpus: Corpus, rows: Iterable[int]) -> Iterator[tuple[int, str]]:
    """Yield each of these rows, ascending, with the words of its passage."""
    wanted = list(rows)
    starts = corpus.columns.starts.tolist()
    texts: Sequence[str] = ()
    loaded_place = -1
    for row, place in zip(wanted, places_of(corpus, wanted), strict=True):
        if place != loaded_place:
            texts, loaded_place = corpus.texts.passage_texts(place), place
        yield row, texts[row - starts[place]]
