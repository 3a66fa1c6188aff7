"""What libraries write to stderr: one line each, without tracebacks, paths and control codes."""

import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr
from io import TextIOBase
from typing import TextIO

_TRACEBACK = re.compile(r"\s|Traceback \(|The above exception was|During handling of")
_PATH = re.compile(r"(?<![\w:/.])(?:/[\w.@+~-]+){2,}/?|\b[A-Za-z]:\\[^\s'\",;]+")


def plain_line(text: str) -> str:
    """Return a text as one line; of a traceback only its last line, the error.

    Paths are left out, and so are control characters, with which a text could look like several
    lines or move the cursor of a terminal.
    """
    lines = [line for line in text.splitlines() if line.strip()]
    if any(line.lstrip().startswith("Traceback (most recent call last)") for line in lines):
        first = lines[0] if not _TRACEBACK.match(lines[0]) else ""
        last = next((line for line in reversed(lines) if not _TRACEBACK.match(line)), "")
        lines = [first, last] if first != last else [first]
    joined = " ".join(line.strip() for line in lines if line)
    return "".join(
        character if character.isprintable() else ascii(character)[1:-1]
        for character in _PATH.sub("[path]", joined)
    )


class _PlainStream(TextIOBase):
    """Writes each text that is written to it as a line."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        """Write one line; parts of a traceback that come by themselves are left out."""
        if text.strip() and not _is_part_of_traceback(text):
            self._stream.write(f"{plain_line(text)}\n")
            self._stream.flush()
        return len(text)

    def writable(self) -> bool:
        """Return True."""
        return True

    def flush(self) -> None:
        """Write what the stream still holds."""
        self._stream.flush()


@contextmanager
def plain_stderr() -> Iterator[TextIO]:
    """Let libraries write plain lines while the body runs; yield the stream without that rule."""
    whole = sys.stderr
    with redirect_stderr(_PlainStream(whole)):
        yield whole


def _is_part_of_traceback(text: str) -> bool:
    lines = [line for line in text.splitlines() if line.strip()]
    return all(_TRACEBACK.match(line) for line in lines)
