"""The characters of a printed page put into lines, in reading order.

All lengths are in points; x grows to the right and y upwards, as a page of PDF has it.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

_RAISED = (0.12, 0.75)  # of the size of a line: how far above it a note marker stands
_SMALLER = 0.8  # of the size of a line: a note marker is set smaller
_SAME_LINE = 0.25  # of the size: characters that stand no farther apart are on one line
_WORD_GAP = 0.17  # of the size: wider gaps part words, though no blank is printed
_TAB_GAP = 1.15  # of the size: wider gaps are tabs
_TAB_OVER_WORD = 1.8  # and are wider than the gaps between words, which justified lines stretch
_COLUMN_GAP = 8.0
_COLUMN_ROWS = 14  # a page is in two columns if it has that many lines on each side
_ACROSS = 0.2  # of the lines of such a page stand across both, at most: headings
_COLUMN_FILL = 0.7  # of a column's width that its median line fills: the cells of tables do not
_COLUMNS_FILL = 0.8  # of the width that both take together
_LABEL = re.compile(r"\d{1,3}\.|\([a-z]{1,4}\)")


@dataclass(frozen=True, slots=True)
class Glyph:
    """A printed character; a blank is one too."""

    text: str
    x0: float
    x1: float
    y: float  # of its baseline
    size: float


@dataclass(frozen=True, slots=True)
class Raised:
    """A piece of a line that is set small and high: the marker of a note."""

    start: int  # offsets in the text of the line
    end: int


@dataclass(frozen=True, slots=True)
class PageLine:
    """One printed line, or its part in one column."""

    text: str
    x0: float
    x1: float
    y: float
    size: float
    page: int
    raised: tuple[Raised, ...] = ()
    first_word: float = 0.0  # how wide its first word is
    after_tab: float | None = None  # where the text after the first tab begins
    second_word: float | None = None  # where its second word begins


def lines_of(glyphs: Sequence[Glyph], page: int) -> tuple[PageLine, ...]:
    """Return the lines of a page from top to bottom, the left column before the right one."""
    rows = _rows([one for one in glyphs if not one.text.isspace()])
    blanks = [one for one in glyphs if one.text.isspace()]
    gutter = _gutter(rows)
    spaced = _with_blanks(rows, blanks)
    if gutter is None:
        return tuple(_line(row, page) for row in spaced)
    return tuple(_line(row, page) for row in _by_column(spaced, gutter))


def _rows(glyphs: Iterable[Glyph]) -> list[list[Glyph]]:
    """Return the characters of each line, from left to right; markers go with their line."""
    rows: list[list[Glyph]] = []
    for glyph in sorted(glyphs, key=lambda one: (-one.y, one.x0)):
        last = rows[-1] if rows else None
        if last and abs(last[0].y - glyph.y) <= _SAME_LINE * min(last[0].size, glyph.size):
            last.append(glyph)
        else:
            rows.append([glyph])
    largest = max((one.size for row in rows for one in row), default=0.0)
    joined: list[list[Glyph]] = []
    waiting: list[list[Glyph]] = []  # what may belong to the line below
    for row in rows:
        for small in waiting:
            home, rest = _split_raised(small, row)
            row.extend(home)
            if rest:
                joined.append(rest)
        waiting = []
        if joined and _is_lowered(row, joined[-1]):
            joined[-1].extend(row)
        elif max(one.size for one in row) < largest:  # only what is smaller can be a marker
            waiting = [row]
            continue
        joined.append(row)
    joined.extend(waiting)
    joined.sort(key=lambda row: -_baseline(row))
    return [sorted(row, key=lambda one: one.x0) for row in joined]


def _split_raised(small: list[Glyph], row: Sequence[Glyph]) -> tuple[list[Glyph], list[Glyph]]:
    """Divide a row into the markers that stand above the line below it, and the rest."""
    base, size = _baseline(row), median(one.size for one in row)
    left = min(one.x0 for one in row) - 2 * size
    right = max(one.x1 for one in row) + size
    home: list[Glyph] = []
    rest: list[Glyph] = []
    for one in small:
        rise = (one.y - base) / size
        is_marker = (
            one.size <= _SMALLER * size
            and _RAISED[0] <= rise <= _RAISED[1]
            and left <= one.x0 <= right
        )
        (home if is_marker else rest).append(one)
    return home, rest


def _is_lowered(row: Sequence[Glyph], above: Sequence[Glyph]) -> bool:
    """Tell whether a row is what stands low in the line above it: the 2 of CO2."""
    size = median(one.size for one in above)
    return (
        max(one.size for one in row) <= _SMALLER * size
        and _baseline(above) - _baseline(row) <= _SAME_LINE * 1.4 * size
        and min(one.x0 for one in row) > min(one.x0 for one in above)
        and max(one.x1 for one in row) <= max(one.x1 for one in above) + size
    )


def _baseline(row: Sequence[Glyph]) -> float:
    """Return where the large characters of a row stand."""
    size = max(one.size for one in row)
    return median(one.y for one in row if one.size > _SMALLER * size)


def _with_blanks(rows: list[list[Glyph]], blanks: Sequence[Glyph]) -> list[list[Glyph]]:
    """Return the rows with the blanks that are printed between their words."""
    ordered = sorted(blanks, key=lambda one: -one.y)
    at = 0
    for row in rows:
        base, size = _baseline(row), max(one.size for one in row)
        left, right = row[0].x0, row[-1].x1
        while at < len(ordered) and ordered[at].y > base + size:
            at += 1
        near = at
        found = []
        while near < len(ordered) and ordered[near].y >= base - _SAME_LINE * size:
            blank = ordered[near]
            if left < blank.x0 < right and abs(blank.y - base) <= _SAME_LINE * size:
                found.append(blank)
            near += 1
        row.extend(found)
        row.sort(key=lambda one: one.x0)
    return rows


def _gutter(rows: Sequence[Sequence[Glyph]]) -> float | None:
    """Return the x between two columns of running text; None where a page has one column."""
    if len(rows) < _COLUMN_ROWS:
        return None
    left = min(row[0].x0 for row in rows)
    right = max(row[-1].x1 for row in rows)
    fewest, found = int(_ACROSS * len(rows)), None
    for step in range(36, 65, 2):
        x = left + (right - left) * step / 100
        parts = [_divided(row, x) for row in rows]
        across = sum(1 for one in parts if one is None)
        if across <= fewest and _are_columns([one for one in parts if one is not None]):
            fewest, found = across - 1, x
    return found


def _divided(row: Sequence[Glyph], x: float) -> tuple[list[Glyph], list[Glyph]] | None:
    """Return what stands left and right of `x`; None where something is printed across it."""
    left = [one for one in row if one.x1 <= x]
    right = [one for one in row if one.x0 >= x]
    if len(left) + len(right) < len(row):
        return None
    if left and right and right[0].x0 - left[-1].x1 < max(_COLUMN_GAP, left[-1].size):
        return None
    return left, right


def _are_columns(parts: Sequence[tuple[list[Glyph], list[Glyph]]]) -> bool:
    """Tell whether what stands on both sides is running text, not the cells of a table."""
    sides = [[one[side] for one in parts if one[side]] for side in (0, 1)]
    if min(len(side) for side in sides) < _COLUMN_ROWS:
        return False
    columns = 0.0
    for lines in sides:
        column = max(line[-1].x1 for line in lines) - min(line[0].x0 for line in lines)
        if median(line[-1].x1 - line[0].x0 for line in lines) < _COLUMN_FILL * column:
            return False
        columns += column
    left = min(line[0].x0 for line in sides[0])
    right = max(line[-1].x1 for line in sides[1])
    return columns >= _COLUMNS_FILL * (right - left)


def _by_column(rows: Sequence[list[Glyph]], x: float) -> Iterator[list[Glyph]]:
    """Yield the left lines of a stretch in two columns, then the right ones."""
    left: list[list[Glyph]] = []
    right: list[list[Glyph]] = []
    for row in rows:
        parts = _divided([one for one in row if not one.text.isspace()], x)
        if parts is None:
            yield from (*left, *right, row)
            left, right = [], []
            continue
        for side, column in zip(parts, (left, right), strict=True):
            if side:
                inside = [one for one in row if side[0].x0 <= one.x0 <= side[-1].x0]
                column.append(inside)
    yield from (*left, *right)


def _line(row: Sequence[Glyph], page: int) -> PageLine:
    """Return the characters of a row as a line: words parted by blanks, wide gaps by tabs."""
    printed = [one for one in row if not one.text.isspace()]
    size = median(one.size for one in printed)
    base = _baseline(printed)
    tabs = _tab_width(printed, size)
    text = ""
    raised: list[Raised] = []
    first_end: float | None = None
    second_word: float | None = None
    after_tab: float | None = None
    before: Glyph | None = None
    is_parted = False  # a blank stands since the last character
    for one in row:
        if one.text.isspace():
            is_parted = True
            continue
        is_raised = one.size <= _SMALLER * size and one.y - base >= _RAISED[0] * size
        gap = _gap(before, one, size, tabs, is_parted=is_parted)
        if is_raised and gap == " ":
            gap = ""  # a marker is glued to what it marks
        if not gap and one.text.isupper() and _LABEL.fullmatch(text):
            gap = "\t"  # its tab has no width where the number just reaches it
        if gap and first_end is None and before:
            first_end, second_word = before.x1, one.x0
        if gap == "\t" and after_tab is None:
            after_tab = one.x0
        text += gap
        if is_raised:
            _extend(raised, len(text), len(text) + len(one.text))
        text += one.text
        before, is_parted = one, False
    return PageLine(
        text=text,
        x0=printed[0].x0,
        x1=printed[-1].x1,
        y=base,
        size=size,
        page=page,
        raised=tuple(raised),
        first_word=(first_end if first_end is not None else printed[-1].x1) - printed[0].x0,
        after_tab=after_tab,
        second_word=second_word,
    )


def _gap(before: Glyph | None, after: Glyph, size: float, tabs: float, *, is_parted: bool) -> str:
    """Return what stands between two neighbours: nothing, a blank or a tab."""
    if before is None:
        return ""
    gap = after.x0 - before.x1
    if gap > tabs:
        return "\t"
    return " " if is_parted or gap > _WORD_GAP * size else ""


def _extend(raised: list[Raised], start: int, end: int) -> None:
    if raised and raised[-1].end == start:
        raised[-1] = Raised(raised[-1].start, end)
    else:
        raised.append(Raised(start, end))


def _tab_width(printed: Sequence[Glyph], size: float) -> float:
    """Return how wide a gap of this row must be to be a tab."""
    gaps = [
        after.x0 - before.x1
        for before, after in pairwise(printed)
        if after.x0 - before.x1 > _WORD_GAP * size
    ]
    return max(_TAB_GAP * size, _TAB_OVER_WORD * median(gaps) if len(gaps) > 2 else 0.0)
