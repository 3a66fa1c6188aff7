"""Detection of file formats: by the bytes first, by the suffix if the bytes are not conclusive.

Wrong extensions are common: a page saved as ".doc", a Word file sent as ".pdf". The marks at the
start of a format's bytes are those that each format's own specification prescribes.
"""

import io
import re
import zipfile
from collections.abc import Iterable
from enum import Enum
from pathlib import PurePosixPath


class Format(Enum):
    """A format; the value is its name in a sentence."""

    EMPTY = "an empty file"
    TEXT = "plain text"
    AKN = "Akoma Ntoso XML"
    XML = "XML of another kind"
    HTML = "HTML"
    PDF = "PDF"
    WORD = "Word"
    LEGACY_WORD = "old Word"
    OPEN_DOCUMENT = "OpenDocument text"
    RICH_TEXT = "rich text (RTF)"
    PROTECTED_OFFICE = "a Word file with a password"
    ZIP = "a ZIP archive"
    TAR = "a TAR archive"
    PACKED = "a packed file (.gz, .bz2 or .xz)"
    PICTURE = "a picture"
    OTHER_ARCHIVE = "an archive of a kind that is not read (7z, RAR, Zstandard)"
    OTHER_OFFICE = "a spreadsheet, a presentation or another office file"
    PROGRAM = "a program"


# What zipfile raises of what it cannot open: damaged, cut short, of a version it does not know.
NOT_A_ZIP = (zipfile.BadZipFile, NotImplementedError, ValueError, EOFError)
ARCHIVES = frozenset({Format.ZIP, Format.TAR, Format.PACKED})
# What a folder is searched past without a word: files that are clearly no documents.
NO_DOCUMENTS = frozenset(
    """
    .md .rst .json .jsonl .ndjson .csv .tsv .yml .yaml .toml .ini .cfg .conf .lock .log .sql .db
    .sqlite .parquet .npy .npz .pkl .pickle .bin .dat .py .pyc .ipynb .js .ts .css .scss .map .sh
    .bat .ps1 .c .h .cpp .java .go .rs .rb .php .pl .r .exe .dll .so .o .jar .class .xsd .xsl .xslt
    .dtd .sch .rng .rdf .ttl .owl .png .jpg .jpeg .gif .bmp .svg .ico .webp .tif .tiff .heic .mp3
    .mp4 .wav .mov .avi .mkv .ttf .otf .woff .woff2 .xls .xlsx .xlsm .ods .ppt .pptx .odp .msg .eml
    .bib .sha256 .md5 .asc .sig .tmp .bak .swp .part .crdownload .ds_store
    """.split()
)
_NO_DOCUMENT_NAMES = frozenset(
    "readme license licence copying notice authors changelog contributing makefile dockerfile "
    "manifest citation thumbs.db desktop.ini".split()
)
_MARKUP_SUFFIXES = {".akn": Format.AKN, ".xml": Format.AKN, ".html": Format.HTML}
_MARKUP_SUFFIXES |= {".htm": Format.HTML, ".xhtml": Format.HTML}

_SAMPLE_BYTES = 4096
_PDF_MARK_WITHIN = 1024  # readers of PDF have always looked for its mark this far
_TAR_MARK_AT = 257
_SIGNATURES: tuple[tuple[bytes, Format], ...] = (
    (b"PK\x03\x04", Format.ZIP),
    (b"PK\x05\x06", Format.ZIP),  # an archive of nothing
    (b"\x1f\x8b", Format.PACKED),
    (b"BZh", Format.PACKED),
    (b"\xfd7zXZ\0", Format.PACKED),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Format.LEGACY_WORD),
    (b"\xdb\xa5", Format.LEGACY_WORD),  # Word 2
    (b"{\\rtf", Format.RICH_TEXT),
    (b"7z\xbc\xaf\x27\x1c", Format.OTHER_ARCHIVE),
    (b"Rar!\x1a\x07", Format.OTHER_ARCHIVE),
    (b"\x28\xb5\x2f\xfd", Format.OTHER_ARCHIVE),
    (b"\x89PNG\r\n", Format.PICTURE),
    (b"\xff\xd8\xff", Format.PICTURE),
    (b"GIF8", Format.PICTURE),
    (b"II*\0", Format.PICTURE),
    (b"MM\0*", Format.PICTURE),
    (b"MZ\x90", Format.PROGRAM),
    (b"\x7fELF", Format.PROGRAM),
)
_AKN = re.compile(r"<(?:[\w.-]+:)?akomaNtoso\b")
_HTML = re.compile(r"<!doctype html\b|<html\b|<(?:head|body|meta|title)\b[^<]*>", re.IGNORECASE)
_XML = re.compile(r"\s*<(?:\?xml\b|!DOCTYPE\b|!--|[A-Za-z_][\w.:-]*[\s/>])")
_WORD_XML = re.compile(r"<(?:\w+:)?(?:package|wordDocument)\b[^>]*(?:office|word)")
# Names of the streams of a compound file, which it holds in UTF-16.
_STREAMS: tuple[tuple[str, Format], ...] = (
    ("WordDocument", Format.LEGACY_WORD),
    ("EncryptedPackage", Format.PROTECTED_OFFICE),
    ("Workbook", Format.OTHER_OFFICE),
    ("PowerPoint Document", Format.OTHER_OFFICE),
    ("__substg1.0", Format.OTHER_OFFICE),  # a message of Outlook
)


