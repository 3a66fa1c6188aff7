"""A question as it was read: what it names, what it asks for, and how."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import Enum

from qa.question.count_query import CountQuery
from qa.question.dates import DateClaim
from qa.question.description_query import DescriptionQuery
from qa.question.document_query import DocumentQuery
from qa.question.edge_query import EdgeQuery
from qa.question.premise_query import PremiseQuery
from qa.question.present import PresentQuery
from qa.question.record_query import RecordQuery
from qa.question.request_query import RequestQuery
from qa.question.step_query import StepQuery
from qa.question.topic import (
    CapitalisedName,
    names_topic,
    proper_names,
    request_of,
    subject_of,
)
from qa.question.turns import NO_CUES, TurnCues
from qa.resolutions.cite.typed_pinpoints import Locator
from qa.resolutions.model import Kind, Span
from qa.resolutions.periods import ANY_TIME, Period
from qa.settings import MAX_QUESTION_CHARACTERS


class Unusable(Enum):
    """Why a question cannot be answered; the value is the message for its reader."""

    EMPTY = "Nothing was asked; type a question, or a citation such as 61/181 OP6."
    TOO_LONG = (
        f"The question is longer than {MAX_QUESTION_CHARACTERS:,} characters; "
        "ask for one thing in a sentence or two."
    )
    NOT_TEXT = (
        "The question is not readable text; type it in words, or a citation such as 61/181 OP6."
    )
    OPINION = (
        "Operative quotes what resolutions say and has no opinions; ask what a resolution says."
    )
    INSTRUCTION = (
        "Operative only quotes resolutions and carries out no instructions; "
        "ask what a resolution says."
    )


class Unrecorded(Enum):
    """What resolutions do not record; the value says where to look for it instead."""

    VOTES = (
        "How States voted is not in the text of a resolution; the UN Digital Library records it."
    )
    SPONSORS = (
        "Sponsors are not in the text of a resolution; they stand in its draft and in the "
        "report of the committee."
    )
    PAYMENTS = (
        "Who paid or gave how much is not in the text of a resolution; see the reports on it."
    )
    WORLD = "Populations, salaries or the weather are not in the text of a resolution."
    LOSSES = "How many died or were hurt is not in the text of a resolution."
    OFFICES = "Who holds an office is not in the text of a resolution."
    DEEDS = (
        "What became of a resolution afterwards is not in its text; see later resolutions and the "
        "reports of the Secretary-General."
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestedPinpoint:
    """A locator with the document it is asked of; None where none is named."""

    symbol: str | None
    locator: Locator


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question as it was read, once; nothing outside `qa.question` reads `text` again."""

    text: str
    unusable: Unusable | None = None
    language: str | None = None  # name of the language, if it is not English
    symbols: tuple[str, ...] = ()  # canonical, as named
    first_symbol: Span | None = None  # where the first of them is written in `text`
    places: tuple[RequestedPinpoint, ...] = ()
    unread: str = ""  # the part of a citation that was not understood: "p. 3"
    printed_place: str = ""  # what follows the one document named, as a citation prints it
    every: bool = False  # "each of the two resolutions", "both"
    compares: bool = False
    fields: tuple[str, ...] = ()  # names of Resolution's fields, and "operative_count" and so on
    values: tuple[tuple[str, str], ...] = ()  # field and value: "agenda item 98"
    claimed: DateClaim | None = None  # a date the question takes for granted
    unrecorded: Unrecorded | None = None
    verbs: tuple[str, ...] = ()  # of tables/verbs.tsv
    actor: str | None = None  # who is asked to act: "Secretary-General"
    kinds: frozenset[Kind] = frozenset()  # kinds of passages it names
    about_citations: bool = False  # what is recalled, cited or mentioned
    cited_series: str | None = None  # "E/RES/" for "Economic and Social Council resolutions"
    asks_how_much: bool = False  # an amount, a share, a strength
    asks_when: bool = False  # a session or date by which something is due
    wants_source: bool = False  # "and where is its text?"
    lists: bool = False  # asks for all that there is
    acting_bodies: frozenset[str] = frozenset()  # whose acts it asks for: "Has the Council said"
    adopted: Period = ANY_TIME  # when what it asks for was adopted: "since 2024"
    years: tuple[int, ...] = ()  # others that it names
    months: tuple[int, ...] = ()  # 1 to 12
    sessions: tuple[int, ...] = ()  # regular sessions of the General Assembly
    bodies: frozenset[str] = frozenset()  # "A", "S", "E", "HRC"
    names_by_year: bool = False  # "the 2001 resolution", "in the 2006 text"
    relative: str | None = None  # "earlier", "later": a resolution named by its place in time
    topic: str = ""  # what is left to search for
    names_topic: bool = False  # it is about more than a document or a part of it
    subject: str = ""  # the topic without words that name fields: "adopted", "agenda item"
    capitalised: tuple[CapitalisedName, ...] = ()
    count: CountQuery | None = None  # what it wants counted or listed
    documents: DocumentQuery | None = None  # the documents that it asks for
    requests: RequestQuery | None = None  # what it asks of somebody, or by when
    record: RecordQuery | None = None  # what it asks of published records
    asks_whether: bool = False  # Yes or No answers it
    asks_for_not_adopted: bool = False  # it names drafts, vetoes or failed texts
    fiscal_years: tuple[str, ...] = ()  # symbols that may be spans of years: "E/RES/2023/24"
    asks_where_cited: bool = False
    asks_which_text: bool = False  # "Which resolution referred Libya to the Court?"
    asks_what_is_said: bool = False  # "what does it say about the vote?"
    asks_what_is_loaded: bool = False
    asks_for_summary: bool = False
    asks_for_definition: bool = False
    asks_what_a_year_did: bool = False  # "what did the Assembly decide in 2006?"
    edge: EdgeQuery | None = None  # the first or the newest document that it asks for
    steps: StepQuery | None = None  # how it reaches the document that it asks for
    description: DescriptionQuery | None = None  # a document or body by what it did
    sides: tuple[str, str] | None = None  # the two questions of a comparison in words
    present: PresentQuery | None = None  # what holds now, where that is asked
    premise: PremiseQuery | None = None  # what it takes for granted
    refers: TurnCues = NO_CUES

    def with_topic(self, topic: str) -> "Question":
        """Return the question with another topic, and all that follows from it."""
        return replace(
            self,
            topic=topic,
            names_topic=names_topic(topic, names_by_year=self.names_by_year),
            subject=subject_of(topic),
        )

    @property
    def after_symbol(self) -> str:
        """What follows the one document that the text names, in lower case; "" for several."""
        named = self.first_symbol
        if named is None or len(self.symbols) != 1:
            return ""
        return self.text[named.end :].strip(" ,.").lower()

    @property
    def is_key_words(self) -> bool:
        """Whether it is a topic as in a search box rather than a sentence."""
        words = self.text.split()
        return "?" not in self.text and len(words) <= _MAX_KEY_WORDS and not _ASKS.match(self.text)

    @property
    def names_date(self) -> bool:
        """Whether a date decides which of several editions of a text is meant."""
        return bool(self.years or self.months or self.sessions) or self.adopted != ANY_TIME

    @property
    def request(self) -> str:
        """What is asked, without where it is to be found."""
        return request_of(self.text)

    def proper_names(self, known: Iterable[str] = ()) -> tuple[str, ...]:
        """Return the words with a capital inside a sentence, the phrases in `known` left out."""
        text = self.text
        for phrase in known:
            text = text.replace(phrase, " ")
        return proper_names(text)


_MAX_KEY_WORDS = 6
_ASKS = re.compile(
    r"\W*(?:who|whom|whose|what|which|when|where|why|how|is|are|was|were|do|does|did|has|have|had|can|"
    r"could|should|must|may|will|would)\b",
    re.IGNORECASE,
)
