"""What a question counts: documents, how often a thing was adopted, or something else.

The words that count may come first ("how many resolutions on Haiti"), last ("Haiti resolutions,
how many") or between. What they count is the noun after them; where none follows, a noun of
documents anywhere else.
"""

import re
from enum import Enum

from qa.question.document_scope import ORGAN, PLURAL

# Days, years and decades are counted by the documents that proclaimed them.
PROCLAIMED = (
    r"(?:(?:international|world|un|united nations) (?:days|weeks|years|decades|observances)|"
    r"(?:days|weeks|years|decades|observances)(?= (?:\w+ ){0,8}?(?:proclaim|declar|designat|"
    r"observ)\w*))"
)
ACTED = (
    r"(?:adopt|pass|approv|proclaim|declar|establish|creat|set up|designat|launch|conven|institut|"
    r"found|agree|renew|extend|prolong)(?:e|es|ed|s|d|ing)?"
)


class Counted(Enum):
    """What the words that count in a question are about."""

    DOCUMENTS = "documents"
    TIMES = "times"  # how often a thing was adopted
    OTHER = "other"  # States, soldiers, paragraphs


_TIMES = (
    r"\b(?:how often|how frequently|how many times|(?:the )?(?:total )?(?:number|count) of "
    r"(?:times|occasions))\b"
)
_OF_NOUN = (
    r"(?:\b(?:exactly |precisely |just )?how many(?: of)?\b|"
    r"\b(?:the |a |an )?(?:total |exact |overall |full |whole )?(?:numbers?|count|total|tally|sum)"
    r"(?: number| count)? of\b|\bn(?:o|r|um)s?\.? of\b|"
    # "count the resolutions", but neither "vote count" nor "what counts as"
    r"(?:^\W*|\b(?:please|to|and|you|just|kindly) )count(?: up)?\b(?! of\b))"
)
_ALONE = (
    r"(?:\b(?:in total|in all|altogether|all in all|total (?:number|count)|tally)\b|"
    r"\b(?<!vote )(?<!votes )(?<!word )count\b|\b(?<!vote )total\b|"
    # Of a number that is one of a document, "draft number", nothing is counted.
    r"(?<=s )number\b(?! \d)|(?<=s, )number\b|(?<=\d )number\b|^\W*number\b(?= [^\d]))"
)
_CUE = re.compile(rf"(?P<times>{_TIMES})|(?P<of>{_OF_NOUN})|(?P<alone>{_ALONE})", re.IGNORECASE)
_STOP = (
    r"(?:is|are|was|were|be|been|do|does|did|has|have|had|can|could|may|might|must|shall|should|"
    r"will|would|there|on|in|at|by|to|for|from|with|without|that|which|who|whose|about|since|"
    r"concerning|regarding|during|under|against|(?:co-?)?sponsor\w*|vot(?:e|ed|ing)|abstain\w*|"
    r"support\w*|oppos\w+|veto\w*|need\w*|want\w*|ratif\w+|report\w*)"
)
_NOUN = re.compile(
    rf"\W*(?:(?!{_STOP}\b)[\w.’'/-]+,? ){{0,6}}?(?:{PLURAL}|{PROCLAIMED})\b", re.IGNORECASE
)
# Nothing is named that is counted: "how many on Cyprus", "how many were adopted", "how many?"
_OPEN = re.compile(
    rf"\W*(?:$|[?.,;:–-]|(?:exactly|are there|were there|is there)\b|(?:did|has|have|had|were|was) "
    rf"|{ORGAN} |(?:on|about|concerning|regarding|by|from|in|since|at|for) )",
    re.IGNORECASE,
)
_ANY_NOUN = re.compile(
    # Not the documents in which something is said.
    rf"(?<!according to )(?<!under )(?:\b(?:{PLURAL}|{PROCLAIMED})\b|"
    r"\bresolution(?= (?:count|total|tally)\b))",
    re.IGNORECASE,
)
_TOPICAL = re.compile(r"\W*(?:on|about|concerning|regarding)\b", re.IGNORECASE)
_ADOPTING = re.compile(rf"\b{ACTED}\b", re.IGNORECASE)


def read_counted(text: str) -> Counted | None:
    """Return what a question counts; None if no words in it count."""
    cues = list(_CUE.finditer(text))
    read = [_counted(text, cue) for cue in cues]
    for counted in (Counted.DOCUMENTS, Counted.TIMES, Counted.OTHER):
        if counted in read:
            return counted
    return None


def without_count(text: str) -> str:
    """Return `text` without the words that count."""
    return _CUE.sub(" ", text)


def _counted(text: str, cue: re.Match[str]) -> Counted | None:
    """Return what one of the words that count is about; None if it counts nothing by itself."""
    after = text[cue.end() :]
    if cue["times"]:
        return Counted.TIMES if _ADOPTING.search(text) else Counted.OTHER
    if cue["of"] and _NOUN.match(after):
        return Counted.DOCUMENTS
    is_noun_elsewhere = _ANY_NOUN.search(text) is not None
    if cue["alone"]:
        return Counted.DOCUMENTS if is_noun_elsewhere else None
    if not _OPEN.match(after):
        return Counted.OTHER
    is_of_documents = is_noun_elsewhere or _TOPICAL.match(after) or _is_act(after)
    return Counted.DOCUMENTS if is_of_documents else Counted.OTHER


def _is_act(after: str) -> bool:
    """Return whether an organ's acts are counted: "how many did the Council adopt?"."""
    return re.search(rf"\b{ORGAN} (?:\w+ )?{ACTED}\b", after, re.IGNORECASE) is not None
