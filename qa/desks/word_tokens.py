"""The words of a text with their offsets, in the form in which two texts are compared."""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

# A number is one word with its decimals; hyphens part words, apostrophes do not.
_TOKEN = re.compile(r"\d+(?:[.,]\d+)*(?![^\W\d_])|[^\W_]+(?:['\u2019\u02bc][^\W_]+)*")
_APOSTROPHES = str.maketrans({"\u2019": "'", "\u02bc": "'"})
_REMEMBERED = 200_000


@dataclass(frozen=True, slots=True)
class WordTokens:
    """The words of `text`: `keys` are compared, `starts` and `ends` are their offsets."""

    text: str
    keys: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def __len__(self) -> int:
        return len(self.keys)

    def slice_text(self, first: int, last: int) -> str:
        """Return the text of the words `first` to `last`, exclusive, with the marks between."""
        if first >= last:
            return ""
        return " ".join(self.text[self.starts[first] : self.ends[last - 1]].split())


def tokenize_words(text: str) -> WordTokens:
    """Return the words of a text; capitals, accents and kinds of apostrophe make no difference."""
    matches = list(_TOKEN.finditer(text))
    return WordTokens(
        text=text,
        keys=tuple(word_key(match[0]) for match in matches),
        starts=tuple(match.start() for match in matches),
        ends=tuple(match.end() for match in matches),
    )


@lru_cache(maxsize=_REMEMBERED)
def word_key(word: str) -> str:
    """Return the form in which a word is compared."""
    if word.isascii():
        return word.lower()
    decomposed = unicodedata.normalize("NFKD", word.translate(_APOSTROPHES))
    return "".join(mark for mark in decomposed if not unicodedata.combining(mark)).casefold()


def key_text(text: str) -> str:
    """Return the keys of the words of a text, with a blank between two."""
    if text.isascii():
        return " ".join(_TOKEN.findall(text.lower()))
    return " ".join(map(word_key, _TOKEN.findall(text)))


class JoinedWords:
    """The words of several texts in one string, so that a run of them is found at once.

    Positions are characters of that string; each text begins at one of `bounds`.
    """

    def __init__(self, texts: Sequence[str]) -> None:
        parts = [key_text(text) for text in texts]
        self._joined = f" {' '.join(parts)} "
        self.bounds = [1]
        for part in parts:
            self.bounds.append(self.bounds[-1] + len(part) + 1)

    def find(self, keys: Sequence[str], first: int = 1, last: int | None = None) -> int | None:
        """Return the position of the first run of `keys` inside `[first, last)`."""
        last = len(self._joined) if last is None else last
        if not keys:
            return None
        position = self._joined.find(f" {' '.join(keys)} ", first - 1, last)
        return None if position < 0 else position + 1

    def parts_of(self, first: int, last: int) -> range:
        """Return the numbers of the texts that `[first, last)` touches."""
        return range(self._part_at(first), self._part_at(max(first, last - 1)) + 1)

    def word_in_part(self, position: int) -> tuple[int, int]:
        """Return the number of the text at a position, and of the word in that text."""
        part = self._part_at(position)
        return part, self._joined.count(" ", self.bounds[part], position)

    def keys_of(self, part: int) -> list[str]:
        """Return the words of one text."""
        return self._joined[self.bounds[part] : self.bounds[part + 1]].split()

    def _part_at(self, position: int) -> int:
        return bisect_right(self.bounds, position) - 1


def run_length(keys: Sequence[str]) -> int:
    """Return how many characters a run of words takes with the blank after it."""
    return sum(map(len, keys)) + len(keys)
