"""The actions of a paragraph: each verb with its grade, addressee and due date.

No official scale of these verbs exists: the grades are our own (tables/verbs.tsv).
"""

import re
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from qa.resolutions.model import Action
from qa.resolutions.parse.addressees import PRONOUNS, addressee_of
from qa.resolutions.parse.deadlines import TIME_WORDS, due_of
from qa.resolutions.parse.lead_verbs import (
    ADVERB,
    FIRST_WORDS,
    INSERTION,
    LISTS,
    SECOND,
    TO_DO,
    Lead,
    Opening,
    main_verb,
    opening_of,
    read_lead,
    skip_organ,
)
from qa.resolutions.tables.phrase_patterns import any_of
from qa.resolutions.tables.read_tables import rows

__all__ = [
    "DECISION_VERBS",
    "Opening",
    "is_operative_opening",
    "lemma_of",
    "opening_of",
    "read_actions",
]

_GRADES = {row["verb"]: int(row["grade"]) for row in rows("verbs")}
_SEEKS = {row["verb"]: row["seeks"] for row in rows("verbs")}
_DECISION = 6
DECISION_VERBS = frozenset(verb for verb, grade in _GRADES.items() if grade == _DECISION)
# 27 % of the paragraphs of the General Assembly have a second verb: domain guide 2.
_SECOND = frozenset(verb.split()[0] for verb, second in SECOND.items() if second != "no") | TO_DO
_SPELT = _SECOND | {w[:-4] + "ises" for w in _SECOND if w.endswith("izes")}
_WORDS = _SPELT | {w.replace("-", "\u2011") for w in _SPELT}
_CANDIDATES = {f"{word}{mark}": word for word in _WORDS for mark in ("", ",", ":")}
_HINTS = frozenset(_CANDIDATES)
_TELLING = (
    _HINTS | TIME_WORDS
)  # a text without these words has neither a second verb nor a due date
_JOIN = re.compile(
    r"(?P<join>[,;\s](?:(?<=[,;])(?P<comma>\s*(?:and\s+|but\s+)?)"
    r"|(?<=\s)(?:and|but|as\s+well\s+as)\s+))"
    rf"(?:(?:{ADVERB}|{INSERTION}),?\s+)*$"
)
_BEFORE_VERB = frozenset(
    phrase.split()[-1] + mark
    for phrase in (*LISTS["adverbs"], *LISTS["asides"], "and", "but", "as well as")
    for mark in ("", ",")
)
_CONJUNCTIONS = frozenset(("and", "but"))
_REACH = 80  # characters before a verb to search for adverbs and a comma or "and"
# "an environment that attracts and supports investment", "which notes … and acknowledges": clauses.
_CLAUSE = re.compile(
    r"\bthat\s+[a-z]+s$|\b(?:which|who)\s+(?:also\s+|[a-z]+ly\s+)?[a-z]+[^\Ws]s\b|"
    rf"[A-Z][\w-]+\s+(?:{any_of(FIRST_WORDS)})\b[^,;]*$"
)


class _Join(NamedTuple):
    """The comma or conjunction between two verbs."""

    start: int
    end: int
    has_comma: bool


def read_actions(text: str) -> tuple[Action, ...]:
    """Return the verbs of an operative paragraph, in order; empty where it opens with none."""
    words = _TELLING.intersection(text.split())
    leads = _leads(text, words)
    actions: list[Action] = []
    previous_addressee = None
    for index, lead in enumerate(leads):
        end = leads[index + 1].start if index + 1 < len(leads) else len(text)
        actions.append(_action(text, lead, end, words, previous_addressee))
        previous_addressee = actions[-1].addressee
    return tuple(actions)


def is_operative_opening(text: str) -> bool:
    """Return whether `text` opens with the present-tense verb of an operative paragraph."""
    return opening_of(text) is Opening.OPERATIVE


@cache
def lemma_of(word: str) -> tuple[str, ...]:
    """Return the verbs that a person means by `word`: "invitations" gives "invites"."""
    word = word.lower()
    stems = {word, word.removesuffix("s"), word.removesuffix("es"), word.removesuffix("ed")}
    stems |= {word.removesuffix("d"), word.removesuffix("ing"), word.removesuffix("ing") + "e"}
    stems |= {word[:-3] + "y" if word.endswith(("ies", "ied")) else word}
    return tuple(row["verb"] for row in rows("verbs") if stems & set(row["asked"].split(",")))


def _leads(text: str, words: frozenset[str]) -> list[Lead]:
    """Return the first verb and those that follow it."""
    start = skip_organ(text)
    last = read_lead(text, start) or main_verb(text, start)
    if last is None:
        return []
    leads = [last]
    hints = _HINTS & words
    for position in _places(text, {_CANDIDATES[word] for word in hints}, last.end) if hints else ():
        join = _join_before(text, last.end, position) if position >= last.end else None
        lead = read_lead(text, join.end) if join else None
        if join and lead and _follows(text, last, join, lead):
            leads.append(lead)
            last = lead
    return leads


def _join_before(text: str, start: int, position: int) -> _Join | None:
    """Return the comma or the "and" before the verb at `at`, adverbs between them or not."""
    before = position - 1
    while before >= start and text[before].isspace():
        before -= 1
    if before < start:
        return None
    if text[before] in ",;":
        return _Join(before, position, has_comma=True)
    word = text[text.rfind(" ", start, before) + 1 : before + 1]
    if word in _CONJUNCTIONS:
        return _join_with(text, start, before - len(word), position)
    if word not in _BEFORE_VERB and not word.endswith("ly"):
        return None
    match = _JOIN.search(text, max(start, position - _REACH), position)
    if match is None:
        return None
    return _Join(match.start(), match.end("join"), match["comma"] is not None)


def _join_with(text: str, start: int, before: int, position: int) -> _Join | None:
    """Return "and" or "but" as a join, with the comma before it; `before`: where its blank is."""
    if before < start:
        return None
    comma = len(text[start:before].rstrip()) + start - 1
    if comma >= start and text[comma] in ",;":
        return _Join(comma, position, has_comma=True)
    return _Join(before, position, has_comma=False)


def _places(text: str, words: Iterable[str], start: int) -> list[int]:
    """Return the offsets of any of the words from `start` on, in order."""
    positions = []
    for word in words:
        position = text.find(word, start)
        while position >= 0:
            after = text[position + len(word) : position + len(word) + 1]
            if text[position - 1] in " ,;\n\t\xa0" and not after.isalnum():
                positions.append(position)
            position = text.find(word, position + 1)
    positions.sort()
    return positions


def _follows(text: str, last: Lead, join: _Join, lead: Lead) -> bool:
    """Return whether a verb is the organ's own, neither a plural noun nor the verb of a clause."""
    second = SECOND[lead.lemma]
    if join.has_comma:
        return second != "no"
    return second == "free" and not _CLAUSE.search(text, last.end, join.start)


def _action(
    text: str, lead: Lead, end: int, words: frozenset[str], previous_addressee: str | None
) -> Action:
    """Return what a verb does; `asked` is whom the verb before it addresses."""
    grade, seeks = _GRADES[lead.lemma], _SEEKS[lead.lemma]
    is_decision = grade == _DECISION
    who = addressee_of(text, lead.end, end, lead.lemma) if seeks == "actor" else None
    return Action(
        verb=" ".join(text[lead.start : lead.end].split()),
        lemma=lead.lemma,
        grade=grade,
        addressee=previous_addressee if who in PRONOUNS else who,
        due=due_of(text, lead.end, end, words, is_decision=is_decision) if seeks != "-" else None,
        start=lead.start,
    )
