"""Which texts of an index readers added themselves: they are no publications of the UN."""

from collections.abc import Iterable
from pathlib import Path

UPLOADS_FOLDER = "uploads"  # in the folder of the index


class OwnTexts:
    """The files that readers added to one index, as they are when it is opened."""

    def __init__(self, files: Iterable[str] = ()) -> None:
        self._files = frozenset(files)

    @classmethod
    def of(cls, index: Path) -> "OwnTexts":
        """Return the files that readers added to the index in a folder."""
        folder = index / UPLOADS_FOLDER
        if not folder.is_dir():
            return cls()
        return cls(path.relative_to(folder).as_posix() for path in folder.rglob("*"))

    def has(self, file: str) -> bool:
        """Return whether a source file, "own.txt" or "own.zip/inner.txt", was added by a reader."""
        parts = file.split("/")
        return any("/".join(parts[:end]) in self._files for end in range(len(parts), 0, -1))
