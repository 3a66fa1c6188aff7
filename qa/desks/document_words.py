"""The words of loaded documents, and where in the whole corpus a run of words occurs."""

from collections.abc import Sequence
from functools import cached_property, lru_cache
from itertools import chain

import numpy as np
import numpy.typing as npt

from embeddings.text_analysis import stop_words
from qa.corpus.corpus import Corpus
from qa.corpus.passages import Passage
from qa.desks.alignment import runs_inside
from qa.desks.desk_limits import load_desk_limits
from qa.desks.word_tokens import JoinedWords, WordTokens, key_text, tokenize_words
from qa.time_budget import in_time

_DOCUMENTS_KEPT = 2048
_ROWS_KEPT = 50_000
_FEW_ROWS = 4  # passages that are read rather than narrowed down
_LIKELY = 8  # words by which those that resemble it are found
_CANDIDATES = 12
_SIZE_SLACK = 4  # words by which two ways of counting them may differ
Rows = npt.NDArray[np.int32]


class DocumentWords:
    """The passages of one document with their words, in its order; each is read on access."""

    def __init__(self, corpus: Corpus, symbol: str, first: int, texts: Sequence[str]) -> None:
        self.symbol = symbol
        self._corpus = corpus
        self._first = first  # row of the first passage
        self._texts = texts
        self.tokens = lru_cache(maxsize=None)(self._tokens)
        self.key_set = lru_cache(maxsize=None)(self._key_set)
        self.window = lru_cache(maxsize=None)(self._window)

    def __len__(self) -> int:
        return len(self._texts)

    def passage(self, index: int) -> Passage:
        """Return a passage."""
        return self._corpus.passages[self._first + index]

    def text(self, index: int) -> str:
        """Return the text of a passage."""
        return self._texts[index]

    @cached_property
    def joined(self) -> JoinedWords:
        """The words of all passages."""
        return self.window(0, len(self))

    @cached_property
    def labels(self) -> tuple[str, ...]:
        """The labels of the passages."""
        rows = range(self._first, self._first + len(self))
        return tuple(map(self._corpus.columns.label, rows))

    def indices_of(self, passages: Sequence[Passage]) -> tuple[int, ...]:
        """Return the numbers of passages in this document."""
        return tuple(passage.row - self._first for passage in passages)

    def index_of_row(self, row: int) -> int:
        """Return the number of a passage in this document."""
        return row - self._first

    def labelled(self, label: str) -> tuple[int, ...]:
        """Return the passage with a label and its items; none where several may be meant."""
        if label not in self.labels or f"{label} [2]" in self.labels:
            return ()
        below = f"{label}("
        return tuple(
            index
            for index, other in enumerate(self.labels)
            if other == label or other.startswith(below)
        )

    def _window(self, first: int, last: int) -> JoinedWords:
        """Return the words of the passages `first` to `last`, exclusive."""
        return JoinedWords(self._texts[first:last], first)

    def _tokens(self, index: int) -> WordTokens:
        return tokenize_words(self._texts[index])

    def _key_set(self, index: int) -> frozenset[str]:
        return frozenset(self.joined.keys_of(index))


