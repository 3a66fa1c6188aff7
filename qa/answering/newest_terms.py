"""The route of the present: the newest term of a mandate, measure or budget, and its chain."""

import re
from collections.abc import Sequence
from datetime import date

import numpy as np
import numpy.typing as npt

from qa.answer import Answer, AnswerRoute, Quote, RefusalKind
from qa.answering.context import AnswerContext
from qa.answering.endings import still_running
from qa.answering.quotation import quote
from qa.answering.replies import refuse, reply_with_quotes
from qa.answering.steps import began_or_ended, event
from qa.corpus.corpus import Corpus
from qa.corpus.term_threads import DatedTerm, TermThread
from qa.question.entities import entities_in
from qa.question.present import PresentQuery, names_kind
from qa.question.step_query import StepKind, StepQuery
from qa.resolutions.cite.citation_format import spaced_symbol
from qa.resolutions.model import Span
from qa.resolutions.parse.validity import TermKind
from qa.resolutions.periods import date_in_words
from qa.resolutions.text import squeeze
from qa.search.thread_finder import find_threads, newest_day


def answer_newest_term(context: AnswerContext) -> Answer | None:
    """Quote the newest term that is asked for, and below it those that it replaced."""
    present, corpus = context.question.present, context.corpus
    if present is None or context.named:
        return None
    threads = find_threads(corpus, present, context.retriever.names)
    if present.financial is not None:
        return _of_period(context, threads, present.financial)
    if present.year is not None:
        return _of_year(context, threads, present.year)
    if present.kinds and (lifted := _lifted(context, present)):
        return lifted
    if present.has_cue and not any(each.runs_on(newest_day(corpus)) for each in threads):
        last = max((each.terms[-1].adopted or date.min for each in threads), default=date.min)
        if ended := _ended(context, present, since=last):
            return ended
    if threads:
        return _of_thread(context, present, threads[0])
    return _refuse_unknown(context, present)


def _refuse_unknown(context: AnswerContext, present: PresentQuery) -> Answer | None:
    """Refuse a question about a mission in a State where no loaded text has one."""
    states = [each for each in entities_in(present.about, context.retriever.names) if each.is_state]
    is_of_mission = present.kinds and _OF_MISSIONS.issuperset(present.kinds)
    names = {name.casefold() for state in states for name in state.names}
    if not is_of_mission or present.about.casefold() not in names:
        return None
    where = present.about
    message = f"No loaded text sets a mandate or a strength of a mission in {where}."
    return refuse(RefusalKind.NOT_IN_TEXTS, message)


_OF_MISSIONS = frozenset({TermKind.MANDATE, TermKind.CEILING})


def _lifted(context: AnswerContext, present: PresentQuery) -> Answer | None:
    """Quote what lifted measures, where it is asked whether they were lifted or still hold."""
    if not _LIFTED.search(context.question.text):
        return None
    if lifted := _ended(context, present, since=date.min):
        return lifted
    if TermKind.MEASURES not in present.kinds or not present.about:
        return None
    about = f"measures on {squeeze(_WHOSE.sub(' ', present.about)) or present.about}"
    if still_running(context, about):
        return None  # what is lifted by numbers alone may be another measure
    passages, message = event(context, StepQuery(kind=StepKind.ENDING, about=about))
    quotes = tuple(quote(context.corpus, passage) for passage in passages[: context.top])
    return reply_with_quotes(AnswerRoute.LOOK_UP, quotes, message) if quotes else None


_LIFTED = re.compile(  # whether measures were lifted is answered by what lifted them
    r"\b(?:lifted|terminated|ended|dropped|removed)\b|"
    r"^\W*is there (?:still )?an? (?:\w+ )?(?:embargo|ban|freeze)",
    re.IGNORECASE,
)
_WHOSE = re.compile(r"\b(?:governments?|authorities|forces)\b", re.IGNORECASE)


def _of_thread(context: AnswerContext, present: PresentQuery, thread: TermThread) -> Answer | None:
    """Quote the terms of a thread, in the order in which they are asked for."""
    corpus, allowed = context.corpus, rows_mask(context)
    terms = [term for term in _newest_first(thread) if allowed[term.row]]
    if present.is_first:
        places = list(dict.fromkeys(term.place for term in thread.terms))
        terms.sort(key=lambda term: places.index(term.place))
    terms = _with_asked_words(context, terms)
    is_asked = present.has_cue or thread.kind in _ALWAYS_ASKED
    if not terms or not (is_asked or _is_in_force(corpus, terms[0])):
        return None  # "sanctions on X" asks for more than terms that ran out long ago
    quotes = tuple(
        quote(corpus, corpus.passages[row], highlight=_spans(terms, row))
        for row in list(dict.fromkeys(term.row for term in terms))[: context.top]
    )
    if present.is_first:
        symbol = spaced_symbol(corpus.resolutions[terms[0].place].symbol)
        message = f"The first loaded {_KINDS[thread.kind]} is {symbol}."
        return reply_with_quotes(AnswerRoute.LOOK_UP, quotes, message)
    if _is_too_late(context, terms[0]):
        return _refuse_later(corpus, terms[0], thread, quotes)
    return reply_with_quotes(AnswerRoute.LOOK_UP, quotes, _message(corpus, terms, thread))


