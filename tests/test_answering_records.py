"""Questions about records: votes, sponsors, drafts, Chapter VII, and what was not adopted."""

import json
from typing import Any

import pytest

from embeddings.model.encoder import Encoder
from qa import Answer, Assistant, RefusalKind
from qa.corpus.corpus import Corpus
from qa.indexing.build import build
from qa.render.answer_html import answer_html
from qa.render.answer_json import answer_record
from qa.render.plain_text import answer_text
from qa.resolutions.model import Status

ASSEMBLY = """Resolution adopted by the General Assembly on {day} May 2007
61/{number}.\t{title}

\tThe General Assembly,
\t1.\tUrges all States to protect {topic};
\t2.\tRequests the Secretary-General to report on {topic}.

90th plenary meeting
{day} May 2007
"""
TEXTS = {
    301: ("A day of rivers", "rivers and lakes"),
    302: ("Trade in rare birds", "rare birds"),
    303: ("Rights of shepherds", "shepherds and their flocks"),
    304: ("Light in the streets", "street lamps"),
}
DRAFT = """<akomaNtoso xmlns="http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
 xmlns:akn4un="http://un.org/akn4un"><statement name="draftResolution"><meta>
<classification source="DHLAUTH"><keyword showAs="Draft resolution [on a ceasefire in Chad]"
 refersTo="title"/></classification>
<workflow><step outcome="draftResolution" by="Brazil"/>
<step date="2006-10-18" outcome="veto" as="S/PV.5442"
 by="The draft was not adopted due to the negative vote of a permanent member (France)."/>
</workflow><analysis><parliamentary><voting><count value="02" refersTo="inFavour">
<akn4un:voters><organization>BRAZIL</organization><organization>PERU</organization>
</akn4un:voters></count><count value="01" refersTo="against"><akn4un:voters>
<organization>FRANCE</organization></akn4un:voters></count></voting></parliamentary></analysis>
</meta><coverPage><p><docNumber>S/2006/773</docNumber></p></coverPage><preamble>
<formula name="enactingFormula"><p>The Security Council,</p></formula></preamble><mainBody>
<paragraph><num>1.</num><content><p>Calls for a ceasefire in Chad between all the parties.</p>
</content></paragraph></mainBody></statement></akomaNtoso>"""


def record(number: int, **fields: Any) -> str:
    values = {
        "symbol": f"A/RES/61/{number}",
        "agenda_item": "Agenda item 5",
        "agenda_item_name": "Common heritage",
    }
    values |= fields
    return json.dumps(values)


RECORDS = [
    record(
        301,
        adoption_type="By a recorded vote",
        MS_in_favour=["CHAD", "CHINA", "FRANCE", "TÜRKİYE"],
        MS_against=["BOLIVIA (PLURINATIONAL STATE OF)"],
        MS_abstaining=["PERU", "RUSSIAN FEDERATION"],
        MS_in_favour_count="004",
        sponsors=["CHAD", "PERU"],
        pv="A/61/PV.90",
        originating_document="A/61/L.5",
        subjects=[["RIVERS", "UNBIS Thesaurus"]],
        SDGs=["6"],
    ),
    record(302, adoption_type="Without a vote", sponsors=["FRANCE"]),
    record(
        303,
        adoption_type="By a recorded vote",
        MS_in_favour=["CHAD", "PERU"],
        MS_against=["FRANCE"],
        MS_in_favour_count="9",
    ),
    record(304, adoption_type="Adopted 13-0-2"),
]


@pytest.fixture(scope="module")
def recorded(encoder: Encoder, tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    folder = tmp_path_factory.mktemp("records")
    for number, (title, topic) in TEXTS.items():
        text = ASSEMBLY.format(number=number, title=title, topic=topic, day=number - 298)
        (folder / f"{number}.txt").write_text(text, encoding="utf-8")
    (folder / "S_2006_773.xml").write_text(DRAFT, encoding="utf-8")
    (folder / "metadata").mkdir()
    (folder / "metadata" / "61.json").write_text("\n".join(RECORDS), encoding="utf-8")
    index = tmp_path_factory.mktemp("index") / "index"
    build([folder], index, load_encoder=lambda: encoder)
    return Assistant(Corpus.open(index), lambda: encoder, index=str(index))


def said(answer: Answer) -> str:
    """All that an answer says of itself."""
    facts = " ".join(f"{fact.symbol} {fact.field}: {fact.value}" for fact in answer.facts)
    return f"{answer.message} {answer.refusal.message if answer.refusal else ''} {facts}"


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("What was the vote on 61/301?", "by a recorded vote of 4 to 1, with 2 abstentions"),
        ("How many States voted for 61/301?", "4 States voted in favour of A/RES/61/301"),
        ("Who abstained on 61/301?", "2 States abstained on A/RES/61/301: Peru, Russian Fed"),
        ("Which countries opposed 61/301?", "Bolivia (Plurinational State of)"),
        ("How did Turkey vote on 61/301?", "Türkiye voted in favour"),
        ("Did Russia abstain on 61/301?", "Yes: the Russian Federation abstained"),
        ("Did China vote against 61/301?", "No: China voted in favour"),
        ("Did Norway vote for 61/301?", "is not in the roll call of A/RES/61/301 (absent or not"),
        ("Who voted against the resolution on the rights of shepherds?", "1 State voted against"),
        ("vote on the river day resolution of May 2007", "A/RES/61/301 was adopted by"),
        ("Was 61/302 adopted by consensus?", "Yes: A/RES/61/302 was adopted without a vote"),
        ("Was 61/301 adopted unanimously?", "No: A/RES/61/301 was adopted by a recorded vote"),
        ("Did anyone vote against 61/302?", "No: A/RES/61/302 was adopted without a vote"),
        ("What was the vote on 61/303?", "inconsistent: the lists name 2 in favour"),
        ("What was the vote on 61/304?", "13 to 0, with 2 abstentions. The record lists no"),
        ("How did Chad vote on 61/304?", "How Chad voted is not recorded"),
        ("Who sponsored 61/301?", "2 recorded sponsors: Chad and Peru"),
        ("Is Peru a sponsor of 61/301?", "Yes: Peru is among the sponsors"),
        ("Did France sponsor 61/301?", "No: France is not among the sponsors"),
        ("draft symbol of 61/301", "A/61/L.5"),
        ("verbatim record for 61/301", "A/61/PV.90"),
        ("subject headings of 61/301", "RIVERS"),
        ("Which SDGs is 61/301 linked to?", "SDG: 6"),
        ("Was S/2006/773 adopted?", "No: S/2006/773 was not adopted"),
        ("Who vetoed the Chad ceasefire draft?", "1 State voted against S/2006/773: France"),
        ("Did France veto S/2006/773?", "Yes: France voted against S/2006/773"),
        ("Did France veto 61/301?", "so no veto was cast"),
        ("sponsors of S/2006/773", "Brazil"),
    ],
)
def test_records_answer_with_facts(question: str, expected: str, recorded: Assistant) -> None:
    answer = recorded.ask(question)
    assert answer.answered
    assert expected in said(answer)


