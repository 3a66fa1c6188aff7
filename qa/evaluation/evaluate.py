"""Scores of answers against gold answers: recall, rank, facts, refusals and time, by kind."""

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

from qa.answer import Answer, KinParagraph, Quote, SameWording
from qa.errors import InputError
from qa.evaluation.compare import confidence_interval
from qa.question.conversation import ConversationState
from qa.resolutions.wordings import family_of

RANKS = (1, 5, 10)
SHOWN = 5  # quotations shown at once
Ask = Callable[[str, Answer | None], Answer]


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldQuestion:
    """One question with its gold answer."""

    id: str | int | None
    kind: str
    turns: tuple[str, ...]  # the last one is scored
    gold: frozenset[str]  # "A/RES/61/181 OP6"
    also: frozenset[str]
    same_wording: frozenset[str]
    facts: frozenset[tuple[str, str, str]]
    refuse: bool
    conversation: str = ""  # whose turn before it is that of an earlier line; "" for none
    state: ConversationState | None = None  # of the conversation before it


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoredAnswer:
    """The scores of one answer; shares are 0 to 1, None where they do not apply."""

    question: GoldQuestion
    answer: Answer
    ranks: tuple[int, ...]  # ranks of gold quotations, from 1
    wording_ranks: tuple[int, ...]  # the same with copies of gold quotations
    first_right: bool | None  # the first quotation is gold, or an acceptable extra
    facts_right: bool | None
    milliseconds: float

    @property
    def refused(self) -> bool:
        """True for a refusal."""
        return not self.answer.answered

    def found(self, rank: int) -> float | None:
        """Return the share of the gold quotations among the first `rank`."""
        if not self.question.gold:
            return None
        hits = sum(1 for place in self.ranks if place <= rank)
        return min(hits / len(self.question.gold), 1.0)

    @property
    def gain(self) -> float | None:
        """NDCG of the first ten quotations.

        Source:
            Järvelin and Kekäläinen 2002, with gain 1 for a gold quotation and 0 for any other.
        """
        if not self.question.gold:
            return None
        gain = sum(1 / math.log2(rank + 1) for rank in self.ranks if rank <= RANKS[-1])
        most = min(len(self.question.gold), RANKS[-1])
        return gain / sum(1 / math.log2(rank + 1) for rank in range(1, most + 1))

    @property
    def wordings(self) -> int:
        """The number of distinct wordings, figures left open, among the first five quotations."""
        return len({family_of(quote.text) for quote in self.answer.quotes[:SHOWN]})

    @property
    def is_right(self) -> bool:
        """True for a correct refusal, or an answer with every gold fact and quotation."""
        if self.question.refuse:
            return self.refused
        quotes = self.found(10**6) in (None, 1.0)
        return quotes and self.facts_right is not False and not self.refused


def read_questions(path: Path, text: str) -> tuple[GoldQuestion, ...]:
    """Return the questions of a file of JSON lines.

    Raises:
        InputError: a line is not a question; the message names its number.
    """
    questions = []
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            questions.append(_known(json.loads(line)))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise InputError(
                f'{path}, line {number}: expected a question like {{"id": "1", "question": "…"}}.'
            ) from error
    if not questions:
        raise InputError(f"{path} contains no questions; write one JSON object per line.")
    return tuple(questions)


def judge(question: GoldQuestion, ask: Ask) -> ScoredAnswer:
    """Ask a question turn by turn and return the scores of the last answer."""
    answer: Answer | None = None
    spent = 0.0
    for turn in question.turns:
        start = time.perf_counter()
        answer = ask(turn, answer)
        spent = (time.perf_counter() - start) * 1000
    if answer is None:
        raise ValueError(f"{question.id} has no turns")
    given = {(fact.symbol, fact.field, fact.value) for fact in answer.facts}
    first = bool(answer.quotes) and _is_meant(answer.quotes[0], question.gold | question.also)
    return ScoredAnswer(
        question=question,
        answer=answer,
        ranks=_ranks(answer.quotes, question.gold, with_copies=False),
        wording_ranks=_ranks(
            answer.quotes, question.gold | question.same_wording, with_copies=True
        ),
        first_right=first if question.gold else None,
        facts_right=question.facts <= given if question.facts else None,
        milliseconds=spent,
    )


