"""The versions of a paragraph in the editions of its own series, and its uses elsewhere."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from qa.corpus.corpus import Corpus
from qa.corpus.passages import Passage, PassageRef
from qa.desks.alignment import AlignedDifference
from qa.desks.edition_comparison import PairKind, paragraph_differences, substantial
from qa.desks.paragraph_pairing import EditionPairing, pair_paragraphs
from qa.desks.series_editions import SeriesEditions, editions_of
from qa.desks.text_edition import (
    EditionParagraph,
    TextEdition,
    compared_passages,
    loaded_edition,
)
from qa.errors import InputError
from qa.resolutions.model import Kind
from qa.time_budget import check_time

MAX_SKIPPED = 2  # editions in a row that may leave a paragraph out before it comes back


@dataclass(frozen=True, slots=True, kw_only=True)
class ParagraphVersion:
    """A paragraph in one edition, with what differs from the version before it."""

    edition: TextEdition
    paragraph: EditionParagraph
    passage: Passage
    kind: PairKind
    differences: tuple[AlignedDifference, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ParagraphHistory:
    """The versions of a paragraph, the oldest first, and where else its words are used."""

    asked: Passage
    series: SeriesEditions
    chain: tuple[ParagraphVersion, ...]
    elsewhere: tuple[PassageRef, ...]

    @property
    def passages(self) -> tuple[Passage, ...]:
        """The versions as passages of the corpus."""
        return tuple(version.passage for version in self.chain)

    @property
    def dropped_in(self) -> str | None:
        """The edition after the last version, which does not have the paragraph."""
        return _next(self.series.symbols, self.chain[-1].edition.name, 1)

    @property
    def not_yet_in(self) -> str | None:
        """The edition before the first version, which does not have the paragraph."""
        return _next(self.series.symbols, self.chain[0].edition.name, -1)


class SeriesAlignment:
    """The editions of a series, each aligned with the one before on the first access."""

    def __init__(self, corpus: Corpus, series: SeriesEditions) -> None:
        self.series = series
        self._corpus = corpus
        self.edition = lru_cache(maxsize=None)(self._edition)
        self._steps = lru_cache(maxsize=None)(self._step)

    def __len__(self) -> int:
        return len(self.series.symbols)

    def before(self, edition: int, paragraph: int) -> tuple[int, int, PairKind] | None:
        """Return the version before one: its edition, its number there, and what became of it.

        An edition may leave a paragraph out; what it has in its place is another paragraph then.
        """
        for earlier in range(edition - 1, max(-1, edition - 2 - MAX_SKIPPED), -1):
            step = self._steps(earlier, edition)
            number = step.sources.get(paragraph)
            if number is None:
                continue
            lost = all(
                number not in self._steps(earlier, between).targets
                for between in range(earlier + 1, edition)
            )
            return (earlier, number, step.kind(number, paragraph)) if lost else None
        return None

    def after(self, edition: int, paragraph: int) -> tuple[int, int] | None:
        """Return the version after one: its edition and its number there."""
        for later in range(edition + 1, min(len(self), edition + 2 + MAX_SKIPPED)):
            number = self._steps(edition, later).targets.get(paragraph)
            if number is not None:
                previous = self.before(later, number)
                return (later, number) if previous and previous[0] == edition else None
        return None

    def passage(self, edition: int, paragraph: int) -> Passage:
        """Return a paragraph of an edition as a passage of the corpus."""
        symbol = self.series.symbols[edition]
        return compared_passages(self._corpus.passages_of(symbol))[paragraph]

    def _edition(self, number: int) -> TextEdition:
        return loaded_edition(self._corpus, self.series.symbols[number])

    def _step(self, earlier: int, later: int) -> "_Step":
        check_time()
        return _Step(pair_paragraphs(self.edition(earlier), self.edition(later)))


class _Step:
    """From one edition to a later one: where each paragraph comes from and goes to."""

    def __init__(self, pairing: EditionPairing) -> None:
        self._pairing = pairing
        self.sources: Mapping[int, int] = {
            pair.after: pair.before for pair in (*pairing.splits, *pairing.pairs)
        }
        self.targets: Mapping[int, int] = {
            pair.before: pair.after for pair in (*pairing.merges, *pairing.pairs)
        }

    def kind(self, before: int, after: int) -> PairKind:
        """Return what became of a paragraph, whether or not its words changed."""
        pair = (before, after)
        if any(before == split.before for split in self._pairing.splits):
            return PairKind.SPLIT
        if any(after == merge.after for merge in self._pairing.merges):
            return PairKind.MERGED
        return PairKind.MOVED if pair in self._pairing.moved else PairKind.CHANGED


def paragraph_history(
    corpus: Corpus, passage: Passage, *, of_substance: bool = False
) -> ParagraphHistory:
    """Return the history of a loaded paragraph.

    Args:
        corpus: the loaded texts.
        passage: the paragraph.
        of_substance: leave out differences of dates, sessions and symbols only.

    Raises:
        InputError: it is a note.
    """
    if passage.kind is Kind.NOTE:
        raise InputError(f"{passage.symbol} {passage.label} is a note; name a paragraph.")
    series = editions_of(corpus, passage.symbol, passage.row)
    alignment = SeriesAlignment(corpus, series)
    start = series.symbols.index(passage.symbol)
    labels = [paragraph.label for paragraph in alignment.edition(start).paragraphs]
    places = _places(alignment, (start, labels.index(passage.label)))
    chain = tuple(_versions(alignment, places, of_substance=of_substance))
    return ParagraphHistory(
        asked=passage,
        series=series,
        chain=chain,
        elsewhere=_elsewhere(corpus, series, chain),
    )


def _places(alignment: SeriesAlignment, start: tuple[int, int]) -> list[tuple[int, int]]:
    """Return the edition and the number of each version, the oldest first."""
    places = [start]
    while previous := alignment.before(*places[0]):
        places.insert(0, previous[:2])
    while following := alignment.after(*places[-1]):
        places.append(following)
    return places


def _versions(
    alignment: SeriesAlignment, places: Sequence[tuple[int, int]], *, of_substance: bool
) -> Iterator[ParagraphVersion]:
    former: EditionParagraph | None = None
    for edition, number in places:
        paragraph = alignment.edition(edition).paragraphs[number]
        differences: tuple[AlignedDifference, ...] = ()
        kind = PairKind.NEW
        if former is not None:
            previous = alignment.before(edition, number)
            kind = previous[2] if previous else PairKind.CHANGED
            differences = paragraph_differences(former, paragraph, kind)
            if of_substance:
                differences = substantial(differences, former, paragraph)
            if kind is PairKind.CHANGED and not differences:
                kind = PairKind.SAME
        yield ParagraphVersion(
            edition=alignment.edition(edition),
            paragraph=paragraph,
            passage=alignment.passage(edition, number),
            kind=kind,
            differences=differences,
        )
        former = paragraph


def _elsewhere(
    corpus: Corpus, series: SeriesEditions, chain: Sequence[ParagraphVersion]
) -> tuple[PassageRef, ...]:
    """Return paragraphs of other series with the words of a version, figures left open."""
    refs: dict[int, PassageRef] = {}
    for version in chain:
        row = version.passage.row
        for ref in (*corpus.copies.of(row), *corpus.copies.kin_of(row)):
            if ref.symbol not in series.symbols:
                refs.setdefault(ref.row, ref)
    return tuple(
        sorted(
            refs.values(),
            key=lambda ref: (ref.adopted.toordinal() if ref.adopted else 0, ref.row),
        )
    )


def _next(symbols: Sequence[str], symbol: str, step: int) -> str | None:
    number = symbols.index(symbol) + step
    return symbols[number] if 0 <= number < len(symbols) else None
