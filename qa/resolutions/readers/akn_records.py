"""The record that an XML file holds of its own text: steps to adoption, votes, keywords."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from qa.resolutions.export.akn_attributes import read_reason
from qa.resolutions.model import Record, RecordLine, Status
from qa.resolutions.readers.akn_inline import Element, plain
from qa.resolutions.readers.akn_origin import Origin
from qa.resolutions.readers.record_fields import record_from

_SIDES = {"inFavour": "MS_in_favour", "against": "MS_against", "abstaining": "MS_abstaining"}
_NOT_ADOPTED = frozenset({"veto", "notadopted"})
# The fields that no step of the workflow states, by the element that does.
_ELSEWHERE = {
    "vote": "voting",
    "subjects": "classification",
    "agenda_item_name": "classification",
    "by_name": "classification",
}
_TITLE, _AGENDA = "title", "agenda"  # what a keyword refers to


def record_in(origin: Origin) -> Record | None:
    """Return the record that a file holds; None if it holds none."""
    values = dict(_values(origin))
    if not values:
        return None
    lines = {name: _first_line(origin, name) for name in ("step", "voting", "classification")}
    first = next((line for line in lines.values() if line), 1)
    record = record_from(values, "", RecordLine(file=origin.file, line=first))
    places = {field: lines[name] for field, name in _ELSEWHERE.items()}
    others = {
        field: RecordLine(file=origin.file, line=line)
        for field, line in places.items()
        if line and line != first and getattr(record, field)
    }
    return replace(record, other_sources=others)


def status_in(origin: Origin) -> Status | None:
    """Return the status that a file states: that of a draft, else None."""
    if any(
        (step.get("outcome") or "").lower() in _NOT_ADOPTED for step in _elements(origin, "step")
    ):
        return Status.NOT_ADOPTED
    return Status.DRAFT if origin.is_draft else None


def _values(origin: Origin) -> Iterator[tuple[str, Any]]:
    """Yield what the file holds, by the names of the published records."""
    yield from _keywords(origin)
    for step in _elements(origin, "step"):
        yield from _step(step)
    for voting in _elements(origin, "voting"):
        yield from _voting(voting)


def _keywords(origin: Origin) -> Iterator[tuple[str, Any]]:
    """Yield the index terms, the name of the agenda item and the by-name."""
    terms = []
    for group in _elements(origin, "classification"):
        if group.get("source") != "DHLAUTH":
            continue
        for keyword in group.iter("{*}keyword"):
            shown = keyword.get("showAs") or keyword.get("value") or ""
            if keyword.get("refersTo") == _TITLE:
                yield "resolution_title", shown
            elif keyword.get("refersTo") == _AGENDA:
                yield "agenda_item_name", shown.rstrip(".")
            else:
                terms.append([shown])
    if terms:
        yield "subjects", terms


def _step(step: Element) -> Iterator[tuple[str, Any]]:
    """Yield what one step of the workflow states: a draft, its sponsors, the adoption."""
    outcome = (step.get("outcome") or "").lower()
    paper, by = step.get("as") or "", step.get("by") or read_reason(step)
    if outcome == "draftresolution":
        if paper:
            yield "draft_resolution", paper
        if by:
            yield "sponsors", [by]
    elif outcome == "draftresolutionadditionalsponsors" and by:
        yield "additional_sponsors", [by]
    elif outcome == "adopted" or outcome in _NOT_ADOPTED:
        if paper:
            yield "pv", paper
        if by:
            yield ("adoption_type" if outcome == "adopted" else "reason"), by
        if outcome in _NOT_ADOPTED:
            yield "voting_date", step.get("date")
        if "VII" in (step.get("refersTo") or ""):
            yield "chapter_VII", step.get("refersTo")


def _voting(voting: Element) -> Iterator[tuple[str, Any]]:
    """Yield the roll call, and how the file says that the text was adopted."""
    if voting.get("outcome"):
        yield "voting_type", voting.get("outcome")
    for count in voting.iter("{*}count"):
        side = _SIDES.get(count.get("refersTo") or "")
        if side:
            states = (plain(state) for state in count.iter("{*}organization"))
            yield side, [state for state in states if state]
            yield f"{side}_count", count.get("value") or ""


def _elements(origin: Origin, name: str) -> Iterator[Element]:
    """Yield the elements of a name in the metadata: of the collection, then of the statement."""
    for meta in origin.sections("meta"):
        yield from meta.iter(f"{{*}}{name}")


def _first_line(origin: Origin, name: str) -> int | None:
    """Return the line of the first element of a name in the metadata."""
    lines = (element.sourceline for element in _elements(origin, name))
    return next((line for line in lines if line), None)
