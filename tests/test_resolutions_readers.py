"""The same resolution saved by any program is the same resolution; anything else is refused."""

import codecs
import os
import pickle
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from qa.errors import InputError, UnreadableFileError
from qa.resolutions.export import to_record
from qa.resolutions.readers.files import (
    MAX_FILE_BYTES,
    Problem,
    ReadFile,
    SourceFile,
    find_files,
    read_file,
    read_found,
    record_bytes,
)
from qa.resolutions.readers.text_reader import decode

DATA = Path(__file__).parent.parent / "data"
SEEDS = ["A_RES_61_181.txt", "A_RES_56_123.txt"]
PLACES = ("start", "end")

# A text of our own with what typewriters, word processors and the UN print differently.
QUOTED = """Resolution adopted by the General Assembly on 2 May 2007
[without reference to a Main Committee (A/61/L.9)]
61/300.\tThe day of "plain words"

\tThe General Assembly,
\tRecalling the Secretary-General's "Agenda" of 2 May 2006,1
\t1.\tDecides that the Office's "first-class" report is enough.

90th plenary meeting
2 May 2007
1 A/61/1.
"""


def stated(path: Path) -> dict[str, Any]:
    """What a file states, apart from what names the file and its offsets."""
    record = to_record(read_file(path, path.name).resolution)
    del record["source"], record["evidence"]
    for part in (*record["paragraphs"], *record["notes"]):
        for place in PLACES:
            del part[place]
    return record


def typographic(text: str) -> str:
    """`text` as a word processor saves it: no-break blanks in dates, curly quotes."""
    opened = False
    out = []
    for character in text:
        if character == '"':
            opened = not opened
            out.append("\u201c" if opened else "\u201d")
        else:
            out.append({"'": "\u2019"}.get(character, character))
    return (
        "".join(out)
        .replace(" May ", "\u00a0May\u00a0")
        .replace(" December ", "\u00a0December\u00a0")
    )


def no_break_hyphens(text: str) -> str:
    return text.replace("-", "\u2011").replace("\u2011" * 3, "---")


@pytest.mark.parametrize("name", SEEDS)
@pytest.mark.parametrize(
    "encoded",
    [
        pytest.param(lambda text: codecs.BOM_UTF8 + text.encode(), id="UTF-8 with a mark"),
        pytest.param(lambda text: text.encode("utf-16"), id="UTF-16 with a mark"),
        pytest.param(
            lambda text: codecs.BOM_UTF16_BE + text.encode("utf-16-be"), id="UTF-16 BE with a mark"
        ),
        pytest.param(lambda text: text.encode("utf-16-le"), id="UTF-16 LE without a mark"),
        pytest.param(lambda text: text.encode("utf-16-be"), id="UTF-16 BE without a mark"),
        pytest.param(lambda text: text.encode("utf-32"), id="UTF-32 with a mark"),
        pytest.param(lambda text: typographic(text).encode(), id="UTF-8, no-break blanks"),
        pytest.param(lambda text: typographic(text).encode("cp1252"), id="Windows-1252"),
        pytest.param(
            lambda text: text.replace(" December ", "\xa0December\xa0").encode("latin-1"),
            id="Latin-1, no-break blanks",
        ),
        pytest.param(lambda text: no_break_hyphens(text).encode(), id="no-break hyphens"),
        pytest.param(lambda text: text.replace("\n", "\r\n").encode(), id="CRLF"),
        pytest.param(lambda text: text.replace("\n", "\r").encode(), id="lone CR"),
        pytest.param(
            lambda text: text.replace("\n", "\r\n").encode("utf-16"), id="UTF-16 and CRLF"
        ),
        pytest.param(lambda text: text.replace("fi", "\ufb01").encode(), id="ligatures"),
    ],
)
def test_a_seed_saved_in_another_way_reads_the_same(
    name: str, encoded: Any, tmp_path: Path
) -> None:
    path = tmp_path / name
    path.write_bytes(encoded((DATA / name).read_text(encoding="ascii")))
    assert path.read_bytes() != (DATA / name).read_bytes()
    assert stated(path) == stated(DATA / name)


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "utf-16"])
def test_curly_quotes_read_as_plain_ones(encoding: str, tmp_path: Path) -> None:
    plain, curly = tmp_path / "plain.txt", tmp_path / "curly.txt"
    plain.write_text(QUOTED, encoding="ascii")
    curly.write_text(typographic(QUOTED), encoding=encoding)
    assert stated(curly) == stated(plain)
    texts = [one["text"] for one in stated(curly)["paragraphs"]]
    assert texts == [
        'Recalling the Secretary-General\'s "Agenda" of 2 May 2006,',
        'Decides that the Office\'s "first-class" report is enough.',
    ]
    assert stated(curly)["title"] == 'The day of "plain words"'
    assert stated(curly)["adopted"] == "2007-05-02"


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        pytest.param("Côte d’Ivoire".encode(), "Côte d’Ivoire", id="UTF-8 first"),
        pytest.param("Côte d’Ivoire".encode("cp1252"), "Côte d’Ivoire", id="then Windows-1252"),
        pytest.param(b"C\xf4te\x81", "Côte\x81", id="then Latin-1, which takes any byte"),
        pytest.param(codecs.BOM_UTF8 + b"x", "x", id="the mark is no part of the text"),
    ],
)
def test_bytes_are_decoded(data: bytes, expected: str) -> None:
    assert decode(data, "a.txt") == expected


