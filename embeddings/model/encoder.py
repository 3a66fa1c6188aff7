"""Texts in, unit vectors out: a sentence-transformers model that never asks the network."""

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
    """A model in one of the forms in which it can run."""

    @property
    def max_tokens(self) -> int:
        """Tokens of a text that count, marks at both ends included."""

    def is_longer(self, text: str, tokens: int) -> bool:
        """Tell whether `text` has more than so many tokens."""

    def encode(self, texts: Sequence[str]) -> Floats:
        """Return a row for each text, in their order."""

    def encode_tokens(self, texts: Sequence[str]) -> Iterator[tuple[Floats, Floats, Spans]]:
        """Yield for each text its row, small ones of its tokens, and where these stand in it."""


@dataclass(frozen=True, slots=True, eq=False)
class Encoding:
    """What a model makes of a text."""

    vector: Floats  # float32 (dimension,), of unit length
    tokens: Codes
    """A small vector for each token of its content words, int8 (t, width); see `coded`. None where
    the model has no projection that makes them small."""


class Encoder:
    """A loaded model. It may be shared between threads."""

    def __init__(self, runner: Runner, identity: ModelId, width: int = 0) -> None:
        self._runner = runner
        self._id = identity
        self.width = width  # numbers in a small vector of a token; 0 where the model has none

    @classmethod
    def load(cls, name: str | None = None, *, exact: bool = False) -> Self:
        """Return the model `name`, ready to encode on the processor.

        It is compiled for the processor at its first use (`onnx_model`), which takes some
        seconds, and runs as it is where that cannot be done.

        Args:
            name: None for the packaged default, all-MiniLM-L6-v2 with what it has learned from
                questions about resolutions; otherwise a folder, or a hub name that is already in
                this computer's cache.
            exact: whether to run it as sentence-transformers does, in 32 bits.

        Raises:
            ModelNotFoundError: no such model here, its files are incomplete, or the default
                model's weights are not the published ones.
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
        """Tokens of a text that count, marks at both ends included; the rest is not seen."""
        return self._runner.max_tokens

    def encode(self, texts: Sequence[str]) -> Floats:
        """Return the vector of each text, in the order of `texts`; equal texts are encoded once.

        Args:
            texts: any strings; what lies beyond `max_tokens` does not count.

        Returns:
            float32, shape (len(texts), dimension), rows of unit length. A text has the same row in
            any company; run exactly, rows may differ in their last digits (below 1e-5).
        """
        found = self._in_order(texts, lambda batch: list(self._vectors(batch)))
        return np.array(found, dtype=np.float32).reshape(len(texts), self._id.dimension)

    def encodings(
        self, texts: Sequence[str], *, progress: Callable[[int], None] | None = None
    ) -> list[Encoding]:
        """Return what the model makes of each text, in the order of `texts`; see `encode`.

        Args:
            texts: any strings.
            progress: called with the number of texts newly done; the numbers add up to
                `len(texts)`.
        """
        return self._in_order(texts, lambda batch: list(self._each(batch)), progress)

    def encode_lazily(self, texts: Sequence[str]) -> Iterator[Encoding]:
        """Yield what the model makes of each of a few texts, in their order; see `encode`.

        All are begun with the first, as far as there are cores: what can be done with that is done
        while the last are encoded.
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
        """Do the distinct texts in batches, and return what comes of each text."""
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
        found = self._runner.encode_tokens(batch)
        for text, (vector, tokens, spans) in zip(batch, found, strict=True):
            (row,) = self._checked(vector[None])
            yield Encoding(row, coded(tokens[content(text, spans)]))

    def _checked(self, rows: Floats) -> Floats:
        lengths = np.linalg.norm(rows, axis=1)
        if not np.all(np.abs(lengths - 1) <= UNIT_TOLERANCE):
            raise ValueError(f"{self._id.name} gave a vector that is not of unit length")
        return rows

    def _head(self, text: str) -> str:
        """A beginning of `text`, cut at a blank, that holds every token the model will see."""
        size = CHARACTERS_PER_TOKEN * self.max_tokens
        while size < len(text):
            head = text[:size].rsplit(maxsplit=1)[0] if text[:size].strip() else ""
            if self._overflows(head):
                return head
            size *= 4
        return text

    def _overflows(self, text: str) -> bool:
        """Whether `text` has more tokens than the model sees."""
        limit = self.max_tokens
        return limit != sys.maxsize and self._runner.is_longer(text, limit)


def _loaded(identity: ModelId, folder: Path, adapter: LoraAdapter | None, *, exact: bool) -> Runner:
    """Return a model as it is or, unless it is to be exact, compiled, where that can be done."""
    from embeddings.model.torch_model import TorchModel

    plain = TorchModel.load(folder, identity, adapter)
    return (None if exact else OnnxModel.make(plain, identity)) or plain


def _printable(text: str) -> str:
    """`text` with lone surrogates replaced: they have no UTF-8, which tokenizers need."""
    return text.encode("utf-8", "replace").decode("utf-8")
