"""Tables that a librarian could correct, read from the package."""

from qa.resolutions.tables.read_tables import rows

__all__ = ["rows"]
