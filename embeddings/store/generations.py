"""An index on disk: whole generations, one of them current, switched by one atomic rename.

    INDEX/CURRENT                      one line, the name of the generation that serves
    INDEX/generations/NAME/            manifest.json and the files that it lists
    INDEX/lock                         held by a build while it writes

NAME is a sequence number and the first digits of the manifest's SHA-256. The manifest in turn
holds the SHA-256 of every file, so no byte of a generation can change unnoticed.
"""

import contextlib
import hashlib
import os
import re
import shutil
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, fields
from datetime import datetime
from pathlib import Path
from typing import Any

from embeddings.durable_files import sync_file, sync_folder, write
from embeddings.index_errors import (
    EmbeddingsError,
    IndexDamagedError,
    IndexNotFoundError,
    ModelMismatchError,
    NoEarlierGenerationError,
    StoreAbsentError,
    StoreWriteError,
)
from embeddings.model.model_id import ModelId, sha256
from embeddings.store.manifest import FORMAT, MANIFEST_FILE, Contents, FileStamp, Manifest
from embeddings.store.writer_lock import writer_lock

__all__ = [
    "FORMAT",
    "Contents",
    "FileStamp",
    "Generation",
    "Manifest",
    "ModelId",
    "current_name",
    "open_generation",
    "roll_back",
    "verify",
    "write_generation",
]

CURRENT_FILE = "CURRENT"
GENERATIONS = "generations"
BUILDING = ".building-"
HASH_DIGITS = 12

_NAME = re.compile(rf"([0-9]{{6,12}})-([0-9a-f]{{{HASH_DIGITS}}})")
# A reader may meet a generation just as the second build after it takes it away.
_OPEN_ATTEMPTS = 5


@dataclass(frozen=True, slots=True)
class Generation:
    """One whole index that was found sound when it was opened."""

    name: str
    path: Path
    manifest: Manifest

    def file(self, name: str) -> Path:
        """Return where the file `name` of this generation lies.

        Raises:
            IndexDamagedError: this generation has no such file.
        """
        if name not in self.manifest.files:
            raise IndexDamagedError(name, "is missing")
        return self.path / name

    def require_model(self, model: ModelId) -> None:
        """Return if this index was built with `model`.

        Raises:
            ModelMismatchError: it was built with another.
        """
        built = self.manifest.model
        if built.fingerprint != model.fingerprint:
            raise ModelMismatchError(
                built=built.name,
                built_fingerprint=built.fingerprint,
                given=model.name,
                given_fingerprint=model.fingerprint,
            )


Fill = Callable[[Path, Generation | None], Contents | None]
Ready = Callable[[Generation], None]


def open_generation(index: Path) -> Generation:
    """Return the current generation of `index`, every byte of it checked.

    Two later builds take its files away: read what is needed at once and keep it in memory.

    Raises:
        IndexNotFoundError: there is no index.
        IndexDamagedError: a file is missing, was changed, or is of a newer Operative.
    """
    for _ in range(_OPEN_ATTEMPTS):
        name = _current_name(index)
        try:
            return _open(index, name)
        except IndexDamagedError:
            if _current_name(index) == name:
                raise
    return _open(index, _current_name(index))


def verify(index: Path) -> list[str]:
    """Return every problem of `index` as a sentence, or nothing if it is sound."""
    try:
        name = _current_name(index)
        folder = _folder(index, name)
        manifest = _manifest(folder, name)
    except EmbeddingsError as error:
        return [str(error)]
    damaged = [str(error) for error in _damages(folder, manifest)]
    present = {path.relative_to(folder).as_posix() for path in _files(folder)}
    strangers = sorted(present - set(manifest.files) - {MANIFEST_FILE})
    return damaged + [f"{name} is no part of the index; delete it" for name in strangers]


