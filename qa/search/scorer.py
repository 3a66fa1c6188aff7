"""How well each passage answers a question: a rough score for all, a fitted one for the best."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from embeddings.backends.backend import NO_FILTER, RowFilter
from embeddings.model.encoder import Encoding
from embeddings.model.token_vectors import Codes
from embeddings.search.inverted_index import InvertedIndex
from qa.corpus.corpus import Corpus
from qa.corpus.passages import Passage
from qa.corpus.resolution_features import KINDS_AND_NUMBERS, ResolutionFeatures
from qa.question.read import Question
from qa.resolutions.cite.numbers import ordinal
from qa.resolutions.model import Kind
from qa.resolutions.periods import MONTHS
from qa.search.filters import Filters
from qa.search.late_interaction import max_sim
from qa.search.term_coverage import TermCoverage

if TYPE_CHECKING:
    from embeddings.search.bm25 import Bm25Index

Floats = npt.NDArray[np.float32]
Ids = npt.NDArray[np.int64]
Ints = npt.NDArray[np.int32]

CANDIDATES = 300  # passages that are looked at closely
# What the rough score of a passage is made of: it only chooses the candidates.
ROUGH: Mapping[str, float] = {
    "cosine": 10.0,
    "words": 12.0,
    "context_words": 14.0,
    "centre_cosine": 8.0,
    "name_overlap": 1.0,
    "year": 3.0,
    "month": 3.0,
    "session": 3.0,
    "year_before": 1.5,
    "body": 3.0,
    "is_expected_kind": 2.0,
    "is_statement": -2.0,
    "is_asked_kind": 0.5,
    "is_preambular": -1.0,
    "is_note": -1.0,
}
# What the score is made of: fitted by benchmarks/fit_ranking.py, the signs of structure at the
# end set on the questions of the seeds. Units are those of a softmax over the candidates.
WEIGHTS: Mapping[str, float] = {
    "context_words": 20.7,
    "centre_cosine": 9.3,
    "resolution_cosine": 7.5,
    "name_overlap": 3.4,
    "year": 5.7,
    "month": 4.4,
    "session": 5.4,
    "year_before": 1.5,
    "year_due": 3.2,
    "month_due": 3.1,
    "session_due": 5.2,
    "body": 4.2,
    "is_statement": -0.2,
    "is_expected_kind": 11.5,
    "residual_cosine": 5.4,
    "local_idf_share": 7.8,
    "rare_in_resolution": 0.4,
    "verb": 0.3,
    "tells_when": 1.3,
    "log_length": -1.4,
    "question_beyond_title": 16.6,
    "topic_beyond_title": -1.7,
    "topic_met": 14.1,
    "addresses_actor": 1.5,
    "cites": 1.5,
    "cites_series": 2.0,
    "is_due": 1.0,
    "is_asked_kind": 0.5,
    "is_preambular": 5.0,
    "is_note": 4.2,
}
# Of the tokens of question and passage (`qa.search.late_interaction`).
WEIGHTED_MAX_SIM = ("question_beyond_title", "topic_beyond_title")
MAX_SIM_WITH_TITLE = "topic_met"
TOKEN_FEATURES = (*WEIGHTED_MAX_SIM, MAX_SIM_WITH_TITLE)
# The same for a model without small vectors of tokens.
WITHOUT_TOKENS: Mapping[str, float] = {
    "context_words": 26.6,
    "centre_cosine": 14.7,
    "resolution_cosine": 10.6,
    "name_overlap": 3.6,
    "year": 5.8,
    "month": 4.2,
    "session": 5.6,
    "year_before": 1.7,
    "year_due": 2.8,
    "month_due": 3.5,
    "session_due": 4.3,
    "body": 5.0,
    "is_statement": -0.3,
    "is_expected_kind": 11.1,
    "residual_cosine": 11.0,
    "local_idf_share": 9.1,
    "rare_in_resolution": 2.4,
    "verb": 0.8,
    "tells_when": 1.1,
    "log_length": -0.5,
    "addresses_actor": 1.5,
    "cites": 1.5,
    "cites_series": 2.0,
    "is_due": 1.0,
    "is_asked_kind": 0.5,
    "is_preambular": 5.0,
    "is_note": 4.2,
}


@dataclass(frozen=True, slots=True)
class Query:
    """The searchable form of a question."""

    to_encode: tuple[str, str, str]  # topic in printed words, whole question, what is asked
    terms: dict[str, float] = field(default_factory=dict)  # to be matched, with weights
    names: tuple[tuple[str, ...], ...] = ()  # the same, of its proper names
    groups: tuple[tuple[str, ...], ...] = ()  # per word of the question: it, or what stands for it


@dataclass(frozen=True, slots=True)
class Candidates:
    """Passages that may answer a question, with all that speaks for each."""

    query: Query
    rows: Ids  # (m,)
    allowed: Ids  # rows that the filters leave, ascending, those of `rows` among them
    features: dict[str, Floats]  # by the names of `WEIGHTS`, each (m,)
    cosines: Floats  # of question and passage, (m,)
    coverage: TermCoverage  # of the question's words in any passage

    def allows(self, row: int) -> bool:
        """Tell whether the filters leave a passage."""
        at = int(np.searchsorted(self.allowed, row))
        return at < len(self.allowed) and int(self.allowed[at]) == row

    @property
    def scores(self) -> Floats:
        """The fitted score of each, float32 (m,)."""
        return self.weighted(WEIGHTS if TOKEN_FEATURES[0] in self.features else WITHOUT_TOKENS)

    def weighted(self, weights: Mapping[str, float]) -> Floats:
        """Return the weighted sum of the features that `weights` names, float32 (m,)."""
        total = np.zeros(len(self.rows), dtype=np.float32)
        for name, weight in weights.items():
            total += np.float32(weight) * self.features[name]
        return total


class Scorer:
    """Scores the passages of one corpus."""

    def __init__(self, corpus: Corpus) -> None:
        self._corpus = corpus
        self.signals = ResolutionFeatures(corpus)

    def candidates(
        self,
        question: Question,
        query: Query,
        encoded: Iterator[Encoding],
        rows: Ids,
        filters: Filters,
        *,
        where: RowFilter = NO_FILTER,
    ) -> Candidates:
        """Return the passages among `rows` that come nearest, and what speaks for each.

        Args:
            question: as it was read.
            query: its searchable form.
            encoded: what the model makes of `query.to_encode`, in this order; each is taken when
                it is needed.
            rows: numbers of passages, ascending, at least one.
            filters: those that left `rows`.
            where: the same, for the engine.
        """
        corpus, signals = self._corpus, self.signals
        topic = next(encoded)
        cosines = corpus.engine.cosines(
            topic.vector, where, rows if len(rows) < len(corpus.passages) else None
        )
        words = share(corpus.words, query.terms, corpus.engine.matches(query.terms, where))
        of_resolution = {
            "context_words": share(corpus.context_words, query.terms),
            "name_overlap": self._named(query.names),
            **self._occasion(question),
        }
        of_kind = self._of_kind(question, filters)
        whole = next(encoded)
        of_resolution["centre_cosine"] = signals.centre @ whole.vector
        rough = ROUGH["cosine"] * cosines + ROUGH["words"] * words
        rough += _weighted(of_resolution, ROUGH)[signals.resolution]
        rough += _weighted(of_kind, ROUGH)[signals.kind_and_number]
        chosen = _best(rough[rows] if len(rows) < len(rough) else rough, CANDIDATES)
        allowed, rows = rows, rows[chosen]
        places, kinds = signals.resolution[rows], signals.kind_and_number[rows]
        features: dict[str, Floats] = {
            "resolution_cosine": np.maximum.reduceat(cosines, signals.first)[places],
            **{name: values[places] for name, values in of_resolution.items()},
            **{name: values[kinds] for name, values in of_kind.items()},
            **self._rarity(query.terms, rows),
            **self._said((whole.tokens, topic.tokens), rows, places),
            **self._structure(question, rows),
        }
        features |= self._due(question, rows, features["year_before"])
        features |= self._near(next(encoded).vector, rows)
        coverage = TermCoverage(corpus, query.groups)
        return Candidates(query, rows, allowed, features, cosines[rows], coverage)

    def _named(self, names: Sequence[Sequence[str]]) -> Floats:
        """Return which share of the names stands in each resolution or its title.

        What is asked of Mali is not answered by a resolution that never names it.
        """
        signals, words, titles = self.signals, self._corpus.words, self._corpus.context_words
        found = np.zeros(len(signals.size), dtype=np.float32)
        for name in names:
            here = np.zeros(len(found), dtype=bool)
            for term in name:
                here[signals.resolution[words.rows_with(term)]] = True
                here[titles.rows_with(term)] = True
            found += here
        return found / np.float32(len(names) or 1)

    def _occasion(self, question: Question) -> dict[str, Floats]:
        """Return how resolutions agree with the years, months, sessions and body of a question."""
        signals = self.signals
        year = np.isin(signals.year, question.years)
        body = np.full(len(signals.body), 0.5 if not question.bodies else 0.0, dtype=np.float32)
        if len(question.bodies) == 1:
            body = np.isin(signals.body, list(question.bodies)).astype(np.float32)
        return {
            "year": _flags(year),
            "month": _flags(year & np.isin(signals.month, question.months)),
            "session": _flags(np.isin(signals.session, question.sessions)),
            # What is to happen in a year is mostly decided in the one before.
            "year_before": _flags(np.isin(signals.year + 1, question.years)),
            "body": body,
            "is_statement": _flags(signals.is_statement),
        }

    def _of_kind(self, question: Question, filters: Filters) -> dict[str, Floats]:
        """Return what each of `KINDS_AND_NUMBERS` says: operative first, or what is asked for."""
        wanted = {*question.kinds, *filters.kinds}
        if question.about_citations:
            wanted.add(Kind.PREAMBULAR)  # what is recalled stands in preambles

        def weigh(holds: Callable[[Kind, bool], bool]) -> Floats:
            return np.array([holds(*one) for one in KINDS_AND_NUMBERS], dtype=np.float32)

        return {
            "is_expected_kind": weigh(
                lambda kind, is_numbered: kind in wanted or (kind is Kind.OPERATIVE and is_numbered)
            ),
            "is_asked_kind": weigh(lambda kind, _: kind in question.kinds),
            "is_preambular": weigh(
                lambda kind, _: kind not in {Kind.OPERATIVE, Kind.NOTE, *wanted}
            ),
            "is_note": weigh(lambda kind, _: kind is Kind.NOTE and kind not in wanted),
        }

    def _rarity(self, terms: Mapping[str, float], rows: Ids) -> dict[str, Floats]:
        """Return how well the words asked for single out a passage within its resolution.

        A word that every paragraph of a resolution holds tells which resolution is meant, but not
        which paragraph: the inverse document frequency is taken over the resolution's passages.
        `rare_in_resolution` is its mean over the terms; `local_idf_share` weighs each by its rarity
        in the corpus and is a share of what a passage with all terms, each its own, would reach.
        """
        signals, words = self.signals, self._corpus.words
        places, sizes = signals.resolution[rows], signals.size
        most = np.log(sizes + 2.0)
        local = np.zeros(len(rows), dtype=np.float32)
        both = np.zeros(len(rows), dtype=np.float32)
        weights = rarities = 0.0
        for term, weight in terms.items():
            holders = words.rows_with(term)
            if not len(holders):
                continue
            idf = words.idf(term)
            weights += weight
            rarities += weight * idf
            held = _among(rows, holders)
            if not held.any():
                continue
            counts = np.bincount(signals.resolution[holders], minlength=len(sizes))
            here = places[held]
            rare = np.log((sizes[here] + 1) / (counts[here] + 0.5)).clip(0)
            local[held] += weight * rare
            both[held] += weight * idf * rare / most[here]
        return {
            "rare_in_resolution": local / np.float32(weights or 1),
            "local_idf_share": both / np.float32(rarities or 1),
        }

    def _said(self, asked: Sequence[Codes], rows: Ids, places: Ints) -> dict[str, Floats]:
        """Return how well passages say what a question, and its topic, say."""
        texts, titles = self._corpus.encoded, self._corpus.encoded_contexts
        if not texts.tokens.width:
            return {}
        found = max_sim(
            asked, texts.tokens, texts.places[rows], titles.tokens, titles.places[places]
        )
        of_topic = found[1]
        return dict(
            zip(
                TOKEN_FEATURES,
                (*(one.weighted_max_sim for one in found), of_topic.max_sim_with_title),
                strict=True,
            )
        )

    def _near(self, asked: Floats, rows: Ids) -> dict[str, Floats]:
        """Return how near what is asked comes to what each passage has of its own."""
        vectors = self._corpus.engine.gather(rows)
        centres = self.signals.centre[self.signals.resolution[rows]]
        cosines = vectors @ asked
        # What a passage has besides what its resolution is about, compared with what is asked.
        own = np.einsum("ij,ij->i", vectors, centres)
        of_asked = centres @ asked
        beside = np.sqrt(np.maximum(1 - own**2, _TINY) * np.maximum(1 - of_asked**2, _TINY))
        return {
            "residual_cosine": (cosines - own * of_asked) / beside,
        }

    def _due(self, question: Question, rows: Ids, is_before: Floats) -> dict[str, Floats]:
        """Return which passages name a date of the question, and were adopted ahead of it.

        "Renewed until September 2020" is decided in 2019 and "due at the 79th session" at the
        78th, by a passage that names the date.
        """
        signals = self.signals
        words, passages = self._corpus.words, self._corpus.passages
        sessions = signals.session[signals.resolution[rows]]
        ahead = (sessions > 0) & np.isin(sessions + 1, question.sessions)

        def stands(date: str, row: int) -> bool:
            one = passages[row]
            return date in f"{one.chapeau or ''} {one.text}".lower()

        def names(dates: Sequence[str]) -> Floats:
            named = np.zeros(len(rows), dtype=bool)
            for date in dates:
                terms = words.terms(date)
                held = np.ones(len(rows), dtype=bool)
                for term in terms:
                    held &= _among(rows, words.rows_with(term))
                if len(terms) == 1:  # a year: it stands wherever its term does
                    named |= held
                    continue
                for at in np.flatnonzero(held & ~named).tolist():
                    named[at] = stands(date, int(rows[at]))
            return _flags(named)

        months = [MONTHS[month - 1].lower() for month in question.months]
        return {
            "year_due": is_before * names([str(year) for year in question.years]),
            "month_due": is_before
            * names([f"{month} {year}" for month in months for year in question.years]),
            "session_due": ahead * names([f"{ordinal(one)} session" for one in question.sessions]),
        }

    def _structure(self, question: Question, rows: Ids) -> dict[str, Floats]:
        """Return what the verbs, addressees, dates, citations and length of passages say."""
        columns = self._corpus.columns
        facts = columns.rows[rows]

        def held(postings: InvertedIndex, names: Iterable[str]) -> Floats:
            return _flags(columns.rows_mask(postings, names)[rows])

        def sign(is_asked: object, name: str) -> Floats:
            return _flags(facts[name] & bool(is_asked))

        series = question.cited_series
        in_series = (one for one in columns.cited.names if series and one.startswith(series))
        return {
            "verb": held(columns.verbs, question.verbs),
            "addresses_actor": self._asked_of(question.actor, rows),
            "cites": sign(question.about_citations, "cites"),
            "cites_series": held(columns.cited, in_series),
            "is_due": sign(question.asks_when, "is_due"),
            "tells_when": sign(question.asks_when, "tells_when"),
            "log_length": np.log(facts["words"].astype(np.float32) + 1),
        }

    def _asked_of(self, actor: str | None, rows: Ids) -> Floats:
        """Return which passages ask an actor to do something.

        One that names it whole may ask it by a part of its name: "the Commission".
        """
        words, columns = self._corpus.words, self._corpus.columns
        wanted = frozenset(words.terms(actor or ""))
        if not wanted:
            return np.zeros(len(rows), dtype=np.float32)
        whole = [name for name, terms in self._addressees.items() if wanted <= terms]
        short = [name for name, terms in self._addressees.items() if terms and terms < wanted]
        asked = columns.rows_mask(columns.addressees, short)[rows]
        for term in wanted:
            asked &= _among(rows, words.rows_with(term))
        return _flags(asked | columns.rows_mask(columns.addressees, whole)[rows])

    @cached_property
    def _addressees(self) -> dict[str, frozenset[str]]:
        """The terms of each addressee that the texts name."""
        terms = self._corpus.words.terms
        return {name: frozenset(terms(name)) for name in self._corpus.columns.addressees.names}


def share(words: "Bm25Index", terms: Mapping[str, float], scores: Floats | None = None) -> Floats:
    """Return the BM25 of each row as a share of the most that the terms could give: 0 to 1."""
    rarest = max((words.idf(term) for term in terms), default=0.0) or 1.0
    most = sum(weight * (words.idf(term) or rarest) for term, weight in terms.items())
    scores = words.scores(" ".join(terms), weights=terms) if scores is None else scores
    return scores / np.float32(most) if most else scores


def addresses_actor(passage: Passage, actor: str, terms: Callable[[str], list[str]]) -> bool:
    """Tell whether a passage asks `actor` to do something, by its name or by a part of it."""
    addressees = [one.addressee for one in passage.actions if one.addressee is not None]
    wanted = set(terms(actor)) if addressees else set()
    asked = [set(terms(one)) for one in addressees] if wanted else []
    if any(wanted <= one for one in asked):
        return True
    return any(one and one < wanted for one in asked) and wanted <= set(terms(passage.text))


_TINY = 1e-4


def _weighted(features: Mapping[str, Floats], weights: Mapping[str, float]) -> Floats:
    """Return the weighted sum of features."""
    total = sum(np.float32(weights[name]) * values for name, values in features.items())
    return np.asarray(total, dtype=np.float32)


def _best(scores: Floats, count: int) -> Ids:
    """Return the places of the best scores, ascending; of equal ones the first."""
    if len(scores) <= count:
        return np.arange(len(scores))
    last = np.partition(scores, len(scores) - count)[len(scores) - count]
    above, level = np.flatnonzero(scores > last), np.flatnonzero(scores == last)
    return np.sort(np.concatenate([above, level[: count - len(above)]]))


def _among(rows: Ids, holders: npt.NDArray[np.int32]) -> npt.NDArray[np.bool_]:
    """Tell which rows are among `holders`, which ascend."""
    if not len(holders):
        return np.zeros(len(rows), dtype=bool)
    at = np.minimum(np.searchsorted(holders, rows), len(holders) - 1)
    return np.asarray(holders[at] == rows)


def _flags(values: npt.NDArray[np.bool_]) -> Floats:
    return values.astype(np.float32)
