"""Comparison of our reading of AKN files with a second, simpler one.

The second reading shares no code with the reader: the standard library's parser yields every leaf
of the text in file order with the number before it. The comparison covers the letters and digits of
number and text, the number of each paragraph, and the positions of the note markers.

    python -m benchmarks.akn_truth FOLDER…
"""

import re
import sys
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from qa.errors import UnreadableFileError
from qa.resolutions.document import Block, Document, Role

_LEAVES = frozenset({"p", "heading", "subheading", "crossHeading", "block", "listIntroduction"})
_NUMBERED = frozenset({"paragraph", "point", "item"})
_HOLDERS = _NUMBERED | {"container", "alinea", "wrapUp"}
_WHOLE = re.compile(r"(\d{1,4})\s?[.-]?")
_OPENER = re.compile(r"The (?:General Assembly|Security Council)\W*|L.Assemblée générale,")
_UNIT = re.compile(r"(?:^|[\s\d(])[kcmd]?m$")
_TYPED = re.compile(r"(?P<number>\(\w{1,5}\)|\w{1,3}[.)](?=[\s\u200e]*\t))[\s\u200e]+(?=\S)")


@dataclass(frozen=True, slots=True)
class PrintedPiece:
    """One text of a file; `marks` are note markers with the letters that stand before each."""

    kind: str  # name of the element around it: "paragraph", "point", "container"
    number: str
    text: str
    marks: tuple[tuple[str, int], ...] = ()

    @property
    def key(self) -> str:
        """Letters and digits of number and text."""
        return letters(self.number + self.text)


@dataclass(frozen=True, slots=True)
class FieldMiss:
    """One difference between a file and our reading."""

    file: str
    what: str  # "text", "extra", "order", "number", "marks"
    detail: str


@dataclass(slots=True)
class TruthCounts:
    """What was compared over many files."""

    files: int = 0
    unreadable: list[str] = field(default_factory=list)
    pieces: int = 0
    marks: int = 0
    misses: list[FieldMiss] = field(default_factory=list)


def letters(text: str) -> str:
    """Return the letters and digits of a text."""
    return "".join(character for character in text if character.isalnum())


def truth(path: Path) -> tuple[tuple[PrintedPiece, ...], ...]:
    """Return the texts of each statement in a file, in its order.

    Raises:
        ET.ParseError: the file is not well formed.
    """
    root = ET.parse(path).getroot()
    return tuple(_pieces(element) for element in root.iter() if _tag(element) == "statement")


def compare(
    file: str, printed: Sequence[Sequence[PrintedPiece]], documents: Sequence[Document]
) -> tuple[FieldMiss, ...]:
    """Return the differences between the texts of a file and the documents read from it."""
    if len(printed) != len(documents):
        return (FieldMiss(file, "extra", f"{len(printed)} statements, {len(documents)} documents"),)
    misses: list[FieldMiss] = []
    for pieces, document in zip(printed, documents, strict=True):
        misses += [
            FieldMiss(file, what, detail) for what, detail in _differences(pieces, _ours(document))
        ]
    return tuple(misses)


# The texts of a file


def _pieces(statement: ET.Element) -> tuple[PrintedPiece, ...]:
    notes = {
        element.get("marker", "")
        for element in statement.iter()
        if _tag(element) == "authorialNote"
    }
    walker = _Walker(notes)
    for part in statement:
        if _tag(part) in {"preamble", "mainBody", "attachments"}:
            walker.walk(part, "")
    return tuple(_joined(walker.pieces))


def _joined(pieces: Sequence[PrintedPiece]) -> Iterator[PrintedPiece]:
    """Yield the pieces; a number in an empty paragraph of its own belongs to the next one."""
    held: PrintedPiece | None = None
    for piece in pieces:
        current = piece
        if held and current.kind in _NUMBERED and not current.number:
            current = PrintedPiece(current.kind, held.number, current.text, current.marks)
        elif held:
            yield held
        held = None
        is_lone = not letters(current.text) and current.kind in _NUMBERED
        if is_lone and re.search(r"\d|\(", current.number):
            held = current
        elif current.key and not _OPENER.fullmatch(current.text):
            yield current
    if held:
        yield held


