"""How long an answer may take. Long loops ask for it, so that work ends where it is at.

What counts is the processor time of the thread that answers: a busy machine gives the same answers.
The time of the clock ends what waits too long all the same.
"""

import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import TypeVar

from qa.errors import OperativeError

Item = TypeVar("Item")
DEFAULT_LIMIT_S = 2.0
_PATIENCE = 5  # times the limit, by the clock


class TookTooLongError(OperativeError):
    """An answer used all its time."""

    def __init__(self, limit_s: float) -> None:
        super().__init__(
            f"This took too long: more than the {limit_s:g} seconds that one answer may take. "
            "Ask for less at a time, or name a document."
        )


@dataclass(slots=True)
class TimeBudget:
    """The time that is left to one answer."""

    limit_s: float
    used_up_at: float  # of the processor time of this thread
    late_at: float  # of the clock

    @classmethod
    def of(cls, limit_s: float) -> "TimeBudget":
        """Return a budget that begins now."""
        return cls(limit_s, time.thread_time() + limit_s, time.monotonic() + _PATIENCE * limit_s)

    def check(self) -> None:
        """Raise once the time is used up.

        Raises:
            TookTooLongError: it is.
        """
        if time.thread_time() > self.used_up_at or time.monotonic() > self.late_at:
            raise TookTooLongError(self.limit_s)


_current: ContextVar[TimeBudget | None] = ContextVar("time_budget", default=None)
_give_way: ContextVar[Callable[[], None] | None] = ContextVar("give_way", default=None)


@contextmanager
def time_limit(limit_s: float | None) -> Iterator[None]:
    """Let the body take `limit_s` seconds; None for as long as it needs.

    A limit inside another one does not extend it.
    """
    if limit_s is None or _current.get() is not None:
        yield
        return
    token = _current.set(TimeBudget.of(limit_s))
    try:
        yield
    finally:
        _current.reset(token)


def check_time() -> None:
    """Raise in a long loop once the time of the answer is used up; without a limit do nothing.

    This is also where a long answer lets others go first.

    Raises:
        TookTooLongError: it is used up.
    """
    give_way = _give_way.get()
    if give_way is not None:
        give_way()
    budget = _current.get()
    if budget is not None:
        budget.check()


@contextmanager
def giving_way(give_way: Callable[[], None]) -> Iterator[None]:
    """Call `give_way` at each place in the body where the time is checked."""
    token = _give_way.set(give_way)
    try:
        yield
    finally:
        _give_way.reset(token)


@contextmanager
def time_not_counted() -> Iterator[None]:
    """Leave out of the budget what the body takes: loading a model is no part of an answer."""
    budget = _current.get()
    if budget is None:
        yield
        return
    processor, clock = time.thread_time(), time.monotonic()
    try:
        yield
    finally:
        budget.used_up_at += time.thread_time() - processor
        budget.late_at += time.monotonic() - clock


def in_time(items: Iterable[Item]) -> Iterator[Item]:
    """Yield the items as long as there is time.

    Raises:
        TookTooLongError: it is used up.
    """
    for item in items:
        check_time()
        yield item
