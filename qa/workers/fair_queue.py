"""Who is answered next: short calls before long ones, and of those the client that used least.

No call says how long it takes: each begins as a short one, and falls back with the time that it
has used. It gives way to others where it checks its time, so that they need not wait for its end.
Of calls that are as long, those that wait come forward. A client that has used very much lately
falls back with all its calls.
"""

import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from itertools import count
from math import frexp

from qa.errors import OperativeError
from qa.time_budget import giving_way, time_not_counted

MAX_WAIT_S = 30
CHARACTERS_PER_S = 20_000  # that a call is expected to work on
QUANTUM_S = 0.1  # of work, after which a call gives way
SHORT_S = 0.5  # of work, up to which a call is a short one
LONG_S = 2.0  # of work, from which a call is long: in each place they go on one after another
AGING_S = 2.0  # of waiting, after which what a client has used counts half
HALF_LIFE_S = 60  # after which the time that a client has used counts half
ALLOWED_S = 20  # that a client may have used before its calls count as long ones
LOCAL_CLIENT = "local"
calling_client: ContextVar[str] = ContextVar("calling_client", default=LOCAL_CLIENT)
"""The address of the client whose request is handled, set by the server."""


class BusyError(OperativeError):
    """No place became free in time."""

    def __init__(self, seconds: int) -> None:
        super().__init__(
            f"Operative is busy and did not reach this call within {seconds} seconds; "
            "please ask again."
        )


class PlaceLostError(OperativeError):
    """The place in which a call was worked on is closed."""

    def __init__(self) -> None:
        super().__init__("The work on this call was interrupted; please ask again.")


@dataclass(eq=False, slots=True)
class _Waiter:
    client: str
    used_s: float  # by the call so far, with what it is expected to use
    begun: int  # its place in the order in which calls came
    since: float  # when it began to wait
    bound_to: int | None = None  # the one place that it can take; None for any
    place: int | None = None  # that it was given
    turn: threading.Event = field(default_factory=threading.Event)


class HeldPlace:
    """A place in which a call is worked on."""

    def __init__(self, number: int, clock: Callable[[], float]) -> None:
        self.number = number
        self._clock = clock
        self._worked_s: float | None = None
        self._since = clock()

    def worked(self, seconds: float) -> None:
        """Note the processor time that the call has used so far; without it, the clock counts."""
        if self._worked_s is None:
            self._since = 0.0
        self._worked_s = seconds

    @property
    def used_s(self) -> float:
        """How long the call has worked since it took the place."""
        return self._now() - self._since

    def take_again(self) -> None:
        """Count from now on."""
        self._since = self._now()

    def _now(self) -> float:
        return self._clock() if self._worked_s is None else self._worked_s


