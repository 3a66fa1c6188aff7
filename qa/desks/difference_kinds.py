"""What kind of words two texts differ in: of spelling only, or such that change the sense."""

import re
from collections.abc import Iterable

from qa.desks.alignment import AlignedDifference
from qa.resolutions.cite.numbers import CARDINALS, ORDINALS
from qa.resolutions.parse.lead_verbs import FIRST_WORDS
from qa.resolutions.periods import MONTHS

_SPELLINGS = (
    (re.compile(r"is(?=(?:e[ds]?|ing|ations?|ers?)$)"), "iz"),
    (re.compile(r"ys(?=(?:e[ds]?|ing)$)"), "yz"),
    (re.compile(r"our"), "or"),
    (re.compile(r"tre(?=s?$)"), "ter"),
    (re.compile(r"mme(?=s?$)"), "m"),
    (re.compile(r"(?<=[ft]en)ce(?=s?$)"), "se"),
    (re.compile(r"ll(?=ed$|ing$|or$|ers?$|ment)"), "l"),
    (re.compile(r"ae"), "e"),
)
_TELLING_WORDS = {
    "a negation": frozenset(("not", "no", "never", "neither", "nor", "without", "none")),
    "a modal verb": frozenset(("shall", "should", "must", "may", "can", "could", "would", "will")),
    "the addressee": frozenset(
        ("states", "parties", "member", "secretary", "governments", "council")
    ),
}
_NUMBERS = frozenset(
    (*CARDINALS[1:], *(word for word in ORDINALS if word.isascii()), *map(str.lower, MONTHS))
)


def telling_words(differences: Iterable[AlignedDifference]) -> list[str]:
    """Return what kinds of words differ, those that change the sense first."""
    words = [{*each.given_words} ^ {*each.printed_words} for each in differences]
    changed = frozenset().union(*words) if words else frozenset()
    flags = [name for name, known in _TELLING_WORDS.items() if changed & known]
    if any(word[:1].isdigit() for word in changed) or changed & _NUMBERS:
        flags.append("a number or a date")
    if changed & FIRST_WORDS:
        flags.append("the verb")
    return flags


def plain_spelling(word: str) -> str:
    """Return a word as British and American spelling have in common."""
    for pattern, plain in _SPELLINGS:
        word = pattern.sub(plain, word)
    return word
