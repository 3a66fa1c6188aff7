"""A question for documents: "List all resolutions on Haiti since 2023", "How many in session 79?".

What is asked for is read by taking away what a list is asked with: the words for documents, the
period, the session, the organ, the committee. What remains is the topic.
"""

import re
from dataclasses import dataclass

from qa.question.bodies import bodies_of
from qa.question.dates import sessions_in, without_period
from qa.resolutions.body_names import NAMED_BODIES
from qa.resolutions.cite.numbers import ORDINALS
from qa.resolutions.periods import ANY_TIME, Period
from qa.resolutions.text import squeeze


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentQuery:
    """The documents that a question asks for."""

    topic: str = ""  # "" for all
    is_count: bool = False  # how many there are
    series: frozenset[str] = frozenset()  # "RES", "PRST"; empty for all that was adopted
    period: Period = ANY_TIME  # of adoption
    bodies: frozenset[str] = frozenset()
    sessions: tuple[int, ...] = ()
    committees: tuple[str, ...] = ()  # "Sixth Committee"


_PLURAL = (
    r"(?:resolutions|resolns|presidential statements|statements by the president|prsts|statements|"
    r"decisions|texts|documents|renewals|extensions|"
    r"(?<=every )(?:[A-Za-z]+ ){0,2}resolution|(?<=each )(?:[A-Za-z]+ ){0,2}resolution)"
)
_ACT = (
    r"(?:adopt|pass|approve|proclaim|declare|establish|create|set up|designate|launch|convene|"
    r"institute|found|agree)"
)
_ACTED = (
    r"(?:adopted|passed|approved|proclaimed|declared|established|created|set up|designated|launched|"
    r"convened|instituted|founded|agreed)"
)
_ORGAN = (
    r"(?:the )?(?:"
    + "|".join(f"(?:{body.pattern})" for body in NAMED_BODIES)
    + r"|council|assembly|un|united nations|(?:\w+ )?committee)(?:['’]s)?"
)
_ON = (
    r"(?:on|about|concerning|regarding|relating to|related to|dealing with|deal with|deals with|"
    r"dealt with|that treat|treating|treat|covering|cover|addressing|address|tackling|tackle|to do with|"
    r"touching on|in relation to|with regard to|as regards|around|against|for|of)"
)
_COUNTS = re.compile(
    rf"\bhow many\b[^?]{{0,40}}?\b{_PLURAL}|\b(?:number|count|total|tally) of\b[^?]{{0,40}}?\b{_PLURAL}|"
    rf"\bn(?:o|r|um)s?\.? of\b[^?]{{0,40}}?\b{_PLURAL}|\bcount (?:the |all )?[^?]{{0,30}}?\b{_PLURAL}",
    re.IGNORECASE,
)
_LISTS = re.compile(
    # "List all resolutions", "which resolutions on", "all the GA resolutions"
    rf"\b(?:list|enumerate|name|show|give|find|get|compile|display|need|want|looking for)\b"
    rf"[^?]{{0,60}}?\b{_PLURAL}|"
    rf"\b(?:all|every|which|what|recent|any)\b(?! (?:do|does|did|is|are|was|were)\b)"
    rf"[^?,]{{0,60}}?\b{_PLURAL}|"
    # "everything the Council adopted on X", "what did the Sixth Committee adopt at session 79?"
    rf"\b(?:everything|anything|all(?: that)?|what)(?: that)?(?: (?:has|have|had|did|was|is))?"
    rf" {_ORGAN}(?: (?:has|have|had|did))?(?: ever| so far)? {_ACT}(?:ed|d)?\b|"
    # "Which international days were proclaimed in 2024?"
    rf"^\W*(?:which|what) (?!resolution\b)[^?,]{{3,60}}?\b(?:were|have been|has been|had been|are)"
    rf" {_ACTED}\b",
    re.IGNORECASE,
)
# "UNFICYP renewals since 2020", "First Committee resolutions of the 80th session": words in a search
# box, whose head is the word for documents.
_HEADED = re.compile(rf"\b{_PLURAL}\b", re.IGNORECASE)
_SENTENCE = re.compile(
    r"^\W*(?:who|whom|whose|when|where|why|how|is|are|was|were|do|does|did|has|have|had|can|could|"
    r"should|must|may|will|would|in|under|according|compare|what (?:do|does|did|is|are|was|were|has|"
    r"have))\b",
    re.IGNORECASE,
)
# Questions for what documents say, in which they are no more than where it is said.
_OF_CONTENT = re.compile(
    r"\b(?:what|which|who|how|where|when|why|whether)\b[^?]*\b(?:do|does|did) (?:these|those|the|any|"
    rf"its|their|such)?\b[^?]{{0,60}}?\b{_PLURAL}\b[^?]*\b\w+|"
    rf"\b{_PLURAL}\b (?:say|says|said|ask|asks|asked|call|calls|called|demand\w*|request\w*|urge\w*|"
    r"require\w*|impos\w+|oblig\w+|condemn\w*|authori[sz]\w+|recall\w*|cit(?:e|es|ed|ing)|mention\w*|"
    r"refer\w*|contain\w*|use|uses|used|quot\w+|nam(?:e|es|ed|ing)|speak\w*|talk\w*|terminat\w+|"
    r"creat\w+|establish\w*|set|lift\w*|end|ends|ended|extend\w*|renew\w*|invit\w+|encourag\w+|that)\b|"
    rf"\b(?:in|under|by|of|with|from) (?:which|what|how many|the|these|those|its|all|previous|relevant|"
    rf"earlier|other|both|two)\b[^?]{{0,40}}?\b{_PLURAL}\b(?! (?:on|about|concerning|regarding)\b)|"
    r"\b(?:loaded|available|indexed)\b|"
    rf"\b(?:paragraphs?|provisions?|passages?|clauses?|wording|text|summary|difference\w*|chang\w+) "
    rf"(?:of|in|from|between)\b[^?]*\b{_PLURAL}\b|\b(?:compare|versus|vs)\b",
    re.IGNORECASE,
)


