"""The parsed texts of one generation and their index: opened, and looked up by symbol."""

from collections.abc import Iterable, Mapping
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from embeddings.blas_threads import use_one_blas_thread
from embeddings.index_errors import IndexDamagedError
from embeddings.mmap_arrays import load_array
from embeddings.model.model_id import DEFAULT_NAME, ModelId, model_id
from embeddings.store.generations import Generation, open_generation
from embeddings.store.manifest import LOCAL_FILES, StoreId
from qa.corpus.copies import CopyFinder
from qa.corpus.index_files import (
    CENTRES_FILE,
    COLUMNS_FOLDER,
    CONTEXT_WORDS_FOLDER,
    CONTEXTS_FOLDER,
    ENCODED_FOLDER,
    TEMPLATE,
    TERMS_FILE,
    TEXTS_FOLDER,
    WORDS_FOLDER,
)
from qa.corpus.own_texts import OwnTexts
from qa.corpus.passage_sequence import PassageSequence
from qa.corpus.passages import Passage
from qa.corpus.series import SeriesIndex
from qa.corpus.source_ledger import SourceLedger
from qa.corpus.source_proof import SourceProof
from qa.corpus.table_rows import TableIndex
from qa.corpus.validity_table import ValidityTable
from qa.errors import OperativeError
from qa.resolutions.cite.document_places import DocumentPlace, Labelled, places_of
from qa.resolutions.cite.symbols import without_part
from qa.resolutions.model import Kind, Masthead, Resolution

if TYPE_CHECKING:
    from embeddings.backends.backend import PassageSearch
    from embeddings.search.bm25 import Bm25Index
    from embeddings.search.flat_index import FlatIndex
    from embeddings.store.encoded_texts import EncodedTexts
    from qa.corpus.passage_table import PassageTable
    from qa.corpus.text_store import TextStore

_DOCUMENTS_KEPT = 64  # whose places are at hand
Ints = npt.NDArray[np.int32]


class IndexOutdatedError(OperativeError):
    """An index was made by another version of Operative, by other rules."""

    def __init__(self, index: Path) -> None:
        super().__init__(
            f"the index {index} was built by another version of Operative; "
            "build it again with `operative build PATH...`."
        )


