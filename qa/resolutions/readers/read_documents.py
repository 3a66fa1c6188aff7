"""Dispatch of a file to the reader of its format, which its bytes determine."""

from collections.abc import Callable

from qa.resolutions.document import Document
from qa.resolutions.model import SourceFormat
from qa.resolutions.readers.file_types import Format, format_of
from qa.resolutions.readers.markdown_text import without_markdown
from qa.resolutions.readers.read_errors import FaultyFileError, FileProblem
from qa.resolutions.readers.text_reader import decode

Reader = Callable[[bytes, str], tuple[Document, ...]]
_UNREAD: dict[Format, tuple[FileProblem, str]] = {
    Format.EMPTY: (FileProblem.EMPTY, "the file is empty; provide the text of a resolution."),
    Format.PICTURE: (FileProblem.SCAN, "it is a picture; run OCR first, then build again."),
    Format.PROTECTED_OFFICE: (
        FileProblem.PASSWORD,
        "the Word file opens only with a password; save a copy without one, then build again.",
    ),
}


def read_documents(data: bytes, file: str) -> tuple[Document, ...]:
    """Return the documents in a file of any format except archives.

    Raises:
        UnreadableFileError: it is damaged, protected, empty, or of a format that is not read.
    """
    form = format_of(data, file)
    reader = _READERS.get(form)
    if reader is not None:
        return reader(data, file)
    fault, reason = _UNREAD.get(
        form,
        (
            FileProblem.UNKNOWN_FORMAT,
            f"it is {form.value}; provide the text of a resolution, or leave the file out.",
        ),
    )
    raise FaultyFileError(file, fault, reason)


def form_of(data: bytes, file: str) -> SourceFormat:
    """Return what kind of file a text was read from."""
    return _FORMS.get(format_of(data, file), SourceFormat.TEXT)


# Each reader is loaded when a file asks for it: a folder of texts needs no library for PDF.


def _text(data: bytes, file: str) -> tuple[Document, ...]:
    return (Document(text=without_markdown(decode(data, file))),)


def _akn(data: bytes, file: str) -> tuple[Document, ...]:
    from qa.resolutions.readers.akn_reader import read_akn

    return read_akn(data, file)


def _html(data: bytes, file: str) -> tuple[Document, ...]:
    from qa.resolutions.readers.html_reader import read_html

    return read_html(data, file)


def _pdf(data: bytes, file: str) -> tuple[Document, ...]:
    from qa.resolutions.readers.pdf_reader import read_pdf

    return read_pdf(data, file)


def _word(data: bytes, file: str) -> tuple[Document, ...]:
    from qa.resolutions.readers.word_reader import read_word

    return read_word(data, file)


def _converted(suffix: str) -> Reader:
    def read(data: bytes, file: str) -> tuple[Document, ...]:
        from qa.resolutions.readers.legacy_word import read_legacy_word

        return read_legacy_word(data, file, suffix=suffix)

    return read


_READERS: dict[Format, Reader] = {
    Format.TEXT: _text,
    Format.AKN: _akn,
    Format.HTML: _html,
    Format.PDF: _pdf,
    Format.WORD: _word,
    Format.LEGACY_WORD: _converted(".doc"),
    Format.RICH_TEXT: _converted(".rtf"),
    Format.OPEN_DOCUMENT: _converted(".odt"),
}
_FORMS: dict[Format, SourceFormat] = {
    Format.AKN: SourceFormat.AKN,
    Format.HTML: SourceFormat.HTML,
    Format.PDF: SourceFormat.PDF,
    Format.WORD: SourceFormat.WORD,
    Format.LEGACY_WORD: SourceFormat.WORD,
    Format.RICH_TEXT: SourceFormat.WORD,
    Format.OPEN_DOCUMENT: SourceFormat.WORD,
}
