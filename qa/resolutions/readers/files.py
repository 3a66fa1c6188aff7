"""Files, folders and archives in, resolutions out; what cannot be read is named with its reason.

`find_files` finds, one after the other and without reading what it need not; `read_found` reads
and parses, and may run in another process: what passes between the two is small.
"""

import hashlib
import os
import stat
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO

from qa.errors import InputError, UnreadableFileError
from qa.resolutions.model import Resolution, Source
from qa.resolutions.parse.parse_document import parse_document
from qa.resolutions.readers.archives import MAX_MEMBER_BYTES, Member, members
from qa.resolutions.readers.file_types import (
    ARCHIVES,
    NOT_A_ZIP,
    Format,
    format_of,
    format_of_zip,
    is_document_name,
)
from qa.resolutions.readers.read_documents import form_of, read_documents
from qa.resolutions.readers.read_errors import FaultyFileError, FileProblem, fault_of

MAX_FILE_BYTES = MAX_MEMBER_BYTES
_HEAD_BYTES = 4096
_ZIP_MARKS = (b"PK\3\4", b"PK\5\6", b"PK\7\b")
# What is left out on purpose, or read with a remark: nothing is wrong with such a file.
ON_PURPOSE = frozenset(
    {FileProblem.DUPLICATE.value, FileProblem.LANGUAGE.value, FileProblem.REMARK.value}
)
# Folders of the JSON records that the United Nations publishes with its XML.
_RECORDS = frozenset({"metadata", "data_extract"})


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadFile:
    """One resolution with the text that it was read from."""

    resolution: Resolution
    raw: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """A file that was handed in and gave nothing, and why."""

    file: str
    reason: str
    kind: str  # one word or two, by which a summary counts


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceFile:
    """A file found under a path: its path, or its bytes if it comes from an archive."""

    file: str  # the name that it is known by: "folder.zip/75/A_RES_75_1.xml"
    path: Path | None = None
    data: bytes = b""
    problem: Problem | None = None  # why it is not read
    is_record: bool = False  # JSON about resolutions, none itself: see `record_bytes`


@dataclass(frozen=True, slots=True, kw_only=True)
class Input:
    """A file on disk found under a path: a document, a record or an archive of these."""

    file: str  # the name that it is known by
    path: Path
    problem: Problem | None = None  # why it cannot be read

    def digest(self) -> str:
        """Return the SHA-256 of its bytes, "" if they cannot be read or it is not a file."""
        try:
            if not stat.S_ISREG(self.path.stat().st_mode):
                return ""
            with self.path.open("rb") as stream:
                return hashlib.file_digest(stream, "sha256").hexdigest()
        except OSError:
            return ""


def find_inputs(paths: Sequence[Path]) -> Iterator[Input]:
    """Yield the files on disk under `paths` that may hold documents, in a fixed order.

    A file that is named is always taken; in folders hidden files and those that are clearly no
    documents are passed over.

    Raises:
        InputError: a path does not exist or cannot be read.
    """
    for path in paths:
        if not path.exists():
            raise InputError(f"{path} does not exist; name a file or folder of resolutions.")
        if not os.access(path, os.R_OK):
            raise InputError(f"{path} cannot be read; change its permissions, then build again.")
    return _inputs(tuple(paths))


def _inputs(paths: Sequence[Path]) -> Iterator[Input]:
    for path in paths:
        if path.is_dir():
            yield from _in_folder(path)
        else:
            yield Input(file=path.name, path=path)


def find_files(
    paths: Sequence[Path], opened: "Callable[[Input], Iterator[SourceFile]] | None" = None
) -> Iterator[SourceFile]:
    """Yield every file under `paths` that may be a document, at any depth, in a fixed order.

    Args:
        paths: files, folders and archives.
        opened: yields a file, or the members of an archive; None for `files_in`.

    Raises:
        InputError: a path does not exist or cannot be read, or no document is found; the latter
            once all were searched.
    """
    return _files(paths, find_inputs(paths), opened or files_in)


def _files(
    paths: Sequence[Path],
    inputs: Iterator[Input],
    opened: Callable[[Input], Iterator[SourceFile]],
) -> Iterator[SourceFile]:
    is_empty = True
    for source in inputs:
        for source_file in opened(source):
            is_empty = is_empty and source_file.is_record
            yield source_file
    if is_empty:
        raise nothing_in(paths)


def nothing_in(paths: Sequence[Path]) -> InputError:
    """Return the error for paths without a document."""
    return InputError(
        "no text file, Word file, PDF, HTML page, XML file or archive was found in "
        f"{', '.join(map(str, paths))}; name a folder of resolutions."
    )


def read_found(source: SourceFile) -> tuple[ReadFile | Problem, ...]:
    """Return the resolutions in a file, or why there is none; none of a record.

    Whatever bytes the file holds, nothing is raised.
    """
    if source.problem:
        return (source.problem,)
    if source.is_record:
        return ()
    try:
        resolutions = _resolutions(_bytes_of(source), source.file)
        return (*resolutions, *_remarks(resolutions))
    except UnreadableFileError as error:
        return (Problem(file=error.file, reason=error.problem, kind=fault_of(error).value),)


def record_bytes(source: SourceFile) -> bytes:
    """Return the JSON of a record.

    Raises:
        UnreadableFileError: it cannot be opened.
    """
    return _bytes_of(source)


