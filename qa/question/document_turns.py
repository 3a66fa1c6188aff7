"""Turns that ask of a document: another one, a paragraph of one, two compared."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from embeddings.text_analysis import terms
from qa.question.bodies import bodies_of
from qa.question.conversation import ConversationState, ShownQuote
from qa.question.count_query import CountQuery
from qa.question.document_scope import DocumentScope
from qa.question.edge_query import EdgeQuery
from qa.question.entities import Entity
from qa.question.question import Question, RequestedPinpoint
from qa.question.record_query import RecordField, RecordQuery, VoteSide
from qa.question.topic import topic_of, without_dates
from qa.question.turn_words import words_of
from qa.resolutions.cite.citation_format import spaced_symbol
from qa.resolutions.cite.typed_pinpoints import Locator
from qa.resolutions.kind_names import KIND_NAMES
from qa.resolutions.model import Kind, Masthead, Span
from qa.resolutions.periods import ANY_TIME, Period
from qa.resolutions.text import squeeze

_NUMBERED = {  # as a citation names them
    Kind.OPERATIVE: "paragraph",
    Kind.PREAMBULAR: KIND_NAMES[Kind.PREAMBULAR].singular,
    Kind.NOTE: KIND_NAMES[Kind.NOTE].singular,
}


@dataclass(frozen=True, slots=True)
class DocumentSeries:
    """Finds a document, and those of its series: the same subject over the years."""

    masthead: Callable[[str], Masthead | None]
    members: Callable[[str], Sequence[Masthead]]  # with the document itself, oldest first
    share_with: Callable[[str, str], float]  # of its passages, with a term
    text_of: Callable[[str, str], str]  # of the passage with a label
    entities: Callable[[str], tuple[Entity, ...]]  # that a text names

    def names_of(self, symbol: str) -> frozenset[str]:
        """Return the terms of the title of a document and of what it is about."""
        masthead = self.masthead(symbol)
        return (
            frozenset(terms(" ".join((masthead.title, *masthead.subjects))))
            if masthead
            else frozenset()
        )

    def share_of(self, symbol: str, text: str) -> float:
        """Return which share of the terms of `text` a document holds; 0 where it has none."""
        wanted = [spellings for word in words_of(text) if (spellings := _spellings(word))]
        found = [each for each in wanted if any(self.share_with(symbol, term) for term in each)]
        return len(found) / len(wanted) if wanted else 0.0

    def weight_of(self, symbol: str, text: str) -> float:
        """Return how much of a document are the rarest of the words of `text`."""
        return min((self.share_with(symbol, term) for term in set(terms(text))), default=0.0)

    def step(self, symbol: str, step: int) -> str | None:
        """Return the member before (-1) or after (1) a document, or the newest (0)."""
        symbols = [member.symbol for member in self.members(symbol)]
        if symbol not in symbols:
            return None
        place = symbols.index(symbol) + step if step else len(symbols) - 1
        found = symbols[place] if 0 <= place < len(symbols) else None
        return None if found == symbol else found

    def adopted_in(self, symbol: str, period: Period) -> str | None:
        """Return the newest member that was adopted in a period."""
        members = [each for each in self.members(symbol) if each.adopted and each.adopted in period]
        return members[-1].symbol if members else None

    def newest_first(self, symbols: Sequence[str]) -> tuple[str, ...]:
        """Return documents in the order of their days of adoption, the newest first."""

        def day(symbol: str) -> int:
            masthead = self.masthead(symbol)
            return masthead.adopted.toordinal() if masthead and masthead.adopted else 0

        return tuple(sorted(symbols, key=day, reverse=True))


def _spellings(word: str) -> frozenset[str]:
    """Return the terms of a word in each of its spellings: "authorised", "authorized"."""
    return frozenset((*terms(word), *terms(_BRITISH.sub("iz", word))))


_BRITISH = re.compile(r"is(?=(?:e[ds]?|ing|ations?)$)")


def at_quote(quote: ShownQuote) -> Question:
    """Return the look-up of a quotation that was shown."""
    printed = spaced_symbol(quote.symbol)
    return Question(
        text=f"{printed}, {quote.place}",
        symbols=(quote.symbol,),
        first_symbol=Span(start=0, end=len(printed)),
        printed_place=quote.place,
        kinds=frozenset({quote.kind} - {Kind.OPERATIVE, Kind.ANNEX}),
        bodies=frozenset(bodies_of(printed)),
    )


def whole_document(symbol: str) -> Question:
    """Return the question for all of a document."""
    printed = spaced_symbol(symbol)
    return Question(
        text=printed,
        symbols=(symbol,),
        first_symbol=Span(start=0, end=len(printed)),
        bodies=frozenset(bodies_of(printed)),
    )


def at_edge(topic: Question, *, is_newest: bool) -> Question:
    """Return the question for the first or the newest document on a topic."""
    about = topic.edge.topic if topic.edge else bare_topic(topic.topic)
    scope = topic.edge.scope if topic.edge else DocumentScope()
    which = "newest" if is_newest else "first"
    return replace(
        topic,
        text=f"The {which} resolution on {about}",
        edge=EdgeQuery(is_newest=is_newest, topic=about, scope=scope),
        documents=None,
        requests=None,
        present=None,
        count=None,
        record=None,
    )


def parts_of(symbol: str, kinds: frozenset[Kind]) -> Question:
    """Return the question for all paragraphs of some kinds of a document: its preamble."""
    whole = whole_document(symbol)
    named = " and ".join(sorted(KIND_NAMES[kind].plural for kind in kinds))
    places = tuple(
        RequestedPinpoint(symbol=symbol, locator=Locator(kind=kind, number=None))
        for kind in sorted(kinds, key=lambda kind: kind.value)
    )
    return replace(whole, text=f"{whole.text}, {named}", kinds=kinds, places=places)


def record_of(symbol: str, typed: str, form: str) -> Question:
    """Return the question for a record of a document, as a few words ask for it: "against?"."""
    whole = whole_document(symbol)
    opening = typed.rstrip(" ?.!") + " ("
    printed = spaced_symbol(symbol)
    return replace(
        whole,
        text=f"{opening}{printed})?",
        first_symbol=Span(start=len(opening), end=len(opening) + len(printed)),
        record=RECORDS[form],
    )


RECORDS = {
    "vote": RecordQuery(field=RecordField.VOTE, topic=""),
    "against": RecordQuery(field=RecordField.VOTERS, topic="", sides=(VoteSide.AGAINST,)),
    "abstaining": RecordQuery(field=RecordField.VOTERS, topic="", sides=(VoteSide.ABSTAINING,)),
    "favour": RecordQuery(field=RecordField.VOTERS, topic="", sides=(VoteSide.IN_FAVOUR,)),
    "adoption": RecordQuery(field=RecordField.ADOPTION, topic="", asks_whether=True),
    "sponsors": RecordQuery(field=RecordField.SPONSORS, topic=""),
    "draft": RecordQuery(field=RecordField.DRAFT_SYMBOL, topic=""),
}


def at_neighbour(step: int, state: ConversationState) -> Question | None:
    """Return the look-up of the paragraph after or before those quoted last."""
    if not state.quoted:
        return None
    is_range = step > 0 and bool(state.question.places)
    quoted = state.quoted[-1] if is_range else state.quoted[0]
    if quoted.number is None or quoted.kind not in _NUMBERED:
        return None
    kind, number = quoted.kind, quoted.number + step
    printed = spaced_symbol(quoted.symbol)
    topic = f", note {number}" if kind is Kind.NOTE else f", {number}"
    question = Question(
        text=f"{printed}, {_NUMBERED[kind]} {number}",
        printed_place=f"{_NUMBERED[kind]} {number}",
        symbols=(quoted.symbol,),
        first_symbol=Span(start=0, end=len(printed)),
        places=(
            RequestedPinpoint(symbol=quoted.symbol, locator=Locator(kind=kind, number=number)),
        ),
        kinds=frozenset() if kind is Kind.OPERATIVE else frozenset({kind}),
        bodies=frozenset(bodies_of(printed)),
    )
    return question.with_topic(topic)


def comparison(pair: Sequence[str], before: Question) -> Question:
    """Return the comparison of two documents, on the topic of a question."""
    printed = [spaced_symbol(symbol) for symbol in pair]
    topic = without_dates(before.topic).strip(" ,?")
    on = f" on {topic}" if topic and before.names_topic else ""
    opening = "Compare "
    question = Question(
        text=f"{opening}{printed[0]} and {printed[1]}{on}",
        symbols=tuple(pair),
        first_symbol=Span(start=len(opening), end=len(opening) + len(printed[0])),
        compares=True,
        asks_for_summary=True,
        bodies=frozenset(body for each in printed for body in bodies_of(each)),
    )
    return question.with_topic(topic if on else "")


def of_other_document(question: Question, symbol: str) -> Question:
    """Return an earlier question asked of another document instead of the first it names."""
    span = question.first_symbol
    if span is None:
        return in_document(question, symbol, " in ", "?")
    text, before = question.text, question.symbols[0]
    printed = text[span.start : span.end]
    return replace(
        question,
        text=text[: span.start] + symbol + text[span.end :],
        first_symbol=Span(start=span.start, end=span.start + len(symbol)),
        symbols=tuple(
            dict.fromkeys(symbol if named == before else named for named in question.symbols)
        ),
        places=tuple(
            replace(place, symbol=symbol) if place.symbol == before else place
            for place in question.places
        ),
        bodies=(question.bodies - frozenset(bodies_of(printed))) | frozenset(bodies_of(symbol)),
        count=question.count and _count_of_another(question.count, printed, before, symbol),
    )


def bare_topic(topic: str) -> str:
    """Return the words of a topic without dates and without what a question opens with."""
    return _OPENING.sub("", without_dates(topic)).strip(" ,?.!")


_OPENING = re.compile(
    r"^(?:(?:is|are|was|were|do|does|did|has|have|had|can|could|should|must|will|to|of|on|about)\b"
    r"\s*)+",
    re.IGNORECASE,
)


def _count_of_another(count: CountQuery, printed: str, before: str, symbol: str) -> CountQuery:
    """Return what is to be counted, of `symbol` instead of `before`, which is `printed`."""
    cited = (symbol if document == before else document for document in count.cited)
    return replace(
        count, thing=count.thing.replace(printed, symbol), cited=tuple(dict.fromkeys(cited))
    )


def with_printed(question: Question, symbol: str, start: int, end: int) -> Question:
    """Return a question with a document in place of the words that refer to it."""
    text, printed = question.text, spaced_symbol(symbol)
    rest = squeeze(f"{text[:start]} {text[end:]}")
    named = in_document(question, symbol, "", "")
    return replace(
        named,
        text=f"{text[:start]}{printed}{text[end:]}",
        first_symbol=Span(start=start, end=start + len(printed)),
        record=question.record and replace(question.record, topic="", is_set=False),
    ).with_topic(topic_of(rest))


def in_document(
    question: Question, symbol: str, before: str, after: str, context: Question | None = None
) -> Question:
    """Return a question that names no document, with one written at its end.

    Args:
        question: whose places, values and topic become those of the document.
        symbol: of the document.
        before: what is written between the question and the symbol.
        after: what is written after it.
        context: the question before it, whose topic completes one that has none.
    """
    opening, printed = question.text.rstrip(" ?"), spaced_symbol(symbol)
    topic = ""
    if context is not None and question.refers.is_elliptical:
        topic = bare_topic(context.topic)
    opening = f"{opening}, {topic}{before}" if topic else f"{opening}{before}"
    completed = replace(
        question,
        text=f"{opening}{printed}{after}",
        symbols=(symbol,),
        # A document is named: nothing else restricts the texts, and no set of them is asked for.
        adopted=ANY_TIME,
        documents=None,
        requests=None,
        first_symbol=Span(start=len(opening), end=len(opening) + len(printed)),
        places=tuple(replace(place, symbol=symbol) for place in question.places),
        # The day of adoption singles out a document only where none is named.
        values=tuple(pair for pair in question.values if pair[0] != "adopted"),
        bodies=frozenset(bodies_of(printed)),
        acting_bodies=frozenset(),
    )
    own = f"{without_dates(question.topic)} {topic}".strip()
    return completed.with_topic(squeeze(f"{own}{before} {after.rstrip('?')}"))
