"""What a turn in words of its own may mean, and what of the turn speaks for each meaning."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum

from embeddings.text_analysis import terms
from qa.question.conversation import ConversationState
from qa.question.document_turns import DocumentSeries
from qa.question.question import Question
from qa.question.rewording import is_proper
from qa.question.turn_words import own_words, words_of


class ReadingKind(Enum):
    """What a turn is a question about."""

    ALONE = "alone"  # its own words: a new topic
    DOCUMENT = "document"  # the document spoken of
    OTHER_DOCUMENT = "other_document"  # the next one of those that were shown
    TOPIC = "topic"  # the topic before it, with more words
    PHRASE = "phrase"  # the question before it, with a phrase in place of other words


@dataclass(frozen=True, slots=True)
class TurnReading:
    """One question that a turn may mean."""

    kind: ReadingKind
    question: Question


TURN_MEASURES = (
    "pronoun",
    "no_own_words",
    "names",
    "all_in_document",
    "one_document",
    "opens",
    "in_topic",
    "proper",
    "exchange",
    "phrase",
    "elliptical",
    "length",
    "aside",
    "new_name",
    "names_time",
)


def turn_measures(
    question: Question, state: ConversationState, series: DocumentSeries
) -> Mapping[str, float]:
    """Return what of a turn speaks for one of its readings, by the names of `TURN_MEASURES`."""
    cues, own = question.refers, own_words(question.text)
    before = set(terms(f"{state.asked.text} {state.question.text}"))
    mine = set(terms(" ".join(own)))
    short_names = any(word.isupper() and len(word) > 2 for word in question.text.split())
    is_held = bool(state.focus and own) and series.share_of(state.focus or "", " ".join(own)) == 1
    values = (
        cues.has_pronoun,
        not own,
        short_names or bool(question.proper_names()),
        is_held,
        _is_of_one_document(question, state),
        cues.opens,
        len(mine & before) / len(mine) if mine else 0,
        bool(cues.phrase) and is_proper(cues.phrase),
        cues.is_exchange,
        cues.is_phrase,
        cues.is_elliptical,
        math.log(1 + len(words_of(question.text))),
        cues.is_aside,
        _names_new(question, state, series),
        question.names_date,
    )
    return dict(zip(TURN_MEASURES, map(float, values), strict=True))


def _names_new(question: Question, state: ConversationState, series: DocumentSeries) -> bool:
    """Return whether a turn names somebody whom neither the conversation nor its document names."""
    said, focus = f"{state.asked.text} {state.question.text}", state.focus
    known = {name for entity in series.entities(said) for name in entity.names}
    others = (each for each in series.entities(question.text) if not known & set(each.names))
    return any(not (focus and _is_held(each.names, focus, series)) for each in others)


def _is_held(names: Iterable[str], focus: str, series: DocumentSeries) -> bool:
    """Return whether a document has all terms of one of several names."""
    return any(series.share_of(focus, name) == 1 for name in names)


def _is_of_one_document(question: Question, state: ConversationState) -> bool:
    """Return whether the conversation is about one document rather than an open topic."""
    before = state.question
    if question.refers.is_exchange:
        return False
    is_looked_up = bool(before.symbols or before.present or before.edge or before.fields)
    return is_looked_up or len({quote.symbol for quote in state.quoted}) == 1