_ALWAYS_ASKED = frozenset({TermKind.MANDATE, TermKind.CEILING, TermKind.APPROPRIATION})
_MAX_NEAREST = 3  # quotations with a refusal


def _with_asked_words(context: AnswerContext, terms: list[DatedTerm]) -> list[DatedTerm]:
    """Return the terms of each resolution, those first that name whom a question counts: police."""
    asked = [rule for rule in _COUNTED if rule.search(context.question.text)]
    if not asked or not terms or terms[0].record.kind is not TermKind.CEILING:
        return terms
    corpus, places = context.corpus, [term.place for term in terms]
    besides = [
        term
        for thread in corpus.validity.threads
        if thread.kind is TermKind.CEILING
        for term in thread.terms
        if term.place == places[0] and term not in terms
    ]

    def lacks(term: DatedTerm) -> int:
        text = corpus.passages[term.row].text
        return sum(rule.search(text) is None for rule in asked)

    besides = [term for term in besides if not lacks(term)]
    return sorted([*terms, *besides], key=lambda term: (places.index(term.place), lacks(term)))


_COUNTED = tuple(
    re.compile(rf"\b(?:{words})\b", re.IGNORECASE)
    for words in ("police", "troops?|soldiers?|military", "civilians?", "observers?")
)


def _is_too_late(context: AnswerContext, newest: DatedTerm) -> bool:
    """Return whether a question names a year that no term reaches, and does not ask about that.

    "Will UNIFIL go on in 2027?" is answered by the term that ends before.
    """
    present = context.question.present
    if present is None or present.coming is None or _WHETHER.match(context.question.text):
        return False
    if newest.until is None:
        return False
    last = max(newest.until.year, newest_day(context.corpus).year)
    return present.coming > last


_WHETHER = re.compile(r"\W*(?:is|are|will|would|does|do|did|has|have|can|may)\b", re.IGNORECASE)


def _refuse_later(
    corpus: Corpus, newest: DatedTerm, thread: TermThread, quotes: tuple[Quote, ...]
) -> Answer:
    symbol = spaced_symbol(corpus.resolutions[newest.place].symbol)
    until = f": until {date_in_words(newest.until)}" if newest.until else ""
    message = (
        f"No loaded text reaches that year. The newest {_KINDS[thread.kind]} is {symbol}{until}."
    )
    return refuse(RefusalKind.NOT_LOADED, message, nearest=quotes[:_MAX_NEAREST])


def _of_period(
    context: AnswerContext, threads: Sequence[TermThread], period: tuple[int, int]
) -> Answer | None:
    """Quote the appropriations for a financial period, those of the newest resolution first."""
    corpus, allowed = context.corpus, rows_mask(context)
    for thread in threads:
        terms = [
            term
            for term in _newest_first(thread)
            if allowed[term.row]
            and (term.since, term.until) != (None, None)
            and (term.since.year if term.since else period[0]) == period[0]
            and (term.until.year if term.until else period[1]) == period[1]
        ]
        rows = list(dict.fromkeys(term.row for term in terms))[: context.top]
        if rows:
            quotes = tuple(
                quote(corpus, corpus.passages[row], highlight=_spans(terms, row)) for row in rows
            )
            symbol = spaced_symbol(corpus.resolutions[terms[0].place].symbol)
            message = f"The {_KINDS[thread.kind]} for {period[0]}/{period[1]} is in {symbol}."
            return reply_with_quotes(AnswerRoute.LOOK_UP, quotes, message)
    return None


def _of_year(context: AnswerContext, threads: Sequence[TermThread], year: int) -> Answer | None:
    """Quote the terms that were set in a year of the past, or else what held then."""
    corpus = context.corpus
    for thread in threads:
        terms = [each for each in _allowed(context, thread) if _year_of(each) == year]
        rows = list(dict.fromkeys(term.row for term in terms))[: context.top]
        if rows:
            quotes = tuple(
                quote(corpus, corpus.passages[row], highlight=_spans(terms, row)) for row in rows
            )
            symbol = spaced_symbol(corpus.resolutions[terms[0].place].symbol)
            until = f": until {date_in_words(terms[0].until)}" if terms[0].until else ""
            message = f"The last {_KINDS[thread.kind]} set in {year} is {symbol}{until}."
            return reply_with_quotes(AnswerRoute.LOOK_UP, quotes, message)
    return _held_in(context, threads[0], year) if threads else None


