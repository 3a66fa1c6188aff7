"""Turns that ask of a topic: of another name, another time, another body, or a part of it."""

import re
from dataclasses import replace

from qa.question.countries import countries_in
from qa.question.document_turns import bare_topic
from qa.question.question import Question
from qa.question.recognised_turns import body_names
from qa.question.record_query import RecordField, RecordQuery
from qa.question.rewording import (
    Alike,
    Slot,
    chunks_of,
    financial_years,
    is_proper,
    names_financial_year,
    slot_for,
    with_added_words,
    with_other_words,
    with_shifted_years,
    with_topic_added,
)
from qa.resolutions.body_names import BODY_NAMES
from qa.resolutions.cite.citation_format import spaced_symbol
from qa.resolutions.model import Span
from qa.resolutions.text import squeeze

_SPANS = re.compile(r"(?<!\d)(?:19|20)\d\d[/–-]\d\d(?:\d\d)?(?!\d)")


def without_spans_of_years(question: Question) -> Question:
    """Return a question whose documents are none of the spans of years in it: "2024/25"."""
    periods = question.fiscal_years if question.names_topic else ()
    named = tuple(symbol for symbol in question.symbols if symbol not in periods)
    if named == question.symbols:
        return question
    return replace(question, symbols=named, first_symbol=None, fiscal_years=())


def narrowed(question: Question, asked: Question) -> Question:
    """Return a question narrowed to what a turn asks: "only the military ones"."""
    phrase, documents = asked.refers.phrase, question.documents
    if documents and asked.sessions:
        scope = replace(documents.scope, sessions=asked.sessions)
        question = replace(question, documents=replace(documents, scope=scope))
    return with_added_words(question, phrase) if phrase else question


def of_other_time(question: Question, asked: Question) -> Question | None:
    """Return a question of a financial period asked of another one; None for any other."""
    if not names_financial_year(question):
        return None
    if asked.refers.years:
        return with_shifted_years(question, asked.refers.years)
    spans = _SPANS.findall(question.text)
    others = financial_years(asked.text)
    if spans and others:
        return with_other_words(question, spans[0], others[0])
    first = min(question.years, default=None) or _first_year(question.text)
    if first and asked.years:
        return with_shifted_years(question, min(asked.years) - first)
    return None


def _first_year(text: str) -> int | None:
    match = re.search(r"(?:19|20)\d\d", text)
    return int(match[0]) if match else None


def of_the_body(question: Question, bodies: frozenset[str]) -> Question:
    """Return a question asked of other bodies than those it names."""
    names = " or ".join(BODY_NAMES[body] for body in sorted(bodies) if body in BODY_NAMES)
    match = body_names().search(question.text) if question.bodies else None
    reworded = with_other_words(question, match[0], names) if match else question
    scope = reworded.documents
    if scope is not None:
        reworded = replace(
            reworded, documents=replace(scope, scope=replace(scope.scope, bodies=bodies))
        )
    return replace(reworded, bodies=bodies)


def by_itself(asked: Question) -> Question:
    """Return the question of the phrase of a turn alone: "whales" of "What about whales?"."""
    phrase = asked.refers.phrase
    return replace(asked, text=phrase).with_topic(phrase) if phrase else asked


def corrected(asked: Question, question: Question, alike: Alike) -> tuple[Question, ...]:
    """Return what "no, I meant …" may mean: the words in place of some before."""
    slot = slot_for(asked.refers.phrase, question, alike, keeps_head=True)
    return (_in_slot(question, asked, slot),)


def with_phrase(asked: Question, question: Question, alike: Alike) -> tuple[Question, ...]:
    """Return what "and for Mali?" may mean; nothing where it is a new topic."""
    cues = asked.refers
    slot = slot_for(cues.phrase, question, alike, cues.preposition)
    whole = _topic_words(question)
    if not cues.opens and not slot.is_alike:
        # A few words by themselves may be a part of the topic before.
        is_part = bool(whole) and not is_proper(cues.phrase)
        return (with_added_words(question, cues.phrase),) if is_part else ()
    if whole and slot.words and not slot.is_alike and not is_proper(cues.phrase):
        if slot.words != whole and any(map(is_proper, chunks_of(whole))):
            return (_in_slot(question, asked, slot),)  # of the same country, or body
        if whole == question.text.strip(" ?.!"):
            return ()
        return (with_other_words(question, whole, cues.phrase),)
    return (_in_slot(question, asked, slot),)


def names_subject(record: RecordQuery) -> bool:
    """Return whether a question of records describes the text that it asks for."""
    return re.search(r"\w{3}", record.topic) is not None


def with_countries(asked: Question, question: Question) -> Question | None:
    """Return a question of votes asked of the States that a turn names: "and Germany?"."""
    record, typed = question.record, asked.text
    mentions = countries_in(typed) if record and asked.refers.phrase else ()
    if record is None or record.field not in _OF_VOTES or not mentions:
        return None
    names = " and ".join(typed[mention.start : mention.end] for mention in mentions)
    voted = replace(
        record,
        field=RecordField.COUNTRY_VOTE,
        countries=tuple(mention.codes for mention in mentions),
        sides=(),
        also=None,
        asks_whether=False,
    )
    document = " and ".join(spaced_symbol(symbol) for symbol in question.symbols)
    of = document or record.topic
    opening = f"How did {names} vote on "
    first = spaced_symbol(question.symbols[0]) if question.symbols else ""
    return replace(
        question,
        text=f"{opening}{of}?",
        first_symbol=Span(start=len(opening), end=len(opening) + len(first)) if first else None,
        record=voted,
        capitalised=asked.capitalised,
    )


_OF_VOTES = (RecordField.VOTE, RecordField.VOTERS, RecordField.COUNTRY_VOTE, RecordField.ADOPTION)


def _topic_words(question: Question) -> str:
    """Return the words that a question is about, where it asks nothing else than what is said."""
    if question.refers.is_phrase:
        return question.text.strip(" ?.!")
    topic = question.topic.strip(" ,?.!")
    return topic if question.asks_what_is_said and topic in question.text else ""


def _in_slot(question: Question, asked: Question, slot: Slot) -> Question:
    """Return a question with the phrase of a turn in place of some of its words, or added."""
    phrase = asked.refers.phrase
    if not slot.words:
        return with_added_words(question, phrase)
    reworded = with_other_words(question, slot.words, phrase)
    names = (*reworded.capitalised, *asked.capitalised)
    return replace(reworded, capitalised=tuple(dict.fromkeys(names)))


def of_same_topic(asked: Question, question: Question) -> Question:
    """Return a turn that asks more of a topic, with the words of the topic: "by when?"."""
    topic = bare_topic(squeeze(_BY_PRONOUN.sub(" ", question.topic)))
    if not topic:
        return asked
    opening = asked.text.rstrip(" ?.!")
    about = question.present.about if question.present else topic
    added = replace(with_topic_added(asked, topic), text=f"{opening} ({topic})?", documents=None)
    present, before = asked.present, question.present
    if present:
        kinds = present.kinds or (before.kinds if before else ())
        about = squeeze(f"{present.about} {about}")
        # "May it still …" asks for more than a term.
        is_term = bool(kinds) or asked.refers.is_elliptical
        term = replace(present, about=about, kinds=kinds) if is_term else None
        added = replace(added, present=term)
    return replace(added, actor=asked.actor or question.actor).with_topic(
        squeeze(f"{asked.topic} {topic}")
    )


_BY_PRONOUN = re.compile(r"\b(?:it|its|they|them|their)\b", re.IGNORECASE)
