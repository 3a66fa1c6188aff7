"""Whether a text is really what a paragraph says: any difference, word by word."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import Enum
from typing import Any

from rapidfuzz.distance import LCSseq

from qa.answering.lookup import look_up
from qa.answering.quotation import quote
from qa.answering.quoted_words import ENDS, find_pieces, piece_words, pieces_of, words_in
from qa.corpus.corpus import Corpus
from qa.corpus.passages import Passage
from qa.question.read import read_question
from qa.resolutions.cite.citation_format import spaced_symbol
from qa.resolutions.model import Span
from qa.search.weights import load_weights
from qa.time_budget import in_time

MAX_EQUAL_PAIRS = 50_000


class Verdict(Enum):
    """How a text compares with the paragraph that it is said to come from."""

    WORD_FOR_WORD = "word_for_word"  # but for quotation marks, white space and [...]
    SAME_WORDS = "same_words"  # capitals or punctuation differ
    ALTERED = "altered"  # like it, but other words
    ELSEWHERE = "elsewhere"  # not there, but word for word in another paragraph
    NOT_FOUND = "not_found"
    NO_SUCH_PARAGRAPH = "no_such_paragraph"
    NOT_LOADED = "not_loaded"
    NOT_A_CITATION = "not_a_citation"
    TOOK_TOO_LONG = "took_too_long"


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One place where the words differ; "" where one side has none."""

    given: str
    printed: str


@dataclass(frozen=True, slots=True, kw_only=True)
class QuoteCheck:
    """What came of checking a text."""

    verdict: Verdict
    message: str
    passage: Passage | None = None  # the one that it comes nearest to
    citation: str = ""  # of that passage
    spans: tuple[Span, ...] = ()  # where the text is in it, in characters
    differences: tuple[Difference, ...] = ()


def check(
    corpus: Corpus, text: str, citation: str, others: Callable[[], Iterable[Passage]]
) -> QuoteCheck:
    """Return whether `text` is what `citation` says.

    Quotation marks around it, white space, note markers, a first letter in other case in square
    brackets and "[...]" for what is left out are as a careful quotation has them, and no
    difference.

    Args:
        corpus: the loaded texts.
        text: the words that are to be checked.
        citation: of the paragraph, or the document, that is said to have them.
        others: gives passages to look in where it does not have them.
    """
    asked = read_question(citation)
    if not asked.symbols:
        return QuoteCheck(
            verdict=Verdict.NOT_A_CITATION,
            message=f"“{citation}” names no document; type one such as A/RES/61/181, para. 6.",
        )
    symbol = asked.symbols[0]
    if corpus.place(symbol) is None:
        named = spaced_symbol(symbol)
        message = f"{named} is not loaded, so that nothing can be said of it."
        return QuoteCheck(verdict=Verdict.NOT_LOADED, message=message)
    masthead = corpus.masthead(symbol)
    result = look_up(corpus, asked) if asked.places else None
    if result and not result.passages:
        return QuoteCheck(verdict=Verdict.NO_SUCH_PARAGRAPH, message=" ".join(result.misses))
    there = result.passages if result else corpus.passages_of(masthead.symbol if masthead else "")
    pieces = pieces_of(text)
    if not pieces:
        return QuoteCheck(verdict=Verdict.NOT_FOUND, message="The text to check has no words.")
    match_there = _stands(corpus, pieces, there)
    if match_there:
        return match_there
    nearby = (*corpus.passages_of(there[0].symbol), *others())
    return _elsewhere(corpus, pieces, nearby) or _altered(corpus, pieces, there)


def quote_check_record(checked: QuoteCheck) -> dict[str, Any]:
    """Return what came of it as values that JSON can hold."""
    passage = checked.passage
    return {
        "verdict": checked.verdict.value,
        "is_verbatim": checked.verdict is Verdict.WORD_FOR_WORD,
        "message": checked.message,
        "symbol": passage.symbol if passage else None,
        "label": passage.label if passage else None,
        "citation": checked.citation or None,
        "text": passage.text if passage else None,
        "spans": [[span.start, span.end] for span in checked.spans],
        "differences": [
            {"given": difference.given, "printed": difference.printed}
            for difference in checked.differences
        ],
    }


def _stands(corpus: Corpus, pieces: Sequence[str], there: Sequence[Passage]) -> QuoteCheck | None:
    """Return the first of these passages that has all pieces in their order."""
    for verdict, plain in ((Verdict.WORD_FOR_WORD, False), (Verdict.SAME_WORDS, True)):
        wanted = piece_words(pieces, plain=plain)
        size = sum(len(word) for words in wanted for word in words)
        for passage in in_time(there):
            if size > len(passage.text.casefold()):
                continue
            spans = tuple(find_pieces(wanted, words_in(passage.text, plain=plain)))
            if len(spans) == len(pieces):
                name = quote(corpus, passage).citation
                message = f"Word for word in {name}."
                if plain:
                    message = f"The words of {name}; capitals or punctuation differ."
                return QuoteCheck(
                    verdict=verdict, message=message, passage=passage, citation=name, spans=spans
                )
    return None


