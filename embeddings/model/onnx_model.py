"""The model in ONNX with 8-bit weights, compiled once from the plain model and cached.

It encodes three times as many texts a second as the plain model and loads without torch
(benchmarks/README.md). Each text is encoded alone: dynamic quantisation scales to the whole batch,
and the vector of a text must not depend on other texts.
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
    import torch
    from tokenizers import Encoding

    from embeddings.model.torch_model import TorchModel


Floats = npt.NDArray[np.float32]
Value = TypeVar("Value")

RECIPE = 5  # increases with every change of how a model is compiled
VECTOR, TOKENS = "vector", "tokens"  # outputs of the graph
MODEL_FILE, TOKENIZER_FILE, FACTS_FILE = "model.onnx", "tokenizer.json", "facts.json"
OPSET = 17  # the newest that torch's tracing exporter writes and onnxruntime quantises
# Cosine of one text by both models; measured: a word 0.957, a paragraph 0.99.
LEAST_AGREEMENT = 0.94
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
        self._inputs = [argument.name for argument in self._session.get_inputs()]
        self._tokenizer = Tokenizer.from_file(str(folder / TOKENIZER_FILE))
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()
        self.max_tokens = int(facts["max_tokens"])
        # The calling thread encodes as well.
        others = max(1, (os.cpu_count() or 1) - 1)
        self._workers = ThreadPoolExecutor(others, thread_name_prefix="encode")

    @classmethod
    def load(cls, identity: ModelId) -> Self | None:
        """Return the compiled form of a model; None if it is not in the cache or damaged."""
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
        """Compile a model, store the result in the cache, and return it.

        None if the model cannot be exported, the folder cannot be written, or the vectors do not
        agree with those of the plain model.
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
            return cls.load(identity)  # another process may have compiled it meanwhile
        return compiled

    def is_longer(self, text: str, tokens: int) -> bool:
        """Return whether `text` has more than `tokens` tokens, special tokens included."""
        return len(self._tokenizer.encode(text).ids) > tokens

    def encode(self, texts: Sequence[str]) -> Floats:
        """Return the unit vectors of a few texts, in their order: float32 (n, dimension)."""
        return np.stack([*self._spread(self._row, texts)])

    def encode_tokens(self, texts: Sequence[str]) -> Iterator[tuple[Floats, Floats, Spans]]:
        """Yield for each text its vector, its token vectors, and the spans of its tokens.

        The vector is float32 (dimension,) of unit length; the token vectors are float32 (t, width)
        of any length, without special tokens. Only for a model compiled with a projection.
        """
        return self._spread(self._whole, texts)

    def _spread(self, work: Callable[[str], Value], texts: Sequence[str]) -> Iterator[Value]:
        """Yield the result of `work` for each text, in their order; all start with the first.

        The calling thread does not wait while there is a text that no worker has started: waking
        another core can take as long as encoding a question. It cancels the task of the worker.
        """
        futures = {
            position: self._workers.submit(work, texts[position])
            for position in range(1, len(texts))
        }
        not_begun = (position for position, future in futures.items() if future.cancel())
        try:
            results = {0: work(texts[0])} if texts else {}
            for position in range(len(texts)):
                while position not in results and not futures[position].done():
                    other = next(not_begun, None)
                    if other is None:
                        break
                    results[other] = work(texts[other])
                if position in results:
                    yield results.pop(position)
                else:
                    yield futures[position].result()
        finally:  # after a failure or a stop the other results are not needed
            for future in futures.values():
                future.cancel()

    def _row(self, text: str) -> Floats:
        (vector,) = self._session.run([VECTOR], self._feeds(self._tokenizer.encode(text)))
        row: Floats = vector[0]
        return row

    def _whole(self, text: str) -> tuple[Floats, Floats, Spans]:
        encoding = self._tokenizer.encode(text)
        vector, tokens = self._session.run([VECTOR, TOKENS], self._feeds(encoding))
        marks = self._cut(encoding.special_tokens_mask)
        kept = [position for position, is_mark in enumerate(marks) if not is_mark]
        spans = self._cut(encoding.offsets)
        return vector[0], tokens[0][kept], [spans[position] for position in kept]

    def _feeds(self, encoding: "Encoding") -> dict[str, npt.NDArray[np.int64]]:
        parts = {
            "input_ids": encoding.ids,
            "attention_mask": encoding.attention_mask,
            "token_type_ids": encoding.type_ids,
        }
        return {name: np.array([self._cut(parts[name])], dtype=np.int64) for name in self._inputs}

    def _cut(self, values: list[Value]) -> list[Value]:
        """Return as many values as the model sees tokens; the last, a special token, is kept."""
        last = self.max_tokens - 1
        return values if len(values) <= last + 1 else [*values[:last], values[-1]]


