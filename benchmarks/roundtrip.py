"""Compares resolutions with their AKN export, read again."""

from dataclasses import fields, replace

from qa.errors import UnreadableFileError
from qa.resolutions.export import akn_bytes
from qa.resolutions.model import Cited, Note, Paragraph, Record, RecordLine, Resolution, Source
from qa.resolutions.parse.parse_document import parse_document
from qa.resolutions.readers.akn_reader import read_akn

# What belongs to the file, and not to the resolution.
_OF_THE_FILE = {"source", "evidence", "paragraphs", "notes", "job_number", "printed_job_number"}


def roundtrip(resolution: Resolution) -> list[str]:
    """Return what differs after export as AKN4UN and reading; nothing if it is the same."""
    try:
        read = [
            resolution
            for document in read_akn(akn_bytes(resolution), "export.xml")
            for resolution in parse_document(document, Source(file="export.xml", sha256=""))
        ]
    except UnreadableFileError as error:
        return [str(error)]
    if len(read) != 1:
        return [f"{len(read)} resolutions"]
    return list(_differences(_plain(resolution), _plain(read[0])))


def _differences(first: Resolution, second: Resolution) -> list[str]:
    lines = [
        f"{field.name}: {getattr(first, field.name)!r} became {getattr(second, field.name)!r}"
        for field in fields(Resolution)
        if field.compare
        and field.name not in _OF_THE_FILE
        and getattr(first, field.name) != getattr(second, field.name)
    ]
    for ours, theirs in ((first.paragraphs, second.paragraphs), (first.notes, second.notes)):
        if len(ours) != len(theirs):
            lines.append(f"{len(ours)} parts became {len(theirs)}")
        for part, other in zip(ours, theirs, strict=False):
            if part != other:
                lines.append(f"{part!r} became {other!r}")
                break
    return lines


def _plain(resolution: Resolution) -> Resolution:
    """Return a resolution without what belongs to its file: offsets, gaps."""
    return replace(
        resolution,
        paragraphs=tuple(_placeless(paragraph) for paragraph in resolution.paragraphs),
        notes=tuple(replace(note, start=0, end=0) for note in resolution.notes),
        record=_without_place(resolution.record),
    )


def _placeless(paragraph: Paragraph) -> Paragraph:
    return replace(paragraph, start=0, end=0, gaps=())


def _without_place(record: Record | None) -> Record | None:
    """Return what an export keeps of a record: the vote, what it is about, why it failed."""
    if record is None or not (record.vote or record.topics or record.reason):
        return None
    return Record(
        symbol=record.symbol,
        source=RecordLine(file="", line=0),
        vote=record.vote,
        reason=record.reason,
        agenda_item_name=record.agenda_item_name,
        by_name=record.by_name,
        subjects=record.subjects,
    )


__all__ = ["Cited", "Note", "roundtrip"]
