"""The word that was meant: nearest known word to a misspelt one."""

from collections.abc import Mapping

from rapidfuzz import process
from rapidfuzz.distance import OSA

from embeddings.search.parameters import spelling_parameters


class Speller:
    """Known words with their frequencies, ready to repair an unknown one."""

    def __init__(self, frequencies: Mapping[str, int]) -> None:
        self._frequencies = frequencies
        self._words = list(frequencies)
        self._parameters = spelling_parameters()

    def candidates(self, word: str) -> list[str]:
        """Return the known words within reach of `word`, best first.

        One edit, two in long words: an edit adds, drops or changes a letter or swaps two
        neighbours. Fewest edits first, then the most frequent, then by alphabet.

        Source:
            Damerau-Levenshtein, optimal string alignment: no letter is edited twice.
        """
        if len(word) < self._parameters.min_letters:
            return []
        reach = 2 if len(word) >= self._parameters.min_letters_of_two_edits else 1
        matches = process.extract(
            word, self._words, scorer=OSA.distance, score_cutoff=reach, limit=None
        )
        order = ((edits, -self._frequencies[known], known) for known, edits, _ in matches)
        return [known for _, _, known in sorted(order)]
