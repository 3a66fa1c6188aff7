"""What speaks for answering a question at all."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Evidence:
    """The features of the best candidates from which the confidence is computed."""

    query_length: float
    """Logarithm of one more than the number of words that the question asks for."""
    coverage: float
    """Share of these words, by rarity, in one of the best passages with its title."""
    resolution_coverage: float
    """The same in the whole resolution of the best passage."""
    local_idf: float
    """The highest `local_idf_share` of a candidate (`qa.search.features`)."""
    cosine: float
    """Of the question and the nearest passage in the resolutions of the best passages."""
    score: float
    """Of the best passage."""
    margin: float
    """Of the best passage over a later one, mostly the tenth."""
    title_match: float
    """The highest `topic_max_sim_with_title` of the best passages."""
    date_match: float
    """1 if the best passage is of the year or session named, -1 if not, 0 if none is named."""
    entity_missing: float
    """The least share of the question's entities that a best passage and its title do not name."""
    passage_cosine: float
    """The highest cosine of the question and one of the best passages."""
    max_sim: float
    """The highest `question_weighted_max_sim` of the best passages."""
    typed_words: float
    """Logarithm of one more than the number of words typed."""
    log_corpus_size: float
    """Logarithm of the number of passages: among many there is a near miss for anything."""
