"""Whatever bytes a file holds, it is read or named: nothing else is raised, and nothing hangs.

What a fuzzer found once lies in cases/fuzz/ and is tried first. `python -m benchmarks.fuzz` looks
for more, for as long as it is told.
"""

import gzip
import io
import lzma
import tarfile
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from made_files import level, lists, note, para, paragraph_lines, pdf_file, table, word_file

from qa.resolutions.model import Span
from qa.resolutions.readers.files import Problem, ReadFile, SourceFile, find_files, read_found
from qa.resolutions.text import is_verbatim

CASES = Path(__file__).parent / "cases" / "fuzz"
TEXT = """61/300.\tThe day of plain words

\tThe General Assembly,
\tRecalling its resolution 60/1 of 16 September 2005,1
\t1.\tDecides:
\t(a)\tTo act;
\t2.\tRequests the Secretary-General to report.

90th plenary meeting
2 May 2007
1 A/61/1.
"""
AKN = """<?xml version="1.0" encoding="UTF-8"?>
<akomaNtoso xmlns="http://docs.oasis-open.org/legaldocml/ns/akn/3.0"><statement name="resolution">
<meta><identification source="#x"><FRBRWork><FRBRthis value="/akn/un/statement/deliberation/unga/\
2007-05-02/61-300/!main"/><FRBRuri value="/akn/un/statement/deliberation/unga/2007-05-02/61-300"/>
<FRBRdate date="2007-05-02" name="adoption"/></FRBRWork></identification></meta>
<preface><p><docNumber>61/300</docNumber><docTitle>The day</docTitle></p></preface>
<preamble><formula name="enacting"><p>The General Assembly,</p></formula>
<container name="preamble"><p>Recalling its resolution 60/1,<authorialNote marker="1"><p>A/61/1.</p>
</authorialNote></p></container></preamble>
<mainBody><paragraph><num>1.</num><content><p>Decides to act.</p></content></paragraph></mainBody>
</statement></akomaNtoso>
"""


def as_word() -> bytes:
    return word_file(
        *(para(line) for line in TEXT.splitlines()[:4]),
        para("Decides:", note(1), number=(1, 0)),
        para("To act;", number=(1, 1)),
        table(["a", "b"], ["c", "d"]),
        footnotes={1: "A/61/1."},
        numbering=lists(
            {0: [level(0, "decimal", "%1."), level(1, "lowerLetter", "(%2)")]}, {1: (0, "")}
        ),
        styles='<w:style w:type="paragraph" w:styleId="A"><w:basedOn w:val="A"/></w:style>',
        header=table([para("Distr.: General"), para("2 May 2007")]),
    )


def as_pdf() -> bytes:
    printed, top = [], 740.0
    for line in TEXT.splitlines():
        words = line.replace("\t", " ").strip()
        if words:
            printed += paragraph_lines(words, top=top, indent=24 if line.startswith("\t") else 0)
        top -= 18
    return pdf_file(printed, paragraph_lines(TEXT.split("\n")[3].strip(), top=700))


def as_html() -> bytes:
    inner = "".join(f"<p>{line.strip()}</p>" for line in TEXT.splitlines())
    return (
        f"<!DOCTYPE html><html><body>{inner}<ol type=a start=3><li value=7>x<li>y</ol>"
        "<table><tr><td>a<td>b</table><pre>x\n y</pre><sup>1</sup></body></html>"
    ).encode()


def as_zip() -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("75/a.txt", TEXT)
        archive.writestr("b.tar.gz", as_tar("w:gz"))
    return held.getvalue()


def as_tar(mode: str = "w") -> bytes:
    held = io.BytesIO()
    with tarfile.open(fileobj=held, mode=mode) as archive:  # type: ignore[call-overload]
        for name, data in (("a.txt", TEXT.encode()), ("b/c.html", as_html())):
            entry = tarfile.TarInfo(name)
            entry.size = len(data)
            archive.addfile(entry, io.BytesIO(data))
    return held.getvalue()


MADE: dict[str, bytes] = {
    "text": TEXT.encode(),
    "wide text": TEXT.encode("utf-16"),
    "akn": AKN.encode(),
    "word": as_word(),
    "pdf": as_pdf(),
    "html": as_html(),
    "zip": as_zip(),
    "tar": as_tar(),
    "tar.gz": as_tar("w:gz"),
    "tar.bz2": as_tar("w:bz2"),
    "gz": gzip.compress(TEXT.encode()),
    "xz": lzma.compress(TEXT.encode()),
}


@dataclass(frozen=True)
class Mangle:
    """One damage, by fractions of the length of what it is done to."""

    kind: str
    at: float
    length: float
    byte: int

    def done_to(self, data: bytes) -> bytes:
        start = int(self.at * len(data))
        end = min(len(data), start + max(1, int(self.length * len(data))))
        if self.kind == "cut":
            return data[:start]
        if self.kind == "lose":
            return data[:start] + data[end:]
        if self.kind == "flip":
            return data[:start] + bytes(one ^ self.byte for one in data[start:end]) + data[end:]
        if self.kind == "repeat":
            return data[:end] + data[start:end] * 3 + data[end:]
        return data[:start] + bytes([self.byte]) * (end - start) + data[end:]


