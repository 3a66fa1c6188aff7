"""Known answers against given ones: recall, rank, facts, refusals and time, by kind of question."""

import json
import math
import re
import statistics
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from qa.answer import Answer, Quote, SameWording
from qa.corpus.passages import wording_of
from qa.errors import InputError
from qa.evaluation.compare import confidence_interval

RANKS = (1, 5, 10)
SHOWN = 5  # quotations that a reader sees at once
Ask = Callable[[str, Answer | None], Answer]


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldQuestion:
    """One question with what a full answer holds."""

    id: str | int | None
    kind: str
    turns: tuple[str, ...]  # the last is asked
    gold: frozenset[str]  # "A/RES/61/181 OP6"
    also: frozenset[str]
    same_wording: frozenset[str]
    facts: frozenset[tuple[str, str, str]]
    refuse: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoredAnswer:
    """How one question was answered; shares are 0 to 1, None where they do not apply."""

    known: GoldQuestion
    answer: Answer
    ranks: tuple[int, ...]  # places of gold quotations, from 1
    wording_ranks: tuple[int, ...]  # the same, copies counted
    first_right: bool | None  # the first quotation is gold, or an acceptable extra
    facts_right: bool | None
    milliseconds: float

    @property
    def refused(self) -> bool:
        """True where no answer was given."""
        return not self.answer.answered

    def found(self, rank: int) -> float | None:
        """Return the share of the gold quotations among the first `rank`."""
        if not self.known.gold:
            return None
        hits = sum(1 for place in self.ranks if place <= rank)
        return min(hits / len(self.known.gold), 1.0)

    @property
    def gain(self) -> float | None:
        """The discounted gain of the gold quotations among the first ten, as a share of the most.

        Source:
            nDCG of Järvelin and Kekäläinen 2002, a gold quotation counting 1 and any other 0.
        """
        if not self.known.gold:
            return None
        found = sum(1 / math.log2(rank + 1) for rank in self.ranks if rank <= RANKS[-1])
        most = min(len(self.known.gold), RANKS[-1])
        return found / sum(1 / math.log2(rank + 1) for rank in range(1, most + 1))

    @property
    def wordings(self) -> int:
        """How many wordings there are among the first five quotations."""
        return len({wording_of(one.text) for one in self.answer.quotes[:SHOWN]})

    @property
    def is_right(self) -> bool:
        """True where the answer is whole: rightly refused, or every fact and quotation given."""
        if self.known.refuse:
            return self.refused
        quotes = self.found(10**6) in (None, 1.0)
        return quotes and self.facts_right is not False and not self.refused


def read_questions(path: Path, text: str) -> tuple[GoldQuestion, ...]:
    """Return the questions of a file of JSON lines.

    Raises:
        InputError: a line is not a question; its number is named.
    """
    known = []
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            known.append(_known(json.loads(line)))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise InputError(
                f'{path}, line {number}: not a question such as {{"id": "1", "question": "…"}}.'
            ) from error
    if not known:
        raise InputError(f"{path} holds no question; write one JSON object a line.")
    return tuple(known)


def judge(known: GoldQuestion, ask: Ask) -> ScoredAnswer:
    """Return how the last turn of a question is answered."""
    answer: Answer | None = None
    spent = 0.0
    for turn in known.turns:
        start = time.perf_counter()
        answer = ask(turn, answer)
        spent = (time.perf_counter() - start) * 1000
    if answer is None:
        raise ValueError(f"{known.id} has no turn")
    given = {(one.symbol, one.field, one.value) for one in answer.facts}
    first = bool(answer.quotes) and _is_meant(answer.quotes[0], known.gold | known.also)
    return ScoredAnswer(
        known=known,
        answer=answer,
        ranks=_ranks(answer.quotes, known.gold, with_copies=False),
        wording_ranks=_ranks(answer.quotes, known.gold | known.same_wording, with_copies=True),
        first_right=first if known.gold else None,
        facts_right=known.facts <= given if known.facts else None,
        milliseconds=spent,
    )


def summary(judged: Sequence[ScoredAnswer]) -> dict[str, Any]:
    """Return the measures over all questions and by kind.

    Strict recall at k is the share of questions with a gold quotation among the first k; by
    wording a copy of one counts too; all-gold recall is the mean share of gold quotations found.
    An interval is where 95 of 100 samples of as many questions, drawn anew from these, would lie.
    """
    kinds: defaultdict[str, list[ScoredAnswer]] = defaultdict(list)
    for one in judged:
        kinds[one.known.kind].append(one)
    times = sorted(one.milliseconds for one in judged)
    return {
        "all": _measures(judged),
        "intervals": _intervals(judged),
        "kinds": {kind: _measures(group) for kind, group in kinds.items()},
        "refusal": _refusals(judged),
        "milliseconds": {
            "p50": round(statistics.median(times), 1),
            "p95": round(times[min(len(times) - 1, int(0.95 * len(times)))], 1),
        },
        "wrong": [one.known.id for one in judged if not one.is_right],
        "questions": [_question(one) for one in judged],
    }


