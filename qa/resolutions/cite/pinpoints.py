"""Places in a document as documents print them: "paragraph 13 of section VII of", ", annex".

Before a number the finest place comes first ("of" leads to the next coarser one), after it the
coarsest. The written form is that of our labels: "sect. VII OP13", "annex art. 24(1)".
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice, product
from typing import NamedTuple

from qa.resolutions.cite.citing_context import Count
from qa.resolutions.cite.number_lists import NUMBERS, NUMERALS, read_numbers, read_numerals
from qa.resolutions.cite.numbers import CARDINALS, ORDINALS
from qa.resolutions.cite.organs import names_only_organs
from qa.resolutions.model import Kind
from qa.resolutions.tables.phrase_patterns import any_of

_ORDINAL = any_of((word for word in ORDINALS if word.isascii()), blank=" ")
_CARDINAL = "|".join(CARDINALS[1:])
_ORDINALS = rf"(?:{_ORDINAL})(?:(?:,? and |, )(?:{_ORDINAL}))*"
_UNITS = (
    ("ordinal", rf"{_ORDINALS} (?:preambular |operative )?para(?:graph)?s?\b"),
    ("preambular", rf"(?:[Pp]reambular para(?:graph)?s?|PPs?|pps?)\.? ?{NUMBERS}"),
    ("para", rf"(?:(?:[Oo]p(?:erative)?\.? )?[Pp]ara(?:graph)?s?|OPs?|[Oo]ps?)\.? ?{NUMBERS}"),
    ("note", rf"[Ff]oot-?notes? {NUMBERS}"),
    ("sub", r"[Ss]ub-?paragraphs? \([a-z]{1,2}\)(?:(?:,? and |, |,? or )\([a-z]{1,2}\))*"),
    ("sect", rf"[Ss]ect(?:ion|s)?s?\.? {NUMERALS}"),
    ("chap", rf"[Cc]hap(?:ter)?s?\.? {NUMERALS}"),
    ("part", rf"[Pp]arts? (?:{NUMERALS}|{_CARDINAL})"),
    ("art", rf"[Aa]rt(?:icle)?s?\.? {NUMBERS}"),
    ("rule", rf"[Rr]ules? {NUMBERS}"),
    ("principle", rf"[Pp]rinciples? {NUMERALS}"),
    ("annex", rf"[Aa]nnex(?:es)?(?: {NUMERALS}(?!/))?"),
    ("appendix", rf"[Aa]ppendi(?:x|ces)(?: {NUMERALS}(?!/))?"),
)
# From the coarsest to the finest; those of one rank stand side by side.
_RANKS = (
    *(("annex",), ("appendix",), ("part",), ("chap",), ("sect",), ("art", "rule", "principle")),
    *(("para", "preambular", "ordinal", "note"), ("sub",)),
)
_RANK = {name: rank for rank, names in enumerate(_RANKS) for name in names}
_ANY = "|".join(pattern for _, pattern in _UNITS)
_UNIT = re.compile("|".join(rf"(?P<{name}>{pattern})" for name, pattern in _UNITS))
_JOIN = (
    r"(?:,? (?:of|to|in) (?:the )?|,? (?:and|or|and/or) (?:the )?(?:in |of |to )?|, (?:and |or )?|"
    r" (?=para|art))"
)
CHAIN = rf"(?:{_ANY})(?:{_JOIN}(?:{_ANY}))*"
# What names the document after a place: "of its resolution", "to General Assembly resolution".
_NAMES_IT = (
    r"(?:(?:the|its|their|that|said|relevant|previous|above-mentioned) ){0,3}"
    r"(?P<organ>(?:(?:of|on|and|for|the|to|[A-Z][\w'-]*) ){0,14})"
    r"(?:(?:relevant|previous|above-mentioned) )?(?:(?:resolution|decision|document)s? )?"
)
_BEFORE = re.compile(rf"(?<!\w)(?P<chain>{CHAIN}),? (?:of|to|in|from) {_NAMES_IT}\Z")
# The same without words for numbers, which are many, for where none is said.
_BEFORE_PLAIN = re.compile(_BEFORE.pattern.replace(rf"{_UNITS[0][1]}|", ""))
_SAYS_ORDINAL = re.compile(r"reambular|(?:th|st|nd|rd|al|ultimate|ing) (?:operative )?para")
_AFTER = re.compile(
    r"(?:,|,? (?:in particular|see|especially|specifically|including)| ) ?(?:the )?"
    rf"(?P<chain>{CHAIN})(?! ?\w*/)"
)
_OF_ITS_ANNEX = re.compile(
    r", (?:in particular |see )[^.;]{1,80}, of the (?P<chain>annex(?: [IVX]+)?)"
)
_NEXT_ONE = re.compile(r",? (?:of|to|above|below|in) (?!\d)")
_BACK = 220  # characters before a number in which its place is looked for
_SHORT = {"sect": "sect.", "chap": "chap.", "art": "art."}
_LIMIT = 400  # places that one citation can name


_Total = Callable[[Kind], int | None]  # how many paragraphs of a kind the document has


class PinpointMatch(NamedTuple):
    """Pinpoints next to a number, with their offsets."""

    chain: str
    start: int
    end: int


@dataclass(slots=True)
class _Branch:
    """One way down a document: what is named on each level."""

    levels: dict[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def coarsest(self) -> int:
        return min(map(_RANK.__getitem__, self.levels))

    @property
    def finest(self) -> int:
        return max(map(_RANK.__getitem__, self.levels))


def may_name_places(words: str) -> bool:
    """Tell, fast and generously, whether a place may be named in `words`."""
    return (
        "aragraph" in words
        or "ection" in words
        or "nnex" in words
        or "ara." in words
        or "aras." in words
        or "art" in words
        or "rticle" in words
        or "hap" in words
        or "rinciple" in words
        or "ule" in words
        or "ppend" in words
        or "otnote" in words
        or "op" in words
        or "OP" in words
        or "PP" in words
        or "pp" in words
    )


def place_before(text: str, low: int, start: int) -> PinpointMatch | None:
    """Return the places that lead to the number at `start`: "paragraph 2 of resolution "."""
    low = max(low, start - _BACK)
    words = text[low:start]
    if not may_name_places(words):
        return None
    pattern = _BEFORE if "para" in words and _SAYS_ORDINAL.search(words) else _BEFORE_PLAIN
    match = pattern.search(text, low, start)
    if match is None or not names_only_organs(match["organ"]):
        return None
    return PinpointMatch(match["chain"], match.start("chain"), match.end("chain"))


def place_after(text: str, end: int) -> PinpointMatch | None:
    """Return the places named after a number: ", annex, para. 8"; not those of the next number."""
    if text[end : end + 1] not in (",", " "):
        return None
    match = _AFTER.match(text, end)
    if match is None:
        match = _OF_ITS_ANNEX.match(text, end) if text.startswith((", in", ", see"), end) else None
        return (
            PinpointMatch(match["chain"], match.start("chain"), match.end("chain"))
            if match
            else None
        )
    if _NEXT_ONE.match(text, match.end()):
        return None
    return PinpointMatch(match["chain"], match.start("chain"), match.end("chain"))


def labels(chain: str, symbol: str, count: Count | None = None) -> tuple[str, ...]:
    """Return the label of each place of a chain: "OP14", "annex para. 4", "sect. VII OP13".

    Args:
        chain: matched by `CHAIN`.
        symbol: of the document; paragraphs of resolutions and decisions are operative ones.
        count: returns its number of paragraphs; without it "the last" has no label.
    """
    is_resolution = any(word in symbol for word in ("RES", "DEC", "resolution", "decision"))
    if count is None:
        return _known_labels(chain, is_resolution=is_resolution)
    return _labels(chain, lambda kind: count(symbol, kind), is_resolution=is_resolution)


@lru_cache(maxsize=4096)
def _known_labels(chain: str, *, is_resolution: bool) -> tuple[str, ...]:
    return _labels(chain, lambda _: None, is_resolution=is_resolution)


def _labels(chain: str, total: _Total, *, is_resolution: bool) -> tuple[str, ...]:
    named = (
        label
        for branch in _branches(chain, total, is_resolution=is_resolution)
        for label in _expand(branch.levels, is_resolution=is_resolution)
    )
    return tuple(label for label in islice(named, _LIMIT) if label)


def _branches(chain: str, total: _Total, *, is_resolution: bool) -> list[_Branch]:
    """Return the ways down that a chain names, from "of" to coarser, from "," to finer places."""
    branches: list[_Branch] = []
    end = 0
    is_coarse_first = False
    for unit in _UNIT.finditer(chain):
        if unit[0].startswith("pp") and not is_resolution:
            continue  # pages
        kind, values = _values(unit, total)
        joint, end = chain[end : unit.start()], unit.end()
        rank = _RANK[kind]
        leads_up = bool(re.match(r",? (?:of|to|in) ", joint))
        if branches and leads_up and rank < branches[-1].coarsest:
            for branch in branches:
                if branch.coarsest > rank:
                    branch.levels.setdefault(kind, values)
        elif branches and rank > branches[-1].finest:
            branches[-1].levels[kind] = values
            is_coarse_first = True
        elif branches and is_coarse_first:
            coarser = {name: v for name, v in branches[-1].levels.items() if _RANK[name] < rank}
            branches.append(_Branch({**coarser, kind: values}))
        else:
            branches.append(_Branch({kind: values}))
    return branches


def _values(unit: re.Match[str], total: _Total) -> tuple[str, tuple[str, ...]]:
    """Return the level of a unit and the values that it names on it."""
    kind = unit.lastgroup or ""
    printed = unit[0]
    if kind == "ordinal":
        return _ordinals(printed, total)
    if kind in ("para", "preambular", "note", "art", "rule"):
        first = re.search(r"\d", printed)
        numbers = read_numbers(printed[first.start() :]) if first else ()
        return kind, tuple(f"{number}{path}" for number, path in numbers)
    if kind == "sub":
        return kind, tuple(re.findall(r"\([a-z]+\)", printed))
    numerals = printed.partition(" ")[2]
    if numerals in CARDINALS:
        return kind, (numerals,)
    return kind, tuple(read_numerals(numerals)) or ("",)


def _ordinals(printed: str, total: _Total) -> tuple[str, tuple[str, ...]]:
    """Return the paragraphs of "the second and third preambular paragraphs"."""
    is_preambular = "preambular" in printed
    kind = Kind.PREAMBULAR if is_preambular else Kind.OPERATIVE
    values = []
    for word in re.findall(_ORDINAL, printed):
        number = ORDINALS[word]
        if number < 0:
            count = total(kind)
            number = count + 1 + number if count else 0
        if number > 0:
            values.append(str(number))
    return ("preambular" if is_preambular else "para"), tuple(values)


def _expand(levels: dict[str, tuple[str, ...]], *, is_resolution: bool) -> Iterator[str]:
    names = sorted(levels, key=_RANK.__getitem__)
    for values in product(*(levels[name] for name in names)):
        yield _label(dict(zip(names, values, strict=True)), is_resolution=is_resolution)


def _label(place: dict[str, str], *, is_resolution: bool) -> str:
    """Return the label of one place, "annex art. 24(1)"."""
    words = [
        f"{_SHORT.get(name, name)} {value}".strip()
        for name, value in place.items()
        if _RANK[name] <= _RANK["art"]
    ]
    sub = place.get("sub", "")
    if "preambular" in place:
        words.append(f"PP{place['preambular']}{sub}")
    elif "note" in place:
        words.append(f"FN{place['note']}")
    elif "para" in place:
        number = place["para"] + sub
        if "art" in place:
            words[-1] += f"({place['para']}){sub}" if sub else re.sub(r"^\d+", r"(\g<0>)", number)
        elif is_resolution and not ({"annex", "appendix", "chap", "rule"} & place.keys()):
            words.append(f"OP{number}")
        else:
            words.append(f"para. {number}")
    elif sub:
        words.append(sub)  # of a paragraph that is not named
    return " ".join(words)
