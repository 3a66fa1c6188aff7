"""The first words of a paragraph: the present-tense verb that makes it act, or a preambular phrase.

Operative paragraphs open with a verb in -s, preambular ones with a participle or an adjective
(domain guide 2; Editorial Manual, resolutions II). The words are data: tables/verbs.tsv, leads.tsv
and preambular.tsv; what is not listed there is known by its form.
"""

import re
from enum import Enum
from typing import NamedTuple

from qa.resolutions.body_names import NAMED_BODIES
from qa.resolutions.tables.phrase_patterns import any_of
from qa.resolutions.tables.read_tables import rows


class Opening(Enum):
    """The kind of paragraph that the first words of a line open."""

    OPERATIVE = "operative"
    PREAMBULAR = "preambular"
    NEITHER = "neither"


class Lead(NamedTuple):
    """A lead verb with the offsets of it, its adverbs and its tone."""

    start: int
    end: int
    lemma: str  # as listed in tables/verbs.tsv


LISTS = {row["list"]: tuple(row["phrases"].split(",")) for row in rows("leads")}
VERBS = tuple(row["verb"] for row in rows("verbs"))
FIRST_WORDS = frozenset(verb.split()[0] for verb in VERBS)
ADVERB = rf"(?:{any_of(LISTS['adverbs'])}|[a-z]+ly)"
INSERTION = rf"(?:{any_of(LISTS['asides'])})"

SECOND = {row["verb"]: row["second"] for row in rows("verbs")}
_SINGLE = frozenset(verb for verb in VERBS if " " not in verb)
TO_DO = frozenset(LISTS["to do"])
_ADVERBS = frozenset(LISTS["adverbs"])
_NOUNS = frozenset(LISTS["plural nouns"])
_NO_VERB = frozenset(LISTS["no verb"])
_SHAPES = {row["shape"]: frozenset(row["words"].split(",")) for row in rows("preambular")}
_WORDS_BEFORE = 8  # adverbs before a lead verb; a longer run is none
_ORGANS = any_of(body.name for body in NAMED_BODIES)
_START = re.compile(rf"[\W_]*(?:and\s+)?(?:(?:The\s+)?(?:{_ORGANS})\b[\s,]*)?", re.IGNORECASE)
_WORD = re.compile(r"([^\W\d_]+(?:[-\u2011’'][^\W\d_]+)*)(?:[\s_]*,)?[\s_]*")
_NEXT_WORD = re.compile(r"\s*([.,:]?)\s*([^\W\d_]*)\s*")
_BINDS = re.compile(
    rf",|\s+(?:of|that|by|at|about|with|over|to|in|for|as|on|and|{ADVERB})\b", re.IGNORECASE
)
_INFINITIVE = re.compile(rf"(?:\s+{ADVERB})?\s+to\s+(?:{ADVERB}\s+)?([a-z-]+)", re.IGNORECASE)
_COMMA = re.compile(rf",\s+(?:and\s+)?(?:(?:the\s+)?(?:{_ORGANS})\s+)?", re.IGNORECASE)
_CLOSERS = " \t\n\"'\u201d\u2019)]*0123456789"  # a note marker may follow the last stop
_LOOK_ALIKES = str.maketrans("\u0410\u0412\u0415\u041d\u041e\u0420\u0421\u0422\u2011", "ABEHOPCT-")
_INSERTION = re.compile(rf"{INSERTION},?\s+", re.IGNORECASE)
_TONE = re.compile(
    rf"(?:,?\s+{ADVERB}\b)*(?:,?\s+with\s+(?:(?!the\b|its\b)[a-z]+\s+(?:and\s+)?){{0,3}}?"
    rf"(?:{any_of(LISTS['feelings'])})\b|,?\s+(?:{any_of(LISTS['tones'])})\b)?",
    re.IGNORECASE,
)
# Words inside a phrase: "calls [once again] upon", "expresses its [deep] concern".
_OBJECTS = (" the ", " that ", " all ", " its ", " States ", " Member ")  # what mostly follows
_GAP = r"(?:(?!(?:to|of|for|that|and)\b)[a-z-]+,?[\s_]+){0,4}?"
_FILL = rf"(?:(?:{ADVERB}|{INSERTION}),?[\s_]+){{0,3}}?"
_PARTICLES = ("upon", "on", "for", "to", "of", "from", "with", "that")


def _longer_verbs() -> dict[str, tuple[tuple[str, re.Pattern[str]], ...]]:
    """Return, by first word, all but the last word of each phrase and the pattern of the rest."""
    lasts: dict[tuple[str, str], list[str]] = {}
    for verb in VERBS:
        if " " in verb:
            stem, last = verb.rsplit(" ", 1)
            lasts.setdefault((stem, _FILL if last in _PARTICLES else _GAP), []).append(last)
    patterns: dict[str, tuple[tuple[str, re.Pattern[str]], ...]] = {}
    for stem, between in sorted(lasts, key=lambda key: len(key[0]), reverse=True):
        first, *others = stem.split()
        rest = "".join(_inner(first, word) for word in others)
        rule = rf"[\s_,]+{rest}{between}(?P<last>{any_of(lasts[stem, between])})s?(?![^\W_])"
        patterns[first] = (*patterns.get(first, ()), (stem, re.compile(rule, re.IGNORECASE)))
    return patterns


