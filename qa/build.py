"""Files in, a new generation of an index out."""

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from embeddings.store import write_generation
from qa.corpus import (
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
from qa.resolutions.readers.files import Problem, ReadFile

if TYPE_CHECKING:
    from embeddings.encoder import Encoder


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
    """Return what is embedded for a passage: the paragraph with its context."""
    resolution = passage.resolution
    year = f" ({resolution.adopted.year})" if resolution.adopted else ""
    chapeau = f"{passage.chapeau} " if passage.chapeau else ""
    return f"{chapeau}{passage.text} [{resolution.title}{year}]"


def worded_text(passage: Passage) -> str:
    """Return what is matched by words for a passage."""
    chapeau = f"{passage.chapeau} " if passage.chapeau else ""
    return f"{chapeau}{passage.text}"


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
        say("Embedding", done, len(passages))

    rows = encoder.encode([embedded_text(one) for one in passages], progress=encoded)
    VectorIndex.build(rows).save(folder / VECTORS_FILE)
    WordIndex.build([worded_text(one) for one in passages]).save(folder / WORDS_FOLDER)


def _write_lines(path: Path, records: Iterable[Mapping[str, Any]]) -> None:
    lines = (json.dumps(record, ensure_ascii=False, sort_keys=True) for record in records)
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8", newline="\n")


def _corpus_hash(read: Sequence[ReadFile]) -> str:
    digest = hashlib.sha256()
    for one in read:
        digest.update(f"{one.resolution.symbol}\t{one.resolution.source.sha256}\n".encode())
    return digest.hexdigest()
