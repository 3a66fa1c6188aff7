"""Fetch published texts into a folder of their own, and remember how, to update them."""

import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from qa.errors import InputError, OperativeError
from qa.indexing.fetched_release import STATE_FILE, TEXTS_FOLDER
from qa.publishers.archive_source import Progress, fetch_archive
from qa.publishers.git_source import fetch_repository, has_git
from qa.publishers.published import PublishedSource, Selection, source_of
from qa.resolutions.languages import LANGUAGES


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchedSource:
    """A source as it was fetched last."""

    folder: Path
    named: str  # "ga", or the address that was typed
    selection: Selection
    version: str  # the commit, or the archive's entity tag
    publisher: str
    changed: bool = True  # False where the version is that of the fetch before

    @property
    def texts(self) -> Path:
        """The folder of the published files."""
        return self.folder / TEXTS_FOLDER


def fetch(named: str, selection: Selection, home: Path, progress: Progress) -> FetchedSource:
    """Fetch a source, or what is new in it, into a folder below `home`.

    git is used where it is installed and the source is a repository; an archive otherwise.

    Raises:
        InputError: `named` names no source.
        GitError, DownloadError: it cannot be fetched; what an earlier fetch brought is kept.
    """
    source = source_of(named)
    folder = home / source.name
    before = _read_state(folder)
    texts = folder / TEXTS_FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    is_same = before is not None and before.selection == selection and texts.is_dir()
    version = _fetch(
        source, selection, texts, progress, before.version if before and is_same else ""
    )
    fetched = FetchedSource(
        folder=folder,
        named=named,
        selection=selection,
        version=version,
        publisher=source.publisher,
        changed=before is None or (before.version, before.selection) != (version, selection),
    )
    _write_state(fetched)
    return fetched


def fetched_sources(home: Path) -> Iterator[FetchedSource]:
    """Yield the sources that were fetched below `home`, by name."""
    for folder in sorted(home.iterdir()) if home.is_dir() else ():
        found = _read_state(folder)
        if found is not None:
            yield found


def _fetch(
    source: PublishedSource, selection: Selection, texts: Path, progress: Progress, known: str
) -> str:
    if source.repository and (has_git() or not source.archive):
        if not has_git():
            raise InputError(
                f"{source.repository} is a git repository and git is not installed; install git, "
                "or name the address of an archive (.zip, .tar.gz)."
            )
        if texts.is_dir() and not (texts / ".git").is_dir():
            shutil.rmtree(texts)  # fetched as an archive before
        return fetch_repository(source.repository, selection, texts)
    if (texts / ".git").is_dir():
        shutil.rmtree(texts)
        known = ""
    return fetch_archive(source.archive or "", selection, texts, progress, known)


def _write_state(fetched: FetchedSource) -> None:
    state = {
        "source": fetched.named,
        "sessions": sorted(fetched.selection.sessions),
        "language": fetched.selection.language,
        "version": fetched.version,
        "publisher": fetched.publisher,
        "fetched": datetime.now(UTC).isoformat(timespec="seconds"),
    }
    path = fetched.folder / STATE_FILE
    written = path.with_suffix(".new")
    written.write_text(json.dumps(state, indent=1), encoding="utf-8")
    written.replace(path)


def _read_state(folder: Path) -> FetchedSource | None:
    """Return what was fetched into `folder`; None where nothing was, or the state is unreadable."""
    try:
        state: Any = json.loads((folder / STATE_FILE).read_text(encoding="utf-8"))
        selection = Selection(
            sessions=frozenset(map(str, state["sessions"])), language=str(state["language"])
        )
        if selection.language not in LANGUAGES:
            return None
        return FetchedSource(
            folder=folder,
            named=str(state["source"]),
            selection=selection,
            version=str(state["version"]),
            publisher=str(state["publisher"]),
        )
    except (OSError, ValueError, KeyError, TypeError):
        return None


class NothingFetchedError(OperativeError):
    """`update` was called and nothing was fetched before."""

    def __init__(self) -> None:
        super().__init__(
            "no published texts were fetched yet; fetch some with `operative get ga` first."
        )
