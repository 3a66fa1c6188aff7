"""Records published with the texts: JSON lines in a folder `metadata`.

A record completes what a document does not state; what both state is the record's where it is not
printed in the text: vote, sponsors, subjects.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from qa.resolutions.cite.symbols import find_symbols
from qa.resolutions.model import Record, RecordLine, Resolution
from qa.resolutions.parse.symbol_dates import fits_symbol
from qa.resolutions.readers.record_fields import joined, record_from, text_of


def read_records(data: bytes, file: str) -> tuple[tuple[Record, ...], int]:
    """Return the records of a file of JSON lines, and how many lines hold none.

    Args:
        data: the file.
        file: its name, which each record names as its source.
    """
    records: list[Record] = []
    bad = 0
    lines = data.decode("utf-8", errors="replace").split("\n")
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            values = json.loads(line)
        except (ValueError, RecursionError):
            values = None
        source = RecordLine(file=file, line=number)
        line_records = _records(values, source) if isinstance(values, dict) else ()
        records += line_records
        bad += not line_records
    return tuple(records), bad


def by_symbol(records: Iterable[Record]) -> dict[str, Record]:
    """Return the record of each symbol; of several the last, with what only others give."""
    known: dict[str, Record] = {}
    for record in records:
        earlier = known.get(record.symbol)
        known[record.symbol] = joined(record, earlier) if earlier else record
    return known


def completed(resolution: Resolution, record: Record) -> Resolution:
    """Return a resolution with what its record adds; a day that its symbol contradicts is not."""
    recorded = (
        record.adopted if fits_symbol(resolution.symbol, record.adopted) is not False else None
    )
    whole = joined(record, resolution.record) if resolution.record else record
    return replace(
        resolution,
        record=_compared(replace(whole, symbol=resolution.symbol), resolution.adopted),
        committee=resolution.committee or record.committee,
        meeting=resolution.meeting or record.meeting,
        adopted=resolution.adopted or recorded,
        agenda_items=resolution.agenda_items or record.agenda_items,
    )


def record_of(
    symbol: str, part: str | None, adopted: date | None, records: Mapping[str, Record]
) -> Record | None:
    """Return the record of a resolution; a bare number records the parts adopted that day too."""
    if record := records.get(symbol):
        return record
    whole = records.get(symbol.split("[", maxsplit=1)[0]) if part else None
    return whole if whole and whole.adopted in (None, adopted) else None


def _compared(record: Record, adopted: date | None) -> Record:
    """Return a record that says so where the document prints another day of adoption."""
    if not (record.adopted and adopted and record.adopted != adopted):
        return record
    printed = f"the record gives {record.adopted.isoformat()}, the document {adopted.isoformat()}."
    return replace(record, conflicts={"adopted": printed, **record.conflicts})


def _records(values: Mapping[str, Any], source: RecordLine) -> tuple[Record, ...]:
    """Return the record, once for each part that it covers: "A/RES/75/254 A-C" covers three."""
    symbols = tuple(match.symbol for match in find_symbols(text_of(values, "symbol")))
    if not symbols:
        return ()
    first = record_from(values, symbols[0], source)
    return tuple(replace(first, symbol=symbol) for symbol in symbols)
