"""The passages of a generation in Milvus: their vectors, words and facts in one collection.

An address is `milvus://HOST:PORT`, or `milvus://FOLDER.db`, a folder that Milvus Lite keeps.
A collection is filled from the files of its generation, named after it, and dropped with it.
"""

import contextlib
import logging
import secrets
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from embeddings.backends.backend import NO_FILTER, Floats, RowFilter, SearchContents
from embeddings.index_errors import IndexDamagedError, StoreAbsentError, StoreAddressError
from embeddings.row_numbers import Ids
from embeddings.search.bm25 import Bm25Index
from embeddings.store.encoded_texts import EncodedTexts
from embeddings.store.manifest import StoreId

if TYPE_CHECKING:
    from pymilvus import MilvusClient

SCHEME, LITE = "milvus://", ".db"
ROW, VECTOR, WORDS = "row", "vector", "words"
# How many of the best rows are fetched, by vectors and by words: four times as many as the scorer
# looks at closely (docs/scale.md has the results with fewer and with more).
CANDIDATE_LIMIT = 2000
BATCH_ROWS = 2000  # sent or fetched at a time: some 4 MB
NO_TERM = 0  # the one term of a row that has none: Milvus takes no empty vector
TOLERANCE = 1e-6  # between numbers of 32 bits
TIMEOUT_S = 60.0
NEVER_MS = 2**31 - 1


def store_id(address: str) -> StoreId:
    """Return what a manifest says about a new store at `address`.

    Raises:
        StoreAddressError: it is not the address of a Milvus.
    """
    location = address.removeprefix(SCHEME)
    if location == address or not location or "@" in location:
        raise StoreAddressError(address)
    if location.endswith(LITE):
        address = f"{SCHEME}{Path(location).absolute()}"
    name = f"operative_{secrets.token_hex(4)}"
    return StoreId(address=address, name=name, vectors="exact, by the store")


class MilvusSearch:
    """A `PassageSearch` over one collection."""

    def __init__(
        self, client: "MilvusClient", collection: str, address: str, words: Bm25Index
    ) -> None:
        self._client = client
        self._collection = collection
        self._address = address
        self._words = words

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
        query = {number + 1: factor for number, factor in factors.items()}
        if not query:
            return np.zeros(len(self._words), dtype=np.float32)
        return self._scores(WORDS, query, where)

    def gather(self, rows: Ids) -> Floats:
        """Return the vectors of these rows, in their order."""
        wanted = rows.tolist()
        held: dict[int, dict[str, Any]] = {}
        for start in range(0, len(wanted), BATCH_ROWS):
            held |= self._fetch(wanted[start : start + BATCH_ROWS], [VECTOR])
        missing = set(wanted) - set(held)
        if missing:
            raise IndexDamagedError(self._collection, f"lacks row {min(missing)}")
        return np.array([held[row][VECTOR] for row in wanted], dtype=np.float32)

    def agrees(self, contents: SearchContents) -> bool:
        """Return whether the collection holds these contents, row by row."""
        for batch in _batches(contents):
            held = self._fetch([sent[ROW] for sent in batch], [VECTOR, WORDS, *contents.facts])
            if not all(_is_same(sent, held.get(sent[ROW])) for sent in batch):
                return False
        return True

    def _fetch(self, rows: list[int], fields: list[str]) -> dict[int, dict[str, Any]]:
        with _answering(self._address):
            records = self._client.query(
                self._collection, ids=rows, output_fields=[ROW, *fields], timeout=TIMEOUT_S
            )
        return {record[ROW]: record for record in records}

    def _scores(self, field: str, query: Floats | dict[int, float], where: RowFilter) -> Floats:
        with _answering(self._address):
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
        best = [hit["distance"] for hit in hits]
        rest = min(best) if len(best) == CANDIDATE_LIMIT else 0.0
        scores = np.full(len(self._words), rest, dtype=np.float32)
        scores[[hit[ROW] for hit in hits]] = best
        return scores


