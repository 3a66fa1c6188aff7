"""Encodes texts into unit vectors with a sentence-transformers model, without network."""

import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, Self, TypeVar

import numpy as np
import numpy.typing as npt

from embeddings.model.lora import LoraAdapter, load_adapter
from embeddings.model.model_id import ADAPTER, DEFAULT_NAME, ModelId, identify, model_id
from embeddings.model.onnx_model import OnnxModel
from embeddings.model.token_vectors import Codes, Spans, coded, content

__all__ = ["Encoder", "Encoding", "ModelId", "model_id"]

Floats = npt.NDArray[np.float32]
Made = TypeVar("Made")

BATCH_TEXTS = 32
UNIT_TOLERANCE = 1e-3
# No tokenizer in use makes longer tokens than this on average from running English (about 5).
CHARACTERS_PER_TOKEN = 16


class Runner(Protocol):
    """A model in one of its runtimes."""

    @property
    def max_tokens(self) -> int:
        """The most tokens of a text that are encoded, special tokens included."""

    def is_longer(self, text: str, tokens: int) -> bool:
        """Return whether `text` has more than `tokens` tokens."""

    def encode(self, texts: Sequence[str]) -> Floats:
        """Return a vector for each text, in their order."""

    def encode_tokens(self, texts: Sequence[str]) -> Iterator[tuple[Floats, Floats, Spans]]:
        """Yield for each text its vector, its token vectors, and the spans of its tokens."""


@dataclass(frozen=True, slots=True, eq=False)
class Encoding:
    """The encoding of a text."""

    vector: Floats  # float32 (dimension,), of unit length
    tokens: Codes
    """A small vector for each token of its content words, int8 (t, width); see `coded`. No rows if
    the model has no projection that reduces them."""


class Encoder:
    """A loaded model. It may be shared between threads."""

    def __init__(self, runner: Runner, identity: ModelId, width: int = 0) -> None:
        self._runner = runner
        self._id = identity
        self.width = width  # dimension of a token vector; 0 if the model has none

    @classmethod
    def load(cls, name: str | None = None, *, exact: bool = False) -> Self:
        """Return the model `name`, ready to encode on the processor.

        It is compiled for the processor at its first use (`onnx_model`), which takes a few
        seconds; if that fails, the plain model runs.

        Args:
            name: None for the packaged default, all-MiniLM-L6-v2 fine-tuned with questions about
                resolutions; otherwise a folder, or a hub name in the cache of this computer.
            exact: whether to run it as sentence-transformers does, in 32 bits.

        Raises:
            ModelNotFoundError: the model is missing or incomplete, or the weights of the default
                model are not the published ones.
        """
        identity, folder = identify(name)
        adapter = load_adapter(ADAPTER) if identity.name == DEFAULT_NAME else None
        runner: Runner | None = None if exact else OnnxModel.load(identity)
        return cls(
            runner or _loaded(identity, folder, adapter, exact=exact),
            identity,
            len(adapter.projection) if adapter else 0,
        )

    @property
    def id(self) -> ModelId:
        """Which model this is."""
        return self._id

    @property
    def max_tokens(self) -> int:
        """The most tokens of a text that are encoded, special tokens included."""
        return self._runner.max_tokens

    def encode(self, texts: Sequence[str]) -> Floats:
        """Return the vector of each text, in the order of `texts`; equal texts are encoded once.

        Args:
            texts: any strings; tokens after `max_tokens` are ignored.

        Returns:
            float32, shape (len(texts), dimension), rows of unit length. The row of a text does not
            depend on the other texts; in exact mode, the last digits may differ (below 1e-5).
        """
        rows = self._in_order(texts, lambda batch: list(self._vectors(batch)))
        return np.array(rows, dtype=np.float32).reshape(len(texts), self._id.dimension)

    def encodings(
        self, texts: Sequence[str], *, progress: Callable[[int], None] | None = None
    ) -> list[Encoding]:
        """Return the encoding of each text, in the order of `texts`; see `encode`.

        Args:
            texts: any strings.
            progress: called with the number of newly encoded texts; the sum is `len(texts)`.
        """
        return self._in_order(texts, lambda batch: list(self._each(batch)), progress)

    def encode_lazily(self, texts: Sequence[str]) -> Iterator[Encoding]:
        """Yield the encoding of each of a few texts, in their order; see `encode`.

        All texts start with the first, as far as there are cores, so that the caller can use the
        first encoding while the last are computed.
        """
        coming = self._each([self._head(_printable(text)) for text in dict.fromkeys(texts)])
        made: dict[str, Encoding] = {}
        for text in texts:
            if text not in made:
                made[text] = next(coming)
            yield made[text]

    def _in_order(
        self,
        texts: Sequence[str],
        work: Callable[[list[str]], list[Made]],
        progress: Callable[[int], None] | None = None,
    ) -> list[Made]:
        """Apply `work` to the distinct texts in batches, and return the result of each text."""
        copies = Counter(texts)
        # Neighbours in length share a batch, so little of it is padding; longest first, so
        # that the time left is never underestimated. The sort is stable: no hash order.
        distinct = sorted(copies, key=len, reverse=True)
        made: dict[str, Made] = {}
        for start in range(0, len(distinct), BATCH_TEXTS):
            batch = distinct[start : start + BATCH_TEXTS]
            heads = [self._head(_printable(text)) for text in batch]
            made.update(zip(batch, work(heads), strict=True))
            if progress is not None:
                progress(sum(copies[text] for text in batch))
        return [made[text] for text in texts]

    def _vectors(self, batch: list[str]) -> Floats:
        return self._checked(self._runner.encode(batch))

    def _each(self, batch: list[str]) -> Iterator[Encoding]:
        if not self.width:
            none = np.zeros((0, 0), dtype=np.int8)
            yield from (Encoding(vector, none) for vector in self._vectors(batch))
            return
        encodings = self._runner.encode_tokens(batch)
        for text, (vector, tokens, spans) in zip(batch, encodings, strict=True):
            (row,) = self._checked(vector[None])
            yield Encoding(row, coded(tokens[content(text, spans)]))

    def _checked(self, rows: Floats) -> Floats:
        lengths = np.linalg.norm(rows, axis=1)
        if not np.all(np.abs(lengths - 1) <= UNIT_TOLERANCE):
            raise ValueError(f"{self._id.name} gave a vector that is not of unit length")
        return rows

    def _head(self, text: str) -> str:
        """Return the beginning of `text`, cut at a blank, with every token that is encoded."""
        size = CHARACTERS_PER_TOKEN * self.max_tokens
        while size < len(text):
            head = text[:size].rsplit(maxsplit=1)[0] if text[:size].strip() else ""
            if self._overflows(head):
                return head
            size *= 4
        return text

    def _overflows(self, text: str) -> bool:
        """Return whether `text` has more tokens than are encoded."""
        limit = self.max_tokens
        return limit != sys.maxsize and self._runner.is_longer(text, limit)


def _loaded(identity: ModelId, folder: Path, adapter: LoraAdapter | None, *, exact: bool) -> Runner:
    """Return the compiled model, or the plain one if `exact` or if it cannot be compiled."""
    from embeddings.model.torch_model import TorchModel

    plain = TorchModel.load(folder, identity, adapter)
    return (None if exact else OnnxModel.make(plain, identity)) or plain


def _printable(text: str) -> str:
    """Return `text` with lone surrogates replaced: tokenizers need UTF-8, which has none."""
    return text.encode("utf-8", "replace").decode("utf-8")
