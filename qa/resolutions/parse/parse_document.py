"""Parses a document into its resolutions."""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from qa.errors import UnreadableFileError
from qa.resolutions.cite.citing_context import Context
from qa.resolutions.cite.resolve import read_citations
from qa.resolutions.document import Block, Definition, Document, Role
from qa.resolutions.model import (
    Kind,
    Note,
    NoteMark,
    Paragraph,
    Resolution,
    Source,
    SourceFormat,
    Span,
)
from qa.resolutions.parse.actions import read_actions
from qa.resolutions.parse.blocks import read_blocks
from qa.resolutions.parse.foreign_layout import Layout, complete, layout_of, pages_of
from qa.resolutions.parse.identity import kind_of_paper
from qa.resolutions.parse.left_out import above_first_title, openings_below, where
from qa.resolutions.parse.lines import Line, split_lines
from qa.resolutions.parse.masthead import ParsedMasthead, read_masthead
from qa.resolutions.parse.notes import find_marks, read_definitions
from qa.resolutions.parse.one_line import divide_one_line
from qa.resolutions.parse.operative_part import PlacedText, operative_by_place
from qa.resolutions.parse.page_breaks import Pages, undo_pages
from qa.resolutions.parse.paragraph_outline import Draft, read_outline
from qa.resolutions.parse.segments import Segment, find_segments, without_opener
from qa.resolutions.parse.symbol_fields import body_of, number_of, part_of, session_of, status_of
from qa.resolutions.readers.read_errors import FaultyFileError, FileProblem
from qa.resolutions.text import Folded, fold, squeeze, squeezed_lengths


def parse_document(document: Document, source: Source) -> tuple[Resolution, ...]:
    """Return the resolutions of a document, in its order; offsets are those of its text.

    Raises:
        UnreadableFileError: no organ opens a text in it, a text has no symbol or no paragraph.
    """
    folded = fold(document.text)
    pages = undo_pages(divide_one_line(split_lines(folded.text)))
    segments = find_segments(pages.lines)
    layout = None if segments or document.blocks is not None else layout_of(folded.text)
    if layout:
        is_word = source.form is SourceFormat.WORD
        pages = pages_of(folded.text, pages, layout, is_word=is_word)
        segments = find_segments(pages.lines)
    if not segments:
        bare = without_opener(pages.lines)
        segments = (bare,) if bare else ()
    if not segments and document.blocks is None:
        raise _no_opening(source, pages)
    if document.blocks is not None:
        nothing = Segment(head=(), body=(), foot=pages.lines)
        return (
            _Parser(folded, document, source, pages, segments[0] if segments else nothing).read(),
        )
    parsers = [
        _Parser(folded, document, source, pages, segment, len(segments) == 1, layout)
        for segment in segments
    ]
    return _read_all([parser for parser in parsers if parser.alone or parser.has_text], source)


def _read_all(parsers: Sequence["_Parser"], source: Source) -> tuple[Resolution, ...]:
    """Return the resolutions of a document; of several texts those that have a symbol.

    The first has a remark on each text and each page that is left out.

    Raises:
        UnreadableFileError: none has.
    """
    resolutions: list[Resolution] = []
    errors: list[UnreadableFileError] = []
    remarks: list[str] = []
    for parser in parsers:
        try:
            resolutions.append(parser.read())
        except UnreadableFileError as error:
            errors.append(error)
            lines = (*parser.segment.body, *parser.segment.head, *parser.segment.foot)
            begins = parser.where(lines[0])
            remarks.append(f"a text in it is left out: {error.problem} It begins {begins}.")
    if not resolutions:
        raise errors[0] if errors else _no_paragraphs(source)
    # The end of a text that began on the page before has no number; the file's is that of another.
    printed = {resolution.symbol for resolution in resolutions if "symbol" in resolution.evidence}
    own: list[Resolution] = []
    for resolution in resolutions:
        if "symbol" in resolution.evidence or resolution.symbol not in printed:
            own.append(resolution)
        else:
            begins = where(parsers[0].document, resolution.paragraphs[0].start)
            remarks.append(
                "a text in it is left out: it is the end of one whose number is not in this file. "
                f"It begins {begins}."
            )
    remarks = [*own[0].remarks, *parsers[0].document.remarks, *remarks, *_left_out(parsers)]
    return (replace(own[0], remarks=tuple(remarks)), *own[1:])


def _left_out(parsers: Sequence["_Parser"]) -> Iterator[str]:
    """Yield a remark on the lines that are in no text, and on each text without a title."""
    first = parsers[0]
    if len(parsers) > 1 and (above := above_first_title(first.segment.head)):
        yield (
            f"{len(above)} lines above its first text are left out: they belong to none. "
            f"They begin {first.where(above[0])}."
        )
    for parser in parsers:
        for line in openings_below(parser.segment.foot):
            yield (
                "a text in it is left out: no title states its number. "
                f"It begins {parser.where(line)}."
            )


