"""The text of a resolution cut into its paragraphs: preamble, numbers, lists, annexes."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from qa.resolutions.model import Kind
from qa.resolutions.parse.actions import is_operative_opening
from qa.resolutions.parse.lines import Line
from qa.resolutions.parse.masthead import OPENER

_NUMBERED = re.compile(r"\s*(?P<number>\d{1,3})\.\s+(?=\S)")
_LETTERED = re.compile(r"\s*\((?P<letter>[a-z]{1,2})\)\s+(?=\S)")
_ROMAN = re.compile(r"\s*\((?P<roman>[ivx]+)\)\s+(?=\S)")
_SECTION = re.compile(r"\s*(?P<section>[IVX]+)\.?\s*")
_ANNEX = re.compile(r"\s*Annex(?:\s+(?P<number>[IVX]+))?\s*", re.IGNORECASE)
_OPEN_END = re.compile(r"[,;:.][\d\s]*$")


@dataclass(slots=True)
class Draft:
    """A paragraph under construction; offsets in the folded document."""

    kind: Kind
    label: str
    number: int | None
    start: int
    end: int
    section: str | None = None
    parent: str | None = None
    depth: int = 0


def read_body(lines: Sequence[Line]) -> tuple[Draft, ...]:
    """Return the paragraphs of the lines between title and closing formula, in order."""
    reader = _Reader()
    for line in lines:
        reader.take(line)
    return tuple(reader.drafts)


class _Reader:
    """Takes one line after the other and knows what is open."""

    def __init__(self) -> None:
        self.drafts: list[Draft] = []
        self._section: str | None = None
        self._annex: str | None = None
        self._preambular = 0
        self._in_operative = False
        self._after_blank = True
        self._last_text = ""

    def take(self, line: Line) -> None:
        """Add one line to the paragraphs."""
        if line.is_blank or line.is_furniture or OPENER.fullmatch(line.text):
            self._after_blank = True
            return
        if annex := _ANNEX.fullmatch(line.text):
            self._annex = f"annex {annex['number']}" if annex["number"] else "annex"
            self._heading(line)
        elif (section := _SECTION.fullmatch(line.text)) and not self._annex:
            self._section = section["section"]
            self._heading(line)
        elif number := _NUMBERED.match(line.text):
            self._numbered(line, number)
        elif self.drafts and (item := self._list_item(line)):
            self.drafts.append(item)
        else:
            self._unnumbered(line)
        self._after_blank = False
        self._last_text = line.text

    def _numbered(self, line: Line, match: re.Match[str]) -> None:
        number = int(match["number"])
        start = line.start + match.end()
        if self._annex:
            self._open(Kind.ANNEX, f"{self._annex} para. {number}", number, start, line)
            return
        self._in_operative = True
        self._open(Kind.OPERATIVE, f"OP{number}", number, start, line)

    def _list_item(self, line: Line) -> Draft | None:
        """Return the sub-paragraph that a line "(a) …" or "(i) …" opens."""
        letter, roman = _LETTERED.match(line.text), _ROMAN.match(line.text)
        last = self.drafts[-1]
        is_roman = roman and (
            last.depth == 2 or (last.depth == 1 and not last.label.endswith("(h)"))
        )
        if roman and is_roman:
            parent = last if last.depth == 1 else self._parent_of(last)
            mark, match = roman["roman"], roman
        elif letter:
            parent = last
            while parent.depth > 0:
                parent = self._parent_of(parent)
            mark, match = letter["letter"], letter
        else:
            return None
        return Draft(
            kind=parent.kind,
            label=self._unique(f"{parent.label}({mark})"),
            number=parent.number,
            start=line.start + match.end(),
            end=_end(line),
            section=self._section,
            parent=parent.label,
            depth=parent.depth + 1,
        )

    def _unnumbered(self, line: Line) -> None:
        start = line.start + len(line.text) - len(line.text.lstrip())
        text = line.text.strip()
        if self._resumes(line):
            self._resume(line, start)
        elif self._continues(line, text):
            self.drafts[-1].end = _end(line)
        elif self._entitles(text):
            self._heading(line)
        elif self._annex:
            count = sum(1 for draft in self.drafts if draft.kind is Kind.ANNEX)
            self._open(Kind.ANNEX, f"{self._annex} text {count + 1}", None, start, line)
        elif is_operative_opening(text):
            self._in_operative = True
            self._open(Kind.OPERATIVE, "OP1", None, start, line)
        elif self._in_operative and not _OPEN_END.search(text):
            self._heading(line)
        elif self._in_operative and not text.endswith(","):
            self.drafts[-1].end = _end(line)
        else:
            self._preambular += 1
            label = f"PP{self._preambular}"
            self._open(Kind.PREAMBULAR, label, self._preambular, start, line)

    def _continues(self, line: Line, text: str) -> bool:
        """Tell whether a line goes on with a paragraph that a line end broke."""
        if not self.drafts or self.drafts[-1].kind is Kind.HEADING or self._after_blank:
            return False
        return not line.text.startswith("\t") or text[:1].islower()

    def _resumes(self, line: Line) -> bool:
        """Tell whether a line goes on with the paragraph whose list has ended."""
        last = self.drafts[-1] if self.drafts else None
        ended = last is not None and last.depth > 0 and _OPEN_END.search(self._last_text)
        return bool(ended) and line.text.strip()[:1].islower()

    def _resume(self, line: Line, start: int) -> None:
        parent = self.drafts[-1]
        while parent.depth > 0:
            parent = self._parent_of(parent)
        self.drafts.append(
            Draft(
                kind=parent.kind,
                label=self._unique(f"{parent.label}(end)"),
                number=parent.number,
                start=start,
                end=_end(line),
                section=self._section,
                parent=parent.label,
                depth=1,
            )
        )

    def _entitles(self, text: str) -> bool:
        """Tell whether a line is the title of the section whose number stands above it."""
        last = self.drafts[-1] if self.drafts else None
        return last is not None and last.kind is Kind.HEADING and not _OPEN_END.search(text)

    def _heading(self, line: Line) -> None:
        start = line.start + len(line.text) - len(line.text.lstrip())
        count = sum(1 for draft in self.drafts if draft.kind is Kind.HEADING)
        self._open(Kind.HEADING, f"heading {count + 1}", None, start, line)

    def _open(self, kind: Kind, label: str, number: int | None, start: int, line: Line) -> None:
        self.drafts.append(
            Draft(
                kind=kind,
                label=self._unique(label),
                number=number,
                start=start,
                end=_end(line),
                section=self._section,
            )
        )

    def _unique(self, label: str) -> str:
        """Return `label`, with its section where numbers start again."""
        taken = {draft.label for draft in self.drafts}
        if label in taken and self._section:
            label = f"sect. {self._section} {label}"
        plain, copy = label, 2
        while label in taken:
            label, copy = f"{plain} [{copy}]", copy + 1
        return label

    def _parent_of(self, draft: Draft) -> Draft:
        return next(one for one in reversed(self.drafts) if one.label == draft.parent)


def _end(line: Line) -> int:
    return line.start + len(line.text.rstrip())
