"""Counting and listing: how many resolutions mention a thing, which, and when first; no search."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import compress

import numpy as np
import numpy.typing as npt

from qa.answering.phrase_match import (
    Mentions,
    PhraseMatcher,
    resolutions_titled,
    rows_mentioning,
)
from qa.corpus.corpus import Corpus
from qa.corpus.passage_table import KINDS
from qa.corpus.passages import Passage
from qa.question.count_query import CountQuery
from qa.question.expansion import NameExpansion
from qa.resolutions.body_names import BODY_NAMES
from qa.resolutions.cite.symbols import without_part
from qa.resolutions.model import Kind, Masthead, Span
from qa.resolutions.periods import ANY_TIME
from qa.search.filters import Filters
from qa.search.row_texts import places_of

_WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")


@dataclass(frozen=True, slots=True, kw_only=True)
class CountResult:
    """What was counted, the newest first."""

    asked: CountQuery
    forms: tuple[str, ...]  # under which the thing was looked for
    passages: Mentions  # that mention it
    resolutions: tuple[Masthead, ...]  # with such a passage or such a title
    among: int  # resolutions that were looked at


def count_mentions(
    corpus: Corpus, asked: CountQuery, filters: Filters, names: NameExpansion
) -> CountResult:
    """Return every resolution and passage that is asked for.

    A thing is mentioned where its words stand together in a passage or a title, in any English
    form, under any of its names; a document, where it is cited.
    """
    taken = [_taken(resolution, asked, filters) for resolution in corpus.resolutions]
    among = list(compress(corpus.resolutions, taken))
    kinds = filters.kinds | ({Kind.OPERATIVE} if asked.operative else frozenset())
    forms = names.names_of(asked.thing) if asked.thing else ()
    matchers = [] if asked.cited else [PhraseMatcher(corpus.words, form) for form in forms]
    allowed = _allowed(corpus, taken, kinds)
    rows: list[int] = []
    if asked.cited:
        rows = _citing(corpus, asked.cited, allowed)
    elif asked.thing:
        rows = rows_mentioning(corpus, matchers, allowed)
    ages = [_age(resolution) for resolution in corpus.resolutions]
    by_age = sorted(zip((ages[place] for place in places_of(corpus, rows)), rows, strict=True))
    passages = Mentions(corpus, [row for _, row in by_age])
    in_titles = (
        set()
        if kinds
        else {resolution.symbol for resolution in resolutions_titled(corpus, matchers)}
    )
    resolutions = [
        resolution
        for resolution in among
        if not asked.thing or passages.are_in(resolution) or resolution.symbol in in_titles
    ]
    return CountResult(
        asked=asked,
        forms=forms,
        passages=passages,
        resolutions=tuple(sorted(resolutions, key=_age)),
        among=len(among),
    )


def count_sentence(tally: CountResult, named: str) -> str:
    """Return the sentence that gives the count.

    Args:
        tally: what was counted.
        named: the citation of the first or last one, where that is wanted; "" otherwise.
    """
    asked, count = tally.asked, len(tally.resolutions)
    period = f" adopted {asked.period.in_words()}" if asked.period != ANY_TIME else ""
    organs = " or ".join(f"the {BODY_NAMES[body]}" for body in sorted(asked.bodies))
    period = (f" of {organs}" if organs else "") + period
    texts = "resolution" if asked.resolutions else "text"
    if not asked.thing:
        return f"{_number(count, texts)}{period} {'is' if count == 1 else 'are'} loaded."
    mention = "mentions" if count == 1 else "mention"
    thing = " or ".join(f"“{form}”" for form in tally.forms)
    share = f"{count:,}" if count else "None"
    message = f"{share} of the {_number(tally.among, f'loaded {texts}')}{period} {mention} {thing}"
    if tally.passages:
        message += f", in {_number(len(tally.passages), 'paragraph')}"
    return f"{message}; the {asked.which} is {named}." if named else f"{message}."


def _number(count: int, noun: str) -> str:
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"


def phrase_spans(corpus: Corpus, passage: Passage, forms: Iterable[str]) -> tuple[Span, ...]:
    """Return the spans of a passage that hold one of `forms`; of overlapping ones the first."""
    known = [PhraseMatcher(corpus.words, form) for form in forms]
    runs = [matcher.terms for matcher in known if matcher.occurs_in(passage.text)]
    words = [(match.span(), corpus.words.terms(match[0])) for match in _WORD.finditer(passage.text)]
    terms = [(span, term) for span, each in words for term in each]
    spans = {}
    for wanted in runs:
        for start in range(len(terms) - len(wanted) + 1 if wanted else 0):
            run = terms[start : start + len(wanted)]
            if tuple(term for _, term in run) == wanted:
                spans[run[0][0][0]] = run[-1][0][1]
    out: list[Span] = []
    for start, end in sorted(spans.items()):
        if not out or start >= out[-1].end:
            out.append(Span(start=start, end=end))
    return tuple(out)


def _taken(resolution: Masthead, asked: CountQuery, filters: Filters) -> bool:
    """Return whether a resolution is of the kind, the time and the bodies asked for."""
    if asked.resolutions and "/RES/" not in resolution.symbol:
        return False
    if not filters.allows_status(resolution):
        return False
    day = resolution.adopted
    if day is None:
        is_of_time = asked.period == ANY_TIME and filters.since is None and filters.until is None
    else:
        is_of_time = (
            day in asked.period
            and (filters.since is None or day.year >= filters.since)
            and (filters.until is None or day.year <= filters.until)
        )
    return is_of_time and all(
        not bodies or resolution.body.value in bodies for bodies in (asked.bodies, filters.bodies)
    )


def _allowed(
    corpus: Corpus, taken: Sequence[bool], kinds: frozenset[Kind]
) -> npt.NDArray[np.bool_]:
    """Return which passages may count: those of the kinds, in the resolutions taken; bool (n,)."""
    allowed = np.repeat(np.array(taken, dtype=bool), np.diff(corpus.columns.starts))
    if kinds:
        numbers = [KINDS.index(kind) for kind in kinds]
        allowed &= np.isin(corpus.columns.rows["kind"], numbers)
    return allowed


def _citing(corpus: Corpus, cited: Iterable[str], allowed: npt.NDArray[np.bool_]) -> list[int]:
    """Return the rows of the passages that cite one of these documents, ascending."""
    names = set(map(without_part, cited))
    held = corpus.columns.rows_mask(corpus.columns.cited, names)
    return np.flatnonzero(held & allowed).tolist()


def _age(resolution: Masthead) -> tuple[int, str]:
    adopted = resolution.adopted or date.min
    return (-adopted.toordinal(), resolution.symbol)
