"""Headers that keep a page to itself: what it may load, and who may show it."""

import base64
import hashlib
import re

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_SCRIPT = re.compile(rb"<script(?P<named>[^>]*)>(?P<code>.*?)</script>", re.DOTALL)
_SOURCES = {
    "default-src": "'self'",
    "script-src": "'self' 'unsafe-eval'",  # Gradio makes functions of the page's own scripts
    "style-src": "'self' 'unsafe-inline'",
    "img-src": "'self' data: blob:",
    "font-src": "'self' data:",
    "connect-src": "'self'",
    "media-src": "'self' blob:",
    "worker-src": "'self' blob:",
    "object-src": "'none'",
    "base-uri": "'self'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
}
_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}


def policy(page: bytes = b"") -> str:
    """Return the Content-Security-Policy of a page: of inline scripts, only its own may run."""
    hashes = "".join(f" {_hash(match['code'])}" for match in _SCRIPT.finditer(page))
    sources = {**_SOURCES, "script-src": _SOURCES["script-src"] + hashes}
    return "; ".join(f"{name} {value}" for name, value in sources.items())


def _hash(code: bytes) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(code).digest()).decode('ascii')}'"


class SecurityHeadersMiddleware:
    """Adds the headers to every response; a page is held back until its policy is known."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request."""
        if scope["type"] == "http":
            if scope["path"] == "/":  # its scripts are read before it is sent
                scope = {**scope, "headers": _without_encodings(scope["headers"])}
            await self.app(scope, receive, _Headed(send))
        else:
            await self.app(scope, receive, send)


def _without_encodings(headers: list[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
    return [(name, value) for name, value in headers if name.lower() != b"accept-encoding"]


class _Headed:
    """Sends a response with its headers."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self._held: Message | None = None
        self._page = bytearray()

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            headers.update(_HEADERS)
            if headers.get("content-type", "").startswith("text/html"):
                self._held = message
                return
            headers["Content-Security-Policy"] = policy()
        elif self._held is not None:
            self._page += message.get("body", b"")
            if message.get("more_body"):
                return
            MutableHeaders(scope=self._held)["Content-Security-Policy"] = policy(bytes(self._page))
            await self._send(self._held)
            self._held = None
            message = {"type": "http.response.body", "body": bytes(self._page)}
        await self._send(message)
