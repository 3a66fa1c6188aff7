"""The same resolution saved by any program is the same resolution; anything else is refused."""

import codecs
import os
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
from qa.resolutions.readers.files import find_files, read_file
from qa.resolutions.readers.plain import decode

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
        pytest.param(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "is not a text file", id="a picture"),
        pytest.param(
            b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<</Type/Catalog>>\nendobj\n",
            "a.txt",
            id="PDF",
        ),
        pytest.param(
            b"PK\x03\x04\x14\0\0\0\x08\0" + bytes(50), "is not a text file", id="ZIP, Word"
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


def test_files_are_found_at_any_depth_in_one_order(tmp_path: Path) -> None:
    for name in ("b.txt", "a.TXT", "deep/er/c.text", "deep/d.txt", "picture.png", "README.md"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    for name in (".hidden.txt", ".git/e.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    names = [name for _, name in find_files([tmp_path])]
    assert names == ["a.TXT", "b.txt", "deep/d.txt", "deep/er/c.text"]


def test_a_file_that_is_named_is_taken_whatever_it_is_called(tmp_path: Path) -> None:
    path = tmp_path / "resolution.doc.bak"
    path.touch()
    assert find_files([path]) == ((path, "resolution.doc.bak"),)


@pytest.mark.parametrize(
    ("make", "says"),
    [
        pytest.param(lambda path: None, "does not exist; name a file", id="missing"),
        pytest.param(lambda path: path.mkdir(), "no text file (.txt) lies in", id="empty folder"),
        pytest.param(
            lambda path: (path.mkdir(), (path / "a.pdf").touch()),
            "no text file (.txt) lies in",
            id="a folder without text files",
        ),
    ],
)
def test_a_path_without_texts_is_refused_in_one_sentence(
    make: Any, says: str, tmp_path: Path
) -> None:
    path = tmp_path / "texts"
    make(path)
    with pytest.raises(InputError) as caught:
        find_files([path])
    message = str(caught.value)
    assert says in message
    assert str(path) in message
    assert message.endswith(".")


def find_as_nobody(path: Path) -> str:
    """What a user without rights is told of a path; the superuser may read everything."""
    code = (
        "import os, sys\n"
        "from pathlib import Path\n"
        "from qa.errors import InputError\n"
        "from qa.resolutions.readers.files import find_files\n"
        "if os.geteuid() == 0:\n"
        "    os.setuid(65534)\n"
        "try:\n"
        "    print([name for _, name in find_files([Path(sys.argv[1])])])\n"
        "except InputError as error:\n"
        "    print(error)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(path)],
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


@pytest.mark.skipif(os.name == "nt", reason="rights are another matter there")
def test_a_folder_that_may_not_be_read_is_refused(open_folder: Path) -> None:
    (open_folder / "locked").mkdir(mode=0)
    told = find_as_nobody(open_folder / "locked")
    assert told == (
        f"{open_folder / 'locked'} cannot be read; change its permissions, then build again."
    )


@pytest.mark.skipif(os.name == "nt", reason="rights are another matter there")
def test_a_folder_below_that_may_not_be_read_is_named(open_folder: Path) -> None:
    (open_folder / "a.txt").touch(mode=0o644)
    (open_folder / "locked").mkdir(mode=0)
    assert "locked" in find_as_nobody(open_folder)
