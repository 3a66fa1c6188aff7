"""What a quotation is, compared with the place that it cites and with the whole corpus."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from enum import Enum

from qa.corpus.passages import Passage
from qa.desks.alignment import TextAlignment, align_inside, containment
from qa.desks.desk_limits import load_desk_limits
from qa.desks.difference_kinds import plain_spelling, telling_words
from qa.desks.document_words import CorpusWords, DocumentWords
from qa.desks.quote_cleaning import CleanQuote
from qa.desks.word_tokens import JoinedWords, WordTokens, run_length
from qa.resolutions.text import fold
from qa.time_budget import check_time, in_time

_NEAREST = 5  # passages of a document that are aligned word by word
_MIN_CHUNK = 4  # words of one part of a stitched quotation
_MAX_CHUNKS = 4
_MARKS = re.compile(r"[\"'`*_]")


class QuoteVerdict(Enum):
    """What a quotation is; the values are kept by programs."""

    VERIFIED = "verified"
    VERIFIED_MARKED = "verified_marked"  # ellipses, brackets, emphasis, [sic], spelling named
    PUNCTUATION = "punctuation"  # capitals or punctuation differ
    ALTERED = "altered"
    ELSEWHERE = "elsewhere"  # word for word, but not at the place cited
    SPANS = "spans"  # over paragraphs next to each other
    STITCHED = "stitched"  # of paragraphs apart from each other
    TRANSLATED = "translated"
    PARAPHRASE = "paraphrase"
    INVENTED = "invented"
    NO_SUCH_PARAGRAPH = "no_such_paragraph"
    NOT_LOADED = "not_loaded"
    NOT_UN = "not_un"
    TOO_SHORT = "too_short"


RIGHT_VERDICTS = frozenset(
    {
        QuoteVerdict.VERIFIED,
        QuoteVerdict.VERIFIED_MARKED,
        QuoteVerdict.PUNCTUATION,
        QuoteVerdict.SPANS,
    }
)
"""Nothing is wrong with these."""


@dataclass(frozen=True, slots=True)
class QuotedChange:
    """One place where a quotation and the print differ; "" where one has nothing."""

    given: str
    printed: str


@dataclass(frozen=True, slots=True, kw_only=True)
class QuoteJudgement:
    """The verdict on one quotation, with the place where its words are or are nearest."""

    verdict: QuoteVerdict
    message: str
    symbol: str = ""
    labels: tuple[str, ...] = ()
    printed: str = ""  # the right text
    differences: tuple[QuotedChange, ...] = ()
    rows: tuple[int, ...] = field(default=(), repr=False)  # where the corpus has the words

    @property
    def label(self) -> str:
        """Symbol and labels: "S/RES/1373(2001) OP1+OP1(a)"."""
        return f"{self.symbol} {'+'.join(self.labels)}".strip()


@dataclass(frozen=True, slots=True)
class _Location:
    """Where the pieces of a quotation are in a document: its passages, and each piece's words."""

    joined: JoinedWords  # of which `pieces` are positions
    parts: tuple[int, ...]
    pieces: tuple[tuple[int, int], ...]


def judge_in_document(
    words: CorpusWords,
    document: DocumentWords,
    quotes: Sequence[CleanQuote],
    scope: Sequence[int],
) -> QuoteJudgement | None:
    """Return what a quotation is by the words of one document; None where that is not known.

    Args:
        words: of the corpus.
        document: that the quotation cites, or may be from.
        quotes: the quotation in its readings, with the marks of items and without.
        scope: the passages cited; empty for the whole document.
    """
    if scope:
        for quote in quotes:
            if there := _locate(quote, [document.window(*run) for run in _runs_of(scope)]):
                return _found(document, quote, there)
    for quote in quotes:
        location = _locate(quote, [document.joined])
        if location is None:
            continue
        if not scope or set(scope) & set(location.parts):
            return _found(document, quote, location)
        altered = _nearest(words, document, quotes, scope, load_desk_limits().min_cited_share)
        return altered or replace(
            _found(document, quote, location),
            verdict=QuoteVerdict.ELSEWHERE,
            message=f"Not at the place cited, but in {_names(document, location.parts)}.",
        )
    least = load_desk_limits().min_altered_share
    everywhere = range(len(document))
    return (
        (_nearest(words, document, quotes, scope, least) if scope else None)
        or _stitched(document, quotes)
        or _nearest(words, document, quotes, everywhere, least)
    )


