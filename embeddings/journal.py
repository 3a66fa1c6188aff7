"""What was encoded so far, kept on disk, so that a build that was stopped need not do it again."""

import zlib
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from embeddings.encoded import KEY_BYTES, key_of
from embeddings.encoder import Encoder

Floats = npt.NDArray[np.float32]

JOURNAL = "encoded-{}.part"
AT_ONCE = 512  # texts that are encoded between two writes
CHECK_BYTES = 4


class Journal:
    """Encodes texts with one model, and remembers each until it is told to forget.

    A record is the key of a text, its vector and a CRC-32 of both; one that was cut short or
    changed is passed over.
    """

    def __init__(self, folder: Path, encoder: Encoder) -> None:
        self._path = folder / JOURNAL.format(encoder.id.fingerprint[:KEY_BYTES])
        self._encoder = encoder

    def encode(
        self, texts: Sequence[str], *, progress: Callable[[int], None] | None = None
    ) -> Floats:
        """Return one vector a text, as the encoder would.

        Args:
            texts: any strings.
            progress: called with the number of texts newly done.

        Raises:
            OSError: the journal cannot be written.
        """
        found = self._read()
        keys = [key_of(text) for text in texts]
        left = {key: text for key, text in zip(keys, texts, strict=True) if key not in found}
        if progress is not None and len(left) < len(texts):
            progress(len(texts) - len(left))
        # The longest first, so that the time left is never underestimated.
        order = sorted(left, key=lambda key: len(left[key]), reverse=True)
        with self._path.open("ab") as file:
            for start in range(0, len(order), AT_ONCE):
                part = order[start : start + AT_ONCE]
                rows = self._encoder.encode([left[key] for key in part], progress=progress)
                for key, row in zip(part, rows, strict=True):
                    found[key] = row
                    record = key + row.tobytes()
                    file.write(record + zlib.crc32(record).to_bytes(CHECK_BYTES, "little"))
                file.flush()
        dimension = self._encoder.id.dimension
        return np.array([found[key] for key in keys], np.float32).reshape(len(keys), dimension)

    def forget(self) -> None:
        """Remove what is remembered: the index holds it."""
        self._path.unlink(missing_ok=True)

    def _read(self) -> dict[bytes, Floats]:
        """Return the vectors that earlier builds left, by the keys of their texts."""
        size = KEY_BYTES + 4 * self._encoder.id.dimension
        try:
            data = self._path.read_bytes()
        except OSError:
            return {}
        found: dict[bytes, Floats] = {}
        whole = len(data) - len(data) % (size + CHECK_BYTES)
        for start in range(0, whole, size + CHECK_BYTES):
            record = data[start : start + size]
            check = data[start + size : start + size + CHECK_BYTES]
            if zlib.crc32(record).to_bytes(CHECK_BYTES, "little") == check:
                found[record[:KEY_BYTES]] = np.frombuffer(record[KEY_BYTES:], np.float32)
        if whole < len(data):
            with self._path.open("r+b") as file:  # so that what follows stands in its place
                file.truncate(whole)
        return found