def write_generation(index: Path, fill: Fill, ready: Ready | None = None) -> Generation:
    """Write a new generation of `index`, make it the current one and return it.

    If the current generation has the same contents, it is kept and returned instead. Whatever
    fails and whenever, the generation that was current before still serves.

    Args:
        index: a folder, made if needed.
        fill: is handed an empty folder, and the generation that serves if there is a sound one;
            no other build writes meanwhile. It writes the new generation's files into the folder,
            in folders of its own if it likes, and says what they are; `manifest.json` is not for
            it to write. None keeps the generation that serves.
        ready: is handed each new generation, whole on the disk, before it serves.

    Raises:
        StoreBusyError: another build is writing to this index.
        StoreWriteError: the disk is full, the folder is read-only, and so on.
        ValueError: `fill` left something behind that is no plain file, or a manifest, or it keeps
            a generation that is not there.
    """
    try:
        (index / GENERATIONS).mkdir(parents=True, exist_ok=True)
        with writer_lock(index):
            _sweep_building(index)
            before = _serving(index)
            building = index / GENERATIONS / f"{BUILDING}{os.getpid()}"
            try:
                building.mkdir()
                said = fill(building, before)
                if said is None:
                    return _kept(before)
                manifest = Manifest(**_fields(said), files=_stamps(building))
                if before is not None and before.manifest.to_json() == manifest.to_json():
                    return before
                generation = _publish(index, building, manifest, ready)
            finally:
                shutil.rmtree(building, ignore_errors=True)
            _sweep_old(index, keep={generation.name, before.name if before else ""})
            return generation
    except OSError as error:
        raise StoreWriteError(index, error.strerror or str(error)) from error


def roll_back(index: Path) -> Generation:
    """Make the generation before the current one current again, and return it.

    Raises:
        IndexNotFoundError, IndexDamagedError: there is no index, or no earlier one that is sound.
        NoEarlierGenerationError: the current generation is the only one.
        StoreBusyError, StoreWriteError: as of `write_generation`.
    """
    current = _current_name(index)
    try:
        with writer_lock(index):
            names = sorted(
                path.name for path in (index / GENERATIONS).iterdir() if _match(path.name)
            )
            earlier = [name for name in names if _number(name) < _number(current)]
            if not earlier:
                raise NoEarlierGenerationError(index)
            generation = _open(index, max(earlier, key=_number))
            _point(index, generation.name)
            return generation
    except OSError as error:
        raise StoreWriteError(index, error.strerror or str(error)) from error


def current_name(index: Path) -> str:
    """Return the name of the generation that serves, none of its files looked at.

    Raises:
        IndexNotFoundError, IndexDamagedError: there is no index, or it names none.
    """
    return _current_name(index)


def written_at(index: Path, name: str) -> datetime | None:
    """Return when a generation was written, in local time; None if it is no longer there."""
    try:
        moment = (_folder(index, name) / MANIFEST_FILE).stat().st_mtime
    except (OSError, EmbeddingsError):
        return None
    return datetime.fromtimestamp(moment).astimezone()


def _kept(before: Generation | None) -> Generation:
    if before is None:
        raise ValueError("there is no generation to keep")
    return before


def _fields(said: Contents) -> dict[str, Any]:
    return {field.name: getattr(said, field.name) for field in fields(Contents)}


def _publish(index: Path, building: Path, manifest: Manifest, ready: Ready | None) -> Generation:
    """Turn a filled folder into the current generation."""
    data = manifest.to_json()
    write(building / MANIFEST_FILE, data)
    for folder in sorted({path.parent for path in _files(building)}, reverse=True):
        sync_folder(folder)
    generations = index / GENERATIONS
    numbers = [_number(path.name) for path in generations.iterdir() if _match(path.name)]
    name = f"{max(numbers, default=0) + 1:06d}-{_digits(data)}"
    building.rename(generations / name)
    sync_folder(generations)
    generation = Generation(name, generations / name, manifest)
    if ready is not None:
        try:
            ready(generation)
        except BaseException:
            _remove(generation.path)
            shutil.rmtree(generation.path, ignore_errors=True)  # even if its store is away
            raise
    _point(index, name)
    return generation


def _point(index: Path, name: str) -> None:
    """Make the generation `name` the current one."""
    # A crash before this rename leaves the old generation current, one after it the new one.
    pointer = index / f"{CURRENT_FILE}.tmp"
    write(pointer, f"{name}\n".encode("ascii"))
    os.replace(pointer, index / CURRENT_FILE)  # noqa: PTH105 - the one atomic switch
    with contextlib.suppress(OSError):  # the switch is done; this only hastens it to the disk
        sync_folder(index)


def _serving(index: Path) -> Generation | None:
    """The current generation if it is sound."""
    try:
        return open_generation(index)
    except EmbeddingsError:
        return None


def _sweep_building(index: Path) -> None:
    """Remove what builds that died left behind; the lock tells that none of them lives."""
    for path in (index / GENERATIONS).glob(f"{BUILDING}*"):
        shutil.rmtree(path, ignore_errors=True)


