"""A question for what is asked of somebody, or due: "What is UNDP asked to do since 2022?".

The answer is every paragraph that satisfies all that is said: who is asked, by which organ and
when, what falls due at which session or date, on which topic.
"""

import re
from dataclasses import dataclass, replace
from functools import cache

from qa.question.dates import BoundedText, without_period
from qa.question.document_scope import DocumentScope, read_scope
from qa.question.expansion import NameExpansion
from qa.resolutions.periods import ANY_DATE, ANY_MONTH, ANY_TIME, Period
from qa.resolutions.tables.read_tables import rows
from qa.resolutions.text import squeeze


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestQuery:
    """What is asked of somebody, or falls due."""

    actor: str = ""  # who is asked, in the words of the question; "" for anyone
    topic: str = ""
    due_sessions: tuple[int, ...] = ()  # of the General Assembly, at which something is due
    due: Period = ANY_TIME  # in which, or by the end of which, something is due
    reports: bool = False  # what is due is a report
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
_REPORT = re.compile(r"\breport(?:s|ed|ing)?\b", re.IGNORECASE)
_PAST = re.compile(
    r"\b(?:adopt\w*|was|were|did|had|happen\w*|agenda|resolutions?)\b(?!.*\bdue\b)", re.IGNORECASE
)
_DUE = re.compile(
    r"\b(?:due|deadlines?|report(?:s|ed|ing)?|submit\w*|present(?:s|ed)?|send|sent|provide|"
    r"deliver\w*|give(?! me)|hand in|issue|produce|circulate|"
    r"brief\w*|updates?|expir\w+|runs? out|lapse\w*|end|ends|fall|falls)\b",
    re.IGNORECASE,
)
_FINE = rf"(?:{ANY_DATE}|{ANY_MONTH},? (?:19|20)\d\d|(?:19|20)\d\d)"
_DUE_DATE = re.compile(
    r"\b(?:(?P<lead>by|before|no later than|not later than|until|due (?:in|on|by)|in|on|for|of)"
    # Key words: "reports due October 2026", "briefings October 2026".
    r"(?: the end of| end)? |(?P<noun>due|deadlines?|reports?|briefings?|updates?) )"
    rf"(?P<date>{_FINE})(?!\w)",
    re.IGNORECASE,
)
_DUE_LEAD = re.compile(r"\b(?:by|no later|not later|due|until|before)", re.IGNORECASE)
_MUST = re.compile(
    r"\b(?:must|has to|have to|should|is|are|will|shall|what|which|when|who|reports?|deadlines?|"
    r"due|"
    r"mandates?|reporting)\b",
    re.IGNORECASE,
)
_ADOPTED = re.compile(
    r"\b(?:adopted|requested|asked|demanded|decided|made|given|issued|called)\b[^?]{0,20}$", re.I
)


def read_request_query(text: str, names: NameExpansion) -> RequestQuery | None:
    """Return what a question wants to know of requests; None if it asks for no set of them.

    Args:
        text: of a question that names no document by symbol, its relative dates resolved.
        names: those of the collection.
    """
    if len(text) > _MAX_CHARACTERS:
        return None
    due, rest = _due(text)
    actor, rest = _actor(rest, names)
    scope, rest = read_scope(rest)
    topic = _topic(rest)
    if not actor and names.expand(topic).lower() in _actors():
        actor, topic = names.expand(topic), ""
    sessions = scope.sessions if _DUE.search(text) and not _PAST.search(text) else ()
    # Of one actor and a topic, ranked search gives the best; a set is given where one is asked for.
    is_set = not topic or _MANY.search(text) is not None or scope.period != ANY_TIME
    if not (due or sessions or (actor and is_set)):
        return None
    return RequestQuery(
        actor=actor,
        topic=topic,
        due_sessions=sessions,
        due=due or ANY_TIME,
        reports=_REPORT.search(text) is not None,
        scope=replace(scope, sessions=()) if sessions else scope,
    )


_MAX_CHARACTERS = 300  # of a question that asks for a set


def _due(text: str) -> tuple[Period | None, str]:
    """Return the period in which something is due, and the question without it."""
    if not _DUE.search(text):
        return None, text
    for match in _DUE_DATE.finditer(text):
        is_term = match["noun"] is not None or _DUE_LEAD.match(match["lead"]) is not None
        if _ADOPTED.search(text[: match.start()]) and not is_term:
            continue
        bounded: BoundedText = without_period(f"in {match['date']}")
        period = bounded.period or _day(match["date"])
        if period and (is_term or _MUST.search(text)):
            kept = match["noun"] or ""
            return period, squeeze(f"{text[: match.start()]} {kept} {text[match.end() :]}")
    return None, text


def _day(printed: str) -> Period | None:
    from qa.question.dates import periods_of

    periods = periods_of(printed)
    return periods[0] if len(periods) == 1 else None


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
    r"\b(?:what|which|who|whom|when|where|how|everything|anything|all|list|every|each|give me|"
    r"show me|"
    r"please|does|do|did|has|have|had|is|are|was|were|be|been|being|must|should|shall|will|can|to|"
    r"report(?:s|ed|ing)?|submit\w*|present(?:s|ed)?|send|sent|provide|deliver\w*|due|deadlines?|"
    r"give|hand in|issue|produce|circulate|fall|"
    r"falls|run out|runs out|expire\w*|end|ends|lapse\w*|"
    r"(?:the )?(?:un )?(?:security council|general assembly|council|assembly|ga|sc|unsc|unga|un)|"
    r"reporting|who(?:m|se)?|ask(?:s|ed)?|request(?:s|ed)?|requests|tasks|demands|obligations|"
    r"calls|the|there|given|"
    r"addressed|because|adopted|decided|secretary-general)\b",
    re.IGNORECASE,
)


def _topic(text: str) -> str:
    rest = squeeze(_FRAME.sub(" ", re.sub(r"[?!¿¡\"“”:]", " ", text)))
    previous = None
    while rest != previous:
        previous = rest
        rest = re.sub(
            r"^[\s,;.()–-]*(?:on|about|of|in|at|by|for|from|with|regarding|concerning|and|or|it|"
            r"its|"
            r"a|an|any|as|that)\b|\b(?:on|about|of|in|at|by|for|from|with|and|or|it|its|a|as|that|"
            r"regarding|concerning)[\s,;.()–-]*$",
            "",
            rest,
            flags=re.IGNORECASE,
        ).strip(" ,;.()–-")
    return rest
