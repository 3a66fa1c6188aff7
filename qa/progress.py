"""Progress bars on stderr, one for each stage of a build."""

import sys
from types import TracebackType
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from tqdm import tqdm


class Bars:
    """Draws one bar a stage; where stderr is no terminal it writes one line a stage."""

    def __init__(self) -> None:
        self._bar: tqdm[None] | None = None
        self._stage = ""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._close()

    def __call__(self, stage: str, done: int, of: int) -> None:
        """Show that `done` of `of` steps of a stage are done; 0 where nobody knows of how many."""
        if stage != self._stage:
            self._open(stage, of)
        if self._bar is not None:
            self._bar.total = of or None
            self._bar.update(done - self._bar.n)
        elif done == of:
            sys.stderr.write(f"{stage}: {done} of {of}\n")

    def _open(self, stage: str, of: int) -> None:
        self._close()
        self._stage = stage
        if sys.stderr.isatty():
            from tqdm import tqdm

            self._bar = tqdm(total=of or None, desc=stage, file=sys.stderr, leave=True)

    def _close(self) -> None:
        if self._bar is not None:
            self._bar.close()
        self._bar = None
