"""The route of what is asked or due: "What is UNDP asked to do since 2022?"."""

import re
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from qa.answer import Answer, AnswerRoute
from qa.answering.context import AnswerContext
from qa.answering.phrase_match import PhraseMatcher, rows_mentioning
from qa.answering.quotation import quote
from qa.answering.replies import reply_with_quotes
from qa.corpus.passage_table import KINDS
from qa.corpus.passages import Passage
from qa.question.due_dates import dates_in, is_within
from qa.question.request_query import RequestQuery
from qa.resolutions.cite.numbers import ordinal
from qa.resolutions.model import Kind, Span
from qa.resolutions.parse.deadlines import due_of
from qa.resolutions.periods import ANY_DATE, ANY_TIME, MONTHS
from qa.search.filters import Filters
from qa.search.row_texts import row_texts
from qa.search.scoped_documents import documents_in
from qa.search.topic_documents import documents_about, documents_indexed, rows_with_units
from qa.time_budget import in_time

Flags = npt.NDArray[np.bool_]
DIRECTIVE = frozenset({2, 3, 4, 5, 6})  # grades of verbs by which somebody is asked to act
_ASKING = (Kind.OPERATIVE, Kind.ANNEX)


def answer_requests(context: AnswerContext) -> Answer | None:
    """Quote all that is asked of an actor, or due; None if no paragraph satisfies it all."""
    query, corpus = context.question.requests, context.corpus
    if query is None or context.named or context.missing:
        return None
    rows = _rows(context, query)
    if not len(rows):
        return None
    ordered = _in_order(context, query, rows)
    shown = ordered[: context.top]
    quotes = tuple(
        quote(corpus, corpus.passages[row], highlight=_spans(corpus.passages[row])) for row in shown
    )
    return reply_with_quotes(
        AnswerRoute.LOOK_UP, quotes, _sentence(len(ordered), len(shown), query), total=len(ordered)
    )


def _rows(context: AnswerContext, query: RequestQuery) -> npt.NDArray[np.int64]:
    """Return the rows of the passages that satisfy all that is asked, ascending."""
    corpus = context.corpus
    rows = np.flatnonzero(_satisfying(context, query))
    if query.due == ANY_TIME and not query.due_sessions:
        return rows
    looked_at = (row for row, text in row_texts(corpus, rows.tolist()) if _SAYS_WHEN.search(text))
    due = [row for row in in_time(list(looked_at)) if _is_due(corpus.passages[row], query)]
    return np.array(due, dtype=np.int64)


_SAYS_WHEN = re.compile(r"\b(?:by|before|until|till|than|through|end of|in|on|sessions?)\b")


def _satisfying(context: AnswerContext, query: RequestQuery) -> Flags:
    """Return which passages satisfy all but the due date, bool (n,)."""
    corpus, columns = context.corpus, context.corpus.columns
    among = documents_in(context.retriever.filter_index, query.scope, context.filters)
    sizes = np.diff(columns.starts)
    rows = np.repeat(among, sizes)
    rows &= np.isin(columns.rows["kind"], [KINDS.index(kind) for kind in _ASKING])
    if printed := _printed(query):
        rows &= rows_with_units(corpus, printed)
    if query.products:
        rows &= rows_with_units(corpus, (query.products,))
    if query.actor:
        rows &= _asked(context, query.actor, rows)
    if query.topic:
        names = context.retriever.names
        about = np.zeros(len(among), dtype=bool)
        about[documents_about(corpus, query.topic, names, among)] = True
        if query.due != ANY_TIME:  # few paragraphs are due then: those of every text on the topic
            about[documents_indexed(corpus, query.topic, names, among)] = True
        rows &= np.repeat(about, sizes) | rows_with_units(corpus, names.units(query.topic))
    return rows


def _asked(context: AnswerContext, actor: str, among: Flags) -> Flags:
    """Return which passages ask an actor to act.

    An actor that no passage addresses by name, such as a group that a text names in passing, is
    asked where a passage with a directive verb mentions it.
    """
    rows = np.flatnonzero(among)
    asked = np.zeros(len(among), dtype=bool)
    asked[rows[context.retriever.actors.addresses(actor, rows)]] = True
    if asked.any():
        return asked
    directive = context.retriever.filter_index.rows(Filters(grades=DIRECTIVE))
    is_directive = np.zeros(len(among), dtype=bool)
    is_directive[directive] = True
    names = context.retriever.names.names_of(actor)
    forms = [PhraseMatcher(context.corpus.words, name) for name in names]
    asked[rows_mentioning(context.corpus, forms, among & is_directive)] = True
    return asked


