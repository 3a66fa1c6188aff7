"""A Resolution for other programs: records of plain values, AKN4UN XML, rows of a table."""

from qa.resolutions.export.akn import akn_bytes
from qa.resolutions.export.records import action_record, from_record, to_record
from qa.resolutions.export.tables import CSV_HEADER, csv_rows, plain_cell

__all__ = [
    "CSV_HEADER",
    "action_record",
    "akn_bytes",
    "csv_rows",
    "from_record",
    "plain_cell",
    "to_record",
]
