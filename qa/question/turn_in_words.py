"""A turn that refers to the one before it in words of its own: "by when?", "and for Mali?"."""

from dataclasses import dataclass, replace

from embeddings.text_analysis import terms
from qa.question.conversation import ConversationState
from qa.question.document_turns import (
    DocumentSeries,
    at_quote,
    in_document,
    of_other_document,
    parts_of,
)
from qa.question.question import Question
from qa.question.restriction import NO_RESTRICTION, Restriction
from qa.question.rewording import Alike, is_of_same_sort, is_proper, slot_for
from qa.question.shown_values import is_answered_by
from qa.question.topic_turns import (
    by_itself,
    names_subject,
    of_same_topic,
    with_countries,
    with_phrase,
)
from qa.question.turn_limits import load_turn_limits
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
    own_words: tuple[str, ...] = ()  # of which the first answer has to hold one
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
        return self._of_focus() or self._of_words()

    def _other_document(self) -> CompletedTurn:
        return self.asks(of_other_document(self.state.question, self.question.symbols[0]))

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
        question, state, cues = self.question, self.state, self.question.refers
        if state.question.record and (voter := with_countries(question, state.question)):
            return self.asks(voter)
        if cues.phrase and (cues.opens or cues.is_phrase):
            return self._phrase()
        if cues.has_pronoun or cues.is_elliptical:
            return self.attribute()
        is_aspect_only = is_aspect(" ".join(own_words(question.text)))
        if cues.opens or cues.names_paragraph or is_aspect_only:
            return self.attribute()
        if self._speaks_of_focus():
            attribute = self.attribute()
            return attribute and replace(attribute, alone=question)
        return self._goes_on() if cues.own_words else None

    def _speaks_of_focus(self) -> bool:
        """Return whether all that a sentence names is in the document spoken of."""
        focus, question = self.state.focus, self.question
        if focus is None or question.every:
            return False
        if question.requests is not None and not question.requests.topic:
            return True
        own, before = own_words(question.text), self.state.question
        if not before.symbols and set(terms(" ".join(own))) <= set(terms(before.text)):
            return False  # the topic is asked again, and of all texts
        limits, has_name = load_turn_limits(), bool(question.proper_names())
        most = limits.max_words_with_name if has_name else limits.max_words_of_focus
        return 0 < len(own) <= most and self.series.share_of(focus, " ".join(own)) == 1

    def _is_of_one_document(self) -> bool:
        """Return whether the conversation is about one document rather than an open topic."""
        before, shown = self.state.question, self.state.quoted
        if self.question.refers.is_exchange:
            return False
        is_looked_up = bool(before.symbols or before.present or before.edge or before.fields)
        return is_looked_up or len({quote.symbol for quote in shown}) == 1

    def _is_of_focus(self) -> bool:
        """Return whether a phrase is in the document spoken of and in place of no word before."""
        phrase, focus, before = self.question.refers.phrase, self.state.focus, self.state.asked
        if focus is None or self.series.share_of(focus, phrase) < 1:
            return False
        if is_of_same_sort(phrase, before.text):
            return False
        return is_proper(phrase) or not slot_for(phrase, before, self.alike).is_alike

    def _phrase(self) -> CompletedTurn | None:
        state, cues = self.state, self.question.refers
        if is_aspect(cues.phrase) and not cues.is_exchange:
            return self.attribute()
        if self._is_of_one_document() and self._is_of_focus():
            attribute = self.attribute()
            return attribute and replace(attribute, alone=by_itself(self.question))
        topic = state.topic
        of_topic = topic is not None and not topic.symbols
        is_fact = state.question.record is not None or bool(state.question.fields)
        is_of_topic = of_topic and (
            is_fact
            or cues.is_exchange
            or is_proper(cues.phrase)
            or not cues.opens
            or (topic is not None and slot_for(cues.phrase, topic, self.alike).is_alike)
        )
        if state.question.symbols and state.focus and not is_of_topic:
            if not cues.opens:
                return None
            in_focus = in_document(self.question, state.focus, " in ", "?")
            if topic is None or not of_topic:
                return self.of_document(in_focus)
            readings = with_phrase(self.question, topic, self.alike)
            return replace(self.asks(in_focus, *readings), alone=by_itself(self.question))
        readings = with_phrase(self.question, state.asked, self.alike)
        own = () if cues.opens else tuple(cues.phrase.lower().split())
        alone = by_itself(self.question)
        if not readings:
            return CompletedTurn(readings=(alone,))
        is_part = readings[0].text.startswith(state.asked.text.rstrip(" ?.!"))
        return replace(self.asks(*readings), alone=alone, own_words=own, is_part=is_part)

    def attribute(self) -> CompletedTurn | None:
        """Return what a turn asks further of what was spoken of: "by when?"."""
        if said := self._said_there():
            return said
        state, readings = self.state, []
        topic = None if state.topic is None or state.topic.symbols else state.topic
        if state.focus:
            readings.append(in_document(self.question, state.focus, " (", ")?", topic))
        if topic is not None:
            readings.append(of_same_topic(self.question, topic))
        if self._asks_until_when() and not state.question.symbols:
            readings.reverse()  # what holds now is known of a topic, not of a document
        return replace(self.of_document(*readings), stays=True) if readings else None

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

    def _asks_until_when(self) -> bool:
        """Return whether a turn asks for a term and names nothing that it is the term of."""
        present = self.question.present
        own = own_words(self.question.text)
        return present is not None and present.has_cue and (not own or is_aspect(" ".join(own)))

    def _goes_on(self) -> CompletedTurn | None:
        """Return what a sentence without a name of its own asks of the topic before it."""
        topic = self.state.topic
        if topic is None or topic.symbols or not topic.names_topic:
            return None
        completed = self.of_document(of_same_topic(self.question, topic))
        own = self.question.refers.own_words
        return replace(completed, own_words=own, alone=self.question)
