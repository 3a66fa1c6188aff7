"""Only documents that may have wanted rows are read, and the same rows are found; JSON is kept."""

import json
from collections.abc import Callable

import pytest

from qa.assistant import Assistant
from qa.corpus.corpus import Corpus
from qa.desks.citation_record import citations_record
from qa.desks.mandate_candidates import MandateCandidates
from qa.desks.mandate_files import mandate_record
from qa.desks.mandate_filter import MandateFilter, MandateSelection
from qa.desks.mandate_list import mandate_rows
from qa.desks.mandate_names import ActorNames
from qa.desks.mandate_rows import MandateRow


@pytest.fixture(scope="module")
def corpus(collection_assistant: Assistant) -> Corpus:
    return collection_assistant.corpus


@pytest.fixture(scope="module")
def all_rows(corpus: Corpus) -> tuple[MandateRow, ...]:
    return tuple(mandate_rows(corpus))


FILTERS = [
    MandateFilter(to="UNODC"),
    MandateFilter(to="Member States", verb="urges"),
    MandateFilter(to="states"),
    MandateFilter(to="Secretary-General", deliverable="report"),
    MandateFilter(to="the parties"),
    MandateFilter(to="Sudan"),
    MandateFilter(verb="emphasizes"),
    MandateFilter(verb="shall"),
    MandateFilter(verb="takes note"),
    MandateFilter(verb="decides", body="S"),
    MandateFilter(due="75"),
    MandateFilter(due="eightieth session", verb="requests"),
    MandateFilter(due="2022"),
]


@pytest.mark.parametrize("wanted", FILTERS)
def test_the_rows_are_those_of_reading_every_document(
    corpus: Corpus, all_rows: tuple[MandateRow, ...], wanted: MandateFilter
) -> None:
    selection = MandateSelection(wanted, ActorNames(corpus.columns.stand_for))
    bodies = {masthead.symbol: masthead.body.value for masthead in corpus.resolutions}
    expected = [
        row for row in all_rows if selection.has(row) and wanted.body in {"", bodies[row.symbol]}
    ]
    assert expected
    assert list(mandate_rows(corpus, wanted)) == expected


def test_few_documents_are_read_for_a_name_and_a_session(corpus: Corpus) -> None:
    names = ActorNames(corpus.columns.stand_for)
    for wanted in (MandateFilter(to="UNODC"), MandateFilter(due="75")):
        places = MandateCandidates(corpus).places(MandateSelection(wanted, names))
        assert 0 < places.sum() < len(places) / 3


def test_an_acronym_that_is_a_common_word_is_read_as_the_name() -> None:
    names = ActorNames({"WHO": "World Health Organization"})
    selection = MandateSelection(MandateFilter(to="WHO"), names)
    assert selection.names("World Health Organization")
    assert not selection.names("persons who were displaced")


def test_json_of_mandates_and_citations_keeps_its_names(
    collection_assistant: Assistant, golden: Callable[[str, str], None]
) -> None:
    symbol = "A/RES/77/81"
    rows = collection_assistant.mandates(MandateFilter(verb="requests"))
    records = {
        "mandates": [mandate_record(row) for row in rows if row.symbol == symbol][:3],
        "cites": citations_record(symbol, collection_assistant.cites(symbol)[:3]),
    }
    assert records["mandates"]
    golden("mandates.json", json.dumps(records, indent=1, sort_keys=True) + "\n")
