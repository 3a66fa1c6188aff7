"""Tests an index against builds killed at any instant and files changed at any byte.

    python -m benchmarks.crash_safety [KILLS] [CHANGES]

kills KILLS builds (200) at random instants, and makes CHANGES random changes (10,000) to the files
of an index: it flips a bit, truncates a file or removes it. It prints the state of the index after
each, and exits with status 1 if the index was ever lost.
"""

import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from embeddings.index_errors import IndexDamagedError, IndexNotFoundError
from embeddings.model.encoder import Encoder
from embeddings.store.generations import open_generation
from qa.corpus.corpus import Corpus
from qa.indexing.build import build
from qa.settings import packaged_texts

KILLS, CHANGES = 200, 10_000
SEED = 5
ROOT = Path(__file__).resolve().parent.parent


def main(kills: int = KILLS, changes: int = CHANGES) -> int:
    """Damage indexes and print the outcomes."""
    with tempfile.TemporaryDirectory() as folder:
        lost = _killed(Path(folder), kills)
        lost += _changed(Path(folder), changes)
    return 1 if lost else 0


def _killed(folder: Path, kills: int) -> int:
    """Kill builds that turn one set of texts into another; return how many indexes were lost."""
    chance = random.Random(SEED)
    texts, index = folder / "texts", folder / "index"
    shutil.copytree(packaged_texts(), texts)
    command = [sys.executable, "-m", "qa", "build", str(texts), "--index", str(index)]
    started = time.perf_counter()
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    _change_text(texts)
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    whole = (time.perf_counter() - started) / 2
    seen: Counter[str] = Counter()
    for _ in range(kills):
        _change_text(texts)
        before = open_generation(index).name
        builder = subprocess.Popen(
            command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        time.sleep(chance.uniform(0, whole * 1.1))
        builder.send_signal(signal.SIGKILL)
        ended = builder.wait() == 0
        try:
            corpus = Corpus.open(index)
            for passage in corpus.passages:
                corpus.proof.require(passage)
            switched = corpus.generation != before
            seen["built before it was killed" if ended else f"killed, {_state(switched)}"] += 1
        except (IndexDamagedError, IndexNotFoundError) as error:
            seen[f"LOST: {error}"] += 1
    print(f"{kills} builds killed within {whole * 1.1:.1f} s:")
    return _print_counts(seen)


def _change_text(texts: Path) -> None:
    """Change a word of one text, or change it back."""
    path = texts / "A_RES_61_181.txt"
    text = path.read_text(encoding="utf-8")
    old, new = "all States to", "each State to"
    if new in text:
        old, new = new, old
    path.write_text(text.replace(old, new), encoding="utf-8")


def _state(switched: bool) -> str:
    return "the new generation serves" if switched else "the old generation serves"


def _changed(folder: Path, changes: int) -> int:
    """Change files of an index at random; return how many changes passed unseen."""
    chance = random.Random(SEED)
    index = folder / "changed"
    encoder = Encoder.load()
    build([packaged_texts()], index, load_encoder=lambda: encoder)
    sound = _contents(index)
    files = sorted(path for path in index.rglob("*") if path.is_file())
    seen: Counter[str] = Counter()
    for _ in range(changes):
        path = chance.choice(files)
        data = path.read_bytes()
        kind = _harm(path, data, chance)
        try:
            same = _contents(index) == sound
            seen[f"{kind}: harmless, the same texts and vectors" if same else "LOST: changed"] += 1
        except IndexDamagedError as error:
            named = path.name in error.file or path.name == "CURRENT"
            seen[f"{kind}: refused by name" if named else f"LOST: {path.name}: {error}"] += 1
        except IndexNotFoundError:
            seen[f"{kind}: refused by name" if path.name == "CURRENT" else "LOST: no index"] += 1
        path.write_bytes(data)
    print(f"{changes} changes to {len(files)} files:")
    return _print_counts(seen)


def _harm(path: Path, data: bytes, chance: random.Random) -> str:
    """Damage a file and return how."""
    kind = chance.choice(("flipped", "flipped", "flipped", "cut short", "removed"))
    if kind == "removed" or not data:
        path.unlink()
        return "removed"
    position = chance.randrange(len(data))
    if kind == "cut short":
        path.write_bytes(data[:position])
        return kind
    changed = bytearray(data)
    changed[position] ^= 1 << chance.randrange(8)
    path.write_bytes(changed)
    return kind


def _contents(index: Path) -> tuple[list[str], bytes]:
    """Return the texts and vectors that an index gives."""
    corpus = Corpus.of(open_generation(index))
    texts = [passage.text for passage in corpus.passages]
    return texts, corpus.vectors.gather(corpus.places).tobytes()


def _print_counts(seen: Counter[str]) -> int:
    for what, count in sorted(seen.items()):
        print(f"{count:7} {what}")
    return sum(count for what, count in seen.items() if what.startswith("LOST"))


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
