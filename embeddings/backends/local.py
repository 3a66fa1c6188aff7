"""The files of a generation, searched themselves: FAISS over vectors, BM25 over words."""

from collections.abc import Callable, Mapping

from embeddings.backends.backend import NO_FILTER, Floats, RowFilter, SearchContents
from embeddings.row_numbers import Ids
from embeddings.search.bm25 import Bm25Index
from embeddings.store.encoded_texts import EncodedTexts


class LocalSearch:
    """A `PassageSearch` over the files of a generation."""

    def __init__(self, encoded: EncodedTexts, words: Bm25Index) -> None:
        self._encoded = encoded
        self._words = words

    def cosines(
        self,
        query: Floats,
        where: RowFilter = NO_FILTER,  # noqa: ARG002
        rows: Ids | None = None,
    ) -> Floats:
        """Return the cosines, all exact up to `binary_index.EXACT_UP_TO` distinct texts."""
        return self._encoded.similarities(query, rows)

    def matches(self, terms: Mapping[str, float], where: RowFilter = NO_FILTER) -> Floats:  # noqa: ARG002
        """Return the exact BM25; see `PassageSearch`."""
        return self._words.scores(" ".join(terms), weights=terms)

    def gather(self, rows: Ids) -> Floats:
        """Return the vectors; see `PassageSearch`."""
        return self._encoded.gather(rows)


class LocalBackend:
    """A `SearchBackend` that needs no filling: the files of the generation are searched."""

    def open(self, _generation: str, encoded: EncodedTexts, words: Bm25Index) -> LocalSearch:
        """Return the search over the files of a generation."""
        return LocalSearch(encoded, words)

    def is_filled(self, _generation: str, _rows: int) -> bool:
        """Return True: the files are there before anything else is."""
        return True

    def fill(self, _generation: str, _contents: Callable[[], SearchContents]) -> None:
        """Do nothing: the files are written already."""

    def verify(self, _generation: str, _contents: Callable[[], SearchContents]) -> bool:
        """Return True: the files are what is searched."""
        return True

    def drop(self, _generation: str) -> None:
        """Do nothing: the files are removed with their generation."""
