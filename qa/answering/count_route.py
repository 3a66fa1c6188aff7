"""The route of questions that count or list: "How many resolutions mention UNODC?"."""

from collections.abc import Sequence
from itertools import islice

from qa.answer import Answer, RefusalKind
from qa.answering.context import AnswerContext
from qa.answering.counting import CountResult, count_mentions, count_sentence, phrase_spans
from qa.answering.metadata import facts_of
from qa.answering.quotation import quote
from qa.answering.replies import refuse, reply_with_facts
from qa.corpus.passages import Passage
from qa.resolutions.cite.citation_format import spaced_symbol

MAX_PARAGRAPHS = 50  # quoted where paragraphs are counted
MAX_RESOLUTIONS = 500  # resolutions in a list of those that mention a thing


def answer_count(context: AnswerContext) -> Answer | None:
    """Count, or list, all that mention a thing, and name the first or the last."""
    query, corpus = context.question.count, context.corpus
    if query is None:
        return None
    result = count_mentions(corpus, query, context.filters, context.retriever.names)
    if not result.resolutions:
        return refuse(RefusalKind.NOT_IN_TEXTS, count_sentence(result, ""))
    position = -1 if query.which == "first" else 0
    wanted = (
        result.resolutions[position : position + 1 or None] if query.which else result.resolutions
    )
    passages = _to_quote(result, [resolution.symbol for resolution in wanted], context.top)
    quotes = tuple(
        quote(corpus, passage, highlight=phrase_spans(corpus, passage, result.forms))
        for passage in passages
    )
    facts = tuple(
        fact
        for resolution in (() if query.which and quotes else wanted[:MAX_RESOLUTIONS])
        for fact in (
            facts_of(corpus, resolution, ("title",)) or facts_of(corpus, resolution, ("adopted",))
        )
    )
    first = quotes[0].citation if quotes else spaced_symbol(wanted[0].symbol)
    message = count_sentence(result, first if query.which else "")
    if len(wanted) > MAX_RESOLUTIONS:
        message += f" The {MAX_RESOLUTIONS} newest are named."
    return reply_with_facts(facts, message, quotes=quotes)


def _to_quote(result: CountResult, symbols: Sequence[str], top: int) -> tuple[Passage, ...]:
    """Return the mentions to quote: one a resolution, or all where paragraphs are counted."""
    if result.asked.paragraphs and not result.asked.which:
        return tuple(result.passages[:MAX_PARAGRAPHS])
    return tuple(islice(result.passages.first_of(symbols), top))
