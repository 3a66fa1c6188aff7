"""One symbol or number as printed or typed, read by its shape alone."""

import re
from enum import Enum
from functools import lru_cache
from typing import NamedTuple

from qa.resolutions.cite.grammar import PRINTED, TYPED
from qa.resolutions.cite.numbers import roman, roman_number
from qa.resolutions.cite.sessions import security_council_year

_RANGE_LIMIT = 60  # records of meetings named together, "SR.11–13"
_ARABIC_PARTS = {"ألف": "A", "باء": "B", "جيم": "C", "دال": "D"}


class Shape(Enum):
    """What the form of a number says."""

    FULL = "a full symbol"  # A/RES/61/181, A/61/179
    YEAR_AFTER = "1325 (2000)"
    YEAR_FIRST = "2006/19"
    ROMAN = "217 A (III)"
    SPECIAL = "S-10/2"
    SLASH = "61/181"


class Token(NamedTuple):
    """A symbol or number; what its shape does not tell is left to the words around it."""

    shape: Shape
    symbols: tuple[str, ...]  # of FULL; canonical
    number: str  # "61/181", "217(III)", "2006/19"
    session: int  # 61, 3, 0 where there is none
    item: str  # "181", "217"
    year: int  # that the number itself carries, else 0
    parts: tuple[str, ...] = ()
    has_lead: bool = False  # typed with a word that says what it is: "res 61-181"


@lru_cache(maxsize=8192)
def read_token(printed: str, *, typed: bool = False) -> Token | None:
    """Return the symbol or number that is `printed`, or None where it is none after all."""
    match = (TYPED if typed else PRINTED).fullmatch(printed)
    if match is None:
        return None
    if match["res"]:
        return _explicit(match)
    if match["dec"]:
        return _full(*_with_parts(f"{match['dbody']}/DEC/{match['dnum']}".upper(), match["dpart"]))
    if match["doc"]:
        return _full(*_document(match["doc"]))
    if match["scnum"]:
        number, year = str(int(match["scnum"])), int(match["scyear"])
        return Token(Shape.YEAR_AFTER, (), f"{number}({year})", 0, number, year)
    if match["special"]:
        return _special(match["special"].upper(), match["specialnum"])
    if match["year"]:
        year = int(match["year"])
        number = f"{year}/{match['yearnum']}"
        parts = _letters(match["yearpart"])
        return Token(Shape.YEAR_FIRST, (), number, 0, match["yearnum"], year, parts)
    if match["num"]:
        return _slash(match["session"], match["num"], _bracketed(match["partb"]) or match["part"])
    if match["oldnum"]:
        return _old(match["oldnum"], match["roman"].upper(), match["oldpart"])
    return _typed_only(match)


def _special(session: str, item: str) -> Token:
    digits = session.partition("-")[2]
    value = int(digits) if digits.isdecimal() else roman_number(digits)
    return Token(Shape.SPECIAL, (), f"{session}/{item}", value, item, 0)


def _typed_only(match: re.Match[str]) -> Token | None:
    if match["scbare"]:
        number = match["scbare"]
        year = match["scbareyear"] or security_council_year(int(number))
        return _full(f"S/RES/{number}({year})" if year else f"S/RES/{number}")
    if match["arabicnum"]:
        before, _, session = match["arabicsession"].partition("-")
        prefix = {2: "S-", 3: "ES-"}.get(len(before), "")
        part = _ARABIC_PARTS.get(match["arabicpart"] or "")
        return _old(match["arabicnum"], prefix + roman(int(session)), part)
    session, number = re.findall(r"\d+", match["hyphen"])
    return _slash(session, number, None)._replace(has_lead=True)


def _full(*symbols: str) -> Token | None:
    return Token(Shape.FULL, symbols, "", 0, "", 0, has_lead=True) if symbols else None


def _slash(session: str, number: str, parts: str | None) -> Token:
    return Token(Shape.SLASH, (), f"{session}/{number}", int(session), number, 0, _letters(parts))


def _old(number: str, roman: str, parts: str | None) -> Token:
    value = roman_number(roman.rpartition("-")[2])
    return Token(Shape.ROMAN, (), f"{number}({roman})", value, number, 0, _letters(parts))


def _explicit(match: re.Match[str]) -> Token | None:
    """Return a symbol with RES in it: "A/RES/75/101 A-B", "a-res-61-181", "S/RES/1325"."""
    head = re.split(r"RES", match["res"], maxsplit=1, flags=re.IGNORECASE)[0].upper()
    body = "A/HRC/RES/" if "HRC" in head else f"{head[0]}/RES/"
    number = re.sub(r"\s", "", match["rnum"]).upper()
    prefix = re.match(r"(?:E?S-)?", number)[0]  # type: ignore[index]
    if "(" not in number:
        number = prefix + re.sub(r"[-_]", "/", number[len(prefix) :])
    if body == "S/RES/" and number.isdecimal() and (year := security_council_year(int(number))):
        number = f"{number}({year})"
    return _full(*_with_parts(f"{body}{number}", _bracketed(match["rpartb"]) or match["rpart"]))


def _with_parts(symbol: str, parts: str | None) -> tuple[str, ...]:
    return with_parts(symbol, _letters(parts))


def with_parts(symbol: str, letters: tuple[str, ...]) -> tuple[str, ...]:
    """Return one symbol for each part of a resolution, "A/RES/77/128[A]"; itself without parts."""
    return tuple(f"{symbol}[{letter}]" for letter in letters) or (symbol,)


def _bracketed(parts: str | None) -> str | None:
    """Return a part in brackets in capitals: "77/128[b]" is typed for "77/128[B]"."""
    return parts.upper() if parts else None


def _letters(parts: str | None) -> tuple[str, ...]:
    """Return each letter of "A and B", "A to C" or "A-B"."""
    letters = re.findall(r"[A-Z]+", parts) if parts else []
    if len(letters) == 2 and len("".join(letters)) == 2 and parts and re.search(r" to |-", parts):
        letters = [chr(code) for code in range(ord(letters[0]), ord(letters[1]) + 1)]
    return tuple(letters)


def _document(printed: str) -> tuple[str, ...]:
    """Return the symbols of a document: two joint ones, or each of a range of meeting records.

    Source: `A/56/402-E/2001/105` is one document with two symbols. A symbol has a part after its
    first slash that opens with a digit or carries one after a full stop; "HIV/AIDS" has none.
    """
    symbol = re.sub(r"\s", "", printed.rstrip("."))
    if not re.search(r"/(?:\d|[A-Z]+\.\d)", symbol):
        return ()
    span = re.fullmatch(r"(.*\D)(\d{1,3})–(\d{1,3})", symbol)
    if span and 0 < int(span[3]) - int(span[2]) <= _RANGE_LIMIT:
        return tuple(f"{span[1]}{number}" for number in range(int(span[2]), int(span[3]) + 1))
    return tuple(re.split(r"(?<=\d)-(?=[A-Z]{1,5}/)", symbol.replace("–", "-")))
