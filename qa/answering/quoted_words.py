"""The words of a quotation, and where a text has them."""

import re
from collections.abc import Iterator, Sequence

from qa.resolutions.model import Span
from qa.resolutions.text import fold, squeeze

MAX_QUOTE_CHARACTERS = 20_000
Words = Sequence[tuple[str, Span]]  # each with its place

_LEFT_OUT = re.compile(r"\[\s*(?:\.\.\.|…)\s*\]|\(\s*(?:\.\.\.|…)\s*\)|\.\.\.|…")
_WORD = re.compile(r"\w+(?:['-]\w+)*|[^\w\s]")
_QUOTED = "\"'“”‘’«» "
ENDS = ".,;: \"'"  # a quotation ends with its own


def pieces_of(text: str) -> list[str]:
    """Return the pieces between what the text leaves out, without quotation marks around it."""
    folded = squeeze(fold(text[:MAX_QUOTE_CHARACTERS]).text).strip(_QUOTED)
    folded = re.sub(r"\[(\w)\]", r"\1", folded)  # "[u]rges"
    folded = re.sub(r"^\d{1,3}\.\s+", "", folded)  # the number as printed
    pieces = (piece.strip(_QUOTED).rstrip(ENDS) for piece in _LEFT_OUT.split(folded))
    return [piece for piece in pieces if re.search(r"\w", piece)]


def words_in(text: str, *, plain: bool = False) -> Words:
    """Return words and marks; `plain` leaves out marks, and capitals."""
    words = [
        (match[0], Span(start=match.start(), end=match.end())) for match in _WORD.finditer(text)
    ]
    if not plain:
        return words
    return [(word.casefold(), span) for word, span in words if word[0].isalnum()]


def piece_words(pieces: Sequence[str], *, plain: bool) -> list[list[str]]:
    """Return the words of each piece."""
    return [[word for word, _ in words_in(piece, plain=plain)] for piece in pieces]


def find_pieces(pieces: Sequence[Sequence[str]], whole: Words) -> Iterator[Span]:
    """Yield the place of each piece, each after the one before; end at the first without one."""
    printed = [word for word, _ in whole]
    if sum(map(len, pieces)) > len(printed):
        return
    end = 0
    for wanted in pieces:
        start = _run(wanted, printed, end)
        if start is None:
            return
        end = start + len(wanted)
        yield Span(start=whole[start][1].start, end=whole[end - 1][1].end)


def _run(wanted: Sequence[str], words: Sequence[str], start: int) -> int | None:
    """Return where `words` has `wanted`, from `start` on; its first letter in either case."""
    if not wanted:
        return None
    first, rest = wanted[0], list(wanted[1:])
    openings = {first[0].upper() + first[1:], first[0].lower() + first[1:]}
    for position in range(start, len(words) - len(rest)):
        following = words[position + 1 : position + 1 + len(rest)]
        if words[position] in openings and list(following) == rest:
            return position
    return None
