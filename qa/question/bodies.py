"""The bodies of the United Nations that a question names."""

import re
from collections.abc import Iterator

from qa.resolutions.body_names import NAMED_BODIES
from qa.resolutions.model import Body


def bodies_of(text: str) -> Iterator[str]:
    """Yield the bodies that a question names; a "Council" by itself is the Security Council."""
    rest = text
    for body in NAMED_BODIES:
        unnamed = re.sub(rf"\b(?:{body.pattern})\b", " ", rest, flags=re.IGNORECASE)
        if unnamed != rest:
            yield body.letter
        rest = unnamed
    if _COUNCIL.search(rest):
        yield Body.SECURITY_COUNCIL.value


# Not "European Council" or "Council of Europe".
_COUNCIL = re.compile(
    r"\bthe council\b(?! of)|(?:^|(?<=[a-z] ))council(?:['’]s)? (?:resolutions?|statements?|"
    r"decisions?|members?|adopted|demand\w*|renew\w*|mandate\w*|decid\w+|sanctions|on)\b",
    re.IGNORECASE,
)
