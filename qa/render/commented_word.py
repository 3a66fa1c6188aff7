"""A Word document with comments in the margin, for texts that were compared or checked."""

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

# Characters that XML 1.0 forbids.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_EPOCH = datetime(1980, 1, 1)  # noqa: DTZ001 - the format has no time zone; equal input gives an equal file
_AUTHOR, _INITIALS = "Operative", "OP"


@dataclass(frozen=True, slots=True, kw_only=True)
class CommentedBlock:
    """A paragraph with a comment, whose lines are paragraphs of it; () for none."""

    text: str
    comment: Sequence[str] = ()


def commented_word_bytes(
    title: str, summary: Sequence[str], blocks: Sequence[CommentedBlock]
) -> bytes:
    """Return a title, a summary and paragraphs with comments as a .docx file."""
    import docx
    from docx.oxml.ns import qn

    document = docx.Document()
    document.core_properties.title = title
    document.core_properties.author = _AUTHOR
    document.core_properties.created = document.core_properties.modified = _EPOCH
    document.add_heading(title, level=1)
    for line in summary:
        document.add_paragraph(_in_xml(line))
    for block in blocks:
        run = document.add_paragraph().add_run(_in_xml(block.text))
        if block.comment:
            text = "\n".join(map(_in_xml, block.comment))
            comment = document.add_comment(run, text=text, author=_AUTHOR, initials=_INITIALS)
            comment._comment_elm.attrib.pop(qn("w:date"), None)  # the time of writing says nothing
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _in_xml(text: str) -> str:
    return _FORBIDDEN.sub("\ufffd", text)
