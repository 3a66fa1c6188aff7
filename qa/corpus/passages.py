"""A paragraph or a note with its resolution: what is searched and quoted."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from qa.resolutions.model import (
    Action,
    Cited,
    Kind,
    Masthead,
    Note,
    NoteMark,
    Paragraph,
    Resolution,
    Span,
)
from qa.resolutions.wordings import family_of, wording_of


@dataclass(frozen=True, kw_only=True, eq=False)
class Passage:
    """A paragraph or a note with its resolution: what is searched and quoted. `row` numbers it."""

    row: int
    resolution: Masthead
    kind: Kind
    label: str
    number: int | None
    text: str
    start: int
    end: int
    chapeau: str | None = None
    is_numbered: bool = True  # it, or the paragraph it hangs on, carries a number
    marks: tuple[NoteMark, ...] = ()
    gaps: tuple[Span, ...] = ()
    actions: tuple[Action, ...] = ()
    citations: tuple[Cited, ...] = ()

    @property
    def symbol(self) -> str:
        """Symbol of its resolution."""
        return self.resolution.symbol

    @cached_property
    def wording(self) -> str:
        """Its words: equal for copies."""
        return wording_of(self.text)

    @cached_property
    def family(self) -> str:
        """Its words with the figures left open: equal for copies and kin."""
        return family_of(self.text)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Passage):
            return NotImplemented
        return (self.row, self.symbol, self.text) == (other.row, other.symbol, other.text)

    def __hash__(self) -> int:
        return hash(self.row)


@dataclass(frozen=True, slots=True)
class PassageRef:
    """The position of a passage, without its text."""

    row: int
    symbol: str
    label: str
    adopted: date | None


class Parts:
    """The paragraphs, headings left out, and notes of a resolution, from which passages are made.

    Args:
        resolution: whole.
        masthead: what each passage names as its resolution.
        first: the row of the first passage.
    """

    def __init__(self, resolution: Resolution, masthead: Masthead, first: int) -> None:
        self._masthead = masthead
        self._first = first
        self._by_label = {paragraph.label: paragraph for paragraph in resolution.paragraphs}
        paragraphs = (
            paragraph for paragraph in resolution.paragraphs if paragraph.kind is not Kind.HEADING
        )
        self._parts: tuple[Paragraph | Note, ...] = (*paragraphs, *resolution.notes)

    def __len__(self) -> int:
        return len(self._parts)

    def passage(self, number: int) -> Passage:
        """Return the passage number `at` of the resolution, from 0."""
        return _passage(self._first + number, self._masthead, self._parts[number], self._by_label)


def passages_of(resolution: Resolution, masthead: Masthead, first: int) -> tuple[Passage, ...]:
    """Return all passages of a resolution; see `Parts`."""
    parts = Parts(resolution, masthead, first)
    return tuple(map(parts.passage, range(len(parts))))


def _passage(
    row: int, resolution: Masthead, part: Paragraph | Note, by_label: Mapping[str, Paragraph]
) -> Passage:
    if isinstance(part, Note):
        return Passage(
            row=row,
            resolution=resolution,
            kind=Kind.NOTE,
            label=part.label,
            number=int(part.marker) if part.marker.isdecimal() else None,
            text=part.text,
            start=part.start,
            end=part.end,
            citations=part.citations,
        )
    return Passage(
        row=row,
        resolution=resolution,
        kind=part.kind,
        label=part.label,
        number=part.number,
        text=part.text,
        start=part.start,
        end=part.end,
        chapeau=_chapeau(part, by_label),
        is_numbered=_outermost(part, by_label).number is not None,
        marks=part.marks,
        gaps=part.gaps,
        actions=part.actions,
        citations=part.citations,
    )


def _chapeau(part: Paragraph, by_label: Mapping[str, Paragraph]) -> str | None:
    """Return the words of every paragraph that introduces this one, the outermost first."""
    return " ".join(paragraph.text for paragraph in _introducing(part, by_label)) or None


def _outermost(part: Paragraph, by_label: Mapping[str, Paragraph]) -> Paragraph:
    return next(iter(_introducing(part, by_label)), part)


def _introducing(part: Paragraph, by_label: Mapping[str, Paragraph]) -> list[Paragraph]:
    """Return the paragraphs that a sub-paragraph hangs on, the outermost first."""
    above: list[Paragraph] = []
    while part.parent is not None and part.parent in by_label:
        part = by_label[part.parent]
        above.insert(0, part)
    return above
