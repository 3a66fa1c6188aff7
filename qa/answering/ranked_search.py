"""The last route: search, and an answer only where what is found carries it."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from qa.answer import Answer, AnswerRoute, Quote, RefusalKind
from qa.answering.context import AnswerContext
from qa.answering.document_list import nothing_loaded
from qa.answering.premises import missing_premise, paragraphs_of_act
from qa.answering.quotation import quote_hit, with_notes
from qa.answering.recalled_sources import recalled_source
from qa.answering.replies import refuse, reply_with_quotes
from qa.answering.scope import scope_of
from qa.answering.unknown_names import unknown_name
from qa.corpus.corpus import Corpus
from qa.question.document_scope import DocumentScope
from qa.question.question import Question
from qa.resolutions.periods import ANY_TIME, Period
from qa.search.entity_match import names_none
from qa.search.filters import Filters
from qa.search.retriever import Hit, Retriever
from qa.search.scoped_documents import documents_in
from qa.search.scorer import Candidates
from qa.search.succession import newest_first
from qa.search.topic_documents import rows_with_units
from qa.search.weights import load_weights

MIN_HITS = 10  # that are looked at, even where fewer quotations are wanted
MAX_YEARS = 3  # that a question may set side by side
MAX_NEAREST = 3  # passages shown with a refusal


def answer_search(context: AnswerContext) -> Answer:
    """Search; answer where what is found carries it, or else say what it is."""
    question = context.question
    if unloaded := _refuse_unloaded(context):
        return unloaded
    candidates = context.candidates
    if not candidates:
        return refuse(RefusalKind.NOT_IN_TEXTS, "Nothing that is loaded passes the filters.")
    hits = context.retriever.best(question, candidates, max(context.top, MIN_HITS))
    if not question.names_date:
        hits = newest_first(context.corpus, hits, candidates.allows)
    hits = _act_first(context, hits)
    if question.asks_which_text:
        hits = _source_first(context, hits)
    is_sure = context.confidence >= load_weights().refusal.min_confidence
    if names_none(candidates.query.entities, _described(hits)):
        return _refuse_with_nearest(context, candidates, hits)
    if (is_sure or question.is_key_words) and (message := missing_premise(context)):
        return _refuse_with_nearest(context, candidates, hits, message)
    if is_sure or (question.verbs and question.lists):
        return _quoted(context, candidates, hits)
    if message := _standing_here(context, hits):
        return replace(_quoted(context, candidates, hits), message=message, is_claimed=False)
    return _refuse_with_nearest(context, candidates, hits)


def _act_first(context: AnswerContext, hits: tuple[Hit, ...]) -> tuple[Hit, ...]:
    """Return hits with the paragraphs before them that open with the act that is asked for."""
    if not hits or context.question.names_date:
        return hits
    known = {hit.passage.row: hit for hit in hits}
    first = tuple(
        replace(known.get(passage.row, hits[0]), passage=passage, score=hits[0].score)
        for passage in paragraphs_of_act(context)
    )
    places = {hit.passage.row for hit in first}
    return (*first, *(hit for hit in hits if hit.passage.row not in places))


def _source_first(context: AnswerContext, hits: tuple[Hit, ...]) -> tuple[Hit, ...]:
    """Return hits with the document that the best one recalls before it: that did what is asked."""
    source = recalled_source(context.corpus, hits[0].passage) if hits else None
    if source is None:
        return hits
    best = context.retriever.search(
        context.question, k=1, filters=context.filters, scope=(source.symbol,)
    )
    first = tuple(replace(hit, score=hits[0].score) for hit in best)
    places = {hit.passage.row for hit in first}
    return (*first, *(hit for hit in hits if hit.passage.row not in places))


def nearest_quotes(
    corpus: Corpus, retriever: Retriever, question: Question, filters: Filters, k: int
) -> tuple[Quote, ...]:
    """Return the `k` passages that come nearest to a question, best first, answer or not."""
    scope = [resolution.symbol for resolution in scope_of(corpus, question)]
    candidates = retriever.candidates(question, filters=filters, scope=scope)
    if not candidates:
        return ()
    hits = retriever.best(question, candidates, k)
    return tuple(quote_hit(corpus, retriever, candidates.query, hit) for hit in hits)


def _refuse_unloaded(context: AnswerContext) -> Answer | None:
    """Refuse a question about a period or session of which no text is loaded, and say what is."""
    question, corpus = context.question, context.corpus
    if context.scope or question.about_citations:
        return None
    sessions = question.sessions
    resolutions = context.retriever.resolutions
    loaded = frozenset(resolutions.session[resolutions.session > 0].tolist())
    is_past = sessions and loaded.isdisjoint(sessions) and max(sessions) < max(loaded, default=0)
    scope = DocumentScope(
        period=_asked_period(context),
        bodies=question.acting_bodies or question.bodies,
        sessions=sessions if is_past else (),
    )
    if scope.period == ANY_TIME and not (scope.sessions or question.acting_bodies):
        return None
    if documents_in(context.retriever.filter_index, scope, context.filters).any():
        return None
    return refuse(RefusalKind.NOT_LOADED, nothing_loaded(corpus, scope))


def _asked_period(context: AnswerContext) -> Period:
    """Return the period of the texts that a question is about; any time if it may be another."""
    question = context.question
    if question.adopted != ANY_TIME:
        return question.adopted
    is_of_year = question.names_by_year or question.asks_what_a_year_did
    if not is_of_year or not question.years:
        return ANY_TIME
    first, last = min(question.years), max(question.years)
    return Period.of_year(first).through(Period.of_year(last))


def _described(hits: Sequence[Hit]) -> Iterator[str]:
    """Yield each passage with what it is about: a State that none of them names is not meant."""
    for hit in hits:
        passage, masthead = hit.passage, hit.passage.resolution
        about = " ".join((masthead.title, *masthead.subjects))
        yield f"{about} {passage.chapeau or ''} {passage.text}"


def _standing_here(context: AnswerContext, hits: Sequence[Hit]) -> str | None:
    """Return how many texts hold the words of a topic, if a nearest passage holds them all.

    Only key words are a topic: a sentence asks for more than its words.
    """
    question, corpus = context.question, context.corpus
    covered = load_weights().answers.full_coverage
    if not question.is_key_words or not any(hit.coverage >= covered for hit in hits):
        return None
    units = context.retriever.names.units(question.subject or question.topic)
    rows = rows_with_units(corpus, units)
    count = len(np.unique(context.retriever.resolutions.resolution[rows]))
    if not count:
        return None
    texts = "text holds" if count == 1 else "texts hold"
    return f"{count:,} loaded {texts} these words; the nearest paragraphs are quoted."


def _refuse_with_nearest(
    context: AnswerContext, candidates: Candidates, hits: Sequence[Hit], message: str = ""
) -> Answer:
    """Refuse, for a reason if one is given, and show what comes nearest where it is worth it."""
    is_shown = context.confidence >= load_weights().refusal.min_confidence_to_show
    nearest = tuple(
        quote_hit(context.corpus, context.retriever, candidates.query, hit)
        for hit in (hits[:MAX_NEAREST] if is_shown else ())
    )
    message = message or "No paragraph of the loaded texts clearly answers this."
    if unknown := unknown_name(context):
        message = f"No loaded text mentions {unknown}, and no paragraph clearly answers this."
    return refuse(RefusalKind.NOT_IN_TEXTS, message, nearest=nearest)


def _quoted(context: AnswerContext, candidates: Candidates, hits: Sequence[Hit]) -> Answer:
    """Quote the hits that do not fall far behind the best."""
    limits = load_weights().answers
    worthy = [
        hit
        for hit in hits
        if hit.score >= limits.min_score_share * hits[0].score
        or hit.coverage >= limits.full_coverage
    ]
    quotes = tuple(
        quote_hit(context.corpus, context.retriever, candidates.query, hit)
        for hit in _balanced(context, worthy)[: context.top]
    )
    if context.question.wants_source:
        quotes = with_notes(context.corpus, quotes[:1]) + quotes[1:]
    return reply_with_quotes(AnswerRoute.SEARCH, quotes[: context.top])


def _balanced(context: AnswerContext, hits: Sequence[Hit]) -> tuple[Hit, ...]:
    """Return hits in their order; for a comparison, the best of each resolution or year first."""
    by_year = _best_of_years(context)
    if by_year:
        symbols = {hit.passage.symbol for hit in by_year}
        return (*by_year, *(hit for hit in hits if hit.passage.symbol not in symbols))
    if not (context.question.compares or context.question.every):
        return tuple(hits)
    first: dict[str, Hit] = {}
    for hit in hits:
        first.setdefault(hit.passage.symbol, hit)
    leaders = list(first.values())[: max(len(context.scope), 2)]
    return tuple(leaders + [hit for hit in hits if hit not in leaders])


def _best_of_years(context: AnswerContext) -> tuple[Hit, ...]:
    """Return the best hit adopted in each of the years that a question sets side by side."""
    question = context.question
    years = sorted(question.years)
    if context.named or not 1 < len(years) <= MAX_YEARS or question.adopted != ANY_TIME:
        return ()
    best: list[Hit] = []
    for year in years:
        of_year = replace(question, adopted=Period.of_year(year))
        best += context.retriever.search(of_year, k=1, filters=context.filters)
    return tuple(best) if len(best) == len(years) else ()
