"""The fields of one published record, by the names that the United Nations gives them.

Values are as printed: counts come as "015" or empty, days in several shapes, and one field may
contradict another. Lists are believed before counts; what contradicts is kept in `conflicts`.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import fields, replace
from datetime import date
from typing import Any

from qa.resolutions.model import Record, RecordLine, Vote
from qa.resolutions.parse.symbol_dates import fits_symbol
from qa.resolutions.periods import read_day

_TALLY = re.compile(r"Adopted \(?(?P<in_favour>\d+)-(?P<against>\d+)-(?P<abstaining>\d+)")
_WITHOUT = re.compile(r"without ?(?:a ?)?vote|acclamation", re.IGNORECASE)
_VOTED = re.compile(r"recorded ?vote|unanimously", re.IGNORECASE)
_SIDES = {"in_favour": "in favour", "against": "against", "abstaining": "abstaining"}
_REFERENCE = re.compile(r"#(?P<name>[a-z]+)Committee")
_NO_VALUE = ("", "N.A.")
# A by-name follows the symbol: "… resolution 1285 (2000) [on monitoring of the Prevlaka peninsula]"
_IN_BRACKETS = re.compile(r"\[(?:on )?(?P<subject>[^][]{8,})\]")
_NAMED_NUMBER = re.compile(r"resolution (?P<number>\d{1,4})\b", re.IGNORECASE)
_ORDINAL_MEETING = re.compile(r"(?P<number>\d+)(?:st|nd|rd|th) (?:\([^)]*\) )?\w* ?meeting")
_MEETING_RECORD = re.compile(r"[A-Z]/(?:[\w-]+/)?PV\.(?P<number>\d+)(?: \([^)]*\))?(?!\w)")
_DRAFT = re.compile(r"/L\.?\d|^S/(?:19|20)\d\d/\d")
_ITEM = re.compile(r"\d{1,3}(?: \([a-z]{1,2}\))*")
_AGENDA_CODE = re.compile(r"\[?\d+[a-z ()]*(?:\[\d+\])?\]?|X")
_TITLES = "DHL"  # the vocabulary of entries that repeat the by-name
_NOT_COMPARED = frozenset({"symbol", "source", "other_sources", "conflicts"})


def record_from(values: Mapping[str, Any], symbol: str, source: RecordLine) -> Record:
    """Return the record that a line or a document gives of one text.

    Args:
        values: by the names of the published files.
        symbol: canonical.
        source: where the values are printed.
    """
    conflicts = dict(_conflicts(values, symbol))
    vote = _vote(values)
    if vote and (contradiction := _vote_conflict(values, vote)):
        conflicts["vote"] = contradiction
    origin = text_of(values, "originating_document")
    is_draft = bool(_DRAFT.search(origin))
    return Record(
        symbol=symbol,
        source=source,
        conflicts=conflicts,
        title=text_of(values, "title") or None,
        adopted=read_day(text_of(values, "adoption_date")),
        vote=vote,
        voted=read_day(text_of(values, "voting_date")),
        reason=text_of(values, "reason") or None,
        draft_symbol=text_of(values, "draft_resolution") or (origin if is_draft else "") or None,
        sponsors=_names(values.get("sponsors")),
        additional_sponsors=_names(values.get("additional_sponsors")),
        meeting=text_of(values, "adoption_meeting") or None,
        meeting_record=_meeting_record(values),
        committee=_committee(text_of(values, "committee")),
        report=(None if is_draft else origin) or None,
        agenda_items=tuple(_ITEM.findall(text_of(values, "agenda_item"))),
        agenda_item_name=text_of(values, "agenda_item_name") or None,
        by_name=_by_name(values),
        chapter_vii=_chapter_vii(values),
        subjects=_subjects(values),
        sdgs=_names(values.get("SDGs")),
    )


def joined(record: Record, other: Record) -> Record:
    """Return a record with what it lacks from another of the same text.

    Each field that is taken names its own source. Where both list a vote and disagree, that is
    said, and the vote of the first stays.
    """
    sources = dict(record.other_sources)
    conflicts = dict(record.conflicts)
    taken: dict[str, Any] = {}
    for field in fields(Record):
        name = field.name
        if name in _NOT_COMPARED:
            continue
        first, second = getattr(record, name), getattr(other, name)
        if name == "vote" and _lists_more(second, first):
            first = None
            conflicts.pop(name, None)
        if first in (None, ()) and second not in (None, ()):
            taken[name] = second
            sources[name] = other.source_of(name)
            if name in other.conflicts:
                conflicts[name] = other.conflicts[name]
    if "vote" not in taken and record.vote and other.vote and _counts_differ(record, other):
        line = other.source_of("vote")
        conflicts["vote"] = (
            f"{line.file}, line {line.line} counts {_tally(other.vote)} instead of "
            f"{_tally(record.vote)}."
        )
    return replace(record, other_sources=sources, conflicts=conflicts, **taken)


def text_of(values: Mapping[str, Any], name: str) -> str:
    """Return a value as one line; "" where it is missing or says that there is none."""
    value = values.get(name)
    value = " ".join(value.split()) if isinstance(value, str) else ""
    return "" if value in _NO_VALUE else value


def _names(value: object) -> tuple[str, ...]:
    """Return the entries of a list, each once; a name that was cut after a full stop is joined."""
    names: list[str] = []
    for entry in value if isinstance(value, list) else ():
        name = " ".join(entry.split()) if isinstance(entry, str) else ""
        if name and names and names[-1].endswith(".") and " " not in names[-1]:
            names[-1] = f"{names[-1].rstrip('.')} {name}"
        elif name:
            names.append(name)
    return tuple(dict.fromkeys(names))


def _adoption(values: Mapping[str, Any]) -> str:
    named = (text_of(values, name) for name in ("adoption_type", "voting_type", "outcome"))
    return next((how for how in named if how), "")


def _vote(values: Mapping[str, Any]) -> Vote | None:
    """Return the vote: the counts are those of the lists, where any State is listed."""
    how = _adoption(values)
    states = {side: _names(values.get(f"MS_{side}")) for side in _SIDES}
    counts: dict[str, int | None] = {side: len(names) for side, names in states.items()}
    if not any(counts.values()):
        if _WITHOUT.search(how):
            return Vote(is_recorded=False, printed=how)
        tally = _TALLY.search(how)
        counts = {side: int(tally[side]) if tally else _count(values, side) for side in _SIDES}
        if not tally and not _VOTED.search(how) and not any(counts.values()):
            return None
    return Vote(
        is_recorded=True,
        in_favour=counts["in_favour"],
        against=counts["against"],
        abstaining=counts["abstaining"],
        states_in_favour=states["in_favour"],
        states_against=states["against"],
        states_abstaining=states["abstaining"],
        printed=how or None,
    )


def _count(values: Mapping[str, Any], side: str) -> int | None:
    printed = text_of(values, f"MS_{side}_count")
    return int(printed) if printed.isdecimal() else None


def _vote_conflict(values: Mapping[str, Any], vote: Vote) -> str:
    """Return what the record says otherwise about its vote; "" if it agrees with itself."""
    how = _adoption(values)
    if not vote.is_recorded:
        return ""
    listed = {side: getattr(vote, side) for side in _SIDES}
    subject = "the lists name" if vote.is_listed else "the record counts"
    ours = f"{subject} {_tally(vote)}"
    tally = _TALLY.search(how)
    if tally and any(int(tally[side]) != listed[side] for side in _SIDES):
        return f'{ours}, but the record prints "{how}".'
    if vote.is_listed and _WITHOUT.search(how):
        return f'{ours}, but the record prints "{how}".'
    stated = {side: _count(values, side) for side in _SIDES}
    wrong = [
        f"{count} {_SIDES[side]}"
        for side, count in stated.items()
        if count is not None and count != listed[side]
    ]
    return f"{ours}, but the record counts {' and '.join(wrong)}." if wrong else ""


def _tally(vote: Vote) -> str:
    counts = (vote.in_favour, vote.against, vote.abstaining)
    sides = ("in favour", "against", "abstaining")
    return ", ".join(f"{count or 0} {side}" for count, side in zip(counts, sides, strict=True))


def _lists_more(vote: Vote | None, other: Vote | None) -> bool:
    """Return whether a vote lists States where another of the same counts lists none."""
    return bool(vote and other and vote.is_listed and other.is_recorded and not other.is_listed)


def _counts_differ(record: Record, other: Record) -> bool:
    """Return whether two records list different numbers of States."""
    ours, theirs = record.vote, other.vote
    if not (ours and theirs and ours.is_listed and theirs.is_listed):
        return False
    return any(getattr(ours, side) != getattr(theirs, side) for side in _SIDES)


def _meeting_record(values: Mapping[str, Any]) -> str | None:
    for name in ("pv", "outcome_letter"):
        if printed := text_of(values, name):
            match = _MEETING_RECORD.search(printed)
            return match[0] if match else _paper_in(printed)
    return None


def _paper_in(printed: str) -> str | None:
    """Return the symbol of a letter that reports a vote by mail; None of any other text."""
    return printed if re.fullmatch(r"[AS](?:/[\w.-]+)+", printed) else None


def _committee(printed: str) -> str | None:
    """Return the name of a committee: "Fifth Committee", which may be written "#fifthCommittee"."""
    if reference := _REFERENCE.fullmatch(printed):
        return f"{reference['name'].capitalize()} Committee"
    return printed if printed.endswith("Committee") and "ithout" not in printed else None


def _by_name(values: Mapping[str, Any]) -> str | None:
    match = _IN_BRACKETS.search(text_of(values, "resolution_title"))
    return match["subject"] if match else None


def _chapter_vii(values: Mapping[str, Any]) -> bool | None:
    """Return whether the record names Chapter VII; None where it has no such field or "N.A."."""
    value = values.get("chapter_VII")
    if not isinstance(value, str) or value.strip() == "N.A.":
        return None
    return bool(value.strip())


def _subjects(values: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the index terms; numbers of agenda items and the title among them are left out."""
    entries = values.get("subjects")
    terms = []
    for entry in entries if isinstance(entries, list) else ():
        if isinstance(entry, list) and entry and isinstance(entry[0], str):
            term = " ".join(entry[0].split())
            if term and entry[1:] != [_TITLES] and not _AGENDA_CODE.fullmatch(term):
                terms.append(term)
    return tuple(dict.fromkeys(terms))


def _conflicts(values: Mapping[str, Any], symbol: str) -> Iterator[tuple[str, str]]:
    """Yield the fields, the vote apart, that another field contradicts, with what it says."""
    named = _NAMED_NUMBER.search(text_of(values, "resolution_title"))
    if named and f"/{named['number']}(" not in symbol and symbol.startswith("S/RES/"):
        yield "by_name", f"the record prints this name for resolution {named['number']}."
    adopted = read_day(text_of(values, "adoption_date"))
    if adopted and fits_symbol(symbol, adopted) is False:
        yield "adopted", f"the date in the record, {_in_words(adopted)}, does not fit the symbol."
    meetings = dict(_meetings(values))
    if len(set(meetings.values())) > 1:
        yield "meeting", "the record prints different meetings: " + "; ".join(meetings) + "."


def _meetings(values: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield each field that names a meeting, as printed, with the number of the meeting."""
    for name in ("adoption_meeting", "adoption_type", "pv", "outcome_letter"):
        printed = text_of(values, name)
        match = _ORDINAL_MEETING.search(printed) or _MEETING_RECORD.search(printed)
        if match:
            yield printed, match["number"]


def _in_words(day: date) -> str:
    return f"{day.day} {day:%B} {day.year}"
