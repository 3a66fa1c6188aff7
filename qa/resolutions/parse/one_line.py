"""A resolution that a page or a form has put on one line, divided into its paragraphs again."""

import re
from collections.abc import Iterator, Sequence

from qa.resolutions.parse.lead_verbs import Opening, opening_of
from qa.resolutions.parse.line_patterns import OPENER
from qa.resolutions.parse.lines import Line

_LONG = 400  # characters from which a line that an organ opens holds more than its first paragraph
_OPENS = re.compile(rf"{OPENER.pattern}(?<=, )(?=[A-Z])")
_NEXT = re.compile(
    r"(?P<end>[,;:.]) (?=(?P<number>\d{1,3})\. [A-Z]|\((?:[a-z]{1,2}|[ivx]{1,5})\) [A-Z]|"
    r"(?P<closing>\d{1,5}(?:st|nd|rd|th) (?:plenary )?meeting\b)|(?P<word>[A-Z]))"
)


def divide_one_line(lines: Sequence[Line]) -> tuple[Line, ...]:
    """Return the lines, one that holds a whole text as a line for each paragraph.

    Paragraphs begin at numbers in sequence, at letters of items, and in the preamble, after a
    comma, at the words that open one.
    """
    divided: list[Line] = []
    for line in lines:
        opener = _OPENS.match(line.text) if len(line.text) >= _LONG else None
        if opener is None:
            divided.append(line)
        else:
            divided.append(_part(line, 0, opener.end()))
            divided += _paragraphs(line, opener.end())
    return tuple(divided)


def _paragraphs(line: Line, start: int) -> Iterator[Line]:
    text, number = line.text, 0
    for match in _NEXT.finditer(text, start):
        if match["number"]:
            if int(match["number"]) != number + 1:
                continue
            number += 1
        elif match["word"] and (number or not _opens_preamble(match["end"], text, match.end())):
            continue
        yield _part(line, start, match.end())
        start = match.end()
    yield _part(line, start, len(text))


def _opens_preamble(stop: str, text: str, start: int) -> bool:
    """Return whether a preambular paragraph begins at `start`, after a comma."""
    end = text.find(", ", start)
    words = text[start : end + 1 if end > 0 else start + 80]
    return stop == "," and opening_of(words) is Opening.PREAMBULAR


def _part(line: Line, start: int, end: int) -> Line:
    text = line.text[start:end].rstrip()
    return Line(text, line.start + start, line.start + start + len(text))
