"""Fit the weights by which one reading of a turn of a conversation is chosen.

    python -m benchmarks.fit.turn_fit INDEX CONVERSATIONS.jsonl… [--out WEIGHTS.json]

A conversation gives an item for each turn, with the "turns" up to it and the paragraphs that answer
the last. Besides these, each opening is asked in the middle of another conversation, as a new
topic. The weights maximise the probability of the readings whose answer is right, by a softmax over
the readings of one turn. The printed shares are cross-validated: ten folds by conversation.
"""

import argparse
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize
from sklearn.model_selection import GroupKFold

from benchmarks.fit.stored_fit import provenance
from qa.answer import Answer
from qa.answering.context import AnswerContext, Clock
from qa.answering.restricting import within
from qa.answering.same_series import document_series
from qa.answering.turn_choice import EVIDENCE, TriedReading, TurnTrial
from qa.answering.turn_weights import TurnWeights
from qa.assistant import Assistant
from qa.question.conversation import NO_CONVERSATION
from qa.question.follow_up import complete
from qa.question.question import Question
from qa.question.read import read_question
from qa.question.turn_reading import TURN_MEASURES, ReadingKind
from qa.search.filters import Filters

Floats = npt.NDArray[np.float64]
Item = dict[str, Any]

OUT = Path(__file__).resolve().parents[2] / "qa" / "answering" / "turn_weights.json"
KINDS = tuple(kind.value for kind in ReadingKind)
BY_KIND = ("confidence", "words_in_text")  # evidence that has weights of each kind, too
COLUMNS = (
    *EVIDENCE,
    *KINDS,
    *(f"{kind}.{measure}" for kind in KINDS for measure in TURN_MEASURES),
    *(f"{kind}.{name}" for kind in KINDS for name in BY_KIND),
)
PENALTY = 0.3  # of the squares of the weights
OF_NEW_TOPIC = 0.3  # what a new topic counts, of which there are more than of other turns
PARTLY = 0.3  # what a right quotation after the first counts
FOLDS = 10
_OF_RELATION = ("gold_from", "fresh", "shorter_than", "match", "smalltalk", "both")
_GONE = ("is_near", "words_in_text", "words_in_text_or_title", "is_answered", "is_in_series")


@dataclass(frozen=True, slots=True)
class Case:
    """One turn with its readings."""

    conversation: str
    is_new_topic: bool
    rows: Floats  # by `COLUMNS`, one for each reading
    worth: Floats  # of the answer to each: 1 right, 0 wrong


def items_of(files: Sequence[Path]) -> list[Item]:
    """Return the items of all files whose answer is a paragraph, a document or a refusal."""
    lines = [line for file in files for line in file.read_text("utf-8").splitlines() if line]
    items: list[Item] = list(map(json.loads, lines))
    return [item for item in items if not any(item.get(name) for name in _OF_RELATION)]


def new_topics(items: Sequence[Item]) -> Iterator[Item]:
    """Yield each opening as the next turn of another conversation."""
    openings = [item for item in items if item["turn"] == 1]
    for place, opening in enumerate(openings):
        other = openings[place - 1]["conversation"]
        for before in items:
            if before["conversation"] == other and before["turn"] < 3:
                yield {**opening, "turn": 0, "turns": [*before["turns"], *opening["turns"]]}


def worth_of(answer: Answer, item: Item) -> float:
    """Return what an answer is worth: 1 if its first quotation, or fact, is as wanted."""
    if item.get("refuse"):
        return float(not answer.answered)
    pattern = item.get("first_text")
    is_said = bool(answer.quotes) and bool(re.search(pattern or "", answer.quotes[0].text))
    if pattern and not (item.get("gold") and is_said):
        return float(is_said)
    if item.get("value") and not item.get("gold"):
        return float(answer.answered and _states(answer, item["value"]))
    wanted = (*item.get("gold", ()), *item.get("also", ()))
    wanted = wanted or tuple(f"{symbol}*" for symbol in item.get("gold_set", ()))
    places = [f"{quote.symbol} {quote.label}" for quote in answer.quotes]
    places = places or [fact.symbol for fact in answer.facts]
    is_meant = [any(_fits(place, each) for each in wanted) for place in places]
    if not any(is_meant) or not answer.answered:
        return 0.0
    return 1.0 if is_meant[0] else PARTLY


