"""Code as a syntax tree, parsed once for all tests of one process."""

import ast
from functools import cache


@cache
def parsed(source: str) -> ast.Module:
    """The syntax tree of a file's text."""
    return ast.parse(source)
