"""Files with one symbol: copies of one text, or a conflict that both are named in."""

from datetime import date
from pathlib import Path

import pytest

from qa.indexing.collect import CollectResult, collect
from qa.indexing.likeness import MIN_LIKENESS, likeness, sketch_of
from qa.indexing.selection import SourceCandidate, SourceVersion, select_sources
from qa.resolutions.model import Record, RecordLine, SourceFormat, SymbolEvidence

DATA = Path(__file__).parents[1] / "data"
CASES = Path(__file__).parent / "cases" / "identity"
SEED = DATA / "A_RES_61_181.txt"
BANANAS = "".join(
    f"{number}. Decides, as item {number}, that bananas shall be counted by the secretariat;\n\n"
    for number in range(1, 13)
)


def conflicts(collected: CollectResult) -> list[tuple[str, str]]:
    return [
        (problem.file, problem.reason)
        for problem in collected.problems
        if problem.kind == "conflict"
    ]


def test_a_foreign_text_that_cites_a_resolution_does_not_take_its_place() -> None:
    collected = collect([SEED, CASES / "foreign.txt"])
    assert [source.version.file for source in collected.chosen] == [SEED.name]
    assert [problem.kind for problem in collected.problems] == ["no symbol"]


def test_another_text_named_after_a_resolution_is_a_conflict(tmp_path: Path) -> None:
    foreign = tmp_path / "A_RES_61_181_copy.html"  # a format that would be preferred to text
    foreign.write_text(f"<p>The General Assembly,</p><p>Recalling,</p><p>{BANANAS}</p>")
    collected = collect([SEED, foreign])
    (source,) = collected.chosen
    assert (source.version.file, source.others, source.conflicts) == (
        SEED.name,
        (),
        (foreign.name,),
    )
    ((file, reason),) = conflicts(collected)
    assert file == foreign.name
    assert f"A/RES/61/181, but its text is not that of {SEED.name}" in reason


def test_a_copy_in_another_format_is_still_preferred(tmp_path: Path) -> None:
    text = SEED.read_text(encoding="utf-8").replace("61/181", "61/981")
    plain, page = tmp_path / "A_RES_61_981.txt", tmp_path / "A_RES_61_981.html"
    plain.write_text(text)
    lines = text.splitlines()
    page.write_text("".join(f"<p>{line.strip()}</p>\n" for line in lines if line.strip()))
    collected = collect([plain, page])
    (source,) = collected.chosen
    assert (source.version.file, source.others, conflicts(collected)) == (
        page.name,
        (plain.name,),
        [],
    )


def candidate(
    file: str,
    text: str,
    *,
    evidence: SymbolEvidence,
    form: SourceFormat = SourceFormat.TEXT,
    adopted: date | None = None,
) -> SourceCandidate:
    version = SourceVersion(
        file=file,
        symbol="A/RES/61/181",
        body="A",
        part=None,
        adopted=adopted,
        issued=None,
        language="en",
        form=form,
        paragraphs=1,
        evidence=evidence,
        sketch=sketch_of([text]),
    )
    return SourceCandidate(version=version, read=None, input_key=(file, ""))


def record(adopted: date) -> Record:
    source = RecordLine(file="metadata/61.json", line=1)
    return Record(symbol="A/RES/61/181", source=source, adopted=adopted)


TEXT = "Urges all States to improve the conditions of women prisoners and of children in detention"


@pytest.mark.parametrize(
    ("worse", "better", "recorded"),
    [
        pytest.param(
            candidate("a.pdf", BANANAS, evidence=SymbolEvidence.FILE_NAME, form=SourceFormat.PDF),
            candidate("b.txt", TEXT, evidence=SymbolEvidence.MASTHEAD_AND_TITLE),
            None,
            id="masthead over file name",
        ),
        pytest.param(
            candidate(
                "a.docx",
                BANANAS,
                evidence=SymbolEvidence.MASTHEAD_AND_TITLE,
                form=SourceFormat.WORD,
            ),
            candidate("b.xml", TEXT, evidence=SymbolEvidence.CATALOGUE, form=SourceFormat.AKN),
            None,
            id="catalogued XML over a Word file",
        ),
        pytest.param(
            candidate("a.txt", BANANAS, evidence=SymbolEvidence.TITLE, adopted=date(2007, 1, 3)),
            candidate("b.txt", TEXT, evidence=SymbolEvidence.TITLE, adopted=date(2006, 12, 20)),
            date(2006, 12, 20),
            id="the day that is recorded",
        ),
    ],
)
def test_the_text_with_better_evidence_is_read(
    worse: SourceCandidate, better: SourceCandidate, recorded: date | None
) -> None:
    records = {"A/RES/61/181": record(recorded)} if recorded else {}
    for order in ([worse, better], [better, worse]):
        (source,), problems = select_sources(order, records, "en")
        (problem,) = (problem for problem in problems if problem.kind != "remark")
        assert source.version.file == better.version.file
        assert source.conflicts == (worse.version.file,)
        assert (problem.file, problem.kind) == (worse.version.file, "conflict")


@pytest.mark.parametrize(
    ("other", "is_alike"),
    [
        pytest.param(TEXT, True, id="the same"),
        pytest.param(TEXT.replace(" and of children in detention", ""), True, id="cut"),
        pytest.param(f"1 {TEXT.upper()}. 2", True, id="numbers and case"),
        pytest.param(BANANAS, False, id="another"),
        pytest.param("Decides.", False, id="one word"),
        pytest.param("", False, id="nothing"),
        pytest.param(
            f"{TEXT} " + " ".join(map(chr, range(0x4E00, 0x4E64))), False, id="six times as long"
        ),
    ],
)
def test_likeness_of_two_texts(other: str, is_alike: bool) -> None:
    assert (likeness(sketch_of([TEXT]), sketch_of([other])) >= MIN_LIKENESS) is is_alike


def test_likeness_of_long_texts_is_near_the_true_share() -> None:
    words = [f"w{chr(97 + number % 26)}{chr(97 + number // 26)}" for number in range(600)]
    whole, half = sketch_of([" ".join(words)]), sketch_of([" ".join(words[:300])])
    shifted = sketch_of([" ".join(words[150:450])])
    assert likeness(whole, half) == pytest.approx(1, abs=0.1)
    assert likeness(half, shifted) == pytest.approx(0.5, abs=0.15)
    assert likeness(half, sketch_of([" ".join(words[300:])])) == 0


def test_a_version_without_a_sketch_counts_as_a_copy() -> None:
    assert likeness("", sketch_of([TEXT])) == 1.0
