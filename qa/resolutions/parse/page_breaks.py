"""Page breaks removed: notes at page feet separated, wrapped lines joined, numbers restored.

A resolution is saved with a line a paragraph, or as its pages were printed: lines of one width,
words broken by hyphens, the foot of a page between two halves of a sentence, and in the output of
`pdftotext` numbers on a line of their own, above the paragraph or below its first line.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from qa.resolutions.model import Span
from qa.resolutions.parse.lead_verbs import Opening, opening_of
from qa.resolutions.parse.line_patterns import (
    ANNEX,
    CLOSING,
    CLOSING_START,
    ENTITLES,
    ITEM,
    NUMBERED,
    OPENER,
    SECTION,
    ends_a_paragraph,
)
from qa.resolutions.parse.lines import RULES, Line

_FOOT_BEGINS = re.compile(r"\s*(?:\d{1,3}|\*)(?:\s+\S.*)?")
_LONE_NUMBER = re.compile(r"\s*(?P<number>\d{1,3})\s*")
_DISPLACED = re.compile(r"\s*(?P<printed>\d{1,3}\.|\([a-z]{1,4}\))\s*")
_RUNNING_HEAD = re.compile(
    r"\s*(?:S/PRST/\d{4}/\d{1,3}|[AES]/(?:HRC/)?RES/\S+(?:\s\(\d{4}\))?|<!--.*-->)\s*"
)
# A note at the foot of a page names a source; a paragraph that begins with a bare number does not.
_NOTE_BEGINS = re.compile(r"\s*(?P<number>\d{1,2})(?:\s+(?P<words>[A-Z\"'{(].*))?\s*")
_SOURCE = re.compile(
    r"\b(?:[Ii{]bid\.|Official Records|Treaty Series|document [AES]/|[AES]/[A-Z\d][\w./-]*\d|See |"
    r"Resolution \d|vol\. [IVX\d]|Sales No\.|Supplement No\.)"
)
_FOOT_LINES = 60  # a foot has at most the lines of a page
_LONG_LINE = 40  # characters from which a line without an end is one that was broken
_BROKEN_SHARE = 0.2  # of the long lines, from which a text counts as printed in lines of one width
_PRINTED_WIDTH = 100  # characters of the widest line of a page
_HYPHEN = re.compile(r"(?<=[a-z])-$")


@dataclass(frozen=True, slots=True)
class Pages:
    """A text without its page breaks."""

    lines: tuple[Line, ...]
    feet: tuple[tuple[Line, ...], ...]  # the notes of each page that has them at its foot
    is_wrapped: bool  # lines were broken at one width, and are joined


def undo_pages(lines: Sequence[Line]) -> Pages:
    """Return the lines of a text with each paragraph in one, and the feet of its pages apart."""
    body, feet = _separate_feet(lines)
    if not _is_wrapped(body):
        return Pages(tuple(body), feet, is_wrapped=False)
    body, more_feet = _separate_notes(body)
    feet = (*feet, *more_feet)
    opening = next((index for index, line in enumerate(body) if OPENER.fullmatch(line.text)), 0)
    words = {word for line in body for word in re.findall(r"[a-z]+-[a-z]+", line.text)}
    joined = _LineJoiner(words).join(body[opening:])
    return Pages((*body[:opening], *joined), feet, is_wrapped=True)


def _separate_feet(lines: Sequence[Line]) -> tuple[list[Line], tuple[tuple[Line, ...], ...]]:
    """Return the lines of the text, and those between the rule and the end of each page."""
    ends = (line for line in lines if line.text[:1] in "_- \t-*=")
    if not any(line.is_rule for line in ends if line.text.rstrip().endswith(RULES)):
        return list(lines), ()
    body: list[Line] = []
    feet: list[tuple[Line, ...]] = []
    index = 0
    # Below the closing formula notes stand in the open, and rules divide masthead and trailer.
    closing = max(
        (position for position, line in enumerate(lines) if CLOSING.fullmatch(line.text)), default=0
    )
    while index < len(lines):
        end = _foot_end(lines, index + 1) if index < closing and lines[index].is_rule else index
        if end > index + 1:
            feet.append(tuple(lines[index + 1 : end]))
            index = end
        else:
            body.append(lines[index])
            index += 1
    return body, tuple(feet)


def _foot_end(lines: Sequence[Line], start: int) -> int:
    """Return where the foot that begins at `start` ends; `start` where no notes stand there."""
    first = next((line for line in lines[start:] if not line.is_blank), None)
    if first is None or not _FOOT_BEGINS.fullmatch(first.text) or NUMBERED.match(first.text):
        return start
    for index in range(start, min(start + _FOOT_LINES, len(lines))):
        line = lines[index]
        if _RUNNING_HEAD.fullmatch(line.text) or line.text.startswith(("\t", "[DU", "<<")):
            return index
        if index > start and (_is_text(line) or _goes_on_above(lines, index)):
            return index
    return start


def _is_text(line: Line) -> bool:
    """Return whether a line at the foot of a page is of the text: a number, an opener, a verb."""
    shapes = (NUMBERED.match, ENTITLES.match, OPENER.fullmatch, CLOSING.fullmatch)
    is_shaped = any(shape(line.text) for shape in shapes)
    return is_shaped or opening_of(line.text) is not Opening.NEITHER


def _goes_on_above(lines: Sequence[Line], index: int) -> bool:
    """Return whether a line goes on with the text above the foot: a note ended before it."""
    return lines[index - 1].text.rstrip().endswith(".") and lines[index].text[:1].islower()


def _separate_notes(lines: Sequence[Line]) -> tuple[list[Line], tuple[tuple[Line, ...], ...]]:
    """Return the lines of a text, and the notes that stand at a page's foot without a rule."""
    closing = max(
        (position for position, line in enumerate(lines) if CLOSING.fullmatch(line.text)), default=0
    )
    body: list[Line] = []
    feet: list[tuple[Line, ...]] = []
    index, number = 0, 0
    while index < len(lines):
        end = index
        if body and index < closing:
            end, number = _notes_end(lines, index, number)
        if end > index:
            feet.append(tuple(lines[index:end]))
            index = end
        else:
            body.append(lines[index])
            index += 1
    return body, tuple(feet)


