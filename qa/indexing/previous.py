"""What the generation before still gives to a build: files that are known, texts, vectors."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from embeddings.index_errors import IndexDamagedError
from embeddings.model.model_id import ModelId
from embeddings.store.generations import Generation
from qa.corpus.corpus import TEMPLATE, Corpus
from qa.indexing.collect import CollectResult, InputRead, Key, SourceVersion
from qa.resolutions.readers.published_records import Record

if TYPE_CHECKING:
    from pathlib import Path

INPUTS_FILE = "inputs.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildInputs:
    """The files that a generation was built from, and what each held."""

    language: str
    inputs: tuple[InputRead, ...]
    records: Mapping[str, str]  # by symbol: the hash of the record that completed it

    @classmethod
    def of(cls, gathered: CollectResult, language: str) -> "BuildInputs":
        """Return what a build was made from."""
        return cls(
            language=language,
            inputs=gathered.inputs,
            records={one.reading.symbol: _hash(one.record) for one in gathered.chosen},
        )

    def save(self, folder: "Path") -> None:
        """Write this into the folder of a generation."""
        import msgspec

        (folder / INPUTS_FILE).write_bytes(msgspec.json.encode(self, order="sorted"))

    @classmethod
    def load(cls, generation: Generation) -> "BuildInputs":
        """Return what a generation was built from.

        Raises:
            IndexDamagedError: that file is not as this version reads it.
        """
        import msgspec

        try:
            return msgspec.json.decode(generation.file(INPUTS_FILE).read_bytes(), type=BuildInputs)
        except (OSError, msgspec.MsgspecError) as error:
            raise IndexDamagedError(INPUTS_FILE, f"cannot be read ({error})") from error


class PreviousGeneration:
    """A generation that a build may take from, or nothing."""

    def __init__(self, corpus: Corpus | None, sources: BuildInputs | None) -> None:
        self.corpus = corpus
        self._sources = sources

    @classmethod
    def of(cls, generation: Generation | None, model: ModelId) -> "PreviousGeneration":
        """Return what a generation gives: nothing if it was made by other rules or another model.

        Args:
            generation: the one that serves, if any.
            model: by which the next one is encoded.
        """
        if (
            generation is not None
            and generation.manifest.template == TEMPLATE
            and generation.manifest.model.fingerprint == model.fingerprint
        ):
            try:
                return cls(Corpus.of(generation), BuildInputs.load(generation))
            except IndexDamagedError:
                pass  # it is built anew
        return cls(None, None)

    @cached_property
    def known(self) -> Mapping[Key, InputRead]:
        """The files on disk that need not be read again."""
        inputs = self._sources.inputs if self._sources else ()
        return {one.key: one for one in inputs}

    def keeps(self, reading: SourceVersion, record: Record | None) -> bool:
        """Tell whether a resolution of a known file is here as it would be read from it."""
        if self.corpus is None or self._sources is None:
            return False
        place = self.corpus.place(reading.symbol)
        return (
            place is not None
            and self.corpus.resolutions[place].symbol == reading.symbol
            and self.corpus.resolutions[place].source.file == reading.file
            and self._sources.records.get(reading.symbol) == _hash(record)
        )

    def is_of(self, gathered: CollectResult, language: str) -> bool:
        """Tell whether this generation holds what was gathered, and nothing else."""
        return (
            self._sources is not None
            and self._sources.language == language
            and self._sources.inputs == gathered.inputs
        )


def _hash(record: Record | None) -> str:
    import msgspec

    return hashlib.sha256(msgspec.json.encode(record, order="sorted")).hexdigest()[:32]
