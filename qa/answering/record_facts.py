"""What one record says, as facts that name the file and line, and as one sentence."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from qa.answer import Fact
from qa.question.countries import countries_in, name_of, state_name
from qa.question.record_query import RecordField, RecordQuery
from qa.resolutions.cite.citation_format import spaced_symbol
from qa.resolutions.model import Masthead, Record, Status
from qa.resolutions.periods import date_in_words


@dataclass(frozen=True, slots=True)
class RecordReply:
    """The answer of one record: a sentence and facts; no facts if it says nothing of it."""

    message: str
    facts: tuple[Fact, ...] = ()


def record_fact(
    masthead: Masthead, field: str, value: str, name: str, printed: str | None = None
) -> Fact:
    """Return a fact of a record.

    Args:
        masthead: of the text.
        field: what a reader calls the field.
        value: for a reader.
        name: the field of the record, by which its source is known.
        printed: the words of the record, where `value` has others.
    """
    source = masthead.record.source_of(name) if masthead.record else None
    return Fact(
        symbol=masthead.symbol, field=field, value=value, printed=printed or None, source=source
    )


def contradiction(record: Record, name: str) -> str:
    """Return the sentence that a field of a record is contradicted; "" if it is not."""
    said = record.conflicts.get(name)
    return f" The record is inconsistent: {said}" if said else ""


def title_fact(masthead: Masthead) -> Fact:
    """Return what a text is called: its title, by-name or agenda item."""
    return record_fact(masthead, "title", text_name(masthead), "by_name")


def text_name(masthead: Masthead) -> str:
    """Return what a text is called: its title, by-name or agenda item, else its symbol."""
    record = masthead.record
    by_name = record.by_name if record else None
    title = masthead.title if masthead.status is Status.ADOPTED else ""
    agenda = record.agenda_item_name if record else None
    return title or by_name or agenda or masthead.title or spaced_symbol(masthead.symbol)


def reply_of(
    masthead: Masthead, query: RecordQuery, stated: Sequence[Fact] = ()
) -> RecordReply | None:
    """Return what the record of a text says of a field other than the vote; None: nothing.

    Args:
        masthead: of the text.
        query: what is asked.
        stated: facts of the same field that the document itself states.
    """
    record = masthead.record
    if record is None:
        return None
    if query.field is RecordField.SPONSORS:
        return _sponsors(masthead, record, query)
    if query.field is RecordField.STATUS:
        return status_reply(masthead, asks_whether=query.asks_whether)
    if query.field is RecordField.AGENDA:
        return _agenda(masthead, record, stated)
    if query.field is RecordField.COMMITTEE_REPORT:
        return _report(masthead, record, stated)
    if query.field in _MASTHEAD:
        return _of_masthead(masthead, record, query.field, stated)
    if query.field is RecordField.SUBJECTS:
        return _listed(masthead, "subjects", "subject", record.subjects)
    if query.field is RecordField.SDGS:
        return _listed(masthead, "sdgs", "SDG", record.sdgs)
    return _single(masthead, record, query.field)


_SINGLE: Mapping[RecordField, tuple[str, str]] = {
    RecordField.DRAFT_SYMBOL: ("draft_symbol", "The draft of {symbol} is {value}."),
    RecordField.MEETING_RECORD: (
        "meeting_record",
        "The record of the meeting on {symbol} is {value}.",
    ),
}


def _single(masthead: Masthead, record: Record, field: RecordField) -> RecordReply | None:
    """Return the one value of a field."""
    name, sentence = _SINGLE[field]
    value = getattr(record, name)
    if not value:
        return None
    message = sentence.format(symbol=spaced_symbol(masthead.symbol), value=value)
    facts = [record_fact(masthead, field.value, value, name)]
    if field is RecordField.MEETING_RECORD:
        message += contradiction(record, "meeting")
        if record.meeting:
            facts.append(record_fact(masthead, "meeting", record.meeting, "meeting"))
    return RecordReply(message, tuple(facts))


_MASTHEAD: Mapping[RecordField, tuple[str, str]] = {
    RecordField.COMMITTEE: ("committee", "{symbol} came from the {value}."),
    RecordField.MEETING: ("meeting", "{symbol} was adopted at the {value}."),
    RecordField.ADOPTED: ("adopted", "{symbol} was adopted on {value}."),
}


def _of_masthead(
    masthead: Masthead, record: Record, field: RecordField, stated: Sequence[Fact]
) -> RecordReply | None:
    """Return a field that texts print as well as records, the text's own words first."""
    name, sentence = _MASTHEAD[field]
    value = getattr(masthead, name) or getattr(record, name)
    if not value:
        return None
    printed = date_in_words(value) if isinstance(value, date) else str(value)
    message = sentence.format(symbol=spaced_symbol(masthead.symbol), value=printed)
    facts = tuple(stated) or (record_fact(masthead, name, str(value), name),)
    return RecordReply(message + contradiction(record, name), facts)


