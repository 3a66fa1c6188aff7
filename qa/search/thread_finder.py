"""Which threads of terms a question about the present means."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from embeddings.text_analysis import terms
from qa.corpus.corpus import Corpus
from qa.corpus.term_threads import TermThread
from qa.question.expansion import NameExpansion
from qa.question.present import PresentQuery
from qa.resolutions.parse.validity import TermKind

_NUMBER = re.compile(r"(?<!\d)\d{3,4}(?!\d)")
_NUMBERED = re.compile(r"(?<!\d)\d{3,4}(?!\d)(?:/\d{3,4})*(?: \(\d{4}\))?(?: [Cc]ommittee\b)?")
_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_POSSESSIVE = re.compile(r"['\u2019]s?\b")
_DEFAULT_KINDS = (
    TermKind.MANDATE,
    TermKind.AUTHORIZATION,
    TermKind.PANEL,
    TermKind.MEASURES,
    TermKind.OFFICE,
)
# A kind that has no thread of the body asked for is looked for under these.
_RELATED = {
    TermKind.MANDATE: (TermKind.AUTHORIZATION, TermKind.PANEL),
    TermKind.AUTHORIZATION: (TermKind.MANDATE, TermKind.MEASURES),
    TermKind.MEASURES: (TermKind.AUTHORIZATION,),
    TermKind.PANEL: (TermKind.MANDATE,),
}


MAX_UNEXPLAINED = 2  # words of a question that names a body


@dataclass(frozen=True, slots=True)
class ThreadMatch:
    """A thread with how well it fits a question."""

    thread: TermThread
    named: int  # 2 by its name or committee, 1 by a number that it cites, 0 by neither
    is_running: bool  # its last day is not over
    covered: int  # words of the question that it explains
    rank: int  # of its kind among those asked for
    exact: float  # share of its resolutions whose records name what is asked


def find_threads(
    corpus: Corpus, query: PresentQuery, names: NameExpansion
) -> tuple[TermThread, ...]:
    """Return the threads that explain every word of a question, the best first."""
    bodies = frozenset(_bodies(corpus, query.about, names))
    today = newest_day(corpus)
    numbers = frozenset(_NUMBER.findall(query.about))
    asked = tuple(dict.fromkeys(_terms(corpus, query.about, names, bodies)))
    explainers = [_Explained(corpus, term) for term in asked]
    phrases = _phrases(query.about, names)
    kinds = _kinds(query.kinds)
    closed = _closed(corpus, today)
    matches = []
    for thread in corpus.validity.threads:
        if thread.kind not in kinds:
            continue
        named = _naming(thread, bodies, numbers)
        if bodies and not named:
            continue
        covered = sum(explained.by(thread) for explained in explainers)
        missed = len(asked) - covered
        is_meant = named and query.has_cue and missed <= MAX_UNEXPLAINED
        is_about = asked and not numbers and _may_be_unnamed(corpus, thread, explainers)
        if is_meant or (not missed and (named or is_about)):
            exact = _exactness(corpus, thread, phrases)
            rank = kinds.index(thread.kind)
            running = thread.runs_on(today) and thread.name not in closed
            matches.append(ThreadMatch(thread, named, running, covered, rank, exact))
    matches.sort(
        key=lambda match: (
            not match.is_running,
            match.rank,
            -match.named,
            -match.covered,
            -round(match.exact, 1),
            _age(match.thread),
        )
    )
    return tuple(match.thread for match in matches)


def _closed(corpus: Corpus, today: date) -> frozenset[str]:
    """Return the bodies whose mandate is over: their strength holds no longer."""
    threads = [each for each in corpus.validity.threads if each.kind is TermKind.MANDATE]
    running = {thread.name for thread in threads if thread.runs_on(today)}
    return frozenset(thread.name for thread in threads) - running


def _may_be_unnamed(corpus: Corpus, thread: TermThread, explainers: Sequence["_Explained"]) -> bool:
    """Return whether a question need not name the body of a thread.

    Money and numbers are asked for in words that many texts have: the body is named, as a whole or
    by where it works.
    """
    if thread.kind not in (TermKind.APPROPRIATION, TermKind.CEILING):
        return True
    is_field = corpus.validity.names.is_field(thread.name)
    return is_field and all(explained.by_name(thread) for explained in explainers)


def newest_day(corpus: Corpus) -> date:
    """Return the day of the newest text: what "now" means."""
    return max((each.adopted for each in corpus.resolutions if each.adopted), default=date.min)


def _naming(thread: TermThread, bodies: frozenset[str], numbers: frozenset[str]) -> int:
    own = frozenset(_NUMBER.findall(thread.name))
    if thread.kind in (TermKind.PANEL, TermKind.MEASURES):
        own |= thread.committees
    if thread.name in bodies or numbers & own:
        return 2
    return 1 if numbers & thread.numbers else 0


def _kinds(asked: Sequence[TermKind]) -> tuple[TermKind, ...]:
    own = asked or _DEFAULT_KINDS
    if len(own) > 1 and TermKind.MANDATE in own and asked:
        own = (*(kind for kind in own if kind is not TermKind.MANDATE), TermKind.MANDATE)
    related = (kind for first in own for kind in _RELATED.get(first, ()))
    return tuple(dict.fromkeys((*own, *related)))


def _age(thread: TermThread) -> int:
    last = thread.terms[-1].adopted
    return -(last.toordinal() if last else 0)


def _bodies(corpus: Corpus, text: str, names: NameExpansion) -> Iterator[str]:
    """Yield the keys of the bodies that a text names, by their short or full names."""
    known = corpus.validity.names
    for word in _WORD.findall(text):
        for form in dict.fromkeys((word, word.upper())):
            key = known.key(form)
            if key:
                yield key
    threads = {thread.name for thread in corpus.validity.threads}
    yield from threads.intersection(word.upper() for word in _WORD.findall(text))
    for short in names.short_of(names.expand(text)):
        key = known.key(short)
        if key:
            yield key


def _terms(corpus: Corpus, text: str, names: NameExpansion, bodies: Iterable[str]) -> Iterator[str]:
    """Yield the terms of a question that a thread has to explain: neither names nor numbers."""
    known = corpus.validity.names
    rest = _POSSESSIVE.sub(" ", _NUMBERED.sub(" ", text))
    for body in bodies:
        rest = re.sub(rf"\b{re.escape(body)}\b", " ", rest, flags=re.IGNORECASE)
        rest = rest.replace(known.full(body), " ")
    yield from corpus.context_words.terms(names.expand(rest))


def _phrases(text: str, names: NameExpansion) -> frozenset[str]:
    """Return what a question names, as records may name it: its words and its runs of capitals."""
    expanded = names.expand(text)
    runs = _RUN.findall(expanded)
    return frozenset(phrase.casefold() for phrase in (expanded, *names.expansions(text), *runs))


_RUN = re.compile(r"\b[A-Z][\w'\u2019-]*(?: (?:(?:of|the|and) )*[A-Z][\w'\u2019-]*)*")


def _exactness(corpus: Corpus, thread: TermThread, phrases: frozenset[str]) -> float:
    """Return the share of a thread's resolutions whose records name one of the phrases alone."""
    members = {member.place for member in thread.terms}
    exact = sum(
        any(subject.partition("--")[0].casefold() in phrases for subject in masthead.subjects)
        for masthead in (corpus.resolutions[place] for place in members)
    )
    return exact / len(members)


