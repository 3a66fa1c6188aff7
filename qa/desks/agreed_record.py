"""A draft compared with agreed wording: as values for programs, and as tables for people."""

import csv
import io
from collections.abc import Iterator
from typing import Any

from qa.corpus.passages import PassageRef
from qa.desks.agreed_wording import AgreedMatch, AgreedParagraph, AgreedStatus, DraftAgreement
from qa.desks.wording_changes import AddressChange, VerbChange, WordingChanges
from qa.desks.wording_uses import WordingUses
from qa.resolutions.cite.citation_format import spaced_symbol
from qa.resolutions.export.csv_rows import safe_cell

_SHOWN = 90  # characters of a draft in the table
STATUS_NAMES = {
    AgreedStatus.WORD_FOR_WORD: "word for word",
    AgreedStatus.NEAR: "near agreed wording",
    AgreedStatus.COMPOSED: "composed of agreed wordings",
    AgreedStatus.NONE: "no precedent",
}
_COLUMNS = (
    *("paragraph", "label", "draft", "status", "note", "match", "symbol", "match_label", "share"),
    *("span", "text", "differences", "first", "first_adopted", "latest", "latest_adopted"),
    *("uses", "bodies", "first_year", "last_year", "by_vote", "without_vote", "vote_unknown"),
    *("verb_change", "verb", "agreed_verb", "modal_change", "hedges_added", "hedges_dropped"),
    *("intensifiers_added", "intensifiers_dropped", "addressee_change"),
)


def agreement_record(agreement: DraftAgreement) -> dict[str, Any]:
    """Return a comparison as values that JSON can hold; the names are kept."""
    return {
        "paragraphs": [_paragraph(paragraph) for paragraph in agreement.paragraphs],
        "share_agreed": round(agreement.share_agreed, 4),
        "counts": {status.value: agreement.count(status) for status in AgreedStatus},
        "excluded": agreement.excluded or None,
        "input_sha256": agreement.input_sha256,
        "generation": agreement.generation,
    }


def _paragraph(paragraph: AgreedParagraph) -> dict[str, Any]:
    return {
        "draft": paragraph.draft.text,
        "label": paragraph.draft.label or None,
        "status": paragraph.status.value,
        "note": paragraph.note or None,
        "matches": [_match(match) for match in paragraph.matches],
    }


def _match(match: AgreedMatch) -> dict[str, Any]:
    uses, changes = match.uses, match.changes
    return {
        "symbol": match.symbol,
        "label": match.label,
        "text": match.text,
        "share": round(match.share, 4),
        "span": match.span or None,
        "copies": [place_name(place) for place in uses.places],
        "count": uses.count,
        "first": place_name(uses.first),
        "latest": place_name(uses.latest),
        "bodies": list(uses.bodies),
        "years": list(uses.years),
        "by_vote": uses.by_vote,
        "without_vote": uses.without_vote,
        "vote_unknown": uses.vote_unknown,
        "verb_change": changes.verb.value,
        "verb": changes.verbs[0] or None,
        "agreed_verb": changes.verbs[1] or None,
        "modal_change": changes.modal.value,
        "hedges_added": list(changes.hedges_added),
        "hedges_dropped": list(changes.hedges_dropped),
        "intensifiers_added": list(changes.intensifiers_added),
        "intensifiers_dropped": list(changes.intensifiers_dropped),
        "addressee_change": _address_record(changes.addressee),
        "differences": [
            {"draft": change.given, "agreed": change.printed} for change in match.differences
        ],
    }


def _address_record(change: AddressChange | None) -> dict[str, str] | None:
    if change is None:
        return None
    return {"kind": change.kind, "draft": change.draft, "agreed": change.agreed}


def place_name(place: PassageRef) -> str:
    """Return where a wording was used, "A/RES/77/64 PP8"."""
    return f"{place.symbol} {place.label}"


def agreement_table(agreement: DraftAgreement) -> str:
    """Return a comparison as lines of text: a summary, then each paragraph."""
    return "\n".join((*summary_lines(agreement), "", *_paragraph_lines(agreement)))


def summary_lines(agreement: DraftAgreement) -> Iterator[str]:
    """Yield the summary of a draft, a sentence a line."""
    total = len(agreement.paragraphs)
    counts = (
        f"{agreement.count(status)} {STATUS_NAMES[status]}"
        for status in AgreedStatus
        if agreement.count(status)
    )
    yield f"{total} paragraph{'s' if total != 1 else ''}: {', '.join(counts)}."
    yield f"{agreement.share_agreed:.0%} of the words are agreed wording."
    if agreement.excluded:
        yield f"Left out: the series {agreement.excluded}."
    yield (
        f"Compared with generation {agreement.generation}; "
        f"SHA-256 of the input: {agreement.input_sha256}"
    )


