"""The place of a text among those that follow each other on one subject."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesPlace:
    """The place of a passage in its series."""

    name: str
    position: int  # from 1, the oldest
    of: int
    newest: str  # symbol
    superseded_by: str | None = None  # symbol of the text that replaced it
