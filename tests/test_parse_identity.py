"""Which document a text is: symbols need evidence that agrees, and what is only cited is none."""

import json
import os
import re
import tarfile
from datetime import date
from pathlib import Path

import pytest

from qa.resolutions.document import Document, Stated
from qa.resolutions.model import Source, SymbolEvidence
from qa.resolutions.parse.identity import published_identity
from qa.resolutions.parse.parse_document import parse_document
from qa.resolutions.parse.symbol_dates import fits_symbol
from qa.resolutions.parse.symbol_fields import number_of, session_of
from qa.resolutions.readers.files import Problem, ReadFile, SourceFile, read_found
from qa.resolutions.tables.symbol_series import (
    all_series,
    read_series_symbol,
    series_opened_by,
    symbol_in_name,
)

CASES = Path(__file__).parent / "cases" / "identity"
SHARED = Path(os.environ.get("OPERATIVE_SHARED") or Path(__file__).parents[2] / "shared")
BODY = "Recalling its decision,\n\n1. Decides to act;\n\n2. Requests a report.\n"
STATEMENT = (
    "Statement by the President of the Security Council\n\nAt the 8170th meeting of the Security "
    "Council, held on 30 January 2018, in connection with the item, the President of the Security "
    "Council made the following statement on behalf of the Council:\n\n"
    "“The Security Council recalls S/PRST/2017/2 and S/PRST/2017/10.\n"
)


def read(text: str, file: str) -> tuple[ReadFile | Problem, ...]:
    return read_found(SourceFile(file=file, data=text.encode()))


def symbols(text: str, file: str) -> list[str]:
    return [result.resolution.symbol for result in read(text, file) if isinstance(result, ReadFile)]


def problem(text: str, file: str) -> Problem:
    (result,) = read(text, file)
    assert isinstance(result, Problem)
    return result


def opened(organ: str, title: str = "", head: str = "") -> str:
    return "\n\n".join(filter(None, (head, title, f"{organ},", BODY)))


@pytest.mark.parametrize(
    ("case", "symbol", "adopted"),
    [
        ("unea.txt", "UNEP/EA.5/RES.14", date(2022, 3, 2)),
        ("wha.txt", "WHA66.9", date(2013, 5, 27)),
        ("ga_decision.txt", "A/DEC/74/568", date(2020, 5, 29)),
        ("cbd_decision.txt", "CBD/COP/DEC/15/4", None),
    ],
)
def test_a_text_of_another_body_has_its_own_symbol(
    case: str, symbol: str, adopted: date | None
) -> None:
    (result,) = read((CASES / case).read_text(), case)
    assert isinstance(result, ReadFile)
    assert (result.resolution.symbol, result.resolution.adopted) == (symbol, adopted)


@pytest.mark.parametrize("case", ["pasted_without_symbol.txt", "foreign.txt"])
def test_a_text_that_only_cites_a_symbol_has_none(case: str) -> None:
    refused = problem((CASES / case).read_text(), case)
    assert refused.kind == "no symbol"
    assert "name the file after its symbol" in refused.reason


