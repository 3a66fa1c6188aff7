"""Quotations in a text: by every form of quotation marks, as blocks, in tables."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from qa.time_budget import check_time

_LONGEST = 200_000  # characters of one quotation: an opening mark without its end is none
_CLOSERS = {
    "\u201c": "\u201d",
    "\u201e": "\u201c\u201d",
    "\u00ab": "\u00bb",
    "\u2018": "\u2019",
    "\u300c": "\u300d",
    "\u2039": "\u203a",
}
_OPENERS = frozenset(_CLOSERS)
_MARK = re.compile(
    "[\"\u201c\u201d\u201e\u00ab\u00bb\u2018\u2019\u300c\u300d\u2039\u203a]|(?<![\\w])'(?=\\w)|'(?!\\w)|``|''"
)
_TAG = re.compile(r"<(?P<end>/?)(?P<tag>q|blockquote)\b[^<>]*>", re.I)
_MOST_MARKS = 500  # marks of one kind inside a quotation: with more they do not belong together
# A line without its own mark goes on with a sentence that the line before does not end.
_BLOCK = re.compile(
    r"(?:^[ \t]*>[^\n]*(?:\n|\Z)(?:(?<=[\w,-]\n)[ \t]*(?:[a-z]|\d+ )[^\n]*(?:\n|\Z))*)+", re.M
)
_WORD = re.compile(r"\w")
_ENDS = re.compile(r"\W*\Z|[\s.,;]*[(\[\u2014\u2013-]")  # after a quotation: nothing, or its source
_SINGLES = frozenset("'\u2018")
_MIN_SINGLE_WORDS = 4  # in single marks: fewer are apostrophes and words in a special sense
_HIDDEN = "\ue000"  # in the place of quoted characters


@dataclass(frozen=True, slots=True)
class FoundQuotation:
    """A quotation in a text: `start` and `end` with its marks, `inner` without."""

    start: int
    end: int
    inner_start: int
    inner_end: int

    def words_in(self, text: str) -> str:
        """Return the quoted text without its marks."""
        return text[self.inner_start : self.inner_end]


def find_quotations(text: str) -> tuple[FoundQuotation, ...]:
    """Return the outermost quotations of a text, in order; what is nested belongs to its outer."""
    blocks = sorted((*_html(text), *_blocks(text)), key=lambda quotation: quotation.start)
    found: list[FoundQuotation] = []
    position = 0
    for block in blocks:
        if block.start < position:
            continue
        found += _marked(text, position, block.start)
        found.append(block)
        position = block.end
    found += _marked(text, position, len(text))
    return tuple(found)


def hide_quotations(text: str, quotations: tuple[FoundQuotation, ...]) -> str:
    """Return `text` with the quoted characters hidden; all offsets stay as they are."""
    pieces, position = [], 0
    for quotation in quotations:
        pieces += [text[position : quotation.start], _HIDDEN * (quotation.end - quotation.start)]
        position = quotation.end
    return "".join((*pieces, text[position:]))


def _html(text: str) -> Iterator[FoundQuotation]:
    if "</" not in text:
        return
    opening: re.Match[str] | None = None
    for tag in _TAG.finditer(text):
        if opening is None:
            opening = None if tag["end"] else tag
        elif tag["end"] and tag["tag"].lower() == opening["tag"].lower():
            yield FoundQuotation(opening.start(), tag.end(), opening.end(), tag.start())
            opening = None


def _blocks(text: str) -> Iterator[FoundQuotation]:
    """Yield the lines that Markdown marks as quoted, without marks around the whole."""
    if ">" not in text:
        return
    for match in _BLOCK.finditer(text):
        start, end = match.start(), match.end()
        while start < end and text[start] in " \t>\n":
            start += 1
        while end > start and text[end - 1] in " \t\n":
            end -= 1
        inner = find_quotations(text[start:end]) if text[start:end].count("\n>") == 0 else ()
        if len(inner) == 1 and inner[0].start == 0 and _ENDS.match(text, start + inner[0].end, end):
            first = inner[0]
            yield FoundQuotation(
                start + first.start,
                start + first.end,
                start + first.inner_start,
                start + first.inner_end,
            )
        elif start < end and _WORD.search(text, start, end):
            yield FoundQuotation(start, end, start, end)


def _marked(text: str, start: int, end: int) -> Iterator[FoundQuotation]:
    """Yield what is between marks from `start` to `end`."""
    position = start
    while opening := _MARK.search(text, position, end):
        check_time()
        mark = opening[0]
        if not _opens(text, opening):
            position = opening.end()
            continue
        closing = _closing(text, opening, end)
        if closing is None:
            position = opening.end()
            continue
        inside = text[opening.end() : closing[0]]
        is_single = mark in _SINGLES
        if _WORD.search(inside) and (not is_single or len(inside.split()) >= _MIN_SINGLE_WORDS):
            yield FoundQuotation(opening.start(), closing[1], opening.end(), closing[0])
            position = closing[1]
        else:
            position = closing[1] if not is_single else opening.end()


def _opens(text: str, mark: re.Match[str]) -> bool:
    if mark[0] in _OPENERS or mark[0] == "``":
        return True
    if mark[0] not in "\"'":
        return False
    before = text[mark.start() - 1 : mark.start()]
    after = text[mark.end() : mark.end() + 1]
    return not before.isalnum() and bool(after) and not after.isspace()


def _closing(text: str, opening: re.Match[str], end: int) -> tuple[int, int] | None:
    """Return where the mark that ends a quotation begins and ends; nested marks are counted."""
    mark = opening[0]
    limit = min(end, opening.end() + _LONGEST)
    if mark in "\"'" or mark == "``":
        return _straight(text, opening, limit)
    closers = _CLOSERS[mark]
    if all(text.find(closer, opening.end(), limit) < 0 for closer in closers):
        return None
    depth, marks = 1, 0
    for match in _MARK.finditer(text, opening.end(), limit):
        marks += match[0] == mark or match[0] in closers
        if marks > _MOST_MARKS:
            break
        if match[0] == mark and mark not in closers:
            depth += not _continues(text, match.start())
        elif match[0] in closers and not _is_apostrophe(text, match.start()):
            depth -= 1
            if not depth:
                return match.start(), match.end()
    # Marks that do not balance: the first that can end it, in its own paragraph.
    last = text.find("\n\n", opening.end(), limit)
    for match in _MARK.finditer(text, opening.end(), last if last >= 0 else limit):
        if match[0] in closers and not _is_apostrophe(text, match.start()):
            return match.start(), match.end()
    return None


def _straight(text: str, opening: re.Match[str], limit: int) -> tuple[int, int] | None:
    """Return the straight mark that ends a quotation, in its own paragraph."""
    mark = "''" if opening[0] == "``" else opening[0]
    last = text.find("\n\n", opening.end(), limit)
    limit = limit if last < 0 else last
    position = opening.end()
    for _ in range(_MOST_MARKS):
        position = text.find(mark, position, limit)
        if position < 0:
            break
        after = position + len(mark)
        before = text[position - 1 : position]
        if not (text[after : after + 1].isalnum() or before in " \n("):
            return position, after
        position = after
    return None


def _continues(text: str, start: int) -> bool:
    """Return whether an opening mark only repeats that of the paragraph before."""
    before = text[max(0, start - 40) : start].rstrip(" \t0123456789.")
    return before.endswith("\n") or not before


def _is_apostrophe(text: str, position: int) -> bool:
    if text[position] != "\u2019":
        return False
    after = text[position + 1 : position + 2]
    before = text[position - 1 : position]
    return before.isalnum() and after.isalnum()
