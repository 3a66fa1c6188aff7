"""When two texts have the same words, and when they differ in figures only."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

from qa.resolutions.periods import MONTHS
from qa.resolutions.tables.phrase_patterns import any_of
from qa.resolutions.text import fold, squeeze

FEWEST_WORDS = 5  # of fewer ("A/61/179.") the figures are the substance

_UNITS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth")
_OTHERS = (
    *("ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen"),
    *("eighteen", "nineteen", "hundred", "thousand", "million", "billion"),
    *("tenth", "eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth"),
    *("seventeenth", "eighteenth", "nineteenth", "hundredth"),
    *(f"{tens[:-1]}ieth" for tens in _TENS),
)
_NUMBER_WORDS = (
    *(*_UNITS, *_TENS, *_ORDINALS, *_OTHERS),
    *(f"{tens}-{unit}" for tens in _TENS for unit in (*_UNITS, *_ORDINALS)),
)
_WORDED = any_of({*_NUMBER_WORDS, *(word.capitalize() for word in _NUMBER_WORDS), *MONTHS})
_FIGURE = (
    r"(?:\d[\w./]*"
    rf"|{_WORDED}\b(?!-)"
    r"|[A-Z]+(?:/[\w.]+)+"  # "S/PRST/2005/51"
    r"|[IVXLC]+(?=\)))"  # "2625 (XXV)"
)
# Figures that follow each other are one: "30 April 2026", "1325 (2000) and 1820 (2008)".
_BETWEEN = r"(?:[\s,;()\[\]/%–-]+(?:(?:and|to|of) )?)"
_FIGURES = re.compile(rf"\b{_FIGURE}(?:{_BETWEEN}{_FIGURE})*")
_NO_LETTERS = re.compile(r"[\W\d_]+")
_FINAL = ".,;: "


@dataclass(frozen=True, slots=True)
class WordDifference:
    """Words of one text, and what another text of the same family has in their place."""

    here: str
    there: str


def wording_of(text: str) -> str:
    """Return the words of `text`: white space, quotation marks and the final stop left out."""
    return squeeze(fold(text).text.replace('"', " ")).rstrip(_FINAL)


def family_of(text: str) -> str:
    """Return `text` with every figure left open: equal for kin, which differ in figures only.

    Figures are numbers, also in words, dates, sessions and symbols.
    """
    wording = wording_of(text)
    words = " # ".join(map(_letters, _FIGURES.split(wording))).strip()
    is_long = len(words.replace("#", " ").split()) >= FEWEST_WORDS
    return words if is_long else wording


def differences(here: str, there: str) -> tuple[WordDifference, ...]:
    """Return where two texts differ: figures if they are of one family, or else words."""
    here, there = wording_of(here), wording_of(there)
    if family_of(here) == family_of(there):
        pairs = zip(_FIGURES.findall(here), _FIGURES.findall(there), strict=False)
        figures = [WordDifference(old, new) for old, new in pairs if old != new]
        if figures:
            return tuple(dict.fromkeys(figures))
    ours, theirs = here.split(), there.split()
    matcher = SequenceMatcher(None, ours, theirs, autojunk=False)
    return tuple(
        WordDifference(" ".join(ours[a:b]), " ".join(theirs[c:d]))
        for change, a, b, c, d in matcher.get_opcodes()
        if change != "equal"
    )


def _letters(text: str) -> str:
    return _NO_LETTERS.sub(" ", text).strip().lower()
