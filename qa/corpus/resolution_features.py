"""What is known of every passage before anything is asked, as arrays in the order of rows."""

from functools import cached_property

import numpy as np
import numpy.typing as npt

from qa.corpus.corpus import Corpus
from qa.resolutions.model import Body, Kind, Status

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int32]
Flags = npt.NDArray[np.bool_]

BODIES = tuple(body.value for body in Body)
KINDS_AND_NUMBERS = tuple((kind, is_numbered) for kind in Kind for is_numbered in (False, True))


class ResolutionFeatures:
    """The arrays of one corpus; each is made when it is first needed."""

    def __init__(self, corpus: Corpus) -> None:
        self._corpus = corpus
        self._count = len(corpus.resolutions)

    @cached_property
    def resolution(self) -> Ints:
        """The place of each passage's resolution in the corpus, int32 (n,)."""
        return np.repeat(np.arange(self._count, dtype=np.int32), self.size)

    @cached_property
    def kind(self) -> Ints:
        """The place of each passage's kind in `KINDS`, int32 (n,)."""
        kinds: Ints = self._corpus.columns.rows["kind"].astype(np.int32)
        return kinds

    @cached_property
    def kind_and_number(self) -> Ints:
        """The place of each passage's kind, and whether it has a number, in `KINDS_AND_NUMBERS`."""
        numbered = np.asarray(self._corpus.columns.rows["is_numbered"], dtype=np.int32)
        return _ints(2 * self.kind + numbered)

    @cached_property
    def first(self) -> Ints:
        """The row of each resolution's first passage, int32 (r,): rows follow the resolutions."""
        starts = self._corpus.columns.starts
        return _ints(np.minimum(starts[:-1], starts[-1] - 1))

    @cached_property
    def year(self) -> Ints:
        """Year of adoption of each resolution, 0 where none is known, int32 (r,)."""
        return _ints(
            [
                masthead.adopted.year if masthead.adopted else 0
                for masthead in self._corpus.resolutions
            ]
        )

    @cached_property
    def day(self) -> Ints:
        """Ordinal of the day of adoption of each resolution, 0 where none is known, int32 (r,)."""
        return _ints(
            [
                masthead.adopted.toordinal() if masthead.adopted else 0
                for masthead in self._corpus.resolutions
            ]
        )

    @cached_property
    def month(self) -> Ints:
        """Month of adoption of each resolution, 0 where none is known, int32 (r,)."""
        return _ints(
            [
                masthead.adopted.month if masthead.adopted else 0
                for masthead in self._corpus.resolutions
            ]
        )

    @cached_property
    def session(self) -> Ints:
        """Regular session of each resolution, 0 where it has none, int32 (r,)."""
        sessions = [masthead.session or "" for masthead in self._corpus.resolutions]
        return _ints([int(session) if session.isdecimal() else 0 for session in sessions])

    @cached_property
    def body(self) -> npt.NDArray[np.str_]:
        """The body of each resolution, "A", (r,)."""
        return np.array(
            [masthead.body.value for masthead in self._corpus.resolutions], dtype=np.str_
        )

    @cached_property
    def is_statement(self) -> Flags:
        """Whether each is a statement of the President of the Security Council, bool (r,)."""
        return np.array(
            ["/PRST/" in masthead.symbol for masthead in self._corpus.resolutions], dtype=bool
        )

    @cached_property
    def is_not_adopted(self) -> Flags:
        """Whether each was put to the vote and not adopted, bool (r,)."""
        return np.array(
            [masthead.status is Status.NOT_ADOPTED for masthead in self._corpus.resolutions],
            dtype=bool,
        )

    @property
    def centre(self) -> Floats:
        """The mean direction of each resolution's operative paragraphs, float32 (r, dim)."""
        return self._corpus.centres

    def facts(self) -> dict[str, Ints]:
        """Return what filters ask of each passage, by its name, int32 (n,)."""
        bodies = _ints([BODIES.index(body) for body in self.body.tolist()])
        return {
            "resolution": self.resolution,
            "kind": self.kind,
            "year": self.year[self.resolution],
            "body": bodies[self.resolution],
        }

    @cached_property
    def size(self) -> Ints:
        """How many passages each resolution has, int32 (r,)."""
        return np.diff(self._corpus.columns.starts)


def _ints(values: npt.ArrayLike) -> Ints:
    return np.array(values, dtype=np.int32)
