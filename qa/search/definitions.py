"""Which paragraphs say what a term means: "“Serious crime” shall mean conduct …"."""

import re
from collections.abc import Callable, Collection

# The words between a term and what it means, or before a term that is explained.
_MEANS = re.compile(
    r"(?:shall mean|means|mean|is defined as|are defined as|defined (?:as|in)|refers? to|"
    r"is understood (?:as|to)|are understood (?:as|to)|understood as|is described as|denotes?|"
    r"(?:,|\b) namely|that is to say|, that is,|consists? of|comprises?|"
    r"includes?, but (?:is|are) not|constitutes?|may be considered|shall be considered)\b"
)
_EXPLAINS = re.compile(
    r"\b(?:definition|concept|meaning|understanding|notion) of\b|\bthe term\b|\bknown as\b"
)
_BEFORE, _AFTER = 110, 90  # characters in which the term is named


def states_definition(
    text: str, term: Collection[str], terms_of: Callable[[str], Collection[str]]
) -> float:
    """Return which share of the words of a term a paragraph explains, 0 to 1.

    Args:
        text: of the paragraph.
        term: the words that are asked for, as the index has them.
        terms_of: returns the words of a text in this form.
    """
    if not term:
        return 0.0
    shares = [0.0]
    for match in _MEANS.finditer(text):
        near = set(terms_of(text[max(0, match.start() - _BEFORE) : match.start()]))
        shares.append(len(near.intersection(term)) / len(term))
    for match in _EXPLAINS.finditer(text):
        near = set(terms_of(text[match.end() : match.end() + _AFTER]))
        shares.append(len(near.intersection(term)) / len(term))
    return max(shares)
