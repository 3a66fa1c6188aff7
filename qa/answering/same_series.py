"""The resolutions of one subject over the years."""

from collections import Counter
from datetime import date

from embeddings.text_analysis import terms
from qa.answering.scope import is_small
from qa.corpus.corpus import Corpus
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


def words_of_document(corpus: Corpus, symbol: str) -> Counter[str]:
    """Return how often the text of a document has each term; nothing if it is not loaded."""
    masthead = corpus.masthead(symbol)
    if masthead is None:
        return Counter()
    texts = (passage.text for passage in corpus.passages_of(symbol))
    return Counter(terms(" ".join((masthead.title, *masthead.subjects, *texts))))
