"""What a server counts, in the text format of Prometheus."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.process_collector import ProcessCollector

from qa.workers.answer_pool import AnswerPool
from qa.workers.answer_summary import AnswerSummary

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

_SECONDS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10)


class ServerMetrics:
    """The counters of one server."""

    def __init__(self, pool: AnswerPool) -> None:
        """Begin to count.

        Args:
            pool: answers.
        """
        self._registry = CollectorRegistry()
        self._pool = pool
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
        queue.set_function(lambda: pool.waiting)
        workers = Gauge(
            "operative_workers", "Other processes that answer.", registry=self._registry
        )
        workers.set_function(lambda: pool.workers)
        ended = Gauge(
            "operative_workers_ended",
            "Processes that ended unexpectedly or took too long, and were replaced.",
            registry=self._registry,
        )
        ended.set_function(lambda: pool.ended)

    def count_answer(self, answer: AnswerSummary) -> None:
        """Count an answer to a question."""
        self._answers.labels(road=answer.road, state=answer.state).inc()
        self._seconds.observe(answer.milliseconds / 1000)

    def count_response(self, status: int) -> None:
        """Count a response."""
        self._responses.labels(status=str(status)).inc()

    def text(self) -> bytes:
        """Return all figures."""
        self._serving.clear()
        self._serving.labels(generation=self._pool.info.generation).set(1)
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
