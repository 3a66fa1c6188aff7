"""What speaks for a passage or for its resolution: one function for each group of features.

A resolution has one value for all its passages, so its features are computed once a resolution;
kinds likewise. The features of passages are computed for the candidates only.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from embeddings.model.token_vectors import Codes
from embeddings.search.inverted_index import InvertedIndex
from qa.corpus.corpus import Corpus
from qa.corpus.formulas import Formula
from qa.corpus.resolution_features import KINDS_AND_NUMBERS, ResolutionFeatures
from qa.question.question import Question
from qa.resolutions.cite.numbers import ordinal
from qa.resolutions.model import Kind
from qa.resolutions.parse.actions import DECISION_VERBS
from qa.resolutions.periods import MONTHS
from qa.resolutions.tables.read_tables import words
from qa.search.amounts import states_amount
from qa.search.definitions import states_definition
from qa.search.filters import Filters
from qa.search.late_interaction import max_sim

if TYPE_CHECKING:
    from embeddings.search.bm25 import Bm25Index

_WORD = re.compile(r"[a-z-]+")
Floats = npt.NDArray[np.float32]
Ids = npt.NDArray[np.int64]
Ints = npt.NDArray[np.int32]

# Computed for all passages: the sum of these chooses the candidates.
SELECTION_FEATURES = (
    *("cosine", "bm25", "context_bm25", "centre_cosine", "name_overlap", "entity_overlap"),
    *("year", "month", "session", "year_before", "body"),
    *("is_expected_kind", "is_statement", "is_asked_kind", "is_preambular", "is_note"),
)
# Of the tokens of question and passage (`qa.search.late_interaction`); a model without vectors of
# tokens has none of these.
WEIGHTED_MAX_SIM = ("question_weighted_max_sim", "topic_weighted_max_sim")
MAX_SIM_WITH_TITLE = "topic_max_sim_with_title"
TOKEN_FEATURES = (*WEIGHTED_MAX_SIM, MAX_SIM_WITH_TITLE)
# Computed for the candidates: the sum of these ranks them.
RANKING_FEATURES = (
    *("context_bm25", "centre_cosine", "resolution_cosine", "name_overlap", "entity_overlap"),
    *("entity_in_text", "entity_in_title", "names_other", "recency"),
    *("year", "month", "session", "year_before", "year_due", "month_due", "session_due"),
    *("body", "is_statement", "is_expected_kind", "residual_cosine"),
    *("local_idf_share", "rare_in_resolution", "verb", "is_decision"),
    *("states_date", "states_amount", "states_definition", "log_length"),
    *TOKEN_FEATURES,
    *("addresses_actor", "cites", "cites_series", "is_due"),
    *("is_asked_kind", "is_preambular", "is_note"),
)


def bm25_share(
    index: "Bm25Index", terms: Mapping[str, float], scores: Floats | None = None
) -> Floats:
    """Return the BM25 of each row as a share of the most that the terms could give: 0 to 1."""
    rarest = max((index.idf(term) for term in terms), default=0.0) or 1.0
    most = sum(weight * (index.idf(term) or rarest) for term, weight in terms.items())
    scores = index.scores(" ".join(terms), weights=terms) if scores is None else scores
    return scores / np.float32(most) if most else scores


def name_overlap(
    corpus: Corpus, resolutions: ResolutionFeatures, names: Sequence[Sequence[str]]
) -> Floats:
    """Return which share of the names each resolution or its title contains, (r,).

    A resolution that never names Mali does not answer a question about Mali.
    """
    words, titles = corpus.words, corpus.context_words
    counts = np.zeros(len(resolutions.size), dtype=np.float32)
    for name in names:
        has_name = np.zeros(len(counts), dtype=bool)
        for term in name:
            has_name[resolutions.resolution[words.rows_with(term)]] = True
            has_name[titles.rows_with(term)] = True
        counts += has_name
    return counts / np.float32(len(names) or 1)


def recency(resolutions: ResolutionFeatures, question: Question, rows: Ids) -> Floats:
    """Return how new passages are: 0 for the newest, minus the logarithm of years and one, (m,).

    0 for all where the question names a date.
    """
    if question.names_date:
        return np.zeros(len(rows), dtype=np.float32)
    days = resolutions.day
    years = (int(days.max()) - days[resolutions.resolution[rows]]) / _DAYS_PER_YEAR
    return -np.log1p(np.maximum(years, 0)).astype(np.float32)


_DAYS_PER_YEAR = 365


def date_and_body(
    resolutions: ResolutionFeatures, question: Question, *, unnamed_body: float
) -> dict[str, Floats]:
    """Return how resolutions match the years, months, sessions and body of a question, (r,).

    Args:
        resolutions: of the corpus.
        question: as it was read.
        unnamed_body: the value of `body` where the question names none.
    """
    year = np.isin(resolutions.year, question.years)
    body = np.full(len(year), 0.0 if question.bodies else unnamed_body, dtype=np.float32)
    if len(question.bodies) == 1:
        body = _flags(np.isin(resolutions.body, list(question.bodies)))
    return {
        "year": _flags(year),
        "month": _flags(year & np.isin(resolutions.month, question.months)),
        "session": _flags(np.isin(resolutions.session, question.sessions)),
        # What happens in a year was mostly decided in the year before.
        "year_before": _flags(np.isin(resolutions.year + 1, question.years)),
        "body": body,
        "is_statement": _flags(resolutions.is_statement),
    }


def kinds(question: Question, filters: Filters) -> dict[str, Floats]:
    """Return the features of each of `KINDS_AND_NUMBERS`: numbered operative paragraphs first.

    Kinds that the question or the filters ask for count as much.
    """
    expected = {*question.kinds, *filters.kinds}
    if question.about_citations:
        expected.add(Kind.PREAMBULAR)  # preambles recall other documents
    if question.asks_for_definition:
        expected |= {Kind.PREAMBULAR, Kind.ANNEX}  # terms are defined there

    def each(is_true: Callable[[Kind, bool], bool]) -> Floats:
        values = [is_true(kind, is_numbered) for kind, is_numbered in KINDS_AND_NUMBERS]
        return np.array(values, dtype=np.float32)

    return {
        "is_expected_kind": each(
            lambda kind, is_numbered: kind in expected or (kind is Kind.OPERATIVE and is_numbered)
        ),
        "is_asked_kind": each(lambda kind, _: kind in question.kinds),
        "is_preambular": each(lambda kind, _: kind not in {Kind.OPERATIVE, Kind.NOTE, *expected}),
        "is_note": each(lambda kind, _: kind is Kind.NOTE and kind not in expected),
    }


def term_rarity(
    corpus: Corpus, resolutions: ResolutionFeatures, terms: Mapping[str, float], rows: Ids
) -> dict[str, Floats]:
    """Return how well the terms single out a passage within its resolution, (m,).

    A term that every paragraph of a resolution contains shows which resolution is meant, but not
    which paragraph: the inverse document frequency is taken over the resolution's passages.
    `rare_in_resolution` is its mean over the terms. `local_idf_share` weighs each by its idf in
    the corpus, as a share of what a passage with all terms, each of them its own, would reach.
    """
    words = corpus.words
    places, sizes = resolutions.resolution[rows], resolutions.size
    max_local_idf = np.log(sizes + 2.0)
    local = np.zeros(len(rows), dtype=np.float32)
    product = np.zeros(len(rows), dtype=np.float32)
    weights = idfs = 0.0
    for term, weight in terms.items():
        rows_with_term = words.rows_with(term)
        if not len(rows_with_term):
            continue
        idf = words.idf(term)
        weights += weight
        idfs += weight * idf
        has_term = rows_among(rows, rows_with_term)
        if not has_term.any():
            continue
        counts = np.bincount(resolutions.resolution[rows_with_term], minlength=len(sizes))
        owners = places[has_term]
        local_idf = np.log((sizes[owners] + 1) / (counts[owners] + 0.5)).clip(0)
        local[has_term] += weight * local_idf
        product[has_term] += weight * idf * local_idf / max_local_idf[owners]
    return {
        "rare_in_resolution": local / np.float32(weights or 1),
        "local_idf_share": product / np.float32(idfs or 1),
    }


def token_similarity(
    corpus: Corpus, question: Codes, topic: Codes, rows: Ids, places: Ints, *, min_title_gap: float
) -> dict[str, Floats]:
    """Return how well passages match a question, and its topic, word by word, (m,).

    Args:
        corpus: of the passages.
        question: vectors of the tokens of the whole question.
        topic: the same of its topic.
        rows: of the passages, (m,).
        places: of their resolutions, (m,).
        min_title_gap: the least weight of a token that the title has (`max_sim`).
    """
    texts, titles = corpus.encoded, corpus.encoded_contexts
    if not texts.tokens.width:
        return {}
    of_question, of_topic = max_sim(
        (question, topic),
        texts.tokens,
        texts.places[rows],
        titles.tokens,
        titles.places[places],
        min_title_gap=min_title_gap,
    )
    values = (
        of_question.weighted_max_sim,
        of_topic.weighted_max_sim,
        of_topic.max_sim_with_title,
    )
    return dict(zip(TOKEN_FEATURES, values, strict=True))


def residual_cosine(
    corpus: Corpus, resolutions: ResolutionFeatures, request: Floats, rows: Ids, *, min_sine2: float
) -> dict[str, Floats]:
    """Return the cosine of request and passage, both without what their resolution is about, (m,).

    Args:
        corpus: of the passages.
        resolutions: with the mean direction of each.
        request: the vector of what is asked.
        rows: of the passages.
        min_sine2: the least squared length of a vector without that direction.
    """
    vectors = corpus.engine.gather(rows)
    centres = resolutions.centre[resolutions.resolution[rows]]
    cosines = vectors @ request
    own = np.einsum("ij,ij->i", vectors, centres)
    asked = centres @ request
    lengths = np.sqrt(np.maximum(1 - own**2, min_sine2) * np.maximum(1 - asked**2, min_sine2))
    return {"residual_cosine": (cosines - own * asked) / lengths}


def due_dates(
    corpus: Corpus,
    resolutions: ResolutionFeatures,
    question: Question,
    rows: Ids,
    year_before: Floats,
) -> dict[str, Floats]:
    """Return which passages name a date of the question and were adopted ahead of it, (m,).

    "Renewed until September 2020" is decided in 2019, and "due at the 79th session" at the 78th,
    by a passage that names the date.
    """
    sessions = resolutions.session[resolutions.resolution[rows]]
    session_before = (sessions > 0) & np.isin(sessions + 1, question.sessions)
    years = [str(year) for year in question.years]
    months = [f"{MONTHS[month - 1].lower()} {year}" for month in question.months for year in years]
    named_sessions = [f"{ordinal(session)} session" for session in question.sessions]
    return {
        "year_due": year_before * _names_date(corpus, rows, years),
        "month_due": year_before * _names_date(corpus, rows, months),
        "session_due": session_before * _names_date(corpus, rows, named_sessions),
    }


def _names_date(corpus: Corpus, rows: Ids, dates: Sequence[str]) -> Floats:
    """Return which passages contain one of the dates, word for word, (m,)."""
    words, passages = corpus.words, corpus.passages
    named = np.zeros(len(rows), dtype=bool)
    for date in dates:
        terms = words.terms(date)
        has_terms = np.ones(len(rows), dtype=bool)
        for term in terms:
            has_terms &= rows_among(rows, words.rows_with(term))
        if len(terms) == 1:  # a year is one term: the index is enough
            named |= has_terms
            continue
        for position in np.flatnonzero(has_terms & ~named).tolist():
            passage = passages[int(rows[position])]
            named[position] = date in f"{passage.chapeau or ''} {passage.text}".lower()
    return _flags(named)


def structure(
    corpus: Corpus,
    question: Question,
    rows: Ids,
    addressed: npt.NDArray[np.bool_],
) -> dict[str, Floats]:
    """Return what verbs, addressees, dates, citations and length of passages say, (m,).

    Args:
        corpus: of the passages.
        question: as it was read.
        rows: of the passages.
        addressed: which of them address the actor that the question names, bool (m,).
    """
    columns = corpus.columns
    facts = columns.rows[rows]

    def has_any(postings: InvertedIndex, names: Iterable[str]) -> Floats:
        return _flags(columns.rows_mask(postings, names)[rows])

    def if_asked(is_asked: object, fact: str) -> Floats:
        return _flags(facts[fact] & bool(is_asked))

    series = question.cited_series
    in_series = (name for name in columns.cited.names if series and name.startswith(series))
    return {
        "verb": has_any(columns.verbs, question.verbs),
        "addresses_actor": _flags(addressed),
        "cites": if_asked(question.about_citations, "cites"),
        "cites_series": has_any(columns.cited, in_series),
        "is_due": if_asked(question.asks_when, "is_due"),
        "states_date": if_asked(question.asks_when, "tells_when"),
        "is_decision": has_any(columns.verbs, DECISION_VERBS),
        "states_amount": _amounts(corpus, rows) if question.asks_how_much else _none(rows),
        "states_definition": _definitions(corpus, question, rows),
        "log_length": np.log(facts["words"].astype(np.float32) + 1),
    }


def _definitions(corpus: Corpus, question: Question, rows: Ids) -> Floats:
    """Return how much of the term that a question asks to be defined passages explain, (m,)."""
    if not question.asks_for_definition:
        return _none(rows)
    terms = frozenset(corpus.words.terms(_ASKS_TO_DEFINE.sub(" ", question.subject)))
    texts = (corpus.passages[row].text for row in rows.tolist())
    shares = (states_definition(text, terms, corpus.words.terms) for text in texts)
    return np.fromiter(shares, dtype=np.float32, count=len(rows))


_ASKS_TO_DEFINE = re.compile(
    r"\b(?:defin\w+|meaning|means?|meant|understood|understand\w*|counts?|working|according)\b",
    re.IGNORECASE,
)


def _amounts(corpus: Corpus, rows: Ids) -> Floats:
    """Return which passages state an amount, (m,)."""
    texts = (corpus.passages[row].text for row in rows.tolist())
    return np.array([states_amount(text) for text in texts], dtype=np.float32)


def _none(rows: Ids) -> Floats:
    return np.zeros(len(rows), dtype=np.float32)


def unasked_formulas(corpus: Corpus, request: str, rows: Ids) -> Floats:
    """Return which passages are formulas of procedure of a kind that is not asked for, (m,)."""
    asked = asked_formulas(request)
    unasked = [formula for formula in Formula if formula and formula not in asked]
    return _flags(np.isin(corpus.columns.rows["formula"][rows], unasked))


def asked_formulas(request: str) -> frozenset[Formula]:
    """Return the formulas that a question names: reports, the agenda, "remains seized"."""
    asked = frozenset(_WORD.findall(request.lower()))
    return frozenset(
        formula
        for formula in Formula
        if formula and not asked.isdisjoint(words(f"formula {formula.name.lower()}"))
    )


def rows_among(rows: Ids, allowed: npt.NDArray[np.int32]) -> npt.NDArray[np.bool_]:
    """Return which rows are among `allowed`, which ascend."""
    if not len(allowed):
        return np.zeros(len(rows), dtype=bool)
    positions = np.minimum(np.searchsorted(allowed, rows), len(allowed) - 1)
    return np.asarray(allowed[positions] == rows)


def _flags(values: npt.NDArray[np.bool_]) -> Floats:
    return values.astype(np.float32)
