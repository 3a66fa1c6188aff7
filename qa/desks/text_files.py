"""Texts that people bring: plain, Markdown, HTML, Word or PDF."""

import hashlib
import re
import sys
from dataclasses import dataclass
from pathlib import Path

from qa.errors import InputError, UnreadableFileError
from qa.indexing.reader_pool import read_boxed
from qa.resolutions.document import Document
from qa.resolutions.readers.file_types import Format, format_of
from qa.resolutions.readers.read_documents import read_documents
from qa.resolutions.readers.text_reader import decode

_OPENING = re.compile(rb"<(?:q|blockquote)\b[^<>]*>", re.IGNORECASE)
_CLOSING = re.compile(rb"</(?:q|blockquote)\s*>", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class BroughtText:
    """The text of a file and the checksum of its bytes."""

    text: str
    sha256: str


def read_brought_text(
    name: str, *, with_note_markers: bool = True, with_quotation_marks: bool = False
) -> BroughtText:
    """Return the text of a file; "-" reads standard input.

    Args:
        name: of the file.
        with_note_markers: leave markers of notes in the text where the format states them.
        with_quotation_marks: put marks around what HTML marks as quoted.

    Raises:
        InputError: it cannot be read.
        UnreadableFileError: it is damaged, protected, a picture, or of a format that is not read.
    """
    try:
        data = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
    except OSError as error:
        raise InputError(f"{name} cannot be read ({error.strerror}); name a file.") from error
    shown = "standard input" if name == "-" else Path(name).name
    marked = data
    if with_quotation_marks and data.strip() and format_of(data, shown) is Format.HTML:
        marked = _CLOSING.sub(rb"&rdquo;\g<0>", _OPENING.sub(rb"\g<0>&ldquo;", data))
    try:
        text = _text_of(marked, shown, with_note_markers=with_note_markers)
    except UnreadableFileError as error:
        problem = error.problem.replace("then build again", "then try again")
        raise UnreadableFileError(error.file, problem) from error
    return BroughtText(text, hashlib.sha256(data).hexdigest())


def _text_of(data: bytes, name: str, *, with_note_markers: bool) -> str:
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
