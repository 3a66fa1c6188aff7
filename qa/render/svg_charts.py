"""Bar charts by year as inline SVG, with their numbers in words; nothing else is loaded."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from qa.render.templating import RENDER_TEMPLATES

HEIGHT = 64  # of the bars, in units of the drawing
STEP = 12  # from one bar to the next
GAP = 2
MAX_BAR_WIDTH = 2.5  # of a bar with its gap, in rem
_COLOURS = ("op-bar-1", "op-bar-2", "op-bar-3", "op-bar-4", "op-bar-5")


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """Counts by year of one kind, "General Assembly"."""

    name: str
    by_year: Mapping[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class BarPart:
    """A rectangle; numbers as SVG writes them."""

    css: str
    x: str
    y: str
    width: str
    height: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StackedBar:
    """The bar of one year, with its counts in words."""

    year: int
    words: str
    parts: tuple[BarPart, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BarChart:
    """What the template of a chart reads."""

    title: str
    css: str
    max_width: str  # in rem
    width: int
    height: int
    first_year: int
    last_year: int
    highest: int
    bars: tuple[StackedBar, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LegendEntry:
    """The colour of a series, and its sum."""

    css: str
    name: str
    total: int


def bar_chart(
    series: Sequence[Series], title: str, *, css: str = "", height: int = HEIGHT
) -> BarChart | None:
    """Return stacked bars, one for each year from the first to the last; None without counts.

    Args:
        series: what is stacked, the lowest first.
        title: what the chart shows; a screen reader reads it out.
        css: class of the figure.
        height: of the highest bar.
    """
    counted = {year for row in series for year, count in row.by_year.items() if count}
    if not counted:
        return None
    years = range(min(counted), max(counted) + 1)
    highest = max(sum(row.by_year.get(year, 0) for row in series) for year in years)
    bars = (
        StackedBar(
            year=year,
            words=_words(series, year),
            parts=_parts(series, year, column, height=height, highest=highest),
        )
        for column, year in enumerate(years)
    )
    return BarChart(
        title=title,
        css=css,
        max_width=f"{len(years) * MAX_BAR_WIDTH:g}",
        width=len(years) * STEP,
        height=height,
        first_year=years[0],
        last_year=years[-1],
        highest=highest,
        bars=tuple(bar for bar in bars if bar.parts),
    )


def legend(series: Sequence[Series]) -> tuple[LegendEntry, ...]:
    """Return the colour of each series, with its sum."""
    return tuple(
        LegendEntry(css=_colour(row), name=kind.name, total=sum(kind.by_year.values()))
        for row, kind in enumerate(series)
    )


def bars_html(
    series: Sequence[Series], title: str, *, css: str = "", height: int = HEIGHT
) -> Markup:
    """Return `bar_chart` as HTML; "" without counts."""
    chart = bar_chart(series, title, css=css, height=height)
    return RENDER_TEMPLATES.render("bars.html", chart=chart) if chart else Markup()


def legend_html(series: Sequence[Series]) -> Markup:
    """Return `legend` as HTML."""
    return RENDER_TEMPLATES.render("legend.html", entries=legend(series))


def years_html(by_year: Mapping[int, int], since: int | None, until: int | None) -> Markup:
    """Return bars by year, those outside of the years that are asked for pale; "" without years."""
    years = {year: count for year, count in by_year.items() if year}
    if len(years) < 2:
        return Markup()
    inside = {
        year: count
        for year, count in years.items()
        if (since is None or year >= since) and (until is None or year <= until)
    }
    outside = {year: count for year, count in years.items() if year not in inside}
    series = [Series(name="within", by_year=inside), Series(name="outside", by_year=outside)]
    return bars_html(series, "Paragraphs by year of adoption", css="op-years", height=28)


def _colour(row: int) -> str:
    return _COLOURS[row % len(_COLOURS)]


def _words(series: Sequence[Series], year: int) -> str:
    return ", ".join(f"{row.name} {row.by_year[year]:,}" for row in series if row.by_year.get(year))


def _parts(
    series: Sequence[Series], year: int, column: int, *, height: int, highest: int
) -> tuple[BarPart, ...]:
    """Return the rectangles of one year, the lowest first."""
    parts: list[BarPart] = []
    top = float(height)
    for row, kind in enumerate(series):
        count = kind.by_year.get(year, 0)
        if not count:
            continue
        part_height = max(height * count / highest, 1.0)
        top -= part_height
        parts.append(
            BarPart(
                css=_colour(row),
                x=f"{column * STEP + GAP / 2:g}",
                y=f"{max(top, 0):.2f}",
                width=f"{STEP - GAP}",
                height=f"{part_height:.2f}",
            )
        )
    return tuple(parts)
