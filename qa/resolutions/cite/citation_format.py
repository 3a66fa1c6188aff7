"""Canonical symbols and labels as a reader wants to see them, and the links to the documents."""

import re

from qa.resolutions.cite.numbers import ordinal
from qa.resolutions.cite.symbols import without_part
from qa.resolutions.model import Kind

LANGUAGES = ("ar", "zh", "en", "fr", "ru", "es")
_HOST = "https://docs.un.org"
_LIBRARY = "https://digitallibrary.un.org/search"
_PLACE = re.compile(
    r"(?P<section>(?:draft (?:[IVXLC]+ )?)?(?:sect\. \S+ )?)(?P<kind>OP|PP|FN)(?P<number>\d+)"
    r"(?P<path>.*)"
)
# A blank before the name of a unit that a larger one holds: "annex I para. 2".
_UNIT_INSIDE = re.compile(
    r" (?=(?:para|art|sect|chap)\. |"
    r"(?:rule|regulation|principle|guideline|action|objective|part) )"
)


def spaced_symbol(symbol: str) -> str:
    """Return a symbol as the United Nations prints it: "S/RES/1325 (2000)", "A/RES/37/100 A"."""
    spaced = re.sub(r"(?<=\d)\(", " (", symbol)
    return re.sub(r"\[([A-Z])\]$", r" \1", spaced)


def citation(symbol: str, label: str, kind: Kind, *, is_numbered: bool = True) -> str:
    """Return the citation of a paragraph, "A/RES/61/181, para. 6".

    Source: the United Nations cites operative paragraphs as "para. 6" and preambular ones by their
    ordinal, as in "the sixth preambular paragraph of resolution 69/321".
    """
    return f"{spaced_symbol(symbol)}, {place(label, kind, is_numbered=is_numbered)}"


def place(label: str, kind: Kind, *, is_numbered: bool = True) -> str:
    """Return a label in words: "para. 6", "third preambular paragraph", "annex I, para. 2"."""
    match = _PLACE.fullmatch(label)
    if not match:
        return _UNIT_INSIDE.sub(", ", label)
    section = _UNIT_INSIDE.sub(", ", match["section"]).strip() + ", " if match["section"] else ""
    number, path = match["number"], match["path"].replace("(", " (", 1) if match["path"] else ""
    if kind is Kind.PREAMBULAR:
        return f"{section}{ordinal(int(number))} preambular paragraph{path}"
    if kind is Kind.NOTE:
        return f"{section}note {number}"
    if not is_numbered:
        return f"{section}sole operative paragraph{path}"
    return f"{section}para. {number}{path}"


def link(symbol: str, language: str = "en") -> str:
    """Return the address of the official document.

    Source: docs.un.org keeps slashes and brackets and drops blanks; part A of a text and the parts
    of texts before 1976 stand under the bare symbol, later parts carry their letter unseparated.
    """
    bare = without_part(symbol)
    part = symbol[len(bare) + 1 : -1]
    suffix = part if part not in ("", "A") and ")" not in bare else ""
    return f"{_HOST}/{language}/{bare}{suffix}"


def record_link(symbol: str) -> str:
    """Return the search in the UN Digital Library for the record of a document, with its vote."""
    return f"{_LIBRARY}?p=%22{without_part(symbol)}%22"
