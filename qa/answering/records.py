"""The route of questions about records: votes, sponsors, drafts, meetings, Chapter VII, status."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from embeddings.text_analysis import terms
from qa.answer import Answer, Fact, RefusalKind
from qa.answering.chapter_seven import chapter_reply
from qa.answering.context import AnswerContext
from qa.answering.metadata import facts_of
from qa.answering.record_facts import RecordReply, is_vetoed, reply_of, status_reply, title_fact
from qa.answering.record_sets import answer_record_set, concerns
from qa.answering.replies import refuse, reply_with_facts
from qa.answering.unknown_names import unknown_name
from qa.answering.vote_answers import vote_reply
from qa.corpus.passages import Passage
from qa.question.record_query import RecordField, RecordQuery
from qa.resolutions.cite.citation_format import spaced_symbol
from qa.resolutions.model import Masthead, Status
from qa.resolutions.periods import ANY_TIME
from qa.search.document_finder import DocumentMatch, day_of
from qa.search.weights import load_weights

_VOTING = frozenset(
    [RecordField.VOTE, RecordField.VOTERS, RecordField.COUNTRY_VOTE, RecordField.ADOPTION]
)
# What the document itself may state of a field, with its words.
_STATED = {
    RecordField.AGENDA: ("agenda_items",),
    RecordField.COMMITTEE_REPORT: ("committee", "report"),
    RecordField.COMMITTEE: ("committee",),
    RecordField.MEETING: ("meeting",),
    RecordField.ADOPTED: ("adopted",),
}
_SHOWN = 5  # documents named where it is open which is meant


def answer_record(context: AnswerContext) -> Answer | None:
    """Answer what is asked of records; None where no record that is loaded says it."""
    query = context.question.record
    if query is None or not _is_recorded(context) or (context.missing and not context.named):
        return None
    if query.is_set:
        return answer_record_set(context, query)
    if not context.named and (query.lacks_subject or unknown_name(context)):
        return None
    answer = _of_one(context, query)
    return _without_reasons(answer) if answer and query.asks_why else answer


def _without_reasons(answer: Answer) -> Answer:
    """Return the refusal of a question why States voted so, with how they did."""
    said = f"Records do not give the reasons of States for their votes. {answer.message}"
    return refuse(RefusalKind.NOT_RECORDED, said)


def _of_one(context: AnswerContext, query: RecordQuery) -> Answer | None:
    """Answer for the documents that a question names or describes."""
    if context.named:
        return _of_named(context, query, context.named)
    matches = _described(context, query)
    if not matches:
        return None
    documents = _chosen(matches)
    if not documents:
        return _candidates(matches)
    replies = _replies(context, query, documents)
    if not replies:
        is_known = query.field is RecordField.COMMITTEE and matches[0].is_whole
        return _without_committee(documents) if is_known else None
    others = _others_sentence(matches, documents)
    return _together(replies, others)


def _without_committee(documents: Sequence[Masthead]) -> Answer:
    """Return that a text and its record name no committee, as those of the plenary do not."""
    symbols = ", ".join(spaced_symbol(document.symbol) for document in documents)
    message = f"Neither the text nor the record of {symbols} names a committee."
    return refuse(RefusalKind.NOT_RECORDED, message)


def _is_recorded(context: AnswerContext) -> bool:
    """Return whether any record is loaded."""
    return any(masthead.record is not None for masthead in context.corpus.resolutions)


def _of_named(
    context: AnswerContext, query: RecordQuery, documents: Sequence[Masthead]
) -> Answer | None:
    """Answer for the documents that a question names."""
    replies = _replies(context, query, documents)
    if replies:
        return _together(replies, "")
    if any(document.record is None for document in documents):
        return None
    symbols = ", ".join(spaced_symbol(document.symbol) for document in documents)
    message = f"The record of {symbols} does not give this: {query.field.value}."
    return refuse(RefusalKind.NOT_RECORDED, message)


def _replies(
    context: AnswerContext, query: RecordQuery, documents: Sequence[Masthead]
) -> tuple[RecordReply, ...]:
    replies = (_reply(context, query, document) for document in documents)
    given = tuple(reply for reply in replies if reply)
    besides = _besides(documents, query)
    if besides and not given:
        given = (RecordReply(f"This is not recorded: {query.field.value}."),)
    return (*besides, *given)


def _reply(context: AnswerContext, query: RecordQuery, document: Masthead) -> RecordReply | None:
    if query.field in _VOTING:
        reply = vote_reply(document, query)
        is_failed = not _is_adopted(document)
        return reply or (status_reply(document, asks_whether=False) if is_failed else None)
    if query.field is RecordField.CHAPTER_VII:
        return chapter_reply(context.corpus, document, asks_whether=query.asks_whether)
    stated = facts_of(context.corpus, document, _STATED.get(query.field, ()))
    return reply_of(document, query, stated)


def _besides(documents: Iterable[Masthead], query: RecordQuery) -> tuple[RecordReply, ...]:
    """Return what is asked of the votes besides another field."""
    if query.also is None:
        return ()
    besides = replace(query, field=query.also, also=None)
    return tuple(reply for document in documents if (reply := vote_reply(document, besides)))


def _together(replies: Sequence[RecordReply], others: str) -> Answer:
    """Return the replies for several documents as one answer."""
    message = " ".join((*(reply.message for reply in replies), *([others] if others else [])))
    facts: tuple[Fact, ...] = tuple(fact for reply in replies for fact in reply.facts)
    return reply_with_facts(facts, message)


def _described(context: AnswerContext, query: RecordQuery) -> tuple[DocumentMatch, ...]:
    """Return the documents with a record that the words of a question describe best."""
    question, filters = context.question, context.filters
    bodies = question.bodies or filters.bodies
    sessions = tuple(map(str, question.sessions))
    is_voting = query.field in _VOTING

    def accepts(masthead: Masthead) -> bool:
        day = day_of(masthead)
        return (
            masthead.record is not None
            and (not is_voting or masthead.vote is not None or not _is_adopted(masthead))
            and (not bodies or masthead.body.value in bodies)
            and (query.field is not RecordField.STATUS or concerns(masthead, query))
            and (not sessions or masthead.session in sessions)
            and (day is None or day in query.period)
        )

    def failed(masthead: Masthead) -> bool:
        return not _is_adopted(masthead) and accepts(masthead)

    def vetoed(masthead: Masthead) -> bool:
        return is_vetoed(masthead) and accepts(masthead)

    documents = context.retriever.documents
    if query.is_veto or query.field is RecordField.STATUS:
        matches = (
            (query.is_veto and documents.best(query.topic, vetoed))
            or documents.best(query.topic, failed)
            or _only(context, failed, query)
        )
        if matches:
            return matches

    def adopted(masthead: Masthead) -> bool:
        return filters.allows_status(masthead) and accepts(masthead)

    matches = documents.best(query.topic, adopted)
    is_whole = bool(matches) and matches[0].is_whole
    done = () if is_whole or not query.names_deed else _that_did(context, query, adopted)
    return done or matches


def _that_did(
    context: AnswerContext, query: RecordQuery, accepts: Callable[[Masthead], bool]
) -> tuple[DocumentMatch, ...]:
    """Return the document whose paragraph surely says what was done.

    "Did the Council delist al-Sharaa under Chapter VII?" is asked of the resolution that did.
    """
    retriever, topic = context.retriever, query.topic
    symbols = [masthead.symbol for masthead in context.corpus.resolutions if accepts(masthead)]
    if not topic or not symbols:
        return ()
    question = replace(context.question, text=topic, record=None).with_topic(topic)
    candidates = retriever.candidates(question, filters=context.filters, scope=symbols)
    if not candidates:
        return ()
    is_sure = retriever.confidence(question, candidates) >= load_weights().refusal.min_confidence
    hits = retriever.best(question, candidates, 1) if is_sure else ()
    if not hits or not _has_a_name(topic, hits[0].passage):
        return ()
    return (DocumentMatch(masthead=hits[0].passage.resolution, score=1, is_whole=True),)


def _has_a_name(topic: str, passage: Passage) -> bool:
    """Return whether a passage, or what its document is about, has one of the names of a topic."""
    names = [word for word in re.findall(r"[\w'-]+", topic) if any(map(str.isupper, word))]
    about = " ".join((passage.text, passage.resolution.title, *passage.resolution.subjects))
    return not names or any(set(terms(name)) <= set(terms(about)) for name in names)


def _is_adopted(masthead: Masthead) -> bool:
    return masthead.status is not Status.NOT_ADOPTED


def _only(
    context: AnswerContext, accepts: Callable[[Masthead], bool], query: RecordQuery
) -> tuple[DocumentMatch, ...]:
    """Return the one draft that failed in the time asked for, if there is but one."""
    failed = list(filter(accepts, context.corpus.resolutions))
    if len(failed) != 1 or query.period == ANY_TIME:
        return ()
    return (DocumentMatch(masthead=failed[0], score=1, is_whole=False),)


def _chosen(matches: Sequence[DocumentMatch]) -> tuple[Masthead, ...]:
    """Return the documents to answer for: the newest of each name; none where too many fit."""
    newest: dict[str, Masthead] = {}
    for match in matches:
        newest.setdefault(_name(match.masthead), match.masthead)
    return tuple(newest.values()) if len(newest) <= load_weights().documents.max_alike else ()


def _name(masthead: Masthead) -> str:
    """Return what a document shares with the others of its series: its title or agenda item."""
    record = masthead.record
    title = (record and record.agenda_item_name) if not masthead.title else masthead.title
    return (title or masthead.symbol).casefold()


def _others_sentence(matches: Sequence[DocumentMatch], documents: Sequence[Masthead]) -> str:
    """Return the sentence that names what else fits, for a reader who meant another."""
    chosen = {document.symbol for document in documents}
    others = [match.masthead for match in matches if match.masthead.symbol not in chosen]
    if not others:
        return ""
    symbols = ", ".join(spaced_symbol(other.symbol) for other in others[:_SHOWN])
    more = f" and {len(others) - _SHOWN} more" if len(others) > _SHOWN else ""
    return f"The newest that fits is given; others that fit: {symbols}{more}."


def _candidates(matches: Sequence[DocumentMatch]) -> Answer:
    """Return the documents that may be meant, where it is open which."""
    shown = [match.masthead for match in matches[:_SHOWN]]
    message = (
        f"{len(matches)} documents fit this description equally; name one by its symbol or give a "
        f"month. The {len(shown)} newest:"
    )
    return reply_with_facts([title_fact(masthead) for masthead in shown], message)
