"""Prose uses plain technical English: counts of words that sound translated only fall.

The counts are kept for each file in `tests/golden/plain-english.json`. A file may not exceed its
count; a new file may only take over words from others, so that the total never rises.
`--update-golden` writes the counts that have fallen.
"""

import ast
import io
import json
import re
import tokenize
from collections.abc import Iterator
from pathlib import Path

import pytest
from parsed_code import parsed

ROOT = Path(__file__).resolve().parent.parent
COUNTS = ROOT / "tests" / "golden" / "plain-english.json"
WORDS = (
    "stands",
    "told",
    "tells",
    "is no",
    "beside",
    "lies",
    "whoever",
    "aside",
    "nobody",
    "anew",
    "mend",
    "of ours",
    "take away",
)
WORD = re.compile(r"\b(?:" + "|".join(word.replace(" ", r"\s+") for word in WORDS) + r")\b", re.I)
CODE_AND_QUOTATIONS = re.compile(r"^```.*?^```|^ {4}.*?$|`[^`\n]*`|“[^”]*”", re.M | re.S)

Prose = Iterator[tuple[int, str]]  # first line, text


def files() -> list[Path]:
    """Return every file whose prose is counted."""
    patterns = ("*.md", "docs/*.md", "data/*.md", "benchmarks/*.md", "Makefile", "app.py")
    folders = ("qa/**/*.py", "embeddings/**/*.py", "benchmarks/**/*.py")
    return sorted(path for pattern in (*patterns, *folders) for path in ROOT.glob(pattern))


def blanked(match: re.Match[str]) -> str:
    """Return the line breaks of a match, so that the lines behind it keep their numbers."""
    return "\n" * match[0].count("\n")


def python_prose(source: str) -> Prose:
    """Yield each docstring, each comment and each string of more than one word."""
    if WORD.search(source):  # to cut a file into tokens takes long, and few files need it
        for token in tokenize.generate_tokens(io.StringIO(source).readline):
            if token.type == tokenize.COMMENT:
                yield token.start[0], token.string
    for node in ast.walk(parsed(source)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and " " in node.value:
            yield node.lineno, node.value


def prose(name: str, source: str) -> Prose:
    """Yield the prose of a file, without code and without quotations."""
    if name.endswith(".py"):
        for line, text in python_prose(source):
            yield line, re.sub(r"`[^`\n]*`|“[^”]*”", "", text)
    elif name.endswith(".md"):
        yield 1, CODE_AND_QUOTATIONS.sub(blanked, source)
    else:
        for line, text in enumerate(source.splitlines(), start=1):
            if "#" in text:
                yield line, text.partition("#")[2]


def findings(name: str, source: str) -> list[str]:
    """Return `file:line: word` for each word of the list, in the order of the lines."""
    places = [
        (line + text.count("\n", 0, match.start()), " ".join(match[0].lower().split()))
        for line, text in prose(name, source)
        for match in WORD.finditer(text)
    ]
    return [f"{name}:{line}: {word}" for line, word in sorted(places)]


@pytest.mark.xdist_group("code")
def test_no_file_gains_words_that_sound_translated(request: pytest.FixtureRequest) -> None:
    recorded: dict[str, int] = json.loads(COUNTS.read_text(encoding="utf-8"))
    per_file = {
        (name := path.relative_to(ROOT).as_posix()): findings(name, path.read_text("utf-8"))
        for path in files()
    }
    total = sum(map(len, per_file.values()))
    print(f"\nwords that sound translated: {total}")
    above = [
        "\n".join([f"{name}: {len(words)} of {recorded.get(name, 0)} recorded", *words])
        for name, words in per_file.items()
        if len(words) > recorded.get(name, 0)
        and (name in recorded or total > sum(recorded.values()))
    ]
    assert not above, "\n".join(above)
    if request.config.getoption("--update-golden"):
        counts = {name: len(words) for name, words in per_file.items() if words}
        COUNTS.write_text(json.dumps(counts, indent=1) + "\n", encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "source", "expected"),
    [
        pytest.param("a.py", '"""What\nstands here."""\n', ["a.py:2: stands"], id="docstring"),
        pytest.param("a.py", "x = 1  # Told once\n", ["a.py:1: told"], id="comment"),
        pytest.param("a.py", 'x = f"{y} is  no {z}"\n', ["a.py:1: is no"], id="message"),
        pytest.param("a.py", 'aside = "aside"\n', [], id="a name and a key are no prose"),
        pytest.param("a.py", '"""The word `told`, “anew”."""\n', [], id="code and quotations"),
        pytest.param("a.md", "```\nlies\n```\nIt lies.\n", ["a.md:4: lies"], id="page"),
        pytest.param("Makefile", "app: ## Tells all\n", ["Makefile:1: tells"], id="help of make"),
        pytest.param("a.md", "amendments, beforehand, outstands\n", [], id="whole words"),
    ],
)
def test_words_are_found_with_their_lines(name: str, source: str, expected: list[str]) -> None:
    assert findings(name, source) == expected
