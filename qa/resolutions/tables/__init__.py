"""Tables that a librarian could correct, read from the package."""

from qa.resolutions.tables.load import rows

__all__ = ["rows"]
