"""What a server counts, in the text format of Prometheus."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.process_collector import ProcessCollector

from qa.answer import Answer

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

_SECONDS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10)


class ServerMetrics:
    """The counters of one server."""

    def __init__(self, waiting: Callable[[], int], generation: Callable[[], str]) -> None:
        """Begin to count.

        Args:
            waiting: returns how many calls wait for a place.
            generation: returns which generation of the index serves.
        """
        self._registry = CollectorRegistry()
        self._generation = generation
        ProcessCollector(registry=self._registry)  # memory and processor time, on Linux
        self._answers = Counter(
            "operative_answers",
            "Questions answered, by route and state.",
            ["road", "state"],
            registry=self._registry,
        )
        self._seconds = Histogram(
            "operative_answer_seconds",
            "Seconds that an answer took.",
            buckets=_SECONDS,
            registry=self._registry,
        )
        self._responses = Counter(
            "operative_responses",
            "Responses, by status; 429 and 503 are refused calls.",
            ["status"],
            registry=self._registry,
        )
        self._serving = Gauge(
            "operative_generation",
            "The generation that serves has the value 1.",
            ["generation"],
            registry=self._registry,
        )
        queue = Gauge("operative_calls_waiting", "Calls without a place.", registry=self._registry)
        queue.set_function(waiting)

    def count_answer(self, answer: Answer, milliseconds: float) -> None:
        """Count an answer to a question."""
        self._answers.labels(road=answer.road.value, state=_state(answer)).inc()
        self._seconds.observe(milliseconds / 1000)

    def count_response(self, status: int) -> None:
        """Count a response."""
        self._responses.labels(status=str(status)).inc()

    def text(self) -> bytes:
        """Return all figures."""
        self._serving.clear()
        self._serving.labels(generation=self._generation()).set(1)
        return generate_latest(self._registry)


class CountingMiddleware:
    """Counts the responses of a server, those of its gate included."""

    def __init__(self, app: "ASGIApp", count: Callable[[int], None]) -> None:
        self.app = app
        self._count = count

    async def __call__(self, scope: "Scope", receive: "Receive", send: "Send") -> None:
        """Handle one request."""

        async def counted(message: "Message") -> None:
            if message["type"] == "http.response.start":
                self._count(message["status"])
            await send(message)

        await self.app(scope, receive, counted)


def _state(answer: Answer) -> str:
    if answer.refusal:
        return answer.refusal.kind.value
    return answer.state.value if answer.state else ""