@pytest.mark.parametrize(
    ("data", "says"),
    [
        pytest.param(b"", "is empty", id="empty"),
        pytest.param(b" \r\n\t\n", "is empty", id="blank"),
        pytest.param(bytes(range(256)) * 20, "is not a text file", id="binary"),
        pytest.param(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "is a picture; run OCR", id="a picture"),
        pytest.param(
            b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<</Type/Catalog>>\nendobj\n",
            "is damaged",
            id="half a PDF",
        ),
        pytest.param(
            b"PK\x03\x04\x14\0\0\0\x08\0" + bytes(50), "is a ZIP archive", id="half a ZIP"
        ),
        pytest.param(b"Dear all,\n\nlunch is at 12.\n", "The General Assembly,", id="a letter"),
        pytest.param(
            b"The General Assembly,\nRecalling the day,\n1. Decides to act.\n",
            "no symbol",
            id="no symbol is printed",
        ),
        pytest.param(
            b"61/300.\tTitle\n\n\tThe General Assembly,\n\n90th plenary meeting\n2 May 2007\n",
            "no paragraphs",
            id="nothing follows the opening",
        ),
        pytest.param(
            codecs.BOM_UTF16_LE + "The General Assembly,".encode("utf-16-le")[:-1],
            "breaks off",
            id="UTF-16 cut in the middle of a character",
        ),
        pytest.param(codecs.BOM_UTF8 + b"\xff\xfe\xfd", "breaks off", id="a mark that is not true"),
        pytest.param(codecs.BOM_UTF8, "", id="nothing but a mark"),
    ],
)
def test_what_is_no_resolution_is_refused_in_one_sentence(
    data: bytes, says: str, tmp_path: Path
) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(data)
    with pytest.raises(UnreadableFileError) as caught:
        read_file(path, "a.txt")
    message = str(caught.value)
    assert message.startswith("a.txt: ")
    assert says in message
    assert "\n" not in message
    assert message.endswith((".", "?"))


def test_a_file_that_is_gone_is_refused_with_its_reason(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFileError, match=r"^gone\.txt: No such file.*build again\.$"):
        read_file(tmp_path / "gone.txt", "gone.txt")


# What lies under a path


def names(*paths: Path) -> list[str]:
    return [found.file for found in find_files(paths)]


def problems(*paths: Path) -> dict[str, str]:
    """Kind of problem of each file that is named and not read; every sentence is checked."""
    found = [one.problem for one in find_files(paths) if one.problem]
    for one in found:
        assert one.reason.endswith(".")
        assert "\n" not in one.reason
    return {one.file: one.kind for one in found}


def test_files_are_found_at_any_depth_in_one_order(tmp_path: Path) -> None:
    for name in (
        *("b.txt", "a.TXT", "deep/er/c.text", "deep/d.txt", "deep/e.docx", "deep/f.pdf", "g"),
        *("h.html", "i.xml", "picture.png", "README.md", "LICENSE", "build.py", "data.json"),
        *(".hidden.txt", ".git/e.txt", "~$e.docx"),
    ):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    assert names(tmp_path) == [
        *("a.TXT", "b.txt", "g", "h.html", "i.xml"),
        *("deep/d.txt", "deep/e.docx", "deep/f.pdf", "deep/er/c.text"),
    ]


def test_archives_in_a_folder_are_opened_in_their_turn(tmp_path: Path) -> None:
    shutil.copy(DATA / SEEDS[0], tmp_path / "c.txt")
    shutil.make_archive(str(tmp_path / "b"), "zip", DATA)
    shutil.copy(DATA / SEEDS[0], tmp_path / "a.txt")
    assert names(tmp_path) == ["a.txt", *(f"b.zip/{name}" for name in sorted(SEEDS)), "c.txt"]


