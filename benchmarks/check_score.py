"""Texts whose quotations are known, and how many of them are judged right.

    python -m benchmarks.check_score INDEX [TEXTS.jsonl] [--random N] [--seed N] [--size BYTES]

A line of the file has a `text` and `expected`: each quotation with `start`, `end`, the document
`cited`, its `verdict` and the `label` where its words are. With `--random`, true quotations are
drawn from every kind of paragraph, quoted in the ways that careful writers have, and each that is
not verified is listed. With `--size`, a text of that many bytes with 2,000 quotations is timed.
"""

import argparse
import json
import random
import re
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from qa.answering.quotation import citation_of
from qa.corpus.corpus import Corpus
from qa.corpus.passages import Passage
from qa.desks.quote_judgement import RIGHT_VERDICTS
from qa.desks.text_check import CheckedQuotation, TextCheck, check_text

SHOWN = 25  # misses that are printed
_QUOTATIONS = 2_000  # of the text that is timed
_AT_ONCE = 500  # random quotations in one text
_FILLING = (
    "The delegation recalled that the matter had been discussed at length in earlier meetings. "
)
_NAMED_LIKE = {"verified_marked": "verified", "punctuation": "verified"}
_EITHER = {
    "altered_or_invented": frozenset({"altered", "invented"}),
    "not_a_quotation": frozenset({"too_short", "not_un"}),
}
_MARKS = (("\u201c", "\u201d"), ('"', '"'), ("\u00ab", "\u00bb"), ("\n\n> ", "\n\n"))
_YEAR = re.compile(r"\(\d{4}\)")
_AMERICAN = (("isation", "ization"), ("labour", "labor"), ("programme", "program"))
Words = list[str]
Habit = Callable[[random.Random, Words], Words]


@dataclass(slots=True)
class CheckScore:
    """What was counted over texts with known quotations."""

    counts: Counter[str] = field(default_factory=Counter)
    misses: list[str] = field(default_factory=list)


def score(corpus: Corpus, texts: Iterable[dict[str, Any]]) -> CheckScore:
    """Return how many known quotations are found, bound to their citation, and judged right."""
    result = CheckScore()
    for text in texts:
        items = {(item.start, item.end): item for item in check_text(corpus, text["text"]).items}
        for known in text["expected"]:
            _count(result, known, items.get((known["start"], known["end"])))
    return result


def _count(result: CheckScore, known: dict[str, Any], item: CheckedQuotation | None) -> None:
    counts = result.counts
    verdict = item.judgement.verdict.value if item else "not_a_quotation"
    wanted = _EITHER.get(known["verdict"], frozenset()) | {known["verdict"]}
    is_right = _NAMED_LIKE.get(verdict, verdict) in wanted
    counts["quotations"] += 1
    counts["found"] += item is not None
    counts["verdict"] += is_right
    if known["cited"]:
        counts["cited"] += 1
        counts["bound"] += item is not None and _cited(item) == _YEAR.sub("", known["cited"])
    if known["label"]:
        counts["labelled"] += 1
        counts["label"] += bool(item and item.judgement.label == known["label"])
    if not is_right:
        result.misses.append(f"{verdict}, not {known['verdict']}: {known['quote'][:90]}")


def _cited(item: CheckedQuotation) -> str:
    """Return what a quotation cites as known texts name it: without the year of its document."""
    symbol = item.citation.symbol if item.citation else ""
    return f"{_YEAR.sub('', symbol)} {item.cited_label}".strip()


@dataclass(frozen=True, slots=True)
class TrueQuotation:
    """A quotation that is true, as somebody prints it."""

    text: str  # with its marks and its citation
    passage: Passage
    habit: str


def true_quotations(corpus: Corpus, count: int, seed: int) -> Iterator[TrueQuotation]:
    """Yield random true quotations of every kind of paragraph, in every way of quoting."""
    chance = random.Random(seed)
    kinds = corpus.columns.rows["kind"]
    groups = [np.flatnonzero(kinds == kind) for kind in np.unique(kinds)]
    habits = sorted(HABITS)
    made = 0
    while made < count:
        passage = corpus.passages[int(chance.choice(groups[made % len(groups)]))]
        words = _stretch(chance, passage.text.split())
        name = chance.choice(habits)
        if len(words) < 4 or (name != "plain" and len(words) < 8):
            continue
        opening, closing = chance.choice(_MARKS)
        quoted = " ".join(HABITS[name](chance, words))
        for mark in '\u201c\u201d"\u00ab\u00bb':  # a quotation in a quotation has other marks
            quoted = quoted.replace(mark, "'")
        if ">" in opening:
            quoted = quoted.replace("\n", "\n> ")
        made += 1
        yield TrueQuotation(
            f"It says {opening}{quoted}{closing} ({citation_of(corpus, passage)}).", passage, name
        )


def _stretch(chance: random.Random, words: Words) -> Words:
    """Return all words of a paragraph, or some that follow each other."""
    if len(words) < 5 or chance.random() < 0.3:
        return words[:400]
    size = chance.randint(4, min(60, len(words)))
    first = chance.randint(0, len(words) - size)
    return words[first : first + size]


def _inside(chance: random.Random, words: Words) -> int:
    return chance.randint(2, len(words) - 3)


def _cut(chance: random.Random, words: Words) -> Words:
    first = _inside(chance, words)
    sign = chance.choice(("\u2026", "...", ". . .", "[...]", "[\u2026]", "(...)"))
    return [*words[:first], sign, *words[first + chance.randint(1, 3) :]]


def _inserted(chance: random.Random, words: Words) -> Words:
    first = _inside(chance, words)
    return [*words[:first], chance.choice(("[and girls]", "[i.e. the Office]")), *words[first:]]


