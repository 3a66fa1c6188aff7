"""What a question takes for granted: that an organ did something, that a text is of another body.

"When did the Council expel North Korea?" takes an act for granted that no text may hold; "NATO
article 5" asks for a text of somebody else.
"""

import re
from dataclasses import dataclass
from functools import cache

from qa.resolutions.tables.read_tables import rows, words
from qa.resolutions.text import squeeze


@dataclass(frozen=True, slots=True, kw_only=True)
class PremiseQuery:
    """Words that a paragraph must have together if it is to answer."""

    verb: tuple[str, ...] = ()  # of the act, with the verbs of like acts
    body: str = ""  # not of the United Nations, whose text is asked for
    noun: str = ""  # its text or act: "article", "sanctions"
    about: str  # the other words
    is_next: bool = False  # the verb, or the noun, is next to what it is about


_ORGAN = (
    r"(?:the )?(?:un |united nations )?(?:security council|general assembly|council|assembly|un|"
    r"united nations|unsc|unga|sc|ga)"
)
_HOW = r"(?:ever |first |formally |really |actually |also )?"
_WHEN = r"(?:when|why|how|in (?:what|which) year|on (?:what|which) (?:date|day))"
_PAST = r"(?:\w+ed|sent|put|gave|made|took|let|left|set)"
_ACTS = tuple(
    re.compile(rule, re.IGNORECASE)
    for rule in (
        rf"^\W*{_WHEN} (?:did|has|have|had) {_ORGAN} {_HOW}(?P<verb>[a-z]+) (?P<about>[^?]+)",
        rf"^\W*(?:did|has|have|had) {_ORGAN} {_HOW}(?P<verb>[a-z]+) (?P<about>[^?]+)",
        (
            r"^\W*(?:which|what) (?:(?:un|council|assembly|security council) )?"
            rf"(?:resolution|text|decision) {_HOW}(?P<verb>{_PAST}) (?P<about>[^?]+)"
        ),
        (
            r"\b(?:resolution|text|decision) (?:where|(?:in|by|with|through) which|that) "
            rf"{_ORGAN} {_HOW}(?P<verb>[a-z]+) (?P<about>[^?]+)"
        ),
        rf"^\W*(?:{_WHEN} )?did (?P<about>[^?]+?) (?P<verb>leave|quit|join|exit) {_ORGAN}\W*$",
    )
)
_NOUNS = (
    r"(?:sanctions|resolutions?|decisions?|articles?|treat(?:y|ies)|charter|directives?|"
    r"regulations?|laws?|rulings?|judge?ments?|statutes?|concept|doctrine|quotas?|rules?|"
    r"embargo(?:es)?|constitution)"
)


def read_premise(text: str) -> PremiseQuery | None:
    """Return what a question takes for granted; None if it takes nothing that can be looked for."""
    for rule in _outside_rules():
        if match := rule.search(text):
            rest = f"{text[: match.start()]} {text[match.end() :]} {match['between'] or ''}"
            return PremiseQuery(
                body=match["body"], noun=match["noun"], about=_bare(rest), is_next=True
            )
    for rule in _ACTS:
        if match := rule.search(text):
            verb = match["verb"].lower()
            return PremiseQuery(verb=like_acts(verb), about=_bare(match["about"]), is_next=True)
    return None


@cache
def _outside_rules() -> tuple[re.Pattern[str], ...]:
    bodies = "|".join(re.escape(row["name"]) for row in rows("outside_bodies"))
    return tuple(
        re.compile(rule)
        for rule in (
            rf"\b(?P<body>{bodies})(?:['’]s)? (?P<between>(?:[\w-]+ )??)(?i:(?P<noun>{_NOUNS}))\b",
            (
                rf"\b(?i:(?P<noun>{_NOUNS}))(?P<between>(?: [\dIVX]+)?) "
                rf"(?:of|by|in|under) (?:the )?(?P<body>{bodies})\b"
            ),
        )
    )


def like_acts(verb: str) -> tuple[str, ...]:
    """Return a verb with those of like acts: "send", "deploy", "dispatch"."""
    likes = next((row for row in _families() if verb in row), frozenset())
    return tuple(dict.fromkeys((verb, *sorted(likes))))


@cache
def _families() -> tuple[frozenset[str], ...]:
    lists = (row["list"] for row in rows("words"))
    return tuple(words(name) for name in lists if name.startswith("act "))


def _bare(text: str) -> str:
    """Return the words of a text that say what it is about."""
    return squeeze(_FRAME.sub(" ", text))


_FRAME = re.compile(
    r"\b(?:the|an?|of|on|in|to|for|from|with|by|as|at|against|text|what|which|who|does|do|did|is|"
    r"are|was|were|say|says|said|its|their|and|that|ever|un|united nations|states?|member|full|"
    r"use|off|over|into|out|up|any|some|new|first|human rights council|security council|"
    r"general assembly)\b|[?!.,;:\"“”()]",
    re.IGNORECASE,
)
