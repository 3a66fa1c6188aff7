"""Writes the ledger of a generation: its source files, where they came from, and when."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

from embeddings.durable_files import write
from embeddings.index_errors import IndexDamagedError
from embeddings.store.generations import Generation
from embeddings.store.seal import LEDGER_FILE
from qa.corpus.own_texts import OwnTexts
from qa.corpus.published_catalogue import Release, published_catalogue
from qa.corpus.source_ledger import LedgerRow, SourceLedger
from qa.indexing.collect import InputRead

_UNKNOWN = Release(publisher="", release="")


def write_ledger(
    generation: Generation, inputs: Sequence[InputRead], before: Generation | None
) -> None:
    """Write the ledger into the folder of a generation.

    Args:
        generation: that was built.
        inputs: the files that it was built from.
        before: the generation whose ledger says when a file first came into the index.

    Raises:
        OSError: it cannot be written.
    """
    own = OwnTexts.of(generation.path.parents[1])
    now = datetime.now(UTC).isoformat(timespec="seconds")
    earlier = _ledger_of(before)
    rows = []
    for held in inputs:
        for file, sha256 in _files(held):
            known = earlier.row(file, sha256)
            release = published_catalogue().release_of(sha256) or held.release or _UNKNOWN
            row = LedgerRow(
                file=file,
                sha256=sha256,
                container="" if file == held.file else held.file,
                is_own=own.has(file),
                publisher=release.publisher,
                release=release.release,
                fetched=release.fetched or (held.release.fetched if held.release else ""),
                added=known.added if known else now,
            )
            rows.append(row)
    write(generation.path / LEDGER_FILE, SourceLedger(rows).to_json())


def _files(held: InputRead) -> Iterator[tuple[str, str]]:
    """Yield the source files in a file on disk with their hashes: itself, or members of it."""
    for version in held.readings:
        yield version.file, version.sha256 or (held.sha256 if version.file == held.file else "")
    if held.records:
        yield held.file, held.sha256


def _ledger_of(generation: Generation | None) -> SourceLedger:
    try:
        return SourceLedger.load(generation.path) if generation else SourceLedger()
    except IndexDamagedError:
        return SourceLedger()
