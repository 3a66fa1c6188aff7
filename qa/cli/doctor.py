"""Checks of the installation, one finding each."""

import importlib.metadata
import importlib.util
import platform
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from embeddings.index_errors import EmbeddingsError
from embeddings.model.model_id import model_id
from embeddings.store.generations import open_generation
from qa.render.token_count import TokenTableError, token_table

_OURS = ("qa", "embeddings", "app")
_NEEDED = ("torch", "sentence-transformers", "faiss-cpu", "gradio", "tiktoken", "msgspec")
_OLDEST_PYTHON = (3, 11)


@dataclass(frozen=True, slots=True)
class Finding:
    """The result of one check."""

    what: str
    ok: bool
    detail: str


def examine(index: Path) -> tuple[Finding, ...]:
    """Return all findings in a fixed order; nothing is loaded or changed."""
    return tuple(_findings(index))


def _findings(index: Path) -> Iterator[Finding]:
    yield Finding("Python", sys.version_info[:2] >= _OLDEST_PYTHON, platform.python_version())
    yield from map(_package, _NEEDED)
    yield from _owners()
    yield _model()
    yield _encoding()
    yield _index(index)


def _package(name: str) -> Finding:
    try:
        return Finding(name, ok=True, detail=importlib.metadata.version(name))
    except importlib.metadata.PackageNotFoundError:
        return Finding(name, ok=False, detail=f"not installed; run `pip install {name}`")


def _owners() -> Iterator[Finding]:
    """Find other distributions that install a package under one of our names."""
    distributions = importlib.metadata.packages_distributions()
    for name in _OURS:
        owners = sorted(set(distributions.get(name, ())) - {"operative-un"})
        detail = (
            f"also installed by {', '.join(owners)}; use a separate environment"
            if owners
            else "ours"
        )
        yield Finding(f"package {name}", ok=not owners, detail=detail)


def _model() -> Finding:
    try:
        model = model_id(None)
    except EmbeddingsError as error:
        return Finding("model", ok=False, detail=str(error))
    return Finding(
        "model",
        ok=True,
        detail=f"{model.name}, {model.dimension} dimensions, {model.fingerprint[:12]}",
    )


def _encoding() -> Finding:
    try:
        token_table()
    except TokenTableError as error:
        return Finding("token encoding", ok=False, detail=str(error))
    return Finding("token encoding", ok=True, detail="cl100k_base, without a network")


def _index(index: Path) -> Finding:
    try:
        generation = open_generation(index)
    except EmbeddingsError as error:
        missing = not (index / "CURRENT").exists()
        return Finding("index", ok=missing, detail="not built yet" if missing else str(error))
    return Finding("index", ok=True, detail=f"{generation.name} in {index}")
