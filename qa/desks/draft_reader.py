"""The paragraphs of a draft that somebody brings: with or without a symbol, whole or in part."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from qa.resolutions.model import Kind
from qa.resolutions.parse.blocks import read_blocks
from qa.resolutions.parse.lead_verbs import Opening, opening_of
from qa.resolutions.parse.line_patterns import (
    ITEM,
    LEVELS,
    NUMBERED,
    OPENER,
    SECTION,
    ends_a_paragraph,
)
from qa.resolutions.parse.lines import Line, split_lines
from qa.resolutions.parse.one_line import divide_one_line
from qa.resolutions.parse.page_breaks import undo_pages
from qa.resolutions.parse.paragraph_outline import Draft, read_outline
from qa.resolutions.parse.segments import find_segments
from qa.resolutions.readers.markdown_text import without_emphasis
from qa.resolutions.text import fold, squeeze

_MARKERS = (NUMBERED, LEVELS, ITEM)
_HEADING_WORDS = 25  # a longer line is a paragraph, whatever it ends with
_WIDEST = 120  # characters of the lines of a text that was broken at one width
_FILLED = 0.5  # of that width: a line at least so wide may go on in the next
_MIN_WORDS = 2  # of a paragraph among others
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftParagraph:
    """A paragraph of a draft; `label` is "" where the draft has no parts that give it one.

    Then `marker` is what is printed before it: "3", "(a)", or "".
    """

    text: str
    label: str = ""
    marker: str = ""


def read_draft_paragraphs(text: str) -> tuple[DraftParagraph, ...]:
    """Return the paragraphs of a draft, without its head, headings and closing formula.

    Args:
        text: of a file, a line for each paragraph or lines of one width; Markdown marks are left
            out.
    """
    folded = fold(without_emphasis(text)).text
    lines = undo_pages(divide_one_line(split_lines(folded))).lines
    blocks = list(_joined(lines))
    whole = "\n".join(blocks)
    found = [
        DraftParagraph(text=words, label=draft.label)
        for segment in find_segments(split_lines(whole))
        for draft in read_outline(read_blocks(segment.body), whole)
        if draft.kind is not Kind.HEADING and (words := _words_of(draft, whole))
    ]
    return tuple(found or _plain_paragraphs(blocks))


def _words_of(draft: Draft, text: str) -> str:
    """Return the words of a paragraph without what a page puts inside it."""
    pieces, start = [], draft.start
    for gap in draft.gaps:
        pieces.append(text[start : gap.start])
        start = gap.end
    return squeeze("".join((*pieces, text[start : draft.end])))


def _plain_paragraphs(blocks: Sequence[str]) -> Iterator[DraftParagraph]:
    """Yield the paragraphs of a text that no organ opens."""
    for block in blocks:
        marker, text = _marked(block)
        words = squeeze(text)
        if len(blocks) == 1 or not _is_heading(words):
            yield DraftParagraph(text=words, marker=marker)


def _joined(lines: Sequence[Line]) -> Iterator[str]:
    """Yield blocks of lines that belong together: those of a paragraph that was broken."""
    width = max((len(line.text) for line in lines), default=0)
    filled = width * _FILLED if width <= _WIDEST else width + 1
    block, last = "", ""
    is_after_blank = False
    for line in lines:
        if line.is_blank or line.is_furniture:
            is_after_blank = True
            continue
        is_full = len(last) >= filled
        if block and not _goes_on(block, line.text, is_after_blank=is_after_blank, is_full=is_full):
            yield block
            block = ""
        block = f"{block} {line.text}" if block else line.text
        last, is_after_blank = line.text, False
    if block:
        yield block


def _goes_on(block: str, text: str, *, is_after_blank: bool, is_full: bool) -> bool:
    """Return whether a line goes on with the paragraph before it.

    Args:
        block: the lines of that paragraph.
        text: the line.
        is_after_blank: a blank line is between them.
        is_full: the line before is about as wide as the text, which was broken at one width.
    """
    if any(marker.match(text) for marker in _MARKERS) or OPENER.fullmatch(text):
        return False
    is_lower = text.lstrip()[:1].islower()
    if is_lower and not ends_a_paragraph(block):
        return True
    if is_after_blank or OPENER.fullmatch(block):
        return False
    return is_lower or (is_full and opening_of(text) is Opening.NEITHER)


def _marked(block: str) -> tuple[str, str]:
    """Return the number or letter that is printed before a paragraph, and the paragraph."""
    for marker in _MARKERS:
        match = marker.match(block)
        if match:
            return match[match.lastgroup or 0].strip(), block[match.end() :]
    return "", block


def _is_heading(words: str) -> bool:
    """Return whether a line among others is a heading, not a paragraph."""
    count = len(_WORD.findall(words))
    if count < _MIN_WORDS or OPENER.fullmatch(words):
        return True
    if SECTION.fullmatch(words) and count <= _HEADING_WORDS and not ends_a_paragraph(words):
        return True
    is_closed = ends_a_paragraph(words) or opening_of(words) is not Opening.NEITHER
    return not is_closed and count <= _HEADING_WORDS
