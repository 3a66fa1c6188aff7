"""What the Security Council was asked for and did not adopt: said where nothing adopted answers."""

from collections.abc import Sequence

from qa.answer import Answer, Quote, RefusalKind
from qa.answering.context import AnswerContext
from qa.answering.quotation import quote_hit
from qa.answering.record_facts import is_vetoed, status_reply
from qa.answering.replies import refuse, reply_with_facts
from qa.question.question import Question
from qa.resolutions.cite.citation_format import spaced_symbol
from qa.resolutions.model import Body, Masthead, Status
from qa.resolutions.periods import ANY_TIME, Period
from qa.search.document_finder import DocumentMatch, day_of
from qa.search.filters import Filters
from qa.search.weights import load_weights

_QUOTED = 3  # paragraphs of drafts that are shown


def answer_not_adopted(context: AnswerContext) -> Answer | None:
    """Say that a draft was not adopted, where it alone is what a question is about.

    None where a text that the Council adopted fits the words of the question nearly as well.
    """
    question = context.question
    council = Body.SECURITY_COUNCIL.value
    is_council = question.bodies == {council} or context.filters.bodies == {council}
    if not is_council or context.scope or question.asks_for_not_adopted:
        return None
    drafts = _drafts(context)
    if not drafts:
        return None
    quotes = _quotes(context, drafts)
    if question.asks_whether:
        replies = [status_reply(draft, asks_whether=True) for draft in drafts]
        facts = [fact for reply in replies for fact in reply.facts]
        return reply_with_facts(facts, replies[0].message, quotes=quotes)
    message = f"The Security Council adopted no loaded text on this. {_fate(drafts)}"
    return refuse(RefusalKind.NOT_IN_TEXTS, message, nearest=quotes)


def _drafts(context: AnswerContext) -> tuple[Masthead, ...]:
    """Return the drafts that fit a question far better than any adopted text of the Council."""
    topic, documents = context.question.topic, context.retriever.documents

    period = _period_of(context.question)

    def is_council(masthead: Masthead) -> bool:
        day = day_of(masthead)
        is_then = period == ANY_TIME or (day is not None and day in period)
        return masthead.body is Body.SECURITY_COUNCIL and is_then

    limits = load_weights().documents
    failed = documents.nearest(
        topic, lambda one: is_council(one) and one.status is Status.NOT_ADOPTED
    )
    if not failed or failed[0].score < limits.min_failed:
        return ()
    adopted = documents.find(topic, lambda one: is_council(one) and one.status is Status.ADOPTED)
    if _lead(failed[0], adopted) < limits.min_lead:
        return ()
    return tuple(match.masthead for match in failed)


def _period_of(question: Question) -> Period:
    """Return the time that a question names: a period, or else a month of a year, or a year."""
    if question.adopted != ANY_TIME or len(question.years) != 1:
        return question.adopted
    (year,) = question.years
    if len(question.months) == 1:
        return Period.of_month(year, question.months[0])
    return Period.of_year(year)


def _lead(match: DocumentMatch, others: Sequence[DocumentMatch]) -> float:
    return match.score - (others[0].score if others else 0)


def _fate(drafts: Sequence[Masthead]) -> str:
    """Return the sentences that say what became of drafts."""
    sentences = []
    for draft in drafts:
        fate = "vetoed" if is_vetoed(draft) else "short of votes"
        sentences.append(f"The draft {spaced_symbol(draft.symbol)} was not adopted ({fate}).")
    return " ".join(sentences)


def _quotes(context: AnswerContext, drafts: Sequence[Masthead]) -> tuple[Quote, ...]:
    """Return the paragraphs of the drafts that come nearest to the question."""
    retriever = context.retriever
    scope = [draft.symbol for draft in drafts]
    candidates = retriever.candidates(
        context.question, filters=Filters(with_not_adopted=True), scope=scope
    )
    if not candidates:
        return ()
    hits = retriever.best(context.question, candidates, _QUOTED)
    return tuple(quote_hit(context.corpus, retriever, candidates.query, hit) for hit in hits)
