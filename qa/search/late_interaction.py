"""Each word of a question held against each word of a passage.

One vector for a whole paragraph forgets which words the question had. Here each word of the
question looks for its nearest in the paragraph; and words that the title of the resolution already
says count little, since all its paragraphs share them.
"""

import itertools
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from embeddings.model.token_vectors import UNIT, Codes, TokenVectors

Floats = npt.NDArray[np.float32]
Rows = npt.NDArray[np.int32]


class TokenMatch(NamedTuple):
    """How well passages say the words of one question, float32 (m,) each; 0 where none compare."""

    weighted_max_sim: Floats
    """Of each passage the mean, over the question's tokens, of the best cosine in its text, each
    weighted by the square of what the best cosine in its title leaves to 1."""
    max_sim_with_title: Floats
    """The mean of the better of the two cosines, that in its text and that in its title."""


def max_sim(
    questions: Sequence[Codes], texts: TokenVectors, rows: Rows, titles: TokenVectors, places: Rows
) -> list[TokenMatch]:
    """Return how well passages say what questions say.

    Args:
        questions: small vectors of the tokens of each, int8 (q, width).
        texts: the same of the passages' texts.
        rows: which of these, (m,).
        titles: the same of what resolutions are about.
        places: which of these is each passage's, (m,).

    Source:
        MaxSim of Khattab and Zaharia 2020, "ColBERT"; the weights are ours.
    """
    # All at once: many small products cost far more than one large one.
    asked = np.concatenate(questions).astype(np.float32)
    about, which = np.unique(places, return_inverse=True)
    told = _best_cosines(asked, titles, about.tolist())[:, which]
    said = _best_cosines(asked, texts, rows.tolist())
    weights = np.clip(1 - told, _LEAST, 1) ** 2
    weighted, better = said * weights, np.maximum(said, told)
    ends = np.cumsum([0, *map(len, questions)]).tolist()
    return [
        TokenMatch(
            weighted_max_sim=weighted[first:last].sum(axis=0)
            / np.maximum(weights[first:last].sum(axis=0), _LEAST**2),
            max_sim_with_title=better[first:last].sum(axis=0) / np.float32(max(last - first, 1)),
        )
        for first, last in itertools.pairwise(ends)
    ]


def _best_cosines(asked: Floats, among: TokenVectors, rows: Sequence[int]) -> Floats:
    """Return the best cosine of each token of a question in each text, (q, m); 0 in none."""
    vectors, ends = among.gather(rows)
    best = np.zeros((len(asked), len(rows)), dtype=np.float32)
    held = np.flatnonzero(np.diff(ends))
    if len(held) and len(asked):
        cosines = asked @ vectors.T
        best[:, held] = np.maximum.reduceat(cosines, ends[:-1][held], axis=1)
    best /= np.float32(UNIT**2)  # of the codes of both
    return best


_LEAST = 1e-3
