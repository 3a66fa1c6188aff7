"""The route of the first and the newest document on a topic."""

import re
from dataclasses import replace
from datetime import date

import numpy as np

from embeddings.text_analysis import terms
from qa.answer import Answer, Quote
from qa.answering.context import AnswerContext
from qa.answering.metadata import facts_of
from qa.answering.quotation import quote, quote_hit
from qa.answering.replies import reply_with_facts
from qa.question.edge_query import EdgeQuery
from qa.resolutions.cite.citation_format import spaced_symbol
from qa.resolutions.model import Kind, Masthead
from qa.resolutions.periods import date_in_words
from qa.search.scoped_documents import Flags, documents_in
from qa.search.topic_documents import documents_about

MAX_PARAGRAPHS = 3  # of the document that are quoted


def answer_edge_document(context: AnswerContext) -> Answer | None:
    """Name the first or the newest document on a topic; None if none is on it."""
    query, corpus = context.question.edge, context.corpus
    if query is None or context.named or context.missing:
        return None
    among = documents_in(context.retriever.filter_index, query.scope, context.filters)
    among &= np.array([_is_kind(query, masthead) for masthead in corpus.resolutions], dtype=bool)
    places = _places(context, query, among)
    dated = [corpus.resolutions[place] for place in places if corpus.resolutions[place].adopted]
    if not dated:
        return None
    words = len(terms(query.topic))
    if query.is_newest:
        chosen = max(
            dated, key=lambda masthead: _age(masthead, nearness=_nearness(masthead, words))
        )
    else:
        chosen = min(
            dated, key=lambda masthead: _age(masthead, nearness=-_nearness(masthead, words))
        )
    which = "newest" if query.is_newest else "first"
    noun = "statement" if query.is_statement else "resolution"
    day = f", of {date_in_words(chosen.adopted)}" if chosen.adopted else ""
    citation = spaced_symbol(chosen.symbol)
    message = (
        f"The {which} loaded {noun} on “{query.topic}” is {citation}{day}; "
        f"{len(dated)} {'is' if len(dated) == 1 else 'are'} on it."
        if query.topic
        else f"The {which} of {len(dated)} loaded {noun}s is {citation}{day}."
    )
    facts = facts_of(corpus, chosen, ("adopted",))
    return reply_with_facts(facts, message, quotes=_quotes(context, query, chosen))


def _places(context: AnswerContext, query: EdgeQuery, among: Flags) -> list[int]:
    """Return the documents on the topic, of all without one."""
    if not query.topic:
        return [int(place) for place in np.flatnonzero(among)]
    places = documents_about(context.corpus, query.topic, context.retriever.names, among)
    return places + (_undescribed(context, query, among) if places else [])


def _is_kind(query: EdgeQuery, masthead: Masthead) -> bool:
    return ("/PRST/" in masthead.symbol) == query.is_statement


def _age(masthead: Masthead, *, nearness: float) -> tuple[date, float, int, str]:
    """Return the sort key: the day, then how much of its title the topic is, then the number."""
    digits = re.search(r"\d+$", masthead.number)
    number = int(digits[0]) if digits else 0
    return (masthead.adopted or date.min, nearness, number, masthead.symbol)


def _nearness(masthead: Masthead, words: int) -> float:
    title = terms(masthead.title)
    return words / max(len(title), words, 1) if title else 0.0


def _undescribed(context: AnswerContext, query: EdgeQuery, among: Flags) -> list[int]:
    """Return documents without title and records whose preamble opens with the topic."""
    corpus = context.corpus
    topic = corpus.context_words.terms(context.retriever.names.expand(query.topic))
    about = among.copy()
    for term in topic:
        has_term = np.zeros(len(about), dtype=bool)
        has_term[corpus.context_words.rows_with(term)] = True
        about &= has_term
    return [
        place
        for place in np.flatnonzero(about).tolist()
        if not (corpus.resolutions[place].title or corpus.resolutions[place].subjects)
    ]


def _quotes(context: AnswerContext, query: EdgeQuery, chosen: Masthead) -> tuple[Quote, ...]:
    """Return what a document says of what is asked, or its first paragraphs."""
    corpus, question = context.corpus, context.question
    if query.asks_content:
        candidates = context.retriever.candidates(
            replace(question, edge=None), filters=context.filters, scope=[chosen.symbol]
        )
        if candidates:
            hits = context.retriever.best(question, candidates, context.top)
            return tuple(
                quote_hit(corpus, context.retriever, candidates.query, hit) for hit in hits
            )
    first = corpus.passages_of(chosen.symbol, {Kind.OPERATIVE})[:MAX_PARAGRAPHS]
    return tuple(quote(corpus, passage) for passage in first)
