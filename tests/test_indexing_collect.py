"""All files of a user read once: archives, languages, copies, records with the texts."""

import io
import json
import multiprocessing
import os
import signal
import sys
import tarfile
import zipfile
from collections import Counter
from pathlib import Path

import pytest

from qa.indexing import reader_pool
from qa.indexing.collect import CollectResult, collect
from qa.indexing.reader_pool import MIN_FILES, Results
from qa.resolutions.model import RecordLine, SourceFormat, Vote
from qa.resolutions.readers.files import SourceFile, read_found

XML = """<akomaNtoso xmlns="http://docs.oasis-open.org/legaldocml/ns/akn/3.0">
<statement name="resolution"><meta><identification source="#DGACM">
<FRBRWork><FRBRdate date="2007-05-03" name="adoption"/></FRBRWork>
<FRBRExpression>
<FRBRlanguage language="{language}"/></FRBRExpression></identification></meta>
<coverPage><p><docNumber>A/RES/61/300</docNumber></p>
<p><docDate refersTo="#dateOfIssuance">{issued}</docDate></p></coverPage>
<preface><p><docNumber>61/300.</docNumber><docTitle>A day of our own</docTitle></p></preface>
<preamble><formula><p>The General Assembly,</p></formula>
<container><p>Recalling its resolutions,</p></container></preamble>
<mainBody><paragraph><num>1.</num><content><p>Decides to meet.</p></content></paragraph></mainBody>
</statement></akomaNtoso>"""
TEXT = (
    "Resolution adopted by the General Assembly on 3 May 2007\n61/{number}.\tA day of our own\n\n"
    "\tThe General Assembly,\n\tRecalling its resolutions,\n\t1.\tDecides to meet.\n\n"
    "90th plenary meeting\n3 May 2007\n"
)


def xml(language: str = "eng", issued: str = "1 June 2007") -> str:
    return XML.format(language=language, issued=issued)


def kinds(collected: CollectResult) -> Counter[str]:
    return Counter(problem.kind for problem in collected.problems)


def test_xml_wins_over_text_and_the_other_file_is_listed(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT.format(number=300))
    (tmp_path / "b.xml").write_text(xml())
    collected = collect([tmp_path])
    (one,) = collected.read
    assert (one.resolution.source.form, one.resolution.source.others) == (
        SourceFormat.AKN,
        ("a.txt",),
    )
    assert kinds(collected) == {"duplicate": 1}


def test_a_reissue_wins_over_its_forerunner(tmp_path: Path) -> None:
    (tmp_path / "first.xml").write_text(xml(issued="1 June 2007"))
    (tmp_path / "reissue.xml").write_text(xml(issued="1 July 2007"))
    (one,) = collect([tmp_path]).read
    assert one.resolution.source.file == "reissue.xml"


@pytest.mark.parametrize(
    ("language", "file"),
    [pytest.param("en", "e.xml", id="English"), pytest.param("fr", "f.xml", id="French")],
)
def test_one_language_is_taken_and_the_others_are_named(
    language: str, file: str, tmp_path: Path
) -> None:
    for name, code in {"e": "eng", "f": "fra", "r": "rus"}.items():
        (tmp_path / f"{name}.xml").write_text(xml(code))
    collected = collect([tmp_path], language=language)
    assert [one.resolution.source.file for one in collected.read] == [file]
    assert kinds(collected) == {"language": 2}
    assert "Russian; build with `--language ru`" in collected.problems[-1].reason


@pytest.mark.slow
def test_archives_in_archives_are_read_where_they_lie(tmp_path: Path) -> None:
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr("74/a.txt", TEXT.format(number=301))
    with tarfile.open(tmp_path / "all.tar.xz", "w:xz") as archive:
        member = tarfile.TarInfo("session 74.zip")
        member.size = len(inner.getvalue())
        archive.addfile(member, io.BytesIO(inner.getvalue()))
    (one,) = collect([tmp_path]).read
    assert one.resolution.symbol == "A/RES/61/301"
    assert one.resolution.source.file == "all.tar.xz/session 74.zip/74/a.txt"


