"""What several tests share."""

import shutil
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from kept_indexes import kept_index

from embeddings.model.encoder import Encoder
from qa.assistant import Assistant
from qa.corpus.corpus import Corpus
from qa.resolutions.model import Resolution
from qa.resolutions.readers.files import ReadFile, read_file

# How long an example takes says how busy the machine is, not whether the code is right.
settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("untimed")
pytest_plugins = ["page_reader"]
DATA = Path(__file__).parent.parent / "data"
GOLDEN = Path(__file__).parent / "golden"
COLLECTION = Path(__file__).parent / "collection" / "resolutions.tar.xz"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-golden",
        action="store_true",
        help="write tests/golden/ anew from what is given now; read the difference before use",
    )


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep together what shares a browser or a large index, and the other tests of each file.

    Processes then share little work, and pytest-xdist hands out files: tests, one by one, cost it
    more than most of them take.
    """
    for item in items:
        fixtures = set(getattr(item, "fixturenames", ()))
        if item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.xdist_group("browser"))
        elif fixtures & {"collection_index", "collection_assistant"}:
            item.add_marker(pytest.mark.xdist_group("collection"))
            item.add_marker(pytest.mark.slow)
        elif not item.get_closest_marker("xdist_group"):
            item.add_marker(pytest.mark.xdist_group(item.path.stem))
    # What takes long begins first, so that no process waits for another one's last group.
    groups = [_group(item) for item in items]
    slow = Counter(
        group for item, group in zip(items, groups, strict=True) if item.get_closest_marker("slow")
    )
    slow["browser"] = len(items)
    order = sorted(range(len(items)), key=lambda at: -slow[groups[at]])
    items[:] = [items[at] for at in order]


def _group(item: pytest.Item) -> str:
    marker = item.get_closest_marker("xdist_group")
    assert marker is not None
    return str(marker.args[0])


@pytest.fixture(autouse=True)
def _busy(monkeypatch: pytest.MonkeyPatch) -> None:
    """Builds of the command line give way to other programs; the tests' own process does not."""
    monkeypatch.setattr("qa.cli.commands.NICE", 0)


@pytest.fixture(scope="session")
def encoder() -> Encoder:
    """The default model, loaded once for all tests: torch is imported only to compile it."""
    return Encoder.load()


@pytest.fixture(scope="session")
def seeds() -> dict[str, ReadFile]:
    """The two resolutions that come with Operative, by the short form of their symbols."""
    read = [read_file(path, path.name) for path in sorted(DATA.glob("*.txt"))]
    return {one.resolution.symbol.removeprefix("A/RES/"): one for one in read}


@pytest.fixture(scope="session")
def seed(seeds: dict[str, ReadFile]) -> Callable[[str], Resolution]:
    """Return one of the seeds by the short form of its symbol."""
    return lambda symbol: seeds[symbol].resolution


@pytest.fixture(scope="session")
def built_index(encoder: Encoder, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index of `data/`, shared by all tests; a test that changes it takes `index_copy`."""
    kept = kept_index("seeds", DATA, encoder)
    return Path(shutil.copytree(kept, tmp_path_factory.mktemp("seeds") / "index"))


@pytest.fixture
def index_copy(built_index: Path, tmp_path: Path) -> Path:
    """A copy of the index of `data/` that a test may spoil."""
    return Path(shutil.copytree(built_index, tmp_path / "index"))


@pytest.fixture(scope="session")
def assistant(built_index: Path, encoder: Encoder) -> Assistant:
    """An assistant over the index of `data/`, with the encoder of all tests."""
    return Assistant(Corpus.open(built_index), lambda: encoder, index=str(built_index))


@pytest.fixture(scope="session")
def collection_index(encoder: Encoder) -> Path:
    """An index of the fixture collection of 150 resolutions, shared and kept: it is only read."""
    return kept_index("collection", COLLECTION, encoder)


@pytest.fixture(scope="session")
def collection_assistant(collection_index: Path, encoder: Encoder) -> Assistant:
    """An assistant over the fixture collection, with the encoder of all tests."""
    return Assistant(Corpus.open(collection_index), lambda: encoder, index=str(collection_index))


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Return a check that a text is that of a file in tests/golden/, or the writer of it."""

    def check(name: str, text: str) -> None:
        path = GOLDEN / name
        if request.config.getoption("--update-golden"):
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
        assert path.exists(), f"no {path}; write it with `pytest --update-golden`"
        assert text == path.read_text(encoding="utf-8"), (
            f"{name} has changed; if it should, write it anew with --update-golden"
        )

    return check
