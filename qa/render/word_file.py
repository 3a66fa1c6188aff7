"""A Word document with footnotes, which python-docx does not offer."""

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from qa.render.templating import RENDER_TEMPLATES

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
_MEDIA = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
# Characters that XML 1.0 forbids.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_FIRST = 1  # 0 and -1 are the separators
DOCUMENT_TIME = datetime(1980, 1, 1)  # noqa: DTZ001 - the format has no time zone; equal input gives an equal file


@dataclass(frozen=True, slots=True, kw_only=True)
class WordBlock:
    """A paragraph in one of Word's own styles; its note is marked at its end."""

    style: str
    text: str
    note: str = ""


def word_bytes(blocks: Sequence[WordBlock], *, title: str) -> bytes:
    """Return the blocks as a .docx file.

    Source:
        ECMA-376, part 1, 17.11: footnotes in a part of their own, two separators before them.
    """
    import docx
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part

    document = docx.Document()
    document.core_properties.title = title
    document.core_properties.author = "Operative"
    document.core_properties.created = document.core_properties.modified = DOCUMENT_TIME
    notes: list[str] = []
    for block in blocks:
        paragraph = document.add_paragraph(printable(block.text), style=block.style)
        if block.note:
            notes.append(block.note)
            _refer(paragraph, _FIRST + len(notes) - 1)
    main = document.part
    part = Part(PackURI("/word/footnotes.xml"), _MEDIA, _footnotes(notes), main.package)
    main.relate_to(part, _KIND)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _refer(paragraph: Any, number: int) -> None:  # noqa: ANN401 - python-docx has no types
    """Put the mark of a note at the end of a paragraph."""
    from docx.oxml.ns import qn
    from docx.oxml.parser import OxmlElement

    run = paragraph.add_run()
    run.font.superscript = True
    mark = OxmlElement("w:footnoteReference")
    mark.set(qn("w:id"), str(number))
    run._r.append(mark)


def _footnotes(notes: Sequence[str]) -> bytes:
    numbered = [(number, printable(note)) for number, note in enumerate(notes, start=_FIRST)]
    return RENDER_TEMPLATES.render("footnotes.xml", namespace=_W, notes=numbered).encode()


def printable(text: str) -> str:
    """Return a text without the characters that XML forbids."""
    return _FORBIDDEN.sub("\ufffd", text)
