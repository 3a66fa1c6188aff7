"""Documents that are named but not loaded: where they are cited, and what may have been meant."""

import re
from collections.abc import Sequence

from qa.answer import Answer, AnswerRoute, Quote, RefusalKind
from qa.answering.context import AnswerContext
from qa.answering.quotation import quote
from qa.answering.replies import refuse, reply_with_quotes
from qa.corpus.corpus import Corpus
from qa.corpus.passages import Passage
from qa.resolutions.cite.citation_format import link, spaced_symbol
from qa.resolutions.model import Span

# Other names are descriptions, "ESCAP resolution 71/1", which docs.un.org does not know.
_IS_SYMBOL = re.compile(r"[A-Z][\w.]*/\S+$")
_SHOWN = 3  # places named in the sentence


def refuse_not_loaded(context: AnswerContext) -> Answer | None:
    """Answer for documents that are named but not loaded: where they are cited, or a refusal."""
    question, missing = context.question, context.missing
    if not missing or context.named:
        return None
    corpus = context.corpus
    rows = list(dict.fromkeys(row for symbol in missing for row in corpus.rows_citing(symbol)))
    if rows and question.asks_where_cited and not question.places:
        message = f"{_listed(missing)} is cited here."
        quotes = _quotes_citing(corpus, missing, rows)
        return reply_with_quotes(AnswerRoute.LOOK_UP, quotes, message)
    quotes = _quotes_citing(corpus, missing, rows[: max(context.top, _SHOWN)])
    return refuse(
        RefusalKind.NOT_LOADED,
        _sentence(corpus, missing, quotes, len(rows)),
        nearest=quotes[: context.top],
        link_to=link(missing[0]) if _IS_SYMBOL.match(missing[0]) else None,
    )


def _quotes_citing(
    corpus: Corpus, symbols: Sequence[str], rows: Sequence[int]
) -> tuple[Quote, ...]:
    """Return the passages in `rows`, which cite one of `symbols`, with the citation marked."""
    return tuple(_quote_citing(corpus, corpus.passages[row], symbols) for row in rows)


def _quote_citing(corpus: Corpus, passage: Passage, symbols: Sequence[str]) -> Quote:
    spans = (
        Span(start=cited.start, end=cited.end)
        for cited in passage.citations
        if any(cited.symbol.startswith(symbol) for symbol in symbols)
    )
    return quote(corpus, passage, highlight=tuple(dict.fromkeys(spans)))


def _sentence(corpus: Corpus, missing: Sequence[str], quotes: Sequence[Quote], total: int) -> str:
    """Return what is not loaded, and where it is cited or which loaded symbol comes nearest.

    Args:
        corpus: the loaded texts.
        missing: symbols, at least one.
        quotes: the first of the passages that cite them.
        total: how many passages cite them.
    """
    is_one = len(missing) == 1
    are, says, it_is = ("is", "it says", "It is") if is_one else ("are", "they say", "They are")
    message = f"{_listed(missing)} {are} not loaded, so what {says} cannot be quoted."
    if quotes:
        return f"{message} {it_is} cited in {_citations(quotes, total)}."
    near = _near_symbol(missing[0], [resolution.symbol for resolution in corpus.resolutions])
    return f"{message} Was {spaced_symbol(near)} meant?" if near else message


def _near_symbol(symbol: str, loaded: Sequence[str]) -> str | None:
    """Return the first of `loaded` that differs by one digit, or by two exchanged."""
    for other in loaded:
        if len(other) == len(symbol) and other != symbol:
            apart = sum(left != right for left, right in zip(symbol, other, strict=True))
            if apart == 1 or (apart == 2 and sorted(symbol) == sorted(other)):
                return other
    return None


def _listed(symbols: Sequence[str]) -> str:
    return ", ".join(map(spaced_symbol, symbols))


def _citations(quotes: Sequence[Quote], total: int) -> str:
    shown = [quote.citation for quote in quotes[:_SHOWN]]
    more = total - len(shown)
    return "; ".join(shown) + (f"; and {more} more" if more > 0 else "")
