"""What an answer is restricted to, and how many passages each further choice would leave."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from embeddings.backends.backend import RowFilter
from qa.corpus.corpus import Corpus
from qa.corpus.passage_table import KINDS
from qa.corpus.resolution_features import BODIES, ResolutionFeatures
from qa.resolutions.model import Kind
from qa.resolutions.tables.read_tables import rows

Flags = npt.NDArray[np.bool_]
Ints = npt.NDArray[np.int64]

GRADES = 7  # 0 reception to 6 decision
Name = TypeVar("Name")
_GRADE_OF = {row["verb"]: int(row["grade"]) for row in rows("verbs")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """What a front end restricts an answer to; empty sets and None restrict nothing."""

    bodies: frozenset[str] = frozenset()  # "A", "S", "E", "HRC"
    since: int | None = None  # year of adoption, inclusive
    until: int | None = None
    kinds: frozenset[Kind] = frozenset()
    grades: frozenset[int] = frozenset()  # of one of a paragraph's verbs, 0 to 6
    addressees: frozenset[str] = frozenset()  # of one of its verbs, "Secretary-General"
    subjects: frozenset[str] = frozenset()  # of the resolution, as its records name them


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How many passages pass, and how many would with each choice in one filter alone."""

    passing: int
    of: int
    years: Mapping[int, int] = field(default_factory=dict)
    bodies: Mapping[str, int] = field(default_factory=dict)
    kinds: Mapping[str, int] = field(default_factory=dict)
    grades: Mapping[int, int] = field(default_factory=dict)
    addressees: Mapping[str, int] = field(default_factory=dict)
    subjects: Mapping[str, int] = field(default_factory=dict)


class FilterIndex:
    """Which passages of one corpus pass a filter."""

    def __init__(self, corpus: Corpus, signals: ResolutionFeatures) -> None:
        self._corpus = corpus
        self._signals = signals

    def rows(self, filters: Filters, scope: Iterable[str] = ()) -> Ints:
        """Return the rows that pass, ascending; of the resolutions in `scope` where it has any."""
        passes = self._passing(filters)
        symbols = frozenset(scope)
        if symbols:
            named = np.array([one.symbol in symbols for one in self._corpus.resolutions])
            passes = passes & named[self._signals.resolution]
        return np.flatnonzero(passes)

    def where(self, filters: Filters, scope: Iterable[str] = ()) -> RowFilter:
        """Return what an engine need not look at, by the names of `Signals.facts`.

        Grades and addressees are not among these facts: who filters by them goes through `rows`.
        """
        signals, symbols = self._signals, frozenset(scope)
        found: dict[str, Collection[int]] = {}
        if filters.since is not None or filters.until is not None:
            last = int(signals.year.max()) if filters.until is None else filters.until
            found["year"] = range(max(filters.since or 1, 1), last + 1)
        if filters.bodies:
            found["body"] = [at for at, one in enumerate(BODIES) if one in filters.bodies]
        if filters.kinds:
            found["kind"] = [KINDS.index(one) for one in filters.kinds]
        if symbols or filters.subjects:
            found["resolution"] = [
                place
                for place, one in enumerate(self._corpus.resolutions)
                if (not symbols or one.symbol in symbols)
                and (not filters.subjects or filters.subjects & set(one.subjects))
            ]
        return found

    def counts(self, filters: Filters) -> Counts:
        """Return how many passages pass, and for each choice how many would.

        The choices of one filter are counted among what the other filters leave: to choose one
        more never lowers the count of its neighbours.
        """
        signals, corpus = self._signals, self._corpus
        anyone: frozenset[str] = frozenset()
        years = self._passing(replace(filters, since=None, until=None))
        kinds = np.bincount(
            signals.kind[self._passing(replace(filters, kinds=frozenset()))], minlength=len(KINDS)
        ).tolist()
        by_grade = self._passing(replace(filters, grades=frozenset()))
        by_addressee = self._passing(replace(filters, addressees=anyone))
        addressees = corpus.columns.addressees
        return Counts(
            passing=int(np.count_nonzero(self._passing(filters))),
            of=len(signals.kind),
            years=_tallied(zip(signals.year.tolist(), self._per_resolution(years), strict=True)),
            bodies=_tallied(
                zip(
                    signals.body.tolist(),
                    self._per_resolution(self._passing(replace(filters, bodies=anyone))),
                    strict=True,
                )
            ),
            kinds={one.value: count for one, count in zip(KINDS, kinds, strict=True)},
            grades={
                grade: int(np.count_nonzero(self._graded[grade] & by_grade))
                for grade in range(GRADES)
            },
            addressees=_falling(
                (name, int(np.count_nonzero(by_addressee[addressees.rows(name)])))
                for name in addressees.names
            ),
            subjects=_falling(self._by_subject(self._passing(replace(filters, subjects=anyone)))),
        )

    def _passing(self, filters: Filters) -> Flags:
        signals, columns = self._signals, self._corpus.columns
        dated = filters.since is not None or filters.until is not None
        taken = signals.year > 0 if dated else signals.year >= 0
        if filters.since is not None:
            taken = taken & (signals.year >= filters.since)
        if filters.until is not None:
            taken = taken & (signals.year <= filters.until)
        if filters.bodies:
            taken = taken & np.isin(signals.body, list(filters.bodies))
        if filters.subjects:
            chosen = [self._subjects.get(one, []) for one in filters.subjects]
            taken = taken & np.isin(np.arange(len(taken)), [at for one in chosen for at in one])
        passes: Flags = taken[signals.resolution]
        if filters.kinds:
            passes = passes & np.isin(signals.kind, [KINDS.index(one) for one in filters.kinds])
        if filters.grades:
            passes = passes & np.any([self._graded[one] for one in filters.grades], axis=0)
        if filters.addressees:
            passes = passes & columns.rows_mask(columns.addressees, filters.addressees)
        return passes

    @cached_property
    def _graded(self) -> tuple[Flags, ...]:
        """For each grade the passages with a verb of it, bool (n,) each."""
        columns = self._corpus.columns
        lemmas = defaultdict(list)
        for lemma in columns.verbs.names:
            lemmas[_GRADE_OF.get(lemma)].append(lemma)
        return tuple(columns.rows_mask(columns.verbs, lemmas[grade]) for grade in range(GRADES))

    @cached_property
    def _subjects(self) -> Mapping[str, list[int]]:
        """The resolutions that each subject names."""
        places = defaultdict(list)
        for place, one in enumerate(self._corpus.resolutions):
            for subject in one.subjects:
                places[subject].append(place)
        return dict(places)

    def _by_subject(self, passes: Flags) -> Iterator[tuple[str, int]]:
        counts = self._per_resolution(passes)
        for subject, places in self._subjects.items():
            yield subject, sum(counts[place] for place in places)

    def _per_resolution(self, passes: Flags) -> list[int]:
        size = len(self._corpus.resolutions)
        counted: list[int] = np.bincount(self._signals.resolution[passes], minlength=size).tolist()
        return counted


def _tallied(pairs: Iterable[tuple[Name, int]]) -> dict[Name, int]:
    """Add up the counts of each name; those of none are left out."""
    counted: Counter[Name] = Counter()
    for name, count in pairs:
        counted[name] += count
    return {name: count for name, count in counted.items() if count}


def _falling(pairs: Iterable[tuple[str, int]]) -> dict[str, int]:
    """Return the counts above 0, the highest first, equal ones by name."""
    found = [one for one in pairs if one[1]]
    return dict(sorted(found, key=lambda one: (-one[1], one[0])))
