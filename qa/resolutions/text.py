"""Folding of typographic characters with a map of offsets, and the proof of a quotation.

A file may hold typographic quotes, non-breaking blanks and hyphens, ligatures or any line end: the
same resolution saved by another program must give the same result, so everything downstream reads
the folded text, and positions are given in the decoded source.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
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
_IN_PLACE = {odd: plain for odd, plain in _FOLD.items() if len(plain) == 1}
# What becomes longer or shorter, so that offsets move: ligatures, invisible characters, CR LF.
_MOVERS = ("\r\n", *(odd for odd in _FOLD if odd not in _IN_PLACE))
_MOVING = re.compile("\r(?=\n)|[" + "".join(_MOVERS[1:]) + "]")


@dataclass(frozen=True, slots=True)
class FoldedStretch:
    """Folded characters that are consecutive in the raw text, or come from one raw character."""

    start: int  # folded offset
    raw: int
    is_one: bool = False  # all come from the one raw character: "ffi" from its ligature


@dataclass(frozen=True, slots=True)
class Folded:
    """Folded text with its way back to the raw one."""

    text: str
    stretches: Sequence[FoldedStretch] = (FoldedStretch(0, 0),)

    @property
    def is_in_place(self) -> bool:
        """True if folded and raw offsets are identical."""
        return len(self.stretches) == 1

    def raw_span(self, start: int, end: int) -> Span:
        """Return the raw span of the folded characters `start` to `end`."""
        first, last = self.raw_ends(start, end)
        return Span(start=first, end=last)

    def raw_ends(self, start: int, end: int) -> tuple[int, int]:
        """Return the two ends of `raw_span`."""
        if self.is_in_place:
            return start, max(start, end)
        first = self._origin(start)
        return first, self._origin(end - 1) + 1 if end > start else first

    def folded_offset(self, raw: int) -> int:
        """Return the folded offset of the first character at `raw` or after it."""
        if self.is_in_place:
            return min(raw, len(self.text))
        index = bisect_right(self.stretches, raw, key=lambda stretch: stretch.raw) - 1
        stretch = self.stretches[index]
        if raw == stretch.raw:  # of stretches that begin there, all but one are empty
            index = bisect_left(self.stretches, raw, key=lambda stretch: stretch.raw)
            return self.stretches[index].start
        after = (
            self.stretches[index + 1].start if index + 1 < len(self.stretches) else len(self.text)
        )
        return after if stretch.is_one else min(stretch.start + raw - stretch.raw, after)

    def _origin(self, offset: int) -> int:
        index = bisect_right(self.stretches, offset, key=lambda stretch: stretch.start) - 1
        stretch = self.stretches[index]
        return stretch.raw if stretch.is_one else stretch.raw + offset - stretch.start


def fold(raw: str) -> Folded:
    """Return `raw` with blanks, hyphens, quotes, line ends and ligatures unified."""
    if not any(mover in raw for mover in _MOVERS):
        return Folded(_in_place(raw))
    pieces: list[str] = []
    stretches: list[FoldedStretch] = []
    start = length = 0
    for moving in _MOVING.finditer(raw):
        plain = "" if moving[0] == "\r" else _FOLD[moving[0]]
        stretches.append(FoldedStretch(length, start))
        pieces.append(raw[start : moving.start()])
        length += moving.start() - start
        if plain:
            stretches.append(FoldedStretch(length, moving.start(), is_one=True))
            pieces.append(plain)
            length += len(plain)
        start = moving.end()
    stretches.append(FoldedStretch(length, start))
    pieces.append(raw[start:])
    return Folded(_in_place("".join(pieces)), stretches)


def _in_place(text: str) -> str:
    """Return `text` with each character that folds to a single one replaced."""
    for odd, plain in _IN_PLACE.items():
        text = text.replace(odd, plain)
    return text


def squeeze(text: str) -> str:
    """Return `text` with every run of white space made one blank, and none at the ends."""
    if text.isprintable() and "  " not in text and text[:1] != " " != text[-1:]:
        return text  # of all white space only the blank is printable
    return " ".join(text.split())


def squeezed_lengths(pieces: Iterable[str]) -> Iterator[int]:
    """Yield the length of `squeeze` of the text up to the end of each piece of it."""
    length = 0
    is_in_word = False
    for piece in pieces:
        words = piece.split()
        if words:
            continues = is_in_word and not piece[0].isspace()
            gap = 0 if continues or not length else 1
            length += gap + sum(map(len, words)) + len(words) - 1
        if piece:
            is_in_word = not piece[-1].isspace()
        yield length


def with_marks(text: str, marks: Sequence[NoteMark]) -> str:
    """Return `text` with its note markers restored."""
    ordered = list(marks)
    ordered.reverse()  # of markers at one position the last is the first in the text
    ordered.sort(key=lambda mark: mark.position)
    pieces: list[str] = []
    start = 0
    for mark in ordered:
        pieces += (text[start : mark.position], mark.marker)
        start = mark.position
    return "".join((*pieces, text[start:]))


def is_verbatim(
    text: str, marks: Sequence[NoteMark], raw: str, span: Span, gaps: Sequence[Span] = ()
) -> bool:
    """Return whether `text` is verbatim in `raw` at `span`.

    Note markers, white space and `gaps`, such as the foot of a page, are ignored.
    """
    pieces, start = [], span.start
    for gap in gaps:
        pieces.append(raw[start : gap.start])
        start = gap.end
    printed = squeeze(fold("".join((*pieces, raw[start : span.end]))).text)
    if printed == with_marks(text, marks):
        return True
    return bool(marks) and _with_blanks_round(text, marks).fullmatch(printed) is not None


def _with_blanks_round(text: str, marks: Sequence[NoteMark]) -> re.Pattern[str]:
    """Return a pattern for `text` with its markers, blanks before and after them or not."""
    pattern, start = "", 0
    for mark in sorted(marks, key=lambda mark: mark.position):
        pattern += (
            re.escape(text[start : mark.position].rstrip())
            if start == 0
            else re.escape(text[start : mark.position].strip())
        )
        pattern += rf"\s?{re.escape(mark.marker)}\s?"
        start = mark.position
    return re.compile(pattern + re.escape(text[start:].lstrip()))
