"""Which documents a question restricts itself to: period, organ, session, committee, series."""

import re
from dataclasses import dataclass

from qa.question.bodies import bodies_of
from qa.question.dates import sessions_in, without_period
from qa.resolutions.body_names import NAMED_BODIES
from qa.resolutions.cite.numbers import ORDINALS
from qa.resolutions.periods import ANY_TIME, Period
from qa.resolutions.text import squeeze

PLURAL = (
    r"(?:resolutions|resolns|resos|presidential statements|statements by the president|prsts?|"
    r"statements|decisions|texts|documents|renewals|extensions|"
    r"(?<=every )(?:[A-Za-z]+ ){0,2}resolution|(?<=each )(?:[A-Za-z]+ ){0,2}resolution)"
)
ORGAN = (
    r"(?:the )?(?:"
    + "|".join(f"(?:{body.pattern})" for body in NAMED_BODIES)
    + r"|council|assembly|un|united nations|(?:\w+ )?committee)(?:['’]s)?"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentScope:
    """What restricts the documents of a question; empty where nothing does."""

    series: frozenset[str] = frozenset()  # "RES", "PRST"
    period: Period = ANY_TIME  # of adoption
    bodies: frozenset[str] = frozenset()
    sessions: tuple[int, ...] = ()  # regular sessions of the General Assembly
    committees: tuple[str, ...] = ()  # "Sixth Committee"
    emergency: str | None = None  # an emergency special session, "ES-11"; "ES": any


ANY_SCOPE = DocumentScope()


def read_scope(text: str) -> tuple[DocumentScope, str]:
    """Return what restricts the documents of a question, and the question without it.

    The organ stays in the text: `without_acting_organs` takes out the one that adopts.
    """
    text = _BARE_SESSION.sub(r"\g<organ> session \g<number>", text)
    bounded = without_period(text)
    if bounded.period is None:
        bounded = without_period(_BARE_YEAR.sub(r"in \g<year> ", text))
    frame = re.sub(r"[?!¿¡\"“”]", " ", bounded.rest)
    emergency, frame = _emergency(frame)
    sessions, rest = _sessions(frame)
    committees = tuple(dict.fromkeys(_committee(match) for match in _COMMITTEE.finditer(rest)))
    scope = DocumentScope(
        series=_series(text),
        period=bounded.period or ANY_TIME,
        bodies=frozenset(bodies_of(_without_topical_organs(frame))),
        sessions=sessions,
        committees=committees,
        emergency=emergency,
    )
    return scope, _COMMITTEE.sub(" ", rest)


def without_acting_organs(text: str) -> str:
    """Return `text` without the organs that adopt; those that a topic names stay."""
    return squeeze(_ORGANS.sub(lambda match: match[0] if _is_topical(text, match) else " ", text))


def _without_topical_organs(text: str) -> str:
    return _ORGANS.sub(lambda match: " " if _is_topical(text, match) else match[0], text)


def _is_topical(text: str, organ: re.Match[str]) -> bool:
    """Return whether an organ is what documents are about: "reform of the Security Council"."""
    before, after = text[: organ.start()], text[organ.end() :]
    if organ["by"] or _ACTS.match(after) or _ONLY.match(after):
        return False
    if organ["organ"].strip().isupper() and not organ["of"] and not after.strip():
        return False  # "resolutions on Ukraine GA"
    if _AFTER_DOCUMENTS.search(before):
        return False
    if _LOOSE_ORGAN.search(organ[0]):
        return True  # "UN Women", "the Special Committee"
    return bool(organ["of"] or (_TOPIC.search(before) and not _BREAK.search(before)))


_ORGANS = re.compile(
    rf"(?:\b(?:(?P<by>by|from)|(?P<of>of|on|about|to|with|for|between|and|or|against|in|concerning|"
    rf"regarding)) )?\b(?:(?:the )?(?:un|united nations) )?(?P<organ>{ORGAN})(?![\w-])(?! of\b)",
    re.IGNORECASE,
)
_ONLY = re.compile(r"\W*(?:only|alone)\b", re.IGNORECASE)
_LOOSE_ORGAN = re.compile(r"\b(?:un|united nations|committee)(?:['’]s)?$", re.IGNORECASE)
# An organ before its documents or its act: "Council resolutions", "has the Assembly adopted".
_ACTS = re.compile(
    rf"\W*(?:ever |also |so far |already )*(?:{PLURAL}|has|have|had|did|adopt\w*|pass\w*|"
    r"approv\w+|procla\w+|declar\w+|renew\w*|exten\w+|\(?\d|session|at its)",
    re.IGNORECASE,
)
_AFTER_DOCUMENTS = re.compile(rf"\b(?:{PLURAL}|session)(?: \w+ed)?\W*$", re.IGNORECASE)
_BREAK = re.compile(r"[,;:(–]\W*$")
# A year by itself in key words is that of adoption: "presidential statements 2015 Burundi".
_BARE_YEAR = re.compile(
    rf"(?<!\bin )(?<!\bof )(?<!\bfor )(?<![\d/–-])\b(?P<year>(?:19[4-9]|20[0-2])\d)\b(?![\d/–-]|"
    r"\W*\w*\W*(?:agenda|19|20))"
    rf"(?=\W*$|\s*[,;:?]|(?: [A-Z]| \w+\W*$)|(?: \w+){{0,2}} {PLURAL}\b|\W*(?:how many|how often|"
    r"number|count|total)\b)"
)
# What an organ after such a preposition is, documents are about: "on the Security Council".
_TOPIC = re.compile(
    rf"\b(?:on|about|concerning|regarding|mention\w*) (?!.*\b{PLURAL}\b)", re.IGNORECASE
)
_NUMBER_WORD = "|".join(
    sorted((word for word, number in ORDINALS.items() if number > 0), key=len, reverse=True)
)
_ORDINAL = rf"(?:\d{{1,3}}(?:st|nd|rd|th)|(?:{_NUMBER_WORD}))"
_SESSIONS = re.compile(
    rf"(?:\b(?:at|of|in|from|for|during)? ?(?:the|its)? ?(?:ga |unga |assembly['’]s )?"
    rf"(?:\d{{1,2}}(?:st|nd|rd|th)|(?:{_NUMBER_WORD}))[- ](?:regular )?session\b|"
    r"\b(?:at|of|in|from|for|during)? ?session \d{1,2}\b)",
    re.IGNORECASE,
)
_EMERGENCY = re.compile(
    rf"(?:\b(?:at|of|in|from|during) )?(?:the )?\b(?:(?P<number>{_ORDINAL}) )?"
    r"emergency special sessions?\b(?! (?:of|on|to)\b)|"
    r"\b(?:at |of |in )?(?P<symbol>ES-\d{1,2})\b(?!/)",
    re.IGNORECASE,
)


def _emergency(text: str) -> tuple[str | None, str]:
    """Return the emergency special session that a text names, "ES" for any, and the rest."""
    match = _EMERGENCY.search(text)
    if match is None:
        return None, text
    rest = squeeze(f"{text[: match.start()]} {text[match.end() :]}")
    if match["symbol"]:
        return match["symbol"].upper(), rest
    number = match["number"] and next(sessions_in(f"{match['number']} session"), None)
    return (f"ES-{number}" if number else "ES"), rest


# "Third Committee 79", "GA 80th"
_BARE_SESSION = re.compile(
    r"\b(?P<organ>(?:committee|unga|ga|assembly)(?:['’]s)?),? (?:the )?(?P<number>[5-9]\d)"
    r"(?:th|st|nd|rd)?\b(?! session)"
    r"(?![/.,:-]?\d|%| (?!resolutions|how|number|count|total)[a-z]+s\b)",
    re.IGNORECASE,
)
_FROM_SESSION = re.compile(
    rf"\b(?:since|from|after) (?:the )?(?P<first>{_ORDINAL}[- ]session|session \d{{1,3}})"
    r"(?: on(?:wards?)?)?\b(?! to\b)",
    re.IGNORECASE,
)
_SESSION_RANGE = re.compile(
    r"\b(?:(?:between|from|in|of) )?sessions (?P<first>\d{1,3}) ?(?:to|-|–|"
    r"and) ?(?P<last>\d{1,3})\b",
    re.IGNORECASE,
)
_LAST_SESSION = 120  # far beyond the newest


def _sessions(text: str) -> tuple[tuple[int, ...], str]:
    """Return the sessions that a text names, a range as each of its sessions, and the rest."""
    if match := _SESSION_RANGE.search(text):
        sessions = tuple(range(int(match["first"]), int(match["last"]) + 1))
    elif match := _FROM_SESSION.search(text):
        first = next(sessions_in(match["first"]), _LAST_SESSION)
        sessions = tuple(range(first, _LAST_SESSION))
    else:
        return tuple(dict.fromkeys(sessions_in(text))), _SESSIONS.sub(" ", text)
    return sessions, f"{text[: match.start()]} {text[match.end() :]}"


_COMMITTEES = {
    "disarmament and international security": 1,
    "economic and financial": 2,
    "social, humanitarian and cultural": 3,
    "special political and decolonization": 4,
    "administrative and budgetary": 5,
    "legal": 6,
}
_COMMITTEE = re.compile(
    r"\b(?:the )?(?:(?P<ordinal>first|second|third|fourth|fifth|sixth|1st|2nd|3rd|4th|5th|6th)|"
    rf"(?P<name>{'|'.join(_COMMITTEES)})) committee\b(?:['’]s)?|"
    r"\bC\.?(?P<digit>[1-6])\b",
    re.IGNORECASE,
)


def _committee(match: re.Match[str]) -> str:
    """Return the committee as mastheads print it: "Sixth Committee"."""
    if match["name"]:
        number = _COMMITTEES[match["name"].lower()]
    elif match["digit"]:
        number = int(match["digit"])
    else:
        named = match["ordinal"].lower()
        number = int(named[0]) if named[0].isdecimal() else ORDINALS[named]
    return f"{_MAIN[number - 1]} Committee"


_MAIN = ("First", "Second", "Third", "Fourth", "Fifth", "Sixth")


def _series(text: str) -> frozenset[str]:
    """Return which series of documents is asked for: resolutions unless others are named."""
    series = set()
    if re.search(
        r"\bprsts?\b|\bpresident\w* statements?|\bstatements\b.*\bpresident\b(?! of)|"
        r"\bpresident\b(?! of).*\bstatements\b",
        text,
        re.IGNORECASE,
    ):
        series.add("PRST")
    if re.search(r"\bresol\w*|\brenewals|\bextensions", text, re.IGNORECASE):
        series.add("RES")
    return frozenset(series)
