"""Turns of phrase by which people ask, as rules from tables/phrases.tsv."""

import re
from functools import cache

from qa.resolutions.tables.read_tables import rows


@cache
def rules(asks: str) -> dict[str, re.Pattern[str]]:
    """Return the rules for one thing that is asked, by name, in the order of the table."""
    alternatives: dict[str, list[str]] = {}
    for row in rows("phrases"):
        if row["asks"] == asks:
            alternatives.setdefault(row["name"], []).append(row["rule"])
    return {name: re.compile("|".join(each), re.IGNORECASE) for name, each in alternatives.items()}


def matches_cue(cue: str, text: str) -> bool:
    """Return whether `text` gives a cue of how it wants to be answered."""
    return bool(rules("cue")[cue].search(text))