class _Usage:
    """Seconds of work for each client; older work counts less."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._used: dict[str, tuple[float, float]] = {}  # seconds, and when they were counted

    def seconds(self, client: str) -> float:
        """Return what a client has used lately."""
        seconds, counted = self._used.get(client, (0, 0))
        return float(seconds * 0.5 ** ((self._clock() - counted) / HALF_LIFE_S))

    def add(self, client: str, seconds: float) -> None:
        """Count more work, and forget clients that have used next to nothing."""
        self._used[client] = (self.seconds(client) + seconds, self._clock())
        if len(self._used) > 1000:
            kept = sorted(self._used, key=self.seconds, reverse=True)[:500]
            self._used = {name: self._used[name] for name in kept}


class FairQueue:
    """Places in which calls are worked on, each one call at a time; calls wait for a free one."""

    def __init__(
        self, places: Iterable[int] = (0,), clock: Callable[[], float] = time.monotonic
    ) -> None:
        """Begin with these places open.

        Args:
            places: numbers of places.
            clock: returns seconds.
        """
        self._lock = threading.Lock()
        self._open = set(places)
        self._free = set(self._open)
        self._is_stopped = False
        self._waiting: list[_Waiter] = []
        self._clock = clock
        self._usage = _Usage(clock)
        self._numbers = count()

    @property
    def waiting(self) -> int:
        """How many calls wait."""
        return len(self._waiting)

    @property
    def has_free_place(self) -> bool:
        """Whether a call need not wait."""
        return bool(self._free)

    def open(self, place: int) -> None:
        """Add a place."""
        with self._lock:
            self._open.add(place)
            self._hand_over(place)

    def close(self, place: int) -> None:
        """Remove a place; calls that can only go on there get a `PlaceLostError`."""
        with self._lock:
            self._open.discard(place)
            self._free.discard(place)
            for waiter in [waiter for waiter in self._waiting if waiter.bound_to == place]:
                self._waiting.remove(waiter)
                waiter.turn.set()

    def stop(self) -> None:
        """Close all places for good; calls that wait or come get a `PlaceLostError`."""
        with self._lock:
            self._is_stopped = True
            self._open.clear()
            self._free.clear()
            for waiter in self._waiting:
                waiter.turn.set()
            self._waiting.clear()

    @contextmanager
    def place(
        self, client: str, wait_s: int = MAX_WAIT_S, *, expected_s: float = 0
    ) -> Iterator[HeldPlace]:
        """Hold a place while the body runs.

        Where the body checks its time, it gives way to others and later goes on in the same place.

        Args:
            client: for whom the body works.
            wait_s: seconds to wait at most.
            expected_s: seconds that the body may take longer than others.

        Raises:
            BusyError: no place became free in time.
            PlaceLostError: the place was closed while the body gave way, or all are.
        """
        call = _Waiter(client, expected_s, next(self._numbers), self._clock())
        place = self._take(call, wait_s)
        held, is_held = HeldPlace(place, self._clock), True

        def give_way() -> None:
            nonlocal call, is_held
            if not is_held or not self._waiting:
                return
            used = held.used_s
            now, worked = self._clock(), call.used_s + used
            paused = _Waiter(client, worked, call.begun, now, bound_to=place)
            if used < QUANTUM_S or not self._is_another_next(paused, used, place):
                return
            with time_not_counted():
                call, is_held = paused, False
                self._give_back(client, used, place)
                self._take(call, wait_s)
                held.take_again()
                is_held = True

        try:
            with giving_way(give_way):
                yield held
        finally:
            if is_held:
                self._give_back(client, held.used_s, place)

    def _take(self, waiter: _Waiter, wait_s: int) -> int:
        bound = set() if waiter.bound_to is None else {waiter.bound_to}
        with self._lock:
            if self._is_stopped or bound - self._open:
                raise PlaceLostError
            free = self._free & (bound or self._open)
            if free:
                place = min(free)  # the first one has answered most, and holds most in memory
                self._free.remove(place)
                return place
            self._waiting.append(waiter)
        is_called = waiter.turn.wait(wait_s)
        with self._lock:  # the place may have become free at the last moment
            if waiter in self._waiting:
                self._waiting.remove(waiter)
        if waiter.place is not None:
            return waiter.place
        raise PlaceLostError if is_called else BusyError(wait_s)

    def _is_another_next(self, paused: _Waiter, seconds: float, place: int) -> bool:
        """Return whether a waiting call goes before one that has used `seconds` of its place."""
        with self._lock:
            own = self._rank(paused, seconds)
            return any(self._rank(waiter) < own for waiter in self._waiting_for(place))

    def _rank(self, waiter: _Waiter, seconds: float = 0) -> tuple[int, float]:
        """Return what decides who is next, the least first.

        Args:
            waiter: a call.
            seconds: that its client has used besides.
        """
        used = self._usage.seconds(waiter.client) + seconds
        aged = 1 + (self._clock() - waiter.since) / AGING_S
        level = _level(waiter.used_s + max(0, used - ALLOWED_S))
        return level, (used + waiter.used_s) / aged

    def _waiting_for(self, place: int) -> list[_Waiter]:
        """Return the calls that may have a place; of its long ones, only the oldest.

        What a call has found so far takes memory until it ends.
        """
        long = [
            waiter
            for waiter in self._waiting
            if waiter.bound_to == place and waiter.used_s >= LONG_S
        ]
        held_back = set(sorted(waiter.begun for waiter in long)[1:])
        return [
            waiter
            for waiter in self._waiting
            if waiter.bound_to in {None, place} and waiter.begun not in held_back
        ]

    def _give_back(self, client: str, seconds: float, place: int) -> None:
        with self._lock:
            self._usage.add(client, seconds)
            if place in self._open:
                self._hand_over(place)

    def _hand_over(self, place: int) -> None:
        """Give a place to the waiting call that is next; of equals, to the first."""
        waiting = self._waiting_for(place)
        if not waiting:
            self._free.add(place)
            return
        chosen = min(waiting, key=self._rank)
        self._waiting.remove(chosen)
        chosen.place = place
        chosen.turn.set()


def _level(seconds: float) -> int:
    """Return 0 below `SHORT_S`, and one more for each doubling of the time."""
    return max(0, frexp(seconds / SHORT_S)[1])
