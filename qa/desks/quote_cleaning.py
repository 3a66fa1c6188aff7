"""What a careful quotation marks as its own is taken out: ellipses, brackets, emphasis, [sic]."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, product

from qa.desks.word_tokens import WordTokens, tokenize_words

_ELLIPSIS = re.compile(r"[\[(]\s*(?:\.(?:\s?\.){2,3}|\u2026)\s*[\])]|\.(?:\s?\.){2,}|\u2026")
_NOTES_OF_QUOTER = re.compile(
    r"[\[(]\s*(?:(?:my|our|original|no)\s+)?(?:emphasis|italics|bold|underlin\w+|stress|footnotes?|"
    r"citations?|references?|notes?)\s*(?:in\s+(?:the\s+)?original|added|mine|ours|supplied|"
    r"omitted)?[^\])]{0,40}[\])]|\[\s*sic!?\s*\]|\(\s*sic!?\s*\)",
    re.I,
)
_LETTER = re.compile(r"\[(\w)\](?=\w)")
_NOTE_MARK = re.compile(r"[\u00b9\u00b2\u00b3\u2070-\u2079]+|\[\d{1,3}\]|(?<=[a-z,;.])\[[a-z]\]")
_INSERTED = re.compile(r"\[[^\[\]]{1,120}\]")
_TAGS = re.compile(r"<[^<>]{1,200}>")
_MARKDOWN = re.compile(r"\*{1,3}|(?<!\w)_{1,2}|_{1,2}(?!\w)|~~|`")
_BLOCK_MARK = re.compile(r"^[ \t]*(?:>[ \t]?)+", re.M)
_BROKEN = re.compile(r"(?<=[a-z])-[ \t]*\n[ \t]*(?=[a-z])")
_ITEM = re.compile(
    r"(?:(?<=[:;,.\n])|(?<=\band)|(?<=\bor)|^)\s*\(?(?:[a-z]{1,2}|[ivx]{1,5}|\d{1,3})\)\s+"
)
_NUMBER = re.compile(r"(?:^|(?<=[;.]\s)|(?<=\n))\s*\d{1,3}\.\s+(?=[A-Z\[])")
_MOST_HYPHENS = 3  # at ends of lines, of which each way of reading is tried


@dataclass(frozen=True, slots=True)
class CleanQuote:
    """A quotation as pieces between what it leaves out or puts in."""

    pieces: tuple[WordTokens, ...]
    is_marked: bool  # it leaves out, puts in or emphasises, and says so

    @property
    def whole(self) -> WordTokens:
        """All words that it gives as those of the document."""
        return tokenize_words(" ".join(piece.text for piece in self.pieces))

    @property
    def size(self) -> int:
        """How many words it gives."""
        return sum(map(len, self.pieces))


def readings_of(quoted: str) -> tuple[CleanQuote, ...]:
    """Return a quotation in its readings: with the marks of items that it may have, and without.

    A hyphen at the end of a line belongs to the word, or is there for the line only.
    """
    readings: dict[CleanQuote, None] = {}
    for text in _joined_lines(_BLOCK_MARK.sub("", quoted) if ">" in quoted else quoted):
        readings[clean_quote(text)] = None
        if ")" in text:
            readings[clean_quote(text, with_items=False)] = None
        if _NUMBER.search(text, 1):
            readings[clean_quote(text, with_numbers=True)] = None
    return tuple(readings)


def _joined_lines(quoted: str) -> Iterator[str]:
    """Yield a text with each hyphen at the end of a line left out, then with each of them kept."""
    text = quoted.replace("\u00ad", "")
    pieces = _BROKEN.split(text)
    free = min(len(pieces) - 1, _MOST_HYPHENS)
    rest = ("",) * (len(pieces) - 1 - free)
    for hyphens in product(("", "-"), repeat=free):
        yield "".join(chain.from_iterable(zip(pieces, (*hyphens, *rest, ""), strict=True)))


def clean_quote(quoted: str, *, with_items: bool = True, with_numbers: bool = False) -> CleanQuote:
    """Return what a quotation gives as words of a document.

    Args:
        quoted: without its quotation marks.
        with_items: keep "(a)" where a paragraph may begin with it.
        with_numbers: keep "3." where a paragraph may begin with it, but for the first.
    """
    text = _TAGS.sub(" ", quoted) if "<" in quoted else quoted
    text, of_quoter = _NOTES_OF_QUOTER.subn(" ", text)
    text, letters = _LETTER.subn(r"\1", text)
    text = _NOTE_MARK.sub("", text)
    text, emphasised = _MARKDOWN.subn("", text)
    text = _NUMBER.sub(" ", text, count=int(with_numbers))
    if not with_items:
        text = _ITEM.sub(" ", text)
    text, cuts = _ELLIPSIS.subn("\x00", text)
    text, inserted = _INSERTED.subn("\x00", text)
    pieces = [tokenize_words(_edges(piece)) for piece in text.split("\x00")]
    return CleanQuote(
        pieces=tuple(piece for piece in pieces if len(piece)),
        is_marked=bool(of_quoter or letters or emphasised or cuts or inserted),
    )


def _edges(piece: str) -> str:
    return piece.strip(" \t\n.,;:\"'\u201c\u201d\u2018\u2019\u00ab\u00bb")
