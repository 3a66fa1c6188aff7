"""Where a statement of an XML file is found: itself, and the collection that holds it."""

from collections.abc import Iterator
from dataclasses import dataclass

from qa.resolutions.readers.akn_inline import Element


@dataclass(frozen=True, slots=True)
class Origin:
    """A statement with the collection that holds it, and the file of both."""

    statement: Element
    shared: Element | None  # the collection of the parts A, B … under one number
    part: str  # "B"; "" outside a collection
    file: str

    @property
    def is_president(self) -> bool:
        """True of a statement by the President of the Security Council."""
        return self.statement.get("name") == "presidentialStatement"

    @property
    def is_draft(self) -> bool:
        """True for a draft, which was not adopted."""
        return "draft" in (self.statement.get("name") or "").lower()

    def sections(self, name: str) -> Iterator[Element]:
        """Yield the sections of a name: that of the collection, then its own."""
        for holder in (self.shared, self.statement):
            section = holder.find(f"{{*}}{name}") if holder is not None else None
            if section is not None:
                yield section

    def nearest(self, name: str) -> Element | None:
        """Return its own section of a name, or that of its collection."""
        sections = list(self.sections(name))
        return sections[-1] if sections else None

    def printed(self, section: str, name: str, role: str = "") -> Iterator[Element]:
        """Yield the elements of a name in a section; `said`: what they are named or refer to."""
        for holder in self.sections(section):
            for element in holder.iter(f"{{*}}{name}"):
                if not role or role in {element.get("name"), element.get("refersTo")}:
                    yield element