def _states(answer: Answer, value: Mapping[str, Any]) -> bool:
    """Return whether an answer states all that an item wants of it."""
    said = " ".join((answer.message or "", *(str(fact.value) for fact in answer.facts))).lower()
    wanted, choice = value.get("all", ()), value.get("any", ())
    is_chosen = not choice or any(each.lower() in said for each in choice)
    return is_chosen and all(each.lower() in said for each in wanted)


def _fits(place: str, wanted: str) -> bool:
    return place == wanted or (wanted.endswith("*") and place.startswith(wanted[:-1]))


class Reader:
    """Tries the readings of turns with one assistant."""

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant
        self._answers: dict[tuple[str, ...], Answer] = {}

    def _answer(self, turns: tuple[str, ...]) -> Answer:
        if turns not in self._answers:
            before = self._answer(turns[:-1]) if turns[:-1] else None
            self._answers[turns] = self._assistant.ask(turns[-1], previous=before, top=5)
        return self._answers[turns]

    def _context(self, question: Question, filters: Filters, top: int) -> AnswerContext:
        return AnswerContext(
            corpus=self._assistant.corpus,
            retriever=self._assistant.retriever,
            question=question,
            filters=filters,
            top=top,
            clock=Clock(),
        )

    def tried(self, turns: tuple[str, ...]) -> tuple[Mapping[str, float], list[TriedReading]]:
        """Return the measures of the last turn and its readings; none where rules decide it."""
        corpus, retriever = self._assistant.corpus, self._assistant.retriever
        state = self._answer(turns[:-1]).conversation if turns[:-1] else NO_CONVERSATION
        asked = read_question(turns[-1], corpus.resolutions, retriever.names)
        turn = complete(asked, state, document_series(corpus, retriever.names), retriever.likeness)
        filters = Filters()
        narrowed = within(filters, turn.restriction)
        if not turn.choices or narrowed is None:
            return {}, []
        trial = TurnTrial(
            turn=turn,
            state=state,
            context_of=self._context,
            filters=filters,
            narrowed=narrowed,
            top=5,
        )
        return turn.measures, trial.every_tried(min_near=0)


def least_near(tried: Sequence[tuple[TriedReading, float]]) -> float:
    """Return the confidence that best parts right nearest paragraphs from wrong ones."""
    near = [(each.evidence["confidence"], worth) for each, worth in tried if _is_near(each)]
    limits = sorted({round(confidence, 2) for confidence, _ in near})

    def agreeing(limit: float) -> int:
        return sum((confidence >= limit) == (worth > 0) for confidence, worth in near)

    return max(limits, key=agreeing)


def _is_near(tried: TriedReading) -> bool:
    return tried.reading.kind is ReadingKind.DOCUMENT and bool(tried.evidence["is_near"])


def row_of(measures: Mapping[str, float], tried: TriedReading, min_near: float) -> Floats:
    """Return the values of a reading, by `COLUMNS`."""
    kind = tried.reading.kind.value
    evidence = dict(tried.evidence)
    if evidence["is_near"] and evidence["confidence"] < min_near:
        evidence |= dict.fromkeys((*_GONE, "is_alike_document"), 0.0)
    of_kind = {name: evidence[name] for name in BY_KIND} | dict(measures)
    values = evidence | {kind: 1.0} | {f"{kind}.{name}": of_kind[name] for name in of_kind}
    return np.array([values.get(name, 0.0) for name in COLUMNS])


def worth_now(tried: TriedReading, worth: float, item: Item, min_near: float) -> float:
    """Return what a reading is worth if only paragraphs that are near enough are given."""
    is_gone = tried.evidence["is_near"] and tried.evidence["confidence"] < min_near
    return float(bool(item.get("refuse"))) if is_gone else worth


