"""Splits a document into its resolutions, and each into head, body and foot.

One file may hold a single resolution, the parts A and B of one number, or the page of a volume on
which one text ends and two others stand.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from qa.resolutions.parse.line_patterns import (
    ANNEX,
    CLOSING,
    CLOSING_BROKEN,
    ENTITLES,
    HEADER,
    NUMBERED,
    OPENER,
    TITLE,
)
from qa.resolutions.parse.lines import Line
from qa.resolutions.periods import DATE

_LETTER = re.compile(r"\s*(?:Resolution\s+)?(?P<letter>[A-Z])\s*")
_TRAILER = re.compile(r"\[DU\d|<<ODS|\s*United Nations(?:A/|S/|E/)|\s*Distr\.:")
_VOTE = re.compile(r"\s*+\[?\s*+(?:\[?Adopted|Recorded vote|In favour:|Against:|Abstaining:)", re.I)
# "Ninth plenary meeting, 27 May 2013": bodies that number their meetings in words.
WORDED_CLOSING = re.compile(
    r"\s*(?P<meeting>[A-Z][a-z]+(?:-[a-z]+)?(?:st|nd|rd|th) (?:plenary )?meeting)"
    rf",?\s*+(?:{DATE})?\s*"
)
_STATEMENT = re.compile(
    r"\s*(?:Statement|Note) (?:made )?by the President of the Security Council\W*", re.IGNORECASE
)
_DATE_LINE = re.compile(rf"\s*{DATE}\s*")
_NOTE = re.compile(r"\d{1,3} (?=\S)(?=[^A-Za-z\n]*[A-Za-z])")
_QUOTED = re.compile(r"\s*[\"']")
_WRAPS = re.compile(r"draft (?:resolution|decision|declaration)s?\b.{0,80}$", re.IGNORECASE)
_HEAD_LINES = 60  # printed lines in which the head of a document begins
_LOOK_BACK = 6  # printed lines above an opening to search for its letter or title


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """The lines of one resolution."""

    head: tuple[Line, ...]
    body: tuple[Line, ...]
    foot: tuple[Line, ...]
    letter: str | None = None  # of a part: "A" of "75/101 A-B"


def find_segments(lines: Sequence[Line]) -> tuple[Segment, ...]:
    """Return the resolutions of a document in order; none where no organ opens a text."""
    openings = [
        index for index, line in enumerate(lines) if line.text and OPENER.fullmatch(line.text)
    ]
    if not openings:
        return ()
    starts = list(_starts(lines, openings))
    segments: list[Segment] = []
    numbered = lines[: starts[0][0]]  # the head of the number whose parts follow
    for index, (start, opening, letter) in enumerate(starts):
        end = starts[index + 1][0] if index + 1 < len(starts) else len(lines)
        body, foot = split_foot(lines[opening:end])
        if letter and index + 1 < len(starts):
            foot += split_foot(lines[starts[-1][1] :])[1]  # masthead and trailer end the document
        head = lines[start if index else 0 : opening]
        if letter == "A" and index and any(ENTITLES.match(line.text) for line in head):
            numbered = head
        elif letter and index:
            head = (*numbered, *head)
        segments.append(Segment(head=tuple(head), body=body, foot=foot, letter=letter))
    return tuple(segments)


def without_opener(lines: Sequence[Line]) -> Segment | None:
    """Return the one resolution of a document that no organ's name opens on a line of its own.

    The text of an old resolution may begin "The Security Council requests …", that of a
    declaration "We, …": it begins where the head ends.
    """
    last, printed = -1, 0
    for index, line in enumerate(lines):
        printed += not line.is_blank
        if last < 0 and printed > _HEAD_LINES:
            break  # a report that comes to speak of a resolution
        is_title = last < 0 and TITLE.fullmatch(line.text)
        is_bracket = last >= 0 and line.text.lstrip().startswith("[")
        heads = (HEADER, _STATEMENT)
        if is_title or is_bracket or any(shape.fullmatch(line.text) for shape in heads):
            last = index
        elif last >= 0 and not line.is_blank:
            break
    if last < 0:
        return None
    body, foot = split_foot(lines[last + 1 :])
    return Segment(head=tuple(lines[: last + 1]), body=body, foot=foot)


def _starts(
    lines: Sequence[Line], openings: Sequence[int]
) -> Iterator[tuple[int, int, str | None]]:
    """Yield where each resolution begins, where its text opens, and its letter."""
    letter: str | None = None
    for index, opening in enumerate(openings):
        above = list(_printed_above(lines, opening, openings[index - 1] if index else -1))
        titled = next((index for index in above if ENTITLES.match(lines[index].text)), None)
        lettered = next((index for index in above if _LETTER.fullmatch(lines[index].text)), None)
        mark = _letter_at(lines, lettered, letter if index else None)
        if index == 0:
            letter = mark
            yield (lettered if mark and lettered is not None else opening), opening, mark
        elif _is_quoted(lines, opening, above):
            continue
        elif mark and lettered is not None and (letter or mark == "A"):
            letter = mark
            is_new = mark == "A" and titled is not None and titled < lettered
            yield (titled if is_new and titled is not None else lettered), opening, mark
        elif titled is not None:
            letter = None
            yield titled, opening, None


def _letter_at(lines: Sequence[Line], index: int | None, before: str | None) -> str | None:
    """Return the letter of a part if it is the next in sequence: A, then B, then C."""
    if index is None:
        return None
    match = _LETTER.fullmatch(lines[index].text)
    due = chr(ord(before) + 1) if before else "A"
    return match["letter"] if match and match["letter"] == due else None


def _printed_above(lines: Sequence[Line], opening: int, floor: int) -> Iterator[int]:
    printed = 0
    for index in range(opening - 1, floor, -1):
        if lines[index].is_blank:
            continue
        printed += 1
        if printed > _LOOK_BACK or CLOSING.fullmatch(lines[index].text):
            return
        yield index


def _is_quoted(lines: Sequence[Line], opening: int, above: Sequence[int]) -> bool:
    """Return whether an opening is that of a draft resolution that the text recommends."""
    if _QUOTED.match(lines[opening].text):
        return True
    return any(_WRAPS.search(lines[index].text) for index in above[:3])


def split_foot(lines: Sequence[Line]) -> tuple[tuple[Line, ...], tuple[Line, ...]]:
    """Return the body with its annexes, and the foot from the closing formula on."""
    closing = _first(_closes, lines) or _first(_ends_otherwise, lines) or len(lines)
    body, in_annex, notes = list(lines[:closing]), False, 0
    foot: list[Line] = []
    for line in lines[closing:]:
        if not in_annex:
            in_annex = _begins_annex(line)
        elif _TRAILER.match(line.text) or _is_note(line, notes):
            in_annex = False
        if not in_annex and _is_note(line, notes):
            notes += 1
        (body if in_annex else foot).append(line)
    return tuple(body), tuple(foot)


def _first(is_wanted: Callable[[str], bool], lines: Sequence[Line]) -> int:
    """Return which line after the first is wanted; 0 where none is."""
    return next(
        (index for index, line in enumerate(lines) if index and line.text and is_wanted(line.text)),
        0,
    )


def _closes(text: str) -> bool:
    return bool(
        CLOSING.fullmatch(text) or CLOSING_BROKEN.fullmatch(text) or WORDED_CLOSING.fullmatch(text)
    )


def _ends_otherwise(text: str) -> bool:
    """Return whether a text ended above: one adopted in writing has a day and no meeting."""
    return bool(_TRAILER.match(text) or _VOTE.match(text) or _DATE_LINE.fullmatch(text))


def _begins_annex(line: Line) -> bool:
    """Return whether annexed text begins after the closing formula, its heading lost or not."""
    if ANNEX.fullmatch(line.text):
        return True
    number = NUMBERED.match(line.text)
    return bool(number and number["number"] == "1" and line.text.startswith("\t"))


def _is_note(line: Line, before: int) -> bool:
    match = _NOTE.match(line.text)
    return bool(match and int(match[0]) == before + 1)
