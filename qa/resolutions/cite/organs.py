"""Organs as texts name them: before a number, after it, or as the antecedent of "its"."""

import re
from functools import cache
from typing import NamedTuple

from qa.resolutions.body_names import NAMED_BODIES
from qa.resolutions.periods import DATE
from qa.resolutions.tables.phrase_patterns import any_of
from qa.resolutions.tables.read_tables import rows


class Owner(NamedTuple):
    """An organ whose resolutions a text names."""

    organ: str  # letter of organs.tsv; "" for other bodies
    name: str  # as a citation names it, "CCPCJ"
    series: str  # form of its symbols, "A/RES/{number}"; "" where they are not known


# "Council" alone: the form of the number or an earlier name decides which.
COUNCIL = Owner("", "Council", "")
# Words that organs end with, or are known by; after them more of the name may follow.
_HEAD = (
    r"Commission|Committee|Conference|Council|Board|Assembly|Congress|Meeting|Organization|"
    r"Agency|Authority|Union|League|Forum|Parties|Part(?:y|ies)|Tribunal|Court|Programme|Fund"
)
_HEADS = tuple(_HEAD.replace("Part(?:y|ies)", "Party").split("|"))
_SMALL = r"(?:(?:of|on|for|to|and|the|in|against) )*"
_PHRASE = rf"[A-Z][\w'-]*(?: {_SMALL}[A-Z][\w'-]*)*"
_UNKNOWN = re.compile(rf"{_PHRASE}\Z")
# The verb that opens a paragraph has a capital: "Recalling Commission resolution 61/3".
_VERB = re.compile(
    r"(?:[A-Z]\w+ing|Recalls?|Reaffirms?|Reiterates?|Welcomes?|Notes?|See) (?=[A-Z])"
)
_ENTITLED = r"(?:, entitled [“\"][^”\"]{1,200}[”\"])?"
_AFTER = re.compile(rf"{_ENTITLED},? (?:of|adopted by|taken by) the (?P<name>{_PHRASE})")
# Between a number and its adjectives: "its previous relevant resolutions".
_ADJECTIVES = frozenset(
    "relevant previous subsequent earlier other all own recent annual said aforementioned "
    "above-mentioned many several following corresponding existing applicable pertinent "
    "two three four numerous landmark consensus early".split()
)
_ADOPTED_BY = re.compile(
    rf"adoption(?: on {DATE})?,? by the (?P<name>{_PHRASE})(?: at its [\w-]+ session)?,? "
    r"of (?:the )?\Z"
)
# Words between an organ and an unambiguous "its": "the Council decided, in its".
_TO_ITS = re.compile(
    r",?(?: \w+ed)?,?(?: at its [\w-]+ session)?"
    r"(?:,? (?:in|through|by|under|of|including|pursuant|with|via|to|on|paragraphs?|sections?|"
    r"\d+|[IVX]+|and|the adoption of)(?=[ ,]))*,? "
)
_ACTS_BY_NUMBER = ("Commission", "Conference", "Congress", "Council")  # and others seldom do
_SAYS_MORE = frozenset("including particular especially notably namely alia specifically".split())


@cache
def _table() -> dict[str, Owner]:
    table: dict[str, Owner] = {}
    for body in NAMED_BODIES:
        owner = Owner(body.letter, body.name, body.series + "{number}")
        table |= dict.fromkeys((body.name, *body.short_names), owner)
    for row in rows("owners"):
        owner = Owner("", row["short"], row["series"])
        table |= dict.fromkeys((row["name"], row["short"]), owner)
    return dict(sorted(table.items(), key=lambda item: -len(item[0])))


@cache
def _named() -> re.Pattern[str]:
    names = any_of((*_table(), *_ACTS_BY_NUMBER), blank=" ")
    return re.compile(rf"(?<!\w){names}(?!\w)")


@cache
def _endings() -> tuple[str, ...]:
    return tuple(_table())


@cache
def owner_of(organ: str) -> Owner:
    """Return the organ of a letter of organs.tsv, "A"; the General Assembly for any other."""
    table = _table()
    return next(
        (owner for owner in table.values() if owner.organ == organ), table["General Assembly"]
    )


def owner_at_end(head: str) -> Owner | None:
    """Return the organ that `head`, the words before "resolution", ends with; None: no organ."""
    head = head.removesuffix("'s")
    if head.endswith(_endings()):
        return next(owner for name, owner in _table().items() if head.endswith(name))
    if head.endswith("Council"):
        return COUNCIL
    if head.endswith(_HEADS) or (head[-1:].islower() and _ends_in_a_name(head)):
        phrase = _UNKNOWN.search(head, max(0, head.rfind(". ") + 1, len(head) - 120))
        if phrase and re.search(rf"\b(?:{_HEAD})\b", phrase[0]):
            return _of_phrase(phrase[0])
    return None


def _ends_in_a_name(head: str) -> bool:
    return head[head.rfind(" ") + 1 :][:1].isupper()


def owner_after(text: str, position: int) -> tuple[Owner, int] | None:
    """Return the organ named right after a number, "of the Conference of the Parties", and its end.

    Only a body counts: "resolution 70/1 of the Secretary-General" names none.
    """
    if text[position : position + 8].lstrip(",")[:4] not in (" of ", " ado", " tak", " ent"):
        return None
    match = _AFTER.match(text, position)
    if not match:
        return None
    phrase = match["name"]
    if phrase.split()[0] == "Council":
        return COUNCIL, match.start("name") + len("Council")
    for name, owner in _table().items():
        if phrase.startswith(name):
            return owner, match.start("name") + len(name)
    if re.search(rf"\b(?:{_HEAD})\b", phrase):
        return _of_phrase(phrase), match.end()
    return None


def _of_phrase(phrase: str) -> Owner:
    """Return a body that is not in the table: by the longest known name in it, or as printed."""
    phrase = _VERB.sub("", phrase)
    inside = next(
        (owner for name, owner in _table().items() if name in phrase and not owner.organ), None
    )
    return inside or Owner("", phrase, "")


def names_only_organs(words: str) -> bool:
    """Return whether `words` name organs alone, "General Assembly and Security Council"."""
    return not words or not any(map(str.isupper, _named().sub("", words)))


def nearest_owner(text: str, start: int, end: int) -> tuple[Owner, bool] | None:
    """Return the organ named last in `text[start:end]`, and whether "its" at `end` is unambiguous.

    It is, if only a few words separate them: "the Council, in its resolution 51/32".
    """
    last = None
    for last in _named().finditer(text, start, end):  # noqa: B007  (the last one is wanted)
        pass
    if last is None:
        return None
    name = last[0]
    owner = COUNCIL if name == "Council" else _table().get(name) or Owner("", name, "")
    return owner, _TO_ITS.fullmatch(text, last.end(), end) is not None


def adopted_by(words: str) -> Owner | None:
    """Return the organ of "the adoption by the Commission at its fifth session of"."""
    match = _ADOPTED_BY.search(words)
    return owner_at_end(match["name"]) if match else None


def without_adjectives(head: str) -> str:
    """Return the words before "resolution" without those that only describe it."""
    head = head.rstrip(" ,")
    while (word := head[head.rfind(" ") + 1 :].lower()) in _ADJECTIVES and word:
        head = head[: -len(word)].rstrip(" ,")
    return head


def says_more(head: str) -> bool:
    """Return whether `head` goes on with an earlier noun: "its resolutions, in particular"."""
    return head[head.rfind(" ") + 1 :].lower() in _SAYS_MORE
