"""Documents are compared: editions paragraph by paragraph, a paragraph over the years."""

import csv
import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from lxml import etree

from qa.api.functions import ApiFunctions
from qa.assistant import Assistant
from qa.cli.main import main
from qa.desks.comparison_record import comparison_lines, comparison_record
from qa.desks.edition_comparison import EditionComparison
from qa.desks.figure_words import reference_words, without_figures
from qa.desks.history_record import history_lines, history_record
from qa.desks.text_edition import MAX_PARAGRAPHS
from qa.desks.word_tokens import tokenize_words
from qa.errors import InputError
from qa.time_budget import TookTooLongError

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
GIRL = ("A/RES/76/146", "A/RES/78/188")
RECALLING = "Recalling its resolution 70/12 of 3 December 2015 on safe harbours,"
CONCERNED = "Deeply concerned about the rising number of shipwrecks along the northern coast,"
BEACONS = (
    "Calls upon coastal States to maintain their lighthouses and radio beacons in good order and to "
    "report every failure of a beacon without delay;"
)
PILOTS = (
    "Encourages port authorities to train harbour pilots in the languages of the crews that visit "
    "them most often;"
)
REPORT = (
    "Requests the Secretary-General to submit a report on the implementation of the present "
    "resolution to the General Assembly at its seventy-first session;"
)
DRILLS = "Invites rescue services to hold joint drills with fishing fleets at least twice a year;"
BOTH = f"{BEACONS[:-1]}, and {PILOTS[0].lower()}{PILOTS[1:]}"

Compare = Callable[[list[str], list[str]], EditionComparison]


def laid_out(paragraphs: list[str]) -> str:
    """A draft of a text: paragraphs that end with a comma are its preamble, others are numbered."""
    numbered = [each for each in paragraphs if not each.endswith(",")]
    return "\n\n".join(
        each if each.endswith(",") else f"{numbered.index(each) + 1}. {each}" for each in paragraphs
    )


@pytest.fixture
def compare(collection_assistant: Assistant, tmp_path: Path) -> Compare:
    def compared(before: list[str], after: list[str]) -> EditionComparison:
        paths = (tmp_path / "first.txt", tmp_path / "second.txt")
        for path, paragraphs in zip(paths, (before, after), strict=True):
            path.write_text(laid_out(paragraphs), encoding="utf-8")
        return collection_assistant.compare(*paths)

    return compared


def rows(comparison: EditionComparison) -> list[str]:
    record = comparison_record(comparison)
    return [f"{pair['a']} {pair['b']} {pair['kind']}" for pair in record["pairs"]]


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        pytest.param(
            [RECALLING, BEACONS, REPORT],
            [RECALLING, BEACONS, REPORT],
            ["PP1 PP1 same", "OP1 OP1 same", "OP2 OP2 same"],
            id="nothing changes",
        ),
        pytest.param(
            [RECALLING, BEACONS, REPORT],
            [
                RECALLING.replace("70/12 of 3 December 2015", "71/33 of 9 December 2016"),
                BEACONS.replace("without delay", "within a week"),
                REPORT,
            ],
            ["PP1 PP1 changed", "OP1 OP1 changed", "OP2 OP2 same"],
            id="words change",
        ),
        pytest.param(
            [RECALLING, BEACONS, REPORT],
            [RECALLING, CONCERNED, DRILLS, BEACONS, REPORT],
            ["PP1 PP1 same", "None PP2 new", "None OP1 new", "OP1 OP2 same", "OP2 OP3 same"],
            id="new ones renumber the others",
        ),
        pytest.param(
            [RECALLING, BEACONS, PILOTS, REPORT],
            [RECALLING, BEACONS, REPORT],
            ["PP1 PP1 same", "OP1 OP1 same", "OP2 None dropped", "OP3 OP2 same"],
            id="one is dropped",
        ),
        pytest.param(
            [BEACONS, PILOTS, DRILLS, REPORT],
            [PILOTS, DRILLS, BEACONS, REPORT],
            ["OP2 OP1 same", "OP3 OP2 same", "OP1 OP3 moved", "OP4 OP4 same"],
            id="one is moved",
        ),
        pytest.param(
            [RECALLING, BOTH, REPORT],
            [RECALLING, BEACONS, PILOTS, REPORT],
            ["PP1 PP1 same", "OP1 OP1 split", "OP1 OP2 split", "OP2 OP3 same"],
            id="one is split",
        ),
        pytest.param(
            [RECALLING, BEACONS, PILOTS, REPORT],
            [RECALLING, BOTH, REPORT],
            ["PP1 PP1 same", "OP1 OP1 merged", "OP2 OP1 merged", "OP3 OP2 same"],
            id="two are merged",
        ),
    ],
)
def test_each_paragraph_is_found_in_the_other_edition(
    compare: Compare, before: list[str], after: list[str], expected: list[str]
) -> None:
    assert rows(compare(before, after)) == expected


