"""Which store a build puts its passages into, and how they come there."""

from embeddings.store.generations import Generation
from embeddings.store.manifest import LOCAL_FILES, OWN, StoreId
from qa.corpus.corpus import Corpus
from qa.corpus.resolution_features import ResolutionFeatures


def store_for(address: str | None, before: Generation | None) -> StoreId:
    """Return the store of the next generation.

    Args:
        address: where it is to be; None for that of the generation before.
        before: the generation that serves, if any: its collections and ours have one name.

    Raises:
        StoreAddressError: there is no such store.
    """
    kept = before.manifest.store if before else LOCAL_FILES
    if address is None:
        return kept
    if address == OWN:
        return LOCAL_FILES
    from embeddings.backends.milvus import store_id

    wanted = store_id(address)
    return kept if kept.address == wanted.address else wanted


def fill_store(generation: Generation, *, again: bool = True) -> None:
    """Put the passages of a generation where they are searched, if not in its own files.

    Args:
        generation: whole, on the disk.
        again: whether to do so even if the store holds as many passages as it has.

    Raises:
        StoreAbsentError: the store does not answer.
    """
    store = generation.manifest.store
    if store.is_local:
        return
    from embeddings.backends import milvus

    if again or not milvus.holds(store, generation.name, generation.manifest.rows):
        corpus = Corpus.of(generation)
        facts = ResolutionFeatures(corpus).facts()
        milvus.fill(store, generation.name, corpus.encoded, corpus.words, facts)


def is_consistent(corpus: Corpus) -> bool:
    """Tell whether the store in which a corpus is searched holds what its files hold.

    Raises:
        StoreAbsentError, IndexDamagedError: the store does not answer, or lacks the passages.
    """
    if corpus.store.is_local:
        return True
    from embeddings.backends import milvus

    engine = milvus.MilvusBackend.open(corpus.store, corpus.generation, corpus.words)
    return engine.agrees(corpus.encoded, corpus.words, ResolutionFeatures(corpus).facts())
