"""A Word document with tracked changes, which python-docx does not offer."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any

from qa.render.word_file import DOCUMENT_TIME, printable

AUTHOR = "Operative"


class TextChange(Enum):
    """What a tracked change does to a text."""

    KEPT = "kept"
    INSERTED = "ins"
    DELETED = "del"


@dataclass(frozen=True, slots=True)
class RedlineRun:
    """A stretch of text and what was done to it."""

    text: str
    change: TextChange


@dataclass(frozen=True, slots=True, kw_only=True)
class RedlineParagraph:
    """A paragraph; if all of it is inserted or deleted, so is its end."""

    runs: tuple[RedlineRun, ...]
    comment: str = ""


def redline_bytes(paragraphs: Sequence[RedlineParagraph], *, title: str) -> bytes:
    """Return a .docx file in which a reader accepts or rejects each change.

    Source:
        ECMA-376, part 1, 17.13.5: insertions and deletions of runs and of ends of paragraphs.
    """
    import docx

    document = docx.Document()
    properties = document.core_properties
    properties.title, properties.author = title, AUTHOR
    properties.created = properties.modified = DOCUMENT_TIME
    document.add_heading(printable(title), level=1)
    number = 0
    for redline in paragraphs:
        paragraph = document.add_paragraph()
        changes = {run.change for run in redline.runs if run.text}
        for run in redline.runs:
            number += 1
            _add_run(paragraph, run, number)
        if len(changes) == 1 and changes != {TextChange.KEPT}:
            number += 1
            _mark_end(paragraph, changes.pop(), number)
        if redline.comment:
            document.add_comment(paragraph.add_run(), redline.comment, AUTHOR, initials="O")
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _add_run(paragraph: Any, run: RedlineRun, number: int) -> None:  # noqa: ANN401 - no types
    """Add a run to a paragraph, inside the element of its change."""
    from docx.oxml.ns import qn
    from docx.oxml.parser import OxmlElement

    element = paragraph.add_run(printable(run.text))._r
    if run.change is TextChange.KEPT:
        return
    if run.change is TextChange.DELETED:
        for text in element.findall(qn("w:t")):
            text.tag = qn("w:delText")
    change = _change(OxmlElement(f"w:{run.change.value}"), number)
    element.addprevious(change)
    change.append(element)


def _mark_end(paragraph: Any, change: TextChange, number: int) -> None:  # noqa: ANN401
    """Mark the end of a paragraph as inserted or deleted with it."""
    from docx.oxml.parser import OxmlElement

    properties = paragraph._p.get_or_add_pPr()
    marks = OxmlElement("w:rPr")
    marks.append(_change(OxmlElement(f"w:{change.value}"), number))
    properties.append(marks)


def _change(element: Any, number: int) -> Any:  # noqa: ANN401
    from docx.oxml.ns import qn

    element.set(qn("w:id"), str(number))
    element.set(qn("w:author"), AUTHOR)
    element.set(qn("w:date"), f"{DOCUMENT_TIME.isoformat()}Z")
    return element
