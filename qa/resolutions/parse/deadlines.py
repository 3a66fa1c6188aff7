"""Due dates of verbs: a session, a day, a term or an interval, as printed.

"submit a report to the Assembly at its eightieth session", "by 31 December 2026", "within 90 days",
"every two years", "for a further period of six months".
"""

import re

from qa.resolutions.durations import NTH, RHYTHM_ADJECTIVES, RHYTHM_ADVERBS, TERM, UNIT
from qa.resolutions.periods import MONTH

_MAX_DUES = 3  # due dates listed per verb
_ORDINAL = (
    r"(?:[a-z]+ieth|(?:[a-z]+ty-)?(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)|"
    r"tenth|eleventh|twelfth|[a-z]+teenth|\d+(?:st|nd|rd|th))"
)
_DAY = rf"\d{{1,2}}\s+{MONTH}(?:\s+(?:of\s+)?(?:\d{{4}}|(?:each|every)\s+year))?"
_YEAR = rf"(?:(?:early|mid|late)[\s-])?(?:{MONTH}\s+)?(?:19|20)\d\d(?![\d/])"
_PERIOD = r"(?:year|month|biennium|mandate|period|decade|century)"
_OF_SESSION = re.compile(
    rf"(?:{_ORDINAL}|next|forthcoming|following|subsequent|regular|annual|resumed|and|or|main|"
    r"substantive|organizational|special|emergency|\d{4}),?"
)
_OF_YEAR = re.compile(r"\s+(?:of|in)\s+(?:19|20)\d\d\b")
_HELD_AT = frozenset(("at", "to", "during", "into", "by", "before", "for", "from", "until", "than"))
_HELD_OF = frozenset(("agenda", "work", "beginning", "end"))
_DETERMINERS = frozenset(("its", "their", "the", "each", "every"))
_PARTS = frozenset(("part", "half", "week", "day"))  # "at the main part of its … session"
_TIMED = re.compile(rf"{_ORDINAL}|next|forthcoming|following|subsequent|annual|\d{{4}}")
# "adopted at its … session", "submitted to the General Assembly at its …" are past events.
_IS_PAST = re.compile(
    r"(?<!be )\b(?:\w+ed|held|made|taken|given|set|begun)"
    r"(?:\s+(?:to|by|before)\s+(?:the\s+)?[A-Z][\w-]*(?:\s+(?:(?:of|on|and|for)\s+)?[A-Z][\w-]*)*)?\s*,?$"
)
_SESSION_REACH = 160  # characters before "session" to search for its number

_BY = re.compile(
    rf"(?P<due>{_DAY}|{_YEAR}(?=\s*(?:[,.;:)]|$|and\b|or\b|in\b|at\b|to\b|through\b|with\b)))|(?:the\s+)?"
    rf"(?P<late>(?:end|beginning|middle|close|start)\s+of\s+(?:the\s+)?(?:{_DAY}|{_YEAR})|"
    rf"(?:end|close)\s+of\s+(?:the|this|each|its)\s+(?:\w+\s+)?{_PERIOD}\b|"
    rf"(?:{_ORDINAL}|last)\s+(?:quarter|half|week)\s+of\s+(?:{_YEAR}))"
)
_WITHIN = re.compile(
    rf"(?P<due>within\s+(?:the\s+(?:next|first|following)\s+|a\s+period\s+of\s+|the\s+)?{TERM})"
)
_EVERY = re.compile(
    rf"(?P<due>every\s+(?:(?:{NTH})\s+{UNIT}|{TERM}|(?:week|month|quarter|year)\b))"
)
_EACH = re.compile(r"(?P<due>each\s+(?:month|quarter|year)\b)")
_ONCE = re.compile(
    r"(?P<due>(?:once|twice)\s+(?:an?|every|each|per)\s+(?:week|month|quarter|year)\b)"
)
_BASIS = re.compile(rf"(?P<due>on\s+an?\s+(?:{'|'.join(RHYTHM_ADJECTIVES)})\s+basis)")
_FOR = re.compile(
    r"(?P<due>for\s+(?:an?\s+)?(?:(?:further|additional|new|final|initial|another|renewable|"
    rf"limited|subsequent)\s+)*(?:(?:period|term)\s+of\s+(?:up\s+to\s+)?{TERM}|{TERM}))"
)
_RHYTHM = re.compile(
    rf"(?P<due>{'|'.join(RHYTHM_ADVERBS)})\b"
    r"(?!\s+(?:rate|allowance|salary|contribution|basis))"
)
# "for one year" is the term of these, and of "vacant for two years" it is none.
_LASTS = re.compile(
    r"(?:extend|renew|continu|establish|authori[sz]|maintain|appoint|deploy|elect|period)"
)
_HEADED = frozenset(("by", "before", "until", "than", "through"))  # the due date follows
_RULES = {
    **dict.fromkeys(_HEADED, _BY),
    **dict.fromkeys(RHYTHM_ADVERBS, _RHYTHM),
    "within": _WITHIN,
    "every": _EVERY,
    "each": _EACH,
    "once": _ONCE,
    "twice": _ONCE,
    "on": _BASIS,
    "for": _FOR,
}
_MARKED = {
    f"{word}{mark}": word
    for word in (*_RULES, "session", "sessions")
    for mark in ("", ",", ";", ".", ":")
}
TIME_WORDS = frozenset(_MARKED)  # the words next to which a due date is read


