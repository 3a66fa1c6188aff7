"""A draft is compared with agreed wording: what it is, of which uses, and what it makes of them."""

import csv
import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import pytest
from made_files import para, pdf_file, run, word_file

from benchmarks.agreed_score import report, score
from embeddings.model.encoder import Encoder
from qa.assistant import Assistant
from qa.cli.main import main
from qa.desks.agreed_record import agreement_csv, agreement_record, agreement_table
from qa.desks.agreed_word import agreement_word
from qa.desks.agreed_wording import MAX_PARAGRAPH_WORDS, AgreedParagraph
from qa.desks.draft_reader import read_draft_paragraphs
from qa.desks.word_tokens import tokenize_words
from qa.desks.wording_changes import wording_changes
from qa.errors import InputError
from qa.indexing.build import build
from qa.search.filters import Filters

WELCOMES = (
    "Welcomes the work of the Regional Centre for Glacier Monitoring, and invites Member States to "
    "provide the Centre with hydrological data for its annual assessment of mountain basins"
)
REPORT = (
    "Requests the Secretary-General to submit to the General Assembly at its {} session a report on "
    "the implementation of the present resolution"
)
CONCERN = (
    "Expresses its grave concern at the destruction of cultural property in armed conflict, and "
    "demands that all parties refrain from the military use of museums and archives"
)
TITLES = {
    "75/10": ("Protection of mountain glaciers", "7 December 2020", "seventy-sixth"),
    "76/12": ("Protection of mountain glaciers", "9 December 2021", "seventy-seventh"),
    "77/15": ("Cultural property in danger", "12 December 2022", "seventy-eighth"),
}


def text_of(symbol: str) -> str:
    title, adopted, session = TITLES[symbol]
    paragraphs = (WELCOMES, REPORT.format(session)) if "glaciers" in title else (CONCERN, WELCOMES)
    numbered = "\n\n".join(f"\t{n}.\t{words};" for n, words in enumerate(paragraphs, 1))
    return (
        f"A/RES/{symbol}\n\nResolution adopted by the General Assembly on {adopted}\n\n"
        f"{symbol}. {title}\n\nThe General Assembly,\n\nRecalling its previous resolutions on the "
        f"subject and the reports of its committees,\n\n{numbered}\n\n60th plenary meeting\n"
        f"{adopted}\n"
    )


