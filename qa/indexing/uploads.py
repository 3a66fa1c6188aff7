"""Texts that readers add to an index: kept beside it, looked at before they are built."""

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from pathlib import Path

from qa.errors import InputError
from qa.resolutions.model import Kind
from qa.resolutions.readers.files import Problem, ReadFile, find_files, find_inputs, read_found

FOLDER = "uploads"  # in the folder of the index
MAX_PREVIEWED_FILES = 200  # files that are read to be shown; the rest is read when it is built


@dataclass(frozen=True, slots=True, kw_only=True)
class PreviewedText:
    """One resolution, as it was read."""

    file: str
    symbol: str
    title: str
    adopted: date | None
    language: str
    operative: int
    preambular: int
    notes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class UploadPreview:
    """What lies under some paths."""

    seen: tuple[PreviewedText, ...]
    problems: tuple[Problem, ...]
    is_whole: bool  # False: there is more than was looked at


class Uploads:
    """The files that readers added to one index."""

    def __init__(self, index: Path) -> None:
        self.folder = index / FOLDER

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the files, by which the index knows them, in order."""
        if not self.folder.is_dir():
            return ()
        return tuple(sorted(one.file for one in find_inputs([self.folder])))

    def keep(self, files: Sequence[Path]) -> tuple[str, ...]:
        """Copy files into the folder, where one of the same name is replaced; return their names.

        Raises:
            InputError: a file cannot be copied.
        """
        kept = []
        for file in files:
            try:
                self.folder.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(file, self.folder / file.name)
            except OSError as error:
                raise InputError(
                    f"{file.name} cannot be kept ({error.strerror}); free some space, or allow "
                    "writing into the folder of the index."
                ) from error
            kept.append(file.name)
        return tuple(kept)

    def drop(self, names: Sequence[str]) -> None:
        """Take files out of the folder; those that are not there are no fault.

        Raises:
            InputError: a file cannot be removed.
        """
        for name in set(names) & set(self.names):
            try:
                (self.folder / name).unlink(missing_ok=True)
            except OSError as error:
                raise InputError(f"{name} cannot be removed ({error.strerror}).") from error


def folder_named(typed: str) -> Path:
    """Return the folder that was typed.

    Raises:
        InputError: there is none of that name.
    """
    path = Path(typed.strip()).expanduser()
    if not typed.strip() or not path.is_dir():
        raise InputError(f"“{typed.strip()}” is no folder of this machine; type its whole path.")
    return path


def preview(paths: Sequence[Path]) -> UploadPreview:
    """Read what lies under `paths`, the first `LOOKED_AT` files of it.

    Raises:
        InputError: a path cannot be read, or nothing lies under any.
    """
    seen: list[PreviewedText] = []
    problems: list[Problem] = []
    found = find_files(paths)
    for one in islice(found, MAX_PREVIEWED_FILES):
        for read in read_found(one):
            if isinstance(read, ReadFile):
                seen.append(_seen(read))
            else:
                problems.append(read)
    is_whole = next(found, None) is None
    return UploadPreview(seen=tuple(seen), problems=tuple(problems), is_whole=is_whole)


def _seen(read: ReadFile) -> PreviewedText:
    one = read.resolution
    return PreviewedText(
        file=one.source.file,
        symbol=one.symbol,
        title=one.title,
        adopted=one.adopted,
        language=one.language,
        operative=len(one.of_kind(Kind.OPERATIVE)),
        preambular=len(one.of_kind(Kind.PREAMBULAR)),
        notes=len(one.notes),
    )
