"""What an assistant does with texts that people bring: the desks, over the index that serves."""

from collections.abc import Iterator
from contextlib import contextmanager
from math import ceil

from qa.desks.agreed_wording import DraftAgreement, agreed_wording
from qa.desks.text_check import TextCheck, check_text
from qa.question.read import read_question
from qa.question.typed_text import without_broken_characters
from qa.search.filters import Filters
from qa.search.serving import ServingIndex
from qa.time_budget import time_limit

CHARACTERS_IN_LIMIT = 20_000  # of a text that is checked in the time of one answer
DRAFT_CHARACTERS_IN_LIMIT = 4_000  # of a draft that is compared in it


class DeskMethods:
    """The methods of `Assistant` for texts of people's own."""

    limit_s: float | None
    _serving: ServingIndex
    is_warm: bool

    def check_text(self, text: str, *, sha256: str | None = None) -> TextCheck:
        """Return the check of every quotation and citation of a text.

        Args:
            text: plain, Markdown or HTML; quotations in any form of quotation marks.
            sha256: of the file that it was read from; None for that of the text.

        Raises:
            InputError: the text is too long.
            TookTooLongError: it took longer than `limit_s` for each part of the text.
        """
        with self._limited(len(text) / CHARACTERS_IN_LIMIT):
            return check_text(self._serving.newest().corpus, text, sha256=sha256)

    def agreed(
        self,
        text: str,
        *,
        filters: Filters | None = None,
        exclude: str = "",
        sha256: str | None = None,
    ) -> DraftAgreement:
        """Return each paragraph of a draft with the agreed wordings that it is like.

        Args:
            text: a paragraph or a whole draft, with or without a symbol.
            filters: which passages it is compared with; uses are counted among these, too.
            exclude: the symbol of a document whose series is left out; "" for none.
            sha256: of the file that it was read from; None for that of the text.

        Raises:
            InputError: the draft cannot be compared, or nothing is left to compare it with.
            TookTooLongError: it took longer than `limit_s` for each part of the text.
        """
        served = self._serving.newest()
        named = read_question(exclude, served.corpus.resolutions).symbols if exclude else ()
        with self._limited(len(text) / DRAFT_CHARACTERS_IN_LIMIT):
            return agreed_wording(
                served.retriever,
                served.corpus,
                without_broken_characters(text),
                filters=filters or Filters(),
                exclude=named[0] if named else exclude,
                sha256=sha256,
            )

    @contextmanager
    def _limited(self, parts: float = 1) -> Iterator[None]:
        """Give the body the time of one answer, or of several if it has so many parts."""
        limit = self.limit_s if self.is_warm else None
        with time_limit(limit and limit * max(1, ceil(parts))):
            yield
        self.is_warm = True
