"""Imports run one way: this table is the house, and every module is held to it."""

import ast
from collections.abc import Collection, Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
# Lowest first. A module imports from rows above its own, and from its own family (`name.*`).
LEVELS: tuple[tuple[str, ...], ...] = (
    ("embeddings.*", "qa.errors", "qa.resolutions.model"),
    ("qa.resolutions.text",),
    ("qa.resolutions.*",),
    (
        "qa.acronyms",
        "qa.answer",
        "qa.language",
        "qa.late",
        "qa.passages",
        "qa.phrases",
        "qa.progress",
        "qa.runs",
        "qa.settings",
        "qa.takeaway",
        "qa.texts",
        "qa.tokens",
    ),
    ("qa.columns",),
    ("qa.corpus",),
    ("qa.coverage", "qa.gather", "qa.mentions", "qa.recency", "qa.signals", "qa.topic"),
    ("qa.fill", "qa.filters", "qa.kept", "qa.stores", "qa.watch"),
    ("qa.build", "qa.proof"),
    ("qa.background", "qa.uploads"),
    ("qa.question",),
    ("qa.score",),
    ("qa.confidence", "qa.readings"),
    ("qa.conversation", "qa.facts", "qa.look_up", "qa.quoting", "qa.render.*", "qa.retrieve"),
    ("qa.check", "qa.lineage", "qa.listing", "qa.missing", "qa.tally"),
    ("qa.reply",),
    ("qa.assistant",),
    ("qa", "qa.doctor", "qa.evaluate", "qa.programs", "qa.records"),
    ("qa.tools",),
    ("qa.page.*",),
    ("app",),
    ("qa.commands",),  # above `app`: `operative serve` is `python app.py`
    ("qa.cli",),
    ("qa.__main__",),
)
LEVEL = {name: level for level, names in enumerate(LEVELS) for name in names}
# Tighter than their level: all of ours that these may import.
ONLY: dict[str, tuple[str, ...]] = {
    "embeddings.*": ("embeddings",),
    "qa.errors": (),
    "qa.resolutions.model": (),
    "qa.resolutions.text": ("qa.resolutions.model",),
    "qa.resolutions.*": ("qa.resolutions", "qa.errors"),
    "qa.answer": ("qa.resolutions",),
}
OURS = ("app", "benchmarks", "data", "embeddings", "qa", "tests")


def lies_in(module: str, package: str) -> bool:
    """Whether a module is a package or lies inside it."""
    return module == package or module.startswith(f"{package}.")


def row(module: str) -> str | None:
    """The name in the table that holds a module: its own, or the nearest `name.*` around it."""
    if module in LEVEL:
        return module
    parts = module.split(".")
    families = (".".join(parts[:end]) + ".*" for end in range(len(parts), 0, -1))
    return next((family for family in families if family in LEVEL), None)


def ours(module: str, source: str, modules: Collection[str]) -> Iterator[tuple[int, str, bool]]:
    """Each import of ours: its line, the module it names, whether it takes a package's own name."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            for alias in node.names:
                if alias.name.split(".")[0] in OURS:
                    yield node.lineno, alias.name, True
        elif isinstance(node, ast.ImportFrom):
            around = module.split(".")[: -node.level] if node.level else []
            base = ".".join([*around, *([node.module] if node.module else [])])
            for alias in node.names:
                inner = f"{base}.{alias.name}"
                if base.split(".")[0] in OURS:
                    yield (
                        (node.lineno, inner, False)
                        if inner in modules
                        else (node.lineno, base, True)
                    )


def faults(module: str, source: str, modules: Collection[str]) -> list[str]:
    """What the imports of a module break, a sentence each."""
    own = row(module)
    if own is None:
        return [f"{module} is in no row of LEVELS in {Path(__file__).name}: give it its place"]
    found = []
    for line, target, takes_name in ours(module, source, modules):
        at = f"{module}, line {line}: imports {target}"
        theirs = row(target)
        if takes_name and module.startswith(f"{target}."):
            found.append(f"{at}, its own package, instead of the module that defines the name")
        elif theirs is None:
            found.append(f"{at}, which is in no row of LEVELS in {Path(__file__).name}")
        elif own in ONLY and not any(lies_in(target, allowed) for allowed in ONLY[own]):
            found.append(f"{at}, and may import only {', '.join(ONLY[own]) or 'nothing of ours'}")
        elif LEVEL[theirs] >= LEVEL[own] and not lies_in(target, own.removesuffix(".*")):
            found.append(f"{at}, which does not lie below it")
    return found


def name_of(path: Path) -> str:
    """The name a file is imported by."""
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


FILES = {
    name_of(path): path
    for path in (ROOT / "app.py", *ROOT.glob("qa/**/*.py"), *ROOT.glob("embeddings/**/*.py"))
}


@pytest.mark.parametrize("module", sorted(FILES))
def test_module_imports_only_what_lies_below_it(module: str) -> None:
    assert faults(module, FILES[module].read_text(encoding="utf-8"), FILES) == []


@pytest.mark.parametrize(
    ("module", "source", "fault"),
    [
        pytest.param(
            "embeddings.store",
            "from qa.errors import OperativeError",
            "may import only embeddings",
            id="embeddings knows nothing of ours",
        ),
        pytest.param(
            "qa.resolutions.parse.body",
            "import embeddings.words",
            "may import only qa.resolutions, qa.errors",
            id="reading a resolution needs no index",
        ),
        pytest.param(
            "qa.errors",
            "from qa.settings import DEFAULT_TOP",
            "nothing of ours",
            id="a leaf imports nothing of ours",
        ),
        pytest.param(
            "qa.answer",
            "from qa.errors import OperativeError",
            "may import only qa.resolutions",
            id="an answer is records only",
        ),
        pytest.param(
            "qa.corpus",
            "def late():\n    from qa.retrieve import Retriever",
            "line 2: imports qa.retrieve, which does not lie below",
            id="a late import counts",
        ),
        pytest.param(
            "qa.corpus", "from qa import retrieve", "does not lie below", id="a submodule by name"
        ),
        pytest.param("qa.facts", "from .reply import Reply", "does not lie below", id="relative"),
        pytest.param(
            "qa.facts", "from qa.look_up import find", "does not lie below", id="same level"
        ),
        pytest.param(
            "qa.cli", "from qa import Assistant", "its own package", id="own package's __init__"
        ),
        pytest.param("qa.cli", "import qa", "its own package", id="own package as a whole"),
        pytest.param(
            "qa.page.talk", "from . import launch_page", "its own package", id="own package by dot"
        ),
        pytest.param("qa.cli", "import tests.helpers", "in no row", id="tests are not ours to use"),
        pytest.param("qa.brand_new", "", "give it its place", id="an unknown module is told so"),
    ],
)
def test_wrong_import_is_found(module: str, source: str, fault: str) -> None:
    (found,) = faults(module, source, FILES)
    assert fault in found


@pytest.mark.parametrize(
    ("module", "source"),
    [
        pytest.param("app", "from qa import Assistant", id="outside the package"),
        pytest.param("qa.render.html", "from qa.render.plain import quote_text", id="own family"),
        pytest.param("qa.resolutions.parse.notes", "import re, json", id="not ours"),
        pytest.param("qa.retrieve", "from qa.corpus import Corpus", id="downwards"),
        pytest.param("qa", "from qa.assistant import Assistant", id="public names"),
    ],
)
def test_right_import_passes(module: str, source: str) -> None:
    assert faults(module, source, FILES) == []
