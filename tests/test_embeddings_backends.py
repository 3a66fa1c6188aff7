"""What every store must give, and how an index says which one it has; none of it needs Milvus."""

import json
import sys
from pathlib import Path

import numpy as np
import pytest

from embeddings.backends import milvus
from embeddings.backends.choice import drop_generation, next_store
from embeddings.backends.local import LocalSearch
from embeddings.index_errors import StoreAbsentError, StoreAddressError
from embeddings.model.encoder import Encoder, Encoding
from embeddings.search.bm25 import Bm25Index
from embeddings.search.inverted_index import NEW
from embeddings.store.encoded_texts import EncodedTexts
from embeddings.store.generation_writer import write_generation
from embeddings.store.generations import Generation, open_generation
from embeddings.store.manifest import MANIFEST_FILE, Contents, Manifest, StoreId
from qa.assistant import Assistant
from qa.cli.main import main
from qa.indexing.build import build
from qa.resolutions.model import Kind
from qa.search.filters import Filters

DATA = Path(__file__).parent.parent / "data"


def test_the_files_give_the_score_of_every_row() -> None:
    rows = np.eye(3, dtype=np.float32)
    texts = ["crime", "crime report", "justice", "crime"]  # the first and the last are equal
    tokens = np.zeros((1, 2), dtype=np.int8)
    known = {text: Encoding(row, tokens) for text, row in zip(texts, rows, strict=False)}
    encoded = EncodedTexts.empty(3).updated([NEW] * 4, texts, known)
    engine = LocalSearch(encoded, Bm25Index.build(texts))
    asked = np.array([0.6, 0.8, 0.0], dtype=np.float32)
    np.testing.assert_allclose(engine.cosines(asked), [0.6, 0.8, 0.0, 0.6], rtol=1e-6)
    np.testing.assert_array_equal(engine.gather(np.array([3, 1])), rows[[0, 1]])
    weighed = engine.matches({"report": 2.0})
    np.testing.assert_allclose(weighed, 2 * Bm25Index.build(texts).scores("report"), rtol=1e-6)
    assert np.flatnonzero(weighed).tolist() == [1]


def test_scores_are_the_product_of_what_the_question_and_the_rows_have() -> None:
    words = Bm25Index.build(["crime and crime", "a report on crime", "justice", ""])
    weights = {"crime": 1.0, "report": 0.4, "unheard": 1.0}
    asked = np.zeros(words.shares().shape[1])
    for number, factor in words.factors("crime report unheard", weights=weights).items():
        asked[number] = factor
    np.testing.assert_allclose(
        words.shares() @ asked, words.scores("crime report unheard", weights=weights), rtol=1e-6
    )


@pytest.mark.parametrize(
    ("filters", "scope"),
    [
        pytest.param(Filters(), (), id="nothing is left out"),
        pytest.param(Filters(since=2005), (), id="since a year"),
        pytest.param(Filters(until=2005), (), id="until a year"),
        pytest.param(Filters(since=2001, until=2001), (), id="in a year"),
        pytest.param(Filters(since=2050), (), id="since a year to come"),
        pytest.param(Filters(bodies=frozenset({"A"})), (), id="an organ"),
        pytest.param(Filters(bodies=frozenset({"S", "X"})), (), id="organs that are not there"),
        pytest.param(Filters(kinds=frozenset({Kind.NOTE, Kind.PREAMBULAR})), (), id="kinds"),
        pytest.param(Filters(), ("A/RES/61/181",), id="a resolution"),
        pytest.param(
            Filters(kinds=frozenset({Kind.OPERATIVE}), until=2003),
            ("A/RES/61/181", "A/RES/56/123"),
            id="all at once",
        ),
    ],
)
def test_what_a_store_is_told_leaves_the_rows_that_the_filters_leave(
    assistant: Assistant, filters: Filters, scope: tuple[str, ...]
) -> None:
    retriever = assistant.retriever
    facts = retriever._scorer.resolutions.facts()
    left = np.ones(len(assistant.corpus.passages), dtype=bool)
    for name, values in retriever.where(filters, scope).items():
        left &= np.isin(facts[name], list(values))
    np.testing.assert_array_equal(np.flatnonzero(left), retriever.allowed(filters, scope))


# Addresses


