"""Questions in several steps: the resolution that created, ended, preceded or cites another."""

import re
from dataclasses import dataclass
from enum import Enum

from qa.resolutions.text import squeeze


class StepKind(Enum):
    """How the document that is asked for is reached."""

    BEGINNING = "beginning"  # it created or imposed something
    ENDING = "ending"  # it closed, lifted or terminated something
    BEFORE = "before"  # it came before the one that is named, in its series
    AFTER = "after"
    ENDED_BY = "ended by"  # the one that is named terminated it
    CITED_BY = "cited by"  # the place that is named cites it


@dataclass(frozen=True, slots=True, kw_only=True)
class StepQuery:
    """A document that a question describes by what it did."""

    kind: StepKind
    about: str  # what it created or ended
    is_both: bool = False  # the beginning and the end of it are asked for
    by: str = ""  # the document that cites, as it is written, where others are named, too


_TEXT = r"(?:resolution|text|decision|renewal|extension|one|prst|statement)"
_BEGAN = (
    r"(?:creat(?:ed?|es|ing)|establish(?:ed|es|ing)?|set(?:s|ting)? up|found(?:ed|s|ing)|"
    r"launch(?:ed|es|ing)?|deploy(?:ed|s|ing)?|institut(?:ed?|es)|impos(?:ed?|es|ing)|"
    r"introduc(?:ed?|es)|"
    r"authori[sz](?:ed?|es)|start(?:ed|s))"
)
_ENDED = (
    r"(?:clos(?:ed?|es|ing)|terminat(?:ed?|es|ing)|end(?:ed|s|ing)|lift(?:ed|s|ing)?|"
    r"dissolv(?:ed?|es)|"
    r"abolish(?:ed|es)?|withdr(?:ew|aws?|awn)|remov(?:ed?|es)|discontinu(?:ed?|es)|shut(?:s)? down|"
    r"wound up|did away with|do(?:es)? away with|put an end to|cancel(?:l?ed|s)?|repeal(?:ed|s)?|"
    r"liquidat(?:ed?|es)|revok(?:ed?|es))"
)
_EVENT = re.compile(
    rf"\b(?:(?:which|what|the) (?:[\w-]+ ){{0,4}}?{_TEXT}(?: (?:that|which|by which))?(?: "
    rf"(?:first|originally|initially|"
    rf"finally|formally|had|has|it|was))*|when (?:was|were|did))\b"
    rf"(?P<before>[^?:;]{{0,80}}?)\b(?:(?P<began>{_BEGAN})|"
    rf"(?P<ended>{_ENDED}))\b(?P<after>[^?:;]*)",
    re.IGNORECASE,
)
_BESIDE = re.compile(
    rf"\b(?:which|what|the)\b[^?]{{0,60}}?\b{_TEXT}\b[^?]{{0,30}}?\b(?:(?P<before>before|"
    rf"preced\w+|prior to|replaced by|"
    r"superseded by)|(?P<after>after|follow\w+|that (?:replaced|superseded|renewed|extended)))\b",
    re.IGNORECASE,
)
_RENEWED_BY = re.compile(  # "Which resolution does 2808 renew?"
    r"\b(?:which|what)\b[^?]{0,40}\b(?:does|did|do) [^?]{0,20}\d\)?[^?]{0,10}? "
    r"(?:renew|extend|replace|follow|succeed|supersede|prolong)\b",
    re.IGNORECASE,
)
_ENDED_BY = re.compile(
    rf"\b(?:resolutions?|texts?|documents?|measures|provisions|"
    rf"sanctions)\b[^?]{{0,30}}?\b(?:that|which)\b[^?]{{0,40}}?"
    rf"\d[^?]{{0,20}}?\b{_ENDED}\b",
    re.IGNORECASE,
)
_CITED_BY = re.compile(
    r"\b(?:resolution|text|document|paragraph|decision)s?\b[^?]{0,20}?\b(?:recall\w*|cit(?:ed|"
    r"es)|mention(?:ed|s)|"
    r"refer(?:red|s) to|reaffirm\w*|named|renewed|extended)\b (?:in|by)\b",
    re.IGNORECASE,
)
_CITING = re.compile(  # "the paragraph of 2664 that 2761 keeps"
    r"\b(?:resolution|text|document|paragraph|decision|provision|request|measure|rule|mandate|"
    r"sanction|exemption|authori[sz]ation|inspection|obligation)s?\b[^?]{0,50}?"
    r"\b(?:that|which)(?: the)?(?: Council| Assembly)?(?: resolution)? "
    r"(?P<by>(?:[SA]/RES/)?\d[\w/.]*(?: ?\((?:19|20)\d\d\))?) "
    r"(?:recalls?|cites?|mentions?|refers? to|reaffirms?|names?|renew(?:s|ed)?|extend(?:s|ed)?|"
    r"prolong(?:s|ed)?|keeps?|kept|maintain(?:s|ed)?|continue[sd]?|prolonged|builds on|relies on|"
    r"reiterates?)\b",
    re.IGNORECASE,
)
_PRONOUN = re.compile(r"(?:it|its|them|they|this|that|these|those|he|she)", re.IGNORECASE)
_CUT = re.compile(
    r"\b(?:that|which|and|where|how|what|under|in|by)\b(?=.*\b(?:\d{3,4}|was|were|had|did|long|is)\b).*$"
)
_ASKS_MORE = re.compile(  # "… lifted, and by which resolution?"
    r"[\s,]*\b(?:and )?(?:by|in|under|on|from|with)? ?\b(?:which|what|whom|when|how)\b.*$",
    re.IGNORECASE,
)
_FRAME = re.compile(
    r"^(?:\s*(?:the|a|an|its|all|first|mandate of|of|to|for)\b)+|\b(?:first|originally|back)\b",
    re.I,
)


def read_step_query(text: str, *, names_document: bool) -> StepQuery | None:
    """Return how a question reaches the document that it asks for; None if it names or lists.

    Args:
        text: the question.
        names_document: whether it names a document by a symbol.
    """
    if names_document and _CITED_BY.search(text):
        return StepQuery(kind=StepKind.CITED_BY, about="")
    if citing := _CITING.search(text):
        return StepQuery(kind=StepKind.CITED_BY, about="", by=citing["by"])
    if names_document and _ENDED_BY.search(text):
        return StepQuery(kind=StepKind.ENDED_BY, about="")
    if names_document and _RENEWED_BY.search(text):
        return StepQuery(kind=StepKind.BEFORE, about="")
    beside = _BESIDE.search(text) if names_document else None
    if beside:
        kind = StepKind.BEFORE if beside["before"] else StepKind.AFTER
        return StepQuery(kind=kind, about="")
    event = _EVENT.search(text)
    if event is None:
        return None
    after = _CUT.sub(" ", _ASKS_MORE.sub(" ", event["after"]))
    about = squeeze(_FRAME.sub(" ", after).strip(" ,.")) or squeeze(
        _FRAME.sub(" ", event["before"])
    )
    if not re.search(r"[^\W\d_]{2}", about) or _PRONOUN.fullmatch(about):
        return None
    kind = StepKind.BEGINNING if event["began"] else StepKind.ENDING
    other = _ENDED if event["began"] else _BEGAN
    is_both = bool(re.search(rf"\band\b[^?]*\b{other}\b", event["after"], re.IGNORECASE))
    return StepQuery(kind=kind, about=about, is_both=is_both)
