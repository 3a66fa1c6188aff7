"""Turns that refer to a document by its time, its place in a list or its name: "the new one"."""

from dataclasses import replace

from embeddings.text_analysis import terms
from qa.question.document_turns import (
    at_edge,
    at_quote,
    comparison,
    in_document,
    of_other_document,
    whole_document,
    with_printed,
)
from qa.question.question import Question
from qa.question.turn_in_words import CompletedTurn, TurnInWords
from qa.question.turn_limits import load_turn_limits
from qa.question.turn_references import (
    ReferenceKind,
    TurnReference,
    read_reference,
    read_time_cue,
)
from qa.question.turn_words import own_words
from qa.resolutions.periods import Period

NOTHING_BEFORE = (
    "Nothing was shown before that this can refer to; ask what a resolution says, or cite one, "
    "such as 61/181 OP6."
)
MAX_DESCRIBED = 500  # documents among which one is looked for by its name
MAX_READ = 8  # documents among which one is looked for by its text
_STEPS = {ReferenceKind.NEWEST: 0, ReferenceKind.EARLIER: -1, ReferenceKind.FIRST: -1}


class ReferringTurn(TurnInWords):
    """A turn that names a document neither by a symbol nor by a pronoun alone."""

    def referring(self) -> CompletedTurn | None:
        """Return what a turn asks of the document that it refers to; None if it names none."""
        reference = read_reference(self.question.text)
        symbol = self.document_meant(reference) if reference else None
        if reference is None:
            return None
        if symbol is None:
            return self._by_time(reference)
        text = self.question.text
        rest = f"{text[: reference.start]} {text[reference.end :]}"
        is_asked = self.question.record or self.question.fields or self.question.places
        if own_words(rest) or is_asked:
            asked = with_printed(self.question, symbol, reference.start, reference.end)
            return self.of_document(asked)
        return self.of_document(of_other_document(self.asked_of_text(), symbol))

    def _by_time(self, reference: TurnReference) -> CompletedTurn | None:
        """Return the earlier topic asked of its first, newest or earlier documents."""
        topic, step = self.state.topic, _STEPS.get(reference.kind)
        if step is None or self.state.focus is None:
            return None
        if reference.kind is ReferenceKind.EARLIER or topic is None or topic.symbols:
            return self.in_time(step)
        return self.of_document(at_edge(topic, is_newest=step == 0))

    def document_meant(self, reference: TurnReference) -> str | None:
        """Return the symbol of the document that a turn refers to; None if it is not known."""
        state, series, focus = self.state, self.series, self.state.focus
        kind = reference.kind
        if kind is ReferenceKind.RANK:
            documents = tuple(dict.fromkeys(quote.symbol for quote in state.shown))
            documents = documents or state.documents
            place = reference.rank - 1 if reference.rank > 0 else reference.rank
            return documents[place] if -len(documents) <= place < len(documents) else None
        if kind is ReferenceKind.DESCRIBED:
            return self._described(reference.words)
        if focus is None:
            return None
        if kind is ReferenceKind.YEAR:
            return self._of_year(reference.year)
        pair = self._pair_of_series()
        if kind is ReferenceKind.NEWEST:
            return pair[0] if pair else series.step(focus, 0) or focus
        if kind is ReferenceKind.EARLIER:
            return pair[1] if pair and pair[0] == focus else series.step(focus, -1)
        if kind is ReferenceKind.FIRST:
            members = series.members(focus)
            return members[0].symbol if members else None
        return next((each for each in reversed(state.last_two) if each != focus), None)

    def _pair_of_series(self) -> tuple[str, ...]:
        """Return the two documents looked at last, the newest first, if they are of one series."""
        pair = self.state.compared or self.state.visited[-2:]
        if len(set(pair)) != 2:
            return ()
        members = {member.symbol for member in self.series.members(pair[0])}
        return self.series.newest_first(pair) if pair[1] in members else ()

    def _of_year(self, year: int) -> str | None:
        state = self.state
        for symbol in dict.fromkeys((*reversed(state.visited), *state.documents[:MAX_DESCRIBED])):
            masthead = self.series.masthead(symbol)
            if masthead and masthead.adopted and masthead.adopted.year == year:
                return symbol
        return self.series.adopted_in(state.focus, Period.of_year(year)) if state.focus else None

    def _described(self, words: str) -> str | None:
        """Return the newest document spoken of whose names hold all of the words."""
        wanted, state = set(terms(words)), self.state
        known = list(dict.fromkeys((*reversed(state.visited), *state.documents)))
        named = [each for each in known[:MAX_DESCRIBED] if wanted <= self.series.names_of(each)]
        if len(named) == 1 or not wanted:
            return named[0] if wanted else None
        among = named[:MAX_READ] or known[:MAX_READ]
        weights = {symbol: self.series.weight_of(symbol, words) for symbol in among}
        best = max(weights, key=lambda symbol: weights[symbol], default=None)
        return best if best and weights[best] else None

    def timed(self) -> CompletedTurn | None:
        """Return what a turn asks of the text before, after or now: "and how long before that?"."""
        cue, cues = read_time_cue(self.question.text), self.question.refers
        focus = self.state.focus
        if cue is None or focus is None or self.question.symbols:
            return None
        own = own_words(cue.rest)
        is_new = bool(self.question.capitalised) or len(own) > load_turn_limits().max_timed_words
        if is_new or not (cues.opens or cues.has_pronoun or cues.is_elliptical or cues.own_words):
            return None
        topic = set(terms(f"{self.state.asked.topic} {self.state.asked.text}"))
        if set(terms(" ".join(own))) <= topic:
            return self.in_time(cue.step)
        other = self.series.step(focus, cue.step)
        if other is None:
            return None
        context = None if self.state.topic is None or self.state.topic.symbols else self.state.topic
        return self.of_document(in_document(self.question, other, " (", ")?", context))

    def compare(self) -> CompletedTurn:
        """Return the comparison of two documents that were spoken of, or of one and the last."""
        pair = self._compared()
        if len(set(pair)) != 2:
            return self.refused("Two documents are compared; name both, such as 61/181 and 56/123.")
        asked, on = self.state.asked, self.question.refers.phrase
        return self.of_document(comparison(pair, asked.with_topic(on) if on else asked))

    def _compared(self) -> tuple[str, ...]:
        state, focus = self.state, self.state.focus
        named = self.question.symbols
        if named:
            return (*(state.compared or state.documents)[:1], *named[:1])
        reference = read_reference(self.question.text)
        meant = self.document_meant(reference) if reference else None
        if meant and focus and meant != focus:
            return tuple(reversed(self.series.newest_first((meant, focus))))
        if state.compared or len(state.visited) > 1:
            return state.compared or state.last_two
        before = self.series.step(focus, -1) if focus else None
        return (before, focus) if before and focus else state.last_two

    def age(self) -> CompletedTurn:
        """Return which of a pair of documents is newer."""
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
        focus, form = self.state.focus, self.question.refers.form
        asked = self.asked_of_text() if form else self.state.question
        if focus and form == "this":
            return self.of_document(of_other_document(asked, focus))
        other = self.series.step(focus, step) if focus else None
        readings = [of_other_document(asked, other)] if other else []
        if not other and step == 0 and focus:
            readings = [of_other_document(asked, focus)]
        masthead = self.series.masthead(focus) if focus else None
        topic = self.state.topic
        if not other and masthead and masthead.adopted and topic and not topic.symbols:
            day = Period.of_day(masthead.adopted)
            readings.append(replace(topic, adopted=day.before if step < 0 else day.after))
        if not readings:
            which = {-1: "earlier", 1: "later"}.get(step, "newer")
            return self.refused(f"No {which} resolution of this series is loaded.")
        return self.of_document(*readings)

    def asked_of_text(self) -> Question:
        """Return what is asked of the text of a document; all of it where no topic is."""
        question = self.state.asked
        is_fact = question.record is not None or bool(question.fields)
        return whole_document(self.state.focus or "") if is_fact else question

    def ordinal(self) -> CompletedTurn:
        """Return the quotation, or the document, at a place of the list that was shown."""
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