@pytest.mark.parametrize(
    ("text", "file", "expected"),
    [
        pytest.param(
            opened("The General Assembly", "61/300. A day"), "a.txt", "A/RES/61/300", id="title"
        ),
        pytest.param(
            opened("The General Assembly", head="A/RES/61/300"),
            "a.txt",
            "A/RES/61/300",
            id="masthead",
        ),
        pytest.param(
            opened("The General Assembly", head="United Nations\tA/RES/61/300*\tDistr.: General"),
            "a.txt",
            "A/RES/61/300",
            id="masthead among its words",
        ),
        pytest.param(
            opened("The General Assembly"), "A_RES_61_300.txt", "A/RES/61/300", id="file name"
        ),
        pytest.param(
            opened("The General Assembly"), "x/a-res-61-300-EN.txt", "A/RES/61/300", id="hyphens"
        ),
        pytest.param(STATEMENT, "S_PRST_2018_3.txt", "S/PRST/2018/3", id="statement by its name"),
        pytest.param(
            STATEMENT.replace(
                "Statement by the President of the Security Council",
                "S/PRST/2018/3\n\nSTATEMENT BY THE PRESIDENT OF THE SECURITY COUNCIL",
            ),
            "any.txt",
            "S/PRST/2018/3",
            id="statement in capitals by its masthead",
        ),
        pytest.param(
            opened("The United Nations Environment Assembly", "2/14. Wildlife"),
            "any.txt",
            "UNEP/EA.2/RES.14",
            id="the opener tells whose number it is",
        ),
        pytest.param(
            opened("The United Nations Habitat Assembly", "1/2. Safer cities"),
            "HSP_HA.1_Res.2.txt",
            "HSP/HA.1/Res.2",
            id="title and name agree",
        ),
        pytest.param(
            opened("The Human Rights Council", "PRST 19/1"),
            "any.txt",
            "A/HRC/PRST/19/1",
            id="statement of the President of the Human Rights Council",
        ),
        pytest.param(
            opened("The Human Rights Council", "49/115. Work", "Decision adopted by the Council"),
            "A_HRC_DEC_49_115.txt",
            "A/HRC/DEC/49/115",
            id="decision",
        ),
        pytest.param(
            opened("The Commission on Narcotic Drugs", "Resolution 58/3"),
            "CND_RES_58_3.txt",
            "CND/RES/58/3",
            id="no symbols of its own: by the name of the file",
        ),
        pytest.param(
            opened("The Assembly of States Parties", "Strengthening the Court"),
            "ICC-ASP_22_Res.1.txt",
            "ICC-ASP/22/Res.1",
            id="an organ that is in no table, by the name of the file",
        ),
        pytest.param(
            opened("The General Conference", head="GC(66)/RES/9"),
            "a.txt",
            "GC(66)/RES/9",
            id="masthead of the IAEA",
        ),
        pytest.param(
            opened("The Security Council", head="S/2024/302"), "a.txt", "S/2024/302", id="draft"
        ),
    ],
)
def test_evidence_gives_a_symbol(text: str, file: str, expected: str) -> None:
    assert symbols(text, file) == [expected]


@pytest.mark.parametrize(
    ("text", "file", "kind", "words"),
    [
        pytest.param(
            opened("The Conference of the Parties"),
            "A_RES_61_181.txt",
            "no symbol",
            'states A/RES/61/181, of the General Assembly, but "The Conference of the Parties"',
            id="the organ that opens the text is another",
        ),
        pytest.param(
            opened("The Commission on Narcotic Drugs", "Resolution 58/3"),
            "any.txt",
            "no symbol",
            "name the file after its symbol",
            id="a number that is of no known series",
        ),
        pytest.param(
            opened("The Conference of the Parties", head="A/RES/61/181"),
            "any.txt",
            "no symbol",
            "no symbol of its own",
            id="a masthead of another organ",
        ),
        pytest.param(
            opened("The General Assembly", "1 A/RES/61/181."),
            "any.txt",
            "no symbol",
            "no symbol of its own",
            id="a note is no masthead",
        ),
        pytest.param(
            opened("The General Assembly", "61/300. A day"),
            "A_RES_61_301.txt",
            "conflict",
            "its title line states A/RES/61/300 and its file name states A/RES/61/301",
            id="title and name disagree",
        ),
        pytest.param(
            opened("The General Assembly", "61/300. A day", "A/RES/61/301"),
            "any.txt",
            "conflict",
            "its masthead states A/RES/61/301 and its title line states A/RES/61/300",
            id="masthead and title disagree",
        ),
    ],
)
def test_evidence_that_disagrees_gives_none(text: str, file: str, kind: str, words: str) -> None:
    refused = problem(text, file)
    assert (refused.kind, words in refused.reason) == (kind, True), refused.reason


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        ("Letter dated 11 December 2009 from the Secretary-General", "letter"),
        ("2016 session\n\nReport of the Secretary-General", "report"),
        ("Provisional agenda", "provisional agenda"),
    ],
)
def test_a_paper_that_is_no_resolution_is_named_as_what_it_is(head: str, kind: str) -> None:
    refused = problem(f"{head}\n\nI have the honour to refer to A/RES/61/181.\n", "S_2009_697.txt")
    assert (refused.kind, f"a {kind}, and no organ" in refused.reason) == ("not a resolution", True)


