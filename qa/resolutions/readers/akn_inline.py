"""The words of an XML element, with the notes taken out of them and their markers glued in."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from lxml import etree

Element = etree._Element

_BREAKS = frozenset({"eol", "br"})
_SIMPLE = frozenset({"a", "span", "inline"})
_PARTED = frozenset({"docDate", "location", "p"})  # set apart, whether or not a blank is typed
_LEFT_OUT = frozenset({"num", "img", "meta", "decoration"})
# "7,8" and "1–17": several notes at one place.
_MARKERS = re.compile(r"\d{1,3}(?:\s?[,\u2013-]\s?\d{1,3})*")
_EXPONENT_AFTER = re.compile(r"(?:^|[\s\d(])[kcmd]?m$")  # "m³" is not a note
_EMPTY_BRACKETS = re.compile(r"^\(\s*\)\s*")  # around the marker of an Arabic note
_BLANKS = re.compile(r"[ \t\r\n\f\v]+")
_LINE_ENDS = re.compile(r"[ \t]*[\r\n\f\v]+[ \t]*")


@dataclass(frozen=True, slots=True)
class InlineMark:
    """A note marker and its offset in the words."""

    marker: str
    offset: int


@dataclass(frozen=True, slots=True)
class InlineText:
    """Text of an element, none of its white space joined, no line end in it."""

    text: str
    marks: tuple[InlineMark, ...] = ()

    @property
    def unmarked(self) -> str:
        """The words without the note markers at their end."""
        text = self.text
        for mark in reversed(self.marks):
            if mark.offset + len(mark.marker) == len(text):
                text = text[: mark.offset]
        return text.rstrip()

    def after(self, start: int) -> "InlineText":
        """Return the words from `start` on."""
        marks = tuple(
            InlineMark(mark.marker, mark.offset - start)
            for mark in self.marks
            if mark.offset >= start
        )
        return InlineText(self.text[start:], marks)

    def behind(self, text: str) -> "InlineText":
        """Return the words with `text` before them."""
        marks = tuple(InlineMark(mark.marker, mark.offset + len(text)) for mark in self.marks)
        return InlineText(text + self.text, marks)

    def marked(self, marker: str) -> "InlineText":
        """Return the words with a note marker at their end."""
        return InlineText(self.text + marker, (*self.marks, InlineMark(marker, len(self.text))))


@dataclass(slots=True)
class Notes:
    """The notes of a document; `texts` fills as their markers are met, in the order of the text."""

    markers: Mapping[Element, str]
    known: frozenset[str]
    texts: dict[str, str] = field(default_factory=dict)

    @classmethod
    def under(cls, *roots: Element) -> "Notes":
        """Return the notes under `roots`; one that bears no marker takes its place in the count."""
        notes = [note for root in roots for note in root.iter("{*}authorialNote")]
        markers = {
            note: note.get("marker") or str(position)
            for position, note in enumerate(notes, start=1)
        }
        return cls(markers, frozenset(markers.values()))

    def take(self, note: Element) -> str:
        """Return the marker of a note that is met in the text."""
        marker = self.markers[note]
        self.texts.setdefault(marker, _EMPTY_BRACKETS.sub("", plain(note)))
        return marker


@lru_cache(maxsize=512)
def _named(tag: str) -> str:
    return tag.rpartition("}")[2]


def local(element: Element) -> str:
    """Return the name of an element without its namespace; "" for a comment or an entity."""
    tag: object = element.tag
    return _named(tag) if isinstance(tag, str) else ""


def plain(element: Element | None) -> str:
    """Return the text of an element without its notes, white space joined."""
    if element is None:
        return ""
    if not len(element):
        return _on_blanks(element.text or "")
    collector = _InlineCollector(None, left_out=_LEFT_OUT - {"num"})
    collector.take(element)
    return _on_blanks("".join(collector.pieces))


def _on_blanks(text: str) -> str:
    """Return `text` with white space joined; a blank at which no line may break stays."""
    is_joined = text.isprintable() and "  " not in text
    return (text if is_joined else _BLANKS.sub(" ", text)).strip()


def words_of(element: Element, notes: Notes) -> InlineText:
    """Return the words of an element, its number left out, and add its notes to `notes`."""
    collector = _InlineCollector(notes)
    collector.take(element)
    raw = "".join(collector.pieces)
    lead = len(raw) - len(raw.lstrip())
    text = raw.strip()
    if "\n" in text or "\r" in text:
        return _on_one_line(
            text, [InlineMark(mark.marker, mark.offset - lead) for mark in collector.marks]
        )
    return InlineText(
        text, tuple(InlineMark(mark.marker, mark.offset - lead) for mark in collector.marks)
    )


def _on_one_line(text: str, marks: list[InlineMark]) -> InlineText:
    """Return words in which the line ends of an indented file are blanks."""
    ends = [(line_end.start(), line_end.end()) for line_end in _LINE_ENDS.finditer(text)]
    moved = [
        InlineMark(
            mark.marker,
            mark.offset - sum(end - start - 1 for start, end in ends if end <= mark.offset),
        )
        for mark in marks
    ]
    return InlineText(_LINE_ENDS.sub(" ", text), tuple(moved))


class _InlineCollector:
    """Takes an element and what is in it, piece by piece."""

    def __init__(self, notes: Notes | None, *, left_out: frozenset[str] = _LEFT_OUT) -> None:
        self.pieces: list[str] = []
        self.marks: list[InlineMark] = []
        self._notes = notes
        self._left_out = left_out
        self._length = 0
        self._closes_bracket = False  # the bracket before the last note marker was removed

    def take(self, element: Element) -> None:
        """Add what an element holds, its tail left out."""
        if element.text:
            self._add(element.text)
        for child in element:
            name = local(child)
            if name in _SIMPLE and not len(child):
                self._add(child.text or "")
            elif name:
                self._take_child(child, name)
            if child.tail:
                self._add(child.tail)

    def _take_child(self, child: Element, name: str) -> None:
        if name == "authorialNote":
            self._note(child)
        elif name == "noteRef":
            self._note_again(child)
        elif name in _BREAKS:
            self._add(" ")
        elif name == "sup" and self._notes is not None:
            self._raised(child)
        elif name not in self._left_out:
            if name in _PARTED and self.pieces and not self.pieces[-1][-1:].isspace():
                self._add(" ")
            self.take(child)

    def _add(self, text: str) -> None:
        self.pieces.append(text)
        self._length += len(text)

    def _note(self, note: Element) -> None:
        if self._notes is not None:
            self._drop_open_bracket()
            self._mark(self._notes.take(note))

    def _note_again(self, reference: Element) -> None:
        if self._notes is not None and (marker := reference.get("marker")):
            self._mark(marker)

    def _raised(self, element: Element) -> None:
        """Add raised text: the marker of a note that is referred to again, or what it says."""
        assert self._notes is not None  # noqa: S101  asked by the one caller
        text = plain(element)
        if self._closes_bracket and text.startswith(")"):
            self._closes_bracket = False
            self._add(text[1:])
            return
        numbers = re.findall(r"\d+", text)
        is_marker = (
            len(element) == 0
            and _MARKERS.fullmatch(text) is not None
            and all(number in self._notes.known for number in numbers)
            and not _EXPONENT_AFTER.search("".join(self.pieces[-2:])[-4:])
        )
        if not is_marker:
            self.take(element)
            return
        for number, between in zip(numbers, [*re.split(r"\d+", text)[1:-1], ""], strict=True):
            self._mark(number)
            if between:
                self._add(between)

    def _drop_open_bracket(self) -> None:
        """Remove the raised bracket before a marker: Arabic and Chinese print "(1)"."""
        if self.pieces and self.pieces[-1].strip() == "(":
            self._length -= len(self.pieces.pop())
            self._closes_bracket = True

    def _mark(self, marker: str) -> None:
        """Glue a marker to the word before it; a blank between them goes behind it."""
        blank = ""
        while self.pieces:
            last = self.pieces[-1]
            stripped = last.rstrip()
            blank = last[len(stripped) :] + blank
            if stripped:
                self.pieces[-1] = stripped
                break
            self.pieces.pop()
        self._length -= len(blank)
        self.marks.append(InlineMark(marker, self._length))
        self._add(marker)
        if blank:
            self._add(blank)
