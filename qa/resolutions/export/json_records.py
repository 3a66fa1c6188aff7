"""A Resolution as a record of plain values, and back: for `parse --json` and for the index."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import Any

from qa.resolutions.model import (
    Action,
    Body,
    Cited,
    Kind,
    Note,
    NoteMark,
    Paragraph,
    Record,
    RecordLine,
    Resolution,
    Source,
    SourceFormat,
    Span,
    Status,
    Vote,
)

JsonObject = dict[str, Any]


def to_record(resolution: Resolution) -> JsonObject:
    """Return everything a resolution holds; dates are ISO, offsets those of the decoded source."""
    return {
        "symbol": resolution.symbol,
        "body": resolution.body.value,
        "session": resolution.session,
        "number": resolution.number,
        "part": resolution.part,
        "title": resolution.title,
        "adopted": _iso(resolution.adopted),
        "issued": _iso(resolution.issued),
        "meeting": resolution.meeting,
        "committee": resolution.committee,
        "report": resolution.report,
        "agenda_items": list(resolution.agenda_items),
        "job_number": resolution.job_number,
        "printed_job_number": resolution.printed_job_number,
        "language": resolution.language,
        "source": {
            "file": resolution.source.file,
            "sha256": resolution.source.sha256,
            "form": resolution.source.form.value,
            "others": list(resolution.source.others),
        },
        "paragraphs": [_paragraph_record(paragraph) for paragraph in resolution.paragraphs],
        "status": resolution.status.value,
        "vote": asdict(resolution.vote) if resolution.vote else None,
        "subjects": list(resolution.subjects),
        "record": _published_record(resolution.record) if resolution.record else None,
        "notes": [
            {
                "marker": note.marker,
                "text": note.text,
                "start": note.start,
                "end": note.end,
                "citations": [_cited_record(cited) for cited in note.citations],
            }
            for note in resolution.notes
        ],
        "evidence": {
            name: {"start": span.start, "end": span.end}
            for name, span in resolution.evidence.items()
        },
    }


def from_record(record: Mapping[str, Any]) -> Resolution:
    """Return the resolution that `to_record` wrote."""
    return Resolution(
        symbol=record["symbol"],
        body=Body(record["body"]),
        session=record["session"],
        number=record["number"],
        part=record["part"],
        title=record["title"],
        adopted=_date(record["adopted"]),
        issued=_date(record["issued"]),
        meeting=record["meeting"],
        committee=record["committee"],
        report=record["report"],
        agenda_items=tuple(record["agenda_items"]),
        job_number=record["job_number"],
        printed_job_number=record["printed_job_number"],
        language=record["language"],
        source=_source(record["source"]),
        paragraphs=tuple(_paragraph(paragraph) for paragraph in record["paragraphs"]),
        notes=tuple(
            Note(
                marker=note["marker"],
                text=note["text"],
                start=note["start"],
                end=note["end"],
                citations=tuple(Cited(**cited) for cited in note["citations"]),
            )
            for note in record["notes"]
        ),
        status=Status(record["status"]),
        record=_published(record["record"]) if record["record"] else None,
        evidence={name: Span(**span) for name, span in record["evidence"].items()},
    )


def action_record(action: Action) -> JsonObject:
    """Return one verb of a paragraph."""
    return {
        "verb": action.verb,
        "lemma": action.lemma,
        "grade": action.grade,
        "addressee": action.addressee,
        "due": action.due,
        "start": action.start,
    }


def _paragraph_record(paragraph: Paragraph) -> JsonObject:
    return {
        "kind": paragraph.kind.value,
        "label": paragraph.label,
        "number": paragraph.number,
        "section": paragraph.section,
        "parent": paragraph.parent,
        "depth": paragraph.depth,
        "printed": paragraph.printed,
        "text": paragraph.text,
        "start": paragraph.start,
        "end": paragraph.end,
        "gaps": [{"start": gap.start, "end": gap.end} for gap in paragraph.gaps],
        "verbs": [action_record(action) for action in paragraph.actions],
        "notes": [{"marker": mark.marker, "position": mark.position} for mark in paragraph.marks],
        "citations": [_cited_record(cited) for cited in paragraph.citations],
    }


def _paragraph(record: Mapping[str, Any]) -> Paragraph:
    return Paragraph(
        kind=Kind(record["kind"]),
        label=record["label"],
        number=record["number"],
        section=record["section"],
        parent=record["parent"],
        depth=record["depth"],
        printed=record["printed"],
        gaps=tuple(Span(**gap) for gap in record["gaps"]),
        text=record["text"],
        start=record["start"],
        end=record["end"],
        actions=tuple(Action(**action) for action in record["verbs"]),
        marks=tuple(NoteMark(**mark) for mark in record["notes"]),
        citations=tuple(Cited(**cited) for cited in record["citations"]),
    )


def _cited_record(cited: Cited) -> JsonObject:
    return {
        "symbol": cited.symbol,
        "start": cited.start,
        "end": cited.end,
        "resolved": cited.resolved,
    }


def _source(record: Mapping[str, Any]) -> Source:
    return Source(
        file=record["file"],
        sha256=record["sha256"],
        form=SourceFormat(record["form"]),
        others=tuple(record["others"]),
    )


def _published_record(record: Record) -> JsonObject:
    values = asdict(record)
    values |= {"adopted": _iso(record.adopted), "voted": _iso(record.voted)}
    return values


def _published(values: Mapping[str, Any]) -> Record:
    """Return the published record that `_published_record` wrote."""
    read: JsonObject = {
        name: tuple(value) if isinstance(value, list) else value for name, value in values.items()
    }
    others = values["other_sources"].items()
    read |= {
        "source": RecordLine(**values["source"]),
        "other_sources": {name: RecordLine(**line) for name, line in others},
        "adopted": _date(values["adopted"]),
        "voted": _date(values["voted"]),
        "vote": _vote(values["vote"]),
    }
    return Record(**read)


def _vote(values: Mapping[str, Any] | None) -> Vote | None:
    if values is None:
        return None
    read: JsonObject = {
        name: tuple(value) if isinstance(value, list) else value for name, value in values.items()
    }
    return Vote(**read)


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _date(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
