"""What an answer is restricted to, and how many passages each further choice would leave."""

import itertools
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from embeddings.backends.backend import RowFilter
from qa.corpus.corpus import Corpus
from qa.corpus.passage_table import KINDS
from qa.corpus.resolution_features import BODIES, ResolutionFeatures
from qa.resolutions.model import Kind, Masthead, Status
from qa.resolutions.periods import ANY_TIME, Period
from qa.resolutions.tables.read_tables import rows

Flags = npt.NDArray[np.bool_]
Ints = npt.NDArray[np.int64]

GRADES = 7  # 0 reception to 6 decision
Name = TypeVar("Name")


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """What a front end restricts an answer to; empty sets and None restrict nothing."""

    bodies: frozenset[str] = frozenset()  # "A", "S", "E", "HRC"
    since: int | None = None  # year of adoption, inclusive
    until: int | None = None
    adopted: Period = ANY_TIME  # days of adoption, which a question names
    kinds: frozenset[Kind] = frozenset()
    grades: frozenset[int] = frozenset()  # of one of a paragraph's verbs, 0 to 6
    addressees: frozenset[str] = frozenset()  # of one of its verbs, "Secretary-General"
    subjects: frozenset[str] = frozenset()  # of the resolution, as its records name them
    with_not_adopted: bool = False  # texts that were put to the vote in vain, too

    def allows_status(self, masthead: Masthead) -> bool:
        """Return whether a text is not left out for its status."""
        return self.with_not_adopted or masthead.status is not Status.NOT_ADOPTED


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

    def __init__(self, corpus: Corpus, resolutions: ResolutionFeatures) -> None:
        self._corpus = corpus
        self._resolutions = resolutions

    @property
    def resolutions(self) -> Sequence[Masthead]:
        """The resolutions of the corpus, in the order of the flags of `documents`."""
        return self._corpus.resolutions

    def rows(self, filters: Filters, scope: Iterable[str] = ()) -> Ints:
        """Return the rows that pass, ascending; of the resolutions in `scope` where it has any."""
        symbols = frozenset(scope)
        # A text that is named is searched whatever became of it.
        passes = self._passing(replace(filters, with_not_adopted=True) if symbols else filters)
        if symbols:
            in_scope = np.array([one.symbol in symbols for one in self._corpus.resolutions])
            passes = passes & in_scope[self._resolutions.resolution]
        return np.flatnonzero(passes)

    def where(self, filters: Filters, scope: Iterable[str] = ()) -> RowFilter:
        """Return the filter for a search backend, by the names of `ResolutionFeatures.facts`.

        Grades and addressees are not among these facts; only `rows` filters by them.
        """
        resolutions, symbols = self._resolutions, frozenset(scope)
        allowed: dict[str, Collection[int]] = {}
        first, last = _years(filters)
        if first is not None or last is not None:
            newest = int(resolutions.year.max()) if last is None else last
            allowed["year"] = range(max(first or 1, 1), newest + 1)
        if filters.bodies:
            allowed["body"] = [
                number for number, body in enumerate(BODIES) if body in filters.bodies
            ]
        if filters.kinds:
            allowed["kind"] = [KINDS.index(kind) for kind in filters.kinds]
        if symbols or filters.subjects:
            allowed["resolution"] = [
                place
                for place, masthead in enumerate(self._corpus.resolutions)
                if (not symbols or masthead.symbol in symbols)
                and (not filters.subjects or filters.subjects & set(masthead.subjects))
            ]
        return allowed

    def counts(self, filters: Filters) -> Counts:
        """Return how many passages pass, and for each choice how many would.

        The choices of one filter are counted among what the other filters leave: to choose one
        more never lowers the count of its neighbours.
        """
        resolutions, corpus = self._resolutions, self._corpus
        anyone: frozenset[str] = frozenset()
        years = self._passing(replace(filters, since=None, until=None))
        by_kind = resolutions.kind[self._passing(replace(filters, kinds=frozenset()))]
        kinds = np.bincount(by_kind, minlength=len(KINDS)).tolist()
        by_grade = self._passing(replace(filters, grades=frozenset()))
        by_addressee = self._passing(replace(filters, addressees=anyone))
        addressees = corpus.columns.addressees
        return Counts(
            passing=int(np.count_nonzero(self._passing(filters))),
            of=len(resolutions.kind),
            years=_added_up(
                zip(resolutions.year.tolist(), self._per_resolution(years), strict=True)
            ),
            bodies=_added_up(
                zip(
                    resolutions.body.tolist(),
                    self._per_resolution(self._passing(replace(filters, bodies=anyone))),
                    strict=True,
                )
            ),
            kinds={kind.value: count for kind, count in zip(KINDS, kinds, strict=True)},
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
        """Return which passages pass, bool (n,)."""
        columns = self._corpus.columns
        passes: Flags = self.documents(filters)[self._resolutions.resolution]
        if filters.kinds:
            kinds = [KINDS.index(kind) for kind in filters.kinds]
            passes = passes & np.isin(self._resolutions.kind, kinds)
        if filters.grades:
            passes = passes & np.any([self._graded[grade] for grade in filters.grades], axis=0)
        if filters.addressees:
            passes = passes & columns.rows_mask(columns.addressees, filters.addressees)
        return passes

    def documents(self, filters: Filters) -> Flags:
        """Return which resolutions pass what restricts whole documents, bool (r,)."""
        resolutions = self._resolutions
        first, last = _years(filters)
        is_dated = first is not None or last is not None
        owners = resolutions.year > 0 if is_dated else resolutions.year >= 0
        if first is not None:
            owners = owners & (resolutions.year >= first)
        if last is not None:
            owners = owners & (resolutions.year <= last)
        if filters.adopted.since:
            owners = owners & (resolutions.day >= filters.adopted.since.toordinal())
        if filters.adopted.until:
            owners = owners & (resolutions.day <= filters.adopted.until.toordinal())
        if filters.bodies:
            owners = owners & np.isin(resolutions.body, list(filters.bodies))
        if filters.subjects:
            by_subject = (self._subjects.get(subject, []) for subject in filters.subjects)
            places = list(itertools.chain.from_iterable(by_subject))
            owners = owners & np.isin(np.arange(len(owners)), places)
        if not filters.with_not_adopted:
            owners = owners & ~resolutions.is_not_adopted
        return owners

    @cached_property
    def _graded(self) -> tuple[Flags, ...]:
        """For each grade the passages with a verb of that grade, bool (n,) each."""
        columns = self._corpus.columns
        lemmas = defaultdict(list)
        for lemma in columns.verbs.names:
            lemmas[_grades().get(lemma)].append(lemma)
        return tuple(columns.rows_mask(columns.verbs, lemmas[grade]) for grade in range(GRADES))

    @cached_property
    def _subjects(self) -> Mapping[str, list[int]]:
        """The resolutions with each subject."""
        places = defaultdict(list)
        for place, masthead in enumerate(self._corpus.resolutions):
            for subject in masthead.subjects:
                places[subject].append(place)
        return dict(places)

    def _by_subject(self, passes: Flags) -> Iterator[tuple[str, int]]:
        counts = self._per_resolution(passes)
        for subject, places in self._subjects.items():
            yield subject, sum(counts[place] for place in places)

    def _per_resolution(self, passes: Flags) -> list[int]:
        size = len(self._corpus.resolutions)
        owners = self._resolutions.resolution[passes]
        counts: list[int] = np.bincount(owners, minlength=size).tolist()
        return counts


def _years(filters: Filters) -> tuple[int | None, int | None]:
    """Return the first and the last year that the filters leave; None where any passes."""
    since, until = filters.adopted.since, filters.adopted.until
    firsts = [year for year in (filters.since, since.year if since else None) if year is not None]
    lasts = [year for year in (filters.until, until.year if until else None) if year is not None]
    return max(firsts, default=None), min(lasts, default=None)


@cache
def _grades() -> Mapping[str, int]:
    """Return the grade of each verb."""
    return {row["verb"]: int(row["grade"]) for row in rows("verbs")}


def _added_up(pairs: Iterable[tuple[Name, int]]) -> dict[Name, int]:
    """Return the sum of the counts of each name; names with none are left out."""
    sums: Counter[Name] = Counter()
    for name, count in pairs:
        sums[name] += count
    return {name: count for name, count in sums.items() if count}


def _falling(pairs: Iterable[tuple[str, int]]) -> dict[str, int]:
    """Return the counts above 0, the highest first, equal ones by name."""
    counted = [(name, count) for name, count in pairs if count]
    return dict(sorted(counted, key=lambda pair: (-pair[1], pair[0])))
