"""Small pictures as inline SVG, each with its numbers in words: nothing is loaded to draw them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape

HEIGHT = 64  # of the bars, in units of the drawing
STEP = 12  # from one bar to the next
GAP = 2
WIDEST = 2.5  # of a bar with its gap, in letters' heights
_COLOURS = ("op-bar-1", "op-bar-2", "op-bar-3", "op-bar-4", "op-bar-5")


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """Counts by year of one kind, "General Assembly"."""

    name: str
    by_year: Mapping[int, int]


def years_html(by_year: Mapping[int, int], since: int | None, until: int | None) -> str:
    """Return bars by year, those outside of the years that are asked for pale; "" without years."""
    years = {year: count for year, count in by_year.items() if year}
    if len(years) < 2:
        return ""
    inside = {
        year: count
        for year, count in years.items()
        if (since is None or year >= since) and (until is None or year <= until)
    }
    outside = {year: count for year, count in years.items() if year not in inside}
    series = [Series(name="within", by_year=inside), Series(name="outside", by_year=outside)]
    return bars_html(series, "Paragraphs by year of adoption", css="op-years", height=28)


def bars_html(series: Sequence[Series], title: str, *, css: str = "", height: int = HEIGHT) -> str:
    """Return stacked bars, one a year from the first to the last, with a table of the numbers.

    Args:
        series: what is stacked, the lowest first.
        title: what the picture shows, read out in its place.
        css: class of the figure.
        height: of the highest bar.
    """
    years = sorted({year for one in series for year, count in one.by_year.items() if count})
    if not years:
        return ""
    span = range(years[0], years[-1] + 1)
    most = max(sum(one.by_year.get(year, 0) for one in series) for year in span)
    bars = "".join(_bar(series, year, at, most, height) for at, year in enumerate(span))
    width = len(span) * STEP
    ends = f"<span>{span[0]}</span>" + (f"<span>{span[-1]}</span>" if len(span) > 1 else "")
    return (
        f'<figure class="op-chart {css}" style="max-width:{len(span) * WIDEST:g}rem">'
        f'<svg viewBox="0 0 {width} {height}" role="img" '
        f'aria-label="{escape(title)}, {span[0]} to {span[-1]}; the highest is {most:,}" '
        f'preserveAspectRatio="none">{bars}</svg><div class="op-axis">{ends}</div></figure>'
    )


def legend_html(series: Sequence[Series]) -> str:
    """Return which colour is whose, with the sum of each."""
    items = "".join(
        f'<li><span class="op-swatch {_COLOURS[at % len(_COLOURS)]}"></span>{escape(one.name)} '
        f"({sum(one.by_year.values()):,})</li>"
        for at, one in enumerate(series)
    )
    return f'<ul class="op-legend">{items}</ul>'


def _bar(series: Sequence[Series], year: int, at: int, most: int, height: int) -> str:
    """One year: a stack, with what it counts when pointed at."""
    told = ", ".join(f"{one.name} {one.by_year[year]:,}" for one in series if one.by_year.get(year))
    parts, top = [], float(height)
    for place, one in enumerate(series):
        count = one.by_year.get(year, 0)
        if count:
            tall = max(height * count / most, 1.0)
            top -= tall
            css = _COLOURS[place % len(_COLOURS)]
            parts.append(
                f'<rect class="{css}" x="{at * STEP + GAP / 2:g}" y="{max(top, 0):.2f}" '
                f'width="{STEP - GAP}" height="{tall:.2f}"/>'
            )
    if not parts:
        return ""
    return f"<g><title>{year}: {escape(told)}</title>{''.join(parts)}</g>"
