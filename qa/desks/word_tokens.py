"""The words of a text with their offsets, in the form in which two texts are compared."""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

# A number is one word with its decimals; hyphens part words, apostrophes do not.
_TOKEN = re.compile(r"\d+(?:[.,]\d+)*(?![^\W_])|[^\W_]+(?:['\u2019\u02bc][^\W_]+)*")
_PRINTED_MARKS = ("\u201c", "\u201d", "\u2013", "\u2014", "\u00a0", "\u2018")
_SEPARATORS = {code: " " for code in range(128) if not chr(code).isalnum() and chr(code) != "'"}
_UNEVEN = re.compile(r"\d(?:[.,]\d|')|''")  # where a word does not end at the next mark
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
    spans = [match.span() for match in _TOKEN.finditer(text)]
    low = text.lower() if text.isascii() else ""
    return WordTokens(
        text=text,
        keys=tuple(
            [low[start:end] for start, end in spans]
            if low
            else [word_key(text[start:end]) for start, end in spans]
        ),
        starts=tuple([start for start, _ in spans]),
        ends=tuple([end for _, end in spans]),
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
    plain = _with_plain_marks(text)
    if not plain.isascii():
        return " ".join(map(word_key, _TOKEN.findall(text)))
    if _UNEVEN.search(plain):
        return " ".join(_TOKEN.findall(plain.lower()))
    words = plain.lower().translate(_SEPARATORS).split()
    if "'" in plain:
        words = [word for word in (each.strip("'") for each in words) if word]
    return " ".join(words)


def _with_plain_marks(text: str) -> str:
    """Return a text with the marks of print as those of ASCII: that is read ten times faster."""
    if text.isascii():
        return text
    for mark in _PRINTED_MARKS:
        text = text.replace(mark, " ")
    return text.replace("\u2019", "'")


class JoinedWords:
    """The words of several texts in one string, so that a run of them is found at once.

    Positions are characters of that string. The texts are numbered from `first` on.
    """

    def __init__(self, texts: Sequence[str], first: int = 0) -> None:
        parts = [key_text(text) for text in texts]
        self._first = first
        self._joined = f" {' '.join(parts)} "
        self._bounds = [1]
        for part in parts:
            self._bounds.append(self._bounds[-1] + len(part) + 1)

    def bound(self, part: int) -> int:
        """Return the position at which a text begins, or that after the last one."""
        return self._bounds[part - self._first]

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
        return part, self._joined.count(" ", self.bound(part), position)

    def keys_of(self, part: int) -> list[str]:
        """Return the words of one text."""
        return self._joined[self.bound(part) : self.bound(part + 1)].split()

    def _part_at(self, position: int) -> int:
        return bisect_right(self._bounds, position) - 1 + self._first


def run_length(keys: Sequence[str]) -> int:
    """Return how many characters a run of words takes with the blank after it."""
    return sum(map(len, keys)) + len(keys)
