"""The model in ONNX with weights of 8 bits: made once from the plain one, and kept.

It encodes three times as many texts a second as the plain model and loads without torch
(benchmarks/README.md). Each text goes through it alone: 8-bit numbers are scaled to what is
encoded together, and a text should have one vector, whatever its company.
"""

import contextlib
import hashlib
import json
import logging
import os
import shutil
import tempfile
import warnings
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self, TypeVar

import numpy as np
import numpy.typing as npt

from embeddings.model.model_cache import cache_folder
from embeddings.model.model_id import ModelId, sha256
from embeddings.model.token_vectors import Spans

if TYPE_CHECKING:
    from tokenizers import Encoding

    from embeddings.model.torch_model import TorchModel


Floats = npt.NDArray[np.float32]
Value = TypeVar("Value")

RECIPE = 5  # goes up with every change of how a model is compiled
VECTOR, TOKENS = "vector", "tokens"  # outputs of the graph
MODEL_FILE, TOKENIZER_FILE, FACTS_FILE = "model.onnx", "tokenizer.json", "facts.json"
OPSET = 17  # the newest that torch's tracing exporter writes and onnxruntime quantises
LEAST_AGREEMENT = (
    0.94  # cosine of one text by both models; measured: a word 0.957, a paragraph 0.99
)
_SAMPLE = (
    "peace",
    "Requests the Secretary-General to report to the General Assembly at its next session",
    "Who pays for the mission?",
    "Decides to remain actively seized of the matter.",
    "Recalling its resolution 217 A (III) of 10 December 1948, " * 12,
    "联合国大会",
)


class OnnxModel:
    """A compiled model, ready to encode. It may be shared between threads."""

    def __init__(self, folder: Path, facts: dict[str, Any]) -> None:
        import onnxruntime as ort
        from tokenizers import Tokenizer

        options = ort.SessionOptions()
        options.intra_op_num_threads = 1  # texts are spread over the cores, not parts of one
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        self._session = ort.InferenceSession(
            str(folder / MODEL_FILE), options, providers=["CPUExecutionProvider"]
        )
        self._inputs = [one.name for one in self._session.get_inputs()]
        self._tokenizer = Tokenizer.from_file(str(folder / TOKENIZER_FILE))
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()
        self.max_tokens = int(facts["max_tokens"])
        # Beside these, the thread that asks encodes, too.
        others = max(1, (os.cpu_count() or 1) - 1)
        self._workers = ThreadPoolExecutor(others, thread_name_prefix="encode")

    @classmethod
    def load(cls, identity: ModelId) -> Self | None:
        """Return the compiled form of a model if it is at hand as it was written, else None."""
        folder = _folder(identity)
        try:
            facts = json.loads((folder / FACTS_FILE).read_text(encoding="utf-8"))
            if all(sha256(folder / name) == facts[name] for name in (MODEL_FILE, TOKENIZER_FILE)):
                return cls(folder, facts)
        except (OSError, ValueError, KeyError, ImportError):
            pass
        return None

    @classmethod
    def make(cls, plain: "TorchModel", identity: ModelId) -> Self | None:
        """Compile a model, keep the result, and return it.

        None where it cannot be had: a model that cannot be exported, a folder that cannot be
        written, or vectors that do not agree with the plain ones.
        """
        folder = _folder(identity)
        try:
            folder.parent.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".making-") as name:
                made = Path(name) / "made"
                made.mkdir()
                facts = _compile(plain, made)
                compiled = cls(made, facts)
                agreement = np.einsum("ij,ij->i", compiled.encode(_SAMPLE), plain.encode(_SAMPLE))
                if agreement.min() < LEAST_AGREEMENT:
                    return None
                if folder.exists():
                    shutil.rmtree(folder)
                made.rename(folder)
        except (
            OSError,
            ImportError,
            RuntimeError,
            ValueError,
            TypeError,
            LookupError,
            AttributeError,
        ):
            return cls.load(identity)  # another process may have made it meanwhile
        return compiled

    def is_longer(self, text: str, tokens: int) -> bool:
        """Tell whether `text` has more than so many tokens, marks at both ends included."""
        return len(self._tokenizer.encode(text).ids) > tokens

    def encode(self, texts: Sequence[str]) -> Floats:
        """Return unit rows for a few texts, in their order: float32 (n, dimension)."""
        return np.stack([*self._spread(self._row, texts)])

    def encode_tokens(self, texts: Sequence[str]) -> Iterator[tuple[Floats, Floats, Spans]]:
        """Yield for each text its row, float32 (dimension,), and small ones of its tokens.

        These are float32 (t, width), of any length, marks left out; the third is where each token
        begins and ends in the text. Only for a model that was compiled with a projection.
        """
        return self._spread(self._whole, texts)

    def _spread(self, work: Callable[[str], Value], texts: Sequence[str]) -> Iterator[Value]:
        """Yield what comes of each text, in their order; all are begun with the first.

        The thread that asks does not wait while there is a text that no worker has begun: waking
        another core can take as long as encoding a question.
        """
        given = {at: self._workers.submit(work, texts[at]) for at in range(1, len(texts))}
        not_begun = (at for at, one in given.items() if one.cancel())  # taken from the workers
        try:
            made = {0: work(texts[0])} if texts else {}
            for at in range(len(texts)):
                while at not in made and not given[at].done():
                    other = next(not_begun, None)
                    if other is None:
                        break
                    made[other] = work(texts[other])
                yield made.pop(at) if at in made else given[at].result()
        finally:  # nobody waits for the rest of what failed or was stopped
            for one in given.values():
                one.cancel()

    def _row(self, text: str) -> Floats:
        (vector,) = self._session.run([VECTOR], self._feeds(self._tokenizer.encode(text)))
        row: Floats = vector[0]
        return row

    def _whole(self, text: str) -> tuple[Floats, Floats, Spans]:
        found = self._tokenizer.encode(text)
        vector, tokens = self._session.run([VECTOR, TOKENS], self._feeds(found))
        marks = self._cut(found.special_tokens_mask)
        kept = [at for at, is_mark in enumerate(marks) if not is_mark]
        spans = self._cut(found.offsets)
        return vector[0], tokens[0][kept], [spans[at] for at in kept]

    def _feeds(self, found: "Encoding") -> dict[str, npt.NDArray[np.int64]]:
        parts = {
            "input_ids": found.ids,
            "attention_mask": found.attention_mask,
            "token_type_ids": found.type_ids,
        }
        return {name: np.array([self._cut(parts[name])], dtype=np.int64) for name in self._inputs}

    def _cut(self, values: list[Value]) -> list[Value]:
        """Return as many as the model sees; the last, a mark, is kept."""
        last = self.max_tokens - 1
        return values if len(values) <= last + 1 else [*values[:last], values[-1]]


