"""A Word document with comments in the margin, for texts that were compared or checked."""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any

from qa.render.word_file import DOCUMENT_TIME, printable

_AUTHOR, _INITIALS = "Operative", "OP"


class TextMark(Enum):
    """With which colour a text is marked; the values are names of Word's colours."""

    NONE = ""
    RIGHT = "BRIGHT_GREEN"
    WRONG = "PINK"
    OPEN = "YELLOW"


@dataclass(frozen=True, slots=True, kw_only=True)
class CommentedRun:
    """A stretch of text in one paragraph; runs with the same comment follow each other."""

    text: str
    comment: int | None = None  # its number in the list of comments
    mark: TextMark = TextMark.NONE


def commented_word_bytes(
    title: str,
    summary: Sequence[str],
    paragraphs: Sequence[Sequence[CommentedRun]],
    comments: Sequence[Sequence[str]],
) -> bytes:
    """Return a title, a summary and paragraphs with comments as a .docx file.

    Args:
        title: heading of the file.
        summary: a paragraph each.
        paragraphs: each as the runs that it has.
        comments: the lines of each, a paragraph a line.
    """
    import docx

    document = docx.Document()
    properties = document.core_properties
    properties.title, properties.author = title, _AUTHOR
    properties.created = properties.modified = DOCUMENT_TIME
    document.add_heading(title, level=1)
    for line in summary:
        document.add_paragraph(printable(line))
    commented: dict[int, list[Any]] = {}
    for runs in paragraphs:
        paragraph = document.add_paragraph()
        for run in runs:
            made = paragraph.add_run(printable(run.text))
            _mark(made, run.mark)
            if run.comment is not None:
                commented.setdefault(run.comment, []).append(made)
    _add_comments(document, commented, comments)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _mark(run: Any, mark: TextMark) -> None:  # noqa: ANN401 - python-docx has no types
    from docx.enum.text import WD_COLOR_INDEX

    if mark is not TextMark.NONE:
        run.font.highlight_color = WD_COLOR_INDEX[mark.value]


def _add_comments(
    document: Any,  # noqa: ANN401
    commented: Mapping[int, Sequence[Any]],
    comments: Sequence[Sequence[str]],
) -> None:
    from docx.oxml.ns import qn

    for number, runs in commented.items():
        text = "\n".join(map(printable, comments[number]))
        comment = document.add_comment(runs, text=text, author=_AUTHOR, initials=_INITIALS)
        comment._comment_elm.attrib.pop(qn("w:date"), None)  # the time of writing says nothing
