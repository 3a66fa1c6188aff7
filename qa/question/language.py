"""Which language a question is in: only what is surely not English is called so."""

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING

from qa.question.countries import countries_in
from qa.resolutions.languages import LANGUAGE_NAMES
from qa.resolutions.tables.read_tables import words

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

_MIN_WORDS = 4  # fewer are names and key words, which have no language: "Côte d'Ivoire"
_MIN_PROSE_WORDS = 3  # of these that are no names
_MIN_MARGIN = 0.75  # by which a language must be more probable than English
_MIN_PLAIN_MARGIN = 0.6  # the same, without the words that have accents
_MIN_ENGLISH_SHARE = 0.3  # of function words: with more, the model is not asked
_ENGLISH = words("English")
_WORD = re.compile(r"[^\W\d_]+")
# Capitalised inside a sentence, or all capitals: "Hammarskjöld", "UNOCI".
_NAME = re.compile(r"(?<!^)(?<![.?!¿¡]\s)\b[^\W\d_a-zß-ÿ][^\W\d_]*\b|\b[A-Z]{2,}\b")
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
    """Return the name of the language of `text` if it is surely not English, else None.

    A script that is not Latin names its language. Otherwise py3langid decides, over the words that
    are no names; it is loaded only for a question with few English function words.
    """
    script = _script(text)
    if script:
        return script
    typed = _WORD.findall(text.lower())
    english = sum(word in _ENGLISH for word in typed)
    prose = " ".join(_WORD.findall(_NAME.sub(" ", _without_countries(text))))
    is_short = len(typed) < _MIN_WORDS or len(prose.split()) < _MIN_PROSE_WORDS
    if is_short or english >= _MIN_ENGLISH_SHARE * len(typed):
        return None
    shares = _shares(prose)
    code = max(shares, key=lambda each: (shares[each], each))
    # One foreign name makes no foreign question: "côte d'ivoire embargo enforcement".
    plain = " ".join(word for word in prose.split() if word.isascii())
    if len(plain.split()) >= _MIN_PROSE_WORDS and _margin(code, _shares(plain)) < _MIN_PLAIN_MARGIN:
        return None
    return LANGUAGE_NAMES[code] if _margin(code, shares) >= _MIN_MARGIN else None


def _without_countries(text: str) -> str:
    """Return a text without the names of countries, which have no language: "sierra leone"."""
    for mention in reversed(countries_in(text)):
        text = f"{text[: mention.start]} {text[mention.end :]}"
    return text


def _margin(code: str, shares: Mapping[str, float]) -> float:
    """Return by how much a language is more probable than English."""
    return shares[code] - shares["en"]


def _shares(prose: str) -> dict[str, float]:
    """Return the probability of each language."""
    return {code: float(share) for code, share in _identifier().rank(prose)}


@cache
def _identifier() -> "LanguageIdentifier":
    """Return the model, limited to the languages of the table in Latin script."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages(sorted(set(LANGUAGE_NAMES) - {"ar", "ru", "zh"}))
    return identifier


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
