"""The release that fetched files are of, which a note in the folder above theirs states."""

import json
from functools import lru_cache
from pathlib import Path
from typing import Any

from qa.corpus.published_catalogue import Release

STATE_FILE = "source.json"
TEXTS_FOLDER = "texts"


def release_of(path: Path) -> Release | None:
    """Return the release of a file below a folder that `operative get` wrote; None of any other."""
    for folder in path.absolute().parents:
        if folder.name == TEXTS_FOLDER and (found := _stated(folder.parent / STATE_FILE)):
            return found
    return None


@lru_cache(maxsize=64)  # the files of one folder follow each other
def _stated(note: Path) -> Release | None:
    try:
        state: Any = json.loads(note.read_text(encoding="utf-8"))
        return Release(
            publisher=str(state["publisher"]),
            release=str(state["version"]),
            fetched=str(state.get("fetched", "")),
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None
