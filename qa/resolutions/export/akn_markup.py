"""The words of a paragraph as XML: text, notes at the places of their markers, links."""

import re
from collections import deque
from collections.abc import Sequence

from lxml import etree
from lxml.builder import ElementMaker

from qa.resolutions.cite.citation_format import link
from qa.resolutions.export.akn_attributes import write_note_rank, write_placement
from qa.resolutions.model import Cited, Note, NoteMark, Paragraph

NAMESPACE = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
E = ElementMaker(namespace=NAMESPACE, nsmap={None: NAMESPACE})
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
Element = etree._Element  # lxml has no other name for it


def clean(text: str) -> str:
    """Return `text` with U+FFFD for each character that XML does not allow."""
    return _FORBIDDEN.sub("\ufffd", text)


class InlineMarkup:
    """Fills elements with the text of paragraphs; a note is written at its first marker."""

    def __init__(self, notes: Sequence[Note], language: str) -> None:
        self._notes = {note.marker: note for note in notes}
        self._order = {note.marker: index for index, note in enumerate(notes)}
        self._language = language
        self._met: set[str] = set()

    def fill(self, element: Element, paragraph: Paragraph) -> Element:
        """Return `element` with the words of a paragraph, its place, its notes and its links."""
        write_placement(element, paragraph)
        written = 0
        marks = deque(sorted(paragraph.marks, key=lambda mark: mark.position))
        for cited in _linkable(paragraph.citations):
            if any(cited.start < mark.position < cited.end for mark in marks):
                continue  # a marker in the middle of a number: the words alone
            self._text(element, paragraph.text[: cited.start], written, marks)
            reference = etree.SubElement(element, f"{{{NAMESPACE}}}ref")
            reference.set("href", _address(cited, self._language))
            reference.text = clean(paragraph.text[cited.start : cited.end])
            written = cited.end
        self._text(element, paragraph.text, written, marks)
        return element

    def add_unused(self, element: Element) -> None:
        """Hang the notes that no paragraph refers to on an element."""
        for marker in self._notes:
            if marker not in self._met:
                self._note(element, marker)

    def _text(self, element: Element, text: str, start: int, marks: deque[NoteMark]) -> None:
        """Write the rest of `text` from `at` on with the markers that stand in it or end it."""
        while marks and marks[0].position <= len(text):
            mark = marks.popleft()
            _append(element, clean(text[start : mark.position]))
            self._note(element, mark.marker)
            start = mark.position
        _append(element, clean(text[start:]))

    def _note(self, element: Element, marker: str) -> None:
        note = self._notes.get(marker)
        if note is None or marker in self._met:
            again = etree.SubElement(element, f"{{{NAMESPACE}}}noteRef")
            again.set("href", f"#note_{self._order.get(marker, 'unknown')}")
            again.set("marker", clean(marker))
            return
        self._met.add(marker)
        note_element = etree.SubElement(element, f"{{{NAMESPACE}}}authorialNote")
        note_element.set("marker", clean(marker))
        note_element.set("placement", "bottom")
        note_element.set("eId", f"note_{self._order[marker]}")
        write_note_rank(note_element, self._order[marker])
        etree.SubElement(note_element, f"{{{NAMESPACE}}}p").text = clean(note.text)


def _linkable(citations: Sequence[Cited]) -> list[Cited]:
    """Return the citations that can be links: resolved, and one at a place."""
    links: list[Cited] = []
    for cited in sorted(citations, key=lambda cited: (cited.start, -cited.end)):
        if (
            cited.resolved
            and cited.start < cited.end
            and (not links or cited.start >= links[-1].end)
        ):
            links.append(cited)
    return links


def _address(cited: Cited, language: str) -> str:
    bare = re.split(r" (?:OP|PP|FN|sect\.|annex|para\.|chap\.|art\.)", cited.symbol)[0]
    return link(bare, language).replace(" ", "%20")


def _append(element: Element, text: str) -> None:
    if len(element):
        element[-1].tail = (element[-1].tail or "") + text
    else:
        element.text = (element.text or "") + text
