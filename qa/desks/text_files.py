"""Texts that people bring: plain, Markdown, HTML, Word or PDF."""

import hashlib
import sys
from dataclasses import dataclass
from pathlib import Path

from qa.errors import InputError
from qa.resolutions.readers.file_types import Format, format_of
from qa.resolutions.readers.read_documents import read_documents
from qa.resolutions.readers.text_reader import decode


@dataclass(frozen=True, slots=True)
class BroughtText:
    """The text of a file and the checksum of its bytes."""

    text: str
    sha256: str


def read_brought_text(name: str) -> BroughtText:
    """Return the text of a file; "-" reads standard input.

    Raises:
        InputError: it cannot be read.
        UnreadableFileError: it is damaged, protected, a picture, or of a format that is not read.
    """
    try:
        data = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
    except OSError as error:
        raise InputError(f"{name} cannot be read ({error.strerror}); name a file.") from error
    shown = "standard input" if name == "-" else Path(name).name
    return BroughtText(text_of(data, shown), hashlib.sha256(data).hexdigest())


def text_of(data: bytes, name: str) -> str:
    """Return the text in the bytes of a file; that of plain text is left as it is."""
    if not data.strip() or format_of(data, name) is Format.TEXT:
        return decode(data, name) if data.strip() else ""
    return "\n\n".join(document.text for document in read_documents(data, name))