def _emphasised(chance: random.Random, words: Words) -> Words:
    first = _inside(chance, words)
    mark = chance.choice(("*", "**", "_"))
    return [*words[:first], f"{mark}{words[first]}{mark}", *words[first + 1 :], "(emphasis added)"]


def _noted(chance: random.Random, words: Words) -> Words:
    first = _inside(chance, words)
    mark = chance.choice(("\u00b9", "[12]", "\u00b2\u00b3"))
    return [*words[:first], words[first] + mark, *words[first + 1 :]]


def _broken(_chance: random.Random, words: Words) -> Words:
    """Break one long word at the end of a line."""
    for number, word in enumerate(words):
        if len(word) > 7 and word.isalpha() and word.islower():
            return [*words[:number], f"{word[:4]}-\n{word[4:]}", *words[number + 1 :]]
    return words


def _numbered(_chance: random.Random, words: Words) -> Words:
    return ["7.", *words] if words[0][:1].isupper() else words


def _bracketed(_chance: random.Random, words: Words) -> Words:
    first = words[0]
    return [f"[{first[0].swapcase()}]{first[1:]}", *words[1:]] if first.isalpha() else words


def _american(_chance: random.Random, words: Words) -> Words:
    spelled = " ".join(words)
    for british, american in _AMERICAN:
        spelled = re.sub(rf"{british}(?=s?\b)", american, spelled)
    return spelled.split()


HABITS: dict[str, Habit] = {
    "plain": lambda _chance, words: words,
    "lines": lambda chance, words: [
        *words[: (at := _inside(chance, words))],
        f"{words[at]}\n{words[at + 1]}",
        *words[at + 2 :],
    ],
    "sic": lambda chance, words: [*words[: (at := _inside(chance, words))], "[sic]", *words[at:]],
    "cut": _cut,
    "inserted": _inserted,
    "emphasised": _emphasised,
    "noted": _noted,
    "broken": _broken,
    "numbered": _numbered,
    "bracketed": _bracketed,
    "american": _american,
}


def called_false(corpus: Corpus, quotations: Sequence[TrueQuotation]) -> CheckScore:
    """Return how many true quotations are not verified, by the way in which they are printed."""
    result = CheckScore()
    for first in range(0, len(quotations), _AT_ONCE):
        several = quotations[first : first + _AT_ONCE]
        checked = check_text(corpus, "\n\n".join(each.text for each in several))
        for quotation, item in _paired(several, checked):
            result.counts[quotation.habit] += 1
            if item is None or item.judgement.verdict not in RIGHT_VERDICTS:
                found = item.judgement.verdict.value if item else "not found"
                message = item.judgement.message if item else ""
                result.counts[f"{quotation.habit} false"] += 1
                result.misses.append(f"{found}: {' '.join(quotation.text.split())} | {message}")
    return result


def _paired(
    quotations: Sequence[TrueQuotation], checked: TextCheck
) -> Iterator[tuple[TrueQuotation, CheckedQuotation | None]]:
    """Yield each quotation with the longest item that was found in its part of the text."""
    start = 0
    for quotation in quotations:
        end = start + len(quotation.text)
        items = [item for item in checked.items if start <= item.start < end]
        yield quotation, max(items, key=lambda item: item.end - item.start, default=None)
        start = end + 2


def text_of_size(corpus: Corpus, size: int, seed: int) -> str:
    """Return a text of about `size` bytes with 2,000 quotations, one in five of them altered."""
    chance = random.Random(seed)
    sentences: list[str] = []
    while len(sentences) < _QUOTATIONS:
        passage = corpus.passages[chance.randrange(len(corpus.passages))]
        words = _stretch(chance, passage.text.split())
        if len(words) < 8 or any(mark in passage.text for mark in "\u201c\u201d"):
            continue
        if len(sentences) % 5 == 0:
            words[len(words) // 2] = "seventeen"
        citation = citation_of(corpus, passage)
        sentences.append(f"It says \u201c{' '.join(words)}\u201d ({citation}). ")
    missing = max(0, size - sum(map(len, sentences))) // (len(_FILLING) * _QUOTATIONS)
    return "\n".join(sentence + _FILLING * missing for sentence in sentences)


def _lines(corpus: Corpus, given: argparse.Namespace) -> Iterator[str]:
    if given.texts:
        result = score(
            corpus, map(json.loads, given.texts.read_text(encoding="utf-8").splitlines())
        )
        for part, whole in (
            *(("found", "quotations"), ("bound", "cited")),
            *(("verdict", "quotations"), ("label", "labelled")),
        ):
            share = result.counts[part] / max(1, result.counts[whole])
            yield f"{part:10} {share:.3f} ({result.counts[part]} of {result.counts[whole]})"
        yield from result.misses[:SHOWN]
    if given.random:
        drawn = tuple(true_quotations(corpus, given.random, given.seed))
        result = called_false(corpus, drawn)
        for habit in sorted(HABITS):
            false = result.counts[f"{habit} false"]
            yield f"{habit:10} {false} of {result.counts[habit]} true quotations called false"
        yield from result.misses[:SHOWN]
    if given.size:
        text = text_of_size(corpus, given.size, given.seed)
        began, used = time.perf_counter(), time.process_time()
        items = check_text(corpus, text).items
        wall, processor = time.perf_counter() - began, time.process_time() - used
        yield f"{len(text):,} characters, {len(items):,} quotations: {wall:.1f} s by the clock"
        yield f"{processor:.1f} s of the processor"


def main() -> int:
    """Score the check of texts."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("index", type=Path)
    parser.add_argument("texts", type=Path, nargs="?")
    parser.add_argument("--random", type=int, default=0, metavar="N")
    parser.add_argument("--size", type=int, default=0, metavar="BYTES")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    print(*_lines(Corpus.open(given.index), given), sep="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
