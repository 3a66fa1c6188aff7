"""Published records: what they state, what contradicts them, and where it is printed."""

import json
from typing import Any

import pytest

from qa.resolutions.model import Record, RecordLine, Source, Status
from qa.resolutions.parse.parse_document import parse_document
from qa.resolutions.readers.published_records import by_symbol, completed, read_records
from qa.resolutions.readers.read_documents import read_documents

FILE = "metadata/2024.json"
COUNCIL = {
    "symbol": "S/RES/2725 (2024)",
    "adoption_type": "Adopted 2-0-1, 9569th meeting",
    "adoption_meeting": "9569th meeting",
    "outcome_letter": "S/PV.9569",
    "draft_resolution": "S/2024/212",
    "chapter_VII": "Chapter VII",
    "agenda_item_name": "The situation in Mali",
    "resolution_title": "Security Council resolution 2725 (2024) [on the border of Mali]",
    "MS_in_favour_count": "002",
    "MS_against_count": "",
    "MS_in_favour": ["FRANCE", "GUYANA"],
    "MS_abstaining": ["CHINA"],
    "sponsors": ["UNITED STATES", "UNITED STATES "],
    "SDGs": ["16", "5"],
    "subjects": [["MALI", "UNBIS Thesaurus"], ["[160]", "S/79"], ["58[2]", "S/79"], ["X", "S/"]],
}


def records_of(*changes: dict[str, Any]) -> list[Record]:
    lines = [json.dumps(COUNCIL | change) for change in changes]
    records, bad = read_records("\n".join(lines).encode(), FILE)
    assert bad == 0
    return list(records)


def record_of(**change: Any) -> Record:
    (record,) = records_of(change)
    return record


def test_every_field_is_read_with_the_line_that_states_it() -> None:
    record = record_of()
    assert record.source == RecordLine(file=FILE, line=1)
    assert (record.draft_symbol, record.meeting, record.meeting_record) == (
        "S/2024/212",
        "9569th meeting",
        "S/PV.9569",
    )
    assert (record.by_name, record.agenda_item_name) == (
        "the border of Mali",
        "The situation in Mali",
    )
    assert (record.chapter_vii, record.sdgs, record.subjects) == (True, ("16", "5"), ("MALI",))
    assert record.sponsors == ("UNITED STATES",)
    assert record.conflicts == {}
    assert record.vote is not None
    assert (record.vote.in_favour, record.vote.against, record.vote.abstaining) == (2, 0, 1)


@pytest.mark.parametrize(
    ("change", "field", "said"),
    [
        pytest.param({"MS_in_favour_count": "015"}, "vote", "counts 15 in favour", id="a count"),
        pytest.param({"adoption_type": "Adopted 3-0-0"}, "vote", '"Adopted 3-0-0"', id="a tally"),
        pytest.param({"adoption_type": "Adopted without vote"}, "vote", "without", id="no vote"),
        pytest.param(
            {"resolution_title": "Resolution 1751 (2007) [on the border of Mali]"},
            *("by_name", "resolution 1751"),
            id="the number of another resolution",
        ),
        pytest.param({"adoption_date": "29 June 2016"}, "adopted", "29 June 2016", id="a date"),
        pytest.param({"outcome_letter": "S/PV.9570"}, "meeting", "S/PV.9570", id="a meeting"),
    ],
)
def test_fields_that_contradict_each_other_are_named(
    change: dict[str, Any], field: str, said: str
) -> None:
    record = record_of(**change)
    assert list(record.conflicts) == [field]
    assert said in record.conflicts[field]


def test_lists_are_believed_before_counts() -> None:
    vote = record_of(MS_in_favour_count="015", adoption_type="Adopted 15-0-0").vote
    assert vote is not None
    assert (vote.in_favour, vote.states_in_favour) == (2, ("FRANCE", "GUYANA"))


def test_an_empty_roll_call_leaves_the_counts_that_are_printed() -> None:
    vote = record_of(MS_in_favour=[], MS_abstaining=[], adoption_type="Adopted 13-0-2").vote
    assert vote is not None
    assert (vote.in_favour, vote.against, vote.abstaining) == (13, 0, 2)
    assert not vote.is_listed


def test_nothing_is_counted_where_only_the_word_unanimously_is_printed() -> None:
    bare = {"MS_in_favour": [], "MS_abstaining": [], "MS_in_favour_count": ""}
    vote = record_of(**bare, adoption_type="Adopted unanimously").vote
    assert vote is not None
    assert (vote.is_recorded, vote.in_favour, vote.printed) == (True, None, "Adopted unanimously")