def due_of(
    text: str, start: int, end: int, words: frozenset[str], *, is_decision: bool
) -> str | None:
    """Return the due dates in `text[start:end]`; None if there are none.

    Args:
        text: the paragraph.
        start: end of the verb.
        end: where the next verb begins.
        words: those of the paragraph that are in `TIMES`, or more: most name no time.
        is_decision: the verb decides, so that "for one year" is the term of what it decides.

    Returns:
        As printed, without "by", "until", "at its"; up to three, joined by "; ".
    """
    hints = TIME_WORDS & words
    if not hints:
        return None
    dues_at = []
    for word in {_MARKED[hint] for hint in hints}:
        if (word == "for" and not is_decision) or (word == "on" and "basis" not in text):
            continue
        position = text.find(word, start, end)
        while position >= 0:
            if text[position - 1].isspace() and (due := _due_at(text, start, position, end, word)):
                dues_at.append((position, due))
            position = text.find(word, position + 1, end)
    dues = dict.fromkeys(" ".join(due.split()) for _, due in sorted(dues_at))
    return "; ".join(list(dues)[:_MAX_DUES]) or None


def _due_at(text: str, start: int, position: int, end: int, word: str) -> str | None:
    """Return what is due by the word at `at`."""
    after = position + len(word)
    if text[after : after + 1].isalnum():
        return None
    if word in ("session", "sessions"):
        return _session(text, start, position, after)
    match = _RULES[word].match(text, after + 1 if word in _HEADED else position, end)
    if match is None:
        return None
    if word == "for" and not _LASTS.search(text, start, match.end()):
        return None
    return match["due"] or match["late"] if word in _HEADED else match["due"]


def _session(text: str, start: int, position: int, after: int) -> str | None:
    """Return the session named before `at`; None for one that is over, or has no number."""
    words = text[max(start, position - _SESSION_REACH) : position].split()
    first = len(words)
    while first and _OF_SESSION.fullmatch(words[first - 1]):
        first -= 1
    if first < 2 or words[first - 1] not in _DETERMINERS:
        return None
    preposition = first - 2
    if words[preposition] == "of" and preposition > 1 and words[preposition - 1] in _PARTS:
        preposition = next(
            (
                index
                for index in range(preposition, max(preposition - 5, 0), -1)
                if words[index] in _HELD_AT
            ),
            0,
        )
    is_held = words[preposition] in _HELD_AT or (
        words[preposition] == "of" and words[preposition - 1] in _HELD_OF
    )
    if not is_held or not any(_TIMED.match(word) for word in words[first:]):
        return None
    if _IS_PAST.search(" ".join(words[max(0, preposition - 9) : preposition])):
        return None
    year = _OF_YEAR.match(text, after)
    return f"{' '.join(words[first:])} {text[position : year.end() if year else after]}"