def _folder(identity: ModelId) -> Path:
    import onnxruntime

    what = f"{identity.fingerprint} {RECIPE} {onnxruntime.__version__}"
    return cache_folder() / "encoders" / hashlib.sha256(what.encode()).hexdigest()[:16]


def _compile(plain: "TorchModel", folder: Path) -> dict[str, Any]:
    """Write the files of a compiled model, and return its facts."""
    import onnx
    import torch
    from onnxruntime.quantization import QuantType, quantize_dynamic

    model, projection = plain.model.eval(), plain.projection
    names = [str(name) for name in model.tokenizer.model_input_names]

    class Whole(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.model = model

        def forward(self, *tensors: torch.Tensor) -> tuple[torch.Tensor, ...]:
            found = self.model(dict(zip(names, tensors, strict=True)))
            vector = torch.nn.functional.normalize(found["sentence_embedding"], dim=-1)
            if projection is None:
                return (vector,)
            return vector, found["token_embeddings"] @ torch.from_numpy(projection).T

    sample = model.tokenizer(list(_SAMPLE[:2]), padding=True, return_tensors="pt")
    exported = folder / "exported.onnx"
    with _silence(), torch.no_grad():
        torch.onnx.export(
            Whole(),
            tuple(sample[name] for name in names),
            str(exported),
            input_names=names,
            output_names=[VECTOR] if projection is None else [VECTOR, TOKENS],
            dynamic_axes={
                **{name: {0: "text", 1: "token"} for name in names},
                VECTOR: {0: "text"},
                **({} if projection is None else {TOKENS: {0: "text", 1: "token"}}),
            },
            opset_version=OPSET,
            dynamo=False,
        )
        # The projection is small, and what it makes is brought to 8 bits anyway.
        nodes = onnx.load(str(exported)).graph.node
        quantize_dynamic(
            str(exported),
            str(folder / MODEL_FILE),
            op_types_to_quantize=["MatMul", "Gemm"],
            per_channel=True,
            weight_type=QuantType.QInt8,
            # Products of 7 bits never overflow 16: without it, processors that lack VNNI cut
            # them off and give other vectors than those that have it.
            reduce_range=True,
            nodes_to_exclude=[node.name for node in nodes if TOKENS in node.output],
        )
    exported.unlink()
    tokenizer = folder / TOKENIZER_FILE
    tokenizer.write_text(model.tokenizer.backend_tokenizer.to_str(), encoding="utf-8")
    facts = {
        "max_tokens": plain.max_tokens,
        MODEL_FILE: sha256(folder / MODEL_FILE),
        TOKENIZER_FILE: sha256(tokenizer),
    }
    (folder / FACTS_FILE).write_text(json.dumps(facts, indent=1), encoding="utf-8")
    return facts


@contextlib.contextmanager
def _silence() -> Iterator[None]:
    """Nothing on stderr while a model is compiled: exporters give advice to their authors."""
    before = logging.root.manager.disable
    logging.disable(logging.ERROR)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        logging.disable(before)
