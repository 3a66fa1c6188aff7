"""A text is checked: which quotations it has, what they cite, and whether they are right."""

import json
from pathlib import Path

import pytest

from qa.assistant import Assistant
from qa.cli.main import main
from qa.desks.alignment import align_inside, align_whole, assign_pairs, pair_similarities
from qa.desks.check_record import is_all_right, text_check_record, text_check_table
from qa.desks.quotation_finder import find_quotations
from qa.desks.word_tokens import tokenize_words
from qa.errors import InputError

ES = "A/RES/ES-11/1"
DEPLORES = (
    "Deplores in the strongest terms the aggression by the Russian Federation against Ukraine"
)
WITHDRAW = "withdraw all of its military forces from the territory of Ukraine"
CASES = [
    pytest.param(f"“{DEPLORES}” ({ES}, para. 2).", "verified", f"{ES} OP2", id="bracket"),
    pytest.param(
        f'In resolution ES-11/1, "{WITHDRAW}" is asked.', "verified", f"{ES} OP4", id="no place"
    ),
    pytest.param(
        "Paragraph 2 of resolution ES-11/1 “[d]eplores … the aggression by the Russian Federation "
        "(emphasis added)”.",
        "verified_marked",
        f"{ES} OP2",
        id="marked changes",
    ),
    pytest.param(
        f"In {ES}, para. 2, it «deplores in the strongest terms the aggression by the russian federation».",
        "punctuation",
        f"{ES} OP2",
        id="capitals",
    ),
    pytest.param(
        "Resolution ES-11/1, para. 13, asks for “30 days after the adoption of the present resolution, "
        "two reports on the humanitarian situation”.",
        "altered",
        f"{ES} OP13",
        id="other words",
    ),
    pytest.param(f"„{WITHDRAW}“ ({ES}, para. 12).", "elsewhere", f"{ES} OP4", id="wrong paragraph"),
    pytest.param(
        f"{ES}: “reverse the decision related to the status of certain areas of the Donetsk and Luhansk "
        "regions of Ukraine; 7. Calls upon the Russian Federation to abide by the principles”.",
        "spans",
        f"{ES} OP6+OP7",
        id="over two paragraphs",
    ),
    pytest.param(
        f"{ES}: “Deplores the involvement of Belarus […] to spare the civilian population, and civilian objects”.",
        "stitched",
        f"{ES} OP10+OP12",
        id="stitched",
    ),
    pytest.param(
        f"In {ES}, para. 14, “exhorte à un règlement pacifique immédiat du conflit par le dialogue politique”.",
        "translated",
        f"{ES} OP14",
        id="translated",
    ),
    pytest.param(
        f"In {ES}, para. 10, it “creates a tribunal for submarine cable offences in Reykjavik harbour”.",
        "invented",
        ES,
        id="invented",
    ),
    pytest.param(
        f"“Decides to lift all measures” ({ES}, para. 40).",
        "no_such_paragraph",
        ES,
        id="no paragraph",
    ),
    pytest.param(
        "“Decides to lift all measures” (S/RES/9999 (2031), para. 4).",
        "not_loaded",
        "",
        id="not loaded",
    ),
    pytest.param(
        "“The harvest was better than anyone had dared to hope”, said a farmer from the valley.",
        "not_un",
        "",
        id="another speaker",
    ),
    pytest.param("Some call it “a sham”.", "too_short", "", id="too short"),
    pytest.param(f"The text: “{DEPLORES}”.", "verified", f"{ES} OP2", id="no citation"),
    pytest.param(
        f"{ES}, para. 10: “Deplores the involvement of Belarus in this unlawful use of force against "
        "Ukraine, and calls upon it to honour its international obligations”",
        "altered",
        f"{ES} OP10",
        id="a verb",
    ),
]


@pytest.mark.parametrize(("text", "verdict", "label"), CASES)
def test_verdict(collection_assistant: Assistant, text: str, verdict: str, label: str) -> None:
    (item,) = collection_assistant.check_text(text).items
    assert (item.judgement.verdict.value, item.judgement.label) == (verdict, label)


BRIEF = f"""A note on one resolution

In {ES}, para. 2, the Assembly “{DEPLORES}”. Its paragraph 4 asks Russia to “{WITHDRAW}”, and
paragraph 13 requests “a report on the humanitarian situation in Ukraine” (ibid., para. 13). In
operative paragraph 3 it says: “cease its use of force against Ukraine”. See also paragraph 77.
"""


def test_citations_are_carried_forward(collection_assistant: Assistant) -> None:
    check = collection_assistant.check_text(BRIEF)
    bound = [(item.cited_label, item.citation and item.citation.bound_by) for item in check.items]
    assert bound == [
        ("OP2", "sentence"),
        ("OP4", "carried"),
        ("OP13", "bracket"),
        ("OP3", "carried"),
    ]
    assert all(BRIEF[item.start] == "“" and BRIEF[item.end - 1] == "”" for item in check.items)
    absent = [
        (citation.symbol, citation.label) for citation in check.citations if not citation.exists
    ]
    assert absent == [(ES, "OP77")]
    assert not is_all_right(check)


