"""Encoded texts: each distinct text is encoded once, and known texts are not encoded again."""

import hashlib
from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any, Self

import numpy as np
import numpy.typing as npt

from embeddings.index_errors import IndexDamagedError
from embeddings.mmap_arrays import load_array, mapped
from embeddings.model.encoder import Encoding
from embeddings.model.token_vectors import TokenVectors
from embeddings.row_numbers import Ids
from embeddings.search import binary_index as signs
from embeddings.search.binary_index import BinaryIndex
from embeddings.search.flat_index import FlatIndex
from embeddings.search.inverted_index import NEW

Floats = npt.NDArray[np.float32]
Places = npt.NDArray[np.int32]
Keys = npt.NDArray[np.uint8]

VECTORS_FILE, PLACES_FILE, KEYS_FILE = "vectors.npy", "places.npy", "keys.npy"
SIGNS_FILE = "signs.npy"  # of the vectors, where they are many
EXACT, SIGNS = "exact", "signs, then exact"  # the ways to search, as a manifest names them
KEY_BYTES = 16


def key_of(text: str) -> bytes:
    """Return the key of a text: 16 bytes of its BLAKE2b hash."""
    return hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=KEY_BYTES).digest()


class EncodedTexts:
    """A vector and token vectors for each text, numbered from 0.

    Both are stored once for each distinct text, in the order of their first occurrence.
    """

    def __init__(
        self,
        vectors: FlatIndex | Floats,
        places: Places,
        keys: Keys,
        tokens: TokenVectors,
        signs: BinaryIndex | None = None,
    ) -> None:
        self._given = vectors  # an array is memory-mapped, and copied when necessary
        self.places = places
        """Which row of `vectors` and of `tokens` is each text's: int32 (n,)."""
        self.tokens = tokens
        self._keys = keys  # of each distinct text: uint8 (m, 16)
        self._signs = signs

    @cached_property
    def vectors(self) -> FlatIndex:
        """A row for each distinct text."""
        given = self._given
        return given if isinstance(given, FlatIndex) else FlatIndex.build(given)

    def similarities(self, query: Floats, texts: Ids | None = None) -> Floats:
        """Return the cosine of `query`, a unit vector, with the row of each text: float32 (n,).

        With more than `binary_index.EXACT_UP_TO` rows only the nearest have exact cosines, and all
        of `texts`, the numbers of the texts that may match, if they are few.
        """
        near = self._signs or self.vectors
        scores: Floats = near.similarities(query)[self.places]
        if self._signs and texts is not None and len(texts) <= signs.REACH:
            scores[texts] = self.gather(texts) @ query
        return scores

    def gather(self, texts: npt.ArrayLike) -> Floats:
        """Return the vectors of the texts with these numbers, in their order: float32 (m, dim)."""
        return self._rows(self.places[np.asarray(texts)])

    def _rows(self, numbers: npt.ArrayLike) -> Floats:
        given = self._given
        return given.gather(numbers) if isinstance(given, FlatIndex) else given[np.asarray(numbers)]

    @classmethod
    def empty(cls, dimension: int) -> Self:
        """Return no texts."""
        vectors = FlatIndex.build(np.zeros((0, dimension), dtype=np.float32))
        keys = np.zeros((0, KEY_BYTES), np.uint8)
        return cls(vectors, np.zeros(0, np.int32), keys, TokenVectors.joined((), 0))

    def without_vector(self, texts: Sequence[str]) -> list[str]:
        """Return the texts that have no vector here, each once, in order."""
        known = set(self._key_bytes())
        return [text for text in dict.fromkeys(texts) if key_of(text) not in known]

    def updated(
        self, kept: npt.ArrayLike, texts: Sequence[str], encoded: Mapping[str, Encoding]
    ) -> Self:
        """Return texts of which some are taken from these and some are new.

        Args:
            kept: for each text the number that it has among these, or NEW.
            texts: the new ones, in order.
            encoded: each text that has no vector here; see `without_vector`.
        """
        known = self._key_bytes()
        fresh = iter(texts)
        new_texts: dict[bytes, str] = {}
        keys = []
        for row in np.asarray(kept).tolist():
            if row != NEW:
                keys.append(known[self.places[row]])
                continue
            text = next(fresh)
            keys.append(key_of(text))
            new_texts.setdefault(keys[-1], text)
        places = {key: place for place, key in enumerate(dict.fromkeys(keys))}
        new = {key: encoded[text] for key, text in new_texts.items() if text in encoded}
        rows, tokens = self._encodings(list(places), new)
        return type(self)(
            FlatIndex.build(rows),
            np.array([places[key] for key in keys], dtype=np.int32),
            np.frombuffer(b"".join(places), dtype=np.uint8).reshape(-1, KEY_BYTES),
            tokens,
        )

    def _encodings(
        self, keys: Sequence[bytes], new: Mapping[bytes, Encoding]
    ) -> tuple[Floats, TokenVectors]:
        """Return the vectors of the texts with these keys: those held here, or else the new."""
        held = {key: place for place, key in enumerate(self._key_bytes())}
        given = self._given
        dimension = given.dim if isinstance(given, FlatIndex) else given.shape[1]
        rows = np.zeros((len(keys), dimension), dtype=np.float32)
        reused = [held[key] for key in keys if key in held]
        rows[[place for place, key in enumerate(keys) if key in held]] = self._rows(reused)
        reused_tokens = map(self.tokens.picked(reused).of, range(len(reused)))
        tokens = []
        for place, key in enumerate(keys):
            if key in held:
                tokens.append(next(reused_tokens))
            else:
                rows[place] = new[key].vector
                tokens.append(new[key].tokens)
        width = max((codes.shape[1] for codes in tokens), default=0)
        return rows, TokenVectors.joined(tokens, width)

    def are_of(self, texts: Sequence[str]) -> bool:
        """Return whether these are the vectors of `texts`, by the hashes of the texts."""
        known = self._key_bytes()
        return len(texts) == len(self.places) and all(
            known[place] == key_of(text)
            for place, text in zip(self.places.tolist(), texts, strict=True)
        )

    @classmethod
    def load(cls, folder: Path, way: str = EXACT) -> Self:
        """Return the texts saved in `folder`.

        Args:
            folder: where `save` wrote them.
            way: how they are searched: EXACT, SIGNS, or any other value if by another store. Only
                EXACT copies the vectors into memory at once.

        Raises:
            IndexDamagedError: a file is missing, cut short, or the files do not agree.
        """
        vectors: FlatIndex | Floats
        signs = None
        if way == EXACT:
            vectors = FlatIndex.load(folder / VECTORS_FILE)
        else:
            vectors = _matrix(folder / VECTORS_FILE, "float32")
        if way == SIGNS:
            signs = _signs(folder / SIGNS_FILE, vectors)
        try:
            places = load_array(folder / PLACES_FILE)
            keys = load_array(folder / KEYS_FILE, is_mapped=True).view(np.ndarray)
        except (OSError, ValueError, EOFError) as error:
            raise IndexDamagedError(folder.name, f"cannot be read ({error})") from error
        tokens = TokenVectors.load(folder)
        sound = (
            (places.dtype, places.ndim, keys.dtype) == (np.int32, 1, np.uint8)
            and keys.shape == (len(vectors), KEY_BYTES)
            and len(tokens) == len(vectors)
            and (not len(places) or 0 <= int(places.min()) <= int(places.max()) < len(vectors))
        )
        if not sound:
            raise IndexDamagedError(folder.name, "is inconsistent")
        return cls(vectors, places, keys, tokens, signs)

    @property
    def way(self) -> str:
        """How so many rows are to be searched."""
        return EXACT if len(self._keys) <= signs.EXACT_UP_TO else SIGNS

    def save(self, folder: Path) -> None:
        """Write all of it into `folder`, which is made if needed."""
        folder.mkdir(parents=True, exist_ok=True)
        if self.way == SIGNS:
            every = signs.signs_of(self.vectors.gather(np.arange(len(self.vectors))))
            np.save(folder / SIGNS_FILE, every, allow_pickle=False)
        self.vectors.save(folder / VECTORS_FILE)
        self.tokens.save(folder)
        np.save(folder / PLACES_FILE, self.places, allow_pickle=False)
        np.save(folder / KEYS_FILE, self._keys, allow_pickle=False)

    def _key_bytes(self) -> list[bytes]:
        data = self._keys.tobytes()
        return [data[start : start + KEY_BYTES] for start in range(0, len(data), KEY_BYTES)]


def _matrix(path: Path, kind: str) -> npt.NDArray[Any]:
    """The matrix saved at `path`, mapped."""
    matrix = mapped(path)
    if (matrix.dtype.name, matrix.ndim) != (kind, 2):
        raise IndexDamagedError(path.name, "is not a matrix of the expected type")
    return matrix


def _signs(path: Path, rows: FlatIndex | Floats) -> BinaryIndex:
    """The index of the signs saved at `path`."""
    matrix = _matrix(path, "uint8")
    if isinstance(rows, FlatIndex) or matrix.shape != (len(rows), (rows.shape[1] + 7) // 8):
        raise IndexDamagedError(path.name, "is inconsistent with the vectors")
    return BinaryIndex(rows, matrix)
