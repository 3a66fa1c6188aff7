"""Mandates as files: a line of JSON a row, CSV, or a workbook of Excel."""

import csv
import json
import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from qa.desks.mandate_rows import MandateRow
from qa.errors import InputError

COLUMNS = (
    *("symbol", "label", "adopted", "title", "verb", "grade", "is_ask", "from_chapeau", "chapeau"),
    *("addressee", "addressee_names", "asked", "deliverable", "recipient"),
    *("due", "due_kind", "due_value", "money", "editions", "superseded_by", "offsets"),
)
_WIDTHS = {"title": 40, "addressee": 30, "addressee_names": 30, "asked": 80, "symbol": 18}
_DEFAULT_WIDTH = 14
_UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_FORMULA = ("=", "+", "-", "@")


def mandate_record(row: MandateRow) -> dict[str, Any]:
    """Return a row as values that JSON can hold."""
    record = {name: getattr(row, name) for name in COLUMNS}
    return {
        **record,
        "addressee": list(row.addressee),
        "addressee_names": list(row.addressee_names),
        "offsets": {name: [list(span) for span in spans] for name, spans in row.offsets.items()},
    }


def mandates_jsonl(rows: Iterable[MandateRow]) -> Iterator[str]:
    """Yield a line of JSON for each row."""
    for row in rows:
        yield json.dumps(mandate_record(row), ensure_ascii=False) + "\n"


def save_mandates(rows: Iterable[MandateRow], out: Path) -> int:
    """Write rows to a file whose suffix names its form, and return how many there are.

    Raises:
        InputError: the suffix or the folder is unknown, or the file cannot be written.
    """
    require_writable(out)
    write = _writer(out)
    counted = _CountedRows(rows)
    try:
        write(counted, out)
    except OSError as error:
        raise InputError(f"{out} cannot be written ({error.strerror}); name another.") from error
    return counted.number


def require_writable(out: Path) -> None:
    """Return if rows can be saved under this name.

    Raises:
        InputError: the suffix or the folder is unknown.
    """
    _writer(out)
    if not out.parent.is_dir():
        raise InputError(f"the folder {out.parent} does not exist; create it or name another.")


class _CountedRows:
    """Rows, counted while they are written."""

    def __init__(self, rows: Iterable[MandateRow]) -> None:
        self._rows = rows
        self.number = 0

    def __iter__(self) -> Iterator[MandateRow]:
        for row in self._rows:
            self.number += 1
            yield row


def _writer(out: Path) -> Callable[[Iterable[MandateRow], Path], None]:
    writers = {".xlsx": _write_xlsx, ".csv": _write_csv, ".json": _write_jsonl}
    writers[".jsonl"] = _write_jsonl
    writer = writers.get(out.suffix.lower())
    if writer is None:
        raise InputError(f"{out.name} has another suffix than .xlsx, .csv or .json; name one.")
    return writer


def _write_jsonl(rows: Iterable[MandateRow], out: Path) -> None:
    with out.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(mandates_jsonl(rows))


def _write_csv(rows: Iterable[MandateRow], out: Path) -> None:
    """Write CSV with a byte order mark, so that spreadsheets read the encoding."""
    with out.open("w", encoding="utf-8-sig", newline="") as file:
        table = csv.writer(file)
        table.writerow(COLUMNS)
        for row in rows:
            table.writerow([_without_formula(value) for value in _values(row)])


def _write_xlsx(rows: Iterable[MandateRow], out: Path) -> None:
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    book = Workbook(write_only=True)
    sheet = book.create_sheet("Mandates")
    sheet.freeze_panes = "C2"
    for number, name in enumerate(COLUMNS, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = _WIDTHS.get(name, _DEFAULT_WIDTH)
    heads = [WriteOnlyCell(sheet, value=name) for name in COLUMNS]
    for head in heads:
        head.font = Font(bold=True)
    sheet.append(heads)
    count = 1
    for row in rows:
        sheet.append([_without_formula(value) or None for value in _values(row)])
        count += 1
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(COLUMNS))}{count}"
    book.save(out)


def _values(row: MandateRow) -> Iterator[Any]:
    """Yield the cells of a row: lists joined, offsets as "verb 0-8; due 90-107"."""
    for name in COLUMNS:
        value = getattr(row, name)
        if isinstance(value, tuple):
            yield "; ".join(value)
        elif name == "offsets":
            yield "; ".join(
                f"{cell} {start}-{end}" for cell, spans in value.items() for start, end in spans
            )
        elif isinstance(value, bool):
            yield "yes" if value else ""
        else:
            yield value


def _without_formula(value: Any) -> Any:  # noqa: ANN401 - a cell holds text or a number
    """Return text that no spreadsheet takes for a formula, without what a workbook cannot hold."""
    if not isinstance(value, str):
        return value
    value = _UNWRITABLE.sub(" ", value)
    return f"'{value}" if value.startswith(_FORMULA) else value
