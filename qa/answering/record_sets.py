"""Sets of texts by their records: "Which resolutions did the UK abstain on in 2023?"."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from qa.answer import Answer, Fact, RefusalKind
from qa.answering.context import AnswerContext
from qa.answering.document_list import scope_in_words
from qa.answering.record_facts import is_vetoed, record_fact, text_name
from qa.answering.replies import refuse, reply_with_facts
from qa.answering.vote_answers import LABELS, is_unanimous, result_value, sides_of, states_on
from qa.question.countries import countries_in, name_of
from qa.question.document_scope import DocumentScope
from qa.question.record_query import RecordField, RecordQuery, VoteSide
from qa.resolutions.cite.citation_format import spaced_symbol
from qa.resolutions.model import Masthead, Status
from qa.resolutions.periods import ANY_TIME
from qa.search.document_finder import day_of
from qa.search.scoped_documents import is_in_scope
from qa.search.weights import load_weights

Test = Callable[[Masthead], bool]

_DEEDS = {
    VoteSide.IN_FAVOUR: "voted in favour of",
    VoteSide.AGAINST: "voted against",
    VoteSide.ABSTAINING: "abstained on",
    VoteSide.ABSENT: "did not vote on",
}
_SOME = {
    VoteSide.IN_FAVOUR: "had votes in favour",
    VoteSide.AGAINST: "had votes against",
    VoteSide.ABSTAINING: "had abstentions",
}
_MANNERS = {
    "consensus": "were adopted without a vote",
    "unanimous": "were adopted unanimously",
    "recorded": "were put to a recorded vote",
    "divided": "were adopted by a divided vote",
}


def answer_record_set(context: AnswerContext, query: RecordQuery) -> Answer | None:
    """Name every text that fits, with the total; None where the question asks for no such set."""
    is_among, fits, clause = _domain(query), _test(query), _clause(query)
    if fits is None:
        return None
    among = [masthead for masthead in _within(context, query) if is_among(masthead)]
    where = scope_in_words(replace(_scope(context, query), period=ANY_TIME))
    where += f" {query.period.in_words()}" if query.period != ANY_TIME else ""
    if query.topic:
        among = _about(context, query, among)
        where = f" on {query.topic}{where}"
    fitting = sorted(filter(fits, among), key=_newest_first)
    share = f"{len(fitting):,} of the {len(among):,}" if fitting else f"none of the {len(among):,}"
    message = clause.format(share=f"{share} {_texts(query, where)}")
    message = message[:1].upper() + message[1:] + _uncertain(among, query)
    if not fitting:
        return refuse(RefusalKind.NOT_IN_TEXTS, message)
    facts = [_fact(masthead, query) for masthead in fitting]
    return reply_with_facts(facts, message, total=len(facts))


def _uncertain(among: Sequence[Masthead], query: RecordQuery) -> str:
    """Return the sentence that names the records that contradict themselves; "" without any."""
    if query.manner != "unanimous":
        return ""
    named = [spaced_symbol(masthead.symbol) for masthead in among if is_contradicted(masthead)]
    if not named:
        return ""
    noun = "record" if len(named) == 1 else "records"
    return f" Not counted, because the {noun} of the vote is inconsistent: {', '.join(named)}."


def _domain(query: RecordQuery) -> Test:
    """Return what a text must have so that the question can be true of it."""
    if query.is_veto or query.field is RecordField.STATUS:
        return lambda masthead: masthead.status is Status.NOT_ADOPTED
    if query.field in (RecordField.COUNTRY_VOTE, RecordField.VOTERS):
        return lambda masthead: bool(
            masthead.status is Status.ADOPTED and masthead.vote and masthead.vote.is_listed
        )
    if query.field in (RecordField.VOTE, RecordField.ADOPTION):
        return lambda masthead: bool(masthead.status is Status.ADOPTED and masthead.vote)
    if query.field is RecordField.CHAPTER_VII:
        return lambda masthead: bool(
            masthead.status is Status.ADOPTED
            and masthead.record
            and masthead.record.chapter_vii is not None
        )
    return lambda masthead: bool(masthead.status is Status.ADOPTED and masthead.record)


def _test(query: RecordQuery) -> Test | None:
    """Return the condition that a question sets; None if it sets none."""
    if query.is_veto:
        codes = [code for group in query.countries for code in group]
        return lambda masthead: (
            is_vetoed(masthead)
            and (not codes or any(_voted(masthead, code, (VoteSide.AGAINST,)) for code in codes))
        )
    if query.field is RecordField.STATUS:
        return lambda masthead: (
            not (query.is_short_of_votes and is_vetoed(masthead)) and concerns(masthead, query)
        )
    if query.field is RecordField.COUNTRY_VOTE:
        return _country_test(query)
    if query.field is RecordField.VOTERS and query.sides:
        return lambda masthead: any(states_on(masthead, side) for side in query.sides)
    if query.manner:
        return lambda masthead: _is_adopted_by(masthead, query.manner or "")
    if query.field is RecordField.CHAPTER_VII:
        return lambda masthead: bool(masthead.record and masthead.record.chapter_vii)
    if query.field is RecordField.SPONSORS and query.countries:
        return lambda masthead: all(_sponsored(masthead, group) for group in query.countries)
    return None


def _country_test(query: RecordQuery) -> Test | None:
    """Return whether each State that is asked for voted on one of the sides."""
    sides = query.sides or tuple(_DEEDS)[:-1]  # however they voted

    def fits(masthead: Masthead) -> bool:
        is_so = all(
            all(_voted(masthead, code, sides) for code in group) for group in query.countries
        )
        return is_so and (not query.is_alone or _is_alone(masthead, query))

    return fits


def is_contradicted(masthead: Masthead) -> bool:
    """Return whether the lists of a record and what it prints of the vote disagree."""
    return masthead.record is not None and "vote" in masthead.record.conflicts


def _voted(masthead: Masthead, code: str, sides: Sequence[VoteSide]) -> bool:
    voted = sides_of(masthead.vote, code) if masthead.vote else ()
    return any(side in sides for side in voted) or (not voted and VoteSide.ABSENT in sides)


def _is_alone(masthead: Masthead, query: RecordQuery) -> bool:
    """Return whether no other State voted as those that are asked for."""
    asked = sum(len(group) for group in query.countries)
    return any(len(states_on(masthead, side)) == asked for side in query.sides)


def _is_adopted_by(masthead: Masthead, manner: str) -> bool:
    vote = masthead.vote
    if vote is None:
        return False
    if manner == "unanimous":
        return is_unanimous(vote) and not is_contradicted(masthead)
    if manner == "divided":
        return vote.is_recorded and not is_unanimous(vote)
    return vote.is_recorded == (manner == "recorded")


def _sponsored(masthead: Masthead, codes: Sequence[str]) -> bool:
    record = masthead.record
    names = (*record.sponsors, *record.additional_sponsors) if record else ()
    named = {code for name in names for mention in countries_in(name) for code in mention.codes}
    return named.issuperset(codes)


def concerns(masthead: Masthead, query: RecordQuery) -> bool:
    """Return whether States sponsored a draft, or it is about them."""
    record = masthead.record
    topics = record.topics if record else ()
    about = {code for name in topics for mention in countries_in(name) for code in mention.codes}
    return all(_sponsored(masthead, group) or about.issuperset(group) for group in query.countries)


def _within(context: AnswerContext, query: RecordQuery) -> list[Masthead]:
    """Return the texts of the organs, the sessions, the committees and the time asked for."""
    scope, filters = _scope(context, query), context.filters

    def is_within(masthead: Masthead) -> bool:
        day = day_of(masthead)
        since, until = filters.since, filters.until
        return (
            is_in_scope(masthead, scope, day)
            and (not filters.bodies or masthead.body.value in filters.bodies)
            and (since is None or (day is not None and day.year >= since))
            and (until is None or (day is not None and day.year <= until))
        )

    return list(filter(is_within, context.corpus.resolutions))


def _scope(context: AnswerContext, query: RecordQuery) -> DocumentScope:
    """Return what restricts the set; drafts have no series."""
    return replace(
        query.scope,
        series=frozenset(),
        period=query.period,
        bodies=query.scope.bodies or context.question.bodies,
    )


def _about(context: AnswerContext, query: RecordQuery, among: Sequence[Masthead]) -> list[Masthead]:
    """Return the texts of a topic: those that hold all its words, else those that fit well."""
    symbols = {masthead.symbol for masthead in among}
    matches = context.retriever.documents.find(
        query.topic, lambda masthead: masthead.symbol in symbols
    )
    whole = [match.masthead for match in matches if match.is_whole]
    least = load_weights().documents.min_score
    return whole or [match.masthead for match in matches if match.score >= least]


def _clause(query: RecordQuery) -> str:
    """Return the sentence of the answer, with a place for the share of the texts."""
    names = " and ".join(name_of(code) for group in query.countries for code in group)
    if query.is_veto:
        return f"{names} vetoed {{share}}." if names else "{share} were vetoed."
    if query.field is RecordField.STATUS:
        return "{share} were short of votes." if query.is_short_of_votes else "{share} are named."
    if query.field is RecordField.COUNTRY_VOTE:
        deeds = " or ".join(_DEEDS[side] for side in query.sides) or "voted on"
        alone = " alone" if query.is_alone else ""
        return f"{names}{alone} {deeds} {{share}} with a roll call."
    if query.field is RecordField.VOTERS:
        return f"{{share}} {' or '.join(_SOME.get(side, side.value) for side in query.sides)}."
    if query.manner:
        return f"{{share}} {_MANNERS[query.manner]}."
    if query.field is RecordField.SPONSORS:
        return f"{names} sponsored {{share}}."
    return "{share} are marked as adopted under Chapter VII."


def _texts(query: RecordQuery, where: str) -> str:
    """Return the texts among which some fit, in words."""
    if query.is_veto or query.field is RecordField.STATUS:
        return f"loaded drafts{where} that were not adopted"
    return f"loaded texts{where}"


def _fact(masthead: Masthead, query: RecordQuery) -> Fact:
    """Return one text of the set, with what its record prints of the matter."""
    name = text_name(masthead)
    record = masthead.record
    if query.field is RecordField.SPONSORS and record:
        return record_fact(masthead, "title", name, "sponsors", "; ".join(record.sponsors))
    if query.field is RecordField.CHAPTER_VII:
        return record_fact(masthead, "title", name, "chapter_vii", "Chapter VII")
    if masthead.status is Status.NOT_ADOPTED:
        printed = record.reason if record else None
        return record_fact(masthead, "not adopted", name, "reason", printed)
    vote = masthead.vote
    field = _vote_label(masthead, query)
    return record_fact(masthead, field, name, "vote", result_value(vote) if vote else None)


def _vote_label(masthead: Masthead, query: RecordQuery) -> str:
    """Return how the State that is asked for voted; "title" where none is."""
    if query.sides:
        return LABELS.get(query.sides[0], "title")
    codes = [code for group in query.countries for code in group]
    sides = sides_of(masthead.vote, codes[0]) if masthead.vote and len(codes) == 1 else ()
    return LABELS[sides[0]] if sides else "title"


def _newest_first(masthead: Masthead) -> tuple[int, str]:
    day = day_of(masthead)
    return (-(day.toordinal() if day else 0), masthead.symbol)