def _folder(identity: ModelId) -> Path:
    import onnxruntime

    what = f"{identity.fingerprint} {RECIPE} {onnxruntime.__version__}"
    return cache_folder() / "encoders" / hashlib.sha256(what.encode()).hexdigest()[:16]


def _compile(plain: "TorchModel", folder: Path) -> dict[str, Any]:
    """Write the files of a compiled model, and return its facts."""
    exported = folder / "exported.onnx"
    with _silence():
        _export(plain, exported)
        _quantize(exported, folder / MODEL_FILE)
    exported.unlink()
    tokenizer = folder / TOKENIZER_FILE
    tokenizer.write_text(plain.model.tokenizer.backend_tokenizer.to_str(), encoding="utf-8")
    facts = {
        "max_tokens": plain.max_tokens,
        MODEL_FILE: sha256(folder / MODEL_FILE),
        TOKENIZER_FILE: sha256(tokenizer),
    }
    (folder / FACTS_FILE).write_text(json.dumps(facts, indent=1), encoding="utf-8")
    return facts


def _export(plain: "TorchModel", path: Path) -> None:
    """Write the graph of a model in 32 bits, with the projection of its tokens if it has one."""
    import torch

    names = [str(name) for name in plain.model.tokenizer.model_input_names]
    sample = plain.model.tokenizer(list(_SAMPLE[:2]), padding=True, return_tensors="pt")
    has_tokens = plain.projection is not None
    with torch.no_grad():
        torch.onnx.export(
            _module(plain, names),
            tuple(sample[name] for name in names),
            str(path),
            input_names=names,
            output_names=[VECTOR, TOKENS] if has_tokens else [VECTOR],
            dynamic_axes={
                **{name: {0: "text", 1: "token"} for name in names},
                VECTOR: {0: "text"},
                **({TOKENS: {0: "text", 1: "token"}} if has_tokens else {}),
            },
            opset_version=OPSET,
            dynamo=False,
        )


def _module(plain: "TorchModel", names: Sequence[str]) -> "torch.nn.Module":
    """Return the computation that is exported: tensors in the order of `names` in, vectors out."""
    import torch

    model, projection = plain.model.eval(), plain.projection

    class Exported(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.model = model

        def forward(self, *tensors: torch.Tensor) -> tuple[torch.Tensor, ...]:
            outputs = self.model(dict(zip(names, tensors, strict=True)))
            vector = torch.nn.functional.normalize(outputs["sentence_embedding"], dim=-1)
            if projection is None:
                return (vector,)
            return vector, outputs["token_embeddings"] @ torch.from_numpy(projection).T

    return Exported()


def _quantize(exported: Path, path: Path) -> None:
    """Write a graph with the weights of its products in 8 bits."""
    import onnx
    from onnxruntime.quantization import QuantType, quantize_dynamic

    # The projection is small, and its outputs are stored in 8 bits anyway.
    nodes = onnx.load(str(exported)).graph.node
    quantize_dynamic(
        str(exported),
        str(path),
        op_types_to_quantize=["MatMul", "Gemm"],
        per_channel=True,
        weight_type=QuantType.QInt8,
        # Products of 7 bits never overflow 16: without it, processors that lack VNNI saturate
        # them and give other vectors than those that have it.
        reduce_range=True,
        nodes_to_exclude=[node.name for node in nodes if TOKENS in node.output],
    )


@contextlib.contextmanager
def _silence() -> Iterator[None]:
    """Suppress log messages and warnings while a model is compiled: they address developers."""
    before = logging.root.manager.disable
    logging.disable(logging.ERROR)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        logging.disable(before)
