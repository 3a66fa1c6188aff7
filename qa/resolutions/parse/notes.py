"""Notes: their definitions at the foot, and their markers glued into the text.

A marker is taken off only where the rules allow no other reading: it is one of the numbers defined
at the foot, first uses come in order, and a number is never harmed ("55/25", "2001", "COVID-19").
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from qa.resolutions.cite.symbols import DATE, MONTH
from qa.resolutions.model import NoteMark
from qa.resolutions.parse.lines import Line

_DEFINITION = re.compile(r"\s*(?P<marker>\d{1,3})[.)]?\s(?=\S)(?=.*[A-Za-z])")
# A run of one or two digits that ends a token, after something that can carry a marker.
_GLUED = re.compile(r"(?<=[^\W\d_]|[,;:.)\]\"'])(?P<marker>\d{1,2})(?=[\s,;:.)\]\"'?!]|$)")
_DATE_LINE = re.compile(rf"\s*{DATE}\s*")
_NO_NOTES = re.compile(
    r"\b(?:G\d{1,2}|CO2|P5|E10|ES-\d+|H1N1|C24|[A-Z]{2,}-\d+|Rev\.\d|Add\.\d|Corr\.\d|No\.\d|[AESL]\.\d)$"
)
_NUMBER_BEFORE = re.compile(r"\d[,.]$")
_DATE_OR_SYMBOL_BEFORE = re.compile(
    rf"(?:{MONTH} \d{{4}}|\b(?:19|20)\d\d|\b\d{{1,4}}/\d{{1,4}})[,.]$"
)

Place = tuple[int, int]  # a passage and an offset in it


@dataclass(frozen=True, slots=True)
class Definition:
    """A note at the foot; offsets of its text in the folded document."""

    marker: str
    start: int
    end: int


def read_definitions(foot: Sequence[Line]) -> tuple[Definition, ...]:
    """Return the notes 1, 2, 3 … of the lines after the closing formula, in order."""
    found: list[Definition] = []
    is_open = False
    for line in foot:
        match = _DEFINITION.match(line.text)
        if _DATE_LINE.fullmatch(line.text):
            is_open = False  # "1 May 2007" below the meeting is no note
        elif match and int(match["marker"]) == len(found) + 1 and not line.is_furniture:
            start = line.start + match.end()
            found.append(Definition(match["marker"], start, line.start + len(line.text.rstrip())))
            is_open = True
        elif line.is_blank or line.is_furniture:
            is_open = False
        elif is_open:
            last = found[-1]
            found[-1] = Definition(last.marker, last.start, line.start + len(line.text.rstrip()))
    return tuple(found)


def find_marks(passages: Sequence[str], count: int) -> tuple[tuple[NoteMark, ...], ...]:
    """Return the note markers of each passage; positions are those in the passage as it stands.

    Args:
        passages: the paragraphs of one resolution, in order.
        count: how many notes are defined at its foot.
    """
    found: list[list[NoteMark]] = [[] for _ in passages]
    expected, last = 1, (0, -1)

    def add_glued(before: Place | None) -> bool:
        """Add the expected marker where it is glued to a number, if one place can hold it."""
        nonlocal expected, last
        place = _glued_place(passages, expected, last, before)
        if place is None:
            return False
        found[place[0]].append(NoteMark(marker=str(expected), position=place[1]))
        expected, last = expected + 1, place
        return True

    for index, passage in enumerate(passages):
        for mark in _candidates(passage):
            number, place = int(mark.marker), (index, mark.position)
            if number > count or number > expected + 1:
                continue
            if number == expected + 1 and not add_glued(before=place):
                continue
            found[index].append(mark)
            if number == expected:
                expected, last = expected + 1, place
    while expected <= count and add_glued(before=None):
        pass
    return tuple(tuple(sorted(marks, key=lambda mark: mark.position)) for marks in found)


def _candidates(passage: str) -> Iterator[NoteMark]:
    for match in _GLUED.finditer(passage):
        before = passage[: match.start()]
        if _NO_NOTES.search(passage[: match.end()]) or match["marker"].startswith("0"):
            continue
        if _NUMBER_BEFORE.search(before) and not _DATE_OR_SYMBOL_BEFORE.search(before):
            continue  # "3.5", "1,20": the inside of a number
        yield NoteMark(marker=match["marker"], position=match.start())


def _glued_place(
    passages: Sequence[str], number: int, after: Place, before: Place | None
) -> Place | None:
    """Return the one place between two others where `number` ends a number ("December 20222")."""
    glued = re.compile(rf"(?:\b{MONTH} \d{{4}}|\b\d{{1,2}}/\d{{1,3}}){number}(?=[\s,;:.]|$)")
    places = [
        (index, match.end() - len(str(number)))
        for index, passage in enumerate(passages)
        for match in glued.finditer(passage)
    ]
    fitting = [one for one in places if after < one and (before is None or one < before)]
    return fitting[0] if len(fitting) == 1 else None
