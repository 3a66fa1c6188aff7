"""A paragraph over the years as HTML: each text with what is new in it and what went."""

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from html import escape

from qa.answer import Quote
from qa.render.quote_card import opens
from qa.render.svg_charts import Series, bars_html
from qa.resolutions.periods import date_in_words


def lineage_html(quotes: Sequence[Quote], symbol: str, label: str) -> str:
    """Return the texts, oldest first, each marked against the one before.

    Args:
        quotes: oldest first.
        symbol: of the one that was asked for.
        label: of the one that was asked for.
    """
    own = next(one for one in quotes if (one.symbol, one.label) == (symbol, label))
    years = [one.adopted.year for one in quotes if one.adopted]
    series = Series(name="texts", by_year={year: years.count(year) for year in years})
    told = (
        f"{len(quotes)} texts, oldest first. Marked: what is new against the text before, and "
        "struck out what went."
        if len(quotes) > 1
        else "No other loaded text has a paragraph like it."
    )
    items = "".join(
        _step(before, one, is_own=one is own)
        for before, one in zip((None, *quotes), quotes, strict=False)
    )
    picture = bars_html([series], "Texts by year", height=28) if len(set(years)) > 1 else ""
    name = escape(own.citation)
    return (
        '<aside class="op-doc op-lineage" aria-labelledby="op-doc-name">'
        f'<header><h2 id="op-doc-name">{name} over the years</h2><span class="op-tools">'
        '<button type="button" class="op-close" title="Escape">Close</button></span></header>'
        f'<div class="op-doc-text" tabindex="0" role="region" aria-label="{name} over the years">'
        f'<p class="op-muted">{told}</p>{picture}<ol class="op-steps">{items}</ol></div></aside>'
    )


def _step(before: Quote | None, quote: Quote, *, is_own: bool) -> str:
    day = f"{date_in_words(quote.adopted)} · " if quote.adopted else ""
    here = ' id="op-here" aria-current="true"' if is_own else ""
    words = "".join(_marked(before.text, quote.text)) if before else escape(quote.text)
    if before and before.text == quote.text:
        words = '<span class="op-muted">Word for word as before.</span>'
    return (
        f'<li{here}><h3 class="op-day">{day}<a {opens(quote.symbol, quote.label)} '
        f'href="{escape(quote.url)}" target="_blank" rel="noopener noreferrer">'
        f"{escape(quote.citation)}</a></h3>"
        f"<p>{words}</p></li>"
    )


def _marked(before: str, after: str) -> Iterator[str]:
    """Yield the words of `after`, with those that `before` has not, and those that went."""
    old, new = before.split(), after.split()
    for what, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if what == "equal":
            yield f"{escape(' '.join(new[c:d]))} "
            continue
        if b > a:
            yield f"<del>{escape(' '.join(old[a:b]))}</del> "
        if d > c:
            yield f"<ins>{escape(' '.join(new[c:d]))}</ins> "