def paraphrase_in(
    words: CorpusWords, document: DocumentWords, quote: CleanQuote, scope: Sequence[int]
) -> QuoteJudgement | None:
    """Return that a quotation gives a passage in other words, if it has most of its words."""
    keys = quote.whole.keys
    shares = [
        (containment(keys, document.key_set(index), words.weight), -index)
        for index in in_time(scope or range(len(document)))
    ]
    share, negative = max(shares, default=(0.0, 0))
    if share < load_desk_limits().min_paraphrase_share:
        return None
    passage = document.passage(-negative)
    return QuoteJudgement(
        verdict=QuoteVerdict.PARAPHRASE,
        message=f"In quotation marks, but in other words than {passage.symbol} {passage.label}.",
        symbol=passage.symbol,
        labels=(passage.label,),
        printed=passage.text,
    )


def judge_passage(
    words: CorpusWords, passage: Passage, tokens: WordTokens, quote: CleanQuote, least: float
) -> QuoteJudgement | None:
    """Return a quotation as an altered one of a passage, if at least `least` of it is there."""
    alignment = align_inside(quote.whole, tokens, words.weight)
    return _altered(passage, tokens, alignment, quote) if alignment.share >= least else None


def _locate(quote: CleanQuote, windows: Sequence[JoinedWords]) -> _Location | None:
    """Return where all pieces are, in order and in as few passages as possible."""
    if not quote.pieces:
        return None
    longest = max(quote.pieces, key=len)
    for joined in windows:
        at = joined.find(longest.keys)
        while at is not None:
            check_time()
            touched = joined.parts_of(at, at + run_length(longest.keys))
            low, high = joined.bound(touched[0]), joined.bound(touched[-1] + 1)
            if located := _in_order(joined, quote, low, high):
                return located
            at = joined.find(longest.keys, at + 1)
    for joined in windows:
        if located := _in_order(joined, quote):
            return located
    return None


def _in_order(
    joined: JoinedWords, quote: CleanQuote, first: int = 1, last: int | None = None
) -> _Location | None:
    pieces: list[tuple[int, int]] = []
    parts: dict[int, None] = {}
    for piece in quote.pieces:
        at = joined.find(piece.keys, first, last)
        if at is None:
            return None
        first = at + run_length(piece.keys)
        pieces.append((at, first))
        parts |= dict.fromkeys(joined.parts_of(at, first))
    return _Location(joined, tuple(parts), tuple(pieces))


def _runs_of(indices: Sequence[int]) -> list[tuple[int, int]]:
    """Return passages as ranges of those that follow each other."""
    runs: list[tuple[int, int]] = []
    for index in sorted(indices):
        if runs and runs[-1][1] == index:
            runs[-1] = (runs[-1][0], index + 1)
        else:
            runs.append((index, index + 1))
    return runs


def _found(document: DocumentWords, quote: CleanQuote, location: _Location) -> QuoteJudgement:
    """Return the verdict on a quotation whose words are all there."""
    name = _names(document, location.parts)
    printed = " ".join(document.text(part) for part in location.parts)
    verdict, message = QuoteVerdict.VERIFIED, f"Word for word in {name}."
    if len(location.parts) > 1:
        verdict = QuoteVerdict.STITCHED
        message = f"Put together from paragraphs apart from each other: {name}."
        if _are_neighbours(document, location):
            verdict, message = (
                QuoteVerdict.SPANS,
                f"Over paragraphs that follow each other: {name}.",
            )
    elif quote.is_marked:
        verdict = QuoteVerdict.VERIFIED_MARKED
        message = f"The words of {name}, with changes that are marked."
    elif not _has_same_marks(document, quote, location):
        verdict = QuoteVerdict.PUNCTUATION
        message = f"The words of {name}; capitals or punctuation differ."
    return QuoteJudgement(
        verdict=verdict,
        message=message,
        symbol=document.symbol,
        labels=tuple(document.labels[part] for part in location.parts),
        printed=printed,
    )


def _are_neighbours(document: DocumentWords, location: _Location) -> bool:
    """Return whether a quotation runs from one passage on into the next, or into an item of it."""
    for before, after in zip(location.parts, location.parts[1:], strict=False):
        chapeau = document.passage(after).chapeau or ""
        introduces = chapeau.endswith(document.text(before))
        if not (introduces or (after == before + 1 and _meet(location, after))):
            return False
    return True


def _meet(location: _Location, part: int) -> bool:
    """Return whether one piece runs over the bound, or pieces end and begin at it."""
    bound = location.joined.bound(part)
    runs_over = any(start < bound < end for start, end in location.pieces)
    return (
        runs_over
        or any(start == bound for start, _ in location.pieces)
        or any(end == bound for _, end in location.pieces)
    )


