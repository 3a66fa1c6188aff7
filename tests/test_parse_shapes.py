"""Every irregular shape of a text, as the domain guide lists them, read as its readers cite it."""

from pathlib import Path

import pytest

from qa.resolutions.document import Document
from qa.resolutions.model import Source
from qa.resolutions.parse.resolution import parse_document

CASES = Path(__file__).parent / "cases" / "shapes.txt"
HEAD = "Resolution adopted by the General Assembly on 3 May 2007\n61/300.\tA title\n\n"
FOOT = "\n90th plenary meeting\n3 May 2007\n"


def cases() -> list[pytest.param]:  # type: ignore[valid-type]
    found = []
    for block in CASES.read_text(encoding="utf-8").split("=== ")[1:]:
        title, rest = block.split("\n", 1)
        text, expected = rest.split("\n---\n")
        rows = [tuple(row.split(" | ")) for row in expected.strip().split("\n")]
        found.append(pytest.param(text, rows, id=title))
    return found


@pytest.mark.parametrize(("text", "expected"), cases())
def test_a_shape_is_read_as_it_is_cited(text: str, expected: list[tuple[str, str, str]]) -> None:
    raw = f"{HEAD}\tThe General Assembly,\n{text}\n{FOOT}"
    (resolution,) = parse_document(
        Document(text=raw), Source(file="A_RES_61_300.txt", sha256="0" * 64)
    )
    read = [(one.label, one.kind.value, one.text) for one in resolution.paragraphs]
    assert read == expected
