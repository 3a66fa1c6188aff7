"""The route of yearly budgets: "the regular budget for 2026", the total that was approved.

The budget of a mission has an account of its own and is found as a term. What is paid for by all is
approved every year by a resolution that has the year in its title.
"""

import re
from collections.abc import Iterator

from embeddings.text_analysis import terms
from qa.answer import Answer, AnswerRoute, RefusalKind
from qa.answering.context import AnswerContext
from qa.answering.quotation import quote
from qa.answering.replies import refuse, reply_with_quotes
from qa.corpus.passages import Passage
from qa.question.present import PresentQuery
from qa.resolutions.cite.citation_format import spaced_symbol
from qa.resolutions.model import Kind, Masthead
from qa.resolutions.parse.validity import TermKind
from qa.search.amounts import states_amount

_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
# The resolutions on it say "programme budget"; the others are its names and say nothing more.
_ANY_BUDGET = re.compile(
    r"\b(?:regular|ordinary|core|programme|program|annual|yearly|whole|entire|united nations|un)\b",
    re.IGNORECASE,
)
_TOTAL = re.compile(r"\b(?:total\w*|amounting|in the amount of|appropriations?)\b", re.IGNORECASE)
_IS_BUDGET = re.compile(r"\b(?:budgets?|appropriat\w+)\b", re.IGNORECASE)


def answer_yearly_budget(context: AnswerContext) -> Answer | None:
    """Quote the total that was approved for the year asked for, or for the newest one."""
    question = context.question
    present = question.present
    if present is None or context.named or not _asks_for_budget(context, present):
        return None
    year = present.year or present.coming
    masthead = _of_year(context, year)
    if masthead is None and year and (newest := _of_year(context, None)):
        nearest = [quote(context.corpus, each) for each in _totals(context, newest)]
        message = (
            f"No budget for {year} is loaded; the newest is that of {spaced_symbol(newest.symbol)}."
        )
        return refuse(RefusalKind.NOT_LOADED, message, nearest=nearest[:1])
    totals = list(_totals(context, masthead)) if masthead else []
    if not totals:
        return None
    quotes = tuple(quote(context.corpus, passage) for passage in totals[: context.top])
    return reply_with_quotes(AnswerRoute.LOOK_UP, quotes)


def _asks_for_budget(context: AnswerContext, present: PresentQuery) -> bool:
    """Return whether a question asks what was approved, and of nothing but one year's budget."""
    is_money = TermKind.APPROPRIATION in present.kinds
    return is_money and bool(_IS_BUDGET.search(context.question.text)) and not _words(present)


def _words(present: PresentQuery) -> tuple[str, ...]:
    return tuple(terms(_ANY_BUDGET.sub(" ", present.about)))


def _of_year(context: AnswerContext, year: int | None) -> Masthead | None:
    """Return the resolution whose title names a budget and the year, and least besides."""
    found = [
        (-int(years[0]), len(terms(masthead.title)), masthead.symbol, masthead)
        for masthead in context.corpus.resolutions
        if _IS_BUDGET.search(masthead.title)
        and "appropriation" in masthead.title.lower()
        and (years := _YEAR.findall(masthead.title))
        and (year is None or str(year) in years)
    ]
    return min(found, key=lambda each: each[:3])[3] if found else None


def _totals(context: AnswerContext, masthead: Masthead) -> Iterator[Passage]:
    """Yield the operative paragraphs of a resolution that approve an amount, totals first."""
    allowed = frozenset(context.retriever.allowed(context.filters, (masthead.symbol,)).tolist())
    stating = [
        passage
        for passage in context.corpus.passages_of(masthead.symbol, {Kind.OPERATIVE})
        if passage.row in allowed and states_amount(passage.text) and "table" not in passage.label
    ]
    yield from (passage for passage in stating if _TOTAL.search(passage.text))
    yield from (passage for passage in stating if not _TOTAL.search(passage.text))
