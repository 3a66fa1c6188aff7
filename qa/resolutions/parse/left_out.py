"""What of a file is in none of its resolutions: named by page, first words and reason."""

import re
from bisect import bisect_right
from collections.abc import Sequence

from qa.resolutions.document import Document
from qa.resolutions.parse.line_patterns import OPENER, TITLE
from qa.resolutions.parse.lines import Line
from qa.resolutions.text import squeeze

_PAGE_BREAK = re.compile(r"\f|^<!-- Page (?P<number>\d{1,4}) -->", re.MULTILINE)
_FIRST_WORDS = 60  # characters
MIN_LINES = 3  # printed lines above the first title of a volume that are worth naming


def where(document: Document, offset: int) -> str:
    """Return where in a file an offset of its text is: "on page 3 with “Taking note of …”"."""
    words = squeeze(document.text[offset : offset + 2 * _FIRST_WORDS])
    shown = words[:_FIRST_WORDS].rstrip() + ("…" if len(words) > _FIRST_WORDS else "")
    page = _page_of(document, offset)
    return f"on page {page} with “{shown}”" if page else f"with “{shown}”"


def _page_of(document: Document, offset: int) -> int:
    """Return the page that holds an offset, from 1; 0 where the file marks no pages."""
    if document.pages:
        index = bisect_right([page.start for page in document.pages], offset) - 1
        return document.pages[max(index, 0)].number
    breaks = list(_PAGE_BREAK.finditer(document.text))
    before = [match for match in breaks if match.start() <= offset]
    if before and before[-1]["number"]:
        return int(before[-1]["number"])
    return len(before) + 1 if breaks else 0


def above_first_title(head: Sequence[Line]) -> tuple[Line, ...]:
    """Return the lines of a volume above its first title: a running head, a table of contents."""
    titles = [place for place, line in enumerate(head) if TITLE.fullmatch(line.text)]
    above = head[: titles[-1]] if titles else ()
    printed = tuple(line for line in above if not (line.is_blank or line.is_furniture))
    return printed if len(printed) >= MIN_LINES else ()


def openings_below(foot: Sequence[Line]) -> tuple[Line, ...]:
    """Return the lines below a text's end that open another, which no title names."""
    return tuple(line for line in foot if line.text and OPENER.fullmatch(line.text))
