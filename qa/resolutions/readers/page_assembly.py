"""The text of a document put together line by line, with the offsets of what its format states.

The form is that in which resolutions are saved as text: a line a paragraph, then what was printed
as masthead, then the notes, each as its marker, a blank and its text.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from qa.resolutions.cite.symbols import find_symbols
from qa.resolutions.document import Definition, Document, Mark, PageStart, Stated


@dataclass(frozen=True, slots=True)
class FootNote:
    """A note and the marker that it bears."""

    marker: str
    text: str


@dataclass(frozen=True, slots=True)
class LineMark:
    """A note marker at an offset of a line."""

    marker: str
    offset: int


class TextBuilder:
    """Collects lines in order and computes the final offset of each marker."""

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._marks: list[Mark] = []
        self._pages: list[PageStart] = []
        self._length = 0

    @property
    def is_blank(self) -> bool:
        """True while nothing but white space was added."""
        return not any(line.strip() for line in self._lines)

    def begin_page(self, number: int) -> None:
        """Note that what is added next is printed on this page, from 1."""
        if not self._pages or self._pages[-1].number != number:
            self._pages.append(PageStart(self._length, number))

    def add(self, line: str, placed: Iterable[LineMark] = ()) -> None:
        """Add a line; a second blank one in a row is left out."""
        if not line.strip() and (not self._lines or not self._lines[-1].strip()):
            return
        self._marks += [
            Mark(
                marker=mark.marker,
                start=self._length + mark.offset,
                end=self._length + mark.offset + len(mark.marker),
            )
            for mark in placed
        ]
        self._append(line)

    def document(self, *, masthead: Sequence[str] = (), notes: Sequence[FootNote] = ()) -> Document:
        """Return the text with its masthead and notes below it.

        A masthead begins with the line of its distribution, by which it is known to be none of the
        text. Where a format has no notes of its own, some may still be typed: nothing is stated.
        """
        if masthead:
            self.add("")
            first = [line for line in masthead if line.startswith("Distr.")]
            start = masthead.index(first[0]) if first else 0
            for line in (*masthead[start:], *masthead[:start]):
                self.add(line)
        if notes:
            self.add("")
        definitions = []
        for note in notes:
            start = self._length + len(note.marker) + 1
            definitions.append(
                Definition(marker=note.marker, start=start, end=start + len(note.text))
            )
            self._append(f"{note.marker} {note.text}")
        markers = {note.marker for note in notes}
        marks = [mark for mark in self._marks if mark.marker in markers]
        return Document(
            text="".join(f"{line}\n" for line in self._lines),
            marks=tuple(sorted(marks, key=lambda mark: mark.start)) if notes else None,
            notes=tuple(definitions) if notes else None,
            stated=_stated(masthead),
            pages=tuple(self._pages),
        )

    def _append(self, line: str) -> None:
        self._lines.append(line)
        self._length += len(line) + 1


def _stated(masthead: Sequence[str]) -> Stated:
    """Return the symbol of a draft, which a masthead bears and the text nowhere.

    The symbol of a resolution is left to its parser, which knows the parts of one number.
    """
    for line in masthead:
        symbols = find_symbols(line)
        if len(symbols) == 1 and symbols[0].start == 0 and symbols[0].end == len(line):
            symbol = symbols[0].symbol
            return Stated() if "/RES/" in symbol else Stated(symbol=symbol)
    return Stated()
