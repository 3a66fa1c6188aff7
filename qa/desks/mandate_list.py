"""The mandates of a whole collection, with the series in which each recurs."""

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from qa.corpus.corpus import Corpus
from qa.desks.mandate_candidates import MandateCandidates
from qa.desks.mandate_filter import MandateFilter, MandateSelection
from qa.desks.mandate_names import ActorNames
from qa.desks.mandate_rows import DocumentMandates, MandateRow, PassageEditions
from qa.resolutions.model import Status
from qa.time_budget import check_time


def mandate_rows(corpus: Corpus, wanted: MandateFilter | None = None) -> Iterator[MandateRow]:
    """Yield a row for each action of the adopted texts, in the order of the corpus.

    Raises:
        InputError: the filter names what the collection does not have.
    """
    names = ActorNames(corpus.columns.stand_for)
    selection = MandateSelection(wanted or MandateFilter(), names)
    return _selected(corpus, selection, names)


def _selected(
    corpus: Corpus, selection: MandateSelection, names: ActorNames
) -> Iterator[MandateRow]:
    editions = _EditionCounts(corpus)
    candidates = MandateCandidates(corpus).places(selection)
    has_rows = False
    for place, masthead in enumerate(corpus.resolutions):
        is_adopted = masthead.status is Status.ADOPTED
        if not (candidates[place] and is_adopted and selection.has_document(masthead)):
            continue
        check_time()
        paragraphs = corpus.texts.resolution(place).paragraphs
        document = DocumentMandates(masthead, paragraphs, names, editions.of_document(place))
        for row in document.rows(with_preamble=selection.with_preamble, verbs=selection.verbs):
            if selection.has(row):
                has_rows = True
                yield row
    if not has_rows:
        selection.require_actor(corpus.columns.addressees.names)


class _EditionCounts:
    """In how many texts of its series each passage of a collection recurs."""

    def __init__(self, corpus: Corpus) -> None:
        self._corpus = corpus
        self._families = corpus.columns.rows["family"]
        self._in_series = lru_cache(maxsize=64)(self._recurrences)

    def of_document(self, place: int) -> dict[str, PassageEditions]:
        """Return those of one document, by the labels of its paragraphs."""
        columns, series = self._corpus.columns, self._corpus.series
        whole = series.of_resolution(place)
        places = self._in_series(whole.places) if whole else {}
        found: dict[str, PassageEditions] = {}
        for row in range(int(columns.starts[place]), int(columns.starts[place + 1])):
            if row in self._corpus.validity.by_row:
                thread = series.place_of(row, place)
                if thread:
                    found[columns.label(row)] = PassageEditions(
                        count=thread.of, superseded_by=thread.superseded_by or ""
                    )
            elif len(where := places.get(int(self._families[row]), ())) > 1:
                found[columns.label(row)] = self._edition(where, place)
        return found

    def _edition(self, where: Sequence[int], place: int) -> PassageEditions:
        after = where.index(place) + 1
        later = self._corpus.resolutions[where[after]].symbol if after < len(where) else ""
        return PassageEditions(count=len(where), superseded_by=later)

    def _recurrences(self, places: tuple[int, ...]) -> Mapping[int, list[int]]:
        """Return, for each wording of a series, the texts that have it, oldest first."""
        starts = self._corpus.columns.starts
        found: dict[int, list[int]] = {}
        for place in places:
            families = self._families[starts[place] : starts[place + 1]]
            for family in dict.fromkeys(families.tolist()):
                found.setdefault(family, []).append(place)
        return found
