"""The parsed texts and their index together: open, look up, prove."""

from collections.abc import Iterable, Sequence
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, overload

import numpy as np
import numpy.typing as npt

from embeddings.index_errors import IndexDamagedError
from embeddings.model.model_id import DEFAULT_NAME, ModelId, model_id
from embeddings.store.generations import Generation, open_generation
from embeddings.store.manifest import LOCAL_FILES, StoreId
from qa.corpus.passages import Parts, Passage, PassageRef
from qa.corpus.text_store import CACHED
from qa.errors import OperativeError
from qa.resolutions.cite.symbols import without_part
from qa.resolutions.model import Kind, Masthead, Resolution, Span
from qa.resolutions.text import is_verbatim

if TYPE_CHECKING:
    from embeddings.backends.backend import SearchBackend
    from embeddings.search.bm25 import Bm25Index
    from embeddings.search.flat_index import FlatIndex
    from embeddings.store.encoded_texts import EncodedTexts
    from qa.corpus.passage_table import PassageTable
    from qa.corpus.text_store import TextStore

Ints = npt.NDArray[np.int32]

TEXTS_FOLDER = "texts"
COLUMNS_FOLDER = "columns"
ENCODED_FOLDER = "encoded"  # a vector for each passage
CONTEXTS_FOLDER = "contexts"  # a vector for each resolution: what it is about
CENTRES_FILE = "centres.npy"  # the mean direction of each resolution's operative paragraphs
WORDS_FOLDER = "words"  # of passages
CONTEXT_WORDS_FOLDER = "context_words"  # of what resolutions are about
# How texts are read, stored and embedded: the number goes up with any of them.
TEMPLATE = "chapeau, text; title, subjects; 6"


class QuotationError(OperativeError):
    """A stored paragraph is not what its source says: it is not quoted."""

    def __init__(self, citation: str) -> None:
        super().__init__(
            f"{citation} does not agree with its source and is not quoted; "
            "build the index again with `operative build PATH...`."
        )


class IndexOutdatedError(OperativeError):
    """An index was made by another version of Operative, by other rules."""

    def __init__(self, index: Path) -> None:
        super().__init__(
            f"the index {index} was built by another version of Operative; "
            "build it again with `operative build PATH...`."
        )