def _is_due(passage: Passage, query: RequestQuery) -> bool:
    """Return whether what a passage asks for is due at the session, or in the period, asked for.

    An item such as "(c) a final report by 31 October 2026" is asked for by its opening paragraph.
    """
    dues = [action.due for action in passage.actions if action.due]
    text, opening = passage.text, f"{passage.chapeau or ''} {passage.text[:_OPENING]}"
    if not dues and _ASKS.search(opening):
        due = due_of(text, 0, len(text), frozenset(text.split()), is_decision=False)
        dues = [*([due] if due and passage.chapeau else []), *_BY_DATE.findall(text)]
    sessions = tuple(map(ordinal, query.due_sessions))
    if sessions:
        return any(session in due for due in dues for session in sessions)
    return any(is_within(day, query.due) for due in dues for day in dates_in(due))


_BY_DATE = re.compile(  # in forms that the UN does not use: "no later than August 31, 2026"
    rf"\b(?:by|before|until|later than) (?:the end of )?({ANY_DATE})", re.IGNORECASE
)
_OPENING = 40  # characters of an item in which it may ask itself: "Request the Secretary-General"
_ASKS = re.compile(
    r"\b(?:request|decide|invite|urge|call(?:s|ed|ing)? (?:up)?on|encourage|direct|mandate|demand)",
    re.IGNORECASE,
)


def _printed(query: RequestQuery) -> tuple[tuple[str, ...], ...]:
    """Return the words that a due date has in print, each unit with its alternatives."""
    if query.due_sessions:
        return (tuple(map(ordinal, query.due_sessions)),)
    since, until = query.due.since, query.due.until
    if since is None or until is None or since.year != until.year:
        return ()
    words = [str(since.year)]
    if since.month == until.month:
        words.append(MONTHS[since.month - 1])
    if since == until:
        words.append(str(since.day))
    return tuple((word,) for word in words)


def _in_order(
    context: AnswerContext, query: RequestQuery, rows: npt.NDArray[np.int64]
) -> list[int]:
    """Return the rows, one of each wording: the nearest to a topic first, then the newest."""
    corpus = context.corpus
    rank: dict[int, int] = {}
    if query.topic and (candidates := context.candidates):
        order = np.lexsort((candidates.rows, -candidates.scores))
        rank = {int(row): place for place, row in enumerate(candidates.rows[order])}
    ages = context.retriever.resolutions.day[context.retriever.resolutions.resolution[rows]]
    last = len(rank)
    ordered = sorted(
        zip(rows.tolist(), (-ages).tolist(), strict=True),
        key=lambda pair: (rank.get(pair[0], last), pair[1], pair[0]),
    )
    wordings = corpus.columns.rows["wording"]
    first: dict[int, int] = {}
    for row, _ in ordered:
        first.setdefault(int(wordings[row]), row)
    return list(first.values())


def _spans(passage: Passage) -> tuple[Span, ...]:
    """Return where the verbs stand by which a passage asks."""
    return tuple(
        Span(start=action.start, end=action.start + len(action.verb))
        for action in passage.actions
        if action.grade in DIRECTIVE
    )


def _sentence(total: int, shown: int, query: RequestQuery) -> str:
    """Return how many paragraphs there are, of how many are shown, and what they satisfy."""
    noun = "paragraph" if total == 1 else "paragraphs"
    conditions: Sequence[str] = [
        *([f"ask {query.actor} to act"] if query.actor else []),
        *([f"set a date {query.due.in_words()}"] if query.due != ANY_TIME else []),
        *([f"set the {ordinal(session)} session" for session in query.due_sessions]),
        *([f"are on “{query.topic}”"] if query.topic else []),
    ]
    count = f"{total:,} {noun}" if shown == total else f"{shown:,} of {total:,} {noun} shown"
    return f"{count}: all that {' and '.join(conditions)}."
