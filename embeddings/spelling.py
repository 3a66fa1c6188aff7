"""The word that was meant: nearest known word to a misspelt one."""

from collections.abc import Mapping

import numpy as np

SHORTEST = 5  # letters; below that too many words lie within one letter of each other
LONG = 8  # letters; from here two letters may be wrong


class Speller:
    """Known words with their frequencies, ready to repair an unknown one.

    Two words can only be `d` edits apart if the sets of their letters differ in at most `2 d`
    letters: that is asked of all words at once, and leaves a few hundred of 60,000 to compare.
    """

    def __init__(self, frequencies: Mapping[str, int]) -> None:
        self._frequencies = frequencies
        self._words = sorted(frequencies)
        self._lengths = np.array([len(word) for word in self._words], dtype=np.int32)
        self._letters = np.array([_letters(word) for word in self._words], dtype=np.uint32)

    def candidates(self, word: str) -> list[str]:
        """Return the known words within reach of `word`, best first.

        One edit for 5 to 7 letters, two from 8; an edit adds, drops or changes a letter or swaps
        two neighbours. Fewest edits first, then the most frequent, then by alphabet.
        """
        if len(word) < SHORTEST:
            return []
        reach = 2 if len(word) >= LONG else 1
        near = np.abs(self._lengths - len(word)) <= reach
        near &= np.bitwise_count(self._letters ^ np.uint32(_letters(word))) <= 2 * reach
        found = []
        for row in np.flatnonzero(near):
            known = self._words[row]
            edits = distance(word, known, reach)
            if edits <= reach:
                found.append((edits, -self._frequencies[known], known))
        return [known for _, _, known in sorted(found)]


def distance(left: str, right: str, limit: int) -> int:
    """Return the edits that turn `left` into `right`, or `limit + 1` if there are more.

    Source:
        Damerau-Levenshtein, optimal string alignment: no letter is edited twice.
    """
    before: list[int] = []
    row = list(range(len(right) + 1))
    for i, mine in enumerate(left, start=1):
        older, before, row = before, row, [i]
        for j, other in enumerate(right, start=1):
            edits = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (mine != other))
            if i > 1 and j > 1 and mine == right[j - 2] and left[i - 2] == other:
                edits = min(edits, older[j - 2] + 1)
            row.append(edits)
        if min(row) > limit:
            return limit + 1
    return min(row[-1], limit + 1)


def _letters(word: str) -> int:
    """The set of a word's letters as 32 bits; a few letters share a bit, which is harmless."""
    bits = 0
    for letter in word:
        bits |= 1 << (ord(letter) & 31)
    return bits
