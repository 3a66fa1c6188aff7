"""How long a user waits, and how much memory the page takes."""

import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path

from qa.assistant import Assistant
from qa.indexing.build import build
from qa.settings import packaged_texts

RUNS = 5
QUESTIONS = (
    "Is anything said about young people who break the law?",
    "What should donors change in their development aid?",
    "Which treaties are countries pressed to join?",
    "What is asked about reports to the Assembly?",
    "Who is thanked for their support?",
    "What part should the World Bank play?",
    "voluntary contributions to the crime fund",
    "How should the drug and crime bodies work together?",
    "Where are firearms mentioned?",
    "What is said about terrorism?",
)


def table() -> str:
    """Return the measurements as a Markdown table; medians of several runs."""
    rows = ["| measure | median | least to most | at most wanted |", "| --- | --- | --- | --- |"]
    with tempfile.TemporaryDirectory() as folder:
        index = Path(folder) / "index"
        rows.append(_row("build of `data/`, model loaded", _build(index), "10 s"))
        command = [sys.executable, "-m", "qa"]
        rows.append(_row("`operative --help`", _process([*command, "--help"]), "0.5 s"))
        ask = [*command, "ask", QUESTIONS[0], "--index", str(index)]
        rows.append(_row("`operative ask`, cold to printed", _process(ask), "8 s"))
        look_up = [*command, "ask", "61/181 OP6", "--index", str(index)]
        rows.append(_row("the same, a look-up", _process(look_up), "8 s"))
        rows.append(_row("question in a running Assistant", _questions(index), "0.040 s"))
        ready, resident = _page(index)
        rows.append(f"| page, start to first answer of the server | {ready:.1f} s | one run | |")
        rows.append(
            f"| page, resident memory after ten questions | {resident:.2f} GB | one run | 1.2 GB |"
        )
    return "\n".join(rows)


def _row(name: str, seconds: list[float], wanted: str) -> str:
    middle = statistics.median(seconds)
    return f"| {name} | {middle:.3f} s | {min(seconds):.3f} to {max(seconds):.3f} s | {wanted} |"


def _build(index: Path) -> list[float]:
    from embeddings.model.encoder import Encoder

    encoder = Encoder.load()
    encoder.encode(["warm"])
    spent = []
    for run in range(RUNS):
        start = time.perf_counter()
        build(
            [packaged_texts()], index.with_name(f"{index.name}-{run}"), load_encoder=lambda: encoder
        )
        spent.append(time.perf_counter() - start)
    build([packaged_texts()], index, load_encoder=lambda: encoder)
    return spent


def _process(command: list[str]) -> list[float]:
    def run() -> None:
        subprocess.run(command, check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    run()
    return [_timed(run) for _ in range(RUNS)]


def _questions(index: Path) -> list[float]:
    assistant = Assistant.open(index)
    assistant.warm_up()
    return [
        _timed(lambda text=text: assistant.ask(text))  # type: ignore[misc]
        for _ in range(RUNS)
        for text in QUESTIONS
    ]


def _page(index: Path) -> tuple[float, float]:
    """Return seconds until the page answers, and gigabytes resident after ten questions."""
    from gradio_client import Client

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [
        sys.executable,
        "-m",
        "app",
        "--index",
        str(index),
        "--port",
        str(port),
        "--no-browser",
        "--no-token",
    ]
    start = time.perf_counter()
    page = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        address = f"http://127.0.0.1:{port}"
        _wait(address)
        ready = time.perf_counter() - start
        client = Client(address, verbose=False)
        for text in QUESTIONS:
            client.predict(text, api_name="/ask")
        return ready, _resident(page.pid)
    finally:
        page.terminate()
        page.wait()


def _wait(address: str) -> None:
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(address, timeout=5):
                return
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.1)
    raise TimeoutError(f"{address} did not answer within two minutes")


def _resident(pid: int) -> float:
    pages = int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e9


def _timed(run: Callable[[], object]) -> float:
    start = time.perf_counter()
    run()
    return time.perf_counter() - start
