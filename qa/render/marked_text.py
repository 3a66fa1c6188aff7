"""Running text in runs: which parts are highlighted, linked to a document, or note markers."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from qa.resolutions.cite.citation_format import link, spaced_symbol
from qa.resolutions.model import Cited, Paragraph, Span

IsLoaded = Callable[[str], bool]


def nothing_loaded(_symbol: str) -> bool:
    """Return False for every document: all citations lead to docs.un.org."""
    return False


@dataclass(frozen=True, slots=True, kw_only=True)
class TextPiece:
    """Characters in one style."""

    text: str
    is_marked: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentLink:
    """A link to a document at docs.un.org; a loaded document opens on the page instead."""

    symbol: str
    label: str
    name: str  # the symbol as the United Nations prints it
    url: str
    is_loaded: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteMarker:
    """The marker of a note, with the text of the note."""

    marker: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TextRun:
    """Pieces of text, all of them in one link or in none; or a note marker."""

    pieces: tuple[TextPiece, ...] = ()
    link: DocumentLink | None = None
    note: NoteMarker | None = None


def document_link(symbol: str, is_loaded: IsLoaded, label: str = "") -> DocumentLink:
    """Return the link to a document, at one of its labels or at its top."""
    return DocumentLink(
        symbol=symbol,
        label=label,
        name=spaced_symbol(symbol),
        url=link(symbol),
        is_loaded=is_loaded(symbol),
    )


def text_runs(
    text: str,
    spans: Sequence[Span] = (),
    citations: Sequence[Cited] = (),
    is_loaded: IsLoaded = nothing_loaded,
) -> tuple[TextRun, ...]:
    """Return `text` with its spans marked and its citations linked.

    A span or a citation that exceeds the text or overlaps the previous one is left out: no mark is
    better than a wrong one. A citation without a resolved symbol gets no link.
    """
    spans = tuple(_valid_spans(text, spans))
    runs: list[TextRun] = []
    position = 0
    for cited in citations:
        if not (cited.resolved and position <= cited.start < cited.end <= len(text)):
            continue
        runs.append(TextRun(pieces=_pieces(text, spans, position, cited.start)))
        symbol, _, label = cited.symbol.partition(" ")
        target = document_link(symbol, is_loaded, label)
        runs.append(TextRun(pieces=_pieces(text, spans, cited.start, cited.end), link=target))
        position = cited.end
    runs.append(TextRun(pieces=_pieces(text, spans, position, len(text))))
    return tuple(run for run in runs if run.pieces)


def paragraph_runs(
    paragraph: Paragraph, notes: Mapping[str, str], is_loaded: IsLoaded = nothing_loaded
) -> tuple[TextRun, ...]:
    """Return the text of a paragraph with its citations linked and its note markers in place.

    Args:
        paragraph: of a document.
        notes: texts of the document's notes, by marker.
        is_loaded: whether a cited document can be opened here.
    """
    runs: list[TextRun] = []
    position = 0
    for mark in sorted(paragraph.marks, key=lambda mark: mark.position):
        end = min(max(mark.position, position), len(paragraph.text))
        runs += _slice_runs(paragraph, position, end, is_loaded)
        note = NoteMarker(marker=mark.marker, text=notes.get(mark.marker, ""))
        runs.append(TextRun(note=note))
        position = end
    return (*runs, *_slice_runs(paragraph, position, len(paragraph.text), is_loaded))


def _slice_runs(
    paragraph: Paragraph, start: int, end: int, is_loaded: IsLoaded
) -> tuple[TextRun, ...]:
    """Return the runs of a part of a paragraph; a citation that exceeds the part gets no link."""
    citations = [
        Cited(
            symbol=cited.symbol,
            start=cited.start - start,
            end=cited.end - start,
            resolved=cited.resolved,
        )
        for cited in paragraph.citations
        if start <= cited.start and cited.end <= end
    ]
    return text_runs(paragraph.text[start:end], (), citations, is_loaded)


def _valid_spans(text: str, spans: Sequence[Span]) -> Iterator[Span]:
    position = 0
    for span in spans:
        if position <= span.start < span.end <= len(text):
            yield span
            position = span.end


def _pieces(text: str, spans: Sequence[Span], start: int, end: int) -> tuple[TextPiece, ...]:
    """Return the pieces of `text[start:end]`; a span that exceeds this part is cut to it."""
    pieces: list[TextPiece] = []
    position = start
    for span in spans:
        first, last = max(span.start, start), min(span.end, end)
        if first < last:
            pieces.append(TextPiece(text=text[position:first]))
            pieces.append(TextPiece(text=text[first:last], is_marked=True))
            position = last
    pieces.append(TextPiece(text=text[position:end]))
    return tuple(piece for piece in pieces if piece.text)
