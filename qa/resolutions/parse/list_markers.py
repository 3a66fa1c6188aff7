"""List markers: the level of "(i)" or "a." in a list.

Source: the levels of the United Nations are (a), then (i), then a., then i.; French and Spanish
texts print a) and i). A marker that could be Roman or alphabetic is decided by the one before it.
"""

import re
import unicodedata
from dataclasses import dataclass

from qa.resolutions.cite.numbers import han_number
from qa.resolutions.parse.line_patterns import ROMAN

_ROMAN = re.compile(ROMAN)
# Letters of sub-items as other scripts print them: the Arabic letters in their numerical order, and
# Cyrillic letters, mostly typed for Latin ones of the same shape.
_LATIN = str.maketrans(
    {
        **dict(zip("أبجدهوزحطيكلمنسعفصقرشتثخذض", "abcdefghijklmnopqrstuvwxyz", strict=True)),
        **dict(zip("асеохбвгд", "aceoxbcde", strict=True)),
        "\u0640": None,
    }
)
_VALUES = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}


def latin_letters(mark: str) -> str:
    """Return the letters of a sub-item as English texts print them; "(一)" for one in a circle."""
    return mark if mark.isascii() else unicodedata.normalize("NFKC", mark).translate(_LATIN)


@dataclass(frozen=True, slots=True)
class _MarkerReading:
    style: str  # "alpha", "roman", "digit", "capital" or "bullet", with its brackets
    value: int


class ListLevels:
    """The open levels of one list, outermost first."""

    def __init__(self) -> None:
        self._levels: list[_MarkerReading] = []

    def depth_of(self, printed: str, *, introduces: bool) -> int:
        """Return the level of the item that opens with `printed`, 1 for the outermost.

        Args:
            printed: the mark, "(b)".
            introduces: the text before it ends with a colon, so that a list may begin.
        """
        readings = _readings(printed)
        going_on = self._going_on(readings)
        beginning = next((reading for reading in readings if reading.value == 1), None)
        if beginning and (
            going_on is None or (introduces and beginning.style != going_on[1].style)
        ):
            if going_on is None and beginning.style in (level.style for level in self._levels):
                level = [level.style for level in self._levels].index(beginning.style)
                self._levels = [*self._levels[:level], beginning]
            else:
                self._levels.append(beginning)
        elif going_on is not None:
            level, reading = going_on
            self._levels = [*self._levels[:level], reading]
        else:
            self._take_gap(readings)
        return len(self._levels)

    def _going_on(self, readings: tuple[_MarkerReading, ...]) -> tuple[int, _MarkerReading] | None:
        """Return the innermost level that a reading is the next of."""
        for level in reversed(range(len(self._levels))):
            for reading in readings:
                last = self._levels[level]
                is_next = reading.value == last.value + 1
                if is_next and reading.style == last.style:
                    return level, reading
                # Scans print "(1)" for "(i)".
                if is_next and last == _MarkerReading("digit()", 1) and reading.style == "roman()":
                    return level, reading
                if reading.style == last.style and reading.style.startswith("bullet"):
                    return level, reading
        return None

    def _take_gap(self, readings: tuple[_MarkerReading, ...]) -> None:
        """Take an item whose number is not the next one to the innermost level of its style."""
        for level in reversed(range(len(self._levels))):
            for reading in readings:
                if reading.style == self._levels[level].style:
                    self._levels = [*self._levels[:level], reading]
                    return
        self._levels.append(readings[-1])


def _readings(printed: str) -> tuple[_MarkerReading, ...]:
    """Return what a mark can mean, the likelier first."""
    plain = re.sub(r"[\s().]", "", unicodedata.normalize("NFKC", printed))
    frame = re.sub(r"\w+", "", printed.strip())
    if not plain.isalnum():
        return (_MarkerReading(f"bullet{printed.strip()}", 1),)
    if value := han_number(plain):
        return (_MarkerReading("han()", value),)
    if plain.isdecimal():
        return (_MarkerReading(f"digit{frame}", int(plain)),)
    if plain.isupper():
        return (_MarkerReading(f"capital{frame}", ord(plain[0]) - ord("A") + 1),)
    readings = []
    if len(plain) == 1 or (len(plain) == 2 and plain[0] == plain[1]):
        value = ord(plain[0]) - ord("a") + 1 + 26 * (len(plain) - 1)
        readings.append(_MarkerReading(f"alpha{frame}", value))
    if _ROMAN.fullmatch(plain.upper()):
        readings.append(_MarkerReading(f"roman{frame}", _roman(plain)))
    return tuple(readings) or (
        _MarkerReading(f"alpha{frame}", ord(plain[0].lower()) - ord("a") + 1),
    )


def _roman(printed: str) -> int:
    values = [_VALUES[letter] for letter in printed]
    return sum(
        -value if value < max(values[index:]) else value for index, value in enumerate(values)
    )
