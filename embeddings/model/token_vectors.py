"""Token vectors of texts: a small vector for each token of their content words."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from pathlib import Path
from typing import Self

import numpy as np
import numpy.typing as npt

from embeddings import text_analysis as analysis
from embeddings.index_errors import IndexDamagedError
from embeddings.mmap_arrays import FileRows, mapped
from embeddings.row_numbers import Ids

Floats = npt.NDArray[np.float32]
Codes = npt.NDArray[np.int8]
Spans = Sequence[tuple[int, int]]

TOKENS_FILE, ENDS_FILE = "tokens.npy", "token_ends.npy"
UNIT = 127  # a code is a number of a unit vector times this
_WORD = re.compile(r"[^\W_]+")
_TINY = 1e-9


class TokenVectors:
    """The small vectors of the tokens of texts, numbered from 0; a text may have none."""

    def __init__(self, codes: Codes | FileRows, ends: Ids) -> None:
        self._codes = codes  # int8 (all tokens, width)
        self._ends = ends  # text n has the rows from ends[n] to ends[n + 1]

    @classmethod
    def joined(cls, parts: Sequence[Codes], width: int) -> Self:
        """Return those of several texts, each int8 (its tokens, width), as one."""
        ends = np.cumsum([0, *(len(part) for part in parts)], dtype=np.int64)
        codes = np.zeros((int(ends[-1]), width), dtype=np.int8)
        for part, start in zip(parts, ends.tolist(), strict=False):
            codes[start : start + len(part)] = part
        return cls(codes, ends)

    def __len__(self) -> int:
        """How many texts there are."""
        return len(self._ends) - 1

    @property
    def width(self) -> int:
        """Numbers in a small vector; 0 if no text has any."""
        return int(self._codes.shape[1])

    def of(self, text: int) -> Codes:
        """Return those of one text, int8 (its tokens, width)."""
        if isinstance(self._codes, FileRows):
            return self._stretches([text])[0]
        return self._codes[int(self._ends[text]) : int(self._ends[text + 1])]

    def picked(self, texts: Sequence[int]) -> Self:
        """Return those of several texts, in their order, held in memory.

        Raises:
            IndexDamagedError: the file has been cut short since it was opened.
        """
        return type(self)(*self._stretches(texts))

    def gather(self, texts: Sequence[int]) -> tuple[Floats, Ids]:
        """Return those of several texts below each other, float32 (t, width), not of unit length.

        The second array, int64 (texts + 1,), has the first row of each text, and last the total.

        Raises:
            IndexDamagedError: the file has been cut short since it was opened.
        """
        codes, ends = self._stretches(texts)
        return codes.astype(np.float32), ends

    def _stretches(self, texts: Sequence[int]) -> tuple[Codes, Ids]:
        numbers = np.asarray(texts, dtype=np.int64)
        starts = self._ends[numbers]
        sizes = self._ends[numbers + 1] - starts
        ends = np.concatenate([[0], np.cumsum(sizes)])
        if isinstance(self._codes, FileRows):
            return self._codes.stretches(starts.tolist(), sizes.tolist()), ends
        pieces = [
            self._codes[start : start + size] for start, size in zip(starts, sizes, strict=True)
        ]
        return np.concatenate([self._codes[:0], *pieces]), ends

    @classmethod
    def load(cls, folder: Path) -> Self:
        """Return those saved in `folder`; they are read on access.

        Raises:
            IndexDamagedError: a file is missing, cut short, or the two do not agree.
        """
        codes, ends = FileRows(folder / TOKENS_FILE), np.array(mapped(folder / ENDS_FILE))
        sound = (
            (codes.dtype.name, len(codes.shape)) == ("int8", 2)
            and (ends.dtype.name, ends.ndim) == ("int64", 1)
            and len(ends)
            and ends[0] == 0
            and ends[-1] == codes.shape[0]
            and bool(np.all(np.diff(ends) >= 0))
        )
        if not sound:
            raise IndexDamagedError(TOKENS_FILE, "is inconsistent with its ends")
        return cls(codes, ends)

    def save(self, folder: Path) -> None:
        """Write them into `folder`."""
        codes = self._codes
        if isinstance(codes, FileRows):
            codes, _ = self._stretches(range(len(self)))
        np.save(folder / TOKENS_FILE, codes, allow_pickle=False)
        np.save(folder / ENDS_FILE, self._ends, allow_pickle=False)


def content(text: str, spans: Spans) -> npt.NDArray[np.bool_]:
    """Return which tokens of a text belong to its content words; all of them if none does.

    Args:
        text: as it was encoded.
        spans: where each token begins and ends in it.
    """
    words = [(match.start(), match.end(), match[0]) for match in _WORD.finditer(text)]
    starts = [start for start, _, _ in words]
    stopped = analysis.stop_words()

    def counts(start: int) -> bool:
        nearest = bisect_right(starts, start) - 1
        return (
            nearest >= 0 and start < words[nearest][1] and words[nearest][2].lower() not in stopped
        )

    is_content = np.array([counts(start) for start, _ in spans], dtype=bool)
    return is_content if is_content.any() else np.ones(len(spans), dtype=bool)


def coded(rows: Floats) -> Codes:
    """Return vectors brought to unit length, in 8 bits: int8, of the same shape."""
    lengths = np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), _TINY)
    codes: Codes = np.rint(rows / lengths * UNIT).astype(np.int8)
    return codes
