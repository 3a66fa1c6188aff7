"""The automatic numbers that Word prints before paragraphs.

Rules: ECMA-376 part 1, 17.9 (numbering): a paragraph or its style names a list and a level; the
level gives the start, the form of the number and the text around it; a number of a level starts
again after a number of a higher level.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
Element = etree._Element  # the name that lxml gives its elements
_LEVELS = 9
_FALSE = ("0", "false", "off")
_BULLET = "\u2022"
_MAX_STYLES = 64  # deep: styles that are based on each other in a circle end somewhere


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list."""

    start: int
    form: str  # "decimal", "lowerLetter", …
    text: str  # "%1." or "(%2)"
    style: str | None
    restarts: bool
    is_legal: bool  # every number of it in decimals
    after: str  # "tab", "space" or "nothing"


@dataclass(slots=True)
class _NumberedList:
    """A list of the document: its levels by the abstract definition that it shares with others."""

    abstract: str
    levels: dict[int, Level]
    starts: dict[int, int]  # start values that this list overrides
    is_used: bool = False


@dataclass(slots=True)
class _Style:
    based_on: str | None
    number: str | None
    level: int | None


@dataclass(slots=True)
class Numbering:
    """Counts the numbered paragraphs of a document, which must be handed over in order."""

    lists: dict[str, _NumberedList] = field(default_factory=dict)
    styles: dict[str, _Style] = field(default_factory=dict)
    _counts: dict[str, list[int | None]] = field(default_factory=dict)

    @classmethod
    def read(cls, numbering: Element | None, styles: Element | None) -> "Numbering":
        """Return the numbering that the parts `numbering.xml` and `styles.xml` define."""
        read = cls(styles=_styles(styles))
        if numbering is not None:
            read.lists = _lists(numbering, read.styles)
        return read

    def next_of(self, paragraph: Element) -> str:
        """Return what is printed before a paragraph, "" for nothing, and count it."""
        number, level = self._place(paragraph.find(f"{W}pPr"))
        numbered_list = self.lists.get(number or "")
        if numbered_list is None or level not in numbered_list.levels:
            return ""
        counts = self._count(numbered_list, level)
        definition = numbered_list.levels[level]
        if definition.form == "bullet":
            return f"\t{_BULLET}\t"
        label = _label(definition, numbered_list.levels, counts)
        if not label:
            return ""
        return f"\t{label}{ {'space': ' ', 'nothing': ''}.get(definition.after, chr(9)) }"

    def _place(self, properties: Element | None) -> tuple[str | None, int]:
        """Return the list and the level of a paragraph: its own, or those of its style."""
        number, level = _number_of(properties)
        style: str | None = None
        if properties is not None:
            style = _value(properties.find(f"{W}pStyle"))
        steps = 0
        name = style
        while name in self.styles and (number is None or level is None) and steps < _MAX_STYLES:
            own = self.styles[name]
            number = own.number if number is None else number
            level = own.level if level is None else level
            name, steps = own.based_on or "", steps + 1
        if number in self.lists and level is None:
            named = self.lists[number].levels
            level = next(
                (
                    index
                    for index, candidate in named.items()
                    if candidate.style and candidate.style == style
                ),
                0,
            )
        return number, level or 0

    def _count(self, numbered_list: _NumberedList, level: int) -> list[int | None]:
        counts = self._counts.setdefault(numbered_list.abstract, [None] * _LEVELS)
        if not numbered_list.is_used:
            numbered_list.is_used = True
            for index in numbered_list.starts:
                counts[index] = None
        before = counts[level]
        start = numbered_list.starts.get(level, numbered_list.levels[level].start)
        counts[level] = start if before is None else before + 1
        for deeper in range(level + 1, _LEVELS):
            if deeper not in numbered_list.levels or numbered_list.levels[deeper].restarts:
                counts[deeper] = None
        return counts


def numeral(value: int, form: str) -> str:
    """Return a number as a list prints it."""
    return _FORMS.get(form, str)(value)


def _letters(value: int) -> str:
    """Return a, b … z, aa, bb …: Word repeats the letter."""
    if value < 1:
        return str(value)
    times, letter = divmod(value - 1, 26)
    return chr(ord("a") + letter) * (min(times, 30) + 1)


def _roman(value: int) -> str:
    if not 0 < value < 4000:
        return str(value)
    pairs = zip(
        (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1),
        "m cm d cd c xc l xl x ix v iv i".split(),
        strict=True,
    )
    text = ""
    for worth, letters in pairs:
        times, value = divmod(value, worth)
        text += letters * times
    return text


