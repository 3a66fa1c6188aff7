"""Candidates by vectors, words and structure; their fusion; grouping of copies; order."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

import numpy as np
import numpy.typing as npt

from qa.corpus import Corpus, Passage
from qa.question import Filters, Question
from qa.resolutions.cite.numbers import ordinal
from qa.resolutions.model import Kind, Span
from qa.resolutions.tables.load import words
from qa.topic import expand, expanded_phrases, expansions

Floats = npt.NDArray[np.float32]
Encode = Callable[[Sequence[str]], Floats]

# What a sign of structure adds to a fused score, set on the questions of the seeds.
VERB, ACTOR, YEAR, CITES, SERIES, DUE, ADDRESSEE = 0.12, 0.15, 0.10, 0.15, 0.20, 0.10, 0.03
PREAMBULAR_PRIOR, NOTE_PRIOR, NOTE_AMONG_CITATIONS = -0.12, -0.17, -0.12
COSINE_WEIGHT, WORDS_WEIGHT = 0.6, 0.5
EXPANSION_WEIGHT = 0.6  # a word that stands for what was typed counts less than the word itself


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A passage found by search, with what spoke for it."""

    passage: Passage
    score: float  # 0 to 1, fused
    cosine: float  # of the question and the paragraph with its context, -1 to 1
    coverage: float  # share of the question's words, by rarity, that it holds; 0 to 1
    copies: tuple[Passage, ...] = ()


@dataclass(frozen=True, slots=True)
class Query:
    """The searchable form of a question."""

    texts: tuple[str, ...]  # to be embedded
    terms: dict[str, float] = field(default_factory=dict)  # to be matched, with weights
    groups: tuple[tuple[str, ...], ...] = ()  # per word of the question: it, or what stands for it


class Retriever:
    """Search over one corpus with one encoder."""

    def __init__(self, corpus: Corpus, encode: Encode) -> None:
        self._corpus = corpus
        self._encode = encode

    def query(self, question: Question) -> Query:
        """Return what to search for: spelling repaired, short names and everyday words expanded."""
        words = self._corpus.words
        topic = _ordinals(question.topic) or question.text
        repaired = self._repaired(topic)
        added = expansions(repaired)
        terms: dict[str, float] = {}
        for text, weight in ((repaired, 1.0), *((one, EXPANSION_WEIGHT) for one in added)):
            for term in words.terms(text):
                terms[term] = max(weight, terms.get(term, 0.0))
        return Query(
            texts=(expand(repaired),),
            terms=terms,
            groups=tuple(self._groups(repaired)),
        )

    def allowed(self, filters: Filters, scope: Iterable[str] = ()) -> npt.NDArray[np.int64]:
        """Return the rows that the filters and the resolutions in `scope` (empty: all) leave."""
        symbols = frozenset(scope)
        return np.array(
            [
                one.row
                for one in self._corpus.passages
                if (not symbols or one.symbol in symbols) and _passes(one, filters)
            ],
            dtype=np.int64,
        )

    def search(
        self,
        question: Question,
        *,
        k: int,
        filters: Filters | None = None,
        scope: Iterable[str] = (),
    ) -> tuple[Hit, ...]:
        """Return the `k` best passages, best first; copies of one wording count once."""
        filters = filters or Filters()
        rows = self.allowed(filters, scope)
        if not len(rows) or k < 1:
            return ()
        query = self.query(question)
        encoded = self._encode(query.texts)
        direction = encoded.sum(axis=0)
        cosines = self._corpus.vectors.similarities(direction / np.linalg.norm(direction))[rows]
        words = self._word_scores(query)[rows]
        structure = np.array(
            [self._structure(self._corpus.passages[row], question, query, filters) for row in rows],
            dtype=np.float32,
        )
        fused = fuse(cosines, words, structure)
        order = sorted(
            range(len(rows)), key=lambda at: (-round(float(fused[at]), 6), int(rows[at]))
        )
        return tuple(
            self._grouped(order, rows=rows, fused=fused, cosines=cosines, query=query, k=k)
        )

    def coverage(self, query: Query, passage: Passage) -> float:
        """Return which share of the question's words, weighted by rarity, a passage holds."""
        words = self._corpus.words
        held = set(words.terms(passage.text)) | set(words.terms(passage.chapeau or ""))
        total = found = 0.0
        rarest = (
            max((words.idf(term) for group in query.groups for term in group), default=1.0) or 1.0
        )
        for group in query.groups:
            weight = max((words.idf(term) for term in group), default=0.0) or rarest
            total += weight
            found += weight if held & set(group) else 0.0
        return found / total if total else 0.0

    def highlights(self, query: Query, passage: Passage) -> tuple[Span, ...]:
        """Return where the words asked for stand in a passage, neighbours joined."""
        words = self._corpus.words
        spans: list[Span] = []
        for match in re.finditer(r"[^\W_]+(?:[-'][^\W_]+)*", passage.text):
            if not any(term in query.terms for term in words.terms(match[0])):
                continue
            if spans and passage.text[spans[-1].end : match.start()].strip() == "":
                spans[-1] = Span(start=spans[-1].start, end=match.end())
            else:
                spans.append(Span(start=match.start(), end=match.end()))
        return tuple(spans)

    def _repaired(self, topic: str) -> str:
        def repair(match: re.Match[str]) -> str:
            word = match[0]
            if expansions(word):
                return word
            return self._corpus.words.nearest_term(word) or word

        return re.sub(r"[^\W\d_]{5,}", repair, topic)

    def _groups(self, topic: str) -> Iterable[tuple[str, ...]]:
        """Yield, per content word of the question, the terms that would each meet it."""
        words = self._corpus.words
        rest = topic
        for phrase in expanded_phrases(topic):
            rest = rest.replace(phrase, " ")
            terms = {*words.terms(phrase), *words.terms(expand(phrase))}
            if terms:
                yield tuple(sorted(terms))
        for word in dict.fromkeys(re.findall(r"[^\W_]+(?:[-'][^\W_]+)*", rest)):
            terms = set(words.terms(word))
            if terms and word.lower() not in _LIGHT:
                yield tuple(sorted(terms))

    def _word_scores(self, query: Query) -> Floats:
        """Return BM25 as a share of the most that the question's words could give."""
        words = self._corpus.words
        rarest = max((words.idf(term) for term in query.terms), default=0.0) or 1.0
        most = sum(weight * (words.idf(term) or rarest) for term, weight in query.terms.items())
        scores = words.scores(" ".join(query.terms), weights=query.terms)
        return scores / np.float32(most) if most else scores

    def _structure(
        self, passage: Passage, question: Question, query: Query, filters: Filters
    ) -> float:
        """Return what the passage's place, verbs, addressee, date and citations say for it."""
        terms = self._corpus.words.terms
        adopted = passage.resolution.adopted
        cited = [one.symbol for one in passage.citations]
        addressees = " ".join(one.addressee for one in passage.actions if one.addressee)
        signs = (
            (question.verbs and any(one.lemma in question.verbs for one in passage.actions), VERB),
            (question.actor and is_addressed(passage, question.actor, terms), ACTOR),
            (adopted and adopted.year in question.years, YEAR),
            (question.about_citations and cited, CITES),
            (
                question.cited_series
                and any(one.startswith(question.cited_series) for one in cited),
                SERIES,
            ),
            (question.asks_when and any(one.due for one in passage.actions), DUE),
            (addressees and set(terms(addressees)) & set(query.terms), ADDRESSEE),
        )
        return _kind_prior(passage.kind, question, filters) + sum(
            weight for holds, weight in signs if holds
        )

    def _grouped(
        self,
        order: Sequence[int],
        *,
        rows: npt.NDArray[np.int64],
        fused: Floats,
        cosines: Floats,
        query: Query,
        k: int,
    ) -> Iterable[Hit]:
        """Yield hits in order; of passages with one wording only the newest, its copies with it."""
        allowed = frozenset(int(row) for row in rows)
        seen: set[str] = set()
        count = 0
        for at in order:
            if count == k:
                return
            passage = self._corpus.passages[int(rows[at])]
            if passage.wording in seen:
                continue
            seen.add(passage.wording)
            count += 1
            family = sorted((passage, *self._corpus.copies(passage)), key=_newest_first)
            shown = next(one for one in family if one.row in allowed)
            yield Hit(
                passage=shown,
                score=float(np.clip(fused[at], 0.0, 1.0)),
                cosine=float(cosines[at]),
                coverage=self.coverage(query, passage),
                copies=tuple(one for one in family if one is not shown),
            )


