"""A generation in Milvus: it answers as the files do, comes and goes with them, or says why not."""

import os
import subprocess
import sys
import textwrap
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from embeddings.backends import milvus
from embeddings.backends.backend import SearchContents
from embeddings.backends.local import LocalSearch
from embeddings.backends.milvus import MilvusBackend, MilvusSearch
from embeddings.index_errors import IndexDamagedError, StoreAbsentError
from embeddings.model.encoder import Encoder, Encoding
from embeddings.search.bm25 import Bm25Index
from embeddings.search.inverted_index import NEW
from embeddings.store.encoded_texts import EncodedTexts
from embeddings.store.generation_writer import roll_back
from embeddings.store.generations import open_generation
from embeddings.store.manifest import StoreId
from qa.assistant import Assistant
from qa.corpus.corpus import Corpus
from qa.indexing.build import BuildReport, build
from qa.resolutions.model import Kind

pytest.importorskip("pymilvus", reason="the extra `milvus` is not installed")
pytest.importorskip("milvus_lite", reason="the extra `milvus` is not installed")

# One server for all tests of this module.
pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("milvus")]
DATA = Path(__file__).parent.parent / "data"
ROWS, DIMENSION = 300, 8
NOTHING = np.zeros((0, 0), dtype=np.int8)
SPOKEN = ("report", "session", "trafficking", "crime", "states", "assistance", "justice")


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a Milvus Lite that serves the tests of this module."""
    from milvus_lite.server_manager import server_manager_instance

    folder = tmp_path_factory.mktemp("milvus") / "lite.db"
    yield f"milvus://{folder}"
    milvus._client.cache_clear()
    server_manager_instance.release_server(str(folder))


@pytest.fixture(scope="module")
def encoded() -> EncodedTexts:
    chance = np.random.default_rng(0)
    rows = chance.standard_normal((ROWS, DIMENSION)).astype(np.float32)
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    texts = [f"{at % 250}" for at in range(ROWS)]  # fifty texts stand twice
    return EncodedTexts.empty(DIMENSION).updated(
        [NEW] * ROWS, texts, {str(at): Encoding(rows[at], NOTHING) for at in range(250)}
    )


@pytest.fixture(scope="module")
def words() -> Bm25Index:
    chance = np.random.default_rng(1)
    texts = [" ".join(chance.choice(SPOKEN, size=at % 9)) for at in range(ROWS)]
    return Bm25Index.build(texts)


@pytest.fixture(scope="module")
def own(encoded: EncodedTexts, words: Bm25Index) -> LocalSearch:
    return LocalSearch(encoded, words)


@pytest.fixture(scope="module")
def there(address: str, encoded: EncodedTexts, words: Bm25Index) -> MilvusSearch:
    """The same rows in Milvus; every hundredth has the fact 1, the others 0."""
    backend = MilvusBackend(milvus.store_id(address))
    facts = {"rare": (np.arange(ROWS) % 100 == 0).astype(np.int32)}
    backend.fill("000001-aa", lambda: SearchContents(encoded, words, facts))
    return backend.open("000001-aa", encoded, words)


@pytest.fixture
def question(encoded: EncodedTexts) -> np.ndarray:
    vector = encoded.vectors.gather([3, 4]).sum(axis=0)
    return np.asarray(vector / np.linalg.norm(vector), dtype=np.float32)


TERMS = {"report": 1.0, "crime": 0.4, "unheard": 1.0}


def test_cosines_are_those_of_the_files(
    own: LocalSearch, there: MilvusSearch, question: np.ndarray
) -> None:
    np.testing.assert_allclose(there.cosines(question), own.cosines(question), atol=1e-6)


def test_words_are_scored_as_in_the_files(own: LocalSearch, there: MilvusSearch) -> None:
    scores = there.matches(TERMS)
    assert 0 < np.count_nonzero(scores) < ROWS
    np.testing.assert_allclose(scores, own.matches(TERMS), rtol=1e-5)


def test_words_that_no_text_has_meet_none(there: MilvusSearch) -> None:
    assert not there.matches({"unheard": 1.0}).any()


def test_vectors_come_back_in_the_order_asked_for(own: LocalSearch, there: MilvusSearch) -> None:
    rows = np.array([299, 0, 17, 250])
    np.testing.assert_allclose(there.gather(rows), own.gather(rows), atol=1e-7)


def test_beyond_its_reach_a_row_has_the_least_score_within(
    own: LocalSearch,
    there: MilvusSearch,
    question: np.ndarray,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(milvus, "CANDIDATE_LIMIT", 20)
    for found, exact in (
        (there.cosines(question), own.cosines(question)),
        (there.matches(TERMS), own.matches(TERMS)),
    ):
        least = np.sort(exact)[-20]
        np.testing.assert_allclose(np.sort(found)[-20:], np.sort(exact)[-20:], rtol=1e-5)
        np.testing.assert_allclose(found, np.maximum(exact, least), rtol=1e-5)


def test_rows_that_may_be_found_are_reached_before_all_others(
    own: LocalSearch,
    there: MilvusSearch,
    question: np.ndarray,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(milvus, "CANDIDATE_LIMIT", 20)
    rare = np.arange(0, ROWS, 100)
    found = there.cosines(question, {"rare": [1]})
    np.testing.assert_allclose(found[rare], own.cosines(question)[rare], atol=1e-6)
    found = there.matches(TERMS, {"rare": [1]})
    np.testing.assert_allclose(found[rare], own.matches(TERMS)[rare], rtol=1e-5)


def test_a_collection_that_is_not_whole_is_refused(
    address: str, encoded: EncodedTexts, words: Bm25Index
) -> None:
    backend = MilvusBackend(milvus.store_id(address))
    with pytest.raises(IndexDamagedError, match="000001-bb is not whole in the store"):
        backend.open("000001-bb", encoded, words)
    backend.fill("000001-bb", lambda: SearchContents(encoded, words, {}))
    more = words.updated([*range(ROWS), NEW], ["report"], gone=())
    with pytest.raises(IndexDamagedError, match="build it again"):
        backend.open("000001-bb", encoded, more)
    backend.drop("000001-bb")
    assert not backend.is_filled("000001-bb", ROWS)


def test_a_milvus_that_is_away_is_named_with_what_helps() -> None:
    with pytest.raises(StoreAbsentError, match=r"milvus://127\.0\.0\.1:1 is unavailable .*files"):
        MilvusBackend(StoreId(address="milvus://127.0.0.1:1", name="a")).is_filled("000001-aa", 1)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        pytest.param("vector", [1.0] + [0.0] * 7, id="a vector"),
        pytest.param("words", {1: 0.5}, id="a word's weight"),
        pytest.param("words", {99: 0.5}, id="another word"),
        pytest.param("rare", 7, id="a fact"),
    ],
)
def test_one_row_that_differs_is_noticed(
    address: str, encoded: EncodedTexts, words: Bm25Index, field: str, value: object
) -> None:
    backend = MilvusBackend(milvus.store_id(address))
    contents = SearchContents(encoded, words, {"rare": np.zeros(ROWS, dtype=np.int32)})
    backend.fill("000001-cc", lambda: contents)
    assert backend.verify("000001-cc", lambda: contents)
    sent = next(iter(milvus._batches(contents)))[1]
    milvus._client(address).upsert(backend.collection("000001-cc"), [{**sent, field: value}])
    assert not backend.verify("000001-cc", lambda: contents)


# Builds

Build = Callable[..., BuildReport]


@pytest.fixture
def index(tmp_path: Path) -> Path:
    return tmp_path / "index"


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    folder = tmp_path / "texts"
    folder.mkdir()
    for path in DATA.glob("*.txt"):
        (folder / path.name).write_bytes(path.read_bytes())
    return folder


@pytest.fixture
def rebuild(texts: Path, index: Path, encoder: Encoder) -> Build:
    def again(store: str | None = None) -> BuildReport:
        return build([texts], index, load_encoder=lambda: encoder, store=store)

    return again


def change(texts: Path, word: str) -> None:
    path = texts / "A_RES_61_181.txt"
    said = path.read_text(encoding="utf-8")
    path.write_text(said.replace("all States", f"all {word} States", 1), encoding="utf-8")


def collections(address: str, index: Path) -> set[str]:
    """The generations of an index that are in a store."""
    store = open_generation(index).manifest.store
    names = milvus._client(address).list_collections()
    return {
        one.removeprefix(f"{store.name}_").replace("_", "-")
        for one in names
        if one.startswith(store.name)
    }


def generations(index: Path) -> set[str]:
    return {path.name for path in (index / "generations").iterdir()}


@pytest.mark.parametrize(
    ("question", "filters"),
    [
        pytest.param("Who should report at the 62nd session?", {}, id="a question"),
        pytest.param("trafficking in persons", {"since": 2005}, id="since a year"),
        pytest.param("trafficking in persons", {"until": 2005}, id="until a year"),
        pytest.param("juvenile justice", {"bodies": {"A"}}, id="one organ"),
        pytest.param("juvenile justice", {"bodies": {"S"}}, id="an organ that has no text"),
        pytest.param("recalling", {"kinds": {Kind.PREAMBULAR}}, id="one kind"),
    ],
)
def test_what_is_found_is_what_the_files_give(
    rebuild: Build,
    index: Path,
    address: str,
    assistant: Assistant,
    encoder: Encoder,
    question: str,
    filters: dict[str, Any],
) -> None:
    rebuild(address)
    other = Assistant(Corpus.open(index), lambda: encoder, index=str(index))
    assert type(other.corpus.engine) is MilvusSearch
    mine, theirs = (one.retrieve(question, k=5, **filters) for one in (assistant, other))
    assert [hit.citation for hit in theirs] == [hit.citation for hit in mine]
    # Under a filter of kinds Milvus does not see how near the rest of a resolution comes.
    slight = 0.01 if "kinds" in filters else 1e-4
    assert [hit.score for hit in theirs] == pytest.approx([hit.score for hit in mine], abs=slight)


def test_a_build_that_names_no_store_keeps_the_one_that_serves(
    rebuild: Build, texts: Path, index: Path, address: str
) -> None:
    first = rebuild(address)
    change(texts, "willing")
    second = rebuild()
    assert second.encoded > 0
    assert open_generation(index).manifest.store.address == address
    assert (
        collections(address, index) == generations(index) == {first.generation, second.generation}
    )


def test_the_store_alone_may_change_and_nothing_is_encoded_again(
    rebuild: Build, index: Path, address: str
) -> None:
    assert rebuild().encoded > 0
    moved, back = rebuild(address), rebuild("files")
    assert [(one.unchanged, one.encoded, one.read) for one in (moved, back)] == [(False, 0, 0)] * 2
    assert open_generation(index).manifest.store == StoreId()
    assert roll_back(index).name == moved.generation


def test_collections_go_when_their_generations_do(
    rebuild: Build, texts: Path, index: Path, address: str
) -> None:
    rebuild(address)
    for word in ("willing", "able"):
        change(texts, word)
        rebuild()
    assert len(generations(index)) == 2
    assert collections(address, index) == generations(index)


def test_a_collection_that_was_lost_is_filled_again(
    rebuild: Build, index: Path, address: str, encoder: Encoder
) -> None:
    report = rebuild(address)
    MilvusBackend(open_generation(index).manifest.store).drop(report.generation)
    again = rebuild()
    assert (again.unchanged, again.encoded) == (True, 0)
    assert len(Assistant(Corpus.open(index), lambda: encoder).retrieve("crime", k=1)) == 1


def test_a_store_that_fails_leaves_what_served(
    rebuild: Build, texts: Path, index: Path, monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    first = rebuild(address)
    change(texts, "willing")

    def fails(*_: object) -> Iterator[object]:
        raise OSError("no room")
        yield

    monkeypatch.setattr(milvus, "_batches", fails)
    with pytest.raises(StoreAbsentError, match="no room"):
        rebuild()
    assert open_generation(index).name == first.generation
    assert collections(address, index) == generations(index) == {first.generation}


def test_a_build_killed_while_it_fills_leaves_the_old_collection_serving(
    texts: Path, index: Path, tmp_path: Path
) -> None:
    """In processes of their own: the first builds, the second dies in the middle, the third asks,
    the fourth builds."""
    address = f"milvus://{tmp_path / 'lite.db'}"
    command = ["build", str(texts), "--index", str(index), "--jobs", "1"]
    assert _operative([*command, "--store", address]).returncode == 0
    first = open_generation(index).name
    change(texts, "willing")
    dying = """
        from embeddings.backends import milvus
        filled = milvus._batches
        def dies(*given):
            for batch in filled(*given):
                yield batch[:30]
                os.kill(os.getpid(), 9)
        milvus._batches = dies
    """
    assert _operative(command, first=dying).returncode == -9
    assert open_generation(index).name == first
    assert len(generations(index)) == 2
    asked = _operative(["ask", "juvenile justice", "--index", str(index)])
    assert (asked.returncode, "A/RES/56/123" in asked.stdout) == (0, True)
    assert _operative(command).returncode == 0
    asked = _operative(["ask", "Who is willing?", "--index", str(index)])
    assert asked.returncode == 0
    assert open_generation(index).name.startswith("000003-")
    assert len(generations(index)) == 2


def _operative(command: Sequence[str], first: str = "") -> "subprocess.CompletedProcess[str]":
    code = f"import os, sys\n{textwrap.dedent(first)}\nfrom qa.cli.main import main\nsys.exit(main({command!r}))"
    return subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(DATA.parent)},
    )
