"""Mandates: who is asked for what, for whom and by when, from texts that are written here."""

import csv
import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from benchmarks.mandates_score import score
from qa.api.functions import ApiFunctions
from qa.assistant import Assistant
from qa.cli.main import main
from qa.desks.mandate_dues import normalised_due
from qa.desks.mandate_filter import MandateFilter
from qa.desks.mandate_names import ActorNames
from qa.desks.mandate_rows import DocumentMandates, MandateRow
from qa.errors import InputError
from qa.resolutions.model import Body, Kind, Masthead, Paragraph, Source
from qa.resolutions.parse.actions import read_actions

NAMES = ActorNames({"LHB": "Lighthouse Board"})


def paragraph(
    text: str, label: str = "OP1", parent: str | None = None, kind: Kind = Kind.OPERATIVE
) -> Paragraph:
    return Paragraph(
        kind=kind,
        label=label,
        number=1,
        text=text,
        start=0,
        end=len(text),
        parent=parent,
        actions=read_actions(text),
    )


@pytest.fixture(scope="module")
def masthead() -> Masthead:
    return Masthead(
        symbol="A/RES/90/1",
        body=Body.GENERAL_ASSEMBLY,
        session="90",
        number="1",
        part=None,
        title="Lighthouses",
        adopted=date(2035, 12, 1),
        issued=None,
        meeting=None,
        committee=None,
        report=None,
        agenda_items=(),
        job_number=None,
        printed_job_number=None,
        language="en",
        source=Source(file="lighthouses.txt", sha256=""),
    )


def rows_of(
    masthead: Masthead, *paragraphs: Paragraph, with_preamble: bool = False
) -> list[MandateRow]:
    document = DocumentMandates(masthead, paragraphs, NAMES, {})
    return list(document.rows(with_preamble=with_preamble))


@pytest.mark.parametrize(
    ("text", "addressees"),
    [
        ("Urges States that are not bound by it to sign;", ["States that are not bound by it"]),
        (
            (
                "Invites Governments, within their means, port authorities, where they exist, pilots' "
                "associations, including their members, and other relevant actors to light the coast;"
            ),
            ["Governments", "port authorities", "pilots' associations", "other relevant actors"],
        ),
        (
            "Requests, in consultation with the coastal States, the Board to publish a chart;",
            ["Board"],
        ),
        (
            "Calls upon the funds and programmes of the United Nations and donors to lend support;",
            ["funds and programmes of the United Nations", "donors"],
        ),
        (
            "Encourages international organizations and bodies to consider fog;",
            ["international organizations and bodies"],
        ),
        ("Demands that all parties immediately cease shelling;", ["all parties"]),
        ("Decides that the Panel, as before, shall report on fog;", ["Panel"]),
        ("Decides that the Fund shall be closed;", []),
        ("Decides that the Board will continue its work;", []),
        ("Calls for greater cooperation among port authorities;", []),
        ("Reiterates the request to the Board to report;", ["Board"]),
        (
            "Requests that the President of the General Assembly appoint two co-facilitators;",
            ["President of the General Assembly"],
        ),
        ("Calls upon both sides to supply lamps;", ["sides"]),
    ],
)
def test_addressees_are_printed_with_their_clauses(
    masthead: Masthead, text: str, addressees: list[str]
) -> None:
    (row, *_) = rows_of(masthead, paragraph(text))
    assert list(row.addressee) == addressees


@pytest.mark.parametrize(
    ("text", "deliverable", "recipient", "due", "value"),
    [
        (
            "Requests the Board to submit to the General Assembly at its ninetieth session a report;",
            *("report", "General Assembly", "ninetieth session", "90"),
        ),
        (
            "Requests the Board to brief the Security Council every six months on fog;",
            *("brief", "Security Council", "every six months", "R/P6M"),
        ),
        (
            "Requests that the Board report within eleven months of this resolution;",
            *("report", "", "within eleven months", "P11M"),
        ),
        ("Invites States to supply information on lamps;", "info", "", "", ""),
        ("Requests the Board to promote the submission of reports;", "", "", "", ""),
        ("Urges States to protect the right to vote and to be elected;", "", "", "", ""),
        (
            "Requests the Board to review its rules by 30 June 2031;",
            "review",
            "",
            "30 June 2031",
            "2031-06-30",
        ),
        (
            "Decides to extend the mandate of the Board until 30 June 2031;",
            "term",
            "",
            "30 June 2031",
            "2031-06-30",
        ),
        (
            (
                "Decides to include the item entitled “Fog” in the provisional agenda of its ninetieth "
                "session;"
            ),
            "agenda_item",
            "",
            "ninetieth session",
            "90",
        ),
        (
            "Decides to appropriate 5,000 dollars for the period from 1 July 2030 to 30 June 2031;",
            "money",
            "",
            "1 July 2030 to 30 June 2031",
            "2030-07-01/2031-06-30",
        ),
        ("Decides to convene a conference in May 2031;", "meeting", "", "May 2031", "2031-05"),
        (
            "Urges States to light the coast, recalling that all lamps were due by 2020;",
            "",
            "",
            "",
            "",
        ),
    ],
)
def test_what_is_due_when_and_for_whom(
    masthead: Masthead, text: str, deliverable: str, recipient: str, due: str, value: str
) -> None:
    (row, *_) = rows_of(masthead, paragraph(text))
    assert (row.deliverable, row.recipient, row.due) == (deliverable, recipient, due)
    assert row.due_value == value


