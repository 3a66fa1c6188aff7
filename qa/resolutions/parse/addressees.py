"""Whom a verb asks to act: the words between it and what is asked, under one name where listed.

"Requests the Secretary-General, in close cooperation with Member States, to report" asks the
Secretary-General. Names are data: tables/actors.tsv, and what ends one: tables/leads.tsv.
"""

import itertools
import re
from collections.abc import Mapping
from functools import cache, lru_cache
from types import MappingProxyType

from qa.resolutions.parse.lead_verbs import ADVERB, INSERTION, LISTS
from qa.resolutions.tables.phrase_patterns import any_of
from qa.resolutions.tables.read_tables import rows

PRONOUNS = frozenset(("him", "her", "it", "them", "those"))  # the previous addressee
_LONGEST = 400  # characters from the verb to its infinitive: longer is another sentence
_REMEMBERED = 4096  # names: few recur often
_CANONICAL = {
    printed.lower(): row["name"]
    for row in rows("actors")
    for printed in (row["name"], *(row["printed"] or row["name"]).split("|"))
}
_PLAIN = str.maketrans("\u2011\u2019", "-'")
_DETERMINER = r"(?:(?:the|all|its|their|each|every|any|both)\s+){0,2}"
_UNDETERMINED = re.compile(_DETERMINER, re.IGNORECASE)
_BEFORE = re.compile(
    rf"[\s,]*(?:(?:{ADVERB}|{INSERTION}|upon|on),?\s+)*(?P<by>(?:that|to|from|of|for)\s+)?",
    re.IGNORECASE,
)
_LISTED = re.compile(
    rf"{_DETERMINER}(?P<name>{any_of(_CANONICAL)})(?![\w-]|\s+of\b|['\u2019])", re.IGNORECASE
)
_PROPER = re.compile(
    r"(?P<the>the\s+)?(?P<name>[A-Z][\w\u2019-]*(?:\s+(?:(?:of|and|for|on)\s+)?(?:the\s+)?[A-Z][\w\u2019-]*)*)"
    r"(?!['\u2019])"
)
_NO_INFINITIVE = frozenset(LISTS["no infinitive"])
_INSTRUMENTS = frozenset(LISTS["instruments"])
_NO_VERB = frozenset(LISTS["no verb after to"])
_CUT = re.compile(rf"[\s,]+(?:not\s+)?(?:{any_of(LISTS['ends a name'])})\b")
_DANGLING = re.compile(r"(?:[\s,]+(?:and|or|as|other|all|the|to|such|for|of))+$")
_PREPOSITION = re.compile(r"\s+(?:of|on|for|from|to|against|between|among)\b")
_LIST = re.compile(r",\s+(?:and\s+|as\s+well\s+as\s+)?|\s+and\s+|\s+as\s+well\s+as\s+|\s+or\s+")
_WORD = re.compile(r"[\w\u2019'-]+")
_DOING = re.compile(r"[a-z]+ing\s+(?:the\s|[a-z]+ing\s)")  # "assisting developing countries"
_COMMA = re.compile(r",\s+(?:and\s+|as\s+well\s+as\s+)?")
_REQUEST = re.compile(
    rf"\b(?:that|for|to)\s+(?P<who>{_DETERMINER}(?:{any_of(_CANONICAL)}))(?![\w-])", re.I
)
_NAMES = (" the ", " all ", " States ", " Member ")  # a name mostly follows at once
_REQUEST_REACH = 250  # characters: "its request, in paragraph 212 of resolution 75/89, for …"
# What may follow the name where no infinitive does: "reminds all parties of …".
_OBJECTS = {
    "charges": (" with ",),
    "entrusts": (" with ",),
    "reminds": (" of ", " that ", " about "),
    "tasks": (" with ",),
    "warns": (" that ", " against ", " of "),
}


def addressee_of(text: str, start: int, end: int, lemma: str) -> str | None:
    """Return the addressee between `start`, the end of the verb, and `end`; None if there is none.

    Returns:
        The name in tables/actors.tsv, several joined by "; "; otherwise the name as printed.
        Pronouns are returned unchanged.
    """
    if text.startswith(_NAMES, start):
        name_start = start + 1
    else:
        lead = _BEFORE.match(text, start, end)
        name_start = lead.end() if lead else start
        by = lead["by"].strip().lower() if lead and lead["by"] else ""
        if by and (by != "to" or "its" not in lemma):
            return _first_name(text, name_start, end)
    stop = _object(text, name_start, min(end, name_start + _LONGEST), lemma)
    if stop is None and end < len(text):
        stop = end  # "Calls upon Member States, and invites …": what is asked comes later
    who = _named(_joined(text[name_start:stop])) if stop and stop - name_start < _LONGEST else None
    if (
        who is None
        and "its" in lemma
        and (request := _REQUEST.search(text, name_start, name_start + _REQUEST_REACH))
    ):
        return _listed(_joined(request["who"]))
    return who


