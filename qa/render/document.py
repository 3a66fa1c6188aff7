"""A whole resolution as HTML, one of its paragraphs marked. Every string of it is escaped here."""

from html import escape

from qa.render.html import linked
from qa.render.plain import date_in_words
from qa.resolutions.cite.format import link, spaced_symbol
from qa.resolutions.model import Cited, Kind, Paragraph, Resolution

_CLASSES = {Kind.PREAMBULAR: "op-pp", Kind.OPERATIVE: "op-op", Kind.ANNEX: "op-annexed"}
_DEEPEST = 4  # steps of indentation


def document_html(resolution: Resolution, label: str) -> str:
    """Return a resolution as its document reads: headings, paragraphs, annexes, notes.

    Args:
        resolution: whole.
        label: of the paragraph or note to mark, "OP6"; one that is not there marks nothing.
    """
    symbol = escape(spaced_symbol(resolution.symbol))
    address = escape(link(resolution.symbol))
    day = f"Adopted on {date_in_words(resolution.adopted)}. " if resolution.adopted else ""
    title = f"<h3>{escape(resolution.title)}</h3>" if resolution.title else ""
    notes = {one.marker: one.text for one in resolution.notes}
    body = "".join(_paragraph(one, label, notes) for one in resolution.paragraphs)
    return (
        '<aside class="op-doc" role="dialog" aria-labelledby="op-doc-name">'
        f'<header><h2 id="op-doc-name">{symbol}</h2>'
        '<button type="button" class="op-close">Close</button></header>'
        f'<div class="op-doc-text" tabindex="0"><p class="op-muted">{day}'
        f'<a href="{address}" target="_blank" rel="noopener noreferrer">'
        f"{symbol} at docs.un.org</a></p>{title}{body}{_notes(resolution, label)}</div></aside>"
    )


def _paragraph(one: Paragraph, label: str, notes: dict[str, str]) -> str:
    here = _here(one.label, label)
    if one.kind is Kind.HEADING:
        return f"<h4{here}>{escape(one.text)}</h4>"
    number = one.printed or (f"{one.number}." if one.kind is Kind.OPERATIVE and one.number else "")
    printed = f'<span class="op-number">{escape(number)}</span> ' if number else ""
    step = min(one.depth, _DEEPEST)
    return f'<p class="{_CLASSES[one.kind]} op-step-{step}"{here}>{printed}{_text(one, notes)}</p>'


def _here(own: str, label: str) -> str:
    return ' id="op-here" aria-current="true"' if own == label else ""


def _text(one: Paragraph, notes: dict[str, str]) -> str:
    """The words with links to what they cite, each note marker in its place with its note."""
    parts: list[str] = []
    position = 0
    for mark in sorted(one.marks, key=lambda mark: mark.position):
        at = min(max(mark.position, position), len(one.text))
        parts.append(_piece(one, position, at))
        marker, note = escape(mark.marker), escape(notes.get(mark.marker, ""))
        parts.append(f'<sup class="op-mark" title="{note}">{marker}</sup>')
        position = at
    return "".join(parts) + _piece(one, position, len(one.text))


def _piece(one: Paragraph, start: int, end: int) -> str:
    """A part of the words; a citation that reaches beyond it is no link."""
    inside = [
        Cited(
            symbol=cited.symbol,
            start=cited.start - start,
            end=cited.end - start,
            resolved=cited.resolved,
        )
        for cited in one.citations
        if start <= cited.start and cited.end <= end
    ]
    return linked(one.text[start:end], (), inside)


def _notes(resolution: Resolution, label: str) -> str:
    if not resolution.notes:
        return ""
    items = "".join(
        f"<li{_here(one.label, label)}><sup>{escape(one.marker)}</sup> "
        f"{linked(one.text, (), one.citations)}</li>"
        for one in resolution.notes
    )
    return f'<h4>Notes</h4><ul class="op-doc-notes">{items}</ul>'