def table(measures: Mapping[str, Any]) -> str:
    """Return the measures as a text table."""
    ranked = [f"{name}@{rank}" for name in ("strict", "wording") for rank in RANKS]
    columns = ("n", "right", *ranked, "all-gold@5", "first", "MRR", "nDCG@10", "facts")
    lines = [f"{'kind':42}" + "".join(f"{one:>11}" for one in columns)]
    for kind, row in (*measures["kinds"].items(), ("all", measures["all"])):
        cells = "".join(f"{_cell(row[one]):>11}" for one in columns)
        lines.append(f"{kind[:41]:42}{cells}")
    refusal, spent = measures["refusal"], measures["milliseconds"]
    for name, (low, high) in measures["intervals"].items():
        lines.append(f"{f'95 of 100 samples: {name}':42}{low:>11.3f}{high:>11.3f}")
    lines += [
        "",
        f"distinct wordings among the first {SHOWN}: {_cell(measures['all']['wordings@5'])}",
        f"refusal: precision {_cell(refusal['precision'])}, recall {_cell(refusal['recall'])}",
        f"answerable, yet refused: {refusal['answerable_refused']} of {refusal['answerable']}",
        f"time: p50 {spent['p50']} ms, p95 {spent['p95']} ms",
    ]
    if measures["wrong"]:
        lines.append("not wholly right: " + ", ".join(map(str, measures["wrong"])))
    return "\n".join(lines)


def _known(record: Mapping[str, Any]) -> GoldQuestion:
    turns = tuple(record["turns"]) if "turns" in record else (record["question"],)
    if not turns or not all(isinstance(turn, str) for turn in turns):
        raise ValueError("a question is text")
    return GoldQuestion(
        id=record.get("id"),
        kind=str(record.get("kind", "question")),
        turns=turns,
        gold=frozenset(record.get("gold", ())),
        also=frozenset(record.get("also", ())),
        same_wording=frozenset(record.get("same_wording", ())),
        facts=frozenset(
            (one["symbol"], one["field"], one["value"]) for one in record.get("facts", ())
        ),
        refuse=bool(record.get("refuse", False)),
    )


def _ranks(
    quotes: Sequence[Quote], wanted: frozenset[str], *, with_copies: bool
) -> tuple[int, ...]:
    return tuple(
        rank
        for rank, quote in enumerate(quotes, start=1)
        if _is_meant(quote, wanted)
        or (with_copies and any(_is_meant(one, wanted) for one in quote.same_wording))
    )


def _is_meant(place: Quote | SameWording, wanted: frozenset[str]) -> bool:
    """Tell whether a place is wanted; "OP7" without a section is that of any, as in a look-up."""
    label = _SECTION.sub("", place.label)
    return not wanted.isdisjoint({f"{place.symbol} {place.label}", f"{place.symbol} {label}"})


_SECTION = re.compile(r"^sect\. [IVXLC]+ ")


def _measures(judged: Sequence[ScoredAnswer]) -> dict[str, Any]:
    named = [one for one in judged if one.known.gold]
    measures: dict[str, Any] = {
        "n": len(judged),
        "right": _mean(float(one.is_right) for one in judged),
        "all-gold@5": _mean(one.found(5) or 0.0 for one in named),
        "first": _mean(float(bool(one.first_right)) for one in named),
        "MRR": _mean(1 / one.ranks[0] if one.ranks else 0.0 for one in named),
        "nDCG@10": _mean(one.gain or 0.0 for one in named),
        "wordings@5": _mean(one.wordings for one in judged if len(one.answer.quotes) >= SHOWN),
        "facts": _mean(float(one.facts_right) for one in judged if one.facts_right is not None),
    }
    for rank in RANKS:
        measures[f"strict@{rank}"] = _mean(float(_within(one.ranks, rank)) for one in named)
        measures[f"wording@{rank}"] = _mean(
            float(_within(one.wording_ranks, rank)) for one in named
        )
    return measures


def _intervals(judged: Sequence[ScoredAnswer]) -> dict[str, tuple[float, float]]:
    named = [one for one in judged if one.known.gold]
    if not named:
        return {}
    found = {
        f"{name}@{rank}": confidence_interval([float(_within(ranks(one), rank)) for one in named])
        for name, ranks in _RANKINGS.items()
        for rank in (1, SHOWN)
    }
    return found | {
        "MRR": confidence_interval([1 / one.ranks[0] if one.ranks else 0.0 for one in named])
    }


_RANKINGS: dict[str, Callable[[ScoredAnswer], tuple[int, ...]]] = {
    "strict": lambda one: one.ranks,
    "wording": lambda one: one.wording_ranks,
}


def _question(one: ScoredAnswer) -> dict[str, Any]:
    """Return how one question was answered: the place of the first gold quotation, from 1."""
    return {
        "id": one.known.id,
        "kind": one.known.kind,
        "right": one.is_right,
        "refused": one.refused,
        "sought": bool(one.known.gold),
        **{name: next(iter(ranks(one)), None) for name, ranks in _RANKINGS.items()},
    }


def _refusals(judged: Sequence[ScoredAnswer]) -> dict[str, Any]:
    refused = [one for one in judged if one.refused]
    to_refuse = [one for one in judged if one.known.refuse]
    rightly = [one for one in refused if one.known.refuse]
    return {
        "precision": len(rightly) / len(refused) if refused else None,
        "recall": len(rightly) / len(to_refuse) if to_refuse else None,
        "answerable": len(judged) - len(to_refuse),
        "answerable_refused": len(refused) - len(rightly),
    }


def _within(ranks: Sequence[int], rank: int) -> bool:
    return any(place <= rank for place in ranks)


def _mean(values: Iterable[float]) -> float | None:
    found = list(values)
    return round(sum(found) / len(found), 4) if found else None


def _cell(value: float | int | None) -> str:
    if value is None:
        return "–"
    return str(value) if isinstance(value, int) else f"{value:.3f}"
