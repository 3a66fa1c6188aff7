"""How much one client, and all of them together, may have under way."""

from collections import Counter
from collections.abc import Callable

from starlette.types import ASGIApp, Receive, Scope, Send

from qa.server.gate.refusal import refuse
from qa.workers.fair_queue import calling_client

MAX_CALLS_PER_CLIENT = 16  # a page that loads makes a few at once
MAX_CALLS = 256
MAX_REQUESTS_PER_CLIENT = 64  # with those that only wait for news
RETRY_S = 5
_PER_CLIENT = "You have too many calls under way; wait for some to end, then send this again."
_ALL = "This server has too many calls under way; send this again in a few seconds."

OpenCalls = Callable[[], Counter[str]]
"""Returns how many calls of each client wait or are worked on."""


def client_of(scope: Scope) -> str:
    """Return the address from which a request comes."""
    client = scope.get("client")
    return str(client[0]) if client else ""


class ClientPlacesMiddleware:
    """Refuses requests of a client beyond its share, and all beyond what can wait."""

    def __init__(self, app: ASGIApp, queued: OpenCalls) -> None:
        self.app = app
        self._queued = queued
        self._posts: Counter[str] = Counter()
        self._requests: Counter[str] = Counter()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        client, is_call = client_of(scope), scope["method"] == "POST"
        refusal = self._refusal(client, is_call=is_call)
        if refusal:
            status, sentence = refusal
            await refuse(status, sentence, Retry_After=str(RETRY_S))(scope, receive, send)
            return
        self._requests[client] += 1
        self._posts[client] += is_call
        marked = calling_client.set(client)
        try:
            await self.app(scope, receive, send)
        finally:
            calling_client.reset(marked)
            self._requests[client] -= 1
            self._posts[client] -= is_call
            if not self._requests[client]:
                del self._requests[client], self._posts[client]

    def _refusal(self, client: str, *, is_call: bool) -> tuple[int, str] | None:
        if self._requests[client] >= MAX_REQUESTS_PER_CLIENT:
            return 429, _PER_CLIENT
        if not is_call:
            return None
        calls = self._queued() + self._posts
        if calls[client] >= MAX_CALLS_PER_CLIENT:
            return 429, _PER_CLIENT
        return (503, _ALL) if calls.total() >= MAX_CALLS else None
