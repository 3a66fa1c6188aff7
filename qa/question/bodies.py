"""Which bodies of the United Nations a question names."""

import re
from collections.abc import Iterator

from qa.resolutions.model import Body
from qa.resolutions.tables.read_tables import rows


def bodies_of(text: str) -> Iterator[str]:
    """Yield the bodies that a question names; "the Council" by itself is the Security Council."""
    rest = text
    for row in rows("organs"):
        names = "|".join((re.escape(row["name"]), *row["short"].split(",")))
        left = re.sub(rf"\b(?:{names})\b", " ", rest, flags=re.IGNORECASE)
        if left != rest:
            yield row["body"]
        rest = left
    if re.search(r"\bthe council\b", rest, re.IGNORECASE):
        yield Body.SECURITY_COUNCIL.value
