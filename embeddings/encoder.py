"""Texts in, unit vectors out: a sentence-transformers model that never asks the network."""

import sys
import threading
from collections import Counter, OrderedDict
from collections.abc import Callable, Sequence
from typing import Protocol, Self

import numpy as np
import numpy.typing as npt

from embeddings.compiled import Compiled
from embeddings.model import ModelId, identify, model_id

__all__ = ["Encoder", "ModelId", "model_id"]

Floats = npt.NDArray[np.float32]
Halves = npt.NDArray[np.float16]

BATCH_TEXTS = 32
REMEMBERED = 500  # texts whose token vectors are kept: some 0.1 MB each
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

    def encode_tokens(self, texts: Sequence[str]) -> list[Floats]:
        """Return unit rows for the tokens of each text, marks left out."""


class Recent:
    """The token vectors of the texts that were asked for last. Threads may share it."""

    def __init__(self, count: int) -> None:
        self._count = count
        self._rows: OrderedDict[str, Halves] = OrderedDict()
        self._turn = threading.Lock()

    def __len__(self) -> int:
        return len(self._rows)

    def get(self, text: str) -> Halves | None:
        """Return what is kept for a text, if it still is."""
        with self._turn:
            if text in self._rows:
                self._rows.move_to_end(text)
            return self._rows.get(text)

    def keep(self, text: str, rows: Halves) -> Halves:
        """Keep the vectors of a text, and return them; the text asked for longest ago goes."""
        with self._turn:
            self._rows[text] = rows
            if len(self._rows) > self._count:
                self._rows.popitem(last=False)
        return rows


class Encoder:
    """A loaded model. It may be shared between threads."""

    def __init__(self, runner: Runner, identity: ModelId) -> None:
        self._runner = runner
        self._id = identity
        self._recent = Recent(REMEMBERED)

    @classmethod
    def load(cls, name: str | None = None, *, exact: bool = False) -> Self:
        """Return the model `name`, ready to encode on the processor.

        It is compiled for the processor at its first use (`embeddings.compiled`), which takes some
        seconds, and runs as it is where that cannot be done.

        Args:
            name: None for the packaged default, all-MiniLM-L6-v2; otherwise a folder, or a hub
                name that is already in this computer's cache.
            exact: whether to run it as sentence-transformers does, in 32 bits.

        Raises:
            ModelNotFoundError: no such model here, its files are incomplete, or the default
                model's weights are not the published ones.
        """
        identity, folder = identify(name)
        if not exact and (compiled := Compiled.load(identity)):
            return cls(compiled, identity)
        from embeddings.plain import Plain

        plain = Plain.load(folder, identity)
        return cls((None if exact else Compiled.make(plain, identity)) or plain, identity)

    @property
    def id(self) -> ModelId:
        """Which model this is."""
        return self._id

    @property
    def max_tokens(self) -> int:
        """Tokens of a text that count, marks at both ends included; the rest is not seen."""
        return self._runner.max_tokens

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
            float32, shape (len(texts), dimension), rows of unit length. A text has the same row in
            any company; run exactly, rows may differ in their last digits (below 1e-5).
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

    def tokens(self, texts: Sequence[str]) -> list[Halves]:
        """Return a vector for each token of each text, in the order of `texts`.

        The texts met last are remembered, since one question often meets what another has met.

        Returns:
            For each text float16, shape (its tokens, dimension), rows of unit length but for
            rounding; the marks at both ends have none. Equal texts have equal rows.
        """
        found: dict[str, Halves] = {}
        for text in texts:
            if (rows := self._recent.get(text)) is not None:
                found[text] = rows
        missing = [text for text in dict.fromkeys(texts) if text not in found]
        made = self._runner.encode_tokens([self._head(_printable(text)) for text in missing])
        for text, fresh in zip(missing, made, strict=True):
            found[text] = self._recent.keep(text, fresh.astype(np.float16))
        return [found[text] for text in texts]

    def _encode_batch(self, batch: list[str]) -> Floats:
        """Unit rows for a few texts, at most one padded batch."""
        found = self._runner.encode([self._head(_printable(text)) for text in batch])
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
        limit = self.max_tokens
        return limit != sys.maxsize and self._runner.is_longer(text, limit)


def _printable(text: str) -> str:
    """`text` with lone surrogates replaced: they have no UTF-8, which tokenizers need."""
    return text.encode("utf-8", "replace").decode("utf-8")
