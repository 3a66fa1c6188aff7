"""What a turn refers to in words of its own: "the new one", "the 2024 text", "just before that"."""

import re
from dataclasses import dataclass
from enum import Enum

from qa.question.turn_words import own_words, words_of
from qa.resolutions.cite.numbers import ORDINALS
from qa.resolutions.text import squeeze


class ReferenceKind(Enum):
    """By what a document is referred to."""

    NEWEST = "newest"
    EARLIER = "earlier"
    FIRST = "first"  # of its series
    OTHER = "other"  # of two
    RANK = "rank"  # in the list that was shown
    YEAR = "year"
    DESCRIBED = "described"  # by a part of its title


@dataclass(frozen=True, slots=True, kw_only=True)
class TurnReference:
    """A document that a turn refers to, and where in the turn it does."""

    kind: ReferenceKind
    start: int
    end: int
    rank: int = 0
    year: int = 0
    words: str = ""


_STOP = (
    r"(?:the|on|of|in|at|by|that|this|a|an|for|to|with|from|is|are|was|were|did|do|does|say|said|"
    r"which|who|what|how|and|or|it|its)"
)
_TIMED = r"(?:older|newer|earlier|previous|latest|newest|oldest|later)\s"
_REFERENCE = re.compile(
    rf"\b(?:(?:the|that|this|those|these|its|their)\s+|(?={_TIMED})|^)(?P<words>(?:(?!{_STOP}\b)[\w'’-]+\s+){{0,4}}?)"
    r"(?P<noun>one|resolution|res|text|version|document|renewal|extension|edition)\b"
    r"(?!\s+(?:before|after)\b)"
    r"(?:\s+(?:on|about|from|of|in|for|regarding|concerning)\s+(?P<tail>[^?.!,;]{2,50}))?",
    re.IGNORECASE,
)
_BY_WORD = {
    **dict.fromkeys("new newer newest latest recent current present last".split(), "NEWEST"),
    **dict.fromkeys("old older previous earlier former prior preceding past".split(), "EARLIER"),
    **dict.fromkeys("original initial first oldest earliest founding".split(), "FIRST"),
    "other": "OTHER",
}
_BARE = re.compile(  # "who voted for the oldest?"
    r"\b(?:the|its) (?:very )?(?P<word>newest|latest|most recent|oldest|earliest|original)(?=\W*$)",
    re.IGNORECASE,
)
_BESIDE = frozenset("very most more just same shown quoted mentioned main said whole".split())
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


def read_reference(text: str) -> TurnReference | None:
    """Return the document that a turn refers to by more than a pronoun; None if it does not."""
    if bare := _BARE.search(text):
        kind = ReferenceKind[_BY_WORD[bare["word"].lower().split()[-1]]]
        return TurnReference(kind=kind, start=bare.start(), end=bare.end())
    for match in _REFERENCE.finditer(text):
        reference = _classified(match)
        if reference is not None:
            return reference
    return None


def _classified(match: re.Match[str]) -> TurnReference | None:
    words = [word for word in words_of(match["words"]) if word not in _BESIDE]
    tail = match["tail"] or ""
    start, end = match.span()
    year = _YEAR.search(f"{match['words']} {tail}")
    if year:
        return TurnReference(kind=ReferenceKind.YEAR, start=start, end=end, year=int(year[0]))
    known = {_BY_WORD[word] for word in words if word in _BY_WORD}
    if known and len(words) == 1 and not own_words(tail):
        return TurnReference(kind=ReferenceKind[known.pop()], start=start, end=end)
    if len(words) == 1 and words[0] in ORDINALS and not own_words(tail):
        return TurnReference(kind=ReferenceKind.RANK, start=start, end=end, rank=ORDINALS[words[0]])
    described = squeeze(f"{' '.join(words)} {tail}")
    is_one = match["noun"].lower() == "one"
    if not own_words(described) or not (is_one or words):
        return None
    return TurnReference(kind=ReferenceKind.DESCRIBED, start=start, end=end, words=described)


@dataclass(frozen=True, slots=True)
class TimeCue:
    """A place in time that a turn asks of: the text before, the text after, the newest."""

    step: int  # -1, 1; 0 for the newest
    rest: str  # the turn without it


_TIME_CUES = (
    (
        -1,
        re.compile(
            r"\b(?:(?:just|right|directly|immediately|shortly) )?before(?: (?:that|this|it|then|"
            r"the|these|those)(?: [\w-]+)?)?\W*$|"
            r"\b(?:previously|formerly|beforehand|hitherto)\b|\b(?:until|up to|till) then\b|"
            r"\bin the (?:previous|preceding|prior|earlier) (?:renewal|mandate|extension)\b",
            re.IGNORECASE,
        ),
    ),
    (
        1,
        re.compile(
            r"\b(?:ever )?since(?: (?:then|that|it))?\W*$|"
            r"\bafter(?: (?:that|this|it))(?: one)?\W*$|"
            r"\b(?:afterwards?|subsequently|thereafter|later on)\b|\blater\W*$",
            re.IGNORECASE,
        ),
    ),
    (
        0,
        re.compile(
            r"\b(?:right now|now|today|currently|nowadays|these days|at (?:the moment|present)|"
            r"as of (?:now|today))\W*$",
            re.IGNORECASE,
        ),
    ),
)


def read_time_cue(text: str) -> TimeCue | None:
    """Return the place in time that a turn asks of; None if it names none."""
    for step, rule in _TIME_CUES:
        if rule.search(text):
            return TimeCue(step, squeeze(rule.sub(" ", text)))
    return None
