"""What a text does with a document that it cites: reaffirms, renews, amends or ends it.

Only what the words of the citing clause do themselves counts; what they recall that others did
("as amended by") does not.
"""

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from datetime import date
from enum import Enum
from functools import lru_cache

from qa.resolutions.model import Cited, Span
from qa.resolutions.parse.term_dates import dates_of, later
from qa.resolutions.periods import DATE

MAX_CLAUSE = 4_000  # characters; what is longer is a table or a list, not a clause


class Treatment(Enum):
    """What a citing text does with a document; a plain citation does nothing with it."""

    REAFFIRMS = "reaffirms"
    RENEWS = "renews"
    AMENDS = "amends"
    TERMINATES = "terminates"
    SUPERSEDES = "supersedes"


@dataclass(frozen=True, slots=True)
class TreatedCitation:
    """What is done with a cited document, in which words, and until when."""

    treatment: Treatment
    clause: Span  # offsets in the paragraph
    until: date | None = None


_VERBS = (
    r"decid|request|reaffirm|recall|express|authori[sz]|underlin|underscor|stress|encourag|urg|call|"
    r"welcom|not|endors|invit|emphasiz|reiterat|direct|affirm|demand|highlight|look|tak|condemn|"
    r"acknowledg|recogni[sz]|approv|commend|declar|determin|reserv|pay|strongly|extend|renew|"
    r"terminat|amend|reject|regret|support|consider"
)
_BOUNDARY = re.compile(
    rf";\s+|(?:,\s+and|,|\band)\s+(?=(?:also |further |hereby |again |strongly |therefore )*"
    rf"(?:{_VERBS})(?:e?s|ing)\b)"
)
_ASIDE = r"(?:,? (?:also|further|hereby|therefore|again|immediately|once more),?)*"
_DECIDES = rf"\b(?:[Dd]ecides|[Dd]eciding|[Rr]esolves){_ASIDE}(?:, [^,;]{{3,120}},)?"
_ENDING = r"(?:terminate|lift|dissolve|discontinue|disband|abolish|end|cancel)"
_RENEWING = r"(?:extend|renew|prolong|continue)"
_AMENDING = r"(?:amend|modify|revise|alter|adjust)"
_REPLACING = r"(?:supersede|replace|rescind|revoke|repeal)"
_BE = r"(?:shall|should|will|are|is)(?: (?:hereby|now|also|further|therefore))*(?: be)?"


def _active(stem: str, finite: str) -> re.Pattern[str]:
    """Return the pattern of a decision whose object follows it."""
    return re.compile(
        rf"{_DECIDES} to{_ASIDE} {stem}\b|^\W*(?:[Aa]lso |[Ff]urther |[Hh]ereby )*(?:{finite})\b"
    )


_ACTIVE = {
    Treatment.RENEWS: _active(_RENEWING, "[Ee]xtends|[Rr]enews|[Pp]rolongs"),
    Treatment.TERMINATES: _active(_ENDING, "[Tt]erminates|[Ll]ifts|[Dd]issolves|[Dd]iscontinues"),
    Treatment.AMENDS: _active(_AMENDING, "[Aa]mends|[Mm]odifies|[Rr]evises"),
    Treatment.SUPERSEDES: re.compile(
        _active(_REPLACING, "[Ss]upersedes|[Rr]escinds|[Rr]evokes|[Rr]epeals").pattern
        + r"|\b(?:which|(?:present|this) (?:resolution|decision)|paragraphs? \d+)"
        r"(?: (?:shall|would|will))? supersedes?(?: and replaces?)?\b"
    ),
    Treatment.REAFFIRMS: re.compile(r"^\W*(?:[\w ]{0,30}\b)?[Rr]eaffirm(?:s|ing)\b"),
}
# What is decided about the subject of a clause, after the citation.
_PASSIVE = {
    Treatment.RENEWS: re.compile(
        rf"{_BE} (?:extended|renewed|prolonged)\b|(?:shall|will)(?: \w+)? (?:continue to apply|"
        r"remain in (?:force|effect)|continue in force|continue until)\b"
    ),
    Treatment.TERMINATES: re.compile(
        rf"{_BE} (?:terminated|lifted|dissolved|discontinued|abolished)\b|"
        r"(?:shall|will)(?: \w+)? (?:no longer apply(?! to\b)|cease to (?:apply|have effect))\b"
    ),
    Treatment.AMENDS: re.compile(rf"{_BE} (?:amended|modified|revised)\b|shall (?:now )?read\b"),
    Treatment.SUPERSEDES: re.compile(
        rf"{_BE} (?:superseded|replaced|rescinded) by "
        r"[^;,]{0,60}?\b(?:present|this|below|above)\b"
    ),
}
_DECIDES_THAT = re.compile(rf"{_DECIDES} that\b")
# Words between a verb and a citation that is not part of its object.
_INTERRUPTS = re.compile(
    r"\b(?:in (?:accordance|line|conformity|keeping|compliance|support|view|light|order|parallel)|"
    r"consistent|(?<!established )(?<!created )(?<!imposed )(?<!set up )(?<!adopted )pursuant to|"
    r"recall\w*|noting|taking|bearing|with a view|including through|for the purposes?|"
    r"to (?!paragraph|(?:the )?(?:measures|provisions|resolution|mandate)|\(|\d)\w+|requests?|"
    r"called for|requested|follow\w*|subject to|without prejudice|except|other than|so that|while|"
    r"whose|who|which|unless|if|where|when|after|before|against|implement(?:ing|ation)|"
    r"by member|respons\w+|compl\w+|respect\w* (?:of|to)|report\w*|exempt\w*|violat\w*|"
    r"designated|listed)\b",
    re.IGNORECASE,
)
_PENDING = re.compile(
    r"\b(?:inten\w+|consider\w*|whether|readiness|ready|possib\w+|may|unless|if|review\w*|until|"
    r"not|once|when)\b"
)
_DATED = re.compile(rf"\b(?:of|on|dated) {DATE}|{DATE}|\b[\"“][^\"”]*[\"”]|\([^()]*\)")
_NAMING = frozenset(
    """also further again once more strongly fully its all the previous relevant other earlier prior
    and in of on to full particular including particularly especially resolution resolutions
    decision decisions statement statements presidential general assembly security council human
    rights economic social united nations provisions principles paragraph paragraphs section
    entitled adopted dated contained set out by as well inter alia most recent subsequent both these
    those adoption validity importance continuing recalling emphasizing""".split()
)
_CONDITION = re.compile(r"\W+(?:\w+ly )?(?:if|unless|when|once)\b")
_OTHERS = re.compile(r"\b(?:[Rr]ecall|[Nn]ot(?:es|ing)\b|[Ww]elcom)")
_LINK = re.compile(r"[\s,;]+(?:and)?[\s,;]*$")  # to the next clause
_REACH = 400  # characters from "which supersedes" to what is superseded
_WORD = re.compile(r"[^\W\d_][\w'’/-]*")


