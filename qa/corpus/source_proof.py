"""Proof that what is quoted is in the source, word for word."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from qa.corpus.passages import Passage
from qa.errors import OperativeError
from qa.resolutions.model import Masthead, Span
from qa.resolutions.text import is_verbatim

if TYPE_CHECKING:
    from qa.corpus.text_store import TextStore


class QuotationError(OperativeError):
    """A stored paragraph differs from its source: it is not quoted."""

    def __init__(self, citation: str) -> None:
        super().__init__(
            f"{citation} does not match its source and is not quoted; "
            "build the index again with `operative build PATH...`."
        )


class SourceProof:
    """Compares passages and fields with the decoded source files of a corpus."""

    def __init__(self, texts: "TextStore", numbers: Mapping[str, int]) -> None:
        self._texts = texts
        self._numbers = numbers  # of the resolutions, by symbol

    def require(self, passage: Passage) -> None:
        """Return if a passage is word for word what its source says.

        Raises:
            QuotationError: it is not.
        """
        raw = self._texts.raw(self._numbers[passage.symbol])
        span = Span(start=passage.start, end=passage.end)
        if not is_verbatim(passage.text, passage.marks, raw, span, passage.gaps):
            raise QuotationError(f"{passage.symbol} {passage.label}")

    def printed(self, resolution: Masthead, field: str) -> str | None:
        """Return the words of the source that state a field of a resolution."""
        span = resolution.evidence.get(field)
        if span is None:
            return None
        raw = self._texts.raw(self._numbers[resolution.symbol])
        return " ".join(raw[span.start : span.end].split())