class _Walker:
    """Takes the leaves of a body in order."""

    def __init__(self, notes: set[str]) -> None:
        self.pieces: list[PrintedPiece] = []
        self._notes = notes

    def walk(self, element: ET.Element, kind: str) -> None:
        number = ""
        for child in element:
            tag = _tag(child)
            if tag == "num":
                number = _plain(child)
            elif tag in _LEAVES and not _holds_blocks(child):
                if _has(child, "num"):
                    number = _plain(next(part for part in child if _tag(part) == "num"))
                number = self._leaf(child, kind, number)
            elif tag == "tr":
                self._row(child)
            elif tag in _HOLDERS:
                number = self._alone(kind, number)
                self.walk(child, tag)
            elif tag not in {"meta", "authorialNote", "img", "formula"}:
                number = self._inside(child, kind, number)
        self._alone(kind, number)

    def _alone(self, kind: str, number: str) -> str:
        """Keep a number that no text follows."""
        if number:
            self.pieces.append(PrintedPiece(kind, number, ""))
        return ""

    def _inside(self, element: ET.Element, kind: str, number: str) -> str:
        """Walk a grouping element; its first leaf takes the number before it."""
        first = next((inner for inner in element.iter() if _tag(inner) in {*_LEAVES, "num"}), None)
        if number and first is not None and _tag(first) != "num":
            holder = ET.Element("holder")
            mark = ET.SubElement(holder, "num")
            mark.text = number
            holder.extend(list(element))
            self.walk(holder, kind)
            return ""
        if first is not None:
            number = self._alone(kind, number)
        self.walk(element, kind)
        return number

    def _leaf(self, element: ET.Element, kind: str, number: str) -> str:
        if _has(element, "docType") or (kind == "" and _has(element, "docTitle")):
            for child in element:
                if _tag(child) == "docType" or (_tag(child) == "docTitle" and kind):
                    self._add(kind, number, *_words(child, self._notes))
            return ""
        self._add(kind, number, *_words(element, self._notes))
        return ""

    def _row(self, row: ET.Element) -> None:
        cells = [_words(cell, self._notes) for cell in row]
        self._add("tr", "", "\t".join(text for text, _ in cells), [])

    def _add(self, kind: str, number: str, text: str, marks: Sequence[tuple[str, int]]) -> None:
        self.pieces.append(PrintedPiece(kind, number, text.strip(), tuple(marks)))


def _tag(element: ET.Element) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _has(element: ET.Element, tag: str) -> bool:
    return any(_tag(child) == tag for child in element)


def _holds_blocks(element: ET.Element) -> bool:
    return any(_tag(child) in {"p", "mod", "quotedStructure", "point"} for child in element)


def _plain(element: ET.Element) -> str:
    return " ".join("".join(element.itertext()).split())


def _words(element: ET.Element, notes: set[str]) -> tuple[str, list[tuple[str, int]]]:
    """Return the text of a leaf without its notes, and its markers with the letters before each."""
    text = ""
    marks: list[tuple[str, int]] = []

    def take(parent: ET.Element) -> None:
        nonlocal text
        text += parent.text or ""
        for child in parent:
            tag = _tag(child)
            if tag == "authorialNote":
                marks.append((child.get("marker", ""), len(letters(text))))
            elif tag == "sup" and _refers(child, notes, text):
                marks.extend(
                    (marker, len(letters(text))) for marker in re.findall(r"\d+", _plain(child))
                )
            elif tag == "eol":
                text += " "
            elif tag not in {"num", "decoration"}:
                take(child)
            text += child.tail or ""

    take(element)
    return text, marks


def _refers(raised: ET.Element, notes: set[str], before: str) -> bool:
    numbers = re.findall(r"\d+", _plain(raised))
    is_list = re.fullmatch(r"[\d,\u2013\s]+", _plain(raised)) is not None
    return bool(numbers) and is_list and set(numbers) <= notes and not _UNIT.search(before[-4:])


# Our reading


@dataclass(frozen=True, slots=True)
class _Read:
    role: Role
    printed: str
    line: str  # with the number before it
    marks: tuple[tuple[str, int], ...]

    @property
    def key(self) -> str:
        return letters(self.line)


def _ours(document: Document) -> list[_Read]:
    units = []
    marks = sorted((mark.start, mark.end, mark.marker) for mark in document.marks or ())
    for block in document.blocks or ():
        rows = document.text[block.start : block.end].split("\n")
        start = block.start
        for row in rows:
            inside = [mark for mark in marks if start <= mark[0] <= start + len(row)]
            units.append(_read(document.text, block, start, start + len(row), inside))
            start += len(row) + 1
    return [unit for unit in units if unit.key]


