"""What every route works with: one question, the texts, and what was looked up once."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cached_property

from qa.answering.scope import loaded, scope_of
from qa.corpus.corpus import Corpus
from qa.question.question import Question
from qa.resolutions.model import Kind, Masthead
from qa.search.filters import Filters
from qa.search.retriever import Retriever
from qa.search.scorer import Candidates


@dataclass(slots=True)
class Clock:
    """Milliseconds of each stage of an answer."""

    spent: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Add the time spent inside to the stage `name`."""
        start = time.perf_counter()
        try:
            yield
        finally:
            passed = (time.perf_counter() - start) * 1000
            self.spent[name] = round(self.spent.get(name, 0.0) + passed, 2)


@dataclass(frozen=True, kw_only=True)
class AnswerContext:
    """One question on its way to an answer. What several routes need is looked up once."""

    corpus: Corpus
    retriever: Retriever
    question: Question
    filters: Filters
    top: int  # quotations at most, where they are searched for
    clock: Clock

    @cached_property
    def named(self) -> tuple[Masthead, ...]:
        """The loaded resolutions that the question names by their symbols."""
        return loaded(self.corpus, self.question.symbols)

    @cached_property
    def missing(self) -> tuple[str, ...]:
        """The documents that the question names and that are not loaded.

        "2023/24" with a topic is a financial period, unless it is that of a loaded document.
        """
        question = self.question
        periods = question.fiscal_years if question.names_topic else ()
        return tuple(
            symbol
            for symbol in question.symbols
            if self.corpus.place(symbol) is None and symbol not in periods
        )

    @cached_property
    def described(self) -> tuple[Masthead, ...]:
        """The loaded resolutions that the question is about, by symbol or description."""
        return scope_of(self.corpus, self.question)

    @cached_property
    def scope(self) -> tuple[str, ...]:
        """The symbols of the resolutions to search in; empty: all."""
        return tuple(resolution.symbol for resolution in self.described)

    @cached_property
    def candidates(self) -> Candidates | None:
        """The passages that come nearest; None if nothing passes the filters."""
        question, filters = self.question, self.filters
        if question.kinds and Kind.OPERATIVE not in question.kinds and not filters.kinds:
            filters = replace(filters, kinds=question.kinds)
        return self.retriever.candidates(question, filters=filters, scope=self.scope)

    @cached_property
    def confidence(self) -> float:
        """How likely it is that the candidates answer the question, 0 to 1; 0 if there are none."""
        candidates = self.candidates
        if candidates is None:
            return 0.0
        return self.retriever.confidence(self.question, candidates)
