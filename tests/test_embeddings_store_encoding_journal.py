"""What a stopped build leaves behind: used again, and never if it is damaged."""

import sqlite3
import subprocess
import sys
import textwrap
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
        pytest.param(lambda data: data[: len(data) // 2], 5, id="its second half gone"),
        pytest.param(lambda data: data[:100], 5, id="hardly a beginning"),
        pytest.param(lambda data: bytes([data[0] ^ 1]) + data[1:], 5, id="its first byte changed"),
        pytest.param(lambda data: data + b"\xff" * 9000, 0, id="something after it"),
        pytest.param(lambda _: b"", 5, id="empty"),
        pytest.param(lambda _: b"key" * 5000, 5, id="no database"),
    ],
)
def test_what_is_damaged_is_encoded_again(
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


def test_a_changed_record_is_encoded_again_and_no_other(encoder: Encoder, tmp_path: Path) -> None:
    wanted = EncodingJournal(tmp_path, encoder).encode(TEXTS)
    (file,) = tmp_path.glob("*.part")
    data = bytearray(file.read_bytes())
    data[data.index(wanted[1].vector.tobytes()[:64]) + 3] ^= 1
    file.write_bytes(data)
    again = Counting(encoder)
    same(EncodingJournal(tmp_path, again).encode(TEXTS), wanted)
    assert again.asked == [TEXTS[1]]


def test_any_changed_byte_costs_time_only(encoder: Encoder, tmp_path: Path) -> None:
    wanted = EncodingJournal(tmp_path, encoder).encode(TEXTS)
    (file,) = tmp_path.glob("*.part")
    sound = file.read_bytes()
    for at in range(0, len(sound), len(sound) // 40):
        file.write_bytes(sound[:at] + bytes([sound[at] ^ 0xFF]) + sound[at + 1 :])
        same(EncodingJournal(tmp_path, encoder).encode(TEXTS), wanted)


@pytest.mark.skipif(sys.platform == "win32", reason="no such signal")
def test_a_process_killed_within_a_commit_loses_that_commit_alone(
    encoder: Encoder, tmp_path: Path
) -> None:
    EncodingJournal(tmp_path, encoder).encode(TEXTS[:2])
    (file,) = tmp_path.glob("*.part")
    program = textwrap.dedent(
        """
        import os, sqlite3, sys
        database = sqlite3.connect(sys.argv[1])
        database.execute("PRAGMA cache_size = 1")  # so that a half of it is in the file
        database.executemany("INSERT INTO encodings VALUES (?)", [(b"x" * 9000,)] * 50)
        os.kill(os.getpid(), 9)
        """
    )
    killed = subprocess.run([sys.executable, "-c", program, str(file)], check=False)
    assert killed.returncode == -9
    assert file.with_name(f"{file.name}-journal").exists()
    after = Counting(encoder)
    EncodingJournal(tmp_path, after).encode(TEXTS)
    assert sorted(after.asked) == sorted(TEXTS[2:])


def test_a_full_disk_is_an_error_of_the_system(
    encoder: Encoder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = sqlite3.connect

    def small(path: Path) -> sqlite3.Connection:
        database = real(path)
        database.execute("PRAGMA max_page_count = 2")
        return database

    monkeypatch.setattr(sqlite3, "connect", small)
    with pytest.raises(OSError, match="database or disk is full"):
        EncodingJournal(tmp_path, encoder).encode(TEXTS)


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
