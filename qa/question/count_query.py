"""What a question wants counted or listed: read from its words alone."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from qa.question.bodies import bodies_of
from qa.question.dates import without_period
from qa.question.patterns import rules
from qa.resolutions.cite.symbols import find_symbols, hide_symbols
from qa.resolutions.periods import ANY_TIME, Period

_MAX_PHRASE_WORDS = 8  # of a thing that can be looked for as a phrase
_LAST = ("last", "latest", "newest", "most recent")
_BARE = re.compile(
    r"^(?:the (?:words?|terms?|phrase|expression|name) |the |an? |any |all )+|[\s,.;:?!]+$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class CountQuery:
    """What is to be counted."""

    thing: str  # "UNODC", "resolution 1325"; "" for all that was adopted
    cited: tuple[str, ...] = ()  # symbols of the documents that the thing is, if it is nothing else
    which: str | None = None  # "first", "last": one is wanted, not all
    paragraphs: bool = False  # paragraphs are counted, not resolutions
    operative: bool = False  # only operative ones
    resolutions: bool = False  # neither statements nor decisions
    period: Period = ANY_TIME  # of adoption
    bodies: frozenset[str] = frozenset()


def read_count(text: str) -> CountQuery | None:
    """Return what a question wants counted or listed, or None: the rules are in phrases.tsv."""
    for rule in rules("tally").values():
        if match := rule.search(text):
            return _query(text, match.groupdict())
    return None


def _query(text: str, named: Mapping[str, str | None]) -> CountQuery | None:
    """Return the query that a rule found; None if its thing is no phrase to look for."""
    printed = named.get("thing") or ""
    frame = text.replace(printed, " ") if printed else text
    bounded = without_period(printed)
    thing = _bare(bounded.rest)
    if printed and not 0 < len(thing.split()) <= _MAX_PHRASE_WORDS:
        return None
    which = (named.get("which") or "").lower()
    unit = (named.get("unit") or "").lower()
    return CountQuery(
        thing=thing,
        cited=_documents(thing),
        which=("last" if which in _LAST else "first") if which else None,
        paragraphs="paragraph" in unit,
        operative="operative" in unit,
        resolutions="resolution" in unit or not thing,
        period=bounded.period or without_period(frame).period or ANY_TIME,
        bodies=frozenset(bodies_of(frame)),
    )


def _documents(thing: str) -> tuple[str, ...]:
    """Return the documents that a thing names, where it names nothing else."""
    matches = find_symbols(thing)
    rest = _ANNOUNCING.sub(" ", hide_symbols(thing, matches))
    return () if re.search(r"\w", rest) else tuple(match.symbol for match in matches)


_ANNOUNCING = re.compile(
    r"\b(?:resolutions?|decisions?|its|general|assembly|security|council)\b", re.IGNORECASE
)


def _bare(thing: str) -> str:
    """Return a thing without article, marks of quotation and full stop."""
    previous = None
    while thing != previous:
        previous = thing
        thing = _BARE.sub("", thing.strip(" \"'“”‘’«»"))
    return thing
