"""What was encoded so far, kept on disk, so that a build that was stopped need not do it again."""

import struct
import zlib
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from embeddings.model.encoder import Encoder, Encoding
from embeddings.store.encoded_texts import KEY_BYTES, key_of

JOURNAL = "encoded-{}.part"
AT_ONCE = 512  # texts that are encoded between two writes
CHECK_BYTES = 4
COUNT = struct.Struct("<I")  # of the tokens of a text


class EncodingJournal:
    """Encodes texts with one model, and remembers each until it is told to forget.

    A record is the key of a text, its vector, how many tokens it has, their small vectors, and a
    CRC-32 of all; what follows one that was cut short or changed is forgotten.
    """

    def __init__(self, folder: Path, encoder: Encoder) -> None:
        self._path = folder / JOURNAL.format(encoder.id.fingerprint[:KEY_BYTES])
        self._encoder = encoder

    def encode(
        self, texts: Sequence[str], *, progress: Callable[[int], None] | None = None
    ) -> list[Encoding]:
        """Return what the encoder makes of each text.

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
                made = self._encoder.encodings([left[key] for key in part], progress=progress)
                for key, one in zip(part, made, strict=True):
                    found[key] = one
                    file.write(_record(key, one))
                file.flush()
        return [found[key] for key in keys]

    def forget(self) -> None:
        """Remove what is remembered: the index holds it."""
        self._path.unlink(missing_ok=True)

    def _read(self) -> dict[bytes, Encoding]:
        """Return what earlier builds left, by the keys of the texts."""
        try:
            data = self._path.read_bytes()
        except OSError:
            return {}
        size, width = 4 * self._encoder.id.dimension, self._encoder.width
        found: dict[bytes, Encoding] = {}
        at = 0
        while (head := at + KEY_BYTES + size + COUNT.size) <= len(data):
            (count,) = COUNT.unpack_from(data, head - COUNT.size)
            end = head + count * width
            check = data[end : end + CHECK_BYTES]
            if zlib.crc32(data[at:end]).to_bytes(CHECK_BYTES, "little") != check:
                break
            found[data[at : at + KEY_BYTES]] = Encoding(
                np.frombuffer(data, np.float32, self._encoder.id.dimension, at + KEY_BYTES),
                np.frombuffer(data, np.int8, count * width, head).reshape(count, width),
            )
            at = end + CHECK_BYTES
        if at < len(data):
            with self._path.open("r+b") as file:  # so that what follows stands in its place
                file.truncate(at)
        return found


def _record(key: bytes, one: Encoding) -> bytes:
    record = key + one.vector.tobytes() + COUNT.pack(len(one.tokens)) + one.tokens.tobytes()
    return record + zlib.crc32(record).to_bytes(CHECK_BYTES, "little")
