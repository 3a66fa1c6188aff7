"""Every irregular shape of a text, as the domain guide lists them, read as its readers cite it."""

from pathlib import Path

import pytest

from qa.resolutions.document import Document
from qa.resolutions.model import Source
from qa.resolutions.parse.parse_document import parse_document

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


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "1455 (XIV). The question\n\tThe General Assembly,\n\t1.\tAffirms it.\n\n"
            "1472 (XIV). Another question\nA\n\tThe General Assembly,\n\t1.\tNotes it.\n\n"
            "B\n\tThe General Assembly,\n\t1.\tDecides to meet.\n",
            [
                ("A/RES/1455(XIV)", "The question", "Affirms it."),
                ("A/RES/1472(XIV)[A]", "Another question", "Notes it."),
                ("A/RES/1472(XIV)[B]", "Another question", "Decides to meet."),
            ],
            id="a number whose parts begin on the page of another",
        ),
        pytest.param(
            "\tThe General Assembly,\n\t1.\tAffirms it.\n\n100th plenary meeting\n3 May 2007\n\n"
            "61/300. A title\n\tThe General Assembly,\n\t1.\tDecides to meet.\n",
            [("A/RES/61/300", "A title", "Decides to meet.")],
            id="the end of a text without a number does not take that of the file",
        ),
    ],
)
def test_a_page_that_holds_several_texts(text: str, expected: list[tuple[str, str, str]]) -> None:
    source = Source(file="A_RES_61_300.txt", sha256="0" * 64)
    read = parse_document(Document(text=text), source)
    assert [(one.symbol, one.title, one.paragraphs[-1].text) for one in read] == expected
