"""The second stage: each word of a question held against each word of the best candidates.

One vector for a whole paragraph forgets which words the question had. Here each word of the
question looks for its nearest in the paragraph; and words that the title of the resolution already
says count little, since all its paragraphs share them.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from qa.build import context_text, embedded_text
from qa.corpus import Corpus
from qa.score import FIRST, LATE, Candidates, Floats

Halves = npt.NDArray[np.float16]
Tokens = Callable[[Sequence[str]], Sequence[Halves]]

CLOSELY = 12  # candidates that are looked at: fifteen and twenty brought no more (docs/answers.md)


def closely(corpus: Corpus, tokens: Tokens, found: Candidates) -> Candidates:
    """Return `found` with the features of `LATE`; the best `CLOSELY` of the first stage have them.

    The others are held to be no better than the least of these.

    Args:
        corpus: the texts.
        tokens: gives a unit vector for each token of each text, float16 (t, dim).
        found: as the first stage left them.
    """
    best = np.lexsort((found.rows, -found.weighted(FIRST)))[:CLOSELY]
    passages = [corpus.passages[row] for row in found.rows[best].tolist()]
    asked = (found.query.whole, found.query.texts[1])
    texts = [embedded_text(one) for one in passages]
    titles = [context_text(one.resolution) for one in passages]
    # The longest first: the cores that encode them then end together.
    together = sorted({*asked, *texts, *titles}, key=lambda text: (-len(text), text))
    rows = {
        text: one.astype(np.float32) for text, one in zip(together, tokens(together), strict=True)
    }
    features: dict[str, Floats] = {}
    for name, question in zip(LATE, asked, strict=True):
        said = [
            beyond(rows[question], rows[text], rows[title])
            for text, title in zip(texts, titles, strict=True)
        ]
        column = np.full(len(found.rows), min(said), dtype=np.float32)
        column[best] = said
        features[name] = column
    return replace(found, features={**found.features, **features})


def beyond(question: Floats, text: Floats, title: Floats) -> float:
    """Return how well a paragraph says those words of a question that its title does not say.

    Args:
        question: unit vectors of its tokens, float32 (q, dim).
        text: the same of the paragraph, (t, dim).
        title: the same of what its resolution is about, (s, dim).

    Returns:
        The mean, over the question's tokens, of the best cosine in the paragraph, each weighted by
        the square of what the best cosine in the title leaves to 1; 0 where there is nothing.

    Source:
        MaxSim of Khattab and Zaharia 2020, "ColBERT"; the weights are ours.
    """
    if not len(question) or not len(text):
        return 0.0
    told = (question @ title.T).max(axis=1) if len(title) else np.zeros(len(question))
    weights = np.clip(1 - told, _LEAST, 1) ** 2
    return float((question @ text.T).max(axis=1) @ weights / weights.sum())


_LEAST = 1e-3