def test_a_misprint_is_settled_by_the_day_and_the_name() -> None:
    text = "Resolution 434 (1973)\nof 18 September 1978\n\n" + opened("The Security Council")
    resolution, remark = read(text, "S_RES_0434_1978.txt")
    assert isinstance(resolution, ReadFile)
    assert isinstance(remark, Problem)
    assert resolution.resolution.symbol == "S/RES/434(1978)"
    assert (remark.kind, "not as S/RES/434(1973)" in remark.reason) == ("remark", True)


def test_decisions_of_one_file_are_read_each() -> None:
    organ = "The Conference of the Parties"
    text = "\n".join(
        f"Decision {number}/CP.21\n\nA title\n\n{opened(organ)}" for number in (1, 2)
    ).replace(" its decision", " resolution A/RES/70/1")
    assert symbols(text, "cp21.txt") == ["1/CP.21", "2/CP.21"]


def test_a_text_without_a_symbol_in_a_volume_is_named_and_the_rest_is_read() -> None:
    organ = "The General Assembly"
    text = opened(organ, "61/300. One") + "\n" + opened("The Conference of the Parties", "9/9. Two")
    first, remark = read(text, "volume.txt")
    assert isinstance(first, ReadFile)
    assert first.resolution.symbol == "A/RES/61/300"
    assert isinstance(remark, Problem)
    assert remark.reason.startswith("a text in it is left out: no symbol of its own")


def test_a_volume_is_named_after_one_of_its_texts() -> None:
    organ = "The General Assembly"
    text = opened(organ, "45/257. One") + "\n" + opened(organ, "45/2. Two")
    assert symbols(text, "A_RES_45_1.txt") == ["A/RES/45/257", "A/RES/45/2"]


def test_a_volume_whose_name_has_a_number_in_another_session_holds_a_misprint() -> None:
    organ = "The Economic and Social Council"
    text = opened(organ, "106 (VII). One\n\nResolution of 25 February and 5 March 1948")
    text += "\n" + opened(organ, "107 (VI). Two")
    assert symbols(text, "E_RES_106_(VI).txt") == ["E/RES/106(VI)", "E/RES/107(VI)"]


def test_a_date_that_contradicts_the_symbol_is_left_out_with_a_remark() -> None:
    text = opened(
        "The General Assembly",
        "61/300. A day",
        "Resolution adopted by the General Assembly on 3 May 1997",
    )
    result, remark = read(text, "a.txt")
    assert isinstance(result, ReadFile)
    assert isinstance(remark, Problem)
    assert result.resolution.adopted is None
    assert "dated 3 May 1997" in remark.reason