def _sweep_old(index: Path, keep: set[str]) -> None:
    """Remove all generations but those in `keep`; one that cannot be removed waits."""
    for path in (index / GENERATIONS).iterdir():
        if _match(path.name) and path.name not in keep:
            _remove(path)


def _remove(folder: Path) -> None:
    """Remove a generation, first from the store that searches it; if that is away, it waits."""
    try:
        store = _manifest(folder, folder.name).store
        if not store.is_local:
            from embeddings.backends import milvus

            milvus.drop(store, folder.name)
    except StoreAbsentError:
        return
    except EmbeddingsError:
        pass  # of a damaged one nothing is known
    shutil.rmtree(folder, ignore_errors=True)


def _current_name(index: Path) -> str:
    """The name of the generation that serves."""
    try:
        data = (index / CURRENT_FILE).read_bytes()
    except (FileNotFoundError, NotADirectoryError) as error:
        if _has_generation(index):
            raise IndexDamagedError(CURRENT_FILE, "is missing") from error
        raise IndexNotFoundError(index) from error
    except OSError as error:
        raise IndexDamagedError(CURRENT_FILE, f"cannot be read ({error.strerror})") from error
    name = data.decode("ascii", "replace").removesuffix("\n")
    if not _match(name):
        raise IndexDamagedError(CURRENT_FILE, "does not name a generation")
    return name


def _has_generation(index: Path) -> bool:
    """Whether a whole generation lies in `index`."""
    try:
        return any(_match(path.name) for path in (index / GENERATIONS).iterdir())
    except OSError:
        return False


def _open(index: Path, name: str) -> Generation:
    """The generation `name`; IndexDamagedError names the first file that is not sound."""
    folder = _folder(index, name)
    manifest = _manifest(folder, name)
    for damage in _damages(folder, manifest):
        raise damage
    return Generation(name, folder, manifest)


def _folder(index: Path, name: str) -> Path:
    """The folder of the generation `name`."""
    folder = index / GENERATIONS / name
    if not folder.is_dir():
        raise IndexDamagedError(CURRENT_FILE, f"names {name}, which is not there")
    return folder


def _manifest(folder: Path, name: str) -> Manifest:
    """The manifest of the generation `name`, checked against that name."""
    try:
        data = (folder / MANIFEST_FILE).read_bytes()
    except FileNotFoundError as error:
        raise IndexDamagedError(MANIFEST_FILE, "is missing") from error
    except OSError as error:
        raise IndexDamagedError(MANIFEST_FILE, f"cannot be read ({error.strerror})") from error
    manifest = Manifest.from_json(data)
    if not name.endswith(_digits(data)):
        raise IndexDamagedError(MANIFEST_FILE, "was changed after it was written")
    return manifest


def _damages(folder: Path, manifest: Manifest) -> Iterator[IndexDamagedError]:
    """Every file of a generation that is not what its manifest says."""

    def damage(item: tuple[str, FileStamp]) -> IndexDamagedError | None:
        return _damage(folder, *item)

    with ThreadPoolExecutor() as pool:  # hashing leaves the interpreter free
        for found in pool.map(damage, sorted(manifest.files.items())):
            if found is not None:
                yield found


def _damage(folder: Path, name: str, stamp: FileStamp) -> IndexDamagedError | None:
    """What is wrong with one file of a generation."""
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


def _stamps(folder: Path) -> dict[str, FileStamp]:
    """What every file in `folder` is, each of them brought to the disk first."""
    stamps = {}
    for path in _files(folder):
        name = path.relative_to(folder).as_posix()
        if name == MANIFEST_FILE:
            raise ValueError(f"{MANIFEST_FILE} is written by the store alone")
        if path.is_symlink() or not path.is_file():
            raise ValueError(f"{name} is no plain file")
        sync_file(path)
        stamps[name] = FileStamp(sha256=sha256(path), bytes=path.stat().st_size)
    return stamps


def _files(folder: Path) -> list[Path]:
    """Everything below `folder` that is no folder, in the order of the names."""
    return sorted(path for path in folder.rglob("*") if path.is_symlink() or not path.is_dir())


def _match(name: str) -> re.Match[str] | None:
    """Whether `name` is a generation's, and nothing else: no path can hide in it."""
    return _NAME.fullmatch(name)


def _number(name: str) -> int:
    """The sequence number in a generation's name."""
    return int(name.split("-", maxsplit=1)[0])


def _digits(data: bytes) -> str:
    """The digits of a manifest that its generation's name carries."""
    return hashlib.sha256(data).hexdigest()[:HASH_DIGITS]
