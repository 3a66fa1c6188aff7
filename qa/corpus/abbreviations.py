"""Short names that the texts themselves explain: "Office on Drugs and Crime (UNODC)".

Source:
    Pairing a name with the letters in brackets after it follows Schwartz and Hearst 2003,
    "A Simple Algorithm for Identifying Abbreviation Definitions in Biomedical Text", narrowed to
    names: nearly every word begins with a capital.
"""

import re
from collections.abc import Iterator, Sequence

_SMALL = frozenset(
    "of the and for on in to against its their all from by with de des du la le les et".split()
)
_CAPITALISED = r"[A-Z][\w'\u2019-]*"
_SMALL_WORD = "|".join(sorted(_SMALL, key=len, reverse=True))
_EXPLAINED = re.compile(
    rf"(?P<name>{_CAPITALISED}(?:,? (?:{_CAPITALISED}|(?:{_SMALL_WORD})\b)){{1,14}}) "
    r"\((?P<short>[A-Z][A-Za-z-]{1,11})\)"
)
_MIN_CAPITALS = 2


def explained_abbreviations(text: str) -> Iterator[tuple[str, str]]:
    """Yield each short name that a text explains, with its full name."""
    if "(" not in text:
        return
    for match in _EXPLAINED.finditer(text):
        short = match["short"]
        if sum(letter.isupper() for letter in short) < _MIN_CAPITALS:
            continue
        name = _full_name(match["name"].replace(",", "").split(), short)
        if name:
            yield short, name


def _full_name(words: Sequence[str], short: str) -> str | None:
    """Return the shortest run of words before the bracket whose letters spell the short name."""
    letters = [letter.lower() for letter in short if letter.isalpha()]
    for spells in (_by_initials, _by_letters):
        for start in range(len(words) - 1, -1, -1):
            if words[start] not in _SMALL and spells(words[start:], letters):
                return " ".join(words[start:])
    return None


def _by_initials(words: Sequence[str], letters: list[str]) -> bool:
    parts = [part for word in words for part in word.split("-") if part]
    capitalised = [part[0].lower() for part in parts if part not in _SMALL]
    return letters in ([part[0].lower() for part in parts], capitalised)


def _by_letters(words: Sequence[str], letters: list[str]) -> bool:
    """Return whether the words contain the letters in order, beginning with the first."""
    capitalised = [word for word in words if word not in _SMALL]
    if words[0][0].lower() != letters[0] or not 1 < len(capitalised) <= len(letters):
        return False
    rest = iter(" ".join(words).lower())
    return all(letter in rest for letter in letters)