@pytest.fixture(scope="module")
def glaciers(encoder: Encoder, tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    """An assistant over three resolutions, two of them a series."""
    folder, index = tmp_path_factory.mktemp("texts"), tmp_path_factory.mktemp("index")
    for symbol in TITLES:
        name = f"A_RES_{symbol.replace('/', '_')}.txt"
        (folder / name).write_text(text_of(symbol), encoding="utf-8")
    build([folder], index, load_encoder=lambda: encoder)
    return Assistant.open(index)


@pytest.fixture
def compared(glaciers: Assistant) -> Callable[[str], AgreedParagraph]:
    """Compare one paragraph."""

    def compare(text: str) -> AgreedParagraph:
        (paragraph,) = glaciers.agreed(text).paragraphs
        return paragraph

    return compare


STATUSES = [
    pytest.param(f"{WELCOMES};", "word_for_word", "A/RES/77/15 OP2", id="same words"),
    pytest.param(f"{WELCOMES.upper()}.", "word_for_word", "A/RES/77/15 OP2", id="capitals, stop"),
    pytest.param(
        WELCOMES.replace("invites", "urges").replace("annual", "regular"),
        "near",
        "A/RES/77/15 OP2",
        id="words changed",
    ),
    pytest.param(
        "Voices serious worry that cultural heritage is destroyed in wars, and asks fighters not to "
        "use museums and archives for military ends;",
        "near",
        "A/RES/77/15 OP1",
        id="other words, same sense",
    ),
    pytest.param(
        f"{CONCERN}, and {REPORT.format('eightieth')[0].lower()}{REPORT.format('eightieth')[1:]};",
        "composed",
        "A/RES/77/15 OP1",
        id="two sources",
    ),
    pytest.param(
        "Welcomes the efforts of the Centre to promote the monitoring of harps, and invites Member "
        "States to provide tubas;",
        "none",
        "",
        id="only a frame in common",
    ),
    pytest.param(
        "Decides that all ferries shall carry turquoise umbrellas for chess players;",
        "none",
        "",
        id="no precedent",
    ),
]


@pytest.mark.parametrize(("draft", "status", "first"), STATUSES)
def test_a_paragraph_has_a_status_and_its_nearest_wording(
    compared: Callable[[str], AgreedParagraph], draft: str, status: str, first: str
) -> None:
    paragraph = compared(draft)
    nearest = [f"{match.symbol} {match.label}" for match in paragraph.matches[:1]]
    assert (paragraph.status.value, nearest) == (status, [first] if first else [])


def test_a_composed_paragraph_names_a_source_for_each_span(
    compared: Callable[[str], AgreedParagraph],
) -> None:
    report_words = REPORT.format("eightieth")
    matches = compared(f"{CONCERN}, and {report_words};").matches
    spans = {match.span: f"{match.symbol} {match.label}" for match in matches if match.span}
    assert spans[CONCERN] == "A/RES/77/15 OP1"
    (other,) = (span for span in spans if span != CONCERN)
    assert report_words in other
    assert spans[other] in {"A/RES/75/10 OP2", "A/RES/76/12 OP2"}


def test_all_uses_of_a_wording_are_counted(glaciers: Assistant) -> None:
    (paragraph,) = agreement_record(glaciers.agreed(WELCOMES))["paragraphs"]
    match = paragraph["matches"][0]
    assert match["copies"] == ["A/RES/75/10 OP1", "A/RES/76/12 OP1", "A/RES/77/15 OP2"]
    assert (match["first"], match["latest"]) == ("A/RES/75/10 OP1", "A/RES/77/15 OP2")
    assert (match["count"], match["bodies"], match["years"]) == (3, ["A"], [2020, 2021, 2022])
    assert (match["by_vote"], match["without_vote"], match["vote_unknown"]) == (0, 0, 3)


@pytest.mark.parametrize(
    ("filters", "exclude", "copies"),
    [
        (Filters(until=2021), "", ["A/RES/75/10 OP1", "A/RES/76/12 OP1"]),
        (Filters(since=2021), "", ["A/RES/76/12 OP1", "A/RES/77/15 OP2"]),
        (None, "A/RES/75/10", ["A/RES/77/15 OP2"]),
        (None, "76/12", ["A/RES/77/15 OP2"]),
        (None, "resolution 77/15", ["A/RES/75/10 OP1", "A/RES/76/12 OP1"]),
    ],
)
def test_filters_and_an_excluded_series_restrict_what_is_counted(
    glaciers: Assistant, filters: Filters | None, exclude: str, copies: list[str]
) -> None:
    (paragraph,) = glaciers.agreed(WELCOMES, filters=filters, exclude=exclude).paragraphs
    assert [f"{use.symbol} {use.label}" for use in paragraph.matches[0].uses.places] == copies


CHANGES = [
    ("Urges States to act;", "Invites States to act;", "stronger", "verb"),
    ("Encourages States to act;", "Decides that States shall act;", "weaker", "verb"),
    ("Also requests States to act;", "Requests States to act;", "same", "verb"),
    ("Welcomes the report;", "Takes note of the report;", "stronger", "verb"),
    ("Noting that this goes on,", "Condemning that this goes on,", "weaker", "verb"),
    ("Notes it, and urges States to act;", "Notes it, and asks States to act;", "weaker", "verb"),
    ("Decides that States may act;", "Decides that States shall act;", "weaker", "modal"),
    ("Notes that it must be so;", "Notes that it should be so;", "stronger", "modal"),
]


@pytest.mark.parametrize(("draft", "agreed", "change", "kind"), CHANGES)
def test_a_verb_gets_stronger_or_weaker(draft: str, agreed: str, change: str, kind: str) -> None:
    changes = wording_changes(tokenize_words(draft), tokenize_words(agreed))
    assert getattr(changes, kind).value == change


def test_hedges_emphasis_and_addressees_are_compared() -> None:
    draft = "Calls upon States, where appropriate, to consider acting;"
    agreed = "Strongly calls upon Member States to act without delay;"
    changes = wording_changes(tokenize_words(draft), tokenize_words(agreed))
    assert changes.hedges_added == ("where appropriate", "to consider")
    assert set(changes.intensifiers_dropped) == {"strongly", "without delay"}
    assert changes.addressee is not None
    assert changes.addressee.kind == "widened"


WHOLE = f"""A/C.2/80/L.7

Draft resolution: Protection of mountain glaciers

The General Assembly,

Recalling its previous resolutions on the
subject and the reports of its committees,

1. *{WELCOMES}*;

2. Decides that glaciers shall be painted violet by chess players:

(a) On Mondays, at noon, with brushes;
"""


def test_a_whole_draft_is_read_by_paragraph(glaciers: Assistant) -> None:
    agreement = glaciers.agreed(WHOLE)
    read = [(each.draft.label, each.status.value) for each in agreement.paragraphs]
    assert read == [
        ("PP1", "word_for_word"),
        ("OP1", "word_for_word"),
        ("OP2", "none"),
        ("OP2(a)", "none"),
    ]
    table = agreement_table(agreement)
    assert table.startswith("4 paragraphs: 2 word for word, 2 no precedent.\n")
    assert f"{agreement.share_agreed:.0%} of the words are agreed wording." in table


@pytest.mark.parametrize(
    ("text", "paragraphs"),
    [
        ("1. Decides to act;\n2. Requests a report;", ["Decides to act;", "Requests a report;"]),
        ("Decides that it\nshall act;\n\nNotes it;", ["Decides that it shall act;", "Notes it;"]),
        ("Situation in Mali\nRecalling it,\nNotes it;", ["Recalling it,", "Notes it;"]),
        (
            "Draft\nThe Security Council,\nRecalling it,\n1. Notes it.",
            ["Recalling it,", "Notes it."],
        ),
        (
            "Recalling the views of the Council,\nAfrican Union views,\n\nNotes it;",
            ["Recalling the views of the Council, African Union views,", "Notes it;"],
        ),
        ("(a) To act in time;", ["To act in time;"]),
        ("**Requests** the *Council* to act", ["Requests the Council to act"]),
    ],
)
def test_paragraphs_of_a_part_of_a_draft(text: str, paragraphs: list[str]) -> None:
    assert [each.text for each in read_draft_paragraphs(text)] == paragraphs


def word_draft() -> bytes:
    """A Word file whose tracked changes propose the agreed words, with a deletion beside them."""
    start, end = WELCOMES.split("hydrological")
    changed = (
        run(start),
        f'<w:del w:id="1" w:author="a">{run("all ").replace("w:t", "w:delText")}</w:del>',
        f'<w:ins w:id="2" w:author="a">{run("hydrological")}</w:ins>',
        run(end),
    )
    return word_file(para(*changed), para("Requests chess players to paint glaciers violet;"))


def hostile_draft() -> bytes:
    """A Word file with an entity that grows, and one that reads a file of this machine."""
    out = io.BytesIO()
    entities = b'<!DOCTYPE a [<!ENTITY b "bb"><!ENTITY c SYSTEM "file:///etc/hosts">]><w:document'
    with zipfile.ZipFile(io.BytesIO(word_draft())) as given, zipfile.ZipFile(out, "w") as made:
        for name in given.namelist():
            data = given.read(name)
            if name == "word/document.xml":
                data = data.replace(b"<w:document", entities, 1)
            made.writestr(name, data)
    return out.getvalue()


def test_a_word_file_is_read_as_proposed_and_written_with_comments(
    glaciers: Assistant, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, out, index = tmp_path / "draft.docx", tmp_path / "out.docx", glaciers.info().index
    file.write_bytes(word_draft())
    assert main(["agreed", str(file), "--json", "--docx", str(out), "--index", index]) == 0
    record = json.loads(capsys.readouterr().out)
    statuses = [paragraph["status"] for paragraph in record["paragraphs"]]
    assert statuses == ["word_for_word", "none"]
    comments = [comment.text for comment in docx.Document(str(out)).comments]
    assert len(comments) == 2
    assert comments[0].startswith("Word for word.")
    assert "Used 3 times, first in A/RES/75/10 OP1 (2020)" in comments[0]


def test_csv_has_a_row_for_each_wording_and_no_formulas(glaciers: Assistant) -> None:
    agreement = glaciers.agreed(f"{WELCOMES};\n\n=SUM(A1) of chess umbrellas painted violet;")
    rows = list(csv.DictReader(io.StringIO(agreement_csv(agreement))))
    assert (rows[0]["symbol"], rows[0]["match_label"], rows[0]["label"]) == (
        "A/RES/77/15",
        "OP2",
        "",
    )
    assert (rows[0]["uses"], rows[0]["share"]) == ("3", "1.0")
    assert rows[-1]["draft"].startswith("'=SUM")
    assert rows[-1]["status"] == "none"


def test_a_word_file_has_the_draft_and_no_time_of_writing(glaciers: Assistant) -> None:
    document = docx.Document(io.BytesIO(agreement_word(glaciers.agreed(WELCOMES))))
    assert document.paragraphs[-1].text == WELCOMES
    assert [comment.timestamp for comment in document.comments] == [None]


BAD = [
    pytest.param("", "the draft has no words", id="empty"),
    pytest.param(" \n; ;\n", "the draft has no words", id="no words"),
    pytest.param("word " * (MAX_PARAGRAPH_WORDS + 1), "a paragraph of the draft has", id="long"),
    pytest.param("Notes it;\n" * 50_000, "compare it in smaller parts", id="too much"),
    pytest.param(
        "Prie le Secrétaire général de lui présenter à sa prochaine session un rapport sur "
        "l’application de la présente résolution et sur les mesures prises par les États ;",
        "seems to be in French",
        id="French",
    ),
    pytest.param("決定继续处理此案，并请秘书长提交报告。", "seems to be in Chinese", id="Chinese"),
]


@pytest.mark.parametrize(("text", "message"), BAD)
def test_what_cannot_be_compared_is_refused_in_a_sentence(
    glaciers: Assistant, text: str, message: str
) -> None:
    with pytest.raises(InputError, match=message):
        glaciers.agreed(text)


def test_a_series_that_is_not_loaded_cannot_be_left_out(glaciers: Assistant) -> None:
    with pytest.raises(InputError, match="A/RES/60/1 is not loaded"):
        glaciers.agreed(WELCOMES, exclude="60/1")


def test_filters_that_leave_nothing_are_named(glaciers: Assistant) -> None:
    with pytest.raises(InputError, match="widen the filters"):
        glaciers.agreed(WELCOMES, filters=Filters(bodies=frozenset({"S"})))


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        pytest.param("scan.pdf", pdf_file([], picture=True), "OCR", id="scan"),
        pytest.param("hostile.docx", hostile_draft(), "declares a document type", id="hostile"),
        pytest.param("broken.docx", word_draft()[:400], "provide the text", id="broken"),
        pytest.param("empty.txt", b"", "no words", id="empty"),
    ],
)
def test_files_that_cannot_be_read(
    glaciers: Assistant,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    name: str,
    data: bytes,
    message: str,
) -> None:
    (tmp_path / name).write_bytes(data)
    assert main(["agreed", str(tmp_path / name), "--index", glaciers.info().index]) == 2
    error = capsys.readouterr().err
    assert message in error
    assert error.count("\n") == 1


