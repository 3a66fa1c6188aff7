"""Score the history of paragraphs against known predecessors and successors.

    python -m benchmarks.lineage_score GOLD.jsonl --index DIR

A line has a paragraph (`symbol`, `label`), the edition before or after it (`other`, by
`direction`), and `gold`: its labels there, or "new" or "dropped". What is found is the label that
the chain of the paragraph has in that edition. Misses are listed.
"""

import argparse
import json
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from qa.assistant import Assistant

NOT_THERE = {"back": "new", "forward": "dropped"}


def found_label(assistant: Assistant, line: Mapping[str, Any]) -> str:
    """Return the label in the other edition, or "new" or "dropped"."""
    history = assistant.history(f"{line['symbol']} {line['label']}")
    if history.asked.label != line["label"]:
        return f"read as {history.asked.label}"
    labels = {version.edition.name: version.paragraph.label for version in history.chain}
    return labels.get(line["other"], NOT_THERE[line["direction"]])


def scores(assistant: Assistant, lines: list[dict[str, Any]]) -> Iterator[str]:
    """Yield a line for each miss, then the score of each kind and of all."""
    right: Counter[str] = Counter()
    total: Counter[str] = Counter()
    for line in lines:
        label = found_label(assistant, line)
        kind = line["gold"][-1] if line["gold"][-1] in NOT_THERE.values() else line["direction"]
        total.update([kind, "all"])
        if label in line["gold"]:
            right.update([kind, "all"])
            continue
        wanted = " or ".join(line["gold"])
        place = f"{line['symbol']} {line['label']} in {line['other']}"
        yield f"{line['id']}: {place}: {label}, not {wanted}"
    for kind, count in total.items():
        yield f"{kind}: {right[kind]} of {count} ({right[kind] / count:.3f})"


def main() -> None:
    """Score and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--index", type=Path)
    args = parser.parse_args()
    lines = [json.loads(line) for line in args.gold.read_text(encoding="utf-8").splitlines()]
    print(*scores(Assistant.open(args.index), lines), sep="\n")


if __name__ == "__main__":
    main()
