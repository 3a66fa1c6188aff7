"""The limits by which the desks judge: data in `desk_limits.json`."""

import json
from dataclasses import dataclass
from functools import cache
from importlib import resources


@dataclass(frozen=True, slots=True, kw_only=True)
class PairingLimits:
    """By what two paragraphs of two editions are versions of each other: log-odds, summed up.

    Source:
        `provenance` in the file: logistic regression over pairs that were judged by reading.
    """

    intercept: float
    likeness: float  # times the likeness of the words, 0 to 1
    meaning: float  # times the cosine of their vectors
    nearest: float  # times by how much it exceeds that of either with any other paragraph
    longest_run: float  # times the logarithm of the weight of the longest common run of words
    same_opening: float  # both begin alike
    in_order: float  # both are between the same neighbours
    per_place: float  # times how far one is from where its neighbours put it, 0 to 1
    identical: float  # at least this where the words are the same
    min_anchor: float  # so sure a pair fixes the places of others
    full_weight: float  # a text of this weight counts in full where the other holds it
    min_part_words: int  # a part of a split paragraph has at least so many words


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskLimits:
    """From which share of common words on something is called what."""

    min_run_between: int  # words: shorter common runs between differences are part of them
    min_altered_share: float  # a quotation is an altered one
    min_cited_share: float  # it is one of the cited paragraph, though it occurs elsewhere
    min_corpus_share: float  # it is one of a document that nothing cites
    min_corpus_words_share: float  # or of its words, each counted as one
    min_corpus_words: int  # if it has at least so many
    min_paraphrase_share: float  # of its words in any order
    max_short_words: int  # so few are too short to be judged
    min_contained_share: float  # one holds the other: split or merged
    min_near_share: float  # two wordings are so like that one of them is shown
    min_sure_ratio: float  # words in order so alike that the sense need not be compared
    contained_weight: float  # of words in any order in the sense; the cosine has the rest
    min_agreed_sense: float  # below it, no wording is a precedent
    min_span_words: int  # of a stretch of a draft that has a source of its own
    min_span_ratio: float  # of that stretch and its source
    min_composed_share: float  # of the words of a draft, and of their weight, in such stretches
    pairing: PairingLimits


@cache
def load_desk_limits() -> DeskLimits:
    """Return the limits; the file is read once."""
    file = resources.files("qa.desks").joinpath("desk_limits.json")
    values = json.loads(file.read_text(encoding="utf-8"))
    del values["provenance"]
    return DeskLimits(**values | {"pairing": PairingLimits(**values["pairing"])})
