"""A Word document with footnotes, over python-docx, which has none of its own."""

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from xml.sax.saxutils import escape

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
_MEDIA = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
# What no XML 1.0 file may hold.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_FIRST = 1  # 0 and -1 are the lines that part notes from text
_EPOCH = datetime(1980, 1, 1)  # noqa: DTZ001 - the format knows no zone; the same input, the same file


@dataclass(frozen=True, slots=True, kw_only=True)
class WordBlock:
    """A paragraph in one of Word's own styles; its note stands at its end."""

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
    document.core_properties.created = document.core_properties.modified = _EPOCH
    notes: list[str] = []
    for block in blocks:
        paragraph = document.add_paragraph(_printable(block.text), style=block.style)
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
    raised = '<w:rPr><w:vertAlign w:val="superscript"/></w:rPr>'
    small = '<w:rPr><w:sz w:val="18"/></w:rPr>'
    separators = "".join(
        f'<w:footnote w:type="{kind}" w:id="{number}"><w:p><w:r><w:{kind}/></w:r></w:p>'
        "</w:footnote>"
        for number, kind in ((-1, "separator"), (0, "continuationSeparator"))
    )
    items = "".join(
        f'<w:footnote w:id="{number}"><w:p><w:r>{raised}<w:footnoteRef/></w:r><w:r>{small}'
        f'<w:t xml:space="preserve"> {escape(_printable(note))}</w:t></w:r></w:p></w:footnote>'
        for number, note in enumerate(notes, start=_FIRST)
    )
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
        f'<w:footnotes xmlns:w="{_W}">{separators}{items}</w:footnotes>'
    ).encode()


def _printable(text: str) -> str:
    return _FORBIDDEN.sub("\ufffd", text)
