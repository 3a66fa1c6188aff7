"""Many rows: their signs choose which are compared exactly, and the manifest says so."""

from pathlib import Path

import numpy as np
import pytest

from embeddings.index_errors import IndexDamagedError
from embeddings.model.encoder import Encoder, Encoding
from embeddings.search import binary_index as signs
from embeddings.search.binary_index import BinaryIndex, signs_of
from embeddings.search.flat_index import Floats
from embeddings.search.inverted_index import NEW
from embeddings.store.encoded_texts import EXACT, SIGNS, EncodedTexts
from embeddings.store.generations import open_generation
from qa.assistant import Assistant
from qa.corpus.corpus import Corpus
from qa.indexing.build import build

DATA = Path(__file__).parent.parent / "data"


def unit_rows(count: int, dim: int, *, seed: int) -> Floats:
    rows = np.random.default_rng(seed).standard_normal((count, dim)).astype(np.float32)
    return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), dtype=np.float32)


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """An index of twenty texts counts as a large one."""
    monkeypatch.setattr(signs, "EXACT_UP_TO", 20)


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        pytest.param([0.5] + [-0.1] * 7, [0b10000000], id="the first number is the highest bit"),
        pytest.param([0.0] * 7 + [0.1], [0b00000001], id="nought is not above nought"),
        pytest.param([1.0] * 9, [0xFF, 0b10000000], id="what fills the last byte is not set"),
    ],
)
def test_a_sign_is_a_bit(row: list[float], expected: list[int]) -> None:
    assert signs_of(np.array([row], dtype=np.float32)).tolist() == [expected]


