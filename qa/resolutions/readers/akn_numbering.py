"""The body of an XML statement as a flat sequence of texts with their numbers and tags.

Files of the United Nations nest wrongly: a list may be twenty levels deep in another, operative
paragraphs in a preamble. Their numbers, order and words are right. So nothing is read from depth:
each text keeps its number, the nearest element that says what it is, and nothing else.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from qa.resolutions.readers.akn_inline import Element, InlineText, Notes, local, plain, words_of


class StatementPart(Enum):
    """The part of a statement that contains a text."""

    PREAMBLE = "preamble"
    BODY = "body"
    ANNEX = "annex"


class Tag(Enum):
    """What the element of a text says that it is."""

    TEXT = "text"
    HEADING = "heading"
    CROSS_HEADING = "crossHeading"
    TITLE = "title"  # of the whole statement, set in its body
    TABLE = "table"
    NUMBER = "number"  # a lone number


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """One text: a paragraph, an item, a heading, a row of a table."""

    tag: Tag
    part: StatementPart
    holder: str  # the nearest element that says what a text is: "paragraph", "point", "container"
    style: str = ""  # of its paragraph: "SingleTxt", "H23"
    number: str = ""  # as printed
    words: InlineText
    rows: tuple[InlineText, ...] = ()
    is_more: bool = False  # its holder held a text before this one
    refers_to: str = ""


_HEADINGS = {"heading": Tag.HEADING, "subheading": Tag.HEADING, "crossHeading": Tag.CROSS_HEADING}
_TEXTS = frozenset({"p", "block", "listIntroduction", "listWrapUp"})
_HOLDERS = frozenset(
    """paragraph point item container alinea wrapUp formula indent subparagraph clause subclause
    blockContainer article rule level hcontainer""".split()
)
_TAKES_NUMBER = frozenset({"alinea", "blockContainer"})  # of the paragraph around it
_LEFT_OUT = frozenset({"", "meta", "img", "documentRef", "decoration", "toc"})
_INLINE = frozenset({"a", "span", "inline", "authorialNote", "sup", "sub", "eol"})
_STRUCTURES = _HOLDERS | {"mod", "quotedStructure", "list", "blockList", "table", "content"}


def units_of(element: Element, part: StatementPart, notes: Notes) -> Iterator[Unit]:
    """Yield the texts under a preamble, a body or an annex, in their order."""
    flat = _Flattener(part, notes)
    flat.walk(element, local(element), "")
    yield from flat.units


class _Flattener:
    """Walks a body and keeps the number that its next text takes."""

    def __init__(self, part: StatementPart, notes: Notes) -> None:
        self.units: list[Unit] = []
        self._part = part
        self._notes = notes
        self._number = ""
        self._is_more = False

    def walk(self, element: Element, holder: str, style: str) -> None:
        """Read the children of an element."""
        for child in element:
            name = local(child)
            if name == "num":
                self._flush(holder, style)
                self._number = plain(child)
            elif name in _HEADINGS:
                self._emit(_HEADINGS[name], child, holder, style)
            elif name == "p":
                self._paragraph(child, holder, style)
            elif name in _TEXTS:
                is_heading = child.get("name") in _HEADINGS
                self._emit(Tag.HEADING if is_heading else Tag.TEXT, child, holder, style)
            elif name == "table":
                self._table(child, holder)
            elif name not in _LEFT_OUT:
                self._enter(child, name, holder, style)

    def _enter(self, child: Element, name: str, holder: str, style: str) -> None:
        if name not in _HOLDERS:
            self.walk(child, holder, child.get("class") or style)
        else:
            if name not in _TAKES_NUMBER:
                self._flush(holder, style)
            self._is_more = False
            self.walk(child, name, child.get("class") or "")
            self._is_more = True
        if self._number and any(local(inner) == "num" for inner in child):
            self._flush(name, child.get("class") or "")

    def _flush(self, holder: str, style: str) -> None:
        """Give a number that no text has taken a unit of its own."""
        if self._number:
            number, self._number = self._number, ""
            self.units.append(
                Unit(
                    tag=Tag.NUMBER,
                    part=self._part,
                    holder=holder,
                    style=style,
                    number=number,
                    words=InlineText(""),
                )
            )

    def _paragraph(self, element: Element, holder: str, style: str) -> None:
        """Take a `p`, in which headings, numbers, titles and whole lists may stand."""
        names = {local(child) for child in element}
        if names <= _INLINE:
            self._emit(Tag.TEXT, element, holder, style)
        elif names & _STRUCTURES:
            self.walk(element, holder, style)
        elif names & {"docTitle", "docType"}:
            self._title(element, holder, style)
        elif names & _HEADINGS.keys():
            self._emit(Tag.HEADING, element, holder, style)
        else:
            for child in element:
                if local(child) == "num":
                    self._flush(holder, style)
                    self._number = plain(child)
            self._emit(Tag.TEXT, element, holder, style)

    def _title(self, element: Element, holder: str, style: str) -> None:
        """Take the title of a statement, or the heading of an annex with the title below it."""
        is_own = self._part is StatementPart.BODY and not self.units
        for child in element:
            if local(child) in {"docType", "docTitle"}:
                self._emit(Tag.TITLE if is_own else Tag.HEADING, child, holder, style)

    def _emit(self, tag: Tag, element: Element, holder: str, style: str) -> None:
        words = words_of(element, self._notes)
        if not words.text and not self._number:
            return
        number, self._number = self._number, ""
        self.units.append(
            Unit(
                tag=tag if words.text else Tag.NUMBER,
                part=self._part,
                holder=holder,
                style=style,
                number=number,
                words=words,
                is_more=self._is_more,
                refers_to=element.get("refersTo") or "",
            )
        )
        self._is_more = True

    def _table(self, table: Element, holder: str) -> None:
        for caption in table.iterfind("{*}caption"):
            self._emit(Tag.HEADING, caption, holder, "")
        rows = []
        for row in table.iter("{*}tr"):
            cells = [words_of(cell, self._notes) for cell in row if local(cell) in {"td", "th"}]
            if any(cell.text for cell in cells):
                rows.append(_joined(cells))
        if rows:
            unit = Unit(
                tag=Tag.TABLE, part=self._part, holder=holder, words=rows[0], rows=tuple(rows)
            )
            self.units.append(unit)


def _joined(cells: list[InlineText]) -> InlineText:
    """Return the cells of a row on one line, a tab between them."""
    row = cells[0]
    for cell in cells[1:]:
        extended = cell.behind(f"{row.text}\t")
        row = InlineText(extended.text, (*row.marks, *extended.marks))
    return row
