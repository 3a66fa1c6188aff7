"""Texts in, unit vectors out: a sentence-transformers model that never asks the network."""

import contextlib
import logging
import sys
import threading
import warnings
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Self

import numpy as np
import numpy.typing as npt

from embeddings.errors import ModelNotFoundError
from embeddings.lean import lean_imports
from embeddings.model import ModelId, identify, model_id

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

__all__ = ["Encoder", "ModelId", "model_id"]

Floats = npt.NDArray[np.float32]

BATCH_TEXTS = 32
UNIT_TOLERANCE = 1e-3
# No tokenizer in use makes longer tokens than this on average from running English (about 5).
CHARACTERS_PER_TOKEN = 16


class Encoder:
    """A loaded model. It may be shared between threads: they take turns."""

    def __init__(self, model: "SentenceTransformer", identity: ModelId) -> None:
        self._model = model
        self._id = identity
        # A fast tokenizer answers "Already borrowed" to a second thread.
        self._turn = threading.Lock()

    @classmethod
    def load(cls, name: str | None = None) -> Self:
        """Return the model `name`, ready to encode on the processor.

        Args:
            name: None for the packaged default, all-MiniLM-L6-v2; otherwise a folder, or a hub
                name that is already in this computer's cache.

        Raises:
            ModelNotFoundError: no such model here, its files are incomplete, or the default
                model's weights are not the published ones.
        """
        identity, folder = identify(name)
        with _silence(), lean_imports():
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
        return cls(model, identity)

    @property
    def id(self) -> ModelId:
        """Which model this is."""
        return self._id

    @property
    def max_tokens(self) -> int:
        """Tokens of a text that count, marks at both ends included; the rest is not seen."""
        limit = self._model.max_seq_length
        return sys.maxsize if limit is None else int(limit)

    def truncates(self, text: str) -> bool:
        """Return whether `text` is longer than the model sees, by its own tokenizer."""
        return self._overflows(self._head(_printable(text)))

    def encode(
        self, texts: Sequence[str], *, progress: Callable[[int], None] | None = None
    ) -> Floats:
        """Return one vector a text, in the order of `texts`; equal texts are encoded once.

        Args:
            texts: any strings; what lies beyond `max_tokens` does not count.
            progress: called with the number of texts newly done; the numbers add up to
                `len(texts)`.

        Returns:
            float32, shape (len(texts), dimension), rows of unit length. A row may differ in its
            last digits (below 1e-5) with the company in which its text was encoded.
        """
        copies = Counter(texts)
        # Neighbours in length share a batch, so little of it is padding; longest first, so
        # that the time left is never underestimated. The sort is stable: no hash order.
        distinct = sorted(copies, key=len, reverse=True)
        rows = np.zeros((len(distinct), self._id.dimension), dtype=np.float32)
        for start in range(0, len(distinct), BATCH_TEXTS):
            batch = distinct[start : start + BATCH_TEXTS]
            rows[start : start + len(batch)] = self._encode_batch(batch)
            if progress is not None:
                progress(sum(copies[text] for text in batch))
        places = {text: place for place, text in enumerate(distinct)}
        order = np.fromiter((places[text] for text in texts), dtype=np.int64, count=len(texts))
        return rows[order]

    def _encode_batch(self, batch: list[str]) -> Floats:
        """Unit rows for a few texts, at most one padded batch."""
        heads = [self._head(_printable(text)) for text in batch]
        with self._turn:
            rows = self._model.encode(
                heads,
                batch_size=BATCH_TEXTS,
                show_progress_bar=False,
                convert_to_numpy=True,
                normalize_embeddings=True,
            )
        found = np.asarray(rows, dtype=np.float32)
        lengths = np.linalg.norm(found, axis=1)
        if not np.all(np.abs(lengths - 1) <= UNIT_TOLERANCE):
            raise ValueError(f"{self._id.name} gave a vector that is not of unit length")
        return found

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
        if self.max_tokens == sys.maxsize:
            return False
        with self._turn:
            tokens = self._model.tokenizer(text, truncation=True, max_length=self.max_tokens + 1)
        return len(tokens["input_ids"]) > self.max_tokens


def _printable(text: str) -> str:
    """`text` with lone surrogates replaced: they have no UTF-8, which tokenizers need."""
    return text.encode("utf-8", "replace").decode("utf-8")


@contextlib.contextmanager
def _silence() -> Iterator[None]:
    """Nothing on stderr while a model loads: no bars, no advice, no warnings."""
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