def read_document_query(text: str) -> DocumentQuery | None:
    """Return the documents that a question asks for; None if it asks for what they say.

    Args:
        text: of a question that names no document by symbol, its relative dates resolved.
    """
    if len(text) > _MAX_CHARACTERS or _OF_CONTENT.search(text):
        return None
    is_count = _COUNTS.search(text) is not None
    is_headed = _HEADED.search(text) is not None and not _SENTENCE.search(text)
    if not (is_count or _LISTS.search(text) or is_headed):
        return None
    bounded = without_period(text)
    if bounded.period is None:
        bounded = without_period(_BARE_YEAR.sub(r"in \g<year>", text))
    frame = _without_topic_names(bounded.rest)
    rest = _SESSIONS.sub(" ", frame)
    committees = tuple(dict.fromkeys(_committee(match) for match in _COMMITTEE.finditer(rest)))
    rest = _COMMITTEE.sub(" ", rest)
    return DocumentQuery(
        topic=_topic(rest),
        is_count=is_count,
        series=_series(text),
        period=bounded.period or ANY_TIME,
        bodies=frozenset(bodies_of(_SUBJECT_OF_TOPIC.sub(" ", frame))),
        sessions=tuple(dict.fromkeys(sessions_in(frame))),
        committees=committees,
    )


# "presidential statements 2015 Burundi"
_BARE_YEAR = re.compile(
    r"(?<!\bin )(?<!\bof )(?<![\d/–-])\b(?P<year>(?:19[4-9]|20[0-2])\d)\b(?![\d/–-]|\W*\w*\W*(?:agenda|19|20))"
    r"(?=\W*$|(?: [A-Z]| \w+\W*$))"
)
_MAX_CHARACTERS = 300  # of a question that asks for a list


def _without_topic_names(text: str) -> str:
    return re.sub(r"[?!¿¡\"“”]", " ", text)


