"""The route of lists: every paragraph with the verbs, or the addressee, asked for."""

import numpy as np

from qa.answer import Answer, AnswerRoute, RefusalKind
from qa.answering.context import AnswerContext
from qa.answering.phrase_match import PhraseMatcher, rows_mentioning
from qa.answering.quotation import quote
from qa.answering.replies import refuse, reply_with_quotes
from qa.answering.request_list import DIRECTIVE
from qa.answering.scope import is_small
from qa.corpus.corpus import Corpus
from qa.corpus.passages import Passage
from qa.question.expansion import NameExpansion
from qa.question.question import Question
from qa.question.topic import topic_words
from qa.resolutions.body_names import NAMED_BODIES
from qa.resolutions.model import Span
from qa.resolutions.parse.actions import lemma_of
from qa.search.features import Ids
from qa.search.filters import Filters
from qa.time_budget import in_time

_NAMES_BY_SERIES = {body.series: " ".join((body.name, *body.short_names)) for body in NAMED_BODIES}


def answer_list(context: AnswerContext) -> Answer | None:
    """Quote every paragraph that acts or cites as asked; None if more than that is asked."""
    question, corpus = context.question, context.corpus
    if not context.scope and not is_small(corpus.resolutions):
        return None
    cites = question.about_citations or question.cited_series is not None
    if not (question.verbs or question.actor or cites) or _asks_for_more(
        corpus, question, context.retriever.names
    ):
        return None
    allowed = context.retriever.allowed(context.filters, frozenset(context.scope))
    if question.actor:
        allowed = _addressing(context, question.actor, allowed)
    passages = (corpus.passages[row] for row in in_time(allowed.tolist()))
    quotes = tuple(
        quote(corpus, passage, highlight=_spans(passage, question))
        for passage in passages
        if _is_asked_for(passage, question)
    )
    if not quotes and question.actor and context.scope:
        return None  # its name may be printed otherwise: what comes nearest is searched for
    if not quotes:
        return refuse(
            RefusalKind.NOT_IN_TEXTS, "No paragraph of the loaded texts does what is asked for."
        )
    return reply_with_quotes(AnswerRoute.LOOK_UP, quotes)


def _addressing(context: AnswerContext, actor: str, rows: Ids) -> Ids:
    """Return the rows of passages that ask an actor to act; else of directives that name it."""
    addressed = rows[context.retriever.actors.addresses(actor, rows)]
    if len(addressed):
        return addressed
    directive = np.isin(rows, context.retriever.filter_index.rows(Filters(grades=DIRECTIVE)))
    is_named = np.zeros(len(context.corpus.words), dtype=bool)
    is_named[rows[directive]] = True
    names = context.retriever.names.names_of(actor)
    forms = [PhraseMatcher(context.corpus.words, name) for name in names]
    return np.array(sorted(rows_mentioning(context.corpus, forms, is_named)), dtype=np.int64)


def _asks_for_more(corpus: Corpus, question: Question, names: NameExpansion) -> bool:
    """Return whether a question has a topic besides its verbs, its addressee and its year."""
    terms = corpus.words.terms
    known = {term for verb in question.verbs for term in terms(verb)}
    known |= set(terms(question.actor or ""))
    known |= set(terms(_NAMES_BY_SERIES.get(question.cited_series or "", "")))
    years = _naming_years(corpus, question)
    return any(
        term not in known
        for word in topic_words(question.topic, names)
        if word not in years and not set(lemma_of(word)) & set(question.verbs)
        for term in terms(word)
    )


def _naming_years(corpus: Corpus, question: Question) -> set[str]:
    """Return the years that name a resolution: "the 2001 text"."""
    if not question.names_by_year:
        return set()
    adopted = {resolution.adopted.year for resolution in corpus.resolutions if resolution.adopted}
    return set(map(str, adopted & set(question.years)))


def _is_asked_for(passage: Passage, question: Question) -> bool:
    """Return whether a passage, which addresses any actor asked for, acts or cites as asked."""
    if question.verbs:
        return _does(passage, question)
    return bool(question.actor) or _cites(passage, question)


def _does(passage: Passage, question: Question) -> bool:
    """Return whether a passage acts by one of the verbs asked for, or in their tone."""
    tones = {"appreciation"} if "expresses its appreciation" in question.verbs else set()
    return any(
        action.lemma in question.verbs or tones & set(action.verb.lower().split())
        for action in passage.actions
    )


def _cites(passage: Passage, question: Question) -> bool:
    """Return whether a passage cites a document, of the organ asked for where one is named."""
    series = question.cited_series or ""
    return any(cited.symbol.startswith(series) for cited in passage.citations)


def _spans(passage: Passage, question: Question) -> tuple[Span, ...]:
    """Return where a passage has the verbs, or the citations, that are asked for."""
    if question.verbs or question.actor:
        return tuple(
            Span(start=action.start, end=action.start + len(action.verb))
            for action in passage.actions
            if not question.verbs or action.lemma in question.verbs
        )
    spans = (
        Span(start=cited.start, end=cited.end)
        for cited in passage.citations
        if cited.symbol.startswith(question.cited_series or "")
    )
    return tuple(dict.fromkeys(spans))  # one printed symbol may name two documents
