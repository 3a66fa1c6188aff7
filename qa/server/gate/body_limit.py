"""Requests are read whole before anything works on them, up to a size and within a time."""

import asyncio

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from qa.server.gate.open_routes import UPLOAD
from qa.server.gate.refusal import refuse

MAX_BODY_BYTES = 64 * 1024
BODY_SECONDS = 10
_TOO_LARGE = f"A request holds at most {MAX_BODY_BYTES // 1024} kB; send less at a time."
_UPLOAD_TOO_LARGE = "These files are larger than what can be uploaded; add their folder instead."
_TOO_SLOW = f"The request did not arrive within {BODY_SECONDS} seconds; send it again."


class BodyLimitMiddleware:
    """Refuses a body that is too large or arrives too slowly; uploads have their own limit."""

    def __init__(self, app: ASGIApp, max_upload_bytes: int) -> None:
        self.app = app
        self._max_upload_bytes = max_upload_bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        is_upload = scope["path"] == UPLOAD
        limit = self._max_upload_bytes if is_upload else MAX_BODY_BYTES
        sentence = _UPLOAD_TOO_LARGE if is_upload else _TOO_LARGE
        if _declared(scope) > limit:
            await refuse(413, sentence)(scope, receive, send)
        elif is_upload:
            await self.app(scope, _LimitedBody(receive, limit), send)
        else:
            await self._read_whole(scope, receive, send)

    async def _read_whole(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            body = await asyncio.wait_for(_body(receive), BODY_SECONDS)
        except TimeoutError:
            await refuse(408, _TOO_SLOW)(scope, receive, send)
            return
        if body is None:
            await refuse(413, _TOO_LARGE)(scope, receive, send)
        else:
            await self.app(scope, _Replayed(body, receive), send)


def _declared(scope: Scope) -> int:
    declared = Headers(scope=scope).get("content-length", "0")
    return int(declared) if declared.isdecimal() else 0


async def _body(receive: Receive) -> bytes | None:
    """Return a body; None if it is too large."""
    body = bytearray()
    while True:
        message = await receive()
        body += message.get("body", b"")
        if len(body) > MAX_BODY_BYTES:
            return None
        if message["type"] != "http.request" or not message.get("more_body"):
            return bytes(body)


class _Replayed:
    """Gives a body that was read, then what comes after it."""

    def __init__(self, body: bytes, receive: Receive) -> None:
        self._body: bytes | None = body
        self._receive = receive

    async def __call__(self) -> Message:
        if self._body is None:
            return await self._receive()
        body, self._body = self._body, None
        return {"type": "http.request", "body": body, "more_body": False}


class _LimitedBody:
    """Gives a body part by part, and ends it where it grows too large."""

    def __init__(self, receive: Receive, limit: int) -> None:
        self._receive = receive
        self._left = limit

    async def __call__(self) -> Message:
        if self._left < 0:
            return {"type": "http.disconnect"}
        message = await self._receive()
        self._left -= len(message.get("body", b""))
        return {"type": "http.disconnect"} if self._left < 0 else message
