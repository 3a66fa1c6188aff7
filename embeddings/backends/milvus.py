"""The passages of a generation in Milvus: their vectors, words and facts in one collection.

An address is `milvus://HOST:PORT`, or `milvus://FOLDER.db`, a folder that Milvus Lite keeps.
A collection is filled from the files of its generation and named by it; it is taken away with it.
"""

import contextlib
import logging
import secrets
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

import numpy as np
import numpy.typing as npt

from embeddings.backends.backend import NO_FILTER, Floats, RowFilter
from embeddings.index_errors import IndexDamagedError, StoreAbsentError, StoreAddressError
from embeddings.row_numbers import Ids
from embeddings.search.bm25 import Bm25Index
from embeddings.store.encoded_texts import EncodedTexts
from embeddings.store.manifest import StoreId

if TYPE_CHECKING:
    from pymilvus import MilvusClient

Facts = Mapping[str, npt.NDArray[np.integer[Any]]]

SCHEME, LITE = "milvus://", ".db"
ROW, VECTOR, WORDS = "row", "vector", "words"
# Of the best rows by vectors, and by words, so many are fetched: as many as search looks at
# closely, four times over (docs/scale.md has what fewer and more gave).
CANDIDATE_LIMIT = 2000
BATCH = 2000  # rows that are sent or fetched at a time: some 4 MB
WORDLESS = 0  # the one term of a row that has none: Milvus takes no empty one
SLIGHT = 1e-6
TIMEOUT_S = 60.0
NEVER_MS = 2**31 - 1


def store_id(address: str) -> StoreId:
    """Return what a manifest says about a new store at `address`.

    Raises:
        StoreAddressError: it is no address of a Milvus.
    """
    place = address.removeprefix(SCHEME)
    if place == address or not place or "@" in place:
        raise StoreAddressError(address)
    if place.endswith(LITE):
        address = f"{SCHEME}{Path(place).absolute()}"
    name = f"operative_{secrets.token_hex(4)}"
    return StoreId(address=address, name=name, vectors="exact, by the store")


class MilvusBackend:
    """An `embeddings.backends.backend.SearchBackend` over one collection."""

    def __init__(
        self, client: "MilvusClient", collection: str, address: str, words: Bm25Index
    ) -> None:
        self._client = client
        self._collection = collection
        self._address = address
        self._words = words

    @classmethod
    def open(cls, store: StoreId, generation: str, words: Bm25Index) -> Self:
        """Return the collection of a generation.

        Raises:
            StoreAbsentError: no Milvus answers.
            IndexDamagedError: it does not hold the generation, or not all of it.
        """
        if not holds(store, generation, len(words)):
            problem = f"is not whole in the store {store.address}"
            raise IndexDamagedError(generation, problem)
        with _asking(store.address):
            client = _client(store.address)
            client.load_collection(_collection(store, generation), timeout=TIMEOUT_S)
        return cls(client, _collection(store, generation), store.address, words)

    def cosines(
        self,
        query: Floats,
        where: RowFilter = NO_FILTER,
        rows: Ids | None = None,  # noqa: ARG002
    ) -> Floats:
        """Return the cosines of the nearest rows, the least of them for all others."""
        return self._scores(VECTOR, query, where)

    def matches(self, terms: Mapping[str, float], where: RowFilter = NO_FILTER) -> Floats:
        """Return the BM25 of the best rows; for all others the least, or 0 if there are none."""
        factors = self._words.factors(" ".join(terms), weights=terms)
        asked = {number + 1: factor for number, factor in factors.items()}
        if not asked:
            return np.zeros(len(self._words), dtype=np.float32)
        return self._scores(WORDS, asked, where)

    def gather(self, rows: Ids) -> Floats:
        """Return the vectors of these rows, in their order."""
        wanted = rows.tolist()
        found: dict[int, dict[str, Any]] = {}
        for start in range(0, len(wanted), BATCH):
            found |= self._held(wanted[start : start + BATCH], [VECTOR])
        missing = set(wanted) - set(found)
        if missing:
            raise IndexDamagedError(self._collection, f"lacks row {min(missing)}")
        return np.array([found[row][VECTOR] for row in wanted], dtype=np.float32)

    def agrees(self, encoded: EncodedTexts, words: Bm25Index, facts: Facts) -> bool:
        """Tell whether the collection holds what `fill` would put there, row by row."""
        for batch in _batches(encoded, words, facts):
            found = self._held([one[ROW] for one in batch], [VECTOR, WORDS, *facts])
            if not all(_is_same(one, found.get(one[ROW])) for one in batch):
                return False
        return True

    def _held(self, rows: list[int], fields: list[str]) -> dict[int, dict[str, Any]]:
        with _asking(self._address):
            found = self._client.query(
                self._collection, ids=rows, output_fields=[ROW, *fields], timeout=TIMEOUT_S
            )
        return {one[ROW]: one for one in found}

    def _scores(self, field: str, query: Floats | dict[int, float], where: RowFilter) -> Floats:
        with _asking(self._address):
            hits = self._client.search(
                self._collection,
                data=[query],
                anns_field=field,
                limit=min(CANDIDATE_LIMIT, len(self._words)),
                filter=_expression(where),
                output_fields=[ROW],
                search_params={"metric_type": "IP"},
                timeout=TIMEOUT_S,
            )[0]
        scores = [hit["distance"] for hit in hits]
        rest = min(scores) if len(scores) == CANDIDATE_LIMIT else 0.0
        found = np.full(len(self._words), rest, dtype=np.float32)
        found[[hit[ROW] for hit in hits]] = scores
        return found


