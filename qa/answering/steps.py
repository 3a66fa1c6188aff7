"""The route of several steps: from what a resolution did, or what cites it, to what it says."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

import numpy as np

from qa.answer import Answer, AnswerRoute
from qa.answering.cited_text import cited_steps
from qa.answering.context import AnswerContext
from qa.answering.endings import (
    ended_in_documents,
    not_renewed_after,
    present_of,
    ran_out,
    refuse_running,
)
from qa.answering.lookup import look_up
from qa.answering.oldest_document import of_oldest
from qa.answering.quotation import quote
from qa.answering.replies import reply_with_quotes
from qa.corpus.passage_table import KINDS
from qa.corpus.passages import Passage
from qa.question.expansion import NameExpansion
from qa.question.present import read_present
from qa.question.step_query import StepKind, StepQuery
from qa.resolutions.cite.citation_format import spaced_symbol
from qa.resolutions.cite.symbols import without_part
from qa.resolutions.model import Kind
from qa.resolutions.parse.actions import lemma_of
from qa.resolutions.parse.validity import TermKind
from qa.search.thread_finder import find_threads
from qa.search.topic_documents import rows_with_units

MAX_STEPS = 5  # passages that one answer shows
_BEGIN = (
    r"(?:establish|create|set up|found|launch|deploy|institute|impose|introduce|authori[sz]e|"
    r"constitute)(?:s|es)?\b(?! (?:by|pursuant))"
)
_END = r"(?:terminat|lift|clos|dissol|withdraw|discontinu|abolish|remov|disband|revok|repeal)\w*"
_BEGINS = re.compile(rf"\b{_BEGIN}", re.IGNORECASE)
_ENDS = re.compile(
    rf"\b(?:(?:to|be|is|are|hereby) (?:\w+ )?{_END}|"
    r"(?:terminates|lifts|closes|dissolves|abolishes|withdraws|revokes)\b)",
    re.IGNORECASE,
)
# A decision: the verb opens the paragraph, or "decides" leads to it.
_DECIDES = re.compile(
    r"\b(?:decides?|authori[sz]es|establishes|creates|terminates|lifts|dissolves|resolves|requests|"
    r"approves|imposes|abolishes|revokes)\b",
    re.IGNORECASE,
)
_DECIDING = tuple(
    verb
    for word in (
        "decides authorizes establishes creates terminates lifts dissolves resolves requests "
        "approves imposes abolishes revokes"
    ).split()
    for verb in lemma_of(word)
)
_KINDS = (TermKind.MANDATE, TermKind.PANEL, TermKind.MEASURES, TermKind.AUTHORIZATION)


def answer_steps(context: AnswerContext) -> Answer | None:
    """Quote what the last document of the steps says, and below it the steps before."""
    query = context.question.steps
    if query is None:
        return None
    if query.kind in (StepKind.BEGINNING, StepKind.ENDING):
        passages, message = _of_event(context, query)
    elif len(context.named) != 1 and not query.by:
        return None
    elif query.kind in (StepKind.BEFORE, StepKind.AFTER):
        passages, message = _neighbours(context, query)
    else:
        passages, message = cited_steps(context, query)
    if not passages:
        return refuse_running(context) if query.kind is StepKind.ENDING else None
    quotes = tuple(quote(context.corpus, passage) for passage in passages[:MAX_STEPS])
    return reply_with_quotes(AnswerRoute.LOOK_UP, quotes, message)


def began_or_ended(context: AnswerContext, query: StepQuery) -> list[Passage]:
    """Return the paragraphs that began something, or ended it: the first, or the newest, first."""
    begins = query.kind is StepKind.BEGINNING
    rule = _BEGINS if begins else _ENDS
    found = [
        passage
        for passage in _mentioning(context, query.about)
        if _acts(passage, rule, query, context.retriever.names)
    ]
    sign = 1 if begins else -1
    found.sort(key=lambda passage: (sign * _day(passage).toordinal(), passage.row))
    return found


def event(context: AnswerContext, query: StepQuery) -> tuple[Sequence[Passage], str]:
    """Return the paragraphs that began or ended something, and what they are, in one sentence."""
    begins = query.kind is StepKind.BEGINNING
    found = began_or_ended(context, query)
    if not begins:
        found = not_renewed_after(context, query.about, found)
        found = found or ended_in_documents(context, query.about, _ENDS)
    if found:
        verb = "began" if begins else "ended"
        return found, f"{spaced_symbol(found[0].symbol)} {verb} this ({query.about})."
    return _of_thread(context, query) or ((), "")


def _of_event(context: AnswerContext, query: StepQuery) -> tuple[Sequence[Passage], str]:
    """Return the paragraphs of an event, or of its document those that the question names."""
    passages, message = event(context, query)
    if not passages and query.kind is StepKind.BEGINNING:
        passages, message = _recalled_beginning(context, query) or of_oldest(context, query)
    asked = _asked_places(context, passages[0].symbol) if passages else ()
    if query.is_both and passages and not asked:
        other = StepKind.ENDING if query.kind is StepKind.BEGINNING else StepKind.BEGINNING
        others, other_message = event(context, replace(query, kind=other))
        return (*passages[:1], *others[:1], *passages[1:]), f"{message} {other_message}".strip()
    return asked or passages, message


def _mentioning(context: AnswerContext, about: str) -> Iterator[Passage]:
    """Yield the operative paragraphs of resolutions that decide and have all words of a topic."""
    corpus, columns = context.corpus, context.corpus.columns
    units = context.retriever.names.units(about)
    if not units:
        return
    decides = columns.rows_mask(columns.verbs, _DECIDING)
    operative = columns.rows["kind"] == KINDS.index(Kind.OPERATIVE)
    for row in np.flatnonzero(rows_with_units(corpus, units) & operative & decides).tolist():
        passage = corpus.passages[row]
        if "/PRST/" not in passage.symbol:
            yield passage


def _acts(passage: Passage, rule: re.Pattern[str], query: StepQuery, names: NameExpansion) -> bool:
    """Return whether a paragraph decides an event, and of what is asked about."""
    decision = _DECIDES.search(passage.text)
    match = rule.search(passage.text, decision.start()) if decision else None
    if decision is None or match is None:
        return False
    between = passage.text[decision.end() : match.start()]
    if query.kind is StepKind.ENDING and _NOT_YET.search(between):
        return False
    is_request = decision[0].lower().startswith("request")
    if is_request and query.kind is StepKind.ENDING:
        return False
    if len(between.split()) > MAX_WORDS_BEFORE:
        return False
    near = passage.text[match.end() : match.end() + REACH].casefold()
    if (beside := _MEANS.match(near)) is not None:
        near = beside["object"]
    said = {query.about, *names.expansions(query.about)}
    words = {word for name in said for word in re.findall(r"\w{4,}", name.casefold())}
    is_near = not words or any(word in near for word in words)
    return is_near and any(_has_body(near, name) for name in said)


_NOT_YET = re.compile(  # "to keep the measures under review, so as to terminate them"
    r"\b(?:review|readiness|intention|so as|with a view|consider|whether|conditions?)\b"
)
# "a special account, as a modality of financing the Fund": the account is established.
_MEANS = re.compile(
    r"\W*(?P<object>an? [^;]{5,}?),? (?:as an?|in order to|with a view to|to (?:finance|fund|"
    r"support|assist|replace)|for (?:the financing|financing|funding))\b"
)


def _has_body(near: str, name: str) -> bool:
    """Return whether a text has the body that a name names; true of any other name.

    What is human and has rights is not the Human Rights Council: all of its name is there.
    """
    chunk = _PREPOSITION.split(name)[0].strip()
    words = chunk.split()
    if not words or not _BODY.fullmatch(words[-1]):
        return True
    is_name = len(words) > 2 or all(word[0].isupper() for word in words)
    return (chunk if is_name else words[-1]).casefold() in near


_PREPOSITION = re.compile(r"\b(?:of|on|for|in|against|to|at|from|with)\b")
_BODY = re.compile(
    r"(?:council|commission|committee|court|tribunal|mission|office|programme|fund|agency|mechanism|"
    r"team|panel|university|forum|authority|institute|organization|assembly|force|body)s?",
    re.IGNORECASE,
)
MAX_WORDS_BEFORE = 40  # between "Decides" and the verb of the event: "acting under …, to establish"
REACH = 220  # characters after it, in which what it is about is named


def _day(passage: Passage) -> date:
    return passage.resolution.adopted or date.max


def _of_thread(context: AnswerContext, query: StepQuery) -> tuple[Sequence[Passage], str] | None:
    """Return the first term of a measure or a mandate that is loaded, or the one that ends it."""
    corpus, begins = context.corpus, query.kind is StepKind.BEGINNING
    present = read_present(query.about) if begins else present_of(context, query.about)
    threads = find_threads(corpus, present, context.retriever.names) if present else ()
    if not threads or present is None:
        return None
    if not begins:
        return ran_out(context, [each for each in threads if each.kind in present.kinds])
    terms = threads[0].terms
    place = terms[0].place
    rows = dict.fromkeys(term.row for term in terms if term.place == place)
    symbol = spaced_symbol(corpus.resolutions[place].symbol)
    passages = [corpus.passages[row] for row in rows]
    if not any(_INITIAL.search(passage.text) for passage in passages):
        unknown = "whether it began there was not found."
        return passages, f"The first loaded decision on it is {symbol}; {unknown}"
    return passages, f"{symbol} began this ({query.about})."


_INITIAL = re.compile(r"\binitial(?:ly)?\b", re.IGNORECASE)  # "for an initial period of one year"


def _recalled_beginning(
    context: AnswerContext, query: StepQuery
) -> tuple[Sequence[Passage], str] | None:
    """Return the newest paragraph that recalls which document began something, loaded or not."""
    corpus, names = context.corpus, context.retriever.names
    units = names.units(query.about)
    rows = np.flatnonzero(rows_with_units(corpus, units)) if units else np.zeros(0, dtype=int)
    said = sorted({query.about, *names.expansions(query.about)}, key=len, reverse=True)
    found: list[tuple[date, Passage, str]] = []
    for passage in (corpus.passages[row] for row in rows.tolist()):
        for match in _RECALLED_BEGINNING.finditer(passage.text):
            near = passage.text[match.end() : match.end() + REACH].casefold()
            place = range(*match.span("document"))
            cited = [each for each in passage.citations if each.start in place]
            if cited and any(near.startswith(name.casefold()) for name in said):
                found.append((_day(passage), passage, without_part(cited[0].symbol.split(" ")[0])))
    if not found:
        return None
    _, passage, symbol = max(found, key=lambda each: (each[0], -each[1].row))
    loaded = corpus.masthead(symbol)
    missing = "" if loaded else ", which is not loaded"
    begun = corpus.passages_of(symbol, {Kind.OPERATIVE})[:1] if loaded else ()
    return (*begun, passage), f"{spaced_symbol(symbol)} is recalled as its beginning{missing}."


_RECALLED_BEGINNING = re.compile(
    r"(?P<document>resolution \d[^,;]{0,40}?)(?: of \d{1,2} \w+ \d{4})?,?"
    r" (?:regarding|concerning|on|(?:by|in) which (?:it|the (?:Council|Assembly)))"
    r" (?:the )?(?:establish\w*|creat\w*|deploy\w*)(?: of)? (?:the |an? )?",
    re.IGNORECASE,
)


def _asked_places(context: AnswerContext, symbol: str) -> tuple[Passage, ...]:
    """Return the paragraphs that the question names, of the document that was reached."""
    question = context.question
    places = tuple(
        replace(place, symbol=symbol) for place in question.places if place.symbol is None
    )
    if not places:
        return ()
    return look_up(context.corpus, replace(question, places=places, symbols=(symbol,))).passages


def _neighbours(context: AnswerContext, query: StepQuery) -> tuple[Sequence[Passage], str]:
    """Return the term before or after that of the document named, in its thread."""
    corpus, named = context.corpus, context.named[0]
    place = corpus.place(named.symbol)
    threads = [
        thread
        for thread in corpus.validity.threads
        if any(term.place == place for term in thread.terms)
    ]
    threads = [thread for thread in threads if thread.kind in _KINDS]
    if not threads or place is None:
        return (), ""
    thread = min(threads, key=lambda thread: _KINDS.index(thread.kind))
    places = list(dict.fromkeys(term.place for term in thread.terms))
    index = places.index(place) + (1 if query.kind is StepKind.AFTER else -1)
    if not 0 <= index < len(places):
        return (), ""
    rows = [term.row for term in thread.terms if term.place in (places[index], place)]
    passages = [corpus.passages[row] for row in dict.fromkeys(rows)]
    other = corpus.resolutions[places[index]].symbol
    passages.sort(key=lambda passage: (passage.symbol != other, passage.row))
    message = f"{spaced_symbol(other)} came {query.kind.value} {spaced_symbol(named.symbol)}."
    return passages, message
