"""An edition of a text to be compared: a loaded document, or a draft from a file."""

from collections.abc import Callable, Iterable, Sequence
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

MAX_PARAGRAPHS = 3_000  # of a draft
Vectors = npt.NDArray[np.float32]
Encode = Callable[[Sequence[str]], Vectors]


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
    passages = compared_passages(corpus.passages_of(masthead.symbol))
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
    if len(read) > 1:
        raise InputError(f"{path.name} has {len(read)} documents; give each a file of its own.")
    if read:
        passages = compared_passages(passages_of(read[0], read[0], 0))
        paragraphs = tuple(map(_paragraph, passages))
        vectors = encode([embedded_text(passage) for passage in passages])
    else:
        paragraphs = _without_symbol(read_brought_text(str(path)).text)
        vectors = encode([paragraph.text for paragraph in paragraphs])
    if len(paragraphs) > MAX_PARAGRAPHS:
        raise InputError(
            f"{path.name} has {len(paragraphs):,} paragraphs; compare it in smaller parts."
        )
    if not paragraphs:
        raise InputError(f"{path.name} has no paragraphs to compare; is the file complete?")
    return TextEdition(name=path.name, paragraphs=paragraphs, vectors=vectors)


def compared_passages(passages: Iterable[Passage]) -> tuple[Passage, ...]:
    """Return the passages of a document that are compared: all but its notes."""
    return tuple(passage for passage in passages if passage.kind is not Kind.NOTE)


def _paragraph(passage: Passage) -> EditionParagraph:
    return EditionParagraph(
        label=passage.label,
        text=passage.text,
        kind=passage.kind,
        tokens=tokenize_words(passage.text),
    )


def _without_symbol(text: str) -> tuple[EditionParagraph, ...]:
    """Return the paragraphs of a draft; what comes before the first number is its preamble."""
    number, preambular = "", 0
    paragraphs: list[EditionParagraph] = []
    for draft in read_draft_paragraphs(text):
        label = draft.label
        if not label:
            number = draft.marker if draft.marker.isdecimal() else number
            preambular += not number
            item = draft.marker if draft.marker.startswith("(") else ""
            label = f"OP{number}{item}" if number else f"PP{preambular}"
        paragraphs.append(
            EditionParagraph(
                label=label,
                text=draft.text,
                kind=Kind.PREAMBULAR if label.startswith("PP") else Kind.OPERATIVE,
                tokens=tokenize_words(draft.text),
            )
        )
    return tuple(paragraph for paragraph in paragraphs if paragraph.tokens.keys)
