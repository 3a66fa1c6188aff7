"""PDF files: pages in, the text of the document out, its notes stated.

The characters and their places come from PDFium, which measured best of the libraries that there
are: it repairs damaged files or refuses them with one error, and it is eight times as fast.
"""

import ctypes
import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from qa.resolutions.document import Document
from qa.resolutions.readers.pdf_lines import Glyph, PageLine, lines_of
from qa.resolutions.readers.pdf_paragraphs import flow
from qa.resolutions.readers.read_errors import FaultyFileError, FileProblem

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument, PdfPage, PdfTextPage
    from pypdfium2.raw import FS_RECTF

MAX_PAGES = 2000
_PASSWORD_ERROR = 4  # FPDF_ERR_PASSWORD
_FEWEST_CHARACTERS = 20  # a page: below, what is printed on it is a stamp over a picture
_QUARTER = math.pi / 2
_UPRIGHT = 0.03  # of a quarter turn
# Left end, right end and baseline of a character by the quarter turns it is printed with.
_TURNS: tuple[Callable[["FS_RECTF", float, float], tuple[float, float, float]], ...] = (
    lambda box, _x, y: (box.left, box.right, y),
    lambda box, x, _y: (box.bottom, box.top, -x),
    lambda box, _x, y: (-box.right, -box.left, -y),
    lambda box, x, _y: (-box.top, -box.bottom, x),
)
_NO_CHARACTER = frozenset("\0\ufeff\ufffe\uffff\u00ad")


def read_pdf(data: bytes, file: str) -> tuple[Document, ...]:
    """Return the document that a PDF prints.

    Args:
        data: the file.
        file: its name, for messages.

    Raises:
        FaultyFileError: it is damaged, has a password, holds no text or too many pages.
    """
    from pypdfium2 import PdfDocument, PdfiumError

    try:
        pdf = PdfDocument(data)
    except PdfiumError as error:
        raise _refusal(error, data, file) from error
    try:
        pages = tuple(_pages(pdf, file))
        is_picture = not any(pages) and _has_pictures(pdf)
        scanned = tuple(_scanned(pdf, pages))
    except PdfiumError as error:
        raise _damaged(file) from error
    finally:
        pdf.close()
    characters = sum(len(line.text) for lines in pages for line in lines)
    if characters < _FEWEST_CHARACTERS:
        raise _no_text(file, is_picture=is_picture or characters > 0)
    remarks = tuple(
        f"page {number} is left out: it is a picture without text; run OCR, then build again."
        for number in scanned
    )
    return (replace(flow(pages), remarks=remarks),)


def _scanned(pdf: "PdfDocument", pages: Sequence[Sequence[PageLine]]) -> Iterator[int]:
    """Yield the numbers of the pages, from 1, that print a picture and no text."""
    for index, lines in enumerate(pages):
        characters = sum(len(line.text) for line in lines)
        if characters < _FEWEST_CHARACTERS and _has_picture(pdf, index):
            yield index + 1


def _pages(pdf: "PdfDocument", file: str) -> Iterator[tuple[PageLine, ...]]:
    """Yield the lines of each page."""
    if not len(pdf):
        raise _damaged(file)
    if len(pdf) > MAX_PAGES:
        raise FaultyFileError(
            file,
            FileProblem.TOO_LARGE,
            f"it has {len(pdf):,} pages and at most {MAX_PAGES:,} are read; "
            "split it into its resolutions, then build again.",
        )
    for number in range(len(pdf)):
        page = pdf[number]
        text = page.get_textpage()
        try:
            yield lines_of(_glyphs(page, text), number)
        finally:
            text.close()
            page.close()


def _glyphs(page: "PdfPage", text: "PdfTextPage") -> tuple[Glyph, ...]:
    """Return the characters that stand on the page, in the direction that most of them have."""
    from pypdfium2 import raw

    x, y, box, matrix = ctypes.c_double(), ctypes.c_double(), raw.FS_RECTF(), raw.FS_MATRIX()
    left, bottom, right, top = page.get_bbox()
    by_turn: tuple[list[Glyph], ...] = ([], [], [], [])
    for index in range(text.count_chars()):
        if raw.FPDFText_IsGenerated(text.raw, index):
            continue  # a blank that PDFium guessed: "peopl e"
        character = _character(raw.FPDFText_GetUnicode(text.raw, index))
        turned = raw.FPDFText_GetCharAngle(text.raw, index) / _QUARTER
        if not character or abs(turned - round(turned)) > _UPRIGHT:
            continue
        raw.FPDFText_GetCharOrigin(text.raw, index, x, y)
        raw.FPDFText_GetLooseCharBox(text.raw, index, box)
        if not (left <= box.left <= right and bottom <= y.value <= top):
            continue
        quarter = round(turned) % 4
        x0, x1, base = _TURNS[quarter](box, x.value, y.value)
        raw.FPDFText_GetMatrix(text.raw, index, matrix)
        size = raw.FPDFText_GetFontSize(text.raw, index) * math.hypot(matrix.c, matrix.d)
        if character == " " or (size > 0 and x1 > x0):
            by_turn[quarter].append(Glyph(character, x0, x1, base, size))
    most = max(len(glyphs) for glyphs in by_turn)
    return next(tuple(glyphs) for glyphs in by_turn if len(glyphs) == most)


def _character(code: int) -> str:
    """Return the character with this code, blanks as one kind, and "" for what prints nothing."""
    if 0xD800 <= code <= 0xDFFF or code > 0x10FFFF:
        return "\ufffd"
    character = chr(code)
    if character == "\x02":  # PDFium's own sign for a hyphen at the end of a line
        return "-"
    if character in _NO_CHARACTER or character in "\r\n":
        return ""
    return " " if character.isspace() or not character.isprintable() else character


def _has_pictures(pdf: "PdfDocument") -> bool:
    return any(_has_picture(pdf, index) for index in range(min(len(pdf), 3)))


def _has_picture(pdf: "PdfDocument", index: int) -> bool:
    from pypdfium2 import raw

    page = pdf[index]
    try:
        return next(page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE]), None) is not None
    finally:
        page.close()


def _refusal(error: Exception, data: bytes, file: str) -> FaultyFileError:
    # PDFium's code may be left over from a file before this one.
    is_locked = getattr(error, "err_code", None) == _PASSWORD_ERROR and b"/Encrypt" in data
    if is_locked:
        return FaultyFileError(
            file,
            FileProblem.PASSWORD,
            "the PDF opens only with a password; save a copy without one, then build again.",
        )
    return _damaged(file)


def _damaged(file: str) -> FaultyFileError:
    return FaultyFileError(
        file,
        FileProblem.DAMAGED,
        "the PDF is damaged or incomplete; fetch it again, then build again.",
    )


def _no_text(file: str, *, is_picture: bool) -> FaultyFileError:
    if is_picture:
        return FaultyFileError(
            file, FileProblem.SCAN, "no text layer: it is a scan; run OCR first, then build again."
        )
    return FaultyFileError(
        file, FileProblem.EMPTY, "the PDF has empty pages; provide the text of a resolution."
    )
