"""The operative part by its place, where neither a number nor a known verb opens it.

The verbs that open paragraphs are known in English only. In every language the text that introduces
the first number is operative, and a resolution has an operative part: its last paragraph.
"""

import itertools
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from qa.resolutions.document import Role
from qa.resolutions.parse.lead_verbs import Opening, opening_of

_COLONS = (":", "\uff1a")


class PlacedText(NamedTuple):
    """One text of a resolution, in its order."""

    role: Role | None  # None: outside the text
    words: str
    printed: str  # its number, "1."; "" for none


def operative_by_place(texts: Sequence[PlacedText]) -> frozenset[int]:
    """Return the places in `texts` of those that were taken for preambular and are operative."""
    end = next((place for place, text in enumerate(texts) if text.role is Role.ANNEX), len(texts))
    own = texts[:end]
    found = frozenset(_before_first_number(own))
    if any(text.role is Role.PARAGRAPH for text in own):
        return found
    preamble = [place for place, text in enumerate(own) if text.role is Role.PREAMBULAR]
    return found | frozenset(place for place in preamble[-1:] if _may_be_operative(own[place]))


def _before_first_number(texts: Sequence[PlacedText]) -> Iterator[int]:
    """Yield the places of texts that end with a colon right before the number 1."""
    for place, (text, after) in enumerate(itertools.pairwise(texts)):
        is_first = after.role is Role.PARAGRAPH and after.printed.rstrip(". ") == "1"
        introduces = text.role is Role.PREAMBULAR and text.words.endswith(_COLONS)
        if is_first and introduces and _may_be_operative(text):
            yield place


def _may_be_operative(text: PlacedText) -> bool:
    """Return whether no verb of the preamble opens a text in English."""
    return opening_of(text.words) is not Opening.PREAMBULAR
