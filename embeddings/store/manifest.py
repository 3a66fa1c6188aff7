"""The manifest of a generation, and its JSON form."""

import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import PurePosixPath
from typing import Any, Self, TypedDict, TypeVar

from embeddings.index_errors import IndexDamagedError
from embeddings.model.model_id import ModelId

FORMAT = 1
MANIFEST_FILE = "manifest.json"

Kind = TypeVar("Kind")

_SHA256 = re.compile(r"[0-9a-f]{64}")


class FileStamp(TypedDict):
    """What a file of a generation must be."""

    sha256: str
    bytes: int


OWN = "files"


@dataclass(frozen=True, slots=True, kw_only=True)
class StoreId:
    """Where the vectors and words of a generation are searched."""

    address: str = OWN  # or that of a Milvus
    name: str = ""  # with which the collections of the index begin there
    vectors: str = "exact"  # how: `embeddings.store.encoded_texts` has the ways

    @property
    def is_local(self) -> bool:
        """Whether the files of the generation are searched themselves."""
        return self.address == OWN

    def is_with(self, other: Self) -> bool:
        """Return whether both are the same store; the way of searching may differ."""
        return (self.address, self.name) == (other.address, other.name)


LOCAL_FILES = StoreId()


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """The facts that a caller records about the files of a generation."""

    model: ModelId  # what the vectors were made with
    template: str  # version of what is encoded, and how
    rows: int  # how many texts the index holds
    corpus_hash: str  # identifies the set of texts
    extra: Mapping[str, Any]  # the caller's own, anything that JSON can hold
    store: StoreId = LOCAL_FILES


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest(Contents):
    """A generation's contents and files; equal manifests mean equal files, byte for byte."""

    files: Mapping[str, FileStamp]  # by name within the generation, with forward slashes
    format: int = FORMAT

    def to_json(self) -> bytes:
        """Return the manifest as it is written: the same bytes for the same contents."""
        text = json.dumps(asdict(self), ensure_ascii=False, indent=2, sort_keys=True)
        return f"{text}\n".encode()

    @classmethod
    def from_json(cls, data: bytes) -> Self:
        """Return the manifest that `to_json` wrote as `data`.

        Raises:
            IndexDamagedError: `data` is not a manifest, or one of a newer Operative.
        """
        try:
            saved = json.loads(data)
            version = saved["format"]
        except (ValueError, KeyError, TypeError, RecursionError) as error:
            raise IndexDamagedError(MANIFEST_FILE, "cannot be read") from error
        if isinstance(version, int) and version > FORMAT:
            problem = f"is of format {version}, from a newer Operative (this one reads {FORMAT})"
            raise IndexDamagedError(MANIFEST_FILE, problem)
        try:
            return cls(
                format=_typed(version, int),
                model=ModelId(**_typed(saved["model"], dict)),
                template=_typed(saved["template"], str),
                rows=_typed(saved["rows"], int),
                corpus_hash=_typed(saved["corpus_hash"], str),
                files={name: _stamp(name, stamp) for name, stamp in saved["files"].items()},
                extra=_typed(saved["extra"], dict),
                store=_store(saved.get("store", {})),
            )
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise IndexDamagedError(MANIFEST_FILE, "cannot be read") from error


def _stamp(name: str, saved: Any) -> FileStamp:  # noqa: ANN401 - anything that JSON can hold
    """A file's stamp; ValueError for a name that leads out of the generation."""
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts or set(name) & set("\\:\0") or not path.parts:
        raise ValueError(f"{name!r} is not a file of a generation")
    if not _SHA256.fullmatch(saved["sha256"]):
        raise ValueError("not a SHA-256")
    return FileStamp(sha256=saved["sha256"], bytes=_typed(saved["bytes"], int))


def _store(saved: Any) -> StoreId:  # noqa: ANN401
    """The store that a manifest names; its own files if it names none."""
    given = {name: _typed(value, str) for name, value in saved.items()}
    return StoreId(**given)


def _typed(value: Any, kind: type[Kind]) -> Kind:  # noqa: ANN401
    """`value`, or TypeError if it is not of that kind."""
    if not isinstance(value, kind):
        raise TypeError(f"{value!r} is not {kind.__name__}")
    return value