def fitted(cases: Sequence[Case]) -> Floats:
    """Return the weights that make the right readings of the cases likeliest, by `COLUMNS`."""
    used = [case for case in cases if case.worth.max() > case.worth.min()]
    most = max(len(case.worth) for case in used)
    rows = np.zeros((len(used), most, len(COLUMNS)))
    counts = np.array([OF_NEW_TOPIC if case.is_new_topic else 1.0 for case in used])
    absent, worth = np.full((len(used), most), -np.inf), np.zeros((len(used), most))
    for place, case in enumerate(used):
        count = len(case.worth)
        rows[place, :count], absent[place, :count] = case.rows, 0
        worth[place, :count] = case.worth / case.worth.max()

    def loss(weights: Floats) -> tuple[float, Floats]:
        scores = rows @ weights + absent
        scores = np.exp(scores - scores.max(axis=1, keepdims=True))
        likely = scores / scores.sum(axis=1, keepdims=True)
        right = (likely * worth).sum(axis=1)
        wanted = likely * worth / right[:, None]
        slope = np.einsum("crw,cr->w", rows, counts[:, None] * (wanted - likely))
        penalty = PENALTY * weights @ weights
        return float(penalty - (counts * np.log(right)).sum()), 2 * PENALTY * weights - slope

    result: Floats = minimize(loss, np.zeros(len(COLUMNS)), jac=True, method="L-BFGS-B").x
    return result


def is_right(case: Case, weights: Floats) -> bool:
    """Return whether the chosen reading is the right one."""
    return bool(case.worth[int(np.argmax(case.rows @ weights))] == 1)


def cross_validated(cases: Sequence[Case]) -> dict[str, float]:
    """Return the shares of turns and of new topics that are answered right."""
    right: dict[bool, list[bool]] = {False: [], True: []}
    folds = GroupKFold(FOLDS, shuffle=True, random_state=0)
    for train, test in folds.split(cases, groups=[case.conversation for case in cases]):
        weights = fitted([cases[place] for place in train])
        for place in test:
            right[cases[place].is_new_topic].append(is_right(cases[place], weights))
    return {
        "follow-ups": float(np.mean(right[False])),
        "new topics": float(np.mean(right[True])),
    }


def cases_of(reader: Reader, items: Sequence[Item]) -> tuple[list[Case], float]:
    """Return the turns of conversations with their readings, and the limit of what is near."""
    every = [*(item for item in items if item["turn"] > 1), *new_topics(items)]
    turns = [(item, *reader.tried(tuple(item["turns"]))) for item in every]
    judged = [
        (item, measures, [(each, worth_of(each.answer, item)) for each in readings])
        for item, measures, readings in turns
        if readings
    ]
    follow_ups = [pair for item, _, pairs in judged if item["turn"] for pair in pairs]
    min_near = least_near(follow_ups)
    cases = [
        Case(
            item["conversation"],
            not item["turn"],
            np.array([row_of(measures, each, min_near) for each, _ in pairs]),
            np.array([worth_now(each, worth, item, min_near) for each, worth in pairs]),
        )
        for item, measures, pairs in judged
    ]
    return cases, min_near


def main() -> None:
    """Fit, print and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("index", type=Path)
    parser.add_argument("conversations", type=Path, nargs="+")
    parser.add_argument("--out", type=Path, default=OUT)
    options = parser.parse_args()
    assistant = Assistant.open(options.index)
    assistant.limit_s = None
    cases, min_near = cases_of(Reader(assistant), items_of(options.conversations))
    shares = cross_validated(cases)
    best = float(np.mean([case.worth.max() == 1 for case in cases if not case.is_new_topic]))
    print(f"{len(cases)} turns, {shares}, follow-ups by the best reading: {best:.3f}")
    values = dict(zip(COLUMNS, fitted(cases).round(2).tolist(), strict=True))
    note = f"{len(cases)} turns; shares answered right in {FOLDS} folds by conversation."
    weights = TurnWeights(
        provenance=provenance([assistant], options.conversations, shares, note),
        min_near_confidence=min_near,
        evidence={name: values[name] for name in EVIDENCE},
        evidence_of={kind: {name: values[f"{kind}.{name}"] for name in BY_KIND} for kind in KINDS},
        kinds={kind: values[kind] for kind in KINDS},
        turn={kind: {name: values[f"{kind}.{name}"] for name in TURN_MEASURES} for kind in KINDS},
    )
    content = msgspec.json.format(msgspec.json.encode(weights), indent=2)
    options.out.write_bytes(content + b"\n")


if __name__ == "__main__":
    main()