def test_signs_are_taken_batch_by_batch(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = unit_rows(50, 16, seed=0)
    monkeypatch.setattr(signs, "BATCH", 7)
    np.testing.assert_array_equal(signs_of(rows), np.packbits(rows > 0, axis=1))


def test_what_is_reached_has_its_own_cosine_and_the_rest_the_least(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    rows = unit_rows(500, 64, seed=0)
    query = unit_rows(1, 64, seed=1)[0]
    exact = rows @ query
    index = BinaryIndex(rows, signs_of(rows))
    np.testing.assert_allclose(index.similarities(query), exact, atol=1e-6)
    monkeypatch.setattr(signs, "REACH", 40)
    found = index.similarities(query)
    agreeing = np.count_nonzero((rows > 0) == (query > 0), axis=1)
    last = np.sort(agreeing)[-40]
    reached = np.flatnonzero(np.isclose(found, exact, atol=1e-6))
    assert set(np.flatnonzero(agreeing > last)) <= set(reached)
    assert len(np.unique(found)) == 40
    np.testing.assert_allclose(np.delete(found, reached), found.min())


def test_the_nearest_are_among_those_whose_signs_agree(monkeypatch: pytest.MonkeyPatch) -> None:
    """Rows turned from the question as one wording is from another: cosines of 0.9."""
    monkeypatch.setattr(signs, "REACH", 100)
    rows, query = unit_rows(5000, 384, seed=2), unit_rows(1, 384, seed=3)[0]
    for place in range(10):
        turned = 0.9 * query + np.sqrt(1 - 0.9**2) * rows[place]
        rows[place] = turned / np.linalg.norm(turned)
    found = BinaryIndex(rows, signs_of(rows)).similarities(query)
    assert set(np.argsort(-found)[:10].tolist()) == set(range(10))
    np.testing.assert_allclose(found[:10], rows[:10] @ query, atol=1e-6)


@pytest.mark.parametrize(
    ("rows", "reached"),
    [(20, 20), (60_000, 4_096), (113_000, 7_062), (1_000_000, 16_384)],
)
def test_a_sixteenth_is_reached_within_bounds(rows: int, reached: int) -> None:
    assert signs.rerank_limit(rows) == reached


@pytest.mark.usefixtures("few")
def test_where_few_texts_matter_each_has_its_own_cosine(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows, query = unit_rows(200, 64, seed=0), unit_rows(1, 64, seed=1)[0]
    nothing = np.zeros((0, 0), dtype=np.int8)
    vectors = {str(at): Encoding(row, nothing) for at, row in enumerate(rows)}
    EncodedTexts.empty(64).updated([NEW] * 200, list(vectors), vectors).save(tmp_path)
    kept = EncodedTexts.load(tmp_path, SIGNS)
    monkeypatch.setattr(signs, "REACH", 20)
    exact, some = rows @ query, np.arange(0, 200, 11)
    assert not np.allclose(kept.similarities(query)[some], exact[some])
    np.testing.assert_allclose(kept.similarities(query, some)[some], exact[some], atol=1e-6)
    many = np.arange(100)  # more than are ever compared: only the nearest have their own
    assert not np.allclose(kept.similarities(query, many)[many], exact[many])


@pytest.mark.slow
@pytest.mark.usefixtures("few")
def test_a_large_index_is_searched_by_signs_and_says_so(
    assistant: Assistant, encoder: Encoder, tmp_path: Path
) -> None:
    build([DATA], tmp_path, load_encoder=lambda: encoder)
    manifest = open_generation(tmp_path).manifest
    assert (manifest.store.vectors, "encoded/signs.npy" in manifest.files) == (SIGNS, True)
    other = Assistant(Corpus.open(tmp_path), lambda: encoder)
    asked = "Who should report at the 62nd session?"
    mine, theirs = (one.retrieve(asked, k=5) for one in (assistant, other))
    assert [one.citation for one in theirs] == [one.citation for one in mine]
    assert "vectors" not in other.corpus.encoded.__dict__  # they were never copied into memory


@pytest.mark.slow
def test_which_way_is_taken_follows_the_size_at_each_build(
    encoder: Encoder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts, index, fresh = tmp_path / "texts", tmp_path / "index", tmp_path / "fresh"
    texts.mkdir()

    def grown(name: str) -> str:
        (texts / name).write_bytes((DATA / name).read_bytes())
        build([texts], index, load_encoder=lambda: encoder)
        return open_generation(index).manifest.store.vectors

    monkeypatch.setattr(signs, "EXACT_UP_TO", 40)
    assert grown("A_RES_56_123.txt") == EXACT
    assert grown("A_RES_61_181.txt") == SIGNS
    build([texts], fresh, load_encoder=lambda: encoder)
    grew, new = (open_generation(one).manifest for one in (index, fresh))
    assert grew.files == new.files
    (texts / "A_RES_56_123.txt").unlink()
    build([texts], index, load_encoder=lambda: encoder)
    assert open_generation(index).manifest.store.vectors == EXACT


@pytest.mark.usefixtures("few")
@pytest.mark.parametrize(
    "held",
    [
        pytest.param(None, id="missing"),
        pytest.param(np.zeros((29, 2), np.uint8), id="of fewer rows"),
        pytest.param(np.zeros((30, 3), np.uint8), id="of longer rows"),
        pytest.param(np.zeros((30, 2), np.int8), id="of another kind"),
        pytest.param(np.zeros(30, np.uint8), id="no matrix"),
    ],
)
def test_signs_that_are_not_those_of_the_vectors_are_refused(
    tmp_path: Path, held: np.ndarray | None
) -> None:
    rows = unit_rows(30, 16, seed=0)
    nothing = np.zeros((0, 0), dtype=np.int8)
    vectors = {str(at): Encoding(row, nothing) for at, row in enumerate(rows)}
    EncodedTexts.empty(16).updated([NEW] * 30, list(vectors), vectors).save(tmp_path)
    assert EncodedTexts.load(tmp_path, SIGNS).way == SIGNS
    (tmp_path / "signs.npy").unlink()
    if held is not None:
        np.save(tmp_path / "signs.npy", held)
    with pytest.raises(IndexDamagedError, match=r"signs\.npy"):
        EncodedTexts.load(tmp_path, SIGNS)
