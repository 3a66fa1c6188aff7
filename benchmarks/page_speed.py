"""The page in a browser: `python -m benchmarks.page_speed INDEX` prints seconds and ratios.

It measures the time from the start of the program to the first useful paint and to the question
box, from Enter to the cards, and the latter again at the fortieth turn. It needs Chromium.
"""

import argparse
import shutil
import statistics
import sys
import time
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from benchmarks.hardware import describe
from benchmarks.served_index import QUESTIONS, ServedIndex

TURNS = 40
STARTS = 3
SETTLING_MS = 2000  # after the first paint the page's own events are bound


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


def _start(index: Path, browser: str) -> tuple[float, float]:
    """Return the seconds to the first useful paint, and until a question can be asked."""
    served = ServedIndex(index)
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
    served = ServedIndex(index)
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
