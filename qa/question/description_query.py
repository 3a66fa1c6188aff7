"""Descriptions inside a question: "the resolution that lifted …", "the successor of UNSOM".

A description names a document or a body by what it did, or by what came before or after it. It is
read with its place in the question, so that what it means can be written there in its stead.
"""

import re
from dataclasses import dataclass
from enum import Enum

from qa.question.turn_words import own_words
from qa.resolutions.model import Span
from qa.resolutions.text import squeeze


class DescriptionKind(Enum):
    """What a description names, and by what."""

    DOCUMENT = "document"  # "the resolution that lifted the embargo"
    SUCCESSOR = "successor"  # of a body: "the mission that replaced ATMIS"
    PREDECESSOR = "predecessor"  # "the mission before BINUH"
    BODY_OF = "body of"  # a document began or ended it: "the mission that 2690 closed"


@dataclass(frozen=True, slots=True, kw_only=True)
class DescriptionQuery:
    """A description and where it is written."""

    kind: DescriptionKind
    about: str  # what the document did, or the body or document that is named
    span: Span


_TEXT = r"(?:resolution|text|decision|statement|prst|one)"
_BODY = (
    r"(?:[\w-]+ )?(?:mission|operation|force|office|presence|body|panel|group|team|mechanism|"
    r"commission|committee|one)"
)
_WHO = r"(?:that|which)"
_NAME = (
    r"(?P<name>(?:the )?[A-Z][\w'’-]*(?: (?:(?:(?:of|for|in|on|and) (?:the )?)?"
    r"[A-Z][\w'’-]*|of the))*)"
)
_REPLACED = r"(?:replac(?:ed|es)|succe(?:eded|eds)|follow(?:ed|s)|took over from|came after)"
_CHANGED = (
    r"(?:clos(?:ed|es)|creat(?:ed|es)|establish(?:ed|es)|end(?:ed|s)|terminat(?:ed|es)|set up|"
    r"launch(?:ed|es)|wound up|extend(?:ed|s)|renew(?:ed|s)|authori[sz](?:ed|es))"
)
_NUMBER = r"(?P<name>(?:(?:security council )?resolution )?(?:[AS]/RES/)?\d{3,4}(?: \(\d{4}\))?)"
# A description ends where the question goes on: at a mark, or at the verb of its own sentence.
_GOES_ON = (
    r"(?=\s*[,;:?!.](?:\s|$)|\s*$|\s+(?:and|but)\s+(?:what|who|when|how|from|by|until|which)\b|"
    r"\s+(?:say|says|said|set|sets|have|has|had|do|does|did|ask|asks|provide|provides|contain|"
    r"contains|require|requires|demand|demands|give|gives|be|was|were|is|are|can|may|must|shall|"
    r"will|would|should|run|runs|last|lasts|report|reports|end|ends|expire|expires|decide|decides|"
    r"call|calls|request|requests|urge|urges|stress|stresses|allow|allows|authori[sz]es?|define|"
    r"defines|mention|mentions|name|names|apply|applies|cover|covers|limit|limits|foresees?)\b)"
)
_MAIN_VERB = (  # of a question: "what did the resolution that … impose?"
    r"(?:say|ask|impose|set|decide|demand|request|provide|require|authori[sz]e|extend|renew|add|list|"
    r"name|give|allow|want|order|contain|call for|stress|urge)"
)
_RULES: tuple[tuple[DescriptionKind, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(rule, re.IGNORECASE))
    for kind, rule in (
        (
            DescriptionKind.BODY_OF,
            rf"\b(?:the|a) {_BODY} (?:{_WHO} )?(?:was )?{_NUMBER} {_CHANGED}\b",
        ),
        (
            DescriptionKind.BODY_OF,
            rf"\b(?:the|a) {_BODY} (?:{_WHO} was )?{_CHANGED} (?:by|in|under|with) {_NUMBER}",
        ),
        (DescriptionKind.SUCCESSOR, rf"\b(?:the|a) {_BODY} {_WHO} {_REPLACED} (?-i:{_NAME})"),
        (
            DescriptionKind.PREDECESSOR,
            rf"\b(?:the|a) {_BODY} (?:{_WHO} )?(?-i:{_NAME}) {_REPLACED}\b",
        ),
        (
            DescriptionKind.SUCCESSOR,
            (
                r"\b(?:the |its )?(?:successor|replacement|follow-on)(?: mission| operation)? "
                rf"(?:of|to|for) (?-i:{_NAME})"
            ),
        ),
        (
            DescriptionKind.PREDECESSOR,
            rf"\b(?:the |its )?predecessor(?: mission| operation| office)? (?:of|to) (?-i:{_NAME})",
        ),
        (
            DescriptionKind.SUCCESSOR,
            rf"\b(?-i:{_NAME})(?:['’]s?)? (?:successor|replacement|follow-on)(?: mission)?\b",
        ),
        (DescriptionKind.PREDECESSOR, rf"\b(?-i:{_NAME})(?:['’]s?)? predecessor(?: mission)?\b"),
        (
            DescriptionKind.DOCUMENT,
            (
                rf"(?<=did )(?:the|that) (?:[\w-]+ ){{0,2}}?{_TEXT} {_WHO} "
                rf"(?:first |originally |finally )?(?P<name>\w+[^?]*?)(?=\s+{_MAIN_VERB}\b)"
            ),
        ),
        (
            DescriptionKind.DOCUMENT,
            (
                rf"\b(?:the|that|this|a) (?:[\w-]+ ){{0,3}}?{_TEXT} (?:by |in )?{_WHO} "
                rf"(?:first |originally |finally )?(?P<name>\w+[^?]*?){_GOES_ON}"
            ),
        ),
    )
)
_NO_DEED = re.compile(r"(?:i|we|you|is|are|was|were|has been|have been)\b", re.IGNORECASE)

_ALSO = re.compile(r"\b(?:and|or)\W*$", re.IGNORECASE)  # a second document is asked for


def read_description(text: str) -> DescriptionQuery | None:
    """Return the first description in a question with words besides it; None if there is none."""
    for kind, rule in _RULES:
        for match in rule.finditer(text):
            rest = own_words(f"{text[: match.start()]} {text[match.end() :]}")
            about = squeeze(match["name"]).strip(" '’")
            is_other = kind is DescriptionKind.DOCUMENT and (
                _NO_DEED.match(about) or _ALSO.search(text[: match.start()])
            )
            if rest and not is_other:
                span = Span(start=match.start(), end=match.end())
                return DescriptionQuery(kind=kind, about=about, span=span)
    return None
