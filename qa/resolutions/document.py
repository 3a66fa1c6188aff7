"""The interface between readers and parser: the text of a document and what its format states.

Plain text states nothing, so the parser detects paragraphs and note markers. XML states all of it,
Word its notes. The text is always present, one line per paragraph (tab, number, tab, text), and
every offset refers to it.
"""

from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import NamedTuple

from qa.resolutions.model import Kind, Record, Span, Status


class Role(Enum):
    """What a block is before it has a label."""

    PREAMBULAR = "preambular"  # a preambular paragraph, in any part
    PARAGRAPH = "paragraph"  # of the operative part or of an annex, numbered or not
    ITEM = "item"  # "(a)", "(i)", a bullet: hangs on the paragraph before it
    REST = "rest"  # text that resumes after a list
    HEADING = "heading"
    SECTION = "section"  # a heading with a number of its own: "III"
    ANNEX = "annex"  # the heading of an annex or appendix
    TABLE = "table"
    DRAFT = "draft"  # the opening of a draft resolution that the text recommends


@dataclass(frozen=True, slots=True, kw_only=True)
class Placement:
    """Label and parent of a paragraph, as a file exported by Operative states them."""

    kind: Kind
    label: str
    number: int | None = None
    section: str | None = None
    parent: str | None = None  # label of a paragraph before it
    printed: str | None = None
    depth: int = 0


class Block(NamedTuple):
    """One paragraph, item, heading or table; `start` to `end` is its text without its number."""

    role: Role
    start: int
    end: int
    printed: str | None = None  # its number as printed: "1.", "(a)", "III", "Article 24"
    depth: int = 0  # of items: 1 for (a), 2 for (i), 3 for a.
    gaps: tuple[Span, ...] = ()  # furniture of a page inside it
    placement: Placement | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A note marker in the text."""

    marker: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Definition:
    """A note at the foot; offsets of its text, its marker left out."""

    marker: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """Fields that a format or a record states; None or empty if not stated."""

    symbol: str | None = None  # canonical, "A/RES/75/101[A]"
    title: str | None = None
    adopted: date | None = None
    issued: date | None = None
    meeting: str | None = None
    committee: str | None = None
    report: str | None = None
    agenda_items: tuple[str, ...] = ()
    job_number: str | None = None
    language: str | None = None  # "en"
    status: Status | None = None
    record: Record | None = None


class PageStart(NamedTuple):
    """Where the text of a page begins."""

    start: int  # offset in the text
    number: int  # of the page, from 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A document as read from its file. None means not stated: to be detected in `text`."""

    text: str
    blocks: tuple[Block, ...] | None = None
    marks: tuple[Mark, ...] | None = None
    notes: tuple[Definition, ...] | None = None
    stated: Stated = Stated()
    pages: tuple[PageStart, ...] = ()  # of a format that has pages
    remarks: tuple[str, ...] = ()  # what of the file is not in `text`, one sentence each
