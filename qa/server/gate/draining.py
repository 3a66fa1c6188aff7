"""Streams that wait for news end when the server stops, once nothing is under way any more."""

from collections.abc import Callable

from anyio import CancelScope, create_task_group, sleep
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_STREAMS = ("/gradio_api/heartbeat/", "/gradio_api/queue/data", "/gradio_api/call/")
_LOOK_S = 0.2


class DrainingMiddleware:
    """Ends the streams of pages that are open, so that a server that stops need not wait."""

    def __init__(self, app: ASGIApp, is_drained: Callable[[], bool]) -> None:
        self.app = app
        self._is_drained = is_drained

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request."""
        is_stream = scope["type"] == "http" and scope["method"] == "GET"
        if not (is_stream and scope["path"].startswith(_STREAMS)):
            await self.app(scope, receive, send)
            return
        is_open = False

        async def noted(message: Message) -> None:
            nonlocal is_open
            is_open = message["type"] == "http.response.start" or message.get("more_body", False)
            await send(message)

        async with create_task_group() as tasks:
            tasks.start_soon(self._end, tasks.cancel_scope)
            await self.app(scope, receive, noted)
            tasks.cancel_scope.cancel()
        if is_open:
            await send({"type": "http.response.body", "body": b"", "more_body": False})

    async def _end(self, stream: CancelScope) -> None:
        while not self._is_drained():
            await sleep(_LOOK_S)
        stream.cancel()