def test_each_cell_has_its_place_in_the_text(masthead: Masthead) -> None:
    text = (
        "Requests the Board and the Panel to submit to the General Assembly, within existing "
        "resources, a report at its ninetieth session;"
    )
    (row,) = rows_of(masthead, paragraph(text))
    words = {name: [text[s:e] for s, e in spans] for name, spans in row.offsets.items()}
    assert words.pop("asked")[0].startswith("to submit")
    assert words == {
        "verb": ["Requests"],
        "addressee": ["Board", "Panel"],
        "deliverable": ["report"],
        "recipient": ["General Assembly"],
        "due": ["ninetieth session"],
        "money": ["within existing resources"],
    }


def test_items_take_verb_and_addressee_from_their_chapeau(masthead: Masthead) -> None:
    chapeau = paragraph("Calls upon all port authorities to:")
    item = paragraph("Report on fog by 30 June 2031;", "OP1(a)", "OP1")
    rows = rows_of(masthead, chapeau, item)
    assert [(row.label, row.from_chapeau, row.chapeau) for row in rows] == [
        ("OP1", False, ""),
        ("OP1(a)", True, "OP1"),
    ]
    assert rows[1].addressee == rows[0].addressee == ("all port authorities",)
    assert (rows[1].deliverable, rows[1].due) == ("report", "30 June 2031")
    ((start, end),) = rows[1].offsets["addressee"]
    assert chapeau.text[start:end] == "all port authorities"


def test_items_of_an_exception_ask_nothing(masthead: Masthead) -> None:
    chapeau = paragraph("Decides that the measures do not apply to funds that States need:")
    item = paragraph("For lamps, after notice within five days;", "OP1(a)", "OP1")
    assert rows_of(masthead, chapeau, item)[1].due == ""


@pytest.mark.parametrize(
    ("text", "body", "verbs"),
    [
        (
            "We welcome the light. We decide to keep it, and call upon pilots to look.",
            Body.GENERAL_ASSEMBLY,
            ["welcome", "decide", "call upon"],
        ),
        ("We will review the charts in 2031.", Body.GENERAL_ASSEMBLY, ["will"]),
        (
            (
                "“The Council welcomes the lamps. It requests the Board to report. In this regard, the "
                "Security Council urges pilots to look.”"
            ),
            Body.SECURITY_COUNCIL,
            ["welcomes", "requests", "urges"],
        ),
        ("The Board shall publish a chart.", Body.GENERAL_ASSEMBLY, ["shall"]),
        ("The coast is long.", Body.GENERAL_ASSEMBLY, []),
    ],
)
def test_statements_declarations_and_duties_have_actions(
    masthead: Masthead, text: str, body: Body, verbs: Sequence[str]
) -> None:
    rows = rows_of(replace(masthead, body=body), paragraph(text))
    assert [row.verb for row in rows] == verbs


@pytest.mark.parametrize(
    ("text", "verb", "grade"),
    [
        ("Recalling its resolution 1/1,", "recalls", 0),
        ("Deeply concerned at the fog,", "concerned", 1),
        ("Condemning the theft of lamps,", "condemns", 5),
    ],
)
def test_preambular_phrases_have_grades(
    masthead: Masthead, text: str, verb: str, grade: int
) -> None:
    phrase = paragraph(text, "PP1", kind=Kind.PREAMBULAR)
    (row,) = rows_of(masthead, phrase, with_preamble=True)
    assert (row.verb, row.grade, row.is_ask) == (verb, grade, False)
    assert not rows_of(masthead, phrase)


def test_a_short_name_is_that_of_the_text_or_the_collection(masthead: Masthead) -> None:
    text = "Welcomes the Joint Lighthouse Unit, requests the Unit to report, and urges LHB to help;"
    rows = rows_of(masthead, paragraph(text))
    assert [row.addressee_names for row in rows] == [
        (),
        ("Joint Lighthouse Unit",),
        ("Lighthouse Board",),
    ]


