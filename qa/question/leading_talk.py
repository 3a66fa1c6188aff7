"""Talk before a question: "hm, and what of …", "by the way, …", "back to the embargo: …"."""

import re
from dataclasses import dataclass

from qa.question.turn_table import is_sequence_of, without_leading_acts
from qa.question.turns import TurnKind
from qa.resolutions.text import squeeze

_MARK = r"[\s]*[,.;:!?…–—-]+\s+"
_FILLER = re.compile(
    r"^\W*(?:(?:h+m+|u+h+m*|u+m+|er+m?|a+h+|o+h+|ok(?:ay)?)\b[\s,.;:!…–—-]*"
    rf"|(?:well|right|alright|great|good|fine|nice|perfect|cool|interesting|i see|got it|"
    rf"understood|noted|now|so|sure|yes|yeah|anyway|then|and|but)(?:{_MARK})"
    r"(?=(?:and|but|what|who|whom|whose|which|when|where|why|how|is|are|was|were|do|does|did|has|"
    r"have|had|can|could|should|must|may|will|would|show|give|list|tell|the|it|that|this|by|for|"
    r"on|in|only|just|back)\b))(?=\W*\w)",
    re.IGNORECASE,
)
_ADDS = r"(?:(?:just|now|and|or|one|an?|yet|the|my|then|but|also|oh|here is|i have|there is)\s+)*"
_OTHER = (
    r"(?:other|another|more|further|different|separate|unrelated|new|next|last|final|quick|second)"
)
_ASIDE = re.compile(
    rf"^\W*(?:(?:and|oh|but|so|also)[\s,]+)*(?:(?:by the way|btw|incidentally)\b[\s,.;:!…–—-]*|"
    rf"(?:{_ADDS}{_OTHER}(?: (?:quick|small|short|little|different))? "
    r"(?:question|thing|point|topic|subject|matter|issue|request|query)|"
    rf"on (?:an?other|a different|a separate|an unrelated) (?:note|topic|subject|matter)|"
    r"(?:to )?(?:chang(?:e|ing)|switch(?:ing)?) (?:the )?(?:topics?|subjects?)|"
    rf"moving on|separately)(?:{_MARK}))(?=\W*\w)",
    re.IGNORECASE,
)
_GOING = (
    r"(?:(?:now|and|so|but|then|let's|let us|let me|i want to|can we|going|coming|go|get|come)\s+)*"
)
_RETURN = re.compile(
    rf"^\W*{_GOING}(?:back|returning|return) to (?P<what>[^:;?!,]{{2,60}}?)"
    r"(?:\s*[:;?!,–—]+|\s+-+|\.)\s+(?P<rest>\w.*)$",
    re.IGNORECASE | re.DOTALL,
)
_RETURN_ONLY = re.compile(
    rf"^\W*{_GOING}"
    r"back to (?P<what>(?!(?:it|that|this)\b)[^:;?!,]{2,60}?)\W*$",
    re.IGNORECASE,
)
_REFERS = re.compile(
    r"\b(?:one|ones|resolution|text|document|paragraph|para|quote|quotation|list|start|beginning|"
    r"results?|answer|question|topic|before)\b",
    re.IGNORECASE,
)
MAX_LEADS = 4


@dataclass(frozen=True, slots=True)
class OpenedTurn:
    """A turn without the talk before its question."""

    text: str
    is_cleared: bool = False  # the talk drops what was spoken of: "Forget that."
    is_aside: bool = False  # the talk says that something else is asked: "By the way, …"


def without_leading_talk(text: str) -> OpenedTurn:
    """Return a turn without the talk before its question, and what that talk says of it."""
    rest, is_cleared = without_leading_acts(text)
    if any(is_sequence_of(kind, rest) for kind in (TurnKind.THANKS, TurnKind.GREET)):
        return OpenedTurn(rest, is_cleared)
    is_aside = False
    for _ in range(MAX_LEADS):
        if aside := _ASIDE.match(rest):
            rest, is_aside = rest[aside.end() :], True
        elif filler := _FILLER.match(rest):
            rest = rest[filler.end() :]
        else:
            break
    return OpenedTurn(_returned(rest), is_cleared, is_aside)


def _returned(text: str) -> str:
    """Return a turn that comes back to something with this at its end: "how many (the force)?"."""
    if returning := _RETURN.match(text):
        return f"{squeeze(returning['rest']).rstrip(' ?.!')} ({squeeze(returning['what'])})?"
    only = _RETURN_ONLY.match(text)
    return only["what"] if only and not _REFERS.search(only["what"]) else text
