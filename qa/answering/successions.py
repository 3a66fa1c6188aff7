"""Which body came before or after another, by texts that name both and a replacement."""

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator
from datetime import date

import numpy as np

from qa.answering.context import AnswerContext
from qa.corpus.corpus import Corpus
from qa.corpus.passages import Passage
from qa.question.countries import countries_in
from qa.resolutions.parse.validity import TermKind
from qa.search.topic_documents import rows_with_units

# What a text says where one body takes the place of another, next to their names.
_REPLACES = re.compile(
    r"\b(?:replac\w+|succe(?:ed\w*|ssor\w*)|follow(?:ing|s)?[- ]on|"
    r"transition\w* (?:from|to|into|of|between)|transfer of (?:authority|responsibilit\w+)|"
    r"reconfigur\w*|take over|hand(?:ed|ing)? ?over|transform\w*|convert\w*|subsum\w*|"
    r"re-?hatt\w+)\b",
    re.IGNORECASE,
)
_ENDS = re.compile(
    r"\b(?:terminat\w+|clos(?:e|ed|ure|ing)|new (?:mission|operation|office)|establish\w*|cease\w*|"
    r"drawdown|transition|liquidat\w+|complet\w+ (?:of )?(?:its|the) mandate)\b",
    re.IGNORECASE,
)
_REACH = 160  # characters between the two names, and half of it before the first
_SHORT = re.compile(r"\b[A-Z][A-Z-]{3,}[a-z]?\b")
_OF_BODIES = (TermKind.MANDATE, TermKind.AUTHORIZATION)


def body_beside(context: AnswerContext, name: str, *, is_later: bool) -> tuple[str, Passage] | None:
    """Return the body that came after or before one, with a paragraph that names both.

    Args:
        context: of the question.
        name: of the body, short or full.
        is_later: the one after it; False: the one before.
    """
    corpus = context.corpus
    own = set(_keys_in(corpus, name)) | {name}
    first = _first_day(context, name)
    if first is None:
        return None
    known, countries = corpus.validity.names, _countries(corpus, name)
    counts: dict[str, Counter[bool]] = defaultdict(
        Counter
    )  # by whether words of a replacement join
    said: dict[str, Passage] = {}
    for passage in _mentioning(context, name):
        joined = set(_replacing(corpus, passage.text, own))
        ends = _ENDS.search(passage.text) is not None
        for key in set(_keys_in(corpus, passage.text)) - own:
            if key in joined or (ends and countries & _countries(corpus, key)):
                counts[key][key in joined] += 1
                said.setdefault(key, passage)
    is_un = "United Nations" in known.full(known.key(name) or name)

    def likeness(key: str) -> tuple[bool, int, int]:
        of_same = ("United Nations" in known.full(key)) == is_un
        return of_same, counts[key][True], counts[key][False]

    for key in sorted(counts, key=likeness, reverse=True):
        day = _first_day(context, key)
        if day is not None and day != first and (day > first) == is_later:
            return key, said[key]
    return None


def _countries(corpus: Corpus, name: str) -> frozenset[str]:
    """Return the codes of the countries in the full name of a body."""
    known = corpus.validity.names
    full = known.full(known.key(name) or name)
    return frozenset(code for mention in countries_in(full) for code in mention.codes)


def _replacing(corpus: Corpus, text: str, own: Collection[str]) -> Iterator[str]:
    """Yield the bodies that a text names next to one of `own` and to words of a replacement."""
    places = [(match.start(), match.end(), match[0]) for match in _SHORT.finditer(text)]
    for start, end, short in places:
        if short not in own:
            continue
        for other_start, other_end, other in places:
            gap = max(start, other_start) - min(end, other_end)
            if other in own or gap > _REACH:
                continue
            first, last = min(start, other_start), max(end, other_end)
            if _REPLACES.search(text, max(0, first - _REACH // 2), last):
                yield from _keys_in(corpus, other)


def body_of(context: AnswerContext, symbol: str) -> str | None:
    """Return the body whose mandate a document began, renewed or ended; None if it names none."""
    place = context.corpus.place(symbol)
    found = [
        (_OF_BODIES.index(thread.kind), not term.record.ends, thread.name)
        for thread in context.corpus.validity.threads
        if thread.kind in _OF_BODIES
        for term in thread.terms
        if term.place == place
    ]
    return min(found)[2] if found else None


def _mentioning(context: AnswerContext, name: str) -> Iterator[Passage]:
    """Yield the paragraphs that name a body, the newest resolution first."""
    corpus = context.corpus
    units = context.retriever.names.units(name)
    rows = np.flatnonzero(rows_with_units(corpus, units)).tolist()
    yield from sorted(
        (corpus.passages[row] for row in rows),
        key=lambda passage: (passage.resolution.adopted or date.min, -passage.row),
        reverse=True,
    )


def _first_day(context: AnswerContext, name: str) -> int | None:
    """Return the ordinal of the day of the first text that names a body."""
    rows = np.flatnonzero(rows_with_units(context.corpus, context.retriever.names.units(name)))
    resolutions = context.retriever.resolutions
    days = resolutions.day[resolutions.resolution[rows]]
    return int(days[days > 0].min()) if (days > 0).any() else None


def _keys_in(corpus: Corpus, text: str) -> Iterator[str]:
    """Yield the missions, offices and forces that a text names by their short names."""
    known = corpus.validity.names
    for short in dict.fromkeys(_SHORT.findall(text)):
        key = known.key(short)
        if key and known.is_field(key):
            yield key
