"""Progress on stderr, a bar for each stage of a build; lines of text if it is not a terminal."""

import sys
from types import TracebackType
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from tqdm import tqdm

LINE_EVERY_S = 15.0


class ProgressBars:
    """Shows one stage after another, with rate and time left."""

    def __init__(self) -> None:
        self._bar: tqdm[None] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._close()

    def __call__(self, stage: str, done: int, total: int) -> None:
        """Show that `done` of `total` steps of a stage are done; 0 if the total is unknown."""
        if self._bar is None or self._bar.desc != stage:
            self._close()
            self._bar = _bar(stage, total)
        self._bar.total = total or None
        self._bar.update(done - self._bar.n)

    def _close(self) -> None:
        if self._bar is not None:
            self._bar.close()
        self._bar = None


def _bar(stage: str, total: int) -> "tqdm[None]":
    from tqdm import tqdm

    if sys.stderr.isatty():
        return tqdm(total=total or None, desc=stage, file=sys.stderr, smoothing=0.05)
    return tqdm(
        total=total or None,
        desc=stage,
        file=_Lines(),
        ncols=0,  # numbers alone
        mininterval=LINE_EVERY_S,
        maxinterval=LINE_EVERY_S,
        smoothing=0.05,
    )


class _Lines:
    """A file for a bar that writes each of its states once, on a line of its own."""

    def __init__(self) -> None:
        self._last = ""

    def write(self, text: str) -> None:
        state = text.strip()
        if state and state != self._last:
            sys.stderr.write(f"{state}\n")
            self._last = state

    def flush(self) -> None:
        sys.stderr.flush()