@pytest.mark.parametrize(
    ("given", "address"),
    [
        pytest.param("milvus://host:19530", "milvus://host:19530", id="a server"),
        pytest.param("milvus:///srv/lite.db", "milvus:///srv/lite.db", id="a folder"),
        pytest.param(
            "milvus://lite.db", f"milvus://{Path('lite.db').absolute()}", id="a folder from here"
        ),
    ],
)
def test_an_address_is_kept_so_that_it_holds_anywhere(given: str, address: str) -> None:
    first, second = milvus.store_id(given), milvus.store_id(given)
    assert first.address == second.address == address
    assert first.name != second.name  # two indexes in one store do not meet


@pytest.mark.parametrize(
    "given",
    [
        pytest.param("elsewhere", id="no scheme"),
        pytest.param("milvus://", id="no place"),
        pytest.param("http://host:19530", id="another scheme"),
        pytest.param("milvus://user:secret@host:19530", id="a password that would be written down"),
    ],
)
def test_another_address_is_refused(given: str) -> None:
    with pytest.raises(StoreAddressError, match="use `files`, `milvus://HOST:PORT`"):
        next_store(given, StoreId())


@pytest.mark.slow
def test_without_its_package_a_store_says_how_to_get_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "pymilvus", None)
    index = tmp_path / "index"
    command = ["build", str(DATA), "--index", str(index), "--store", "milvus://host:19530"]
    assert main(command) == 2
    said = capsys.readouterr().err.splitlines()[-1]
    assert "milvus://host:19530 is unavailable (`pip install 'operative-un[milvus]'` first)" in said
    assert not (index / "CURRENT").exists()


# What a generation says


def test_an_index_says_where_it_is_searched(built_index: Path) -> None:
    generation = open_generation(built_index)
    saved = json.loads((generation.path / MANIFEST_FILE).read_bytes())
    assert saved["store"] == {"address": "files", "name": "", "vectors": "exact"}
    del saved["store"]  # as indexes were written before there was a choice
    assert Manifest.from_json(json.dumps(saved).encode()).store.is_local


def filled(folder: Path, _before: Generation | None) -> Contents:
    (folder / "texts.txt").write_bytes(b"new")
    manifest = Manifest.from_json(_MANIFEST)
    facts = ("model", "template", "rows", "corpus_hash", "extra", "store")
    return Contents(**{name: getattr(manifest, name) for name in facts})


_MANIFEST = json.dumps(
    {
        "format": 1,
        "model": {"name": "tiny", "fingerprint": "a" * 64, "dimension": 3},
        "template": "1",
        "rows": 3,
        "corpus_hash": "c" * 64,
        "extra": {},
        "files": {},
        "store": {"address": "files", "name": ""},
    }
).encode()


def test_a_generation_is_made_ready_before_it_serves(tmp_path: Path) -> None:
    seen: list[tuple[str, bool, bytes]] = []

    def ready(generation: Generation) -> None:
        serves = (tmp_path / "CURRENT").exists()
        seen.append((generation.name, serves, generation.file("texts.txt").read_bytes()))

    generation = write_generation(tmp_path, filled, ready=ready)
    assert seen == [(generation.name, False, b"new")]
    assert open_generation(tmp_path).name == generation.name


def test_a_generation_that_cannot_be_made_ready_leaves_nothing(
    index_copy: Path, encoder: Encoder
) -> None:
    before = open_generation(index_copy).name

    def away(_: Generation) -> None:
        raise StoreAbsentError("milvus://host:1", "it is away")

    with pytest.raises(StoreAbsentError):
        write_generation(index_copy, filled, ready=away)
    assert [path.name for path in (index_copy / "generations").iterdir()] == [before]
    assert build([DATA], index_copy, load_encoder=lambda: encoder).unchanged


def test_a_generation_whose_store_is_away_waits_to_be_removed(tmp_path: Path) -> None:
    """Else its collection would stay there for good."""
    pytest.importorskip("pymilvus", reason="the extra `milvus` is not installed")
    away = StoreId(address="milvus://127.0.0.1:1", name="operative_a")

    def at(number: int, store: StoreId) -> Generation:
        def fill(folder: Path, before: Generation | None) -> Contents:
            said = filled(folder, before)
            (folder / "texts.txt").write_bytes(b"%d" % number)
            fields = ("model", "template", "rows", "corpus_hash", "extra")
            return Contents(**{name: getattr(said, name) for name in fields}, store=store)

        return write_generation(tmp_path, fill, drop=drop_generation)

    first = at(1, away)
    own = [at(number, StoreId()) for number in (2, 3, 4)]
    left = {path.name for path in (tmp_path / "generations").iterdir()}
    assert left == {first.name, own[1].name, own[2].name}
