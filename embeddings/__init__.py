"""Strings in, vectors and row numbers out.

Light on import: the parts that load a model or search are `embeddings.model.encoder`,
`embeddings.search.flat_index` and `embeddings.search.bm25`.
"""

from embeddings.index_errors import (
    EmbeddingsError,
    IndexDamagedError,
    IndexNotFoundError,
    ModelMismatchError,
    ModelNotFoundError,
    StoreAbsentError,
    StoreAddressError,
    StoreBusyError,
    StoreWriteError,
)
from embeddings.model.model_id import ModelId, model_id
from embeddings.store.generation_writer import write_generation
from embeddings.store.generations import Generation, open_generation, verify
from embeddings.store.manifest import Manifest

__all__ = [
    "EmbeddingsError",
    "Generation",
    "IndexDamagedError",
    "IndexNotFoundError",
    "Manifest",
    "ModelId",
    "ModelMismatchError",
    "ModelNotFoundError",
    "StoreAbsentError",
    "StoreAddressError",
    "StoreBusyError",
    "StoreWriteError",
    "model_id",
    "open_generation",
    "verify",
    "write_generation",
]
