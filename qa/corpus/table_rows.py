"""The rows of the tables in resolutions: a table is one passage, a row a stretch of its text."""

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from qa.corpus.passages import Passage
from qa.resolutions.model import Span
from qa.resolutions.text import fold, squeeze

if TYPE_CHECKING:
    from qa.corpus.corpus import Corpus

TABLE_LABEL = "(table)"


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row of a table: where it is in the text of the passage, and its cells."""

    span: Span
    cells: tuple[str, ...]  # those with a text


@dataclass(frozen=True, slots=True)
class LoadedTable:
    """A passage that is a table, row by row; the first row is its header."""

    passage: Passage
    rows: tuple[TableRow, ...]


class TableIndex:
    """All tables of one corpus; they are read when the first question asks for one."""

    def __init__(self, corpus: "Corpus") -> None:
        self._corpus = corpus

    @cached_property
    def tables(self) -> tuple[LoadedTable, ...]:
        """Every table with at least a header and a row, in the order of the corpus."""
        labels = self._corpus.columns.labels
        found = sorted(
            row
            for name in labels.names
            if TABLE_LABEL in name
            for row in labels.rows(name).tolist()
        )
        passages = (self._corpus.passages[row] for row in found)
        tables = (LoadedTable(passage, self.rows_of(passage)) for passage in passages)
        return tuple(table for table in tables if len(table.rows) > 1)

    def rows_of(self, passage: Passage) -> tuple[TableRow, ...]:
        """Return the rows of a passage in the order of its text; none if it is no table."""
        if TABLE_LABEL not in passage.label:
            return ()
        source = self._corpus.texts.raw(self._corpus.passages.place(passage.row))
        rows: list[TableRow] = []
        end = 0
        for line in source[passage.start : passage.end].splitlines():
            printed = squeeze(fold(line).text)
            start = passage.text.find(printed, end) if printed else -1
            if start < 0:
                continue
            end = start + len(printed)
            cells = (squeeze(fold(cell).text) for cell in line.split("\t"))
            rows.append(TableRow(Span(start=start, end=end), tuple(filter(None, cells))))
        return tuple(rows)
