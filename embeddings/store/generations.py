"""An index on disk: whole generations, one of them current, switched by one atomic rename.

    INDEX/CURRENT                      one line, the name of the generation that serves
    INDEX/generations/NAME/            manifest.json and the files that it lists; seal and ledger
    INDEX/lock                         held by a build while it writes, lock.pid names it

NAME is a sequence number and the first digits of the manifest's SHA-256. The manifest in turn
holds the SHA-256 of every file, so no byte of a generation can change unnoticed.
"""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from embeddings.index_errors import (
    EmbeddingsError,
    IndexDamagedError,
    IndexNotFoundError,
    ModelMismatchError,
)
from embeddings.model.model_id import ModelId
from embeddings.store.generation_files import (
    CURRENT_FILE,
    GENERATIONS,
    damages_of,
    digits_of,
    files_in,
    is_generation_name,
)
from embeddings.store.manifest import MANIFEST_FILE, Manifest
from embeddings.store.seal import UNLISTED_FILES, require_seal

# A reader may meet a generation just as the second build after it removes it.
_OPEN_ATTEMPTS = 5


@dataclass(frozen=True, slots=True)
class Generation:
    """One whole index that was sound when it was opened."""

    name: str
    path: Path
    manifest: Manifest

    def file(self, name: str) -> Path:
        """Return the path of a file of this generation.

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


def open_generation(index: Path) -> Generation:
    """Return the current generation of `index`, every byte of it checked.

    The second build after this removes its files: read what is needed at once.

    Raises:
        IndexNotFoundError: the index is missing.
        IndexDamagedError: a file is missing, was changed, or is of a newer Operative.
        IndexSealError: it lacks the seal that is required.
    """
    for _ in range(_OPEN_ATTEMPTS):
        name = current_name(index)
        try:
            return open_named(index, name)
        except IndexDamagedError:
            if current_name(index) == name:
                raise
    return open_named(index, current_name(index))


def _serving(index: Path) -> tuple[Path, Manifest]:
    """Return the folder and the manifest of the generation that serves."""
    name = current_name(index)
    folder = _folder(index, name)
    manifest = read_manifest(folder, name)
    require_seal(folder)
    return folder, manifest


def verify(index: Path) -> list[str]:
    """Return every problem of `index` as a sentence, or nothing if it is sound."""
    try:
        folder, manifest = _serving(index)
    except EmbeddingsError as error:
        return [str(error)]
    damaged = [str(error) for error in damages_of(folder, manifest)]
    present = {path.relative_to(folder).as_posix() for path in files_in(folder)}
    unlisted = sorted(present - set(manifest.files) - UNLISTED_FILES)
    return damaged + [f"{name} is not part of the index; delete it" for name in unlisted]


def visible_problems(index: Path) -> list[str]:
    """Return the problems of `index` that are seen without reading its files: names and sizes."""
    try:
        folder, manifest = _serving(index)
    except EmbeddingsError as error:
        return [str(error)]
    return [
        f"{file} is missing or has another size"
        for file, stamp in manifest.files.items()
        if not _has_size(folder / file, stamp["bytes"])
    ]


def _has_size(path: Path, size: int) -> bool:
    try:
        return path.stat().st_size == size
    except OSError:
        return False


def written_at(index: Path, name: str) -> datetime | None:
    """Return when a generation was written, in local time; None if it was removed."""
    try:
        moment = (_folder(index, name) / MANIFEST_FILE).stat().st_mtime
    except (OSError, EmbeddingsError):
        return None
    return datetime.fromtimestamp(moment).astimezone()


def current_name(index: Path) -> str:
    """Return the name of the current generation; none of its files is read.

    Raises:
        IndexNotFoundError, IndexDamagedError: the index is missing, or its pointer is damaged.
    """
    try:
        data = (index / CURRENT_FILE).read_bytes()
    except (FileNotFoundError, NotADirectoryError) as error:
        if _has_generation(index):
            raise IndexDamagedError(CURRENT_FILE, "is missing") from error
        raise IndexNotFoundError(index) from error
    except OSError as error:
        raise IndexDamagedError(CURRENT_FILE, f"cannot be read ({error.strerror})") from error
    name = data.decode("ascii", "replace").removesuffix("\n")
    if not is_generation_name(name):
        raise IndexDamagedError(CURRENT_FILE, "does not name a generation")
    return name


def _has_generation(index: Path) -> bool:
    """Return whether `index` holds a whole generation."""
    try:
        return any(is_generation_name(path.name) for path in (index / GENERATIONS).iterdir())
    except OSError:
        return False


def open_named(index: Path, name: str) -> Generation:
    """Return the generation `name`, every byte of it checked.

    Raises:
        IndexDamagedError: names the first file that is not sound.
        IndexSealError: it lacks the seal that is required.
    """
    folder = _folder(index, name)
    manifest = read_manifest(folder, name)
    require_seal(folder)
    for damage in damages_of(folder, manifest):
        raise damage
    return Generation(name, folder, manifest)


def _folder(index: Path, name: str) -> Path:
    """Return the folder of the generation `name`."""
    folder = index / GENERATIONS / name
    if not folder.is_dir():
        raise IndexDamagedError(CURRENT_FILE, f"names {name}, which is not there")
    return folder


def read_manifest(folder: Path, name: str) -> Manifest:
    """Return the manifest of the generation `name`, checked against that name.

    Raises:
        IndexDamagedError: it is missing, cannot be read or was changed.
    """
    try:
        data = (folder / MANIFEST_FILE).read_bytes()
    except FileNotFoundError as error:
        raise IndexDamagedError(MANIFEST_FILE, "is missing") from error
    except OSError as error:
        raise IndexDamagedError(MANIFEST_FILE, f"cannot be read ({error.strerror})") from error
    manifest = Manifest.from_json(data)
    if not name.endswith(digits_of(data)):
        raise IndexDamagedError(MANIFEST_FILE, "was changed after it was written")
    return manifest
