"""Why a file gives no resolution: one word to count by, one sentence to read."""

from enum import Enum

from qa.errors import UnreadableFileError


class FileProblem(Enum):
    """What is wrong with a file; the value is the word that a summary counts it by."""

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
    DUPLICATE = "duplicate"
    LANGUAGE = "language"


class FaultyFileError(UnreadableFileError):
    """A file cannot be read, and its fault is known."""

    def __init__(self, file: str, fault: FileProblem, problem: str) -> None:
        super().__init__(file, problem)
        self.fault = fault


def fault_of(error: UnreadableFileError) -> FileProblem:
    """Return the fault that an error names; a text that parses to nothing is no resolution."""
    return error.fault if isinstance(error, FaultyFileError) else FileProblem.NOT_A_RESOLUTION
