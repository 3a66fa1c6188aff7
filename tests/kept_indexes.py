"""Indexes that several tests share: built once, and kept in the user's cache between runs.

An index is used again only while its files, its model and all code that it depends on are the
same. After a change of that code it is built again; vectors are read from a journal as long as the
encoder gives sample texts the same vectors. With an empty cache (XDG_CACHE_HOME), nothing is.
"""

import hashlib
import os
import shutil
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from filelock import FileLock

from embeddings.model.encoder import Encoder
from embeddings.model.model_cache import cache_folder
from embeddings.store.encoded_texts import KEY_BYTES
from embeddings.store.encoding_journal import JOURNAL
from embeddings.store.generations import verify
from qa.indexing.build import build

ROOT = Path(__file__).resolve().parent.parent
# What decides the bytes of an index: code, tables and versions of libraries.
INDEX_CODE = ("embeddings", "qa/resolutions", "qa/corpus", "qa/indexing", "constraints.txt")
SAMPLE = ROOT / "data" / "A_RES_61_181.txt"
SAMPLE_STEP = 6  # lines: about 20 texts are encoded
KEPT = 8  # indexes of one name: as many as there are versions of the code in use


def kept_index(name: str, texts: Path, encoder: Encoder) -> Path:
    """Return an index of `texts` that tests only read, from the cache if it is sound there."""
    folder = cache_folder() / "tests"
    folder.mkdir(parents=True, exist_ok=True)
    code = _digest(_files(ROOT / part for part in INDEX_CODE), encoder.id.fingerprint)
    index = folder / f"{name}-{_digest(_files([texts]), code, sys.version)}"
    with FileLock(folder / f"{name}.lock"):  # other processes wait until it is built
        if verify(index):
            _build(texts, index, encoder, folder / f"{name}-{_encoder_key(encoder)}.vectors")
        os.utime(index)
        for old in sorted(folder.glob(f"{name}-*/"), key=_last_used, reverse=True)[KEPT:]:
            shutil.rmtree(old)
    return index


def _build(texts: Path, index: Path, encoder: Encoder, vectors: Path) -> None:
    """Build an index; what is encoded is kept in the file `vectors`, and read from it."""
    shutil.rmtree(index, ignore_errors=True)
    index.mkdir()
    vectors.touch()
    # A second name for the file: a build deletes its journal when it is done.
    (index / JOURNAL.format(encoder.id.fingerprint[:KEY_BYTES])).hardlink_to(vectors)
    build([texts], index, load_encoder=lambda: encoder)


def _encoder_key(encoder: Encoder) -> str:
    """Return what identifies an encoder by its vectors, so that its code may be edited."""
    digest = hashlib.sha256(encoder.id.fingerprint.encode())
    texts = SAMPLE.read_text(encoding="utf-8").splitlines()[::SAMPLE_STEP]
    for encoding in encoder.encodings(texts):
        digest.update(encoding.vector.tobytes() + encoding.tokens.tobytes())
    return digest.hexdigest()[:16]


def _files(paths: Iterable[Path]) -> Iterator[Path]:
    """Yield files, and those inside folders, in a fixed order; compiled code is left out."""
    for path in paths:
        inside = sorted(path.rglob("*")) if path.is_dir() else [path]
        yield from (file for file in inside if file.is_file() and file.suffix != ".pyc")


def _digest(files: Iterable[Path], *more: str) -> str:
    digest = hashlib.sha256()
    for file in files:
        digest.update(f"{file.name}\0{file.stat().st_size}\0".encode() + file.read_bytes())
    digest.update("\0".join(more).encode())
    return digest.hexdigest()[:16]


def _last_used(index: Path) -> float:
    return index.stat().st_mtime
