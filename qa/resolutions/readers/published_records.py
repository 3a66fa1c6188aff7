"""Records published with the texts: votes, subjects and committees as JSON lines.

The United Nations publishes them with its XML, in a folder `metadata`. A record completes what a
document does not state; it overrules the document only for votes and subjects.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from qa.resolutions.cite.symbols import find_symbols
from qa.resolutions.model import Body, Resolution, Vote
from qa.resolutions.parse.symbol_dates import fits_symbol
from qa.resolutions.periods import read_day

_TALLY = re.compile(r"Adopted \(?(?P<in_favour>\d+)-(?P<against>\d+)-(?P<abstaining>\d+)")
_WITHOUT = re.compile(r"without (?:a )?vote|acclamation", re.IGNORECASE)
_VOTED = re.compile(r"recorded vote|unanimously", re.IGNORECASE)
_REFERENCE = re.compile(r"#(?P<name>[a-z]+)Committee")
_NO_VALUE = ("", "N.A.")
# A by-name follows the symbol: "… resolution 1285 (2000) [on monitoring of the Prevlaka peninsula]"
_IN_BRACKETS = re.compile(r"\[(?:on )?(?P<subject>[^][]{8,})\]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What is recorded about one resolution."""

    symbol: str  # canonical
    title: str | None
    vote: Vote | None
    subjects: tuple[str, ...]
    committee: str | None
    meeting: str | None
    adopted: date | None
    agenda_items: tuple[str, ...]


def read_records(data: bytes) -> tuple[tuple[Record, ...], int]:
    """Return the records of a file of JSON lines, and how many lines hold none."""
    records: list[Record] = []
    bad = 0
    for line in data.decode("utf-8", errors="replace").splitlines():
        if not line.strip():
            continue
        try:
            values = json.loads(line)
        except (ValueError, RecursionError):
            values = None
        line_records = _records(values) if isinstance(values, dict) else ()
        records += line_records
        bad += not line_records
    return tuple(records), bad


def completed(resolution: Resolution, record: Record) -> Resolution:
    """Return a resolution with what its record adds; a day that its symbol contradicts is not."""
    recorded = (
        record.adopted if fits_symbol(resolution.symbol, record.adopted) is not False else None
    )
    return replace(
        resolution,
        vote=record.vote or resolution.vote,
        subjects=record.subjects or resolution.subjects,
        committee=resolution.committee or record.committee,
        meeting=resolution.meeting or record.meeting,
        adopted=resolution.adopted or recorded,
        agenda_items=resolution.agenda_items or record.agenda_items,
    )


def record_of(
    symbol: str, part: str | None, adopted: date | None, records: Mapping[str, Record]
) -> Record | None:
    """Return the record of a resolution; a bare number records the parts adopted that day too."""
    if record := records.get(symbol):
        return record
    whole = records.get(symbol.split("[", maxsplit=1)[0]) if part else None
    return whole if whole and whole.adopted in (None, adopted) else None


def _records(values: Mapping[str, Any]) -> tuple[Record, ...]:
    """Return the record, once for each part that it covers: "A/RES/75/254 A-C" covers three."""
    symbols = tuple(match.symbol for match in find_symbols(_text(values, "symbol")))
    if not symbols:
        return ()
    first = _record(values, symbols[0])
    return tuple(replace(first, symbol=symbol) for symbol in symbols)


def _record(values: Mapping[str, Any], symbol: str) -> Record:
    return Record(
        symbol=symbol,
        title=_text(values, "title") or None,
        vote=_vote(values, symbol),
        subjects=_subjects(values),
        committee=_committee(_text(values, "committee")),
        meeting=_text(values, "adoption_meeting") or None,
        adopted=read_day(_text(values, "adoption_date")),
        agenda_items=tuple(
            re.findall(r"\d{1,3}(?: \([a-z]{1,2}\))*", _text(values, "agenda_item"))
        ),
    )


def _committee(printed: str) -> str | None:
    """Return the name of a committee: "Fifth Committee", which may be written "#fifthCommittee"."""
    if reference := _REFERENCE.fullmatch(printed):
        return f"{reference['name'].capitalize()} Committee"
    return printed if printed.endswith("Committee") and "ithout" not in printed else None


def _text(values: Mapping[str, Any], name: str) -> str:
    value = values.get(name)
    value = " ".join(value.split()) if isinstance(value, str) else ""
    return "" if value in _NO_VALUE else value


def _vote(values: Mapping[str, Any], symbol: str) -> Vote | None:
    """Return the vote; States are named only where as many are as the count says."""
    how = _text(values, "adoption_type") or _text(values, "voting_type")
    if _WITHOUT.search(how):
        return Vote(is_recorded=False)
    tally = _TALLY.search(how)
    if not tally and not _VOTED.search(how):
        return None
    counts = {
        side: int(tally[side]) if tally else _count(values, side)
        for side in ("in_favour", "against", "abstaining")
    }
    if counts["in_favour"] is None and symbol.startswith(f"{Body.SECURITY_COUNCIL.value}/"):
        counts |= {"in_favour": 15, "against": 0, "abstaining": 0} if "unanim" in how else {}
    return Vote(
        is_recorded=True,
        in_favour=counts["in_favour"],
        against=counts["against"],
        abstaining=counts["abstaining"],
        states_in_favour=_names(values.get("MS_in_favour"), counts["in_favour"]),
        states_against=_names(values.get("MS_against"), counts["against"]),
        states_abstaining=_names(values.get("MS_abstaining"), counts["abstaining"]),
    )


def _count(values: Mapping[str, Any], side: str) -> int | None:
    printed = _text(values, f"MS_{side}_count")
    return int(printed) if printed.isdecimal() else None


def _names(value: object, count: int | None) -> tuple[str, ...]:
    """Return the States of one side, where as many are named as are counted."""
    states = value if isinstance(value, list) else []
    named = tuple(
        " ".join(state.split()) for state in states if isinstance(state, str) and state.strip()
    )
    return named if len(named) == count else ()


def _subjects(values: Mapping[str, Any]) -> tuple[str, ...]:
    """Return what a resolution is about: its item of the agenda, its by-name, its index terms.

    The first two replace the title, which resolutions of the Security Council do not have.
    """
    named = [_text(values, "agenda_item_name")]
    if match := _IN_BRACKETS.search(_text(values, "resolution_title")):
        named.append(match["subject"])
    entries = values.get("subjects")
    terms = (
        (entry[0] for entry in entries if isinstance(entry, list) and entry)
        if isinstance(entries, list)
        else ()
    )
    named += (" ".join(term.split()) for term in terms if isinstance(term, str))
    return tuple(dict.fromkeys(subject for subject in named if subject))
