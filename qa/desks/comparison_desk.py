"""The desk that compares documents: editions, versions of a paragraph, citations."""

from collections.abc import Iterator
from contextlib import AbstractContextManager
from math import ceil
from pathlib import Path

from qa.corpus.corpus import Corpus
from qa.corpus.passages import Passage
from qa.desks.citation_links import CitationLink, citations_in, citations_of
from qa.desks.edition_comparison import EditionComparison, compare_editions
from qa.desks.named_places import PREVIOUS, cited_document, named_document, named_passage
from qa.desks.paragraph_chain import ParagraphHistory, paragraph_history
from qa.desks.series_editions import editions_of, previous_edition
from qa.desks.series_matrix import series_matrix
from qa.desks.text_edition import TextEdition, draft_edition, loaded_edition
from qa.errors import InputError
from qa.question.question import Question
from qa.question.read import read_question
from qa.question.typed_text import without_broken_characters
from qa.search.serving import ServedGeneration, ServingIndex
from qa.time_budget import time_limit

PARAGRAPHS_IN_LIMIT = 400  # that are compared in the time of one answer


class ComparisonDesk:
    """Compares documents of the generation that serves."""

    limit_s: float | None
    _serving: ServingIndex

    def compare(
        self, a: str | Path, b: str | Path, *, of_substance: bool = False
    ) -> EditionComparison:
        """Return what became of each paragraph of one document in another.

        Args:
            a: the earlier one: a symbol, the path of a draft, or "previous".
            b: the later one; "previous" is the edition before the other document.
            of_substance: leave out differences of dates, sessions and symbols only.

        Raises:
            InputError: one of them is not loaded, or both are the same.
            UnreadableFileError: a draft cannot be read.
            TookTooLongError: it took longer than `limit_s` for each 400 paragraphs.
        """
        served = self._serving.newest()
        if PREVIOUS in {a, b}:
            other = b if a == PREVIOUS else a
            if isinstance(other, Path):
                raise InputError(f"no edition before the draft {other.name} is known; name one.")
            if other == PREVIOUS:
                raise InputError("“previous” is compared with itself; name a document as well.")
            symbol = named_document(served.corpus, _read(other, served))
            a, b = previous_edition(served.corpus, symbol), symbol
        before, after = _edition(a, served), _edition(b, served)
        with self._in_time_for(len(before.paragraphs) + len(after.paragraphs)):
            comparison = compare_editions(before, after)
        return comparison.of_substance() if of_substance else comparison

    def history(self, citation: str, *, of_substance: bool = False) -> ParagraphHistory:
        """Return the versions of a paragraph in its series, and where else its words are used.

        Args:
            citation: of a loaded paragraph, such as "79/154 OP14".
            of_substance: leave out differences of dates, sessions and symbols only.

        Raises:
            InputError: it names no loaded paragraph.
            TookTooLongError: it took longer than `limit_s` for each 400 paragraphs of the series.
        """
        served = self._serving.newest()
        passage = named_passage(served.corpus, _read(citation, served))
        with self._in_time_for(_paragraphs_of_series(served.corpus, passage)):
            return paragraph_history(served.corpus, passage, of_substance=of_substance)

    def series_table(self, citation: str) -> Iterator[tuple[str, ...]]:
        """Return the series of a document as a table of paragraphs by editions, its heads first.

        Args:
            citation: of a loaded document or a paragraph of it.

        Raises:
            InputError: it names no loaded document.
        """
        served = self._serving.newest()
        return series_matrix(served.corpus, named_document(served.corpus, _read(citation, served)))

    def cites(self, citation: str) -> tuple[CitationLink, ...]:
        """Return the citations in a loaded document or a paragraph, with what is done with each.

        Args:
            citation: such as "79/154", or "79/154 OP14" for that paragraph.

        Raises:
            InputError: it names no loaded document or paragraph.
        """
        served = self._serving.newest()
        read = _read(citation, served)
        label = named_passage(served.corpus, read).label if read.places else ""
        return citations_in(served.corpus, named_document(served.corpus, read), label)

    def cited_by(self, citation: str) -> tuple[CitationLink, ...]:
        """Return where other documents cite one or a paragraph of it, the newest first.

        Args:
            citation: of a document that need not be loaded, or of a paragraph of a loaded one.

        Raises:
            InputError: it names no document, or a paragraph that is not loaded.
        """
        served = self._serving.newest()
        read = _read(citation, served)
        label = named_passage(served.corpus, read).label if read.places else ""
        return citations_of(served.corpus, cited_document(served.corpus, read), label)

    def _in_time_for(self, paragraphs: int) -> AbstractContextManager[None]:
        """Return the time in which so many paragraphs are compared."""
        parts = max(1, ceil(paragraphs / PARAGRAPHS_IN_LIMIT))
        return time_limit(self.limit_s and self.limit_s * parts)


def _paragraphs_of_series(corpus: Corpus, passage: Passage) -> int:
    """Return how many paragraphs and notes the editions of a series have."""
    starts = corpus.columns.starts
    places = map(corpus.place, editions_of(corpus, passage.symbol, passage.row).symbols)
    return sum(int(starts[place + 1] - starts[place]) for place in places if place is not None)


def _edition(document: str | Path, served: ServedGeneration) -> TextEdition:
    if isinstance(document, Path):
        return draft_edition(document, served.retriever.vectors)
    return loaded_edition(served.corpus, named_document(served.corpus, _read(document, served)))


def _read(text: str, served: ServedGeneration) -> Question:
    whole = without_broken_characters(text)
    return read_question(whole, served.corpus.resolutions, served.retriever.names)
