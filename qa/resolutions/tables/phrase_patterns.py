"""Patterns for the phrases of a table, so built that a search among hundreds of them is quick."""

import re
from collections.abc import Iterable

_MANY = 4  # first letters, from which it pays to look at the first letter before all else


def any_of(phrases: Iterable[str], *, blank: str = r"\s+") -> str:
    """Return a pattern for any of the phrases, the longest that fits.

    Phrases that begin alike share their beginning, so that a text is compared with it once.

    Args:
        phrases: as in print; where case is ignored, all in one case.
        blank: the pattern for a blank in them.
    """
    ordered = sorted(set(phrases))
    firsts = sorted(
        {letter for phrase in ordered for letter in (phrase[0].lower(), phrase[0].upper())}
    )
    pattern = _tree(ordered, blank)
    if len({phrase[0] for phrase in ordered}) < _MANY:
        return f"(?:{pattern})"
    return rf"(?:(?=[{re.escape(''.join(firsts))}]){pattern})"


def _tree(phrases: list[str], blank: str) -> str:
    """Return a pattern for one of the phrases; "" among them is an end."""
    tails: dict[str, list[str]] = {}
    for phrase in phrases:
        if phrase:
            tails.setdefault(phrase[0], []).append(phrase[1:])
    branches = [
        (blank if head == " " else re.escape(head)) + _tree(rest, blank)
        for head, rest in tails.items()
    ]
    if len(branches) == 1 and "" not in phrases:
        return branches[0]
    return f"(?:{'|'.join(branches)}){'?' if '' in phrases else ''}" if branches else ""
