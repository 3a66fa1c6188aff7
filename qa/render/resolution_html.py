"""A whole resolution as HTML, one of its paragraphs marked."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from markupsafe import Markup

from qa.render.marked_text import (
    DocumentLink,
    IsLoaded,
    TextRun,
    document_link,
    nothing_loaded,
    paragraph_runs,
    text_runs,
)
from qa.render.svg_charts import BarChart, LegendEntry, Series, bar_chart, legend
from qa.render.templating import RENDER_TEMPLATES
from qa.resolutions.cite.citation_format import link, spaced_symbol
from qa.resolutions.model import Kind, Note, Paragraph, Resolution

_CLASSES = {Kind.PREAMBULAR: "op-pp", Kind.OPERATIVE: "op-op", Kind.ANNEX: "op-annexed"}
_MAX_INDENTATION = 4  # steps


@dataclass(frozen=True, slots=True, kw_only=True)
class CitationLinks:
    """The documents that a resolution cites, and the loaded ones that cite it, with their years."""

    cited: Mapping[str, int | None] = field(default_factory=dict)  # None: no year is known
    citing: Mapping[str, int | None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class CitedDocument:
    """A row in a list of documents."""

    link: DocumentLink
    year: int | None  # None where it is unknown or part of the symbol


@dataclass(frozen=True, slots=True, kw_only=True)
class CitationsView:
    """What the template of the citations reads."""

    cited: tuple[CitedDocument, ...]
    citing: tuple[CitedDocument, ...]
    chart: BarChart | None
    legend: tuple[LegendEntry, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TextBlock:
    """A heading, a paragraph or a note."""

    css: str  # "" for a heading
    number: str  # as printed
    text: tuple[TextRun, ...]
    is_here: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ResolutionView:
    """What the template of a resolution reads."""

    symbol: str
    label: str
    name: str
    url: str
    title: str
    adopted: date | None
    citations: CitationsView | None
    blocks: tuple[TextBlock, ...]
    notes: tuple[TextBlock, ...]


def document_html(
    resolution: Resolution,
    label: str,
    *,
    is_loaded: IsLoaded = nothing_loaded,
    links: CitationLinks | None = None,
) -> Markup:
    """Return a resolution in the order of its document: headings, paragraphs, annexes, notes.

    Args:
        resolution: whole.
        label: of the paragraph or note to mark, "OP6"; an unknown label marks nothing.
        is_loaded: whether a cited document can be opened here.
        links: what it cites and what cites it; None shows neither.
    """
    notes = {note.marker: note.text for note in resolution.notes}
    view = ResolutionView(
        symbol=resolution.symbol,
        label=label,
        name=spaced_symbol(resolution.symbol),
        url=link(resolution.symbol),
        title=resolution.title,
        adopted=resolution.adopted,
        citations=_citations(links, is_loaded) if links else None,
        blocks=tuple(
            _paragraph_block(paragraph, label, notes, is_loaded)
            for paragraph in resolution.paragraphs
        ),
        notes=tuple(_note_block(note, label, is_loaded) for note in resolution.notes),
    )
    return RENDER_TEMPLATES.render("resolution.html", view=view)


def _citations(links: CitationLinks, is_loaded: IsLoaded) -> CitationsView | None:
    """Return the cited and the citing documents, and a chart of both by year."""
    if not (links.cited or links.citing):
        return None
    series = [
        Series(name=name, by_year=Counter(year for year in years.values() if year))
        for name, years in (("cites (loaded texts)", links.cited), ("cited by", links.citing))
    ]
    return CitationsView(
        cited=_documents(links.cited, is_loaded),
        citing=_documents(links.citing, is_loaded),
        chart=bar_chart(series, "Documents by year"),
        legend=legend(series),
    )


def _documents(years: Mapping[str, int | None], is_loaded: IsLoaded) -> tuple[CitedDocument, ...]:
    """Return documents by year, then by symbol."""
    return tuple(
        CitedDocument(
            link=document_link(symbol, is_loaded),
            year=None if f"({year})" in symbol else year,
        )
        for symbol, year in sorted(years.items(), key=lambda item: (item[1] or 0, item[0]))
    )


def _paragraph_block(
    paragraph: Paragraph, label: str, notes: Mapping[str, str], is_loaded: IsLoaded
) -> TextBlock:
    is_here = paragraph.label == label
    if paragraph.kind is Kind.HEADING:
        return TextBlock(css="", number="", text=text_runs(paragraph.text), is_here=is_here)
    number = paragraph.printed or ""
    if not number and paragraph.kind is Kind.OPERATIVE and paragraph.number:
        number = f"{paragraph.number}."
    step = min(paragraph.depth, _MAX_INDENTATION)
    return TextBlock(
        css=f"{_CLASSES[paragraph.kind]} op-step-{step}",
        number=number,
        text=paragraph_runs(paragraph, notes, is_loaded),
        is_here=is_here,
    )


def _note_block(note: Note, label: str, is_loaded: IsLoaded) -> TextBlock:
    return TextBlock(
        css="",
        number=note.marker,
        text=text_runs(note.text, (), note.citations, is_loaded),
        is_here=note.label == label,
    )
