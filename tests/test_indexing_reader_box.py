"""Every file of others is read in a process with limits; whatever ends that is named."""

import json
import multiprocessing
import os
import subprocess
import sys
import tarfile
import time
import zipfile
from collections.abc import Callable, Iterator
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from qa.indexing import reader_limits, reader_pool, unpacker
from qa.indexing.collect import collect
from qa.indexing.reader_limits import allow_time, is_too_much
from qa.indexing.reader_pool import Results, read_files
from qa.indexing.uploads import preview
from qa.resolutions.readers.files import (
    Input,
    Problem,
    ReadFile,
    SourceFile,
    files_in,
    find_files,
    read_found,
)
from qa.resolutions.readers.read_errors import FaultyFileError, FileProblem
from qa.settings import is_packaged, packaged_texts

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform == "win32", reason="no limits of processes there"),
]
DATA = Path(__file__).parent.parent / "data"
TEXT = """61/{number}.\tThe day of plain words

\tThe General Assembly,
\tRecalling its resolution 60/1 of 16 September 2005,
\t1.\tDecides to act;

90th plenary meeting
2 May 2007
"""


def read_greedily(batch: tuple[SourceFile, ...]) -> list[Results]:
    """Read as a reader does; some of these files make it take what no file may take."""
    if multiprocessing.parent_process() is not None:
        reader_limits.CPU_S = 1
    return [greedy(file) for file in batch]


def greedy(file: SourceFile) -> Results:
    allow_time(file)
    if "memory" in file.file:
        try:
            held = [bytearray(2**24) for _ in range(2**10)]
        except MemoryError:
            os.abort()  # as a library of C does
        del held
    if "hours" in file.file:
        while True:
            pass
    return read_found(file)


def write(folder: Path, *names: str) -> None:
    for number, name in enumerate(names, 300):
        (folder / name).write_text(TEXT.format(number=number))


def test_a_file_that_takes_too_much_is_named_and_the_others_are_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, "1.txt", "2-hours.txt", "3.txt", "4-memory.txt", "5.txt")
    monkeypatch.setattr(reader_pool, "_read_batch", read_greedily)
    reader_pool._one_reader.cache_clear()
    found = collect([tmp_path])
    assert [read.resolution.source.file for read in found.read] == ["1.txt", "3.txt", "5.txt"]
    assert [(problem.file, problem.kind) for problem in found.problems] == [
        ("2-hours.txt", "unreadable"),
        ("4-memory.txt", "unreadable"),
    ]
    assert "more memory or time" in found.problems[0].reason


def this_process(batch: tuple[SourceFile, ...]) -> list[Results]:
    raise AssertionError(f"{batch[0].file} was read by this process")


