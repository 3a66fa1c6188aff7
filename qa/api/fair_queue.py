"""Who is answered next: a client that has used little time goes before one that has used much."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import wraps
from typing import Any

from qa.errors import OperativeError

DEFAULT_PLACES = 1  # the tokenizers of the encoder are not thread-safe
MAX_WAIT_S = 30
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
    def place(self, client: str, wait_s: int = MAX_WAIT_S) -> Iterator[None]:
        """Hold a place while the body runs.

        Args:
            client: for whom the body works.
            wait_s: seconds to wait at most.

        Raises:
            BusyError: no place became free in time.
        """
        self._take(client, wait_s)
        start = self._clock()
        try:
            yield
        finally:
            self._give_back(client, self._clock() - start)

    def _take(self, client: str, wait_s: int) -> None:
        waiter = _Waiter(client)
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

    def _give_back(self, client: str, seconds: float) -> None:
        """Hand the place to the waiting client that has used least; of equals, the first."""
        with self._lock:
            self._usage.add(client, seconds)
            if not self._waiting:
                self._free += 1
                return
            chosen = min(self._waiting, key=lambda waiter: self._usage.seconds(waiter.client))
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
        with places.place(client()):
            return function(*args, **given)

    return waiting
