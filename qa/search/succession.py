"""Hits in their order, save that none is above the one that replaced it."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from qa.corpus.corpus import Corpus
from qa.search.retriever import Hit


def newest_first(
    corpus: Corpus, hits: Sequence[Hit], allows: Callable[[int], bool]
) -> tuple[Hit, ...]:
    """Return hits with the newest term of a thread above the terms that it replaced.

    Args:
        corpus: that holds them.
        hits: best first; a newest term that is not among them takes the score of the first that
            it replaced.
        allows: whether the filters leave a row.
    """
    ordered: dict[int, Hit] = {}
    given = {hit.passage.row: hit for hit in hits}
    for hit in hits:
        for row in _replacing(corpus, hit.passage.row):
            if row not in ordered and allows(row):
                ordered[row] = given.get(row) or _as_newest(corpus, hit, row)
        ordered.setdefault(hit.passage.row, hit)
    return tuple(ordered.values())


def _replacing(corpus: Corpus, row: int) -> tuple[int, ...]:
    """Return the rows of the newest terms of the threads of a passage, where it is none of them."""
    newest: dict[int, None] = {}
    for thread in corpus.validity.by_row.get(row, ()):
        rows = [term.row for term in thread.newest]
        if row not in rows:
            newest.update(dict.fromkeys(rows[:1]))
    return tuple(newest)


def _as_newest(corpus: Corpus, hit: Hit, row: int) -> Hit:
    return replace(hit, passage=corpus.passages[row])
