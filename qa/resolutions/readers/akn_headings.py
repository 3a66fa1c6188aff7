"""The numeral with which a heading of an XML text begins: "二 …", "ألف - …", "II …"."""

import re

from qa.resolutions.cite.numbers import LETTER_WORDS, NUMERAL_WORDS, roman_number
from qa.resolutions.parse.line_patterns import ROMAN

SECTION_NUMBER = re.compile(rf"(?:{ROMAN}|[A-Z]|{NUMERAL_WORDS}|{LETTER_WORDS})\.?")
NUMERAL_ALONE = re.compile(rf"(?:{NUMERAL_WORDS}|{LETTER_WORDS})[.\u3001]?")
_TYPED_SECTION = re.compile(rf"((?:{ROMAN}|[A-Z]|{NUMERAL_WORDS})[.\u3001]?)[ \u00a0]?\t\s*(?=\S)")
_NUMERAL_HEADING = re.compile(rf"({NUMERAL_WORDS})[.\u3001]?[ \u00a0\u3000]+(?=\S)")
_LETTER_HEADING = re.compile(rf"({LETTER_WORDS})\s*[-\u2013\u2014]\s*(?=\S)")
_ROMAN_HEADING = re.compile(rf"({ROMAN})[ \u00a0]+(?=[^\W\d_])")


def numeral_before(text: str, last: str) -> re.Match[str] | None:
    """Return the numeral before the words of a heading, as the first group.

    Args:
        text: of the heading.
        last: numeral of the section before, "I"; where no tab is set, "II" must follow it.
    """
    for shape in (_TYPED_SECTION, _NUMERAL_HEADING, _LETTER_HEADING):
        if match := shape.match(text):
            return match
    match = _ROMAN_HEADING.match(text)
    return match if match and roman_number(match[1]) == roman_number(last) + 1 else None
