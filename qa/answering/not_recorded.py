"""What no resolution records: votes, sponsors, payments, offices, what became of it."""

from qa.answer import Answer, RefusalKind
from qa.answering.context import AnswerContext
from qa.answering.replies import refuse
from qa.answering.scope import is_small
from qa.question.question import Unrecorded
from qa.resolutions.cite.citation_format import record_link
from qa.search.weights import load_weights

# A text may mention the others once.
NEVER_RECORDED = (Unrecorded.VOTES, Unrecorded.SPONSORS, Unrecorded.WORLD)


def refuse_not_recorded(context: AnswerContext) -> Answer | None:
    """Refuse what resolutions do not record, unless a text surely says it."""
    question, corpus = context.question, context.corpus
    what = question.unrecorded
    if what is None or question.asks_what_is_said:
        return None
    is_of_term = what is Unrecorded.DEEDS and question.present and question.present.kinds
    if is_of_term and not context.named:
        return None  # "is the arms embargo still in force": a term of the texts says so
    if what not in NEVER_RECORDED and not question.symbols and _is_said(context):
        return None
    symbol = context.named[0].symbol if context.named else None
    if symbol is None and len(corpus.resolutions) == 1:
        symbol = corpus.resolutions[0].symbol
    message = what.value
    if what is Unrecorded.SPONSORS and symbol:
        masthead = corpus.masthead(symbol)
        if masthead and masthead.report:
            message = (
                "Sponsors are not in the text of a resolution; they stand in its draft and in "
                f"the committee's report, here {masthead.report}."
            )
    outside = record_link(symbol) if symbol else None
    return refuse(RefusalKind.NOT_RECORDED, message, link_to=outside)


def _is_said(context: AnswerContext) -> bool:
    """Return whether many texts, searched, surely say what is mostly recorded elsewhere."""
    if is_small(context.corpus.resolutions):
        return False
    return context.confidence >= load_weights().refusal.min_confidence_of_recorded
