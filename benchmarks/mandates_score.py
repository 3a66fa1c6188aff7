"""Score the rows of `operative mandates` against known ones: `python -m benchmarks.mandates_score`.

Each known paragraph lists its rows in the order of the text. Rows are paired by their verbs; a row
that is missing counts as wrong in every cell. Articles and other small words of a cell are ignored.
"""

import argparse
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from qa.assistant import Assistant
from qa.desks.mandate_rows import MandateRow

_SMALL = frozenset(
    "the its their his her all both each every any a an at by in on of until from for".split()
)


@dataclass
class CellCount:
    """How often a cell is right, missing or wrong."""

    right: int = 0
    known: int = 0
    given: int = 0
    misses: list[str] = field(default_factory=list)

    @property
    def recall(self) -> float:
        """Share of the known cells that are given as known."""
        return self.right / self.known if self.known else 1.0

    @property
    def precision(self) -> float:
        """Share of the given cells that are as known."""
        return self.right / self.given if self.given else 1.0


class MandateScore:
    """Counts over all known rows."""

    def __init__(self) -> None:
        names = ("rows", "verb", "is_ask", "addressee", "due", "deliverable", "recipient")
        self.cells = {name: CellCount() for name in (*names, "chapeau rows", "all deliverables")}

    def add(self, known: Mapping[str, Any], rows: Sequence[MandateRow]) -> None:
        """Count the rows of one paragraph."""
        place = f"{known['symbol']} {known['label']}"
        counts = self.cells["rows"]
        counts.known += len(known["rows"])
        counts.given += len(rows)
        for wanted, row in _paired(known["rows"], rows):
            counts.right += row is not None
            if wanted["from_chapeau"]:
                is_right = row is not None and row.from_chapeau
                self._count("chapeau rows", place, wanted["verb"], row and row.verb, is_right)
            is_right = row is not None and _verb(row.verb) == _verb(wanted["verb"])
            self._count("verb", place, wanted["verb"], row and row.verb, is_right)
            if row is not None:
                is_right = row.is_ask == wanted["is_ask"]
                self._count("is_ask", place, wanted["is_ask"], row.is_ask, is_right)
            self._add_cells(place, wanted, row)

    def _add_cells(self, place: str, wanted: Mapping[str, Any], row: MandateRow | None) -> None:
        for name in ("due", "recipient", "deliverable"):
            known, given = wanted[name] or "", getattr(row, name) if row else ""
            is_same = _words(known) == _words(given)
            self._count_found(name, place, known, given, is_same)
        if wanted["is_ask"]:
            given_names = list(row.addressee) if row else []
            canonical = list(row.addressee_names) if row else []
            is_same = list(map(_words, wanted["addressee"])) in (
                list(map(_words, given_names)),
                list(map(_words, canonical)),
            )
            self._count("addressee", place, wanted["addressee"], given_names, is_same)
            kind = row.deliverable if row else None
            is_same = (wanted["deliverable"] or "") == kind
            self._count("all deliverables", place, wanted["deliverable"], kind, is_same)

    def _count(self, name: str, place: str, known: object, given: object, is_right: bool) -> None:
        counts = self.cells[name]
        counts.known += 1
        counts.given += 1
        counts.right += is_right
        if not is_right:
            counts.misses.append(f"{place}: {known!r}, given {given!r}")

    def _count_found(self, name: str, place: str, known: str, given: str, is_same: bool) -> None:
        counts = self.cells[name]
        counts.known += bool(known)
        counts.given += bool(given)
        counts.right += bool(known) and is_same
        if not is_same:
            counts.misses.append(f"{place}: {known!r}, given {given!r}")


def _words(text: str) -> list[str]:
    return [word for word in re.findall(r"[^\W_]+", text.casefold()) if word not in _SMALL]


def _verb(verb: str) -> str:
    words = [word for word in verb.casefold().split() if word not in _SMALL]
    return " ".join(word.removesuffix("s") for word in words)


def _paired(
    known: Iterable[Mapping[str, Any]], rows: Sequence[MandateRow]
) -> Iterator[tuple[Mapping[str, Any], MandateRow | None]]:
    """Yield each known row with the next row of the same verb; None where there is none."""
    first = 0
    for wanted in known:
        same = (
            index
            for index in range(first, len(rows))
            if _verb(rows[index].verb) == _verb(wanted["verb"])
        )
        found = next(same, None)
        yield wanted, None if found is None else rows[found]
        first = first if found is None else found + 1


def score(known: Iterable[Mapping[str, Any]], rows: Iterable[MandateRow]) -> MandateScore:
    """Return the counts of `rows` against `known` paragraphs."""
    by_place: dict[tuple[str, str], list[MandateRow]] = {}
    for row in rows:
        by_place.setdefault((row.symbol, row.label), []).append(row)
    counted = MandateScore()
    for paragraph in known:
        counted.add(paragraph, by_place.get((paragraph["symbol"], paragraph["label"]), []))
    return counted


def main() -> None:
    """Print the figures of an index as a table, and every difference."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("index", type=Path)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--misses", action="store_true", help="print every difference")
    args = parser.parse_args()
    known = [json.loads(line) for line in args.gold.read_text(encoding="utf-8").splitlines()]
    counted = score(known, Assistant.open(args.index).mandates())
    for name, counts in counted.cells.items():
        ratio = f"{counts.recall:.3f} / {counts.precision:.3f}"
        print(f"{name:<18}{counts.right:>4} of {counts.known:<4}{ratio}")
        if args.misses:
            print("".join(f"    {miss}\n" for miss in counts.misses), end="")


if __name__ == "__main__":
    main()