def test_a_file_that_is_named_is_taken_whatever_it_is_called(tmp_path: Path) -> None:
    for name in ("resolution.doc.bak", ".hidden.md", "README.md"):
        (tmp_path / name).write_bytes(b"x")
        assert names(tmp_path / name) == [name]


def test_what_is_found_is_small_and_goes_to_another_process() -> None:
    for found in find_files([DATA]):
        assert len(pickle.dumps(found)) < 1000
        read = read_found(pickle.loads(pickle.dumps(found)))
        assert pickle.loads(pickle.dumps(read)) == read


def test_finding_reads_one_file_at_a_time(tmp_path: Path) -> None:
    shutil.copy(DATA / SEEDS[0], tmp_path / "a.txt")
    found = find_files([tmp_path])
    assert next(found).file == "a.txt"
    shutil.copy(DATA / SEEDS[0], tmp_path / "b.txt")
    assert list(found) == []


def test_records_beside_the_texts_are_found_and_parse_to_nothing(tmp_path: Path) -> None:
    (tmp_path / "metadata").mkdir()
    (tmp_path / "metadata" / "75.json").write_text('{"symbol": "A/RES/75/1"}', encoding="ascii")
    shutil.copy(DATA / SEEDS[0], tmp_path)
    seed, record = find_files([tmp_path])
    assert (seed.is_record, record.is_record) == (False, True)
    assert record.file == "metadata/75.json"
    assert record_bytes(record) == b'{"symbol": "A/RES/75/1"}'
    assert read_found(record) == ()


def test_one_file_may_hold_several_resolutions(tmp_path: Path) -> None:
    path = tmp_path / "volume.txt"
    text = (DATA / SEEDS[0]).read_text(encoding="ascii")
    path.write_bytes(b"".join(text.replace("61/181", f"61/{n}").encode() for n in (181, 182)))
    read = read_found(SourceFile(file="volume.txt", path=path))
    assert [one.resolution.symbol for one in read if isinstance(one, ReadFile)] == [
        "A/RES/61/181",
        "A/RES/61/182",
    ]


@pytest.mark.parametrize(
    ("make", "says"),
    [
        pytest.param(lambda path: None, "does not exist; name a file", id="missing"),
        pytest.param(lambda path: path.mkdir(), "no text file", id="empty folder"),
        pytest.param(
            lambda path: (path.mkdir(), (path / "a.png").touch()),
            "no text file",
            id="a folder without documents",
        ),
        pytest.param(
            lambda path: (
                (path / "metadata").mkdir(parents=True),
                (path / "metadata" / "75.json").write_bytes(b"{}"),
            ),
            "no text file",
            id="records alone",
        ),
    ],
)
def test_a_path_without_texts_is_refused_in_one_sentence(
    make: Any, says: str, tmp_path: Path
) -> None:
    path = tmp_path / "texts"
    make(path)
    with pytest.raises(InputError) as caught:
        list(find_files([path]))
    message = str(caught.value)
    assert says in message
    assert str(path) in message
    assert message.endswith(".")


def test_a_path_that_does_not_exist_is_refused_before_anything_is_read(tmp_path: Path) -> None:
    with pytest.raises(InputError):
        find_files([DATA, tmp_path / "gone"])


# Files that are none, or too large


def test_a_file_of_200_megabytes_is_refused_by_its_size(tmp_path: Path) -> None:
    path = tmp_path / "big.txt"
    with path.open("wb") as stream:
        stream.write(b"The General Assembly,")
        stream.truncate(200 * 2**20)  # a hole: nothing is written, and nothing is read
    (found,) = find_files([path])
    assert found.problem == Problem(
        file="big.txt",
        kind="too large",
        reason=f"it has 200 MB and at most {MAX_FILE_BYTES // 2**20} MB are read; "
        "split it into its resolutions.",
    )
    assert read_found(found) == (found.problem,)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no named pipes")
def test_a_named_pipe_is_named_and_never_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    shutil.copy(DATA / SEEDS[0], tmp_path / "a.txt")
    assert names(tmp_path) == ["a.txt", "pipe.txt"]
    assert problems(tmp_path) == {"pipe.txt": "not a file"}
    assert problems(tmp_path / "pipe.txt") == {"pipe.txt": "not a file"}


