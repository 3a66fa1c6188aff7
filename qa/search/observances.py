"""The documents that proclaim a day, a week, a year or a decade, known by the paragraph that does.

Titles do not decide: "Tenth anniversary of the International Day of …" proclaims nothing, and a
resolution on sand and dust storms may proclaim a decade.
"""

import re
from collections.abc import Iterable

import numpy as np

from embeddings.text_analysis import terms
from qa.corpus.corpus import Corpus
from qa.corpus.passage_table import KINDS
from qa.resolutions.model import Kind
from qa.search.row_texts import places_of, row_texts
from qa.search.scoped_documents import Flags

_STEMS = ("proclaim", "declar", "design")
_PROCLAIMS = (
    r"\W*(?:(?:Also |Further )?[Dd]ecides(?: also| further)?,? (?:to|that) |(?:Also )?)"
    r"(?:[Pp]roclaim|[Dd]eclare|[Dd]esignate)(?:s|ed)?\b[^;]*?\b(?:%s)\b"
)


def proclaims(text: str, unit: str) -> bool:
    """Return whether a paragraph proclaims a day, or another unit, rather than welcomes one."""
    return re.match(_PROCLAIMS % unit, text) is not None


def rows_proclaiming(corpus: Corpus, unit: str, among: Flags, year: int | None = None) -> list[int]:
    """Return the rows of the operative paragraphs that proclaim, one a document, ascending.

    Args:
        corpus: the texts.
        unit: "Day", "Week", "Year" or "Decade"; several with bars between.
        among: which resolutions may be returned, bool (r,).
        year: that the paragraph names; None: any.
    """
    rows = np.repeat(among, np.diff(corpus.columns.starts))
    rows &= corpus.columns.rows["kind"] == KINDS.index(Kind.OPERATIVE)
    rows &= _with_any(corpus, _STEMS) & _with_any(corpus, terms(unit.replace("|", " ")))
    found = [
        row
        for row, text in row_texts(corpus, np.flatnonzero(rows).tolist())
        if (year is None or str(year) in text) and proclaims(text, unit)
    ]
    first: dict[int, int] = {}
    for row, place in zip(found, places_of(corpus, found), strict=True):
        first.setdefault(place, row)
    return list(first.values())


def _with_any(corpus: Corpus, stems: Iterable[str]) -> Flags:
    """Return which passages have one of these terms, bool (n,)."""
    flags = np.zeros(len(corpus.words), dtype=bool)
    for stem in stems:
        flags[corpus.words.rows_with(stem)] = True
    return flags
