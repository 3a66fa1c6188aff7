"""Best-matching rows by their words: BM25, with a repair of misspelt words."""

import functools
import json
import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import astuple
from pathlib import Path
from typing import TYPE_CHECKING, Self

import numpy as np
import numpy.typing as npt

from embeddings import text_analysis as analysis
from embeddings.index_errors import IndexDamagedError
from embeddings.mmap_arrays import load_array
from embeddings.search.inverted_index import NEW, InvertedIndex
from embeddings.search.parameters import bm25_parameters
from embeddings.search.spelling import Speller

if TYPE_CHECKING:
    from scipy.sparse import csr_array

Floats = npt.NDArray[np.float32]

LOOKED_UP = 10_000  # words whose rows are known without looking

WORDS_FILE, LENGTHS_FILE = "words.json", "lengths.npy"


class Bm25Index:
    """An immutable index of rows of terms, numbered from 0.

    A term `t` that occurs `f` times in a row of `l` terms (`L` on average) adds
    `idf(t) * f / (f + k1 * (1 - b + b * l / L))` to the row's score, where
    `idf(t) = ln(1 + (n - df + 0.5) / (df + 0.5))` and `df` of the `n` rows hold `t`.
    A question's terms count once each, however often it repeats them.

    Source:
        BM25 as in Lucene; Kamphuis et al. 2020, "Which BM25 Do You Mean?", variant
        "Lucene (accurate)".
    """

    def __init__(
        self,
        postings: InvertedIndex,
        lengths: npt.NDArray[np.int64],
        frequencies: Mapping[str, int],
    ) -> None:
        self._postings = postings
        self._lengths = lengths  # of the rows, in terms
        self._frequencies = frequencies  # of words before stemming
        average = lengths.mean() if lengths.any() else 1.0
        k1, b = astuple(bm25_parameters())
        self._norms = (k1 * (1 - b + b * lengths / average)).astype(np.float32)
        # A question looks up the same few words a hundred times.
        self._term = functools.lru_cache(LOOKED_UP)(functools.partial(_term, postings))
        self._holders = functools.lru_cache(LOOKED_UP)(functools.partial(_holders, postings))

    @classmethod
    def build(cls, texts: Sequence[str]) -> Self:
        """Return an index of `texts`; the same texts give the same index, byte for byte."""
        return cls(InvertedIndex.build(()), np.zeros(0, np.int64), {}).updated(
            [NEW] * len(texts), texts, gone=()
        )

    def updated(self, kept: npt.ArrayLike, texts: Sequence[str], *, gone: Iterable[str]) -> Self:
        """Return an index whose rows are some of these and some that are new.

        It is the one that `build` would give.

        Args:
            kept: for each row of the new index the row of this one that it takes over, or NEW.
            texts: of the new rows, in order.
            gone: the texts of the rows that no new row takes over.
        """
        frequencies = Counter(self._frequencies)
        for text in gone:
            frequencies.subtract(_spelt(analysis.words(text)))

        def rows() -> Iterator[list[str]]:
            for text in texts:
                words = analysis.words(text)
                frequencies.update(_spelt(words))
                yield analysis.stems(words)

        postings = self._postings.updated(kept, rows())
        return type(self)(postings, postings.sizes(), +frequencies)

    def is_of(self, texts: Sequence[str]) -> bool:
        """Tell whether this is the index that `build` gives for `texts`."""
        other = type(self).build(texts)
        return self._frequencies == other._frequencies and self._postings == other._postings

    @classmethod
    def load(cls, folder: Path) -> Self:
        """Return the index saved in `folder`, its arrays mapped, not copied.

        Raises:
            IndexDamagedError: a file is missing, cut short, or made by other word rules.
        """
        try:
            saved = json.loads((folder / WORDS_FILE).read_text(encoding="utf-8"))
            rules = saved["rules"]
            frequencies = {str(word): int(count) for word, count in saved["words"].items()}
            lengths = load_array(folder / LENGTHS_FILE)
        except (OSError, ValueError, KeyError, TypeError, AttributeError, EOFError) as error:
            raise IndexDamagedError(WORDS_FILE, f"cannot be read ({error})") from error
        if rules != analysis.RULES:
            raise IndexDamagedError(WORDS_FILE, "was made by the word rules of another version")
        postings = InvertedIndex.load(folder)
        if (lengths.dtype, lengths.shape) != (np.int64, (len(postings),)):
            raise IndexDamagedError(LENGTHS_FILE, "is inconsistent with the other files")
        return cls(postings, lengths, frequencies)

    def save(self, folder: Path) -> None:
        """Write the index into `folder`, which is made if needed: arrays and JSON, no pickle."""
        self._postings.save(folder)
        np.save(folder / LENGTHS_FILE, self._lengths, allow_pickle=False)
        saved = {"rules": analysis.RULES, "words": dict(sorted(self._frequencies.items()))}
        text = json.dumps(saved, ensure_ascii=False, indent=0)
        (folder / WORDS_FILE).write_text(text + "\n", encoding="utf-8", newline="\n")

    def __len__(self) -> int:
        return len(self._postings)

    def terms(self, text: str) -> list[str]:
        """Return the terms of `text` as this index counts them; see `analysis.terms`."""
        return analysis.terms(text)

    def scores(self, query: str, *, weights: Mapping[str, float] | None = None) -> Floats:
        """Return the BM25 score of every row for `query`: float32 (n,), 0 where no term meets.

        Args:
            query: any text.
            weights: factors by term, as `terms` spells them; 1 for a term that is not named.
        """
        scores = np.zeros(len(self), dtype=np.float32)
        for term, factor in self._asked(query, weights).items():
            rows = self._postings.rows(term)
            counts = self._postings.counts(term).astype(np.float32)
            shares = counts / (counts + self._norms[rows])
            scores[rows] += np.float32(factor) * shares
        return scores

    def _asked(self, query: str, weights: Mapping[str, float] | None) -> dict[str, float]:
        """Return the factor of each known term of `query`: its weight times its IDF."""
        given = {} if weights is None else weights
        return {
            term: given.get(term, 1.0) * self._idf(len(self._postings.rows(term)))
            for term in dict.fromkeys(self.terms(query))
            if term in self._postings
        }

    def factors(
        self, query: str, *, weights: Mapping[str, float] | None = None
    ) -> dict[int, float]:
        """Return the half of `scores` that is the question's: what each term counts, by number."""
        asked = self._asked(query, weights)
        return {self._postings.number(term): factor for term, factor in asked.items()}

    def shares(self) -> "csr_array":
        """Return the half of `scores` that is the rows': float32 (n, terms), by `factors`."""
        counted = self._postings.matrix()
        counts = counted.data.astype(np.float32)
        norms = np.repeat(self._norms, np.diff(counted.indptr))
        counted.data = counts / (counts + norms)
        return counted

    def idf(self, term: str) -> float:
        """Return the IDF of a term or word, above 0; 0.0 if no row has it."""
        holders = len(self.rows_with(term))
        return self._idf(holders) if holders else 0.0

    def rows_with(self, term: str) -> npt.NDArray[np.int32]:
        """Return the rows that hold a term or word, ascending: int32 (m,)."""
        return self._holders(term)

    def known(self, term: str) -> bool:
        """Return whether any row has this term, or this word in any of its English forms."""
        return self._term(term) is not None

    def spellings(self, term: str) -> tuple[str, ...]:
        """Return the words of the rows, letters only and folded, of which `term` is the stem."""
        return self._spellings.get(term, ())

    def nearest_term(self, word: str) -> str | None:
        """Return the word of the rows that was probably meant by a misspelt `word`, or None.

        None for a word that needs no repair (it occurs in the rows, or is a stop word), that is
        shorter than 5 letters, or that no word of the rows resembles. A word whose stem is known
        is only ever repaired to a word of that stem: `committing` does not become `committee`.
        """
        folded = analysis.fold(word)
        if folded in self._frequencies or folded in analysis.stop_words():
            return None
        candidates = self._speller.candidates(folded)
        stem = analysis.stem(folded)
        if stem in self._postings:
            candidates = [other for other in candidates if analysis.stem(other) == stem]
        return candidates[0] if candidates else None

    @functools.cached_property
    def _spellings(self) -> dict[str, tuple[str, ...]]:
        """The known words by their stems; made when first needed."""
        by_stem: dict[str, list[str]] = {}
        for word in sorted(self._frequencies):
            by_stem.setdefault(analysis.stem(word), []).append(word)
        return {stem: tuple(words) for stem, words in by_stem.items()}

    @functools.cached_property
    def _speller(self) -> Speller:
        """The known words, arranged for comparison; made when first needed."""
        return Speller(self._frequencies)

    def _idf(self, holders: int) -> float:
        return math.log(1 + (len(self) - holders + 0.5) / (holders + 0.5))


def _term(postings: InvertedIndex, word: str) -> str | None:
    """The term of the rows that `word` is or has as its stem."""
    if word in postings:
        return word
    stemmed = analysis.terms(word)
    return stemmed[0] if stemmed and stemmed[0] in postings else None


def _holders(postings: InvertedIndex, word: str) -> npt.NDArray[np.int32]:
    """The rows that hold `word` or its term."""
    known = _term(postings, word)
    return np.zeros(0, dtype=np.int32) if known is None else postings.rows(known)


def _spelt(words: list[str]) -> list[str]:
    """The words that a reader could misspell: letters only, no stop words."""
    stopped = analysis.stop_words()
    return [word for word in words if word.isalpha() and word not in stopped]
