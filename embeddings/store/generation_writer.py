"""Builds that replace a generation: the switch is one atomic rename, whatever happens before."""

import contextlib
import os
import shutil
from collections.abc import Callable
from dataclasses import fields
from pathlib import Path
from typing import Any

from embeddings.durable_files import sync_folder, write
from embeddings.index_errors import (
    EmbeddingsError,
    NoEarlierGenerationError,
    StoreAbsentError,
    StoreWriteError,
)
from embeddings.store.generation_files import (
    CURRENT_FILE,
    GENERATIONS,
    digits_of,
    files_in,
    is_generation_name,
    sequence_number,
    stamps_of,
)
from embeddings.store.generations import (
    Generation,
    current_name,
    open_generation,
    open_named,
    read_manifest,
)
from embeddings.store.manifest import MANIFEST_FILE, Contents, Manifest, StoreId
from embeddings.store.writer_lock import writer_lock

BUILDING = ".building-"

Fill = Callable[[Path, Generation | None], Contents | None]
Ready = Callable[[Generation], None]
Drop = Callable[[StoreId, str], None]


def write_generation(
    index: Path, fill: Fill, *, ready: Ready | None = None, drop: Drop | None = None
) -> Generation:
    """Write a new generation of `index`, make it the current one and return it.

    If the current generation has the same contents, it is kept and returned instead. If anything
    fails at any point, the previous generation stays current.

    Args:
        index: a folder, made if needed.
        fill: receives an empty folder and the current generation, if there is a sound one, and
            writes the files of the new generation, except `manifest.json`. It returns what they
            hold, or None to keep the current generation. No other build writes meanwhile.
        ready: receives each new generation, whole on the disk, before it becomes current.
        drop: removes a generation from the store outside its files that searches it, and raises
            StoreAbsentError if that does not answer: the generation is then removed by a later
            build. Without it such generations stay.

    Raises:
        StoreBusyError: another build is writing to this index.
        StoreWriteError: the disk is full, the folder is read-only, and so on.
        ValueError: `fill` wrote a manifest or something other than a regular file, or it keeps a
            generation that does not exist.
    """
    try:
        (index / GENERATIONS).mkdir(parents=True, exist_ok=True)
        with writer_lock(index):
            return _write(index, fill, ready, drop)
    except OSError as error:
        raise StoreWriteError(index, error.strerror or str(error)) from error


def _write(index: Path, fill: Fill, ready: Ready | None, drop: Drop | None) -> Generation:
    """Write a generation while the lock is held."""
    _sweep_building(index)
    before = _serving(index)
    building = index / GENERATIONS / f"{BUILDING}{os.getpid()}"
    try:
        building.mkdir()
        contents = fill(building, before)
        if contents is None:
            return _kept(before)
        manifest = Manifest(**_fields(contents), files=stamps_of(building))
        if before is not None and before.manifest.to_json() == manifest.to_json():
            return before
        generation = _publish(index, building, manifest, ready, drop)
    finally:
        shutil.rmtree(building, ignore_errors=True)
    _sweep_old(index, {generation.name, before.name if before else ""}, drop)
    return generation


def roll_back(index: Path) -> Generation:
    """Make the generation before the current one current again, and return it.

    Raises:
        IndexNotFoundError, IndexDamagedError: the index is missing, or the earlier one is damaged.
        NoEarlierGenerationError: the current generation is the only one.
        StoreBusyError, StoreWriteError: as of `write_generation`.
    """
    current = current_name(index)
    try:
        with writer_lock(index):
            names = sorted(
                path.name
                for path in (index / GENERATIONS).iterdir()
                if is_generation_name(path.name)
            )
            earlier = [name for name in names if sequence_number(name) < sequence_number(current)]
            if not earlier:
                raise NoEarlierGenerationError(index)
            generation = open_named(index, max(earlier, key=sequence_number))
            _point(index, generation.name)
            return generation
    except OSError as error:
        raise StoreWriteError(index, error.strerror or str(error)) from error


def _kept(before: Generation | None) -> Generation:
    if before is None:
        raise ValueError("no generation to keep")
    return before


def _fields(contents: Contents) -> dict[str, Any]:
    return {field.name: getattr(contents, field.name) for field in fields(Contents)}


def _publish(
    index: Path, building: Path, manifest: Manifest, ready: Ready | None, drop: Drop | None
) -> Generation:
    """Make a filled folder the current generation."""
    data = manifest.to_json()
    write(building / MANIFEST_FILE, data)
    for folder in sorted({path.parent for path in files_in(building)}, reverse=True):
        sync_folder(folder)
    generations = index / GENERATIONS
    numbers = [
        sequence_number(path.name)
        for path in generations.iterdir()
        if is_generation_name(path.name)
    ]
    name = f"{max(numbers, default=0) + 1:06d}-{digits_of(data)}"
    building.rename(generations / name)
    sync_folder(generations)
    generation = Generation(name, generations / name, manifest)
    if ready is not None:
        try:
            ready(generation)
        except BaseException:
            _remove(generation.path, drop)
            shutil.rmtree(generation.path, ignore_errors=True)  # even if its store does not answer
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
    """Return the current generation if it is sound."""
    try:
        return open_generation(index)
    except EmbeddingsError:
        return None


def _sweep_building(index: Path) -> None:
    """Remove the files of killed builds; the lock proves that no build is running."""
    for path in (index / GENERATIONS).glob(f"{BUILDING}*"):
        shutil.rmtree(path, ignore_errors=True)


def _sweep_old(index: Path, keep: set[str], drop: Drop | None) -> None:
    """Remove all generations except those in `keep`."""
    for path in (index / GENERATIONS).iterdir():
        if is_generation_name(path.name) and path.name not in keep:
            _remove(path, drop)


def _remove(folder: Path, drop: Drop | None) -> None:
    """Remove a generation, first from its store; if the store does not answer, keep it for now."""
    try:
        store = read_manifest(folder, folder.name).store
        if not store.is_local:
            if drop is None:
                return
            drop(store, folder.name)
    except StoreAbsentError:
        return
    except EmbeddingsError:
        pass  # a damaged manifest does not say which store it was
    shutil.rmtree(folder, ignore_errors=True)
