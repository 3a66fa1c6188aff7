"""A cell of a mandate: words of a paragraph with their offsets."""

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class MandateCell:
    """A value with the offsets of its words in the paragraph, or in its chapeau."""

    text: str
    start: int
    end: int


_TAIL_REACH = 70  # characters before the next verb
# What leads over to the next verb: "; The Council …", ", and in this regard …".
_TAIL = re.compile(
    r"(?:[.;][\"\u201d]?\s+[\"\u201c]?(?:It|We|[Tt]he\s+(?:\w+\s+){0,3}(?:Council|Assembly)))?[\s,;.:]*"
    r"(?:\b(?:and|but)\b)?(?:\s+in\s+th(?:is|at)\s+(?:regard|context|respect|connection))?[\s,;.:]*$"
)


def cell_at(text: str, start: int, end: int) -> MandateCell:
    """Return the words of a stretch, white space joined, without blanks and commas at its ends."""
    if end < len(text):
        tail = _TAIL.search(text[:end], max(start, end - _TAIL_REACH))
        end = tail.start() if tail else end
    printed = text[start:end]
    start += len(printed) - len(printed.lstrip(" ,;:\n\t"))
    end -= len(printed) - len(printed.rstrip(" ,;:.\n\t"))
    return MandateCell(" ".join(text[start:end].split()), start, max(start, end))
