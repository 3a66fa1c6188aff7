"""Labelled questions as cases to fit on: their candidates, features and evidence over an index."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from pathlib import Path

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from qa.answering.scope import scope_of
from qa.assistant import Assistant
from qa.evaluation.evaluate import GoldQuestion, read_questions
from qa.question.question import Question
from qa.question.read import read_question
from qa.search.evidence import Evidence
from qa.search.features import RANKING_FEATURES
from qa.search.scorer import Candidates

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
Ids = npt.NDArray[np.int64]

FOLDS = 5
# The last two are not in the score: each ranks alone, for comparison.
CASE_FEATURES = (*RANKING_FEATURES, "cosine", "bm25")
EVIDENCE_NAMES = tuple(field.name for field in fields(Evidence))


@dataclass(frozen=True, slots=True, kw_only=True)
class RankingCase:
    """One question, its candidates, and which of them answer it."""

    documents: frozenset[str]  # those that answer
    rows: Ids  # (m,)
    features: Mapping[str, Floats]  # each (m,)
    wordings: Ids  # candidates of one wording have one number
    is_gold: Flags
    is_wording: Flags  # of a gold passage, or of one that the question accepts as a copy

    def scores(self, weights: Mapping[str, float]) -> Floats:
        """Return the weighted sum of the features."""
        total = np.zeros(len(self.rows))
        for name, weight in weights.items():
            total += weight * self.features[name]
        return total


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusalCase:
    """One question, the evidence for answering it, and whether the texts answer it."""

    documents: frozenset[str]  # those that answer, and the question: it is asked of several indexes
    texts: str  # the generation of the index that is asked
    questions: str  # the file that it is from
    evidence: Mapping[str, float]  # by the names of `Evidence`
    is_answerable: bool


def ranking_cases(assistant: Assistant, files: Sequence[Path]) -> Iterator[RankingCase]:
    """Yield the questions whose answer is among the texts."""
    corpus, rows_by_name = assistant.corpus, _rows_by_name(assistant)
    wording_of_row = corpus.columns.rows["family"]
    for labelled in _labelled(files):
        gold = _rows(rows_by_name, labelled.gold)
        candidates = _candidates(assistant, labelled) if gold else None
        if candidates is None:
            continue
        copies = _rows(rows_by_name, labelled.same_wording)
        wordings = wording_of_row[candidates.rows]
        terms = candidates.query.terms
        bm25 = corpus.words.scores(" ".join(terms), weights=terms)[candidates.rows]
        columns = {**candidates.features, "cosine": candidates.cosines, "bm25": bm25}
        yield RankingCase(
            documents=frozenset(corpus.passages[row].symbol for row in gold),
            rows=candidates.rows,
            features={name: columns[name].astype(np.float64) for name in CASE_FEATURES},
            wordings=np.unique(wordings, return_inverse=True)[1],
            is_gold=np.isin(candidates.rows, gold),
            is_wording=np.isin(wordings, wording_of_row[[*gold, *copies]]),
        )


def refusal_cases(
    assistant: Assistant, files: Sequence[Path], *, with_absent: bool = False
) -> Iterator[RefusalCase]:
    """Yield the questions whose answer is among the texts, and those that are to be refused.

    Questions that name a document are left out: they are looked up.

    Args:
        assistant: over one index.
        files: of questions.
        with_absent: whether a question whose answer is not loaded is one to be refused; it is not
            if a copy of the answer, or another paragraph of its document, is loaded.
    """
    corpus, rows_by_name = assistant.corpus, _rows_by_name(assistant)
    loaded = {masthead.symbol for masthead in corpus.resolutions}
    for file in files:
        for labelled in _labelled([file]):
            gold = _rows(rows_by_name, labelled.gold)
            named = (name.partition(" ")[0] for name in (*labelled.gold, *labelled.same_wording))
            is_absent = with_absent and bool(labelled.gold) and loaded.isdisjoint(named)
            question = _read(assistant, labelled)
            if question.symbols or not (gold or labelled.refuse or is_absent):
                continue
            candidates = _candidates(assistant, labelled)
            if candidates is None:
                continue
            documents = {corpus.passages[row].symbol for row in gold}
            yield RefusalCase(
                documents=frozenset({*documents, labelled.turns[-1]}),
                texts=corpus.generation,
                questions=file.stem,
                evidence=asdict(assistant.retriever.evidence(question, candidates)),
                is_answerable=bool(gold) and not labelled.refuse,
            )


def cases_over(assistants: Sequence[Assistant], files: Sequence[Path]) -> list[RefusalCase]:
    """Return the cases over a large index and over smaller ones, which lack some answers."""
    return [
        case
        for number, assistant in enumerate(assistants)
        for case in refusal_cases(assistant, files, with_absent=number > 0)
    ]


def folds(
    documents: Sequence[frozenset[str]], count: int = FOLDS
) -> Iterator[tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]]:
    """Yield the cases to fit on and the cases to test, so that no document is in both.

    Args:
        documents: of each case; cases that share one are always in the same fold.
        count: of folds.
    """
    names = sorted({name for case in documents for name in case})
    numbers = {name: number for number, name in enumerate(names)}
    pairs = [(case, numbers[name]) for case, own in enumerate(documents) for name in own]
    cases = [case for case, _ in pairs]
    columns = [len(documents) + number for _, number in pairs]
    size = len(documents) + len(names)
    graph = csr_array((np.ones(len(pairs)), (cases, columns)), shape=(size, size))
    groups = connected_components(graph, directed=False)[1][: len(documents)]
    from sklearn.model_selection import GroupKFold

    splitter = GroupKFold(count, shuffle=True, random_state=0)
    yield from splitter.split(np.zeros(len(documents)), groups=groups)


def matrix_of(cases: Sequence[RefusalCase], names: Sequence[str]) -> Floats:
    """Return the evidence of the cases, a row each."""
    return np.array([[case.evidence[name] for name in names] for case in cases], dtype=np.float64)


def _labelled(files: Sequence[Path]) -> Iterator[GoldQuestion]:
    for file in files:
        yield from read_questions(file, file.read_text(encoding="utf-8"))


def _rows_by_name(assistant: Assistant) -> dict[str, int]:
    return {
        f"{passage.symbol} {passage.label}": passage.row for passage in assistant.corpus.passages
    }


def _rows(rows_by_name: Mapping[str, int], names: Iterable[str]) -> list[int]:
    """Return the rows of those passages that are loaded."""
    return sorted(rows_by_name[name] for name in names if name in rows_by_name)


def _read(assistant: Assistant, labelled: GoldQuestion) -> Question:
    """Return the last turn of a question as it is read over the texts."""
    corpus = assistant.corpus
    return read_question(labelled.turns[-1], corpus.resolutions, assistant.retriever.names)


def _candidates(assistant: Assistant, labelled: GoldQuestion) -> Candidates | None:
    """Return the candidates for the last turn of a question, searched as for an answer."""
    question = _read(assistant, labelled)
    scope = [masthead.symbol for masthead in scope_of(assistant.corpus, question)]
    return assistant.retriever.candidates(question, scope=scope)
