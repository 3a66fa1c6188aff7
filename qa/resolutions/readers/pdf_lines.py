"""The characters of a printed page put into lines, in reading order.

All lengths are in points; x grows to the right and y upwards, as a page of PDF has it.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

_RAISED = (0.12, 0.75)  # of the size of a line: how far above it a note marker is set
_SMALLER = 0.8  # of the size of a line: a note marker is set smaller
_SAME_LINE = 0.25  # of the size: characters that stand no farther apart are on one line
_WORD_GAP = 0.17  # of the size: wider gaps part words, though no blank is printed
_TAB_GAP = 1.15  # of the size: wider gaps are tabs
_TAB_OVER_WORD = 1.8  # and are wider than the gaps between words, which justified lines stretch
_COLUMN_GAP = 8.0
_COLUMN_ROWS = 14  # a page is in two columns if it has that many lines on each side
_ACROSS = 0.2  # of the lines of such a page extend across both, at most: headings
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
    rows = _rows([glyph for glyph in glyphs if not glyph.text.isspace()])
    blanks = [glyph for glyph in glyphs if glyph.text.isspace()]
    gutter = _gutter(rows)
    spaced = _with_blanks(rows, blanks)
    if gutter is None:
        return tuple(_line(row, page) for row in spaced)
    return tuple(_line(row, page) for row in _by_column(spaced, gutter))


def _rows(glyphs: Iterable[Glyph]) -> list[list[Glyph]]:
    """Return the characters of each line, from left to right; markers go with their line."""
    rows: list[list[Glyph]] = []
    for glyph in sorted(glyphs, key=lambda item: (-item.y, item.x0)):
        last = rows[-1] if rows else None
        if last and abs(last[0].y - glyph.y) <= _SAME_LINE * min(last[0].size, glyph.size):
            last.append(glyph)
        else:
            rows.append([glyph])
    largest = max((item.size for row in rows for item in row), default=0.0)
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
        elif max(item.size for item in row) < largest:  # only what is smaller can be a marker
            waiting = [row]
            continue
        joined.append(row)
    joined.extend(waiting)
    joined.sort(key=lambda row: -_baseline(row))
    return [sorted(row, key=lambda item: item.x0) for row in joined]


def _split_raised(small: list[Glyph], row: Sequence[Glyph]) -> tuple[list[Glyph], list[Glyph]]:
    """Divide a row into markers raised above the line below it, and the rest."""
    base, size = _baseline(row), median(glyph.size for glyph in row)
    left = min(glyph.x0 for glyph in row) - 2 * size
    right = max(glyph.x1 for glyph in row) + size
    home: list[Glyph] = []
    rest: list[Glyph] = []
    for glyph in small:
        rise = (glyph.y - base) / size
        is_marker = (
            glyph.size <= _SMALLER * size
            and _RAISED[0] <= rise <= _RAISED[1]
            and left <= glyph.x0 <= right
        )
        (home if is_marker else rest).append(glyph)
    return home, rest


def _is_lowered(row: Sequence[Glyph], above: Sequence[Glyph]) -> bool:
    """Return whether a row is a subscript of the line above it: the 2 of CO2."""
    size = median(glyph.size for glyph in above)
    return (
        max(glyph.size for glyph in row) <= _SMALLER * size
        and _baseline(above) - _baseline(row) <= _SAME_LINE * 1.4 * size
        and min(glyph.x0 for glyph in row) > min(glyph.x0 for glyph in above)
        and max(glyph.x1 for glyph in row) <= max(glyph.x1 for glyph in above) + size
    )


def _baseline(row: Sequence[Glyph]) -> float:
    """Return the baseline of the large characters of a row."""
    size = max(glyph.size for glyph in row)
    return median(glyph.y for glyph in row if glyph.size > _SMALLER * size)


def _with_blanks(rows: list[list[Glyph]], blanks: Sequence[Glyph]) -> list[list[Glyph]]:
    """Return the rows with the blanks that are printed between their words."""
    ordered = sorted(blanks, key=lambda blank: -blank.y)
    first = 0
    for row in rows:
        base, size = _baseline(row), max(glyph.size for glyph in row)
        left, right = row[0].x0, row[-1].x1
        while first < len(ordered) and ordered[first].y > base + size:
            first += 1
        near = first
        inside = []
        while near < len(ordered) and ordered[near].y >= base - _SAME_LINE * size:
            blank = ordered[near]
            if left < blank.x0 < right and abs(blank.y - base) <= _SAME_LINE * size:
                inside.append(blank)
            near += 1
        row.extend(inside)
        row.sort(key=lambda glyph: glyph.x0)
    return rows


def _gutter(rows: Sequence[Sequence[Glyph]]) -> float | None:
    """Return the x between two columns of running text; None where a page has one column."""
    if len(rows) < _COLUMN_ROWS:
        return None
    left = min(row[0].x0 for row in rows)
    right = max(row[-1].x1 for row in rows)
    fewest, gutter = int(_ACROSS * len(rows)), None
    for step in range(36, 65, 2):
        x = left + (right - left) * step / 100
        parts = [_divided(row, x) for row in rows]
        across = sum(1 for part in parts if part is None)
        if across <= fewest and _are_columns([part for part in parts if part is not None]):
            fewest, gutter = across - 1, x
    return gutter


def _divided(row: Sequence[Glyph], x: float) -> tuple[list[Glyph], list[Glyph]] | None:
    """Return the glyphs left and right of `x`; None if something is printed across it."""
    left = [glyph for glyph in row if glyph.x1 <= x]
    right = [glyph for glyph in row if glyph.x0 >= x]
    if len(left) + len(right) < len(row):
        return None
    if left and right and right[0].x0 - left[-1].x1 < max(_COLUMN_GAP, left[-1].size):
        return None
    return left, right


def _are_columns(parts: Sequence[tuple[list[Glyph], list[Glyph]]]) -> bool:
    """Return whether both sides are running text, not the cells of a table."""
    sides = [[part[side] for part in parts if part[side]] for side in (0, 1)]
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
        parts = _divided([glyph for glyph in row if not glyph.text.isspace()], x)
        if parts is None:
            yield from (*left, *right, row)
            left, right = [], []
            continue
        for side, column in zip(parts, (left, right), strict=True):
            if side:
                inside = [glyph for glyph in row if side[0].x0 <= glyph.x0 <= side[-1].x0]
                column.append(inside)
    yield from (*left, *right)


def _line(row: Sequence[Glyph], page: int) -> PageLine:
    """Return the characters of a row as a line: words parted by blanks, wide gaps by tabs."""
    printed = [glyph for glyph in row if not glyph.text.isspace()]
    size = median(glyph.size for glyph in printed)
    base = _baseline(printed)
    tabs = _tab_width(printed, size)
    text = ""
    raised: list[Raised] = []
    first_end: float | None = None
    second_word: float | None = None
    after_tab: float | None = None
    before: Glyph | None = None
    is_parted = False  # a blank was read after the last character
    for glyph in row:
        if glyph.text.isspace():
            is_parted = True
            continue
        is_raised = glyph.size <= _SMALLER * size and glyph.y - base >= _RAISED[0] * size
        gap = _gap(before, glyph, size, tabs, is_parted=is_parted)
        if is_raised and gap == " ":
            gap = ""  # a marker is glued to what it marks
        if not gap and glyph.text.isupper() and _LABEL.fullmatch(text):
            gap = "\t"  # its tab has no width where the number just reaches it
        if gap and first_end is None and before:
            first_end, second_word = before.x1, glyph.x0
        if gap == "\t" and after_tab is None:
            after_tab = glyph.x0
        text += gap
        if is_raised:
            _extend(raised, len(text), len(text) + len(glyph.text))
        text += glyph.text
        before, is_parted = glyph, False
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
    """Return the separator between two neighbours: nothing, a blank or a tab."""
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
