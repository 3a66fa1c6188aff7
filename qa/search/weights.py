"""The numbers that decide what is found and what is refused, read from `weights.json`.

`python -m benchmarks.fit` writes the fitted ones. Each group says where its numbers come from.
"""

from functools import cache
from importlib.resources import files
from typing import Literal

import msgspec

from qa.errors import OperativeError

FORMAT = 1
WEIGHTS_FILE = "weights.json"


class WeightsError(OperativeError):
    """`weights.json` does not fit this version of the code."""


class QuestionSet(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One file of questions, recognised by its content."""

    name: str
    sha256: str


class Provenance(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Where the numbers of one group come from."""

    method: Literal["fitted", "set by hand"]
    commit: str  # of the code that fitted them, or in which they were set
    date: str  # "2026-11-27"
    note: str = ""
    texts: str = ""  # over which the questions were asked
    questions: tuple[QuestionSet, ...] = ()
    scores: dict[str, float] = {}  # cross-validated


class Group(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Numbers of one kind, with where they come from."""

    provenance: Provenance


class RefusalLimits(Group, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """When search answers, and when it refuses."""

    min_confidence: float  # from which an answer is given
    min_confidence_to_show: float  # from which the nearest paragraphs are shown with a refusal
    min_confidence_of_recorded: float  # from which even what is mostly recorded elsewhere is given
    # The rule of confidence was learned from many passages and is too sure over few. There, one of
    # the best `nearest_hits` must reach `min_nearness`: cosine + coverage_weight * coverage.
    min_nearness: float
    coverage_weight: float
    nearest_hits: int


class AnswerLimits(Group, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What an answer shows."""

    min_score_share: float  # of the best passage's score: a passage below it is not shown
    full_coverage: float  # of the question's words: such a passage is always shown
    small_corpus_max: int  # resolutions that may all be meant by a question that names none


class HistoryLimits(Group, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """When a paragraph of another resolution is an earlier or later version of one."""

    min_cosine: float  # from which two paragraphs are compared word by word
    min_shared_words: float  # share of the words of both that stand in the same order


class QuoteLimits(Group, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """When a text is an altered quotation of a paragraph, and not another text."""

    min_run_share: float  # of its words that stand in the paragraph in runs
    min_run_words: int  # words that follow each other in both: the shortest run


class Weights(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """All numbers of search and refusal."""

    format: int
    refusal: RefusalLimits
    answers: AnswerLimits
    paragraph_history: HistoryLimits
    quote_check: QuoteLimits


@cache
def load_weights() -> Weights:
    """Return the numbers that the package holds."""
    return read_weights(files("qa.search").joinpath(WEIGHTS_FILE).read_bytes())


def read_weights(content: bytes) -> Weights:
    """Return the numbers in a `weights.json`.

    Raises:
        WeightsError: a number is missing, unknown or no number.
    """
    try:
        weights = msgspec.json.decode(content, type=Weights)
    except msgspec.MsgspecError as error:
        raise WeightsError(f"{error}{_REPAIR}") from error
    if weights.format != FORMAT:
        raise WeightsError(f"its format is {weights.format}, not {FORMAT}{_REPAIR}")
    return weights


_REPAIR = (
    f"; restore {WEIGHTS_FILE} from the version of the code that runs, "
    "or fit again with `python -m benchmarks.fit INDEX QUESTIONS.jsonl`"
)