def test_whole_words_and_numbers_differ(compare: Compare) -> None:
    changed = BEACONS.replace("in good order", "in working order at all times")
    (pair,) = comparison_record(compare([BEACONS], [changed]))["pairs"]
    assert pair["differences"] == [
        {"a": "good", "b": "working"},
        {"a": "", "b": "at all times"},
    ]


def test_dates_sessions_and_symbols_are_no_substance(compare: Compare) -> None:
    comparison = compare(
        [RECALLING, BEACONS, REPORT],
        [
            RECALLING.replace("70/12 of 3 December 2015", "A/RES/71/33 of 9 December 2016"),
            BEACONS.replace("without delay", "within 30 days"),
            REPORT.replace("seventy-first", "seventy-third"),
        ],
    )
    kinds = [pair.kind.value for pair in comparison.of_substance().pairs]
    assert kinds == ["same", "changed", "same"]


@pytest.mark.parametrize(
    ("text", "references"),
    [
        ("its resolution 79/154 of 17 December 2024", "79 154 17 december 2024"),
        ("resolutions 1325 (2000) and 2242 (2015)", "1325 2000 2242 2015"),
        ("at its seventy-ninth and eighty-first sessions", "its seventy ninth and eighty first"),
        ("until 30 April 2026", "30 april 2026"),
        ("S/PRST/2015/25 and A/HRC/RES/50/10", "s prst 2015 25 a hrc res 50 10"),
        ("a ceiling of 17,000 troops for 12 months", ""),
        ("women may march; the first step", ""),
    ],
)
def test_which_words_are_dates_sessions_and_symbols(text: str, references: str) -> None:
    tokens = tokenize_words(text)
    words = " ".join(tokens.keys[number] for number in sorted(reference_words(tokens)))
    assert words == references


def test_figures_are_left_open_where_paragraphs_are_compared() -> None:
    assert without_figures("on 5 may 2020 the seventy first".split()) == ["on", "#", "the", "#"]


def test_previous_is_the_edition_before(collection_assistant: Assistant) -> None:
    comparison = collection_assistant.compare("previous", "78/188")
    assert (comparison.before.name, comparison.after.name) == GIRL
    pairs = comparison_record(comparison)["pairs"]
    for side, edition in (("a", comparison.before), ("b", comparison.after)):
        labels = [pair[side] for pair in pairs if pair[side]]
        assert {*labels} == {paragraph.label for paragraph in edition.paragraphs}
    assert next(comparison_lines(comparison)).startswith(" → ".join(GIRL))


@pytest.mark.parametrize(
    ("a", "b", "message"),
    [
        ("78/188", "A/RES/78/188", "A/RES/78/188 is compared with itself"),
        ("previous", "74/134", "no earlier edition of A/RES/74/134 is loaded"),
        ("previous", "previous", "“previous” is compared with itself"),
        ("A/RES/99/999", "78/188", "A/RES/99/999 is not loaded"),
        ("the harbours", "78/188", "“the harbours” names no document"),
        ("74/134 and 76/146", "78/188", "names several documents"),
    ],
)
def test_what_cannot_be_compared_is_said_in_one_sentence(
    collection_assistant: Assistant, a: str, b: str, message: str
) -> None:
    with pytest.raises(InputError, match=message):
        collection_assistant.compare(a, b)


