"""Parts of a document as people type them: "annex II", "sect. 3", "article 12 (1)".

They name where a paragraph is looked for, or a place by themselves. The written form is that of our
labels: "annex II", "sect. III", "art. 12(1)".
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from qa.resolutions.cite.number_lists import NUMBERS, read_numbers, read_numerals
from qa.resolutions.cite.numbers import roman_number

_NUMERAL = r"(?P<{0}>(?:[IVXLC]+|\d{{1,3}}|[A-Z])(?:\.[A-Z])?)(?![\w/])"
# More of one level: "annexes I and II", "sections I to III".
_LISTED = r"(?:(?:\s?[-\u2013]\s?|\s(?:and|to|et|y|und|и)\s)(?-i:[IVXLC]+|\d{1,3}|[A-Z])(?![\w/]))*"
_AND = re.compile(r"\s(?:et|y|und|и)\s", re.IGNORECASE)
_NAMES = {
    "annex": r"annex(?:e|es)?|anexo|anlage|anhang|allegato|приложени[ея]|附件|المرفق",
    "appendix": r"appendix|appendices|appendice|apéndice|добавлени[ея]|附录",
    "attachment": r"attachments?",
    "enclosure": r"enclosures?",
    "part": r"parts?|partie|parte|teil|часть",
    "chap.": r"chap(?:ter|itre)?s?|capítulo|capitolo|kapitel|глава",
    "sect.": r"sect(?:ion|s)?s?|secs?|sección|secc|sezione|abschnitt|раздел",
    "principle": r"principles?|principe|principio|prinzip",
    "guideline": r"guidelines?",
    "regulation": r"regulations?",
    "action": r"actions?",
    "objective": r"objectives?",
    "rule": r"rules?|règle|regla|regel|правило",
    "art.": r"art(?:icle|ículo|icolo|ikel|igo)?s?|стать[яи]|ст|المادة",
}
_ALONE = ("annex", "appendix", "attachment", "enclosure")  # need no number
_NUMBERED = ("principle", "guideline", "regulation", "action", "objective", "rule", "art.")
_MARK = r"\s?\((?:\d{1,2}|[a-z]{1,2}|[ivx]{1,5}|bullet \d{1,2}|closing words|end)\)"
_SUB = rf"(?:\s?\((?:\d{{1,2}}|bullet \d|closing words|end)\)(?:{_MARK})*)?"
_BELOW = re.compile(
    rf"\s?\((?:\d{{1,2}}|bullet \d|closing words|end)\)(?:{_MARK})*$", re.IGNORECASE
)
_UNIT = re.compile(
    "|".join(
        rf"(?<!\w)(?P<u{index}>{words})(?!\w)\.?"
        + (
            rf"\s*(?P<n{index}>{NUMBERS}{_SUB})"
            if name in _NUMBERED
            else rf"(?:\s+{_NUMERAL.format(f'n{index}')}(?P<l{index}>{_LISTED}))"
            + ("?" if name in _ALONE else "")
        )
        for index, (name, words) in enumerate(_NAMES.items())
    )
    + r"|第\s*(?P<han>\d{1,3})\s*条",
    re.IGNORECASE,
)
_RANK = {name: rank for rank, name in enumerate(_NAMES)}


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitMatch:
    """One or several units of one level, "annex II", "arts. 12 and 13"."""

    units: tuple[str, ...]
    start: int
    end: int


def find_units(text: str) -> Iterator[UnitMatch]:
    """Yield the parts of a document that `text` names, in order."""
    for match in _UNIT.finditer(text):
        if match["han"]:
            yield UnitMatch(
                units=(f"art. {match['han']}",), start=match.start(), end=match.end("han") + 1
            )
            continue
        index, name = next((index, name) for index, name in enumerate(_NAMES) if match[f"u{index}"])
        printed = match[f"n{index}"] or ""
        below = _BELOW.search(printed)
        sub = _written(below[0]) if below else ""
        numbers = read_numbers(printed[: below.start()] if below else printed)
        values = tuple(f"{number}{path}{sub}" for number, path in numbers)
        if name not in _NUMBERED:
            listed = match[f"l{index}"]
            more = read_numerals(_AND.sub(" and ", printed.upper() + listed)) if listed else ()
            values = tuple(more) or (printed.upper(),)
        units = tuple(f"{name} {value}".strip() for value in values)
        yield UnitMatch(units=units, start=match.start(), end=match.end())


def _written(printed: str) -> str:
    """Return the items below an article as labels write them: "(3)(end)"."""
    marks = re.findall(r"\(([^()]+)\)", printed.lower())
    return "".join(f"({'end' if mark == 'closing words' else mark})" for mark in marks)


def rank(unit: str) -> int:
    """Return the level of a unit, 0 for the coarsest."""
    return _RANK[unit.partition(" ")[0]]


def units_of(label: str) -> tuple[str, ...]:
    """Return the units that a label opens with: "annex II", "art. 11(1)"."""
    return tuple(match[0].strip() for match in _IN_LABEL.finditer(label))


_IN_LABELS = "|".join(rf"\b{re.escape(name)}(?!\w)" for name in _NAMES)
_IN_LABEL = re.compile(
    rf"(?:{_IN_LABELS})(?: (?!(?:{_IN_LABELS}|text\b|para\.)|OP|PP|FN|\[)"
    r"\S+?(?:\(bullet \d+\)|\(\w+\))*(?=\s|$))?"
)


def is_same_unit(asked: str, printed: str) -> bool:
    """Return whether a unit that is asked for is the printed one, or one that holds it.

    "annex" is any annex, "sect. 3" is "sect. III", and "art. 11" holds "art. 11(1)".
    """
    name, _, value = asked.partition(" ")
    other, _, numeral = printed.partition(" ")
    if name != other or not value or value == numeral:
        return name == other
    if numeral.startswith((f"{value}(", f"{value}.")):
        return True
    return bool(numeral) and _value(value) == _value(numeral) != 0


def _value(numeral: str) -> int:
    return int(numeral) if numeral.isdecimal() else roman_number(numeral)


def is_article(unit: str) -> bool:
    """Return whether a unit is an article, a rule or the like, whose paragraphs hang on it."""
    return unit.startswith(_NUMBERED)


def is_in_annex(units: Iterable[str]) -> bool:
    """Return whether units are those of an annex, or of a text that only an annex can hold."""
    return any(not unit.startswith(("sect.", "part")) for unit in units)
