"""Questions that make sense after an answer."""

from collections.abc import Iterator

from qa.answer import Answer, AnswerRoute
from qa.corpus.corpus import Corpus
from qa.resolutions.cite.citation_format import spaced_symbol
from qa.resolutions.model import Kind


def suggest_follow_ups(answer: Answer, corpus: Corpus) -> Iterator[str]:
    """Yield questions that this answer makes sensible, each of which can be answered."""
    if not (answer.answered and (answer.quotes or answer.facts)) or answer.action:
        return
    shown = {quote.symbol for quote in answer.quotes} | {fact.symbol for fact in answer.facts}
    symbol = answer.facts[0].symbol if answer.facts else answer.quotes[0].symbol
    last = answer.quotes[-1] if answer.quotes and answer.road is AnswerRoute.LOOK_UP else None
    if last and last.kind is Kind.OPERATIVE and last.number is not None:
        following = corpus.passage(symbol, f"OP{last.number + 1}")
        if following:
            yield "And the next one"
    if len(shown) == 1 and _has_earlier(symbol, corpus):
        yield "And the earlier resolution?"
    if answer.facts:
        yield f"How many operative paragraphs does {spaced_symbol(symbol)} have?"
    else:
        yield f"When was {spaced_symbol(symbol)} adopted?"


def _has_earlier(symbol: str, corpus: Corpus) -> bool:
    """Return whether an earlier resolution of the same title is loaded."""
    here = corpus.masthead(symbol)
    return here is not None and any(
        other.title == here.title
        and other.adopted is not None
        and here.adopted is not None
        and other.adopted < here.adopted
        for other in corpus.resolutions
    )
