"""A restriction is a promise: nothing that it excludes is shown, whatever route answers."""

from dataclasses import replace
from typing import TypeVar

from qa.answer import Answer, Quote, RefusalKind
from qa.answering.replies import refuse
from qa.corpus.corpus import Corpus
from qa.question.restriction import NO_RESTRICTION, Restriction
from qa.resolutions.model import Kind, Masthead
from qa.resolutions.periods import ANY_TIME, Period
from qa.search.filters import Filters

Name = TypeVar("Name")


def within(filters: Filters, restriction: Restriction) -> Filters | None:
    """Return filters that leave only what a restriction allows; None if they leave nothing.

    Args:
        filters: of the front end.
        restriction: of the conversation.
    """
    bodies = _both(filters.bodies, restriction.bodies)
    kinds = _both(filters.kinds, restriction.kinds)
    adopted = _overlap(filters.adopted, restriction.adopted)
    if bodies is None or kinds is None or adopted.is_empty:
        return None
    return replace(filters, bodies=bodies, kinds=kinds, adopted=adopted)


def _both(first: frozenset[Name], second: frozenset[Name]) -> frozenset[Name] | None:
    """Return what two filters allow; None if they exclude each other."""
    if not first or not second:
        return first or second
    return first & second or None


def _overlap(first: Period, second: Period) -> Period:
    if ANY_TIME in (first, second):
        return second if first == ANY_TIME else first
    since = [day for day in (first.since, second.since) if day]
    until = [day for day in (first.until, second.until) if day]
    return Period(
        since=max(since, default=None), until=min(until, default=None), precision=second.precision
    )


def is_allowed(restriction: Restriction, masthead: Masthead, kind: Kind | None = None) -> bool:
    """Return whether a passage of a document, or with no kind the document, may be shown."""
    return restriction.allows(
        masthead.symbol, masthead.body.value, masthead.session, masthead.adopted, kind
    )


def allowed(answer: Answer, restriction: Restriction, corpus: Corpus) -> Answer:
    """Return an answer without what a restriction excludes; a refusal if nothing is left."""
    if restriction == NO_RESTRICTION:
        return answer

    def may_be_shown(symbol: str, kind: Kind | None = None) -> bool:
        masthead = corpus.masthead(symbol)
        return masthead is not None and is_allowed(restriction, masthead, kind)

    def kept(quotes: tuple[Quote, ...]) -> tuple[Quote, ...]:
        return tuple(
            replace(
                quote,
                same_wording=tuple(
                    each for each in quote.same_wording if may_be_shown(each.symbol)
                ),
                kin=tuple(each for each in quote.kin if may_be_shown(each.symbol)),
            )
            for quote in quotes
            if may_be_shown(quote.symbol, quote.kind)
        )

    refusal = answer.refusal
    if refusal is not None:
        return replace(answer, refusal=replace(refusal, nearest=kept(refusal.nearest)))
    facts = tuple(fact for fact in answer.facts if may_be_shown(fact.symbol))
    quotes = kept(answer.quotes)
    if not facts and not quotes and not answer.action:
        return nothing_within(restriction)
    is_less = len(facts) < len(answer.facts) or len(quotes) < len(answer.quotes)
    total = len(facts) if is_less and answer.total is not None else answer.total
    message = "" if is_less else answer.message
    return replace(answer, facts=facts, quotes=quotes, total=total, message=message)


def nothing_within(restriction: Restriction) -> Answer:
    """Return the refusal where nothing is left of what was asked."""
    return refuse(
        RefusalKind.NOT_IN_TEXTS,
        f"No loaded text answers this {restriction.in_words()}; “clear the filters” drops that.",
    )
