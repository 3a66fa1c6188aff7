"""What a stopped build leaves behind: taken up again, and nothing of it believed that is spoilt."""

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest

from embeddings.model.encoder import Encoder, Encoding
from embeddings.store.encoding_journal import EncodingJournal

TEXTS = ["peace", "the report of the panel of experts", "", "a mandate", "nine months"]


class Counting(Encoder):
    """The real encoder, which notes what it is asked."""

    def __init__(self, encoder: Encoder) -> None:
        super().__init__(encoder._runner, encoder.id, encoder.width)
        self.asked: list[str] = []

    def encodings(self, texts: Sequence[str], **options: object) -> list[Encoding]:
        self.asked += texts
        return super().encodings(texts)


def same(found: Sequence[Encoding], wanted: Sequence[Encoding]) -> None:
    assert len(found) == len(wanted)
    for one, other in zip(found, wanted, strict=True):
        np.testing.assert_array_equal(one.vector, other.vector)
        np.testing.assert_array_equal(one.tokens, other.tokens)


def test_what_was_encoded_is_not_encoded_again(encoder: Encoder, tmp_path: Path) -> None:
    wanted = encoder.encodings(TEXTS)
    same(EncodingJournal(tmp_path, encoder).encode(TEXTS), wanted)
    after = Counting(encoder)
    same(EncodingJournal(tmp_path, after).encode([*TEXTS, "more"])[:-1], wanted)
    assert after.asked == ["more"]


@pytest.mark.parametrize(
    ("spoil", "lost"),
    [
        pytest.param(lambda data: data, 0, id="nothing"),
        pytest.param(lambda data: data[:-1], 1, id="its last byte gone"),
        pytest.param(lambda data: data[:-1] + bytes([data[-1] ^ 1]), 1, id="its last byte changed"),
        pytest.param(lambda data: bytes([data[0] ^ 1]) + data[1:], 5, id="its first byte changed"),
        pytest.param(lambda data: data[: len(data) // 100], 5, id="hardly a beginning"),
        pytest.param(lambda data: data + b"\xff" * 9000, 0, id="something after it"),
        pytest.param(lambda _: b"", 5, id="empty"),
    ],
)
def test_what_is_spoilt_is_encoded_again(
    spoil: Callable[[bytes], bytes], lost: int, encoder: Encoder, tmp_path: Path
) -> None:
    wanted = EncodingJournal(tmp_path, encoder).encode(TEXTS)
    (file,) = tmp_path.glob("*.part")
    file.write_bytes(spoil(file.read_bytes()))
    again = Counting(encoder)
    same(EncodingJournal(tmp_path, again).encode(TEXTS), wanted)
    assert len(again.asked) == lost
    third = Counting(encoder)
    same(EncodingJournal(tmp_path, third).encode(TEXTS), wanted)
    assert third.asked == []


def test_another_model_has_a_journal_of_its_own(encoder: Encoder, tmp_path: Path) -> None:
    EncodingJournal(tmp_path, encoder).encode(TEXTS)
    base = Counting(Encoder.load("all-MiniLM-L6-v2"))
    EncodingJournal(tmp_path, base).encode(TEXTS)
    assert sorted(base.asked) == sorted(TEXTS)
    assert len(list(tmp_path.glob("*.part"))) == 2


def test_what_the_index_holds_is_forgotten(encoder: Encoder, tmp_path: Path) -> None:
    journal = EncodingJournal(tmp_path, encoder)
    journal.encode(TEXTS)
    journal.forget()
    assert not list(tmp_path.iterdir())