def summary(judged: Sequence[ScoredAnswer]) -> dict[str, Any]:
    """Return the measures over all questions and by kind.

    Strict recall at k is the share of questions with a gold quotation among the first k; by
    wording a copy of one counts too; all-gold recall is the mean share of gold quotations found.
    Intervals are 95 % confidence intervals by bootstrap over the questions.
    """
    kinds: defaultdict[str, list[ScoredAnswer]] = defaultdict(list)
    for scored in judged:
        kinds[scored.question.kind].append(scored)
    times = sorted(scored.milliseconds for scored in judged)
    return {
        "all": _measures(judged),
        "intervals": _intervals(judged),
        "kinds": {kind: _measures(group) for kind, group in kinds.items()},
        "refusal": _refusals(judged),
        "milliseconds": {
            "p50": round(statistics.median(times), 1),
            "p95": round(times[min(len(times) - 1, int(0.95 * len(times)))], 1),
        },
        "wrong": [scored.question.id for scored in judged if not scored.is_right],
        "questions": [_question(scored) for scored in judged],
    }


def table(measures: Mapping[str, Any]) -> str:
    """Return the measures as a text table."""
    ranked = [f"{name}@{rank}" for name in ("strict", "wording") for rank in RANKS]
    columns = ("n", "right", *ranked, "all-gold@5", "first", "MRR", "nDCG@10", "facts")
    lines = [f"{'kind':42}" + "".join(f"{column:>11}" for column in columns)]
    for kind, row in (*measures["kinds"].items(), ("all", measures["all"])):
        cells = "".join(f"{_cell(row[column]):>11}" for column in columns)
        lines.append(f"{kind[:41]:42}{cells}")
    refusal, spent = measures["refusal"], measures["milliseconds"]
    for name, (low, high) in measures["intervals"].items():
        lines.append(f"{f'95 % CI: {name}':42}{low:>11.3f}{high:>11.3f}")
    lines += [
        "",
        f"distinct wordings among the first {SHOWN}: {_cell(measures['all']['wordings@5'])}",
        f"refusal: precision {_cell(refusal['precision'])}, recall {_cell(refusal['recall'])}",
        f"false refusals: {refusal['answerable_refused']} of {refusal['answerable']}",
        f"time: p50 {spent['p50']} ms, p95 {spent['p95']} ms",
    ]
    if measures["wrong"]:
        lines.append("incorrect: " + ", ".join(map(str, measures["wrong"])))
    return "\n".join(lines)


def _known(record: Mapping[str, Any]) -> GoldQuestion:
    turns = tuple(record["turns"]) if "turns" in record else (record["question"],)
    if not turns or not all(isinstance(turn, str) for turn in turns):
        raise ValueError("a question must be text")
    return GoldQuestion(
        id=record.get("id"),
        kind=str(record.get("kind", "question")),
        turns=turns,
        gold=frozenset(record.get("gold", ())),
        also=frozenset(record.get("also", ())),
        same_wording=frozenset(record.get("same_wording", ())),
        facts=frozenset(
            (fact["symbol"], fact["field"], fact["value"]) for fact in record.get("facts", ())
        ),
        refuse=bool(record.get("refuse", False)),
        conversation="" if "turns" in record else str(record.get("conversation", "")),
        state=_conversation_state(record),
    )


def _ranks(
    quotes: Sequence[Quote], citations: frozenset[str], *, with_copies: bool
) -> tuple[int, ...]:
    return tuple(
        rank
        for rank, quote in enumerate(quotes, start=1)
        if _is_meant(quote, citations)
        or (
            with_copies
            and (
                any(_is_meant(copy, citations) for copy in quote.same_wording)
                or any(_is_meant(kin, citations) for kin in quote.kin)
            )
        )
    )


