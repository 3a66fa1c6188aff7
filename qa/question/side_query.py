"""Two sides of a comparison in words: "MSS versus GSF", "how many has …, and how many has …?"."""

import re

from qa.question.turn_words import own_words
from qa.resolutions.periods import ANY_MONTH
from qa.resolutions.text import squeeze

_AGAINST = r"(?:vs\.?|versus|compared (?:with|to)|as (?:against|opposed to)|or rather)"
_ASKS = r"how (?:many|much|long|often|large)|what|when|who|which|where|until when|by when"
_HAS = (
    r"(?:has|have|had|is|are|was|were|does|do|did|may|can|must|should|shall|will|would|needs?|"
    r"gets?)"
)
_RULES = tuple(
    re.compile(rule, re.IGNORECASE)
    for rule in (
        (
            rf"^\W*(?P<ask>{_ASKS}) (?P<noun>(?:(?!{_HAS}\b)[\w-]+ ){{0,4}}?)(?P<verb>{_HAS}) "
            rf"(?P<a>[^,;?]+)[,;]? and (?P=ask) (?:(?P=noun))?(?:(?P=verb) )?(?P<b>[^?]+)"
        ),
        rf"^(?P<of>[^:]*: *)?(?P<a>[^:?]+?),? {_AGAINST} (?P<b>[^?]+)",
        r"^\W*(?:compare|contrast)\s+(?P<a>[^?]+?) (?:and|with|to|against) (?P<b>[^?]+)",
        r"^(?P<of>.*?)\b(?:differences?|differ|distinction) between (?P<a>[^?]+?) and (?P<b>[^?]+)",
    )
)
_ON = re.compile(r"\s+on\s+(?P<on>[^?]+)$", re.IGNORECASE)
_NAME = re.compile(r"(?:the )?[A-Z][\w'’-]*(?: (?:(?:of|and) (?:the )?)?[A-Z][\w'’-]*)*")
_HEAD = re.compile(r".*\b(?:on|of|for|in|against|about|to|by) (?:the )?(?=[A-Z])")
_TAIL = re.compile(rf"{_NAME.pattern} (?P<tail>[a-z].*)")
_YEAR = re.compile(rf"(?:{ANY_MONTH} )?(?<!\d)(?:19|20)\d\d(?!\d)", re.IGNORECASE)
_JOINED = re.compile(
    r"(?<![\w/-])(?P<first>(?:19|20)\d\d)(?![/-])(?! agenda)(?P<noun>(?: [a-z]+){0,2}?),? "
    r"(?:(?:and|vs\.?|versus|with|against|or) )?"
    r"(?:(?:of|in|for|the|from|that|one|what|which|how|then) ){0,3}"
    r"(?P<second>(?:19|20)\d\d)(?![\w/-])(?! agenda)",
    re.IGNORECASE,
)
_ONE = re.compile(r"^ (?:one|version|edition)\b", re.IGNORECASE)  # "… and what the 2025 one"
_COMPARES = re.compile(
    r"\bwhat(?:['’]?s| is| was)? (?:the )?differen(?:ce|ces|t)(?: in)?\b|\bbetween\b|\bhow do\b",
    re.IGNORECASE,
)
_RANGE = re.compile(
    r"\b(?:between|from|since|years?) (?:19|20)\d\d (?:and|to|until|through) (?:19|20)\d\d",
    re.IGNORECASE,
)


def read_sides(text: str) -> tuple[str, str] | None:
    """Return the two questions that a comparison asks; None if it has not two sides in words.

    What both sides share, before a colon, after "compare … on", or the noun that is asked for, is
    in both. A second side of a year alone is the first one in that year.
    """
    for rule in _RULES:
        match = rule.search(text)
        if match is None:
            continue
        named = match.groupdict()
        shared = " ".join(filter(None, (named.get("of"), named.get("noun"))))
        a, b = named["a"], named["b"]
        if "of" not in named and "noun" not in named and (on := _ON.search(b)):
            shared, b = on["on"], b[: on.start()]
        b = b.partition(":")[0]
        if not own_words(_YEAR.sub(" ", b)):
            return _in_years(a, b)
        first, second = (
            squeeze(f"{shared.replace(':', ' ')} {side}").strip(" ,.?") for side in _alike(a, b)
        )
        return first, second
    return _of_two_years(text)


def _of_two_years(text: str) -> tuple[str, str] | None:
    """Return a question of two years asked of each: "UNIFIL renewals of 2024 and of 2025"."""
    is_pair = len(_YEAR.findall(text)) == 2 and not _RANGE.search(text)
    joined = _JOINED.search(text) if is_pair else None
    if joined is None or joined["first"] == joined["second"]:
        return None
    before, after = text[: joined.start()], _ONE.sub("", text[joined.end() :])
    noun = joined["noun"] if joined["noun"].strip() not in after else ""
    first, second = (
        squeeze(_COMPARES.sub(" ", f"{before}{year}{noun}{after}")).strip(" ,.:?")
        for year in (joined["first"], joined["second"])
    )
    return first, second


def _alike(a: str, b: str) -> tuple[str, str]:
    """Return two sides, the shorter with what only the longer one says.

    "sanctions on Iran" and "Mali": "sanctions on Mali"; "UNIFIL" and "UNDOF mandate end": "UNIFIL
    mandate end".
    """
    head, tail = _HEAD.match(a), _TAIL.match(b)
    if head and _NAME.fullmatch(b.strip()):
        return a, f"{head[0]}{b}"
    if tail and _NAME.fullmatch(a.strip()):
        return f"{a} {tail['tail']}", b
    return a, b


def _in_years(a: str, b: str) -> tuple[str, str] | None:
    """Return a question of one year, and the same of another one."""
    first, second = _YEAR.findall(a), _YEAR.findall(b)
    if len(first) != 1 or len(second) != 1:
        return None
    return squeeze(a), squeeze(a.replace(first[0], second[0]))
