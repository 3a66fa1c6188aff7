"""Sources of published resolutions, and which of their files a selection takes.

The United Nations publishes one folder a session or year, with a folder for each language inside
(`75session/English`, `2024/French`), some sessions as one archive a language, and the records of
a session as `data_extract/75.json`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from urllib.parse import urlsplit

from qa.errors import InputError
from qa.resolutions.languages import LANGUAGES
from qa.resolutions.readers.file_types import is_document_name
from qa.resolutions.tables.read_tables import rows

_ARCHIVE = re.compile(r"\.(?:zip|tar|tgz|tar\.(?:gz|xz|bz2))$", re.IGNORECASE)
# "75session", "ES-10session", "2024": the folder of a session or year.
_SESSION_FOLDER = re.compile(r"(?P<session>(?:ES-|S-)?\d+)(?:session)?", re.IGNORECASE)
_RANGE = re.compile(r"(?P<first>\d+)-(?P<last>\d+)")
_LANGUAGE_NAMES = frozenset(LANGUAGES.values())
MAX_SESSIONS = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedSource:
    """Where published files come from."""

    name: str  # "ga", or a name made from the address
    repository: str | None  # address for `git clone`
    archive: str | None  # address of an archive of the same files
    publisher: str  # to be named as the source


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """The sessions and the language that are wanted."""

    sessions: frozenset[str] = frozenset()  # "75", "ES-10", "2024"; empty: all
    language: str = "en"

    def takes(self, path: str) -> bool:
        """Return whether a file of a source is wanted, by its path in the source.

        A path that names no session, or no language, is not left out for lack of it.
        """
        pure = PurePosixPath(path)
        if not (is_document_name(path) or pure.suffix.lower() == ".json"):
            return False
        session, language = _session_of(pure), _language_of(pure)
        return (not self.sessions or session is None or session in self.sessions) and (
            language is None or language == LANGUAGES[self.language]
        )


def source_of(named: str) -> PublishedSource:
    """Return the source with a name of the table, or the one at an address.

    Raises:
        InputError: `named` is neither a name, nor an http(s) address, nor a folder.
    """
    for row in rows("published"):
        if named.lower() == row["name"]:
            return PublishedSource(**row)
    known = ", ".join(row["name"] for row in rows("published"))
    address = urlsplit(named)
    is_web = address.scheme in ("http", "https") and bool(address.hostname)
    if not is_web and not Path(named).is_dir():
        raise InputError(
            f"{named} names no source of published texts; name {known}, or an address that begins "
            "with https://."
        )
    is_archive = is_web and _ARCHIVE.search(address.path) is not None
    return PublishedSource(
        name=_file_name(
            f"{address.netloc}{address.path}" if is_web else str(Path(named).resolve())
        ),
        repository=None if is_archive else named,
        archive=named if is_archive else None,
        publisher=named,
    )


def read_sessions(typed: str) -> frozenset[str]:
    """Return the sessions or years of "75-80", "79", "ES-10,2020-2024"; empty for "".

    Raises:
        InputError: a part is neither a number, a range, nor a special session.
    """
    sessions: set[str] = set()
    for part in filter(None, re.split(r"[\s,]+", typed.strip())):
        span = _RANGE.fullmatch(part)
        if span and 0 <= int(span["last"]) - int(span["first"]) < MAX_SESSIONS:
            sessions.update(map(str, range(int(span["first"]), int(span["last"]) + 1)))
        elif re.fullmatch(r"(?:E?S-)?\d+", part, re.IGNORECASE):
            sessions.add(part.upper())
        else:
            raise InputError(
                f"{part} names no session; type numbers or years, such as 75-80, 79 or ES-10."
            )
    return frozenset(sessions)


def _session_of(path: PurePosixPath) -> str | None:
    """Return the session or year that the folders, or the name of a file of records, state."""
    folders = list(path.parts[:-1])
    if path.suffix.lower() == ".json":
        folders.append(path.stem)
    found: Iterator[re.Match[str] | None] = (_SESSION_FOLDER.fullmatch(name) for name in folders)
    return next((match["session"].upper() for match in found if match), None)


def _language_of(path: PurePosixPath) -> str | None:
    """Return the language that a folder, or the end of an archive's name, states."""
    names = [*path.parts[:-1], path.stem.rpartition("_")[2]]
    return next((name for name in names if name in _LANGUAGE_NAMES), None)


def _file_name(address: str) -> str:
    """Return a folder's name for an address."""
    return re.sub(r"[^\w.-]+", "_", address).strip("._") or "source"
