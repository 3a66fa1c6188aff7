"""The glossary: sorted, each term once, each with a name that the code uses."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
GLOSSARY = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
ROWS = re.findall(r"^\| (?!term \||---)(.+?) \| `(\w+)` \| (.+) \|$", GLOSSARY, re.MULTILINE)
CODE = "\n".join(
    path.read_text(encoding="utf-8")
    for folder in ("qa", "embeddings")
    for path in sorted((ROOT / folder).rglob("*.py"))
)


def test_every_line_of_the_table_is_read() -> None:
    assert len(ROWS) == GLOSSARY.count("\n| ") - 2
    assert len(ROWS) >= 100


def test_terms_are_sorted_and_none_comes_twice() -> None:
    terms = [term.lower() for term, _, _ in ROWS]
    assert terms == sorted(set(terms))


def test_the_code_uses_every_name_of_the_glossary() -> None:
    names = set(re.findall(r"\w+", CODE))
    assert [name for _, name, _ in ROWS if name not in names] == []


def test_code_or_documentation_uses_every_term() -> None:
    pages = "\n".join(
        path.read_text(encoding="utf-8")
        for path in (*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md"))
        if path.name != "glossary.md"
    )
    words = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", f"{CODE}\n{pages}").lower().replace("_", " ")
    text = " ".join(words.split())
    assert [term for term, _, _ in ROWS if term.lower() not in text] == []