def _notes_end(lines: Sequence[Line], start: int, before: int) -> tuple[int, int]:
    """Return where the notes that begin at `start` end, and the number of the last of them.

    Without notes these are `start` and `before`. They follow each other in number, name a source
    each, and end at a blank line.
    """
    index, end = start, start
    while index < len(lines):
        match = _NOTE_BEGINS.fullmatch(lines[index].text)
        number = int(match["number"]) if match else 0
        if match is None or (before and number != before + 1):
            break
        after = index + 1
        if match["words"] is None and after < len(lines) and lines[after].is_blank:
            after += 1  # the number is on a line of its own
        while after < len(lines) and not _ends_a_note(lines[after]):
            after += 1
        if not any(_SOURCE.search(line.text) for line in lines[index:after]):
            break
        index = end = after
        before = number
    return end, before


def _ends_a_note(line: Line) -> bool:
    """Return whether a note ends above a line: a blank one, the next note, or one of the text."""
    if line.is_blank or line.is_furniture or _NOTE_BEGINS.fullmatch(line.text):
        return True
    return line.text.startswith("\t") or _is_text(line)


def _is_wrapped(lines: Sequence[Line]) -> bool:
    """Return whether lines were broken at the width of a page: many go on in the line below."""
    is_narrow = max((len(line.text) for line in lines), default=0) <= _PRINTED_WIDTH
    long = [index for index, line in enumerate(lines[:-1]) if len(line.text) >= _LONG_LINE]
    broken = sum(
        1
        for index in long
        if (
            lines[index + 1].text[:1].islower()
            or (is_narrow and lines[index + 1].text[:1].isalpha())
        )
        and not ends_a_paragraph(lines[index].text)
    )
    return broken > (0 if is_narrow else max(1, _BROKEN_SHARE * len(long)))


