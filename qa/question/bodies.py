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


def acting_bodies(text: str) -> frozenset[str]:
    """Return the bodies whose acts a question asks for: "Has the Council condemned …?".

    One that is only mentioned, as an addressee or a topic, is not among them.
    """
    if _COMPARES.search(text):
        return frozenset()
    return frozenset(
        body
        for rule in (_ACTS, _TEXTS)
        for match in rule.finditer(text)
        for body in bodies_of(f"the {match['organ']}")
    )


_ORGANS = "|".join(body.pattern for body in NAMED_BODIES) + "|council|assembly"
_ACTS = re.compile(
    r"(?:(?:^\W*|\b(?:what|which|when|where|whom?|how|why|whether|if)\b[^,.?]{0,60}? )"
    r"(?:has|have|had|did|does|do)|\b(?:what|everything|all)(?= the)) (?:the )?(?:un )?"
    rf"(?P<organ>{_ORGANS})(?:['’]s)? (?:ever |already |also |now |itself |so far )?"
    r"(?!of\b)(?P<verb>[a-z]+)\b",
    re.IGNORECASE,
)
_TEXTS = re.compile(  # "Security Council resolution on killer robots"
    rf"(?:^\W*|\b(?:what|which|the|any|all|every|latest|newest|first|is there an?) )"
    rf"(?:(?:un|united nations) )?(?P<organ>{_ORGANS})(?:['’]s)? "
    r"(?:resolutions?|texts?|decisions?) "
    r"(?:on|about|that|which|concerning|regarding|(?!and\b|or\b)[a-z]+(?:ed|ing))\b",
    re.IGNORECASE,
)
_COMPARES = re.compile(r"\b(?:compare|versus|vs|or did|differ\w*|both)\b", re.IGNORECASE)
# Not "European Council" or "Council of Europe".
_COUNCIL = re.compile(
    r"\bthe council\b(?! of)|(?:^|(?<=[a-z] ))council(?:['’]s)? (?:resolutions?|statements?|"
    r"decisions?|members?|adopted|demand\w*|renew\w*|mandate\w*|decid\w+|sanctions|on)\b",
    re.IGNORECASE,
)
