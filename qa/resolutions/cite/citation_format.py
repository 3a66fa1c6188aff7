"""Canonical symbols and labels as a reader wants to see them, and the links to the documents."""

import re
from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from qa.resolutions.cite.numbers import ordinal
from qa.resolutions.cite.symbols import without_part
from qa.resolutions.model import Kind

LANGUAGES = ("ar", "zh", "en", "fr", "ru", "es")
_HOST = "https://docs.un.org"
_LIBRARY = "https://digitallibrary.un.org/search"


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
    match = re.fullmatch(
        r"(?P<section>sect\. \w+ )?(?P<kind>OP|PP|FN)(?P<number>\d+)(?P<path>.*)", label
    )
    if not match:
        return re.sub(r" (?=(?:para|art|sect|chap)\. |(?:rule|principle|part) )", ", ", label)
    section = f"{match['section'].strip()}, " if match["section"] else ""
    number, path = match["number"], match["path"].replace("(", " (", 1) if match["path"] else ""
    if kind is Kind.PREAMBULAR:
        return f"{section}{ordinal(int(number))} preambular paragraph{path}"
    if kind is Kind.NOTE:
        return f"{section}note {number}"
    if not is_numbered:
        return f"{section}sole operative paragraph{path}"
    return f"{section}para. {number}{path}"


class Labelled(NamedTuple):
    """What the place of a paragraph is written from."""

    label: str
    kind: Kind
    is_numbered: bool


def places_of(parts: Sequence[Labelled]) -> tuple[str, ...]:
    """Return the place of each paragraph of one document in words, no two alike.

    A paragraph without a number is cited by its place among those without one: "fourth paragraph",
    "second unnumbered paragraph" where others have numbers. A number that is printed twice is
    "para. 1 (second so numbered)".
    """
    tops = [_TOP.fullmatch(part.label) for part in parts]
    unnumbered: dict[str, list[str]] = {}
    numbered: dict[str, list[str]] = {}
    for part, top in zip(parts, tops, strict=True):
        if top and part.kind not in _BY_KIND:
            series = numbered if part.is_numbered else unnumbered
            key = top["prefix"] + top["core"] if part.is_numbered else top["prefix"]
            labels = series.setdefault(key, [])
            if top["top"] not in labels:
                labels.append(top["top"])
    has_numbers = {_prefix(key) for key in numbered}
    return tuple(
        _place_among(part, top, unnumbered, numbered, has_numbers)
        for part, top in zip(parts, tops, strict=True)
    )


_BY_KIND = (Kind.PREAMBULAR, Kind.NOTE)
_TOP = re.compile(
    r"(?P<top>(?P<prefix>.*?)(?P<core>OP\d+|text \d+|para\. \d+|art\. \d+(?:\(\d+\))?)"
    r"(?: \[\d+\])?)(?P<path>.*)"
)
_AGAIN = re.compile(r"\((?P<what>[a-z]+)\) \[(?P<times>\d+)\]")


def is_ambiguous(label: str) -> bool:
    """Return whether a label cannot be written as a place without the others of its document."""
    return "]" in label or label.endswith("(end)")


def namesake_of(label: str) -> str:
    """Return the label of the next paragraph with the same number: "OP1 [2]" for "OP1(a)"."""
    top = _TOP.fullmatch(label)
    return f"{top['top']} [2]" if top else ""


def _prefix(key: str) -> str:
    match = _TOP.fullmatch(key)
    return match["prefix"] if match else key


def _place_among(
    part: Labelled,
    top: re.Match[str] | None,
    unnumbered: Mapping[str, list[str]],
    numbered: Mapping[str, list[str]],
    has_numbers: Collection[str],
) -> str:
    """Return the place of one paragraph among those of its document."""
    if top is None or part.kind in _BY_KIND:
        return _readable(place(part.label, part.kind, is_numbered=True))
    path = top["path"].replace("(", " (", 1) if top["path"] else ""
    if part.is_numbered:
        same = numbered[top["prefix"] + top["core"]]
        words = place(top["prefix"] + top["core"], part.kind)
        if len(same) > 1:
            words += f" ({ordinal(same.index(top['top']) + 1)} so numbered)"
        return _readable(words + path)
    same = unnumbered[top["prefix"]]
    prefix = f"{top['prefix'].strip()}, " if top["prefix"] else ""
    which = "sole" if len(same) == 1 else ordinal(same.index(top["top"]) + 1)
    if top["prefix"] in has_numbers:
        which += " unnumbered"
    elif len(same) == 1 and part.kind is Kind.OPERATIVE:
        which += " operative"
    return _readable(f"{prefix}{which} paragraph{path}")


def _readable(words: str) -> str:
    """Return a place with what has no number of its own in words: "(end) [2]"."""
    words = _AGAIN.sub(r"(\g<what> \g<times>)", words)
    return re.sub(r"\(end(?= |\))", "(closing words", words)


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
