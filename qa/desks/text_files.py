"""Texts that people bring: plain, Markdown, HTML, Word or PDF."""

import hashlib
import sys
from dataclasses import dataclass
from pathlib import Path

from qa.errors import InputError
from qa.indexing.reader_pool import read_boxed
from qa.resolutions.document import Document
from qa.resolutions.readers.file_types import Format, format_of
from qa.resolutions.readers.read_documents import read_documents
from qa.resolutions.readers.text_reader import decode


@dataclass(frozen=True, slots=True)
class BroughtText:
    """The text of a file and the checksum of its bytes."""

    text: str
    sha256: str


def read_brought_text(name: str, *, with_note_markers: bool = True) -> BroughtText:
    """Return the text of a file; "-" reads standard input.

    Args:
        name: of the file.
        with_note_markers: leave markers of notes in the text where the format states them.

    Raises:
        InputError: it cannot be read.
        UnreadableFileError: it is damaged, protected, a picture, or of a format that is not read.
    """
    try:
        data = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
    except OSError as error:
        raise InputError(f"{name} cannot be read ({error.strerror}); name a file.") from error
    shown = "standard input" if name == "-" else Path(name).name
    text = text_of(data, shown, with_note_markers=with_note_markers)
    return BroughtText(text, hashlib.sha256(data).hexdigest())


def text_of(data: bytes, name: str, *, with_note_markers: bool = True) -> str:
    """Return the text in the bytes of a file; that of plain text is left as it is."""
    if not data.strip() or format_of(data, name) is Format.TEXT:
        return decode(data, name) if data.strip() else ""
    return "\n\n".join(
        document.text if with_note_markers else _without_markers(document)
        for document in read_boxed(read_documents, data, name)
    )


def _without_markers(document: Document) -> str:
    """Return the text of a document without the markers of notes that its format states."""
    pieces, start = [], 0
    for mark in sorted(document.marks or (), key=lambda mark: mark.start):
        pieces.append(document.text[start : mark.start])
        start = max(start, mark.end)
    return "".join((*pieces, document.text[start:]))