def _inner(first: str, word: str) -> str:
    """Return the pattern of a word between the first and the last: "calls … upon"."""
    if first == "expresses" and word == "its":
        return r"(?:(?:its|the|a)\s+)?"  # "Expresses grave concern", "the hope"
    return rf"{_GAP}{word}\s+"


_LONGER = _longer_verbs()


def opening_of(text: str) -> Opening:
    """Return what the first words of a line open.

    A clause before the verb ("Acting under Chapter VII, decides …") opens an operative paragraph
    where the verb follows and a full stop, a semicolon or a colon ends the text.
    """
    start = skip_organ(text)
    if read_lead(text, start):
        return Opening.OPERATIVE
    shape = _shape_of(text, start)
    if shape is None:
        return Opening.NEITHER
    if main_verb(text, start):
        return Opening.OPERATIVE
    if shape == "sure" or _ends_in_comma(text):
        return Opening.PREAMBULAR
    return Opening.NEITHER


def skip_organ(text: str) -> int:
    """Return where the words begin: after marks, and after "The Security Council"."""
    match = _START.match(text)
    return match.end() if match else 0


def read_lead(text: str, start: int) -> Lead | None:
    """Return the verb at `start`, including adverbs before it; None if there is none."""
    position = start
    for _ in range(_WORDS_BEFORE):
        match = _WORD.match(text, position)
        if not match:
            return None
        word = match[1]
        word = word.lower() if word.isascii() else _plain(word)
        if word in FIRST_WORDS or word.endswith("ises"):
            return _verb_at(text, start, match, word)
        if word in _ADVERBS or word.endswith("ly"):
            position = match.end()
        elif aside := _INSERTION.match(text, position):
            start, position = (aside.end() if position == start else start), aside.end()
        else:
            return None
    return None


def main_verb(text: str, start: int) -> Lead | None:
    """Return the verb after the clause that opens a whole paragraph; None where a comma ends it."""
    if not text.rstrip(_CLOSERS).endswith((".", ";", ":")):
        return None
    for comma in _COMMA.finditer(text, start):
        lead = read_lead(text, comma.end())
        if lead and SECOND[lead.lemma] != "no":
            return lead
    return None


def _verb_at(text: str, start: int, word: re.Match[str], first: str) -> Lead | None:
    """Return the longest listed verb whose first word is `first`."""
    if first in TO_DO and (doing := _INFINITIVE.match(text, word.end(1))):
        form = _third_person(doing[1].lower())
        if form and (lead := _verb_at(text, start, doing, form)):
            return lead
    if first not in FIRST_WORDS:
        first = first[:-4] + "izes"
    for stem, rule in _LONGER.get(first, ()):
        if longer := rule.match(text, word.end(1)):
            return _with_tone(text, start, longer.end(), f"{stem} {longer['last'].lower()}")
    if first not in _SINGLE or (first in _NOUNS and not _takes_object(text, word.end(1))):
        return None
    return _with_tone(text, start, word.end(1), first)


def _plain(word: str) -> str:
    """Return a word in lower case, with plain hyphens, its Cyrillic look-alikes made Latin."""
    return word.translate(_LOOK_ALIKES).lower()


def _with_tone(text: str, start: int, end: int, lemma: str) -> Lead:
    tone = None if text.startswith(_OBJECTS, end) else _TONE.match(text, end)
    return Lead(start, tone.end() if tone else end, lemma)


def _third_person(verb: str) -> str | None:
    """Return the listed verb of an infinitive: "urge" gives "urges"."""
    forms = (verb + "s", verb + "es", verb[:-1] + "ies")
    return next((form for form in forms if form in FIRST_WORDS), None)


def _takes_object(text: str, position: int) -> bool:
    """Return whether a word that may be a plural noun is a verb, by the word after it."""
    if text.startswith(_OBJECTS, position):
        return True
    following = _NEXT_WORD.match(text, position)
    if following is None or not (following[1] or following[2]):
        return False
    word = following[2].lower()
    if word in ("and", "or"):  # "Notes and welcomes", but "trusts and partnerships"
        return read_lead(text, following.end()) is not None
    return bool(following[1]) or word not in _NO_VERB


def _shape_of(text: str, position: int) -> str | None:
    """Return "sure" or "likely" where a preambular phrase, or a clause before the verb, opens."""
    for _ in range(_WORDS_BEFORE):
        match = _WORD.match(text, position)
        if not match:
            return None
        word = match[1].lower()
        if word in _SHAPES["participle"]:
            return "sure"
        follows = _BINDS.match(text, match.end(1))
        if word in _SHAPES["adjective"]:
            return "sure" if follows else None
        if word in _SHAPES["subordinate"]:
            return "likely"
        if word not in _ADVERBS and not word.endswith("ly"):
            is_formed = word.endswith("ing") or (word.endswith("ed") and follows)
            return "likely" if is_formed else None
        position = match.end()
    return None


def _ends_in_comma(text: str) -> bool:
    return text.rstrip(_CLOSERS).endswith(",")
