"""The words of loaded documents, and where in the whole corpus a run of words occurs."""

import re
import unicodedata
from collections.abc import Sequence
from functools import cached_property, lru_cache
from itertools import chain

import numpy as np
import numpy.typing as npt

from embeddings.text_analysis import stop_words
from qa.corpus.corpus import Corpus
from qa.corpus.passages import Passage
from qa.desks.word_tokens import JoinedWords, WordTokens, key_text, tokenize_words

_DOCUMENTS_KEPT = 256
_FOLDED_KEPT = 50_000
_FEW_ROWS = 4  # passages that are read rather than narrowed down
_LIKELY = 8  # words by which those that resemble it are found
_CANDIDATES = 12
_SIZE_SLACK = 4  # words by which two ways of counting them may differ
_ACCENTS = re.compile("[\u0300-\u036f\u00ad]")
Rows = npt.NDArray[np.int32]


class DocumentWords:
    """The passages of one document with their words, in its order; each is read on access."""

    def __init__(self, corpus: Corpus, symbol: str, first: int, texts: Sequence[str]) -> None:
        self.symbol = symbol
        self.joined = JoinedWords(texts)
        self._corpus = corpus
        self._first = first  # row of the first passage
        self._texts = texts
        self.tokens = lru_cache(maxsize=None)(self._tokens)
        self.key_set = lru_cache(maxsize=None)(self._key_set)

    def __len__(self) -> int:
        return len(self._texts)

    def passage(self, index: int) -> Passage:
        """Return a passage."""
        return self._corpus.passages[self._first + index]

    def text(self, index: int) -> str:
        """Return the text of a passage."""
        return self._texts[index]

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
        self._folded = lru_cache(maxsize=_FOLDED_KEPT)(self._folded_text)
        self._row_keys = lru_cache(maxsize=_FOLDED_KEPT)(self._keys_of)
        self._stem_weights = lru_cache(maxsize=None)(self._stem_weight_of)
        self._terms = lru_cache(maxsize=None)(corpus.words.terms)

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
        place = self.corpus.passages.place(row)
        return self._row_keys(place, row - int(self.corpus.columns.starts[place]))

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
        pattern = re.compile(".*?".join(map(_run_pattern, pieces)), re.S)
        places = np.searchsorted(self.corpus.columns.starts, rows, side="right") - 1
        starts = self.corpus.columns.starts[places].tolist()
        return [
            row
            for row, place, start in zip(rows.tolist(), places.tolist(), starts, strict=True)
            if pattern.search(self._folded(place, row - int(start)))
        ]

    def nearest_rows(self, keys: Sequence[str]) -> list[int]:
        """Return the passages that have most of the rarest words, the best first."""
        words = self._by_rarity(keys)[:_LIKELY]
        if not words:
            return []
        scores: dict[int, float] = {}
        rows = [self._rows_of(word) for word in words]
        weights = [
            np.full(len(each), self.weight(word)) for each, word in zip(rows, words, strict=True)
        ]
        all_rows, inverse = np.unique(np.concatenate(rows), return_inverse=True)
        sums = np.bincount(inverse, np.concatenate(weights))
        order = np.lexsort((all_rows, -sums))[:_CANDIDATES]
        scores = {int(all_rows[index]): float(sums[index]) for index in order}
        return list(scores)

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

    def _keys_of(self, place: int, number: int) -> tuple[str, ...]:
        return tuple(key_text(self._texts(place)[number]).split())

    def _stem_weight_of(self, stem: str) -> float:
        return self.corpus.words.idf(stem) or self._rarest

    def _folded_text(self, place: int, number: int) -> str:
        return _folded(self._texts(place)[number])

    def _read(self, symbol: str) -> DocumentWords:
        place = self.corpus.place(symbol) or 0
        first = int(self.corpus.columns.starts[place])
        return DocumentWords(self.corpus, symbol, first, self._texts(place))


def _run_pattern(keys: Sequence[str]) -> str:
    """Return the pattern of a run of words; it begins with a literal, by which it is found fast."""
    first, *others = (re.escape(key).replace("'", "['\u2019\u02bc]") for key in keys)
    before = rf"(?<!\w{'.' * len(keys[0])})"
    return r"[^\w]+".join((first + before, *others)) + r"(?!\w)"


def _folded(text: str) -> str:
    """Return a text in lower case without accents."""
    if text.isascii():
        return text.lower()
    return _ACCENTS.sub("", unicodedata.normalize("NFKD", text)).casefold()