def _is_meant(place: Quote | SameWording | KinParagraph, citations: frozenset[str]) -> bool:
    """Return whether a gold citation names a quotation; "OP7" matches in any section."""
    label = _SECTION.sub("", place.label)
    return not citations.isdisjoint({f"{place.symbol} {place.label}", f"{place.symbol} {label}"})


_SECTION = re.compile(r"^sect\. [IVXLC]+ ")


def _measures(judged: Sequence[ScoredAnswer]) -> dict[str, Any]:
    named = [scored for scored in judged if scored.question.gold]
    measures: dict[str, Any] = {
        "n": len(judged),
        "right": _mean(float(scored.is_right) for scored in judged),
        "all-gold@5": _mean(scored.found(5) or 0.0 for scored in named),
        "first": _mean(float(bool(scored.first_right)) for scored in named),
        "MRR": _mean(1 / scored.ranks[0] if scored.ranks else 0.0 for scored in named),
        "nDCG@10": _mean(scored.gain or 0.0 for scored in named),
        "wordings@5": _mean(
            scored.wordings for scored in judged if len(scored.answer.quotes) >= SHOWN
        ),
        "facts": _mean(
            float(scored.facts_right) for scored in judged if scored.facts_right is not None
        ),
    }
    for rank in RANKS:
        measures[f"strict@{rank}"] = _mean(float(_within(scored.ranks, rank)) for scored in named)
        measures[f"wording@{rank}"] = _mean(
            float(_within(scored.wording_ranks, rank)) for scored in named
        )
    return measures


def _intervals(judged: Sequence[ScoredAnswer]) -> dict[str, tuple[float, float]]:
    named = [scored for scored in judged if scored.question.gold]
    if not named:
        return {}
    intervals = {
        f"{name}@{rank}": confidence_interval(
            [float(_within(ranks(scored), rank)) for scored in named]
        )
        for name, ranks in _RANKINGS.items()
        for rank in (1, SHOWN)
    }
    return intervals | {
        "MRR": confidence_interval(
            [1 / scored.ranks[0] if scored.ranks else 0.0 for scored in named]
        )
    }


_RANKINGS: dict[str, Callable[[ScoredAnswer], tuple[int, ...]]] = {
    "strict": lambda scored: scored.ranks,
    "wording": lambda scored: scored.wording_ranks,
}


def _question(scored: ScoredAnswer) -> dict[str, Any]:
    """Return the scores of one question, with the rank of the first gold quotation, from 1."""
    return {
        "id": scored.question.id,
        "kind": scored.question.kind,
        "right": scored.is_right,
        "refused": scored.refused,
        "sought": bool(scored.question.gold),
        **{name: next(iter(ranks(scored)), None) for name, ranks in _RANKINGS.items()},
    }


def _refusals(judged: Sequence[ScoredAnswer]) -> dict[str, Any]:
    refused = [scored for scored in judged if scored.refused]
    to_refuse = [scored for scored in judged if scored.question.refuse]
    rightly = [scored for scored in refused if scored.question.refuse]
    return {
        "precision": len(rightly) / len(refused) if refused else None,
        "recall": len(rightly) / len(to_refuse) if to_refuse else None,
        "answerable": len(judged) - len(to_refuse),
        "answerable_refused": len(refused) - len(rightly),
    }


def _within(ranks: Sequence[int], rank: int) -> bool:
    return any(place <= rank for place in ranks)


def _mean(values: Iterable[float]) -> float | None:
    numbers = list(values)
    return round(sum(numbers) / len(numbers), 4) if numbers else None


def _cell(value: float | int | None) -> str:
    if value is None:
        return "–"
    return str(value) if isinstance(value, int) else f"{value:.3f}"


def _conversation_state(record: Mapping[str, Any]) -> ConversationState | None:
    """Return what a conversation has come to, as an answer before gave it."""
    state = record.get("conversation_state")
    return ConversationState.from_record(state) if state else None