class Corpus:
    """The texts of one generation and their index, as they were when it was opened.

    Large arrays are memory-mapped; a resolution is read on the first access to its passages.
    """

    def __init__(
        self,
        *,
        texts: "TextStore",
        columns: "PassageTable",
        encoded: "EncodedTexts",
        contexts: "EncodedTexts",
        centres: npt.NDArray[np.float32],
        words: "Bm25Index",
        context_words: "Bm25Index",
        model: ModelId,
        generation: str,
        store: StoreId = LOCAL_FILES,
        terms: Path = Path(TERMS_FILE),
        own_texts: OwnTexts | None = None,
    ) -> None:
        self.texts = texts
        self.columns = columns
        self.encoded = encoded
        self.encoded_contexts = contexts
        self.centres = centres
        self.words = words
        self.context_words = context_words
        self.model = model
        self.generation = generation
        self.store = store
        self.resolutions = texts.mastheads
        """What each says about itself as a whole; `resolution` gives one with its text."""
        self._places = {masthead.symbol: place for place, masthead in enumerate(self.resolutions)}
        self.passages = PassageSequence(texts, columns, generation)
        self.proof = SourceProof(texts, self._places)
        self._terms = terms
        self.copies = CopyFinder(columns, self.passages)
        self._document_places = lru_cache(maxsize=_DOCUMENTS_KEPT)(self._places_in)
        self.tables = TableIndex(self)
        self.own_texts = own_texts or OwnTexts()

    @classmethod
    def open(cls, index: Path, *, model: str | None = None) -> "Corpus":
        """Return the texts of the current generation of `index`, to answer questions from.

        Args:
            index: the folder that `build` wrote.
            model: the model that questions will be encoded with; None for the one it names.

        Raises:
            IndexNotFoundError, IndexDamagedError: the index is missing or damaged.
            IndexOutdatedError: it was built by another version of Operative.
            ModelMismatchError: it was built with another model.
        """
        generation = open_generation(index)
        if generation.manifest.template != TEMPLATE:
            raise IndexOutdatedError(index)
        generation.require_model(model_id(model or _model_name(generation)))
        corpus = cls.of(generation)
        use_one_blas_thread()
        return corpus

    @classmethod
    def of(cls, generation: Generation) -> "Corpus":
        """Return the texts of a generation of this version of Operative.

        Raises:
            IndexDamagedError: its files do not agree with each other.
        """
        from embeddings.search.bm25 import Bm25Index
        from qa.corpus.passage_table import PassageTable
        from qa.corpus.text_store import TextStore

        folder = generation.path
        encoded, contexts = stored_vectors(generation)
        corpus = cls(
            texts=TextStore.load(folder / TEXTS_FOLDER),
            columns=PassageTable.load(folder / COLUMNS_FOLDER),
            encoded=encoded,
            contexts=contexts,
            centres=_read_centres(generation),
            words=Bm25Index.load(folder / WORDS_FOLDER),
            context_words=Bm25Index.load(folder / CONTEXT_WORDS_FOLDER),
            model=generation.manifest.model,
            generation=generation.name,
            store=generation.manifest.store,
            terms=folder / TERMS_FILE,
            own_texts=OwnTexts.of(folder.parents[1]),
        )
        corpus.require_agreement()
        return corpus

    @cached_property
    def engine(self) -> "PassageSearch":
        """The search over the passages.

        Raises:
            StoreAbsentError, IndexDamagedError: the store does not answer, or lacks passages.
        """
        from embeddings.backends.choice import backend_of

        return backend_of(self.store).open(self.generation, self.encoded, self.words)

    @cached_property
    def ledger(self) -> SourceLedger:
        """The source files, where they came from, and when.

        Raises:
            IndexDamagedError: the ledger cannot be read.
        """
        return SourceLedger.load(self.folder)

    @property
    def folder(self) -> Path:
        """The folder of the generation."""
        return self._terms.parent

    @cached_property
    def validity(self) -> ValidityTable:
        """What the texts extend, end or limit, and until when."""
        return ValidityTable.open(self._terms, self.texts, self.columns.starts.tolist())

    @cached_property
    def series(self) -> SeriesIndex:
        """Which resolutions follow each other on one subject."""
        return SeriesIndex(self.resolutions, self.validity, self.columns)

    @property
    def vectors(self) -> "FlatIndex":
        """A row for each distinct text of a passage."""
        return self.encoded.vectors

    @property
    def places(self) -> Ints:
        """Which row of `vectors` is each passage's, int32 (n,)."""
        return self.encoded.places

    def require_agreement(self) -> None:
        """Return if texts, words and vectors are of the same passages.

        Raises:
            IndexDamagedError: they are not.
        """
        passages = {len(self.columns.rows), len(self.places), len(self.words)}
        resolutions = {
            len(self.texts),
            len(self.columns.starts) - 1,
            len(self.encoded_contexts.places),
            len(self.context_words),
            len(self.centres),
        }
        if len(passages) > 1 or len(resolutions) > 1:
            raise IndexDamagedError(self.generation, "has inconsistent files")

    def place(self, symbol: str) -> int | None:
        """Return the number of a loaded resolution; "S/RES/1325" may leave its year out."""
        place = self._places.get(symbol)
        if place is None and symbol.startswith("S/RES/") and "(" not in symbol:
            opening = f"{symbol}("
            return next(
                (number for key, number in self._places.items() if key.startswith(opening)), None
            )
        return place

    def masthead(self, symbol: str) -> Masthead | None:
        """Return what the loaded resolution with this symbol says about itself; see `place`."""
        place = self.place(symbol)
        return None if place is None else self.resolutions[place]

    def resolution(self, symbol: str) -> Resolution | None:
        """Return the loaded resolution with this symbol, whole; see `place`."""
        place = self.place(symbol)
        return None if place is None else self.texts.resolution(place)

    def passage(self, symbol: str, label: str) -> Passage | None:
        """Return one paragraph or note."""
        passages = self.passages_of(symbol)
        return next((passage for passage in passages if passage.label == label), None)

    def passages_of(self, symbol: str, kinds: Iterable[Kind] = ()) -> tuple[Passage, ...]:
        """Return the paragraphs and notes of one resolution, in the order of the document."""
        wanted = frozenset(kinds)
        place = self._places.get(symbol)
        passages = () if place is None else self.passages.of(place)
        return tuple(passage for passage in passages if not wanted or passage.kind in wanted)

    def printed_places(self, symbol: str) -> Mapping[str, DocumentPlace]:
        """Return the place of each passage of a loaded resolution by its label."""
        return self._document_places(symbol)

    def _places_in(self, symbol: str) -> dict[str, DocumentPlace]:
        parts = (
            Labelled(each.label, each.kind, each.is_numbered) for each in self.passages_of(symbol)
        )
        return {place.label: place for place in places_of(tuple(parts))}

    def citing(self, symbol: str) -> tuple[Passage, ...]:
        """Return the passages that cite a document, parts of it included."""
        return tuple(self.passages[row] for row in self.rows_citing(symbol))

    def rows_citing(self, symbol: str) -> list[int]:
        """Return the rows of the passages that cite a document, parts of it included."""
        rows: list[int] = self.columns.cited.rows(without_part(symbol)).tolist()
        return rows


def stored_vectors(generation: Generation) -> "tuple[EncodedTexts, EncodedTexts]":
    """Return the vectors of the passages of a generation, and of its resolutions.

    Raises:
        IndexDamagedError: their files are missing or damaged.
    """
    from embeddings.store.encoded_texts import EncodedTexts

    way = generation.manifest.store.vectors
    return (
        EncodedTexts.load(generation.path / ENCODED_FOLDER, way),
        EncodedTexts.load(generation.path / CONTEXTS_FOLDER),
    )


def _read_centres(generation: Generation) -> npt.NDArray[np.float32]:
    try:
        centres = load_array(generation.file(CENTRES_FILE), is_mapped=True)
        return np.asarray(centres, dtype=np.float32)
    except (OSError, ValueError, EOFError) as error:
        raise IndexDamagedError(CENTRES_FILE, f"cannot be read ({error})") from error


def _model_name(generation: Generation) -> str | None:
    """Return the name by which the model of a generation is found again; None for the packaged."""
    name = generation.manifest.model.name
    return None if name == DEFAULT_NAME else name
