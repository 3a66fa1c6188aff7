"""Texts that readers add to an index: stored in its folder, and previewed before a build."""

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain, islice
from pathlib import Path

from qa.corpus.own_texts import UPLOADS_FOLDER
from qa.errors import InputError
from qa.indexing.reader_pool import read_files
from qa.indexing.unpacker import Unpacker
from qa.resolutions.model import Kind
from qa.resolutions.readers.files import Problem, ReadFile, find_files, find_inputs

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
    """The resolutions and problems found under some paths."""

    seen: tuple[PreviewedText, ...]
    problems: tuple[Problem, ...]
    is_whole: bool  # False if there are more files than were read


class Uploads:
    """The files that readers added to one index."""

    def __init__(self, index: Path) -> None:
        self.folder = index / UPLOADS_FOLDER

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the files, by which the index knows them, in order."""
        if not self.folder.is_dir():
            return ()
        return tuple(sorted(entry.file for entry in find_inputs([self.folder])))

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
        """Remove files from the folder; missing ones are ignored.

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
        raise InputError(f"“{typed.strip()}” is not a folder of this computer; type its full path.")
    return path


def preview(paths: Sequence[Path]) -> UploadPreview:
    """Read the first `MAX_PREVIEWED_FILES` files under `paths`.

    Raises:
        InputError: a path cannot be read, or there are no files.
    """
    seen: list[PreviewedText] = []
    problems: list[Problem] = []
    with Unpacker() as unpacker:
        files = find_files(paths, unpacker.files_in)
        for read in chain.from_iterable(read_files(islice(files, MAX_PREVIEWED_FILES), jobs=1)):
            if isinstance(read, ReadFile):
                seen.append(_seen(read))
            elif isinstance(read, Problem):
                problems.append(read)
        is_whole = next(files, None) is None
    return UploadPreview(seen=tuple(seen), problems=tuple(problems), is_whole=is_whole)


def _seen(read: ReadFile) -> PreviewedText:
    resolution = read.resolution
    return PreviewedText(
        file=resolution.source.file,
        symbol=resolution.symbol,
        title=resolution.title,
        adopted=resolution.adopted,
        language=resolution.language,
        operative=len(resolution.of_kind(Kind.OPERATIVE)),
        preambular=len(resolution.of_kind(Kind.PREAMBULAR)),
        notes=len(resolution.notes),
    )
