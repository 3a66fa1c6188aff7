"""Archives: their members one after the other, in memory, never written to a disk.

An archive is untrusted: it may exhaust memory (a few kilobytes that unpack to gigabytes), reach
outside itself (a path with "..", a link) or nest archives without end. Members beyond the
limits below are reported and skipped.
"""

import bz2
import gzip
import io
import lzma
import re
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import IO, cast

from qa.resolutions.readers.file_types import ARCHIVES, NOT_A_ZIP, Format, format_of
from qa.resolutions.readers.read_errors import FileProblem

MAX_MEMBER_BYTES = 100 * 2**20
MAX_UNPACKED_BYTES = 8 * 2**30  # of one archive with all nested archives
MAX_RATIO = 200  # unpacked to packed; XML of resolutions packs to a twentieth
RATIO_FROM_BYTES = 16 * 2**20  # below, a ratio does no harm
MAX_MEMBERS = 500_000
MAX_DEPTH = 4  # archives in archives
_TAR_BLOCK = 512
_SUFFIX = re.compile(r"\.(?:gz|bz2|xz)$", re.IGNORECASE)
_SHORT_SUFFIX = re.compile(r"\.(?:tgz|tbz2?|txz)$", re.IGNORECASE)
_BROKEN = (*NOT_A_ZIP, tarfile.TarError, zlib.error, lzma.LZMAError, OSError)


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A file in an archive, or why there is none; its name begins with that of the archive."""

    file: str
    data: bytes = b""
    fault: FileProblem | None = None
    reason: str = ""


def _opened(stream: IO[bytes], start: bytes) -> io.BufferedIOBase:
    """Return what is packed in a stream that begins with `start`."""
    if start.startswith(b"\x1f\x8b"):
        return gzip.GzipFile(fileobj=stream)
    return bz2.BZ2File(stream) if start.startswith(b"BZh") else lzma.LZMAFile(stream)


class _LimitError(Exception):
    """An archive unpacks beyond what is read; its text ends a sentence that names the archive."""


def members(
    file: str, stream: IO[bytes], form: Format, is_wanted: Callable[[str], bool]
) -> Iterator[Member]:
    """Yield the members of an archive, those of archives inside it included.

    Args:
        file: name of the archive.
        stream: its bytes.
        form: which of `ARCHIVES` it is.
        is_wanted: whether a member with this path is to be read.
    """
    yield from _Unpacker(is_wanted).members(file, stream, form, depth=1)


class _Unpacker:
    """Unpacks one archive and whatever it holds, within one budget."""

    def __init__(self, is_wanted: Callable[[str], bool]) -> None:
        self._wanted = is_wanted
        self._bytes = 0
        self._members = 0

    def members(
        self, file: str, stream: IO[bytes], form: Format, *, depth: int
    ) -> Iterator[Member]:
        """Yield the members of one archive, and last what stopped it."""
        read = {Format.ZIP: self._zip, Format.TAR: self._tar, Format.PACKED: self._packed}[form]
        try:
            yield from read(file, stream, depth)
        except _LimitError as error:
            yield Member(
                file=file, fault=FileProblem.TOO_LARGE, reason=f"{error}; the rest is left out."
            )
        except _BROKEN:
            yield Member(
                file=file,
                fault=FileProblem.DAMAGED,
                reason="the archive is damaged or incomplete; fetch it again, then build again.",
            )

    def _zip(self, file: str, stream: IO[bytes], depth: int) -> Iterator[Member]:
        with zipfile.ZipFile(stream) as archive:
            for entry in sorted(archive.infolist(), key=lambda item: item.filename):
                name = f"{file}/{entry.filename}"
                if entry.is_dir() or not self._wanted(entry.filename):
                    continue
                refused = _refused_path(entry.filename) or _refused_entry(entry)
                if refused:
                    yield Member(file=name, fault=refused[0], reason=refused[1])
                    continue
                self._count(entry.file_size)
                try:
                    data = archive.read(entry)
                except (*_BROKEN, RuntimeError):
                    yield Member(file=name, fault=FileProblem.DAMAGED, reason=_DAMAGED)
                else:
                    yield from self._member(name, data, depth)

    def _tar(self, file: str, stream: "IO[bytes] | _Rewound", depth: int) -> Iterator[Member]:
        with tarfile.open(fileobj=cast("IO[bytes]", stream), mode="r|") as archive:
            for entry in archive:
                name = f"{file}/{entry.name}"
                if entry.isdir() or not self._wanted(entry.name):
                    continue
                refused = _refused_path(entry.name)
                if not refused and not entry.isreg():
                    refused = (FileProblem.NOT_A_FILE, "it is a link or a device, not a file.")
                if not refused and entry.size > MAX_MEMBER_BYTES:
                    refused = (FileProblem.TOO_LARGE, _too_large(entry.size))
                if refused:
                    yield Member(file=name, fault=refused[0], reason=refused[1])
                    continue
                self._count(entry.size)
                content = archive.extractfile(entry)
                if content is not None:
                    yield from self._member(name, content.read(), depth)

    def _packed(self, file: str, stream: IO[bytes], depth: int) -> Iterator[Member]:
        """Yield the one file that is packed, or the members of the TAR archive that is."""
        start = stream.read(8)
        stream.seek(-len(start), io.SEEK_CUR)
        unpacked = _Counted(_opened(stream, start), stream)
        block = unpacked.read(_TAR_BLOCK)
        if format_of(block, "") is Format.TAR:
            yield from self._tar(file, _Rewound(block, unpacked), depth)
            return
        name = f"{file}/{_inner_name(file)}"
        data = block + unpacked.read(MAX_MEMBER_BYTES - len(block) + 1)
        if len(data) > MAX_MEMBER_BYTES:
            yield Member(file=name, fault=FileProblem.TOO_LARGE, reason=_too_large(len(data)))
            return
        self._count(len(data))
        yield from self._member(name, data, depth)

    def _member(self, name: str, data: bytes, depth: int) -> Iterator[Member]:
        form = format_of(data, name)
        if form not in ARCHIVES:
            yield Member(file=name, data=data)
        elif depth >= MAX_DEPTH:
            yield Member(
                file=name,
                fault=FileProblem.TOO_LARGE,
                reason=f"it is nested in {depth} archives; unpack it first.",
            )
        else:
            yield from self.members(name, io.BytesIO(data), form, depth=depth + 1)

    def _count(self, size: int) -> None:
        self._bytes += size
        self._members += 1
        if self._bytes > MAX_UNPACKED_BYTES:
            raise _LimitError(f"it unpacks to more than {MAX_UNPACKED_BYTES // 2**30} GB")
        if self._members > MAX_MEMBERS:
            raise _LimitError(f"it holds more than {MAX_MEMBERS:,} files")


_DAMAGED = "it is damaged inside its archive; fetch the archive again, then build again."


def _too_large(size: int) -> str:
    return (
        f"it has {-(-size // 2**20):,} MB and at most {MAX_MEMBER_BYTES // 2**20} MB are read; "
        "split it into its resolutions."
    )


def _refused_path(path: str) -> tuple[FileProblem, str] | None:
    """Refuse a path that leads out of its archive, as no honest program writes it."""
    parts = re.split(r"[/\\]", path)
    if ".." in parts or not parts[0] or re.match(r"[A-Za-z]:", path) or "\0" in path:
        return (
            FileProblem.UNSAFE_PATH,
            "its path leads out of the archive; unpack it yourself if you trust it.",
        )
    return None


def _refused_entry(entry: zipfile.ZipInfo) -> tuple[FileProblem, str] | None:
    """Refuse a member of a ZIP archive by what its entry says of it."""
    if entry.flag_bits & 1:
        return (
            FileProblem.PASSWORD,
            "it is encrypted; unpack it with its password, then build again.",
        )
    if (entry.external_attr >> 28) in {0o12, 0o6, 0o2, 0o1}:  # link, devices, pipe
        return FileProblem.NOT_A_FILE, "it is a link or a device, not a file."
    if entry.file_size > MAX_MEMBER_BYTES:
        return FileProblem.TOO_LARGE, _too_large(entry.file_size)
    if entry.file_size > max(RATIO_FROM_BYTES, MAX_RATIO * entry.compress_size):
        return (
            FileProblem.TOO_LARGE,
            f"it unpacks to {_times(entry):,} times its size, as no text does.",
        )
    return None


def _times(entry: zipfile.ZipInfo) -> int:
    return entry.file_size // max(entry.compress_size, 1)


def _inner_name(file: str) -> str:
    """Return the name of what is packed: "a.txt" of "b/a.txt.gz"."""
    base = file.rsplit("/", maxsplit=1)[-1]
    return _SUFFIX.sub("", _SHORT_SUFFIX.sub(".tar", base)) or base


class _Counted(io.RawIOBase):
    """An unpacked stream that is refused when it grows beyond all measure of its packed bytes."""

    def __init__(self, unpacked: io.BufferedIOBase, packed: IO[bytes]) -> None:
        self._unpacked = unpacked
        self._packed = packed
        self._count = 0

    def read(self, size: int = -1) -> bytes:
        """Return up to `size` bytes."""
        pieces: list[bytes] = []
        left = size
        while left:
            piece = self._unpacked.read(min(left, 2**20))
            if not piece:
                break
            self._count += len(piece)
            left -= len(piece)
            pieces.append(piece)
            if self._count > max(RATIO_FROM_BYTES, MAX_RATIO * self._packed.tell()):
                raise _LimitError(
                    f"it unpacks to more than {MAX_RATIO} times its size, as no text does"
                )
        return b"".join(pieces)


class _Rewound(io.RawIOBase):
    """A stream with the bytes put back that were read from it."""

    def __init__(self, start: bytes, rest: _Counted) -> None:
        self._start = start
        self._rest = rest

    def read(self, size: int = -1) -> bytes:
        """Return up to `size` bytes."""
        start, self._start = self._start[:size], self._start[size:]
        return start + self._rest.read(size - len(start))
