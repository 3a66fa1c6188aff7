"""Read a table of the package."""

import csv
from functools import cache
from importlib.resources import files


@cache
def rows(name: str) -> tuple[dict[str, str], ...]:
    """Return the rows of `tables/<name>.tsv` as mappings from column to text, in order.

    Lines that start with `#` are comments.
    """
    text = files("qa.resolutions.tables").joinpath(f"{name}.tsv").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    return tuple(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


def words(name: str) -> frozenset[str]:
    """Return one of the lists of `tables/words.tsv`."""
    return next(frozenset(row["words"].split()) for row in rows("words") if row["list"] == name)
