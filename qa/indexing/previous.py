"""What a build can reuse from the previous index: unchanged files, their texts and vectors."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from embeddings.index_errors import IndexDamagedError
from embeddings.model.model_id import ModelId
from embeddings.store.generations import Generation
from qa.corpus.corpus import Corpus, stored_vectors
from qa.corpus.index_files import TEMPLATE
from qa.indexing.collect import CollectResult, InputRead
from qa.indexing.selection import InputKey, SourceVersion
from qa.resolutions.model import Record

if TYPE_CHECKING:
    from pathlib import Path

    from embeddings.store.encoded_texts import EncodedTexts

INPUTS_FILE = "inputs.json"
READING_RULES = 5
"""Raised when files are read in another way: an index of other rules keeps no file unread."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildInputs:
    """The files that a generation was built from, and what each of them held."""

    language: str
    inputs: tuple[InputRead, ...]
    records: Mapping[str, str]  # by symbol: the hash of the record that completed it
    rules: int = 0  # by which the files were read

    @classmethod
    def of(cls, collected: CollectResult, language: str) -> "BuildInputs":
        """Return the inputs of a build."""
        return cls(
            language=language,
            inputs=collected.inputs,
            records={source.version.symbol: _hash(source.record) for source in collected.chosen},
            rules=READING_RULES,
        )

    def save(self, folder: "Path") -> None:
        """Write the inputs into the folder of a generation."""
        import msgspec

        (folder / INPUTS_FILE).write_bytes(msgspec.json.encode(self, order="sorted"))

    @classmethod
    def load(cls, generation: Generation) -> "BuildInputs":
        """Return the inputs of a generation.

        Raises:
            IndexDamagedError: their file is missing or has another format.
        """
        import msgspec

        try:
            return msgspec.json.decode(generation.file(INPUTS_FILE).read_bytes(), type=BuildInputs)
        except (OSError, msgspec.MsgspecError) as error:
            raise IndexDamagedError(INPUTS_FILE, f"cannot be read ({error})") from error


class PreviousGeneration:
    """The generation that a build can reuse, or none."""

    def __init__(
        self,
        corpus: Corpus | None,
        sources: BuildInputs | None,
        encoded: "tuple[EncodedTexts, EncodedTexts]",
    ) -> None:
        self.corpus = corpus
        self.encoded = encoded
        """The texts with a vector: of passages, and of what resolutions are about."""
        self._sources = sources

    @classmethod
    def of(cls, generation: Generation | None, model: ModelId) -> "PreviousGeneration":
        """Return what can be reused: nothing if the model has changed, vectors if the rules have.

        Vectors are stored by the hash of their text, so no rule makes them wrong.

        Args:
            generation: the current one, if any.
            model: that encodes the next generation.
        """
        from embeddings.store.encoded_texts import EncodedTexts

        none = EncodedTexts.empty(model.dimension)
        if generation is None or generation.manifest.model.fingerprint != model.fingerprint:
            return cls(None, None, (none, none))
        try:
            if generation.manifest.template != TEMPLATE:
                return cls(None, None, stored_vectors(generation))
            corpus = Corpus.of(generation)
            vectors = (corpus.encoded, corpus.encoded_contexts)
            return cls(corpus, BuildInputs.load(generation), vectors)
        except IndexDamagedError:
            return cls(None, None, (none, none))  # nothing of it is reused

    @cached_property
    def known(self) -> Mapping[InputKey, InputRead]:
        """The files on disk that need not be read again while their bytes are the same."""
        is_current = self._sources is not None and self._sources.rules == READING_RULES
        return {held.key: held for held in self.inputs} if is_current else {}

    @property
    def inputs(self) -> tuple[InputRead, ...]:
        """The files on disk that the generation was built from."""
        return self._sources.inputs if self._sources else ()

    def is_reusable(self, version: SourceVersion, record: Record | None) -> bool:
        """Return whether a resolution of a known file is stored as it would be read now."""
        if self.corpus is None or self._sources is None:
            return False
        number = self.corpus.place(version.symbol)
        return (
            number is not None
            and self.corpus.resolutions[number].symbol == version.symbol
            and self.corpus.resolutions[number].source.file == version.file
            and self._sources.records.get(version.symbol) == _hash(record)
        )

    def is_built_from(self, collected: CollectResult, language: str) -> bool:
        """Return whether this generation was built from exactly these files."""
        return (
            self._sources is not None
            and self._sources.rules == READING_RULES
            and self._sources.language == language
            and self._sources.inputs == collected.inputs
        )


def _hash(record: Record | None) -> str:
    import msgspec

    return hashlib.sha256(msgspec.json.encode(record, order="sorted")).hexdigest()[:32]
