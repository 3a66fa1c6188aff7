"""A whole resolution as HTML, one of its paragraphs marked. Every string of it is escaped here."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from html import escape

from qa.render.quote_card import Loaded, linked, nothing_loaded, opens
from qa.render.svg_charts import Series, bars_html, legend_html
from qa.resolutions.cite.citation_format import link, spaced_symbol
from qa.resolutions.model import Cited, Kind, Paragraph, Resolution
from qa.resolutions.periods import date_in_words

_CLASSES = {Kind.PREAMBULAR: "op-pp", Kind.OPERATIVE: "op-op", Kind.ANNEX: "op-annexed"}
_DEEPEST = 4  # steps of indentation


@dataclass(frozen=True, slots=True, kw_only=True)
class CitationLinks:
    """The documents that a resolution cites, and the loaded ones that cite it, with their years."""

    cited: Mapping[str, int | None] = field(default_factory=dict)  # None: no year is known
    citing: Mapping[str, int | None] = field(default_factory=dict)


def document_html(
    resolution: Resolution,
    label: str,
    *,
    loaded: Loaded = nothing_loaded,
    ties: CitationLinks | None = None,
) -> str:
    """Return a resolution as its document reads: headings, paragraphs, annexes, notes.

    Args:
        resolution: whole.
        label: of the paragraph or note to mark, "OP6"; one that is not there marks nothing.
        loaded: tells which cited documents can be opened here.
        ties: what it cites and what cites it; None shows neither.
    """
    symbol = escape(spaced_symbol(resolution.symbol))
    address = escape(link(resolution.symbol))
    day = f"Adopted on {date_in_words(resolution.adopted)}. " if resolution.adopted else ""
    title = f"<h3>{escape(resolution.title)}</h3>" if resolution.title else ""
    notes = {one.marker: one.text for one in resolution.notes}
    body = "".join(_paragraph(one, label, notes, loaded) for one in resolution.paragraphs)
    return (
        f'<aside class="op-doc" aria-labelledby="op-doc-name" '
        f'data-quote="{escape(resolution.symbol)} {escape(label)}">'
        f'<header><h2 id="op-doc-name">{symbol}</h2><span class="op-tools">'
        '<button type="button" class="op-step" data-step="-1" '
        'title="Alt and arrow up">Previous<span class="op-wide"> quotation</span></button>'
        '<button type="button" class="op-step" data-step="1" '
        'title="Alt and arrow down">Next<span class="op-wide"> quotation</span></button>'
        '<button type="button" class="op-close" title="Escape">Close</button></span></header>'
        f'<div class="op-doc-text" tabindex="0" role="region" aria-label="Text of {symbol}">'
        f'<p class="op-muted">{day}'
        f'<a href="{address}" target="_blank" rel="noopener noreferrer">'
        f"{symbol} at docs.un.org</a></p>{_ties(ties, loaded)}{title}{body}"
        f"{_notes(resolution, label, loaded)}</div></aside>"
    )


def _ties(ties: CitationLinks | None, loaded: Loaded) -> str:
    """What it cites and what cites it: a picture by year, and the documents as links."""
    if ties is None or not (ties.cited or ties.citing):
        return ""
    names = (f"cites {len(ties.cited):,}", f"cited by {len(ties.citing):,}")
    series = [
        Series(name=name, by_year=Counter(year for year in found.values() if year))
        for name, found in (("cites, of what is loaded", ties.cited), ("cited by", ties.citing))
    ]
    bars = bars_html(series, "Documents by year")
    picture = f"{legend_html(series)}{bars}" if bars else ""
    lists = "".join(
        f'<h3 class="op-list">{heading}</h3><ul>{_documents(found, loaded)}</ul>'
        for heading, found in (
            ("Cites", ties.cited),
            ("Cited by, of what is loaded", ties.citing),
        )
        if found
    )
    return (
        f'<details class="op-ties"><summary>Citations: {names[0]}, {names[1]} of the loaded '
        f"texts</summary>{picture}{lists}</details>"
    )


def _documents(found: Mapping[str, int | None], loaded: Loaded) -> str:
    def order(one: tuple[str, int | None]) -> tuple[int, str]:
        return (one[1] or 0, one[0])

    items = []
    for symbol, year in sorted(found.items(), key=order):
        here = f"{opens(symbol, '')} " if loaded(symbol) else ""
        named = f" ({year})" if year and f"({year})" not in symbol else ""
        items.append(
            f'<li><a {here}href="{escape(link(symbol))}" target="_blank" '
            f'rel="noopener noreferrer">{escape(spaced_symbol(symbol))}</a>{named}</li>'
        )
    return "".join(items)


def _paragraph(one: Paragraph, label: str, notes: dict[str, str], loaded: Loaded) -> str:
    here = _here(one.label, label)
    if one.kind is Kind.HEADING:
        return f"<h4{here}>{escape(one.text)}</h4>"
    number = one.printed or (f"{one.number}." if one.kind is Kind.OPERATIVE and one.number else "")
    printed = f'<span class="op-number">{escape(number)}</span> ' if number else ""
    step = min(one.depth, _DEEPEST)
    text = _text(one, notes, loaded)
    return f'<p class="{_CLASSES[one.kind]} op-step-{step}"{here}>{printed}{text}</p>'


def _here(own: str, label: str) -> str:
    return ' id="op-here" aria-current="true"' if own == label else ""


def _text(one: Paragraph, notes: dict[str, str], loaded: Loaded) -> str:
    """The words with links to what they cite, each note marker in its place with its note."""
    parts: list[str] = []
    position = 0
    for mark in sorted(one.marks, key=lambda mark: mark.position):
        at = min(max(mark.position, position), len(one.text))
        parts.append(_piece(one, position, at, loaded))
        marker, note = escape(mark.marker), escape(notes.get(mark.marker, ""))
        parts.append(f'<sup class="op-mark" title="{note}">{marker}</sup>')
        position = at
    return "".join(parts) + _piece(one, position, len(one.text), loaded)


def _piece(one: Paragraph, start: int, end: int, loaded: Loaded) -> str:
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
    return linked(one.text[start:end], (), inside, loaded)


def _notes(resolution: Resolution, label: str, loaded: Loaded) -> str:
    if not resolution.notes:
        return ""
    items = "".join(
        f"<li{_here(one.label, label)}><sup>{escape(one.marker)}</sup> "
        f"{linked(one.text, (), one.citations, loaded)}</li>"
        for one in resolution.notes
    )
    return f'<h4>Notes</h4><ul class="op-doc-notes">{items}</ul>'
