"""Series: resolutions that follow each other on one subject, and the place of a passage in one.

The General Assembly's resolutions of one title over the sessions are a series; the Security
Council's follow the body or the regime whose terms they renew.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from qa.corpus.term_threads import TermThread
from qa.corpus.validity_table import ValidityTable
from qa.resolutions.model import Body, Masthead
from qa.resolutions.parse.validity import TermKind
from qa.resolutions.series_place import SeriesPlace

if TYPE_CHECKING:
    from qa.corpus.passage_table import PassageTable

_VARYING = re.compile(
    r"\b(?:(?:\w+-)?(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|"
    r"twelfth|"
    r"\w+teenth|\w+tieth)(?: (?:anniversary|session))?|\d+(?:st|nd|rd|th)?|annual|draft|proposed|"
    r"sessions?)\b"
)
_MIN_TITLE_WORDS = 2
_SERIES_KINDS = (TermKind.MANDATE, TermKind.PANEL, TermKind.MEASURES, TermKind.AUTHORIZATION)


@dataclass(frozen=True, slots=True, kw_only=True)
class ResolutionSeries:
    """Resolutions that follow each other, oldest first, by their places in the corpus."""

    name: str
    places: tuple[int, ...]


class SeriesIndex:
    """The series of one corpus."""

    def __init__(
        self, mastheads: Sequence[Masthead], validity: ValidityTable, columns: "PassageTable"
    ) -> None:
        self._mastheads = mastheads
        self._validity = validity
        self._columns = columns

    def of_resolution(self, place: int) -> ResolutionSeries | None:
        """Return the series of a resolution; None where it is alone."""
        return self._by_place.get(place)

    def of_thread(self, thread: TermThread) -> ResolutionSeries:
        """Return the resolutions whose terms replace each other."""
        places = tuple(dict.fromkeys(term.place for term in thread.terms))
        return ResolutionSeries(name=self._validity.title(thread), places=places)

    def of_passage(self, row: int, place: int) -> ResolutionSeries | None:
        """Return the series of a passage: of its thread of terms, or else of its resolution."""
        threads = self._validity.by_row.get(row)
        return self.of_thread(threads[0]) if threads else self.of_resolution(place)

    def place_of(self, row: int, place: int) -> SeriesPlace | None:
        """Return the place of a passage: in its thread of terms, or else in that of its text.

        Args:
            row: of the passage.
            place: of its resolution.
        """
        threads = self._validity.by_row.get(row)
        if threads:
            series = self.of_thread(threads[0])
            return self._place(series, place, _later(series, place)[:1])
        whole = self.of_resolution(place)
        if whole is None:
            return None
        restated = (other for other in _later(whole, place) if self._restates(row, other))
        return self._place(whole, place, tuple(restated)[:1])

    def _place(
        self, series: ResolutionSeries, place: int, replacing: tuple[int, ...]
    ) -> SeriesPlace:
        return SeriesPlace(
            name=series.name,
            position=series.places.index(place) + 1,
            of=len(series.places),
            newest=self._mastheads[series.places[-1]].symbol,
            superseded_by=self._mastheads[replacing[0]].symbol if replacing else None,
        )

    def _restates(self, row: int, place: int) -> bool:
        """Return whether a resolution repeats a passage, or with other figures only."""
        start, end = self._columns.starts[place], self._columns.starts[place + 1]
        families = self._columns.rows["family"]
        return bool((families[start:end] == families[row]).any())

    @cached_property
    def _by_place(self) -> Mapping[int, ResolutionSeries]:
        by_place: dict[int, ResolutionSeries] = {}
        for series in (*self._titled(), *self._renewing()):
            if len(series.places) > 1:
                for place in series.places:
                    by_place.setdefault(place, series)
        return by_place

    def _titled(self) -> tuple[ResolutionSeries, ...]:
        members: dict[tuple[str, ...], list[int]] = {}
        for place, masthead in enumerate(self._mastheads):
            key = title_key(masthead.title)
            if masthead.body is not Body.SECURITY_COUNCIL and len(key) >= _MIN_TITLE_WORDS:
                members.setdefault((masthead.body.value, *key), []).append(place)
        return tuple(
            ResolutionSeries(
                name=self._mastheads[max(places, key=self._age)].title,
                places=tuple(sorted(places, key=self._age)),
            )
            for places in members.values()
        )

    def _renewing(self) -> tuple[ResolutionSeries, ...]:
        threads = [thread for thread in self._validity.threads if thread.kind in _SERIES_KINDS]
        threads.sort(key=lambda thread: _SERIES_KINDS.index(thread.kind))
        return tuple(map(self.of_thread, threads))

    def _age(self, place: int) -> tuple[date, int, str]:
        masthead = self._mastheads[place]
        digits = re.search(r"\d+$", masthead.number)
        return (masthead.adopted or date.min, int(digits[0]) if digits else 0, masthead.symbol)


def _later(series: ResolutionSeries, place: int) -> tuple[int, ...]:
    return series.places[series.places.index(place) + 1 :]


def title_key(title: str) -> tuple[str, ...]:
    """Return the words of a title that stay the same from session to session."""
    return tuple(re.findall(r"[^\W_]+", _VARYING.sub(" ", title.lower())))
