"""A turn that refers to the one before it in words of its own: "by when?", "and for Mali?"."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from embeddings.text_analysis import terms
from qa.question.conversation import ConversationState
from qa.question.document_turns import (
    DocumentSeries,
    at_quote,
    bare_topic,
    in_document,
    of_other_document,
    parts_of,
)
from qa.question.question import Question
from qa.question.restriction import NO_RESTRICTION, Restriction
from qa.question.rewording import Alike
from qa.question.shown_values import is_answered_by
from qa.question.topic_turns import (
    by_itself,
    names_subject,
    of_same_topic,
    with_countries,
    with_phrase,
)
from qa.question.turn_limits import load_turn_limits
from qa.question.turn_reading import ReadingKind, TurnReading, turn_measures
from qa.question.turn_words import is_aspect, own_words


@dataclass(frozen=True, slots=True, kw_only=True)
class CompletedTurn:
    """What a turn asks, with what it keeps of the turns before it."""

    readings: tuple[Question, ...]  # the likeliest first; the first that is answered decides
    alone: Question | None = None  # the turn by itself, which is a new topic, if none is answered
    restriction: Restriction = NO_RESTRICTION
    continues: bool = False  # the conversation goes on; False: a new topic
    is_more: bool = False  # what was shown before is left out
    is_of_document: bool = False  # the topic before it is still spoken of
    is_part: bool = False  # words are added to the topic, which the next turn goes on about
    stays: bool = False  # what is nearest in its document answers before another reading does
    choices: tuple[TurnReading, ...] = ()  # among which what is found decides
    own_words: tuple[str, ...] = ()  # of the turn, which are looked for in what is found
    measures: Mapping[str, float] = field(default_factory=dict)  # what of the turn speaks for each
    refused: str = ""  # why it cannot be completed


@dataclass(frozen=True, slots=True)
class TurnInWords:
    """One turn while it is completed."""

    question: Question
    state: ConversationState
    series: DocumentSeries
    alike: Alike

    def asks(self, *readings: Question, add: Restriction = NO_RESTRICTION) -> CompletedTurn:
        """Return the questions that the turn may mean, with what its kind keeps."""
        restriction = self.state.restriction.narrowed(add)
        return CompletedTurn(readings=readings, restriction=restriction, continues=True)

    def of_document(self, *readings: Question) -> CompletedTurn:
        """Return the questions that the turn may ask of a document that was named or shown."""
        return replace(self.asks(*readings), is_of_document=True)

    def refused(self, reason: str) -> CompletedTurn:
        """Return that the turn cannot be completed, and why."""
        return CompletedTurn(
            readings=(self.question,),
            restriction=self.state.restriction,
            continues=True,
            refused=reason,
        )

    def in_words(self) -> CompletedTurn | None:
        """Return what a turn in words of its own asks; None for a question by itself."""
        cues = self.question.refers
        if self.question.symbols:
            return self._other_document() if cues.opens and cues.is_symbol_only else None
        return self._listed() or self._of_focus() or self._of_words()

    def _other_document(self) -> CompletedTurn:
        return self.asks(of_other_document(self.state.question, self.question.symbols[0]))

    def _listed(self) -> CompletedTurn | None:
        """Return the question for all documents on the topic: "list all resolutions on it"."""
        question, topic = self.question, self.state.topic
        documents, about = question.documents, bare_topic(topic.topic) if topic else ""
        is_of_topic = question.refers.has_pronoun and bool(about)
        if documents is None or not is_of_topic or own_words(documents.topic):
            return None
        listed = replace(
            question,
            text=f"{question.text.rstrip(' ?.!')} ({about})?",
            documents=replace(documents, topic=about),
            every=False,
        )
        return self.asks(listed.with_topic(about))

    def _of_focus(self) -> CompletedTurn | None:
        """Return what a turn asks of the document spoken of: a place, a field, a record."""
        question, focus, cues = self.question, self.state.focus, self.question.refers
        if question.every or focus is None:
            return None
        if question.places:
            return self.of_document(in_document(question, focus, " of ", ""))
        if cues.names_kind_only and question.kinds:
            return self.of_document(parts_of(focus, question.kinds))
        is_field = bool(question.fields) and not question.values
        is_bare = cues.has_pronoun or not question.subject
        record = question.record
        asks_record = record is not None and not record.is_set
        if asks_record and record is not None:
            is_bare = cues.has_pronoun or not names_subject(record)
        before = self.state.question
        if cues.is_elliptical and question.asks_when and (before.record or before.fields):
            question = replace(question, fields=("adopted",), asks_when=False)
            is_field = is_bare = True
        if (is_field or asks_record) and is_bare:
            return self.of_document(in_document(question, focus, " (", ")?"))
        return None

    def _of_words(self) -> CompletedTurn | None:
        """Return what a turn asks further: of another name, or of what was spoken of."""
        question, state = self.question, self.state
        if state.question.record and (voter := with_countries(question, state.question)):
            return self.asks(voter)
        return self._said_there() or self.choice()

    def choice(self) -> CompletedTurn | None:
        """Return all that a turn may mean; None where it is a question by itself."""
        choices = tuple(self._choices())
        if self._asks_again() or all(each.kind is ReadingKind.ALONE for each in choices):
            return None
        return replace(
            self.asks(*(choice.question for choice in choices)),
            choices=choices,
            own_words=own_words(self.question.text),
            measures=turn_measures(self.question, self.state, self.series),
        )

    def _choices(self) -> Iterator[TurnReading]:
        question, state = self.question, self.state
        topic = None if state.topic is None or state.topic.symbols else state.topic
        if not self._is_incomplete():
            yield TurnReading(ReadingKind.ALONE, by_itself(question))
        if question.every:
            return
        shown = dict.fromkeys(quote.symbol for quote in state.shown)
        others = [symbol for symbol in shown if symbol != state.focus][:1]
        if state.focus:
            in_focus = in_document(question, state.focus, " (", ")?", topic)
            yield TurnReading(ReadingKind.DOCUMENT, in_focus)
        if topic is not None:
            yield TurnReading(ReadingKind.TOPIC, of_same_topic(question, topic))
        before = topic or state.asked
        is_of_record = before.record is not None and bool(before.symbols)
        if question.refers.phrase and not before.places and not is_of_record:
            for reworded in with_phrase(question, before, self.alike):
                yield TurnReading(ReadingKind.PHRASE, reworded)
        for symbol in others:
            in_other = in_document(question, symbol, " (", ")?", topic)
            yield TurnReading(ReadingKind.OTHER_DOCUMENT, in_other)

    def _asks_again(self) -> bool:
        """Return whether a whole question has no words but those of the one before it."""
        before, own = self.state.question, own_words(self.question.text)
        if self._is_incomplete() or self.question.refers.opens or before.symbols:
            return False
        return set(terms(" ".join(own))) <= set(terms(before.text))

    def _is_incomplete(self) -> bool:
        """Return whether a turn cannot be a question by itself: "and its exceptions?"."""
        cues, own = self.question.refers, own_words(self.question.text)
        is_general = not own or is_aspect(" ".join(own))
        goes_on = cues.opens and not cues.is_phrase and len(own) == 1  # "and who is paying?"
        is_short = goes_on and not self.series.entities(self.question.text)
        return cues.has_pronoun or cues.is_elliptical or is_general or is_short

    def _said_there(self) -> CompletedTurn | None:
        """Return the first quotation of the last answer that gives the value asked for."""
        state = self.state
        shown = [each for each in state.quoted if each.symbol == state.focus][
            : load_turn_limits().max_quoted
        ]
        said = (
            quote
            for quote in shown
            if is_answered_by(self.question.text, self.series.text_of(quote.symbol, quote.label))
        )
        quote = next(said, None)
        return self.of_document(at_quote(quote)) if quote else None
