"""The limits by which turns of a conversation are read: data in `turn_limits.json`."""

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True, kw_only=True)
class TurnLimits:
    """How few words, and how alike, make a turn go on about what was spoken of."""

    min_alike: float  # cosine below which no word of a question has the meaning of another phrase
    max_own_words: int  # of a short sentence that says no topic of its own
    max_timed_words: int  # own words of a turn that asks of another time
    max_quoted: int  # quotations of the last answer that may give a value


@cache
def load_turn_limits() -> TurnLimits:
    """Return the limits; the file is read once."""
    values = json.loads(files("qa.question").joinpath("turn_limits.json").read_bytes())
    del values["provenance"]
    return TurnLimits(**values)
