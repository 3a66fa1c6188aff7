"""Train the adapter of the default model on questions: writes `adapter.safetensors`.

    python -m benchmarks.adapt INDEX QUESTIONS.jsonl… --out ADAPTER.safetensors

INDEX contains the texts that the questions are about. The loss of a question is taken over its
forty best candidates by the present ranking: the paragraph that answers should come first among
them. All features are constant but those of tokens (`qa.search.late_interaction`), which are
learned, with a projection that makes the vectors of tokens small. A second loss pulls the vector of
a question to that of its paragraph and pushes it from all others in the step. Only low-rank changes
to the weights of the upper layers are learned (LoRA), so that the model forgets little. Build the
index again afterwards, then fit the weights with `python -m benchmarks.fit`.
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
from qa.search.scorer import Candidates, weighted_sum
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
VECTOR_LOSS_WEIGHT = 0.3  # the loss of the tokens has 1
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
    others: Floats  # the score of each without the features of tokens
    right: tuple[int, ...]  # candidates that answer
    wrong: tuple[int, ...]  # those that do not; copies of an answer are neither


def main() -> None:
    """Train the adapter and write it."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("index", type=Path)
    parser.add_argument("questions", type=Path, nargs="+")
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    questions = [
        question
        for path in options.questions
        for question in read_questions(path, path.read_text(encoding="utf-8"))
    ]
    cases = list(cases_of(Assistant.open(options.index), questions))
    print(f"{len(cases)} questions with their candidates", flush=True)
    torch.manual_seed(SEED)
    learner = Learner(sorted({text for case in cases for text in case.texts})[:: len(cases)])
    learner.learn(cases, options.out)


def cases_of(assistant: Assistant, labelled: Iterable[GoldQuestion]) -> Iterator[TrainingCase]:
    """Yield the questions whose answer is among their candidates."""
    corpus = assistant.corpus
    rows_by_name = {f"{passage.symbol} {passage.label}": passage.row for passage in corpus.passages}
    wordings = corpus.columns.rows["family"]
    for gold_question in labelled:
        gold = [rows_by_name[name] for name in gold_question.gold if name in rows_by_name]
        question = read_question(gold_question.turns[-1])
        scope = [masthead.symbol for masthead in scope_of(corpus, question)]
        candidates = assistant.retriever.candidates(question, scope=scope) if gold else None
        if not candidates:
            continue
        scores, best = _nearest_candidates(candidates, gold)
        rows = candidates.rows[best]
        is_right = np.isin(rows, gold)
        is_copy = np.isin(wordings[rows], wordings[gold])
        passages = [corpus.passages[row] for row in rows.tolist()]
        places = [corpus.passages.place(row) for row in rows.tolist()]
        if is_right.any():
            yield TrainingCase(
                whole=candidates.query.to_encode[1],
                topic=candidates.query.to_encode[0],
                texts=tuple(map(embedded_text, passages)),
                titles=tuple(context_text(corpus.texts.resolution(place)) for place in places),
                others=scores[best],
                right=tuple(np.flatnonzero(is_right).tolist()),
                wrong=tuple(np.flatnonzero(~is_copy).tolist()),
            )


def _nearest_candidates(candidates: Candidates, gold: Sequence[int]) -> tuple[Floats, list[int]]:
    """Return scores without tokens, and the positions of the best and of the gold passages."""
    weights = load_weights().ranking.with_tokens
    others = {name: weight for name, weight in weights.items() if name not in TOKEN_FEATURES}
    scores = weighted_sum(candidates.features, others)
    order = np.lexsort((candidates.rows, -scores))
    is_gold = np.isin(candidates.rows, gold)
    kept = set(order[:NEAREST].tolist()) | set(np.flatnonzero(is_gold).tolist())
    return scores, [position for position in order.tolist() if position in kept]


class Change(torch.nn.Module):
    """A low-rank change to a weight: the product of two thin matrices, at first zero."""

    def __init__(self, rows: int, columns: int) -> None:
        super().__init__()
        self.down = torch.nn.Parameter(torch.randn(RANK, columns) / math.sqrt(columns))
        self.up = torch.nn.Parameter(torch.zeros(rows, RANK))

    def forward(self, weight: torch.Tensor) -> torch.Tensor:
        """Return the changed weight."""
        return weight + self.up @ self.down


