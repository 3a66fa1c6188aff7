"""What a question asks for: symbols, places, fields of the masthead, actors, verbs, and a topic.

Everything here reads only the words of the question; what is loaded decides later.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import Enum
from functools import cache

from qa.language import foreign_language
from qa.resolutions.cite.locators import Locator, find_locators
from qa.resolutions.cite.symbols import MONTHS, SymbolFound, find_symbols, plain_digits
from qa.resolutions.model import Kind
from qa.resolutions.parse.actions import lemma_of
from qa.resolutions.tables.load import rows
from qa.resolutions.text import fold, squeeze
from qa.settings import MAX_QUESTION_CHARACTERS


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """What a front end restricts an answer to; empty sets and None restrict nothing."""

    bodies: frozenset[str] = frozenset()  # "A", "S", "E", "HRC"
    since: int | None = None  # year of adoption, inclusive
    until: int | None = None
    kinds: frozenset[Kind] = frozenset()


class Unusable(Enum):
    """Why a question cannot be taken; the value is told to whoever asked it."""

    EMPTY = "Nothing was asked; type a question, or a citation such as 61/181 OP6."
    TOO_LONG = (
        f"The question is longer than {MAX_QUESTION_CHARACTERS:,} characters; "
        "ask for one thing in a sentence or two."
    )
    NOT_TEXT = "The question is not readable text; type it in words, or a citation such as 61/181 OP6."
    INSTRUCTION = (
        "Operative only quotes resolutions and carries out no instructions; "
        "ask what a resolution says."
    )


class Unrecorded(Enum):
    """What resolutions do not record; the value says where it stands instead."""

    VOTES = "How States voted is not in the text of a resolution; the UN Digital Library records it."
    SPONSORS = (
        "Sponsors are not in the text of a resolution; they stand in its draft and in the "
        "report of the committee."
    )
    PAYMENTS = "Who paid or gave how much is not in the text of a resolution; see the reports on it."
    DEEDS = (
        "What became of a resolution afterwards is not in its text; see later resolutions and the "
        "reports of the Secretary-General."
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
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
    places: tuple[Place, ...] = ()
    every: bool = False  # "each of the two resolutions", "both"
    compares: bool = False
    fields: tuple[str, ...] = ()  # names of Resolution's fields, and "operative_count" and so on
    values: tuple[tuple[str, str], ...] = ()  # field and value: "agenda item 98"
    claimed: date | None = None  # a date the question takes for granted
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
    names_by_year: bool = False  # "the 2001 resolution", "in the 2006 text"
    relative: str | None = None  # "earlier", "later": a resolution named by its place in time
    topic: str = ""  # what is left to search for


_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\ufffd]")
_MARKUP = re.compile(r"<(script|style)\b.*?</\1\s*>|</?[a-z][^>]{0,200}>", re.IGNORECASE | re.DOTALL)
_INSTRUCTION = re.compile(
    r"\b(?:(?:ignore|forget|disregard|override)\b.{0,30}\b(?:instructions?|rules|prompts?|above)|"
    r"(?:write|compose|tell|sing|draw|make up|invent)\s+(?:me\s+)?(?:an?\s+)?"
    r"(?:\w+\s+)?(?:poem|story|song|joke|essay|haiku|limerick|picture|code|speech)|"
    r"(?:you are now|act as|pretend to be|system prompt|jailbreak))\b",
    re.IGNORECASE,
)
_UNRECORDED = (
    (
        Unrecorded.VOTES,
        r"\b(?:how|did|does|who|which|what)\b.*\b(?:vot(?:e|ed|es|ing)|abstain(?:ed|s)?|abstentions?|veto(?:ed|es)?)\b|"
        r"\b(?:voting record|vote count|result of the vote|recorded vote|roll[- ]call)\b|"
        r"\b(?:adopted|passed)\b.{0,30}\b(?:by consensus|unanimously|without a vote)\b|"
        r"\bvot(?:e|ed|ing)\b.{0,40}\b(?:for|against|on|in favou?r)\b|"
        r"\bin favou?r of (?:the )?(?:resolution|it\b|\d)",
    ),
    (
        Unrecorded.SPONSORS,
        r"\b(?:co-?)?sponsor(?:s|ed|ing|ship)?\b|"
        r"\bwho (?:drafted|wrote|tabled|introduced|authored|proposed|submitted)\b|"
        r"\b(?:tabled|introduced|drafted|authored) by\b|\b(?:which|what) (?:countr\w+|states?|delegations?) "
        r"(?:tabled|introduced|drafted|authored|put forward|negotiated)\b|\bpenholder\b",
    ),
    (
        Unrecorded.PAYMENTS,
        r"\bhow much (?:\w+ ){0,3}?(?:money|did|has|have|was|were|does|do)\b.*"
        r"\b(?:pa(?:y|id)|contributed?|giv(?:e|en)|gave|spent|spend|cost|donated?|pledged?|raised?|collected?|money)\b|"
        r"\b(?:which|what) (?:countr\w+|states?|governments?|donors?) (?:has |have |had )?(?:actually )?"
        r"(?:paid|contributed|gave|given|donated|pledged)\b",
    ),
    (
        Unrecorded.DEEDS,
        r"\b(?:which|what|how many) (?:countr\w+|states?|governments?|nations) (?:have |has |had )?(?:actually |already |since )?"
        r"(?:ratified|signed|complied|implemented|acceded|joined)\b|"
        r"\b(?:has|was|have|were) (?:it|this|the resolution|the request|they|paragraph \d+) (?:ever |actually )?"
        r"(?:been )?(?:implemented|carried out|complied with|obeyed|respected)\b|"
        r"\bstill in force\b",
    ),
)  # fmt: skip
_UNRECORDED_RULES = tuple((what, re.compile(rule, re.IGNORECASE)) for what, rule in _UNRECORDED)

_FIELD_RULES = tuple(
    (name, re.compile(rule, re.IGNORECASE))
    for name, rule in (
        (
            "adopted",
            r"\b(?:when|what (?:day|date|year)|on wh(?:at|ich) (?:day|date)|wh(?:at|ich) (?:day|date|year)|in wh(?:at|ich) year|how old|date)\b"
            r".*\b(?:adopted|passed|approved|agreed|adoption|enacted|voted through|resolutions?)\b|"
            r"\b(?:adoption date|date of (?:its |the )?adoption)\b|"
            r"\b(?:was|were|is it true|isn't it|wasn't)\b.*\badopted (?:on|in)\b.*\d|\badopted (?:on|in) .*\d.*\bright\b|"
            r"\b(?:adopted|passed) (?:on|in) [^?]*\d{4}[^?]*\?|"
            r"\bquand\b.*\badopt|\bcuándo\b.*\b(?:adopt|aprob)|\bdate d'adoption|\bfecha de (?:adopción|aprobación)",
        ),
        (
            "issued",
            r"\bwhen\b.*\b(?:issued|published|distributed|circulated|printed)\b|"
            r"\b(?:date of (?:issue|issuance|publication|distribution)|issue date|publication date)\b",
        ),
        ("meeting", r"\b(?:wh(?:at|ich)|number of the|in which)\b[^?]*\bmeeting\b(?! of the)|\bplenary meeting\b"),
        (
            "committee",
            r"\b(?:wh(?:at|ich))(?: main)? committee\b|\bcommittee (?:did|was|is)\b|\bfrom wh(?:at|ich) committee\b",
        ),
        (
            "report",
            r"\b(?:wh(?:at|ich)|symbol of the|number of the)\b[^?]*\b(?:committee(?:'s)? report|committee document)\b|"
            r"\bwh(?:at|ich) report\b[^?]*\b(?:led to|based on|basis|recommended|on the report|came before|preceded)\b|"
            r"\breport (?:of|by|from) the \w+ committee\b|\bon wh(?:at|ich|ose) (?:committee |committee's )?report\b",
        ),
        ("agenda_items", r"\bagenda items?\b|\bitem (?:of|on) the agenda\b|\bitem on (?:its|the) agenda\b"),
        (
            "title",
            r"\b(?:title|titled|entitled|called|named|heading|name of)\b(?!.*\bconvention\b)|"
            r"\bwh(?:at|ich)(?:'s| is| was)? (?:resolution )?\S* ?(?:is |was )?(?:all )?about\??$|\bsubject of (?:the )?(?:resolution|text|\S*\d)",
        ),
        (
            "session",
            r"\b(?:wh(?:at|ich)|in wh(?:at|ich)|at wh(?:at|ich)) session\b[^?]*\b(?:adopted|passed|belong|from|of the assembly adopt)\b|"
            r"\band (?:in )?wh(?:at|ich) session\b",
        ),
        (
            "operative_count",
            r"\bhow many\b[^?]*\b(?:operative|numbered)?\s?(?:para(?:graph)?s?|ops?|clauses)\b(?!.*\b(?:preamb|mention|about|urge|request|call|deal|welcom|invit|contain))|"
            r"\bnumber of (?:operative |numbered )?(?:para(?:graph)?s|clauses)\b",
        ),
        (
            "preambular_count",
            r"\b(?:how many|number of)\b[^?]*\b(?:preamb\w*|pps|recitals)\b(?!.*\b(?:mention|about))",
        ),
        ("note_count", r"\b(?:how many|number of)\b[^?]*\b(?:foot ?notes?|notes)\b"),
        ("job_number", r"\bjob number\b|\bjob no\b|\bods number\b"),
        ("language", r"\bwh(?:at|ich) language\b"),
        ("symbol", r"\b(?:symbol|document number|official number)\b(?!.*\breport)"),
    )
)
_VALUE_RULES = tuple(
    (name, re.compile(rule, re.IGNORECASE))
    for name, rule in (
        ("agenda_items", r"\bagenda items? (?P<value>\d{1,3}(?: ?\([a-z]\))?)"),
        ("report", r"\breport (?P<value>[AES]/\d+/\d+\S*)"),
        ("meeting", r"\b(?P<value>\d{1,3}(?:st|nd|rd|th) plenary)\b"),
    )
)
_DATE = re.compile(
    rf"\b(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)? (?:of )?(?P<month>{'|'.join(MONTHS)})|"
    rf"(?P<month2>{'|'.join(MONTHS)}) (?P<day2>\d{{1,2}})(?:st|nd|rd|th)?),? (?P<year>\d{{4}})|"
    r"\b(?P<iso>\d{4}-\d{2}-\d{2})\b",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?<![\d/(-])(?:19[4-9]\d|20\d\d)(?![\d/)-])")
_BY_YEAR = re.compile(
    r"\b(?:19|20)\d\d (?:resolution|text|document|one|version)\b|"
    r"\b(?:resolution|text|document) (?:of|from|adopted in) (?:19|20)\d\d\b",
    re.IGNORECASE,
)
_EVERY = re.compile(
    r"\b(?:each|both|two|all|either|every)\b[^?]{0,25}\b(?:resolutions?|texts?|documents?|ones)\b|"
    r"\b(?:in|of|from) (?:each|both)\b",
    re.IGNORECASE,
)
_COMPARES = re.compile(
    r"\b(?:compare|comparison|versus|vs|differ\w*|side by side|chang(?:e|ed|es|ing)|evol\w+|contrast|"
    r"between .* and|both)\b",
    re.IGNORECASE,
)
_RELATIVE = re.compile(
    r"\b(?:the )?(?P<which>earlier|older|previous|preceding|prior|first|original|later|newer|newest|latest|"
    r"recent|most recent|more recent|last|second|subsequent|following|other) "
    r"(?:resolution|text|document|one)\b",
    re.IGNORECASE,
)
_EARLIER = frozenset("earlier older previous preceding prior first original".split())
_LATER = frozenset(
    ["later", "newer", "newest", "latest", "recent", "most recent", "more recent", "last", "second",
     "subsequent", "following"]
)  # fmt: skip
_ABOUT_CITATIONS = re.compile(
    r"\bwh(?:at|ich)\b[^?]*\b(?:resolutions?|declarations?|strateg\w+|documents?|decisions?|reports?|"
    r"instruments?|congress|summit|conference)\b"
    r"[^?]*\b(?:recall\w*|cit(?:e|es|ed)|mention\w*|refer\w*|quot\w+|adopted|noted|borne in mind|named|listed)\b|"
    r"\b(?:recall|cite|mention|refer to)\b[^?]*\bresolutions?\b|\bwhere\b[^?]*\b(?:cited|recalled)\b|"
    r"\bwhere is\b.*\b(?:declaration|resolution|strategy|outcome|congress|convention)\b.*\bmentioned\b",
    re.IGNORECASE,
)
_WANTS_SOURCE = re.compile(
    r"\bwhere is (?:its|the|their) text\b|\bin wh(?:at|ich) (?:resolution|document|annex|report) (?:is|was|can|are|does)\b|"
    r"\bwh(?:at|ich) (?:document|symbol|resolution|source|footnote|note) (?:contains?|holds?|gives?|reproduces?|has)\b|"
    r"\bwhere (?:can|do|could) .{0,40}\b(?:find|found|read)\b|\bwhat is (?:its|the) (?:source|symbol)\b",
    re.IGNORECASE,
)
_ASKS_WHEN = re.compile(
    r"\b(?:when|by when|deadline|due|(?:at|in|to|by|for|which|what) (?:wh(?:at|ich) )?(?:session|date)|how often|next report)\b",
    re.IGNORECASE,
)
_LISTS = re.compile(
    r"\b(?:list|every|all|which (?:operative |preambular )?(?:paragraphs|passages|clauses|parts|provisions)|"
    r"in which (?:operative )?(?:paragraphs|passages)|what are the|enumerate|how many)\b",
    re.IGNORECASE,
)
_PREAMBLE = re.compile(r"\b(?:preamb\w*|recitals?)\b", re.IGNORECASE)
_NOTES = re.compile(r"\b(?:foot\s?notes?|notes? (?:\d|numbered|say|refer)|the notes)\b", re.IGNORECASE)
_OPERATIVE = re.compile(r"\b(?:operative|decision part)\b", re.IGNORECASE)
_ASKED = re.compile(
    r"\bwhat (?:is|are|was|were|does|do|did|should|must|has|have|else)?\b[^?]*?\b"
    r"(?P<actor>(?:[Tt]he )?[A-Z][\w-]*(?: (?:[A-Z][\w-]*|of|on|and|the|for))*|(?:the |member )?(?:secretary[- ]general|states|governments|commission|office|"
    r"programme|secretariat|assembly|centre|council|sg|countries|donors|committee)\w*)"
    r"[^?]{0,40}\b(?:ask|request|tell|told|called|call|urge|invite|encourage|instruct|suppose|mandate|require|expect|have|need)"
    r"(?:ed|s|d)?\b[^?]{0,12}\b(?:to|upon)\b",
    re.IGNORECASE,
)


def read_question(text: str) -> Question:
    """Return what `text` asks for; never raises."""
    folded = squeeze(fold(plain_digits(text)).text) if len(text) <= 20 * MAX_QUESTION_CHARACTERS else text
    unusable = _unusable(folded)
    if unusable:
        return Question(text=folded[:MAX_QUESTION_CHARACTERS], unusable=unusable)
    asked = squeeze(_MARKUP.sub(" ", folded)) or folded
    found = find_symbols(asked)
    claimed = _claimed(asked)
    fields = _fields(asked)
    verbs = tuple(_verbs(asked, found))
    relative = _relative(asked)
    return Question(
        text=asked,
        unusable=Unusable.INSTRUCTION if _INSTRUCTION.search(asked) and not found else None,
        language=foreign_language(asked),
        symbols=tuple(dict.fromkeys(one.symbol for one in found)),
        bare_symbols=tuple(dict.fromkeys(one.symbol for one in found if one.bare)),
        places=tuple(dict.fromkeys(_places(asked, found))),
        every=bool(_EVERY.search(asked)),
        compares=bool(_COMPARES.search(asked)),
        fields=fields,
        values=tuple(_values(asked)),
        claimed=claimed,
        unrecorded=next((what for what, rule in _UNRECORDED_RULES if rule.search(asked)), None),
        verbs=verbs,
        actor=_actor(asked),
        kinds=_kinds(asked),
        about_citations=bool(_ABOUT_CITATIONS.search(asked)),
        cited_series=_cited_series(asked),
        asks_when=bool(_ASKS_WHEN.search(asked)),
        wants_source=bool(_WANTS_SOURCE.search(asked)),
        lists=bool(_LISTS.search(asked)),
        years=tuple(dict.fromkeys(int(year[0]) for year in _YEAR.finditer(asked))),
        names_by_year=bool(_BY_YEAR.search(asked)),
        relative=relative,
        topic=topic_of(asked, found),
    )


def _unusable(text: str) -> Unusable | None:
    if not text.strip():
        return Unusable.EMPTY
    if len(text) > MAX_QUESTION_CHARACTERS:
        return Unusable.TOO_LONG
    if _CONTROL.search(text) or not re.search(r"\w", text):
        return Unusable.NOT_TEXT
    return None


def _places(text: str, found: tuple[SymbolFound, ...]) -> Iterator[Place]:
    """Yield each locator with the symbol it belongs to: "para. 6 of X", "X, para. 6"."""
    hidden = list(text)
    for one in found:  # a symbol's own digits are no locator
        hidden[one.start : one.end] = " " * (one.end - one.start)
    covered = "".join(hidden)
    for place in find_locators(covered):
        symbol = _owner(place.start, place.end, found, text)
        for locator in place.locators:
            yield Place(symbol=symbol, locator=locator)


def _owner(start: int, end: int, found: tuple[SymbolFound, ...], text: str) -> str | None:
    before = [one for one in found if one.end <= start]
    after = [one for one in found if one.start >= end]
    if after and (not before or re.match(r"\s*(?:of|in|from|to|de|del?|dans|des?)\b", text[end:])):
        return after[0].symbol
    return before[-1].symbol if before else None


def _claimed(text: str) -> date | None:
    match = _DATE.search(text)
    if not match:
        return None
    try:
        if match["iso"]:
            return date.fromisoformat(match["iso"])
        month = (match["month"] or match["month2"]).capitalize()
        return date(int(match["year"]), MONTHS.index(month) + 1, int(match["day"] or match["day2"]))
    except ValueError:
        return None


def _fields(text: str) -> tuple[str, ...]:
    fields = [name for name, rule in _FIELD_RULES if rule.search(text)]
    if "preambular_count" in fields and "operative_count" in fields and not _OPERATIVE.search(text):
        fields.remove("operative_count")
    if "report" in fields and re.search(r"\bcommittee\b", text, re.IGNORECASE):
        fields.insert(fields.index("report"), "committee")
    return tuple(dict.fromkeys(fields))


def _values(text: str) -> Iterator[tuple[str, str]]:
    for name, rule in _VALUE_RULES:
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


def _cited_series(text: str) -> str | None:
    """Return the series of the organ whose resolutions a question asks for."""
    for row in rows("organs"):
        names = "|".join((re.escape(row["name"]), *row["short"].split(",")))
        if re.search(rf"\b(?:{names})(?:'s)? (?:resolutions?|decisions?)\b", text, re.IGNORECASE):
            return row["symbol"]
    return None


def _kinds(text: str) -> frozenset[Kind]:
    kinds = set()
    if _PREAMBLE.search(text):
        kinds.add(Kind.PREAMBULAR)
    if _NOTES.search(text):
        kinds.add(Kind.NOTE)
    if _OPERATIVE.search(text):
        kinds.add(Kind.OPERATIVE)
    return frozenset(kinds)


def _verbs(text: str, found: tuple[SymbolFound, ...]) -> Iterator[str]:
    """Yield the verbs that a question asks for: "urge", "the invitations", "thanks"."""
    seen = set()
    for word in re.findall(r"[A-Za-z-]+", text):
        for verb in lemma_of(word):
            if verb not in seen and word.lower() not in _VERBS_OF_TALK:
                seen.add(verb)
                yield verb


# Verbs that a question is put with rather than about.
_VERBS_OF_TALK = frozenset(
    "ask asked asks asking note notes noted consider considered considers express expressed expresses "
    "expect expected expects maintain maintained mandate mandated mandates mandated remain remains require "
    "required requires agree agreed adopt adopted adopts adoption support supports supported order orders "
    "create created establish established establishes direct directed believe extend commit commits "
    "committed commitment confirm confirmed undertake undertaken decide decides decided decision "
    "advise declare declared determine determined recall recalled recalls intend propose proposed".split()
)


def _actor(text: str) -> str | None:
    match = _ASKED.search(text)
    if not match:
        return None
    actor = re.sub(r"^the ", "", match["actor"].strip(), flags=re.IGNORECASE)
    return expand(actor).strip() or None


_FRAME = re.compile(
    r"\b(?:do|does|did|is|are|was|were|has|have|had|can|could|will|would|may|might)\s+(?:these|those|the|any|either|both|this|it|they)?\s*"
    r"(?:resolutions?|texts?|documents?|they|it)?\s*(?:say|says|said|mention|mentions|contain|deal|address|speak|talk)?\s*(?:anything|something|a word)?\s*"
    r"(?:said|mentioned|written)?\s*\b(?:about|on|regarding|concerning|of|with)\b|"
    r"\b(?:what|where|which|who|whom|how|when|why)\b(?:\s+(?:exactly|precisely|else))?\s*(?:(?:does|do|did|is|are|was|were|has|have)\b)?|"
    r"\b(?:operative|preambular)?\s*\b(?:paragraphs?|passages?|paras?|clauses?|provisions?|parts?)\b|"
    r"\b(?:resolutions?|texts?|documents?)\b|"
    r"\b(?:say|says|said|saying|talks?|deals?|speaks?|mention(?:s|ed)?|about|anything|something|somebody|anybody|there|"
    r"please|show|list|find|quote|read out|give me|tell me|compare|put side by side|each|both|every|anywhere|"
    r"cited|recalled|referred to|asked|told|supposed|wording|change|changed|between|loaded|these|those|the|an?|to do|do|in the same breath)\b",
    re.IGNORECASE,
)


def topic_of(text: str, found: tuple[SymbolFound, ...] = ()) -> str:
    """Return the words of a question that say what it is about: its frame and symbols taken out."""
    pieces, at = [], 0
    for one in found:
        pieces.append(text[at : one.start])
        at = one.end
    rest = _WANTS_SOURCE.sub(" ", " ".join((*pieces, text[at:])))
    return squeeze(re.sub(r"[?!¿¡\"]", " ", _FRAME.sub(" ", rest)))


def expand(text: str) -> str:
    """Return `text` with short names and everyday words in the words that resolutions print.

    The tables are tables/acronyms.tsv and tables/everyday.tsv.
    """
    pattern, printed = _expansions()

    def swap(match: re.Match[str]) -> str:
        return printed.get(match[0]) or printed.get(match[0].lower()) or match[0]

    return pattern.sub(swap, text)


def expansions(text: str) -> tuple[str, ...]:
    """Return the printed words that stand for short names and everyday words of `text`."""
    pattern, printed = _expansions()
    found = (printed.get(match[0]) or printed.get(match[0].lower()) for match in pattern.finditer(text))
    return tuple(dict.fromkeys(words for words in found if words))


def expanded_phrases(text: str) -> tuple[str, ...]:
    """Return the short names and everyday words of `text` that the tables know."""
    pattern, _ = _expansions()
    return tuple(dict.fromkeys(match[0] for match in pattern.finditer(text)))


@cache
def _expansions() -> tuple[re.Pattern[str], dict[str, str]]:
    printed = {row["short"]: row["full"] for row in rows("acronyms")}
    short = sorted(printed, key=len, reverse=True)
    everyday = {
        form.lower(): row["printed"] for row in rows("everyday") for form in row["everyday"].split("|")
    }
    forms = sorted(everyday, key=len, reverse=True)
    pattern = re.compile(
        rf"\b(?:{'|'.join(map(re.escape, short))})\b|"
        rf"(?i:\b(?:{'|'.join(map(re.escape, forms))})\b)"
    )
    return pattern, printed | everyday