def test_records_beside_the_texts_fill_votes_subjects_and_committee(tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_text(xml())
    (tmp_path / "metadata").mkdir()
    record = {
        "symbol": "A/RES/61/300",
        "committee": "Third Committee",
        "adoption_type": "By a recorded vote",
        "MS_in_favour_count": "2",
        "MS_against_count": "1",
        "MS_abstaining_count": "0",
        "MS_in_favour": ["CHAD", "PERU"],
        "MS_against": ["FIJI"],
        "MS_abstaining": [],
        "subjects": [["Youth", "UNBIS Thesaurus"], ["Youth", "DHLAUTH"]],
        "agenda_item_name": "The situation in Chad",
        "resolution_title": "Resolution 61/300 [2007) [on monitoring of the border][Monitoring]",
    }
    lines = [json.dumps(record), "{broken", ""]
    (tmp_path / "metadata" / "61.json").write_text("\n".join(lines))
    collected = collect([tmp_path])
    resolution = collected.read[0].resolution
    assert resolution.committee == "Third Committee"
    assert resolution.subjects == (
        "The situation in Chad",
        "monitoring of the border",
        "Youth",
    )
    assert resolution.vote == Vote(
        is_recorded=True,
        in_favour=2,
        against=1,
        abstaining=0,
        states_in_favour=("CHAD", "PERU"),
        states_against=("FIJI",),
        printed="By a recorded vote",
    )
    assert resolution.record is not None
    assert resolution.record.source == RecordLine(file="metadata/61.json", line=1)
    assert [problem.kind for problem in collected.problems] == ["record"]


@pytest.mark.parametrize(
    ("recorded", "read"),
    [
        pytest.param("A/RES/61/300 A-C", "300[B]", id="a range covers its parts"),
        pytest.param("A/RES/61/300", "300[B]", id="a bare number, the parts of its day"),
    ],
)
def test_a_record_covers_the_parts_of_its_number(recorded: str, read: str, tmp_path: Path) -> None:
    (tmp_path / "b.xml").write_text(xml().replace("A/RES/61/300", "A/RES/61/300 B"))
    (tmp_path / "metadata").mkdir()
    record = {
        "symbol": recorded,
        "committee": "#fifthCommittee",
        "adoption_date": "3 May 2007",
        "adoption_type": "Adopted without a vote",
    }
    (tmp_path / "metadata" / "61.json").write_text(json.dumps(record))
    (one,) = collect([tmp_path]).read
    assert one.resolution.symbol == f"A/RES/61/{read}"
    assert one.resolution.committee == "Fifth Committee"
    assert one.resolution.vote == Vote(is_recorded=False, printed="Adopted without a vote")


def write_many(folder: Path, count: int) -> None:
    for number in range(1, count + 1):
        (folder / f"{number:03}.txt").write_text(TEXT.format(number=number))


@pytest.mark.slow
def test_many_files_read_by_two_processes_come_out_as_by_one(tmp_path: Path) -> None:
    write_many(tmp_path, MIN_FILES + 39)
    (tmp_path / "none.txt").write_text("Dear all,")
    alone, together = collect([tmp_path]), collect([tmp_path], jobs=2)
    assert together == alone
    assert len(alone.read) == MIN_FILES + 39
    assert alone.files == MIN_FILES + 40


def read_or_die(batch: tuple[SourceFile, ...]) -> list[Results]:
    """Read as a reader does, which some file of these ends: as one that the system kills."""
    if any("deadly" in one.file for one in batch):
        os.kill(os.getpid(), signal.SIGKILL)
    return [read_found(one) for one in batch]


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="no signal ends a process there")
def test_a_file_that_ends_its_reader_is_named_and_the_others_are_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_many(tmp_path, MIN_FILES + 39)
    whole = collect([tmp_path])
    for place in (205, 238):
        (tmp_path / f"{place}-deadly.txt").write_text("of damaged bytes")
    monkeypatch.setattr(reader_pool, "_read_batch", read_or_die)
    found = collect([tmp_path], jobs=2)
    assert found.read == whole.read
    assert [(one.file.rsplit("/", 1)[-1], one.kind) for one in found.problems] == [
        ("205-deadly.txt", "unreadable"),
        ("238-deadly.txt", "unreadable"),
    ]
    assert "ended the process that reads" in found.problems[0].reason


def dies(batch: tuple[SourceFile, ...]) -> list[Results]:
    """Read in the process that started the test, and nowhere else."""
    if multiprocessing.parent_process() is not None:
        os.kill(os.getpid(), signal.SIGKILL)
    return [read_found(one) for one in batch]


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="no signal ends a process there")
def test_where_no_reader_can_be_started_one_process_reads_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_many(tmp_path, MIN_FILES + 19)
    whole = collect([tmp_path])
    monkeypatch.setattr(reader_pool, "_read_batch", dies)
    assert collect([tmp_path], jobs=2) == whole