def test_a_comparison_takes_no_longer_than_its_paragraphs_need(
    collection_assistant: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(collection_assistant, "limit_s", 1e-9)
    with pytest.raises(TookTooLongError):
        collection_assistant.compare("75/74", "77/81")
    with pytest.raises(TookTooLongError):
        collection_assistant.history("77/81 OP1")


def test_a_draft_of_too_many_paragraphs_is_refused(
    collection_assistant: Assistant, tmp_path: Path
) -> None:
    draft = tmp_path / "long.txt"
    draft.write_text("\n\n".join(f"{n}. Notes it;" for n in range(1, MAX_PARAGRAPHS + 2)))
    with pytest.raises(InputError, match="compare it in smaller parts"):
        collection_assistant.compare(draft, "78/188")


def test_a_draft_of_lines_has_the_labels_that_it_prints(
    collection_assistant: Assistant, tmp_path: Path
) -> None:
    draft = tmp_path / "part.txt"
    draft.write_text(
        "Recalling its resolution 75/74,\n\n1. Requests the Secretary-General:\n\n"
        "(a) To report on it;\n\n(b) To publish it;\n\n2. Decides to include the item.\n"
    )
    comparison = collection_assistant.compare(draft, "77/81")
    labels = [paragraph.label for paragraph in comparison.before.paragraphs]
    assert labels == ["PP1", "OP1", "OP1(a)", "OP1(b)", "OP2"]


def test_an_empty_draft_cannot_be_compared(collection_assistant: Assistant, tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_text(" \n", encoding="utf-8")
    with pytest.raises(InputError, match="has no paragraphs to compare"):
        collection_assistant.compare("78/188", tmp_path / "empty.txt")


def test_a_draft_with_an_opening_and_no_symbol_is_compared(
    collection_assistant: Assistant, tmp_path: Path
) -> None:
    draft = tmp_path / "draft.txt"
    draft.write_text(f"The General Assembly,\n\n{laid_out([RECALLING, BEACONS])}", encoding="utf-8")
    comparison = collection_assistant.compare(draft, "78/188")
    labels = [paragraph.label for paragraph in comparison.before.paragraphs]
    assert labels == ["PP1", "OP1"]


def test_programs_cannot_open_files(collection_assistant: Assistant, tmp_path: Path) -> None:
    draft = tmp_path / "draft.txt"
    draft.write_text(laid_out([BEACONS]), encoding="utf-8")
    with pytest.raises(InputError, match="names no document"):
        ApiFunctions(collection_assistant).compare(str(draft), "78/188")


def paragraphs_of(data: bytes, *, accepted: bool) -> list[str]:
    """The paragraphs of a redline once all changes are accepted, or all rejected."""
    left_out = f"{W}del" if accepted else f"{W}ins"
    body = etree.fromstring(zipfile.ZipFile(io.BytesIO(data)).read("word/document.xml"))
    texts = []
    for paragraph in list(body.iter(f"{W}p"))[1:]:
        if paragraph.find(f"{W}pPr/{W}rPr/{left_out}") is not None:
            continue
        texts.append(
            "".join(
                text.text or ""
                for text in paragraph.iter(f"{W}t", f"{W}delText")
                if all(above.tag != left_out for above in text.iterancestors())
            )
        )
    return [text for text in texts if text]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ([RECALLING, BEACONS, REPORT], [RECALLING.replace("70/12", "71/3"), DRILLS, REPORT]),
        ([RECALLING, BOTH, REPORT], [CONCERNED, BEACONS, PILOTS, REPORT]),
        ([BEACONS, PILOTS, REPORT], [BOTH.replace("coastal", "all"), REPORT]),
    ],
)
def test_accepting_or_rejecting_a_redline_gives_either_text(
    compare: Compare, before: list[str], after: list[str]
) -> None:
    from qa.desks.redline import redline_file

    data = redline_file(compare(before, after))
    for paragraphs, accepted in ((before, False), (after, True)):
        wanted = [part.strip() for part in laid_out(paragraphs).split("\n\n")]
        assert paragraphs_of(data, accepted=accepted) == wanted


