"""Reads mutated files of up to 1 MB in every format, and proves what each gives.

    python -m benchmarks.mutations [COUNT] [FOLDER...]

mutates small files of every format, and XML files of the folders, COUNT times (1,000,000): bits are
flipped, stretches removed, repeated up to 1 MB, or exchanged with those of another file. Each is
read as `operative build` reads it, in this process, with the memory and the processor time of a
reader. It prints how many were read and refused, the longest time, and exits with status 1 at an
unhandled error, a quotation that is not in its source, or a time over the budget.
"""

import random
import resource
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from benchmarks.fuzz import read, samples_of_each_format
from qa.indexing.reader_limits import CPU_S, CPU_S_PER_MB, MAX_MEMORY_BYTES

COUNT = 1_000_000
SEED = 17
LARGEST = 2**20
REPEATED = 0.02  # of the mutations make a file long
SHOWN_EVERY = 10_000


def mutated(data: bytes, other: bytes, chance: random.Random) -> bytes:
    """Return a file with one to four changes."""
    for _ in range(chance.randrange(1, 5)):
        if not data:
            return other
        start = chance.randrange(len(data))
        end = min(len(data), start + 1 + int(chance.expovariate(1 / 40)))
        kind = chance.random()
        if kind < REPEATED:
            times = chance.randrange(2, max(3, LARGEST // (end - start)))
            data = data[:start] + data[start:end] * times + data[end:]
        elif kind < 0.4:
            flipped = bytearray(data)
            flipped[start] ^= 1 << chance.randrange(8)
            data = bytes(flipped)
        elif kind < 0.7:
            data = data[:start] + data[end:]
        else:
            place = chance.randrange(len(other)) if other else 0
            data = data[:start] + other[place : place + end - start] + data[end:]
        data = data[:LARGEST]
    return data


def main(count: int = COUNT, folders: tuple[Path, ...] = ()) -> int:
    """Mutate, read, and print what came of it."""
    resource.setrlimit(resource.RLIMIT_DATA, (MAX_MEMORY_BYTES, MAX_MEMORY_BYTES))
    samples = [*samples_of_each_format().values()]
    samples += [path.read_bytes() for folder in folders for path in sorted(folder.rglob("*.xml"))]
    chance = random.Random(SEED)
    seen: Counter[str] = Counter()
    slowest = 0.0
    for number in range(1, count + 1):
        data = mutated(chance.choice(samples), chance.choice(samples), chance)
        start = time.process_time()
        try:
            seen["read" if read(data) else "refused"] += 1
        except MemoryError:
            seen["refused, too much memory"] += 1
        except Exception as error:  # noqa: BLE001 - each is a fault, and is shown
            seen[f"FAULT {type(error).__name__}: {error}"] += 1
            _keep(data)
        spent = time.process_time() - start
        slowest = max(slowest, spent)
        if spent > CPU_S + CPU_S_PER_MB * len(data) / 2**20:
            seen["OVER BUDGET"] += 1
            _keep(data)
        if not number % SHOWN_EVERY:
            print(f"{number} read, the longest in {slowest:.2f} s: {dict(seen)}", flush=True)
    print(f"{count} mutations, the longest in {slowest:.2f} s of processor time:")
    for what, times in sorted(seen.items()):
        print(f"{times:8} {what}")
    return int(any(what.startswith(("FAULT", "OVER")) for what in seen))


def _keep(data: bytes) -> None:
    """Write a file that was a fault, and say where."""
    with tempfile.NamedTemporaryFile(delete=False, suffix=".mutated") as file:
        file.write(data)
    print(f"kept: {file.name}", flush=True)


if __name__ == "__main__":
    given = sys.argv[1:]
    sys.exit(main(int(given[0]) if given else COUNT, tuple(map(Path, given[1:]))))
