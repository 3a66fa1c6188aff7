"""Every recorded vote asked in five phrasings, and compared with the lists of the records.

    python -m benchmarks.votes INDEX FOLDER [--every N]

FOLDER holds the published records (`metadata/*.json`). The lists are read here by other code than
the product's, and the names of States are typed in other forms than the records print.
"""

import argparse
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from qa.answer import Answer
from qa.assistant import Assistant

SIDES = {"MS_in_favour": "in favour", "MS_against": "against", "MS_abstaining": "abstained"}
SHOWN = 10  # misses that are printed
LABELS = {"in favour": "voted in favour", "against": "voted against", "abstained": "abstained"}
# Other names of States than those that the records print.
TYPED = {
    "UNITED STATES": ("the US", "USA", "the United States", "America"),
    "UNITED KINGDOM": ("the UK", "Britain", "the United Kingdom"),
    "RUSSIAN FEDERATION": ("Russia", "the Russian Federation", "RUS"),
    "DEMOCRATIC PEOPLE'S REPUBLIC OF KOREA": ("North Korea", "DPRK"),
    "REPUBLIC OF KOREA": ("South Korea", "the Republic of Korea"),
    "SYRIAN ARAB REPUBLIC": ("Syria",),
    "IRAN (ISLAMIC REPUBLIC OF)": ("Iran",),
    "VIET NAM": ("Vietnam",),
    "TÜRKİYE": ("Turkey", "Türkiye"),
    "TURKEY": ("Turkey", "Türkiye"),
    "COTE D'IVOIRE": ("Ivory Coast", "Cote d'Ivoire"),
    "BOLIVIA (PLURINATIONAL STATE OF)": ("Bolivia",),
    "VENEZUELA (BOLIVARIAN REPUBLIC OF)": ("Venezuela",),
    "LAO PEOPLE'S DEMOCRATIC REPUBLIC": ("Laos",),
    "UNITED REPUBLIC OF TANZANIA": ("Tanzania",),
    "CABO VERDE": ("Cape Verde",),
    "REPUBLIC OF MOLDOVA": ("Moldova",),
}


@dataclass(slots=True)
class Listed:
    """The lists of one record: each side with the States as printed."""

    symbol: str
    sides: dict[str, list[str]] = field(default_factory=dict)

    def side_of(self, name: str) -> str | None:
        """Return how a State voted."""
        return next((side for side, names in self.sides.items() if name in names), None)


def listed_votes(folder: Path) -> Iterator[Listed]:
    """Yield the last listed vote of each symbol of a single text."""
    votes: dict[str, Listed] = {}
    for path in sorted(folder.rglob("metadata/*.json")):
        for line in path.read_text(encoding="utf-8").splitlines():
            record = json.loads(line)
            symbol = record["symbol"]
            sides = {
                side: list(dict.fromkeys(map(_name, record.get(key) or [])))
                for key, side in SIDES.items()
            }
            # A name cut in two, and a range of parts, are slips that other tests cover.
            is_cut = any(name.endswith(".") for names in sides.values() for name in names)
            if any(sides.values()) and not re.search(r" [A-Z]-[A-Z]$", symbol) and not is_cut:
                votes[symbol] = Listed(symbol, sides)
    yield from votes.values()


def misses_of(assistant: Assistant, vote: Listed, number: int) -> Iterator[tuple[str, str]]:
    """Yield the phrasings whose answer differs from the lists, with the question."""
    counts = {side: len(names) for side, names in vote.sides.items()}
    question = f"What was the vote on {vote.symbol}?"
    expected = (
        f"{counts['in favour']} in favour, {counts['against']} against, "
        f"{counts['abstained']} abstaining"
    )
    if _fact(assistant.ask(question), "vote")[0] != expected:
        yield "result", question
    question = f"Which countries voted against {vote.symbol}?"
    if _names(assistant.ask(question), "against") != vote.sides["against"]:
        yield "against", question
    question = f"Who abstained on resolution {vote.symbol}?"
    if _names(assistant.ask(question), "abstained") != vote.sides["abstained"]:
        yield "abstained", question
    everyone = [name for names in vote.sides.values() for name in names]
    name = everyone[number * 7 % len(everyone)]
    typed = _typed(name, number)
    question = f"How did {typed} vote on {vote.symbol}?"
    side = vote.side_of(name) or ""
    answers = [fact.value for fact in assistant.ask(question).facts if _is_vote_of(fact.field)]
    if answers != [LABELS[side]]:
        yield "country", question
    question = f"Did {typed} abstain on {vote.symbol}?"
    verdict = "Yes: " if side == "abstained" else "No: "
    if not assistant.ask(question).message.startswith(verdict):
        yield "whether", question


def _is_loaded(assistant: Assistant, vote: Listed) -> bool:
    return assistant.show(vote.symbol).answered


def _is_vote_of(name: str) -> bool:
    return name.startswith("vote of ")


def _name(printed: str) -> str:
    return " ".join(printed.split())


def _typed(name: str, number: int) -> str:
    """Return a State as people type it, in turn in each of its forms."""
    forms = TYPED.get(name)
    if forms is None:
        return name.title().replace(" And ", " and ").replace(" Of ", " of ").replace("'S", "'s")
    return forms[number % len(forms)]


def _fact(answer: Answer, name: str) -> tuple[str, str]:
    for fact in answer.facts:
        if fact.field == name:
            return fact.value, fact.printed or ""
    return "", ""


def _names(answer: Answer, side: str) -> list[str]:
    """Return the States of a side as the record prints them."""
    printed = _fact(answer, LABELS[side])[1]
    return printed.split("; ") if printed else []


def main() -> int:
    """Ask, and print how many answers are as the lists say."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("index", type=Path)
    parser.add_argument("folder", type=Path, nargs="+")
    parser.add_argument("--every", type=int, default=1, help="ask about every Nth vote")
    options = parser.parse_args()
    assistant = Assistant.open(options.index)
    listed = [vote for folder in options.folder for vote in listed_votes(folder)]
    votes = [vote for vote in listed[:: options.every] if _is_loaded(assistant, vote)]
    print(f"not loaded: {len(listed[:: options.every]) - len(votes)}")
    missed: Counter[str] = Counter()
    for number, vote in enumerate(votes):
        for phrasing, question in misses_of(assistant, vote, number):
            missed[phrasing] += 1
            if missed.total() <= SHOWN:
                print(f"{phrasing}: {question}", file=sys.stderr)
    for phrasing in ("result", "against", "abstained", "country", "whether"):
        right = len(votes) - missed[phrasing]
        print(f"{phrasing}: {right} of {len(votes)}")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