def _elsewhere(
    corpus: Corpus, pieces: Sequence[str], others: Sequence[Passage]
) -> QuoteCheck | None:
    """Return the first of other passages that has the text."""
    elsewhere = _stands(corpus, pieces, others)
    if elsewhere is None:
        return None
    message = f"Not there, but in {elsewhere.citation}."
    return QuoteCheck(
        verdict=Verdict.ELSEWHERE,
        message=message,
        passage=elsewhere.passage,
        citation=elsewhere.citation,
        spans=elsewhere.spans,
    )


def _altered(corpus: Corpus, pieces: Sequence[str], there: Sequence[Passage]) -> QuoteCheck:
    """Return how the text differs from the passage that it is most like."""
    given = [word for piece in pieces for word, _ in words_in(piece)]
    best, ratio = _nearest(given, there)
    name = quote(corpus, best).citation
    if ratio < load_weights().quote_check.min_run_share:
        return QuoteCheck(
            verdict=Verdict.NOT_FOUND,
            message=f"These words do not stand in {name}, nor anywhere near it.",
            passage=best,
            citation=name,
        )
    differences = tuple(_differences(given, _printed(best)))
    return QuoteCheck(
        verdict=Verdict.ALTERED,
        message=f"Not word for word: {name} reads otherwise in {_places(len(differences))}.",
        passage=best,
        citation=name,
        differences=differences,
    )


def _places(count: int) -> str:
    return "one place" if count == 1 else f"{count} places"


def _printed(passage: Passage) -> list[str]:
    return [word for word, _ in words_in(passage.text.rstrip(ENDS))]


def _nearest(given: Sequence[str], there: Sequence[Passage]) -> tuple[Passage, float]:
    """Return the passage that shares most of the given words in runs, and that share.

    Only those are compared that can share enough, in the order of what they can share at most;
    where none can, it is the one that can share most.
    """
    shortest = load_weights().quote_check.min_run_words
    least = load_weights().quote_check.min_run_share
    runs = _runs(given, shortest)
    printed = [_printed(passage) for passage in in_time(there)]
    most = [_most_shared(given, runs, words, shortest) for words in in_time(printed)]
    order = sorted(range(len(there)), key=lambda index: (-most[index], index))
    best, ratio = order[0], -1.0
    for index in in_time(order):
        if most[index] < max(ratio, least):
            break
        shared = _shared(given, printed[index], shortest)
        if shared > ratio or (shared == ratio and index < best):
            best, ratio = index, shared
    return there[best], ratio


def _runs(words: Sequence[str], size: int) -> dict[tuple[str, ...], list[int]]:
    """Return where each run of `size` words begins."""
    starts: dict[tuple[str, ...], list[int]] = {}
    for start in range(len(words) - size + 1):
        starts.setdefault(tuple(words[start : start + size]), []).append(start)
    return starts


def _most_shared(
    given: Sequence[str],
    runs: Mapping[tuple[str, ...], Sequence[int]],
    printed: Sequence[str],
    shortest: int,
) -> float:
    """Return at most which share of the given words is in runs of `shortest` that are printed."""
    theirs = _runs(printed, shortest)
    common = theirs.keys() & runs.keys()
    counts = (_covered(side, common, shortest) for side in (theirs, runs))
    return min(counts) / len(given)


def _covered(
    starts: Mapping[tuple[str, ...], Sequence[int]], runs: Iterable[tuple[str, ...]], size: int
) -> int:
    """Return how many words are in one of the runs."""
    return len({start + offset for run in runs for start in starts[run] for offset in range(size)})


def _shared(given: Sequence[str], printed: Sequence[str], shortest: int) -> float:
    """Return the share of the given words that are runs of the printed ones, in order."""
    return sum(size for _, _, size in _blocks(given, printed) if size >= shortest) / len(given)


def _differences(given: Sequence[str], printed: Sequence[str]) -> Iterator[Difference]:
    """Yield where the two differ, but for what is printed before and after the given words."""
    a = c = 0
    for b, d, size in (*_blocks(given, printed), (len(given), len(printed), 0)):
        is_around = a == b and a in {0, len(given)}
        if (a < b or c < d) and not is_around:
            yield Difference(given=_joined(given[a:b]), printed=_joined(printed[c:d]))
        a, c = b + size, d + size


def _blocks(given: Sequence[str], printed: Sequence[str]) -> list[tuple[int, int, int]]:
    """Return the runs that both have, in order: where each begins in both, and its size.

    The longest runs are preferred where few words are equal; the time for that grows with the
    pairs of equal words, and faster. Beyond that it is the longest common subsequence.
    """
    counts = Counter(printed)
    if sum(counts[word] for word in given) <= MAX_EQUAL_PAIRS:
        matcher = SequenceMatcher(None, given, printed, autojunk=False)
        blocks = [(block.a, block.b, block.size) for block in matcher.get_matching_blocks()]
    else:
        common = LCSseq.editops(given, printed).as_matching_blocks()
        blocks = [(block.a, block.b, block.size) for block in common]
    return [block for block in blocks if block[2]]


def _joined(words: Sequence[str]) -> str:
    return re.sub(r" (?=[.,;:!?)\]])", "", " ".join(words))
