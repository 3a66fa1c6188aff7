"""The names and files of generations: what they must be, and what is damaged."""

import hashlib
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from embeddings.durable_files import sync_file
from embeddings.index_errors import IndexDamagedError
from embeddings.model.model_id import sha256
from embeddings.store.manifest import MANIFEST_FILE, FileStamp, Manifest

CURRENT_FILE = "CURRENT"
GENERATIONS = "generations"
HASH_DIGITS = 12

_NAME = re.compile(rf"([0-9]{{6,12}})-([0-9a-f]{{{HASH_DIGITS}}})")


def damages_of(folder: Path, manifest: Manifest) -> Iterator[IndexDamagedError]:
    """Yield an error for each file of a generation that differs from its manifest."""

    def damage(item: tuple[str, FileStamp]) -> IndexDamagedError | None:
        return _damage(folder, *item)

    with ThreadPoolExecutor() as pool:  # hashing leaves the interpreter free
        for error in pool.map(damage, sorted(manifest.files.items())):
            if error is not None:
                yield error


def _damage(folder: Path, name: str, stamp: FileStamp) -> IndexDamagedError | None:
    """Return what is wrong with one file of a generation, if anything."""
    path = folder / name
    try:
        size = path.stat().st_size
        if size != stamp["bytes"]:
            return IndexDamagedError(name, f"has {size} bytes instead of {stamp['bytes']}")
        if sha256(path) != stamp["sha256"]:
            return IndexDamagedError(name, "was changed after it was written")
    except FileNotFoundError:
        return IndexDamagedError(name, "is missing")
    except OSError as error:
        return IndexDamagedError(name, f"cannot be read ({error.strerror})")
    return None


def stamps_of(folder: Path) -> dict[str, FileStamp]:
    """Return the size and hash of every file in `folder`, after writing it to the disk."""
    stamps = {}
    for path in files_in(folder):
        name = path.relative_to(folder).as_posix()
        if name == MANIFEST_FILE:
            raise ValueError(f"{MANIFEST_FILE} is written by the store alone")
        if path.is_symlink() or not path.is_file():
            raise ValueError(f"{name} is not a regular file")
        sync_file(path)
        stamps[name] = FileStamp(sha256=sha256(path), bytes=path.stat().st_size)
    return stamps


def files_in(folder: Path) -> list[Path]:
    """Return everything below `folder` except folders, in the order of the names."""
    return sorted(path for path in folder.rglob("*") if path.is_symlink() or not path.is_dir())


def is_generation_name(name: str) -> bool:
    """Return whether `name` is that of a generation; no path can hide in it."""
    return _NAME.fullmatch(name) is not None


def sequence_number(name: str) -> int:
    """Return the sequence number in the name of a generation."""
    return int(name.split("-", maxsplit=1)[0])


def digits_of(data: bytes) -> str:
    """Return the digits of its hash that the name of a generation carries."""
    return hashlib.sha256(data).hexdigest()[:HASH_DIGITS]
