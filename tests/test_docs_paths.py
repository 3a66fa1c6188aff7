"""Every path of this repository that a page names exists."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PAGES = sorted(
    path.relative_to(ROOT).as_posix()
    for pattern in ("*.md", "docs/*.md", "data/*.md", "benchmarks/*.md")
    for path in ROOT.glob(pattern)
    if path.name != "CHANGELOG.md"  # which also names what was removed
)
NAMED = re.compile(r"`((?:qa|embeddings|benchmarks|tests|docs|data|\.ci)/[\w./-]*\w)/?`")
MODULES = re.compile(r"`(?:python -m )?((?:qa|embeddings|benchmarks)(?:\.[a-z_]+)+)")


@pytest.mark.parametrize("page", PAGES)
def test_every_path_of_a_page_exists(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    missing = [path for path in NAMED.findall(text) if not (ROOT / path).exists()]
    assert missing == []


@pytest.mark.parametrize("page", PAGES)
def test_every_module_of_a_page_exists(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    places = [ROOT.joinpath(*name.split(".")) for name in MODULES.findall(text)]
    missing = [path for path in places if not (path.is_dir() or path.with_suffix(".py").exists())]
    assert missing == []
