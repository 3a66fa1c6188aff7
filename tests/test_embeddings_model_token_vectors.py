"""Small vectors of tokens: which tokens have one, and how they are kept."""

import os
import sys
from pathlib import Path

import numpy as np
import pytest

from embeddings.index_errors import IndexDamagedError
from embeddings.model.encoder import Encoder
from embeddings.model.token_vectors import UNIT, TokenVectors, coded, content


def spans_of(text: str) -> list[tuple[int, int]]:
    """Where each word or mark stands, as a simple tokenizer would have it."""
    spans, at = [], 0
    for piece in text.split(" "):
        spans.append((at, at + len(piece)))
        at += len(piece) + 1
    return spans


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        pytest.param("the report of the panel", [False, True, False, False, True], id="stop words"),
        pytest.param("The Panel", [False, True], id="capitals are no difference"),
        pytest.param("( report ;", [False, True, False], id="marks"),
        pytest.param("and of the", [True, True, True], id="nothing but stop words: all"),
        pytest.param("2021 §", [True, False], id="numbers are words"),
    ],
)
def test_the_tokens_of_content_words_count(text: str, kept: list[bool]) -> None:
    assert content(text, spans_of(text)).tolist() == kept


def test_pieces_of_a_word_count_as_the_word() -> None:
    assert content("thereof demining", [(0, 5), (5, 7), (8, 10), (10, 16)]).tolist() == (
        [True, True, True, True]
    )
    assert content("the demining", [(0, 2), (2, 3), (4, 6), (6, 12)]).tolist() == (
        [False, False, True, True]
    )


def test_no_text_has_no_tokens() -> None:
    assert content("", []).tolist() == []


def test_codes_are_unit_vectors_but_for_rounding() -> None:
    rows = np.random.default_rng(0).standard_normal((50, 64)).astype(np.float32)
    found = coded(rows)
    assert found.dtype == np.int8
    unit = rows / np.linalg.norm(rows, axis=1, keepdims=True)
    np.testing.assert_allclose(found / UNIT, unit, atol=0.5 / UNIT + 1e-6)
    assert coded(np.zeros((1, 4), dtype=np.float32)).tolist() == [[0, 0, 0, 0]]


@pytest.fixture
def parts() -> list[np.ndarray]:
    chance = np.random.default_rng(1)
    return [coded(chance.standard_normal((size, 4)).astype(np.float32)) for size in (3, 0, 2)]


def test_each_text_has_its_own(parts: list[np.ndarray], tmp_path: Path) -> None:
    kept = TokenVectors.joined(parts, 4)
    kept.save(tmp_path)
    for found in (kept, TokenVectors.load(tmp_path)):
        assert (len(found), found.width) == (3, 4)
        for at, part in enumerate(parts):
            np.testing.assert_array_equal(found.of(at), part)
        rows, ends = found.gather([2, 1, 0])
        assert ends.tolist() == [0, 2, 2, 5]
        np.testing.assert_array_equal(rows, np.concatenate([parts[2], parts[0]]))
        np.testing.assert_array_equal(
            found.gather([0, 1, 2, 0])[0], np.concatenate([*parts, parts[0]])
        )
        assert len(found.gather([])[0]) == 0


@pytest.mark.skipif(sys.platform == "win32", reason="what is mapped cannot be cut there")
def test_a_file_cut_short_while_it_serves_is_named(parts: list[np.ndarray], tmp_path: Path) -> None:
    TokenVectors.joined(parts, 4).save(tmp_path)
    found = TokenVectors.load(tmp_path)
    os.truncate(tmp_path / "tokens.npy", (tmp_path / "tokens.npy").stat().st_size - 1)
    np.testing.assert_array_equal(found.of(0), parts[0])
    with pytest.raises(IndexDamagedError, match=r"tokens\.npy.*truncated"):
        found.gather([0, 2])


@pytest.mark.skipif(sys.platform == "win32", reason="what is mapped is not read")
def test_a_system_that_reads_little_at_once_is_asked_again(
    parts: list[np.ndarray], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    TokenVectors.joined(parts, 4).save(tmp_path)
    found, read = TokenVectors.load(tmp_path), os.preadv
    monkeypatch.setattr(os, "preadv", lambda file, room, at: read(file, [room[0][:3]], at))
    np.testing.assert_array_equal(found.picked([0, 1, 2]).of(2), parts[2])
    np.testing.assert_array_equal(found.gather([0, 2])[0], np.concatenate([parts[0], parts[2]]))


@pytest.mark.skipif(sys.platform != "linux", reason="memory is told by Linux alone")
def test_what_was_read_is_not_held(tmp_path: Path) -> None:
    rows = np.zeros((400_000, 64), dtype=np.int8)  # 25.6 MB
    TokenVectors.joined([rows[:1000]] * 400, 64).save(tmp_path)
    found = TokenVectors.load(tmp_path)
    for text in range(len(found)):
        found.of(text)
    maps = Path("/proc/self/smaps").read_text(encoding="utf-8")
    of_file = maps[maps.index(str(tmp_path / "tokens.npy")) :]
    resident = int(of_file[of_file.index("Rss:") :].split()[1])
    assert resident < 200  # kilobytes: the header, which tells what the file holds


@pytest.mark.parametrize(
    ("name", "held"),
    [
        pytest.param("tokens.npy", None, id="no tokens"),
        pytest.param("token_ends.npy", None, id="no ends"),
        pytest.param("tokens.npy", np.zeros((4, 4), np.int8), id="fewer tokens than ends tell"),
        pytest.param("tokens.npy", np.zeros((5, 4), np.int16), id="tokens of another kind"),
        pytest.param("tokens.npy", np.zeros(5, np.int8), id="no matrix"),
        pytest.param("token_ends.npy", np.array([0, 5, 3, 5]), id="ends that go back"),
        pytest.param("token_ends.npy", np.zeros(0, np.int64), id="no end at all"),
    ],
)
def test_what_does_not_agree_is_refused(
    parts: list[np.ndarray], tmp_path: Path, name: str, held: np.ndarray | None
) -> None:
    TokenVectors.joined(parts, 4).save(tmp_path)
    (tmp_path / name).unlink()
    if held is not None:
        np.save(tmp_path / name, held)
    with pytest.raises(IndexDamagedError, match=r"tokens\.npy|token_ends\.npy"):
        TokenVectors.load(tmp_path)


# With the real model


def test_each_token_of_a_content_word_has_a_small_vector(encoder: Encoder) -> None:
    texts = ["peace", "the peace of talks", "", "word " * 600]
    one, two, none, long = (found.tokens for found in encoder.encodings(texts))
    assert (len(one), len(two), len(none)) == (1, 2, 0)
    assert len(long) == encoder.max_tokens - 2  # the marks at both ends have none
    for rows in (one, two, long):
        assert rows.dtype == np.int8
        assert rows.shape[1] == encoder.width
        np.testing.assert_allclose(np.linalg.norm(rows / UNIT, axis=1), 1, atol=0.02)


def test_the_same_word_is_near_itself_and_far_from_another(encoder: Encoder) -> None:
    report, reports, coffee = (
        one.tokens[-1].astype(np.float32) / UNIT
        for one in encoder.encodings(["a report", "the report", "some coffee"])
    )
    assert float(report @ reports) > float(report @ coffee) + 0.2
