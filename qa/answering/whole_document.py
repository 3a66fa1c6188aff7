"""A whole document: "61/181", "Summarise 61/181"."""

from dataclasses import replace

from qa.answer import Answer, AnswerRoute
from qa.answering.context import AnswerContext
from qa.answering.metadata import facts_of
from qa.answering.quotation import quote
from qa.answering.replies import reply_with_quotes
from qa.answering.scope import is_small
from qa.resolutions.model import Kind


def quote_whole_document(context: AnswerContext) -> Answer | None:
    """Quote the operative part of a resolution that is named and nothing more."""
    question, corpus = context.question, context.corpus
    about = context.described
    if question.every and is_small(corpus.resolutions):
        about = about or corpus.resolutions
    is_untitled = "title" in question.fields and bool(context.named)  # "What is 1325 about?"
    if not about or (question.names_topic and not is_untitled):
        return None
    quotes = tuple(
        quote(corpus, passage)
        for resolution in about
        for passage in corpus.passages_of(resolution.symbol, {Kind.OPERATIVE})
    )
    facts = tuple(
        fact for resolution in about for fact in facts_of(corpus, resolution, ("title", "adopted"))
    )
    message = "No title is printed: the operative part in full." if is_untitled else ""
    if question.asks_for_summary:
        message = "Operative quotes and does not retell: the operative part in full."
    return replace(reply_with_quotes(AnswerRoute.LOOK_UP, quotes, message), facts=facts)