@pytest.mark.parametrize(
    ("printed", "kind", "value"),
    [
        ("eightieth and eighty-first sessions", "session", "80, 81"),
        ("2023 and subsequent years", "period", "2023/.."),
        ("twice a year", "rhythm", "R/P6M"),
        ("on a quarterly basis", "rhythm", "R/P3M"),
        ("1 January to 30 June 2031", "period", "2031-01-01/2031-06-30"),
        ("in his next report", "event", ""),
        ("", "", ""),
    ],
)
def test_due_dates_are_normalised(printed: str, kind: str, value: str) -> None:
    due = normalised_due(printed)
    assert (due.kind, due.value) == (kind, value)


def test_rows_are_filtered(collection_assistant: Assistant) -> None:
    rows = collection_assistant.mandates(
        MandateFilter(to="Secretary-General", deliverable="report", verb="requests", since=2020)
    )
    assert rows
    assert {row.verb for row in rows} == {"requests"}
    assert all("Secretary-General" in row.addressee_names for row in rows)
    session = next(row.due_value for row in rows if row.due_kind == "session")
    due = collection_assistant.mandates(MandateFilter(due=session))
    assert due
    assert all(session in row.due_value.split(", ") for row in due)
    current = collection_assistant.mandates(MandateFilter(current=True))
    assert all(not row.superseded_by for row in current)


def test_a_short_name_finds_the_full_one(collection_assistant: Assistant) -> None:
    short = collection_assistant.mandates(MandateFilter(to="UNODC"))
    full = collection_assistant.mandates(
        MandateFilter(to="United Nations Office on Drugs and Crime")
    )
    assert short == full
    assert short


@pytest.mark.parametrize(
    ("wanted", "words"),
    [
        (MandateFilter(to="Lighthose Bord"), "no loaded text addresses 'Lighthose Bord'"),
        (MandateFilter(verb="requezts"), "is not a verb of resolutions; verbs like it: requests"),
        (MandateFilter(deliverable="cake"), "'cake' is not a deliverable; name one of report"),
        (MandateFilter(body="X"), "'X' is not a body; name one of A, S"),
    ],
)
def test_what_is_unknown_is_said_in_a_sentence(
    collection_assistant: Assistant, wanted: MandateFilter, words: str
) -> None:
    with pytest.raises(InputError, match=words):
        collection_assistant.mandates(wanted)


@pytest.mark.parametrize("suffix", [".csv", ".json", ".xlsx"])
def test_rows_are_written(
    collection_index: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], suffix: str
) -> None:
    out = tmp_path / f"mandates{suffix}"
    arguments = ["mandates", "--index", str(collection_index), "--verb", "decides"]
    assert main([*arguments, "--out", str(out)]) == 0
    count = int(capsys.readouterr().err.split(" rows written")[0].split()[-1])
    assert count > 10
    if suffix == ".csv":
        with out.open(encoding="utf-8-sig", newline="") as file:
            table = list(csv.DictReader(file))
        assert len(table) == count
        assert {row["verb"] for row in table} <= {"decides", "decide"}
    elif suffix == ".json":
        lines = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
        assert len(lines) == count
        assert all(line["offsets"]["verb"] for line in lines)
    else:
        sheet = load_workbook(out, read_only=True)["Mandates"]
        assert sum(1 for _ in sheet.iter_rows()) == count + 1


@pytest.mark.parametrize(
    ("option", "words"),
    [
        (["--out", "mandates.odt"], "mandates.odt has another suffix than .xlsx, .csv or .json"),
        (["--out", "no/such/folder/m.csv"], "the folder no/such/folder does not exist"),
        (["--verb", "requezts"], "'requezts' is not a verb of resolutions"),
        (["--to", "Lighthose Bord"], "no loaded text addresses 'Lighthose Bord'"),
    ],
)
def test_a_wrong_option_is_explained(
    collection_index: Path, capsys: pytest.CaptureFixture[str], option: list[str], words: str
) -> None:
    assert main(["mandates", "--index", str(collection_index), *option]) == 2
    message = capsys.readouterr().err
    assert words in message
    assert "Traceback" not in message


def test_programs_get_some_rows_and_how_many_there_are(collection_assistant: Assistant) -> None:
    found = ApiFunctions(collection_assistant).mandates(verb="requests", top=3)
    assert len(found["rows"]) == 3
    assert found["total"] > 3


def test_known_rows_are_scored(masthead: Masthead) -> None:
    rows = rows_of(masthead, paragraph("Requests the Board to report, and urges pilots to look;"))
    known = {
        "verb": "requests",
        "from_chapeau": False,
        "is_ask": True,
        "addressee": ["the Board"],
        "deliverable": "review",
        "due": None,
        "recipient": None,
    }
    place = {"symbol": masthead.symbol, "label": "OP1"}
    counted = score([{**place, "rows": [known, {**known, "verb": "invites"}]}], rows)
    assert counted.cells["verb"].recall == pytest.approx(0.5)
    assert counted.cells["addressee"].recall == pytest.approx(0.5)
    assert counted.cells["deliverable"].right == 0
