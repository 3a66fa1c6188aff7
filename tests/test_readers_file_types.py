"""What a file is, whatever it is called."""

import io
import tarfile
import zipfile
from itertools import product
from pathlib import Path

import pytest
from made_files import para, paragraph_lines, pdf_file, word_file

from qa.resolutions.model import SourceFormat
from qa.resolutions.readers.file_types import Format, format_of, is_document_name
from qa.resolutions.readers.files import Problem, ReadFile, find_files, read_found

LINES = """Resolution adopted by the General Assembly on 2 May 2007
[without reference to a Main Committee (A/61/L.9)]
61/300.\tThe day of plain words

\tThe General Assembly,
\tRecalling its resolution 60/1 of 16 September 2005,
\t1.\tDecides that the report of the Office is enough;
\t2.\tRequests the Secretary-General to write a shorter one.

90th plenary meeting
2 May 2007
""".splitlines()
TEXTS = [line.rsplit("\t", maxsplit=1)[-1] for line in LINES if line.startswith("\t")][1:]
AKN = """<akomaNtoso xmlns="http://docs.oasis-open.org/legaldocml/ns/akn/3.0"><statement
 name="resolution"><meta/></statement></akomaNtoso>"""


def as_pdf() -> bytes:
    printed, top = [], 740.0
    for line in LINES:
        words = line.replace("\t", " ").strip()
        if words:
            indent = 24 if line.startswith("\t") else 0
            printed += paragraph_lines(words, top=top, indent=indent)
            top = printed[-1][1]
        top -= 18
    return pdf_file(printed)


def as_html() -> bytes:
    inner = "".join(f"<p>{line.strip()}</p>" for line in LINES if line.strip())
    return f"<!DOCTYPE html><html><head><title>x</title></head><body>{inner}</body></html>".encode()


MADE = {
    SourceFormat.TEXT: "\n".join(LINES).encode(),
    SourceFormat.WORD: word_file(*(para(line) for line in LINES)),
    SourceFormat.PDF: as_pdf(),
    SourceFormat.HTML: as_html(),
}
SUFFIXES = [".txt", ".docx", ".doc", ".pdf", ".html", ".xml", ".zip", ".rtf", ".jpg", ""]


@pytest.mark.parametrize(("form", "suffix"), list(product(MADE, SUFFIXES)))
def test_a_file_is_read_by_what_it_is_not_by_its_name(
    form: SourceFormat, suffix: str, tmp_path: Path
) -> None:
    path = tmp_path / f"resolution{suffix}"
    path.write_bytes(MADE[form])
    (found,) = find_files([path])
    (read,) = read_found(found)
    assert isinstance(read, ReadFile), read
    assert read.resolution.symbol == "A/RES/61/300"
    assert read.resolution.source.form is form
    assert [one.text for one in read.resolution.paragraphs] == TEXTS


def zipped(*names: str) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for name in names:
            archive.writestr(name, b"x" * 100)
    return held.getvalue()


def tarred() -> bytes:
    held = io.BytesIO()
    with tarfile.open(fileobj=held, mode="w") as archive:
        archive.addfile(tarfile.TarInfo("a.txt"))
    return held.getvalue()


