"""What a question asks for: symbols, places, fields of the masthead, actors, verbs, and a topic.

Everything here reads only the words of the question; what is loaded decides later.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import Enum

from qa.question.bodies import bodies_of
from qa.question.count_query import CountQuery, read_count
from qa.question.dates import DateClaim, claimed_date, months_in, years_in
from qa.question.expansion import expand
from qa.question.fiscal_years import fiscal_years
from qa.question.language import foreign_language
from qa.question.patterns import matches_cue, rules
from qa.question.topic import (
    CapitalisedName,
    capitalised_names,
    names_topic,
    subject_of,
    topic_of,
    topic_words,
)
from qa.resolutions.cite.numbers import ORDINALS
from qa.resolutions.cite.symbols import SymbolMatch, find_symbols, hide_symbols, plain_digits
from qa.resolutions.cite.typed_pinpoints import Locator, LocatorMatch, find_locators
from qa.resolutions.model import Kind
from qa.resolutions.parse.actions import lemma_of
from qa.resolutions.tables.read_tables import rows, words
from qa.resolutions.text import fold, squeeze
from qa.settings import MAX_QUESTION_CHARACTERS


class Unusable(Enum):
    """Why a question cannot be taken; the value is told to whoever asked it."""

    EMPTY = "Nothing was asked; type a question, or a citation such as 61/181 OP6."
    TOO_LONG = (
        f"The question is longer than {MAX_QUESTION_CHARACTERS:,} characters; "
        "ask for one thing in a sentence or two."
    )
    NOT_TEXT = (
        "The question is not readable text; type it in words, or a citation such as 61/181 OP6."
    )
    INSTRUCTION = (
        "Operative only quotes resolutions and carries out no instructions; "
        "ask what a resolution says."
    )


class Unrecorded(Enum):
    """What resolutions do not record; the value says where it stands instead."""

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
    """A question as it was read."""

    text: str
    unusable: Unusable | None = None
    language: str | None = None  # name of the language, if it is not English
    symbols: tuple[str, ...] = ()  # canonical, as named
    bare_symbols: tuple[str, ...] = ()  # those of `symbols` that are numbers without a word
    places: tuple[RequestedPinpoint, ...] = ()
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
    asks_when: bool = False  # a session or date by which something is due
    wants_source: bool = False  # "and where is its text?"
    lists: bool = False  # asks for all that there is
    years: tuple[int, ...] = ()
    months: tuple[int, ...] = ()  # 1 to 12
    sessions: tuple[int, ...] = ()  # regular sessions of the General Assembly
    bodies: frozenset[str] = frozenset()  # "A", "S", "E", "HRC"
    names_by_year: bool = False  # "the 2001 resolution", "in the 2006 text"
    relative: str | None = None  # "earlier", "later": a resolution named by its place in time
    topic: str = ""  # what is left to search for
    names_topic: bool = False  # it is about more than a document or a part of it
    subject: str = ""  # the topic without words that name fields: "adopted", "agenda item"
    topic_words: tuple[str, ...] = ()  # of the topic, as printed, besides words that go with verbs
    capitalised: tuple[CapitalisedName, ...] = ()
    count: CountQuery | None = None  # what it wants counted or listed
    fiscal_years: tuple[str, ...] = ()  # symbols that may be spans of years: "E/RES/2023/24"
    asks_where_cited: bool = False
    asks_what_is_said: bool = False  # "what does it say about the vote?"
    asks_what_is_loaded: bool = False
    asks_for_summary: bool = False
    asks_what_a_year_did: bool = False  # "what did the Assembly decide in 2006?"


_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\ufffd]")
_MARKUP = re.compile(
    r"<(script|style)\b.*?</\1\s*>|</?[a-z][^>]{0,200}>", re.IGNORECASE | re.DOTALL
)


_NUMBER = "|".join(
    sorted((word for word, number in ORDINALS.items() if number > 0), key=len, reverse=True)
)
_SESSION = re.compile(
    rf"\b(?:(?P<digits>\d{{1,2}})(?:st|nd|rd|th)|(?P<word>{_NUMBER}))[- ](?:regular )?session\b|"
    r"\bsession (?P<number>\d{1,2})\b",
    re.IGNORECASE,
)
_RELATIVE = re.compile(
    r"\b(?:the )?(?P<which>earlier|older|previous|preceding|prior|first|original|later|newer|"
    r"newest|latest|recent|most recent|more recent|last|second|subsequent|following|other) "
    r"(?:resolution|text|document|one)\b",
    re.IGNORECASE,
)
_EARLIER = frozenset(["earlier", "older", "previous", "preceding", "prior", "first", "original"])
_LATER = frozenset(
    [
        *("later", "newer", "newest", "latest", "recent", "most recent", "more recent"),
        *("last", "second", "subsequent", "following"),
    ]
)
_ACTOR = (
    r"(?:the |all )?(?P<actor>(?-i:[A-Z][\w-]*(?: (?:(?:of|on|and|for) (?:the )?)?[A-Z][\w-]*)*)|"
    r"(?:\w+ )?(?:secretary[- ]general|states|governments|commission|office|programme|secretariat|"
    r"assembly|centre|council|countries|donors|committee|sg)\b)"
)
# "what is X asked to do", "what should X do", "what does the Assembly ask of X"
_IS_ASKED = (
    rf"\bwhat (?:else )?(?:is|are|was|were|has|have)\b {_ACTOR}[^?]{{0,25}}\b"
    r"(?:asked|requested|told|called|urged|invited|encouraged|instructed|supposed|required|expected)\b"
)
_SHOULD = rf"\bwhat (?:else )?(?:should|must|shall|does|do|can) {_ACTOR}(?: have to| need to)? do\b"
_ASKS_OF = (
    r"\b(?:asks?|asked|requests?|requested|urges?|urged|invites?|invited|encourages?|encouraged|"
    rf"calls? (?:up)?on|addressed|tells?) (?:of |to |from )?{_ACTOR}"
    r"(?= to\b|\s*[?.]|$| in\b| under\b)"
)
_ASKED = (_IS_ASKED, _SHOULD, _ASKS_OF)
_ASKED_RULES = tuple(re.compile(rule, re.IGNORECASE) for rule in _ASKED)


def read_question(text: str) -> Question:
    """Return what `text` asks for; never raises."""
    folded = (
        squeeze(fold(plain_digits(text)).text)
        if len(text) <= 20 * MAX_QUESTION_CHARACTERS
        else text
    )
    unusable = _unusable(folded)
    if unusable:
        return Question(text=folded[:MAX_QUESTION_CHARACTERS], unusable=unusable)
    asked = squeeze(_MARKUP.sub(" ", folded)) or folded
    found = find_symbols(asked)
    claimed = claimed_date(hide_symbols(asked, found))
    fields = _fields(asked)
    verbs = tuple(_verbs(asked))
    topic = topic_of(asked, found)
    names_by_year = matches_cue("by_year", asked)
    return Question(
        text=asked,
        unusable=Unusable.INSTRUCTION if matches_cue("instruction", asked) and not found else None,
        language=foreign_language(asked),
        symbols=tuple(dict.fromkeys(one.symbol for one in found)),
        bare_symbols=tuple(dict.fromkeys(one.symbol for one in found if one.bare)),
        places=tuple(dict.fromkeys(_places(asked, found))),
        every=matches_cue("every", asked),
        compares=matches_cue("compares", asked),
        fields=fields,
        values=tuple(_values(asked, None if found or not claimed else claimed.day)),
        claimed=claimed,
        unrecorded=next(
            (
                Unrecorded[what.upper()]
                for what, rule in rules("unrecorded").items()
                if rule.search(asked)
            ),
            None,
        ),
        verbs=verbs,
        actor=_actor(asked),
        kinds=_kinds(asked),
        about_citations=matches_cue("about_citations", asked),
        cited_series=_cited_series(asked),
        asks_when=matches_cue("asks_when", asked),
        wants_source=matches_cue("wants_source", asked),
        lists=matches_cue("lists", asked),
        years=tuple(dict.fromkeys(years_in(asked))),
        months=tuple(dict.fromkeys(months_in(asked))),
        sessions=tuple(dict.fromkeys(_sessions(asked))),
        bodies=frozenset(bodies_of(asked)),
        names_by_year=names_by_year,
        relative=_relative(asked),
        topic=topic,
        names_topic=names_topic(topic, names_by_year=names_by_year),
        subject=subject_of(topic),
        topic_words=topic_words(topic),
        capitalised=tuple(capitalised_names(asked)),
        count=read_count(asked),
        fiscal_years=tuple(fiscal_years(asked)),
        asks_where_cited=matches_cue("where_cited", asked),
        asks_what_is_said=matches_cue("what_is_said", asked),
        asks_what_is_loaded=matches_cue("loaded", asked),
        asks_for_summary=matches_cue("whole", asked),
        asks_what_a_year_did=matches_cue("done_in_year", asked),
    )


_OF = re.compile(r"\s*(?:of|in|from|to|de|del?|dans|des?)\b", re.IGNORECASE)
_AND_OF = re.compile(
    r"[\s,&]*(?:and|or|y|et)?\s*(?:of|in|from)?\s*(?:the\s+)?(?:resolutions?|res\.?)?\s*",
    re.IGNORECASE,
)


def _unusable(text: str) -> Unusable | None:
    if not text.strip():
        return Unusable.EMPTY
    if len(text) > MAX_QUESTION_CHARACTERS:
        return Unusable.TOO_LONG
    if _CONTROL.search(text) or not re.search(r"\w", text):
        return Unusable.NOT_TEXT
    return None


def _places(text: str, found: tuple[SymbolMatch, ...]) -> Iterator[RequestedPinpoint]:
    """Yield each locator with the symbol it belongs to: "para. 6 of X", "X, para. 6"."""
    covered = hide_symbols(text, found)  # a symbol's own digits are no locator
    for place in find_locators(covered):
        for symbol in _owners(place, found, covered) or (None,):
            for locator in place.locators:
                yield RequestedPinpoint(symbol=symbol, locator=locator)


def _owners(place: LocatorMatch, found: tuple[SymbolMatch, ...], covered: str) -> tuple[str, ...]:
    """Return the documents that a place belongs to: "OP1 of X and of Y", "X, OP1"."""
    before = [one for one in found if one.end <= place.start]
    after = [one for one in found if one.start >= place.end]
    if not after or (before and not _OF.match(covered, place.end)):
        return (before[-1].symbol,) if before else ()
    owners = [after[0]]
    for one in after[1:]:
        if not _AND_OF.fullmatch(covered, owners[-1].end, one.start):
            break
        owners.append(one)
    return tuple(one.symbol for one in owners)


def _fields(text: str) -> tuple[str, ...]:
    fields = [name for name, rule in rules("field").items() if rule.search(text)]
    if (
        "preambular_count" in fields
        and "operative_count" in fields
        and not matches_cue("operative", text)
    ):
        fields.remove("operative_count")
    if "report" in fields and re.search(r"\bcommittee\b", text, re.IGNORECASE):
        fields.insert(fields.index("report"), "committee")
    return tuple(dict.fromkeys(fields))


def _values(text: str, day: date | None) -> Iterator[tuple[str, str]]:
    """Yield what a question says of the document that it asks for: "agenda item 98"."""
    if day and "adopted" in _fields(text):
        yield "adopted", day.isoformat()
    for name, rule in rules("value").items():
        for match in rule.finditer(text):
            yield name, match["value"]


def _relative(text: str) -> str | None:
    match = _RELATIVE.search(text)
    if not match:
        return None
    which = match["which"].lower()
    if which in _EARLIER:
        return "earlier"
    return "later" if which in _LATER else "other"


def _sessions(text: str) -> Iterator[int]:
    """Yield the sessions that a question names: "76th session", "seventy-sixth session"."""
    for match in _SESSION.finditer(text) if "session" in text.lower() else ():
        named = match["digits"] or match["number"]
        yield int(named) if named else ORDINALS[match["word"].lower()]


def _cited_series(text: str) -> str | None:
    """Return the series of the organ whose resolutions a question asks for."""
    for row in rows("organs"):
        names = "|".join((re.escape(row["name"]), *row["short"].split(",")))
        if re.search(rf"\b(?:{names})(?:'s)? (?:resolutions?|decisions?)\b", text, re.IGNORECASE):
            return row["symbol"]
    return None


def _kinds(text: str) -> frozenset[Kind]:
    kinds = set()
    if matches_cue("preamble", text):
        kinds.add(Kind.PREAMBULAR)
    if matches_cue("notes", text):
        kinds.add(Kind.NOTE)
    if matches_cue("operative", text):
        kinds.add(Kind.OPERATIVE)
    return frozenset(kinds)


def _verbs(text: str) -> Iterator[str]:
    """Yield the verbs that a question asks for: "urge", "the invitations", "thanks"."""
    seen = set()
    for word in re.findall(r"[A-Za-z-]+", text):
        for verb in lemma_of(word):
            if verb not in seen and word.lower() not in _VERBS_OF_TALK:
                seen.add(verb)
                yield verb


# Verbs that a question is put with rather than about.
_VERBS_OF_TALK = words("talk")


def _actor(text: str) -> str | None:
    """Return who is asked to act, in the words that resolutions print."""
    for rule in _ASKED_RULES:
        match = rule.search(text)
        if match and match["actor"].lower() not in ("assembly", "council", "general assembly"):
            return expand(match["actor"]).strip()
    return None
