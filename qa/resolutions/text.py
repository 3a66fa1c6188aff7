"""Folding of odd characters, with a map back to where each one stood; the proof of a quotation.

A file may hold typographic quotes, non-breaking blanks and hyphens, ligatures or any line end: the
same resolution saved by another program must give the same result, so everything downstream reads
the folded text, and positions are given in the decoded source.
"""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from qa.resolutions.model import NoteMark, Span

_BLANKS = (
    "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u202f\u205f\u3000"
)
_HYPHENS = "\u2010\u2011\u2012\u2212"
_SINGLE_QUOTES = "\u2018\u2019\u201a\u201b\u02bc\u2032"
_DOUBLE_QUOTES = "\u201c\u201d\u201e\u201f\u2033"
_LINE_ENDS = "\u2028\u2029\x0b\x0c\r"
_NOTHING = "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u00ad"
_LIGATURES = {"\ufb00": "ff", "\ufb01": "fi", "\ufb02": "fl", "\ufb03": "ffi", "\ufb04": "ffl"}

_FOLD: dict[str, str] = {
    **dict.fromkeys(_BLANKS, " "),
    **dict.fromkeys(_HYPHENS, "-"),
    **dict.fromkeys(_SINGLE_QUOTES, "'"),
    **dict.fromkeys(_DOUBLE_QUOTES, '"'),
    **dict.fromkeys(_LINE_ENDS, "\n"),
    **dict.fromkeys(_NOTHING, ""),
    **_LIGATURES,
}
_ODD = re.compile("[" + "".join(_FOLD) + "]")
_WHITE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Folded:
    """Folded text with its way back to the raw one."""

    text: str
    origins: Sequence[int]  # raw offset of each folded character, and one more for the end

    def raw_span(self, start: int, end: int) -> Span:
        """Return where the folded characters `start` to `end` stand in the raw text."""
        if end <= start:
            return Span(start=self.origins[start], end=self.origins[start])
        return Span(start=self.origins[start], end=self.origins[end - 1] + 1)

    def folded_offset(self, raw: int) -> int:
        """Return the folded offset of the first character that stands at `raw` or after it."""
        return bisect_left(self.origins, raw)


def fold(raw: str) -> Folded:
    """Return `raw` with blanks, hyphens, quotes, line ends and ligatures unified."""
    if not _ODD.search(raw):
        return Folded(raw, range(len(raw) + 1))
    pieces: list[str] = []
    origins: list[int] = []
    for offset, character in enumerate(raw):
        folded = _FOLD.get(character, character)
        if character == "\r" and raw[offset + 1 : offset + 2] == "\n":
            folded = ""
        pieces.append(folded)
        origins.extend([offset] * len(folded))
    origins.append(len(raw))
    return Folded("".join(pieces), origins)


def squeeze(text: str) -> str:
    """Return `text` with every run of white space made one blank, and none at the ends."""
    return _WHITE.sub(" ", text).strip()


def with_marks(text: str, marks: Sequence[NoteMark]) -> str:
    """Return `text` with its note markers put back where they stood."""
    for mark in sorted(marks, key=lambda mark: mark.position, reverse=True):
        text = text[: mark.position] + mark.marker + text[mark.position :]
    return text


def is_verbatim(text: str, marks: Sequence[NoteMark], raw: str, span: Span) -> bool:
    """Tell whether `text` is what stands in `raw` at `span`, note markers and white space aside."""
    printed = fold(raw[span.start : span.end]).text
    return squeeze(with_marks(text, marks)) == squeeze(printed)
