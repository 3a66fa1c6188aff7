"""A value that a turn asks for and that the quotation before it gives: "by when?"."""

import re

from qa.question.turn_words import is_aspect, own_words

# What asks for a value, and what a text gives it with.
_ENDS = r"\b(?:until|till|expir(?:es?|y|ation)|forever|indefinitely|permanent(?:ly)?)\b"
_ENDING = (
    r"\b(?:until|through|expir\w+|indefinite\w*|permanent\w*)\b|"
    r"\bfor (?:a|an|another)?[\w -]{0,30}\bperiod\b|"
    r"\bfor [\w -]{1,20}\b(?:days|weeks|months|years?)\b"
)
_LASTS = (
    r"\b(?:how long|(?:which|what|for the|same) period|how many (?:days|weeks|months|years)|"
    r"duration|temporar(?:y|ily))\b"
)
_LASTING = r"\b(?:until|period|months?|years?|days?|weeks?|indefinite\w*|permanent\w*)\b"
_DATED = (
    r"\b(?:19|20)\d\d\b|\bsession\b|\bwithin\b[^.;]{0,30}\b(?:days|weeks|months|years?)\b|"
    r"\b(?:every|each) (?:\w+ )?(?:days|months|year)s?\b|\bannual"
)
_PACED = r"\b(?:every|each|annual\w*|biennial\w*|monthly|quarterly|days|months)\b"
_NUMBERED = r"(?<![\w(/])\d[\d,]*(?![\w)/])|\b(?:hundred|thousand)\b"
_PRICED = r"\$|\bdollars\b|\beuros?\b"
_VALUES = tuple(
    (re.compile(asks, re.IGNORECASE), re.compile(gives, re.IGNORECASE))
    for asks, gives in (
        (_ENDS, _ENDING),
        (_LASTS, _LASTING),
        (r"\b(?:when|(?:what|which) (?:date|day|year|session)|deadline)\b", _DATED),
        (r"\bhow (?:much money|expensive)\b|\b(?:amount|sum|costs?)\b", _PRICED),
        (r"\bhow (?:much|large|big)\b", rf"{_PRICED}|\d,\d{{3}}|\b(?:million|billion|per ?cent)\b"),
        (r"\bhow often\b", _PACED),
        (r"\bhow many\b", _NUMBERED),
    )
)


_UNIT = re.compile(r"\bhow many (day|week|month|year)s\b", re.IGNORECASE)


def is_answered_by(turn: str, quoted: str) -> bool:
    """Return whether a turn asks only for a value of a kind that a quoted text gives.

    A turn with words of its own asks for more than that.
    """
    own = own_words(turn)
    values = [(asks, gives) for asks, gives in _VALUES if asks.search(turn)]
    rest = own_words(values[0][0].sub(" ", turn)) if values else own
    if not values or (rest and not is_aspect(" ".join(rest))):
        return False
    unit = _UNIT.search(turn)
    is_in_unit = unit is None or re.search(rf"\b{unit[1]}s?\b", quoted, re.IGNORECASE) is not None
    return is_in_unit and values[0][1].search(quoted) is not None