def _held_in(context: AnswerContext, thread: TermThread, year: int) -> Answer | None:
    """Quote the last term before a year if it ran then; else decline with what is nearest."""
    corpus, terms = context.corpus, _allowed(context, thread)
    before = [term for term in terms if _year_of(term) < year]
    if not terms:
        return None
    nearest = (before or terms[-1:])[0]
    symbol = spaced_symbol(corpus.resolutions[nearest.place].symbol)
    quotes = (quote(corpus, corpus.passages[nearest.row], highlight=_spans(terms, nearest.row)),)
    until = f": until {date_in_words(nearest.until)}" if nearest.until else ""
    is_open = not nearest.record.ends and _ran_in(context, thread, year)
    if before and is_open and (nearest.until is None or nearest.until.year >= year):
        message = f"The {_KINDS[thread.kind]} that held in {year} is that of {symbol}{until}."
        return reply_with_quotes(AnswerRoute.LOOK_UP, quotes, message)
    message = f"No loaded text sets a term for {year}; the nearest is {symbol}{until}."
    return refuse(RefusalKind.NOT_LOADED, message, nearest=quotes)


def _ran_in(context: AnswerContext, thread: TermThread, year: int) -> bool:
    """Return whether the mandate of the body of a thread ran in a year, as far as is known."""
    mandates = [
        term.until.year
        for each in context.corpus.validity.threads
        if each.kind is TermKind.MANDATE and each.name == thread.name
        for term in each.terms
        if term.until
    ]
    return not mandates or max(mandates) >= year


def _allowed(context: AnswerContext, thread: TermThread) -> list[DatedTerm]:
    """Return the terms that the filters leave, the newest first."""
    allowed = rows_mask(context)
    return [term for term in _newest_first(thread) if allowed[term.row]]


def _year_of(term: DatedTerm) -> int:
    return term.adopted.year if term.adopted else 0


def _ended(context: AnswerContext, present: PresentQuery, *, since: date) -> Answer | None:
    """Quote the newest paragraph that ended something, later than its newest term."""
    if not present.about:
        return None
    allowed = rows_mask(context)
    about = squeeze(_WHOSE.sub(" ", present.about)) or present.about
    found = [
        each
        for each in began_or_ended(context, StepQuery(kind=StepKind.ENDING, about=about))
        if allowed[each.row] and (not present.kinds or names_kind(each.text, present.kinds))
    ]
    day = found[0].resolution.adopted if found else None
    if day is None or day <= since:
        return None
    quotes = tuple(quote(context.corpus, passage) for passage in found[: context.top])
    symbol = spaced_symbol(found[0].symbol)
    return reply_with_quotes(AnswerRoute.LOOK_UP, quotes, f"{symbol} ended this.")


def _is_in_force(corpus: Corpus, term: DatedTerm) -> bool:
    """Return whether a term had not ended on the day of the newest text."""
    return not term.record.ends and term.until is not None and term.until >= newest_day(corpus)


def rows_mask(context: AnswerContext) -> npt.NDArray[np.bool_]:
    """Return which rows the filters leave, bool (n,)."""
    allowed = np.zeros(len(context.corpus.columns.rows), dtype=bool)
    allowed[context.retriever.allowed(context.filters)] = True
    return allowed


def _newest_first(thread: TermThread) -> list[DatedTerm]:
    """Return the terms, those of the newest resolution first, of these an end, then the longest."""
    places = list(dict.fromkeys(term.place for term in reversed(thread.terms)))
    return sorted(
        thread.terms,
        key=lambda term: (
            places.index(term.place),
            not term.record.ends,
            -(term.until or date.min).toordinal(),
        ),
    )


def _spans(terms: Sequence[DatedTerm], row: int) -> tuple[Span, ...]:
    spans = {term.record.value for term in terms if term.row == row and term.record.value}
    return tuple(sorted(spans, key=lambda span: span.start))


def _message(corpus: Corpus, terms: Sequence[DatedTerm], thread: TermThread) -> str:
    """Return which term is the newest, until when it runs, and what "now" means."""
    newest = terms[0]
    symbol = spaced_symbol(corpus.resolutions[newest.place].symbol)
    what = f"The newest {_KINDS[thread.kind]} is {symbol}"
    if newest.record.ends:
        return f"{what}, which ends it."
    if newest.until is None:
        return f"{what}."
    until = date_in_words(newest.until)
    today = newest_day(corpus)
    if newest.until < today:
        last = date_in_words(today)
        return f"{what}: until {until}. No later one was found; the newest text is of {last}."
    return f"{what}: until {until}."


_KINDS = {
    TermKind.MANDATE: "term of the mandate",
    TermKind.PANEL: "term of the experts",
    TermKind.MEASURES: "decision on the measures",
    TermKind.AUTHORIZATION: "authorization",
    TermKind.OFFICE: "decision on the term of office",
    TermKind.CEILING: "decision on the strength",
    TermKind.APPROPRIATION: "appropriation",
    TermKind.REPORTING: "decision on the reports",
}
