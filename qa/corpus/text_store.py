"""The parsed texts on disk: mastheads are in memory, the rest is read on access."""

import mmap
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from functools import cache, lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self, TypeVar, overload

import numpy as np
import numpy.typing as npt

from embeddings.index_errors import IndexDamagedError
from embeddings.mmap_arrays import load_array
from qa.resolutions.model import Kind, Masthead, Note, Paragraph, Resolution

if TYPE_CHECKING:
    import msgspec

    from qa.resolutions.readers.files import ReadFile

MASTHEADS_FILE, TEXTS_FILE, ENDS_FILE = "mastheads.json", "texts.jsonl", "ends.npy"
Decoded = TypeVar("Decoded")
CACHED = 512  # texts that are kept once they are read: some 100 MB


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """The text of a resolution, without its masthead."""

    paragraphs: tuple[Paragraph, ...]
    notes: tuple[Note, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sourced(Written):
    """The same with the decoded source: a line of the file."""

    raw: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Raw:
    """The source alone: of a line, only what is asked for is decoded."""

    raw: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Worded:
    kind: Kind
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Noted:
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Wordings:
    """The words of paragraphs and notes alone."""

    paragraphs: tuple[_Worded, ...]
    notes: tuple[_Noted, ...]


class TextStore(Sequence[Resolution]):
    """The resolutions of one generation, numbered from 0 in the order of the corpus."""

    def __init__(
        self, mastheads: Sequence[Masthead], lines: "mmap.mmap | bytes", ends: npt.NDArray[np.int64]
    ) -> None:
        self.mastheads = tuple(mastheads)
        self._lines = lines
        self._ends = ends  # line n has the bytes from ends[n] to ends[n + 1]
        self._written = lru_cache(maxsize=CACHED)(partial(self._decoded, Written))
        self._sources = lru_cache(maxsize=CACHED)(partial(self._decoded, _Raw))

    def __len__(self) -> int:
        return len(self.mastheads)

    def line(self, place: int) -> bytes:
        """Return a text as it is stored, without its masthead."""
        return self._lines[int(self._ends[place]) : int(self._ends[place + 1])]

    def resolution(self, place: int) -> Resolution:
        """Return one resolution, whole.

        Raises:
            IndexDamagedError: it is not stored as this version reads it.
        """
        written = self._written(place)
        return Resolution(
            **_fields(self.mastheads[place]), paragraphs=written.paragraphs, notes=written.notes
        )

    def raw(self, place: int) -> str:
        """Return the decoded source of one resolution."""
        return self._sources(place).raw

    def passage_texts(self, place: int) -> list[str]:
        """Return the words of each passage of one resolution, in the order of `passages.Parts`.

        Nothing else of it is read, so that those of all resolutions take a fraction of a second.
        """
        wordings = self._decoded(_Wordings, place)
        paragraphs = [part.text for part in wordings.paragraphs if part.kind is not Kind.HEADING]
        return paragraphs + [note.text for note in wordings.notes]

    @overload
    def __getitem__(self, place: int) -> Resolution: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[Resolution]: ...
    def __getitem__(self, place: int | slice) -> Resolution | Sequence[Resolution]:
        if isinstance(place, slice):
            return [self[number] for number in range(*place.indices(len(self)))]
        if not -len(self) <= place < len(self):
            raise IndexError(f"resolution {place}: there are {len(self)}")
        return self.resolution(place % len(self))

    @classmethod
    def load(cls, folder: Path) -> Self:
        """Return the texts saved in `folder`: the file of texts is mapped, not read.

        Raises:
            IndexDamagedError: a file is missing or does not hold what this version reads.
        """
        import msgspec

        try:
            mastheads = _masthead_decoder().decode((folder / MASTHEADS_FILE).read_bytes())
            ends = load_array(folder / ENDS_FILE)
            lines = _mapped(folder / TEXTS_FILE)
        except (OSError, ValueError, EOFError, msgspec.MsgspecError) as error:
            raise IndexDamagedError(folder.name, f"cannot be read ({error})") from error
        sound = (
            (ends.dtype, ends.shape) == (np.int64, (len(mastheads) + 1,))
            and ends[0] == 0
            and ends[-1] == len(lines)
            and bool(np.all(np.diff(ends) > 0))
        )
        if not sound:
            raise IndexDamagedError(folder.name, "is inconsistent")
        return cls(mastheads, lines, ends)

    def _decoded(self, what: type[Decoded], place: int) -> Decoded:
        import msgspec

        try:
            return _decoder(what).decode(self.line(place))
        except msgspec.MsgspecError as error:
            problem = f"does not hold what this version reads ({error})"
            raise IndexDamagedError(TEXTS_FILE, problem) from error


def write_texts(folder: Path, mastheads: Sequence[Masthead], lines: Iterable[bytes]) -> None:
    """Write the texts of a generation into `folder`, which is made if needed.

    Args:
        folder: where to.
        mastheads: in the order of the corpus.
        lines: what `line_of` or `Texts.line` gave for each.
    """
    import msgspec

    folder.mkdir(parents=True, exist_ok=True)
    ends = [0]
    with (folder / TEXTS_FILE).open("wb") as file:
        for line in lines:
            file.write(line)
            ends.append(ends[-1] + len(line))
    np.save(folder / ENDS_FILE, np.array(ends, dtype=np.int64), allow_pickle=False)
    encoder = msgspec.json.Encoder(order="sorted")
    (folder / MASTHEADS_FILE).write_bytes(
        encoder.encode([_fields(masthead) for masthead in mastheads])
    )


def line_of(read: "ReadFile") -> bytes:
    """Return a text as it is stored, without its masthead: one line of JSON."""
    import msgspec

    resolution = read.resolution
    written = Sourced(paragraphs=resolution.paragraphs, notes=resolution.notes, raw=read.raw)
    return msgspec.json.encode(written, order="sorted") + b"\n"


def masthead_of(resolution: Resolution) -> Masthead:
    """Return what a resolution says about itself, without its text."""
    return Masthead(**_fields(resolution))


def _fields(masthead: Masthead) -> dict[str, Any]:
    return {name: getattr(masthead, name) for name in _NAMES}


_NAMES = tuple(field.name for field in fields(Masthead))


def _mapped(path: Path) -> "mmap.mmap | bytes":
    with path.open("rb") as file:
        if not path.stat().st_size:
            return b""
        return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)


@cache
def _masthead_decoder() -> "msgspec.json.Decoder[list[Masthead]]":
    import msgspec

    return msgspec.json.Decoder(list[Masthead])


def _decoder(what: type[Decoded]) -> "msgspec.json.Decoder[Decoded]":
    import msgspec

    if what not in _DECODERS:
        _DECODERS[what] = msgspec.json.Decoder(what)
    decoder: msgspec.json.Decoder[Decoded] = _DECODERS[what]
    return decoder


_DECODERS: dict[type, Any] = {}
