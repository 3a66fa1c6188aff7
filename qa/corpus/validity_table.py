"""Terms of validity over a corpus: read at build time, kept with the index, joined into threads."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Self

from embeddings.index_errors import IndexDamagedError
from qa.corpus.term_records import ResolutionTerms, terms_of_resolution
from qa.corpus.term_threads import BodyNames, TermThread, threads_of
from qa.resolutions.tables.read_tables import rows

if TYPE_CHECKING:
    from qa.corpus.text_store import TextStore
    from qa.resolutions.model import Masthead


class ValidityTable:
    """The terms of each resolution of a corpus, and the threads that they make."""

    def __init__(
        self,
        terms: Sequence[ResolutionTerms],
        mastheads: Sequence["Masthead"],
        starts: Sequence[int],
    ) -> None:
        """Prepare the table.

        Args:
            terms: of each resolution, in the order of the corpus.
            mastheads: of the same.
            starts: the row of the first passage of each.
        """
        self.terms = tuple(terms)
        self._mastheads = mastheads
        self._starts = starts

    @classmethod
    def open(cls, path: Path, texts: "TextStore", starts: Sequence[int]) -> Self:
        """Return the table saved at `path`; where there is none, it is read from the texts.

        Raises:
            IndexDamagedError: the file does not hold the terms of these texts.
        """
        terms = load_terms(path) if path.is_file() else tuple(map(terms_of_resolution, texts))
        if len(terms) != len(texts):
            raise IndexDamagedError(path.name, "is inconsistent")
        return cls(terms, texts.mastheads, starts)

    @cached_property
    def names(self) -> BodyNames:
        """The names of bodies: those of the tables, and those that the texts explain."""
        table = ((row["short"], row["full"]) for row in rows("acronyms"))
        explained = (pair for terms in self.terms for pair in terms.explained)
        return BodyNames((*table, *explained))

    @cached_property
    def threads(self) -> tuple[TermThread, ...]:
        """The threads, in the order of their first terms."""
        return threads_of(self._mastheads, self._starts, self.terms, self.names)

    def title(self, thread: TermThread) -> str:
        """Return what a thread is about, for a reader: "UNMISS, mandate"."""
        return f"{thread.name}, {thread.kind.value}"

    @cached_property
    def by_row(self) -> Mapping[int, tuple[TermThread, ...]]:
        """The threads to which each passage belongs."""
        threads: dict[int, list[TermThread]] = {}
        for thread in self.threads:
            for row in dict.fromkeys(term.row for term in thread.terms):
                threads.setdefault(row, []).append(thread)
        return {row: tuple(of_row) for row, of_row in threads.items()}


def load_terms(path: Path) -> tuple[ResolutionTerms, ...]:
    """Return the terms saved at `path`.

    Raises:
        IndexDamagedError: it does not hold what this version reads.
    """
    import msgspec

    try:
        return tuple(msgspec.json.decode(path.read_bytes(), type=list[ResolutionTerms]))
    except (OSError, msgspec.MsgspecError) as error:
        raise IndexDamagedError(path.name, f"cannot be read ({error})") from error


def save_terms(path: Path, terms: Sequence[ResolutionTerms]) -> None:
    """Write the terms of the resolutions of a corpus, in its order."""
    import msgspec

    path.write_bytes(msgspec.json.encode(list(terms), order="sorted"))
