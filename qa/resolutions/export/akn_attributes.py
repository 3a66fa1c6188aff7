"""Where each paragraph of an exported file stands: attributes beside those of Akoma Ntoso.

The schema leaves room for attributes of other namespaces on every element. With these an exported
file says how we labelled it, and reading it again needs no rule that finds labels in layout.
"""

import re

from lxml import etree

from qa.resolutions.document import Placement
from qa.resolutions.model import Kind, Paragraph

NAMESPACE = "urn:operative:outline"
_NAME = f"{{{NAMESPACE}}}"
Element = etree._Element  # lxml has no other name for it


def write_placement(element: Element, paragraph: Paragraph) -> None:
    """Write on the element that holds a paragraph's words where the paragraph stands."""
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
    """Write on a note which one it is, from 0: those that nothing refers to stand elsewhere."""
    note.set(f"{_NAME}number", str(place))


def ranked_notes(statement: Element) -> list[Element]:
    """Return the notes that say which one they are, in that order."""
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
    """Return the symbol that a number in a statement bears; None where it could not be one."""
    numbers = statement.iter("{*}docNumber")
    symbol = next((value for number in numbers if (value := number.get(f"{_NAME}symbol"))), None)
    return symbol if symbol and re.fullmatch(r"[A-Z][\w.()\[\]/ -]{2,80}", symbol) else None


def voting_state(name: str) -> Element:
    """Return a State that voted: Akoma Ntoso leaves open what a count holds."""
    element = etree.Element(f"{_NAME}organization")
    element.text = name
    return element


def read_placement(element: Element) -> Placement | None:
    """Return where an element says that its paragraph stands; None where it says nothing sound."""
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