@pytest.mark.parametrize(
    ("question", "symbols"),
    [
        ("Which resolutions did France vote against in 2007?", {"A/RES/61/303"}),
        ("How many resolutions were put to a recorded vote?", {301, 303, 304}),
        ("Which resolutions did Chad and Peru vote for?", {"A/RES/61/303"}),
        ("resolutions adopted without a vote in session 61", {"A/RES/61/302"}),
        ("Which resolutions were sponsored by France?", {"A/RES/61/302"}),
        ("On which resolutions did only France vote against?", {"A/RES/61/303"}),
        ("List all vetoes", {"S/2006/773"}),
        ("What did France veto in 2006?", {"S/2006/773"}),
    ],
)
def test_a_set_is_complete_with_its_total(
    question: str, symbols: set[str | int], recorded: Assistant
) -> None:
    answer = recorded.ask(question)
    expected = {name if isinstance(name, str) else f"A/RES/61/{name}" for name in symbols}
    assert {fact.symbol for fact in answer.facts} == expected
    assert answer.total == len(expected)
    assert str(len(expected)) in answer.message


def test_an_empty_set_is_said_to_be_empty(recorded: Assistant) -> None:
    answer = recorded.ask("Which resolutions did Peru vote against?")
    assert "none of the 2 loaded texts" in said(answer)


def test_each_fact_names_the_file_and_the_line(recorded: Assistant) -> None:
    answer = recorded.ask("Who voted against 61/303?")
    source = {"file": "metadata/61.json", "line": 3}
    assert [fact["source"] for fact in answer_record(answer)["facts"]] == [source, source]
    assert "Record: metadata/61.json, line 3" in answer_text(answer)
    assert "Record: metadata/61.json, line 3" in str(answer_html(answer))


def test_reasons_are_not_recorded(recorded: Assistant) -> None:
    answer = recorded.ask("Why did France vote against 61/303?")
    assert answer.refusal is not None
    assert answer.refusal.kind is RefusalKind.NOT_RECORDED
    assert "France voted against A/RES/61/303" in answer.refusal.message


def test_without_records_the_answer_is_an_honest_no(assistant: Assistant) -> None:
    answer = assistant.ask("Who voted against 61/181?")
    assert answer.refusal is not None
    assert answer.refusal.kind is RefusalKind.NOT_RECORDED


def test_what_was_not_adopted_is_left_out_of_search(recorded: Assistant) -> None:
    answer = recorded.ask("ceasefire between the parties")
    assert "S/2006/773" not in {quote.symbol for quote in answer.quotes}


def test_what_was_not_adopted_is_labelled_where_it_is_asked_for(recorded: Assistant) -> None:
    answer = recorded.ask("S/2006/773 OP1")
    assert {quote.status for quote in answer.quotes} == {Status.NOT_ADOPTED}
    assert answer.message == "S/2006/773 was not adopted."
    answer = recorded.ask("draft resolution that calls for a ceasefire between the parties")
    shown = answer.quotes or (answer.refusal.nearest if answer.refusal else ())
    assert ("S/2006/773", Status.NOT_ADOPTED) in {(one.symbol, one.status) for one in shown}


def test_a_draft_of_the_council_is_said_to_have_failed(recorded: Assistant) -> None:
    answer = recorded.ask("Did the Security Council demand a ceasefire in Chad?")
    assert answer.message.startswith("No: S/2006/773 was not adopted.")
    assert all(quote.status is Status.NOT_ADOPTED for quote in answer.quotes)
    assert "not adopted" in answer_text(answer)
    (first, *_) = answer_record(answer)["quotes"]
    assert first["status"] == "not adopted"
    assert "Not adopted" in str(answer_html(answer))


def test_where_it_is_open_which_document_is_meant_the_candidates_are_shown(
    recorded: Assistant,
) -> None:
    answer = recorded.ask("What was the vote on the common heritage resolution?")
    assert "4 documents fit this description equally" in answer.message
    assert {fact.field for fact in answer.facts} == {"title"}


def test_the_index_keeps_records(recorded: Assistant) -> None:
    masthead = recorded._serving.newest().corpus.masthead("A/RES/61/301")
    assert masthead is not None
    assert masthead.record is not None
    assert masthead.record.sponsors == ("CHAD", "PERU")
