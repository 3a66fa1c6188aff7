"""Notes: their definitions at the foot, and their markers glued into the text.

A marker is removed only if the rules allow no other reading: it is one of the numbers defined
at the foot, first uses come in order, and a number is never harmed ("55/25", "2001", "COVID-19").
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from qa.resolutions.document import Definition
from qa.resolutions.model import NoteMark
from qa.resolutions.parse.lines import Line
from qa.resolutions.periods import DATE, MONTH, MONTHS

_DEFINITION = re.compile(r"\s*(?P<marker>[0-9]{1,3})[.)]?\s(?=\S)(?=[^A-Za-z\n]*[A-Za-z])")
_LONE_MARKER = re.compile(r"\s*[0-9]{1,3}\s*")
# Three digits at most, which are no part of a number, a date or a symbol: "55/25", "2001", "(3)".
_DIGITS = re.compile(r"[1-9](?<![0-9/(-].)[0-9]{0,2}(?![0-9/(-])")
_DATED = re.compile(rf"\s*{DATE}")
_NO_NOTES = re.compile(
    r"\b(?:G\d{1,2}|CO2|P5|E10|ES-\d+|H1N1|C24|[A-Z]{2,}-\d+|Rev\.\d|Add\.\d|Corr\.\d|Nos?\.\d+|[AESL]\.\d|"
    r"/[A-Za-z]{1,7}\.\d{1,3}|/\w+\(\d{4}\)\d+|\b[A-Z]\d{1,2})$"
)
_DATE_OR_SYMBOL_BEFORE = re.compile(
    rf"(?:{MONTH} \d{{4}}|\b(?:19|20)\d\d|\b\d{{1,4}}/\d{{1,4}}|\([IVXLC]+\))[,.;:]$"
)
# After these words and a blank a number is not a marker: "Article 2", "paragraph 3".
_COUNTED = re.compile(
    r"\b(?:Articles?|art\.|paragraphs?|paras?\.|sections?|sect\.|chapters?|chap\.|rules?|annex|"
    r"Nos?\.|vol\.|part|Supplement|Chapter|Rule|Annex|Part|agenda items?|items?|Group of|phase|of|"
    rf"and|to|or|the|in|by|on|at|from|between|than|until|least|{MONTH})\s$"
)
# Impossible numbers: a year of five digits, a resolution above 400, Agenda 217.
_IMPOSSIBLE = re.compile(r"\b(?:19|20)\d{3,4}$|/(?:[4-9]\d\d|\d{4,})$|^Agenda \d{3,}$")
# "August 19491": a year with the marker of a note that was used before.
_YEAR_WITH_MARK = re.compile(r"(?:19|20)\d\d(?P<mark>\d{1,2})(?=[\s,;:.]|$)")
_ORDINAL = re.compile(r"st\b|nd\b|rd\b|th\b")
_AFTER_MARKER = " ,;:.)]\"'?!\n\t"
_DECISION_REACH = 40
_SKIPPED = 0.3  # what it costs to pass over a note without a marker
Place = tuple[int, int]  # a passage and an offset in it


def read_definitions(
    foot: Sequence[Line], feet: Sequence[Sequence[Line]] = ()
) -> tuple[Definition, ...]:
    """Return the notes 1, 2, 3 … in order.

    Args:
        foot: the lines after the closing formula.
        feet: the notes of each page that has them at its foot; a volume may count on from 37.
    """
    definitions: list[Definition] = []
    for page in feet:
        definitions += _displaced(page, definitions) or _definitions(page, definitions)
    definitions += _definitions(foot, definitions)
    return tuple(definitions)


def _definitions(lines: Sequence[Line], before: Sequence[Definition]) -> list[Definition]:
    definitions: list[Definition] = []
    due = int(before[-1].marker) + 1 if before else None
    is_open = False
    for line in lines:
        match = _DEFINITION.match(line.text)
        if _DATED.match(line.text):
            is_open = False  # "1 May 2007" below the meeting is not a note
        elif match and due in (None, int(match["marker"])) and not line.is_furniture:
            definitions.append(_definition(match["marker"], line, match.end()))
            due, is_open = int(match["marker"]) + 1, True
        elif line.is_blank or line.is_furniture:
            is_open = False
        elif is_open:
            last = definitions[-1]
            end = line.start + len(line.text.rstrip())
            definitions[-1] = Definition(marker=last.marker, start=last.start, end=end)
    return definitions


def _displaced(page: Sequence[Line], before: Sequence[Definition]) -> list[Definition]:
    """Return the notes of a page whose markers the conversion put on lines of their own."""
    markers = [int(line.text) for line in page if _LONE_MARKER.fullmatch(line.text)]
    texts: list[Definition] = []
    is_finished = True
    for line in page:
        if line.is_blank or line.is_furniture:
            continue
        if not is_finished:
            texts[-1] = Definition(marker="", start=texts[-1].start, end=line.end)
        else:
            texts.append(_definition("", line, 0))
        is_finished = line.text.rstrip().endswith(".")
    due = int(before[-1].marker) + 1 if before else min(markers, default=1)
    numbers = range(due, due + len(texts))
    if not texts or not set(numbers) <= set(markers):
        return []
    return [
        Definition(marker=str(number), start=text.start, end=text.end)
        for number, text in zip(numbers, texts, strict=True)
    ]


def _definition(marker: str, line: Line, start: int) -> Definition:
    lead = start or len(line.text) - len(line.text.lstrip())
    return Definition(
        marker=marker, start=line.start + lead, end=line.start + len(line.text.rstrip())
    )


def find_marks(
    passages: Sequence[str], count: int, *, first: int = 1, is_loose: bool = False
) -> tuple[tuple[NoteMark, ...], ...]:
    """Return the note markers of each passage; positions refer to the unchanged passage.

    Args:
        passages: the paragraphs of one resolution, in order.
        count: how many notes are defined at its foot.
        first: number of the first of them.
        is_loose: a marker may stand after a blank, as in the text layer of a page.
    """
    if not count:
        return tuple(() for _ in passages)
    candidates = [
        candidate
        for index, passage in enumerate(passages)
        for candidate in _candidates(index, passage, is_loose=is_loose)
        if first <= candidate.number < first + count
    ]
    uses = _first_uses(candidates, first)
    repeated = {
        place: number
        for place, number in _years_with_marks(passages)
        if number in uses and place > uses[number]
    }
    places = dict(_glued(uses, passages, range(first, first + count)))
    places |= repeated | {place: number for number, place in uses.items()}
    for candidate in candidates:
        if (
            candidate.weight == _SURE
            and candidate.number in uses
            and uses[candidate.number] < candidate.place
        ):
            places.setdefault(candidate.place, candidate.number)
    marks_by_passage: list[list[NoteMark]] = [[] for _ in passages]
    for (index, position), number in sorted(places.items()):
        marks_by_passage[index].append(NoteMark(marker=str(number), position=position))
    return tuple(tuple(marks) for marks in marks_by_passage)


_AFTER_MONTH = tuple(f"{month} " for month in MONTHS)


def _years_with_marks(passages: Sequence[str]) -> Iterator[tuple[Place, int]]:
    for index, passage in enumerate(passages):
        for match in _YEAR_WITH_MARK.finditer(passage):
            if passage[: match.start()].endswith(_AFTER_MONTH):
                yield (index, match.start("mark")), int(match["mark"])


@dataclass(frozen=True, slots=True)
class _MarkerCandidate:
    place: Place
    number: int
    weight: float


_SURE, _LOOSE = 1.0, 0.6


def _candidates(index: int, passage: str, *, is_loose: bool) -> Iterator[_MarkerCandidate]:
    """Yield the digits of a passage that can be a marker, by the characters around them."""
    ended = -1  # where a marker ended: another may follow it, "thereto,1, 2"
    for match in _DIGITS.finditer(passage):
        start, end = match.span()
        if not start or not _may_end(passage, start, end):
            continue
        weight = _weight(passage, start, end, ended, is_loose=is_loose)
        if weight:
            ended = end
            yield _MarkerCandidate((index, start), int(match[0]), weight)


def _may_end(passage: str, start: int, end: int) -> bool:
    """Return whether a marker can end here: a blank or a stop follows, and no number goes on."""
    after = passage[end : end + 2]
    if after[:1] not in _AFTER_MARKER:
        # "Parties, 3and": the blank is before the marker.
        is_moved = passage[start - 1].isspace() and after[:1].islower()
        return is_moved and not _ORDINAL.match(passage, end)
    return not (after[:1] in ".," and after[1:].isdecimal())


def _weight(passage: str, start: int, end: int, ended: int, *, is_loose: bool) -> float:
    """Return how surely digits are a marker: 0 where they are none."""
    before, second = passage[start - 1], passage[start - 2 : start - 1]
    if before.isspace():
        return _weight_after_blank(passage, start, end, ended, is_loose=is_loose)
    if before in "\"'" and not second.strip():
        return 0.0  # a quotation opens: "25 by 2025"
    if before == "." and re.search(r"(?:\b[a-z]|[A-Z])\.$", passage[max(0, start - 4) : start]):
        return 0.0  # "sect. I.7", "10.b.2"
    if before in ",;:." and second.isdecimal():
        if _DATE_OR_SYMBOL_BEFORE.search(passage[max(0, start - 30) : start]):
            return _SURE
        return _LOOSE if before in ",;" and end - start < 3 else 0.0  # no decimal has a comma
    if before.isalpha() or before in ",;:.)]\"'":
        return 0.0 if _NO_NOTES.search(passage, max(0, start - 12), end) else _SURE
    return 0.0


def _weight_after_blank(passage: str, start: int, end: int, ended: int, *, is_loose: bool) -> float:
    """Return how surely digits after a blank are a marker."""
    if 0 <= ended == start - 2 and passage[start - 2] == ",":
        return _SURE  # "thereto,1, 2"
    if end == len(passage) and passage[start - 2] in ",;:.":
        return _LOOSE  # "; 3" ends a paragraph
    if passage[end : end + 1].islower():
        return _LOOSE
    if is_loose and not _COUNTED.search(passage[max(0, start - 16) : start]):
        return _LOOSE
    return 0.0


def _first_uses(candidates: Sequence[_MarkerCandidate], first: int) -> dict[int, Place]:
    """Return where each note is used first: the best chain in which numbers and places rise."""
    best: dict[int, float] = {}
    chains: dict[int, tuple[_MarkerCandidate, ...]] = {}
    for candidate in candidates:
        score = candidate.weight - _SKIPPED * (candidate.number - first)
        chain: tuple[_MarkerCandidate, ...] = ()
        for number, reached in best.items():
            gain = reached + candidate.weight - _SKIPPED * (candidate.number - number - 1)
            if number < candidate.number and gain > score:
                score, chain = gain, chains[number]
        if score > 0 and (candidate.number not in best or score > best[candidate.number]):
            best[candidate.number] = score
            chains[candidate.number] = (*chain, candidate)
    if not best:
        return {}
    ended = max(best, key=lambda number: (best[number], -number))
    return {candidate.number: candidate.place for candidate in chains[ended]}


def _glued(
    uses: dict[int, Place], passages: Sequence[str], numbers: range
) -> Iterator[tuple[Place, int]]:
    """Yield where a marker is glued to a number ("December 20222"); add it to the first uses."""
    for number in numbers:
        if number in uses or (number - 1 not in uses and number != numbers.start):
            continue
        after = uses.get(number - 1, (0, -1))
        later = [uses[later_number] for later_number in uses if later_number > number]
        places = _glued_places(passages, number, after, min(later, default=None))
        if places:
            uses[number] = places[0]
        yield from ((place, number) for place in places)


def _glued_places(
    passages: Sequence[str], number: int, after: Place, before: Place | None
) -> tuple[Place, ...]:
    """Return where `number` must end a number: the one place that can hold it between two others.

    An impossible number contains a marker wherever it is printed again.
    """
    glued = re.compile(
        rf"(?:\b{MONTH} \d{{4}}|\b(?:E?S-)?\d{{1,2}}/\d{{1,3}}|\b(?:19|20)\d\d(?:/\d{{1,2}})?"
        rf"|\bAgenda \d\d|\b[IVX]+/\d{{1,2}}|\b[A-Z]{{2,5}}\.\d{{1,2}}|\bCOVID-19){number}"
        r"(?=[\s,;:.]|$)"
    )
    may_be_glued = re.compile(rf"{number}(?<=\d{number})(?=[\s,;:.]|$)")  # most passages have none
    places = [
        ((index, match.end() - len(str(number))), match[0])
        for index in range(after[0], len(passages))
        if may_be_glued.search(passages[index])
        for match in glued.finditer(passages[index])
        if not _is_decision(passages[index], match)
    ]
    fitting = [place for place, _ in places if after < place and (not before or place < before)]
    impossible = tuple(place for place, whole in places if _IMPOSSIBLE.search(whole))
    if impossible and impossible[0] in fitting:
        return impossible
    return tuple(fitting) if len(fitting) == 1 else ()


def _is_decision(passage: str, match: re.Match[str]) -> bool:
    """Return whether a number is that of a decision: they run from 400 up, "decision 52/492"."""
    _, _, number = match[0].partition("/")
    before = passage[max(0, match.start() - _DECISION_REACH) : match.start()]
    return len(number) == 3 and number >= "400" and "decision" in before
