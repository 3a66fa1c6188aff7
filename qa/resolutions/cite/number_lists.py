"""Lists and ranges of numbers and letters written out: "80 and 83 to 87", "3 (a) to (f)"."""

import re
from collections.abc import Iterator

from qa.resolutions.cite.numbers import roman, roman_number

LIMIT = 200  # numbers that one range can stand for; more is a slip or a trap
_PATH = r"(?:\s?\((?:[a-z]{1,2}|[ivx]+)\))"
RANGE = r"(?:\s*[-–—]\s*|\s+(?:to|through|until|à|al?|bis|до)\s+)"
AND = r"(?:\s*(?:,|&|;)\s*(?:(?:and|or|y|et|и|und)\s+)?|\s+(?:and|or|y|et|и|und)\s+|\s*и\s*)"
ITEM = rf"\d{{1,5}}(?![\d/]|\.\d){_PATH}{{0,3}}"
# After "9 (a)", a letter alone hangs on the 9: "9 (a), (b) and (c)".
NUMBERS = rf"{ITEM}(?:(?:{RANGE}|{AND})(?:{ITEM}(?!\s?\(\d{{4}}\))|{_PATH}{{1,2}}))*"
_STEPS = re.compile(
    rf"(?P<range>{RANGE})?(?:{AND})?"
    rf"(?:(?P<number>\d{{1,5}})(?P<path>{_PATH}{{0,3}})|(?P<only>{_PATH}{{1,2}}))"
)
# Letters that are Roman numerals too follow their neighbours in the alphabet: "(h) and (i)".
_NEXT = {"(h)": "(i)", "(u)": "(v)", "(w)": "(x)"}
NUMERAL = r"(?:[IVXLC]+\.[A-Z](?:\.\d{1,2})?|[A-Z]\.\d{1,2}|[IVXLC]+|[A-Z]|\d{1,3})(?!\w)"
NUMERALS = rf"{NUMERAL}(?:(?:{RANGE}|{AND}){NUMERAL})*"
_NUMERAL_STEPS = re.compile(rf"(?P<range>{RANGE})?(?:{AND})?(?P<numeral>{NUMERAL})")


def read_numbers(printed: str) -> Iterator[tuple[int, str]]:
    """Yield each number of a list with its path: (80, ""), (83, ""), …; (3, "(a)"), (3, "(b)").

    Args:
        printed: matched by `NUMBERS`, in any case.
    """
    number, path = 0, ""
    for step in _STEPS.finditer(printed.lower()):
        before_number, before_path = number, path
        if step["number"]:
            number, path = int(step["number"]), "".join(step["path"].split())
        else:
            path = _below(path, "".join(step["only"].split()))
        if step["range"] and before_number > number and not (before_path or path):
            number = _in_full(before_number, step["number"] or "")
        if step["range"] and before_number:
            yield from _between(before_number, before_path, number, path)
        yield number, path


def _in_full(first: int, last: str) -> int:
    """Return the end of a range that leaves out the digits of its start: 139 for "138-9"."""
    written = str(first)
    whole = int(written[: len(written) - len(last)] + last) if last else 0
    return whole if whole > first else int(last or 0)


def _below(before: str, alone: str) -> str:
    """Return the path of letters alone, read after a path: "(iv)" after "(b)(iii)" is "(b)(iv)"."""
    parts: list[str] = re.findall(r"\([a-z]+\)", before)
    outer, inner = parts[0] if parts else "", parts[1:]
    if alone.strip("()ivx"):
        return alone
    if inner or (outer and alone != _NEXT.get(outer)):
        return outer + alone
    return alone


def _between(first: int, path: str, last: int, last_path: str) -> Iterator[tuple[int, str]]:
    """Yield the values between the two ends of a range."""
    if first == last and path and last_path:
        head, _, letter = path[:-1].rpartition("(")
        end = last_path[:-1].rpartition("(")[2]
        if len(letter) == len(end) == 1 and letter < end:
            for code in range(ord(letter) + 1, ord(end)):
                yield first, f"{head}({chr(code)})"
    elif first < last <= first + LIMIT:
        for number in range(first + 1, last):
            yield number, ""


def read_numerals(printed: str) -> Iterator[str]:
    """Yield each of "I to III", "A and B", "1-3".

    Args:
        printed: matched by `NUMERALS`.
    """
    before = ""
    for step in _NUMERAL_STEPS.finditer(printed):
        numeral = step["numeral"]
        if step["range"] and before:
            yield from _numerals_between(before, numeral)
        yield numeral
        before = numeral


def _numerals_between(first: str, last: str) -> Iterator[str]:
    if roman_number(first) and roman_number(last):
        low, high = roman_number(first), roman_number(last)
        yield from (roman(number) for number in range(low + 1, min(high, low + LIMIT)))
    elif first.isdecimal() and last.isdecimal():
        low, high = int(first), int(last)
        yield from (str(number) for number in range(low + 1, min(high, low + LIMIT)))
    elif len(first) == len(last) == 1:
        yield from (chr(code) for code in range(ord(first) + 1, ord(last)))