def _no_opening(source: Source, pages: Pages) -> UnreadableFileError:
    if kind := kind_of_paper(pages.lines):
        return UnreadableFileError(
            source.file, f"it calls itself a {kind}, and no organ opens a text in it; leave it out."
        )
    return UnreadableFileError(
        source.file,
        'no line such as "The General Assembly," opens a resolution in it; '
        "provide the text of a resolution, or leave the file out.",
    )


def _no_paragraphs(source: Source) -> UnreadableFileError:
    return UnreadableFileError(
        source.file, "the resolution has no paragraphs; is the file complete?"
    )


@dataclass(frozen=True, slots=True)
class _Parser:
    """Reads one resolution of a document."""

    folded: Folded
    document: Document
    source: Source
    pages: Pages
    segment: Segment
    alone: bool = True
    layout: Layout | None = None  # of a text in another language than English

    @property
    def has_text(self) -> bool:
        """True where a paragraph follows the opening."""
        return any(not line.is_blank and not line.is_furniture for line in self.segment.body[1:])

    def where(self, line: Line) -> str:
        """Return where in the file a line is, for messages."""
        return where(self.document, self.folded.raw_ends(line.start, line.end)[0])

    def read(self) -> Resolution:
        """Return the resolution."""
        fields = read_masthead(
            self.folded.text,
            self.segment,
            file=self.source.file,
            stated=self.document.stated,
            alone=self.alone,
            is_catalogued=self.document.blocks is not None,
        )
        if self.layout:
            complete(fields, self.folded.text, self.layout)
        if not fields.symbol:
            raise self._without_symbol(fields)
        drafts = read_outline(self._blocks(), self.folded.text)
        if not any(draft.kind is not Kind.HEADING for draft in drafts):
            raise _no_paragraphs(self.source)
        definitions = self._definitions()
        return self._resolution(fields, drafts, definitions)

    def _without_symbol(self, fields: ParsedMasthead) -> FaultyFileError:
        """Return why a text has no symbol: its evidence is in conflict, or it is in a report."""
        if fields.is_conflict:
            return FaultyFileError(self.source.file, FileProblem.CONFLICT, fields.problem)
        problem = fields.problem
        if kind := kind_of_paper(self.pages.lines):
            problem = (
                f"it calls itself a {kind}, and no number is printed above the text in it; "
                "leave it out."
            )
        return FaultyFileError(self.source.file, FileProblem.NO_SYMBOL, problem)

    def _resolution(
        self, fields: ParsedMasthead, drafts: Sequence[Draft], definitions: Sequence[Definition]
    ) -> Resolution:
        organ = body_of(fields.symbol)
        context = Context(organ=organ.value, symbol=fields.symbol)
        stated = self.document.stated
        return Resolution(
            symbol=fields.symbol,
            body=organ,
            session=session_of(fields.symbol),
            number=number_of(fields.symbol),
            part=part_of(fields.symbol),
            title=fields.title,
            adopted=fields.adopted,
            issued=fields.issued,
            meeting=fields.meeting,
            committee=fields.committee,
            report=fields.report,
            agenda_items=fields.agenda_items,
            job_number=fields.job_number,
            printed_job_number=fields.printed_job_number,
            language=fields.language,
            source=self.source,
            paragraphs=self._paragraphs(drafts, definitions, context),
            notes=self._notes(definitions, context),
            status=stated.status or status_of(fields.symbol),
            record=replace(stated.record, symbol=fields.symbol) if stated.record else None,
            evidence=self._evidence(fields.found),
            identified_by=fields.evidence,
            remarks=tuple(fields.remarks),
        )

    def _evidence(self, spans: Mapping[str, Span]) -> dict[str, Span]:
        return {
            name: self.folded.raw_span(span.start, span.end) for name, span in sorted(spans.items())
        }

    def _blocks(self) -> tuple[Block, ...]:
        stated = self.document.blocks
        if stated is None:
            return self._with_operative_part(read_blocks(self.segment.body))
        if self.folded.is_in_place:
            return stated
        return tuple(self._folded_block(block) for block in stated)

    def _with_operative_part(self, blocks: Sequence[Block]) -> tuple[Block, ...]:
        """Return the blocks of a text in another language, whose verbs do not tell its parts."""
        if not self.layout:
            return tuple(blocks)
        text = self.folded.text
        operative = operative_by_place(
            [
                PlacedText(block.role, text[block.start : block.end], block.printed or "")
                for block in blocks
            ]
        )
        return tuple(
            block._replace(role=Role.PARAGRAPH) if place in operative else block
            for place, block in enumerate(blocks)
        )

    def _folded_block(self, block: Block) -> Block:
        offset = self.folded.folded_offset
        return Block(
            role=block.role,
            start=offset(block.start),
            end=offset(block.end),
            printed=block.printed,
            depth=block.depth,
            gaps=tuple(Span(start=offset(gap.start), end=offset(gap.end)) for gap in block.gaps),
            placement=block.placement,
        )

    def _definitions(self) -> tuple[Definition, ...]:
        stated = self.document.notes
        if stated is None:
            start = self.segment.body[0].start if self.segment.body else 0
            end = self.segment.foot[-1].end if self.segment.foot else len(self.folded.text)
            feet = [
                foot
                for foot in self.pages.feet
                if foot and (self.alone or start <= foot[0].start <= end)
            ]
            return read_definitions(self.segment.foot, feet)
        if self.folded.is_in_place:
            return stated
        offset = self.folded.folded_offset
        return tuple(
            Definition(
                marker=definition.marker, start=offset(definition.start), end=offset(definition.end)
            )
            for definition in stated
        )

    def _paragraphs(
        self, drafts: Sequence[Draft], definitions: Sequence[Definition], context: Context
    ) -> tuple[Paragraph, ...]:
        printed = [_without_gaps(self.folded.text, draft) for draft in drafts]
        if self.document.marks is None:
            first = int(definitions[0].marker) if definitions else 1
            marks = find_marks(
                printed, len(definitions), first=first, is_loose=self.pages.is_wrapped
            )
        else:
            marks = self._stated_marks(drafts)
        paragraphs: list[Paragraph] = []
        for draft, text, text_marks in zip(drafts, printed, marks, strict=True):
            before = paragraphs[-1].citations if paragraphs else ()
            where = Context(
                organ=context.organ, symbol=context.symbol, label=draft.label, previous=before
            )
            paragraphs.append(self._paragraph(draft, text, text_marks, where))
        return tuple(paragraphs)

    def _stated_marks(self, drafts: Sequence[Draft]) -> tuple[tuple[NoteMark, ...], ...]:
        offset = self.folded.folded_offset
        places = [(offset(mark.start), mark.marker) for mark in self.document.marks or ()]
        starts = [start for start, _ in places]
        marks_by_draft = []
        for draft in drafts:
            inside = places[
                bisect_left(starts, draft.start) : bisect_left(starts, max(draft.end, draft.start))
            ]
            marks_by_draft.append(
                tuple(
                    NoteMark(
                        marker=marker, position=start - draft.start - _gaps_before(draft, start)
                    )
                    for start, marker in inside
                )
            )
        return tuple(marks_by_draft)

    def _paragraph(
        self, draft: Draft, printed: str, note_marks: Sequence[NoteMark], context: Context
    ) -> Paragraph:
        text, marks = _without_marks(printed, note_marks)
        start, end = self.folded.raw_ends(draft.start, draft.end)
        gaps = [self.folded.raw_span(gap.start, gap.end) for gap in draft.gaps]
        return Paragraph(
            kind=draft.kind,
            label=draft.label,
            number=draft.number,
            text=text,
            start=start,
            end=end,
            section=draft.section,
            parent=draft.parent.label if draft.parent else None,
            depth=draft.depth,
            printed=draft.printed,
            gaps=tuple(gaps),
            actions=read_actions(text) if draft.kind is Kind.OPERATIVE else (),
            marks=marks,
            citations=read_citations(text, context),
        )

    def _notes(self, definitions: Sequence[Definition], context: Context) -> tuple[Note, ...]:
        notes: list[Note] = []
        for definition in definitions:
            text = squeeze(self.folded.text[definition.start : definition.end])
            span = self.folded.raw_span(definition.start, definition.end)
            before = notes[-1].citations if notes else ()  # "Ibid." goes back to the note before
            where = replace(context, label=f"FN{definition.marker}", previous=before)
            notes.append(
                Note(
                    marker=definition.marker,
                    text=text,
                    start=span.start,
                    end=span.end,
                    citations=read_citations(text, where),
                )
            )
        return tuple(notes)


def _without_gaps(text: str, draft: Draft) -> str:
    """Return the printed text of a paragraph without its gaps."""
    if not draft.gaps:
        return text[draft.start : draft.end]
    pieces, start = [], draft.start
    for gap in draft.gaps:
        pieces.append(text[start : gap.start])
        start = gap.end
    return "".join((*pieces, text[start : draft.end]))


def _gaps_before(draft: Draft, offset: int) -> int:
    return sum(gap.end - gap.start for gap in draft.gaps if gap.end <= offset)


def _without_marks(
    printed: str, note_marks: Sequence[NoteMark]
) -> tuple[str, tuple[NoteMark, ...]]:
    """Return the text without markers, white space joined, and the position of each marker."""
    if not note_marks:
        return squeeze(printed), ()
    pieces, start = [], 0
    for mark in note_marks:
        pieces.append(printed[start : mark.position])
        start = mark.position + len(mark.marker)
    marks = tuple(
        NoteMark(marker=mark.marker, position=position)
        for mark, position in zip(note_marks, squeezed_lengths(pieces), strict=True)
    )
    return squeeze("".join((*pieces, printed[start:]))), marks