def read_file(path: Path, name: str) -> ReadFile:
    """Return the first resolution in one file.

    Raises:
        UnreadableFileError: the file cannot be opened, or no resolution can be read from it.
    """
    return _resolutions(_bytes_of(SourceFile(file=name, path=path)), name)[0]


def _remarks(resolutions: Iterable[ReadFile]) -> Iterator[Problem]:
    """Yield what is to be said of texts that were read."""
    for read in resolutions:
        for remark in read.resolution.remarks:
            file = read.resolution.source.file
            yield Problem(file=file, reason=remark, kind=FileProblem.REMARK.value)


def _resolutions(data: bytes, file: str) -> tuple[ReadFile, ...]:
    source = Source(file=file, sha256=hashlib.sha256(data).hexdigest(), form=form_of(data, file))
    return tuple(
        ReadFile(resolution=resolution, raw=document.text)
        for document in read_documents(data, file)
        for resolution in parse_document(document, source)
    )


def _bytes_of(source: SourceFile) -> bytes:
    if source.path is None:
        return source.data
    try:
        return source.path.read_bytes()
    except OSError as error:
        raise _unreadable(source.file, error) from error


def _in_folder(folder: Path) -> Iterator[Input]:
    locked: list[OSError] = []
    for root, folders, names in os.walk(folder, onerror=locked.append):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            path = Path(root, name)
            inner = path.relative_to(folder).as_posix()
            if _is_wanted(inner):
                yield Input(file=inner, path=path)
    for error in locked:
        path = Path(error.filename)
        inner = _shown(path.relative_to(folder).as_posix())
        problem = _refused(inner, _unreadable(inner, error)).problem
        yield Input(file=inner, path=path, problem=problem)


def is_packed(source: Input) -> bool:
    """Return whether a file on disk is an archive, or of a format that is one, by its start."""
    try:
        if source.problem or not stat.S_ISREG(source.path.stat().st_mode):
            return False
        with source.path.open("rb") as stream:
            start = stream.read(_HEAD_BYTES)
    except OSError:
        return False
    return start.startswith(_ZIP_MARKS) or format_of(start, source.file) in ARCHIVES


def files_in(source: Input) -> Iterator[SourceFile]:
    """Yield a file, or the members of an archive."""
    path, file = source.path, _shown(source.file)
    if source.problem:
        yield SourceFile(file=file, problem=source.problem)
        return
    try:
        state = path.stat()
        if not stat.S_ISREG(state.st_mode):  # a pipe would be waited for
            problem = "it is a pipe, a socket or a device, not a file; leave it out."
            yield _refused(file, FaultyFileError(file, FileProblem.NOT_A_FILE, problem))
            return
        with path.open("rb") as stream:
            form = _form_of(stream, source.file)
            if form in ARCHIVES:
                stream.seek(0)
                yield from map(_from_archive, members(file, stream, form, _is_wanted))
                return
    except OSError as error:
        yield _refused(file, _unreadable(file, error))
        return
    if state.st_size > MAX_FILE_BYTES:
        problem = (
            f"it has {-(-state.st_size // 2**20):,} MB and at most {MAX_FILE_BYTES // 2**20} MB "
            "are read; split it into its resolutions."
        )
        yield _refused(file, FaultyFileError(file, FileProblem.TOO_LARGE, problem))
        return
    yield SourceFile(file=file, path=path, is_record=_is_record(source.file))


def _form_of(stream: IO[bytes], name: str) -> Format:
    """Return the format of a file by its start, and of a ZIP archive by its members."""
    form = format_of(stream.read(_HEAD_BYTES), name)
    if form is not Format.ZIP:
        return form
    try:
        with zipfile.ZipFile(stream) as archive:
            return format_of_zip(archive.namelist())
    except NOT_A_ZIP:
        return form


def _from_archive(member: Member) -> SourceFile:
    file = _shown(member.file)
    if member.fault:
        return SourceFile(
            file=file, problem=Problem(file=file, reason=member.reason, kind=member.fault.value)
        )
    return SourceFile(file=file, data=member.data, is_record=_is_record(member.file))


def _is_wanted(path: str) -> bool:
    """Return whether a file in a folder or an archive may be a document, or a record of some."""
    pure = PurePosixPath(path.replace("\\", "/"))
    is_hidden = any(part.startswith(".") and part != ".." for part in pure.parts)
    return not (is_hidden or "__MACOSX" in pure.parts) and (
        is_document_name(pure.name) or _is_record(path)
    )


def _is_record(path: str) -> bool:
    pure = PurePosixPath(path)
    return pure.suffix.lower() == ".json" and pure.parent.name in _RECORDS


def _refused(file: str, error: UnreadableFileError) -> SourceFile:
    return SourceFile(
        file=file, problem=Problem(file=file, reason=error.problem, kind=fault_of(error).value)
    )


def _unreadable(file: str, error: OSError) -> FaultyFileError:
    return FaultyFileError(
        file,
        FileProblem.UNREADABLE,
        f"{error.strerror or 'it cannot be read'}; check the file, then build again.",
    )


def _shown(name: str) -> str:
    """Return a name that can be printed on one line in any script; what cannot be is escaped."""
    whole = name.encode("utf-8", "backslashreplace").decode("utf-8")
    return "".join(
        character if character.isprintable() else ascii(character)[1:-1] for character in whole
    )
