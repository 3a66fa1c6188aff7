"""Imports run one way: this table is the house, and every module is held to it."""

import ast
from collections import Counter
from collections.abc import Collection, Iterator
from pathlib import Path

import pytest
from parsed_code import parsed

pytestmark = pytest.mark.xdist_group("code")  # one process parses all of it
ROOT = Path(__file__).resolve().parent.parent
# Lowest first, a row a package. A module imports from rows above its own, and from its own package.
LEVELS: tuple[tuple[str, ...], ...] = (
    (
        "embeddings.index_errors",
        "embeddings.text_analysis",
        "embeddings.row_numbers",
        "embeddings.durable_files",
        "embeddings.blas_threads",
        "qa.errors",
    ),
    ("embeddings.mmap_arrays", "qa.time_budget"),
    ("embeddings.model.*",),
    ("embeddings.search.*",),
    ("embeddings.store.*",),
    ("embeddings.backends.*",),
    ("embeddings",),
    ("qa.resolutions.*",),
    ("qa.settings",),
    ("qa.question.*",),  # knows no loaded text
    ("qa.answer",),
    ("qa.render.*",),  # knows answers only
    ("qa.corpus.*",),
    ("qa.indexing.*",),
    ("qa.publishers.*", "qa.search.*"),
    ("qa.answering.*",),
    ("qa.desks.*",),
    ("qa.assistant",),
    ("qa.workers.*",),
    ("qa", "qa.api.*"),
    ("qa.evaluation.*",),
    ("qa.page.*",),
    ("qa.server.*",),
    ("app", "qa.cli.*"),
    ("qa.__main__",),
)
LEVEL = {name: level for level, names in enumerate(LEVELS) for name in names}
# Tighter than their level: all of ours that these may import.
ONLY: dict[str, tuple[str, ...]] = {
    **{
        name: ("embeddings",) for names in LEVELS for name in names if name.startswith("embeddings")
    },
    "qa.errors": (),
    "qa.resolutions.*": ("qa.resolutions", "qa.errors"),
    "qa.question.*": (
        "qa.question",
        "qa.resolutions",
        "qa.settings",
        "qa.errors",
        "embeddings.text_analysis",
    ),
    "qa.answer": ("qa.question", "qa.resolutions"),
    "qa.render.*": ("qa.render", "qa.answer", "qa.resolutions", "qa.errors"),
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
    for node in ast.walk(parsed(source)):
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


def test_every_module_imports_only_what_lies_below_it() -> None:
    found = [
        fault
        for module, path in sorted(FILES.items())
        for fault in faults(module, path.read_text(encoding="utf-8"), FILES)
    ]
    assert found == []


@pytest.mark.parametrize(
    ("module", "source", "fault"),
    [
        pytest.param(
            "embeddings.store.manifest",
            "from qa.errors import OperativeError",
            "may import only embeddings",
            id="embeddings knows nothing of ours",
        ),
        pytest.param(
            "embeddings.store.generation_writer",
            "from embeddings.backends.choice import drop_generation",
            "does not lie below",
            id="what drops is handed to the store",
        ),
        pytest.param(
            "qa.resolutions.parse.blocks",
            "import embeddings.search.bm25",
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
            "may import only qa.question, qa.resolutions",
            id="an answer is records only",
        ),
        pytest.param(
            "qa.corpus.corpus",
            "def late():\n    from qa.search.retriever import Retriever",
            "line 2: imports qa.search.retriever, which does not lie below",
            id="a late import counts",
        ),
        pytest.param(
            "qa.corpus.corpus",
            "from qa.search import retriever",
            "does not lie below",
            id="a submodule by name",
        ),
        pytest.param(
            "qa.search.filters",
            "from ..answering.lookup import find",
            "does not lie below",
            id="relative",
        ),
        pytest.param(
            "qa.question.read",
            "from qa.corpus.corpus import Corpus",
            "may import only qa.question, qa.resolutions, qa.settings",
            id="a question is read without the texts",
        ),
        pytest.param(
            "qa.cli.main",
            "from qa import Assistant",
            "its own package",
            id="own package's __init__",
        ),
        pytest.param("qa.cli.main", "import qa", "its own package", id="own package as a whole"),
        pytest.param(
            "qa.page.layout", "from . import page", "its own package", id="own package by dot"
        ),
        pytest.param("qa.cli.main", "import tests.helpers", "in no row", id="tests are not ours"),
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
        pytest.param(
            "qa.render.answer_html",
            "from qa.render.plain_text import quote_text",
            id="own package",
        ),
        pytest.param("qa.resolutions.parse.notes", "import re, json", id="not ours"),
        pytest.param("qa.search.retriever", "from qa.corpus.corpus import Corpus", id="downwards"),
        pytest.param("qa", "from qa.assistant import Assistant", id="public names"),
    ],
)
def test_right_import_passes(module: str, source: str) -> None:
    assert faults(module, source, FILES) == []


def test_a_file_name_means_one_thing() -> None:
    files = [
        *ROOT.glob("qa/**/*.py"),
        *ROOT.glob("embeddings/**/*.py"),
        *ROOT.glob("benchmarks/*.py"),
    ]
    names = Counter(path.stem for path in files if not path.stem.startswith("__"))
    assert [name for name, count in names.items() if count > 1] == []


def test_a_class_name_means_one_thing() -> None:
    names = Counter(
        node.name
        for path in FILES.values()
        for node in ast.walk(parsed(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ClassDef)
    )
    assert [name for name, count in names.items() if count > 1] == []
