"""The server over an index, started as a user starts it, for measurements; and its memory."""

import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

WAIT_S = 120
QUESTIONS = (
    "What is asked of Member States about marine debris?",
    "When should the Secretary-General report on the culture of peace?",
    "How are victims of trafficking in persons to be helped?",
    "What did the Security Council decide about the mandate in South Sudan?",
    "Who is invited to make voluntary contributions for landmine clearance?",
    "Which paragraphs speak of youth and sport?",
    "What is said about the debt of developing countries?",
    "What is decided about the scale of assessments?",
)


class ServedIndex:
    """A server of its own on this machine; close it after use."""

    def __init__(self, index: Path, *options: str) -> None:
        """Start it.

        Args:
            index: folder of an index.
            options: more options of the server.
        """
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = int(probe.getsockname()[1])
        self.url = f"http://127.0.0.1:{self.port}/"
        self.began = time.perf_counter()
        self._process = subprocess.Popen(
            [
                *(sys.executable, "app.py", "--no-browser", "--no-token"),
                *("--index", str(index), "--port", str(self.port), *options),
            ],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def wait(self, path: str = "") -> None:
        """Return once it answers at a path."""
        while time.perf_counter() - self.began < WAIT_S:
            try:
                with urllib.request.urlopen(self.url + path, timeout=5):
                    return
            except (urllib.error.URLError, ConnectionError, TimeoutError):
                time.sleep(0.02)
        sys.exit("The server did not start; try `operative serve` by hand.")

    def megabytes(self) -> float:
        """Return the memory of the server and its workers; shared pages count once. Linux only."""
        shares = [_proportional_share(pid) for pid in _family(self._process.pid)]
        return sum(shares) / 1024

    def close(self) -> None:
        """End it."""
        self._process.terminate()
        self._process.wait(timeout=20)


def _family(pid: int) -> Iterator[int]:
    """Yield a process and those that it has started."""
    yield pid
    for path in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in path.read_text(encoding="utf-8").split():
            yield from _family(int(child))


def _proportional_share(pid: int) -> int:
    """Return kB: a page that several processes share counts for each in proportion."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="utf-8").splitlines()
    except (FileNotFoundError, ProcessLookupError):
        return 0  # it has ended
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