def format_of(data: bytes, name: str) -> Format:
    """Return what `data` is.

    Args:
        data: the whole file; its start suffices for archives other than office files.
        name: the name of the file, asked only where the bytes are text.
    """
    if not data.strip(b"\0 \t\r\n"):
        return Format.EMPTY
    for mark, form in _SIGNATURES:
        if data.startswith(mark):
            return _inside(form, data)
    if b"%PDF-" in data[:_PDF_MARK_WITHIN]:
        return Format.PDF
    if data[_TAR_MARK_AT : _TAR_MARK_AT + 5] == b"ustar":
        return Format.TAR
    return _markup_of(data, PurePosixPath(name.lower()).suffix)


def format_of_zip(names: Iterable[str]) -> Format:
    """Return what a ZIP archive with members of these names is."""
    members = set(names)
    if any(name.startswith("word/") for name in members):
        return Format.WORD
    if members & {"xl/workbook.xml", "ppt/presentation.xml"}:
        return Format.OTHER_OFFICE
    if "mimetype" in members and "content.xml" in members:
        return Format.OPEN_DOCUMENT
    return Format.ZIP


def is_document_name(name: str) -> bool:
    """Return whether a file found in a folder is worth opening; hidden files are not."""
    path = PurePosixPath(name.lower())
    return not (
        path.name.startswith((".", "~$"))
        or path.suffix in NO_DOCUMENTS
        or path.name in _NO_DOCUMENT_NAMES
        or (path.stem in _NO_DOCUMENT_NAMES and path.suffix in {"", ".txt"})
    )


def _inside(form: Format, data: bytes) -> Format:
    """Return what a file of boxes holds: ZIP and compound files serve for many formats."""
    if form is Format.ZIP:
        return format_of_zip(_zip_names(data))
    if form is Format.LEGACY_WORD:
        for stream, stream_form in _STREAMS:
            if stream.encode("utf-16-le") in data:
                return stream_form
    return form


def _zip_names(data: bytes) -> tuple[str, ...]:
    """Return the names of the members; of a damaged archive those that its members bear."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return tuple(archive.namelist())
    except (*NOT_A_ZIP, OSError):
        return tuple(
            data[header.end() : header.end() + int.from_bytes(header[1], "little")].decode("cp437")
            for header in re.finditer(rb"PK\x03\x04.{22}(..)..", data, re.DOTALL)
        )


def _markup_of(data: bytes, suffix: str) -> Format:
    """Tell markup from plain text by how it starts."""
    sample = _sample_of(data)
    if _AKN.search(sample):
        return Format.AKN
    if _WORD_XML.search(sample):
        return Format.LEGACY_WORD
    if _HTML.search(sample):
        return Format.HTML
    is_markup = bool(_XML.match(sample))
    if suffix in _MARKUP_SUFFIXES and is_markup:
        return _MARKUP_SUFFIXES[suffix]
    return Format.XML if is_markup and sample.lstrip().startswith("<?xml") else Format.TEXT


def _sample_of(data: bytes) -> str:
    """Return the start of a text in whatever encoding, good enough to see its tags."""
    start = data[:_SAMPLE_BYTES]
    if start.startswith(b"\xef\xbb\xbf"):
        start = start[3:]
    if start.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in start[:4]:
        start = start.removeprefix(b"\xff\xfe").removeprefix(b"\xfe\xff").replace(b"\0", b"")
    return start.decode("latin-1")