def test_a_name_that_was_cut_or_doubled_is_one_state() -> None:
    vote = record_of(MS_in_favour=["CÔTE.", "D'IVOIRE", "CHAD", "CHAD"]).vote
    assert vote is not None
    assert vote.states_in_favour == ("CÔTE D'IVOIRE", "CHAD")


def test_a_line_is_completed_from_an_earlier_line_of_the_same_symbol() -> None:
    bare = {"MS_in_favour": [], "MS_abstaining": [], "outcome_letter": "", "SDGs": ["3"]}
    (record,) = by_symbol(records_of({}, bare)).values()
    assert record.vote is not None
    assert record.vote.states_abstaining == ("CHINA",)
    assert (record.sdgs, record.meeting_record) == (("3",), "S/PV.9569")
    assert record.source_of("sdgs") == RecordLine(file=FILE, line=2)
    assert record.source_of("vote") == RecordLine(file=FILE, line=1)


def test_two_lines_that_list_different_votes_are_named() -> None:
    (record,) = by_symbol(records_of({}, {"MS_in_favour": ["FRANCE"]})).values()
    assert "line 1 counts 2 in favour" in record.conflicts["vote"]


@pytest.mark.parametrize(
    ("printed", "draft", "report"),
    [
        pytest.param("A/78/L.67/Rev.1", "A/78/L.67/Rev.1", None, id="a draft of the plenary"),
        pytest.param("A/79/456, para. 31", None, "A/79/456, para. 31", id="a report"),
    ],
)
def test_the_paper_that_it_came_from_is_a_draft_or_a_report(
    printed: str, draft: str | None, report: str | None
) -> None:
    record = record_of(draft_resolution="", originating_document=printed)
    assert (record.draft_symbol, record.report) == (draft, report)


VETOED = """<akomaNtoso xmlns="http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
 xmlns:akn4un="http://un.org/akn4un"><statement name="draftResolution"><meta>
<classification source="DHLAUTH"><keyword showAs="Draft resolution [on a ceasefire in Mali]"
 refersTo="title"/></classification>
<workflow><step outcome="draftResolution" by="Brazil and Peru"/>
<step date="2023-10-18" outcome="veto" as="S/PV.9442" by="It was not adopted (United States)."/></workflow>
<analysis><parliamentary><voting><count value="012" refersTo="inFavour"><akn4un:voters>
<organization>BRAZIL</organization></akn4un:voters></count><count value="01" refersTo="against">
<akn4un:voters><organization>UNITED STATES</organization></akn4un:voters></count></voting>
</parliamentary></analysis></meta><coverPage><p><docNumber>S/2023/773</docNumber></p></coverPage>
<preamble><formula name="enactingFormula"><p>The Security Council,</p></formula></preamble>
<mainBody><paragraph><num>1.</num><content><p>Calls for a ceasefire.</p></content></paragraph>
</mainBody></statement></akomaNtoso>"""


def test_an_xml_file_states_that_its_draft_was_not_adopted_and_why() -> None:
    (document,) = read_documents(VETOED.encode(), "not-adopted/S_2023_773.xml")
    (draft,) = parse_document(document, Source(file="S_2023_773.xml", sha256=""))
    assert (draft.symbol, draft.status) == ("S/2023/773", Status.NOT_ADOPTED)
    assert draft.record is not None
    assert draft.record.reason == "It was not adopted (United States)."
    assert str(draft.record.voted) == "2023-10-18"
    lines = [draft.record.source_of(name).line for name in ("sponsors", "vote", "by_name")]
    assert lines == [5, 7, 3]
    assert (draft.record.sponsors, draft.record.meeting_record) == (
        ("Brazil and Peru",),
        "S/PV.9442",
    )
    assert draft.subjects == ("a ceasefire in Mali",)
    assert draft.vote is not None
    assert draft.vote.states_against == ("UNITED STATES",)


def test_a_published_record_comes_before_that_of_the_file() -> None:
    (document,) = read_documents(VETOED.encode(), "not-adopted/S_2023_773.xml")
    (draft,) = parse_document(document, Source(file="S_2023_773.xml", sha256=""))
    whole = completed(draft, record_of(sponsors=[])).record
    assert whole is not None
    assert whole.by_name == "the border of Mali"
    assert whole.sponsors == ("Brazil and Peru",)
    assert whole.source_of("sponsors").file == "not-adopted/S_2023_773.xml"