class Corpus:
    """The texts of one generation and their index, as they were when it was opened.

    What is large lies in mapped files; a resolution is read when one of its passages is asked for.
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
        self.passages = Passages(self)
        self._places = {one.symbol: place for place, one in enumerate(self.resolutions)}

    @classmethod
    def open(cls, index: Path, *, model: str | None = None) -> "Corpus":
        """Return the texts of the current generation of `index`.

        Args:
            index: the folder that `build` wrote.
            model: the model that questions will be encoded with; None for the one it names.

        Raises:
            IndexNotFoundError, IndexDamagedError: there is no index, or it is not as written.
            IndexOutdatedError: it was built by another version of Operative.
            ModelMismatchError: it was built with another model.
        """
        generation = open_generation(index)
        if generation.manifest.template != TEMPLATE:
            raise IndexOutdatedError(index)
        generation.require_model(model_id(model or _model_name(generation)))
        return cls.of(generation)

    @classmethod
    def of(cls, generation: Generation) -> "Corpus":
        """Return the texts of a generation of this version of Operative.

        Raises:
            IndexDamagedError: its files do not agree with each other.
        """
        from embeddings.search.bm25 import Bm25Index
        from embeddings.store.encoded_texts import EncodedTexts
        from qa.corpus.passage_table import PassageTable
        from qa.corpus.text_store import TextStore

        folder = generation.path
        corpus = cls(
            texts=TextStore.load(folder / TEXTS_FOLDER),
            columns=PassageTable.load(folder / COLUMNS_FOLDER),
            encoded=EncodedTexts.load(folder / ENCODED_FOLDER, generation.manifest.store.vectors),
            contexts=EncodedTexts.load(folder / CONTEXTS_FOLDER),
            centres=_read_centres(generation),
            words=Bm25Index.load(folder / WORDS_FOLDER),
            context_words=Bm25Index.load(folder / CONTEXT_WORDS_FOLDER),
            model=generation.manifest.model,
            generation=generation.name,
            store=generation.manifest.store,
        )
        corpus.require_agreement()
        return corpus

    @cached_property
    def engine(self) -> "SearchBackend":
        """Where its passages are searched.

        Raises:
            StoreAbsentError, IndexDamagedError: the store does not answer, or lacks them.
        """
        if self.store.is_local:
            from embeddings.backends.backend import LocalBackend

            return LocalBackend(self.encoded, self.words)
        from embeddings.backends.milvus import MilvusBackend

        return MilvusBackend.open(self.store, self.generation, self.words)

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
            raise IndexDamagedError(self.generation, "has files that do not agree with each other")

    def place(self, symbol: str) -> int | None:
        """Return the number of a loaded resolution; "S/RES/1325" may leave its year out."""
        place = self._places.get(symbol)
        if place is None and symbol.startswith("S/RES/") and "(" not in symbol:
            opening = f"{symbol}("
            return next((at for key, at in self._places.items() if key.startswith(opening)), None)
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
        return next((one for one in self.passages_of(symbol) if one.label == label), None)

    def passages_of(self, symbol: str, kinds: Iterable[Kind] = ()) -> tuple[Passage, ...]:
        """Return the paragraphs and notes of one resolution, in the order of the document."""
        wanted = frozenset(kinds)
        place = self._places.get(symbol)
        found = () if place is None else self.passages.of(place)
        return tuple(one for one in found if not wanted or one.kind in wanted)

    def citing(self, symbol: str) -> tuple[Passage, ...]:
        """Return the passages that cite a document, parts of it included."""
        rows = self.columns.cited.rows(without_part(symbol))
        return tuple(self.passages[row] for row in rows.tolist())

    def located(self, row: int) -> PassageRef:
        """Return where a passage stands; its text is not read."""
        masthead = self.resolutions[self.passages.place(row)]
        return PassageRef(row, masthead.symbol, self.columns.label(row), masthead.adopted)

    def copies(self, row: int) -> tuple[PassageRef, ...]:
        """Return where the wording of a passage stands in other resolutions, newest first."""
        number = self.columns.rows["wording"][row]
        first, last = (
            int(np.searchsorted(self._wordings, number, side=side)) for side in ("left", "right")
        )
        same = [self.located(other) for other in self._by_wording[first:last].tolist()]
        mine = self.resolutions[self.passages.place(row)].symbol
        return tuple(sorted((one for one in same if one.symbol != mine), key=newest_first))

    def prove(self, passage: Passage) -> None:
        """Check that a passage is word for word what its source says.

        Raises:
            QuotationError: it is not.
        """
        raw = self.texts.raw(self._places[passage.symbol])
        span = Span(start=passage.start, end=passage.end)
        if not is_verbatim(passage.text, passage.marks, raw, span, passage.gaps):
            raise QuotationError(f"{passage.symbol} {passage.label}")

    def printed(self, resolution: Masthead, field: str) -> str | None:
        """Return the words of the source that state a field of a resolution."""
        span = resolution.evidence.get(field)
        if span is None:
            return None
        raw = self.texts.raw(self._places[resolution.symbol])
        return " ".join(raw[span.start : span.end].split())

    @cached_property
    def _by_wording(self) -> npt.NDArray[np.int64]:
        """The rows, those of one wording together."""
        return np.argsort(self.columns.rows["wording"], kind="stable")

    @cached_property
    def _wordings(self) -> npt.NDArray[np.uint64]:
        wordings: npt.NDArray[np.uint64] = self.columns.rows["wording"][self._by_wording]
        return wordings


class Passages(Sequence[Passage]):
    """The passages of a corpus by their rows, each made when it is asked for."""

    def __init__(self, corpus: Corpus) -> None:
        self._corpus = corpus
        self._starts = corpus.columns.starts
        self._parts = lru_cache(maxsize=CACHED)(self._parts_of)
        self._made = lru_cache(maxsize=CACHED * 8)(self._make)

    def __len__(self) -> int:
        return int(self._starts[-1])

    @overload
    def __getitem__(self, row: int) -> Passage: ...
    @overload
    def __getitem__(self, row: slice) -> Sequence[Passage]: ...
    def __getitem__(self, row: int | slice) -> Passage | Sequence[Passage]:
        if isinstance(row, slice):
            return [self[at] for at in range(*row.indices(len(self)))]
        if not -len(self) <= row < len(self):
            raise IndexError(f"row {row}: there are {len(self)} passages")
        return self._made(row % len(self))

    def place(self, row: int) -> int:
        """Return the number of the resolution in which a passage stands."""
        return int(np.searchsorted(self._starts, row, side="right")) - 1

    def of(self, place: int) -> tuple[Passage, ...]:
        """Return the passages of the resolution with this number."""
        first, last = (int(one) for one in self._starts[place : place + 2])
        return tuple(map(self._made, range(first, last)))

    def _make(self, row: int) -> Passage:
        place = self.place(row)
        return self._parts(place).passage(row - int(self._starts[place]))

    def _parts_of(self, place: int) -> Parts:
        first, last = (int(one) for one in self._starts[place : place + 2])
        corpus = self._corpus
        parts = Parts(corpus.texts.resolution(place), corpus.resolutions[place], first)
        if len(parts) != last - first:
            problem = f"has {len(parts)} passages of resolution {place} instead of {last - first}"
            raise IndexDamagedError(corpus.generation, problem)
        return parts


def newest_first(one: PassageRef) -> tuple[int, int]:
    """Return by what places are sorted: the day of adoption, the newest first, then the row."""
    return (-(one.adopted.toordinal() if one.adopted else 0), one.row)


def _read_centres(generation: Generation) -> npt.NDArray[np.float32]:
    try:
        found = np.load(generation.file(CENTRES_FILE), mmap_mode="r", allow_pickle=False)
        return np.asarray(found, dtype=np.float32)
    except (OSError, ValueError, EOFError) as error:
        raise IndexDamagedError(CENTRES_FILE, f"cannot be read ({error})") from error


def _model_name(generation: Generation) -> str | None:
    """Return the name by which the model of a generation is found again; None for the packaged."""
    name = generation.manifest.model.name
    return None if name == DEFAULT_NAME else name
