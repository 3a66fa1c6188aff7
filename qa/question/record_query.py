"""What a question asks of the records of texts: votes, sponsors, drafts, meetings, Chapter VII.

The rules are in tables/record_phrases.tsv; the States are those of `qa.question.countries`.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from functools import cache

from qa.question.count_cue import without_count
from qa.question.countries import CountryMention, countries_in
from qa.question.dates import periods_of, without_period
from qa.question.document_scope import (
    ANY_SCOPE,
    DocumentScope,
    read_scope,
    without_acting_organs,
)
from qa.resolutions.cite.symbols import SymbolMatch
from qa.resolutions.periods import ANY_DATE, ANY_MONTH, ANY_TIME, Period
from qa.resolutions.tables.read_tables import rows
from qa.resolutions.text import squeeze


class RecordField(Enum):
    """A field of a record that a question asks for."""

    VOTE = "vote"  # the result
    VOTERS = "voters"  # which States voted so
    COUNTRY_VOTE = "country vote"  # how the States named voted
    ADOPTION = "adoption"  # by consensus, unanimously, or by a vote
    SPONSORS = "sponsors"
    DRAFT_SYMBOL = "draft symbol"
    MEETING_RECORD = "meeting record"
    COMMITTEE_REPORT = "committee report"
    AGENDA = "agenda"
    STATUS = "status"
    CHAPTER_VII = "chapter VII"
    SUBJECTS = "subjects"
    SDGS = "SDGs"
    COMMITTEE = "committee"
    MEETING = "meeting"
    ADOPTED = "date of adoption"


# What documents print of themselves as well.
OF_MASTHEAD = (RecordField.COMMITTEE, RecordField.MEETING, RecordField.ADOPTED)


class VoteSide(Enum):
    """How a State can have voted; the value is the name of the field of a vote."""

    IN_FAVOUR = "in_favour"
    AGAINST = "against"
    ABSTAINING = "abstaining"
    ABSENT = "absent"


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordQuery:
    """What is asked of records."""

    field: RecordField
    topic: str  # the words that are left to describe the texts
    countries: tuple[tuple[str, ...], ...] = ()  # codes of each State, or group, that voted
    sides: tuple[VoteSide, ...] = ()  # that the question names
    manner: str | None = None  # "consensus", "unanimous", "divided", "recorded"
    also: RecordField | None = None  # a fact about the vote that is asked for besides
    is_veto: bool = False
    is_set: bool = False  # several texts are wanted, not one
    is_count: bool = False
    is_short_of_votes: bool = False  # failed without a veto
    asks_why: bool = False  # which no record says
    is_alone: bool = False  # where a State was the only one
    asks_whether: bool = False  # answered with Yes or No first
    period: Period = ANY_TIME  # of adoption
    names_deed: bool = False  # it describes a text by what was done, not by its subject
    lacks_subject: bool = False  # it names no text: "who abstained?"
    scope: DocumentScope = ANY_SCOPE  # of the texts of a set


@dataclass(frozen=True, slots=True)
class _Reading:
    """A question while it is read: States are masked, phrases that were understood are noted."""

    text: str
    masked: str
    mentions: tuple[CountryMention, ...]


def read_record(text: str, symbols: Sequence[SymbolMatch] = ()) -> RecordQuery | None:
    """Return what a question asks of records; None if it asks for nothing of them.

    Args:
        text: of the question.
        symbols: the documents that it names.
    """
    reading = _masked(_with_tokens(text, symbols))
    masked = reading.masked
    field = _field(masked)
    is_voting = _any("not", masked) is None
    if field is None and not is_voting:
        return None
    sides = tuple(_sides(masked))
    voters = tuple(_named(reading, "drafters" if field is RecordField.STATUS else "voters"))
    manner = _first("adoption", masked)
    of_vote = _vote_field(masked, sides, voters, manner) if is_voting else None
    also = of_vote if field in _WITH_VOTES else None
    field = field or of_vote
    if field is None or _cue("said", masked):
        return None  # it asks what a text says, perhaps of a vote
    is_set = not symbols and _first("set", masked) is not None
    scope, rest = read_scope(masked) if is_set else (ANY_SCOPE, masked)
    unbounded = without_acting_organs(without_count(rest)) if is_set else masked
    query = RecordQuery(
        field=field,
        topic=_topic(replace(reading, masked=unbounded), frozenset(voters)),
        countries=tuple(reading.mentions[number].codes for number in voters),
        sides=tuple(VoteSide[side.upper()] for side in sides if side != "veto"),
        manner=("recorded" if manner == "how" else manner) or _recorded(masked),
        also=also,
        is_veto="veto" in sides,
        is_set=is_set,
        is_count=_cue("count", masked),
        is_short_of_votes=_cue("short_of_votes", masked),
        asks_why=_cue("why", masked) and field in _OF_STATES,
        is_alone=_cue("alone", masked),
        names_deed=_cue("deed", masked),
        asks_whether=_asks_whether(masked),
        period=ANY_TIME if symbols else _period(masked),
        scope=scope,
    )
    return replace(query, lacks_subject=not is_set and _lacks_subject(query, symbols))


def asks_whether(text: str) -> bool:
    """Return whether Yes or No answers a question: "Did the Council …?"."""
    return _asks_whether(text)


def asks_for_not_adopted(text: str) -> bool:
    """Return whether a question names what was not adopted: drafts, vetoes, failed texts."""
    return _cue("not_adopted", text)


def _period(text: str) -> Period:
    """Return the time of adoption that a question gives: "since 2023", "Oct 2025"."""
    if period := without_period(text).period:
        month = _MONTH.search(text)
        is_year = period.since and period.until and period.since.year == period.until.year
        if not (month and is_year):
            return period
    for pattern in (_DAY, _MONTH, _YEAR):
        if match := pattern.search(text):
            periods = periods_of(match["date"])
            if len(periods) == 1:
                return periods[0]
    return ANY_TIME


_DAY = re.compile(rf"\b(?P<date>{ANY_DATE})\b", re.IGNORECASE)
_MONTH = re.compile(rf"\b(?P<date>{ANY_MONTH},?(?: of)? (?:19|20)\d\d)\b", re.IGNORECASE)
_YEAR = re.compile(r"(?<![\d/(-])(?P<date>(?:19[4-9]\d|20\d\d))(?![\d/)-])")


def _field(masked: str) -> RecordField | None:
    unless = _rules("unless")
    for name, rule in _rules("field").items():
        if rule.search(masked) and not (name in unless and unless[name].search(masked)):
            return RecordField[name.upper()]
    return None


def _vote_field(
    masked: str, sides: tuple[str, ...], voters: tuple[int, ...], manner: str | None
) -> RecordField | None:
    """Return which fact about a vote is asked for; None if the words ask for none."""
    asked = _first("vote", masked)
    if voters and (sides or asked or _first("voters", masked) in _VOTE_NAMED):
        return RecordField.COUNTRY_VOTE
    if manner == "how" and not sides:
        return RecordField.ADOPTION
    if asked in ("how_many", "count", "count_of", "margin", "result"):
        return RecordField.VOTE
    if manner:
        return RecordField.ADOPTION
    if sides and _WHO.search(masked):
        return RecordField.VOTERS
    if asked == "recorded" and _asks_whether(masked):
        return RecordField.ADOPTION
    if asked:
        return RecordField.VOTE
    is_noun = _NOUNS.search(masked)
    return RecordField.VOTERS if sides and is_noun else None


_OF_STATES = (RecordField.COUNTRY_VOTE, RecordField.VOTERS)
_VOTE_NAMED = ("possessive", "noun", "of", "key_words")  # rules that name a vote with its State
_WHO = re.compile(
    r"\b(?:who|whose|which|what|list|name|names|show|give)\b(?! (?:does|is the)\b)|"
    r"\b(?:countries|states|members|nations|delegations|(?:any|some)(?:one|body))\b|"
    r"\bany (?:state|country|member|nation)\b",
    re.IGNORECASE,
)
_NOUNS = re.compile(
    r"\babstentions?\b|\bveto(?:es)?\b|\b(?:no|yes|negative)[- ]votes?\b|"
    r"\bvotes? (?:against|for)\b|\bopponents?\b|\bvetoed\b",
    re.IGNORECASE,
)


# Fields that are asked for together with a vote: "was it unanimous, and who sponsored it?"
_WITH_VOTES = (RecordField.SPONSORS, RecordField.DRAFT_SYMBOL, RecordField.MEETING_RECORD)


def _lacks_subject(query: RecordQuery, symbols: Sequence[SymbolMatch]) -> bool:
    """Return whether the question names no text: no symbol, and no word of a topic."""
    return not symbols and not query.topic and not query.countries


def _recorded(masked: str) -> str | None:
    return "recorded" if _first("vote", masked) == "recorded" else None


def _asks_whether(masked: str) -> bool:
    """Return whether Yes or No answers: "Was it …", but neither "Who …" nor "for or against"."""
    return (_cue("whether", masked) and not _cue("open_question", masked)) and not _cue(
        "alternatives", masked
    )


def _sides(masked: str) -> Iterator[str]:
    """Yield the sides that a question names; "did not vote" is none of "vote for"."""
    rest = masked
    for name, rule in _rules("side").items():
        if rule.search(rest):
            yield name
            rest = rule.sub(" ", rest)


def _named(reading: _Reading, asks: str) -> Iterator[int]:
    """Yield the numbers of the States whose votes or drafts are asked for."""
    seen: set[int] = set()
    for rule in _rules(asks).values():
        for match in rule.finditer(reading.masked):
            numbers = {int(number) for number in _TOKEN.findall(match["countries"])}
            if not numbers & seen:
                yield from sorted(numbers)
                seen |= numbers


def _topic(reading: _Reading, voters: frozenset[int]) -> str:
    """Return the words that describe the texts: up to the end of the sentence that asks.

    States stay where they do not vote: "the Mali sanctions".
    """
    masked = reading.masked
    ends = [match.end() for match in _matches(masked)]
    last = _SENTENCE_END.search(masked, max(ends, default=0))
    first = _topic_words(reading, masked[: last.end()], voters) if last else ""
    return first or _topic_words(reading, masked, voters)


def _topic_words(reading: _Reading, topic: str, voters: frozenset[int]) -> str:
    for asks in ("voters", "field", "vote", "adoption", "side"):
        for rule in _rules(asks).values():
            topic = rule.sub(_kept_countries, topic)
    topic = _OWN_DRAFT.sub(" ", topic)
    topic = _rules("cue")["alone"].sub(" ", topic)
    topic = _DATES.sub(" ", topic)
    topic = _TOKEN.sub(
        lambda match: " " if int(match[1]) in voters else _name(reading, int(match[1])), topic
    )
    return squeeze(re.sub(r"[^\w'-]+", " ", _FRAME.sub(" ", topic)))


_MAX_FRAME_WORDS = 6
_OWN_DRAFT = re.compile(r"«\d+»'s (?=(?:draft|proposed|proposal|text)\b)", re.IGNORECASE)


def _kept_countries(match: re.Match[str]) -> str:
    """Return the States in a phrase that is taken out of a topic; a long phrase holds the topic."""
    if len(match[0].split()) > _MAX_FRAME_WORDS:
        return match[0]
    return " ".join((" ", *(token[0] for token in _TOKEN.finditer(match[0])), " "))


def _name(reading: _Reading, number: int) -> str:
    mention = reading.mentions[number]
    return f" {reading.text[mention.start : mention.end]} "


def _matches(masked: str) -> Iterator[re.Match[str]]:
    for asks in ("field", "vote", "adoption", "side"):
        for rule in _rules(asks).values():
            if match := rule.search(masked):
                yield match


_SENTENCE_END = re.compile(r"[.?!](?=\s|$)")
_DATES = re.compile(
    rf"\b(?:in |on |of |from |since |during |by )?(?:{ANY_DATE}|{ANY_MONTH}(?:,? (?:19|20)\d\d)?|"
    r"(?:19|20)\d\d)\b|\b\d{1,2}(?:st|nd|rd|th) (?:regular |emergency )*session\b|"
    r"\bsession \d{1,2}\b|\b(?:last|this|past|recent) (?:year|month|session)s?\b",
    re.IGNORECASE,
)
_FRAME = re.compile(
    r"\b(?:general assembly|security council|united nations|unsc|unga|un|ga|sc|assembly|council|"
    r"resolutions?|res|drafts?|texts?|documents?|decisions?|adopt(?:ed|ion)?|pass(?:ed)?|"
    r"approved?|vot(?:e|es|ed|ing)|cast|countr(?:y|ies)|states|members?|nations?|delegations?|"
    r"(?-i:[Ww]ho|us|me)|whom|whose|which|what|when|where|why|how|many|much|often|times?|"
    r"number|numbers|list|"
    r"name|names|show|give|tell|please|was|were|is|are|be|been|did|does|do|has|have|had|"
    r"the|an?|of|on|in|at|for|to|by|from|with|and|or|that|this|these|those|it|its|their|any|all|"
    r"every|there|under|put|session|recorded?|records?|result|outcome|only|just|exact|exactly|"
    r"final|full|complete|against|favou?r|yes|no|not|ever|out|last|latest|one|s|about|"
    r"regarding|concerning|used?|come|came|go|went|get|got|symbol|meeting|without|linked|"
    r"sent|send|under|behind|fall|falls|belong|belongs|deal|dealt|others|alone|jointly|"
    r"(?:any|some|no)(?:one|body)|related?|tagged|enough|fail\w*|through|everything|happened|became|why|could|"
    r"would|there|really|actually|\d{3,4})\b|[\"“”§]",
    re.IGNORECASE,
)


def _with_tokens(text: str, symbols: Sequence[SymbolMatch]) -> str:
    """Return a question with a token for each document that it names."""
    pieces: list[str] = []
    last = 0
    for symbol in symbols:
        start = symbol.start
        while 0 < start < symbol.end and text[start - 1].isalnum():
            start += 1  # a symbol that begins inside a word: the "s" of "Is res 2699"
        pieces += text[last:start], " § "
        last = symbol.end
    return squeeze("".join((*pieces, text[last:])))


def _masked(text: str) -> _Reading:
    """Return a question whose States are replaced by tokens, so that rules can name them."""
    mentions = countries_in(text)
    pieces: list[str] = []
    last = 0
    for number, mention in enumerate(mentions):
        pieces += text[last : mention.start], f"«{number}»"
        last = mention.end
    return _Reading(text, "".join((*pieces, text[last:])), mentions)


_TOKEN = re.compile(r"«(\d+)»")
_COUNTRIES = (
    r"(?P<countries>«\d+»(?:(?:'s)?(?:\s*,\s*(?:and |or )?| and | or |\s*&\s*|\s*/\s*)"
    r"(?:the |both )?«\d+»)*)"
)
_VERBS = (
    r"(?:vot(?:e|ed|ing)|abstain\w*|veto\w*|oppos\w+|support\w*|back\w*|reject\w*|approv\w+|"
    r"(?:co-?)?sponsor\w*|against|in favou?r|absent|tabl\w+|cast|side|endors\w+|block\w*|"
    r"say (?:yes|no)|sit out|draft|submit|introduce|propose)\b"
)


@cache
def _rules(asks: str) -> Mapping[str, re.Pattern[str]]:
    """Return the rules for one thing that is asked, by name, in the order of the table."""
    return {
        row["name"]: re.compile(
            row["rule"].replace("{C}", _COUNTRIES).replace("{V}", _VERBS)
            if asks in ("voters", "drafters")
            else row["rule"].replace("{C}", r"(?:«\d+»)").replace("{V}", _VERBS),
            re.IGNORECASE,
        )
        for row in rows("record_phrases")
        if row["asks"] == asks
    }


def _first(asks: str, masked: str) -> str | None:
    """Return the name of the first rule that a question fits."""
    return next((name for name, rule in _rules(asks).items() if rule.search(masked)), None)


_any = _first


def _cue(name: str, text: str) -> bool:
    return bool(_rules("cue")[name].search(text))