def _sponsors(masthead: Masthead, record: Record, query: RecordQuery) -> RecordReply | None:
    """Return who sponsored the draft, and whether the States asked for are among them."""
    symbol = spaced_symbol(masthead.symbol)
    named = (*record.sponsors, *record.additional_sponsors)
    if not named:
        return None
    facts = [_state_fact(masthead, "sponsors", record.sponsors)] if record.sponsors else []
    if record.additional_sponsors:
        others = record.additional_sponsors
        facts.append(_state_fact(masthead, "additional_sponsors", others))
    if query.countries:
        codes = {code for name in named for mention in countries_in(name) for code in mention.codes}
        asked = [code for group in query.countries for code in group]
        missing = [code for code in asked if code not in codes]
        are = ", ".join(map(name_of, missing or asked))
        verb = "is" if len(missing or asked) == 1 else "are"
        answer = "No" if missing else "Yes"
        among = "not among" if missing else "among"
        message = f"{answer}: {are} {verb} {among} the sponsors of {symbol} that are recorded."
        return RecordReply(_capital(message), tuple(facts))
    names = _in_words(state_name(name) for name in record.sponsors)
    if len(record.sponsors) == 1:
        message = f"{symbol} has one recorded sponsor: {names}."
    else:
        message = f"{symbol} has {len(record.sponsors)} recorded sponsors: {names}."
    if record.additional_sponsors:
        message += f" {len(record.additional_sponsors)} more joined them."
    return RecordReply(message, tuple(facts))


def _state_fact(masthead: Masthead, name: str, printed: tuple[str, ...]) -> Fact:
    value = ", ".join(map(state_name, printed))
    return record_fact(masthead, name.replace("_", " "), value, name, "; ".join(printed))


def _agenda(masthead: Masthead, record: Record, stated: Sequence[Fact]) -> RecordReply | None:
    """Return the item of the agenda with its name."""
    items = masthead.agenda_items or record.agenda_items
    facts = list(stated) or [
        record_fact(masthead, "agenda_items", item, "agenda_items") for item in items
    ]
    if record.agenda_item_name:
        name = record.agenda_item_name
        facts.append(record_fact(masthead, "agenda item name", name, "agenda_item_name"))
    if not facts:
        return None
    symbol = spaced_symbol(masthead.symbol)
    under = f"agenda item {_in_words(items)}" if items else "the agenda item"
    name = f" “{record.agenda_item_name.rstrip('.')}”" if record.agenda_item_name else ""
    return RecordReply(f"{symbol} came under {under}{name}.", tuple(facts))


def _report(masthead: Masthead, record: Record, stated: Sequence[Fact]) -> RecordReply | None:
    """Return the committee and its report, to the paragraph where it is recorded."""
    committee = masthead.committee or record.committee
    report = record.report or masthead.report
    if not report:
        return None
    facts = list(stated)
    if record.report:
        facts.append(record_fact(masthead, "report", record.report, "report"))
    of_whom = f"the {committee}" if committee else "the committee"
    symbol = spaced_symbol(masthead.symbol)
    return RecordReply(f"{symbol} was adopted on the report of {of_whom}, {report}.", tuple(facts))


def _listed(
    masthead: Masthead, name: str, field: str, values: tuple[str, ...]
) -> RecordReply | None:
    """Return the values of a list, one fact each."""
    if not values:
        return None
    facts = tuple(record_fact(masthead, field, value, name) for value in values)
    noun = field if len(values) == 1 else f"{field}s"
    symbol = spaced_symbol(masthead.symbol)
    return RecordReply(f"The record of {symbol} names {len(values)} {noun}.", facts)


def status_reply(masthead: Masthead, *, asks_whether: bool) -> RecordReply:
    """Return whether a text was adopted, and why not."""
    symbol = spaced_symbol(masthead.symbol)
    status = masthead.status
    reason = masthead.record.reason if masthead.record else None
    if status is Status.ADOPTED:
        lead = "Yes: " if asks_whether else ""
        message = f"{lead}{symbol} was adopted."
    elif status is Status.DRAFT:
        message = f"{symbol} is a draft; no record of its adoption is loaded."
    else:
        lead = "No: " if asks_whether else ""
        message = f"{lead}{symbol} was not adopted.{reason_sentence(masthead)}"
    fact = record_fact(masthead, "status", status.value, "reason", reason)
    return RecordReply(message, (fact,))


def reason_sentence(masthead: Masthead) -> str:
    """Return why a text was not adopted, as recorded; "" where nothing is."""
    reason = masthead.record.reason if masthead.record else None
    return f" The record says: “{reason}”" if reason else ""


def is_vetoed(masthead: Masthead) -> bool:
    """Return whether a text failed by the negative vote of a permanent member."""
    reason = (masthead.record.reason or "").lower() if masthead.record else ""
    is_failed = masthead.status is Status.NOT_ADOPTED
    return is_failed and ("negative vote of" in reason or "veto" in reason)


def _in_words(items: Iterable[str]) -> str:
    """Return items as a sentence lists them, "Chad, Fiji and Peru"."""
    listed = list(items)
    return " and ".join(part for part in (", ".join(listed[:-1]), *listed[-1:]) if part)


def _capital(message: str) -> str:
    """Return a message whose first clause after "Yes: " stays as it is, its start in capitals."""
    return message[:1].upper() + message[1:]
