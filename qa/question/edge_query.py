"""A question for the first or the newest document on a topic: "latest resolution on Haiti"."""

import re
from dataclasses import dataclass

from qa.question.document_scope import ORGAN, DocumentScope, read_scope
from qa.resolutions.text import squeeze


@dataclass(frozen=True, slots=True, kw_only=True)
class EdgeQuery:
    """The first or the newest of the documents on a topic."""

    is_newest: bool
    topic: str  # "" for all documents of an organ
    scope: DocumentScope
    is_statement: bool = False  # a presidential statement
    asks_content: bool = False  # what it says is asked, too


_FIRST = r"(?:very |the )?(?:first|earliest|oldest|original|initial)(?: ever)?"
_LAST = r"(?:very |the )?(?:latest|newest|most recent|last|current)"
_WHICH = re.compile(rf"\b(?:(?P<first>{_FIRST})|(?P<last>{_LAST}))\b", re.IGNORECASE)
_NOUN = re.compile(
    r"\b(?:(?P<statement>presidential statement|statement by the president|prst|statement)|"
    r"resolution|res|decision|document|text|one(?= (?:on|about|concerning|regarding|for|"
    r"against)\b))\b",
    re.IGNORECASE,
)
_ON = (
    r"(?:on|about|concerning|regarding|relating to|dealing with|addressing|covering|against|for|of|"
    r"(?:solely |wholly |entirely )?(?:devoted|dedicated) to|focus(?:ed|ing|sing)? on|"
    r"to (?:deal with|address|cover|concern|condemn)|that (?:dealt|deals) with)"
)
_SAYS = re.compile(
    r"[,:;]?\s*\b(?:say|says|said|ask|asks|asked|demand\w*|request\w*|urge\w*|require\w*|decide\w*|"
    r"call(?:s|ed)? (?:for|on|upon)|ask\w* (?:of|for)|what (?:is|was|does|did)|contain\w*|"
    r"state[sd]?)\b.*$",
    re.IGNORECASE,
)
_OTHER = re.compile(  # what other routes answer: counts of mentions, votes, several documents
    r"\b(?:mention\w*|cit(?:e|es|ed|ing)|refer\w*|vot(?:e|ed|es|ing)|resolutions|statements|"
    r"paragraphs?|"
    r"first (?:committee|time)|before|after|since|sponsor\w*|abstain\w*|veto\w*)\b",
    re.IGNORECASE,
)
_FRAME = re.compile(
    rf"\b(?:what|which|when|where|is|was|were|are|show|give|find|me|please|did|does|do|has|have|"
    rf"the|a|an|"
    rf"it|there|adopt(?:ed)?|pass(?:ed)?|issued?|agreed|by|number|symbol|date|called|"
    rf"(?:by )?{ORGAN})\b(?!-)",
    re.IGNORECASE,
)
_EDGE = re.compile(rf"^[\s,;.:?!-]*(?:{_ON}\b|and\b|in\b)?\s*|[\s,;.:?!-]+$", re.IGNORECASE)


def read_edge_query(text: str) -> EdgeQuery | None:
    """Return the document that a question asks for by its place in time; None if it does not."""
    which = _WHICH.search(text)
    if which is None or _OTHER.search(text):
        return None
    noun = _NOUN.search(text, which.end())
    if noun is None:
        return None
    scope, rest = read_scope(text)
    content = _SAYS.search(rest, rest.find(noun[0]) + len(noun[0])) if noun[0] in rest else None
    about = rest[: content.start()] if content else rest
    about = _NOUN.sub(" ", _WHICH.sub(" ", about, count=1), count=1)
    topic = _trimmed(_FRAME.sub(" ", about).replace(",", " "))
    if not re.search(r"[^\W\d_]{2}", topic):
        if not (scope.bodies or noun["statement"]):
            return None  # of those that were talked about
        topic = ""
    return EdgeQuery(
        is_newest=which["last"] is not None,
        topic=topic,
        scope=scope,
        is_statement=noun["statement"] is not None,
        asks_content=content is not None,
    )


def _trimmed(text: str) -> str:
    """Return a topic without the prepositions and marks at its ends."""
    text = squeeze(text)
    while (shorter := squeeze(_EDGE.sub("", text))) != text:
        text = shorter
    return text
