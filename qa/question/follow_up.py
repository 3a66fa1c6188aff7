"""The turn before: a follow-up completed to a question that can be answered by itself.

What each kind of turn keeps is in `qa.question.turns.INHERITS`. A follow-up that can be meant in
several ways gives several questions, the likeliest first; the first that is answered decides.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

from qa.question.conversation import ConversationState
from qa.question.document_turns import (
    DocumentSeries,
    at_neighbour,
    at_quote,
    comparison,
    in_document,
    of_other_document,
    whole_document,
)
from qa.question.question import Question
from qa.question.restriction import NO_RESTRICTION, Restriction
from qa.question.rewording import Alike, is_proper
from qa.question.topic_turns import (
    corrected,
    named_documents,
    narrowed,
    of_other_time,
    of_same_topic,
    of_the_body,
    with_countries,
    with_phrase,
)
from qa.question.turns import INHERITS, TurnKind
from qa.resolutions.periods import Period

NOTHING_BEFORE = (
    "Nothing was shown before that this can refer to; ask what a resolution says, or cite one, "
    "such as 61/181 OP6."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class CompletedTurn:
    """What a turn asks, with what it keeps of the turns before it."""

    readings: tuple[Question, ...]  # the likeliest first; the first that is answered decides
    restriction: Restriction = NO_RESTRICTION
    continues: bool = False  # the conversation goes on; False: a new topic
    is_more: bool = False  # what was shown before is left out
    is_of_document: bool = False  # the topic before it is still spoken of
    own_words: tuple[str, ...] = ()  # of which the first answer has to hold one
    refused: str = ""  # why it cannot be completed


def complete(
    question: Question, state: ConversationState, series: DocumentSeries, alike: Alike
) -> CompletedTurn:
    """Return what a turn asks, completed by what the conversation has come to.

    Args:
        question: as it was read.
        state: of the conversation before it.
        series: finds the resolutions before and after one.
        alike: compares meanings.
    """
    alone = CompletedTurn(readings=(question,))
    if question.unusable or (question.unread and not question.symbols):
        return alone
    if unknown := _unknown_document(question, state):
        return CompletedTurn(readings=(replace(question, unread=unknown),), continues=True)
    kind = question.refers.kind
    turn = _Turn(question, state.kept(INHERITS[kind]), series, alike)
    if not (state.plan or state.documents):
        return turn.refused(NOTHING_BEFORE) if kind in _NEEDS_MORE else alone
    completed = _RULES.get(kind, _Turn.other)(turn)
    return completed or alone


def _unknown_document(question: Question, state: ConversationState) -> str:
    """Return the document that was asked for before and is not known, if a turn refers to it.

    "Paragraph 4 of that resolution" is then no paragraph of an older one.
    """
    before = state.plan
    if before is None or not before.unread or before.symbols or question.symbols:
        return ""
    refers = question.places or question.refers.has_pronoun or question.fields
    return before.unread if refers else ""


_NEEDS_MORE = frozenset(
    {
        TurnKind.ORDINAL,
        TurnKind.MORE,
        TurnKind.EARLIER,
        TurnKind.LATER,
        TurnKind.NEWEST,
        TurnKind.SHOW_DOCUMENT,
        TurnKind.COMPARE,
        TurnKind.AGE,
    }
)


@dataclass(frozen=True, slots=True)
class _Turn:
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
        return CompletedTurn(
            readings=(self.question,),
            restriction=self.state.restriction,
            continues=True,
            refused=reason,
        )

    # Of what was shown.

    def ordinal(self) -> CompletedTurn:
        rank, shown = self.question.refers.rank, self.state.shown
        documents = tuple(dict.fromkeys(quote.symbol for quote in shown)) or self.state.documents
        is_document = self.question.refers.form == "document" or not shown
        count = len(documents) if is_document else len(shown)
        if not -count <= rank <= count:
            noun = "document" if is_document else "quotation"
            plural = "" if count == 1 else "s"
            return self.refused(f"The last answer shows {count} {noun}{plural}.")
        place = rank - 1 if rank > 0 else rank
        if is_document:
            return self.of_document(whole_document(documents[place]))
        return self.of_document(at_quote(shown[place]))

    def show_document(self) -> CompletedTurn | None:
        focus = self.state.focus
        return self.of_document(whole_document(focus)) if focus else self.refused(NOTHING_BEFORE)

    def more(self) -> CompletedTurn:
        if self.state.plan is None or not self.state.seen:
            return self.refused(NOTHING_BEFORE)
        return replace(self.asks(self.state.plan), is_more=True)

    def step(self) -> CompletedTurn | None:
        """Return the paragraph before or after, or what is before or after the document."""
        step, state = self.question.refers.step, self.state
        is_paragraph = self.question.refers.names_paragraph or state.is_place
        if is_paragraph and (neighbour := at_neighbour(step, state)):
            return self.of_document(neighbour)
        return self.more() if step > 0 else self.in_time(-1)

    # Of documents.

    def compare(self) -> CompletedTurn:
        named = self.question.symbols
        pair = (
            (*(self.state.compared or self.state.documents)[:1], *named[:1])
            if named
            else self.state.compared or self.state.last_two
        )
        if len(set(pair)) != 2:
            return self.refused("Two documents are compared; name both, such as 61/181 and 56/123.")
        return self.of_document(comparison(pair, self.state.asked))

    def age(self) -> CompletedTurn:
        pair = self.state.compared or self.state.last_two
        if len(pair) < 2:
            return self.refused(NOTHING_BEFORE)
        newest_first = self.series.newest_first(pair)
        printed = " and ".join(newest_first)
        asked = Question(
            text=f"When were {printed} adopted, newest first?",
            symbols=newest_first,
            fields=("adopted",),
        )
        return self.of_document(asked)

    def in_time(self, step: int) -> CompletedTurn:
        """Return the question asked of the document before (-1), after (1) or newest (0)."""
        state = self.state
        focus = state.focus
        other = self.series.step(focus, step) if focus else None
        readings = [of_other_document(state.question, other)] if other else []
        if not other and step == 0 and focus:
            readings = [of_other_document(state.question, focus)]
        masthead = self.series.masthead(focus) if focus else None
        if not other and masthead and masthead.adopted and not state.question.symbols:
            day = Period.of_day(masthead.adopted)
            readings.append(replace(state.question, adopted=day.before if step < 0 else day.after))
        if not readings:
            which = {-1: "earlier", 1: "later"}.get(step, "newer")
            return self.refused(f"No {which} resolution of this series is loaded.")
        return self.of_document(*readings)

    def earlier(self) -> CompletedTurn | None:
        return self.step() if self.question.refers.step else self.in_time(-1)

    def later(self) -> CompletedTurn | None:
        return self.step() if self.question.refers.step else self.in_time(1)

    def newest(self) -> CompletedTurn:
        return self.in_time(0)

    # Of the question.

    def narrow(self) -> CompletedTurn:
        add = Restriction(
            bodies=self.question.bodies,
            adopted=_period(self.question),
            sessions=self.question.sessions,
            kinds=self.question.kinds,
        )
        return self.asks(narrowed(self.state.asked, self.question), add=add)

    def widen(self) -> CompletedTurn:
        what = self.question.refers.form
        kept = self.state.restriction.without(what)
        return CompletedTurn(readings=(self.state.asked,), restriction=kept, continues=True)

    def time(self) -> CompletedTurn | None:
        asked, question = self.question, self.state.question
        years = asked.refers.years
        base = self._year()
        period = Period.of_year(base + years) if years and base else _period(asked)
        if named_documents(question) and period.since:
            sibling = self.series.adopted_in(question.symbols[0], period)
            if sibling:
                return self.of_document(of_other_document(question, sibling))
        question = self.state.asked
        if shifted := of_other_time(question, asked):
            return self.asks(shifted)
        add = Restriction(adopted=period, sessions=asked.sessions)
        if add == NO_RESTRICTION:
            return None
        return self.asks(replace(question, adopted=period), add=add)

    def _year(self) -> int | None:
        """Return the year that the conversation is about."""
        since = self.state.restriction.adopted.since
        if since:
            return since.year
        masthead = self.series.masthead(self.state.focus) if self.state.focus else None
        return masthead.adopted.year if masthead and masthead.adopted else None

    def body(self) -> CompletedTurn:
        bodies = self.question.bodies
        return self.asks(of_the_body(self.state.asked, bodies), add=Restriction(bodies=bodies))

    def correction(self) -> CompletedTurn:
        return self.asks(*corrected(self.question, self.state.asked, self.alike))

    def other(self) -> CompletedTurn | None:
        """Return what a turn in words of its own asks; None for a question by itself."""
        question, state = self.question, self.state
        cues = question.refers
        if question.symbols:
            is_other = cues.opens and cues.is_symbol_only
            return (
                self.asks(of_other_document(state.question, question.symbols[0]))
                if is_other
                else None
            )
        if cues.step:
            return self.step()
        if cues.opens and question.relative == "other":
            return (
                self.in_time(-1)
                if state.focus and self.series.step(state.focus, -1)
                else self.in_time(1)
            )
        if question.places and not question.every:
            return self._asked_of_focus(" of ", "")
        if question.fields and not question.values and not question.every and self._is_bare():
            return self._asked_of_focus(" (", ")?")
        if question.record and (question.record.lacks_subject or cues.has_pronoun):
            return self._asked_of_focus(" (", ")?")
        if state.question.record and (voter := with_countries(question, state.question)):
            return self.asks(voter)
        if cues.phrase and (cues.opens or cues.is_phrase):
            return self._phrase()
        if self._refers():
            return self._attribute()
        return self._goes_on() if cues.own_words else None

    def _asked_of_focus(self, before: str, after: str) -> CompletedTurn | None:
        focus = self.state.focus
        if focus is None:
            return None
        return self.of_document(in_document(self.question, focus, before, after))

    def _is_bare(self) -> bool:
        """Return whether a turn has a pronoun, or no topic of its own."""
        return self.question.refers.has_pronoun or not self.question.subject

    def _refers(self) -> bool:
        return self.question.refers.has_pronoun or self.question.refers.is_elliptical

    def _phrase(self) -> CompletedTurn | None:
        state, cues = self.state, self.question.refers
        topic = state.topic
        of_topic = topic is not None and not topic.symbols
        if (
            named_documents(state.question)
            and state.focus
            and not (of_topic and (is_proper(cues.phrase) or not cues.opens))
        ):
            if not cues.opens:
                return None
            in_focus = in_document(self.question, state.focus, " in ", "?")
            if topic is None or not of_topic:
                return self.of_document(in_focus)
            readings, _ = with_phrase(self.question, topic, self.alike)
            return self.asks(in_focus, *readings)
        readings, is_new = with_phrase(self.question, state.asked, self.alike)
        return CompletedTurn(readings=readings) if is_new else self.asks(*readings)

    def _attribute(self) -> CompletedTurn | None:
        """Return what a turn asks further of what was spoken of: "by when?"."""
        state, readings = self.state, []
        topic = None if state.topic is None or state.topic.symbols else state.topic
        if state.focus:
            readings.append(in_document(self.question, state.focus, " (", ")?", topic))
        if topic is not None:
            readings.append(of_same_topic(self.question, topic))
        return self.of_document(*readings) if readings else None

    def _goes_on(self) -> CompletedTurn | None:
        """Return what a sentence without a name of its own asks of the topic before it."""
        topic = self.state.topic
        if topic is None or topic.symbols or not topic.names_topic:
            return None
        completed = self.of_document(of_same_topic(self.question, topic), self.question)
        return replace(completed, own_words=self.question.refers.own_words)


def _period(question: Question) -> Period:
    """Return the period that a turn restricts itself to."""
    if question.adopted != Period() or not question.years:
        return question.adopted
    first, last = min(question.years), max(question.years)
    return Period.of_year(first).through(Period.of_year(last))


Rule = Callable[[_Turn], CompletedTurn | None]
_RULES: dict[TurnKind, Rule] = {
    TurnKind.ORDINAL: _Turn.ordinal,
    TurnKind.SHOW_DOCUMENT: _Turn.show_document,
    TurnKind.MORE: _Turn.more,
    TurnKind.COMPARE: _Turn.compare,
    TurnKind.AGE: _Turn.age,
    TurnKind.EARLIER: _Turn.earlier,
    TurnKind.LATER: _Turn.later,
    TurnKind.NEWEST: _Turn.newest,
    TurnKind.NARROW: _Turn.narrow,
    TurnKind.WIDEN: _Turn.widen,
    TurnKind.TIME: _Turn.time,
    TurnKind.BODY: _Turn.body,
    TurnKind.CORRECTION: _Turn.correction,
}