@pytest.mark.parametrize(
    "read",
    [
        pytest.param(lambda folder: collect([folder]).read, id="build, watch and add"),
        pytest.param(lambda folder: preview([folder]).seen, id="preview of an upload"),
    ],
)
def test_no_file_of_others_is_read_by_this_process(
    read: Callable[[Path], tuple[object, ...]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, "1.txt", "2.txt")
    monkeypatch.setattr("qa.resolutions.readers.files.parse_document", this_process)
    monkeypatch.setattr(reader_pool, "read_found", this_process)
    assert len(read(tmp_path)) == 2


def packed(folder: Path) -> Path:
    """A folder with archives of two texts and of records, and records by themselves."""
    write(folder, "1.txt", "2.txt")
    with zipfile.ZipFile(folder / "texts.zip", "w") as archive:
        for name in ("1.txt", "2.txt"):
            archive.write(folder / name, name)
            (folder / name).unlink()
    record = json.dumps({"symbol": "A/RES/61/300", "title": "A day"})
    (folder / "metadata").mkdir()
    (folder / "metadata" / "61.json").write_text(f"{record}\nno record\n")
    with tarfile.open(folder / "records.tar", "w") as records:
        records.add(folder / "metadata" / "61.json", "metadata/61.json")
    return folder


def test_no_archive_or_record_of_others_is_opened_by_this_process(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    packed(tmp_path)
    monkeypatch.setattr("qa.resolutions.readers.files.members", this_process)
    monkeypatch.setattr("qa.resolutions.readers.files.zipfile.ZipFile", this_process)
    monkeypatch.setattr(reader_pool, "read_records", this_process)
    found = collect([tmp_path])
    assert [read.resolution.symbol for read in found.read] == ["A/RES/61/300", "A/RES/61/301"]
    assert {held.file: len(held.records) for held in found.inputs} == {
        "metadata/61.json": 1,
        "records.tar": 1,
        "texts.zip": 0,
    }
    assert {problem.kind for problem in found.problems} == {"record"}
    assert len(preview([tmp_path]).seen) == 2


def serve_greedily(pipe: Connection) -> None:
    """Open archives as the process that does, and end at some of them."""
    pipe.send(unpacker._STARTED)
    while True:
        source = pipe.recv()
        if "deadly" in source.file:
            os.abort()
        for file in files_in(source):
            pipe.send(file)
        pipe.send(None)


def test_an_archive_that_ends_its_process_is_named_and_the_others_are_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    packed(tmp_path)
    for name in ("deadly.zip", "z.zip"):
        (tmp_path / name).write_bytes((tmp_path / "texts.zip").read_bytes())
    monkeypatch.setattr(unpacker, "_serve", serve_greedily)
    found = collect([tmp_path])
    assert len(found.read) == 2
    problems = {problem.file: problem.reason for problem in found.problems}
    assert "more memory or time" in problems["deadly.zip"]
    assert problems["z.zip/1.txt"].startswith("A/RES/61/300 is read from texts.zip/1.txt")


def test_an_archive_that_is_not_read_to_its_end_leaves_the_next_one_whole(tmp_path: Path) -> None:
    packed(tmp_path)
    archive = Input(file="texts.zip", path=tmp_path / "texts.zip")
    with unpacker.Unpacker() as opened:
        assert next(opened.files_in(archive)).file == "texts.zip/1.txt"
        assert [file.file for file in opened.files_in(archive)] == [
            "texts.zip/1.txt",
            "texts.zip/2.txt",
        ]


def damaged_document(data: bytes, file: str) -> str:
    raise FaultyFileError(file, FileProblem.DAMAGED, f"it holds {len(data)} bytes")


def test_what_a_boxed_reader_says_of_a_file_is_said_here() -> None:
    with pytest.raises(FaultyFileError, match=r"a\.docx: it holds 3 bytes") as raised:
        reader_pool.read_boxed(damaged_document, b"abc", "a.docx")
    assert raised.value.fault is FileProblem.DAMAGED


def deadly_document(_data: bytes, _file: str) -> str:
    os.abort()


def test_a_text_that_people_bring_cannot_end_this_process() -> None:
    with pytest.raises(FaultyFileError, match="more memory or time"):
        reader_pool.read_boxed(deadly_document, b"abc", "a.docx")


def test_the_packaged_texts_need_no_other_process(monkeypatch: pytest.MonkeyPatch) -> None:
    def started(_jobs: int) -> Iterator[None]:
        raise AssertionError("a process was started")

    monkeypatch.setattr(reader_pool, "_pool", started)
    reader_pool._one_reader.cache_clear()
    assert len(list(read_files(find_files([packaged_texts()]), 2))) >= 2


def test_only_the_packaged_texts_are_ours(tmp_path: Path) -> None:
    assert is_packaged(packaged_texts() / "A_RES_61_181.txt")
    assert not is_packaged(packaged_texts() / "A_RES_60_1.txt")
    assert not is_packaged(tmp_path / "A_RES_61_181.txt")
    assert not is_packaged(None)


def test_a_reader_returns_no_more_than_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    file = SourceFile(file="61-300.txt", data=TEXT.format(number=300).encode())
    results = read_found(file)
    assert not is_too_much(results)
    monkeypatch.setattr(reader_limits, "MAX_RESULT_CHARACTERS", 100)
    assert is_too_much(results)
    ((problem,),) = reader_pool._read_batch((file,))
    assert isinstance(problem, Problem)
    assert problem.kind == "too large"


def test_a_process_without_memory_says_which_file(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_file: SourceFile) -> Results:
        raise MemoryError

    monkeypatch.setattr(reader_pool, "read_found", full)
    ((problem,),) = reader_pool._read_batch((SourceFile(file="a.txt"),))
    assert not isinstance(problem, ReadFile)
    assert problem.file == "a.txt"


HEAD = "61/300.\tThe day\n\n\tThe General Assembly,\n\tRecalling its resolution 60/1,\n"
ITEM = "\t1.\tDecides to act;\n"
FOOT = "\n90th plenary meeting\n2 May 2007\n"
DOCUMENT = HEAD + ITEM + FOOT


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(lambda n: DOCUMENT + "\n" * n, id="blank lines after"),
        pytest.param(lambda n: "\n" * n + DOCUMENT, id="blank lines before"),
        pytest.param(lambda n: "A/RES/61/300\nDistr.: General\n" + "\n" * n + DOCUMENT, id="head"),
        pytest.param(lambda n: "Distr.\n" + "\n" * n + DOCUMENT, id="blank lines before a date"),
        pytest.param(lambda n: HEAD + "\n" * n + ITEM + FOOT, id="blank lines inside"),
        pytest.param(lambda n: DOCUMENT + "   \n" * n, id="lines of blanks"),
        pytest.param(lambda n: HEAD + " " * n + ITEM + FOOT, id="blanks"),
        pytest.param(lambda n: HEAD + "\t" * n + ITEM + FOOT, id="tabs"),
        pytest.param(lambda n: DOCUMENT * (n // 40), id="mastheads"),
        pytest.param(lambda n: HEAD + ITEM * (n // 4) + FOOT, id="equal numbers"),
        pytest.param(
            lambda n: HEAD + ITEM + "\t(a)\tTo act;\n" * (n // 4) + FOOT, id="equal letters"
        ),
        pytest.param(lambda n: "61/300.\tThe day\n" * (n // 4) + DOCUMENT, id="titles"),
        pytest.param(lambda n: DOCUMENT + "1 A/61/1.\n" * (n // 4), id="equal notes"),
        pytest.param(lambda n: "x, draft " * n + "\n" + DOCUMENT, id="drafts"),
        pytest.param(lambda n: DOCUMENT + "06-12345\n" * n, id="job numbers"),
    ],
)
def test_reading_takes_time_in_proportion(text: Callable[[int], str]) -> None:
    def seconds(count: int) -> float:
        file = SourceFile(file="61-300.txt", data=text(count).encode())
        start = time.thread_time()
        read_found(file)
        return time.thread_time() - start

    seconds(100)
    assert min(seconds(12_000) for _ in range(2)) < 4 * seconds(3000) * 2.2 + 0.02


def test_a_reader_ends_with_the_process_that_started_it(tmp_path: Path) -> None:
    write(tmp_path, "a.txt")
    code = (
        "import os\n"
        "from pathlib import Path\n"
        "from qa.indexing.reader_pool import read_files\n"
        "from qa.resolutions.readers.files import find_files\n"
        "if __name__ == '__main__':\n"
        f"    list(read_files(find_files([Path({str(tmp_path)!r})]), 1))\n"
        "    os.kill(os.getpid(), 9)\n"
    )
    script = tmp_path / "dies.py"
    script.write_text(code)
    # The readers hold its output open: it is read to its end only once they have ended.
    ended = subprocess.run(
        [sys.executable, str(script)],
        capture_output=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(DATA.parent)},
        timeout=60,
    )
    assert ended.returncode == -9
