"""Problems of files: a keyword for counts and a sentence for users."""

from enum import Enum

from qa.errors import UnreadableFileError


class FileProblem(Enum):
    """The problem of a file; the value is the keyword in summaries."""

    EMPTY = "empty"
    DAMAGED = "damaged"
    SCAN = "scan"
    PASSWORD = "password"  # noqa: S105  the word, not one
    TOO_LARGE = "too large"
    UNSAFE_PATH = "unsafe path"
    NOT_A_FILE = "not a file"
    UNREADABLE = "unreadable"
    UNKNOWN_FORMAT = "unknown format"
    NEEDS_CONVERTER = "needs LibreOffice"
    NOT_A_RESOLUTION = "not a resolution"
    NO_SYMBOL = "no symbol"
    CONFLICT = "conflict"
    REMARK = "remark"
    DUPLICATE = "duplicate"
    LANGUAGE = "language"


class FaultyFileError(UnreadableFileError):
    """A file cannot be read, and its fault is known."""

    def __init__(self, file: str, fault: FileProblem, problem: str) -> None:
        super().__init__(file, problem)
        self.fault = fault


def fault_of(error: UnreadableFileError) -> FileProblem:
    """Return the problem of an error; a text that does not parse is not a resolution."""
    return error.fault if isinstance(error, FaultyFileError) else FileProblem.NOT_A_RESOLUTION
