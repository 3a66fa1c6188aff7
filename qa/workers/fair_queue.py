"""Who is answered next: a client that has used little time goes before one that has used much.

A long answer gives way where it checks its time, so that a short one need not wait for its end.
"""

import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field

from qa.errors import OperativeError
from qa.time_budget import giving_way, time_not_counted

MAX_WAIT_S = 30
CHARACTERS_PER_S = 20_000  # that a call is expected to work on
QUANTUM_S = 0.1  # of work, after which a call gives way
HALF_LIFE_S = 60  # after which the time that a client has used counts half
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
    expected_s: float
    bound_to: int | None  # the one place that it can take; None for any
    place: int | None = None  # that it was given
    turn: threading.Event = field(default_factory=threading.Event)


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
    ) -> Iterator[int]:
        """Hold a place while the body runs, and yield its number.

        Where the body checks its time, it gives way to others and later goes on in the same place.

        Args:
            client: for whom the body works.
            wait_s: seconds to wait at most.
            expected_s: seconds that the body may take longer than others.

        Raises:
            BusyError: no place became free in time.
            PlaceLostError: the place was closed while the body gave way, or all are.
        """
        place = self._take(client, wait_s, expected_s)
        held_since: float | None = self._clock()

        def give_way() -> None:
            nonlocal held_since
            if held_since is None or not self._waiting:
                return
            used = self._clock() - held_since
            if used < QUANTUM_S or not self._is_another_next(client, used, place):
                return
            with time_not_counted():
                held_since = None
                self._give_back(client, used, place)
                self._take(client, wait_s, 0, bound_to=place)
                held_since = self._clock()

        try:
            with giving_way(give_way):
                yield place
        finally:
            if held_since is not None:
                self._give_back(client, self._clock() - held_since, place)

    def _take(
        self, client: str, wait_s: int, expected_s: float, *, bound_to: int | None = None
    ) -> int:
        waiter = _Waiter(client, expected_s, bound_to)
        with self._lock:
            if self._is_stopped or (bound_to is not None and bound_to not in self._open):
                raise PlaceLostError
            free = self._free if bound_to is None else self._free & {bound_to}
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

    def _is_another_next(self, client: str, seconds: float, place: int) -> bool:
        """Return whether a waiting client has used less than this one, with what it uses now."""
        with self._lock:
            used = self._usage.seconds(client) + seconds
            return any(self._used(waiter) < used for waiter in self._waiting_for(place))

    def _used(self, waiter: _Waiter) -> float:
        """Return what a client has used, with what its call is expected to."""
        return self._usage.seconds(waiter.client) + waiter.expected_s

    def _waiting_for(self, place: int) -> list[_Waiter]:
        return [waiter for waiter in self._waiting if waiter.bound_to in {None, place}]

    def _give_back(self, client: str, seconds: float, place: int) -> None:
        with self._lock:
            self._usage.add(client, seconds)
            if place in self._open:
                self._hand_over(place)

    def _hand_over(self, place: int) -> None:
        """Give a place to the waiting client that has used least; of equals, to the first."""
        waiting = self._waiting_for(place)
        if not waiting:
            self._free.add(place)
            return
        chosen = min(waiting, key=self._used)
        self._waiting.remove(chosen)
        chosen.place = place
        chosen.turn.set()