def fuse(cosines: Floats, words: Floats, structure: Floats) -> Floats:
    """Return one score a row, higher is better: a weighted sum of three legs.

    Args:
        cosines: of question and paragraph, -1 to 1.
        words: BM25 as a share of what a row with every word could reach, 0 to 1.
        structure: sum of the signs that hold.

    Source:
        Measured on the seeds against reciprocal rank fusion, which puts the right paragraph first
        less often (benchmarks/README.md).
    """
    return (COSINE_WEIGHT * cosines + WORDS_WEIGHT * words + structure).astype(np.float32)


def is_addressed(passage: Passage, actor: str, terms: Callable[[str], list[str]]) -> bool:
    """Tell whether a passage asks `actor` to do something."""
    wanted = set(terms(actor))
    return any(
        one.addressee is not None and wanted and wanted <= set(terms(one.addressee))
        for one in passage.actions
    )


_LIGHT = words("light")


def _kind_prior(kind: Kind, question: Question, filters: Filters) -> float:
    """Operative first; others on equal terms only where they are asked for."""
    if kind in question.kinds or (filters.kinds and kind in filters.kinds):
        return 0.05 if kind in question.kinds else 0.0
    if kind is Kind.OPERATIVE:
        return 0.0
    if question.about_citations:
        return NOTE_AMONG_CITATIONS if kind is Kind.NOTE else 0.0
    return NOTE_PRIOR if kind is Kind.NOTE else PREAMBULAR_PRIOR


def _passes(passage: Passage, filters: Filters) -> bool:
    resolution = passage.resolution
    year = resolution.adopted.year if resolution.adopted else None
    if filters.kinds and passage.kind not in filters.kinds:
        return False
    if filters.bodies and resolution.body.value not in filters.bodies:
        return False
    if filters.since is not None and (year is None or year < filters.since):
        return False
    return not (filters.until is not None and (year is None or year > filters.until))


def _ordinals(text: str) -> str:
    """Return `text` with "62nd session" as resolutions print it, "sixty-second session"."""
    return re.sub(r"\b(\d{1,2})(?:st|nd|rd|th)\b", lambda match: ordinal(int(match[1])), text)


def _newest_first(passage: Passage) -> tuple[int, int]:
    adopted = passage.resolution.adopted or date.min
    return (-adopted.toordinal(), passage.row)