class MilvusBackend:
    """A `SearchBackend` with a collection for each generation of an index."""

    def __init__(self, store: StoreId) -> None:
        self._address = store.address
        self._prefix = store.name

    def open(self, generation: str, _encoded: EncodedTexts, words: Bm25Index) -> MilvusSearch:
        """Return the search over the collection of a generation; see `SearchBackend`."""
        if not self.is_filled(generation, len(words)):
            problem = f"is not whole in the store {self._address}"
            raise IndexDamagedError(generation, problem)
        collection = self.collection(generation)
        with _answering(self._address):
            client = _client(self._address)
            client.load_collection(collection, timeout=TIMEOUT_S)
        return MilvusSearch(client, collection, self._address, words)

    def is_filled(self, generation: str, rows: int) -> bool:
        """Return whether the collection of a generation exists and has so many rows."""
        collection = self.collection(generation)
        with _answering(self._address):
            client = _client(self._address)
            if not client.has_collection(collection, timeout=TIMEOUT_S):
                return False
            stats = client.get_collection_stats(collection, timeout=TIMEOUT_S)
            return int(stats["row_count"]) == rows

    def fill(self, generation: str, contents: Callable[[], SearchContents]) -> None:
        """Create the collection of a generation with its passages; see `SearchBackend`."""
        collection, given = self.collection(generation), contents()
        with _answering(self._address):
            client = _client(self._address)
            client.drop_collection(collection, timeout=TIMEOUT_S)
            _create(client, collection, given)
            for batch in _batches(given):
                client.insert(collection, batch, timeout=TIMEOUT_S)
            client.flush(collection, timeout=TIMEOUT_S)

    def verify(self, generation: str, contents: Callable[[], SearchContents]) -> bool:
        """Return whether the collection of a generation is as `fill` makes it."""
        given = contents()
        return self.open(generation, given.encoded, given.words).agrees(given)

    def drop(self, generation: str) -> None:
        """Drop the collection of a generation, if there is one."""
        with _answering(self._address):
            client = _client(self._address)
            client.drop_collection(self.collection(generation), timeout=TIMEOUT_S)

    def collection(self, generation: str) -> str:
        """Return the name of the collection of a generation."""
        return f"{self._prefix}_{generation.replace('-', '_')}"


def _create(client: "MilvusClient", collection: str, contents: SearchContents) -> None:
    """Create an empty collection with the fields and search indexes of the contents."""
    import pymilvus

    schema = client.create_schema(auto_id=False)
    schema.add_field(ROW, pymilvus.DataType.INT64, is_primary=True)
    schema.add_field(VECTOR, pymilvus.DataType.FLOAT_VECTOR, dim=contents.encoded.vectors.dim)
    schema.add_field(WORDS, pymilvus.DataType.SPARSE_FLOAT_VECTOR)
    for fact in contents.facts:
        schema.add_field(fact, pymilvus.DataType.INT64)
    indexes = client.prepare_index_params()
    indexes.add_index(VECTOR, index_type="FLAT", metric_type="IP")
    indexes.add_index(WORDS, index_type="SPARSE_INVERTED_INDEX", metric_type="IP")
    client.create_collection(collection, schema=schema, index_params=indexes, timeout=TIMEOUT_S)


def _batches(contents: SearchContents) -> Iterator[list[dict[str, Any]]]:
    """Yield the rows of a collection, `BATCH_ROWS` at a time."""
    words, shares = contents.words, contents.words.shares()
    ends, terms, weights = shares.indptr, shares.indices + 1, shares.data
    for start in range(0, len(words), BATCH_ROWS):
        rows = range(start, min(start + BATCH_ROWS, len(words)))
        vectors = contents.encoded.gather(np.arange(rows.start, rows.stop))
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
                or {NO_TERM: 1.0},
                **{name: int(values[row]) for name, values in contents.facts.items()},
            }
            for row, vector in zip(rows, vectors, strict=True)
        ]


def _is_same(sent: dict[str, Any], held: dict[str, Any] | None) -> bool:
    """Return whether a row is held as it was sent, up to the precision of 32 bits."""
    if held is None or sent[WORDS].keys() != held[WORDS].keys():
        return False
    weights = [held[WORDS][term] for term in sent[WORDS]]
    others = sent.keys() - {VECTOR, WORDS}
    return (
        np.allclose(held[VECTOR], sent[VECTOR], atol=TOLERANCE)
        and np.allclose(weights, list(sent[WORDS].values()), atol=TOLERANCE)
        and all(held[name] == sent[name] for name in others)
    )


def _expression(where: RowFilter) -> str:
    """Return the filter as an expression of Milvus."""
    return " and ".join(f"{name} in {sorted(values)}" for name, values in sorted(where.items()))


@lru_cache(maxsize=8)
def _client(address: str) -> "MilvusClient":
    """Return the connection that the whole process shares: Milvus Lite allows one a folder."""
    import pymilvus

    for package in ("pymilvus", "milvus_lite"):  # what they log is what they raise
        logging.getLogger(package).setLevel(logging.CRITICAL)
    location = address.removeprefix(SCHEME)
    if not location.endswith(LITE):
        return pymilvus.MilvusClient(f"http://{location}", timeout=TIMEOUT_S)
    Path(location).parent.mkdir(parents=True, exist_ok=True)
    # Milvus Lite closes connections that send keep-alive pings as often as a client does.
    options = {"grpc.keepalive_time_ms": NEVER_MS}
    return pymilvus.MilvusClient(location, timeout=TIMEOUT_S, grpc_options=options)


@contextlib.contextmanager
def _answering(address: str) -> Iterator[None]:
    """Turn every reason why a Milvus does not answer into one error that names the repair."""
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