def _first_name(text: str, start: int, end: int) -> str | None:
    """Return the name at `start`: "requests that Israel …", "recommends to it"."""
    if listed_actor := _LISTED.match(text, start, end):
        return _listed(_joined(listed_actor["name"]))
    proper = _PROPER.match(text, start, end)
    if proper and (not proper["the"] or _is_actor(proper["name"])):
        return _joined(proper[0])
    return None


def _object(text: str, start: int, end: int, lemma: str) -> int | None:
    """Return where the name ends and what is asked begins: an infinitive, or a colon."""
    colon = text.find(":", start, end)
    until = text.find(";", start, colon if colon >= 0 else end)
    if until < 0:
        until = colon if colon >= 0 else end
    for word in _OBJECTS.get(lemma, ()):
        position = text.find(word, start, until)
        if position >= 0:
            return position
    position = text.find(" to ", start, until)
    while position >= 0:
        after = _WORD.match(text, position + 4)
        if after and after[0].islower() and after[0] not in _NO_VERB:
            before = (
                text[text.rfind(" ", start, position) + 1 : position] if position > start else ""
            )
            if before and before.lower() not in _NO_INFINITIVE:
                return position - 4 if before == "not" else position
        position = text.find(" to ", position + 4, until)
    return colon if colon == until else None


@lru_cache(maxsize=_REMEMBERED)
def _named(printed: str) -> str | None:
    """Return the name of an actor; None where what is printed is a thing."""
    whole = _listed(printed.strip(" ,"))
    if whole:
        return whole
    cut = _CUT.search(printed)
    name = _DANGLING.sub("", _list_of_actors(printed[: cut.start()] if cut else printed))
    head = _actor_in(name)
    if head is None:
        return None
    name = name[:head] if head else name
    parts = [_listed(part) for part in _LIST.split(name)]
    return _listed(name) or ("; ".join(part for part in parts if part) if all(parts) else name)


def _list_of_actors(printed: str) -> str:
    """Return the text up to the first comma that no actor follows."""
    for comma in _COMMA.finditer(printed):
        after = _COMMA.search(printed, comma.end())
        if _actor_in(printed[comma.end() : after.start() if after else len(printed)]) is None:
            return printed[: comma.start()]
    return printed.strip(" ,")


def is_actor_name(name: str) -> bool:
    """Return whether a printed name is that of somebody who can be asked to act."""
    return _listed(name) is not None or _actor_in(name) is not None


def listed_name(name: str) -> str | None:
    """Return the one name of a listed actor: "all States" gives "States"."""
    return _listed(name)


def listed_names() -> Mapping[str, str]:
    """Return the one name of each listed actor by how it is printed, in lower case."""
    return MappingProxyType(_CANONICAL)


def is_actor_word(noun: str) -> bool:
    """Return whether a noun without a capital letter names somebody who can be asked."""
    return noun.lower() in _actor_nouns()


def _is_actor(name: str) -> bool:
    return _actor_in(name) is not None


def _actor_in(name: str) -> int | None:
    """Return where the name of an actor ends, 0 for all of it; None where it names a thing."""
    if _DOING.match(name):
        return None
    ends = _PREPOSITION.search(name)
    for part in _LIST.split(name[: ends.start()] if ends else name):
        words = _WORD.findall(part)
        if words and _is_actor_noun(words[-1]):
            return 0
        for actor, doing in itertools.pairwise(words):
            if doing.endswith("ing") and _is_actor_noun(actor):  # "States hosting refugees"
                return name.index(f" {doing}")
    return None


def _is_actor_noun(noun: str) -> bool:
    """Return whether a noun is an actor: listed, or with a capital letter."""
    if noun[:1].isupper():
        return noun not in _INSTRUMENTS
    return noun.lower() in _actor_nouns()


def _listed(name: str) -> str | None:
    plain = name.translate(_PLAIN).lower()
    match = _UNDETERMINED.match(plain)
    return _CANONICAL.get(plain) or _CANONICAL.get(plain[match.end() if match else 0 :])


@cache
def _actor_nouns() -> frozenset[str]:
    """Return the nouns of tables/leads.tsv with their plurals."""
    nouns = LISTS["actor nouns"]
    plurals = (noun[:-1] + "ies" if noun.endswith("y") else noun + "s" for noun in nouns)
    return frozenset((*nouns, *plurals, *(noun + "es" for noun in nouns)))


def _joined(text: str) -> str:
    return " ".join(text.split())
