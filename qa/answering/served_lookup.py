"""One generation as the routes of answers see it: a question in its context, and a citation."""

from dataclasses import replace

from qa.answer import Answer, RefusalKind
from qa.answering.context import AnswerContext, Clock
from qa.answering.pipeline import look_up_only
from qa.answering.replies import refuse
from qa.question.question import Question
from qa.search.filters import Filters
from qa.search.serving import ServedGeneration
from qa.settings import DEFAULT_TOP


def context_in(
    served: ServedGeneration,
    question: Question,
    clock: Clock,
    *,
    top: int = DEFAULT_TOP,
    filters: Filters | None = None,
) -> AnswerContext:
    """Return a question with the texts of a generation."""
    return AnswerContext(
        corpus=served.corpus,
        retriever=served.retriever,
        question=question,
        filters=_with_status(filters or Filters(), question),
        top=top,
        clock=clock,
    )


def _with_status(filters: Filters, question: Question) -> Filters:
    """Return filters that leave in what was not adopted, where the question asks for it."""
    return replace(filters, with_not_adopted=True) if question.asks_for_not_adopted else filters


def look_up_citation(question: Question, served: ServedGeneration, clock: Clock) -> Answer:
    """Return what is looked up, or a refusal of what cites nothing."""
    answer = None
    if question.symbols or question.unusable:
        answer = look_up_only(context_in(served, question, clock))
        if answer is None or _is_in_another_language(answer):
            # Whatever else a citation says, its title or its report, it names a document.
            answer = look_up_only(context_in(served, question.with_topic(""), clock))
    return answer or refuse(
        RefusalKind.NOT_A_QUESTION,
        f'"{question.text}" is no citation; type one such as 61/181 OP6.',
    )


def _is_in_another_language(answer: Answer) -> bool:
    return answer.refusal is not None and answer.refusal.kind is RefusalKind.OTHER_LANGUAGE
