"""Lines of a folded text, and detection of page furniture."""

import re
from typing import NamedTuple

from qa.resolutions.model import Span

# Rules of hyphens, stray page numbers, job numbers, running headers, marks of the document system.
_FURNITURE = re.compile(
    r"""\s*(?=[\[</\d.N*PAESUD])(?:
        \[DU\d\].* | <<ODS.* | <!--.*--> | \d{1,3} | \d{6} | \d{1,3}/\d{1,3} | /?\.{3}
      | (?:\d{2}[-\ ]\d{5}|N\d{7})\b.* | \*\d{7}\* | Page\ \d+
      | S/PRST/\d{4}/\d{1,3} | E(?:nglish|NGLISH)
      | [AES]/(?:HRC/)?RES/\S+(?:\ \(\d{4}\))?(?:\ [A-Z](?:-[A-Z])?)?
      | United\ Nations(?:A/|S/|E/).* | Distr\.:.*
    )\s*|[-_=*\s]{3,}""",
    re.VERBOSE,
)
RULES = ("-", "_", "=", "*", "\u2014")  # what rules are made of
_RULE = re.compile(rf"\s*[{''.join(RULES)}]{{3,}}\s*")


class Line(NamedTuple):
    """One line of a folded text, or the lines of one paragraph; line end left out.

    `start` and `end` are its offsets in the folded text, and each character of `text` is there
    at its own place: a line end or a gap inside is blank in `text`.
    """

    text: str
    start: int
    end: int
    gaps: tuple[Span, ...] = ()  # spans inside it that do not belong to the paragraph
    printed: str | None = None  # a number that the conversion displaced: "4."

    @property
    def is_blank(self) -> bool:
        """True where nothing is printed."""
        return not self.text or self.text.isspace()

    @property
    def is_furniture(self) -> bool:
        """True for page numbers, rules, running headers and marks of the document system."""
        return bool(_FURNITURE.fullmatch(self.text))

    @property
    def is_rule(self) -> bool:
        """True for a line of hyphens or the like, above which a page's text ends."""
        return bool(_RULE.fullmatch(self.text))


def split_lines(text: str) -> tuple[Line, ...]:
    """Return the lines of `text` with their offsets."""
    lines, start = [], 0
    for part in text.split("\n"):
        lines.append(Line(part, start, start + len(part)))
        start += len(part) + 1
    return tuple(lines)
