"""Every threat names the tests that hold it, and these tests exist."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

TESTS = Path(__file__).parent
PAGE = (TESTS.parent / "docs" / "threats.md").read_text(encoding="utf-8")
NAMED = re.compile(r"`(test_\w+\.py)::(test_\w+)`")
HOLDING = "| threat | held by |"


@cache
def functions_in(file: str) -> frozenset[str]:
    path = TESTS / file
    if not path.exists():
        return frozenset()
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return frozenset(node.name for node in tree.body if isinstance(node, ast.FunctionDef))


def rows() -> list[str]:
    """The rows of the tables of threats."""
    tables = [part.split("\n\n")[0] for part in PAGE.split(HOLDING)[1:]]
    return [
        line
        for table in tables
        for line in table.splitlines()
        if line.startswith("| ") and not line.startswith("| ---")
    ]


def test_there_are_threats_of_each_kind() -> None:
    assert PAGE.count(HOLDING) == 5
    assert len(rows()) > 30


@pytest.mark.parametrize("row", rows(), ids=lambda row: row.split("|")[1].strip())
def test_each_threat_is_held_by_tests_that_exist(row: str) -> None:
    named = NAMED.findall(row)
    assert named, row
    assert [f"{file}::{test}" for file, test in named if test not in functions_in(file)] == []