@pytest.mark.parametrize(
    ("data", "name", "form"),
    [
        pytest.param(b"", "a.pdf", Format.EMPTY, id="nothing"),
        pytest.param(b" \r\n\t\0", "a.txt", Format.EMPTY, id="blanks"),
        pytest.param(b"The General Assembly,", "a.pdf", Format.TEXT, id="words"),
        pytest.param("The Assembly".encode("utf-16"), "a.txt", Format.TEXT, id="wide words"),
        pytest.param(AKN.encode(), "a.txt", Format.AKN, id="Akoma Ntoso in a text file"),
        pytest.param(AKN.encode("utf-16"), "a.xml", Format.AKN, id="Akoma Ntoso, wide"),
        pytest.param(b"<akn:akomaNtoso>", "a.xml", Format.AKN, id="Akoma Ntoso with a prefix"),
        pytest.param(b"<?xml version='1.0'?><akoma", "a.xml", Format.AKN, id="half a root, .xml"),
        pytest.param(b"<?xml version='1.0'?><rss>", "a.txt", Format.XML, id="other XML"),
        pytest.param(b"<!DOCTYPE html>", "a.txt", Format.HTML, id="HTML"),
        pytest.param(b"\xef\xbb\xbf<HTML>", "a.txt", Format.HTML, id="HTML with a mark"),
        pytest.param(b"<p>The Assembly", "a.html", Format.HTML, id="a piece of HTML"),
        pytest.param(b"<p>The Assembly", "a.txt", Format.TEXT, id="a piece of HTML in a text"),
        pytest.param(b"less < more", "a.html", Format.TEXT, id="words in .html"),
        pytest.param(b"junk\n%PDF-1.4", "a.txt", Format.PDF, id="PDF after junk"),
        pytest.param(b"{\\rtf1", "a.doc", Format.RICH_TEXT, id="rich text in .doc"),
        pytest.param(zipped("a.txt"), "a.docx", Format.ZIP, id="an archive in .docx"),
        pytest.param(zipped("word/document.xml"), "a.zip", Format.WORD, id="Word in .zip"),
        pytest.param(zipped("word/document.xml")[:120], "a", Format.WORD, id="Word, cut"),
        pytest.param(zipped("xl/workbook.xml"), "a.docx", Format.OTHER_OFFICE, id="a sheet"),
        pytest.param(zipped("mimetype", "content.xml"), "a", Format.OPEN_DOCUMENT, id=".odt"),
        pytest.param(zipped(), "a.txt", Format.ZIP, id="an archive of nothing"),
        pytest.param(tarred(), "a.txt", Format.TAR, id="TAR"),
        pytest.param(b"\x1f\x8b\x08", "a.txt", Format.PACKED, id="gzip"),
        pytest.param(b"BZh91AY", "a.txt", Format.PACKED, id="bzip2"),
        pytest.param(b"\xfd7zXZ\0", "a.txt", Format.PACKED, id="xz"),
        pytest.param(b"7z\xbc\xaf\x27\x1c", "a.zip", Format.OTHER_ARCHIVE, id="7z"),
        pytest.param(b"\x89PNG\r\n\x1a\n", "a.pdf", Format.PICTURE, id="a picture"),
        pytest.param(b"\x7fELF\x02", "a.txt", Format.PROGRAM, id="a program"),
        pytest.param(
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "WordDocument".encode("utf-16-le"),
            "a.txt",
            Format.LEGACY_WORD,
            id="old Word",
        ),
        pytest.param(
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "a.docx",
            Format.PROTECTED_OFFICE,
            id="Word with a password",
        ),
        pytest.param(
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "Workbook".encode("utf-16-le"),
            "a.doc",
            Format.OTHER_OFFICE,
            id="an old sheet",
        ),
        pytest.param(
            b'<?xml version="1.0"?><pkg:package xmlns:pkg="http://schemas.microsoft.com/office/2006'
            b'/xmlPackage">',
            "a.xml",
            Format.LEGACY_WORD,
            id="Word as one XML file",
        ),
    ],
)
def test_formats(data: bytes, name: str, form: Format) -> None:
    assert format_of(data, name) is form


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        pytest.param(b"", "empty", id="empty"),
        pytest.param(b"\x89PNG\r\n\x1a\n\0\0", "scan", id="a picture"),
        pytest.param(zipped("xl/workbook.xml"), "unknown format", id="a sheet"),
        pytest.param(b"7z\xbc\xaf\x27\x1c", "unknown format", id="an archive of another kind"),
        pytest.param(b"<?xml version='1.0'?><rss>", "unknown format", id="other XML"),
        pytest.param(b"MZ\x90\0", "unknown format", id="a program"),
        pytest.param(bytes(range(256)) * 9, "unknown format", id="anything"),
        pytest.param(b"Dear all, lunch is at 12.", "not a resolution", id="a letter"),
    ],
)
def test_what_is_not_read_is_counted_by_its_kind(data: bytes, kind: str, tmp_path: Path) -> None:
    path = tmp_path / "a.bin.x"
    path.write_bytes(data)
    (found,) = find_files([path])
    (problem,) = read_found(found)
    assert isinstance(problem, Problem)
    assert (problem.file, problem.kind) == ("a.bin.x", kind)
    assert problem.reason.endswith(".")
    assert "\n" not in problem.reason


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("A_RES_61_181.txt", True),
        ("A_RES_61_181", True),
        ("a.DOCX", True),
        ("第61.pdf", True),
        ("archive.tar.gz", True),
        ("notes.old", True),
        ("README.md", False),
        ("README", False),
        ("LICENSE", False),
        ("licence.txt", False),
        ("data.json", False),
        ("scan.PNG", False),
        ("build.py", False),
        (".hidden.txt", False),
        ("~$open.docx", False),
    ],
)
def test_names_that_a_folder_is_searched_for(name: str, wanted: bool) -> None:
    assert is_document_name(name) is wanted
