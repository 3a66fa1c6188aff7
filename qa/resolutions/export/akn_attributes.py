"""Attributes of our own namespace that record the label of each paragraph in exported files.

The schema of Akoma Ntoso permits attributes of other namespaces on every element. Reading such a
file restores the labels without detecting them from the layout.
"""

import re

from lxml import etree

from qa.resolutions.document import Placement
from qa.resolutions.model import Kind, Paragraph

NAMESPACE = "urn:operative:outline"
_NAME = f"{{{NAMESPACE}}}"
Element = etree._Element  # lxml has no other name for it


def write_placement(element: Element, paragraph: Paragraph) -> None:
    """Write kind, label, number and parent of a paragraph on its element."""
    element.set(f"{_NAME}kind", paragraph.kind.value)
    element.set(f"{_NAME}label", paragraph.label)
    if paragraph.number is not None:
        element.set(f"{_NAME}number", str(paragraph.number))
    for name, value in (
        ("section", paragraph.section),
        ("parent", paragraph.parent),
        ("printed", paragraph.printed),
    ):
        if value is not None:
            element.set(f"{_NAME}{name}", value)
    if paragraph.depth:
        element.set(f"{_NAME}depth", str(paragraph.depth))


def write_note_rank(note: Element, place: int) -> None:
    """Write the position of a note on its element, from 0."""
    note.set(f"{_NAME}number", str(place))


def ranked_notes(statement: Element) -> list[Element]:
    """Return the notes that state their position, in that order."""
    notes = [
        note
        for note in statement.iter("{*}authorialNote")
        if (note.get(f"{_NAME}number") or "").isdecimal()
    ]
    return sorted(notes, key=lambda note: int(note.get(f"{_NAME}number") or 0))


def write_symbol(number: Element, symbol: str) -> None:
    """Write on the number of a document its symbol, in the form of citations."""
    number.set(f"{_NAME}symbol", symbol)


def read_symbol(statement: Element) -> str | None:
    """Return the symbol written on a number of a statement; None if it is not valid."""
    numbers = statement.iter("{*}docNumber")
    symbol = next((value for number in numbers if (value := number.get(f"{_NAME}symbol"))), None)
    return symbol if symbol and re.fullmatch(r"[A-Z][\w.()\[\]/ -]{2,80}", symbol) else None


def voting_state(name: str) -> Element:
    """Return the element of a State that voted; Akoma Ntoso defines none inside a count."""
    element = etree.Element(f"{_NAME}organization")
    element.text = name
    return element


def write_reason(step: Element, reason: str) -> None:
    """Write on a step of the workflow why the text was not adopted."""
    step.set(f"{_NAME}reason", reason)


def read_reason(step: Element) -> str:
    """Return the reason written on a step; "" if there is none."""
    return step.get(f"{_NAME}reason") or ""


def read_placement(element: Element) -> Placement | None:
    """Return the placement written on an element; None if it is missing or not valid."""
    attributes = {
        name: element.get(f"{_NAME}{name}") for name in ("label", "kind", "number", "depth")
    }
    kind = next((member for member in Kind if member.value == attributes["kind"]), None)
    number, depth = attributes["number"], attributes["depth"] or "0"
    if not attributes["label"] or kind in (None, Kind.NOTE) or not depth.isdecimal():
        return None
    if number is not None and not number.isdecimal():
        return None
    return Placement(
        kind=kind or Kind.OPERATIVE,
        label=attributes["label"],
        number=int(number) if number is not None else None,
        section=element.get(f"{_NAME}section"),
        parent=element.get(f"{_NAME}parent"),
        printed=element.get(f"{_NAME}printed"),
        depth=int(depth),
    )
