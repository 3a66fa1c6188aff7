"""An edition of a text to be compared: a loaded document, or a draft from a file."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import chain
from pathlib import Path

import numpy as np
import numpy.typing as npt

from qa.corpus.corpus import Corpus
from qa.corpus.passages import Passage, passages_of
from qa.desks.draft_reader import read_draft_paragraphs
from qa.desks.text_files import read_brought_text
from qa.desks.word_tokens import WordTokens, tokenize_words
from qa.errors import InputError
from qa.indexing.reader_pool import read_files
from qa.indexing.writer import embedded_text
from qa.resolutions.model import Kind
from qa.resolutions.readers.files import ReadFile, SourceFile

Vectors = npt.NDArray[np.float32]
Encode = Callable[[Sequence[str]], Vectors]
_BREAK = re.compile(r"\n\s*\n|\n(?=\s*(?:\d{1,3}\.|\([a-z]{1,4}\))\s)")
_NUMBER = re.compile(r"\s*(?:(?P<number>\d{1,3})\.|(?P<item>\([a-z]{1,4}\)))\s+")


@dataclass(frozen=True, slots=True, kw_only=True)
class EditionParagraph:
    """A paragraph of one edition of a text."""

    label: str
    text: str
    kind: Kind
    tokens: WordTokens = field(repr=False)


@dataclass(frozen=True, kw_only=True, eq=False)
class TextEdition:
    """A text and its paragraphs, without headings and notes."""

    name: str  # its symbol, or the name of its file
    adopted: date | None = None
    paragraphs: tuple[EditionParagraph, ...]
    vectors: Vectors  # a row for each paragraph, of unit length


def loaded_edition(corpus: Corpus, symbol: str) -> TextEdition:
    """Return a loaded document.

    Raises:
        InputError: it is not loaded.
    """
    masthead = corpus.masthead(symbol)
    if masthead is None:
        raise InputError(f"{symbol} is not loaded; build an index with it, or name another one.")
    passages = _compared(corpus.passages_of(masthead.symbol))
    return TextEdition(
        name=masthead.symbol,
        adopted=masthead.adopted,
        paragraphs=tuple(map(_paragraph, passages)),
        vectors=corpus.encoded.gather([passage.row for passage in passages]),
    )


def draft_edition(path: Path, encode: Encode) -> TextEdition:
    """Return the draft in a file; one that is not laid out as a resolution is read by its lines.

    Args:
        path: of a text, Word, HTML, XML or PDF file.
        encode: returns the vectors of texts.

    Raises:
        InputError, UnreadableFileError: it cannot be read, or has no paragraphs.
    """
    files = iter([SourceFile(file=path.name, path=path)])
    read = [
        each.resolution
        for each in chain.from_iterable(read_files(files, 1))
        if isinstance(each, ReadFile)
    ]
    if read:
        passages = _compared(passages_of(read[0], read[0], 0))
        paragraphs = tuple(map(_paragraph, passages))
        vectors = encode([embedded_text(passage) for passage in passages])
    else:
        paragraphs = _without_symbol(read_brought_text(str(path)).text)
        vectors = encode([paragraph.text for paragraph in paragraphs])
    if not paragraphs:
        raise InputError(f"{path.name} has no paragraphs to compare; is the file complete?")
    return TextEdition(name=path.name, paragraphs=paragraphs, vectors=vectors)


def _compared(passages: Iterable[Passage]) -> tuple[Passage, ...]:
    return tuple(passage for passage in passages if passage.kind is not Kind.NOTE)


def _paragraph(passage: Passage) -> EditionParagraph:
    return EditionParagraph(
        label=passage.label,
        text=passage.text,
        kind=passage.kind,
        tokens=tokenize_words(passage.text),
    )


def _without_symbol(text: str) -> tuple[EditionParagraph, ...]:
    """Return the paragraphs of a draft that is laid out as a resolution, or else of its lines."""
    read = read_draft_paragraphs(text)
    if not read or not all(paragraph.label for paragraph in read):
        return tuple(_lines(text))
    return tuple(
        EditionParagraph(
            label=paragraph.label,
            text=paragraph.text,
            kind=Kind.PREAMBULAR if paragraph.label.startswith("PP") else Kind.OPERATIVE,
            tokens=tokenize_words(paragraph.text),
        )
        for paragraph in read
    )


def _lines(text: str) -> Iterator[EditionParagraph]:
    """Yield the paragraphs of a text; what comes before the first number is its preamble."""
    number, preambular = "", 0
    for block in _BREAK.split(text):
        mark = _NUMBER.match(block)
        words = " ".join(block[mark.end() if mark else 0 :].split())
        tokens = tokenize_words(words)
        if not tokens.keys:
            continue
        if mark and mark["number"]:
            number = mark["number"]
        elif not number:
            preambular += 1
        item = mark["item"] if mark and mark["item"] else ""
        label = f"OP{number}{item}" if number else f"PP{preambular}"
        kind = Kind.OPERATIVE if number else Kind.PREAMBULAR
        yield EditionParagraph(label=label, text=words, kind=kind, tokens=tokens)
