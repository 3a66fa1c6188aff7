"""Spans of two years that are written as the numbers of documents are: "2023/24"."""

import re
from collections.abc import Iterator

_SPAN = re.compile(
    r"(?<!resolution )(?<!decision )(?<![\w/])(?P<first>(?:19|20)\d\d)/(?P<second>\d\d)(?![\w/])",
    re.IGNORECASE,
)


def fiscal_years(text: str) -> Iterator[str]:
    """Yield the symbols for which a year and the next may be taken: "2023/24", "E/RES/2023/24"."""
    for match in _SPAN.finditer(text):
        if (int(match["first"]) + 1) % 100 == int(match["second"]):
            yield f"E/RES/{match[0]}"