MANGLES = st.lists(
    st.builds(
        Mangle,
        kind=st.sampled_from(["cut", "lose", "flip", "flip", "repeat", "fill"]),
        at=st.floats(0, 1),
        length=st.sampled_from([0.0, 0.0, 0.001, 0.01, 0.1]),
        byte=st.integers(0, 255),
    ),
    min_size=1,
    max_size=6,
)


@pytest.fixture(autouse=True)
def no_converter(monkeypatch: pytest.MonkeyPatch) -> None:
    """LibreOffice is not started: what it makes of a file is its own affair."""
    monkeypatch.setenv("PATH", "")


def check(data: bytes, folder: Path) -> None:
    """Read bytes as a user hands them over; every result is a resolution or a sentence."""
    path = folder / "file"
    path.write_bytes(data)
    for found in find_files([path]):
        for one in read_found(found):
            if isinstance(one, Problem):
                assert one.reason.endswith((".", "?"))
                assert "\n" not in one.reason
                assert one.file.isprintable()
                continue
            assert isinstance(one, ReadFile)
            for part in one.resolution.paragraphs:
                span = Span(start=part.start, end=part.end)
                assert is_verbatim(part.text, part.marks, one.raw, span, part.gaps)


def test_what_is_mangled_is_read_when_whole(tmp_path: Path) -> None:
    for name, data in MADE.items():
        path = tmp_path / name
        path.write_bytes(data)
        read = [one for found in find_files([path]) for one in read_found(found)]
        assert any(isinstance(one, ReadFile) for one in read), (name, read)


@pytest.mark.slow
@pytest.mark.parametrize("name", MADE)
@given(mangles=MANGLES)
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
def test_mangled_bytes(name: str, mangles: list[Mangle], tmp_path: Path) -> None:
    data = MADE[name]
    for mangle in mangles:
        data = mangle.done_to(data)
    check(data, tmp_path)


def repacked(change: Callable[[str, bytes], bytes]) -> bytes:
    """The Word file with its parts changed, sound as an archive."""
    held = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(MADE["word"])) as old, zipfile.ZipFile(held, "w") as new:
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
    return held.getvalue()


# Words of the formats themselves: what a random byte would hardly ever hit.
SWAPS = st.lists(
    st.tuples(
        st.sampled_from(
            [
                *("w:p>", "w:r>", "w:t>", "w:tbl>", "w:tr>", "w:tc>", "w:val=", '"1"', '"0"', "%1"),
                *("decimal", "lowerLetter", "w:numId", "w:ilvl", "w:abstractNum", "footnote"),
                *("w:id=", "w:basedOn", "document", "numbering", "Target", "rId", "Distr"),
            ]
        ),
        st.sampled_from(
            [
                *("w:p>", "w:r>", "w:tbl>", "w:tr>", "w:tc>", "w:val=", '"-1"', '"99999999999"'),
                *('""', "%9", "%1%1%1", "lowerRoman", "chicago", "w:ins", "w:del", "w:sdt", "mc:"),
                *("\ud800".encode("utf-8", "surrogatepass").decode("latin-1"), "../x", "/", "&x;"),
            ]
        ),
        st.integers(1, 3),
    ),
    min_size=1,
    max_size=5,
)


@pytest.mark.slow
@given(swaps=SWAPS)
@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
def test_a_word_file_with_its_parts_mangled(
    swaps: list[tuple[str, str, int]], tmp_path: Path
) -> None:
    def change(_name: str, data: bytes) -> bytes:
        for old, new, times in swaps:
            data = data.replace(old.encode(), new.encode("latin-1", "replace"), times)
        return data

    check(repacked(change), tmp_path)


@given(data=st.binary(max_size=300))
@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
def test_any_bytes(data: bytes, tmp_path: Path) -> None:
    check(data, tmp_path)


@pytest.mark.slow
@given(
    start=st.sampled_from(
        [
            b"%PDF-1.4\n",
            b"PK\x03\x04",
            b"\x1f\x8b\x08\0",
            b"BZh9",
            b"<html>",
            b"\xfd7zXZ\0",
            b"<akomaNtoso>",
            b"{\\rtf1",
            b"<?xml version='1.0'?>",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
            b"\xff\xfe",
            b"\xef\xbb\xbf",
        ]
    ),
    data=st.binary(max_size=300),
)
@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
def test_any_bytes_after_the_mark_of_a_format(start: bytes, data: bytes, tmp_path: Path) -> None:
    check(start + data, tmp_path)


@pytest.mark.parametrize("path", sorted(CASES.glob("*")), ids=lambda path: path.name)
def test_what_was_found_once(path: Path, tmp_path: Path) -> None:
    check(path.read_bytes(), tmp_path)
    (problem_or_read, *_) = read_found(SourceFile(file=path.name, path=path)) or (None,)
    assert problem_or_read is not None
