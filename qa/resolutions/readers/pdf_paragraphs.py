"""The printed lines of pages made one text: paragraphs whole again, notes and masthead at the end.

A paragraph begins where a typesetter marks it: an indent, a wider space above, a change
of size, and a line that ends although the next word would have fitted on it.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from qa.resolutions.document import Document
from qa.resolutions.readers.page_assembly import FootNote, LineMark, TextBuilder
from qa.resolutions.readers.pdf_lines import PageLine
from qa.resolutions.readers.pdf_pages import PageParts, PageRegion, divide

_NUMBER = re.compile(
    r"[\"\u201c]?(?:\d{1,3}\.|\([a-z]{1,4}\)|\(\d{1,2}\)|[a-z]\)|[ivxl]{1,5}[.)]"
    r"|[\u2022\u00b7\uf0b7\u25cf\u2013\u2014-])(?P<gap>\s)"
)
_MARKER = re.compile(r"(?P<marker>\d{1,3}|\*{1,4}|\u2020|\u2021|[a-z])(?:/)?(?=\s|$)")
_RAISED_MARKER = re.compile(r"\d{1,3}|\*{1,4}|\u2020|\u2021|[a-z]")
_TAB = "\t"
_WIDE_SPACE = 1.3  # of the distance between lines: wider spaces part paragraphs
_BLANK_LINE = 2.2
_USUAL_SPACE, _SINGLE_SPACE, _DOUBLE_SPACE = 1.25, 1.6, 2.5  # of the size, from line to line
_INDENT = 0.5  # of the size of type
_SIZE_CHANGE = 1.08
_HEADING = 1.05  # of the size of the text: what is larger is a heading, and is set narrower
_SLACK = 0.6  # of the size: room for the next word from which a line counts as ended early
_ENDS = re.compile(r"[.:!?\u3002][\"'\u201d\u2019)\]]*\d{0,2}$")
_ENDS_A_CLAUSE = re.compile(r"[.,;:!?][\"'\u201d\u2019)\]]*\d{0,2}$")
_HYPHEN = re.compile(r"(?P<before>\w+)[-\u2010]$")
_SUSPENDED = frozenset(("and", "or", "to"))
_HYPHENATED = 0.03  # of the lines end with a hyphen where a program divides words
_TIES = re.compile(r"/$|\S[\u2013\u2014]$")  # "and/", "9\u2013": what follows is not parted from it
_WORD = re.compile(r"\w+(?:[-\u2010]\w+)*")


def flow(pages: Sequence[Sequence[PageLine]]) -> Document:
    """Return the document on `pages`: lines from top to bottom, one column after the other."""
    parts = divide(pages)
    notes = tuple(_notes(parts))
    words = _Words(line.text for page in parts for line in (*page.lines, *page.notes))
    markers = frozenset(marker for marker, _ in notes)
    regions = [region for page in parts for region in page.regions]
    builder = TextBuilder()
    for paragraph in _ParagraphJoiner(regions).paragraphs():
        if paragraph.has_space_above:
            builder.add("")
        builder.begin_page(paragraph.lines[0].page + 1)
        builder.add(*_joined(paragraph, words, markers))
    return builder.document(
        masthead=[line for page in parts for line in page.masthead],
        notes=[FootNote(marker, _plain(lines, words)) for marker, lines in notes],
    )


@dataclass(slots=True)
class _Paragraph:
    """Printed lines that belong together, and how far from the margin each begins."""

    lines: list[PageLine]
    indents: list[float]
    has_space_above: bool = False

    def add(self, line: PageLine, region: PageRegion) -> None:
        self.lines.append(line)
        self.indents.append(line.x0 - region.left)


class _ParagraphJoiner:
    """Puts lines together into paragraphs."""

    def __init__(self, regions: Sequence[PageRegion]) -> None:
        self._regions = regions
        lines = [line for region in regions for line in region.lines]
        self._size = _most_common_size(lines)
        self._leading = _leading(regions, self._size)
        self._width = median([region.right - region.left for region in regions] or [0.0])

    def paragraphs(self) -> Iterator[_Paragraph]:
        """Yield the paragraphs in the order of the text."""
        paragraph: _Paragraph | None = None
        above: PageRegion | None = None
        for region in self._regions:
            for index, line in enumerate(region.lines):
                space = paragraph.lines[-1].y - line.y if paragraph and index else None
                if paragraph and above and not self._begins(line, region, paragraph, above, space):
                    paragraph.add(line, region)
                else:
                    if paragraph:
                        yield paragraph
                    is_wide = space is not None and space > _BLANK_LINE * self._leading
                    paragraph = _Paragraph([], [], has_space_above=is_wide)
                    paragraph.add(line, region)
                above = region
        if paragraph:
            yield paragraph

    def _begins(
        self,
        line: PageLine,
        region: PageRegion,
        paragraph: _Paragraph,
        above: PageRegion,
        space: float | None,
    ) -> bool:
        """Return whether `line` begins a paragraph; `space` is None across columns and pages."""
        last = paragraph.lines[-1]
        if not 1 / _SIZE_CHANGE < line.size / last.size < _SIZE_CHANGE:
            return True
        leading = self._leading * max(1.0, line.size / self._size)
        if space is not None and space > _WIDE_SPACE * leading:
            return True
        number = _NUMBER.match(line.text)
        indent = line.x0 - region.left
        if number and (
            number["gap"] != " "
            or _ENDS_A_CLAUSE.search(last.text)
            or _stands_under_number(line, indent, paragraph)
        ):
            return True
        if line.size > _HEADING * self._size:
            return space is None
        if _are_rows(last, line):
            return True
        goes_on = line.text[:1].islower() and not _ENDS.search(last.text)
        if self._ended_early(last, line, above) and not goes_on:
            return True
        return _is_set_off(line, indent, paragraph, is_below=space is not None)

    def _ended_early(self, last: PageLine, line: PageLine, above: PageRegion) -> bool:
        """Return whether a line ended before its time: the next word had room on it."""
        right = max(above.right, above.left + self._width)
        return last.x1 + line.first_word + _SLACK * line.size < right


def _are_rows(above: PageLine, line: PageLine) -> bool:
    """Return whether two lines are rows of a table: their wide gaps stand below each other."""
    return (
        above.after_tab is not None
        and line.after_tab is not None
        and not _NUMBER.match(above.text)
        and abs(above.after_tab - line.after_tab) <= line.size
    )


def _stands_under_number(line: PageLine, indent: float, paragraph: _Paragraph) -> bool:
    """Return whether a line begins under the number of a paragraph whose text hangs elsewhere."""
    tolerance = _INDENT * line.size
    return (
        bool(_NUMBER.match(paragraph.lines[0].text))
        and indent > tolerance
        and abs(indent - paragraph.indents[0]) <= tolerance
        and all(abs(later - indent) > tolerance for later in paragraph.indents[1:])
    )


def _is_set_off(line: PageLine, indent: float, paragraph: _Paragraph, *, is_below: bool) -> bool:
    """Return whether a line is indented as the first line of a paragraph is.

    Args:
        line: the line.
        indent: how far from the margin it begins.
        paragraph: the paragraph before it.
        is_below: the line is below it, not in the next column or on the next page.
    """
    tolerance = _INDENT * line.size
    if len(paragraph.lines) > 1:
        change = indent - paragraph.indents[1]
        return (abs(change) if is_below else change) > tolerance
    first, start = paragraph.lines[0], paragraph.indents[0]
    hangs = first.second_word is not None and _NUMBER.match(first.text)
    if hangs and abs(indent - start - (first.second_word or 0.0) + first.x0) <= tolerance:
        return False  # under the text of "(a)  Text"
    if abs(indent - start) <= tolerance:
        return start > tolerance and bool(_ENDS_A_CLAUSE.search(first.text))
    return indent > start


def _leading(regions: Sequence[PageRegion], size: float) -> float:
    """Return the distance between the lines of running text."""
    steps = [
        round(above.y - line.y, 1)
        for region in regions
        for above, line in pairwise(region.lines)
        if abs(line.size - size) < 0.1 * size and above.y > line.y
    ]
    near = [step for step in steps if step < _DOUBLE_SPACE * size]
    usual = Counter(near).most_common(1)[0][0] if near else 0.0
    is_text = usual <= _SINGLE_SPACE * size or _share_of_full(regions, size) > 0.5
    return usual if usual and is_text else _USUAL_SPACE * size


def _share_of_full(regions: Sequence[PageRegion], size: float) -> float:
    """Return how many of the lines reach their right margin: most, where text is running."""
    full = [line.x1 > region.right - 3 * size for region in regions for line in region.lines]
    return sum(full) / max(1, len(full))


def _most_common_size(lines: Sequence[PageLine]) -> float:
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[round(line.size, 1)] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 1.0


class _Words:
    """The words of a document, to decide whether a hyphen at a line end belongs to a word."""

    def __init__(self, lines: Iterable[str]) -> None:
        printed = tuple(lines)
        self._words = {
            word.lower().replace("\u2010", "-") for line in printed for word in _WORD.findall(line)
        }
        broken = sum(1 for line in printed if _HYPHEN.search(line))
        self._is_hyphenated = broken > _HYPHENATED * len(printed)

    def has_hyphen(self, before: str, after: str) -> bool:
        """Return whether "before-after" is printed with its hyphen, broken at it or not."""
        before, after = before.lower(), after.lower()
        if f"{before}-{after}" in self._words:
            return True
        if not self._is_hyphenated:
            return before + after not in self._words or after in self._words
        return before + after not in self._words and before in self._words and after in self._words


def _joined(
    paragraph: _Paragraph, words: _Words, markers: frozenset[str]
) -> tuple[str, tuple[LineMark, ...]]:
    """Return the text of a paragraph and the note markers in it."""
    number = _NUMBER.match(paragraph.lines[0].text)
    is_indented = paragraph.indents[0] > _INDENT * paragraph.lines[0].size
    text = "\t" if is_indented or number else ""
    placed: list[LineMark] = []
    for index, line in enumerate(paragraph.lines):
        printed = line.text
        if index:
            text = _glue(text, printed, words)
        if len(paragraph.lines) > 1 or number:
            printed = _with_single_blanks(printed, None if index else number)
        for raised in line.raised:
            placed += [
                LineMark(match[0], len(text) + match.start())
                for match in _RAISED_MARKER.finditer(line.text, raised.start, raised.end)
                if match[0] in markers
            ]
        text += printed
    return text, tuple(placed)


def _plain(lines: Sequence[str], words: _Words) -> str:
    """Return lines as one."""
    text = ""
    for line in lines:
        text = (_glue(text, line, words) if text else "") + line.replace("\t", " ")
    return " ".join(text.split())


def _glue(text: str, after: str, words: _Words) -> str:
    """Return `text` so that the next line can follow it: with a blank, or its hyphen mended."""
    hyphen = _HYPHEN.search(text)
    word = _WORD.match(after)
    if not hyphen or not word:
        return text if _TIES.search(text) else f"{text} "
    if word[0] in _SUSPENDED:
        return f"{text} "  # "burden- and responsibility-sharing"
    if not word[0][:1].islower() or words.has_hyphen(hyphen["before"], word[0].split("-")[0]):
        return text
    return text[:-1]


def _with_single_blanks(text: str, number: re.Match[str] | None) -> str:
    """Return a line with blanks for the wide gaps of justified text, and a tab after its number."""
    if not number:
        return text.replace("\t", " ")
    return f"{text[: number.end() - 1]}\t{text[number.end() :].replace(_TAB, ' ')}"


def _notes(parts: Sequence[PageParts]) -> Iterator[tuple[str, list[str]]]:
    """Yield each note with its lines; one may go on at the foot of the next page."""
    marker: str | None = None
    lines: list[str] = []
    for page in parts:
        for line in page.notes:
            opened = _opened(line, marker)
            if opened is None:
                if marker is not None:
                    lines.append(line.text)
                continue
            if marker is not None:
                yield marker, lines
            marker, lines = opened, [line.text[len(opened) :].lstrip("/").strip()]
    if marker is not None:
        yield marker, lines


def _opened(line: PageLine, before: str | None) -> str | None:
    """Return the marker that a line of a foot begins with; `before` is that of the last note."""
    if line.raised and line.raised[0].start == 0:
        match = _RAISED_MARKER.fullmatch(line.text, 0, line.raised[0].end)
        return match[0] if match else None
    match = _MARKER.match(line.text)
    marker = match["marker"] if match else ""
    if marker.isdecimal() and before and before.isdecimal() and int(marker) != int(before) + 1:
        return None  # "25 April-" goes on with "6 May 1994"
    return marker if marker and not marker.isalpha() else None