@pytest.mark.parametrize(
    ("symbol", "day", "fits"),
    [
        ("A/RES/61/181", date(2006, 12, 20), True),
        ("A/RES/61/181", date(2007, 9, 14), True),
        ("A/RES/61/181", date(2008, 9, 14), False),
        ("A/RES/217(III)", date(1948, 12, 10), True),
        ("A/RES/217(IV)", date(1949, 12, 10), False),
        ("S/RES/2423(2018)", date(2016, 6, 29), False),
        ("S/RES/434(1973)", None, False),
        ("S/PRST/2005/10", date(2006, 2, 17), False),
        ("E/RES/2018/27", date(2018, 7, 24), True),
        ("E/RES/106(VII)", date(1948, 3, 5), False),
        ("E/RES/106(VI)", date(1948, 3, 5), True),
        ("E/RES/13(III)", date(1946, 9, 21), True),
        ("E/RES/76(V)", date(1947, 8, 5), True),
        ("E/RES/1503(XLVIII)", date(1970, 5, 27), True),
        ("E/RES/1503(XLVIII)", date(1950, 5, 27), False),
        ("A/HRC/RES/54/15", date(2023, 10, 11), True),
        ("A/HRC/RES/54/15", date(2021, 10, 11), False),
        ("WHA66.9", date(2013, 5, 27), True),
        ("WHA66.9", date(2012, 5, 27), False),
        ("UNEP/EA.2/RES.14", date(2016, 5, 27), None),
        ("A/RES/61/181", None, None),
    ],
)
def test_a_day_is_held_against_the_symbol(symbol: str, day: date | None, fits: bool | None) -> None:
    assert fits_symbol(symbol, day) is fits


@pytest.mark.parametrize(
    ("name", "symbol"),
    [
        ("S_RES_0242_1967_EN.txt", "S/RES/242(1967)"),
        ("S_RES_2572_2105407E.xml", None),
        ("E_RES_476_(XV).txt", "E/RES/476(XV)"),
        ("A_HRC_PRST_OS_16_1.txt", "A/HRC/PRST/OS/16/1"),
        ("A_HRC_RES_S-33_1.txt", "A/HRC/RES/S-33/1"),
        ("GC66_RES_9.pdf", "GC(66)/RES/9"),
        ("MSC.428(98).pdf", "MSC.428(98)"),
        ("A_75_L.12.docx", "A/75/L.12"),
        ("E_2024_28.txt", None),
        ("notes on A.txt", None),
    ],
)
def test_the_name_of_a_file_states_a_symbol(name: str, symbol: str | None) -> None:
    reading = symbol_in_name(name)
    assert (reading.symbol if reading else None) == symbol


@pytest.mark.parametrize(
    ("symbol", "session", "number"),
    [
        ("WHA66.9", "66", "9"),
        ("UNEP/EA.5/RES.14", "5", "14"),
        ("1/CP.21", "21", "1"),
        ("A/RES/61/181", "61", "181"),
        ("S/PRST/2018/3", None, "3"),
    ],
)
def test_a_symbol_holds_session_and_number(symbol: str, session: str | None, number: str) -> None:
    assert (session_of(symbol), number_of(symbol)) == (session, number)


def test_each_form_of_the_table_reads_itself() -> None:
    values = {"session": "12", "item": "7", "year": "2011", "roman": "XXX", "committee": "3"}
    for series in all_series():
        symbol = re.sub(r"\{(\w+)\}", lambda place: values[place[1]], series.form)
        reading = read_series_symbol(symbol)
        assert reading is not None, symbol
        assert reading.symbol == symbol
        assert series in series_opened_by(f"The {series.openers[0].title()},"), series.name
        named = symbol_in_name(symbol.replace("/", "_") + ".txt")
        assert named is not None, symbol
        assert named.symbol == symbol


def test_what_states_the_symbol_is_kept() -> None:
    seen = {}
    for text, file in (
        (opened("The General Assembly", "61/300. A", "A/RES/61/300"), "a.txt"),
        (opened("The General Assembly", "61/300. A"), "a.txt"),
        (opened("The General Assembly"), "A_RES_61_300.txt"),
    ):
        (result,) = read(text, file)
        assert isinstance(result, ReadFile)
        seen[result.resolution.identified_by] = result.resolution.symbol
    assert list(seen) == [
        SymbolEvidence.MASTHEAD_AND_TITLE,
        SymbolEvidence.TITLE,
        SymbolEvidence.FILE_NAME,
    ]


