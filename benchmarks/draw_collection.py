"""Draw the fixture collection of the tests from unpacked copies of the UN's published files.

`python -m benchmarks.draw_collection CORPORA` reads `ga-akn`, `sc-akn` and `sc-1946-2002-text`
below CORPORA and writes `tests/collection/resolutions.tar.xz`. The draw has a fixed seed.
Every second XML file contains the answer to a question with a gold answer, so that tests can check
answers over the collection.
"""

import argparse
import io
import json
import random
import re
import tarfile
from collections.abc import Iterator
from pathlib import Path

OUT = Path(__file__).parent.parent / "tests" / "collection" / "resolutions.tar.xz"
ASSEMBLY, COUNCIL, TEXTS, NOT_ADOPTED = 74, 46, 26, 4
GOLD = ("../shared/gold/questions-large.jsonl", "tests/gold/questions-own.jsonl")
MAX_BYTES = 250_000  # budgets and agenda lists of megabytes would be half of the collection
SEED = 17


def main() -> None:
    """Write the archive, the same bytes for the same corpora."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpora", type=Path)
    corpora: Path = parser.parse_args().corpora
    chance = random.Random(SEED)
    known = set(_gold_numbers())
    paths: list[Path] = []
    for name, count in (("ga-akn", ASSEMBLY), ("sc-akn", COUNCIL)):
        files = sorted(
            path
            for path in (corpora / name).rglob("*.xml")
            if "not-adopted" not in path.parts and path.stat().st_size <= MAX_BYTES
        )
        named = [path for path in files if _number(path) in known]
        chosen = chance.sample(named, count // 2)
        others = [path for path in files if path not in set(chosen)]
        paths += [*chosen, *chance.sample(others, count - len(chosen))]
    failed = sorted((corpora / "sc-akn").rglob("not-adopted/*.xml"))
    paths += chance.sample(failed, NOT_ADOPTED)
    paths += chance.sample(sorted((corpora / "sc-1946-2002-text").rglob("*.txt")), TEXTS)
    with tarfile.open(OUT, "w:xz", preset=9) as archive:
        for path in sorted(paths):
            _add(archive, str(path.relative_to(corpora)), path.read_bytes())
        for name, data in _records(corpora, {_number(path) for path in paths}):
            _add(archive, name, data)
    print(f"{len(paths)} files, {OUT.stat().st_size:,} bytes")


def _gold_numbers() -> Iterator[str]:
    for name in GOLD:
        for line in Path(name).read_text(encoding="utf-8").splitlines():
            for label in json.loads(line).get("gold", ()):
                yield _plain(label.split()[0])


def _plain(symbol: str) -> str:
    """Return the number of a symbol: "78/1", "2722"."""
    match = re.search(r"A/RES/([\w-]+/\d+)|S/RES/(\d+)", symbol)
    return next((group for group in match.groups() if group), "") if match else ""


def _number(path: Path) -> str:
    match = re.match(r"A_RES_([\w-]+?)_(\d+)|([\w-]+?)_(\d+)_E$|SC_(\d+)_|S_RES_(\d+)", path.stem)
    return "/".join(group for group in match.groups() if group) if match else ""


def _records(corpora: Path, numbers: set[str]) -> Iterator[tuple[str, bytes]]:
    """Yield the files of records, each with the lines of the files that were drawn."""
    for path in sorted(corpora.rglob("metadata/*.json")):
        lines = [
            line
            for line in path.read_text(encoding="utf-8").splitlines()
            if line.strip() and _plain(str(json.loads(line).get("symbol"))) in numbers
        ]
        if lines:
            yield str(path.relative_to(corpora)), "".join(f"{line}\n" for line in lines).encode()


def _add(archive: tarfile.TarFile, name: str, data: bytes) -> None:
    member = tarfile.TarInfo(name)
    member.size = len(data)
    archive.addfile(member, io.BytesIO(data))


if __name__ == "__main__":
    main()
