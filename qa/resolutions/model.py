"""The data model of a parsed resolution. Imports nothing else from this project."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum, IntEnum


class Kind(Enum):
    """The part of a document to which a passage belongs."""

    PREAMBULAR = "preambular"
    OPERATIVE = "operative"
    HEADING = "heading"
    ANNEX = "annex"
    NOTE = "note"


class Body(Enum):
    """The organ that adopted a text; the value is the letter that opens its symbols."""

    GENERAL_ASSEMBLY = "A"
    SECURITY_COUNCIL = "S"
    ECOSOC = "E"
    HUMAN_RIGHTS_COUNCIL = "HRC"
    OTHER = "other"


class SourceFormat(Enum):
    """The format of a source file, ordered by how much of a resolution it states."""

    AKN = "akn"
    WORD = "word"
    HTML = "html"
    PDF = "pdf"
    TEXT = "text"


class Status(Enum):
    """Whether a text was adopted."""

    ADOPTED = "adopted"
    NOT_ADOPTED = "not adopted"  # put to a vote, and vetoed or short of votes
    DRAFT = "draft"


class SymbolEvidence(IntEnum):
    """What states the symbol of a text, the best first."""

    CATALOGUE = 0  # the XML that the United Nations publishes
    MASTHEAD_AND_TITLE = 1
    MASTHEAD = 2
    TITLE = 3
    FILE_NAME = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A stretch of characters, `start` inclusive, `end` exclusive."""

    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """A verb of a paragraph with its addressee; the grades are our own scale, not the UN's."""

    verb: str  # as printed, "calls upon"
    lemma: str  # as listed in tables/verbs.tsv, "call upon"
    grade: int  # 0 reception to 6 decision
    addressee: str | None  # canonical actor, "Secretary-General"; None where none is named
    due: str | None  # "sixty-second session", "31 December 2005"; None where none is set
    start: int  # offset of the verb in the paragraph's text


