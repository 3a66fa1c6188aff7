"""The bodies of the United Nations that a question names."""

import re
from collections.abc import Iterator

from qa.resolutions.body_names import NAMED_BODIES
from qa.resolutions.model import Body


def bodies_of(text: str) -> Iterator[str]:
    """Yield the bodies that a question names; "the Council" by itself is the Security Council."""
    rest = text
    for body in NAMED_BODIES:
        unnamed = re.sub(rf"\b(?:{body.pattern})\b", " ", rest, flags=re.IGNORECASE)
        if unnamed != rest:
            yield body.letter
        rest = unnamed
    if re.search(r"\bthe council\b", rest, re.IGNORECASE):
        yield Body.SECURITY_COUNCIL.value