def _paragraph_lines(agreement: DraftAgreement) -> Iterator[str]:
    for number, paragraph in enumerate(agreement.paragraphs, start=1):
        text = paragraph.draft.text
        begin = text if len(text) <= _SHOWN else f"{text[:_SHOWN].rstrip()}…"
        label = f"{paragraph.draft.label} " if paragraph.draft.label else ""
        yield f"{number:3}. {label}{STATUS_NAMES[paragraph.status]}: {begin}"
        if paragraph.note:
            yield f"     {paragraph.note}"
        spans = sum(bool(match.span) for match in paragraph.matches)
        shown = max(spans, 1)
        for match in paragraph.matches[:shown]:
            yield from (f"     {line}" for line in match_lines(match))
        if others := paragraph.matches[shown:]:
            yield f"     Like it, too: {', '.join(map(_place_and_share, others))}"


def _place_and_share(match: AgreedMatch) -> str:
    return f"{spaced_symbol(match.symbol)} {match.label} ({match.share:.0%})"


def match_lines(match: AgreedMatch) -> Iterator[str]:
    """Yield what is known of an agreed wording, a sentence a line."""
    share = f"{match.share:.0%} of the words in common and in order"
    where = f"{spaced_symbol(match.symbol)} {match.label}"
    if match.span:
        yield f"{where}, for “{match.span}” ({share})"
    else:
        yield f"{where} ({share})"
    yield uses_line(match.uses)
    if not match.span:
        for change in match.differences:
            yield f"draft “{change.given}”, agreed “{change.printed}”"
        yield from change_lines(match.changes)


def uses_line(uses: WordingUses) -> str:
    """Return how often, when, by whom and how a wording was adopted."""
    first, latest = uses.first, uses.latest
    if uses.count == 1:
        line = f"Used once, in {_dated(first)}"
    else:
        line = f"Used {uses.count} times, first in {_dated(first)}, latest in {_dated(latest)}"
    votes = [
        f"{count} {name}"
        for count, name in (
            (uses.by_vote, "by vote"),
            (uses.without_vote, "without a vote"),
            (uses.vote_unknown, "of unknown vote"),
        )
        if count
    ]
    return f"{line}; bodies: {', '.join(uses.bodies)}; documents: {', '.join(votes)}."


def _dated(place: PassageRef) -> str:
    year = f" ({place.adopted.year})" if place.adopted else ""
    return f"{spaced_symbol(place.symbol)} {place.label}{year}"


def change_lines(changes: WordingChanges) -> Iterator[str]:
    """Yield what a draft makes of a wording, a sentence a line."""
    if changes.verb is not VerbChange.SAME:
        ours, theirs = changes.verbs
        yield f"The verb is {changes.verb.value}: “{ours}” for “{theirs}”."
    if changes.modal is not VerbChange.SAME:
        yield f"The modal verb is {changes.modal.value}."
    for name, words in (
        ("Hedges added", changes.hedges_added),
        ("Hedges dropped", changes.hedges_dropped),
        ("Emphasis added", changes.intensifiers_added),
        ("Emphasis dropped", changes.intensifiers_dropped),
    ):
        if words:
            yield f"{name}: {', '.join(words)}."
    if changes.addressee:
        change = changes.addressee
        yield f"The addressee is {change.kind}: “{change.draft}” for “{change.agreed}”."


def agreement_csv(agreement: DraftAgreement) -> str:
    """Return a comparison as CSV: a row for each match, one for a paragraph without any."""
    out = io.StringIO()
    writer = csv.DictWriter(out, _COLUMNS, lineterminator="\n", restval="")
    writer.writeheader()
    for number, paragraph in enumerate(agreement.paragraphs, start=1):
        shared = {
            "paragraph": number,
            "label": paragraph.draft.label,
            "draft": paragraph.draft.text,
            "status": paragraph.status.value,
            "note": paragraph.note,
        }
        if not paragraph.matches:
            writer.writerow(_harmless(shared))
        for place, match in enumerate(paragraph.matches, start=1):
            writer.writerow(_harmless(shared | {"match": place} | _cells(match)))
    return out.getvalue()


def _cells(match: AgreedMatch) -> dict[str, Any]:
    record, uses = _match(match), match.uses
    address = match.changes.addressee
    differences = (f"{change.given} → {change.printed}" for change in match.differences)
    shared = {name: record[name] for name in _COLUMNS if name in record and name != "label"}
    return shared | {
        "match_label": match.label,
        "span": match.span,
        "differences": "; ".join(differences),
        "first_adopted": uses.first.adopted or "",
        "latest_adopted": uses.latest.adopted or "",
        "uses": uses.count,
        "bodies": "; ".join(uses.bodies),
        "first_year": min(uses.years, default=""),
        "last_year": max(uses.years, default=""),
        "verb": match.changes.verbs[0],
        "agreed_verb": match.changes.verbs[1],
        "hedges_added": "; ".join(match.changes.hedges_added),
        "hedges_dropped": "; ".join(match.changes.hedges_dropped),
        "intensifiers_added": "; ".join(match.changes.intensifiers_added),
        "intensifiers_dropped": "; ".join(match.changes.intensifiers_dropped),
        "addressee_change": address.kind if address else "",
    }


def _harmless(row: dict[str, Any]) -> dict[str, Any]:
    """Return a row whose text no table program takes for a formula."""
    return {name: safe_cell(cell) if isinstance(cell, str) else cell for name, cell in row.items()}
