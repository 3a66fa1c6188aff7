"""Whether the file of a text is authentic, and where it came from."""

from collections.abc import Iterator
from typing import Any

from qa.answer import FileProvenance, TextOrigin
from qa.corpus.corpus import Corpus
from qa.corpus.published_catalogue import published_catalogue
from qa.resolutions.model import Masthead


def text_origin(corpus: Corpus, resolution: Masthead) -> TextOrigin:
    """Return whether the file of a text is a published one, by its bytes, or a reader's own."""
    source = resolution.source
    catalogue = published_catalogue()
    if catalogue.has(source.sha256, resolution.symbol):
        is_packaged = catalogue.is_packaged(source.sha256)
        return TextOrigin.PACKAGED if is_packaged else TextOrigin.CATALOGUED
    row = corpus.ledger.row(source.file, source.sha256)
    is_own = corpus.own_texts.has(source.file) or (row is not None and row.is_own)
    return TextOrigin.OWN if is_own else TextOrigin.UNCATALOGUED


_KNOWN = (TextOrigin.CATALOGUED, TextOrigin.PACKAGED)


def provenance_of(corpus: Corpus, resolution: Masthead, origin: TextOrigin) -> FileProvenance:
    """Return where the file of a text came from."""
    row = corpus.ledger.row(resolution.source.file, resolution.source.sha256)
    has_catalogued_file = origin not in _KNOWN and (
        published_catalogue().has_document(resolution.symbol, resolution.language)
    )
    if row is None:
        return FileProvenance(has_catalogued_file=has_catalogued_file)
    return FileProvenance(
        publisher=row.publisher,
        release=row.release,
        fetched=row.fetched,
        added=row.added,
        has_catalogued_file=has_catalogued_file,
    )


def with_origins(record: dict[str, Any], corpus: Corpus) -> dict[str, Any]:
    """Return a record with `origins`: of each loaded document that it names, its origin."""
    loaded = {masthead.symbol: masthead for masthead in corpus.resolutions}
    named = sorted({text for text in _texts_in(record) if text in loaded})
    origins = {symbol: text_origin(corpus, loaded[symbol]).value for symbol in named}
    return {**record, "origins": origins}


def _texts_in(value: object) -> Iterator[str]:
    """Yield each text in values that JSON can hold."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _texts_in(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _texts_in(inner)
