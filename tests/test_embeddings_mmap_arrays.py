"""Arrays in files: whatever is damaged in one, the error is one that readers of it know."""

import random
from pathlib import Path

import numpy as np
import pytest

from embeddings.index_errors import IndexDamagedError
from embeddings.mmap_arrays import load_array, mapped


@pytest.mark.slow
@pytest.mark.parametrize("is_mapped", [False, True], ids=["read", "mapped"])
def test_a_damaged_file_is_never_an_unknown_error(tmp_path: Path, is_mapped: bool) -> None:
    path = tmp_path / "rows.npy"
    np.save(path, np.arange(20, dtype=np.float32).reshape(4, 5))
    sound, chance = path.read_bytes(), random.Random(7)
    refused = 0
    for _ in range(1500):
        damaged = bytearray(sound)
        for _ in range(chance.randint(1, 4)):
            damaged[chance.randrange(128)] = chance.choice(b"({['\"\\\n,:0129\x00\xff Lx")
        if chance.random() < 0.2:
            damaged = damaged[: chance.randrange(len(sound))]
        path.write_bytes(damaged)
        try:
            load_array(path, is_mapped=is_mapped)
        except (OSError, EOFError, ValueError):
            refused += 1
    assert refused > 100


def test_a_head_that_does_not_end_is_named(tmp_path: Path) -> None:
    path = tmp_path / "rows.npy"
    np.save(path, np.arange(3))
    path.write_bytes(path.read_bytes().replace(b"(3,)", b"(3,("))
    with pytest.raises(IndexDamagedError, match=r"rows\.npy"):
        mapped(path)
