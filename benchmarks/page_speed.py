"""The page in a browser: `python -m benchmarks.page_speed INDEX` prints seconds and ratios.

It measures the time from the start of the program to the first useful paint and to the question
box, from Enter to the cards, and the latter again at the fortieth turn. It needs Chromium.
"""

import argparse
import shutil
import socket
import statistics
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from benchmarks.hardware import describe

TURNS = 40
STARTS = 3
WAIT_S = 120
SETTLING_MS = 2000  # after the first paint the page's own events are bound
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


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("index", type=Path, help="folder of an index")
    index = parser.parse_args().index
    browser = shutil.which("chromium") or shutil.which("chromium-browser")
    if browser is None:
        sys.exit("Chromium is not installed; install it, then measure again.")
    print(f"{describe()}\n")
    starts = [_start(index, browser) for _ in range(STARTS)]
    painted, ready = (statistics.median(start[measure] for start in starts) for measure in (0, 1))
    answers = _converse(index, browser)
    first, last = answers[1 : TURNS // 4], answers[-TURNS // 4 :]
    rows = {
        f"start to first useful paint, median of {STARTS}": f"{painted:.2f} s",
        f"start to ready to ask, median of {STARTS}": f"{ready:.2f} s",
        f"Enter to cards, median of {len(answers) - 1}": f"{statistics.median(answers[1:]):.3f} s",
        "turns 31 to 40 against 2 to 10, medians": (
            f"{statistics.median(last) / statistics.median(first):.2f}×"
        ),
    }
    print("| measure | value |\n| --- | --- |")
    for name, value in rows.items():
        print(f"| {name} | {value} |")


class _Served:
    """The page, started as a user starts it."""

    def __init__(self, index: Path) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = int(probe.getsockname()[1])
        self.url = f"http://127.0.0.1:{self.port}/"
        self.began = time.perf_counter()
        self._process = subprocess.Popen(
            [
                *(sys.executable, "app.py", "--no-browser", "--no-token"),
                *("--index", index, "--port", str(self.port)),
            ],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def wait(self) -> None:
        """Return once it answers."""
        while time.perf_counter() - self.began < WAIT_S:
            try:
                with urllib.request.urlopen(self.url, timeout=5):
                    return
            except (urllib.error.URLError, ConnectionError, TimeoutError):
                time.sleep(0.02)
        sys.exit("The page did not start; try `operative serve` by hand.")

    def close(self) -> None:
        """End it."""
        self._process.terminate()
        self._process.wait(timeout=20)


def _start(index: Path, browser: str) -> tuple[float, float]:
    """Return the seconds to the first useful paint, and until a question can be asked."""
    served = _Served(index)
    try:
        served.wait()
        up = time.perf_counter() - served.began
        with sync_playwright() as driver:
            chromium = driver.chromium.launch(executable_path=browser, args=["--no-sandbox"])
            page = chromium.new_page()
            opened = time.perf_counter()
            page.goto(served.url)
            page.wait_for_selector(".op-masthead h1")
            painted = time.perf_counter() - opened
            page.wait_for_selector("#op-question textarea")
            ready = time.perf_counter() - opened
            chromium.close()
        return painted, up + ready
    finally:
        served.close()


def _converse(index: Path, browser: str) -> list[float]:
    """Return the seconds from Enter to the cards of each turn of one conversation."""
    served = _Served(index)
    try:
        served.wait()
        with sync_playwright() as driver:
            chromium = driver.chromium.launch(executable_path=browser, args=["--no-sandbox"])
            page = chromium.new_page()
            page.goto(served.url)
            page.wait_for_selector("#op-question textarea")
            page.wait_for_timeout(SETTLING_MS)
            seconds = [_ask(page, QUESTIONS[turn % len(QUESTIONS)]) for turn in range(TURNS)]
            chromium.close()
        return seconds
    finally:
        served.close()


def _ask(page: Page, question: str) -> float:
    before = page.locator(".op-turn").count()
    page.fill("#op-question textarea", question)
    began = time.perf_counter()
    page.press("#op-question textarea", "Enter")
    page.wait_for_function(
        "before => document.querySelectorAll('.op-turn').length > before"
        " && !document.querySelector('.op-busy')",
        arg=before,
        polling=10,
    )
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
