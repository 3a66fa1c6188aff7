"""The names of the bodies whose resolutions are read: tables/organs.tsv."""

from qa.resolutions.tables.read_tables import rows

BODY_NAMES = {row["body"]: row["name"] for row in rows("organs")}  # "A": "General Assembly"
