"""Nearest rows: the fast search against a plain product of matrices."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from embeddings.index_errors import IndexDamagedError
from embeddings.row_numbers import Ids
from embeddings.search.flat_index import LEAST_ROWS, FlatIndex, Floats


def unit_rows(count: int, dim: int, *, seed: int) -> Floats:
    rows = np.random.default_rng(seed).standard_normal((count, dim)).astype(np.float32)
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    unit: Floats = (rows / lengths).astype(np.float32)
    return unit


def brute_force(rows: Floats, queries: Floats, k: int, among: Ids | None = None) -> Ids:
    exact = queries.astype(np.float64) @ rows.T.astype(np.float64)
    if among is not None:
        forbidden = np.setdiff1d(np.arange(len(rows)), among)
        exact[:, forbidden] = -np.inf
    return np.argsort(-exact, axis=1, kind="stable")[:, :k]


ROWS = unit_rows(500, 16, seed=0)
QUERIES = unit_rows(40, 16, seed=1)


def test_search_agrees_with_brute_force() -> None:
    scores, ids = FlatIndex.build(ROWS).search(QUERIES, k=7)
    expected = brute_force(ROWS, QUERIES, 7)
    np.testing.assert_array_equal(ids, expected)
    exact = np.take_along_axis(QUERIES @ ROWS.T, expected, axis=1)
    np.testing.assert_allclose(scores, exact, atol=1e-6)
    assert scores.dtype == np.float32
    assert ids.dtype == np.int64


@pytest.mark.parametrize("share", [0.5, 0.05, 0.002], ids=["half", "few", "one"])
def test_among_finds_what_filtering_everything_finds(share: float) -> None:
    among = np.flatnonzero(np.random.default_rng(2).random(500) < share)
    among = among if len(among) else np.array([17])
    scores, ids = FlatIndex.build(ROWS).search(QUERIES, k=5, among=among[::-1])
    np.testing.assert_array_equal(ids, brute_force(ROWS, QUERIES, min(5, len(among)), among))
    assert scores.shape == ids.shape


@pytest.mark.parametrize("cores", [1, 2, 3, 64])
def test_a_score_does_not_depend_on_the_number_of_cores(
    cores: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = unit_rows(5 * LEAST_ROWS + 3, 16, seed=5)
    index = FlatIndex.build(rows)
    monkeypatch.setattr("embeddings.search.flat_index.os.cpu_count", lambda: cores)
    scores, ids = index.search(QUERIES[:1], k=len(rows))
    every = index.similarities(QUERIES[0])
    np.testing.assert_array_equal(every[ids[0]], scores[0])
    np.testing.assert_allclose(every, rows @ QUERIES[0], atol=1e-6)


def test_a_score_does_not_depend_on_company() -> None:
    index = FlatIndex.build(ROWS)
    together, _ = index.search(QUERIES, k=500)
    alone, ids = index.search(QUERIES[3:4], k=500)
    some, few = index.search(QUERIES[3:4], k=4, among=[1, 2, 3, 5])
    every = index.similarities(QUERIES[3])
    np.testing.assert_array_equal(together[3], alone[0])
    np.testing.assert_array_equal(every[ids[0]], alone[0])
    np.testing.assert_array_equal(every[few[0]], some[0])


@pytest.mark.parametrize("k", [1, 2, 3, 4, 7, 49, 50])
def test_equal_scores_come_in_the_order_of_the_rows(k: int) -> None:
    rows = unit_rows(50, 8, seed=3)
    rows[[2, 9, 30, 44, 48]] = rows[5]
    rows[[1, 40]] = rows[0]
    for query in (rows[5], rows[0], rows[3]):
        _, ids = FlatIndex.build(rows).search(query[None], k)
        expected = np.lexsort((np.arange(50), -FlatIndex.build(rows).similarities(query)))[:k]
        np.testing.assert_array_equal(ids[0], expected)
    _, ids = FlatIndex.build(rows).search(rows[5:6], min(k, 6))
    assert ids[0].tolist() == [2, 5, 9, 30, 44, 48][:k]


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_ties_and_filters_agree_with_a_full_sort(data: st.DataObject) -> None:
    axes = data.draw(st.lists(st.integers(0, 3), min_size=1, max_size=30))
    rows = np.eye(4, dtype=np.float32)[axes]
    among = data.draw(st.lists(st.integers(0, len(axes) - 1), min_size=1))
    k = data.draw(st.integers(1, 40))
    _, ids = FlatIndex.build(rows).search(rows[:1], k, among=among)
    expected = sorted(set(among), key=lambda row: (axes[row] != axes[0], row))[:k]
    assert ids[0].tolist() == expected


def test_similarities_agree_with_brute_force() -> None:
    found = FlatIndex.build(ROWS).similarities(QUERIES[0])
    np.testing.assert_allclose(found, ROWS @ QUERIES[0], atol=1e-6)
    assert found.dtype == np.float32


def test_k_is_cut_to_what_there_is() -> None:
    index = FlatIndex.build(ROWS[:3])
    assert index.search(QUERIES, k=10)[1].shape == (40, 3)
    assert index.search(QUERIES, k=10, among=[2, 2, 0])[1].shape == (40, 2)
    assert index.search(QUERIES, k=10, among=[])[1].shape == (40, 0)


def test_an_empty_index_finds_nothing(tmp_path: Path) -> None:
    FlatIndex.build(np.zeros((0, 16), dtype=np.float32)).save(tmp_path / "v.npy")
    index = FlatIndex.load(tmp_path / "v.npy")
    assert (len(index), index.dim) == (0, 16)
    assert index.search(QUERIES, k=5)[1].shape == (40, 0)
    assert index.similarities(QUERIES[0]).shape == (0,)


def test_a_saved_index_answers_the_same(tmp_path: Path) -> None:
    built = FlatIndex.build(ROWS)
    built.save(tmp_path / "vectors.npy")
    loaded = FlatIndex.load(tmp_path / "vectors.npy")
    assert (len(loaded), loaded.dim) == (500, 16)
    for mine, other in zip(loaded.search(QUERIES, 9), built.search(QUERIES, 9), strict=True):
        np.testing.assert_array_equal(mine, other)
    np.testing.assert_array_equal(np.load(tmp_path / "vectors.npy", allow_pickle=False), ROWS)


def test_rows_of_any_memory_order_are_taken() -> None:
    _, ids = FlatIndex.build(np.asfortranarray(ROWS)).search(np.asfortranarray(QUERIES), 3)
    np.testing.assert_array_equal(ids, brute_force(ROWS, QUERIES, 3))


def test_a_search_leaves_the_encoder_its_threads() -> None:
    import faiss

    before = faiss.omp_get_max_threads()
    FlatIndex.build(ROWS).search(QUERIES, 3)
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
    ("queries", "k", "among"),
    [
        pytest.param(QUERIES[:, :8], 3, None, id="another width"),
        pytest.param(QUERIES[0], 3, None, id="no matrix"),
        pytest.param(QUERIES * 2, 3, None, id="not of unit length"),
        pytest.param(QUERIES, 0, None, id="no rows wanted"),
        pytest.param(QUERIES, 3, [500], id="row that is not there"),
        pytest.param(QUERIES, 3, [-1], id="row below zero"),
        pytest.param(QUERIES, 3, [0.5], id="half a row"),
        pytest.param(QUERIES, 3, [True, False], id="a mask in place of numbers"),
    ],
)
def test_a_search_that_makes_no_sense_is_refused(
    queries: Floats, k: int, among: list[int] | None
) -> None:
    with pytest.raises(ValueError, match=r"queries|among|k is"):
        FlatIndex.build(ROWS).search(queries, k, among=among)


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
