"""The route of tables: the row that a question names, in the table that its words describe."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from qa.answer import Answer, AnswerRoute
from qa.answering.context import AnswerContext
from qa.answering.quotation import quote
from qa.answering.replies import reply_with_quotes
from qa.corpus.table_rows import LoadedTable, TableIndex, TableRow
from qa.question.countries import code_of, countries_in, fold_name
from qa.question.present import words_of_present
from qa.resolutions.tables.read_tables import words

_WORD = re.compile(r"[^\W\d_]+")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_POSSESSIVE = re.compile(r"['’]s\b")
_FEWEST_LETTERS = 4  # of the name of a row: "P-4" and "D-1" name none

Cell = tuple[int, int]  # the number of a table, and of a row in it


@dataclass(frozen=True, slots=True)
class RowNames:
    """The rows of all tables by what names them."""

    by_state: Mapping[str, list[Cell]] = field(default_factory=lambda: defaultdict(list))
    by_name: Mapping[str, list[Cell]] = field(default_factory=lambda: defaultdict(list))


def answer_table_row(context: AnswerContext) -> Answer | None:
    """Quote the tables that have the row a question asks an amount of, the newest first."""
    question = context.question
    if words("amounts").isdisjoint(word.lower() for word in _WORD.findall(question.request)):
        return None
    tables = context.corpus.tables
    found = [
        (tables.tables[number], rows)
        for number, rows in _named_rows(tables, _POSSESSIVE.sub("", question.text)).items()
        if _is_about(context, tables.tables[number], rows)
    ]
    if not found:
        return None
    allowed = frozenset(context.retriever.allowed(context.filters, context.scope).tolist())
    quotes = tuple(
        quote(context.corpus, table.passage, highlight=[row.span for row in rows])
        for table, rows in sorted(found, key=lambda pair: _newest_first(pair[0]))
        if table.passage.row in allowed
    )
    return reply_with_quotes(AnswerRoute.LOOK_UP, quotes[: context.top]) if quotes else None


def _named_rows(tables: TableIndex, question: str) -> dict[int, list[TableRow]]:
    """Return the rows that a question names by table: a State by any name, all else as printed."""
    names = _row_names(tables)
    folded = f" {' '.join(_WORD.findall(fold_name(question)))} "
    cells = {
        *(
            cell
            for named in countries_in(question)
            for code in named.codes
            for cell in names.by_state.get(code, ())
        ),
        *(cell for name, cells in names.by_name.items() if f" {name} " in folded for cell in cells),
    }
    rows: dict[int, list[TableRow]] = {}
    for table, row in sorted(cells):
        rows.setdefault(table, []).append(tables.tables[table].rows[row])
    return rows


@cache
def _row_names(tables: TableIndex) -> RowNames:
    names = RowNames()
    for number, table in enumerate(tables.tables):
        for place, row in enumerate(table.rows[1:], start=1):
            for cell in row.cells:
                if code := code_of(cell):
                    names.by_state[code].append((number, place))
                elif sum(map(str.isalpha, cell)) >= _FEWEST_LETTERS:
                    name = " ".join(_WORD.findall(fold_name(cell)))
                    if " " in name:
                        names.by_name[name].append((number, place))
    return names


def _is_about(context: AnswerContext, table: LoadedTable, rows: Sequence[TableRow]) -> bool:
    """Return whether the words and years of a question are those of a table and its subject."""
    passage, question = table.passage, context.question
    header = " ".join(table.rows[0].cells)
    described = f"{passage.resolution.title} {passage.chapeau or ''} {header}"
    years = frozenset(_YEAR.findall(question.text))
    adopted = passage.resolution.adopted
    own_years = frozenset(_YEAR.findall(described)) or {str(adopted.year if adopted else "")}
    if years and years.isdisjoint(own_years):
        return False
    text = _POSSESSIVE.sub("", question.text)
    states = (text[each.start : each.end] for each in countries_in(text))
    cells = (cell for row in rows for cell in row.cells)
    general = (*words_of_present(text), *words("amounts"), "UN United Nations")
    known = frozenset(context.corpus.words.terms(" ".join((described, *cells, *states, *general))))
    known |= {"s"}  # of "China's"
    groups = map(frozenset, context.retriever.query(question).groups)
    return all(known & group and len(group - known) <= 1 for group in groups)


def _newest_first(table: LoadedTable) -> tuple[int, int]:
    adopted = table.passage.resolution.adopted
    return (-(adopted.toordinal() if adopted else 0), table.passage.row)
