"""The paragraphs that come nearest to a question where search alone would not be sure."""

from dataclasses import replace

from qa.answer import Answer, AnswerRoute
from qa.answering.context import AnswerContext
from qa.answering.quotation import quote_hit
from qa.answering.replies import reply_with_quotes
from qa.question.question import Question
from qa.resolutions.cite.citation_format import spaced_symbol
from qa.resolutions.model import Kind


def nearest_paragraphs(
    context: AnswerContext, *, min_coverage: float = 0, is_restricted: bool = False
) -> Answer | None:
    """Return the paragraphs nearest to a question; None if it names no topic.

    Args:
        context: of the question.
        min_coverage: share of its words, by rarity, that the first must hold.
        is_restricted: whether a restriction holds, which the message then says.
    """
    question, retriever = context.question, context.retriever
    candidates = context.candidates if question.names_topic and not question.unrecorded else None
    if candidates is None:
        return None
    hits = retriever.best(question, candidates, context.top)
    if not hits or hits[0].coverage < min_coverage:
        return None
    quotes = [quote_hit(context.corpus, retriever, candidates.query, hit) for hit in hits]
    where = f" in {_printed(context)}" if context.named else ""
    where = " within the restriction" if is_restricted else where
    return reply_with_quotes(AnswerRoute.SEARCH, quotes, f"What comes nearest{where}.")


def _printed(context: AnswerContext) -> str:
    return " and ".join(spaced_symbol(masthead.symbol) for masthead in context.named)


def operative_first(answer: Answer, question: Question) -> Answer:
    """Return the quotations of a search with operative ones first, unless others are asked for."""
    if answer.road is not AnswerRoute.SEARCH or question.kinds:
        return answer
    quotes = sorted(answer.quotes, key=lambda quote: quote.kind not in _DECIDING)
    return replace(answer, quotes=tuple(quotes))


_DECIDING = (Kind.OPERATIVE, Kind.ANNEX)