class _Explained:
    """Which threads explain a term of a question: by their name, their resolutions, their words."""

    def __init__(self, corpus: Corpus, term: str) -> None:
        self._corpus = corpus
        self._term = term
        self._about = _mask(len(corpus.resolutions), corpus.context_words.rows_with(term))
        self._says = _mask(len(corpus.columns.rows), corpus.words.rows_with(term))

    def by(self, thread: TermThread) -> bool:
        """Return whether at least half of the terms of a thread are about the term."""
        says = self._says[[term.row for term in thread.terms]]
        return self.by_name(thread) or bool(2 * says.sum() >= len(thread.terms))

    def by_name(self, thread: TermThread) -> bool:
        """Return whether its name, or what records say of half of its texts, has the term."""
        known = self._corpus.validity.names
        if self._term in text_terms(f"{thread.name} {known.full(thread.name)}"):
            return True
        about = self._about[[term.place for term in thread.terms]]
        return bool(2 * about.sum() >= len(thread.terms))


def _mask(size: int, rows: npt.NDArray[np.int32]) -> npt.NDArray[np.bool_]:
    mask = np.zeros(size, dtype=bool)
    mask[rows] = True
    return mask


@lru_cache(maxsize=2_000)
def text_terms(text: str) -> frozenset[str]:
    """Return the terms of a name."""
    return frozenset(terms(text))
