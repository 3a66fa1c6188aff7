"""What a paragraph does: each verb with its grade, whom it addresses and what is due when.

There is no official scale of these verbs: the grades are an aid of ours (tables/verbs.tsv).
"""

import re
from collections.abc import Iterator
from functools import cache

from qa.resolutions.cite.symbols import DATE
from qa.resolutions.model import Action
from qa.resolutions.tables.load import rows

_GRADES = {row["verb"]: int(row["grade"]) for row in rows("verbs")}
_VERB = "|".join(
    re.escape(verb).replace(r"\ ", r"\s+") for verb in sorted(_GRADES, key=len, reverse=True)
)
_ADVERB = (
    r"(?:also|further|strongly|firmly|urgently|once again|again|once more|unequivocally|deeply|"
    r"particularly|specifically|likewise|therefore|hereby|continues to|warmly)"
)
_TONE = (
    r"(?:\s+(?:also|further|again|once again|strongly)\b)?"
    r"(?:,?\s+with\s+(?:\w+\s+){0,2}?(?:appreciation|satisfaction|concern|interest|regret|alarm|"
    r"gratitude))?"
    r"(?:\s+its\s+(?:\w+\s+){0,3}?(?:appreciation|gratitude|concern|satisfaction|regret|support|"
    r"commitment|intention|call|condemnation|determination))?"
)
_LEAD = re.compile(
    rf"\W*(?:the\s+\w+(?:\s+\w+)?\s+)?(?P<phrase>(?:{_ADVERB},?\s+)*(?P<verb>{_VERB})\b{_TONE})",
    re.IGNORECASE,
)
# Plural nouns that look like verbs need a comma, or an object that only a verb can have.
_NEXT = re.compile(
    rf"(?P<join>,\s+and\s+|;\s+and\s+|,\s+|\s+and\s+)(?P<phrase>(?:{_ADVERB},?\s+)*"
    rf"(?P<verb>{_VERB})\b{_TONE})"
    r"(?=,?\s+(?:in\s+(?:this|that)\s+regard,?\s+)?(?:the|that|all|its|their|upon|for|on|of|to|with|those|"
    r"these|both|each|any|other|relevant|Governments|States|Member|[A-Z]))"
)
_SUBJECT = re.compile(r"\b(?:it|which|that|who|Council|Assembly|Secretary-General|Conference)\s*$")
_TO_DO = re.compile(
    r"\s*,?\s*(?:in (?:this|that) (?:regard|context),?\s+)?(?:upon\s+|on\s+|for\s+)?"
    r"(?:to\s+(?=the\b|all\b|States|Member))?"
    r"(?P<who>[^;:]{2,400}?),?\s+(?:(?:also|further|urgently|fully)\s+)?"
    r"(?:to\s+(?!the\b|all\b|its\b|their\b|it\b)(?=[a-z])|that\s+have\b|which\s+have\b)"
)
_DUE = re.compile(
    rf"\b(?:at|to|during|before|in time for) its\s+(?P<session>[\w-]+(?:\s+\w+)?\s+session)\b|"
    rf"\b(?:by|no later than|before|until)\s+(?P<date>{DATE})",
)
_MAKES_REQUESTS = 2  # grades from here up ask somebody to do something


def read_actions(text: str) -> tuple[Action, ...]:
    """Return the verbs of an operative paragraph, in order; empty where it opens with none."""
    starts = list(_verbs(text))
    actions = []
    for index, (start, end, phrase, verb) in enumerate(starts):
        until = starts[index + 1][0] if index + 1 < len(starts) else len(text)
        tail = text[end:until]
        lemma = re.sub(r"\s+", " ", verb.lower())
        grade = _GRADES[lemma]
        due = _DUE.search(tail)
        actions.append(
            Action(
                verb=re.sub(r"\s+", " ", phrase).lower() if index else re.sub(r"\s+", " ", phrase),
                lemma=lemma,
                grade=grade,
                addressee=_addressee(tail) if grade in range(_MAKES_REQUESTS, 6) else None,
                due=(due["session"] or due["date"]) if due else None,
                start=start,
            )
        )
    return tuple(actions)


@cache
def lemma_of(word: str) -> tuple[str, ...]:
    """Return the verbs that a person means by `word`: "invitations" gives "invites"."""
    word = word.lower()
    stems = {word, word.removesuffix("s"), word.removesuffix("es"), word.removesuffix("ed")}
    stems |= {word.removesuffix("d"), word.removesuffix("ing"), word.removesuffix("ing") + "e"}
    stems |= {word[:-3] + "y" if word.endswith(("ies", "ied")) else word}
    return tuple(
        row["verb"]
        for row in rows("verbs")
        if row["verb"] == word or stems & set(row["asked"].split(","))
    )


def is_operative_opening(text: str) -> bool:
    """Tell whether `text` opens with the present-tense verb of an operative paragraph."""
    return bool(_LEAD.match(text))


def _verbs(text: str) -> Iterator[tuple[int, int, str, str]]:
    lead = _LEAD.match(text)
    if not lead:
        return
    yield lead.start("phrase"), lead.end("phrase"), lead["phrase"], lead["verb"]
    for match in _NEXT.finditer(text, lead.end()):
        if _SUBJECT.search(text[: match.start("join")]) and "," not in match["join"]:
            continue  # "the Council decides and …": the verb of a clause, not of the resolution
        yield match.start("phrase"), match.end("phrase"), match["phrase"], match["verb"]


def _addressee(tail: str) -> str | None:
    """Return who is asked: the words between the verb and its infinitive."""
    match = _TO_DO.match(tail)
    if not match:
        return None
    who = re.sub(r"\s+", " ", match["who"]).strip(" ,")
    who = re.split(r",? (?:that|which|who) have\b|, (?:in|with|as|when|while|through|by) ", who)[0]
    return who or None
