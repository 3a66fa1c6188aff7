"""Which threads of terms a question about the present means."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from qa.corpus.corpus import Corpus
from qa.corpus.term_threads import TermThread
from qa.question.expansion import NameExpansion
from qa.question.present import PresentQuery
from qa.resolutions.parse.validity import TermKind

_NUMBER = re.compile(r"(?<!\d)\d{3,4}(?!\d)")
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
    is_named: bool  # by its short or full name, or by its number
    covered: int  # words of the question that it explains
    rank: int  # of its kind among those asked for
    exact: float  # share of its resolutions whose records name what is asked


def find_threads(
    corpus: Corpus, query: PresentQuery, names: NameExpansion
) -> tuple[TermThread, ...]:
    """Return the threads that explain every word of a question, the best first."""
    bodies = frozenset(_bodies(corpus, query.about, names))
    numbers = frozenset(_NUMBER.findall(query.about))
    asked = tuple(dict.fromkeys(_terms(corpus, query.about, names, bodies)))
    phrases = _phrases(query.about, names)
    kinds = _kinds(query.kinds)
    matches = []
    for thread in corpus.validity.threads:
        if thread.kind not in kinds:
            continue
        is_named = thread.name in bodies or bool(numbers & thread.numbers)
        if bodies and not is_named:
            continue
        covered = sum(_explains(corpus, thread, term) for term in asked)
        missed = len(asked) - covered
        is_meant = is_named and query.has_cue and missed <= MAX_UNEXPLAINED
        if is_meant or (not missed and (is_named or (asked and not numbers))):
            exact = _exactness(corpus, thread, phrases)
            rank = kinds.index(thread.kind)
            matches.append(ThreadMatch(thread, is_named, covered, rank, exact))
    matches.sort(
        key=lambda match: (
            match.rank,
            not match.is_named,
            -match.covered,
            -round(match.exact, 1),
            _age(match.thread),
        )
    )
    return tuple(match.thread for match in matches)


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
    for short in names.short_of(names.expand(text)):
        key = known.key(short)
        if key:
            yield key


def _terms(corpus: Corpus, text: str, names: NameExpansion, bodies: Iterable[str]) -> Iterator[str]:
    """Yield the terms of a question that a thread has to explain: neither names nor numbers."""
    known = corpus.validity.names
    rest = _POSSESSIVE.sub(" ", _NUMBER.sub(" ", text))
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


def _explains(corpus: Corpus, thread: TermThread, term: str) -> bool:
    """Return whether at least half of the resolutions of a thread are about a term."""
    known = corpus.validity.names
    if term in corpus.context_words.terms(f"{thread.name} {known.full(thread.name)}"):
        return True
    members = np.array(sorted({member.place for member in thread.terms}))
    about = np.isin(members, corpus.context_words.rows_with(term))
    rows = np.array([member.row for member in thread.terms])
    says = np.isin(rows, corpus.words.rows_with(term))
    return bool(2 * about.sum() >= len(members) or 2 * says.sum() >= len(rows))
