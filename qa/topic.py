"""What a question is about: its frame taken off, its words put as resolutions print them."""

import re
from functools import cache

from qa.phrases import rules
from qa.resolutions.cite.symbols import DATE, SymbolFound
from qa.resolutions.tables.load import rows
from qa.resolutions.text import squeeze


def topic_of(text: str, found: tuple[SymbolFound, ...] = ()) -> str:
    """Return the words of a question that say what it is about: its frame and symbols taken out."""
    pieces: list[str] = []
    at = 0
    for one in found:
        pieces.append(text[at : one.start])
        at = one.end
    pieces.append(text[at:])
    if found:
        pieces = [re.sub(rf"\b(?:of |on )?{DATE}", " ", one) for one in pieces]
    rest = rules("cue")["wants_source"].sub(" ", " ".join(pieces))
    return squeeze(re.sub(r"[?!¿¡\"]", " ", rules("frame")["frame"].sub(" ", rest)))


def expand(text: str) -> str:
    """Return `text` with short names and everyday words in the words that resolutions print.

    The tables are tables/acronyms.tsv and tables/everyday.tsv.
    """
    pattern, printed = _expansions()

    def swap(match: re.Match[str]) -> str:
        return printed.get(match[0]) or printed.get(match[0].lower()) or match[0]

    return pattern.sub(swap, text)


def expansions(text: str) -> tuple[str, ...]:
    """Return the printed words that stand for short names and everyday words of `text`."""
    pattern, printed = _expansions()
    found = (
        printed.get(match[0]) or printed.get(match[0].lower()) for match in pattern.finditer(text)
    )
    return tuple(dict.fromkeys(words for words in found if words))


def expanded_phrases(text: str) -> tuple[str, ...]:
    """Return the short names and everyday words of `text` that the tables know."""
    pattern, _ = _expansions()
    return tuple(dict.fromkeys(match[0] for match in pattern.finditer(text)))


@cache
def _expansions() -> tuple[re.Pattern[str], dict[str, str]]:
    printed = {row["short"]: row["full"] for row in rows("acronyms")}
    short = sorted(printed, key=len, reverse=True)
    everyday = {
        form.lower(): row["printed"]
        for row in rows("everyday")
        for form in row["everyday"].split("|")
    }
    forms = sorted(everyday, key=len, reverse=True)
    pattern = re.compile(
        rf"\b(?:{'|'.join(map(re.escape, short))})\b|"
        rf"(?i:\b(?:{'|'.join(map(re.escape, forms))})\b)"
    )
    return pattern, printed | everyday
