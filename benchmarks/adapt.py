"""Teach the default model questions about resolutions: writes `embeddings/adapter.safetensors`.

    python -m benchmarks.adapt INDEX QUESTIONS.jsonl… --out ADAPTER.safetensors

INDEX is of the texts that the questions are about. For each question the forty best candidates of
the search as it is are taken, and the model is changed so that the paragraph that answers comes
first among them: what else speaks for each is kept as it is, and what its tokens say beyond its
title (`qa.search.late_interaction`) is learned, with a projection that makes their vectors small.
Beside that, the
vector of a question is drawn to that of its paragraph and away from all others in the step. Only
small changes to the weights of the upper layers are learned (LoRA), so that the model keeps what it
knew. Build the index again afterwards, then fit the score with `python -m benchmarks.fit_ranking`.
"""

import argparse
import math
import random
import re
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch
from safetensors.numpy import save_file
from sentence_transformers import SentenceTransformer
from torch.nn import functional
from torch.nn.utils import parametrize

from embeddings.model.lora import DOWN, PROJECTION, UP
from embeddings.model.model_id import BASE_NAME, identify
from embeddings.model.token_vectors import content
from embeddings.model.torch_model import TorchModel
from qa.answering.scope import scope_of
from qa.assistant import Assistant
from qa.evaluation.evaluate import GoldQuestion, read_questions
from qa.indexing.writer import context_text, embedded_text
from qa.question.read import read_question
from qa.search.features import TOKEN_FEATURES, WEIGHTED_MAX_SIM
from qa.search.scorer import weighted_sum
from qa.search.weights import load_weights

Floats = npt.NDArray[np.float32]
Made = tuple[torch.Tensor, torch.Tensor]  # a text's unit vector, and those of its tokens, small

LAYERS = 4  # the upper ones, whose weights change
RANK = 16
WIDTH = 64  # numbers in a small vector
NEAREST = 40  # candidates of a question
SHOWN = 10  # of these in a step, one that answers among them
QUESTIONS = 8  # in a step
PASSES = 2  # over all questions
RATE = 3e-4  # of learning
SCALE_RATE = 0.02
RISING = 0.06  # share of the steps in which the rate rises
FORGET = 0.05  # share of numbers left out at random
SHARPNESS = 20.0  # of the vectors' cosines
BESIDE = 0.3  # weight of the vectors' loss beside the tokens'
SAMPLE = 800  # texts from which the projection begins
TEXTS = 8  # that are encoded together
SEED = 0
_PARTS = (
    *("attention.self.query", "attention.self.key", "attention.self.value"),
    *("attention.output.dense", "intermediate.dense", "output.dense"),
)
_LAYER = re.compile(r"encoder\.layer\.(\d+)\.")


@dataclass(frozen=True, slots=True)
class TrainingCase:
    """A question with its candidates, the best first."""

    whole: str
    topic: str
    texts: tuple[str, ...]
    titles: tuple[str, ...]
    others: Floats  # the score of each but for `LATE`
    right: tuple[int, ...]  # candidates that answer
    wrong: tuple[int, ...]  # those that do not; copies of an answer are neither