# An organ in the topic is no organ that adopts: "resolutions on reform of the Security Council".
_SUBJECT_OF_TOPIC = re.compile(
    rf"\b(?:on|about|concerning|regarding|mention\w*) (?!.*\b{_PLURAL}\b).*", re.IGNORECASE
)
_NUMBER_WORD = "|".join(
    sorted((word for word, number in ORDINALS.items() if number > 0), key=len, reverse=True)
)
_SESSIONS = re.compile(
    rf"(?:\b(?:at|of|in|from|for|during)? ?(?:the|its)? ?(?:ga |unga |assembly['’]s )?"
    rf"(?:\d{{1,2}}(?:st|nd|rd|th)|(?:{_NUMBER_WORD}))[- ](?:regular )?session\b|"
    r"\b(?:at|of|in|from|for|during)? ?session \d{1,2}\b)",
    re.IGNORECASE,
)
_COMMITTEES = {
    "disarmament and international security": 1,
    "economic and financial": 2,
    "social, humanitarian and cultural": 3,
    "special political and decolonization": 4,
    "administrative and budgetary": 5,
    "legal": 6,
}
_COMMITTEE = re.compile(
    r"\b(?:the )?(?:(?P<ordinal>first|second|third|fourth|fifth|sixth|1st|2nd|3rd|4th|5th|6th)|"
    rf"(?P<name>{'|'.join(_COMMITTEES)})) committee\b(?:['’]s)?|"
    r"\bC\.?(?P<digit>[1-6])\b",
    re.IGNORECASE,
)


def _committee(match: re.Match[str]) -> str:
    """Return the committee as mastheads print it: "Sixth Committee"."""
    if match["name"]:
        number = _COMMITTEES[match["name"].lower()]
    elif match["digit"]:
        number = int(match["digit"])
    else:
        named = match["ordinal"].lower()
        number = int(named[0]) if named[0].isdecimal() else ORDINALS[named]
    return f"{_MAIN[number - 1]} Committee"


_MAIN = ("First", "Second", "Third", "Fourth", "Fifth", "Sixth")


def _series(text: str) -> frozenset[str]:
    """Return which series of documents is asked for: resolutions unless others are named."""
    series = set()
    if re.search(r"\bprsts?\b|\bpresident\w* statements?|\bstatements by the president", text, re.I):
        series.add("PRST")
    if re.search(r"\bresol\w*|\brenewals|\bextensions", text, re.IGNORECASE):
        series.add("RES")
    return frozenset(series)


_EDGE = (
    r"(?:a|an|the|all|every|any|each|and|or|of|on|about|for|in|at|by|from|to|with|that|which|have|has|"
    r"had|did|do|does|was|were|is|are|been|be|there|it|its|so|ever|please|me|us|you|can|could|would|i|"
    r"we|need|want|pls|thanks|complete|full|list|lists|listing|count|number|no|nr|only|just|also|"
    r"concerning|regarding|dealing|deal|deals|dealt|relating|related|treating|treat|covering|cover|"
    r"addressing|address|tackling|topic|topics|subject|theme|issue|issues|matter|matters|question of|"
    r"as|what|how|many|them|their|these|those|recent|various|existing|different|exist|some|"
    r"included|including|inclusive|too)"
)
_FRAME = re.compile(
    rf"\b(?:list|enumerate|name|show|give|find|get|compile|display|count|looking for)\b(?: me| us)?|"
    rf"\b(?:which|what|how many|number of|n(?:o|r|um)s?\.? of|count of|total of|everything|anything|"
    rf"all(?: that| of)?)\b|"
    rf"\b(?:has|have|had|did|does|do|was|were|is|are|been|can you|could you|please|kindly|ever|so far)\b|"
    rf"\b{_ACTED}\b(?: by {_ORGAN})?|\b{_ACT}\b|"
    rf"\b{_ORGAN}(?= {_PLURAL}| (?:has|have|did|adopt|pass|procl))|"
    rf"(?<=resolutions) (?:by|of|from|in) {_ORGAN}|\b(?:by|from) {_ORGAN}(?=\W*$|[\s,]+{_ON}\b)|"
    rf"^\W*{_ORGAN}(?= )(?=.*\b{_PLURAL})|"
    rf"\b{_PLURAL.replace('renewals|extensions', 'papers')}\b",
    re.IGNORECASE,
)


def _topic(text: str) -> str:
    """Return what is left of a request for documents: what they are about."""
    rest = squeeze(_FRAME.sub(" ", text))
    previous = None
    while rest != previous:
        previous = rest
        rest = re.sub(rf"^[\s,;.:()–-]*{_EDGE}\b(?!-)|\b{_EDGE}[\s,;.:()–-]*$", "", rest, flags=re.I)
        rest = rest.strip(" ,;.:()–-")
    return rest
