"""A document's text in, its Resolution out."""

import re
from collections.abc import Sequence

from qa.errors import UnreadableFileError
from qa.resolutions.cite.symbols import find_symbols
from qa.resolutions.model import Body, Cited, Kind, Note, NoteMark, Paragraph, Resolution, Source
from qa.resolutions.parse.actions import read_actions
from qa.resolutions.parse.body import Draft, read_body
from qa.resolutions.parse.lines import Line, split_lines
from qa.resolutions.parse.masthead import (
    CLOSING,
    OPENER,
    body_of,
    number_of,
    part_of,
    read_masthead,
    session_of,
)
from qa.resolutions.parse.notes import Definition, find_marks, read_definitions
from qa.resolutions.text import Folded, fold, squeeze

_WHITE = re.compile(r"\s+")


def parse_resolution(raw: str, source: Source) -> Resolution:
    """Return the resolution whose decoded text is `raw`.

    Raises:
        UnreadableFileError: no organ opens the text, it has no symbol, or no paragraph follows.
    """
    folded = fold(raw)
    lines = split_lines(folded.text)
    head, body, foot = _zones(lines, source)
    fields = read_masthead(folded.text, head, foot)
    if not fields.symbol:
        raise UnreadableFileError(
            source.file,
            "no symbol such as A/RES/61/181 is printed in it; add its masthead, then build again.",
        )
    drafts = read_body(body)
    definitions = read_definitions(foot)
    if not any(draft.kind in (Kind.PREAMBULAR, Kind.OPERATIVE) for draft in drafts):
        raise UnreadableFileError(
            source.file, "the resolution has no paragraphs; is the file complete?"
        )
    organ = body_of(fields.symbol)
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
        source=source,
        paragraphs=_paragraphs(drafts, folded, len(definitions), organ),
        notes=tuple(_note(definition, folded, organ) for definition in definitions),
        evidence={
            name: folded.raw_span(span.start, span.end)
            for name, span in sorted(fields.found.items())
        },
    )


def _zones(
    lines: Sequence[Line], source: Source
) -> tuple[Sequence[Line], Sequence[Line], Sequence[Line]]:
    """Return the lines before the organ's name, of the text, and from the closing formula on."""
    opening = next((at for at, line in enumerate(lines) if OPENER.fullmatch(line.text)), None)
    if opening is None:
        raise UnreadableFileError(
            source.file,
            'no line such as "The General Assembly," opens a resolution in it; '
            "hand over the text of a resolution, or leave the file out.",
        )
    closing = next(
        (at for at, line in enumerate(lines) if at > opening and CLOSING.fullmatch(line.text)), None
    )
    if closing is None:
        closing = next(
            (
                at
                for at, line in enumerate(lines)
                if at > opening and line.text.startswith(("[DU", "<<ODS"))
            ),
            len(lines),
        )
    return lines[:opening], lines[opening:closing], lines[closing:]


def _paragraphs(
    drafts: Sequence[Draft], folded: Folded, notes: int, organ: Body
) -> tuple[Paragraph, ...]:
    printed = [folded.text[draft.start : draft.end] for draft in drafts]
    marks = find_marks(printed, notes)
    return tuple(
        _paragraph(draft, text, found, folded, organ)
        for draft, text, found in zip(drafts, printed, marks, strict=True)
    )


def _paragraph(
    draft: Draft, printed: str, found: Sequence[NoteMark], folded: Folded, organ: Body
) -> Paragraph:
    text, marks = _without_marks(printed, found)
    span = folded.raw_span(draft.start, draft.end)
    return Paragraph(
        kind=draft.kind,
        label=draft.label,
        number=draft.number,
        text=text,
        start=span.start,
        end=span.end,
        section=draft.section,
        parent=draft.parent,
        depth=draft.depth,
        actions=read_actions(text) if draft.kind is Kind.OPERATIVE else (),
        marks=marks,
        citations=_cited(text, organ),
    )


def _without_marks(printed: str, found: Sequence[NoteMark]) -> tuple[str, tuple[NoteMark, ...]]:
    """Return the text without its markers, white space joined, and where each marker stood."""
    text, marks, at = "", [], 0
    for mark in found:
        text += printed[at : mark.position]
        marks.append(NoteMark(marker=mark.marker, position=len(_squeeze_start(text))))
        at = mark.position + len(mark.marker)
    return squeeze(text + printed[at:]), tuple(marks)


def _squeeze_start(text: str) -> str:
    """Return `text` with white space joined and none at its start: a prefix, squeezed."""
    return _WHITE.sub(" ", text).lstrip()


def _cited(text: str, organ: Body) -> tuple[Cited, ...]:
    return tuple(
        Cited(symbol=found.symbol, start=found.start, end=found.end)
        for found in find_symbols(text, organ=organ.value)
        if not found.bare
        or re.search(
            r"resolutions?\b|decisions?\b", text[max(0, found.start - 200) : found.start], re.I
        )
    )


def _note(definition: Definition, folded: Folded, organ: Body) -> Note:
    text = squeeze(folded.text[definition.start : definition.end])
    span = folded.raw_span(definition.start, definition.end)
    return Note(
        marker=definition.marker,
        text=text,
        start=span.start,
        end=span.end,
        citations=_cited(text, organ),
    )
