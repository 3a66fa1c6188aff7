"""Turns that are recognised by their words, whatever the order: "votes?", "in full please".

The words are in tables/turn_words.tsv: a turn is of a kind if one of its words is a head of that
kind and every other one is a word of it, too, or says nothing.
"""

import re
from dataclasses import dataclass
from functools import cache

from qa.question.turns import TurnKind
from qa.resolutions.languages import LANGUAGE_NAMES
from qa.resolutions.tables.read_tables import rows

MAX_WORDS = 12  # of a turn that is recognised by its words
LANGUAGES_BY_NAME = {
    **{name.lower(): code for code, name in LANGUAGE_NAMES.items()},
    **{code: code for code in ("ar", "es", "fr", "ru", "zh")},
    "mandarin": "zh",
    "français": "fr",
    "francais": "fr",
    "español": "es",
    "espanol": "es",
    "castellano": "es",
    "русский": "ru",
    "русском": "ru",
    "中文": "zh",
    "العربية": "ar",
    "deutsch": "de",
}
_WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")
_ASKING = frozenset(
    "who whom whose what which when where why how long much many often far soon if whether not no "
    "any all some each every anything something everything nothing only still already ever yet do "
    "did about than more must until till since within during while under after before".split()
)


@dataclass(frozen=True, slots=True)
class WordRule:
    """The words of one kind of turn."""

    kind: TurnKind
    form: str
    heads: re.Pattern[str]
    others: re.Pattern[str]

    def fits(self, words: tuple[str, ...]) -> bool:
        """Return whether one of the words is a head and the others belong to it."""
        heads = [word for word in words if self.heads.fullmatch(word)]
        return bool(heads) and all(
            word in heads or self.others.fullmatch(word) or frame_words().fullmatch(word)
            for word in words
        )


def kind_by_words(text: str) -> WordRule | None:
    """Return the first rule whose words a turn consists of; None if it says anything else."""
    words = words_of(text)
    if not 0 < len(words) <= MAX_WORDS:
        return None
    return next((rule for rule in _word_rules() if rule.fits(words)), None)


def words_of(text: str) -> tuple[str, ...]:
    """Return the words of a text in lower case."""
    return tuple(match[0].lower().replace("’", "'") for match in _WORD.finditer(text))


def own_words(text: str) -> tuple[str, ...]:
    """Return the words of a turn that say what it is about: neither its frame nor how it asks."""
    frame = frame_words()
    return tuple(
        word for word in words_of(text) if word not in _ASKING and not frame.fullmatch(word)
    )


def language_named(text: str) -> str:
    """Return the code of the language that a text names; "" if it names none."""
    named = (LANGUAGES_BY_NAME.get(word, "") for word in words_of(text))
    return next(filter(None, named), "")


def is_aspect(phrase: str) -> bool:
    """Return whether a phrase names what any resolution may say: "reporting", "exceptions"."""
    own = own_words(phrase)
    return bool(own) and all(_aspects().fullmatch(word) for word in own)


@cache
def _aspects() -> re.Pattern[str]:
    (aspects,) = (row["heads"] for row in rows("turn_words") if row["kind"] == "aspect")
    return re.compile(aspects, re.IGNORECASE)


@cache
def frame_words() -> re.Pattern[str]:
    """Return the pattern of a word that says nothing of what a turn is about."""
    (frame,) = (row["heads"] for row in rows("turn_words") if row["kind"] == "frame")
    return re.compile(frame, re.IGNORECASE)


@cache
def _word_rules() -> tuple[WordRule, ...]:
    languages = "|".join(LANGUAGES_BY_NAME)
    return tuple(
        WordRule(
            TurnKind(row["kind"]),
            row["form"],
            re.compile(row["heads"].replace("{language}", languages), re.IGNORECASE),
            re.compile(row["others"], re.IGNORECASE),
        )
        for row in rows("turn_words")
        if row["kind"] not in ("frame", "aspect")
    )
