"""Which backend searches a generation: its own files, or Milvus."""

from embeddings.backends.backend import SearchBackend
from embeddings.backends.local import LocalBackend
from embeddings.store.manifest import LOCAL_FILES, OWN, StoreId


def backend_of(store: StoreId) -> SearchBackend:
    """Return the backend that a manifest names."""
    if store.is_local:
        return LocalBackend()
    from embeddings.backends.milvus import MilvusBackend

    return MilvusBackend(store)


def next_store(address: str | None, current: StoreId) -> StoreId:
    """Return the store of the next generation.

    Args:
        address: where it is to be; None for that of the current generation.
        current: the store of the current generation: at the same address the name is kept.

    Raises:
        StoreAddressError: `address` is neither `files` nor that of a Milvus.
    """
    if address is None:
        return current
    if address == OWN:
        return LOCAL_FILES
    from embeddings.backends.milvus import store_id

    wanted = store_id(address)
    return current if current.address == wanted.address else wanted


def drop_generation(store: StoreId, generation: str) -> None:
    """Remove a generation from the store that searches it.

    Raises:
        StoreAbsentError: the store does not answer.
    """
    backend_of(store).drop(generation)