@dataclass(frozen=True, slots=True, kw_only=True)
class Cited:
    """A document cited inside a text."""

    symbol: str  # canonical, with its locator if it has one: "A/RES/55/25 annex I"
    start: int  # offsets in the citing text
    end: int
    resolved: bool = True  # False: of an organ whose symbols are not known; `symbol` is as printed


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteMark:
    """A note marker that was taken out of a paragraph."""

    marker: str  # "3"
    position: int  # its offset in the cleaned text


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """One paragraph as printed.

    `text` is the folded source between `start` and `end`, without `gaps`, with note markers removed
    and white space joined: `qa.resolutions.text.is_verbatim` checks that.
    """

    kind: Kind
    label: str  # unique inside its resolution: "OP6", "PP2", "OP3(b)"
    number: int | None  # as printed; preambular paragraphs are counted; None for sub-paragraphs
    text: str
    start: int  # characters of the decoded source
    end: int
    section: str | None = None  # Roman numeral
    parent: str | None = None  # label of the paragraph that introduces this one
    depth: int = 0
    printed: str | None = None  # its number as printed: "1.", "(a)", "Article 24"
    gaps: tuple[Span, ...] = ()  # page furniture inside it
    actions: tuple[Action, ...] = ()
    marks: tuple[NoteMark, ...] = ()
    citations: tuple[Cited, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A note at the foot of a resolution."""

    marker: str
    text: str
    start: int
    end: int
    citations: tuple[Cited, ...] = ()

    @property
    def label(self) -> str:
        """Locator of the note, "FN4"."""
        return f"FN{self.marker}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Vote:
    """How a text was put to the vote, from the records published with it.

    Counts are those of the States listed, where any are; None where no vote was taken or none is
    recorded.
    """

    is_recorded: bool  # False: adopted without a vote
    in_favour: int | None = None
    against: int | None = None
    abstaining: int | None = None
    states_in_favour: tuple[str, ...] = ()
    states_against: tuple[str, ...] = ()
    states_abstaining: tuple[str, ...] = ()
    printed: str | None = None  # "Adopted 13-0-2, 9569th meeting"

    @property
    def is_listed(self) -> bool:
        """Whether the record lists how each State voted."""
        return bool(self.states_in_favour or self.states_against or self.states_abstaining)


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordLine:
    """Where a record is printed: a file, and a line of it from 1."""

    file: str
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What the United Nations publishes about one text, apart from the text itself.

    None or empty where nothing is recorded.
    """

    symbol: str  # canonical
    source: RecordLine
    other_sources: Mapping[str, RecordLine] = field(default_factory=dict)  # by name of a field
    conflicts: Mapping[str, str] = field(default_factory=dict)  # by field: what contradicts it
    title: str | None = None
    adopted: date | None = None
    vote: Vote | None = None
    voted: date | None = None  # the day on which it was not adopted
    reason: str | None = None  # why it was not adopted, as printed
    draft_symbol: str | None = None
    sponsors: tuple[str, ...] = ()
    additional_sponsors: tuple[str, ...] = ()
    meeting: str | None = None
    meeting_record: str | None = None  # "S/PV.9569"
    committee: str | None = None
    report: str | None = None  # of the committee: "A/79/456, para. 31"
    agenda_items: tuple[str, ...] = ()
    agenda_item_name: str | None = None
    by_name: str | None = None  # what the symbol is known by: "situation in Mali"
    chapter_vii: bool | None = None
    subjects: tuple[str, ...] = ()  # of the UNBIS Thesaurus
    sdgs: tuple[str, ...] = ()  # numbers of Sustainable Development Goals

    @property
    def topics(self) -> tuple[str, ...]:
        """What the text is about: its item of the agenda, its by-name, its index terms.

        The first two replace the title, which resolutions of the Security Council do not have.
        """
        named = (self.agenda_item_name or "", self.by_name or "", *self.subjects)
        return tuple(dict.fromkeys(name for name in named if name))

    def source_of(self, name: str) -> RecordLine:
        """Return where the field of this name is recorded."""
        return self.other_sources.get(name, self.source)


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """The file a resolution was read from."""

    file: str
    sha256: str
    form: SourceFormat = SourceFormat.TEXT
    others: tuple[str, ...] = ()  # files that hold the same resolution and were left out
    conflicts: tuple[str, ...] = ()  # files with another text under the symbol, left out


@dataclass(frozen=True, slots=True, kw_only=True)
class Masthead:
    """The fields of a document as a whole, from its text and its records.

    `evidence` maps the name of a field ("adopted", "report", …) to where the source states it.
    """

    symbol: str  # canonical, "A/RES/61/181"
    body: Body
    session: str | None
    number: str
    part: str | None
    title: str
    adopted: date | None
    issued: date | None
    meeting: str | None
    committee: str | None
    report: str | None
    agenda_items: tuple[str, ...]
    job_number: str | None
    printed_job_number: str | None
    language: str
    source: Source
    status: Status = Status.ADOPTED
    record: Record | None = None
    evidence: Mapping[str, Span] = field(default_factory=dict)

    @property
    def vote(self) -> Vote | None:
        """How it was put to the vote; None where no record says so."""
        return self.record.vote if self.record else None

    @property
    def subjects(self) -> tuple[str, ...]:
        """What it is about, as its record names it."""
        return self.record.topics if self.record else ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolution(Masthead):
    """One resolution, whole."""

    paragraphs: tuple[Paragraph, ...]
    notes: tuple[Note, ...]
    identified_by: SymbolEvidence = field(default=SymbolEvidence.CATALOGUE, compare=False)
    remarks: tuple[str, ...] = field(
        default=(), compare=False
    )  # on what of the text was not taken as printed

    def of_kind(self, kind: Kind) -> tuple[Paragraph, ...]:
        """Paragraphs of one kind, in the order of the document."""
        return tuple(paragraph for paragraph in self.paragraphs if paragraph.kind is kind)