def treated(
    text: str, cited: Cited, *, chapeau: str = "", adopted: date | None = None
) -> TreatedCitation | None:
    """Return what a paragraph does with a document that it cites; None if it only cites it.

    Args:
        text: of the paragraph.
        cited: one of its citations.
        chapeau: the words that introduce it; their verb holds for it.
        adopted: when the citing text was, from which periods are counted.
    """
    lead = f"{chapeau} " if chapeau else ""
    whole, shift = lead + text, len(lead)
    start, end = _clause_of(whole, cited.start + shift, cited.end + shift)
    if end - start > MAX_CLAUSE:
        return None
    before = whole[start : cited.start + shift]
    after = whole[cited.end + shift : end]
    treatment = _treatment(before, after)
    if treatment is None:
        return None
    end = start + len(_LINK.sub("", whole[start:end]))
    span = Span(start=max(start - shift, 0), end=end - shift)
    until = _until(whole, start, end, adopted) if treatment is Treatment.RENEWS else None
    return TreatedCitation(treatment=treatment, clause=span, until=until)


def _clause_of(text: str, first: int, last: int) -> tuple[int, int]:
    """Return the clause with a citation: from its verb to the next one."""
    bounds = _bounds(text)
    position = bisect_right(bounds, first)
    following = bisect_left(bounds, last, position)
    return bounds[position - 1], bounds[following] if following < len(bounds) else len(text)


@lru_cache(maxsize=8)  # the citations of a paragraph follow each other
def _bounds(text: str) -> tuple[int, ...]:
    return (0, *(match.end() for match in _BOUNDARY.finditer(text)))


def _treatment(before: str, after: str) -> Treatment | None:
    """Return what is done with a citation, by the words of its clause before and after it."""
    for treatment, pattern in _ACTIVE.items():
        match = pattern.search(before)
        if match and not _PENDING.search(before, 0, match.end()):
            between = before[match.end() :]
            if _is_object(treatment, before, between):
                return treatment
    match = _DECIDES_THAT.search(before)
    if match is None or _INTERRUPTS.search(before, match.end()):
        return None
    return next((each for each in _PASSIVE if _is_decided(each, after)), None)


def _is_object(treatment: Treatment, before: str, between: str) -> bool:
    """Return whether a citation is part of the object of a verb, by the words between them."""
    if treatment is Treatment.REAFFIRMS:
        return _only_names(between)
    if treatment is Treatment.SUPERSEDES:
        return len(between) < _REACH and not _OTHERS.search(before)
    return not _INTERRUPTS.search(between)


def _is_decided(treatment: Treatment, after: str) -> bool:
    """Return whether that is decided of the subject of a clause, without a condition."""
    match = _PASSIVE[treatment].search(after)
    if match is None or _CONDITION.match(after, match.end()):
        return False
    return not _PENDING.search(after, 0, match.start())


def _only_names(text: str) -> bool:
    """Return whether only documents are named between a verb and a citation."""
    words = _WORD.findall(_DATED.sub(" ", text))
    return all(word.lower() in _NAMING or "/" in word or len(word) == 1 for word in words)


def _until(text: str, start: int, end: int, adopted: date | None) -> date | None:
    """Return the last day that a clause sets."""
    dates = dates_of(text, start, end)
    if dates is None or dates.until is not None or adopted is None:
        return dates.until if dates else None
    return later(adopted, dates.months, dates.days) if dates.months or dates.days else None
