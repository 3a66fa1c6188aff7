"""Who is answered next: a client that has used little time goes before one that has used much.

A long answer gives way where it checks its time, so that a short one need not wait for its end.
"""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import wraps
from typing import Any

from qa.errors import OperativeError
from qa.time_budget import giving_way, time_not_counted

DEFAULT_PLACES = 1  # the tokenizers of the encoder are not thread-safe
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


@dataclass(eq=False, slots=True)
class _Waiter:
    client: str
    expected_s: float
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
    """Places in which calls are worked on; calls wait until one is free."""

    def __init__(
        self, places: int = DEFAULT_PLACES, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._lock = threading.Lock()
        self._free = places
        self._waiting: list[_Waiter] = []
        self._clock = clock
        self._usage = _Usage(clock)

    @property
    def waiting(self) -> int:
        """How many calls wait."""
        return len(self._waiting)

    @contextmanager
    def place(
        self, client: str, wait_s: int = MAX_WAIT_S, *, expected_s: float = 0
    ) -> Iterator[None]:
        """Hold a place while the body runs.

        Args:
            client: for whom the body works.
            wait_s: seconds to wait at most.
            expected_s: seconds that the body may take longer than others.

        Raises:
            BusyError: no place became free in time.
        """
        self._take(client, wait_s, expected_s)
        held_since: float | None = self._clock()

        def give_way() -> None:
            nonlocal held_since
            if held_since is None or not self._waiting:
                return
            used = self._clock() - held_since
            if used < QUANTUM_S or not self._is_another_next(client, used):
                return
            with time_not_counted():
                held_since = None
                self._give_back(client, used)
                self._take(client, wait_s, 0)
                held_since = self._clock()

        try:
            with giving_way(give_way):
                yield
        finally:
            if held_since is not None:
                self._give_back(client, self._clock() - held_since)

    def _take(self, client: str, wait_s: int, expected_s: float) -> None:
        waiter = _Waiter(client, expected_s)
        with self._lock:
            if self._free and not self._waiting:
                self._free -= 1
                return
            self._waiting.append(waiter)
        if waiter.turn.wait(wait_s):
            return
        with self._lock:
            if waiter in self._waiting:
                self._waiting.remove(waiter)
                raise BusyError(wait_s)
        # The place became free at the last moment and is held.

    def _is_another_next(self, client: str, seconds: float) -> bool:
        """Return whether a waiting client has used less than this one, with what it uses now."""
        with self._lock:
            used = self._usage.seconds(client) + seconds
            return any(self._used(waiter) < used for waiter in self._waiting)

    def _used(self, waiter: _Waiter) -> float:
        """Return what a client has used, with what its call is expected to."""
        return self._usage.seconds(waiter.client) + waiter.expected_s

    def _give_back(self, client: str, seconds: float) -> None:
        """Hand the place to the waiting client that has used least; of equals, the first."""
        with self._lock:
            self._usage.add(client, seconds)
            if not self._waiting:
                self._free += 1
                return
            chosen = min(self._waiting, key=self._used)
            self._waiting.remove(chosen)
            chosen.turn.set()


def in_turn(
    function: Callable[..., dict[str, Any]], places: FairQueue, client: Callable[[], str]
) -> Callable[..., dict[str, Any]]:
    """Return `function`, which waits for a place before it runs.

    Args:
        function: answers a call.
        places: of the server.
        client: returns the client that calls.
    """

    @wraps(function)
    def waiting(*args: Any, **given: Any) -> dict[str, Any]:  # noqa: ANN401 - as the function's
        size = sum(len(value) for value in (*args, *given.values()) if isinstance(value, str))
        with places.place(client(), expected_s=size / CHARACTERS_PER_S):
            return function(*args, **given)

    return waiting
