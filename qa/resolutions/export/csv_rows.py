"""A Resolution as rows of a table: one a paragraph or note, for spreadsheets."""

import re
from collections.abc import Iterator

from qa.resolutions.cite.citation_format import link
from qa.resolutions.model import Kind, Note, Paragraph, Resolution

CSV_HEADER = (
    *("symbol", "label", "kind", "number", "section", "parent", "text", "verbs", "grades"),
    *("addressees", "due", "citations", "adopted", "status", "title", "url"),
)
_FORMULA = re.compile(r"[=+\-@\t\r']")
_FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]")


def csv_rows(resolution: Resolution) -> Iterator[tuple[str, ...]]:
    """Yield a row a paragraph, heading or note, in the columns of `CSV_HEADER`.

    A cell that a spreadsheet would run as a formula has an apostrophe before it, which
    `plain_cell` takes off again. Several values in a cell are set apart by "; ".
    """
    parts: tuple[Paragraph | Note, ...] = (*resolution.paragraphs, *resolution.notes)
    for part in parts:
        yield tuple(safe_cell(cell) for cell in _cells(resolution, part))


def plain_cell(cell: str) -> str:
    """Return a cell as it was before `csv_rows` made it safe."""
    return cell[1:] if cell.startswith("'") else cell


def _cells(resolution: Resolution, part: Paragraph | Note) -> Iterator[str]:
    paragraph = part if isinstance(part, Paragraph) else None
    actions = paragraph.actions if paragraph else ()
    yield resolution.symbol
    yield part.label
    yield (paragraph.kind if paragraph else Kind.NOTE).value
    yield str(paragraph.number) if paragraph and paragraph.number is not None else ""
    yield (paragraph.section or "") if paragraph else ""
    yield (paragraph.parent or "") if paragraph else ""
    yield part.text
    yield "; ".join(action.verb for action in actions)
    yield "; ".join(str(action.grade) for action in actions)
    yield "; ".join(action.addressee or "" for action in actions)
    yield "; ".join(action.due or "" for action in actions)
    yield "; ".join(citation.symbol for citation in part.citations if citation.resolved)
    yield resolution.adopted.isoformat() if resolution.adopted else ""
    yield resolution.status.value
    yield resolution.title
    yield link(resolution.symbol, resolution.language)


def safe_cell(cell: str) -> str:
    """Return a cell that no spreadsheet runs as a formula."""
    cell = _FORBIDDEN.sub("\ufffd", cell)
    return f"'{cell}" if _FORMULA.match(cell) else cell
