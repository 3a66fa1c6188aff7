"""Builds a new generation of an index from files, and reuses what the previous one holds."""

import hashlib
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from embeddings.backends.choice import drop_generation, next_store
from embeddings.store.generation_writer import write_generation
from embeddings.store.generations import Generation
from embeddings.store.manifest import LOCAL_FILES, Contents
from embeddings.store.seal import seal_generation
from qa.corpus.index_files import TEMPLATE
from qa.errors import InputError
from qa.indexing.collect import CollectResult, Progress, collect
from qa.indexing.ledger_writer import write_ledger
from qa.indexing.previous import BuildInputs, PreviousGeneration
from qa.indexing.vector_store import fill_store, refill_store
from qa.indexing.writer import write_passages
from qa.resolutions.model import Masthead
from qa.resolutions.readers.files import Problem

if TYPE_CHECKING:
    from embeddings.model.encoder import Encoder, Encoding


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildReport:
    """The result of a build, in numbers."""

    generation: str
    unchanged: bool
    resolutions: int
    passages: int
    files: int
    read: int  # resolutions that were read, and not reused from the previous generation
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

    Files whose bytes are the same as in the previous generation are not read again, and texts with
    a vector there are not encoded again. Files that are no longer under `paths` are left out.

    Args:
        paths: files, folders and archives.
        index: folder of the index, created if needed.
        load_encoder: returns the model.
        language: of the texts to index, "en".
        jobs: reader processes.
        store: where vectors and words are searched: "files", the address of a Milvus
            (`embeddings.backends.milvus`), or None for the current store.
        progress: called with a stage, the steps done and their total.
        adds: keep the files of the previous generation that are not under `paths`.
        without: names of files that are not kept.

    Raises:
        InputError: nothing under `paths` could be read as a resolution.
        StoreAddressError, StoreAbsentError: the store is not valid, or does not answer.
        StoreBusyError, StoreWriteError: the index cannot be written; the old one is unchanged.
    """
    options = _BuildOptions(
        paths=paths, language=language, jobs=jobs, store=store, adds=adds, without=without
    )
    return _Building(index, load_encoder(), options, progress).run()


@dataclass(frozen=True, slots=True, kw_only=True)
class _BuildOptions:
    """What is indexed, and where it is searched; see `build`."""

    paths: Sequence[Path]
    language: str
    jobs: int
    store: str | None
    adds: bool
    without: Collection[str]


class _Building:
    """One build: its inputs, and what it has done so far."""

    def __init__(
        self, index: Path, encoder: "Encoder", options: _BuildOptions, progress: Progress | None
    ) -> None:
        from embeddings.store.encoding_journal import EncodingJournal

        self._index = index
        self._model = encoder.id
        self._journal = EncodingJournal(index, encoder)
        self._options = options
        self._report_progress = progress or (lambda _stage, _done, _total: None)
        self._before: Generation | None = None
        self._collected = CollectResult(chosen=(), inputs=(), problems=())
        self._encoded = 0

    def run(self) -> BuildReport:
        """Write a generation, and return what was done."""
        generation = write_generation(
            self._index, self._fill, ready=self._complete, drop=drop_generation
        )
        self._journal.forget()
        return self._report(generation)

    def _fill(self, folder: Path, before: Generation | None) -> Contents | None:
        """Write the files of the next generation; None if it would equal the previous one."""
        previous, language = PreviousGeneration.of(before, self._model), self._options.language
        store = next_store(self._options.store, before.manifest.store if before else LOCAL_FILES)
        self._before = before
        collected = self._collected = self._collect(previous)
        if (
            before
            and store.is_with(before.manifest.store)
            and previous.is_built_from(collected, language)
        ):
            refill_store(before)
            return None
        written = write_passages(
            folder, collected.chosen, previous.corpus, previous.encoded, self._encode
        )
        BuildInputs.of(collected, language).save(folder)
        return Contents(
            model=self._model,
            template=TEMPLATE,
            rows=written.passages,
            corpus_hash=_corpus_hash(written.mastheads),
            extra={"resolutions": len(written.mastheads)},
            store=replace(store, vectors=written.way) if store.is_local else store,
        )

    def _complete(self, generation: Generation) -> None:
        """Fill the store of a generation, and write what its manifest does not list."""
        fill_store(generation)
        write_ledger(generation, self._collected.inputs, self._before)
        seal_generation(generation.path)

    def _collect(self, previous: PreviousGeneration) -> CollectResult:
        """Read the files and select the sources.

        Raises:
            InputError: none of them is a resolution.
        """
        options = self._options
        held = previous.inputs if options.adds else ()
        collected = collect(
            options.paths,
            language=options.language,
            jobs=options.jobs,
            progress=self._report_progress,
            known=previous.known,
            is_reusable=previous.is_reusable,
            kept=[entry for entry in held if entry.file not in options.without],
        )
        if not collected.chosen:
            problem = collected.problems[0]
            raise InputError(f"no resolution could be read: {problem.file}: {problem.reason}")
        return collected

    def _encode(self, texts: Sequence[str]) -> "list[Encoding]":
        """Return the encodings of new texts, and report the progress."""
        self._report_progress("Embedding", 0, len(texts))

        def on_batch(count: int) -> None:
            self._encoded += count
            self._report_progress("Embedding", self._encoded, len(texts))

        return self._journal.encode(texts, progress=on_batch)

    def _report(self, generation: Generation) -> BuildReport:
        return BuildReport(
            generation=generation.name,
            unchanged=self._before is not None and self._before.name == generation.name,
            resolutions=len(self._collected.chosen),
            passages=generation.manifest.rows,
            files=self._collected.files,
            read=len(self._collected.read),
            encoded=self._encoded,
            problems=self._collected.problems,
        )


def _corpus_hash(mastheads: Sequence[Masthead]) -> str:
    digest = hashlib.sha256()
    for masthead in mastheads:
        digest.update(f"{masthead.symbol}\t{masthead.source.sha256}\n".encode())
    return digest.hexdigest()
