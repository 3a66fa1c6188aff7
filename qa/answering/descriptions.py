"""What a description inside a question means, found in the texts, so that the rest can be asked."""

import re
from dataclasses import dataclass, replace

from qa.answer import Answer, AnswerRoute
from qa.answering.context import AnswerContext
from qa.answering.endings import still_running
from qa.answering.oldest_document import of_oldest
from qa.answering.premises import missing_premise
from qa.answering.quotation import quote
from qa.answering.recalled_sources import recalled_source
from qa.answering.steps import event
from qa.answering.successions import body_beside, body_of
from qa.corpus.passages import Passage
from qa.question.description_query import DescriptionKind, DescriptionQuery
from qa.question.read import read_question
from qa.question.shown_values import is_answered_by
from qa.question.step_query import StepKind, read_step_query
from qa.resolutions.cite.citation_format import spaced_symbol
from qa.search.weights import load_weights

_WHICH = re.compile(r"\b(?:first|initial|original)\b", re.IGNORECASE)
MAX_DESCRIPTIONS = 3  # one inside the other
_POINTS_BACK = re.compile(
    r"\b(?:this|that|the (?:same|said)) (?:mission|operation|force|office|panel|group|body)\b|"
    r"\bit\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Described:
    """What a description means, and the paragraph that says so."""

    name: str  # as a question writes it: "S/RES/2745 (2024)", "UNTMIS"
    passage: Passage | None


def with_descriptions(context: AnswerContext) -> tuple[AnswerContext, tuple[Described, ...]]:
    """Return a question with what its descriptions mean in their stead, and each of them."""
    found: list[Described] = []
    while len(found) < MAX_DESCRIPTIONS and (query := context.question.description):
        meant = _meant(context, query)
        if meant is None:
            break
        text = context.question.text
        text = f"{text[: query.span.start]}{meant.name}{text[query.span.end :]}"
        question = read_question(text, context.corpus.resolutions, context.retriever.names)
        context = replace(context, question=question)
        found.append(meant)
    return context, tuple(found)


def with_steps(context: AnswerContext, answer: Answer, found: tuple[Described, ...]) -> Answer:
    """Return an answer that says what the descriptions mean, and quotes where that is said."""
    if not found:
        return answer
    said = f"Read as “{context.question.text}”."
    given = {(each.symbol, each.label) for each in answer.quotes}
    steps = {
        (each.passage.symbol, each.passage.label): each.passage for each in found if each.passage
    }
    besides = [passage for place, passage in steps.items() if place not in given]
    quotes = answer.quotes
    asked = _WHICH.sub(" ", context.question.text)
    for each in found:
        asked = asked.replace(each.name, " ")
    values = [each for each in steps.values() if is_answered_by(asked, each.text)]
    if answer.road is AnswerRoute.SEARCH and values:
        first = [quote(context.corpus, passage) for passage in values]
        places = {(each.symbol, each.label) for each in first}
        quotes = (*first, *(each for each in quotes if (each.symbol, each.label) not in places))
    elif answer.answered and quotes:
        kept = quotes[: max(1, context.top - len(besides))]
        quotes = (*kept, *(quote(context.corpus, passage) for passage in besides))
    return replace(answer, message=f"{said} {answer.message}".strip(), quotes=quotes)


def _meant(context: AnswerContext, query: DescriptionQuery) -> Described | None:
    """Return what a description means; None if no loaded text says it."""
    if query.kind is DescriptionKind.DOCUMENT:
        return _document(context, query.about)
    if query.kind is DescriptionKind.BODY_OF:
        symbols = read_question(query.about, context.corpus.resolutions).symbols
        masthead = context.corpus.masthead(symbols[0]) if symbols else None
        name = body_of(context, masthead.symbol) if masthead else None
        return Described(name, None) if name and not name.startswith("resolution") else None
    is_later = query.kind is DescriptionKind.SUCCESSOR
    beside = body_beside(context, query.about, is_later=is_later)
    return Described(*beside) if beside else None


def _document(context: AnswerContext, deed: str) -> Described | None:
    """Return the document that did what is described; "this mission" is that of a named text."""
    if _POINTS_BACK.search(deed):
        name = body_of(context, context.named[0].symbol) if len(context.named) == 1 else None
        if name is None:
            return None
        deed = _POINTS_BACK.sub(name, deed)
    steps = read_step_query(f"the resolution that {deed}", names_document=False)
    passages = event(context, steps)[0] if steps else ()
    is_end = steps is not None and steps.kind is StepKind.ENDING
    if not passages and steps and is_end and still_running(context, steps.about):
        return None
    if not passages and (found := _by_search(context, deed)):
        return found
    if not passages and steps and steps.kind is StepKind.BEGINNING:
        passages = of_oldest(context, steps)[0]
    return Described(spaced_symbol(passages[0].symbol), passages[0]) if passages else None


def _by_search(context: AnswerContext, deed: str) -> Described | None:
    """Return the document of the paragraph that surely says what was done, or that it recalls."""
    asked = read_question(f"Which resolution {deed}?", context.corpus.resolutions)
    asked = replace(asked, description=None, steps=None)
    inner = replace(context, question=asked)
    if inner.candidates is None or missing_premise(inner):
        return None
    if inner.confidence < load_weights().refusal.min_confidence:
        return None
    hits = context.retriever.best(asked, inner.candidates, 1)
    if not hits:
        return None
    passage = hits[0].passage
    source = recalled_source(context.corpus, passage)
    if source is None:
        return Described(spaced_symbol(passage.symbol), passage)
    return Described(spaced_symbol(source.symbol), passage)
