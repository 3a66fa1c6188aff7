"""Cosines with every row: the fast way against a plain product of matrices."""

from pathlib import Path

import numpy as np
import pytest

from embeddings.index_errors import IndexDamagedError
from embeddings.search.flat_index import LEAST_ROWS, FlatIndex, Floats


def unit_rows(count: int, dim: int, *, seed: int) -> Floats:
    rows = np.random.default_rng(seed).standard_normal((count, dim)).astype(np.float32)
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    unit: Floats = (rows / lengths).astype(np.float32)
    return unit


ROWS = unit_rows(500, 16, seed=0)
QUERIES = unit_rows(40, 16, seed=1)


@pytest.mark.parametrize("cores", [1, 2, 3, 64])
def test_a_score_does_not_depend_on_the_number_of_cores(
    cores: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = unit_rows(5 * LEAST_ROWS + 3, 16, seed=5)
    index = FlatIndex.build(rows)
    monkeypatch.setattr("embeddings.search.flat_index.os.cpu_count", lambda: cores)
    every = index.similarities(QUERIES[0])
    np.testing.assert_allclose(every, rows @ QUERIES[0], atol=1e-6)
    monkeypatch.setattr("embeddings.search.flat_index.os.cpu_count", lambda: 1)
    np.testing.assert_array_equal(every, index.similarities(QUERIES[0]))


def test_a_score_does_not_depend_on_company() -> None:
    every = FlatIndex.build(ROWS).similarities(QUERIES[3])
    few = FlatIndex.build(ROWS[[1, 2, 3, 5]]).similarities(QUERIES[3])
    np.testing.assert_array_equal(every[[1, 2, 3, 5]], few)


def test_equal_rows_have_equal_scores() -> None:
    rows = unit_rows(50, 8, seed=3)
    rows[[2, 9, 30, 44, 48]] = rows[5]
    for query in (rows[5], rows[0], rows[3]):
        scores = FlatIndex.build(rows).similarities(query)
        assert len(set(scores[[2, 5, 9, 30, 44, 48]].tolist())) == 1


def test_similarities_agree_with_brute_force() -> None:
    found = FlatIndex.build(ROWS).similarities(QUERIES[0])
    np.testing.assert_allclose(found, ROWS @ QUERIES[0], atol=1e-6)
    assert found.dtype == np.float32


def test_an_empty_index_finds_nothing(tmp_path: Path) -> None:
    FlatIndex.build(np.zeros((0, 16), dtype=np.float32)).save(tmp_path / "v.npy")
    index = FlatIndex.load(tmp_path / "v.npy")
    assert (len(index), index.dim) == (0, 16)
    assert index.similarities(QUERIES[0]).shape == (0,)


def test_a_saved_index_answers_the_same(tmp_path: Path) -> None:
    built = FlatIndex.build(ROWS)
    built.save(tmp_path / "vectors.npy")
    loaded = FlatIndex.load(tmp_path / "vectors.npy")
    assert (len(loaded), loaded.dim) == (500, 16)
    for query in QUERIES:
        np.testing.assert_array_equal(loaded.similarities(query), built.similarities(query))
    np.testing.assert_array_equal(np.load(tmp_path / "vectors.npy", allow_pickle=False), ROWS)


def test_rows_of_any_memory_order_are_taken() -> None:
    scores = FlatIndex.build(np.asfortranarray(ROWS)).similarities(QUERIES[::2][0])
    np.testing.assert_allclose(scores, ROWS @ QUERIES[0], atol=1e-6)


def test_a_search_leaves_the_encoder_its_threads() -> None:
    import faiss

    before = faiss.omp_get_max_threads()
    FlatIndex.build(ROWS).similarities(QUERIES[0])
    assert faiss.omp_get_max_threads() == before


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param(ROWS.astype(np.float64), id="double precision"),
        pytest.param(ROWS[0], id="one row without its matrix"),
        pytest.param(ROWS[None], id="three dimensions"),
        pytest.param(ROWS * 2, id="not of unit length"),
        pytest.param(np.zeros((2, 16), dtype=np.float32), id="zeros"),
        pytest.param(np.full((2, 16), np.nan, dtype=np.float32), id="not numbers"),
        pytest.param(np.zeros((2, 0), dtype=np.float32), id="no columns"),
    ],
)
def test_rows_that_cannot_be_compared_are_refused(rows: Floats) -> None:
    with pytest.raises(ValueError, match="rows"):
        FlatIndex.build(rows)


@pytest.mark.parametrize(
    "query",
    [
        pytest.param(QUERIES[0, :8], id="another width"),
        pytest.param(QUERIES[0] * 2, id="not of unit length"),
        pytest.param(QUERIES[0].astype(np.float64), id="double precision"),
    ],
)
def test_a_query_that_cannot_be_compared_is_refused(query: Floats) -> None:
    with pytest.raises(ValueError, match="query"):
        FlatIndex.build(ROWS).similarities(query)


def test_similarities_of_many_queries_at_once_are_refused() -> None:
    with pytest.raises(ValueError, match="query"):
        FlatIndex.build(ROWS).similarities(QUERIES)


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"", id="empty"),
        pytest.param(b"\x93NUMPY\x01\x00", id="cut in the header"),
        pytest.param(b"\x80\x04N.", id="a pickle"),
    ],
)
def test_a_file_that_holds_no_rows_is_refused_by_name(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "vectors.npy").write_bytes(data)
    with pytest.raises(IndexDamagedError, match=r"vectors\.npy cannot be read"):
        FlatIndex.load(tmp_path / "vectors.npy")


def test_a_missing_file_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(IndexDamagedError, match=r"vectors\.npy is missing"):
        FlatIndex.load(tmp_path / "vectors.npy")


def test_pickled_objects_are_refused(tmp_path: Path) -> None:
    np.save(tmp_path / "vectors.npy", np.array([object()]), allow_pickle=True)
    with pytest.raises(IndexDamagedError):
        FlatIndex.load(tmp_path / "vectors.npy")
