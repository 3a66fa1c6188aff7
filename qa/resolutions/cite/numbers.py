"""Numbers in words: "sixth", "twenty-first", "the last but one"."""

import re
from collections.abc import Mapping

CARDINALS = "no one two three four five six seven eight nine ten eleven twelve".split()
_UNITS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth "
    "fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth"
).split()
_TENS = "twent thirt fort fift sixt sevent eight ninet".split()
_FROM_THE_END = {
    -1: ("last", "final", "concluding", "closing", "dernier", "dernière", "último", "ultimo"),
    -2: (
        *("penultimate", "last but one", "next to last"),
        *("second to last", "second-to-last", "second last"),
    ),
}
_FOREIGN = {
    1: ("premier", "première", "primer", "primero", "sole"),
    2: ("deuxième", "second", "segundo"),
    3: ("troisième", "tercer", "tercero"),
    4: ("quatrième", "cuarto"),
    5: ("cinquième", "quinto"),
    6: ("sixième", "sexto"),
    7: ("septième", "séptimo"),
    8: ("huitième", "octavo"),
    9: ("neuvième", "noveno"),
    10: ("dixième", "décimo"),
}
_HAN_DIGITS = "一二三四五六七八九"
_ROMAN_STEPS = (
    *((100, "C"), (90, "XC"), (50, "L"), (40, "XL")),
    *((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")),
)
_ROMAN_DIGITS = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}


def ordinal(number: int) -> str:
    """Return an ordinal in words up to "ninety-ninth", and "100th" and so on above."""
    if 1 <= number < 20:
        return _UNITS[number - 1]
    if number >= 100 or number < 1:
        teens = 11 <= number % 100 <= 13
        suffix = "th" if teens else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
        return f"{number}{suffix}"
    tens, unit = divmod(number, 10)
    stem = _TENS[tens - 2]
    return f"{stem}y-{_UNITS[unit - 1]}" if unit else f"{stem}ieth"


def han_number(printed: str) -> int | None:
    """Return a Chinese numeral up to 99, "二十一"; None for anything else."""
    tens, ten, unit = printed.rpartition("十")
    if not all(digit in _HAN_DIGITS for digit in tens + unit) or len(tens) > 1 or len(unit) > 1:
        return None
    value = (_HAN_DIGITS.index(tens) + 1 if tens else 1) * 10 if ten else 0
    return value + (_HAN_DIGITS.index(unit) + 1 if unit else 0)


# Arabic ordinals by which sections are numbered: "first", "second" …
_ARABIC_SECTIONS = (
    *("أولا", "ثانيا", "ثالثا", "رابعا", "خامسا", "سادسا", "سابعا", "ثامنا", "تاسعا", "عاشرا"),
    *("حادي عشر", "ثاني عشر", "ثالث عشر", "رابع عشر", "خامس عشر", "سادس عشر", "سابع عشر"),
    *("ثامن عشر", "تاسع عشر", "عشرون"),
)
_ARABIC_UNITS = ("حادي", "ثاني", "ثالث", "رابع", "خامس", "سادس", "سابع", "ثامن", "تاسع")
# Above twenty and in either case of the noun: "twenty-first".
_ARABIC_NUMERALS = {word: number for number, word in enumerate(_ARABIC_SECTIONS, 1)} | {
    f"{unit}{ending} و{twenty}": 20 + number
    for twenty in ("عشرون", "عشرين")
    for ending in ("", "ا")
    for number, unit in enumerate(_ARABIC_UNITS, 1)
}
_ARABIC_NUMERALS["عشرين"] = 20
# The names of the letters by which parts of sections are marked: "A", "B" in English.
_ARABIC_LETTERS = (
    *("ألف", "باء", "جيم", "دال", "هاء", "واو", "زاي", "حاء", "طاء", "ياء"),
    *("كاف", "لام", "ميم", "نون"),
)
_ARABIC_MARKS = re.compile("[\u064b-\u0652\u0640\u200e\u200f]")  # vowels and lengthening
# A pattern for the numerals of sections in Chinese and Arabic.
NUMERAL_WORDS = "|".join(
    (
        "[\u4e00\u4e8c\u4e09\u56db\u4e94\u516d\u4e03\u516b\u4e5d\u5341]{1,3}",
        *(
            "[\u064b-\u0652]*".join(word) + "[\u064b-\u0652]*"
            for word in sorted(_ARABIC_NUMERALS, key=len, reverse=True)
        ),
    )
)
LETTER_WORDS = "|".join(_ARABIC_LETTERS)


def section_numeral(printed: str) -> str:
    """Return the numeral of a section as English texts print it: "II" for "二" and for "ثانيا"."""
    plain = _ARABIC_MARKS.sub("", printed).strip(" .、")
    if plain in _ARABIC_LETTERS:
        return chr(ord("A") + _ARABIC_LETTERS.index(plain))
    if plain in _ARABIC_NUMERALS:
        return roman(_ARABIC_NUMERALS[plain])
    value = han_number(plain) if plain and not plain.isascii() else None
    return roman(value) if value else printed


def roman_number(printed: str) -> int:
    """Return the value of a Roman numeral, 30 for "XXX"; 0 for anything else."""
    if not printed or printed.strip("IVXLC"):
        return 0
    values = [_ROMAN_DIGITS[digit] for digit in printed]
    following = [*values[1:], 0]
    return sum(-a if a < b else a for a, b in zip(values, following, strict=True))


def roman(number: int) -> str:
    """Return `number` in Roman numerals; "" for 0."""
    written = ""
    for value, letters in _ROMAN_STEPS:
        while number >= value:
            written, number = written + letters, number - value
    return written


def _ordinals() -> dict[str, int]:
    table = {ordinal(number): number for number in range(1, 100)}
    table |= {word.replace("-", " "): number for word, number in table.items()}
    for words in (_FROM_THE_END, _FOREIGN):
        table |= {word: number for number, each in words.items() for word in each}
    return table


# From 1; negative numbers count from the end.
ORDINALS: Mapping[str, int] = _ordinals()
