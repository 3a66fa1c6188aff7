"""The text of a Word file, line by line, as Word prints it.

Rules: ECMA-376 part 1, 17.3 (paragraphs and runs), 17.11 (notes), 17.13.5 (tracked changes),
17.16 (fields): of a field its result is printed, not its instruction.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from qa.resolutions.readers.page_assembly import LineMark
from qa.resolutions.readers.word_numbering import Element, Numbering, W, is_on, numeral

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_SKIPPED = frozenset(
    f"{W}{name}"
    for name in ("del", "moveFrom", "pPr", "rPr", "sdtPr", "sdtEndPr", "tblPr", "trPr", "tcPr")
)
_CHARACTERS = {
    f"{W}tab": "\t",
    f"{W}ptab": "\t",
    f"{W}cr": "\n",
    f"{W}br": "\n",
    f"{W}noBreakHyphen": "\u2011",
}
_HOLDS_BOXES = frozenset(
    (f"{_MC}AlternateContent", f"{W}drawing", f"{W}pict", f"{W}object")  # text boxes lie in them
)
_REFERENCES = {f"{W}footnoteReference": "footnote", f"{W}endnoteReference": "endnote"}
_TYPED_MARKER = re.compile(r"\d{1,3}|\*{1,4}|[\u2020\u2021]")
_AUTO_NUMBER = re.compile(r"\s*AUTONUM(?:LGL|OUT)?\b")
_UNFINISHED = re.compile(r"[^.;:!?\s]\s*$")


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteForm:
    """How the notes of one kind are numbered."""

    form: str
    start: int
    restarts: bool  # in every section


@dataclass(slots=True)
class Piece:
    """Text that is being put together, with the note markers in it."""

    text: str = ""
    placed: list[LineMark] = field(default_factory=list)

    def mark(self, marker: str) -> None:
        """Add a note marker."""
        self.placed.append(LineMark(marker, len(self.text)))
        self.text += marker

    def add(self, piece: "Piece") -> None:
        """Add another piece with its markers."""
        self.placed += [
            LineMark(mark.marker, len(self.text) + mark.offset) for mark in piece.placed
        ]
        self.text += piece.text

    def lines(self) -> Iterator[tuple[str, tuple[LineMark, ...]]]:
        """Yield the lines that breaks divide it into; a break inside a sentence is a blank."""
        start = 0
        text = self.text
        for line_end in [*(match.start() for match in re.finditer("\n", text)), len(text)]:
            after = text[line_end + 1 :].lstrip()[:1]
            if after.islower() and _UNFINISHED.search(text[start:line_end]):
                continue
            yield (
                text[start:line_end].replace("\n", " "),
                tuple(
                    LineMark(mark.marker, mark.offset - start)
                    for mark in self.placed
                    if start <= mark.offset < line_end
                ),
            )
            start = line_end + 1


@dataclass(slots=True)
class WordText:
    """Reads the text of a document from start to end, counting numbers and notes on the way."""

    numbering: Numbering
    forms: dict[str, NoteForm]
    referred: list[tuple[str, str, str]] = field(default_factory=list)  # kind, identifier, marker
    masthead: list[str] = field(default_factory=list)
    _counts: dict[str, int] = field(default_factory=dict)
    _auto: int = 0
    _boxes: list[Element] = field(default_factory=list)
    _instruction: str = ""
    _custom: tuple[str, str] | None = None  # a note whose marker is typed next

    def pieces(self, block: Element) -> Iterator[Piece]:
        """Yield the paragraphs and the rows of tables in a block, a piece each."""
        unfinished = Piece()  # of paragraphs whose end was deleted: they go on in the next
        for element in _blocks(block):
            if element.tag == f"{W}tbl":
                yield from self._rows(element)
                continue
            is_merged = _has_deleted_end(element)
            number = "" if is_merged else self.numbering.next_of(element)
            piece = self._paragraph(element)
            if is_merged:
                unfinished.add(piece)
                continue
            if number and piece.text.strip():
                piece = _with_number(number, piece)
            if unfinished.text:
                unfinished.add(piece)
                piece, unfinished = unfinished, Piece()
            yield piece
            boxes, self._boxes = self._boxes, []
            for box in boxes:
                yield from self.pieces(box)
            if element.find(f"{W}pPr/{W}sectPr") is not None:
                self._end_section()
        if unfinished.text:
            yield unfinished

    def _end_section(self) -> None:
        for kind, form in self.forms.items():
            if form.restarts:
                self._counts.pop(kind, None)

    def _rows(self, table: Element) -> Iterator[Piece]:
        """Yield a piece for each row, cells separated by tabs; a masthead is stored separately."""
        rows = [
            [[] if _is_merged(cell) else list(self.pieces(cell)) for cell in _within(row, f"{W}tc")]
            for row in _within(table, f"{W}tr")
            if row.find(f"{W}trPr/{W}del") is None
        ]
        lines = [piece for row in rows for cell in row for piece in cell]
        if any("Distr." in piece.text for piece in lines):
            self.masthead += [piece.text.strip() for piece in lines if piece.text.strip()]
            return
        for row in rows:
            if len(row) == 1:
                yield from row[0]
                continue
            whole = Piece()
            for column, cell in enumerate(row):
                whole.text += "\t" if column else ""
                for index, piece in enumerate(part for part in cell if part.text.strip()):
                    whole.text += " " if index else ""
                    whole.add(_on_one_line(piece))
            if whole.text.strip():
                yield whole

    def _paragraph(self, paragraph: Element) -> Piece:
        piece = Piece()
        self._walk(paragraph, piece)
        return piece

    def _walk(self, parent: Element, piece: Piece) -> None:
        """Add what is printed inside an element that holds runs."""
        for child in parent:
            if child.tag in _SKIPPED:
                continue
            if child.tag == f"{W}r":
                self._run(child, piece)
            elif child.tag == f"{_MC}AlternateContent":
                self._walk(_chosen(child), piece)
            elif child.tag == f"{W}fldSimple" and _AUTO_NUMBER.match(child.get(f"{W}instr", "")):
                piece.text += self._next_auto()
            elif child.tag not in {f"{W}p", f"{W}tbl"}:
                self._walk(child, piece)

    def _run(self, run: Element, piece: Piece) -> None:
        if is_on(run.find(f"{W}rPr/{W}vanish")):
            return
        is_raised = _is_raised(run)
        for child in run:
            if child.tag in _CHARACTERS:
                piece.text += _CHARACTERS[child.tag]
            elif child.tag in {f"{W}t", f"{W}sym"}:
                text = _sign(child) if child.tag == f"{W}sym" else child.text or ""
                self._text(text, piece, is_raised=is_raised)
            elif child.tag in _REFERENCES:
                self._refer(child, piece)
            elif child.tag == f"{W}fldChar":
                self._field(child.get(f"{W}fldCharType"), piece)
            elif child.tag == f"{W}instrText":
                self._instruction += child.text or ""
            elif child.tag in _HOLDS_BOXES:
                self._boxes += _chosen(child).iter(f"{W}txbxContent")

    def _text(self, text: str, piece: Piece, *, is_raised: bool) -> None:
        if self._custom and text.strip():
            kind, identifier = self._custom
            self._custom = None
            self.referred.append((kind, identifier, text.strip()))
            piece.mark(text.strip())
        elif is_raised and _TYPED_MARKER.fullmatch(text.strip()):
            piece.mark(text.strip())  # a reference to a note that was made before
        else:
            piece.text += text

    def _refer(self, reference: Element, piece: Piece) -> None:
        """Add the marker of a note."""
        kind, identifier = _REFERENCES[str(reference.tag)], reference.get(f"{W}id", "")
        if reference.get(f"{W}customMarkFollows") not in {None, "0", "false", "off"}:
            self._custom = (kind, identifier)
            return
        form = self.forms[kind]
        number = self._counts.get(kind, form.start - 1) + 1
        self._counts[kind] = number
        marker = numeral(number, form.form) or str(number)
        self.referred.append((kind, identifier, marker))
        piece.mark(marker)

    def _field(self, step: str | None, piece: Piece) -> None:
        if step == "begin":
            self._instruction = ""
        elif step == "end":
            if _AUTO_NUMBER.match(self._instruction):
                piece.text += self._next_auto()
            self._instruction = ""

    def _next_auto(self) -> str:
        """Return the number that a field AUTONUM prints: it stores none."""
        self._auto += 1
        return f"{self._auto}."


def _blocks(parent: Element) -> Iterator[Element]:
    """Yield the paragraphs and tables of a block, whatever is wrapped around them."""
    for child in parent:
        if child.tag in {f"{W}p", f"{W}tbl"}:
            yield child
        elif child.tag == f"{_MC}AlternateContent":
            yield from _blocks(_chosen(child))
        elif child.tag not in _SKIPPED and child.tag != f"{W}sectPr":
            yield from _blocks(child)


def _within(parent: Element, tag: str) -> Iterator[Element]:
    """Yield the rows of a table or the cells of a row, whatever is wrapped around them."""
    for child in parent:
        if child.tag == tag:
            yield child
        elif child.tag not in _SKIPPED and child.tag not in {f"{W}tbl", f"{W}p"}:
            yield from _within(child, tag)


def _is_merged(cell: Element) -> bool:
    """Return whether a cell is part of the one above it."""
    merged = cell.find(f"{W}tcPr/{W}vMerge")
    return merged is not None and merged.get(f"{W}val") != "restart"


def _chosen(alternatives: Element) -> Element:
    """Return the first of several forms of the same content."""
    first = alternatives.find(f"{_MC}Choice")
    fallback = alternatives.find(f"{_MC}Fallback")
    return first if first is not None else fallback if fallback is not None else alternatives


def _has_deleted_end(paragraph: Element) -> bool:
    return any(
        paragraph.find(f"{W}pPr/{W}rPr/{W}{change}") is not None for change in ("del", "moveFrom")
    )


def _is_raised(run: Element) -> bool:
    """Return whether a run is set as the marker of a note is."""
    align = run.find(f"{W}rPr/{W}vertAlign")
    style = run.find(f"{W}rPr/{W}rStyle")
    return (align is not None and align.get(f"{W}val") == "superscript") or (
        style is not None and "otereference" in style.get(f"{W}val", "").lower()
    )


def _with_number(number: str, piece: Piece) -> Piece:
    lead = len(piece.text) - len(piece.text.lstrip())
    whole = Piece(number)
    whole.add(
        Piece(
            piece.text[lead:], [LineMark(mark.marker, mark.offset - lead) for mark in piece.placed]
        )
    )
    return whole


def _on_one_line(piece: Piece) -> Piece:
    return Piece(re.sub(r"[\t\n]", " ", piece.text), piece.placed)


def _sign(symbol: Element) -> str:
    """Return a character of a symbol font by its code; "" where a damaged file has none."""
    try:
        code = int(symbol.get(f"{W}char", ""), 16)
    except ValueError:
        return ""
    return chr(code) if 0x20 <= code < 0xD800 or 0xE000 <= code < 0xFFFE else ""
