"""The desk that lists mandates: who must do what, for whom and by when."""

from itertools import islice
from math import ceil

from qa.desks.mandate_filter import MandateFilter
from qa.desks.mandate_list import mandate_rows
from qa.desks.mandate_rows import MandateRow
from qa.search.serving import ServingIndex
from qa.time_budget import time_limit

DOCUMENTS_IN_LIMIT = 100  # that are read in the time of one answer


class MandateDesk:
    """Lists the mandates of the generation that serves."""

    limit_s: float | None
    _serving: ServingIndex

    def mandates(self, wanted: MandateFilter | None = None) -> tuple[MandateRow, ...]:
        """Return a row for each action of the loaded texts: who, what, for whom and by when.

        Raises:
            InputError: the filter names what the loaded texts do not have.
            TookTooLongError: it took longer than `limit_s` for each hundred documents.
        """
        rows, _ = self.first_mandates(wanted, None)
        return rows

    def first_mandates(
        self, wanted: MandateFilter | None, top: int | None
    ) -> tuple[tuple[MandateRow, ...], int]:
        """Return the first rows of `mandates`, and how many there are; None for all rows.

        Raises:
            InputError: the filter names what the loaded texts do not have.
            TookTooLongError: it took longer than `limit_s` for each hundred documents.
        """
        corpus = self._serving.newest().corpus
        parts = ceil(len(corpus.resolutions) / DOCUMENTS_IN_LIMIT)
        with time_limit(self.limit_s and self.limit_s * parts):
            rows = mandate_rows(corpus, wanted)
            first = tuple(islice(rows, top))
            return first, len(first) + sum(1 for _ in rows)
