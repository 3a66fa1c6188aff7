"""Texts and their vectors: equal texts have one, and those that are known are not encoded again."""

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Self

import numpy as np
import numpy.typing as npt

from embeddings.errors import IndexDamagedError
from embeddings.postings import NEW
from embeddings.vectors import VectorIndex

Floats = npt.NDArray[np.float32]
Places = npt.NDArray[np.int32]
Keys = npt.NDArray[np.uint8]

VECTORS_FILE, PLACES_FILE, KEYS_FILE = "vectors.npy", "places.npy", "keys.npy"
KEY_BYTES = 16


def key_of(text: str) -> bytes:
    """Return what tells one text from another: 16 bytes of its BLAKE2b hash."""
    return hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=KEY_BYTES).digest()


class EncodedTexts:
    """A vector for each text, numbered from 0; texts in the order in which they first stand."""

    def __init__(self, vectors: VectorIndex, places: Places, keys: Keys) -> None:
        self.vectors = vectors
        """A row for each distinct text."""
        self.places = places
        """Which of these rows is each text's: int32 (n,)."""
        self._keys = keys  # of each distinct text: uint8 (m, 16)

    @classmethod
    def none(cls, dimension: int) -> Self:
        """Return no texts."""
        vectors = VectorIndex.build(np.zeros((0, dimension), dtype=np.float32))
        return cls(vectors, np.zeros(0, np.int32), np.zeros((0, KEY_BYTES), np.uint8))

    def without_vector(self, texts: Sequence[str]) -> list[str]:
        """Return the texts that have no vector here, each once, in order."""
        known = set(self._key_bytes())
        return [text for text in dict.fromkeys(texts) if key_of(text) not in known]

    def grown(
        self, kept: npt.ArrayLike, texts: Sequence[str], vectors: Mapping[str, Floats]
    ) -> Self:
        """Return texts some of which are these and some are new.

        Args:
            kept: for each text the number that it has among these, or NEW.
            texts: the new ones, in order.
            vectors: a unit row for each text that has none here; see `without_vector`.
        """
        known = self._key_bytes()
        fresh = iter(texts)
        wording: dict[bytes, str] = {}
        keys = []
        for row in np.asarray(kept).tolist():
            if row != NEW:
                keys.append(known[self.places[row]])
                continue
            text = next(fresh)
            keys.append(key_of(text))
            wording.setdefault(keys[-1], text)
        at = {key: place for place, key in enumerate(dict.fromkeys(keys))}
        old = {key: place for place, key in enumerate(known)}
        rows = np.zeros((len(at), self.vectors.dim), dtype=np.float32)
        taken = [key for key in at if key in old]
        rows[[at[key] for key in taken]] = self.vectors.take([old[key] for key in taken])
        for key, place in at.items():
            if key not in old:
                rows[place] = vectors[wording[key]]
        return type(self)(
            VectorIndex.build(rows),
            np.array([at[key] for key in keys], dtype=np.int32),
            np.frombuffer(b"".join(at), dtype=np.uint8).reshape(-1, KEY_BYTES),
        )

    def are_of(self, texts: Sequence[str]) -> bool:
        """Tell whether these are the vectors of `texts`, by the hashes of the texts."""
        known = self._key_bytes()
        return len(texts) == len(self.places) and all(
            known[place] == key_of(text)
            for place, text in zip(self.places.tolist(), texts, strict=True)
        )

    @classmethod
    def load(cls, folder: Path) -> Self:
        """Return the texts saved in `folder`.

        Raises:
            IndexDamagedError: a file is missing, cut short, or the files do not agree.
        """
        vectors = VectorIndex.load(folder / VECTORS_FILE)
        try:
            places = np.load(folder / PLACES_FILE, allow_pickle=False)
            keys = np.load(folder / KEYS_FILE, mmap_mode="r", allow_pickle=False).view(np.ndarray)
        except (OSError, ValueError, EOFError) as error:
            raise IndexDamagedError(folder.name, f"cannot be read ({error})") from error
        sound = (
            (places.dtype, places.ndim, keys.dtype) == (np.int32, 1, np.uint8)
            and keys.shape == (len(vectors), KEY_BYTES)
            and (not len(places) or 0 <= int(places.min()) <= int(places.max()) < len(vectors))
        )
        if not sound:
            raise IndexDamagedError(folder.name, "does not agree with itself")
        return cls(vectors, places, keys)

    def save(self, folder: Path) -> None:
        """Write the texts' vectors into `folder`, which is made if needed."""
        folder.mkdir(parents=True, exist_ok=True)
        self.vectors.save(folder / VECTORS_FILE)
        np.save(folder / PLACES_FILE, self.places, allow_pickle=False)
        np.save(folder / KEYS_FILE, self._keys, allow_pickle=False)

    def _key_bytes(self) -> list[bytes]:
        data = self._keys.tobytes()
        return [data[at : at + KEY_BYTES] for at in range(0, len(data), KEY_BYTES)]
