"""The route of lists and counts of documents: "List all resolutions on Haiti since 2023"."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import islice

import numpy as np

from qa.answer import Answer, Fact, Quote, RefusalKind
from qa.answering.context import AnswerContext
from qa.answering.metadata import facts_of
from qa.answering.phrase_match import PhraseMatcher, rows_mentioning
from qa.answering.quotation import quote, quote_hit
from qa.answering.replies import refuse, reply_with_facts
from qa.corpus.corpus import Corpus
from qa.question.document_query import DocumentQuery
from qa.question.document_scope import DocumentScope
from qa.resolutions.body_names import BODY_NAMES
from qa.resolutions.cite.numbers import ordinal
from qa.resolutions.model import Masthead
from qa.resolutions.periods import ANY_TIME
from qa.search.observances import rows_proclaiming
from qa.search.row_texts import places_of
from qa.search.scoped_documents import Flags, documents_in
from qa.search.topic_documents import documents_about, topic_parts

MAX_NAMED = 5000  # resolutions that one answer names
_RULE = "by title, by-name, agenda item or index terms"


def answer_documents(context: AnswerContext) -> Answer | None:
    """List, or count, the documents that are asked for; None if none is on the topic."""
    query, corpus = context.question.documents, context.corpus
    if query is None or context.named or context.missing:
        return None
    among = documents_in(context.retriever.filter_index, query.scope, context.filters)
    if not among.any():
        return refuse(RefusalKind.NOT_LOADED, nothing_loaded(corpus, query.scope))
    if not query.topic:
        return _listed(
            context,
            np.flatnonzero(among).tolist(),
            _all_sentence(query.scope, among),
            has_topic=False,
        )
    if query.observance:
        return _proclaimed(context, query, among)
    names = context.retriever.names
    about = documents_about(corpus, query.topic, names, among)
    mentioning = _mentioning(context, query, among)
    if about:
        message = _on_sentence(query, len(about), len(set(mentioning) - set(about)))
        return _listed(context, about, message)
    if not mentioning:
        return None
    count = _number(len(mentioning), query.scope)
    verb = "mentions" if len(mentioning) == 1 else "mention"
    message = f"{count} {verb} “{query.topic}” in a paragraph; none is on it {_RULE}."
    return _listed(context, mentioning, message)


def _proclaimed(context: AnswerContext, query: DocumentQuery, among: Flags) -> Answer | None:
    """Name the documents that proclaim days or years, with the paragraphs that do; None: none."""
    corpus = context.corpus
    rows = rows_proclaiming(corpus, query.observance, among, query.year)
    if not rows:
        return None
    units = " or ".join(query.observance.lower().split("|"))
    verb = "proclaims" if len(rows) == 1 else "proclaim"
    message = f"{_number(len(rows), query.scope)} {verb} a {units} in an operative paragraph."
    passages = sorted(
        (corpus.passages[row] for row in rows), key=lambda each: _age(each.resolution)
    )
    facts = tuple(_named(corpus, passage.resolution) for passage in passages)
    quotes = tuple(quote(corpus, passage) for passage in passages[: context.top])
    return reply_with_facts(facts, message, quotes=quotes, total=len(facts))


def _mentioning(context: AnswerContext, query: DocumentQuery, among: Flags) -> list[int]:
    """Return the places of the resolutions with a paragraph that mentions the topic, ascending."""
    corpus, names = context.corpus, context.retriever.names
    allowed = np.repeat(among, np.diff(corpus.columns.starts))
    forms = [
        PhraseMatcher(corpus.words, form)
        for part in topic_parts(query.topic, names)
        for form in names.names_of(part)
    ]
    rows = rows_mentioning(corpus, forms, allowed)
    return list(dict.fromkeys(places_of(corpus, rows)))


def _listed(
    context: AnswerContext, places: Sequence[int], message: str, *, has_topic: bool = True
) -> Answer:
    """Return the resolutions at these places as facts, the newest first.

    Those on a topic come with the paragraphs that are nearest to it.
    """
    corpus = context.corpus
    newest_first = sorted((corpus.resolutions[place] for place in places), key=_age)
    named = tuple(islice(newest_first, MAX_NAMED))
    if len(newest_first) > len(named):
        message += f" The {MAX_NAMED} newest are named."
    facts = tuple(_named(corpus, resolution) for resolution in named)
    quotes = _quotes_of(context, named) if has_topic else ()
    return reply_with_facts(facts, message, quotes=quotes, total=len(newest_first))


def _quotes_of(context: AnswerContext, named: Sequence[Masthead]) -> tuple[Quote, ...]:
    """Return the paragraphs of listed resolutions that come nearest to the question."""
    retriever, symbols = context.retriever, [resolution.symbol for resolution in named]
    topic = context.question.documents.topic if context.question.documents else ""
    question = replace(context.question, text=topic).with_topic(topic)
    candidates = retriever.candidates(question, filters=context.filters, scope=symbols)
    if candidates is None:
        return ()
    hits = retriever.best(question, candidates, context.top)
    return tuple(quote_hit(context.corpus, retriever, candidates.query, hit) for hit in hits)


def _named(corpus: Corpus, resolution: Masthead) -> Fact:
    """Return a resolution with its title, or its by-name where it has none."""
    for fact in facts_of(corpus, resolution, ("title",)):
        return fact
    record = resolution.record
    name = (record.by_name or record.agenda_item_name) if record else None
    if name:
        return Fact(symbol=resolution.symbol, field="by_name", value=name)
    adopted = resolution.adopted.isoformat() if resolution.adopted else ""
    return Fact(symbol=resolution.symbol, field="adopted", value=adopted)


def _on_sentence(query: DocumentQuery, about: int, others: int) -> str:
    """Return how many resolutions are on a topic, and by which rule."""
    verb = "is" if about == 1 else "are"
    message = f"{_number(about, query.scope)} {verb} on “{query.topic}”, {_RULE}."
    if others:
        mention = "mentions" if others == 1 else "mention"
        message += f" {others:,} more {mention} it in a paragraph."
    return message


def _all_sentence(scope: DocumentScope, among: Flags) -> str:
    count = int(np.count_nonzero(among))
    return f"{_number(count, scope)} {'is' if count == 1 else 'are'} loaded."


def _number(count: int, scope: DocumentScope) -> str:
    """Return "9 resolutions of the Security Council adopted from 2023 to 2025"."""
    noun = {frozenset({"PRST"}): "presidential statement", frozenset({"RES"}): "resolution"}.get(
        scope.series, "text"
    )
    return f"{count:,} {noun}{'' if count == 1 else 's'}{scope_in_words(scope)}"


def scope_in_words(scope: DocumentScope) -> str:
    """Return what restricts documents as a sentence names it; "" if nothing does."""
    words = ""
    if scope.committees:
        words += f" from the {' or the '.join(scope.committees)}"
    if scope.bodies:
        words += f" of the {' or the '.join(BODY_NAMES[body] for body in sorted(scope.bodies))}"
    if scope.sessions:
        words += f" of {_sessions_in_words(scope.sessions)}"
    if scope.emergency:
        number = scope.emergency.removeprefix("ES").removeprefix("-")
        words += f" of the {ordinal(int(number))} " if number else " of an "
        words += "emergency special session"
    if scope.period != ANY_TIME:
        words += f" adopted {scope.period.in_words()}"
    return words


def _sessions_in_words(sessions: Sequence[int]) -> str:
    """Return "the 79th session", "the 75th to the 78th session"."""
    if len(sessions) > _MAX_SESSIONS:
        return f"the {ordinal(sessions[0])} session and later ones"
    return f"the {' or the '.join(map(ordinal, sessions))} session"


_MAX_SESSIONS = 6  # that a sentence names


def nothing_loaded(corpus: Corpus, scope: DocumentScope) -> str:
    """Return that nothing of a scope is loaded, and what of its organ is."""
    if scope.period.is_empty:
        return f"No text can be {scope_in_words(scope).strip()}: the period ends before it begins."
    of_body = [
        masthead
        for masthead in corpus.resolutions
        if not scope.bodies or masthead.body.value in scope.bodies
    ]
    years = [masthead.adopted.year for masthead in of_body if masthead.adopted]
    message = f"No text{scope_in_words(scope)} is loaded."
    if not years:
        return message
    loaded = f"{len(of_body):,} texts of {min(years)} to {max(years)}"
    return f"{message} Of {_organs(scope)}, {loaded} are loaded."


def _organs(scope: DocumentScope) -> str:
    names = [f"the {BODY_NAMES[body]}" for body in sorted(scope.bodies)]
    return " and ".join(names) if names else "all organs"


def _age(resolution: Masthead) -> tuple[int, str]:
    return (-(resolution.adopted or date.min).toordinal(), resolution.symbol)
