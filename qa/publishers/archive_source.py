"""A published source fetched as an archive over HTTP: resumed, verified, and unpacked."""

import shutil
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path, PurePosixPath
from typing import IO

import httpx

from qa.errors import OperativeError
from qa.publishers.published import Selection
from qa.resolutions.readers.archives import MAX_MEMBER_BYTES, MAX_UNPACKED_BYTES

ATTEMPTS = 4
TIMEOUT_S = 30.0  # without a byte from the server
MAX_ARCHIVE_BYTES = 4 * 2**30
_PARTIAL = 206
_NOT_MODIFIED = 304
_BROKEN = (zipfile.BadZipFile, tarfile.TarError, zlib.error, EOFError, OSError, ValueError)
_RANGE_REFUSED = 416

Progress = Callable[[int, int], None]


class DownloadError(OperativeError):
    """An archive could not be downloaded, or is not what it should be."""

    def __init__(self, address: str, problem: str) -> None:
        super().__init__(f"{address}: {problem}")


def fetch_archive(
    address: str, selection: Selection, folder: Path, progress: Progress, known: str = ""
) -> str:
    """Bring the wanted files of an archive into `folder`; return what identifies its version.

    A transfer that breaks off is resumed where it stopped, also by the next call. The archive is
    verified by its own checksums before a file of it is used.

    Args:
        address: of a ZIP or tar archive, http or https.
        selection: which of its members are wanted.
        folder: where the files are written; files that the archive no longer has are removed.
        progress: called with the bytes that are there and those of the whole, 0 if unknown.
        known: the version of the files in `folder`; they stay where the server has no other.

    Raises:
        DownloadError: the server cannot be reached or refuses, or the archive is incomplete.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    part, stamp = (folder.with_name(f".{folder.name}.{name}") for name in ("part", "etag"))
    version = _download(address, part, stamp, progress, known)
    if version == known:
        return known
    unpacked = folder.with_name(f".{folder.name}.unpacking")
    shutil.rmtree(unpacked, ignore_errors=True)
    try:
        count = _unpack(address, part, selection, unpacked)
    except _BROKEN as error:
        shutil.rmtree(unpacked, ignore_errors=True)
        part.unlink(missing_ok=True)
        raise DownloadError(
            address, f"the server sent no intact ZIP or tar archive ({error}); check the address."
        ) from error
    if not count:
        shutil.rmtree(unpacked, ignore_errors=True)
        raise DownloadError(
            address, "no file of the archive is of these sessions and this language."
        )
    part.unlink()
    stamp.unlink(missing_ok=True)
    _take_place(unpacked, folder)
    return version


def _take_place(new: Path, folder: Path) -> None:
    """Put a whole new folder where the old one was."""
    old = folder.with_name(f".{folder.name}.old")
    shutil.rmtree(old, ignore_errors=True)
    if folder.exists():
        folder.rename(old)
    new.rename(folder)
    shutil.rmtree(old, ignore_errors=True)


def _download(address: str, part: Path, stamp: Path, progress: Progress, known: str) -> str:
    """Write the archive to `part`, from where an earlier transfer stopped; return its version."""
    problem = ""
    for _attempt in range(ATTEMPTS):
        try:
            return _transfer(address, part, stamp, progress, known)
        except httpx.HTTPStatusError as error:
            status = error.response.status_code
            raise DownloadError(
                address, f"the server answers {status}; check the address, or try again later."
            ) from error
        except (httpx.TransportError, httpx.InvalidURL, httpx.TooManyRedirects) as error:
            problem = str(error) or type(error).__name__
    size = part.stat().st_size if part.exists() else 0
    raise DownloadError(
        address,
        f"the transfer broke off after {size:,} bytes ({problem}); run the command again to resume."
        if size
        else f"the server cannot be reached ({problem}); check the network, then run it again.",
    )


def _transfer(address: str, part: Path, stamp: Path, progress: Progress, known: str) -> str:
    """Ask for what is missing of the archive, and append it."""
    have = part.stat().st_size if part.exists() else 0
    etag = stamp.read_text(encoding="utf-8") if stamp.exists() else ""
    headers = {"Range": f"bytes={have}-", "If-Range": etag} if have and etag else {}
    if known and not have:
        headers["If-None-Match"] = known
    headers["Accept-Encoding"] = "identity"  # ranges count the bytes of the file itself
    with (
        httpx.Client(follow_redirects=True, timeout=TIMEOUT_S, max_redirects=5) as client,
        client.stream("GET", address, headers=headers) as response,
    ):
        if response.status_code == _NOT_MODIFIED:
            return known
        if response.status_code == _RANGE_REFUSED:  # nothing is missing, or the file is another
            part.unlink(missing_ok=True)
            raise httpx.ReadError("the file has changed on the server")
        response.raise_for_status()
        resumed = response.status_code == _PARTIAL
        start = have if resumed else 0
        whole = start + int(response.headers.get("Content-Length") or 0)
        if whole > MAX_ARCHIVE_BYTES:
            raise DownloadError(address, f"the archive is larger than {MAX_ARCHIVE_BYTES:,} bytes.")
        stamp.write_text(response.headers.get("ETag", ""), encoding="utf-8")
        with part.open("ab" if resumed else "wb") as file:
            for block in response.iter_raw():
                start += file.write(block)
                progress(start, whole if whole > start else 0)
                if start > MAX_ARCHIVE_BYTES:
                    raise DownloadError(
                        address, f"the archive is larger than {MAX_ARCHIVE_BYTES:,} bytes."
                    )
        return str(response.headers.get("ETag") or response.headers.get("Last-Modified") or start)


def _unpack(address: str, archive: Path, selection: Selection, folder: Path) -> int:
    """Write the wanted members into `folder`; return how many. Every member's checksum is read."""
    count = total = 0
    for name, read in _members(archive):
        if not selection.takes(name):
            continue
        data = read()
        total += len(data)
        if len(data) > MAX_MEMBER_BYTES or total > MAX_UNPACKED_BYTES:
            raise DownloadError(address, f"it unpacks to too much ({name}).")
        path = folder / _safe(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        count += 1
    return count


def _members(archive: Path) -> Iterator[tuple[str, Callable[[], bytes]]]:
    """Yield the name of each regular member, and what reads it to its limit."""
    if zipfile.is_zipfile(archive):
        with zipfile.ZipFile(archive) as packed:
            for entry in packed.infolist():
                if not entry.is_dir():
                    yield entry.filename, partial(_limited, partial(packed.open, entry))
    else:
        with tarfile.open(archive) as tar:
            for member in tar:
                if member.isreg():
                    yield member.name, partial(_limited, partial(tar.extractfile, member))


def _limited(open_member: Callable[[], IO[bytes] | None]) -> bytes:
    """Return the bytes of a member, one more than the limit at most."""
    stream = open_member()
    if stream is None:
        return b""
    with stream:
        data = stream.read(MAX_MEMBER_BYTES + 1)
        stream.read(1)  # at the end the checksum is compared
        return data


def _safe(name: str) -> PurePosixPath:
    """Return a member's path without the archive's own top folder, root, or steps upwards.

    Raises:
        ValueError: nothing remains of it.
    """
    parts = [
        part for part in PurePosixPath(name.replace("\\", "/")).parts if part not in ("/", "..")
    ]
    if not parts or ":" in parts[0]:
        raise ValueError(f"a member has the name {name!r}")
    return PurePosixPath(*parts)