class CorpusWords:
    """Words of the corpus as the desks compare them; documents are read on access."""

    def __init__(self, corpus: Corpus) -> None:
        self.corpus = corpus
        self._documents = lru_cache(maxsize=_DOCUMENTS_KEPT)(self._read)
        self._texts = lru_cache(maxsize=None)(corpus.texts.passage_texts)
        self._words_of_row = lru_cache(maxsize=_ROWS_KEPT)(self._words_of)
        self._stem_weights = lru_cache(maxsize=None)(self._stem_weight_of)
        self._terms = lru_cache(maxsize=None)(corpus.words.terms)
        self._wordings = np.asarray(corpus.columns.rows["wording"])

    def document(self, symbol: str) -> DocumentWords | None:
        """Return a loaded document by its canonical symbol, or as it is cited; None if not."""
        masthead = self.corpus.masthead(symbol)
        return None if masthead is None else self._documents(masthead.symbol)

    def weight(self, key: str) -> float:
        """Return how rare a word is; a word that no text has weighs as much as the rarest."""
        if key in stop_words():
            return 0.5
        idf = self.corpus.words.idf(self._term(key))
        return idf or self._rarest

    def row_tokens(self, row: int) -> WordTokens:
        """Return the words of a passage."""
        place = self.corpus.passages.place(row)
        return tokenize_words(self._texts(place)[row - int(self.corpus.columns.starts[place])])

    def row_keys(self, row: int) -> tuple[str, ...]:
        """Return the words of a passage in the form in which they are compared."""
        return tuple(self._words_of_row(row).split())

    def stems(self, keys: Sequence[str]) -> frozenset[str]:
        """Return the terms of words as the index of words counts them."""
        return frozenset(chain.from_iterable(map(self._terms, frozenset(keys))))

    def rows_of_wording(self, keys: Sequence[str]) -> list[int]:
        """Return the passages that have these words and no others, in their order."""
        words = self._by_rarity(keys)
        if not words:
            return []
        rows = self._rows_with_each(words)
        sizes = self.corpus.columns.rows["words"][rows].astype(np.int64)
        rows = rows[np.abs(sizes - len(keys)) <= max(_SIZE_SLACK, len(keys) // 2)]
        return [row for row in rows.tolist() if self.row_keys(row) == tuple(keys)]

    def stem_weight(self, stem: str) -> float:
        """Return how rare a term of the index of words is."""
        return self._stem_weights(stem)

    def rows_with_run(self, pieces: Sequence[Sequence[str]]) -> list[int]:
        """Return the passages that have all pieces word for word, in their order."""
        keys = [key for piece in pieces for key in piece]
        rows = self._rows_with_all(keys)
        if rows is None:
            return []
        runs = [f" {' '.join(piece)} " for piece in pieces]
        wordings, first, groups = np.unique(
            self._wordings[rows], return_index=True, return_inverse=True
        )
        has_run = np.zeros(len(wordings), dtype=bool)
        for number, row in enumerate(rows[first].tolist()):  # copies have the same words
            has_run[number] = _has_in_order(self._words_of_row(row), runs)
        found: list[int] = rows[has_run[groups]].tolist()
        return found

    def nearest_rows(self, keys: Sequence[str]) -> list[int]:
        """Return the passages that have most of the rarest words, the best first."""
        words = self._by_rarity(keys)[:_LIKELY]
        if not words:
            return []
        sums = np.zeros(len(self.corpus.passages))
        for word in words:
            sums[self._rows_of(word)] += self.weight(word)
        count = min(_CANDIDATES, len(sums))
        least = np.partition(sums, -count)[-count]
        rows = np.flatnonzero(sums >= max(least, np.finfo(np.float64).tiny))
        best: list[int] = rows[np.lexsort((rows, -sums[rows]))][:_CANDIDATES].tolist()
        return best

    def row_like(self, keys: Sequence[str]) -> int | None:
        """Return the passage that has most of these words in order and close together, if any has.

        That is most of their weight, or all but few of many.
        """
        limits = load_desk_limits()
        weights = np.array([self.weight(key) for key in keys])
        total, fewest = float(weights.sum()), limits.min_corpus_words
        best: tuple[float, int] | None = None
        for row in in_time(self.nearest_rows(keys)):
            words = self._words_of_row(row)
            is_there = np.array([f" {key} " in words for key in keys])
            by_weight = float(weights[is_there].sum()) / total
            is_long = len(keys) >= fewest and is_there.mean() >= limits.min_corpus_words_share
            if by_weight < limits.min_corpus_share and not is_long:
                continue
            common = np.zeros(len(keys), dtype=bool)
            for run in runs_inside(keys, words.split()):
                common[run.given : run.given + run.size] = True
            share = float(weights[common].sum()) / total
            is_long = len(keys) >= fewest and common.mean() >= limits.min_corpus_words_share
            if (share >= limits.min_corpus_share or is_long) and (best is None or share > best[0]):
                best = (share, row)
        return best[1] if best else None

    @property
    def _rarest(self) -> float:
        return float(np.log(1 + (len(self.corpus.passages) + 0.5) / 0.5))

    def _by_rarity(self, keys: Sequence[str]) -> list[str]:
        """Return the words that some passage has, the rarest first."""
        known = [key for key in dict.fromkeys(keys) if key not in stop_words()]
        counts = {key: len(self._rows_of(key)) for key in known}
        return sorted((key for key in known if counts[key]), key=lambda key: (counts[key], key))

    def _rows_of(self, key: str) -> Rows:
        """Return the passages that have a word in any of its forms."""
        return self.corpus.words.rows_with(self._term(key))

    def _term(self, key: str) -> str:
        """Return the term of a word; the word itself may be that of another: "regional"."""
        terms = self._terms(key)
        return terms[0] if terms else key

    def _rows_with_all(self, keys: Sequence[str]) -> Rows | None:
        """Return the passages that have the rarest of these words; None where one is unknown."""
        telling = [key for key in dict.fromkeys(keys) if key not in stop_words()]
        words = self._by_rarity(keys)
        if not words or len(words) < len(telling):
            return None
        return self._rows_with_each(words)

    def _rows_with_each(self, words: Sequence[str]) -> Rows:
        """Return the passages that have these words, the rarest first, or few that may."""
        rows: Rows = self._rows_of(words[0])
        for word in words[1:]:
            if len(rows) <= _FEW_ROWS:
                break
            others = self._rows_of(word)
            places = np.minimum(np.searchsorted(others, rows), len(others) - 1)
            rows = rows[others[places] == rows]
        return rows

    def _words_of(self, row: int) -> str:
        place = self.corpus.passages.place(row)
        return f" {key_text(self._texts(place)[row - int(self.corpus.columns.starts[place])])} "

    def _stem_weight_of(self, stem: str) -> float:
        return self.corpus.words.idf(stem) or self._rarest

    def _read(self, symbol: str) -> DocumentWords:
        place = self.corpus.place(symbol) or 0
        first = int(self.corpus.columns.starts[place])
        return DocumentWords(self.corpus, symbol, first, self._texts(place))


def _has_in_order(words: str, runs: Sequence[str]) -> bool:
    """Return whether a text has runs of words one after the other, blanks around each."""
    position = 0
    for run in runs:
        position = words.find(run, position)
        if position < 0:
            return False
        position += len(run) - 1
    return True
