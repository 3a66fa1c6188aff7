"""Bytes and names that must be on the disk before the next step."""

import errno
import os
import sys
from pathlib import Path


def write(path: Path, data: bytes) -> None:
    """Write a file and bring it to the disk."""
    path.write_bytes(data)
    sync_file(path)


def sync_file(path: Path) -> None:
    """Bring a file's bytes to the disk."""
    with path.open("r+b") as file:
        os.fsync(file.fileno())


def sync_folder(path: Path) -> None:
    """Bring a folder's names to the disk, where the system can."""
    if sys.platform == "win32":
        return
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError as error:
        # Some network file systems have no such thing.
        if error.errno not in (errno.EINVAL, errno.ENOTSUP):
            raise
    finally:
        os.close(handle)
