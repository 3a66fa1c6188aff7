"""Which passages and resolutions name the entities of a question, by any of their names."""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from embeddings.text_analysis import terms
from qa.corpus.corpus import Corpus
from qa.corpus.resolution_features import ResolutionFeatures
from qa.question.entities import Entity

if TYPE_CHECKING:
    from embeddings.search.bm25 import Bm25Index

Flags = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float32]
Ids = npt.NDArray[np.int64]


class EntityMatcher:
    """Finds the passages of one corpus that name entities."""

    def __init__(self, corpus: Corpus, resolutions: ResolutionFeatures) -> None:
        self._corpus = corpus
        self._resolutions = resolutions

    def named_by_resolutions(self, entities: Sequence[Entity]) -> Floats:
        """Return the share of the entities that each resolution, or its title, names, (r,)."""
        count = len(self._resolutions.size)
        shares = np.zeros(count, dtype=np.float32)
        for entity in entities:
            rows = np.flatnonzero(_rows_naming(self._corpus.words, entity.names))
            named = _rows_naming(self._corpus.context_words, entity.names)
            named[self._resolutions.resolution[rows]] = True
            shares += named
        return shares / np.float32(len(entities) or 1)

    def features(self, entities: Sequence[Entity], rows: Ids) -> dict[str, Floats]:
        """Return which share of the entities each passage names, and which its title, (m,).

        Both are 0 where the question names none. A title is that of the resolution, with the
        subjects of its record. `names_other` is the share whose name is met only inside that of
        another, "Sudan" in "South Sudan".
        """
        places = self._resolutions.resolution[rows]
        in_text = np.zeros(len(rows), dtype=np.float32)
        in_title = np.zeros(len(rows), dtype=np.float32)
        other = np.zeros(len(rows), dtype=np.float32)
        for entity in entities:
            texts = _rows_naming(self._corpus.words, entity.names)[rows]
            titles = _rows_naming(self._corpus.context_words, entity.names)[places]
            if entity.longer:
                met = texts | titles
                texts = self._apart_from_longer(entity, texts, rows)
                titles = self._titles_apart_from_longer(entity, titles, places)
                other += met & ~(texts | titles)
            in_text += texts
            in_title += titles
        size = np.float32(len(entities) or 1)
        return {
            "entity_in_text": in_text / size,
            "entity_in_title": in_title / size,
            "names_other": other / size,
        }

    def _apart_from_longer(self, entity: Entity, named: Flags, rows: Ids) -> Flags:
        """Return `named` without the passages in which a name is only part of a longer one."""
        kept = named.copy()
        for position in np.flatnonzero(named).tolist():
            passage = self._corpus.passages[int(rows[position])]
            kept[position] = names_apart(entity, f"{passage.chapeau or ''} {passage.text}")
        return kept

    def _titles_apart_from_longer(
        self, entity: Entity, named: Flags, places: npt.NDArray[np.int32]
    ) -> Flags:
        kept = named.copy()
        for place in np.unique(places[named]).tolist():
            masthead = self._corpus.resolutions[place]
            title = " ".join((masthead.title, *masthead.subjects))
            if not names_apart(entity, title):
                kept[places == place] = False
        return kept


def names_none(entities: Sequence[Entity], texts: Iterable[str]) -> bool:
    """Return whether there are States among entities and none of the texts names one of them."""
    states = [entity for entity in entities if entity.is_state]
    if not states:
        return False
    forms = [frozenset(terms(name)) for entity in states for name in entity.names]
    printed = [frozenset(terms(text)) for text in texts]
    return not any(form and form <= each for form in forms for each in printed)


def _rows_naming(words: "Bm25Index", names: Iterable[str]) -> Flags:
    """Return which rows have all words of one of the names."""
    rows = np.zeros(len(words), dtype=bool)
    for form in {tuple(terms(name)) for name in names}:
        if not form:
            continue
        has_form = np.ones(len(words), dtype=bool)
        for term in form:
            has_term = np.zeros(len(words), dtype=bool)
            has_term[words.rows_with(term)] = True
            has_form &= has_term
        rows |= has_form
    return rows


def names_apart(entity: Entity, text: str) -> bool:
    """Return whether a text names an entity outside the longer names of others."""
    return _pattern(entity.names).search(_pattern(entity.longer).sub(" ", text)) is not None


@lru_cache(maxsize=256)
def _pattern(names: tuple[str, ...]) -> re.Pattern[str]:
    longest_first = sorted(names, key=len, reverse=True)
    either = "|".join(re.escape(name).replace(r"\ ", r"[\s-]+") for name in longest_first)
    return re.compile(rf"(?<!\w)(?:{either})(?!\w)", re.IGNORECASE)
