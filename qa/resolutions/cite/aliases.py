"""Names that stand for a resolution, "UDHR", "Uniting for Peace": the table is theirs."""

import re
from collections.abc import Iterator
from functools import cache

from qa.resolutions.model import Cited
from qa.resolutions.tables.phrase_patterns import any_of
from qa.resolutions.tables.read_tables import rows


def alias_citations(text: str) -> Iterator[Cited]:
    """Yield each document that `text` names by a name of tables/aliases.tsv."""
    pattern, symbols = _names()
    for match in pattern.finditer(text):
        symbol = symbols[match[0].lower()]
        yield Cited(symbol=symbol, start=match.start(), end=match.end())


@cache
def _names() -> tuple[re.Pattern[str], dict[str, str]]:
    symbols = {
        name.lower(): row["symbol"] for row in rows("aliases") for name in row["names"].split("|")
    }
    return re.compile(rf"(?<!\w){any_of(symbols, blank=' ')}(?!\w)", re.IGNORECASE), symbols