def main() -> None:
    """Learn, and write what was learned."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("index", type=Path)
    parser.add_argument("questions", type=Path, nargs="+")
    parser.add_argument("--out", type=Path, required=True)
    given = parser.parse_args()
    known = [
        one
        for path in given.questions
        for one in read_questions(path, path.read_text(encoding="utf-8"))
    ]
    cases = list(cases_of(Assistant.open(given.index), known))
    print(f"{len(cases)} questions with their candidates", flush=True)
    torch.manual_seed(SEED)
    learner = Learner(sorted({text for case in cases for text in case.texts})[:: len(cases)])
    learner.learn(cases, given.out)


def cases_of(assistant: Assistant, known: Iterable[GoldQuestion]) -> Iterator[TrainingCase]:
    """Yield the questions whose answer is among their candidates."""
    corpus, retriever = assistant.corpus, assistant.retriever
    rows = {f"{one.symbol} {one.label}": one.row for one in corpus.passages}
    wordings = corpus.columns.rows["wording"]
    weights = load_weights().ranking.with_tokens
    others = {name: weight for name, weight in weights.items() if name not in TOKEN_FEATURES}
    for one in known:
        question = read_question(one.turns[-1])
        scope = [resolution.symbol for resolution in scope_of(corpus, question)]
        found = retriever.candidates(question, scope=scope) if one.gold else None
        if not found:
            continue
        gold = [rows[place] for place in one.gold if place in rows]
        scores = weighted_sum(found.features, others)
        is_right = np.isin(found.rows, gold)
        order = np.lexsort((found.rows, -scores))
        near = set(order[:NEAREST].tolist()) | set(np.flatnonzero(is_right).tolist())
        best = [at for at in order.tolist() if at in near]
        right = tuple(at for at, place in enumerate(best) if is_right[place])
        same = np.isin(wordings[found.rows[best]], wordings[gold])
        passages = [corpus.passages[int(found.rows[at])] for at in best]
        places = [corpus.passages.place(passage.row) for passage in passages]
        if right:
            yield TrainingCase(
                whole=found.query.to_encode[1],
                topic=found.query.to_encode[0],
                texts=tuple(map(embedded_text, passages)),
                titles=tuple(context_text(corpus.texts.resolution(place)) for place in places),
                others=scores[best],
                right=right,
                wrong=tuple(at for at, is_same in enumerate(same) if not is_same),
            )


class Change(torch.nn.Module):
    """A small change to a weight: the product of two thin matrices, nothing at the beginning."""

    def __init__(self, rows: int, columns: int) -> None:
        super().__init__()
        self.down = torch.nn.Parameter(torch.randn(RANK, columns) / math.sqrt(columns))
        self.up = torch.nn.Parameter(torch.zeros(rows, RANK))

    def forward(self, weight: torch.Tensor) -> torch.Tensor:
        """Return the weight as it is changed."""
        return weight + self.up @ self.down


class Learner:
    """The packaged model with changes to be learned."""

    def __init__(self, sample: Sequence[str]) -> None:
        identity, folder = identify(BASE_NAME)
        self._model = TorchModel.load(folder, identity).model
        self._tokenizer = self._model.tokenizer
        for weight in self._model.parameters():
            weight.requires_grad = False
        self.changes = dict(_changed(self._model))
        for module in self._model.modules():
            if isinstance(module, torch.nn.Dropout):
                module.p = FORGET
        self.projection = torch.nn.Parameter(torch.eye(identity.dimension))
        tokens = torch.cat([tokens for _, tokens in self.encode(sample[:SAMPLE]).values()])
        _, _, directions = torch.linalg.svd(tokens.T @ tokens)
        self.projection = torch.nn.Parameter(directions[:WIDTH].clone())

    def encode(self, texts: Iterable[str], *, learns: bool = False) -> dict[str, Made]:
        """Return what becomes of each text."""
        found: dict[str, Made] = {}
        order = sorted(set(texts), key=lambda text: (-len(text), text))
        with torch.set_grad_enabled(learns):
            for start in range(0, len(order), TEXTS):
                found |= self._encode_together(order[start : start + TEXTS])
        return found

    def _encode_together(self, texts: Sequence[str]) -> Iterator[tuple[str, Made]]:
        given = self._tokenizer(
            list(texts),
            padding=True,
            truncation=True,
            max_length=self._model.max_seq_length,
            return_tensors="pt",
            return_offsets_mapping=True,
            return_special_tokens_mask=True,
        )
        spans, marks = given.pop("offset_mapping"), given.pop("special_tokens_mask")
        with torch.autocast("cpu", dtype=torch.bfloat16):
            made = self._model(dict(given))
        vectors = functional.normalize(made["sentence_embedding"].float(), dim=-1)
        small = functional.linear(made["token_embeddings"].float(), self.projection)
        small = functional.normalize(small, dim=-1)
        for at, text in enumerate(texts):
            kept = (marks[at] == 0).nonzero()[:, 0]
            counts = torch.from_numpy(content(text, spans[at][kept].tolist()))
            yield text, (vectors[at], small[at][kept[counts]])

    def learn(self, cases: Sequence[TrainingCase], out: Path) -> None:
        """Go over all questions, a few at a time; write what is learned as it grows."""
        chance = random.Random(SEED)
        weights = load_weights().ranking.with_tokens
        scales = torch.nn.Parameter(torch.tensor([weights[name] for name in WEIGHTED_MAX_SIM]))
        changes = [weight for change in self.changes.values() for weight in change.parameters()]
        optimizer = torch.optim.AdamW(
            [
                {"params": changes, "lr": RATE, "weight_decay": 0.01},
                {"params": [self.projection], "lr": RATE, "weight_decay": 0.0},
                {"params": [scales], "lr": SCALE_RATE, "weight_decay": 0.0},
            ]
        )
        steps = PASSES * math.ceil(len(cases) / QUESTIONS)
        schedule = torch.optim.lr_scheduler.LambdaLR(
            optimizer,
            lambda step: min(1.0, (step + 1) / (RISING * steps)) * max(0.02, 1 - step / steps),
        )
        self._model.train()
        start, losses = time.perf_counter(), []
        for at, several in enumerate(_steps(cases, chance)):
            loss = self._loss(several, scales, chance)
            optimizer.zero_grad()
            torch.autograd.backward(loss)
            torch.nn.utils.clip_grad_norm_([*changes, self.projection], 1.0)
            optimizer.step()
            schedule.step()
            losses.append(loss.item())
            if at % 25 == 24:
                spent = time.perf_counter() - start
                mean = np.mean(losses[-50:])
                print(f"step {at + 1} of {steps}, loss {mean:.3f}, {spent:.0f} s", flush=True)
                self.save(out)
        self.save(out)

    def _loss(
        self, cases: Sequence[TrainingCase], scales: torch.Tensor, chance: random.Random
    ) -> torch.Tensor:
        """Return how far several questions are from having their answers first."""
        shown = [_shown(case, chance) for case in cases]
        picked = list(zip(cases, shown, strict=True))
        texts = [[case.texts[at] for at in chosen] for case, chosen in picked]
        asked = [text for case in cases for text in (case.whole, case.topic)]
        made = self.encode([*asked, *(text for each in texts for text in each)], learns=True)
        titles = self.encode(case.titles[at] for case, chosen in picked for at in chosen)
        losses = []
        for (case, chosen), each in zip(picked, texts, strict=True):
            said = [made[text][1] for text in each]
            told = [titles[case.titles[at]][1] for at in chosen]
            features = (_beyond(made[text][1], said, told) for text in (case.whole, case.topic))
            scores = torch.from_numpy(case.others[chosen])
            for scale, feature in zip(scales, features, strict=True):
                scores = scores + scale * feature
            losses.append(-functional.log_softmax(scores, 0)[0])
        vectors = torch.stack([made[text][0] for each in texts for text in each])
        questions = torch.stack([made[case.whole][0] for case in cases])
        firsts = torch.tensor(np.cumsum([0, *map(len, shown)])[:-1])
        beside = functional.cross_entropy(SHARPNESS * questions @ vectors.T, firsts)
        return torch.stack(losses).mean() + BESIDE * beside

    def save(self, path: Path) -> None:
        """Write the changes and the projection, in 16 bits."""
        found = {PROJECTION: _half(self.projection)}
        for name, change in self.changes.items():
            found |= {name + DOWN: _half(change.down), name + UP: _half(change.up)}
        save_file(found, path)
        path.chmod(0o644)  # it is for everybody


def _changed(model: SentenceTransformer) -> Iterator[tuple[str, Change]]:
    """Let the weights of the upper layers be changed; yield their names and changes."""
    found = (_LAYER.search(name) for name, _ in model.named_parameters())
    layers = {int(one[1]) for one in found if one}
    upper = sorted(layers)[-LAYERS:]
    wanted = tuple(f"encoder.layer.{layer}.{part}" for layer in upper for part in _PARTS)
    for name, module in list(model.named_modules()):
        if isinstance(module, torch.nn.Linear) and name.endswith(wanted):
            change = Change(*module.weight.shape)
            parametrize.register_parametrization(module, "weight", change)
            yield f"{name}.weight", change


def _steps(cases: Sequence[TrainingCase], chance: random.Random) -> Iterator[list[TrainingCase]]:
    for _ in range(PASSES):
        order = chance.sample(cases, len(cases))
        for start in range(0, len(order), QUESTIONS):
            yield order[start : start + QUESTIONS]


def _shown(case: TrainingCase, chance: random.Random) -> list[int]:
    """Return the candidates of a step: one that answers, then others, the nearest likeliest."""
    left, others = list(case.wrong), list[int]()
    while left and len(others) < SHOWN - 1:
        weights = [1 / (case.wrong.index(at) + 4) for at in left]
        (one,) = chance.choices(left, weights)
        left.remove(one)
        others.append(one)
    return [chance.choice(case.right), *others]


def _beyond(
    question: torch.Tensor, texts: Sequence[torch.Tensor], titles: Sequence[torch.Tensor]
) -> torch.Tensor:
    """Return `qa.search.late_interaction.Said.beyond`, so that it can be learned."""
    said, told = (
        torch.stack([_nearest(question, one) for one in each]) for each in (texts, titles)
    )
    weights = (1 - told).clamp(load_weights().features.min_title_gap, 1) ** 2
    return (said * weights).sum(1) / weights.sum(1)


def _nearest(question: torch.Tensor, text: torch.Tensor) -> torch.Tensor:
    """Return the best cosine of each token of a question in a text; 0 where it has no tokens."""
    if not len(text):
        return torch.zeros(len(question))
    best: torch.Tensor = (question @ text.T).max(dim=1).values
    return best


def _half(weight: torch.Tensor) -> npt.NDArray[np.float16]:
    return np.ascontiguousarray(weight.detach().numpy().astype(np.float16))


if __name__ == "__main__":
    main()
