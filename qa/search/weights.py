"""The numbers that decide what is found and what is refused, read from `weights.json`.

`python -m benchmarks.fit` writes the fitted ones. Each group says where its numbers come from.
"""

from collections.abc import Iterable, Iterator
from dataclasses import fields
from functools import cache
from importlib.resources import files
from typing import Literal

import msgspec

from qa.errors import OperativeError
from qa.search.evidence import Evidence
from qa.search.features import RANKING_FEATURES, SELECTION_FEATURES, TOKEN_FEATURES

FORMAT = 1
WEIGHTS_FILE = "weights.json"


class WeightsError(OperativeError):
    """`weights.json` does not fit this version of the code."""


class QuestionSet(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One file of questions, recognised by its content."""

    name: str
    sha256: str


class Provenance(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True
):
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


class QueryWeights(Group, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What the words of a query count."""

    expansion_weight: float  # of a word that replaces a typed one, which has 1


class SelectionWeights(Group, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The rough sum that chooses the candidates."""

    weights: dict[str, float]  # by the names of `SELECTION_FEATURES`


class FeatureNumbers(Group, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Numbers inside features."""

    body_where_none_is_named: float  # value of the feature `body`
    formula_demotion: float  # by which the score of a formula that is not asked for is lowered
    min_title_gap: float  # least value of 1 - best title similarity
    min_residual_sine2: float  # least squared length of a vector without its resolution's direction


class RankingWeights(Group, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The sum that ranks the candidates, in the units of a softmax over them."""

    set_by_hand: tuple[str, ...]  # features too rare in questions to be fitted
    with_tokens: dict[str, float]  # by the names of `RANKING_FEATURES`
    without_tokens: dict[str, float]  # the same for a model without vectors of tokens

    def of(self, *, has_tokens: bool) -> dict[str, float]:
        """Return the weights for a model with or without vectors of tokens."""
        return self.with_tokens if has_tokens else self.without_tokens


class ConfidenceWeights(Group, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The logistic rule of confidence."""

    constant: float
    weights: dict[str, float]  # by the names of `Evidence`
    best_passages: int  # that are looked at
    margin_rank: int  # of the passage over which the margin of the best is taken


class RefusalLimits(Group, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """When search answers, and when it refuses."""

    min_confidence: float  # from which an answer is given
    min_confidence_to_show: float  # from which the nearest paragraphs are shown with a refusal
    min_confidence_of_recorded: float  # from which even what is mostly recorded elsewhere is given


class AnswerLimits(Group, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What an answer shows."""

    min_score_share: float  # of the best passage's score: a passage below it is not shown
    full_coverage: float  # of the question's words: such a passage is always shown
    small_corpus_max: int  # resolutions that may all be meant by a question that names none


class DocumentLimits(Group, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """When a document is what a description means."""

    min_score: float  # share of the description, by rarity, in its name and its topics
    whole: float  # share from which its topics hold the whole description
    min_failed: float  # the same for a draft that failed, which must also lead
    min_lead: float  # by which a draft that failed fits better than any adopted text
    max_alike: int  # documents that fit equally and are all answered for


class QuoteLimits(Group, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """When a text is an altered quotation of a paragraph, and not another text."""

    min_run_share: float  # of its words that stand in the paragraph in runs
    min_run_words: int  # words that follow each other in both: the shortest run


class Weights(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """All numbers of search and refusal."""

    format: int
    query: QueryWeights
    candidate_selection: SelectionWeights
    features: FeatureNumbers
    ranking: RankingWeights
    confidence: ConfidenceWeights
    refusal: RefusalLimits
    answers: AnswerLimits
    documents: DocumentLimits
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
    for problem in _name_problems(weights):
        raise WeightsError(f"{problem}{_REPAIR}")
    return weights


def _name_problems(weights: Weights) -> Iterator[str]:
    """Yield a sentence for each table of weights whose names are not those of its features."""
    without_tokens = [name for name in RANKING_FEATURES if name not in TOKEN_FEATURES]
    evidence = [field.name for field in fields(Evidence)]
    tables: tuple[tuple[str, Iterable[str], Iterable[str]], ...] = (
        ("candidate_selection", weights.candidate_selection.weights, SELECTION_FEATURES),
        ("ranking.with_tokens", weights.ranking.with_tokens, RANKING_FEATURES),
        ("ranking.without_tokens", weights.ranking.without_tokens, without_tokens),
        ("confidence", weights.confidence.weights, evidence),
    )
    for table, names, expected in tables:
        missing, unknown = set(expected) - set(names), set(names) - set(expected)
        if missing:
            yield f"{table} lacks {', '.join(sorted(missing))}"
        if unknown:
            yield f"{table} has {', '.join(sorted(unknown))}, which no feature is named"


_REPAIR = (
    f"; restore {WEIGHTS_FILE} from the version of the code that runs, "
    "or fit again with `python -m benchmarks.fit`"
)
