"""Documents that are named but not loaded: where they are cited, and what may have been meant."""

from collections.abc import Sequence

from qa.answer import Quote
from qa.answering.quotation import quote
from qa.corpus.corpus import Corpus
from qa.corpus.passages import Passage
from qa.resolutions.cite.citation_format import spaced_symbol
from qa.resolutions.model import Span

_SHOWN = 3  # places named in the sentence


def quotes_citing(corpus: Corpus, symbols: Sequence[str]) -> tuple[Quote, ...]:
    """Return every passage that cites one of `symbols`, the citation marked."""
    citing = {one.row: one for symbol in symbols for one in corpus.citing(symbol)}
    return tuple(_quote_citing(corpus, one, symbols) for one in citing.values())


def not_loaded(corpus: Corpus, missing: Sequence[str], quotes: Sequence[Quote]) -> str:
    """Return the sentences that tell what is not loaded, and what comes nearest.

    Args:
        corpus: the loaded texts.
        missing: symbols, at least one.
        quotes: the passages that cite them.
    """
    named = ", ".join(map(spaced_symbol, missing))
    one = len(missing) == 1
    are, says, it_is = ("is", "it says", "It is") if one else ("are", "they say", "They are")
    told = f"{named} {are} not loaded, so what {says} cannot be quoted."
    if quotes:
        return f"{told} {it_is} cited in {_places(quotes)}."
    near = near_symbol(missing[0], [one.symbol for one in corpus.resolutions])
    return f"{told} Was {spaced_symbol(near)} meant?" if near else told


def near_symbol(symbol: str, among: Sequence[str]) -> str | None:
    """Return the first of `among` that differs by one digit, or by two exchanged."""
    for other in among:
        if len(other) == len(symbol) and other != symbol:
            apart = sum(left != right for left, right in zip(symbol, other, strict=True))
            if apart == 1 or (apart == 2 and sorted(symbol) == sorted(other)):
                return other
    return None


def _quote_citing(corpus: Corpus, passage: Passage, symbols: Sequence[str]) -> Quote:
    spans = (
        Span(start=one.start, end=one.end)
        for one in passage.citations
        if any(one.symbol.startswith(symbol) for symbol in symbols)
    )
    return quote(corpus, passage, highlight=tuple(dict.fromkeys(spans)))


def _places(quotes: Sequence[Quote]) -> str:
    shown = [one.citation for one in quotes[:_SHOWN]]
    more = len(quotes) - len(shown)
    return "; ".join(shown) + (f"; and {more} more" if more > 0 else "")