_FORMS: Mapping[str, Callable[[int], str]] = {
    "lowerLetter": _letters,
    "upperLetter": lambda value: _letters(value).upper(),
    "lowerRoman": _roman,
    "upperRoman": lambda value: _roman(value).upper(),
    "decimalZero": lambda value: f"{value:02d}",
    "chicago": lambda value: "*†‡§"[(value - 1) % 4] * min((value - 1) // 4 + 1, 30),
    "none": lambda _value: "",
}


def _label(definition: Level, levels: Mapping[int, Level], counts: list[int | None]) -> str:
    text = definition.text
    for index in range(_LEVELS):
        mark = f"%{index + 1}"
        if mark in text:
            level = levels.get(index, definition)
            count = counts[index] if counts[index] is not None else level.start
            form = "decimal" if definition.is_legal else level.form
            text = text.replace(mark, numeral(count or 0, form))
    return text.strip()


def _lists(numbering: Element, styles: Mapping[str, _Style]) -> dict[str, _NumberedList]:
    abstracts = {
        element.get(f"{W}abstractNumId", ""): element
        for element in numbering.findall(f"{W}abstractNum")
    }
    numbers = {element.get(f"{W}numId", ""): element for element in numbering.findall(f"{W}num")}
    lists: dict[str, _NumberedList] = {}
    for name, number in numbers.items():
        abstract = _value(number.find(f"{W}abstractNumId")) or ""
        definition = abstracts.get(abstract)
        linked = _value(definition.find(f"{W}numStyleLink")) if definition is not None else None
        if linked and linked in styles:  # the style holds the list
            style_number = numbers.get(styles[linked].number or "")
            abstract = (
                _value(style_number.find(f"{W}abstractNumId")) if style_number is not None else ""
            ) or ""
            definition = abstracts.get(abstract)
        if definition is not None:
            lists[name] = _list(abstract, definition, number)
    return lists


def _list(abstract: str, definition: Element, number: Element) -> _NumberedList:
    levels = dict(_level(element) for element in definition.findall(f"{W}lvl"))
    starts: dict[int, int] = {}
    for override in number.findall(f"{W}lvlOverride"):
        index = _whole(override.get(f"{W}ilvl"), 0)
        own = override.find(f"{W}lvl")
        if own is not None:
            levels[index] = _level(own)[1]
        start = _value(override.find(f"{W}startOverride"))
        if start is not None and 0 <= index < _LEVELS:
            starts[index] = _whole(start, 1)
    return _NumberedList(
        abstract, {index: level for index, level in levels.items() if 0 <= index < _LEVELS}, starts
    )


def _level(element: Element) -> tuple[int, Level]:
    return _whole(element.get(f"{W}ilvl"), 0), Level(
        start=_whole(_value(element.find(f"{W}start")), 0),
        form=_value(element.find(f"{W}numFmt")) or "decimal",
        text=_value(element.find(f"{W}lvlText")) or "",
        style=_value(element.find(f"{W}pStyle")),
        restarts=_value(element.find(f"{W}lvlRestart")) != "0",
        is_legal=is_on(element.find(f"{W}isLgl")),
        after=_value(element.find(f"{W}suff")) or "tab",
    )


def _styles(root: Element | None) -> dict[str, _Style]:
    styles: dict[str, _Style] = {}
    for element in root.findall(f"{W}style") if root is not None else ():
        number, level = _number_of(element.find(f"{W}pPr"))
        based_on = _value(element.find(f"{W}basedOn"))
        styles[element.get(f"{W}styleId", "")] = _Style(based_on, number, level)
    return styles


def _number_of(properties: Element | None) -> tuple[str | None, int | None]:
    """Return the list and the level that the properties of a paragraph or style name."""
    named = properties.find(f"{W}numPr") if properties is not None else None
    if named is None:
        return None, None
    level = _value(named.find(f"{W}ilvl"))
    return _value(named.find(f"{W}numId")), None if level is None else _whole(level, 0)


def is_on(switch: Element | None) -> bool:
    """Return whether a property that is a switch is there and not off."""
    return switch is not None and switch.get(f"{W}val", "1") not in _FALSE


def _value(element: Element | None) -> str | None:
    return None if element is None else element.get(f"{W}val")


def _whole(text: str | None, otherwise: int) -> int:
    """Return a whole number; `otherwise` where a damaged file has none."""
    try:
        return int(text or "")
    except ValueError:
        return otherwise
