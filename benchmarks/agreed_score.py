"""Drafts whose agreed wording is known, and how much of it is found.

    python -m benchmarks.agreed_score INDEX DRAFTS.jsonl

A line has a `draft` and `gold`, its sources with `text`, `copies`, `first` and `latest`; none for
words without precedent. A wording is right where at least 0.85 of its words and those of a source
are common and in order. Printed: sources found, "no precedent", uses that are exact, and the time
for the drafts together.
"""

import argparse
import json
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from qa.assistant import Assistant
from qa.desks.agreed_record import place_name
from qa.desks.agreed_wording import AgreedMatch, AgreedParagraph, AgreedStatus
from qa.desks.alignment import word_ratio
from qa.desks.word_tokens import tokenize_words

RIGHT_FROM = 0.85  # of the words common and in order
SHOWN = 10  # misses that are printed


@dataclass(slots=True)
class AgreedScore:
    """What was counted over the drafts."""

    counts: Counter[str] = field(default_factory=Counter)
    misses: list[str] = field(default_factory=list)
    seconds: float = 0.0

    def share(self, part: str, whole: str) -> float:
        """Return a share of two counts; 1 where there is nothing to count."""
        return self.counts[part] / self.counts[whole] if self.counts[whole] else 1.0


def score(assistant: Assistant, drafts: Iterable[dict[str, Any]]) -> AgreedScore:
    """Return the score of an assistant over drafts with known sources."""
    result = AgreedScore()
    for draft in drafts:
        began = time.perf_counter()
        paragraphs = assistant.agreed(draft["draft"]).paragraphs
        result.seconds += time.perf_counter() - began
        result.counts["drafts"] += 1
        _count(result, draft, paragraphs)
    return result


def _count(
    result: AgreedScore, draft: dict[str, Any], paragraphs: Sequence[AgreedParagraph]
) -> None:
    counts = result.counts
    is_none = all(paragraph.status is AgreedStatus.NONE for paragraph in paragraphs)
    counts["said none"] += is_none
    counts["new"] += not draft["gold"]
    counts["none right"] += is_none and not draft["gold"]
    if is_none == bool(draft["gold"]):
        result.misses.append(f"{draft['id']} ({draft['kind']}): no precedent is {is_none}")
    matches = [match for paragraph in paragraphs for match in paragraph.matches]
    ranks = [_rank(matches, source["text"]) for source in draft["gold"]]
    if ranks:
        counts["with sources"] += 1
        counts["first"] += 0 in ranks
    for source, rank in zip(draft["gold"], ranks, strict=True):
        counts["sources"] += 1
        counts["among all"] += rank is not None
        if rank is None:
            result.misses.append(f"{draft['id']} ({draft['kind']}): {source['label']} is missed")
        for match in _with_words(matches, source["text"]):
            counts["same words"] += 1
            counts["uses exact"] += _is_exact(match, source)


def _rank(matches: Sequence[AgreedMatch], text: str) -> int | None:
    keys = tokenize_words(text).keys
    ratios = (word_ratio(tokenize_words(match.text).keys, keys) for match in matches)
    return next((rank for rank, ratio in enumerate(ratios) if ratio >= RIGHT_FROM), None)


def _with_words(matches: Sequence[AgreedMatch], text: str) -> Iterator[AgreedMatch]:
    keys = tokenize_words(text).keys
    return (match for match in matches if tokenize_words(match.text).keys == keys)


def _is_exact(match: AgreedMatch, source: dict[str, Any]) -> bool:
    uses = match.uses
    places = [place_name(place) for place in uses.places]
    is_same = sorted(places) == sorted(source["copies"]) and uses.count == len(source["copies"])
    ends = place_name(uses.first), place_name(uses.latest)
    return is_same and ends == (source["first"], source["latest"])


def report(result: AgreedScore) -> str:
    """Return the figures as lines of text."""
    rows = (
        ("source first", "first", "with sources"),
        ("source among all", "among all", "sources"),
        ("no precedent, precision", "none right", "said none"),
        ("no precedent, recall", "none right", "new"),
        ("first, latest and count exact", "uses exact", "same words"),
    )
    lines = [
        f"{name:31} {result.share(part, whole):.3f} ({result.counts[part]} of "
        f"{result.counts[whole]})"
        for name, part, whole in rows
    ]
    each = 1000 * result.seconds / max(1, result.counts["drafts"])
    return "\n".join((*lines, f"{'time for a draft':31} {each:.0f} ms", *result.misses[:SHOWN]))


def main() -> int:
    """Score the drafts of a file."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("index", type=Path)
    parser.add_argument("drafts", type=Path)
    given = parser.parse_args()
    assistant = Assistant.open(given.index)
    assistant.warm_up()
    lines = given.drafts.read_text(encoding="utf-8").splitlines()
    print(report(score(assistant, map(json.loads, lines))))
    return 0


if __name__ == "__main__":
    sys.exit(main())