def _has_same_marks(document: DocumentWords, quote: CleanQuote, location: _Location) -> bool:
    """Return whether the punctuation is that of the print; the first letter may differ."""
    for piece, (start, _) in zip(quote.pieces, location.pieces, strict=True):
        part, first = location.joined.word_in_part(start)
        printed = document.tokens(part).slice_text(first, first + len(piece))
        given, there = _plain(piece.slice_text(0, len(piece))), _plain(printed)
        if given[1:] != there[1:] or given[:1].lower() != there[:1].lower():
            return False
    return True


def _plain(text: str) -> str:
    return " ".join(_MARKS.sub("", fold(text).text).split())


def _nearest(
    words: CorpusWords,
    document: DocumentWords,
    quotes: Sequence[CleanQuote],
    scope: Sequence[int],
    least: float,
) -> QuoteJudgement | None:
    """Return a quotation as an altered one of the passage that it is most like."""
    best: tuple[float, int, TextAlignment, CleanQuote] | None = None
    for quote in quotes:
        whole = quote.whole
        given = set(whole.keys)
        likeliest = sorted(
            scope,
            key=lambda index: -sum(map(words.weight, given & document.key_set(index))),
        )
        for index in in_time(likeliest[:_NEAREST]):
            alignment = align_inside(whole, document.tokens(index), words.weight)
            if best is None or alignment.share > best[0]:
                best = (alignment.share, index, alignment, quote)
    if best is None or best[0] < least:
        return None
    _, index, alignment, quote = best
    return _altered(document.passage(index), document.tokens(index), alignment, quote)


def _altered(
    passage: Passage, tokens: WordTokens, alignment: TextAlignment, quote: CleanQuote
) -> QuoteJudgement:
    """Return how a quotation differs from a passage; British and American spelling are named."""
    name = f"{passage.symbol} {passage.label}"
    is_cut = len(quote.pieces) > 1  # what it leaves out and says so does not differ
    differences = [each for each in alignment.differences if each.given or not is_cut]
    changes = tuple(QuotedChange(each.given, each.printed) for each in differences)
    is_spelling = bool(differences) and all(
        [*map(plain_spelling, each.given_words)] == [*map(plain_spelling, each.printed_words)]
        for each in differences
    )
    verdict = QuoteVerdict.ALTERED
    message = f"Not word for word: {name} has other words in {_places(len(changes))}"
    message += f" ({'; '.join(flags)})." if (flags := telling_words(differences)) else "."
    if is_spelling:
        verdict = QuoteVerdict.VERIFIED_MARKED
        message = f"The words of {name}; British and American spelling differ."
    return QuoteJudgement(
        verdict=verdict,
        message=message,
        symbol=passage.symbol,
        labels=(passage.label,),
        printed=tokens.slice_text(alignment.first, alignment.last),
        differences=changes,
    )


def _stitched(document: DocumentWords, quotes: Sequence[CleanQuote]) -> QuoteJudgement | None:
    """Return a quotation as one put together of long runs of words from several passages."""
    for quote in quotes:
        chunks = [chunk for piece in quote.pieces for chunk in _chunks(document, piece)]
        if not chunks or any(at < 0 for at, _ in chunks):
            continue
        parts = tuple(
            dict.fromkeys(part for at, end in chunks for part in document.joined.parts_of(at, end))
        )
        if len(parts) < 2:
            continue
        name = _names(document, parts)
        return QuoteJudgement(
            verdict=QuoteVerdict.STITCHED,
            message=f"Put together from paragraphs apart from each other: {name}.",
            symbol=document.symbol,
            labels=tuple(document.labels[part] for part in parts),
            printed=" [...] ".join(document.text(part) for part in parts),
        )
    return None


def _chunks(document: DocumentWords, piece: WordTokens) -> list[tuple[int, int]]:
    """Return the longest runs that a piece is made of; one at -1 where it has other words."""
    chunks: list[tuple[int, int]] = []
    start = 0
    while start < len(piece):
        low, high, at = 0, len(piece) - start, -1
        while low < high:
            check_time()
            size = (low + high + 1) // 2
            position = document.joined.find(piece.keys[start : start + size])
            if position is None:
                high = size - 1
            else:
                low, at = size, position
        if low < min(_MIN_CHUNK, len(piece)) or len(chunks) == _MAX_CHUNKS:
            return [(-1, -1)]
        chunks.append((at, at + run_length(piece.keys[start : start + low])))
        start += low
    return chunks


def _names(document: DocumentWords, parts: Sequence[int]) -> str:
    labels = " and ".join(document.labels[part] for part in parts)
    return f"{document.symbol} {labels}"


def _places(count: int) -> str:
    return "one place" if count == 1 else f"{count} places"
