"""One question on its way to an answer: the first route that gives one is taken."""

from collections.abc import Callable
from dataclasses import replace

from qa.answer import Answer, RefusalKind
from qa.answering.compared_documents import answer_comparison, in_turn
from qa.answering.context import AnswerContext
from qa.answering.count_route import answer_count
from qa.answering.descriptions import with_descriptions, with_steps
from qa.answering.document_list import answer_documents
from qa.answering.edge_document import answer_edge_document
from qa.answering.foreign_language import refuse_foreign_language
from qa.answering.inventory import answer_inventory
from qa.answering.listing import answer_list
from qa.answering.lookup import answer_lookup
from qa.answering.metadata import answer_metadata
from qa.answering.newest_terms import answer_newest_term
from qa.answering.not_adopted import answer_not_adopted
from qa.answering.not_loaded import refuse_not_loaded
from qa.answering.not_recorded import refuse_not_recorded
from qa.answering.ranked_search import answer_search
from qa.answering.records import answer_record
from qa.answering.replies import refuse
from qa.answering.request_list import answer_requests
from qa.answering.steps import answer_steps
from qa.answering.table_row import answer_table_row
from qa.answering.whole_document import quote_whole_document
from qa.answering.yearly_budget import answer_yearly_budget
from qa.question.present import read_present
from qa.question.question import Question
from qa.question.read import read_question
from qa.resolutions.cite.citation_format import spaced_symbol
from qa.resolutions.model import Status
from qa.search.thread_finder import find_threads
from qa.time_budget import check_time

Route = Callable[[AnswerContext], Answer | None]

# In this order, each with the stage that its time counts for. Search comes last and always answers.
ROUTES: tuple[tuple[str, Route], ...] = (
    ("look_up", answer_record),  # "How did China vote on 2725?"
    ("look_up", answer_documents),  # "List all resolutions on Haiti since 2023"
    ("look_up", answer_steps),  # "Which resolution closed UNMOVIC?"
    ("look_up", answer_count),  # "How many resolutions mention UNODC?"
    ("look_up", refuse_not_loaded),  # "What does 60/175 say?", which is not loaded
    ("look_up", answer_table_row),  # "What share does China pay?"
    ("look_up", refuse_not_recorded),  # "Who voted against 61/181?"
    ("look_up", answer_lookup),  # "61/181 OP6"
    ("look_up", answer_metadata),  # "When was 61/181 adopted?"
    ("look_up", answer_inventory),  # "Which resolutions are loaded?"
    ("look_up", quote_whole_document),  # "61/181"
    ("look_up", refuse_foreign_language),  # "Qui doit faire rapport ?"
    ("look_up", answer_edge_document),  # "latest resolution on Haiti"
    ("look_up", answer_yearly_budget),  # "the regular budget for 2026"
    ("look_up", answer_newest_term),  # "Until when is the mandate of UNDOF?"
    ("look_up", answer_list),  # "List the invitations in 56/123"
    ("look_up", answer_requests),  # "What is UNDP asked to do since 2022?"
    ("search", answer_comparison),  # "Compare 2250 and 2535 on youth"
    ("search", answer_not_adopted),  # "Did the Council recommend Palestine for membership?"
    ("search", answer_search),  # "Who should report at the 62nd session?"
)


def answer_question(context: AnswerContext) -> Answer:
    """Return the answer of the first route that gives one.

    What a question describes, "the resolution that lifted …", is looked for first.
    """
    context, described = with_descriptions(context)
    answer = _of_sides(context) or _first(context, ROUTES)
    if answer is None:
        raise ValueError("the last route gave no answer")
    return with_steps(context, answer, described)


def _of_sides(context: AnswerContext) -> Answer | None:
    """Return the answers to the two sides of a comparison in words, if both have one."""
    question, sides = context.question, context.question.sides
    is_set = (question.documents or question.count or question.requests) and not question.compares
    if sides is None or question.unusable or is_set:
        return None
    loaded, names = context.corpus.resolutions, context.retriever.names
    questions = [_of_side(context, read_question(side, loaded, names)) for side in sides]
    if context.named and any(side.symbols for side in questions):
        return None  # "resolution 2022 vs 2024" may name years, which a side shows
    answers = [_first(replace(context, question=question), ROUTES) for question in questions]
    return in_turn(sides, [answer for answer in answers if answer], context.top)


def _of_side(context: AnswerContext, question: Question) -> Question:
    """Return the question of one side: what its documents say is compared, not which there are.

    A body and a year, "MINURSO 2024", are compared by what was decided on the body in that year; a
    body alone by its newest mandate.
    """
    present = question.present
    is_body = any(map(context.corpus.validity.names.key, question.text.split()))
    is_of_body = len(question.years) == 1 or (is_body and not question.years)
    if present is None and question.is_key_words and is_of_body:
        loaded = context.corpus.resolutions
        present = read_present(f"{question.text} mandate", loaded)
        if present and not find_threads(context.corpus, present, context.retriever.names):
            present = None
    is_of_term = present is not None and bool(present.kinds)
    documents = None if is_of_term else question.documents
    return replace(question, sides=None, present=present, documents=documents)


def look_up_only(context: AnswerContext) -> Answer | None:
    """Return the answer of the first route that needs no search; None if none gives one."""
    return _first(context, tuple(row for row in ROUTES if row[0] != "search"))


def _first(context: AnswerContext, routes: tuple[tuple[str, Route], ...]) -> Answer | None:
    question = context.question
    if question.unusable:
        return refuse(RefusalKind.NOT_A_QUESTION, question.unusable.value)
    for stage, route in routes:
        check_time()
        with context.clock.stage(stage):
            answer = route(context)
        if answer is not None:
            return _with_status(context, _with_missing(context, answer))
    return None


def _with_status(context: AnswerContext, answer: Answer) -> Answer:
    """Return an answer that says which of the texts that it shows were not adopted."""
    shown = dict.fromkeys(
        [fact.symbol for fact in answer.facts] + [quote.symbol for quote in answer.quotes]
    )
    mastheads = map(context.corpus.masthead, shown)
    failed = [one.symbol for one in mastheads if one and one.status is Status.NOT_ADOPTED]
    if not failed or "not adopted" in answer.message:
        return answer
    named = f"{', '.join(map(spaced_symbol, failed))} {'was' if len(failed) == 1 else 'were'}"
    return replace(answer, message=f"{answer.message} {named} not adopted.".strip())


def _with_missing(context: AnswerContext, answer: Answer) -> Answer:
    """Return an answer that says what the question names and is not loaded."""
    if not (answer.answered and context.named and context.missing):
        return answer
    missing = ", ".join(map(spaced_symbol, context.missing))
    return replace(answer, message=f"{answer.message} Not loaded: {missing}.".strip())