def test_words_elsewhere_are_counted(collection_assistant: Assistant) -> None:
    (item,) = collection_assistant.check_text(f"“{WITHDRAW}” ({ES}, para. 4)").items
    assert item.count >= 1
    assert (ES, "OP4") in [(place.symbol, place.label) for place in item.places]


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("“one two” and ‘it’s not one, they say’", ["one two", "it’s not one, they say"]),
        ('He said "yes to all". It isn\'t so.', ["yes to all"]),
        ("> quoted lines\n> go on\n\nnot these", ["quoted lines\n> go on"]),
        ("<p>He <q>quotes this</q>.</p>", ["quotes this"]),
        ("“outer ‘inner words of it’ goes on”", ["outer ‘inner words of it’ goes on"]),
        (
            "„deutsch“ und «français» | “cell one” | “cell two” |",
            ["deutsch", "français", "cell one", "cell two"],
        ),
        ("“first paragraph\n\n“second paragraph”", ["first paragraph\n\n“second paragraph"]),
        ("an open “mark that never ends", []),
    ],
)
def test_quotations_are_found(text: str, quoted: list[str]) -> None:
    assert [each.words_in(text) for each in find_quotations(text)] == quoted


def test_a_wrong_last_word_is_one_difference() -> None:
    printed = tokenize_words(
        "to report every three months on developments in Afghanistan, and to include more"
    )
    aligned = align_inside(
        tokenize_words("report every six months on developments in Iran"), printed
    )
    assert [(each.given, each.printed) for each in aligned.differences] == [
        ("six", "three"),
        ("Iran", "Afghanistan"),
    ]


def test_differences_are_whole_words_and_numbers() -> None:
    whole = align_whole(
        tokenize_words("the amount of 480,649,100 dollars"),
        tokenize_words("the amount of 480,649,200 dollars"),
    )
    assert [(each.given, each.printed) for each in whole.differences] == [
        ("480,649,100", "480,649,200")
    ]


def test_paragraphs_are_paired_once() -> None:
    ours = [tokenize_words("one two three four"), tokenize_words("five six seven eight")]
    theirs = [tokenize_words("five six seven nine"), tokenize_words("one two three four")]
    assert assign_pairs(pair_similarities(ours, theirs), 0.5) == [(0, 1), (1, 0)]


def test_record_has_the_names_that_programs_hold_on_to(collection_assistant: Assistant) -> None:
    record = text_check_record(collection_assistant.check_text(BRIEF))
    assert set(record) == {"items", "citations", "input_sha256", "generation"}
    names = {"start", "end", "quote", "citation", "bound_by", "verdict", "label", "message"}
    assert names | {"differences", "elsewhere", "count"} <= set(record["items"][0])
    assert record["items"][0]["citation"] == {"symbol": ES, "label": "OP2"}
    assert set(record["citations"][0]) == {"start", "end", "symbol", "label", "exists"}
    assert record == json.loads(json.dumps(record))


def test_text_without_quotations_says_so(collection_assistant: Assistant) -> None:
    check = collection_assistant.check_text("Nothing is quoted here.")
    assert text_check_table(check).startswith("The text has no quotations.")
    assert is_all_right(check)


def test_a_text_that_is_too_long_is_refused(collection_assistant: Assistant) -> None:
    with pytest.raises(InputError, match="smaller parts"):
        collection_assistant.check_text("word " * 500_000)


@pytest.mark.parametrize(
    ("text", "options", "status"),
    [
        (f"“{DEPLORES}” ({ES}, para. 2).", [], 0),
        (f"“{DEPLORES}” ({ES}, para. 5).", [], 1),
        ("“Decides to lift all measures” (S/RES/9999 (2031), para. 4).", [], 0),
        ("“Decides to lift all measures” (S/RES/9999 (2031), para. 4).", ["--strict"], 1),
    ],
)
def test_command(
    collection_index: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    text: str,
    options: list[str],
    status: int,
) -> None:
    file = tmp_path / "brief.txt"
    file.write_text(text, encoding="utf-8")
    arguments = ["check", str(file), "--index", str(collection_index), *options]
    assert main([*arguments, "--json"]) == status
    assert len(json.loads(capsys.readouterr().out)["items"]) == 1
    assert main(arguments) == status
    assert "SHA-256" in capsys.readouterr().out


def test_command_refuses_what_it_cannot_read(collection_index: Path, tmp_path: Path) -> None:
    picture = tmp_path / "scan.png"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(64))
    for name in (str(picture), str(tmp_path / "absent.txt")):
        assert main(["check", name, "--index", str(collection_index)]) == 2
