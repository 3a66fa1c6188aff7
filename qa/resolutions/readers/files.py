"""Files and folders in, resolutions out; what cannot be read is named with its reason."""

import hashlib
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from qa.errors import InputError, UnreadableFileError
from qa.resolutions.model import Resolution, Source
from qa.resolutions.parse.resolution import parse_resolution
from qa.resolutions.readers.plain import decode

_TEXT_SUFFIXES = (".txt", ".text")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadFile:
    """One resolution with the decoded text that it was read from."""

    resolution: Resolution
    raw: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """A file that was handed in and could not be read, and why."""

    file: str
    reason: str


def find_files(paths: Sequence[Path]) -> tuple[tuple[Path, str], ...]:
    """Return the text files under `paths` with the name each is known by, in a fixed order.

    A file that is named is always taken; in a folder, text files are, at any depth.

    Raises:
        InputError: a path does not exist or cannot be read, or no text file lies under any.
    """
    found: list[tuple[Path, str]] = []
    for path in paths:
        if not path.exists():
            raise InputError(f"{path} does not exist; name a file or folder of resolutions.")
        if not os.access(path, os.R_OK):
            raise InputError(f"{path} cannot be read; change its permissions, then build again.")
        if path.is_dir():
            found += [(file, file.relative_to(path).as_posix()) for file in _texts_in(path)]
        else:
            found.append((path, path.name))
    if not found:
        named = ", ".join(map(str, paths))
        raise InputError(f"no text file (.txt) lies in {named}; name a folder of resolutions.")
    return tuple(found)


def read_file(path: Path, name: str) -> ReadFile:
    """Return the resolution in one file.

    Raises:
        UnreadableFileError: the file cannot be opened, or no resolution can be read from it.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise UnreadableFileError(
            name, f"{error.strerror}; check the file, then build again."
        ) from error
    raw = decode(data, name)
    source = Source(file=name, sha256=hashlib.sha256(data).hexdigest())
    return ReadFile(resolution=parse_resolution(raw, source), raw=raw)


def _texts_in(folder: Path) -> Iterator[Path]:
    locked: list[Path] = []
    for root, folders, names in os.walk(
        folder, onerror=lambda error: locked.append(Path(error.filename))
    ):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            path = Path(root, name)
            is_text = name.lower().endswith(_TEXT_SUFFIXES) and not name.startswith(".")
            if is_text and path.is_file():  # a pipe would be waited for
                yield path
    yield from locked  # named among the files, so that reading them says why it failed
