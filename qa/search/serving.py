"""The generation of an index that answers: the one that was opened, until a newer one is ready."""

import logging
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from embeddings.index_errors import EmbeddingsError
from embeddings.store.generations import current_name
from qa.corpus.corpus import Corpus
from qa.errors import OperativeError
from qa.question.read import read_question
from qa.search.retriever import Retriever
from qa.time_budget import time_not_counted

if TYPE_CHECKING:
    from embeddings.model.encoder import Encoder, Encoding

_LOG = logging.getLogger(__name__)
WARMING = "technical asistance"  # misspelt: the speller gets ready, too


class LazyEncoder:
    """A model that is loaded when the first text is encoded; it may be shared between threads."""

    def __init__(self, load: "Callable[[], Encoder]") -> None:
        self._load = load
        self._encoder: Encoder | None = None
        self._loading = threading.Lock()

    def encode(self, texts: Sequence[str]) -> "Iterator[Encoding]":
        """Yield what the model makes of each text, when it is needed."""
        if self._encoder is None:
            with self._loading:
                if self._encoder is None:
                    with time_not_counted():
                        self._encoder = self._load()
        return self._encoder.encode_lazily(texts)


@dataclass(frozen=True, slots=True)
class ServedGeneration:
    """One generation and the search over it: a question is answered from one, whole."""

    corpus: Corpus
    retriever: Retriever


class ServingIndex:
    """An index of which one generation serves.

    Once a build has made a newer generation, that is opened while the old one serves, and serves
    the questions that come after.
    """

    def __init__(self, corpus: Corpus, encoder: LazyEncoder, *, index: str = "") -> None:
        self.index = index  # its folder; "" for texts that come from none
        self._encoder = encoder
        self._served = ServedGeneration(corpus, Retriever(corpus, encoder.encode))
        self._opening = threading.Lock()  # held by the thread that opens a newer generation
        self._seen = corpus.generation  # the newest that was looked at, sound or not

    @property
    def served(self) -> ServedGeneration:
        """The generation that serves now: read it once for each question."""
        return self._served

    def newest(self) -> ServedGeneration:
        """Return the generation that serves now, and start to open a newer one if there is one."""
        served = self._served
        if not self.index:
            return served
        try:
            name = current_name(Path(self.index))
        except EmbeddingsError:
            return served  # what was opened still answers
        if name != self._seen and self._opening.acquire(blocking=False):
            self._seen = name
            threading.Thread(target=self._switch, name="switch", daemon=True).start()
        return served

    def renew(self) -> None:
        """Serve the newest generation before anything else is answered.

        Raises:
            IndexDamagedError, ModelMismatchError: it cannot be opened; the old one still serves.
        """
        with self._opening:
            name = current_name(Path(self.index))
            corpus = self._served.corpus
            if name != corpus.generation:
                self._serve(Corpus.open(Path(self.index), model=corpus.model.name))
                self._seen = name

    def _switch(self) -> None:
        """Serve the newest generation, if it is sound and of the same model; else the old one."""
        try:
            corpus = Corpus.open(Path(self.index))
            if corpus.model.fingerprint == self._served.corpus.model.fingerprint:
                self._serve(corpus)
        except (EmbeddingsError, OperativeError) as error:
            _LOG.warning("the newer generation is not served: %s", error)
        finally:
            self._opening.release()

    def _serve(self, corpus: Corpus) -> None:
        """Answer from `corpus` once it is warm."""
        retriever = Retriever(corpus, self._encoder.encode)
        retriever.search(read_question(WARMING), k=1)
        retriever.documents.find(WARMING, lambda _masthead: True)
        self._served = ServedGeneration(corpus, retriever)
