"""A folded text cut into lines, and the lines that are no part of any text."""

import re
from dataclasses import dataclass

# Rules of hyphens, stray page numbers, job numbers, running headers, marks of the document system.
_FURNITURE = re.compile(
    r"""\s*(?:
        \[DU\d\].* | <<ODS.* | [-_=*\s]{3,} | \d{1,3} | /?\.{3} | \d{2}[-\ ]\d{5}.*
      | [AES]/(?:HRC/)?RES/\S+(?:\ \(\d{4}\))? | United\ Nations(?:A/|S/|E/).* | Distr\.:.*
    )\s*""",
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a folded text; `start` and `end` are its offsets there, the line end left out."""

    text: str
    start: int
    end: int

    @property
    def is_blank(self) -> bool:
        """True where nothing is printed."""
        return not self.text.strip()

    @property
    def is_furniture(self) -> bool:
        """True for page numbers, rules, running headers and marks of the document system."""
        return bool(_FURNITURE.fullmatch(self.text))


def split_lines(text: str) -> tuple[Line, ...]:
    """Return the lines of `text` with their offsets."""
    lines, start = [], 0
    for part in text.split("\n"):
        lines.append(Line(part, start, start + len(part)))
        start += len(part) + 1
    return tuple(lines)
