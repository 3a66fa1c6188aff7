"""The turn before: a follow-up completed to a question that can be answered by itself.

What each kind of turn keeps is in `qa.question.turns.INHERITS`. A follow-up that can be meant in
several ways gives several questions, the likeliest first; the first that is answered decides.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace

from embeddings.text_analysis import terms
from qa.question.conversation import ConversationState
from qa.question.document_turns import (
    RECORDS,
    DocumentSeries,
    at_edge,
    at_neighbour,
    at_quote,
    of_other_document,
    record_of,
    whole_document,
)
from qa.question.question import Question
from qa.question.recognised_turns import without_time_words
from qa.question.record_query import RecordField
from qa.question.referring_turns import NOTHING_BEFORE, ReferringTurn
from qa.question.restriction import NO_RESTRICTION, Restriction
from qa.question.rewording import Alike, in_session, in_year
from qa.question.topic_turns import (
    by_itself,
    corrected,
    narrowed,
    of_other_time,
    of_the_body,
)
from qa.question.turn_in_words import CompletedTurn
from qa.question.turn_words import own_words
from qa.question.turns import INHERITS, TurnKind
from qa.resolutions.periods import Period

NO_MORE_FACTS = "The last answer names what was found; narrow it, such as “only 2019”."


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
    if question.refers.is_new_topic and not question.refers.is_correction:
        return alone
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


class _Turn(ReferringTurn):
    """A turn while it is completed: one method for each kind."""

    # Of what was shown.

    def where(self) -> CompletedTurn | None:
        """Return the first quotation of the last answer once more, with its place."""
        quoted = self.state.quoted
        return self.of_document(at_quote(quoted[0])) if quoted else self.choice()

    def record(self) -> CompletedTurn | None:
        """Return the question for a vote, sponsors or draft of the document spoken of."""
        focus, form = self.state.focus, self.question.refers.form
        if focus is None or form not in RECORDS:
            return self.other()
        asked = record_of(focus, self.question.text, form)
        own = self.question.record
        is_own = own is not None and own.lacks_subject and not own.is_set
        return self.of_document(replace(asked, record=own) if is_own else asked)

    def names(self) -> CompletedTurn | None:
        """Return the question for the names of what the last answer counted."""
        question, record = self.state.question, self.state.question.record
        if record is not None and record.field is RecordField.VOTE:
            named = replace(record, field=RecordField.VOTERS, is_count=False)
            return self.of_document(replace(question, record=named))
        if question.documents is not None and question.documents.is_count:
            documents = replace(question.documents, is_count=False)
            return self.asks(replace(question, documents=documents))
        return self.other()

    def count(self) -> CompletedTurn | None:
        """Return the question for how many there are of what the last answer lists."""
        question, record = self.state.question, self.state.question.record
        if question.documents is not None:
            documents = replace(question.documents, is_count=True)
            return self.asks(replace(question, documents=documents))
        if record is not None:
            return self.asks(replace(question, record=replace(record, is_count=True)))
        return self.other()

    def show_document(self) -> CompletedTurn | None:
        focus = self.state.focus
        return self.of_document(whole_document(focus)) if focus else self.refused(NOTHING_BEFORE)

    def more(self) -> CompletedTurn:
        if self.state.plan is None or not self.state.seen:
            return self.refused(NO_MORE_FACTS if self.state.facts else NOTHING_BEFORE)
        plan = self.state.asked if self.state.current else self.state.plan
        return replace(self.asks(plan), is_more=True)

    def step(self) -> CompletedTurn | None:
        """Return the paragraph before or after, or what is before or after the document."""
        step, state = self.question.refers.step, self.state
        is_paragraph = self.question.refers.names_paragraph or state.is_place
        if is_paragraph and (neighbour := at_neighbour(step, state)):
            return self.of_document(neighbour)
        return self.more() if step > 0 else self.in_time(-1)

    # Of documents.

    def earlier(self) -> CompletedTurn | None:
        return self.step() if self.question.refers.step else self.in_time(-1)

    def later(self) -> CompletedTurn | None:
        return self.step() if self.question.refers.step else self.in_time(1)

    def newest(self) -> CompletedTurn:
        """Return the question asked of the newest text of a list, a topic or a series."""
        question, shown = self.state.question, self.state.shown
        if question.documents is not None or question.edge is not None:
            return self.of_document(at_edge(self.state.latest, is_newest=True))
        symbols = tuple(dict.fromkeys(quote.symbol for quote in shown))
        is_open = not (question.symbols or question.present or self.question.refers.form)
        if is_open and len(symbols) > 1 and not self._is_of_one_series(symbols):
            newest = self.series.newest_first(symbols)[0]
            return self.of_document(of_other_document(self.state.asked, newest))
        return self.in_time(0)

    def _is_of_one_series(self, symbols: Sequence[str]) -> bool:
        members = {member.symbol for member in self.series.members(symbols[0])}
        return members.issuperset(symbols)

    # Of the question.

    def narrow(self) -> CompletedTurn:
        add = Restriction(
            bodies=self.question.bodies,
            adopted=_period(self.question),
            sessions=self.question.sessions,
            kinds=self.question.kinds,
        )
        if self.question.refers.is_excluding:
            add = add.excluded()
        completed = self.asks(narrowed(self.state.latest, self.question), add=add)
        return replace(completed, stays=bool(self.question.refers.phrase))

    def widen(self) -> CompletedTurn:
        what = self.question.refers.form
        kept = self.state.restriction.without(what)
        return CompletedTurn(readings=(self.state.latest,), restriction=kept, continues=True)

    def time(self) -> CompletedTurn | None:
        asked, question = self.question, self.state.question
        years = asked.refers.years
        base = self._year()
        period = Period.of_year(base + years) if years and base else _period(asked)
        if question.symbols and period.since:
            sibling = self.series.adopted_in(question.symbols[0], period)
            if sibling:
                return self.of_document(of_other_document(question, sibling))
        question = self.state.latest
        if shifted := of_other_time(question, asked):
            return self.asks(shifted)
        year = whole_year(period)
        if year and (exchanged := in_year(question, year)):
            return self.asks(exchanged)
        if question.record is not None and not question.symbols:
            question = replace(question, record=replace(question.record, period=period))
        if shifted := in_session(question, asked.sessions):
            return self.asks(shifted)
        add = Restriction(adopted=period, sessions=asked.sessions)
        if add == NO_RESTRICTION:
            return None
        return self.asks(question, add=add)

    def _year(self) -> int | None:
        """Return the year that the conversation is about."""
        since = self.state.restriction.adopted.since
        if since:
            return since.year
        masthead = self.series.masthead(self.state.focus) if self.state.focus else None
        return masthead.adopted.year if masthead and masthead.adopted else None

    def body(self) -> CompletedTurn:
        bodies = self.question.bodies
        return self.asks(of_the_body(self.state.latest, bodies), add=Restriction(bodies=bodies))

    def _only_time_is_new(self) -> bool:
        """Return whether a turn names a time and says nothing else that was not said before."""
        question, topic = self.question, self.state.topic
        if topic is None or question.symbols or not question.names_date:
            return False
        own = set(terms(" ".join(own_words(without_time_words(question.text)))))
        return bool(own) and own <= set(terms(topic.text))

    def correction(self) -> CompletedTurn:
        alone = by_itself(self.question)
        if self.question.refers.is_new_topic:
            return CompletedTurn(readings=(alone,))
        readings = corrected(self.question, self.state.asked, self.alike)
        return replace(self.asks(*readings), alone=alone)

    def other(self) -> CompletedTurn | None:
        """Return what any other turn asks; None for a question by itself."""
        focus, cues = self.state.focus, self.question.refers
        if cues.step and not self.question.symbols:
            return self.step()
        if self._only_time_is_new():
            return self.time()
        if not self.question.symbols and (found := self.referring() or self.timed()):
            return found
        if cues.opens and self.question.relative == "other":
            return self.in_time(-1 if focus and self.series.step(focus, -1) else 1)
        return self.in_words()


def whole_year(period: Period) -> int | None:
    """Return the year that a period is; None if it is any other time."""
    since = period.since
    is_year = since is not None and period == Period.of_year(since.year)
    return since.year if since is not None and is_year else None


def _period(question: Question) -> Period:
    """Return the period that a turn restricts itself to."""
    adopted, years, cues = question.adopted, question.years, question.refers
    if cues.names_one_year and adopted.since:
        return Period.of_year(adopted.since.year)
    if cues.is_correction and len(years) > 1:
        return Period.of_year(years[-1])  # "not 2023, 2022"
    if adopted != Period() or not years:
        return adopted
    first, last = min(years), max(years)
    return Period.of_year(first).through(Period.of_year(last))


Rule = Callable[[_Turn], CompletedTurn | None]
_RULES: dict[TurnKind, Rule] = {
    TurnKind.ORDINAL: _Turn.ordinal,
    TurnKind.SHOW_DOCUMENT: _Turn.show_document,
    TurnKind.RECORD: _Turn.record,
    TurnKind.NAMES: _Turn.names,
    TurnKind.COUNT: _Turn.count,
    TurnKind.WHERE: _Turn.where,
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
