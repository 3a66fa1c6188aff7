"""Charts of the page: an answer by year and body, and the citations of a document."""

from collections import Counter, defaultdict
from collections.abc import Iterator

from markupsafe import Markup

from qa.answer import Answer, Quote
from qa.corpus.corpus import Corpus
from qa.page.form_state import BODIES
from qa.page.page_templates import PAGE_TEMPLATES
from qa.render.resolution_html import CitationLinks
from qa.render.svg_charts import Series, bar_chart, legend
from qa.resolutions.cite.symbols import without_part
from qa.resolutions.model import Resolution

MIN_TEXTS = 3  # of at least two years: below that, a list says as much as a chart


def answer_chart_html(answer: Answer, corpus: Corpus) -> Markup:
    """Return the texts of an answer by year and body as a chart; "" where there are few.

    The chart counts the quotations with all paragraphs of the same wording, and the resolutions of
    a list.
    """
    counts = _counts(answer, corpus)
    years = {year for by_year in counts.values() for year in by_year}
    total = sum(by_year.total() for by_year in counts.values())
    if total < MIN_TEXTS or len(years) < 2:
        return Markup()
    series = [Series(name=BODIES.get(body, body), by_year=counts[body]) for body in sorted(counts)]
    chart = bar_chart(series, f"{total:,} texts of this answer by year and body")
    return PAGE_TEMPLATES.render("answer_chart.html", chart=chart, legend=legend(series))


def citation_links(resolution: Resolution, corpus: Corpus) -> CitationLinks:
    """Return what a resolution cites, and the loaded resolutions that cite it."""
    cited = {
        without_part(citation.symbol): None
        for texts in (resolution.paragraphs, resolution.notes)
        for text in texts
        for citation in text.citations
        if citation.resolved
    }
    citing = {passage.symbol for passage in corpus.citing(resolution.symbol)} - {resolution.symbol}
    own = without_part(resolution.symbol)
    return CitationLinks(
        cited={symbol: _year(symbol, corpus) for symbol in cited if symbol != own},
        citing={symbol: _year(symbol, corpus) for symbol in sorted(citing)},
    )


def _counts(answer: Answer, corpus: Corpus) -> dict[str, Counter[int]]:
    """Return how many texts of an answer each body adopted, by year."""
    texts = {
        text for quote in answer.quotes for text in ((quote.symbol, quote.label), *_copies(quote))
    }
    quoted = {symbol for symbol, _ in texts}
    texts |= {(fact.symbol, "") for fact in answer.facts if fact.symbol not in quoted}
    counts: dict[str, Counter[int]] = defaultdict(Counter)
    for symbol, _ in texts:
        masthead = corpus.masthead(symbol)
        if masthead and masthead.adopted:
            counts[masthead.body.value][masthead.adopted.year] += 1
    return counts


def _copies(quote: Quote) -> Iterator[tuple[str, str]]:
    for same in quote.same_wording:
        yield same.symbol, same.label


def _year(symbol: str, corpus: Corpus) -> int | None:
    masthead = corpus.masthead(symbol)
    return masthead.adopted.year if masthead and masthead.adopted else None
