"""The text parser against paragraphs that another team labelled."""

import json
import re
import tarfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from qa.errors import UnreadableFileError
from qa.resolutions.document import Document
from qa.resolutions.model import Kind, Resolution, Source
from qa.resolutions.parse.line_patterns import CLOSING
from qa.resolutions.parse.parse_document import parse_document

Label = dict[str, Any]  # one paragraph: text, type, paragraph_type, prefix, paragraph_level, …
_SERIES = ("A_RES", "S_RES", "E_RES", "A_HRC_RES")
_TOP_LEVEL = re.compile(r"(\d{1,4})\.")
_NO_LETTER = re.compile(r"[\u200b-\u200f\s]+")
_TEXT = re.compile(r"[\W_\u02bc]+")  # and an apostrophe that counts as a letter
_OPENER = re.compile(r"[\"“']?The [\w ]+,?")


@dataclass(slots=True)
class LabelCounts:
    """What was counted over all documents."""

    documents: int = 0
    same_numbers: int = 0
    paragraphs: int = 0
    matched: int = 0
    confusion: Counter[tuple[str, str]] = field(default_factory=Counter)
    in_text: Counter[tuple[str, str]] = field(default_factory=Counter)
    supported: Counter[tuple[str, str]] = field(default_factory=Counter)
    misses: list[tuple[str, str, str]] = field(default_factory=list)


def macro_f1(confusion: Counter[tuple[str, str]]) -> float:
    """Return the mean of the F1 of preambular and operative, of (label, ours) pairs."""
    scores = []
    for kind in ("preambular", "operative"):
        hit = confusion[kind, kind]
        given = sum(count for (_, ours), count in confusion.items() if ours == kind)
        true = sum(count for (label, _), count in confusion.items() if label == kind)
        scores.append(2 * hit / (given + true) if given + true else 0.0)
    return sum(scores) / 2


def documents(archive: Path) -> Iterator[tuple[str, list[Label]]]:
    """Yield the name and the labelled paragraphs of each document of the four bodies."""
    with tarfile.open(archive) as packed:
        for member in packed:
            name = member.name.rsplit("/", 1)[-1].removesuffix(".json")
            stream = packed.extractfile(member) if name.startswith(_SERIES) else None
            if stream:
                yield name, json.load(stream)


def as_text(labelled: Sequence[Label]) -> str:
    """Return a labelled document in the form of a text: tab, number, tab, text."""
    lines = []
    for label in labelled:
        text, prefix = label["text"] or "", (label["prefix"] or "").strip()
        if label["type"] == "paragraph":
            text = " ".join(text.split("\n"))
            lines.append(f"\t{prefix}\t{text}" if prefix else f"\t{text}")
        elif label["type"] == "heading":
            lines.append(f"{prefix}\t{text}" if prefix else text)
        elif label["type"] in ("frontmatter", "title") or CLOSING.fullmatch(text.split("\n")[0]):
            lines.append(text)  # the rest of the back matter is not labelled: annexes, other texts
    return "\n".join(lines)


def measure(named: Iterator[tuple[str, list[Label]]]) -> LabelCounts:
    """Parse each document from its text and compare it with its labels."""
    tally = LabelCounts()
    for name, labelled in named:
        _compare(name, labelled, tally)
    return tally


def _compare(name: str, labelled: list[Label], tally: LabelCounts) -> None:
    paragraphs = [label for label in labelled if label["type"] == "paragraph"]
    true = Counter(
        int(match[1])
        for label in paragraphs
        if (match := _TOP_LEVEL.fullmatch(_NO_LETTER.sub("", label["prefix"] or "")))
    )
    resolutions = _parse(name, as_text(labelled), tally)
    parsed = [paragraph for resolution in resolutions for paragraph in resolution.paragraphs]
    named = [  # a part is also filed under its bare number
        resolution
        for resolution in resolutions
        if letters(name) in (letters(resolution.symbol), letters(resolution.symbol.split("[")[0]))
    ]
    ours = Counter(
        paragraph.number
        for resolution in named or resolutions
        for paragraph in resolution.paragraphs
        if paragraph.number is not None
        and paragraph.depth == 0
        and paragraph.kind in (Kind.OPERATIVE, Kind.ANNEX)
    )
    if true:
        tally.documents += 1
        tally.same_numbers += true == ours
        if true != ours:
            tally.misses.append((name, "numbers", f"-{dict(true - ours)} +{dict(ours - true)}"))
    kinds: dict[str, list[str]] = {}
    for paragraph in parsed:
        kinds.setdefault(letters(paragraph.text), []).append(paragraph.kind.value)
    is_numbered = False
    for label in paragraphs:
        is_numbered = is_numbered or label.get("paragraph_level") == 1
        _compare_one(name, label, kinds, tally, is_supported=_is_supported(label, is_numbered))


def _is_supported(label: Label, is_numbered: bool) -> bool:
    """Return whether the verb and the position of a paragraph support its label.

    The labels follow the number alone: a paragraph without one is preambular, and an item has the
    kind of the paragraph above it. So a lone operative paragraph, which has no number by the
    Editorial Manual, is labelled preambular although the same labels name its operative verb; and
    so are text that resumes after a list and the rest of the list. Supported are numbered
    paragraphs, and unnumbered ones before the first number or with a preambular verb, unless they
    open with an operative verb.
    """
    level, verb = label.get("paragraph_level"), label.get("action_verb_type")
    if label["paragraph_type"] == "operative":
        return level == 1
    return level is None and verb != "operative" and (verb == "preambular" or not is_numbered)


def _compare_one(
    name: str,
    label: Label,
    kinds: dict[str, list[str]],
    tally: LabelCounts,
    *,
    is_supported: bool,
) -> None:
    """Look for one labelled paragraph among ours, and compare what it is called."""
    text, true = label["text"] or "", label["paragraph_type"]
    if not letters(text) or _OPENER.fullmatch(text.strip()):
        return
    tally.paragraphs += 1
    matches = kinds.get(letters(text))
    if not matches:
        tally.misses.append((name, "text", f"{label['prefix']} {text[:90]}"))
        return
    tally.matched += 1
    kind = matches.pop(0) if len(matches) > 1 else matches[0]
    if true:
        ours = "operative" if kind == "annex" else kind
        tally.confusion[true, ours] += 1
        if kind in ("preambular", "operative"):
            tally.in_text[true, kind] += 1
            tally.supported[true, kind] += is_supported
        if ours != true:
            tally.misses.append((name, f"{true}→{ours}", text[:90]))


def _parse(name: str, text: str, tally: LabelCounts) -> tuple[Resolution, ...]:
    """Return the resolutions of a document: a page of a volume may hold several."""
    try:
        return parse_document(Document(text=text), Source(file=f"{name}.txt", sha256=""))
    except UnreadableFileError as error:
        tally.misses.append((name, "unread", str(error)))
        return ()


def letters(text: str) -> str:
    """Return the letters and digits of a text, in lower case."""
    return _TEXT.sub("", text).lower()
