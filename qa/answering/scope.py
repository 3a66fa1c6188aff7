"""The loaded resolutions that a question is about."""

from collections.abc import Iterable, Sequence

from qa.corpus.corpus import Corpus
from qa.question.question import Question
from qa.resolutions.model import Masthead
from qa.search.weights import load_weights


def loaded(corpus: Corpus, symbols: Iterable[str]) -> tuple[Masthead, ...]:
    """Return the resolutions among `symbols` that are loaded."""
    mastheads = (corpus.masthead(symbol) for symbol in symbols)
    return tuple({masthead.symbol: masthead for masthead in mastheads if masthead}.values())


def is_small(resolutions: Sequence[Masthead]) -> bool:
    """Return whether a question that names no resolution may mean all of these."""
    return len(resolutions) <= load_weights().answers.small_corpus_max


def scope_of(corpus: Corpus, question: Question) -> tuple[Masthead, ...]:
    """Return the loaded resolutions that a question is about by symbol or description; empty: any.

    "The 2001 resolution" is every one adopted then; "the earlier one" is the first by date.
    """
    named = loaded(corpus, question.symbols)
    if named:
        return named
    if question.relative and is_small(corpus.resolutions):
        return _by_time(corpus.resolutions, question.relative)
    if not question.names_by_year:
        return ()
    years = frozenset(question.years)
    return tuple(
        resolution
        for resolution in corpus.resolutions
        if resolution.adopted and resolution.adopted.year in years
    )


def _by_time(resolutions: Sequence[Masthead], which: str) -> tuple[Masthead, ...]:
    """Return the earliest or latest of dated resolutions, as `which` says."""
    dated = sorted(
        (resolution for resolution in resolutions if resolution.adopted),
        key=lambda resolution: (resolution.adopted, resolution.symbol),
    )
    if not dated or which == "other":
        return ()
    return (dated[0],) if which == "earlier" else (dated[-1],)