class _LineJoiner:
    """Joins the broken lines of a text; knows the words that are printed with a hyphen."""

    def __init__(self, hyphenated: set[str]) -> None:
        self._hyphenated = hyphenated
        self._open: list[Line] = []
        self._printed: str | None = None
        self._gaps: list[Span] = []
        self._after_blank = False
        self._after_page = False

    def join(self, lines: Sequence[Line]) -> Iterator[Line]:
        """Yield one line per paragraph, and the furniture between paragraphs unchanged."""
        waiting: list[Line] = []
        for index, line in enumerate(lines):
            if line.is_blank:
                self._after_blank = True
            elif line.is_furniture:
                waiting.append(line)
                self._after_page = True
            elif self._takes_number(lines, index):
                continue
            else:
                if self._open and self._begins(line):
                    yield from self._close()
                    yield from waiting
                elif not self._open:
                    yield from waiting
                waiting = []
                self._add(line)
        yield from self._close()
        yield from waiting

    def _takes_number(self, lines: Sequence[Line], index: int) -> bool:
        """Attach a lone number to the paragraph whose first line is above it."""
        displaced = _DISPLACED.fullmatch(lines[index].text)
        if not displaced or len(self._open) != 1 or self._printed or self._after_blank:
            return False
        first = self._open[0]
        if NUMBERED.match(first.text) or ITEM.match(first.text) or OPENER.fullmatch(first.text):
            return False
        below = next((line for line in lines[index + 1 :] if not line.is_blank), None)
        if below is not None and opening_of(below.text) is Opening.OPERATIVE:
            return False  # it is the number of the paragraph below
        self._printed = displaced["printed"]
        self._gaps.append(Span(start=lines[index].start, end=lines[index].end))
        self._after_blank = False
        return True

    def _begins(self, line: Line) -> bool:
        """Return whether a paragraph begins with `line`."""
        text, last = line.text, self._open[-1]
        if OPENER.fullmatch(text) or ANNEX.fullmatch(text):
            return True
        if CLOSING_START.match(text):
            return not CLOSING_START.match(self._open[0].text)
        if NUMBERED.match(text) or ENTITLES.match(text):
            return True
        if _DISPLACED.fullmatch(last.text) and len(self._open) == 1:
            return False
        if ITEM.match(text) or _DISPLACED.fullmatch(text) or SECTION.fullmatch(text):
            return True
        if OPENER.fullmatch(last.text) or CLOSING_START.match(self._open[0].text):
            return not text[:1].islower()
        if text.strip()[:1].islower():
            return False
        has_ended = ends_a_paragraph(last.text)
        if self._after_blank and not self._after_page:
            return True
        if self._after_page or self._after_blank:
            return has_ended
        is_quoted = text.lstrip().startswith('"')  # each paragraph of a statement
        return has_ended and (is_quoted or opening_of(text) is not Opening.NEITHER)

    def _add(self, line: Line) -> None:
        if self._open:
            last = self._open[-1]
            if _HYPHEN.search(last.text.rstrip()) and line.text.lstrip()[:1].islower():
                self._join_hyphenated(last, line)
            elif line.start > last.end + 1 and (self._after_page or self._gap_between(last, line)):
                self._gaps.append(Span(start=last.end, end=line.start - 1))
        self._open.append(line)
        self._after_blank = self._after_page = False

    def _gap_between(self, last: Line, line: Line) -> bool:
        """Return whether something was taken out between two lines: the foot of a page."""
        return not any(last.end <= gap.start < line.start for gap in self._gaps) and (
            line.start - last.end > _LONG_LINE
        )

    def _join_hyphenated(self, last: Line, line: Line) -> None:
        """Leave out a hyphen that only the end of the line asked for, and the line end."""
        end = last.start + len(last.text.rstrip())
        lead = len(line.text) - len(line.text.lstrip())
        before = re.search(r"[a-z]+$", last.text.rstrip()[:-1])
        after = re.match(r"[a-z]+", line.text.lstrip())
        whole = f"{before[0] if before else ''}-{after[0] if after else ''}"
        start = end if whole in self._hyphenated else end - 1
        self._gaps.append(Span(start=start, end=line.start + lead))

    def _close(self) -> Iterator[Line]:
        if not self._open:
            return
        first, last = self._open[0], self._open[-1]
        gaps = tuple(sorted(self._gaps, key=lambda gap: gap.start))
        text = _text_between(self._open, last.end, gaps)
        yield first._replace(text=text, end=last.end, gaps=gaps, printed=self._printed)
        self._open, self._gaps, self._printed = [], [], None


def _text_between(lines: Sequence[Line], end: int, gaps: Sequence[Span]) -> str:
    """Return the characters of `lines`, each in its own place, and blanks for what is between."""
    start = lines[0].start
    text = [" "] * (end - start)
    for line in lines:
        text[line.start - start : line.end - start] = line.text
    for gap in gaps:
        for index in range(gap.start - start, min(gap.end, end) - start):
            text[index] = " "
    return "".join(text)
