"""The bodies whose resolutions are read, with their names: the only reader of tables/organs.tsv."""

import re
from dataclasses import dataclass

from qa.resolutions.tables.read_tables import rows


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedBody:
    """A row of tables/organs.tsv."""

    letter: str  # the value of `Body`: "A", "HRC"
    name: str  # "General Assembly"
    series: str  # what its symbols open with, "A/RES/"
    short_names: tuple[str, ...]  # "Assembly", "GA"

    @property
    def pattern(self) -> str:
        """A pattern for any of its names, without a group around it."""
        return "|".join((re.escape(self.name), *self.short_names))


NAMED_BODIES = tuple(
    NamedBody(
        letter=row["body"],
        name=row["name"],
        series=row["symbol"],
        short_names=tuple(row["short"].split(",")),
    )
    for row in rows("organs")
)
BODY_NAMES = {body.letter: body.name for body in NAMED_BODIES}  # "A": "General Assembly"