def test_json_keeps_its_names(glaciers: Assistant, golden: Callable[[str, str], None]) -> None:
    record = agreement_record(glaciers.agreed(f"{WELCOMES}, and {REPORT.format('eightieth')};"))
    del record["generation"]
    golden("agreed.json", json.dumps(record, indent=1, ensure_ascii=False) + "\n")


def test_the_score_of_known_drafts(glaciers: Assistant) -> None:
    copies = ["A/RES/75/10 OP1", "A/RES/76/12 OP1", "A/RES/77/15 OP2"]
    source = {
        "label": copies[0],
        "text": f"{WELCOMES};",
        "copies": copies,
        "first": copies[0],
        "latest": copies[-1],
    }
    drafts: list[dict[str, Any]] = [
        {"id": "1", "kind": "add", "draft": WELCOMES, "gold": [source]},
        {"id": "2", "kind": "new", "draft": "Decides on violet chess umbrellas;", "gold": []},
        {"id": "3", "kind": "cut", "draft": CONCERN, "gold": [source]},
    ]
    result = score(glaciers, drafts)
    assert (result.counts["first"], result.counts["with sources"]) == (1, 2)
    assert (result.counts["none right"], result.counts["uses exact"]) == (1, 1)
    assert "source first                    0.500 (1 of 2)" in report(result)
