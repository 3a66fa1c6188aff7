"""Each printed page divided into its text, its notes, its masthead and its furniture."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from qa.resolutions.readers.pdf_lines import PageLine

_JOB_NUMBER = re.compile(r"(?P<job>\d{2}-\d{5}(?: \([A-Z]\))?)(?:\s.*)?")
_NUMBERS = re.compile(
    r"""\d{2}-\d{5}(?:\s\([A-Z]\))?(?:\s+\d{6})? | \d{6} | \*?[A-Z]?\d{7}[A-Z]?\*?
      | \d{1,4}\s?/\s?\d{1,4} | [-\u2013]?\s?\d{1,4}\s?[-\u2013]? | [Pp]age\s\d+(?:\s(?:of|/)\s\d+)?
      | \d{1,4}(?:/\d{1,4})?\s\d{2}-\d{5} | \d{2}-\d{5}\s\d{1,4}(?:/\d{1,4})? | Please\ recycle.*
    """,
    re.VERBOSE,
)
_SYMBOL = re.compile(r"[A-Z]{1,5}/\S*[^\s,;.](?:\s\((?:\d{4}|[IVXLC]+)\))?(?:/\S+)?")
_RULE = re.compile(r"[_\u2014\u2500]{5,}|-{8,}")
_NOTE = re.compile(r"(?:\d{1,3}|\*{1,4}|\u2020|\u2021|[a-z])/?\s")
_EDGE_LINES = 3  # running heads, page numbers and job numbers stand that near an edge of the page
_WIDE_SPACE = 1.7  # of the size of type: between the text and separate lines
_SMALL_TYPE = 0.93  # of the size of the text: the size of notes is below
_MASTHEAD_LINES = 12
_COLUMN_SLACK = 6.0
_MARGIN_SLACK = 3.0
_RIGHT_QUANTILE = 0.9  # a rule or a wide table may stand out
_MARGIN_SHARE = 0.12  # of the lines of a column begin at its margin, at least


@dataclass(frozen=True, slots=True)
class PageRegion:
    """Lines that stand below each other, and the margins between which they are set."""

    lines: tuple[PageLine, ...]
    left: float
    right: float


@dataclass(frozen=True, slots=True)
class PageParts:
    """The parts of one page."""

    regions: tuple[PageRegion, ...]  # one a column
    notes: tuple[PageLine, ...]
    masthead: tuple[str, ...]

    @property
    def lines(self) -> tuple[PageLine, ...]:
        """The lines of its text."""
        return tuple(line for region in self.regions for line in region.lines)


def divide(pages: Sequence[Sequence[PageLine]]) -> tuple[PageParts, ...]:
    """Return the parts of each page; page numbers, running heads and barcodes are in none."""
    size = _text_size(pages)
    heads = _running_heads(pages)
    divided = []
    is_cut = False  # the last note of the page before goes on at the foot of this one
    for number, lines in enumerate(pages):
        masthead, rest = _masthead(lines) if number == 0 else ((), tuple(lines))
        job = _job_number(lines) if number == 0 else ()
        text, notes = _separate_notes(
            _without_furniture(rest, heads, is_first=number == 0), size, goes_on=is_cut
        )
        is_cut = bool(notes) and not notes[-1].text.endswith((".", ";", ")"))
        divided.append(
            PageParts(
                regions=tuple(_region(part) for part in _columns(text)),
                notes=tuple(line for line in notes if not _RULE.fullmatch(line.text)),
                masthead=(*masthead, *job),
            )
        )
    return _with_one_margin(divided)


def _text_size(pages: Sequence[Sequence[PageLine]]) -> float:
    sizes: Counter[float] = Counter()
    for lines in pages:
        for line in lines:
            sizes[round(line.size, 1)] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 1.0


def _running_heads(pages: Sequence[Sequence[PageLine]]) -> frozenset[str]:
    """Return edge lines that recur on pages, ignoring digits; the first page has none."""
    later = pages[1:]
    counts: Counter[str] = Counter()
    for lines in later:
        counts.update({_masked(line.text) for line in _edges(lines)})
    return frozenset(text for text, count in counts.items() if count > max(1, len(later) // 3))


def _masked(text: str) -> str:
    return re.sub(r"\d+", "#", " ".join(text.split()))


def _edges(lines: Sequence[PageLine]) -> tuple[PageLine, ...]:
    """Return the separate lines above and below the text: running heads, page and job numbers."""
    ordered = sorted(lines, key=lambda line: -line.y)
    return (*_edge_block(ordered), *_edge_block(ordered[::-1]))


def _edge_block(ordered: Sequence[PageLine]) -> Sequence[PageLine]:
    """Return the lines before the first wide space; the first one where none comes soon."""
    for index, (above, below) in enumerate(pairwise(ordered[: _EDGE_LINES + 1]), start=1):
        if abs(above.y - below.y) > _WIDE_SPACE * max(above.size, below.size):
            return ordered[:index]
    return ordered[:1]


def _without_furniture(
    lines: Sequence[PageLine], heads: frozenset[str], *, is_first: bool
) -> tuple[PageLine, ...]:
    ordered = sorted(lines, key=lambda line: -line.y)
    left_out: set[int] = set()
    for edge in (_edge_block(ordered), _edge_block(ordered[::-1])):
        plain = [line for line in edge if not _is_finished_note(line)]
        furniture = [line for line in plain if _is_furniture(line) or _masked(line.text) in heads]
        is_head = edge[:1] == ordered[:1] and not is_first
        # Next to a symbol or a page number, a running head repeats the title on two or three lines.
        left_out.update(id(line) for line in (plain if furniture and is_head else furniture))
    return tuple(line for line in lines if id(line) not in left_out)


def _is_finished_note(line: PageLine) -> bool:
    """Tell a note from a running foot: it is raised, or a number and words with a full stop."""
    return bool(line.raised or (_NOTE.match(line.text) and line.text.endswith((".", ";"))))


def _is_furniture(line: PageLine) -> bool:
    parts = [part.strip() for part in line.text.split("\t")]
    return any(_SYMBOL.fullmatch(part) for part in parts) or all(
        _NUMBERS.fullmatch(part) for part in parts
    )


def _masthead(lines: Sequence[PageLine]) -> tuple[tuple[str, ...], tuple[PageLine, ...]]:
    """Divide the first page into its masthead and the rest.

    The masthead is everything above the line of the distribution, that line, and what is set
    below it in the same column.
    """
    top = lines[:_MASTHEAD_LINES]
    index = next((index for index, line in enumerate(top) if "Distr." in line.text), None)
    if index is None:
        return (), tuple(lines)
    line = lines[index]
    column = line.x0 if line.text.startswith("Distr.") else line.after_tab or line.x0
    end = index + 1
    while end < len(lines) and lines[end].x0 >= column - _COLUMN_SLACK:
        end += 1
    printed = [
        part.strip() for heading_line in lines[:end] for part in heading_line.text.split("\t")
    ]
    return tuple(printed), tuple(lines[end:])


def _job_number(lines: Sequence[PageLine]) -> tuple[str, ...]:
    matches = (_JOB_NUMBER.fullmatch(line.text) for line in _edges(lines))
    return tuple(match["job"] for match in matches if match)[:1]


def _separate_notes(
    lines: Sequence[PageLine], size: float, *, goes_on: bool
) -> tuple[tuple[PageLine, ...], tuple[PageLine, ...]]:
    """Divide the lines of a page into its text and the notes at the foot of each column.

    Args:
        lines: the lines of the page.
        size: that of the text.
        goes_on: the last note of the page before is not finished.
    """
    text: list[PageLine] = []
    notes: list[PageLine] = []
    index = 0
    while index < len(lines):
        end = _foot_end(lines, index, size, goes_on=goes_on)
        if end > index:
            notes += lines[index:end]
            index = end
        else:
            text.append(lines[index])
            index += 1
    return tuple(text), tuple(notes)


def _foot_end(lines: Sequence[PageLine], start: int, size: float, *, goes_on: bool) -> int:
    """Return where the foot that begins at `at` ends: at the end of its column, or it is none."""
    is_ruled = bool(_RULE.fullmatch(lines[start].text))
    first = start + 1 if is_ruled else start
    if first >= len(lines) or (is_ruled and lines[first].y > lines[start].y):
        return start
    is_small = lines[first].size <= _SMALL_TYPE * size
    if not (_is_note(lines[first], is_small=is_small) or (is_small and goes_on)):
        return start
    if not is_ruled and not is_small:
        return start
    end = first + 1
    while end < len(lines) and lines[end].y <= lines[end - 1].y:
        if is_small and lines[end].size > _SMALL_TYPE * size:
            return start
        end += 1
    return end


def _is_note(line: PageLine, *, is_small: bool) -> bool:
    if line.raised and line.raised[0].start == 0:
        return True
    return is_small and bool(_NOTE.match(line.text))


def _columns(lines: Sequence[PageLine]) -> Iterator[Sequence[PageLine]]:
    """Yield the lines that stand below each other: those of each column."""
    start = 0
    for index, (above, line) in enumerate(pairwise(lines), start=1):
        if line.y > above.y + above.size:
            yield lines[start:index]
            start = index
    if lines:
        yield lines[start:]


def _with_one_margin(parts: Sequence[PageParts]) -> tuple[PageParts, ...]:
    """Return the pages with the margin that most have, where a line of theirs begins at it.

    A page that holds nothing but items is set in, and its own lines do not show the margin.
    """
    margins = Counter(round(region.left) for page in parts for region in page.regions)
    common = margins.most_common(1)[0][0] if margins else 0
    return tuple(
        replace(page, regions=tuple(_with_margin(region, common) for region in page.regions))
        for page in parts
    )


def _with_margin(region: PageRegion, margin: int) -> PageRegion:
    near = [line.x0 for line in region.lines if abs(line.x0 - margin) < _MARGIN_SLACK]
    return replace(region, left=min(near)) if near else region


def _region(lines: Sequence[PageLine]) -> PageRegion:
    starts = Counter(round(line.x0) for line in lines)
    often = [x for x, count in starts.items() if count > max(1, _MARGIN_SHARE * len(lines))]
    margin = min(often or starts)
    ends = sorted(line.x1 for line in lines)
    return PageRegion(
        lines=tuple(lines),
        left=min(line.x0 for line in lines if round(line.x0) >= margin),
        right=ends[int(_RIGHT_QUANTILE * (len(ends) - 1))],
    )