def test_the_history_of_a_paragraph_is_its_versions_in_its_own_series(
    collection_assistant: Assistant,
) -> None:
    history = collection_assistant.history("A/RES/76/146, para. 1")
    record = history_record(history)
    assert record["series"] == "The girl child"
    assert record["editions"] == ["A/RES/74/134", *GIRL]
    assert record["asked"] == {"symbol": GIRL[0], "label": "OP1"}
    chain = record["chain"]
    assert [version["adopted"] for version in chain] == sorted(
        version["adopted"] for version in chain
    )
    assert GIRL[0] in [version["symbol"] for version in chain]
    assert chain[0]["differences"] == []
    assert not {use["symbol"] for use in record["elsewhere"]} & {*record["editions"]}
    assert next(history_lines(history)) == "The girl child (3 editions loaded)"


def test_each_version_is_the_predecessor_of_the_next(collection_assistant: Assistant) -> None:
    """Whichever version is asked for, the chain is the same."""
    chain = collection_assistant.history("78/198 OP3").chain
    for version in chain:
        again = collection_assistant.history(f"{version.edition.name} {version.paragraph.label}")
        assert [(each.edition.name, each.paragraph.label) for each in again.chain] == [
            (each.edition.name, each.paragraph.label) for each in chain
        ]


def test_a_document_of_no_series_has_a_history_of_one_version(
    collection_assistant: Assistant,
) -> None:
    history = collection_assistant.history("A/RES/ES-11/1, para. 2")
    assert [version.edition.name for version in history.chain] == ["A/RES/ES-11/1"]
    assert history.dropped_in is None


@pytest.mark.parametrize(
    ("citation", "message"),
    [
        ("78/188", "names no paragraph"),
        ("78/188 OP99", "there is no paragraph 99"),
        ("A/RES/99/999 OP1", "is not loaded"),
        ("harbours", "names no document"),
    ],
)
def test_a_history_of_nothing_is_refused_in_one_sentence(
    collection_assistant: Assistant, citation: str, message: str
) -> None:
    with pytest.raises(InputError, match=message):
        collection_assistant.history(citation)


def test_a_note_has_no_history(assistant: Assistant) -> None:
    with pytest.raises(InputError, match="is a note; name a paragraph"):
        assistant.history("61/181 note 1")


def test_a_series_is_a_table_of_paragraphs_by_editions(collection_assistant: Assistant) -> None:
    heads, *table = collection_assistant.series_table("78/188")
    assert heads == ("A/RES/74/134", *GIRL, "newest text")
    for column, symbol in enumerate(heads[:-1]):
        labels = [row[column].split(" ")[0] for row in table if row[column]]
        comparable = collection_assistant.compare(symbol, "A/RES/ES-11/1").before.paragraphs
        assert sorted(labels) == sorted(paragraph.label.split(" ")[0] for paragraph in comparable)


def test_commands_print_the_same_records(
    collection_assistant: Assistant,
    collection_index: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    index = ["--index", str(collection_index)]
    redline = tmp_path / "redline.docx"
    assert main(["compare", *GIRL, *index, "--json", "--docx", str(redline)]) == 0
    printed = json.loads(capsys.readouterr().out)
    assert set(printed.pop("origins")) == set(GIRL)
    assert printed == comparison_record(collection_assistant.compare(*GIRL))
    assert zipfile.is_zipfile(redline)
    assert main(["history", "78/188 OP1", *index, "--json"]) == 0
    printed = json.loads(capsys.readouterr().out)
    assert "A/RES/78/188" in printed.pop("origins")
    assert printed == history_record(collection_assistant.history("78/188 OP1"))
    assert main(["history", "78/188", *index, "--matrix"]) == 0
    table = list(csv.reader(io.StringIO(capsys.readouterr().out)))
    assert table == [list(row) for row in collection_assistant.series_table("78/188")]


def test_names_of_the_records_are_kept(
    collection_assistant: Assistant, golden: Callable[[str, str], None]
) -> None:
    records = {
        "compare": comparison_record(collection_assistant.compare("75/74", "77/81")),
        "history": history_record(collection_assistant.history("77/81 OP1")),
    }
    golden("comparisons.json", json.dumps(records, indent=1, sort_keys=True) + "\n")
