"""What the pictures of the page show: years and bodies of an answer, citations in and out."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from html import escape

from qa.answer import Answer, Quote
from qa.corpus.corpus import Corpus
from qa.page.form_state import BODIES
from qa.render.resolution_html import CitationLinks
from qa.render.svg_charts import Series, bars_html, legend_html
from qa.resolutions.cite.symbols import without_part
from qa.resolutions.model import Resolution

FEWEST = 3  # texts, of at least two years, from which a picture says more than a list


def answer_picture(answer: Answer, corpus: Corpus) -> str:
    """Return where the texts of an answer stand, by year and body; "" where they are few.

    Counted are the quotations with all paragraphs of their wording, and the resolutions of a list.
    """
    places = {
        one for quote in answer.quotes for one in ((quote.symbol, quote.label), *_copies(quote))
    }
    quoted = {symbol for symbol, _ in places}
    places |= {(one.symbol, "") for one in answer.facts if one.symbol not in quoted}
    counted: dict[str, Counter[int]] = defaultdict(Counter)
    for symbol, _ in places:
        masthead = corpus.masthead(symbol)
        if masthead and masthead.adopted:
            counted[masthead.body.value][masthead.adopted.year] += 1
    years = {year for by_year in counted.values() for year in by_year}
    total = sum(by_year.total() for by_year in counted.values())
    if total < FEWEST or len(years) < 2:
        return ""
    series = [
        Series(name=BODIES.get(body, body), by_year=counted[body]) for body in sorted(counted)
    ]
    title = f"{total:,} texts of this answer by year and body"
    return (
        f'<details class="op-picture"><summary>{escape(title)}</summary>'
        f"{legend_html(series)}{bars_html(series, title)}</details>"
    )


def _copies(quote: Quote) -> Iterator[tuple[str, str]]:
    for one in quote.same_wording:
        yield one.symbol, one.label


def ties_of(resolution: Resolution, corpus: Corpus) -> CitationLinks:
    """Return what a resolution cites, and the loaded resolutions that cite it."""
    cited = {
        without_part(one.symbol): None
        for texts in (resolution.paragraphs, resolution.notes)
        for each in texts
        for one in each.citations
        if one.resolved
    }
    citing = {one.symbol for one in corpus.citing(resolution.symbol)} - {resolution.symbol}
    own = without_part(resolution.symbol)
    return CitationLinks(
        cited={symbol: _year(symbol, corpus) for symbol in cited if symbol != own},
        citing={symbol: _year(symbol, corpus) for symbol in sorted(citing)},
    )


def _year(symbol: str, corpus: Corpus) -> int | None:
    masthead = corpus.masthead(symbol)
    return masthead.adopted.year if masthead and masthead.adopted else None
