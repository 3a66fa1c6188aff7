"""The fields of resolutions against the records that the United Nations keeps of them."""

import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path

from benchmarks.akn_truth import FieldMiss, letters
from qa.resolutions.model import Resolution
from qa.resolutions.periods import read_day
from qa.resolutions.text import squeeze


def metadata_truth(folder: Path) -> dict[str, dict[str, str]]:
    """Return the fields that the JSON records below a folder give each symbol, as letters.

    The record of a composite, "A/RES/75/101 A-B", is filed under the bare symbol and its letters. A
    symbol that is recorded twice has the fields of the last record.
    """
    records: dict[str, dict[str, str]] = {}
    for path in sorted(folder.rglob("metadata/*.json")):
        for line in path.read_text(encoding="utf-8-sig").splitlines():
            if line.strip():
                record = json.loads(line)
                records[letters(record["symbol"])] = _recorded(record)
    return records


def field_misses(
    read: Iterable[tuple[str, Resolution]], records: Mapping[str, Mapping[str, str]]
) -> tuple[Counter[str], list[FieldMiss]]:
    """Return how often each field was compared, and where it differs from the records.

    The record of "A/RES/75/254 A-C" is that of the parts A, B and C: each of their symbols belongs
    to it, and as title it gives what the parts share, or that and the titles of all parts. Texts in
    other languages are left out: the records are in English.
    """
    compared: Counter[str] = Counter()
    misses = []
    for file, resolution in read:
        if resolution.language not in {None, "en"}:
            continue
        symbol = letters(resolution.symbol or "")
        covering = _covering(symbol, _day(resolution), records)
        if covering is None:
            compared["no record"] += 1
            continue
        ours, is_part = _read(resolution), covering != symbol
        for name, value in records[covering].items():
            if not value:
                continue
            compared[name] += 1
            if not ours[name] or not _agrees(name, value, ours[name], is_part=is_part):
                misses.append(FieldMiss(file, name, f"{value!r}, ours {ours[name]!r}"))
    return compared, misses


def unread(read: Iterable[Resolution], records: Mapping[str, Mapping[str, str]]) -> list[str]:
    """Return the symbols that are recorded, and are covered by none of those that were read."""
    covered = {
        _covering(letters(resolution.symbol or ""), _day(resolution), records)
        for resolution in read
    }
    return sorted(set(records) - covered)


def _covering(symbol: str, adopted: str, records: Mapping[str, Mapping[str, str]]) -> str | None:
    """Return the symbol whose record covers `symbol`: its own, or one that holds several parts.

    Those are "A/RES/75/254 A-C", and the bare number for the parts that were adopted on its day:
    a part B of a later month has no record.
    """
    stem, letter = symbol[:-1], symbol[-1:]
    if symbol in records or not letter.isalpha():
        return symbol if symbol in records else None
    ranges = (f"{stem}A{last}" for last in "BCDE" if letter <= last)
    if whole := next((symbols for symbols in ranges if symbols in records), None):
        return whole
    return stem if stem in records and records[stem]["adopted"] == adopted else None


def _day(resolution: Resolution) -> str:
    return resolution.adopted.isoformat() if resolution.adopted else ""


def _agrees(name: str, value: str, ours: str, *, is_part: bool) -> bool:
    if not is_part or name not in {"symbol", "title"}:
        return value == ours
    if name == "symbol":
        return True
    shared = next(
        (length for length in range(len(ours)) if not value.startswith(ours[: length + 1])), None
    )
    return shared is None or shared == len(value) or ours[shared:] in value


def _recorded(record: Mapping[str, object]) -> dict[str, str]:
    """Return the fields of a record as letters; empty is what no text prints.

    A resolution of the Security Council has no title, committee or agenda item, and one that was
    adopted in writing ("Voting by mail") has no meeting.
    """
    is_assembly = str(record["symbol"]).startswith("A/")
    committee = str(record.get("committee", "")) if is_assembly else ""
    numbers = re.findall(r"\d{1,3}(?: \([a-z]+\))*", str(record.get("agenda_item", "")))
    meeting = str(record["adoption_meeting"])
    return {
        "symbol": letters(str(record["symbol"])),
        "title": letters(str(record["title"])) if is_assembly else "",
        "adopted": _iso(str(record["adoption_date"])),
        "meeting": letters(meeting) if "meeting" in meeting else "",
        "committee": "" if "ithout" in committee else letters(committee).lower(),
        "agenda item": letters("".join(numbers)),
    }


def _read(resolution: Resolution) -> dict[str, str]:
    return {
        "symbol": letters(resolution.symbol or ""),
        "title": letters(resolution.title or ""),
        "adopted": _day(resolution),
        "meeting": letters(resolution.meeting or ""),
        "committee": letters(resolution.committee or "").lower(),
        "agenda item": letters("".join(resolution.agenda_items)),
    }


def _iso(printed: str) -> str:
    match = re.match(r"\d{1,2}\s\w+\s\d{4}", printed)
    day = read_day(squeeze(match[0])) if match else None
    return day.isoformat() if day else printed[:10]
