"""Turns that are recognised whole: "thanks", "cite it", "only 2024", "the second one".

What tables recognise is in `qa.question.turn_table`. A turn that names a document is recognised
only where it compares that document with another.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from qa.question.bodies import bodies_of
from qa.question.dates import without_period
from qa.question.turn_limits import load_turn_limits
from qa.question.turn_table import core_of, cues_by_table, cues_by_words, is_sequence_of
from qa.question.turns import TurnCues, TurnKind
from qa.resolutions.body_names import NAMED_BODIES
from qa.resolutions.cite.numbers import CARDINALS, ORDINALS
from qa.resolutions.cite.symbols import SymbolMatch
from qa.resolutions.text import squeeze

_CORRECTION = re.compile(
    r"^[\s,.;:!–-]*(?:(?:no|nope|nah|wait|sorry|oops|wrong|incorrect|actually|rather|"
    r"that(?:'s| is| was) (?:wrong|incorrect|not (?:it|right|what i (?:meant|asked|wanted|said)))|"
    r"not (?:that|those|these|this|them|it)(?: ones?)?|"
    r"not (?!only\b|just\b)[^,;:.–]{2,40}(?=[,;:–-]| but\b)|but|"
    r"i (?:actually )?(?:meant|mean|(?:was |am )?ask(?:ing|ed) (?:about|for)|wanted|said|"
    r"was talking about|was thinking of)|something else)\b[\s,.;:!–-]*)+"
    r"(?:(?:to ask )?(?:about|for)\b )?(?:the ones? (?:about|on|for|of|in|from) )?",
    re.IGNORECASE,
)
_MEANT = re.compile(
    r"\b(?:no|nope|nah|wrong|incorrect|not|mean|meant|wanted|sorry|asking|asked|else)\b", re.I
)
_NEW_TOPIC = re.compile(r"\b(?:something|anything) else\b", re.IGNORECASE)
_ONLY = re.compile(
    r"(?:(?:show|give|list|keep|take|use|want|i want|i need) (?:me )?)?(?:i )?(?:only|just|"
    r"exclusively|nothing but)(?: show| give| list| those| the ones| want| need| care about| mean)?"
    r"(?: me)? (?:the ones? (?:about|on|concerning|regarding|with) )?(?P<rest>.+)|"
    r"(?P<not>not|exclude|excluding|without|leave out|except(?: for)?|but not|no) (?P<other>.+)|"
    r"(?:limit|restrict|narrow|confine|filter)(?: (?:it|this|that|them|these|those|"
    r"the (?:search|list|results)))?(?: down)? (?:to|by|for|on|from)(?: only| just)? (?P<to>.+)|"
    r"(?P<before>.+) only",
    re.IGNORECASE,
)
_FRAME = (
    r"(?:in|at|by|from|of|for|on|during|within|since|as|to|the|a|an|those|these|ones?|what|which|did|"
    r"does|do|has|have|is|was|were|say|said|decide|decided|adopted|adopt|passed|resolutions?|texts?|"
    r"documents?|decisions?|paragraphs?|version|edition|year|years|session|sessions|it|and|or|un|"
    r"united nations|that|this|these|they|there|only|just|any|anything|something|same|different|"
    r"back|again|also|too|ever|already|deal|dealt|with|address(?:ed)?|discuss(?:ed)?|take|taken|took|"
    r"up|done|act(?:ed)?|view|position|think|thought|about|how|have|had|happened|situation|"
    r"show|give|list|me|please|all|them|those|every|each)"
)
_ONLY_FRAME = re.compile(rf"\W*(?:{_FRAME}\b\W*)*", re.IGNORECASE)
_BARE_TIME = re.compile(
    r"(?<![\d/])(?:(?:19|20)\d\d[/–-]\d\d(?:\d\d)?|(?:19[4-9]|20[0-4])\d)(?![\d/])|"
    r"\b(?:\d{1,2}(?:st|nd|rd|th)|(?!which|what|this|that|any)[a-z]+(?:-[a-z]+)?(?:st|nd|rd|th)) "
    r"session\b|\bsession \d{1,2}\b",
    re.IGNORECASE,
)
_RELATIVE_YEAR = re.compile(
    r"(?:(?:in|for|from) )?(?:the )?(?:(?P<one>year|session|period) "
    r"(?P<way>before|after|earlier|later)(?: (?:that|it|this))?|"
    r"(?P<side>previous|preceding|prior|following|next|subsequent) "
    r"(?:year|session|period|financial (?:year|period)))",
    re.IGNORECASE,
)
# "the ones from 2019" are of that year; "from 2019 on" is since then.
_OF_YEAR = re.compile(r"\bfrom (?:19|20)\d\d\W*$", re.IGNORECASE)
_YEARS_APART = re.compile(
    rf"(?:the )?(?P<count>\d{{1,2}}|{'|'.join(CARDINALS[1:])}|a) years? "
    r"(?P<way>before|after|earlier|later)(?: (?:that|it|this))?",
    re.IGNORECASE,
)
_BACKWARD = frozenset({"before", "earlier", "previous", "preceding", "prior"})
_NUMBER = {
    **{word: number for word, number in ORDINALS.items() if number > 0 or number in (-1, -2)},
    "very last": -1,
}
_CARDINAL = {word: number for number, word in enumerate(CARDINALS) if number}
_ORDINAL = re.compile(
    r"(?:(?:(?:show|give|open|read|quote|expand|see|take|pick|choose|tell|explain|want|i want|"
    r"i mean|i'd like|let me see|look at|go to|back to|only|just|more (?:on|about)|what is|"
    r"what was|what does|(?:which|what) (?:one|resolution|document|text|decision|quotation|"
    r"paragraph) (?:is|was)|tell me (?:more )?(?:about|on)) )?(?:me |us )?(?:the |that )?"
    rf"(?:(?P<word>{'|'.join(sorted(map(re.escape, _NUMBER), key=len, reverse=True))})|"
    r"(?P<digits>\d{1,3})(?:st|nd|rd|th))"
    r"(?: (?P<noun>one|quote|quotation|result|hit|item|answer|passage|entry|resolution|document|"
    r"text|decision))?"
    r"|(?:(?:show|give|open|read|quote|see|want|i want) (?:me )?)?(?:number|no\.?|nr\.?|#|option|"
    rf"item|result|quotation|quote) ?(?P<number>\d{{1,3}}|{'|'.join(_CARDINAL)}))"
    r"(?: (?:say|said|in full|whole|again|on the list|of (?:these|those|them|the list)|"
    r"from the list|you (?:showed|quoted|gave)(?: me)?))*",
    re.IGNORECASE,
)
_DOCUMENT_NOUNS = frozenset({"resolution", "document", "text", "decision"})
_COMPARED = re.compile(
    r"(?:compare|contrast)(?: (?:it|this|that|them|the two|that one|this one))?(?: (?:with|to|and|"
    r"against|versus))*|(?:and )?(?:with|versus|vs\.?|against)|"
    r"(?:what is |what's )?the difference (?:to|with|from|between (?:it|this|that) and)",
    re.IGNORECASE,
)
_COMPARED_ON = re.compile(
    r"(?:compare|contrast)(?: (?:the two|them|both|these|those|these two|those two|the pair))?"
    r"(?: (?:resolutions|texts|documents))? (?:on|regarding|about|as to|as regards|concerning|"
    r"with respect to|with regard to|in terms of) (?P<topic>.{3,80})",
    re.IGNORECASE,
)
_POSSESSIVE = re.compile(r"(?<=\w)['’]s$", re.IGNORECASE)
MAX_POSSESSIVE = 4  # words
_MEANT_AFTER = re.compile(
    r"[\s,–-]+(?:is |was )?(?:what )?i (?:actually |really )?(?:meant|mean|wanted)\W*$",
    re.IGNORECASE,
)
_SENTENCE = re.compile(
    r"(?:if|unless|who|whom|whose|when|where|why|how|is|are|was|were|do|does|did|has|have|had|can|could|should|"
    r"must|may|will|would|what|which|list|show|give|tell|find|name|compare|"
    r"(?:by|until|till|untill|since|from|under|in|at|on|to|for|of|with|within|after|before|during|"
    r"against) (?:which|what|whom|when|how))\b",
    re.IGNORECASE,
)
_PREPOSITION = re.compile(
    r"^(?:(?:for|on|in|of|off|about|with|to|at|by|from|the|a|an|regarding|concerning|those|these)\b\s*)+",
    re.IGNORECASE,
)
# A question without a word that says what it is about: "by when?", "for how long exactly?".
_ELLIPTICAL = re.compile(
    r"\W*(?:(?:who|whom|whose|when|where|why|how|what|which|long|often|much|many|money|exactly|"
    r"precisely|by|until|till|untill|since|for|to|from|of|in|under|on|at|is|are|was|were|do|does|did|has|"
    r"have|had|can|could|should|must|may|will|would|be|been|the|a|an|and|so|soon|far|old|big|large|"
    r"strong|strongest|paragraph|paragraphs|resolution|resolutions|article|clause|countries|states|country|date|year|"
    r"days?|weeks?|months?|years|hours?|within|session|meeting|voted?|abstain(?:ed)?|sponsor(?:ed|s)?|against|favou?r|no|yes|adopted|"
    r"decided|said|asked|one|ones|say|valid|still|now|currently|force|happen(?:ed|s)?|next|after|"
    r"then|apply|applies|mean|means|there|here|else|not|any|all|only|ago|time|times|exact)\b\W*)+",
    re.IGNORECASE,
)
# "BINUH until when", "the Panel reports to whom".
_ASKED_LAST = re.compile(r"\w\W+(?:what|who|whom|when|where|how|why|which)\W*$", re.IGNORECASE)
MAX_PHRASE = 8  # words


def recognise(text: str, typed: str, cues: TurnCues, symbols: Sequence[SymbolMatch]) -> TurnCues:
    """Return cues with the kind of a turn that is recognised whole, and the words that are left.

    Args:
        text: of the question, its relative dates resolved.
        typed: the same as it was typed.
        cues: as read so far.
        symbols: the documents that it names.
    """
    core, cues = _continued(_bare(core_of(text)), text, cues)
    if symbols:
        named = core
        for symbol in symbols:
            named = named.replace(text[symbol.start : symbol.end], " ")
        is_compared = len(symbols) == 1 and _COMPARED.fullmatch(squeeze(named)) is not None
        return replace(cues, kind=TurnKind.COMPARE) if is_compared else cues
    for kind in (TurnKind.THANKS, TurnKind.GREET):
        if is_sequence_of(kind, text):
            return replace(cues, kind=kind)
    core, cues = _corrected(core, cues)
    if (years := _years_away(core, core_of(typed))) is not None:
        return replace(cues, kind=TurnKind.TIME, years=years)
    return (
        _compared_on(core, cues)
        or cues_by_words(core, cues, frozenset({TurnKind.COMPARE, TurnKind.COUNT}))
        or _restricting(core, cues)
        or cues_by_table(core, cues)
        or cues_by_words(core, cues)
        or _phrase(core, cues)
    )


def _bare(core: str) -> str:
    """Return a few words without the "'s" at their end: "and Liberia's?", "2024's"."""
    is_short = len(core.split()) <= MAX_POSSESSIVE
    return _POSSESSIVE.sub("", core) if is_short else core


def _corrected(core: str, cues: TurnCues) -> tuple[str, TurnCues]:
    """Return a turn without "no, I meant" before it, or "I meant" after it."""
    lead, tail = _CORRECTION.match(core), _MEANT_AFTER.search(core)
    if tail:
        cues = replace(cues, is_correction=True, opens=True)
        core = core[: tail.start()]
    if lead and _MEANT.search(lead[0]) and core[lead.end() :]:
        is_new = cues.is_new_topic or _NEW_TOPIC.search(lead[0]) is not None
        cues = replace(cues, is_correction=True, opens=True, is_new_topic=is_new)
        core = core[lead.end() :]
    return core, cues


def _compared_on(core: str, cues: TurnCues) -> TurnCues | None:
    """Return the cues of "compare the two on …", with what they are compared on."""
    match = _COMPARED_ON.fullmatch(core)
    return replace(cues, kind=TurnKind.COMPARE, phrase=match["topic"]) if match else None


def _continued(core: str, text: str, cues: TurnCues) -> tuple[str, TurnCues]:
    """Return a turn without "the same …", and cues that say that it goes on about the last one."""
    if same := _SAME.search(core):
        cues = replace(cues, opens=True, is_exchange=True)
        core = squeeze(_SAME.sub(" ", core)) if core != same[0] else core
    elif _SAME_OPENING.search(text):
        cues = replace(cues, is_exchange=True)
    return core, replace(cues, opens=cues.opens or _CONTINUING.search(text) is not None)


def _years_away(core: str, typed: str) -> int | None:
    """Return how many years after the last one a turn asks of: "the year before": -1."""
    relative = _RELATIVE_YEAR.search(typed)
    if relative and _says_nothing_else(typed, relative):
        way = (relative["way"] or relative["side"]).lower()
        return -1 if way in _BACKWARD else 1
    apart = _YEARS_APART.search(core)
    if not apart or not _says_nothing_else(core, apart):
        return None
    count = apart["count"].lower()
    years = int(count) if count.isdecimal() else {"a": 1, **_CARDINAL}[count]
    return -years if apart["way"].lower() in _BACKWARD else years


_SAME = re.compile(
    r"\b(?:(?:for|in|at|on) )?(?:the )?same (?:period|year|question|thing|time|session|topic|"
    r"point|information|info)(?: (?:for|about|on|in|with|as))?\b",
    re.IGNORECASE,
)
_SAME_OPENING = re.compile(r"^\W*(?:\w+ )?(?:the )?same (?:for|in|with|about|on)\b", re.IGNORECASE)
_CONTINUING = re.compile(r"\b(?:also|too|as well)\W*$", re.IGNORECASE)


def _restricting(core: str, cues: TurnCues) -> TurnCues | None:
    """Return the cues of a turn of a time, a body or a rank alone, or of "only …"."""
    if ordinal := _ORDINAL.fullmatch(core):
        return _ranked(ordinal, cues)
    if only := _ONLY.fullmatch(core):
        rest = only["rest"] or only["to"] or only["before"] or only["other"]
        if only["not"]:
            is_known = any(bodies_of(rest)) or _KINDS.search(rest)
            is_all = is_known and not _unrestricted(rest)
            return replace(cues, kind=TurnKind.NARROW, is_excluding=True) if is_all else None
        if ordinal := _ORDINAL.fullmatch(rest):
            return _ranked(ordinal, cues)
        of_year = _OF_YEAR.search(rest) is not None
        return replace(
            cues, kind=TurnKind.NARROW, phrase=_unrestricted(rest), names_one_year=of_year
        )
    if len(core.split()) > MAX_PHRASE:
        return None
    without_time = without_time_words(core)
    if without_time != core and _ONLY_FRAME.fullmatch(without_time):
        of_year = _OF_YEAR.search(core) is not None
        return replace(cues, kind=TurnKind.TIME, names_one_year=of_year)
    if any(bodies_of(core)) and not _unrestricted(core):
        return replace(cues, kind=TurnKind.BODY)
    return None


def _says_nothing_else(core: str, match: re.Match[str]) -> bool:
    """Return whether a turn is a phrase and at most words that ask: "which States … before?"."""
    rest = squeeze(f"{core[: match.start()]} {core[match.end() :]}")
    rest = squeeze(_BARE_PRONOUN.sub(" ", rest))
    return not rest or _ELLIPTICAL.fullmatch(rest) is not None


_BARE_PRONOUN = re.compile(r"\b(?:it|that|this|they|them)\b", re.IGNORECASE)


def _ranked(ordinal: re.Match[str], cues: TurnCues) -> TurnCues:
    word, number = ordinal["word"], ordinal["number"]
    if word:
        rank = _NUMBER[word.lower()]
    else:
        digits = ordinal["digits"] or number
        rank = int(digits) if digits.isdecimal() else _CARDINAL[digits.lower()]
    noun = (ordinal["noun"] or "").lower()
    noun = noun or next((each for each in _DOCUMENT_NOUNS if f" {each} " in ordinal[0].lower()), "")
    form = "document" if noun in _DOCUMENT_NOUNS else ""
    return replace(cues, kind=TurnKind.ORDINAL, rank=rank, form=form)


def without_time_words(text: str) -> str:
    """Return a text without the period, years and sessions that it names."""
    return squeeze(_BARE_TIME.sub(" ", without_period(text).rest))


def _unrestricted(text: str) -> str:
    """Return a text without time, bodies and kinds of paragraphs; "" where nothing is left."""
    rest = body_names().sub(" ", without_time_words(text))
    rest = squeeze(_KINDS.sub(" ", rest))
    rest = _ONES.sub("", rest)
    return "" if _ONLY_FRAME.fullmatch(rest) else squeeze(_PREPOSITION.sub("", rest))


_ONES = re.compile(r"\s+ones?$", re.IGNORECASE)
_ITS = re.compile(r"\b(?:its|their)\b", re.IGNORECASE)
_KINDS = re.compile(
    r"\b(?:operative|preambular|preamble|preambles|preambulatory|foot ?notes?|notes?)\b"
    r"(?: (?:paragraphs?|paras?|clauses?|parts?))?",
    re.IGNORECASE,
)


@cache
def body_names() -> re.Pattern[str]:
    """Return the pattern of the names of bodies."""
    listed = "|".join(body.pattern for body in NAMED_BODIES)
    return re.compile(rf"\b(?:{listed}|council|assembly)(?:['’]s)?\b", re.IGNORECASE)


def _own_words(core: str) -> Iterator[str]:
    """Yield the words of a short sentence that names nothing and says no topic of its own."""
    words = _LETTERS.findall(core)
    unnamed = _ACTORS.sub(" ", core)
    names = [word for word in _LETTERS.findall(unnamed)[1:] if word[0].isupper()]
    is_named = bool(names) or _OWN_TOPIC.search(unnamed) is not None
    own = [word.lower() for word in words if not _ELLIPTICAL.fullmatch(word)]
    own = [word for word in own if word not in _PRONOUNS]
    if not is_named and len(own) <= load_turn_limits().max_own_words:
        yield from own


_ACTORS = re.compile(  # who may be asked to act on any topic
    r"\b(?:(?:United Nations )?Secretary-General|(?:Member )?States|(?:General )?Assembly|"
    r"(?:Security )?Council|Governments?|Member|UN|United Nations|Secretariat)\b"
)
_PRONOUNS = frozenset("it its they them their he she his her that this those these anyone".split())
_LETTERS = re.compile(r"[^\W\d_]{2,}")
_OWN_TOPIC = re.compile(
    r"\b(?:on|about|regarding|concerning|of)\b (?!(?:the|it|that|this|them|these|those|its|their|"
    r"what|which|whom|any|all)\b)\w+",
    re.IGNORECASE,
)


def _phrase(core: str, cues: TurnCues) -> TurnCues:
    """Return the cues of a turn that is a phrase, or a correction, with its words."""
    is_asked = _SENTENCE.match(core) is not None or _ASKED_LAST.search(core) is not None
    is_sentence = is_asked or len(core.split()) > MAX_PHRASE
    preposition = _PREPOSITION.match(core)
    return replace(
        cues,
        kind=TurnKind.CORRECTION if cues.is_correction else TurnKind.OTHER,
        is_phrase=not is_sentence,
        names_kind_only=_KINDS.search(core) is not None and not _unrestricted(_ITS.sub("", core)),
        own_words=tuple(_own_words(core)) if is_sentence else (),
        is_elliptical=bool(core) and _ELLIPTICAL.fullmatch(core) is not None,
        preposition=preposition[0].split()[0].lower() if preposition else "",
        phrase=""
        if is_sentence and not cues.is_correction
        else squeeze(_NAMED_ONE.sub("", _PREPOSITION.sub("", core))),
    )


# "the one on Ivory Coast" is of Ivory Coast.
_NAMED_ONE = re.compile(
    r"^(?:ones?|that|those) (?:on|about|for|of|in|from|against|with|concerning) (?:the )?",
    re.IGNORECASE,
)