def _read(
    text: str, block: Block, start: int, end: int, inside: Sequence[tuple[int, int, str]]
) -> _Read:
    clean, places, position = "", [], start
    for first, last, marker in inside:
        clean += text[position:first]
        places.append((marker, len(letters(clean))))
        position = last
    clean += text[position:end]
    lead = text[text.rfind("\n", 0, start) + 1 : start]
    return _Read(block.role, block.printed or "", lead + clean, tuple(places))


def _differences(
    pieces: Sequence[PrintedPiece], ours: Sequence[_Read]
) -> Iterator[tuple[str, str]]:
    ours = _put_together(pieces, ours)
    printed = Counter(piece.key for piece in pieces)
    read = Counter(unit.key for unit in ours)
    for piece in pieces:
        if read[piece.key] < printed[piece.key]:
            yield "text", f"{piece.kind} {piece.number} {piece.text[:90]}"
    for unit in ours:
        is_put_back = unit.role is Role.ANNEX and unit.line in {"Annex", "Annexe", "Anexo"}
        if printed[unit.key] < read[unit.key] and not is_put_back:
            yield "extra", f"{unit.role.value} {unit.line[:90]}"
    if printed == read and [piece.key for piece in pieces] != [unit.key for unit in ours]:
        yield "order", ""
    waiting: dict[str, list[_Read]] = {}
    for unit in ours:
        waiting.setdefault(unit.key, []).append(unit)
    for piece in pieces:
        if same := waiting.get(piece.key):
            yield from _marks_and_number(piece, same.pop(0) if len(same) > 1 else same[0])


def _put_together(pieces: Sequence[PrintedPiece], ours: Sequence[_Read]) -> list[_Read]:
    """Return our reading; a letter and the paragraph that the file prints behind it are one.

    Five files of the Security Council hold "A    Determining that …" in one paragraph: a heading
    and the paragraph below it, which we take apart.
    """
    printed = {piece.key for piece in pieces}
    units: list[_Read] = []
    for unit in ours:
        above = units[-1] if units else None
        if (
            above
            and above.role is Role.SECTION
            and len(above.key) == 1
            and unit.key not in printed
            and above.key + unit.key in printed
        ):
            units[-1] = _Read(unit.role, unit.printed, above.line + unit.line, unit.marks)
        else:
            units.append(unit)
    return units


def _marks_and_number(piece: PrintedPiece, unit: _Read) -> Iterator[tuple[str, str]]:
    whole = _WHOLE.fullmatch(piece.number)
    if whole and piece.kind == "paragraph" and unit.printed.rstrip(".") != whole[1]:
        yield "number", f"{piece.number} {unit.role.value} {unit.printed} {piece.text[:60]}"
    typed = _TYPED.match(piece.text) if not piece.number else None
    shift = len(letters(typed["number"])) if typed and unit.printed == typed["number"] else 0
    if unit.role is not Role.TABLE and {(a, b - shift) for a, b in piece.marks} != set(unit.marks):
        yield "marks", f"{piece.marks} {unit.marks} {piece.text[:60]}"


def measure(folder: Path, *, every: int = 1) -> TruthCounts:
    """Read the XML files below a folder and compare each with itself."""
    from qa.resolutions.readers.akn_reader import read_akn

    tally = TruthCounts()
    for path in sorted(folder.rglob("*.xml"))[::every]:
        tally.files += 1
        try:
            documents = read_akn(path.read_bytes(), path.name)
            printed = truth(path)
        except (UnreadableFileError, ET.ParseError):
            tally.unreadable.append(path.name)
            continue
        tally.pieces += sum(map(len, printed))
        tally.marks += sum(len(piece.marks) for pieces in printed for piece in pieces)
        tally.misses += compare(path.name, printed, documents)
    return tally


def main() -> None:
    """Print what was compared in the folders that are named, and every miss."""
    for folder in map(Path, sys.argv[1:]):
        tally = measure(folder)
        print(
            f"{folder.name}: {tally.files} files, {len(tally.unreadable)} unreadable, "
            f"{tally.pieces} texts, {tally.marks} markers; misses: "
            f"{dict(Counter(miss.what for miss in tally.misses))}"
        )
        for miss in tally.misses:
            print(f"- {miss.file}: {miss.what}: {miss.detail}")


if __name__ == "__main__":
    main()
