"""A text's terms: lower case, no accents, English stems, no stop words."""

import functools
import re
import threading
import unicodedata
from collections.abc import Iterable, Sequence
from importlib import resources
from typing import Any

# A change of the rules below makes older indexes disagree with new questions: count it up.
RULES = 1

# Words may be joined by hyphens (also the unbreakable one) and apostrophes inside.
_WORD = re.compile(r"[^\W_]+(?:[-\u2010\u2011'\u2019][^\W_]+)*")
_JOINT = re.compile(r"[-\u2010\u2011'\u2019]")
_POSSESSIVE = re.compile(r"['\u2019]s$")
_SOFT_HYPHEN = "\u00ad"
# PyStemmer's objects must not be used by two threads at once.
_STEMMER_TURN = threading.Lock()


def terms(text: str) -> list[str]:
    """Return the terms of `text` in order, repeated as in the text.

    A compound gives its whole without the hyphen and then its parts: `co-operation` meets both
    `cooperation` and `operation`. Stop words give nothing.

    Source:
        English Snowball stemmer (Porter 2).
    """
    folded = fold(text)
    if folded.isalnum():  # a word alone
        return list(_terms_of(folded))
    return [term for word in _WORD.findall(folded) for term in _terms_of(word)]


@functools.lru_cache(maxsize=200_000)
def _terms_of(word: str) -> tuple[str, ...]:
    """The terms of one word, a compound or not, that is folded."""
    return tuple(stems(_parts(word)))


def stems(words: Iterable[str]) -> list[str]:
    """Return the stems of folded words, in order, without the stop words."""
    stopped = stop_words()
    return [stem(word) for word in words if word not in stopped]


def words(text: str) -> list[str]:
    """Return the words of `text`, folded but not stemmed, stop words among them."""
    return [part for word in _WORD.findall(fold(text)) for part in _parts(word)]


def _parts(word: str) -> Sequence[str]:
    if word.isalnum():  # nearly every word; the rest costs ten times as much
        return (word,)
    parts = _JOINT.split(_POSSESSIVE.sub("", word))
    return ["".join(parts), *parts] if len(parts) > 1 else parts


def fold(text: str) -> str:
    """Return `text` in lower case without accents and soft hyphens."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text.replace(_SOFT_HYPHEN, ""))
    return "".join(mark for mark in decomposed if not unicodedata.combining(mark)).casefold()


@functools.lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """Return the English stem of a folded word."""
    with _STEMMER_TURN:
        stemmed: str = _stemmer().stemWord(word)
    return stemmed


@functools.cache
def stop_words() -> frozenset[str]:
    """Return the words that say nothing about a text: the lines of `stop_words.txt`."""
    listed = resources.files("embeddings").joinpath("stop_words.txt")
    return frozenset(listed.read_text(encoding="utf-8").split())


@functools.cache
def _stemmer() -> Any:  # noqa: ANN401 - PyStemmer states no types
    """The English stemmer."""
    import Stemmer  # type: ignore[import-not-found]

    return Stemmer.Stemmer("english")
