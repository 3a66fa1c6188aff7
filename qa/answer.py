"""What Operative answers with: facts, proved quotations, or an honest refusal."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from typing import Any

from qa.question.conversation import NO_CONVERSATION, ConversationState
from qa.question.interpretation import Constraint
from qa.question.plan_record import plan_record
from qa.question.question import Question
from qa.resolutions.model import Action, Cited, Kind, RecordLine, Source, Span, Status
from qa.resolutions.series_place import SeriesPlace
from qa.resolutions.wordings import WordDifference


class RefusalKind(Enum):
    """The reason of a refusal."""

    NOT_IN_TEXTS = "not_in_texts"
    NOT_LOADED = "not_loaded"
    NO_SUCH_PARAGRAPH = "no_such_paragraph"
    NOT_RECORDED = "not_recorded"
    NOT_A_QUESTION = "not_a_question"
    OTHER_LANGUAGE = "other_language"
    TOOK_TOO_LONG = "took_too_long"


class AnswerState(Enum):
    """What an answer claims; each is only given after the check that it names."""

    ANSWERS = "answers"
    STANDS_HERE = "stands_here"  # the words of the topic are in these paragraphs
    CLOSEST = "closest"  # no paragraph clearly answers; the nearest are shown
    NOT_LOADED = "not_loaded"  # no text of that document, organ, period or language
    NOT_RECORDED = "not_recorded"  # neither texts nor records say it


_STATES = {
    RefusalKind.NOT_LOADED: AnswerState.NOT_LOADED,
    RefusalKind.NO_SUCH_PARAGRAPH: AnswerState.NOT_LOADED,
    RefusalKind.NOT_RECORDED: AnswerState.NOT_RECORDED,
    RefusalKind.NOT_IN_TEXTS: AnswerState.CLOSEST,
}


class AnswerRoute(Enum):
    """How an answer was found."""

    LOOK_UP = "look_up"
    FACTS = "facts"
    SEARCH = "search"
    NONE = "none"


class TextOrigin(Enum):
    """Whether the file of a quotation is one that the United Nations published."""

    CATALOGUED = "catalogued"  # its bytes are those of a file in the catalogue
    PACKAGED = "packaged"  # a conversion to plain text that comes with Operative, unchanged
    UNCATALOGUED = "uncatalogued"
    OWN = "own"  # a reader added it


@dataclass(frozen=True, slots=True, kw_only=True)
class FileProvenance:
    """Where the file of a quotation came from, as the ledger of the index says."""

    publisher: str = ""  # "" where it is not known
    release: str = ""  # of the publisher
    fetched: str = ""  # when it was fetched from there, ISO
    added: str = ""  # when it came into the index, ISO
    has_catalogued_file: bool = False  # the catalogue has another file of the document


@dataclass(frozen=True, slots=True, kw_only=True)
class SameWording:
    """A paragraph of another resolution with the same words as a quotation."""

    symbol: str
    label: str
    adopted: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class KinParagraph:
    """A paragraph of another resolution with other figures: dates, numbers, sessions, symbols."""

    symbol: str
    label: str
    adopted: date | None
    differs: tuple[WordDifference, ...]  # the words of the quotation, and its own in their place


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotedRow:
    """A row of a quotation that is a table."""

    span: Span  # in the text of the quotation
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotedItem:
    """A sub-paragraph that a quotation introduces, word for word."""

    label: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """A paragraph, word for word, with what proves it."""

    symbol: str
    title: str
    adopted: date | None
    label: str
    number: int | None
    kind: Kind
    text: str
    highlight: tuple[Span, ...]  # offsets in `text`, ascending, not overlapping
    citation: str  # "A/RES/61/181, para. 6"
    url: str  # "https://docs.un.org/en/A/RES/61/181"; "" of a reader's own text
    score: float  # 0.0 to 1.0
    source: Source
    start: int  # characters of the decoded source
    end: int
    chapeau: str | None = None  # text that introduces a sub-paragraph
    actions: tuple[Action, ...] = ()
    subjects: tuple[str, ...] = ()  # of the resolution, as its records name them
    citations: tuple[Cited, ...] = ()  # of documents in `text`, with their offsets
    same_wording: tuple[SameWording, ...] = ()
    status: Status = Status.ADOPTED
    kin: tuple[KinParagraph, ...] = ()  # the newest
    more_kin: int = 0  # how many besides
    series: SeriesPlace | None = None  # its place among the texts that follow each other
    rows: tuple[QuotedRow, ...] = ()  # of a table, the header first
    items: tuple[QuotedItem, ...] = ()  # the first sub-paragraphs of a paragraph that ends in ":"
    more_items: int = 0
    origin: TextOrigin = TextOrigin.UNCATALOGUED
    provenance: FileProvenance = FileProvenance()

    @property
    def marked_rows(self) -> tuple[QuotedRow, ...]:
        """The rows of a table that are marked from end to end."""
        return tuple(row for row in self.rows if row.span in self.highlight)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """Something the document states about itself."""

    symbol: str
    field: str  # "adopted", "committee", "operative_count"
    value: str  # dates are ISO
    printed: str | None = None  # the words of the source that state it
    source: RecordLine | None = None  # the line of a record; None: the document itself


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """An honest no: which kind, one or two sentences, and what comes nearest."""

    kind: RefusalKind
    message: str
    nearest: tuple[Quote, ...] = ()
    link: str | None = None  # where the answer can be looked up, outside Operative


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The reply to one question: facts, quotations, both, or a refusal."""

    question: str
    understood: str  # the question as it was taken, after a follow-up was completed
    road: AnswerRoute
    refusal: Refusal | None = None
    facts: tuple[Fact, ...] = ()
    quotes: tuple[Quote, ...] = ()
    total: int | None = None  # of a list: how many there are, where facts or quotes are some
    is_claimed: bool = True  # False: the quotations are not said to answer the question
    message: str = ""  # one line above the quotations: what was found
    tokens: int = 0  # of the quotations with their citations, cl100k_base
    omitted: int = 0  # quotations left out by a token budget
    follow_ups: tuple[str, ...] = ()  # questions that make sense next
    readings: tuple[Constraint, ...] = ()  # constraints that the search weighed
    generation: str = ""
    model: str = ""
    timing_ms: Mapping[str, float] = field(default_factory=dict)
    action: str | None = None  # what was done instead of a search: "cite", "link", "thanks"
    plan: Question | None = field(default=None, repr=False)  # as read, whole
    conversation: ConversationState = field(
        default=NO_CONVERSATION, repr=False
    )  # for the next turn

    @property
    def state(self) -> AnswerState | None:
        """What the answer claims; None where nothing was asked that could be answered."""
        if self.refusal is not None:
            return _STATES.get(self.refusal.kind)
        return AnswerState.ANSWERS if self.is_claimed else AnswerState.STANDS_HERE

    @property
    def plan_record(self) -> dict[str, Any] | None:
        """How the question was understood, as values that JSON can hold."""
        return plan_record(self.plan) if self.plan else None

    @property
    def answered(self) -> bool:
        """True where facts or quotations answer the question, or what was asked was done."""
        return self.refusal is None and bool(self.facts or self.quotes or self.action)
