"""A Resolution for other programs: records of plain values, AKN4UN XML, rows of a table."""

from qa.resolutions.export.akn_writer import akn_bytes
from qa.resolutions.export.csv_rows import CSV_HEADER, csv_rows, plain_cell
from qa.resolutions.export.json_records import action_record, from_record, to_record

__all__ = [
    "CSV_HEADER",
    "action_record",
    "akn_bytes",
    "csv_rows",
    "from_record",
    "plain_cell",
    "to_record",
]
