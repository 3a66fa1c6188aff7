"""Best-matching rows by their words: BM25, with a repair of misspelt words."""

import functools
import json
import math
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

import numpy as np
import numpy.typing as npt

from embeddings import analysis
from embeddings.errors import IndexDamagedError
from embeddings.rows import Ids, row_numbers
from embeddings.spelling import Speller

if TYPE_CHECKING:
    import bm25s  # type: ignore[import-untyped]

Floats = npt.NDArray[np.float32]

# Gentler on repetition and length than the defaults of bm25s: paragraphs are short, and a word
# said twice makes none more relevant. The values are Anserini's defaults for passages.
METHOD = "lucene"
K1 = 0.9
B = 0.4

WORDS_FILE = "words.json"


class WordIndex:
    """Rows of terms, numbered from 0, that can be searched and saved but not changed.

    A term `t` that stands `f` times in a row of `l` terms (`L` on average) adds
    `idf(t) * f / (f + K1 * (1 - B + B * l / L))` to the row's score, where
    `idf(t) = ln(1 + (n - df + 0.5) / (df + 0.5))` and `df` of the `n` rows hold `t`.
    A question's terms count once each, however often it repeats them.

    Source:
        BM25 as in Lucene; Kamphuis et al. 2020, "Which BM25 Do You Mean?", variant
        "Lucene (accurate)", from the library bm25s.
    """

    def __init__(
        self, rows: int, index: "bm25s.BM25 | None", frequencies: Mapping[str, int]
    ) -> None:
        self._rows = rows
        self._index = index  # None where no row has a term
        self._frequencies = frequencies  # of words before stemming
        self._vocabulary: dict[str, int] = {} if index is None else index.vocab_dict
        self._columns: dict[str, Any] = {} if index is None else index.scores

    @classmethod
    def build(cls, texts: Sequence[str]) -> Self:
        """Return an index of `texts`; the same texts give the same index, byte for byte."""
        vocabulary: dict[str, int] = {}  # in the order of the texts: no hash order
        frequencies: Counter[str] = Counter()
        rows = []
        for text in texts:
            words = analysis.words(text)
            frequencies.update(_spelt(words))
            terms = analysis.stems(words)
            rows.append([vocabulary.setdefault(term, len(vocabulary)) for term in terms])
        if not vocabulary:
            return cls(len(texts), None, frequencies)
        import bm25s

        index = bm25s.BM25(method=METHOD, k1=K1, b=B, backend="numpy")
        index.index((rows, vocabulary), create_empty_token=False, show_progress=False)
        return cls(len(texts), index, frequencies)

    @classmethod
    def load(cls, folder: Path) -> Self:
        """Return the index saved in `folder`.

        Raises:
            IndexDamagedError: a file is missing, cut short, or made by other word rules.
        """
        try:
            saved = json.loads((folder / WORDS_FILE).read_text(encoding="utf-8"))
            rules, rows = saved["rules"], int(saved["rows"])
            frequencies = {str(word): int(count) for word, count in saved["words"].items()}
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            raise IndexDamagedError(WORDS_FILE, f"cannot be read ({error})") from error
        if rules != analysis.RULES:
            raise IndexDamagedError(WORDS_FILE, "was made by the word rules of another version")
        return cls(rows, _load(folder, rows) if saved["terms"] else None, frequencies)

    def save(self, folder: Path) -> None:
        """Write the index into `folder`, which is made if needed: arrays and JSON, no pickle."""
        folder.mkdir(parents=True, exist_ok=True)
        if self._index is not None:
            self._index.save(str(folder), show_progress=False)
        saved = {
            "rules": analysis.RULES,
            "rows": self._rows,
            "terms": len(self._vocabulary),
            "words": dict(sorted(self._frequencies.items())),
        }
        text = json.dumps(saved, ensure_ascii=False, indent=0)
        (folder / WORDS_FILE).write_text(text + "\n", encoding="utf-8", newline="\n")

    def __len__(self) -> int:
        return self._rows

    def terms(self, text: str) -> list[str]:
        """Return the terms of `text` as this index counts them; see `analysis.terms`."""
        return analysis.terms(text)

    def scores(self, query: str, *, weights: Mapping[str, float] | None = None) -> Floats:
        """Return the BM25 score of every row for `query`: float32 (n,), 0 where no term meets.

        Args:
            query: any text.
            weights: factors by term, as `terms` spells them; 1 for a term that is not named.
        """
        scores = np.zeros(self._rows, dtype=np.float32)
        for term in dict.fromkeys(self.terms(query)):
            if term in self._vocabulary:
                rows, values = self._column(term)
                factor = 1.0 if weights is None else weights.get(term, 1.0)
                scores[rows] += np.float32(factor) * values
        return scores

    def search(
        self, query: str, k: int, *, among: npt.ArrayLike | None = None
    ) -> tuple[Floats, Ids]:
        """Return the best rows for `query`, best first; equal scores by row number.

        Args:
            query: any text.
            k: at least 1; rows that share no term with `query` are never returned.
            among: the row numbers that may be found, in any order; None for all.

        Returns:
            Scores above 0, float32 (m,), and row numbers, int64 (m,), where m is at most `k`.

        Raises:
            ValueError: `k` is below 1, or `among` names a row that is not there.
        """
        if k < 1:
            raise ValueError(f"k is {k}, not at least 1")
        scores = self.scores(query)
        found = np.flatnonzero(scores > 0)
        if among is not None:
            allowed = np.zeros(self._rows, dtype=bool)
            allowed[row_numbers(among, self._rows)] = True
            found = found[allowed[found]]
        if len(found) > k:
            last = np.partition(scores[found], len(found) - k)[len(found) - k]
            found = found[scores[found] >= last]
        order = np.argsort(-scores[found], kind="stable")[:k]
        ids = found[order].astype(np.int64)
        return scores[ids], ids

    def idf(self, term: str) -> float:
        """Return how rare a term or word is, above 0; 0.0 if no row has it."""
        holders = len(self.holders(term))
        if not holders:
            return 0.0
        return math.log(1 + (self._rows - holders + 0.5) / (holders + 0.5))

    def holders(self, term: str) -> npt.NDArray[np.int32]:
        """Return the rows that hold a term or word, ascending: int32 (m,)."""
        known = self._term(term)
        return np.zeros(0, dtype=np.int32) if known is None else self._column(known)[0]

    def known(self, term: str) -> bool:
        """Return whether any row has this term, or this word in any of its English forms."""
        return self._term(term) is not None

    def nearest_term(self, word: str) -> str | None:
        """Return the word of the rows that was probably meant by a misspelt `word`, or None.

        None for a word that needs no repair (it stands in the rows, or is a stop word), that is
        shorter than 5 letters, or that no word of the rows resembles. A word whose stem is known
        is only ever repaired to a word of that stem: `committing` does not become `committee`.
        """
        folded = analysis.fold(word)
        if folded in self._frequencies or folded in analysis.stop_words():
            return None
        candidates = self._speller.candidates(folded)
        stem = analysis.stem(folded)
        if stem in self._vocabulary:
            candidates = [other for other in candidates if analysis.stem(other) == stem]
        return candidates[0] if candidates else None

    @functools.cached_property
    def _speller(self) -> Speller:
        """The known words, arranged for comparison; made when first needed."""
        return Speller(self._frequencies)

    def _term(self, word: str) -> str | None:
        """The term of the rows that `word` is or has as its stem."""
        if word in self._vocabulary:
            return word
        stemmed = self.terms(word)
        return stemmed[0] if stemmed and stemmed[0] in self._vocabulary else None

    def _column(self, term: str) -> tuple[npt.NDArray[np.int32], Floats]:
        """The rows that hold a known term, and what it adds to their scores."""
        arrays, place = self._columns, self._vocabulary[term]
        span = slice(int(arrays["indptr"][place]), int(arrays["indptr"][place + 1]))
        return arrays["indices"][span], arrays["data"][span]


def _spelt(words: list[str]) -> list[str]:
    """The words that a reader could misspell: letters only, no stop words."""
    stopped = analysis.stop_words()
    return [word for word in words if word.isalpha() and word not in stopped]


def _load(folder: Path, rows: int) -> "bm25s.BM25":
    """The arrays that bm25s saved, with the bounds that a search relies on checked."""
    import bm25s

    try:
        index = bm25s.BM25.load(str(folder), allow_pickle=False, show_progress=False, verbosity=0)
        arrays: dict[str, Any] = index.scores
        ends, holders = arrays["indptr"], arrays["indices"]
        sound = (
            len(ends) == len(index.vocab_dict) + 1
            and ends[0] == 0
            and ends[-1] == len(holders) == len(arrays["data"])
            and bool(np.all(np.diff(ends) >= 0))
            and 0 <= int(holders.min()) <= int(holders.max()) < rows
            and sorted(index.vocab_dict.values()) == list(range(len(index.vocab_dict)))
        )
    except (OSError, ValueError, KeyError, TypeError, EOFError, IndexError) as error:
        raise IndexDamagedError(folder.name, f"cannot be read ({error})") from error
    if not sound:
        raise IndexDamagedError(folder.name, "does not agree with itself")
    return index
