"""What an index holds: counts, bodies, years, languages, symbols."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import numpy as np

from embeddings.index_errors import IndexDamagedError
from embeddings.store.generations import written_at
from embeddings.store.seal import read_seal
from qa.corpus.corpus import Corpus
from qa.corpus.passage_table import KINDS
from qa.corpus.text_origin import text_origin
from qa.resolutions.model import Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Info:
    """What is loaded."""

    generation: str
    model: str
    index: str
    resolutions: int
    operative: int
    preambular: int
    notes: int
    bodies: tuple[str, ...]
    first_year: int | None
    last_year: int | None
    languages: tuple[str, ...]
    symbols: tuple[str, ...]
    counts: Mapping[str, int]  # resolutions of each body
    built: datetime | None  # when the generation was written
    left_out: Mapping[str, str]  # files whose resolution was read from another: which one
    conflicts: Mapping[str, str]  # files with other words under a symbol that was read: from which
    origins: Mapping[str, int]  # resolutions by whether their file is a published one
    seal: str  # "signed with the key 0123456789abcdef"


def info_of(corpus: Corpus, index: str) -> Info:
    """Return what a corpus holds.

    Args:
        corpus: the loaded texts.
        index: the folder they were opened from; "" if they come from none.
    """
    resolutions = corpus.resolutions
    counts = np.bincount(corpus.columns.rows["kind"], minlength=len(KINDS)).tolist()
    kinds = dict(zip(KINDS, counts, strict=True))
    bodies = Counter(resolution.body.value for resolution in resolutions)
    years = sorted(resolution.adopted.year for resolution in resolutions if resolution.adopted)
    return Info(
        generation=corpus.generation,
        model=corpus.model.name,
        index=index,
        resolutions=len(resolutions),
        operative=kinds[Kind.OPERATIVE],
        preambular=kinds[Kind.PREAMBULAR],
        notes=kinds[Kind.NOTE],
        bodies=tuple(sorted(bodies)),
        counts=dict(sorted(bodies.items())),
        built=written_at(Path(index), corpus.generation) if index else None,
        first_year=years[0] if years else None,
        last_year=years[-1] if years else None,
        languages=tuple(sorted({resolution.language for resolution in resolutions})),
        symbols=tuple(resolution.symbol for resolution in resolutions),
        left_out={
            other: resolution.source.file
            for resolution in resolutions
            for other in resolution.source.others
        },
        conflicts={
            other: resolution.source.file
            for resolution in resolutions
            for other in resolution.source.conflicts
        },
        origins=dict(
            sorted(Counter(text_origin(corpus, masthead).value for masthead in resolutions).items())
        ),
        seal=_seal(corpus),
    )


def _seal(corpus: Corpus) -> str:
    """Return what the seal of the generation says; "" of one without."""
    try:
        seal = read_seal(corpus.folder)
    except IndexDamagedError:
        return "damaged"
    if seal is None:
        return ""
    return f"signed with the key {seal.key}" if seal.signature else "not signed"
