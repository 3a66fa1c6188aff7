"""The last route: search, and an answer only where what is found carries it."""

from collections.abc import Sequence

from qa.answer import Answer, AnswerRoute, Quote, RefusalKind
from qa.answering.context import AnswerContext
from qa.answering.quotation import quote_hit, with_notes
from qa.answering.replies import refuse, reply_with_quotes
from qa.answering.scope import scope_of
from qa.corpus.corpus import Corpus
from qa.question.question import Question
from qa.search.filters import Filters
from qa.search.retriever import Hit, Retriever
from qa.search.scorer import CANDIDATES, Candidates
from qa.search.succession import newest_first
from qa.search.weights import load_weights

MIN_HITS = 10  # that are looked at, even where fewer quotations are wanted
MAX_NEAREST = 2  # passages shown with a refusal


def answer_search(context: AnswerContext) -> Answer:
    """Search, and answer only where what is found carries it."""
    question = context.question
    if _names_absent_year(context):
        years = " or ".join(map(str, question.years))
        return refuse(RefusalKind.NOT_IN_TEXTS, f"No loaded resolution is of {years}.")
    candidates = context.candidates
    if not candidates:
        return refuse(RefusalKind.NOT_IN_TEXTS, "Nothing that is loaded passes the filters.")
    hits = context.retriever.best(question, candidates, max(context.top, MIN_HITS))
    if not question.names_date:
        hits = newest_first(context.corpus, hits, candidates.allows)
    unknown = _unknown_name(context)
    if unknown or not (_carries(context, candidates, hits) or (question.verbs and question.lists)):
        return _refuse_with_nearest(context, candidates, hits, unknown)
    return _quoted(context, candidates, hits)


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


def _names_absent_year(context: AnswerContext) -> bool:
    """Return whether a question is about the resolutions of a year of which none is loaded."""
    question = context.question
    is_of_year = question.names_by_year or (
        question.asks_what_a_year_did and not _is_adopted_in(context.corpus, question.years)
    )
    return is_of_year and not context.scope and not question.about_citations


def _is_adopted_in(corpus: Corpus, years: Sequence[int]) -> bool:
    """Return whether a loaded resolution was adopted in one of the years."""
    adopted = (resolution.adopted for resolution in corpus.resolutions)
    return any(day is not None and day.year in years for day in adopted)


def _unknown_name(context: AnswerContext) -> str | None:
    """Return a name in the question that no loaded text holds."""
    words = context.corpus.words
    for name in context.question.capitalised:
        for word in name.unexplained:
            terms = words.terms(word)
            is_unknown = terms and not any(map(words.known, terms))
            if is_unknown and not words.nearest_term(word):
                return name.text
    return None


def _carries(context: AnswerContext, candidates: Candidates, hits: Sequence[Hit]) -> bool:
    """Return whether what was found is sure, and near, enough to be an answer."""
    limits = load_weights().refusal
    near = max(
        hit.cosine + limits.coverage_weight * hit.coverage for hit in hits[: limits.nearest_hits]
    )
    is_near = near >= limits.min_nearness or len(candidates.rows) >= CANDIDATES
    return context.confidence >= limits.min_confidence and is_near


def _refuse_with_nearest(
    context: AnswerContext, candidates: Candidates, hits: Sequence[Hit], unknown: str | None
) -> Answer:
    """Refuse, and show what comes nearest where it is worth showing."""
    is_shown = context.confidence >= load_weights().refusal.min_confidence_to_show
    nearest = tuple(
        quote_hit(context.corpus, context.retriever, candidates.query, hit)
        for hit in (hits[:MAX_NEAREST] if is_shown else ())
    )
    message = "No paragraph of the loaded texts answers this."
    if unknown:
        message = f"No loaded text mentions {unknown}."
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
    """Return hits in their order; for a comparison, the best of each resolution first."""
    if not (context.question.compares or context.question.every):
        return tuple(hits)
    first: dict[str, Hit] = {}
    for hit in hits:
        first.setdefault(hit.passage.symbol, hit)
    leaders = list(first.values())[: max(len(context.scope), 2)]
    return tuple(leaders + [hit for hit in hits if hit not in leaders])
