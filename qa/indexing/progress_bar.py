"""Progress on stderr, a bar for each stage of a build; lines of text where nobody sees a bar."""

import sys
import time
from collections.abc import Callable
from types import TracebackType
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from tqdm import tqdm

LINE_EVERY = 15.0  # seconds between two lines of one stage


class ProgressBars:
    """Draws one bar a stage, with rate and time left.

    Where stderr is no terminal it writes lines instead: one when a stage ends, and one now and then
    before.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._bar: tqdm[None] | None = None
        self._stage = ""
        self._began = self._told = 0.0

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
        elif self._clock() - self._told >= LINE_EVERY:
            self._told = self._clock()
            sys.stderr.write(f"{stage}: {_line(done, of, self._told - self._began)}\n")
            sys.stderr.flush()

    def _open(self, stage: str, of: int) -> None:
        self._close()
        self._stage = stage
        self._began = self._told = self._clock()
        if sys.stderr.isatty():
            from tqdm import tqdm

            self._bar = tqdm(
                total=of or None, desc=stage, file=sys.stderr, leave=True, smoothing=0.05
            )

    def _close(self) -> None:
        if self._bar is not None:
            self._bar.close()
        self._bar = None


def _line(done: int, of: int, seconds: float) -> str:
    """Return "1200 of 9000, 150/s, 52 s left"; where nobody knows of how many, "1200, 150/s"."""
    rate = done / seconds
    if not of:
        return f"{done}, {rate:.0f}/s"
    told = f"{done} of {of}, {rate:.0f}/s"
    left = (of - done) / rate if rate else 0.0
    return f"{told}, {_duration(left)} left" if rate else told


def _duration(seconds: float) -> str:
    return f"{seconds:.0f} s" if seconds < 100 else f"{seconds / 60:.0f} min"
