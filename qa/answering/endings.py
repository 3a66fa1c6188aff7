"""What ended a mandate or a measure: a decision, or the last day of a term that was not renewed."""

import re
from collections.abc import Sequence
from datetime import date

import numpy as np

from qa.answer import Answer, AnswerRoute, RefusalKind
from qa.answering.context import AnswerContext
from qa.answering.quotation import quote
from qa.answering.replies import refuse, reply_with_quotes
from qa.corpus.passages import Passage
from qa.corpus.term_threads import TermThread
from qa.question.entities import entities_in
from qa.question.present import PresentQuery, read_present
from qa.resolutions.cite.citation_format import spaced_symbol
from qa.resolutions.model import Kind, Masthead
from qa.resolutions.parse.validity import TermKind
from qa.resolutions.periods import date_in_words
from qa.search.entity_match import names_apart
from qa.search.thread_finder import find_threads, newest_day
from qa.search.topic_documents import documents_about

_MEASURES = re.compile(  # after the verb, before anything else that is ended
    r"(?:(?!authori[sz]ation|mandate|designation)[^;]){0,80}?\b(?:measures|sanctions|"
    r"embargo(?:es)?|prohibitions?|restrictions?|travel bans?|assets? freezes?)\b",
    re.IGNORECASE,
)
MAX_NEAREST = 3  # quotations with a refusal


def not_renewed_after(
    context: AnswerContext, about: str, found: Sequence[Passage]
) -> list[Passage]:
    """Return the paragraphs that ended a body, save those after which its mandate was renewed."""
    names = context.corpus.validity.names
    key = names.key(about) or names.key(context.retriever.names.expand(about))
    renewed = [
        term.adopted
        for thread in context.corpus.validity.threads
        if key and thread.kind is TermKind.MANDATE and thread.name == key
        for term in thread.terms
        if term.adopted and not term.record.ends
    ]
    last = max(renewed, default=date.min)
    return [passage for passage in found if (passage.resolution.adopted or date.max) >= last]


def ended_in_documents(context: AnswerContext, about: str, ends: re.Pattern[str]) -> list[Passage]:
    """Return the paragraphs that end measures, in the documents on a country: the newest first.

    "Decides to lift the measures set forth in paragraph 4 of resolution 748 (1992)" does not say
    that these are on Libya; what its document is about does.
    """
    corpus = context.corpus
    present = read_present(about)
    if present is None or TermKind.MEASURES not in present.kinds or not present.about:
        return []
    found = [
        passage
        for place in _places_about(context, present.about)
        for passage in corpus.passages_of(corpus.resolutions[place].symbol, {Kind.OPERATIVE})
        if _ends_measures(passage.text, ends)
    ]
    found.sort(
        key=lambda each: (
            _CEASE.match(each.text) is not None,  # what lifts all of them comes first
            -(each.resolution.adopted or date.min).toordinal(),
            each.row,
        )
    )
    return found


def _ends_measures(text: str, ends: re.Pattern[str]) -> bool:
    """Return whether a paragraph decides to end measures, or that they cease to apply."""
    if _CEASE.match(text):
        return True
    match = ends.search(text)
    is_decided = match and text[: match.start()].strip().lower() in _DECIDES
    return bool(match and is_decided and _MEASURES.match(text, match.end()))


_CEASE = re.compile(
    r"Decides that,? (?:[^,;]{0,60}, )?the (?:\w+ )?(?:measures|sanctions|embargo(?:es)?|"
    r"prohibitions?|restrictions?)\b[^;]*?\bshall (?:cease to (?:have effect|apply|be in force)|"
    r"no longer apply)\b(?! to\b)"
)


def _places_about(context: AnswerContext, topic: str) -> list[int]:
    """Return the places of the resolutions on a topic; of a State, by all of its names."""
    corpus, names = context.corpus, context.retriever.names
    among = np.array(["/RES/" in each.symbol for each in corpus.resolutions], dtype=bool)
    states = [entity for entity in entities_in(topic, names) if entity.is_state]
    if not states:
        return documents_about(corpus, topic, names, among)
    return [
        int(place)
        for place in np.flatnonzero(among)
        if all(names_apart(state, described(corpus.resolutions[place])) for state in states)
    ]


def described(masthead: Masthead) -> str:
    """Return what describes a resolution as a whole: its title, by-name and item of the agenda."""
    record = masthead.record
    named = (record.by_name, record.agenda_item_name) if record else ()
    return " ".join((masthead.title, *filter(None, named)))


_DECIDES = frozenset({"", "decides", "decides also", "further decides", "also decides"})


def present_of(context: AnswerContext, about: str) -> PresentQuery | None:
    """Return what a name asks of the present; the name of a body asks for its mandate."""
    present = read_present(about)
    if present and present.kinds:
        return present
    names = context.corpus.validity.names
    is_body = names.key(about) or names.key(context.retriever.names.expand(about))
    return read_present(f"mandate of {about}") if is_body else present


def ran_out(
    context: AnswerContext, threads: Sequence[TermThread]
) -> tuple[Sequence[Passage], str] | None:
    """Return the last term of what was ended or not renewed, the newest; None if all still run."""
    corpus, today = context.corpus, newest_day(context.corpus)
    over = [each for each in threads if not each.runs_on(today) and each.kind in _LAPSING]
    if not over:
        return None
    thread = max(over, key=lambda each: each.terms[-1].adopted or date.min)
    ending = [term for term in thread.newest if term.record.ends]
    dated = [term for term in thread.newest if term.until]
    if not (ending or dated):
        return None
    symbol = spaced_symbol(corpus.resolutions[thread.terms[-1].place].symbol)
    passages = [corpus.passages[term.row] for term in ending or dated]
    if ending:
        return passages, f"{symbol} ended this."
    until = date_in_words(max(term.until for term in dated if term.until))
    return passages, f"The last term is that of {symbol}: until {until}. No later one was found."


_LAPSING = frozenset({TermKind.MANDATE, TermKind.MEASURES, TermKind.PANEL})


def still_running(context: AnswerContext, about: str) -> TermThread | None:
    """Return the thread of what is named if its newest term is not over."""
    present = present_of(context, about)
    if present is None or not present.kinds:
        return None
    threads = find_threads(context.corpus, present, context.retriever.names)
    is_running = threads and threads[0].runs_on(newest_day(context.corpus))
    return threads[0] if is_running else None


_FINAL = re.compile(r"\bfinal (?:\S+ )?(?:time|period|term|extension|renewal|year)\b")


def refuse_running(context: AnswerContext) -> Answer | None:
    """Refuse a question about the end of what still runs, and show its newest term.

    A term that is said to be the final one is the answer.
    """
    query, corpus = context.question.steps, context.corpus
    thread = still_running(context, query.about) if query else None
    if thread is None:
        return None
    newest = thread.newest
    symbol = spaced_symbol(corpus.resolutions[newest[0].place].symbol)
    quotes = [quote(corpus, corpus.passages[term.row]) for term in newest[:MAX_NEAREST]]
    if any(_FINAL.search(each.text) for each in quotes):
        message = f"{symbol} renewed this for a final time."
        return reply_with_quotes(AnswerRoute.LOOK_UP, quotes, message)
    return refuse(
        RefusalKind.NOT_IN_TEXTS,
        f"No loaded text ends this; the newest decision on it is {symbol}.",
        nearest=quotes,
    )
