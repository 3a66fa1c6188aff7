"""How long and how often: "three months", "every two years", "annually".

The only reader of terms and rhythms: paragraphs, the terms of mandates and what is due share it.
"""

import re

COUNTS = {
    **{
        word: number
        for number, word in enumerate(
            "one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
            "fifteen sixteen seventeen eighteen nineteen twenty".split(),
            start=1,
        )
    },
    "a": 1,
    "an": 1,
    "twenty-four": 24,
    "thirty": 30,
    "thirty-six": 36,
    "forty-five": 45,
    "sixty": 60,
    "ninety": 90,
}
_NTH = {"other": 2, "second": 2, "third": 3, "fourth": 4, "fifth": 5}  # "every other year"


def _any_of(words: dict[str, int]) -> str:
    return rf"(?:\d+|{'|'.join(sorted(words, key=len, reverse=True))})"


COUNT = _any_of(COUNTS)
COUNT_OR_NTH = _any_of({**COUNTS, **_NTH})
NTH = "|".join(_NTH)
UNIT = r"(?:(?:calendar|working|business)\s+)?(?:hour|day|week|month|quarter|year|biennium)s?\b"
TERM = rf"{COUNT}(?:\s+\(\d+\))?(?:\s+|-){UNIT}"  # "ninety (90) calendar days"
# An adverb of time, the adjective of the same rhythm, and the interval (ISO 8601).
_RHYTHMS = (
    ("semi-annually", "semi-annual", "P6M"),
    ("semiannually", "semiannual", "P6M"),
    ("biannually", "biannual", "P6M"),
    ("bi-annually", "bi-annual", "P6M"),
    ("biennially", "biennial", "P2Y"),
    ("triennially", "triennial", "P3Y"),
    ("quarterly", "quarterly", "P3M"),
    ("six-monthly", "six-monthly", "P6M"),
    ("monthly", "monthly", "P1M"),
    ("weekly", "weekly", "P1W"),
    ("annually", "annual", "P1Y"),
    ("yearly", "yearly", "P1Y"),
)
RHYTHM_ADVERBS = tuple(adverb for adverb, _, _ in _RHYTHMS)
RHYTHM_ADJECTIVES = tuple(dict.fromkeys(adjective for _, adjective, _ in _RHYTHMS))
_EVERY = re.compile(rf"\b(?:every|each)\s+(?:({COUNT_OR_NTH})[\s-]+)?({UNIT})", re.IGNORECASE)
_OFTEN = re.compile(r"\b(once|twice)\s+(?:an?|every|each|per)\s+(week|month|quarter|year)\b")
_TWICE = {"week": "", "month": "P2W", "quarter": "", "year": "P6M"}
_SYMBOLS = {"d": "D", "w": "W", "m": "M", "y": "Y"}


def duration(count: str, unit: str) -> str:
    """Return a duration of ISO 8601: "three", "months" gives "P3M"; empty for other units."""
    number = int(count) if count.isdigit() else {**COUNTS, **_NTH}[count.lower()]
    unit = unit.lower().rsplit(maxsplit=1)[-1]
    if unit.startswith("quarter"):
        return f"P{3 * number}M"
    if unit.startswith("hour"):
        return f"PT{number}H"
    if unit.startswith("biennium"):
        return f"P{2 * number}Y"
    return f"P{number}{_SYMBOLS[unit[0]]}"


def interval(printed: str, *, by_adjective: bool = True) -> str:
    """Return how often something happens, an interval of ISO 8601; empty where none is named.

    Args:
        printed: "every two years" gives "P2Y", "twice a year" "P6M", "on a quarterly basis" "P3M".
        by_adjective: an adjective alone counts: not in the name of a report or a session.
    """
    low = printed.lower()
    if every := _EVERY.search(low):
        return duration(every[1] or "one", every[2])
    if often := _OFTEN.search(low):
        return _TWICE[often[2]] if often[1] == "twice" else duration("one", often[2])
    if not by_adjective:
        return ""
    if "twice annual" in low:
        return "P6M"
    return next((value for _, adjective, value in _RHYTHMS if adjective in low), "")
