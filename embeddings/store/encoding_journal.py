"""Encoded texts on disk, so that a build that was stopped does not encode them again."""

import sqlite3
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from pathlib import Path

import numpy as np

from embeddings.model.encoder import Encoder, Encoding
from embeddings.store.encoded_texts import KEY_BYTES, key_of

JOURNAL = "encoded-{}.part"
BATCH_TEXTS = 512  # encoded between two commits
CHECK_BYTES = 4


class EncodingJournal:
    """Encodes texts with one model, and keeps the results in an SQLite file until `forget`.

    A commit is whole or absent, whenever the process or the machine stops. SQLite does not notice
    changed content, so each record has a CRC-32 and is ignored if that does not match.
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
        wanted = {key_of(text): text for text in texts}
        try:
            with closing(self._open()) as database:
                encodings = dict(self._stored(database))
                left = {key: text for key, text in wanted.items() if key not in encodings}
                if progress is not None and len(left) < len(texts):
                    progress(len(texts) - len(left))
                # The longest first, so that the time left is never underestimated.
                order = sorted(left, key=lambda key: len(left[key]), reverse=True)
                for start in range(0, len(order), BATCH_TEXTS):
                    batch = order[start : start + BATCH_TEXTS]
                    made = self._encoder.encodings([left[key] for key in batch], progress=progress)
                    new = dict(zip(batch, made, strict=True))
                    records = [(_record(key, encoding),) for key, encoding in new.items()]
                    with database:
                        database.executemany("INSERT INTO encodings VALUES (?)", records)
                    encodings |= new
        except sqlite3.Error as error:
            raise OSError(f"{self._path.name}: {error}") from error
        return [encodings[key_of(text)] for text in texts]

    def forget(self) -> None:
        """Remove the file: the index holds the encodings."""
        self._path.unlink(missing_ok=True)
        # Left by a killed build; SQLite would apply it to a new file of the same name.
        self._path.with_name(f"{self._path.name}-journal").unlink(missing_ok=True)

    def _open(self) -> sqlite3.Connection:
        """Return the database, a new one if the file is none or is damaged."""
        database = sqlite3.connect(self._path)
        try:
            is_sound = database.execute("PRAGMA quick_check").fetchone() == ("ok",)
        except sqlite3.DatabaseError:
            is_sound = False
        if not is_sound:
            database.close()
            self.forget()
            database = sqlite3.connect(self._path)
        database.execute("CREATE TABLE IF NOT EXISTS encodings (record BLOB)")
        return database

    def _stored(self, database: sqlite3.Connection) -> Iterator[tuple[bytes, Encoding]]:
        """Yield the key and the encoding of each record that is as it was written."""
        vector_end = KEY_BYTES + self._encoder.id.dimension * np.float32().itemsize
        width = self._encoder.width
        rows = database.execute("SELECT record FROM encodings WHERE typeof(record) = 'blob'")
        for (record,) in rows:
            data = record[:-CHECK_BYTES]
            if record == data + _check(data):
                tokens = np.frombuffer(data[vector_end:], np.int8)
                vector = np.frombuffer(data[KEY_BYTES:vector_end], np.float32)
                yield (
                    data[:KEY_BYTES],
                    Encoding(vector, tokens.reshape(len(tokens) // max(width, 1), width)),
                )


def _record(key: bytes, encoding: Encoding) -> bytes:
    data = key + encoding.vector.tobytes() + encoding.tokens.tobytes()
    return data + _check(data)


def _check(data: bytes) -> bytes:
    return zlib.crc32(data).to_bytes(CHECK_BYTES, "little")
