"""Writes the files of one generation, and reuses what the previous one holds."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from embeddings.model.encoder import Encoding
from embeddings.search.bm25 import Bm25Index
from embeddings.search.inverted_index import NEW
from embeddings.store.encoded_texts import EncodedTexts
from qa.corpus.corpus import Corpus
from qa.corpus.index_files import (
    CENTRES_FILE,
    COLUMNS_FOLDER,
    CONTEXT_WORDS_FOLDER,
    CONTEXTS_FOLDER,
    ENCODED_FOLDER,
    TERMS_FILE,
    TEXTS_FOLDER,
    WORDS_FOLDER,
)
from qa.corpus.passage_table import KINDS, PassageTable
from qa.corpus.passages import Passage, passages_of
from qa.corpus.term_records import ResolutionTerms, terms_of_resolution
from qa.corpus.text_store import line_of, masthead_of, write_texts
from qa.corpus.validity_table import save_terms
from qa.indexing.selection import SelectedSource
from qa.resolutions.model import Body, Kind, Masthead, Resolution

if TYPE_CHECKING:
    from qa.resolutions.readers.files import ReadFile

Floats = npt.NDArray[np.float32]
Rows = npt.NDArray[np.int64]
Encode = Callable[[Sequence[str]], Sequence[Encoding]]

_OPENING = 600  # characters of a preamble that describe the topic of a resolution
_FEW = 3
_TINY = 1e-9


@dataclass(frozen=True, slots=True, kw_only=True)
class WriteResult:
    """What was written."""

    mastheads: tuple[Masthead, ...]
    passages: int
    way: str  # how this number of vectors is searched


def embedded_text(passage: Passage) -> str:
    """Return the text that is embedded and indexed by words for a passage: chapeau and text."""
    return f"{passage.chapeau} {passage.text}" if passage.chapeau else passage.text


def context_text(resolution: Resolution) -> str:
    """Return the topic of a resolution: title and subjects, or else the start of its preamble.

    Resolutions of the Security Council have no title; their records name subjects.
    """
    stated = " ".join((resolution.title, *resolution.subjects)).strip()
    if resolution.subjects or (stated and resolution.body is not Body.SECURITY_COUNCIL):
        return stated
    preamble = " ".join(paragraph.text for paragraph in resolution.of_kind(Kind.PREAMBULAR))
    opening = preamble or " ".join(paragraph.text for paragraph in resolution.paragraphs[:_FEW])
    return f"{stated} {opening[:_OPENING]}".strip()


def write_passages(
    folder: Path,
    chosen: Sequence[SelectedSource],
    old: Corpus | None,
    known: Sequence[EncodedTexts],
    encode: Encode,
) -> WriteResult:
    """Write the files of a generation into an empty folder.

    Args:
        folder: destination.
        chosen: the resolutions; those that were not read now are taken from `old`.
        old: the previous generation, built by the same rules with the same model.
        known: texts that have a vector: of passages, and of resolutions.
        encode: returns the encodings of texts; called once with all distinct new texts.
    """
    return _GenerationWriter(folder, chosen, old).fill(known, encode)


class _GenerationWriter:
    """Writes one generation."""

    def __init__(self, folder: Path, chosen: Sequence[SelectedSource], old: Corpus | None) -> None:
        self._folder = folder
        self._chosen = chosen
        self._old = old
        places = [
            None if source.read or not old else old.place(source.version.symbol)
            for source in chosen
        ]
        self._places = np.array(
            [NEW if place is None else place for place in places], dtype=np.int64
        )
        self._mastheads = tuple(map(self._masthead, chosen, self._places.tolist()))
        self._passages = [  # of each resolution that is new
            (masthead, source.read, passages_of(source.read.resolution, masthead, 0))
            for source, masthead in zip(chosen, self._mastheads, strict=True)
            if source.read
        ]
        self._sizes = self._sizes_of_all()
        self._kept = self._kept_rows()

    def fill(self, known: Sequence[EncodedTexts], encode: Encode) -> WriteResult:
        """Write all files."""
        folder = self._folder
        write_texts(folder / TEXTS_FOLDER, self._mastheads, self._lines())
        save_terms(folder / TERMS_FILE, tuple(self._terms()))
        new = [passage for _, _, passages in self._passages for passage in passages]
        columns = (self._old.columns if self._old else PassageTable.empty()).updated(
            self._kept, new, self._sizes
        )
        columns.save(folder / COLUMNS_FOLDER)
        texts = [embedded_text(passage) for passage in new]
        contexts = [context_text(read.resolution) for _, read, _ in self._passages]
        self._fill_words(texts, contexts)
        old_texts, old_contexts = known
        fresh = dict.fromkeys(
            (*old_texts.without_vector(texts), *old_contexts.without_vector(contexts))
        )
        rows = dict(zip(fresh, encode(list(fresh)), strict=True))
        encoded = old_texts.updated(self._kept, texts, rows)
        encoded.save(folder / ENCODED_FOLDER)
        old_contexts.updated(self._places, contexts, rows).save(folder / CONTEXTS_FOLDER)
        np.save(folder / CENTRES_FILE, self._centres(columns, encoded), allow_pickle=False)
        return WriteResult(mastheads=self._mastheads, passages=len(self._kept), way=encoded.way)

    def _fill_words(self, texts: Sequence[str], contexts: Sequence[str]) -> None:
        old, folder = self._old, self._folder
        words = old.words if old else Bm25Index.build(())
        words.updated(self._kept, texts, gone=self._gone_texts()).save(folder / WORDS_FOLDER)
        about = old.context_words if old else Bm25Index.build(())
        gone = (context_text(old.texts[place]) for place in self._gone_places()) if old else ()
        about.updated(self._places, contexts, gone=gone).save(folder / CONTEXT_WORDS_FOLDER)

    def _masthead(self, source: SelectedSource, place: int) -> Masthead:
        if source.read or self._old is None:
            return masthead_of(_read(source).resolution)
        masthead = self._old.resolutions[place]
        files = replace(masthead.source, others=source.others, conflicts=source.conflicts)
        return replace(masthead, source=files)

    def _lines(self) -> Iterator[bytes]:
        for source, place in zip(self._chosen, self._places.tolist(), strict=True):
            yield (
                self._old.texts.line(place)
                if self._old and place != NEW
                else line_of(_read(source))
            )

    def _terms(self) -> Iterator[ResolutionTerms]:
        """Yield the terms of validity of each resolution."""
        for source, place in zip(self._chosen, self._places.tolist(), strict=True):
            yield (
                self._old.validity.terms[place]
                if self._old and place != NEW
                else terms_of_resolution(_read(source).resolution)
            )

    def _sizes_of_all(self) -> list[int]:
        new = (len(passages) for _, _, passages in self._passages)
        old = np.diff(self._old.columns.starts).tolist() if self._old else []
        return [next(new) if place == NEW else old[place] for place in self._places.tolist()]

    def _kept_rows(self) -> Rows:
        """Return for each passage its row in the previous generation, or NEW."""
        parts = [np.zeros(0, dtype=np.int64)]
        for place, size in zip(self._places.tolist(), self._sizes, strict=True):
            first = int(self._old.columns.starts[place]) if self._old and place != NEW else None
            parts.append(np.full(size, NEW) if first is None else np.arange(first, first + size))
        return np.concatenate(parts)

    def _gone_places(self) -> list[int]:
        old = len(self._old.resolutions) if self._old else 0
        return sorted(set(range(old)) - set(self._places.tolist()))

    def _gone_texts(self) -> Iterable[str]:
        for place in self._gone_places():
            if self._old:
                yield from map(embedded_text, self._old.passages.of(place))

    def _centres(self, columns: PassageTable, encoded: EncodedTexts) -> Floats:
        """Return the mean direction of each resolution's operative paragraphs."""
        centres = np.zeros((len(self._places), encoded.vectors.dim), dtype=np.float32)
        operative = columns.rows["kind"] == KINDS.index(Kind.OPERATIVE)
        for place, old in enumerate(self._places.tolist()):
            if self._old and old != NEW:
                centres[place] = self._old.centres[old]
                continue
            rows = np.arange(columns.starts[place], columns.starts[place + 1])
            rows = rows[operative[rows]]
            mean = encoded.vectors.gather(encoded.places[rows]).sum(axis=0)
            centres[place] = mean / max(float(np.linalg.norm(mean)), _TINY)
        return centres


def _read(source: SelectedSource) -> "ReadFile":
    if source.read is None:
        raise ValueError(f"{source.version.symbol} was neither read nor kept")
    return source.read
