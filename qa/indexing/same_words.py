"""Whether two files of one document have the same words, whatever their formats."""

import hashlib
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from qa.resolutions.model import Kind, Resolution

_DIGEST_BYTES = 16
_NO_LETTER = re.compile(r"[\W_]+")  # blanks, marks and hyphens differ between formats
# A note marker that a format without notes prints into the text: "decision;3", "Agreement4".
_NOTE_MARKER = re.compile(r"(?<=[^\W\d])\d{1,2}(?!\d)|(?<=[.;)])\d{1,2}\b(?!\.)")
_IN_EACH_FORMAT = frozenset({Kind.PREAMBULAR, Kind.OPERATIVE, Kind.ANNEX})


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """Digests of the letters and figures of a document."""

    paragraphs: str  # what each format gives alike
    whole: str  # with title, headings and notes, which formats give in their own ways

    @classmethod
    def of(cls, resolution: Resolution) -> "Wording":
        """Return the wording of a parsed resolution."""
        parts = resolution.paragraphs
        texts = [part.text for part in parts]
        return cls(
            paragraphs=_digest(
                _NOTE_MARKER.sub("", part.text) for part in parts if part.kind in _IN_EACH_FORMAT
            ),
            whole=_digest([resolution.title, *texts, *(note.text for note in resolution.notes)]),
        )


def has_same_words(first: Wording | None, second: Wording | None, *, is_same_form: bool) -> bool:
    """Return whether two documents have the same words; True where one of them is not known.

    Args:
        first: one of them.
        second: the other.
        is_same_form: whether both are of one format, so that title and notes are comparable.
    """
    if first is None or second is None:
        return True
    return first.whole == second.whole if is_same_form else first.paragraphs == second.paragraphs


def _digest(texts: Iterable[str]) -> str:
    letters = "".join(
        _NO_LETTER.sub("", unicodedata.normalize("NFKC", text).casefold()) for text in texts
    )
    return hashlib.blake2b(
        letters.encode("utf-8", "replace"), digest_size=_DIGEST_BYTES
    ).hexdigest()
