"""Which stretches of a draft are taken from which wordings."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from qa.desks.alignment import common_runs, runs_inside, word_ratio
from qa.desks.desk_limits import load_desk_limits
from qa.desks.word_tokens import WordTokens, tokenize_words
from qa.desks.wording_candidates import WordingCandidate


@dataclass(frozen=True, slots=True, kw_only=True)
class WordingSpan:
    """Words `first` to `last`, exclusive, of a draft and the wording that they are taken from."""

    candidate: WordingCandidate
    first: int
    last: int
    share: float  # 2·LCS/(a+b) of that stretch and the part of the wording that is like it
    whole: float  # the same of that stretch and the whole wording

    @property
    def size(self) -> int:
        """How many words of the draft it has."""
        return self.last - self.first


def compose_spans(
    draft: WordTokens, candidates: Sequence[WordingCandidate]
) -> tuple[WordingSpan, ...]:
    """Return the stretches of a draft with a source each, in the order of the draft.

    The largest is taken first, then those of what it leaves.
    """
    limits = load_desk_limits()
    spans: list[WordingSpan] = []
    free = [(0, len(draft))]
    while free:
        first, last = free.pop()
        if last - first < limits.min_span_words:
            continue
        best = max(
            _spans(draft, first, last, candidates),
            key=lambda span: (span.size * span.share * (1 + span.whole), span.candidate.row),
            default=None,
        )
        if best is None:
            continue
        spans.append(best)
        free += [(first, best.first), (best.last, last)]
    return tuple(sorted(spans, key=lambda span: span.first))


def is_covered(draft: WordTokens, keys: Sequence[str]) -> bool:
    """Return whether a wording leaves no stretch of a draft that may have a source of its own."""
    runs = common_runs(draft.keys, keys)
    ends = [0, *(run.given + run.size for run in runs)]
    starts = [*(run.given for run in runs), len(draft)]
    least = load_desk_limits().min_span_words
    return all(last - first < least for first, last in zip(ends, starts, strict=True))


def uncovered(draft: WordTokens, spans: Sequence[WordingSpan]) -> list[WordTokens]:
    """Return the stretches of a draft that have no source and are long enough to have one."""
    ends = [0, *(span.last for span in spans)]
    starts = [*(span.first for span in spans), len(draft)]
    least = load_desk_limits().min_span_words
    return [
        draft_part(draft, first, last)
        for first, last in zip(ends, starts, strict=True)
        if last - first >= least
    ]


def _spans(
    draft: WordTokens, first: int, last: int, candidates: Sequence[WordingCandidate]
) -> Iterator[WordingSpan]:
    limits = load_desk_limits()
    for candidate in candidates:
        runs = runs_inside(candidate.keys, draft.keys[first:last])
        if sum(run.size for run in runs) < limits.min_span_words * limits.min_span_ratio:
            continue
        opening, closing = runs[0], runs[-1]
        begin, end = first + opening.printed, first + closing.printed + closing.size
        ours = draft.keys[begin:end]
        share = word_ratio(ours, candidate.keys[opening.given : closing.given + closing.size])
        if end - begin >= limits.min_span_words and share >= limits.min_span_ratio:
            yield WordingSpan(
                candidate=candidate,
                first=begin,
                last=end,
                share=share,
                whole=word_ratio(ours, candidate.keys),
            )


def draft_part(draft: WordTokens, first: int, last: int) -> WordTokens:
    """Return the words `first` to `last`, exclusive, of a draft as a text of their own."""
    return tokenize_words(draft.slice_text(first, last))
