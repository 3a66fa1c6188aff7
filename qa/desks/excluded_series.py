"""The series that a comparison leaves out: named by one of its documents."""

import numpy as np
import numpy.typing as npt

from qa.corpus.corpus import Corpus
from qa.errors import InputError
from qa.resolutions.cite.citation_format import spaced_symbol

Rows = npt.NDArray[np.int64]


def without_series(corpus: Corpus, rows: Rows, symbol: str) -> tuple[Rows, str]:
    """Return the passages that are not of the series of a document, and the name of the series.

    A document that has no series is left out by itself.

    Raises:
        InputError: the document is not loaded.
    """
    place = corpus.place(symbol)
    if place is None:
        raise InputError(
            f"{spaced_symbol(symbol)} is not loaded, so that its series is not known; name a "
            "loaded document of the series."
        )
    series = corpus.series.of_resolution(place)
    starts = corpus.columns.starts
    places = series.places if series else (place,)
    own = [np.arange(starts[each], starts[each + 1], dtype=np.int64) for each in places]
    name = series.name if series else spaced_symbol(corpus.resolutions[place].symbol)
    return np.setdiff1d(rows, np.concatenate(own)), name
