"""The model as sentence-transformers runs it: exact, on any processor, slow to load."""

import contextlib
import logging
import sys
import threading
import warnings
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Self

import numpy as np
import numpy.typing as npt

from embeddings.index_errors import ModelNotFoundError
from embeddings.model.lora import LoraAdapter, adapt
from embeddings.model.model_id import ModelId
from embeddings.model.token_vectors import Spans

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

Floats = npt.NDArray[np.float32]

BATCH_TEXTS = 32


class TorchModel:
    """A loaded sentence-transformers model. It may be shared between threads: they take turns."""

    def __init__(self, model: "SentenceTransformer", projection: Floats | None = None) -> None:
        self.model = model
        self.projection = projection  # of token vectors, (width, dimension)
        # A fast tokenizer answers "Already borrowed" to a second thread.
        self._turn = threading.Lock()

    @classmethod
    def load(cls, folder: Path, identity: ModelId, adapter: LoraAdapter | None = None) -> Self:
        """Return the model in `folder`, changed by `adapter`.

        Raises:
            ModelNotFoundError: it cannot be loaded, or differs from its configuration.
        """
        with quiet():
            from sentence_transformers import SentenceTransformer

            try:
                model = SentenceTransformer(
                    str(folder),
                    device="cpu",
                    local_files_only=True,
                    model_kwargs={"use_safetensors": True},
                )
            except (OSError, ValueError, KeyError, ImportError, RuntimeError) as error:
                problem = f"{folder} is not a sentence-transformers model ({error})"
                raise ModelNotFoundError(identity.name, problem) from error
        if model.get_embedding_dimension() != identity.dimension:
            problem = f"its vectors do not have the {identity.dimension} numbers it states"
            raise ModelNotFoundError(identity.name, problem)
        if adapter is not None:
            adapt(model, adapter)
        return cls(model, adapter.projection if adapter else None)

    @property
    def max_tokens(self) -> int:
        """The most tokens of a text that are encoded, special tokens included."""
        limit = self.model.max_seq_length
        return sys.maxsize if limit is None else int(limit)

    def is_longer(self, text: str, tokens: int) -> bool:
        """Return whether `text` has more than `tokens` tokens, special tokens included."""
        with self._turn:
            encoding = self.model.tokenizer(text, truncation=True, max_length=tokens + 1)
        return len(encoding["input_ids"]) > tokens

    def encode(self, texts: Sequence[str]) -> Floats:
        """Return the unit vectors of a few texts, in their order: float32 (n, dimension)."""
        with self._turn:
            rows = self.model.encode(
                list(texts),
                batch_size=BATCH_TEXTS,
                show_progress_bar=False,
                convert_to_numpy=True,
                normalize_embeddings=True,
            )
        return np.asarray(rows, dtype=np.float32)

    def encode_tokens(self, texts: Sequence[str]) -> Iterator[tuple[Floats, Floats, Spans]]:
        """Yield for each text its vector, its token vectors, and the spans of its tokens.

        The vector is float32 (dimension,) of unit length; the token vectors are float32 (t, width)
        of any length, without special tokens. Only for a model with a projection.
        """
        return map(self._whole, texts)

    def _whole(self, text: str) -> tuple[Floats, Floats, Spans]:
        if self.projection is None:
            raise ValueError("the model has no projection")
        # One at a time: in a batch the last digits depend on the other texts.
        row = self.encode([text])[0]
        with self._turn:
            vectors = self.model.encode(
                text, output_value="token_embeddings", show_progress_bar=False
            )
            marks = self.model.tokenizer(
                text,
                truncation=True,
                max_length=self.model.max_seq_length,
                return_special_tokens_mask=True,
                return_offsets_mapping=True,
            )
        kept = [
            position for position, is_mark in enumerate(marks["special_tokens_mask"]) if not is_mark
        ]
        spans = [tuple(marks["offset_mapping"][position]) for position in kept]
        return row, np.asarray(vectors, dtype=np.float32)[kept] @ self.projection.T, spans


@contextlib.contextmanager
def quiet() -> Iterator[None]:
    """Suppress progress bars, log messages and warnings while a model loads."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from transformers.utils import logging as chatter

        level, bars = chatter.get_verbosity(), chatter.is_progress_bar_enabled()
        chatter.set_verbosity(logging.ERROR)
        chatter.disable_progress_bar()  # type: ignore[no-untyped-call]
        try:
            yield
        finally:
            chatter.set_verbosity(level)
            if bars:
                chatter.enable_progress_bar()  # type: ignore[no-untyped-call]