def fill(
    store: StoreId, generation: str, encoded: EncodedTexts, words: Bm25Index, facts: Facts
) -> None:
    """Put the passages of a generation into its collection, which is made anew.

    Args:
        store: where to.
        generation: its name.
        encoded: a vector for each passage.
        words: of each passage.
        facts: a number for each passage, by the name by which `Where` asks for it.

    Raises:
        StoreAbsentError: no Milvus answers, or it stopped to.
    """
    name = _collection(store, generation)
    with _asking(store.address):
        import pymilvus

        client = _client(store.address)
        client.drop_collection(name, timeout=TIMEOUT_S)
        schema = client.create_schema(auto_id=False)
        schema.add_field(ROW, pymilvus.DataType.INT64, is_primary=True)
        schema.add_field(VECTOR, pymilvus.DataType.FLOAT_VECTOR, dim=encoded.vectors.dim)
        schema.add_field(WORDS, pymilvus.DataType.SPARSE_FLOAT_VECTOR)
        for fact in facts:
            schema.add_field(fact, pymilvus.DataType.INT64)
        indexes = client.prepare_index_params()
        indexes.add_index(VECTOR, index_type="FLAT", metric_type="IP")
        indexes.add_index(WORDS, index_type="SPARSE_INVERTED_INDEX", metric_type="IP")
        client.create_collection(name, schema=schema, index_params=indexes, timeout=TIMEOUT_S)
        for batch in _batches(encoded, words, facts):
            client.insert(name, batch, timeout=TIMEOUT_S)
        client.flush(name, timeout=TIMEOUT_S)


def holds(store: StoreId, generation: str, rows: int) -> bool:
    """Tell whether the collection of a generation is there, with so many rows.

    Raises:
        StoreAbsentError: no Milvus answers.
    """
    name = _collection(store, generation)
    with _asking(store.address):
        client = _client(store.address)
        if not client.has_collection(name, timeout=TIMEOUT_S):
            return False
        return int(client.get_collection_stats(name, timeout=TIMEOUT_S)["row_count"]) == rows


def drop(store: StoreId, generation: str) -> None:
    """Take the collection of a generation away, if there is one.

    Raises:
        StoreAbsentError: no Milvus answers.
    """
    with _asking(store.address):
        _client(store.address).drop_collection(_collection(store, generation), timeout=TIMEOUT_S)


def _batches(
    encoded: EncodedTexts, words: Bm25Index, facts: Facts
) -> Iterator[list[dict[str, Any]]]:
    counted = words.shares()
    ends, terms, weights = counted.indptr, counted.indices + 1, counted.data
    for start in range(0, len(words), BATCH):
        rows = range(start, min(start + BATCH, len(words)))
        vectors = encoded.gather(np.arange(rows.start, rows.stop))
        yield [
            {
                ROW: row,
                VECTOR: vector,
                WORDS: dict(
                    zip(
                        terms[ends[row] : ends[row + 1]].tolist(),
                        weights[ends[row] : ends[row + 1]].tolist(),
                        strict=True,
                    )
                )
                or {WORDLESS: 1.0},
                **{name: int(values[row]) for name, values in facts.items()},
            }
            for row, vector in zip(rows, vectors, strict=True)
        ]


def _is_same(sent: dict[str, Any], held: dict[str, Any] | None) -> bool:
    """Whether a row is held as it was sent, but for the digits that 32 bits do not carry."""
    if held is None or sent[WORDS].keys() != held[WORDS].keys():
        return False
    weights = [held[WORDS][term] for term in sent[WORDS]]
    others = sent.keys() - {VECTOR, WORDS}
    return (
        np.allclose(held[VECTOR], sent[VECTOR], atol=SLIGHT)
        and np.allclose(weights, list(sent[WORDS].values()), atol=SLIGHT)
        and all(held[name] == sent[name] for name in others)
    )


def _expression(where: RowFilter) -> str:
    """The filter in Milvus's own words."""
    return " and ".join(f"{name} in {sorted(values)}" for name, values in sorted(where.items()))


def _collection(store: StoreId, generation: str) -> str:
    return f"{store.name}_{generation.replace('-', '_')}"


@lru_cache(maxsize=8)
def _client(address: str) -> "MilvusClient":
    """A connection, shared by all of the process: a folder of Milvus Lite has one owner."""
    import pymilvus

    for chatter in ("pymilvus", "milvus_lite"):  # what they log is what they raise
        logging.getLogger(chatter).setLevel(logging.CRITICAL)
    place = address.removeprefix(SCHEME)
    if not place.endswith(LITE):
        return pymilvus.MilvusClient(f"http://{place}", timeout=TIMEOUT_S)
    Path(place).parent.mkdir(parents=True, exist_ok=True)
    # It takes the signs of life that a client sends to a server far away for an attack.
    calm = {"grpc.keepalive_time_ms": NEVER_MS}
    return pymilvus.MilvusClient(place, timeout=TIMEOUT_S, grpc_options=calm)


@contextlib.contextmanager
def _asking(address: str) -> Iterator[None]:
    """Whatever keeps a Milvus from answering, as one error with its repair."""
    try:
        import grpc
        from pymilvus import MilvusException
    except ImportError as error:
        raise StoreAbsentError(address, "`pip install 'operative-un[milvus]'` first") from error
    try:
        yield
    except (MilvusException, grpc.RpcError, OSError) as error:
        reason = str(getattr(error, "message", None) or error) or type(error).__name__
        if address.endswith(LITE) and "Open local milvus failed" in reason:
            reason = "another program has this folder open, or it cannot be written"
        raise StoreAbsentError(address, reason.splitlines()[0]) from error
