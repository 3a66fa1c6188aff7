"""Writes the catalogue of published files, `qa/corpus/catalogue.tsv.xz`, from folders of them.

    python -m benchmarks.catalogue [--jobs N] KEY=FOLDER...

KEY is a release of `RELEASES`. Only XML files are listed, and of `packaged` the text files that
come with Operative. A file without a document is not listed. The same files give the same bytes.
"""

import argparse
import lzma
import sys
from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path

from qa.corpus.published_catalogue import (
    CATALOGUE_FILE,
    PACKAGED_RELEASE,
    RELEASE_MARK,
    CatalogueEntry,
    Release,
    catalogue_digest,
)
from qa.indexing.reader_pool import read_files
from qa.resolutions.model import SourceFormat
from qa.resolutions.readers.files import ReadFile, find_files
from qa.settings import packaged_texts

TARGET = Path(__file__).resolve().parent.parent / "qa" / "corpus" / CATALOGUE_FILE
_ASSEMBLY = "United Nations, UNxml/GAresolutions (unofficial copies)"
_COUNCIL = "United Nations, UNxml/SCresolutions (unofficial copies)"
RELEASES = {
    PACKAGED_RELEASE: Release(
        publisher="United Nations, docs.un.org (unofficial copies)",
        release="plain text that comes with Operative",
    ),
    "ga-en": Release(
        publisher=_ASSEMBLY,
        release="sessions 74 to 80 and emergency sessions, English, as of November 2026",
    ),
    "ga-6": Release(
        publisher=_ASSEMBLY,
        release="sessions 75 to 80 and emergency sessions, other languages, as of November 2026",
    ),
    "sc-en": Release(
        publisher=_COUNCIL,
        release="resolutions and statements 2000 to 2026, English, as of November 2026",
    ),
}


def entries_in(key: str, folder: Path, jobs: int = 1) -> Iterator[CatalogueEntry]:
    """Yield an entry for each document in each published file below a folder."""
    form = SourceFormat.TEXT if key == PACKAGED_RELEASE else SourceFormat.AKN
    for result in chain.from_iterable(read_files(find_files([folder]), jobs)):
        if isinstance(result, ReadFile) and result.resolution.source.form is form:
            yield CatalogueEntry(
                release=key,
                symbol=result.resolution.symbol,
                language=result.resolution.language,
                digest=catalogue_digest(result.resolution.source.sha256),
            )


def catalogue_bytes(entries: Sequence[CatalogueEntry]) -> bytes:
    """Return the file of a catalogue."""
    keys = sorted({entry.release for entry in entries})
    lines = [
        f"{RELEASE_MARK}{key}\t{RELEASES[key].publisher}\t{RELEASES[key].release}" for key in keys
    ]
    rows = {(entry.release, entry.symbol, entry.language, entry.digest) for entry in entries}
    lines += ["\t".join(row) for row in sorted(rows)]
    return lzma.compress("".join(f"{line}\n" for line in lines).encode(), preset=9)


def main(argv: Sequence[str] | None = None) -> int:
    """Write the catalogue."""
    parser = argparse.ArgumentParser(description="Write the catalogue of published files.")
    parser.add_argument("folders", nargs="+", metavar="KEY=FOLDER")
    parser.add_argument("--jobs", type=int, default=2)
    args = parser.parse_args(argv)
    entries = list(entries_in(PACKAGED_RELEASE, packaged_texts()))
    for typed in args.folders:
        key, _, folder = typed.partition("=")
        if key not in RELEASES or not Path(folder).is_dir():
            sys.exit(f"{typed}: name {', '.join(RELEASES)}, then = and a folder")
        found = list(entries_in(key, Path(folder), args.jobs))
        print(f"{key}: {len(found)} documents in {len({one.digest for one in found})} files")
        entries += found
    TARGET.write_bytes(catalogue_bytes(entries))
    print(f"{TARGET}: {TARGET.stat().st_size} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
