"""Answers about votes: the result, how States voted, who voted so, and whether by consensus."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from qa.answer import Fact
from qa.answering.record_facts import (
    RecordReply,
    contradiction,
    is_vetoed,
    reason_sentence,
    record_fact,
)
from qa.question.countries import code_of, name_of, state_name
from qa.question.record_query import RecordField, RecordQuery, VoteSide
from qa.resolutions.cite.citation_format import spaced_symbol
from qa.resolutions.model import Masthead, Status, Vote

_LISTED_SIDES = (VoteSide.IN_FAVOUR, VoteSide.AGAINST, VoteSide.ABSTAINING)
_DEEDS: Mapping[VoteSide, str] = {
    VoteSide.IN_FAVOUR: "voted in favour of",
    VoteSide.AGAINST: "voted against",
    VoteSide.ABSTAINING: "abstained on",
}
LABELS: Mapping[VoteSide, str] = {
    VoteSide.IN_FAVOUR: "voted in favour",
    VoteSide.AGAINST: "voted against",
    VoteSide.ABSTAINING: "abstained",
}


def vote_reply(masthead: Masthead, query: RecordQuery) -> RecordReply | None:
    """Return what the record of a text says about its vote; None if it records none."""
    if masthead.record is None or masthead.vote is None:
        return None
    vote = masthead.vote
    if query.field is RecordField.COUNTRY_VOTE:
        message, facts = _country_votes(masthead, vote, query)
    elif query.field is RecordField.VOTERS:
        message, facts = _voters(masthead, vote, query)
    elif query.field is RecordField.ADOPTION:
        message, facts = _adoption(masthead, vote, query)
    else:
        message, facts = _result(masthead, vote, query)
    message += contradiction(masthead.record, "vote")
    return RecordReply(message, tuple(dict.fromkeys((*facts, *_result_facts(masthead, vote)))))


def sides_of(vote: Vote, code: str) -> tuple[VoteSide, ...]:
    """Return on which sides a roll call names a State: one, or none if it does not name it."""
    return tuple(
        side for side in _LISTED_SIDES if any(code_of(name) == code for name in _listed(vote, side))
    )


def states_on(masthead: Masthead, side: VoteSide) -> tuple[str, ...]:
    """Return the States that a record lists on one side, as printed."""
    return _listed(masthead.vote, side) if masthead.vote else ()


def result_value(vote: Vote) -> str:
    """Return the result of a vote as a value: "13 in favour, 0 against, 2 abstaining"."""
    if not vote.is_recorded:
        return "without a vote"
    return _counts(vote) if vote.in_favour is not None else "recorded vote without counts"


def result_sentence(masthead: Masthead, vote: Vote) -> str:
    """Return how a text was adopted or not, in one sentence."""
    symbol = spaced_symbol(masthead.symbol)
    printed = vote.printed or ""
    if masthead.status is Status.NOT_ADOPTED:
        return (
            f"{symbol} was not adopted: {_counts(vote)}, by a recorded vote."
            f"{reason_sentence(masthead)}"
        )
    if not vote.is_recorded:
        manner = "by acclamation" if "acclamation" in printed.lower() else "without a vote"
        return f"{symbol} was adopted {manner}, that is by consensus."
    if vote.in_favour is None:
        how = f"; the record prints “{printed}”" if printed else ""
        return f"{symbol} was adopted by a vote of which no counts are recorded{how}."
    unlisted = "" if vote.is_listed else " The record lists no States."
    if is_unanimous(vote):
        return f"{symbol} was adopted unanimously, by {vote.in_favour} votes to none.{unlisted}"
    abstained = f", with {_number(vote.abstaining or 0, 'abstention')}"
    return (
        f"{symbol} was adopted by a recorded vote of {vote.in_favour} to {vote.against or 0}"
        f"{abstained}.{unlisted}"
    )


def is_unanimous(vote: Vote) -> bool:
    """Return whether a vote had neither votes against nor abstentions."""
    return vote.is_recorded and bool(vote.in_favour) and not (vote.against or vote.abstaining)


def _result(masthead: Masthead, vote: Vote, query: RecordQuery) -> tuple[str, tuple[Fact, ...]]:
    """Return the result, after the count of the side that is asked for."""
    sentence = result_sentence(masthead, vote)
    counted = [side for side in query.sides if side in _DEEDS]
    if not (query.is_count and counted and vote.is_recorded):
        return sentence, ()
    symbol = spaced_symbol(masthead.symbol)
    side = counted[0]
    count = getattr(vote, side.value)
    if count is None:
        return sentence, ()
    states = "State" if count == 1 else "States"
    return f"{count} {states} {_DEEDS[side]} {symbol}. {sentence}", ()


def _country_votes(
    masthead: Masthead, vote: Vote, query: RecordQuery
) -> tuple[str, tuple[Fact, ...]]:
    """Return how each State that is asked for voted."""
    codes = tuple(dict.fromkeys(code for group in query.countries for code in group))
    symbol = spaced_symbol(masthead.symbol)
    if not vote.is_listed:
        lead = _no_list(masthead, vote)
        return f"{lead} How {_names(codes)} voted is not recorded.", ()
    votes = {code: sides_of(vote, code) for code in codes}
    sentences = [_country_sentence(code, sides, symbol) for code, sides in votes.items()]
    verdict = _verdict(masthead, query, votes)
    facts = tuple(
        record_fact(
            masthead,
            f"vote of {name_of(code)}",
            LABELS[side],
            "vote",
            next(name for name in _listed(vote, side) if code_of(name) == code),
        )
        for code, sides in votes.items()
        for side in sides
    )
    fate = ""
    if query.is_veto and masthead.status is Status.ADOPTED:
        fate = f" {symbol} was adopted, so no veto was cast."
    elif masthead.status is Status.NOT_ADOPTED:
        fate = f" {symbol} was not adopted.{reason_sentence(masthead)}"
    return f"{verdict}{_start(' '.join(sentences), has_lead=bool(verdict))}{fate}", facts


def _country_sentence(code: str, sides: Sequence[VoteSide], symbol: str) -> str:
    name = _capital(name_of(code))
    if not sides:
        return f"{name} is not in the roll call of {symbol} (absent or not a member)."
    if len(sides) > 1:
        listed = " and ".join(LABELS[side] for side in sides)
        return f"The record lists {name_of(code)} twice on {symbol}: {listed}."
    return f"{name} {_DEEDS[sides[0]]} {symbol}."


def _verdict(
    masthead: Masthead, query: RecordQuery, votes: Mapping[str, tuple[VoteSide, ...]]
) -> str:
    """Return "Yes: " or "No: " where the question asks whether States voted so."""
    if not query.asks_whether or not (query.sides or query.is_veto):
        return ""
    if query.is_veto:
        is_so = is_vetoed(masthead) and all(VoteSide.AGAINST in sides for sides in votes.values())
    else:
        wanted = set(query.sides)
        is_so = all(
            bool(wanted & set(sides)) or (not sides and VoteSide.ABSENT in wanted)
            for sides in votes.values()
        )
    return "Yes: " if is_so else "No: "


def _voters(masthead: Masthead, vote: Vote, query: RecordQuery) -> tuple[str, tuple[Fact, ...]]:
    """Return which States voted as is asked."""
    symbol = spaced_symbol(masthead.symbol)
    if query.is_veto and not is_vetoed(masthead):
        lead = "No: " if query.asks_whether else ""
        return f"{lead}{result_sentence(masthead, vote)} No veto is recorded.", ()
    if not vote.is_recorded or not vote.is_listed:
        lead = "No: " if query.asks_whether and not vote.is_recorded else ""
        return f"{lead}{_no_list(masthead, vote)}", ()
    sides = (VoteSide.AGAINST,) if query.is_veto else query.sides
    if VoteSide.ABSENT in sides:
        total = sum(len(_listed(vote, side)) for side in _LISTED_SIDES)
        message = (
            f"The record of {symbol} lists the {total} States that voted; States that were absent "
            "are not listed."
        )
        return message, ()
    sentences, facts = [], []
    for side in sides:
        names = [state_name(name) for name in _listed(vote, side)]
        sentences.append(_voters_sentence(symbol, side, names))
        if names:
            facts.append(_side_fact(masthead, vote, side))
    verdict = ""
    if query.asks_whether:
        verdict = "Yes: " if facts else "No: "
    if query.is_veto:
        verdict += f"{symbol} was vetoed."
        return f"{verdict} {' '.join(sentences)}{reason_sentence(masthead)}", tuple(facts)
    return f"{verdict}{_start(' '.join(sentences), has_lead=bool(verdict))}", tuple(facts)


def _voters_sentence(symbol: str, side: VoteSide, names: Sequence[str]) -> str:
    if not names:
        return f"No State {_DEEDS[side]} {symbol}."
    states = "1 State" if len(names) == 1 else f"{len(names)} States"
    return f"{states} {_DEEDS[side]} {symbol}: {', '.join(names)}."


def _adoption(masthead: Masthead, vote: Vote, query: RecordQuery) -> tuple[str, tuple[Fact, ...]]:
    """Return whether a text was adopted by consensus, unanimously, or by a vote."""
    sentence = result_sentence(masthead, vote)
    if not query.asks_whether:
        return sentence, ()
    is_so = {
        "consensus": not vote.is_recorded,
        "unanimous": is_unanimous(vote),
        "recorded": vote.is_recorded,
        "divided": vote.is_recorded and not is_unanimous(vote),
    }.get(query.manner or "", masthead.status is Status.ADOPTED)
    if masthead.status is Status.NOT_ADOPTED and query.manner != "recorded":
        is_so = False
    if query.manner == "unanimous" and not vote.is_recorded:
        return f"{sentence} No votes were counted.", ()
    return f"{'Yes' if is_so else 'No'}: {sentence}", ()


def _no_list(masthead: Masthead, vote: Vote) -> str:
    """Return the sentence of a text of which no roll call is recorded."""
    sentence = result_sentence(masthead, vote)
    return sentence if "lists no States" in sentence else f"{sentence} No roll call is recorded."


def _result_facts(masthead: Masthead, vote: Vote) -> Iterator[Fact]:
    """Yield the result as facts: the counts, then the States against and those that abstained."""
    yield record_fact(masthead, "vote", result_value(vote), "vote", vote.printed)
    for side in (VoteSide.AGAINST, VoteSide.ABSTAINING):
        if _listed(vote, side):
            yield _side_fact(masthead, vote, side)


def _side_fact(masthead: Masthead, vote: Vote, side: VoteSide) -> Fact:
    printed = _listed(vote, side)
    value = ", ".join(map(state_name, printed))
    return record_fact(masthead, LABELS[side], value, "vote", "; ".join(printed))


def _counts(vote: Vote) -> str:
    counts = (vote.in_favour, vote.against, vote.abstaining)
    sides = ("in favour", "against", "abstaining")
    return ", ".join(f"{count or 0} {side}" for count, side in zip(counts, sides, strict=True))


def _listed(vote: Vote, side: VoteSide) -> tuple[str, ...]:
    return {
        VoteSide.IN_FAVOUR: vote.states_in_favour,
        VoteSide.AGAINST: vote.states_against,
        VoteSide.ABSTAINING: vote.states_abstaining,
    }.get(side, ())


def _names(codes: Iterable[str]) -> str:
    return " and ".join(map(name_of, codes))


def _number(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def _capital(name: str) -> str:
    return name[:1].upper() + name[1:]


def _start(sentences: str, *, has_lead: bool) -> str:
    """Return sentences as they follow "Yes: ": an article or a number loses its capital."""
    is_lowered = has_lead and sentences.startswith(("The ", "No "))
    return f"{sentences[:1].lower()}{sentences[1:]}" if is_lowered else sentences
