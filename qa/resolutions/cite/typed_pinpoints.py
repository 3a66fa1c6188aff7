"""Places inside a resolution as people and documents write them: "OP6", "paras. 8 and 15-17".

A locator names one paragraph by its kind and number; an ordinal ("third", "last") is resolved
against the resolution it is read in.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from qa.resolutions.cite.number_lists import AND, ITEM, LIMIT, RANGE, read_numbers
from qa.resolutions.cite.numbers import CARDINALS, ORDINALS, han_number, roman_number
from qa.resolutions.model import Kind
from qa.resolutions.tables.phrase_patterns import any_of

ORDINAL = any_of(ORDINALS, blank=" ")

_PARA = r"(?:para(?:graph)?s?|clauses?|recitals?|¶¶?|§§?)"
_KINDS = (
    (
        Kind.NOTE,
        (
            r"(?<!supra )(?<!infra )(?:foot\s?-?notes?|end\s?notes?|notes?|fn|nn?(?=\.\s?\d)|"
            r"note de bas de page|nota al pie|notas?|fu(?:ß|ss)note|сноска|примечание)"
        ),
    ),
    (
        Kind.PREAMBULAR,
        (
            rf"p(?:re|er)amb(?:ular|le|ulatory)?\.?,?\s+{_PARA}|pmbl\.?,?\s*{_PARA}|"
            r"p(?:re|er)ambulatory|pps?|pcs?|"
            r"preambular|recitals?|alinéas? du préambule|párrafos? del preámbulo|alinéas?|"
            r"considérants?|considerandos?|erwägungsgr(?:und|ünde)"
        ),
    ),
    (
        Kind.OPERATIVE,
        (
            rf"op(?:erative)?\.?,?\s+{_PARA}|operative\s+(?:clauses?|points?)|operatives?|"
            r"ops?|ocs?|para(?:graph)?s?|paragraphes?|párrafos?|parrafos?|párrs?|parrs?|pars?|"
            r"paragrafi|paragrafo|parágrafos?|clauses?|points?|punto|punkt|lid|ust|"
            r"пункт\w*|абзац\w*|пп?(?=\.)|الفقرة|فقرة|ziffern?|ziff|absatz|absätze|abs|¶¶?|§§?"
        ),
    ),
)
_WORD = "|".join(f"(?P<k{index}>{words})" for index, (_, words) in enumerate(_KINDS))
_ANY_WORD = "|".join(words for _, words in _KINDS)
_NUMBERS = (
    rf"{ITEM}(?:{RANGE}(?:(?:{_ANY_WORD})\.?\s*)?{ITEM}|{AND}{ITEM}"
    rf"|(?:{RANGE}|{AND})\([a-z]{{1,2}}\))*"
)
_REPEATED = re.compile(rf"(?:{_ANY_WORD})\.?\s*(?=\d)", re.IGNORECASE)

_NUMBERED = re.compile(
    rf"(?<!\w)(?:{_WORD})(?:\.|\b|(?=\d)|(?<=[¶§]))\s*(?:numbered|numbers?|nos?\.|no|№|n°|\#)?\s*"
    rf"(?P<numbers>{_NUMBERS})(?!\d)",
    re.IGNORECASE,
)
_CARDINAL = "|".join(CARDINALS[1:])
_ORDINAL_ITEM = rf"(?:{ORDINAL}|\d{{1,3}}(?:st|nd|rd|th|e|er|ème|º))"
_BY_ORDER = re.compile(
    rf"\b(?P<ordinals>(?:{_ORDINAL_ITEM}(?:\s*,\s*|\s+(?:and|et|y|&)\s+))*)"
    rf"(?P<ordinal>{_ORDINAL_ITEM})\s+"
    rf"(?:(?P<count>{_CARDINAL}|\d{{1,2}})\s+)?(?:{_WORD})\b",
    re.IGNORECASE,
)
_AFTER_ORDER = re.compile(
    rf"\b(?:{_WORD})\s+(?P<ordinals>(?:(?:{_CARDINAL})(?:\s*,\s*|\s+and\s+))*)"
    rf"(?P<ordinal>{_CARDINAL}|{ORDINAL})\b",
    re.IGNORECASE,
)
_EAST_ASIAN = re.compile(
    r"(?P<preamble>序言(?:部分)?|前文)?[第제]\s*(?P<numbers>\d{1,3}|[一二三四五六七八九十]{1,3})\s*"
    r"(?:执行)?(?:段落?|项|項|款|항)"
)
_WORD_RANGE = re.compile(
    rf"\b(?:(?:{_WORD})\s+(?P<low>{_CARDINAL})\s+(?:to|through)\s+(?P<high>{_CARDINAL})|"
    rf"(?P<first>{_ORDINAL_ITEM})\s+(?:to|through)\s+(?:the\s+)?(?P<last>{_ORDINAL_ITEM})\s+"
    rf"(?:{_ANY_WORD}))\b",
    re.IGNORECASE,
)
_ROMAN = re.compile(
    rf"(?<!\w)(?:{_WORD})(?:\.|\b|(?<=[¶§]))\s*(?P<low>(?-i:[IVXL]+))"
    r"(?:\s*[-–—]\s*(?P<high>(?-i:[IVXL]+)))?(?!\w)",
    re.IGNORECASE,
)
_ONWARDS = re.compile(
    r"\s*(?:ff\b|et seqq?\b|sqq?\b|onwards?\b|and following\b|et suiv(?:ants)?\b|"
    r"y (?:ss|siguientes)\b|и далее|e ss\b|u\. ff\b)\.?",
    re.IGNORECASE,
)
# Right after a symbol a number alone is a paragraph: "61/181 [6]", "61/181-6", "61/181: 6".
_BARE = re.compile(r"(?:\s?\[(\d{1,3})\]|-(\d{1,3})|\s?[:,#]\s?#?(\d{1,3}))\s*\.?\s*(?=$|[;,)])")
_OF_PREAMBLE = re.compile(r"\s+(?:of|in|from)\s+the\s+preamble\b", re.IGNORECASE)
_WHOLE = re.compile(
    r"\b(?:(?:the\s+)?(?P<preamble>preamble|preambular\s+paragraphs)|"
    r"(?P<notes>(?:the\s+)?foot\s?notes|(?:the\s+)?notes\s+(?:of|in|to)|the\s+notes)\b|"
    r"(?P<annex>(?:the\s+)?annex(?:es)?(?:\s+[IVX]+)?)\b|"
    r"(?:the\s+)?(?P<operative>operative (?:part|section|text))|"
    r"(?P<all>(?:all|every|each(?: of)?)(?: the)? (?P<allkind>preambular|operative|foot)?\s?"
    r"(?:para(?:graph)?s?|clauses?|notes?))\b(?!\s*(?:of|in|from)?\s*(?:that|which|who|where)))",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Locator:
    """One place in a resolution."""

    kind: Kind
    number: int | None  # from 1; from -1 backwards where counted from the end; None: all of them
    path: str = ""  # "(b)", "(b)(ii)"
    within: tuple[str, ...] = ()  # the units that hold it, the coarsest first: "annex II", "art. 3"
    goes_on: bool = False  # "paras. 4 ff.": it and all that follow

    @property
    def is_whole(self) -> bool:
        """Whether it names a part of the document rather than one place in it."""
        return self.number is None and not any(
            unit.startswith(("art.", "rule", "principle")) for unit in self.within
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class LocatorMatch:
    """Places named together in a text."""

    locators: tuple[Locator, ...]
    start: int
    end: int


def find_locators(text: str) -> tuple[LocatorMatch, ...]:
    """Return the places that `text` names, in order of their position; overlaps keep the first."""
    matches = sorted(
        (
            *_numbered(text),
            *_ordered(text),
            *_ranges(text),
            *_roman_numbers(text),
            *_east_asian(text),
        ),
        key=lambda match: (match.start, -match.end),
    )
    selected: list[LocatorMatch] = []
    for match in matches:
        if not selected or match.start >= selected[-1].end:
            selected.append(match)
    return tuple(selected) or tuple(_whole(text))


def label_of(locator: Locator) -> str:
    """Return the label of a locator with a number, "OP6(b)".

    Raises:
        ValueError: the locator counts from the end, or names all paragraphs.
    """
    if locator.number is None or locator.number < 1:
        raise ValueError(f"{locator} has no label before it is resolved")
    prefix = {Kind.OPERATIVE: "OP", Kind.PREAMBULAR: "PP", Kind.NOTE: "FN"}[locator.kind]
    return f"{prefix}{locator.number}{locator.path}"


def _kind(match: re.Match[str], text: str) -> tuple[Kind, int]:
    """Return the kind of a match and where the match ends, "of the preamble" included."""
    kind = next(kind for index, (kind, _) in enumerate(_KINDS) if match[f"k{index}"])
    after = _OF_PREAMBLE.match(text, match.end())
    if after and kind is Kind.OPERATIVE:
        return Kind.PREAMBULAR, after.end()
    return kind, match.end()


def _numbered(text: str) -> Iterator[LocatorMatch]:
    for match in _NUMBERED.finditer(text):
        kind, end = _kind(match, text)
        numbers = read_numbers(_REPEATED.sub("", match["numbers"]))
        locators = tuple(Locator(kind=kind, number=number, path=path) for number, path in numbers)
        if onwards := _ONWARDS.match(text, end):
            locators = (*locators[:-1], replace(locators[-1], goes_on=True))
            end = onwards.end()
        yield LocatorMatch(locators=locators, start=match.start(), end=end)


def bare_number(text: str, position: int) -> LocatorMatch | None:
    """Return the paragraph whose number alone follows a symbol, which ends at `position`."""
    match = _BARE.match(text, position)
    if match is None:
        return None
    number = int(next(filter(None, match.groups())))
    locator = Locator(kind=Kind.OPERATIVE, number=number)
    return LocatorMatch(locators=(locator,), start=match.start(), end=match.end())


def _span(kind: Kind, low: int, high: int) -> tuple[Locator, ...]:
    return tuple(Locator(kind=kind, number=number) for number in range(low, high + 1))


def _ranges(text: str) -> Iterator[LocatorMatch]:
    """Yield ranges in words: "paragraphs four to six", "second to fourth paragraphs"."""
    for match in _WORD_RANGE.finditer(text):
        if match["low"]:
            kind, end = _kind(match, text)
            low, high = (_number_of(match[name].lower()) for name in ("low", "high"))
        else:
            is_preambular = re.search(r"pream|recital|\bpp", match[0], re.IGNORECASE)
            kind, end = Kind.PREAMBULAR if is_preambular else Kind.OPERATIVE, match.end()
            if kind is Kind.OPERATIVE and (after := _OF_PREAMBLE.match(text, end)):
                kind, end = Kind.PREAMBULAR, after.end()
            low, high = (_number_of(match[name].lower()) for name in ("first", "last"))
        if 0 < low <= high <= low + LIMIT:
            yield LocatorMatch(locators=_span(kind, low, high), start=match.start(), end=end)


def _roman_numbers(text: str) -> Iterator[LocatorMatch]:
    for match in _ROMAN.finditer(text):
        kind, end = _kind(match, text)
        low = roman_number(match["low"])
        high = roman_number(match["high"]) if match["high"] else low
        if 0 < low <= high <= low + LIMIT:
            yield LocatorMatch(locators=_span(kind, low, high), start=match.start(), end=end)


def _ordered(text: str) -> Iterator[LocatorMatch]:
    for pattern in (_BY_ORDER, _AFTER_ORDER):
        for match in pattern.finditer(text):
            kind, end = _kind(match, text)
            firsts = [_number_of(word) for word in _words_of(match["ordinals"])]
            last = _number_of(match["ordinal"].lower())
            count = _count(match.groupdict().get("count"))
            if last < 0:
                numbers = [last - back for back in reversed(range(count))]
            else:
                numbers = list(range(last, last + count))
            yield LocatorMatch(
                locators=tuple(Locator(kind=kind, number=number) for number in (*firsts, *numbers)),
                start=match.start(),
                end=end,
            )


def _words_of(printed: str) -> list[str]:
    """Return the ordinals or cardinals of "second, third and "."""
    return re.findall(rf"{_ORDINAL_ITEM}|{_CARDINAL}", printed.lower())


def _number_of(word: str) -> int:
    digits = re.match(r"\d+", word)
    if digits:
        return int(digits[0])
    return ORDINALS[word] if word in ORDINALS else CARDINALS.index(word)


def _count(word: str | None) -> int:
    if not word:
        return 1
    return int(word) if word.isdecimal() else CARDINALS.index(word.lower())


def _east_asian(text: str) -> Iterator[LocatorMatch]:
    for match in _EAST_ASIAN.finditer(text):
        printed = match["numbers"]
        number = int(printed) if printed.isdecimal() else han_number(printed)
        kind = Kind.PREAMBULAR if match["preamble"] else Kind.OPERATIVE
        locator = Locator(kind=kind, number=number)
        yield LocatorMatch(locators=(locator,), start=match.start(), end=match.end())


def _whole(text: str) -> Iterator[LocatorMatch]:
    for match in _WHOLE.finditer(text):
        named = (match["allkind"] or "").lower()
        if match["annex"]:
            kind = Kind.ANNEX
        elif match["preamble"] or named == "preambular":
            kind = Kind.PREAMBULAR
        elif match["notes"] or "note" in match[0].lower():
            kind = Kind.NOTE
        else:
            kind = Kind.OPERATIVE
        yield LocatorMatch(
            locators=(Locator(kind=kind, number=None),), start=match.start(), end=match.end()
        )