@pytest.mark.skipif(not hasattr(os, "symlink"), reason="the system has no links")
def test_links_are_followed_to_files_but_not_around_in_circles(tmp_path: Path) -> None:
    (tmp_path / "a.txt").symlink_to(DATA / SEEDS[0])
    (tmp_path / "broken.txt").symlink_to(tmp_path / "gone.txt")
    (tmp_path / "loop.txt").symlink_to(tmp_path / "loop.txt")
    (tmp_path / "round").symlink_to(tmp_path, target_is_directory=True)
    assert names(tmp_path) == ["a.txt", "broken.txt", "loop.txt"]
    assert problems(tmp_path) == {"broken.txt": "unreadable", "loop.txt": "unreadable"}


@pytest.mark.parametrize(
    "name", ["决议 61.txt", "قرار.txt", "Résolution 61⁄181.txt", "𝔸.txt", "a'b\"c.txt"]
)
def test_names_in_any_script_are_shown_as_they_are(name: str, tmp_path: Path) -> None:
    shutil.copy(DATA / SEEDS[0], tmp_path / name)
    (found,) = find_files([tmp_path])
    assert found.file == name
    (read,) = read_found(found)
    assert isinstance(read, ReadFile)
    assert read.resolution.source.file == name


@pytest.mark.skipif(sys.platform != "linux", reason="only there may a name be any bytes")
def test_a_name_that_is_no_text_is_shown_escaped(tmp_path: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/a\xff\nb.txt"))
    shutil.copy(DATA / SEEDS[0], path)
    (found,) = find_files([tmp_path])
    assert found.file == "a\\udcff\\nb.txt"
    assert found.file.isprintable()
    assert isinstance(read_found(found)[0], ReadFile)


def find_as_nobody(path: Path) -> str:
    """What a user without rights is told of a path; the superuser may read everything."""
    code = (
        "import os, sys\n"
        "from pathlib import Path\n"
        "from qa.errors import InputError\n"
        "from qa.resolutions.readers.files import find_files, read_found\n"
        # Modules and tables are loaded before the rights go: that user may not read them.
        "for found in find_files([Path(sys.argv[2])]):\n"
        "    read_found(found)\n"
        "if os.geteuid() == 0:\n"
        "    os.setuid(65534)\n"
        "try:\n"
        "    for found in find_files([Path(sys.argv[1])]):\n"
        "        for one in read_found(found):\n"
        "            print(*(found.file, one.kind, one.reason) if hasattr(one, 'kind') else [found.file])\n"
        "except InputError as error:\n"
        "    print(error)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(path), str(DATA / SEEDS[0])],
        cwd=DATA.parent,
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.strip()


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that every user may enter."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    yield folder
    for path in folder.rglob("*"):
        path.chmod(0o755)
    shutil.rmtree(folder)


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="rights are another matter there")
def test_a_folder_that_may_not_be_read_is_refused(open_folder: Path) -> None:
    (open_folder / "locked").mkdir(mode=0)
    told = find_as_nobody(open_folder / "locked")
    assert told == (
        f"{open_folder / 'locked'} cannot be read; change its permissions, then build again."
    )


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="rights are another matter there")
def test_a_folder_below_that_may_not_be_read_is_named(open_folder: Path) -> None:
    (open_folder / "a.txt").write_bytes((DATA / SEEDS[0]).read_bytes())
    (open_folder / "locked").mkdir(mode=0)
    assert find_as_nobody(open_folder).splitlines() == [
        "a.txt",
        "locked unreadable Permission denied; check the file, then build again.",
    ]


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="rights are another matter there")
def test_a_file_that_may_not_be_read_is_named(open_folder: Path) -> None:
    for name in ("a.txt", "locked.zip", "locked.txt"):
        (open_folder / name).write_bytes((DATA / SEEDS[0]).read_bytes())
    (open_folder / "locked.zip").chmod(0)
    (open_folder / "locked.txt").chmod(0)
    assert find_as_nobody(open_folder).splitlines() == [
        "a.txt",
        "locked.txt unreadable Permission denied; check the file, then build again.",
        "locked.zip unreadable Permission denied; check the file, then build again.",
    ]


def test_a_file_that_goes_away_before_it_is_read_is_named(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    shutil.copy(DATA / SEEDS[0], path)
    (found,) = find_files([path])
    path.unlink()
    (problem,) = read_found(found)
    assert isinstance(problem, Problem)
    assert (problem.file, problem.kind) == ("a.txt", "unreadable")
    assert problem.reason.startswith("No such file")