class Learner:
    """The packaged model with the changes that are learned."""

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
        """Return the vectors of each text."""
        encodings: dict[str, Made] = {}
        order = sorted(set(texts), key=lambda text: (-len(text), text))
        with torch.set_grad_enabled(learns):
            for start in range(0, len(order), TEXTS):
                encodings |= self._encode_together(order[start : start + TEXTS])
        return encodings

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
        for number, text in enumerate(texts):
            kept = (marks[number] == 0).nonzero()[:, 0]
            is_content = torch.from_numpy(content(text, spans[number][kept].tolist()))
            yield text, (vectors[number], small[number][kept[is_content]])

    def learn(self, cases: Sequence[TrainingCase], out: Path) -> None:
        """Train on all questions in batches; write the adapter from time to time."""
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
        for number, batch in enumerate(_steps(cases, chance)):
            loss = self._loss(batch, scales, chance)
            optimizer.zero_grad()
            torch.autograd.backward(loss)
            torch.nn.utils.clip_grad_norm_([*changes, self.projection], 1.0)
            optimizer.step()
            schedule.step()
            losses.append(loss.item())
            if number % 25 == 24:
                spent = time.perf_counter() - start
                mean = np.mean(losses[-50:])
                print(f"step {number + 1} of {steps}, loss {mean:.3f}, {spent:.0f} s", flush=True)
                self.save(out)
        self.save(out)

    def _loss(
        self, cases: Sequence[TrainingCase], scales: torch.Tensor, chance: random.Random
    ) -> torch.Tensor:
        """Return the loss of a batch of questions."""
        shown = [_shown(case, chance) for case in cases]
        picked = list(zip(cases, shown, strict=True))
        texts = [[case.texts[number] for number in chosen] for case, chosen in picked]
        asked = [text for case in cases for text in (case.whole, case.topic)]
        made = self.encode([*asked, *(text for each in texts for text in each)], learns=True)
        titles = self.encode(case.titles[number] for case, chosen in picked for number in chosen)
        losses = []
        for (case, chosen), each in zip(picked, texts, strict=True):
            in_texts = [made[text][1] for text in each]
            in_titles = [titles[case.titles[number]][1] for number in chosen]
            features = (
                _weighted_max_sim(made[text][1], in_texts, in_titles)
                for text in (case.whole, case.topic)
            )
            scores = torch.from_numpy(case.others[chosen])
            for scale, feature in zip(scales, features, strict=True):
                scores = scores + scale * feature
            losses.append(-functional.log_softmax(scores, 0)[0])
        vectors = torch.stack([made[text][0] for each in texts for text in each])
        questions = torch.stack([made[case.whole][0] for case in cases])
        firsts = torch.tensor(np.cumsum([0, *map(len, shown)])[:-1])
        vector_loss = functional.cross_entropy(SHARPNESS * questions @ vectors.T, firsts)
        return torch.stack(losses).mean() + VECTOR_LOSS_WEIGHT * vector_loss

    def save(self, path: Path) -> None:
        """Write the changes and the projection, in 16 bits."""
        tensors = {PROJECTION: _half(self.projection)}
        for name, change in self.changes.items():
            tensors |= {name + DOWN: _half(change.down), name + UP: _half(change.up)}
        save_file(tensors, path)
        path.chmod(0o644)


def _changed(model: SentenceTransformer) -> Iterator[tuple[str, Change]]:
    """Register the changes to the weights of the upper layers; yield their names and changes."""
    matches = (_LAYER.search(name) for name, _ in model.named_parameters())
    layers = {int(match[1]) for match in matches if match}
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
    """Return the candidates of a step: one that answers, then others, the best the likeliest."""
    left, others = list(case.wrong), list[int]()
    while left and len(others) < SHOWN - 1:
        weights = [1 / (case.wrong.index(number) + 4) for number in left]
        (drawn,) = chance.choices(left, weights)
        left.remove(drawn)
        others.append(drawn)
    return [chance.choice(case.right), *others]


def _weighted_max_sim(
    question: torch.Tensor, texts: Sequence[torch.Tensor], titles: Sequence[torch.Tensor]
) -> torch.Tensor:
    """Return `weighted_max_sim` of `qa.search.late_interaction`, as a function to be learned."""
    in_text, in_title = (
        torch.stack([_nearest(question, tokens) for tokens in each]) for each in (texts, titles)
    )
    weights = (1 - in_title).clamp(load_weights().features.min_title_gap, 1) ** 2
    return (in_text * weights).sum(1) / weights.sum(1)


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
