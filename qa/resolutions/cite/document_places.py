"""The places of the paragraphs of one document: each is cited by one that no other has.

What is printed here, "fourth paragraph", "para. 1 (second so numbered)", is what `find_locators`
reads, and both are held against the same `DocumentPlace`.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from qa.resolutions.cite.citation_format import place
from qa.resolutions.cite.numbers import ordinal
from qa.resolutions.model import Kind

_BY_KIND = (Kind.PREAMBULAR, Kind.NOTE)
_TOP = re.compile(
    r"(?P<top>(?P<prefix>.*?)(?P<core>OP\d+|text \d+|para\. \d+|art\. \d+(?:\(\d+\))?)"
    r"(?: \[\d+\])?)(?P<path>.*)"
)
_AGAIN = re.compile(r"\((?P<what>[a-z]+)\) \[(?P<times>\d+)\]")


class Labelled(NamedTuple):
    """What the place of a paragraph is written from."""

    label: str
    kind: Kind
    is_numbered: bool


class DocumentPlace(NamedTuple):
    """The place of a paragraph among those of its document.

    `number` is printed, or counts the paragraphs without one in the same part; it is 0 for what
    is cited by its label alone, an article or a preambular paragraph.
    """

    label: str
    words: str  # as a citation prints it: "para. 6 (b)", "annex I, second paragraph"
    prefix: str = ""  # "annex I", "sect. III"
    number: int = 0
    is_numbered: bool = True
    times: int = 1  # which of those with this number
    path: str = ""  # "(b)(ii)"


def places_of(parts: Sequence[Labelled]) -> tuple[DocumentPlace, ...]:
    """Return the place of each paragraph of one document, no two in the same words.

    A paragraph without a number is cited by its place among those without one: "fourth paragraph",
    "second unnumbered paragraph" where others have numbers. A number that is printed twice is
    "para. 1 (second so numbered)".
    """
    tops = [_TOP.fullmatch(part.label) for part in parts]
    unnumbered: dict[str, list[str]] = {}
    numbered: dict[str, list[str]] = {}
    for part, top in zip(parts, tops, strict=True):
        if top and part.kind not in _BY_KIND:
            has_number = _has_number(part, top)
            series = numbered if has_number else unnumbered
            key = top["prefix"] + top["core"] if has_number else top["prefix"]
            labels = series.setdefault(key, [])
            if top["top"] not in labels:
                labels.append(top["top"])
    has_numbers = {_prefix(key) for key in numbered}
    return tuple(
        _place_among(part, top, unnumbered, numbered, has_numbers)
        for part, top in zip(parts, tops, strict=True)
    )


def is_ambiguous(label: str) -> bool:
    """Return whether a label cannot be written as a place without the others of its document."""
    return "]" in label or label.endswith("(end)")


def namesake_of(label: str) -> str:
    """Return the label of the next paragraph with the same number: "OP1 [2]" for "OP1(a)"."""
    top = _TOP.fullmatch(label)
    return f"{top['top']} [2]" if top else ""


def _has_number(part: Labelled, top: re.Match[str]) -> bool:
    """Return whether a paragraph is cited by a number: its own, or that of its article."""
    return part.is_numbered or top["core"].startswith("art.")


def _prefix(key: str) -> str:
    match = _TOP.fullmatch(key)
    return match["prefix"] if match else key


def _place_among(
    part: Labelled,
    top: re.Match[str] | None,
    unnumbered: Mapping[str, list[str]],
    numbered: Mapping[str, list[str]],
    has_numbers: Collection[str],
) -> DocumentPlace:
    """Return the place of one paragraph among those of its document."""
    if top is None or part.kind in _BY_KIND:
        return DocumentPlace(part.label, _readable(place(part.label, part.kind)))
    path = top["path"].replace("(", " (", 1) if top["path"] else ""
    if _has_number(part, top):
        same = numbered[top["prefix"] + top["core"]]
        times = same.index(top["top"]) + 1
        words = place(top["prefix"] + top["core"], part.kind)
        if len(same) > 1:
            words += f" ({ordinal(times)} so numbered)"
        elif part.kind is Kind.ANNEX:
            path = top["path"]
        number = int(re.findall(r"\d+", top["core"])[0])
    else:
        same = unnumbered[top["prefix"]]
        number, times = same.index(top["top"]) + 1, 1
        words = _unnumbered(part, top, len(same), number, has_numbers)
    return DocumentPlace(
        label=part.label,
        words=_readable(words + path),
        prefix=top["prefix"].strip(),
        number=0 if top["core"].startswith("art.") else number,
        is_numbered=_has_number(part, top),
        times=times,
        path=top["path"],
    )


def _unnumbered(
    part: Labelled, top: re.Match[str], count: int, number: int, has_numbers: Collection[str]
) -> str:
    """Return the words for a paragraph without a number, the `number`th of `count`."""
    prefix = f"{top['prefix'].strip()}, " if top["prefix"] else ""
    which = "sole" if count == 1 else ordinal(number)
    if top["prefix"] in has_numbers:
        which += " unnumbered"
    elif count == 1 and part.kind is Kind.OPERATIVE:
        which += " operative"
    return f"{prefix}{which} paragraph"


def _readable(words: str) -> str:
    """Return a place with what has no number of its own in words: "(end) [2]"."""
    words = _AGAIN.sub(r"(\g<what> \g<times>)", words)
    return re.sub(r"\(end(?= |\))", "(closing words", words)
