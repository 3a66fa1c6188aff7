"""The second stage: each word of a question held against each word of the best candidates.

One vector for a whole paragraph forgets which words the question had. Here each word of the
question looks for its nearest in the paragraph; and words that the title of the resolution already
says count little, since all its paragraphs share them.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from qa.corpus import Corpus
from qa.fill import context_text, embedded_text
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
    places = np.searchsorted(corpus.columns.starts, found.rows[best], side="right") - 1
    titles = [context_text(corpus.texts.resolution(place)) for place in places.tolist()]
    # The longest first: the cores that encode them then end together.
    together = sorted({*asked, *texts, *titles}, key=lambda text: (-len(text), text))
    rows = {
        text: one.astype(np.float32) for text, one in zip(together, tokens(together), strict=True)
    }
    features: dict[str, Floats] = {}
    for name, question in zip(LATE, asked, strict=True):
        nearest = _nearest(rows[question], rows, (*texts, *titles))
        said = [
            _beyond(nearest[text], nearest[title])
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
    nearest = _nearest(question, {"text": text, "title": title}, ("text", "title"))
    return _beyond(nearest["text"], nearest["title"])


def _nearest(
    question: Floats, rows: Mapping[str, Floats], texts: Sequence[str]
) -> dict[str, Floats]:
    """Return the best cosine of each token of a question in each text, float32 (q,); 0 in none."""
    found = {text: np.zeros(len(question), dtype=np.float32) for text in texts}
    held = [text for text in found if len(rows[text])]
    if held and len(question):
        # All at once: many small products cost far more than one large one.
        cosines = question @ np.concatenate([rows[text] for text in held]).T
        starts = np.cumsum([0, *(len(rows[text]) for text in held[:-1])])
        best = np.maximum.reduceat(cosines, starts, axis=1)
        found |= dict(zip(held, best.T, strict=True))
    return found


def _beyond(said: Floats, told: Floats) -> float:
    weights = np.clip(1 - told, _LEAST, 1) ** 2
    return float(said @ weights / weights.sum()) if len(weights) else 0.0


_LEAST = 1e-3
