"""A question for what is asked of somebody, or due: "What is UNDP asked to do since 2022?".

The answer is every paragraph that satisfies all that is said: who is asked, by which organ and
when, what falls due at which session or date, on which topic.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from qa.question.document_scope import DocumentScope, read_scope
from qa.question.due_dates import DUE, read_due
from qa.question.expansion import NameExpansion
from qa.resolutions.periods import ANY_TIME, Period
from qa.resolutions.tables.read_tables import rows
from qa.resolutions.text import squeeze


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestQuery:
    """What is asked of somebody, or falls due."""

    actor: str = ""  # who is asked, in the words of the question; "" for anyone
    topic: str = ""
    due_sessions: tuple[int, ...] = ()  # of the General Assembly, at which something is due
    due: Period = ANY_TIME  # in which, or by the end of which, something is due
    products: tuple[str, ...] = ()  # words for what is due: any of them asks for it
    scope: DocumentScope


_DIRECT = (
    r"(?:ask(?:s|ed|ing)?|request(?:s|ed|ing)?|call(?:s|ed|ing)? (?:up)?on|urg(?:e|es|"
    r"ed|"
    r"ing)|invit(?:e|es|ed|ing)|encourag(?:e|es|ed|ing)|demand(?:s|ed|ing)?|requir(?:e|es|ed|ing)|"
    r"instruct(?:s|ed|ing)?|task(?:s|ed|ing)?|mandat(?:e|es|ed|ing)|direct(?:s|ed|ing)?|"
    r"expect(?:s|ed)?"
    r"|want(?:s|ed)?|oblig(?:e|es|ed)|supposed)"
)
_NOUN = (
    r"(?:requests?|tasks?|demands?|mandates?|obligations?|duties|responsibilities|calls|"
    r"invitations?|"
    r"instructions?|assignments?|asks)"
)
_NAME = r"(?P<actor>(?:the |all )?[^?.,;:]{2,70}?)"
_STOP = (
    r"(?= (?:to do|to|do|have|has|had|been|be|is|are|was|were|by|in|at|on|about|since|after|before|"
    r"between|from|during|under|regarding|concerning|with|for|because|over|until|as|when)\b|"
    r"[?.,;:]|$)"
)
# Each names who is asked; the first that matches decides.
_ASKED = tuple(
    re.compile(rule, re.IGNORECASE)
    for rule in (
        # "everything demanded of the Houthis", "what does the Council require of Rwanda"
        rf"\b{_DIRECT}(?: to be done)? (?:of|from|by) {_NAME}{_STOP}",
        # "requests to the President of the Assembly", "tasks given to UNODC"
        (
            rf"\b{_NOUN} (?:(?:given|addressed|directed|made|assigned|put) )?(?:to|on|for|"
            rf"of) {_NAME}{_STOP}"
        ),
        # "What has the Council asked UNODC to do", "Who asked UNDP to report"
        (
            rf"\b(?:has|have|had|did|does|do) (?:the )?(?:[A-Z]\w+|\w+ (?:council|assembly)|"
            r"council|"
            rf"assembly|un|"
            rf"sc|ga|unsc|unga)(?: ever)? {_DIRECT} {_NAME}(?= (?:to|for)\b|\W*$)"
        ),
        # "UNODC tasks in 80/229", but not "UNMISS mandate"
        rf"^\W*(?P<actor>(?-i:[A-Z][A-Z-]+)) (?!mandate){_NOUN}\b",
        # "What is UNDP asked to do", "what was expected of"
        rf"\bwhat (?:else |all )?(?:is|are|was|were|has|have) {_NAME} (?:been |being )?{_DIRECT}\b",
        # "what must UNDP do", "what should States do"
        (
            rf"\bwhat (?:else |all )?(?:should|must|shall|has|have|does|do|is|are) {_NAME} "
            r"(?:have to |need to |to |supposed to |required to )?(?:do|deliver|undertake)\b"
        ),
    )
)
_MANY = re.compile(
    r"\b(?:everything|all|every|list|each|requests|tasks|demands|mandates|obligations)\b",
    re.IGNORECASE,
)
_PAST = re.compile(
    r"\b(?:adopt\w*|was|were|did|had|happen\w*|agenda|resolutions?)\b(?!.*\bdue\b)", re.IGNORECASE
)
# What is due, each with the words of paragraphs by which it is asked for.
_PRODUCTS = {
    "report": ("report", "inform", "update", "brief", "assessment"),
    "assess": ("assessment", "assess", "evaluation"),
    "review": ("review",),
    "brief": ("briefing", "brief"),
    "updat": ("update",),
}
_PRODUCT = re.compile(
    r"\b(?P<stem>report|assess|review|brief|updat)(?:s|e|es|ed|ing|ings|ment|ments)?\b",
    re.IGNORECASE,
)


def read_request_query(text: str, names: NameExpansion) -> RequestQuery | None:
    """Return what a question wants to know of requests; None if it asks for no set of them.

    Args:
        text: of a question that names no document by symbol, its relative dates resolved.
        names: those of the collection.
    """
    if len(text) > _MAX_CHARACTERS:
        return None
    due, rest = read_due(text)
    actor, rest = _actor(rest, names)
    scope, rest = read_scope(rest)
    sessions = scope.sessions if DUE.search(text) and not _PAST.search(text) else ()
    topic = _topic(_PRODUCT.sub(" ", rest) if due or sessions else rest)
    is_defined = _DEFINES.match(text) is not None and not _MANY.search(text)
    if not actor and not is_defined and names.expand(topic).lower() in _actors():
        actor, topic = names.expand(topic), ""
    # Of one actor and a topic, ranked search gives the best; a set is given where one is asked for.
    is_set = not topic or _MANY.search(text) is not None or scope.period != ANY_TIME
    if not (due or sessions or (actor and is_set)):
        return None
    return RequestQuery(
        actor=actor,
        topic=topic,
        due_sessions=sessions,
        due=due or ANY_TIME,
        products=tuple(_products(text)) if due or sessions else (),
        scope=replace(scope, sessions=()) if sessions else scope,
    )


_DEFINES = re.compile(r"\W*(?:what|who)(?:['’]s| is| are| was| were) ", re.IGNORECASE)
_MAX_CHARACTERS = 300  # of a question that asks for a set


def requested_actor(text: str, names: NameExpansion) -> str:
    """Return who is asked to act, as resolutions print it; "" if a question names none."""
    return _actor(text, names)[0] if len(text) <= _MAX_CHARACTERS else ""


def _products(text: str) -> Iterator[str]:
    """Yield the words for the reports, reviews and so on that a question asks for."""
    for match in _PRODUCT.finditer(text):
        yield from _PRODUCTS[match["stem"].lower()]


def _actor(text: str, names: NameExpansion) -> tuple[str, str]:
    """Return who is asked, as resolutions print it, and the question without it."""
    for rule in _ASKED:
        match = rule.search(text)
        if not match:
            continue
        actor = re.sub(r"^(?:the|all) ", "", match["actor"].strip(), flags=re.IGNORECASE)
        if actor.lower() in _NOBODY or _NO_ACTOR.search(actor):
            continue
        start, end = match.span()
        kept = re.sub(rf"\b(?:{_DIRECT}|{_NOUN})\b", " ", match[0].replace(match["actor"], " "))
        return names.expand(actor).strip(), squeeze(f"{text[:start]} {kept} {text[end:]}")
    return "", text


@cache
def _actors() -> frozenset[str]:
    """Return the names of those whom resolutions address, in lower case."""
    return frozenset(row["name"].lower() for row in rows("actors"))


_NOBODY = frozenset(
    "it them they us me you this that these those there being been be do anything something "
    "assembly council general security".split()
)
_NO_ACTOR = re.compile(
    r"\b(?:what|which|who|how|report|reports|resolution|resolutions|paragraph|paragraphs|do|did)\b",
    re.IGNORECASE,
)
_FRAME = re.compile(
    r"\b(?:what(?:['’]s)?|which|who|whom|when|where|how|everything|anything|all|list|every|each|"
    r"give me|show me|tell me|please|kindly|does|do|did|has|have|had|is|are|was|were|be|been|being|"
    r"must|should|shall|will|can|to|report(?:s|ed|ing)?|submit\w*|submission|present(?:s|ed)?|send|sent|"
    r"provide|deliver\w*|due|deadlines?|schedules?|dates?|give|hand(?:ed)? in|reach|issue|produce|"
    r"circulate|owe[sd]?|fall|falls|run out|runs out|running out|expir\w*|end|ends|ending|laps\w*|"
    r"(?:the )?(?:un )?(?:security council|general assembly|council|assembly|ga|sc|unsc|unga|un)|"
    r"who(?:m|se)?|ask(?:s|ed)?|request(?:s|ed)?|requests|tasks|demands|obligations|calls|the|there|"
    r"given|items?|documents?|products?|need|needs|needed|"
    r"addressed|because|adopted|decided|secretary-general|sg|unsg)\b",
    re.IGNORECASE,
)


def _topic(text: str) -> str:
    rest = squeeze(_FRAME.sub(" ", re.sub(r"[?!¿¡\"“”:]", " ", text)))
    previous = None
    while rest != previous:
        previous = rest
        rest = re.sub(
            r"^[\s,;.()–-]*(?:on|under|about|of|in|at|by|for|from|with|regarding|concerning|and|or|it|"
            r"its|"
            r"a|an|any|as|that)\b|\b(?:on|about|of|in|at|by|for|from|with|and|or|it|its|a|as|that|"
            r"regarding|concerning)[\s,;.()–-]*$",
            "",
            rest,
            flags=re.IGNORECASE,
        ).strip(" ,;.()–-")
    return rest