def shared_cases() -> list[Path]:
    folder = SHARED / "cases" / "identity"
    return sorted(folder.glob("*.txt")) if folder.is_dir() else []


@pytest.mark.skipif(not shared_cases(), reason="the cases are not here: set OPERATIVE_SHARED")
def test_the_shared_cases_are_right_or_refused() -> None:
    refused = 0
    for path in shared_cases():
        expected = json.loads(path.with_name(f"{path.name}.expected.json").read_text())
        results = read(path.read_text(), path.name)
        if isinstance(results[0], Problem):
            assert results[0].kind == "no symbol", path.name
            refused += 1
            continue
        resolution = results[0].resolution
        assert resolution.symbol == expected["symbol"], path.name
        for name in ("title", "adopted"):
            if name in expected:
                assert str(getattr(resolution, name)) == expected[name], path.name
        if "agenda_items" in expected:
            assert list(resolution.agenda_items) == expected["agenda_items"], path.name
    assert refused <= 1


ARCHIVE = SHARED / "corpora" / "other-bodies.tar.xz"
# Reports, letters and agendas, which hold no adopted text.
NO_TEXTS = re.compile(
    r"(?:A_520|A_7\d_|E_2024|E_5715|E_CN|E_FFDF|E_HLS|HSP_GC|HSP_HA\.2_3|S_\d{4}|ECE|UNEP_GC)"
)


@pytest.mark.slow
@pytest.mark.skipif(not ARCHIVE.exists(), reason="the archive is not here: set OPERATIVE_SHARED")
def test_texts_of_other_bodies_are_read_under_the_symbols_of_their_names() -> None:
    wrong, right, refused = [], 0, []
    with tarfile.open(ARCHIVE) as archive:
        for member in archive:
            if "un-word-text/" not in member.name or not (stream := archive.extractfile(member)):
                continue
            name = Path(member.name).name
            expected = re.sub(r"[_\s]+", "/", name.removesuffix(".txt")).replace("/(", "(")
            found = [
                re.sub(r"\[.*", "", result.resolution.symbol).casefold()
                for result in read_found(SourceFile(file=name, data=stream.read()))
                if isinstance(result, ReadFile)
            ]
            if expected.casefold() in found:
                right += 1
            elif found:
                wrong.append(name)
            elif not NO_TEXTS.match(name):
                refused.append(name)
    assert wrong == []
    assert len(refused) <= right / 10


@pytest.mark.parametrize(
    ("title", "symbol"), [("A/RES/78/130", "A/RES/78/130"), ("A/RES/78/13", ""), ("", "")]
)
def test_the_name_of_a_published_file_may_contradict_its_symbol(title: str, symbol: str) -> None:
    identity = published_identity("A/RES/78/13", title, "French/A_RES_78_130-2325874F.xml")
    assert identity.symbol == symbol
    assert identity.is_conflict is not bool(symbol)
    stated = published_identity("A/RES/78/130", "", "A_RES_78_130-2325874F.xml")
    assert (stated.symbol, stated.problem, stated.remark) == ("A/RES/78/130", "", "")


def test_the_day_that_a_text_prints_holds_where_the_stated_one_contradicts_its_symbol() -> None:
    statement = (
        "S/PRST/2005/10\n\nStatement by the President of the Security Council\n\n"
        "At the 5133rd meeting of the Security Council, held on 2 March 2005, in connection with the "
        "item, the President of the Security Council made the following statement on behalf of the "
        'Council:\n\n"The Security Council condemns the attack.\n'
    )
    stated = Stated(symbol="S/PRST/2005/10", adopted=date(2006, 2, 17))
    document = Document(text=statement, stated=stated)
    (resolution,) = parse_document(document, Source(file="S_PRST_2005_10.txt", sha256=""))
    assert resolution.adopted == date(2005, 3, 2)
    assert resolution.remarks[0].endswith("contradicts; 2 March 2005 is printed in it.")
