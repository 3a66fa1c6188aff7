"""The resolutions of one subject over the years."""

from datetime import date
from functools import partial

import numpy as np

from qa.answering.scope import is_small
from qa.corpus.corpus import Corpus
from qa.question.document_turns import DocumentSeries
from qa.question.entities import entities_in
from qa.question.expansion import NameExpansion
from qa.resolutions.model import Masthead, Status


def members_of_series(corpus: Corpus, symbol: str) -> tuple[Masthead, ...]:
    """Return the adopted resolutions of the series of one, the oldest first.

    Where few resolutions are loaded, those that are in no series are one.
    """
    place = corpus.place(symbol)
    if place is None:
        return ()
    series = corpus.series.of_resolution(place)
    if series is not None:
        members = [corpus.resolutions[member] for member in series.places]
    else:
        members = list(corpus.resolutions) if is_small(corpus.resolutions) else []
    dated = [each for each in members if each.adopted and each.status is Status.ADOPTED]
    return tuple(sorted(dated, key=lambda each: (each.adopted or date.min, each.symbol)))


def share_with(corpus: Corpus, symbol: str, term: str) -> float:
    """Return which share of the passages of a document has a term; 0 if it is not loaded."""
    place = corpus.place(symbol)
    if place is None:
        return 0.0
    start, end = (int(corpus.columns.starts[place + step]) for step in (0, 1))
    first, last = np.searchsorted(corpus.words.rows_with(term), (start, end))
    return int(last - first) / max(end - start, 1)


def text_of(corpus: Corpus, symbol: str, label: str) -> str:
    """Return the text of a passage; "" if it is not loaded."""
    passage = corpus.passage(symbol, label)
    return passage.text if passage else ""


def document_series(corpus: Corpus, names: NameExpansion) -> DocumentSeries:
    """Return what finds the resolutions of one subject over the years, and what they hold.

    Args:
        corpus: the loaded texts.
        names: those of the collection.
    """
    return DocumentSeries(
        masthead=corpus.masthead,
        members=partial(members_of_series, corpus),
        share_with=partial(share_with, corpus),
        text_of=partial(text_of, corpus),
        entities=partial(entities_in, names=names),
    )
