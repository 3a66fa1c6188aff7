"""The route of comparisons: "Compare 2250 and 2535 on youth", the best of each document."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import chain, zip_longest

from qa.answer import Answer, AnswerRoute, Quote
from qa.answering.context import AnswerContext
from qa.answering.quotation import quote_hit
from qa.answering.replies import reply_with_quotes
from qa.resolutions.cite.citation_format import spaced_symbol

MIN_COMPARED = 2  # documents


def answer_comparison(context: AnswerContext) -> Answer | None:
    """Quote what comes nearest to a topic in each of the documents that are compared."""
    question = context.question
    if not (question.compares and question.names_topic and len(context.named) >= MIN_COMPARED):
        return None
    symbols = [masthead.symbol for masthead in context.named]
    share = max(1, context.top // len(symbols))
    columns = [_nearest(context, symbol, share) for symbol in symbols]
    if not all(columns):
        return None
    rows = chain.from_iterable(zip_longest(*columns))
    quotes = [quote for quote in rows if quote is not None]
    named = " and ".join(map(spaced_symbol, symbols))
    return reply_with_quotes(AnswerRoute.SEARCH, quotes, f"What comes nearest in {named}.")


def in_turn(sides: tuple[str, str], answers: Sequence[Answer], top: int) -> Answer | None:
    """Return the facts and the quotations of two answers in turn; None if one of them has none."""
    if not all(answer.answered for answer in answers):
        return None
    rows = chain.from_iterable(zip_longest(*(answer.quotes for answer in answers)))
    places = {(quote.symbol, quote.label): quote for quote in rows if quote is not None}
    said = " ".join(answer.message for answer in answers if answer.message)
    first, second = answers
    return replace(
        first,
        quotes=tuple(places.values())[:top],
        facts=tuple(dict.fromkeys((*first.facts, *second.facts))),
        message=f"First for “{sides[0]}”, then for “{sides[1]}”, in turn. {said}".strip(),
    )


def _nearest(context: AnswerContext, symbol: str, count: int) -> tuple[Quote, ...]:
    """Return the passages of one document that come nearest to the topic, best first."""
    retriever, question = context.retriever, context.question
    candidates = retriever.candidates(question, filters=context.filters, scope=(symbol,))
    if candidates is None:
        return ()
    hits = retriever.best(question, candidates, count)
    return tuple(quote_hit(context.corpus, retriever, candidates.query, hit) for hit in hits)
