"""Files in, a new generation of an index out."""

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from embeddings.store import write_generation
from qa.corpus import (
    CONTEXT_WORDS_FOLDER,
    CONTEXTS_FILE,
    PLACES_FILE,
    SOURCES_FILE,
    TEMPLATE,
    TEXTS_FILE,
    VECTORS_FILE,
    WORDS_FOLDER,
    Passage,
    passages_of_all,
)
from qa.errors import InputError
from qa.gather import Progress, gather
from qa.resolutions.export import to_record
from qa.resolutions.model import Body, Kind, Resolution
from qa.resolutions.readers.files import Problem, ReadFile

if TYPE_CHECKING:
    from embeddings.encoder import Encoder


_OPENING = 600  # characters of a preamble that tell what a resolution is about
_FEW = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildReport:
    """What a build did."""

    generation: str
    unchanged: bool
    resolutions: int
    passages: int
    files: int
    problems: tuple[Problem, ...]


def embedded_text(passage: Passage) -> str:
    """Return what is embedded, and matched by words, for a passage: it with its chapeau."""
    return f"{passage.chapeau} {passage.text}" if passage.chapeau else passage.text


def context_text(resolution: Resolution) -> str:
    """Return what a resolution is about: title and subjects, or else how its preamble begins.

    Resolutions of the Security Council have no title; their records name subjects.
    """
    said = " ".join((resolution.title, *resolution.subjects)).strip()
    if resolution.subjects or (said and resolution.body is not Body.SECURITY_COUNCIL):
        return said
    preamble = " ".join(one.text for one in resolution.of_kind(Kind.PREAMBULAR))
    opening = preamble or " ".join(one.text for one in resolution.paragraphs[:_FEW])
    return f"{said} {opening[:_OPENING]}".strip()


def build(
    paths: Sequence[Path],
    index: Path,
    *,
    load_encoder: "Callable[[], Encoder]",
    language: str = "en",
    jobs: int = 1,
    progress: Progress | None = None,
) -> BuildReport:
    """Read every text under `paths` and write a new generation of `index`.

    Args:
        paths: files, folders and archives.
        index: folder of the index, made if needed.
        load_encoder: returns the model; called once there is something to encode.
        language: of the texts to take, "en".
        jobs: processes that read files at the same time.
        progress: called with what is being done, how much is done, and of how much.

    Raises:
        InputError: nothing under `paths` could be read as a resolution.
        StoreBusyError, StoreWriteError: the index cannot be written; the old one still serves.
    """
    say = progress or (lambda _what, _done, _of: None)
    gathered = gather(paths, language=language, jobs=jobs, progress=progress)
    read, problems = gathered.read, gathered.problems
    if not read:
        raise InputError(f"no resolution could be read: {problems[0].file}: {problems[0].reason}")
    encoder = load_encoder()
    passages = tuple(passages_of_all([one.resolution for one in read]))

    def fill(folder: Path) -> None:
        _fill(folder, read, passages, encoder, say)

    before = _current_name(index)
    generation = write_generation(
        index,
        fill=fill,
        model=encoder.id,
        template=TEMPLATE,
        rows=len(passages),
        corpus_hash=_corpus_hash(read),
        extra={"resolutions": len(read)},
    )
    return BuildReport(
        generation=generation.name,
        unchanged=generation.name == before,
        resolutions=len(read),
        passages=len(passages),
        files=gathered.files,
        problems=problems,
    )


def _current_name(index: Path) -> str | None:
    try:
        return (index / "CURRENT").read_text(encoding="ascii").strip()
    except (OSError, ValueError):
        return None


def _fill(
    folder: Path,
    read: Sequence[ReadFile],
    passages: Sequence[Passage],
    encoder: "Encoder",
    say: Progress,
) -> None:
    """Write the files of one generation."""
    from embeddings.vectors import VectorIndex
    from embeddings.words import WordIndex

    _write_lines(folder / TEXTS_FILE, (to_record(one.resolution) for one in read))
    _write_lines(
        folder / SOURCES_FILE,
        ({"symbol": one.resolution.symbol, "text": one.raw} for one in read),
    )
    done = 0

    def encoded(count: int) -> None:
        nonlocal done
        done += count
        say("Embedding", done, len(places) + len(contexts))

    texts = [embedded_text(one) for one in passages]
    places = {text: place for place, text in enumerate(dict.fromkeys(texts))}
    contexts = [context_text(one.resolution) for one in read]
    say("Embedding", 0, len(places) + len(contexts))
    VectorIndex.build(encoder.encode(list(places), progress=encoded)).save(folder / VECTORS_FILE)
    with (folder / PLACES_FILE).open("wb") as file:
        np.save(file, np.array([places[text] for text in texts], dtype=np.int32))
    VectorIndex.build(encoder.encode(contexts, progress=encoded)).save(folder / CONTEXTS_FILE)
    WordIndex.build(texts).save(folder / WORDS_FOLDER)
    WordIndex.build(contexts).save(folder / CONTEXT_WORDS_FOLDER)


def _write_lines(path: Path, records: Iterable[Mapping[str, Any]]) -> None:
    lines = (json.dumps(record, ensure_ascii=False, sort_keys=True) for record in records)
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8", newline="\n")


def _corpus_hash(read: Sequence[ReadFile]) -> str:
    digest = hashlib.sha256()
    for one in read:
        digest.update(f"{one.resolution.symbol}\t{one.resolution.source.sha256}\n".encode())
    return digest.hexdigest()
