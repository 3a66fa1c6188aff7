"""The files that the United Nations published and that were seen: their hashes and symbols.

`catalogue.tsv.xz` is made by `python -m benchmarks.catalogue FOLDER...`. A line that begins with
"@" is a release: its key, its publisher, and what of it was seen. Each other line is a document in
a file: the key of the release, the symbol, the language, and the first 16 bytes of the file's
SHA-256 in base64. A file with the same hash has the same bytes.
"""

import lzma
from base64 import b64encode
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import NamedTuple, Self

CATALOGUE_FILE = "catalogue.tsv.xz"
DIGEST_BYTES = 16
RELEASE_MARK = "@"
PACKAGED_RELEASE = "packaged"


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """Where published files came from."""

    publisher: str  # "United Nations, UNxml/GAresolutions (unofficial copies)"
    release: str  # which part or version: "sessions 74 to 80, English", or a commit
    fetched: str = ""  # when, ISO; "" where that is not known


class CatalogueEntry(NamedTuple):
    """One document in one published file."""

    release: str  # key of the release
    symbol: str
    language: str  # "en"
    digest: str  # see `catalogue_digest`


class PublishedCatalogue:
    """The published files, by the hash of their bytes."""

    def __init__(self, releases: Mapping[str, Release], entries: Iterable[CatalogueEntry]) -> None:
        self.releases = releases
        listed = tuple(entries)
        self._releases = {digest: release for release, _, _, digest in listed}
        self._files = {(digest, symbol) for _, symbol, _, digest in listed}
        self._documents = {(symbol, language) for _, symbol, language, _ in listed}

    def __len__(self) -> int:
        return len(self._releases)

    def has(self, sha256: str, symbol: str) -> bool:
        """Return whether a file with this hash was published as this document."""
        return (catalogue_digest(sha256), symbol) in self._files

    def has_document(self, symbol: str, language: str) -> bool:
        """Return whether a published file of a document in this language is listed."""
        return (symbol, language) in self._documents

    def release_of(self, sha256: str) -> Release | None:
        """Return the release that a file is from; None if it is not listed."""
        key = self._releases.get(catalogue_digest(sha256))
        return None if key is None else self.releases[key]

    def is_packaged(self, sha256: str) -> bool:
        """Return whether a file is one of the conversions that come with Operative."""
        return self._releases.get(catalogue_digest(sha256)) == PACKAGED_RELEASE

    @classmethod
    def of(cls, lines: Iterable[str]) -> Self:
        """Return the catalogue in the lines of a file."""
        releases: dict[str, Release] = {}
        entries = []
        for line in lines:
            values = line.split("\t")
            if line.startswith(RELEASE_MARK):
                key, publisher, release = values
                releases[key.removeprefix(RELEASE_MARK)] = Release(
                    publisher=publisher, release=release
                )
            else:
                entries.append(CatalogueEntry._make(values))
        return cls(releases, entries)


def catalogue_digest(sha256: str) -> str:
    """Return the form in which the catalogue has a SHA-256; "" of any other text."""
    try:
        digest = bytes.fromhex(sha256)
    except ValueError:
        return ""
    return b64encode(digest[:DIGEST_BYTES]).decode("ascii").rstrip("=")


@cache
def published_catalogue() -> PublishedCatalogue:
    """Return the catalogue that comes with Operative."""
    packed = files("qa.corpus").joinpath(CATALOGUE_FILE).read_bytes()
    return PublishedCatalogue.of(lzma.decompress(packed).decode("utf-8").splitlines())
