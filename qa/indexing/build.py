"""Files in, a new generation of an index out: what the one before holds is not made again."""

import hashlib
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from embeddings.backends.choice import drop_generation, next_store
from embeddings.store.generation_writer import write_generation
from embeddings.store.generations import Generation
from embeddings.store.manifest import LOCAL_FILES, Contents
from qa.corpus.index_files import TEMPLATE
from qa.errors import InputError
from qa.indexing.collect import CollectResult, Progress, collect
from qa.indexing.previous import BuildInputs, PreviousGeneration
from qa.indexing.vector_store import fill_store, refill_store
from qa.indexing.writer import write_passages
from qa.resolutions.model import Masthead
from qa.resolutions.readers.files import Problem

if TYPE_CHECKING:
    from embeddings.model.encoder import Encoder, Encoding
    from embeddings.store.encoding_journal import EncodingJournal


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildReport:
    """What a build did."""

    generation: str
    unchanged: bool
    resolutions: int
    passages: int
    files: int
    read: int  # resolutions that were read, and not kept from the generation before
    encoded: int  # texts that were encoded
    problems: tuple[Problem, ...]


def build(
    paths: Sequence[Path],
    index: Path,
    *,
    load_encoder: "Callable[[], Encoder]",
    language: str = "en",
    jobs: int = 1,
    store: str | None = None,
    progress: Progress | None = None,
    adds: bool = False,
    without: Collection[str] = (),
) -> BuildReport:
    """Read every text under `paths` and write a new generation of `index`.

    Files that the generation before was built from, byte for byte, are not read again, and texts
    that it holds are not encoded again; what lies under `paths` no longer is left out.

    Args:
        paths: files, folders and archives.
        index: folder of the index, made if needed.
        load_encoder: returns the model.
        language: of the texts to take, "en".
        jobs: processes that read files at the same time.
        store: where vectors and words are searched: "files", the address of a Milvus
            (`embeddings.backends.milvus`), or None for where they are now.
        progress: called with what is being done, how much is done, and of how much.
        adds: keep the files of the generation before that do not lie under `paths`.
        without: names of files that are not to be kept.

    Raises:
        InputError: nothing under `paths` could be read as a resolution.
        StoreAddressError, StoreAbsentError: there is no such store, or it does not answer.
        StoreBusyError, StoreWriteError: the index cannot be written; the old one still serves.
    """
    from embeddings.store.encoding_journal import EncodingJournal

    encoder = load_encoder()
    journal = EncodingJournal(index, encoder)
    building = _Building(journal, progress or (lambda _what, _done, _of: None))

    def contents(folder: Path, before: Generation | None) -> Contents | None:
        previous = PreviousGeneration.of(before, encoder.id)
        next_place = next_store(store, before.manifest.store if before else LOCAL_FILES)
        building.before = before
        collected = building.collected = collect(
            paths,
            language=language,
            jobs=jobs,
            progress=progress,
            known=previous.known,
            is_reusable=previous.is_reusable,
            kept=([held for held in previous.inputs if held.file not in without] if adds else ()),
        )
        if not collected.chosen:
            problem = collected.problems[0]
            raise InputError(f"no resolution could be read: {problem.file}: {problem.reason}")
        if (
            before
            and next_place.is_with(before.manifest.store)
            and previous.is_built_from(collected, language)
        ):
            refill_store(before)
            return None
        filled = write_passages(
            folder, collected.chosen, previous.corpus, encoder.id.dimension, building.encode
        )
        BuildInputs.of(collected, language).save(folder)
        return Contents(
            model=encoder.id,
            template=TEMPLATE,
            rows=filled.passages,
            corpus_hash=_corpus_hash(filled.mastheads),
            extra={"resolutions": len(filled.mastheads)},
            store=replace(next_place, vectors=filled.way) if next_place.is_local else next_place,
        )

    generation = write_generation(index, contents, ready=fill_store, drop=drop_generation)
    journal.forget()
    return building.report(generation)


@dataclass(slots=True)
class _Building:
    """What one build has done so far."""

    journal: "EncodingJournal"
    say: Progress
    before: Generation | None = None
    collected: CollectResult = field(
        default_factory=lambda: CollectResult(chosen=(), inputs=(), problems=())
    )
    encoded: int = 0

    def encode(self, texts: Sequence[str]) -> "list[Encoding]":
        """Return what the model makes of new texts, telling how many are done."""
        self.say("Embedding", 0, len(texts))

        def done(count: int) -> None:
            self.encoded += count
            self.say("Embedding", self.encoded, len(texts))

        return self.journal.encode(texts, progress=done)

    def report(self, generation: Generation) -> BuildReport:
        """Return what was done."""
        return BuildReport(
            generation=generation.name,
            unchanged=self.before is not None and self.before.name == generation.name,
            resolutions=len(self.collected.chosen),
            passages=generation.manifest.rows,
            files=self.collected.files,
            read=len(self.collected.read),
            encoded=self.encoded,
            problems=self.collected.problems,
        )


def _corpus_hash(mastheads: Sequence[Masthead]) -> str:
    digest = hashlib.sha256()
    for masthead in mastheads:
        digest.update(f"{masthead.symbol}\t{masthead.source.sha256}\n".encode())
    return digest.hexdigest()
