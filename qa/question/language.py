"""Which language a question is in, as far as its function words and script tell."""

import re
import unicodedata
from collections import Counter
from functools import cache

from qa.resolutions.tables.read_tables import rows, words

_ENGLISH = words("English")
_WORD = re.compile(r"[^\W\d_]+")
_SCRIPTS = {
    "CYRILLIC": "Russian",
    "ARABIC": "Arabic",
    "CJK": "Chinese",
    "HIRAGANA": "Japanese",
    "HANGUL": "Korean",
    "GREEK": "Greek",
    "HEBREW": "Hebrew",
    "DEVANAGARI": "Hindi",
}


def foreign_language(text: str) -> str | None:
    """Return the name of the language of `text` if it is clearly not English, else None.

    A language is named when its script is not Latin, or when at least two of its function words
    (or one, with a letter that English lacks) outnumber the English ones.
    """
    words = _WORD.findall(text.lower())
    script = _script(text)
    if script:
        return script
    english = sum(word in _ENGLISH for word in words)
    found = {name: sum(word in known for word in words) for name, known in _languages().items()}
    name, count = max(found.items(), key=lambda pair: pair[1])
    accented = bool(re.search(r"[àâçéèêëîïôûùœñáíóúü¿¡ãõäöß]", text.lower()))
    if count > english and (count >= 2 or (count == 1 and accented)):
        return name
    return None


@cache
def _languages() -> dict[str, frozenset[str]]:
    """The function words of each language."""
    return {row["name"]: frozenset(row["words"].split()) for row in rows("languages")}


def _script(text: str) -> str | None:
    """Return the language of a script that is not Latin and fills most of `text`."""
    if text.isascii():
        return None
    letters = [character for character in text if character.isalpha()]
    names = Counter(unicodedata.name(letter, "").split(" ")[0] for letter in letters)
    for script, language in _SCRIPTS.items():
        if names[script] > len(letters) / 2:
            return language
    return None
