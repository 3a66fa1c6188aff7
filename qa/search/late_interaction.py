"""Each token of a question compared with each token of a passage.

One vector for a whole paragraph loses the words of the question. Here each token of the question
looks for the nearest token of the paragraph. Tokens that the title of the resolution already has
count little, since all its paragraphs share the title.
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
    """How well passages match the tokens of one question, float32 (m,) each; 0 without tokens."""

    weighted_max_sim: Floats
    """Per passage: MaxSim over query tokens, each weighted by (1 - best title similarity)²."""
    max_sim_with_title: Floats
    """Per passage: the mean over query tokens of the best similarity in its text or its title."""


def max_sim(
    questions: Sequence[Codes],
    texts: TokenVectors,
    rows: Rows,
    titles: TokenVectors,
    places: Rows,
    *,
    min_title_gap: float,
) -> list[TokenMatch]:
    """Return how well passages match each question.

    Args:
        questions: small vectors of the tokens of each, int8 (q, width).
        texts: the same of the passages' texts.
        rows: of these, one for each passage, (m,).
        titles: the same of the titles and subjects of resolutions.
        places: of these, one for each passage, (m,).
        min_title_gap: the least value of 1 - best title similarity, above 0.

    Source:
        MaxSim of Khattab and Zaharia 2020, "ColBERT"; the weights are our own.
    """
    # All questions at once: many small products cost far more than one large one.
    tokens = np.concatenate(questions).astype(np.float32)
    distinct, title_of_passage = np.unique(places, return_inverse=True)
    in_title = _best_cosines(tokens, titles, distinct.tolist())[:, title_of_passage]
    in_text = _best_cosines(tokens, texts, rows.tolist())
    weights = np.clip(1 - in_title, min_title_gap, 1) ** 2
    weighted, better = in_text * weights, np.maximum(in_text, in_title)
    ends = np.cumsum([0, *map(len, questions)]).tolist()
    return [
        TokenMatch(
            weighted_max_sim=weighted[first:last].sum(axis=0)
            / np.maximum(weights[first:last].sum(axis=0), min_title_gap**2),
            max_sim_with_title=better[first:last].sum(axis=0) / np.float32(max(last - first, 1)),
        )
        for first, last in itertools.pairwise(ends)
    ]


def _best_cosines(tokens: Floats, vectors: TokenVectors, rows: Sequence[int]) -> Floats:
    """Return the best cosine of each token in each text, (q, m); 0 in a text without tokens."""
    text_tokens, ends = vectors.gather(rows)
    best = np.zeros((len(tokens), len(rows)), dtype=np.float32)
    has_tokens = np.flatnonzero(np.diff(ends))
    if len(has_tokens) and len(tokens):
        cosines = tokens @ text_tokens.T
        best[:, has_tokens] = np.maximum.reduceat(cosines, ends[:-1][has_tokens], axis=1)
    best /= np.float32(UNIT**2)  # both are scaled to int8
    return best
