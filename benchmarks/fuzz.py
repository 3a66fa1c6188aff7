"""Bounded fuzzing of the readers with atheris, guided by the lines that each input reaches.

`python -m benchmarks.fuzz [SECONDS]` reads mutated files for SECONDS (60) and exits with status 0
if each one was read or refused with a message. Inputs that cause a fault are written to
`tests/cases/fuzz/`, where the tests read them again.
"""

import gzip
import io
import sys
import tempfile
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CASES = ROOT / "tests" / "cases" / "fuzz"
SECONDS = 60
LONGEST = 2**20  # bytes of a mangled file
SLOWEST_S = 10


def main() -> None:
    """Fuzz for the seconds that the command names."""
    try:
        import atheris
    except ImportError:
        sys.exit("atheris is not installed: `pip install atheris`, which needs Linux or macOS.")
    with atheris.instrument_imports(include=["qa.resolutions"]):
        import qa.resolutions.readers.akn_reader
        import qa.resolutions.readers.files
        import qa.resolutions.readers.html_reader
        import qa.resolutions.readers.pdf_reader
        import qa.resolutions.readers.word_reader  # noqa: F401  imported to be watched
    seconds = int(sys.argv[1]) if len(sys.argv) > 1 else SECONDS
    CASES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        for name, data in samples_of_each_format().items():
            (Path(folder) / name).write_bytes(data)
        options = [
            f"-max_total_time={seconds}",
            f"-max_len={LONGEST}",
            f"-timeout={SLOWEST_S}",
            f"-artifact_prefix={CASES}/",
            "-rss_limit_mb=2048",
            folder,
            str(CASES),
        ]
        atheris.Setup([sys.argv[0], *options], _read_one)
        atheris.Fuzz()


def read(data: bytes) -> bool:
    """Read one file as `operative build` does, prove what it quotes, and return if it was read."""
    from qa.resolutions.readers.archives import members
    from qa.resolutions.readers.file_types import ARCHIVES, format_of
    from qa.resolutions.readers.files import SourceFile, read_found

    form = format_of(data, "file")
    held = [data]
    if form in ARCHIVES:
        stream = io.BytesIO(data)
        held = [
            member.data
            for member in members("file", stream, form, lambda _: True)
            if not member.fault
        ]
    proved = [
        _prove(result)
        for content in held
        for result in read_found(SourceFile(file="file", data=content))
    ]
    return any(proved)


def _prove(result: object) -> bool:
    """Return whether a result is a document, each paragraph of which is in its source."""
    from qa.resolutions.model import Span
    from qa.resolutions.readers.files import ReadFile
    from qa.resolutions.text import is_verbatim

    if not isinstance(result, ReadFile):
        return False
    for part in result.resolution.paragraphs:
        span = Span(start=part.start, end=part.end)
        if not is_verbatim(part.text, part.marks, result.raw, span, part.gaps):
            raise AssertionError(f"{part.label} is not what its source says")
    return True


def _read_one(data: bytes) -> None:
    read(data)


def samples_of_each_format() -> dict[str, bytes]:
    """Return a small file of each format, made of the texts that come with Operative."""
    from qa.resolutions.export import akn_bytes
    from qa.resolutions.readers.files import read_file

    path = ROOT / "data" / "A_RES_61_181.txt"
    text = path.read_bytes()
    lines = text.decode("ascii").splitlines()
    samples = {"text": text, "wide": text.decode("ascii").encode("utf-16")}
    samples["akn"] = akn_bytes(read_file(path, path.name).resolution)
    samples["html"] = "".join(f"<p>{line}</p>" for line in lines).encode()
    samples["gz"] = gzip.compress(text)
    samples["zip"] = _zipped({"a.txt": text[:2000]})
    body = "".join(f"<w:p><w:r><w:t>{line.strip()}</w:t></w:r></w:p>" for line in lines)
    samples["word"] = _zipped({"word/document.xml": (_WORD % body).encode()})
    samples["pdf"] = _PDF
    return samples


def _zipped(members: dict[str, bytes]) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_STORED) as archive:  # so that each byte matters
        for name, data in members.items():
            archive.writestr(name, data)
    return held.getvalue()


_WORD = (
    '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
    "<w:body>%s</w:body></w:document>"
)
# Without its table of objects, which PDF readers reconstruct.
_PDF = b"""%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Count 1/Kids[3 0 R]>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>
>>>>endobj
4 0 obj<</Length 130>>stream
BT /F 10 Tf 72 700 Td (The General Assembly,) Tj 0 -12 Td (1. Decides to act, 61/181) Tj 0 -12 Td
(and to report.) Tj ET
endstream endobj
5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Courier>>endobj
trailer<</Size 6/Root 1 0 R>>
%%EOF
"""


if __name__ == "__main__":
    main()
