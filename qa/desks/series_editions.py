"""The editions of a series: which documents follow each other on one subject."""

from dataclasses import dataclass

from qa.corpus.corpus import Corpus
from qa.errors import InputError
from qa.resolutions.model import Status


@dataclass(frozen=True, slots=True)
class SeriesEditions:
    """The symbols of a series, the oldest first; of a document on its own, that alone."""

    name: str
    symbols: tuple[str, ...]


def editions_of(corpus: Corpus, symbol: str, row: int | None = None) -> SeriesEditions:
    """Return the adopted editions of the series of a loaded document, itself included.

    Args:
        corpus: the loaded texts.
        symbol: canonical, of a loaded document.
        row: of a passage whose own series is taken where its document has none.
    """
    place = corpus.place(symbol) or 0
    masthead = corpus.resolutions[place]
    series = corpus.series.of_resolution(place)
    if series is None and row is not None:
        series = corpus.series.of_passage(row, place)
    if series is None:
        return SeriesEditions(masthead.title or masthead.symbol, (masthead.symbol,))
    members = [corpus.resolutions[member] for member in series.places]
    return SeriesEditions(
        series.name,
        tuple(
            member.symbol
            for member in members
            if member.status is Status.ADOPTED or member is masthead
        ),
    )


def previous_edition(corpus: Corpus, symbol: str) -> str:
    """Return the symbol of the edition before a document.

    Raises:
        InputError: none is loaded.
    """
    editions = editions_of(corpus, symbol)
    position = editions.symbols.index(symbol)
    if not position:
        raise InputError(
            f"no earlier edition of {symbol} is loaded; name the document to compare it with."
        )
    return editions.symbols[position - 1]
