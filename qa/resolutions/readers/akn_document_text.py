"""The text of a document read from XML, with the offsets of its blocks, markers and notes.

The form is that in which resolutions are saved as text: a line a paragraph, a tab before it, a tab
behind its number; then meeting and day, annexes, notes and masthead.
"""

from collections.abc import Iterable, Mapping, Sequence

from qa.resolutions.document import Block, Definition, Document, Mark, Role, Stated
from qa.resolutions.readers.akn_block_types import Entry
from qa.resolutions.readers.akn_inline import InlineText

_AT_THE_MARGIN = frozenset({Role.HEADING, Role.SECTION, Role.ANNEX, Role.TABLE})


class Writer:
    """Writes a document line by line and records the offsets of blocks, markers and notes."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._length = 0
        self._blocks: list[Block] = []
        self._marks: list[Mark] = []
        self._notes: list[Definition] = []

    def line(self, words: InlineText, lead: str = "") -> None:
        """Write a line outside the blocks of the text."""
        self._write(lead)
        self._words(words)
        self._write("\n")

    def blank(self) -> None:
        """Write an empty line unless the last one is empty."""
        if self._pieces and self._pieces[-2:] != ["\n", "\n"]:
            self._write("\n")

    def entries(self, entries: Iterable[Entry]) -> None:
        """Write the text, or an annex."""
        for entry in entries:
            if entry.role is None:
                self.line(entry.words, "\t")
            else:
                self._block(entry, entry.role)

    def notes(self, texts: Mapping[str, str]) -> None:
        """Write the notes, each as its marker, a blank and its text."""
        for marker, text in texts.items():
            self._write(f"{marker} ")
            start = self._length
            self._notes.append(Definition(marker=marker, start=start, end=start + len(text)))
            self._write(text)
            self._write("\n")

    def document(self, stated: Stated) -> Document:
        """Return what was written."""
        return Document(
            text="".join(self._pieces),
            blocks=tuple(self._blocks),
            marks=tuple(self._marks),
            notes=tuple(self._notes),
            stated=stated,
        )

    def _block(self, entry: Entry, role: Role) -> None:
        if role is Role.ANNEX:
            self.blank()
        self._write("" if role in _AT_THE_MARGIN else "\t")
        self._write(entry.lead)
        start = self._length
        for row in self._rows(entry):
            self._words(row)
            self._write("\n")
        self._blocks.append(
            Block(
                role=role,
                start=start,
                end=self._length - 1,
                printed=entry.printed,
                placement=entry.placement,
            )
        )

    def _rows(self, entry: Entry) -> Sequence[InlineText]:
        return entry.rows or (entry.words,)

    def _words(self, words: InlineText) -> None:
        for mark in words.marks:
            start = self._length + mark.offset
            self._marks.append(Mark(marker=mark.marker, start=start, end=start + len(mark.marker)))
        self._write(words.text)

    def _write(self, text: str) -> None:
        if text:
            self._pieces.append(text)
            self._length += len(text)
