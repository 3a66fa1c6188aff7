"""Short names that the texts themselves explain: "Office on Drugs and Crime (UNODC)".

Source:
    The pairing of a name with the letters in brackets after it follows Schwartz and Hearst 2003,
    "A Simple Algorithm for Identifying Abbreviation Definitions in Biomedical Text", narrowed to
    names: nearly every word begins with a capital.
"""

import re
from collections.abc import Iterator, Sequence

_SMALL = frozenset(
    "of the and for on in to against its their all from by with de des du la le les et".split()
)
_LARGE = r"[A-Z][\w'\u2019-]*"
_SMALLS = "|".join(sorted(_SMALL, key=len, reverse=True))
_EXPLAINED = re.compile(
    rf"(?P<name>{_LARGE}(?:,? (?:{_LARGE}|(?:{_SMALLS})\b)){{1,14}}) "
    r"\((?P<short>[A-Z][A-Za-z-]{1,11})\)"
)
_FEWEST_CAPITALS = 2


def explained_abbreviations(text: str) -> Iterator[tuple[str, str]]:
    """Yield each short name that a text explains, with the name it stands for."""
    if "(" not in text:
        return
    for match in _EXPLAINED.finditer(text):
        short = match["short"]
        if sum(letter.isupper() for letter in short) < _FEWEST_CAPITALS:
            continue
        name = _named(match["name"].replace(",", "").split(), short)
        if name:
            yield short, name


def _named(words: Sequence[str], short: str) -> str | None:
    """Return the shortest run of words up to the bracket whose letters give the short name."""
    letters = [letter.lower() for letter in short if letter.isalpha()]
    for spells in (_by_initials, _by_letters):
        for start in range(len(words) - 1, -1, -1):
            if words[start] not in _SMALL and spells(words[start:], letters):
                return " ".join(words[start:])
    return None


def _by_initials(words: Sequence[str], letters: list[str]) -> bool:
    parts = [part for word in words for part in word.split("-") if part]
    large = [part[0].lower() for part in parts if part not in _SMALL]
    return letters in ([part[0].lower() for part in parts], large)


def _by_letters(words: Sequence[str], letters: list[str]) -> bool:
    """Tell whether the letters stand in the words in their order, the first at the beginning."""
    large = [word for word in words if word not in _SMALL]
    if words[0][0].lower() != letters[0] or not 1 < len(large) <= len(letters):
        return False
    rest = iter(" ".join(words).lower())
    return all(letter in rest for letter in letters)
