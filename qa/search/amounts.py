"""Which paragraphs state an amount: money, a share, a strength, a number of anything."""

import re

from qa.resolutions.periods import MONTHS

# Money, shares, "17,000"; a number before a word, such as 101 police officers, unless it is the day
# of a month or the number of a resolution.
_AMOUNT = re.compile(
    r"\b\d{1,3}(?:,\d{3})+|\b\d+(?:\.\d+)? (?:per cent|million|billion|trillion|dollars)"
    r"|\b(?:US)?[$€£] ?\d|(?<!resolution )(?<!resolutions )(?<![/\d.])\b\d{2,} "
    rf"(?!(?:{'|'.join(MONTHS)})\b)(?=[a-z]{{4}})"
)


def states_amount(text: str) -> bool:
    """Return whether a paragraph states an amount in digits."""
    return _AMOUNT.search(text) is not None
