"""The routes that are served; Gradio has many more, which are not."""

from collections.abc import Iterable

from starlette.types import ASGIApp, Receive, Scope, Send

from qa.server.gate.refusal import refuse

HEALTH, READY, METRICS, TOOLS = "/health", "/ready", "/metrics", "/mcp"
FUNCTIONS = "/functions/"
_OWN = (HEALTH, READY, METRICS, TOOLS)
_PAGE = ("/", "/config", "/theme.css", "/favicon.ico", "/robots.txt", "/manifest.json")
_PAGE_FOLDERS = ("/assets/", "/static/", "/svelte/")
_API = "/gradio_api/"
_CALLS = ("info", "openapi.json", "app_id", "theme.css", "startup-events", "cancel", "reset")
_CALL_FOLDERS = ("call/", "queue/", "heartbeat/")
_UPLOADS = ("upload", "upload_progress")
UPLOAD = f"{_API}upload"
NOT_FOUND = "There is nothing at this address."


class OpenRoutesMiddleware:
    """Serves the known routes; every other one is not found."""

    def __init__(self, app: ASGIApp, *, adds_texts: bool) -> None:
        self.app = app
        calls = (*_CALLS, *_UPLOADS) if adds_texts else _CALLS
        self._paths = frozenset((*_OWN, *_PAGE, *_prefixed(calls)))
        folders = (*_CALL_FOLDERS, "file=") if adds_texts else _CALL_FOLDERS
        self._folders = (FUNCTIONS, *_PAGE_FOLDERS, *_prefixed(folders))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request."""
        if scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})
        elif scope["type"] == "http" and not self._is_open(scope["path"]):
            await refuse(404, NOT_FOUND)(scope, receive, send)
        else:
            await self.app(scope, receive, send)

    def _is_open(self, path: str) -> bool:
        return path in self._paths or path.startswith(self._folders)


def _prefixed(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(f"{_API}{name}" for name in names)
