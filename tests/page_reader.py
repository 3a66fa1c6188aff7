"""A reader at the page in a real browser, over the real assistant: fixtures of several tests."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from embeddings.model.encoder import Encoder
from embeddings.model.model_cache import APP_NAME, cache_folder

ROOT = Path(__file__).resolve().parent.parent
START_S = 120
WAIT_MS = 30_000
TOKEN = "the-token-of-the-tests"
AUTHORIZED = {"Authorization": f"Bearer {TOKEN}"}
SIZE: "playwright.ViewportSize" = {"width": 1280, "height": 900}
PHONE: "playwright.ViewportSize" = {"width": 360, "height": 740}
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

browser_test = pytest.mark.browser
if TYPE_CHECKING:
    from playwright import sync_api

    playwright = sync_api
else:
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")


def free_port() -> int:
    """A port that nobody listens to."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def served(folder: Path, *options: str, starts_bare: bool = False) -> Iterator[str]:
    """The address of the page, started as a user starts it, with a cache of its own.

    The cache holds the compiled model already, unless the server `starts_bare`.
    """
    compiled = cache_folder() / "encoders"
    if compiled.is_dir() and not starts_bare:
        (folder / "cache" / APP_NAME).mkdir(parents=True)
        (folder / "cache" / APP_NAME / compiled.name).symlink_to(compiled)
    port = free_port()
    log = (folder / "page.log").open("w+", encoding="utf-8")
    server = subprocess.Popen(
        [sys.executable, "app.py", "--port", str(port), "--no-browser", *options],
        cwd=ROOT,
        env={
            **os.environ,
            "XDG_CACHE_HOME": str(folder / "cache"),
            "XDG_DATA_HOME": str(folder / "data"),
            "OPERATIVE_TOKEN": TOKEN,
        },
        stdout=log,
        stderr=subprocess.STDOUT,
    )
    url = f"http://127.0.0.1:{port}/"
    try:
        wait_until_served(url, server, folder / "page.log")
        yield url
    finally:
        server.terminate()
        status = server.wait(timeout=20)
        (folder / "status").write_text(str(status), encoding="utf-8")
        log.close()


@pytest.fixture(scope="session")
def page_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the server of most tests keeps its index, its log and its readers' verdicts."""
    return tmp_path_factory.mktemp("page")


@pytest.fixture(scope="session")
def address(page_folder: Path, encoder: Encoder) -> Iterator[str]:
    """The address of the page over the texts that come with Operative; its model is compiled."""
    with served(page_folder) as url:
        yield url


def wait_until_served(url: str, server: "subprocess.Popen[bytes]", log: Path) -> None:
    """Return once the page answers; fail with what it printed if it ends or stays silent."""
    until = time.monotonic() + START_S
    while time.monotonic() < until and server.poll() is None:
        try:
            with urllib.request.urlopen(f"{url}health", timeout=5):
                return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.2)
    pytest.fail(f"the page did not start:\n{log.read_text(encoding='utf-8')}")


@pytest.fixture(scope="session")
def chromium() -> Iterator["playwright.Browser"]:
    """Debian's Chromium; a test is skipped without it, but not where CI promises it."""
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        if os.environ.get("CI"):
            pytest.fail("chromium is not installed, and CI must not skip the page")
        pytest.skip("chromium is not installed")
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def pictures(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where screenshots are kept."""
    kept = os.environ.get("OPERATIVE_SCREENSHOTS")
    folder = Path(kept) if kept else tmp_path_factory.mktemp("screenshots")
    folder.mkdir(parents=True, exist_ok=True)
    return folder


class Reader:
    """Someone at the page: asks, reads, and notices whatever goes wrong in the browser."""

    def __init__(self, page: "playwright.Page", address: str) -> None:
        self.page = page
        self.address = address
        self.faults: list[str] = []
        self.strayed: list[str] = []
        self.dialogs: list[str] = []
        page.set_default_timeout(WAIT_MS)
        page.on("console", self._hear)
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        page.on("request", self._see)
        page.on("dialog", self._dismiss)

    def open(self, query: str = "") -> None:
        """Load the page."""
        token = f"{query}&token={TOKEN}" if query else f"?token={TOKEN}"
        self.page.goto(self.address + token)
        self.page.wait_for_selector("#op-question textarea")

    def begin(self) -> None:
        """Start a new conversation, and forget what went wrong before."""
        self.faults.clear()
        self.strayed.clear()
        self.dialogs.clear()
        self.page.keyboard.press("Escape")  # an open document of a test that failed
        self.start_afresh()

    def start_afresh(self) -> None:
        """Press "New conversation", and wait until the page has begun one."""
        line = self.page.locator("#op-notice [role=status]")
        before = line.get_attribute("data-notice")
        self.page.click("#op-fresh")
        self.page.wait_for_function(
            "before => document.querySelector('#op-notice [role=status]').dataset.notice !== before"
            " && document.querySelector('.op-lessons') && !document.querySelector('.op-turn')",
            arg=before,
        )

    def check(self) -> None:
        """Fail if the browser saw what it should not."""
        assert not self.strayed, "the page asked another machine for something"
        assert not self.dialogs, "something ran that should be text"
        assert not self.faults, "the browser's console holds errors"

    def ask(self, question: str) -> "playwright.Locator":
        """Type a question, press Enter, and return its turn once it is answered."""
        before = self.page.locator(".op-turn").count()
        self.page.fill("#op-question textarea", question)
        self.page.press("#op-question textarea", "Enter")
        return self.answered(before)

    def press(self, label: str) -> "playwright.Locator":
        """Press a button that asks, and return its turn once it is answered."""
        before = self.page.locator(".op-turn").count()
        self.page.locator("button.op-ask:visible", has_text=label).last.click()
        return self.answered(before)

    def answered(self, before: int) -> "playwright.Locator":
        """The newest turn, once there is one more than before and it is not busy."""
        self.page.wait_for_function(
            "before => document.querySelectorAll('.op-turn').length > before"
            " && !document.querySelector('.op-busy')",
            arg=before,
        )
        return self.page.locator(".op-turn").last

    def _hear(self, message: "playwright.ConsoleMessage") -> None:
        if message.type == "error":
            self.faults.append(message.text)

    def _see(self, request: "playwright.Request") -> None:
        if not request.url.startswith((self.address, "data:", "blob:")):
            self.strayed.append(request.url)

    def _dismiss(self, dialog: "playwright.Dialog") -> None:
        self.dialogs.append(dialog.message)
        dialog.dismiss()


@pytest.fixture(scope="session")
def profile(chromium: "playwright.Browser") -> "playwright.BrowserContext":
    """A browser profile that readers share, so that files are fetched once."""
    return chromium.new_context(viewport=SIZE)


@pytest.fixture(scope="session")
def regular(profile: "playwright.BrowserContext", address: str) -> Reader:
    """A reader whose page stays open from test to test, as loading it takes seconds."""
    someone = Reader(profile.new_page(), address)
    someone.open()
    return someone


@pytest.fixture
def reader(regular: Reader) -> Iterator[Reader]:
    """The regular reader, at the beginning of a conversation."""
    regular.begin()
    yield regular
    regular.check()


@pytest.fixture
def newcomer(
    chromium: "playwright.Browser", address: str, request: pytest.FixtureRequest
) -> Iterator[Reader]:
    """A reader at a page just loaded; a parameter gives options of the browser, and a query."""
    options = {"viewport": SIZE, **getattr(request, "param", {})}
    query = options.pop("query", "")
    context = chromium.new_context(**options)
    someone = Reader(context.new_page(), address)
    someone.open(query)
    yield someone
    someone.check()
    context.close()
