"""Fills the store that searches a generation, and checks that it holds the same passages."""

from embeddings.backends.backend import SearchContents
from embeddings.backends.choice import backend_of
from embeddings.store.generations import Generation
from qa.corpus.corpus import Corpus
from qa.corpus.resolution_features import ResolutionFeatures


def fill_store(generation: Generation) -> None:
    """Put the passages of a generation, whole on the disk, where they are searched.

    Raises:
        StoreAbsentError: the store does not answer.
    """
    backend = backend_of(generation.manifest.store)
    backend.fill(generation.name, lambda: _contents(Corpus.of(generation)))


def refill_store(generation: Generation) -> None:
    """Fill the store of a generation again if it does not hold as many passages.

    Raises:
        StoreAbsentError: the store does not answer.
    """
    backend = backend_of(generation.manifest.store)
    if not backend.is_filled(generation.name, generation.manifest.rows):
        fill_store(generation)


def is_consistent(corpus: Corpus) -> bool:
    """Return whether the store that searches a corpus holds what its files hold.

    Raises:
        StoreAbsentError, IndexDamagedError: the store does not answer, or lacks passages.
    """
    return backend_of(corpus.store).verify(corpus.generation, lambda: _contents(corpus))


def _contents(corpus: Corpus) -> SearchContents:
    return SearchContents(corpus.encoded, corpus.words, ResolutionFeatures(corpus).facts())
