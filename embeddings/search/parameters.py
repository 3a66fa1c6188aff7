"""The numbers of word search, read from `parameters.json`, which says where they come from."""

import json
from dataclasses import dataclass, fields
from functools import cache
from importlib.resources import files
from typing import Any, TypeVar

PARAMETERS_FILE = "parameters.json"


@dataclass(frozen=True, slots=True)
class Bm25Parameters:
    """How much repetition of a term and the length of a row count."""

    k1: float
    b: float


@dataclass(frozen=True, slots=True)
class SpellingParameters:
    """Which words are repaired."""

    min_letters: int  # of a word that is repaired
    min_letters_of_two_edits: int  # from which two letters may be wrong


Parameters = TypeVar("Parameters", bound=Bm25Parameters | SpellingParameters)


def bm25_parameters() -> Bm25Parameters:
    """Return the numbers of BM25."""
    return read_group(Bm25Parameters, _stored()["bm25"])


def spelling_parameters() -> SpellingParameters:
    """Return the numbers of the speller."""
    return read_group(SpellingParameters, _stored()["spelling"])


def read_group(kind: type[Parameters], record: dict[str, Any]) -> Parameters:
    """Return one group of numbers.

    Raises:
        ValueError: the names are not those of `kind` and `provenance`.
    """
    expected = {field.name for field in fields(kind)}
    if record.keys() != {*expected, "provenance"}:
        names = ", ".join(sorted(record.keys() ^ {*expected, "provenance"}))
        message = f"{PARAMETERS_FILE}: missing or unknown: {names}; restore the file"
        raise ValueError(message)
    return kind(**{name: record[name] for name in expected})


@cache
def _stored() -> dict[str, Any]:
    content = files("embeddings.search").joinpath(PARAMETERS_FILE).read_text(encoding="utf-8")
    record: dict[str, Any] = json.loads(content)
    return record
