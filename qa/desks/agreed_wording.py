"""A draft against agreed wording: word for word, near, composed, or without precedent."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum
from functools import partial

from qa.corpus.corpus import Corpus
from qa.desks.alignment import (
    AlignedDifference,
    align_whole,
    common_runs,
    containment,
    word_ratio,
)
from qa.desks.desk_limits import load_desk_limits
from qa.desks.document_words import CorpusWords
from qa.desks.draft_reader import DraftParagraph, read_draft_paragraphs
from qa.desks.excluded_series import without_series
from qa.desks.word_tokens import WordTokens, tokenize_words
from qa.desks.wording_candidates import WordingCandidate, WordingCandidates
from qa.desks.wording_changes import WordingChanges, wording_changes
from qa.desks.wording_spans import (
    WordingSpan,
    compose_spans,
    draft_part,
    is_covered,
    uncovered,
)
from qa.desks.wording_uses import WordingUseFinder, WordingUses
from qa.errors import InputError
from qa.question.language import foreign_language
from qa.search.filters import Filters
from qa.search.retriever import Retriever
from qa.time_budget import in_time

MAX_DRAFT_CHARACTERS = 400_000
MAX_PARAGRAPH_WORDS = 2_000
MAX_MATCHES = 5
_LIKEST = 4  # matches that are shown however like each other they are


class AgreedStatus(Enum):
    """What a paragraph of a draft is; the values are kept by programs."""

    WORD_FOR_WORD = "word_for_word"
    NEAR = "near"
    COMPOSED = "composed"
    NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreedMatch:
    """An agreed wording that a paragraph, or a stretch of it, is like."""

    symbol: str  # of its latest use
    label: str
    text: str
    share: float  # 2·LCS/(a+b) with the paragraph, or with the stretch
    span: str  # the words of the draft that are taken from it; "" for the whole paragraph
    uses: WordingUses
    differences: tuple[AlignedDifference, ...]
    changes: WordingChanges


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreedParagraph:
    """A paragraph of a draft with the wordings that it is like, the best first."""

    draft: DraftParagraph
    status: AgreedStatus
    matches: tuple[AgreedMatch, ...]
    words: int
    words_agreed: int  # of its words that an agreed wording has in their order
    note: str = ""  # what hindered the comparison


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftAgreement:
    """What came of comparing a draft with agreed wording."""

    paragraphs: tuple[AgreedParagraph, ...]
    excluded: str  # the name of the series that was left out; "" for none
    input_sha256: str
    generation: str

    @property
    def share_agreed(self) -> float:
        """The share of the words of the draft that are agreed."""
        words = sum(paragraph.words for paragraph in self.paragraphs)
        agreed = sum(paragraph.words_agreed for paragraph in self.paragraphs)
        return agreed / words if words else 0.0

    def count(self, status: AgreedStatus) -> int:
        """Return how many paragraphs have a status."""
        return sum(paragraph.status is status for paragraph in self.paragraphs)


def agreed_wording(
    retriever: Retriever,
    corpus: Corpus,
    text: str,
    *,
    filters: Filters,
    exclude: str = "",
    sha256: str | None = None,
) -> DraftAgreement:
    """Return a draft compared with agreed wording, paragraph by paragraph.

    Args:
        retriever: the search over the loaded texts.
        corpus: the loaded texts.
        text: a paragraph or a whole draft.
        filters: which passages it is compared with.
        exclude: the symbol of a document whose series is left out; "" for none.
        sha256: of the file that it was read from; None for that of the text.

    Raises:
        InputError: it has no words, or too many, or is not in English; or nothing is left to
            compare it with.
    """
    paragraphs = _usable(text)
    rows, excluded = retriever.allowed(filters), ""
    if exclude:
        rows, excluded = without_series(corpus, rows, exclude)
    if not len(rows):
        raise InputError("no loaded text is left to compare with; widen the filters.")
    words = CorpusWords(corpus)
    desk = _DraftDesk(
        words,
        WordingCandidates(corpus, words, rows, retriever.cosines),
        WordingUseFinder(corpus, words, rows),
    )
    return DraftAgreement(
        paragraphs=tuple(map(desk.compared, in_time(paragraphs))),
        excluded=excluded,
        input_sha256=sha256 or hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest(),
        generation=corpus.generation,
    )


def _usable(text: str) -> tuple[DraftParagraph, ...]:
    if len(text) > MAX_DRAFT_CHARACTERS:
        raise InputError(f"the draft has {len(text):,} characters; compare it in smaller parts.")
    paragraphs = read_draft_paragraphs(text)
    sizes = [len(tokenize_words(paragraph.text)) for paragraph in paragraphs]
    if not any(sizes):
        raise InputError("the draft has no words; give a paragraph or a whole draft.")
    longest = max(sizes)
    if longest > MAX_PARAGRAPH_WORDS:
        raise InputError(
            f"a paragraph of the draft has {longest:,} words; put each paragraph on a line of its "
            "own."
        )
    language = foreign_language(" ".join(paragraph.text for paragraph in paragraphs))
    if language:
        raise InputError(
            f"the draft seems to be in {language}, and agreed wording is searched in English; "
            "give the English text."
        )
    return tuple(paragraph for paragraph, size in zip(paragraphs, sizes, strict=True) if size)


class _DraftDesk:
    """Compares the paragraphs of one draft."""

    def __init__(
        self, words: CorpusWords, candidates: WordingCandidates, uses: WordingUseFinder
    ) -> None:
        self._words = words
        self._candidates = candidates
        self._uses = uses

    def compared(self, paragraph: DraftParagraph) -> AgreedParagraph:
        """Return what a paragraph is."""
        draft = tokenize_words(paragraph.text)
        found = self._candidates.find(draft)
        best = found[0] if found else None
        limits = load_desk_limits()
        spans: tuple[WordingSpan, ...] = ()
        is_same = best is not None and best.keys == draft.keys
        if best is None or not is_covered(draft, best.keys):
            spans = self._spans(draft, found)
        if is_same:
            status = AgreedStatus.WORD_FOR_WORD
        elif self._is_composed(draft, spans, best):
            status = AgreedStatus.COMPOSED
        elif max((each.sense for each in found), default=0.0) >= limits.min_agreed_sense:
            status = AgreedStatus.NEAR
        else:
            status = AgreedStatus.NONE
        note = ""
        if status is AgreedStatus.NONE and (language := foreign_language(paragraph.text)):
            note = f"in {language}; agreed wording is searched in English"
        return AgreedParagraph(
            draft=paragraph,
            status=status,
            matches=self._matches(draft, found, spans, status),
            words=len(draft),
            words_agreed=_words_agreed(draft, found, spans, status),
            note=note,
        )

    def _spans(
        self, draft: WordTokens, found: Sequence[WordingCandidate]
    ) -> tuple[WordingSpan, ...]:
        """Return the stretches with a source each; what has none yet is searched by itself."""
        spans = compose_spans(draft, found)
        rest = uncovered(draft, spans)
        if not spans or (len(spans) == 1 and not rest):
            return spans
        parts = [draft_part(draft, span.first, span.last) for span in spans] + rest
        others = [each for part in parts for each in self._candidates.by_words(part)]
        return compose_spans(draft, (*found, *others))

    def _is_composed(
        self, draft: WordTokens, spans: Sequence[WordingSpan], best: WordingCandidate | None
    ) -> bool:
        """Return whether several wordings have together what none of them has."""
        limits = load_desk_limits()
        sources = {span.candidate.keys for span in spans}
        covered = sum(span.size for span in spans) / len(draft)
        alone = best.share if best is not None else 0.0
        if len(sources) < 2 or covered < max(limits.min_composed_share, alone):
            return False
        stems = frozenset().union(*map(self._words.stems, sources))
        wanted = tuple(self._words.stems(draft.keys))
        contained = containment(wanted, stems, self._words.stem_weight)
        return contained >= limits.min_composed_share

    def _matches(
        self,
        draft: WordTokens,
        found: Sequence[WordingCandidate],
        spans: Sequence[WordingSpan],
        status: AgreedStatus,
    ) -> tuple[AgreedMatch, ...]:
        if status is AgreedStatus.NONE:
            return ()
        matches: dict[tuple[str, ...], AgreedMatch] = {}
        if status is AgreedStatus.COMPOSED:
            for span in sorted(spans, key=lambda span: -span.size)[:MAX_MATCHES]:
                part = draft_part(draft, span.first, span.last)
                match = self._match(part, span.candidate)
                matches.setdefault(
                    span.candidate.keys, replace(match, span=part.text, share=span.share)
                )
        for candidate in found:
            if len(matches) >= MAX_MATCHES:
                break
            keys = candidate.keys
            is_new = len(matches) < _LIKEST or not any(map(partial(_is_like, keys), matches))
            if keys not in matches and is_new:
                matches[keys] = self._match(draft, candidate)
        return tuple(matches.values())

    def _match(self, draft: WordTokens, candidate: WordingCandidate) -> AgreedMatch:
        uses = self._uses.of(candidate.keys, candidate.row)
        latest = uses.latest
        agreed = self._words.row_tokens(latest.row)
        return AgreedMatch(
            symbol=latest.symbol,
            label=latest.label,
            text=agreed.text,
            share=candidate.share,
            span="",
            uses=uses,
            differences=align_whole(draft, agreed).differences,
            changes=wording_changes(draft, agreed),
        )


def _is_like(ours: Sequence[str], theirs: Sequence[str]) -> bool:
    """Return whether two wordings are so like that a reader needs one of them only."""
    return word_ratio(ours, theirs) >= load_desk_limits().min_near_share


def _words_agreed(
    draft: WordTokens,
    found: Sequence[WordingCandidate],
    spans: Sequence[WordingSpan],
    status: AgreedStatus,
) -> int:
    """Return how many words of a draft the best wording, or its spans, have in their order."""
    if status is AgreedStatus.NONE:
        return 0
    if status is AgreedStatus.COMPOSED:
        return sum(round(span.size * span.share) for span in spans)
    return sum(run.size for run in common_runs(draft.keys, found[0].keys))
