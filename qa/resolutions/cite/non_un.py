"""Citations of what has no symbol of the United Nations: treaties, decisions of other bodies."""

import re
from collections.abc import Iterator

from qa.resolutions.cite.number_lists import NUMBERS, read_numbers
from qa.resolutions.model import Cited

_TREATIES = re.compile(
    r"(?<!League of Nations, )Treaty Series,? (?:vols?\. [^;()]{1,80}?,? )?"
    rf"[Nn]os?\. ?(?P<numbers>{NUMBERS})"
)
# "decision X/29", "decision 1/CP.21", "decision BS-V/11": no organ of organs.tsv numbers like that.
_FOREIGN = re.compile(
    r"(?P<noun>[Dd]ecision|[Rr]esolution)s? "
    r"(?P<number>[IVX]{1,6}/\d{1,3}|\d{1,3}/[A-Z]{2,4}\.\d{1,3}|[A-Z]{2}-[IVX]{1,6}/\d{1,3})(?![\w/])"
)


def treaties(text: str) -> Iterator[Cited]:
    """Yield the treaties of the United Nations Treaty Series by their registration numbers."""
    for match in _TREATIES.finditer(text):
        for number, _ in read_numbers(match["numbers"]):
            yield Cited(symbol=f"UNTS {number}", start=match.start(), end=match.end())


_FOREIGN_NUMBER = re.compile(r"/(?:(?<=[IVX]/)\d|(?<=\d/)[A-Z]{2,4}\.\d)")


def foreign_decisions(text: str) -> Iterator[Cited]:
    """Yield decisions in numbering of other organizations, as printed and unresolved."""
    if not _FOREIGN_NUMBER.search(text):
        return
    for match in _FOREIGN.finditer(text):
        symbol = f"{match['noun'].lower()} {match['number']}"
        yield Cited(symbol=symbol, start=match.start("number"), end=match.end(), resolved=False)
