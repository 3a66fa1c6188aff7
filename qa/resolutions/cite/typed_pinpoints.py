"""Places inside a resolution as people and documents write them: "OP6", "paras. 8 and 15-17".

A locator names one paragraph by its kind and number; an ordinal ("third", "last") is resolved
against the resolution it is read in.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from qa.resolutions.cite.number_lists import AND, ITEM, LIMIT, RANGE, read_numbers
from qa.resolutions.cite.numbers import CARDINALS, han_number, roman_number
from qa.resolutions.cite.typed_words import (
    ITEM_WORD,
    KIND_WORDS,
    OF_PREAMBLE,
    PLURAL_WORD,
    PREAMBLE_WORD,
    TYPED_ORDINAL,
    TYPED_ORDINALS,
)
from qa.resolutions.model import Kind

# As in `number_lists`, and in more languages; `_unify` brings these to those.
_MORE_RANGE = r"\s+(?:up\s+to|tot(?:\s+en\s+met)?|إلى|do)\s+|\s*[~〜]\s*"
_MORE_AND = r"\s+(?:e|en|i|och|ve|u\.|og|و)\s+|\s+و(?=\d)"
_RANGE = rf"(?:{RANGE}|{_MORE_RANGE})"
_AND = rf"(?:{AND}|{_MORE_AND})"
_WORD = "|".join(f"(?P<k{index}>{words})" for index, (_, words) in enumerate(KIND_WORDS))
_ANY_WORD = "|".join(words for _, words in KIND_WORDS)
_NUMBERS = (
    rf"{ITEM}(?:{_RANGE}(?:(?:{_ANY_WORD})\.?\s*)?{ITEM}|{_AND}{ITEM}"
    rf"|(?:{_RANGE}|{_AND})\([a-z]{{1,2}}\))*"
)
_REPEATED = re.compile(rf"(?:{_ANY_WORD})\.?\s*(?=\d)", re.IGNORECASE)
_TO = re.compile(_MORE_RANGE, re.IGNORECASE)
_AND_MORE = re.compile(_MORE_AND, re.IGNORECASE)
_BETWEEN = re.compile(r"\bbetween\s+(?:the\s+)?$", re.IGNORECASE)
_LISTED = re.compile(r"(?:\s+\d{1,3}(?![\w/.(-]|\s?\(|\s+[A-Z]))+")  # "paragraphs 11 27"
_PLURAL = re.compile(PLURAL_WORD, re.IGNORECASE)

_NUMBERED = re.compile(
    rf"(?<!\w)(?:{_WORD})(?:\.|\b|(?=\d)|(?<=[¶§]))\s*(?:numbered|numbers?|nos?\.|no|№|n°|\#)?\s*"
    rf"(?P<numbers>{_NUMBERS})(?!\d)",
    re.IGNORECASE,
)
_CARDINAL = "|".join(CARDINALS[1:])
_ORDINAL_ITEM = (
    rf"(?:{TYPED_ORDINAL}|"
    r"\d{1,3}(?:st|nd|rd|th|e|er|ème|º|ª|\.(?=\s+(?:paragra|absatz|madde|bod|bekezd|odst))))"
)
_BY_ORDER = re.compile(
    rf"\b(?P<ordinals>(?:{_ORDINAL_ITEM}(?:\s*,\s*|\s+(?:and|et|y|&)\s+))*)"
    rf"(?P<ordinal>{_ORDINAL_ITEM})\s+"
    rf"(?:(?P<count>{_CARDINAL}|\d{{1,2}})\s+)?(?P<plain>un-?numbered\s+)?(?:{_WORD})\b",
    re.IGNORECASE,
)
_AFTER_ORDER = re.compile(
    rf"\b(?:{_WORD})\s+(?P<ordinals>(?:(?:{_CARDINAL})(?:\s*,\s*|\s+and\s+))*)"
    rf"(?P<ordinal>{_CARDINAL}|{TYPED_ORDINAL})\b",
    re.IGNORECASE,
)
_HAN = r"(?:\d{1,3}(?:\s?\([a-z]\))*|[一二三四五六七八九十]{1,3})"
_EAST_ASIAN = re.compile(
    rf"(?P<preamble>序言(?:部分)?(?:的)?|前文)?[第제]\s*(?P<numbers>{_HAN}"
    rf"(?:\s*(?:至|到|、|和|及|与|[-–~〜]|から|부터)\s*[第제]?\s*{_HAN})*)\s*(?:执行)?(?:段落?|项|項|款|항)"
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
    r"y (?:ss|sig(?:uientes|s)?)\b|и далее|e (?:ss|seguenti|seguintes)\b|e\.v\.|i nast\b|u\. ff\b|"
    r"وما (?:بعدها|يليها)|及以下)\.?",
    re.IGNORECASE,
)
_NEXT_ONE = re.compile(r"\s?(?:f|sq|sv)\b\.?(?! ?\d)")  # "4 f.": it and the one after it
# After a place, what of the paragraph is meant: "(b)", "(bullet 2)", "(closing words)".
_ARABIC_ITEMS = dict(zip("أبجدهوزحطي", "abcdefghij", strict=True))
_ITEM_MARK = (
    rf"[{''.join(_ARABIC_ITEMS)}]ـ?|"
    r"[a-z]{1,2}(?: \d)?|[ivx]{1,5}|bullet \d{1,2}|closing words(?: \d)?|end|table(?: \d)?|\d{1,2}"
)
_TO_LATIN = str.maketrans({**_ARABIC_ITEMS, "ـ": None})
_TAIL = re.compile(
    rf"(?:\s\((?P<times>{TYPED_ORDINAL}) so numbered\))?"
    rf"(?P<path>(?:\s?\((?:{_ITEM_MARK})\)|\s[a-z]\)(?!\w))*)"
    rf"(?:[,\s]\s*(?<!\w){ITEM_WORD}\.?\s+\(?(?P<item>[a-zа-д])(?:\)|(?![\w'’])))?"
    rf"(?P<more>(?:(?:{RANGE}|{AND})\((?:[a-z]{{1,2}}|[ivx]+)\))*)",
    re.IGNORECASE,
)
# Right after a symbol a number alone is a paragraph: "61/181 [6]", "61/181-6", "61/181: 6"; in
# brackets several are, too: "[4]-[6]", "[1], [3] and [5]".
_BARE = re.compile(
    r"(?:-(\d{1,3})|\s?[:,#]\s?#?(\d{1,3})|\s?\((\d{1,3})\))(?P<path>(?:\([a-z]\))*)"
    r"\s*\.?\s*(?=$|[;,)])"
)
_BRACKETED = re.compile(
    rf"(?:\s*\([^()]*\))?,?\s?(?:at\s)?(?P<numbers>\[{ITEM}\](?:(?:{RANGE}|{AND})\[{ITEM}\])*)(?!\w)",
    re.IGNORECASE,
)
_OF_PREAMBLE = re.compile(rf"{OF_PREAMBLE}(?!\w)", re.IGNORECASE)
_IN_PREAMBLE = re.compile(rf"(?<!\w){PREAMBLE_WORD}[.,:]?\s*$", re.IGNORECASE)
_OF = r"(?:of|in|de|del|du|des|der|von|do|van|из)"
# Before a paragraph, what of it is meant: "(b) of paragraph 7".
_ITEM_OF = re.compile(
    rf"(?:(?<!\w){ITEM_WORD}\.?\s+(?P<bare>\(?[a-z]\)?)(?:\s+{_OF})?|(?<!\w)(?P<items>\([a-z]\)"
    rf"(?:(?:,|\s+and|\s+to)?\s+\([a-z]\))*)\s+{_OF})\s+(?:the\s+|la\s+|le\s+)?$",
    re.IGNORECASE,
)
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
    is_unnumbered: bool = False  # counts the paragraphs without a number
    times: int = 0  # which of the paragraphs with this number; 0: any

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
    kind = next(kind for index, (kind, _) in enumerate(KIND_WORDS) if match[f"k{index}"])
    if kind is Kind.NOTE:
        return kind, match.end()
    if after := _OF_PREAMBLE.match(text, match.end()):
        return Kind.PREAMBULAR, after.end()
    if _IN_PREAMBLE.search(text[: match.start()]):
        return Kind.PREAMBULAR, match.end()
    return kind, match.end()


def _numbered(text: str) -> Iterator[LocatorMatch]:
    for match in _NUMBERED.finditer(text):
        kind, end = _kind(match, text)
        locators = tuple(
            Locator(kind=kind, number=number, path=path)
            for number, path in read_numbers(_unify(match["numbers"]))
        )
        low, high = locators[0].number, locators[-1].number
        if len(locators) == 2 and low and high and _BETWEEN.search(text[: match.start()]):
            locators = _span(kind, low, min(high, low + LIMIT))
        if _PLURAL.match(match[0]) and (listed := _LISTED.match(text, end)):
            numbers = map(int, listed[0].split())
            locators += tuple(Locator(kind=kind, number=number) for number in numbers)
            end = listed.end()
        if onwards := _ONWARDS.match(text, end):
            locators = (*locators[:-1], replace(locators[-1], goes_on=True))
            end = onwards.end()
        elif (next_one := _NEXT_ONE.match(text, end)) and not locators[-1].path:
            locators += (replace(locators[-1], number=(locators[-1].number or 0) + 1),)
            end = next_one.end()
        last, end = _with_tail(locators[-1], text, end)
        places, start = _with_items_before((*locators[:-1], *last), text, match.start())
        yield LocatorMatch(locators=places, start=start, end=end)


def _unify(numbers: str) -> str:
    """Return a list of numbers in words that `read_numbers` knows."""
    return _AND_MORE.sub(" and ", _TO.sub(" to ", _REPEATED.sub("", numbers)))


def _with_items_before(
    places: tuple[Locator, ...], text: str, start: int
) -> tuple[tuple[Locator, ...], int]:
    """Return a place with the items named before it, "(b) of paragraph 7", and its start."""
    match = _ITEM_OF.search(text[:start])
    if match is None or len(places) > 1 or places[0].path:
        return places, start
    printed = match["items"] or f"({match['bare'].strip('()')})"
    items = (path for _, path in read_numbers(f"1 {printed}"))
    return tuple(replace(places[0], path=path) for path in items), match.start()


def _with_tail(locator: Locator, text: str, end: int) -> tuple[tuple[Locator, ...], int]:
    """Return a place with the items that are named after it, and where they end."""
    match = _TAIL.match(text, end)
    if match is None or match.end() == end:
        return (locator,), end
    times = TYPED_ORDINALS[match["times"].lower()] if match["times"] else locator.times
    path = locator.path + _label_path(match["path"])
    if match["item"]:
        path += f"({match['item'].lower()})"
    items: tuple[str, ...] = (path,)
    if match["more"] and path:
        items = tuple(each for _, each in read_numbers(f"1 {path}{match['more']}"))
    places = (replace(locator, path=each, times=times) for each in items)
    return tuple(places), match.end()


def _label_path(printed: str) -> str:
    """Return the items of a path as labels write them: "(end) [2]" for " (closing words 2)"."""
    unified = printed.lower().replace("closing words", "end").translate(_TO_LATIN)
    marks = re.findall(r"(\w[\w ]*)\)", unified)
    return "".join(
        re.sub(r"^([a-z]+) (\d)$", r"(\1) [\2]", mark)
        if re.match(r"(?!bullet)[a-z]+ \d", mark)
        else f"({mark})"
        for mark in marks
    )


def bare_number(text: str, position: int) -> LocatorMatch | None:
    """Return the paragraphs whose numbers alone follow a symbol, which ends at `position`."""
    if bracketed := _BRACKETED.match(text, position):
        numbers = read_numbers(re.sub(r"[\[\]]", "", bracketed["numbers"]))
        places = [Locator(kind=Kind.OPERATIVE, number=each, path=path) for each, path in numbers]
        last, end = _with_tail(places[-1], text, bracketed.end())
        return LocatorMatch(locators=(*places[:-1], *last), start=bracketed.start(), end=end)
    match = _BARE.match(text, position)
    if match is None:
        return None
    number = int(next(filter(None, match.groups())))
    locator = Locator(kind=Kind.OPERATIVE, number=number, path=match["path"])
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
            is_unnumbered = bool(match.groupdict().get("plain"))
            places = tuple(
                Locator(kind=kind, number=number, is_unnumbered=is_unnumbered)
                for number in (*firsts, *numbers)
            )
            named, end = _with_tail(places[-1], text, end)
            yield LocatorMatch(locators=(*places[:-1], *named), start=match.start(), end=end)


def _words_of(printed: str) -> list[str]:
    """Return the ordinals or cardinals of "second, third and "."""
    return re.findall(rf"{_ORDINAL_ITEM}|{_CARDINAL}", printed.lower())


def _number_of(word: str) -> int:
    digits = re.match(r"\d+", word)
    if digits:
        return int(digits[0])
    return TYPED_ORDINALS[word] if word in TYPED_ORDINALS else CARDINALS.index(word)


def _count(word: str | None) -> int:
    if not word:
        return 1
    return int(word) if word.isdecimal() else CARDINALS.index(word.lower())


def _east_asian(text: str) -> Iterator[LocatorMatch]:
    for match in _EAST_ASIAN.finditer(text):
        kind = Kind.PREAMBULAR if match["preamble"] else Kind.OPERATIVE
        printed = re.findall(_HAN, match["numbers"])
        read = [re.match(r"(\d*)(.*)", one) for one in printed]
        numbers = [int(one[1] or han_number(one[2]) or 0) for one in read if one]
        paths = ["".join(one[2].split()) if one[1] else "" for one in read if one]
        locators = tuple(
            Locator(kind=kind, number=number, path=path)
            for number, path in zip(numbers, paths, strict=True)
        )
        is_range = re.search("[至到~〜–-]|から|부터", match["numbers"])
        if is_range and len(numbers) == 2 and numbers[0] < numbers[1] <= numbers[0] + LIMIT:
            locators = _span(kind, *numbers)
        yield LocatorMatch(locators=locators, start=match.start(), end=match.end())


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
